"""Which tools change something, and which of them ask whether the server is to change anything."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mcp_lsp.check import check_text
from mcp_lsp.flow import Gating
from tests.flow.stories import Files, module

HEAD = """
from fastmcp import FastMCP

from .modes import Mode, guarded

mcp = FastMCP("notes")


"""
GATED = """
@mcp.tool()
def {name}(title: str) -> str:
    {asks}
    return notes.change(title)


"""
ASKING = GATED.format(name="create_note", asks="if Mode.readonly(): raise PermissionError") + GATED.format(
    name="rename_note", asks="if not config.allow_write: raise PermissionError"
)


def silent(text: str, others: Mapping[str, str] | None = None) -> list[str]:
    here = module("file:///tools.py", HEAD + text)
    modules = {uri: module(uri, source) for uri, source in (others or {}).items()}
    gates = Gating().gates(here, True, Files(modules | {here.uri: here}), True)
    return [] if gates is None else [tool.name for tool in gates.tools if not tool.asks]


@pytest.mark.parametrize(
    ("tool", "found"),
    [
        (GATED.format(name="delete_note", asks="pass"), ["delete_note"]),
        (GATED.format(name="delete_note", asks="require_write_access()"), []),
        (GATED.format(name="delete_note", asks="'read only'"), ["delete_note"]),
        (GATED.format(name="read_note", asks="pass"), []),
        (GATED.format(name="batch_notes", asks="pass"), ["batch_notes"]),
        (GATED.format(name="batch_note_inspection", asks="pass"), []),
        (GATED.format(name="delete_note", asks="pass").replace("@mcp.tool()", "@cached"), []),
        (GATED.format(name="delete_note", asks="pass").replace("@mcp.tool()", "@mcp.tool"), ["delete_note"]),
        (GATED.format(name="delete_note", asks="pass").replace("\ndef", "\n@writable\ndef"), []),
        (
            GATED.format(name="delete_note", asks="refuse()")
            + "def refuse():\n    if Mode.is_read_only:\n        raise PermissionError\n",
            [],
        ),
        (
            GATED.format(name="delete_note", asks="pass").replace(
                "@mcp.tool()", "@mcp.tool(annotations={'readOnlyHint': False})"
            ),
            ["delete_note"],
        ),
    ],
)
def test_who_asks(tool: str, found: list[str]) -> None:
    assert silent(ASKING + tool) == found


GUARD = """
def guarded(function):
    def inner(*given):
        {body}
        return function(*given)
    return inner
"""


@pytest.mark.parametrize(
    ("body", "found"), [("if Mode.readonly(): raise PermissionError", []), ("log(given)", ["delete_note"])]
)
def test_what_is_wrapped_around_a_tool_elsewhere(body: str, found: list[str]) -> None:
    tool = GATED.format(name="delete_note", asks="pass").replace("\ndef", "\n@guarded\ndef")
    assert silent(tool, {"file:///modes.py": GUARD.format(body=body)}) == found


def test_files_beside_count() -> None:
    here = module("file:///tools.py", HEAD + GATED.format(name="delete_note", asks="pass"))
    beside = module("file:///others.py", HEAD + ASKING)
    gating = Gating()
    gates = gating.gates(here, True, Files({here.uri: here, beside.uri: beside}), True)
    assert gates is not None
    assert gates.beside == (2, 0)
    assert gating.gates(here, True, None, False) is gates


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (ASKING + GATED.format(name="delete_note", asks="pass"), 1),
        (ASKING + "".join(GATED.format(name=f"{verb}_note", asks="pass") for verb in ("add", "drop", "edit")), 0),
        (GATED.format(name="create_note", asks="if read_only: raise PermissionError"), 0),
        (GATED.format(name="create_note", asks="pass") + GATED.format(name="delete_note", asks="pass"), 0),
    ],
)
def test_one_that_was_forgotten_and_a_mode_that_is_hardly_there(text: str, count: int) -> None:
    found = [d for d in check_text("file:///tools.py", HEAD + text) if d.rule.name.startswith("tool-left-out")]
    assert len(found) == count
