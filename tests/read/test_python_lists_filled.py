"""Lists of functions that are made empty and filled by decorators and statements, here and in other files."""

from __future__ import annotations

import pytest

from mcp_lsp.read import servers
from mcp_lsp.read.manifests import Dependencies
from tests.read.test_python_across_files import Files, shown

LIST = """\
TOOLS = []

{filled}
"""
SERVER = """\
from mcp.server.fastmcp import FastMCP
{imported}

mcp = FastMCP("notes")

def main():
    for each in {through}:
        mcp.tool(each)
"""
OF_A_MODULE, OF_A_NAME = ("import tools", "tools.TOOLS"), ("from tools import TOOLS as ALL", "ALL")
KEPT = """\
def kept(function):
    TOOLS.append(function)
    return function

@kept
def ping(): ...
"""


def declared(filled: str, imported: str = OF_A_MODULE[0], through: str = OF_A_MODULE[1]) -> list[str]:
    server = SERVER.format(imported=imported, through=through)
    files = Files({"tools.py": LIST.format(filled=filled), "server.py": server})
    return shown(servers(files.modules["server.py"], Dependencies({}, {}), None, files))


@pytest.mark.parametrize("way", [OF_A_MODULE, OF_A_NAME])
@pytest.mark.parametrize(
    "filled",
    [
        "@TOOLS.append\ndef ping(): ...",
        "def ping(): ...\nTOOLS.append(ping)",
        "def ping(): ...\nTOOLS.extend([ping])",
        KEPT,
    ],
)
def test_a_list_that_is_filled(filled: str, way: tuple[str, str]) -> None:
    assert declared(filled, *way) == ["ping -> ping in tools.py"]


@pytest.mark.parametrize(
    "filled",
    [
        "def ping(): ...\nOTHERS.append(ping)",
        "def ping(): ...\nTOOLS.remove(ping)",
        KEPT.replace("TOOLS.append(function)", "TOOLS.append(other)"),
        KEPT.replace("@kept", "@other"),
        "def ping(): ...\nif asked:\n    TOOLS = [look]\n    OTHERS = []\nOTHERS.append(ping)",
    ],
)
def test_what_is_not_put_in(filled: str) -> None:
    assert declared(filled) == []


def test_what_is_put_in_later_is_seen_after_an_edit() -> None:
    files = Files(
        {"tools.py": LIST.format(filled=""), "server.py": SERVER.format(imported="import tools", through="tools.TOOLS")}
    )
    assert shown(servers(files.modules["server.py"], Dependencies({}, {}), None, files)) == []
    files.write("tools.py", LIST.format(filled="@TOOLS.append\ndef ping(): ..."))
    assert shown(servers(files.modules["server.py"], Dependencies({}, {}), None, files)) == ["ping -> ping in tools.py"]
