"""Names of files that are joined to a folder and given to a program."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON

STORY = """
    import os
    import subprocess
    from pathlib import Path

    FOLDER = os.environ.get("FOLDER", "./captures")

    @mcp.tool()
    def read(name: str) -> str:
        path = os.path.join(FOLDER, name)
        GUARD
        return subprocess.check_output(WORDS, text=True)
    """


def said(words: str, guard: str = "pass") -> list[str]:
    story = textwrap.dedent(STORY).replace("WORDS", words).replace("GUARD", guard)
    return [d.finding.message for d in check_text("file:///story.py", PYTHON + story) if d.rule.id == "MCP305"]


LEADS_OUT = ["`name` can lead out of the folder it is joined to"]


def test_a_path_that_leads_out_of_its_folder() -> None:
    assert said('["tshark", "-r", path]') == LEADS_OUT
    assert said('[os.environ["PROGRAM"], "-r", path]') == LEADS_OUT
    assert said('["tshark", "-r", str(Path(FOLDER) / name)]') == LEADS_OUT
    assert said('["tshark", "-r", f"/srv/captures/{name}"]') == LEADS_OUT
    assert said('["tshark", "-q", *["-r", path]]') == LEADS_OUT


def test_what_leads_nowhere() -> None:
    assert said('["gh", "api", f"repos/{name}/pulls"]') == []
    assert said('["tshark", "-r", os.path.join(FOLDER, os.path.basename(name))]') == []
    assert said('["tshark", "-r", path]', 'assert name.isalnum(), "no name"') == []


def test_a_path_that_is_confined() -> None:
    guard = """
        path = os.path.realpath(path)
        if os.path.commonpath([os.path.realpath(FOLDER), path]) != os.path.realpath(FOLDER):
            raise ValueError(name)
    """
    assert said('["tshark", "-r", path]', textwrap.indent(textwrap.dedent(guard).strip(), "    ").lstrip()) == []


GIVEN = """
    import subprocess

    @mcp.tool()
    def send(NAME: str) -> str:
        return subprocess.check_output(["PROGRAM", "create", "OPTION", NAME], text=True)
    """


@pytest.mark.parametrize(
    ("program", "option", "name", "told"),
    [
        ("bw", "--file", "file_path", True),
        ("converter", "--output", "output_path", True),
        ("bw", "--name", "file_path", False),
        ("bw", "--file", "title", False),
        ("helm", "--output", "output_file", False),
        ("git", "--path", "file_path", False),
    ],
)
def test_an_option_and_an_argument_that_mean_a_file(program: str, option: str, name: str, told: bool) -> None:
    story = textwrap.dedent(GIVEN).replace("PROGRAM", program).replace("OPTION", option).replace("NAME", name)
    found = [d.finding.message for d in check_text("file:///story.py", PYTHON + story) if d.rule.id == "MCP305"]
    assert found == ([f"`{name}` chooses which file `{program}` is given"] if told else [])
