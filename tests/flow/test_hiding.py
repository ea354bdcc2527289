"""Tools that are hidden where tools are listed, and whether they can be called all the same."""

from __future__ import annotations

import pytest

from mcp_lsp.flow import Gating
from tests.flow.stories import Files, module

STORY = """
import {{ run }} from "./run.js";
const readOnly = process.env.READ_ONLY === "true";
{between}
server.setRequestHandler(ListToolsRequestSchema, async () => {{ return {{ tools: {listed} }}; }});
server.setRequestHandler(CallToolRequestSchema, {called});
"""
ANY = "async (request) => HANDLERS[request.params.name](request)"
OFFERED = "const offered = () => { return readOnly ? READING : TOOLS; };"


def hidden(listed: str, called: str = ANY, between: str = "", run: str = "export const run = () => 1;") -> bool:
    text = STORY.format(listed=listed, called=called, between=between)
    here, there = module("file:///index.ts", text), module("file:///run.ts", run)
    gates = Gating().gates(here, True, Files({here.uri: here, there.uri: there}), True)
    return gates is not None and gates.hidden is not None


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("readOnly ? READING : TOOLS", True),
        ("TOOLS.filter((tool) => !disabledTools.has(tool.name))", True),
        ("TOOLS", False),
        ("TOOLS.map((tool) => { const isReadOnly = tool.verb === 'get'; return { ...tool, isReadOnly }; })", False),
        ("TOOLS.filter((tool) => { const reads = settings.readOnly; return !reads || tool.reads; })", True),
        ("TOOLS.map((tool) => ({ ...tool, hint: tool.annotations.readOnlyHint }))", False),
    ],
)
def test_what_hides(listed: str, found: bool) -> None:
    assert hidden(listed) == found


@pytest.mark.parametrize(
    ("called", "found"),
    [
        (ANY, True),
        (f"traced({ANY})", True),
        ("async (request) => { if (readOnly) throw new Error(); return run(request); }", False),
        ("async (request) => { if (!isToolAllowed(request)) throw new Error(); return run(request); }", False),
        ("async (request) => find(offered(), request)", False),
        ("refusing", False),
    ],
)
def test_who_asks_before_a_call(called: str, found: bool) -> None:
    between = f"{OFFERED}\nasync function refusing(request) {{ if (readOnly) throw new Error(); return run(request); }}"
    if called in (ANY, f"traced({ANY})"):
        between = ""
    assert hidden("readOnly ? READING : TOOLS", called, between) == found


def test_calling_is_left_to_another_file() -> None:
    asks = "export async function run(request) { if (readOnly) { throw new Error(); } return 1; }"
    called = "async (request) => run(request)"
    assert hidden("readOnly ? READING : TOOLS", called)
    assert not hidden("readOnly ? READING : TOOLS", called, run=asks)


def test_in_python() -> None:
    text = """
@server.list_tools()
async def listed():
    return [tool for tool in TOOLS if not settings.read_only or tool.reads]


@server.call_tool()
async def called(name, arguments):
    {first}
    return await HANDLERS[name](arguments)
"""
    for first, found in (("pass", True), ("refuse_if_read_only(name)", False)):
        here = module("file:///server.py", text.format(first=first))
        gates = Gating().gates(here, True, Files({here.uri: here}), True)
        assert (gates is not None and gates.hidden is not None) == found


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ("const offered = readOnly ? READING : TOOLS;", True),
        ("const offered = TOOLS.filter((tool) => !disabledTools.has(tool.name));", True),
        ("let offered = TOOLS; if (readOnly) { offered = TOOLS.filter((tool) => !readOnly || tool.reads); }", True),
        ("const offered = { tools: TOOLS, readOnly };", False),
        ("const offered = TOOLS.filter((tool) => tool.stable);", False),
    ],
)
def test_what_is_listed_was_chosen_before(between: str, found: bool) -> None:
    assert hidden("offered", between=between) == found


@pytest.mark.parametrize(
    ("then", "found"),
    [("continue;", True), ("break;", True), ("throw new Error();", False), ("request = harmless(request);", False)],
)
def test_passing_over_a_tool_in_a_list_refuses_no_call(then: str, found: bool) -> None:
    called = f"async (request) => {{ for (const tool of TOOLS) {{ if (readOnly) {then} tell(tool); }} return run(request); }}"
    assert hidden("readOnly ? READING : TOOLS", called) == found


@pytest.mark.parametrize(
    ("between", "called", "found"),
    [
        ("", "async (request) => offered.find((tool) => tool.name === request.params.name).run(request)", False),
        ("", "async (request) => TOOLS.find((tool) => tool.name === request.params.name).run(request)", True),
        (
            "const byName = new Map(offered.map((tool) => [tool.name, tool]));",
            "async (request) => byName.get(request)",
            False,
        ),
        (
            "const byName = new Map(TOOLS.map((tool) => [tool.name, tool]));",
            "async (request) => byName.get(request)",
            True,
        ),
        ("", "async (request) => { tell(offered.map((tool) => tool.name)); return run(request); }", True),
    ],
)
def test_what_is_called_is_looked_up_in_what_was_chosen(between: str, called: str, found: bool) -> None:
    assert hidden("offered", called, f"const offered = readOnly ? READING : TOOLS;\n{between}") == found
