"""Two tools of one name, in a function so long that each of its statements is read as a unit of its own."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = "from mcp.server.fastmcp import FastMCP\n\n\ndef create(full: bool) -> FastMCP:\n    mcp = FastMCP('notes')\n"


def tool(name: str, margin: int = 4) -> str:
    lines = ["@mcp.tool()", f"def {name}() -> str:", '    """Answer."""', '    return "x"', ""]
    return "".join(f"{' ' * margin}{line}\n" for line in lines)


def told(*parts: str, filling: int) -> int:
    others = "".join(tool(f"other{n}") for n in range(filling))
    text = HEAD + parts[0] + others + "".join(parts[1:]) + "    return mcp\n"
    return sum(d.rule.id == "MCP102" for d in check_text("file:///server.py", text))


@pytest.mark.parametrize("filling", [0, 30])
def test_the_second_of_a_name_is_told(filling: int) -> None:
    assert told(tool("load"), tool("load"), filling=filling) == 1
    assert told(tool("load"), tool("save"), filling=filling) == 0


@pytest.mark.parametrize("filling", [0, 30])
def test_two_branches_are_not_one_run(filling: int) -> None:
    either = "    if full:\n" + tool("load", 8) + "    else:\n" + tool("load", 8)
    assert told("", either, filling=filling) == 0
    early = "    if full:\n" + tool("load", 8) + "        return mcp\n"
    assert told(early, tool("load"), filling=filling) == 0
