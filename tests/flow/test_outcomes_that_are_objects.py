"""Checks that answer with an instance of a class: what holds where one of its fields is true, or is there."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_PYTHON = """
    from dataclasses import dataclass
    from pathlib import Path
    from typing import NamedTuple

    from mcp.server.fastmcp import FastMCP
    from pydantic import BaseModel

    mcp = FastMCP("story")
    ROOT = Path("/srv/notes").resolve()

    @dataclass(frozen=True)
    class Outcome:
        ok: bool
        path: Path | None = None
        error: str | None = None

    class Pair(NamedTuple):
        ok: bool
        path: Path | None = None

    class Model(BaseModel):
        ok: bool
        path: Path | None = None

    class Made:
        def __init__(self, ok, path=None):
            self.ok = ok
            self.path = path

    def look(name: str):
        target = (ROOT / name).resolve()
        {look}

    @mcp.tool()
    def show(name: str) -> str:
        got = look(name)
        {use}
    """

_NODE = """
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import fs from "node:fs";
    import path from "node:path";
    import {{ z }} from "zod";

    const server = new McpServer({{ name: "story", version: "1.0.0" }});
    const ROOT = fs.realpathSync("/srv/notes");

    class Outcome {{
      constructor(readonly ok: boolean, readonly path?: string, readonly error?: string) {{}}
      static refused(error: string) {{ return new Outcome(false, undefined, error); }}
      static found(path: string) {{ return new Outcome(true, path); }}
    }}

    function look(name: string) {{
      const target = fs.realpathSync(path.resolve(ROOT, name));
      {look}
    }}

    server.registerTool("show", {{ inputSchema: {{ name: z.string() }} }}, async ({{ name }}) => {{
      const got = look(name);
      {use}
      return {{ content: [{{ type: "text", text: fs.readFileSync(got.path!, "utf8") }}] }};
    }});
    """

_OUTSIDE = "if not target.is_relative_to(ROOT):\n        return {refused}\n    return {found}"
_READ = "if not got.ok:\n        raise ValueError(name)\n    return got.path.read_text()"


def _told(text: str, language: str, **parts: str) -> bool:
    text = textwrap.dedent(text).format(**parts)
    name = "server.py" if language == "python" else "server.ts"
    return any(d.rule.id == "MCP305" for d in check_text(f"file:///{name}", text, language))


@pytest.mark.parametrize(
    ("refused", "found"),
    [
        ("Outcome(False, error='outside')", "Outcome(True, target)"),
        ("Outcome(ok=False)", "Outcome(ok=True, path=target)"),
        ("Outcome(False, target, 'outside')", "Outcome(True, target)"),
        ("Pair(False)", "Pair(True, target)"),
        ("Model(ok=False)", "Model(ok=True, path=target)"),
        ("Made(False)", "Made(True, target)"),
    ],
)
def test_an_instance_that_says_whether_it_is_inside(refused: str, found: str) -> None:
    look = _OUTSIDE.format(refused=refused, found=found)
    assert not _told(_PYTHON, "python", look=look, use=_READ)
    assert _told(_PYTHON, "python", look=f"return {found}", use=_READ)


@pytest.mark.parametrize(
    ("look", "use", "told"),
    [
        ("return Outcome(target.is_relative_to(ROOT), target)", _READ, False),
        ("return Outcome(target.exists(), target)", _READ, True),
        (
            _OUTSIDE.format(refused="Outcome(False, error='outside')", found="Outcome(True)"),
            "if not got.ok:\n        return got.error\n    return (ROOT / name).resolve().read_text()",
            False,
        ),
        (
            _OUTSIDE.format(refused="Outcome(False, error='outside')", found="Outcome(True)"),
            "if got.error:\n        return got.error\n    return (ROOT / name).resolve().read_text()",
            False,
        ),
        (_OUTSIDE.format(refused="Outcome(True, target)", found="Outcome(True, target)"), _READ, True),
        (
            _OUTSIDE.format(refused="Outcome(False, target)", found="Outcome(True, target)"),
            _READ.replace("if not got.ok", "if got.ok"),
            True,
        ),
        (
            _OUTSIDE.format(refused="Outcome(False)", found="Outcome(True, target)"),
            "return (ROOT / name).read_text()",
            True,
        ),
    ],
)
def test_what_else_an_instance_says(look: str, use: str, told: bool) -> None:
    assert _told(_PYTHON, "python", look=look, use=use) is told


_OUTSIDE_IN_NODE = "if (!target.startsWith(ROOT + path.sep)) return {refused};\n  return {found};"


@pytest.mark.parametrize(
    ("refused", "found"),
    [
        ('Outcome.refused("outside")', "Outcome.found(target)"),
        ("new Outcome(false)", "new Outcome(true, target)"),
        ('new Outcome(false, target, "outside")', "new Outcome(true, target)"),
        ("{ ok: false, path: undefined }", "{ ok: true, path: target }"),
    ],
)
def test_an_instance_that_says_whether_it_is_inside_in_node(refused: str, found: str) -> None:
    look = _OUTSIDE_IN_NODE.format(refused=refused, found=found)
    use = "if (!got.ok) throw new Error(name);"
    assert not _told(_NODE, "typescript", look=look, use=use)
    assert _told(_NODE, "typescript", look=f"return {found};", use=use)


def test_the_other_way_round_in_node() -> None:
    look = _OUTSIDE_IN_NODE.format(refused="new Outcome(false, target)", found="new Outcome(true, target)")
    assert _told(_NODE, "typescript", look=look, use="if (got.ok) throw new Error(name);")
