"""Comments that allow a finding: where they go, in which line ends, and what they leave alone."""

from __future__ import annotations

import pytest

from mcp_lsp import read, syntax
from mcp_lsp.assist.fixes import applied, suppress, suppress_file
from mcp_lsp.assist.turning_off import turned_off

PYTHON, SCRIPT = "  # mcp-lsp: ignore[rule] why", " // mcp-lsp: ignore[rule] why"


def check(drawn: str, expect: str | None, name: str = "server.py") -> None:
    """``«`` stands where the finding begins, ``§`` where the comment has to be."""
    text = drawn.replace("«", "").replace("§", "")
    document = syntax.Document(f"file:///{name}", text, syntax.language_of(name))
    module = read.module(syntax.parse(document))
    changes = suppress(document, module, drawn.replace("§", "").index("«"), "rule", "why")
    after = applied(text, changes) if changes else None
    assert after == (None if expect is None else drawn.replace("«", "").replace("§", expect))


@pytest.mark.parametrize(
    "drawn",
    [
        "x = «1§",
        "x = «f(§\n    1,\n)\n",
        '@tool(\n    «name="x",§\n)\ndef f(): ...\n',
        'def f():\n    """A.\n\n    «B.\n    """§\n    return 1\n',
        'x = f"""\n{«a}\n"""  # noqa§\n',
        "x = 'a' \\\n    '«b'§\ny = 1\n",
        "if a:\r\n    «x = 1§\r\n    y = 2\r\n",
        'x = "# mcp-lsp: ignore[other]", «1§\n',
    ],
)
def test_in_python_at_the_end_of_its_line_or_of_the_string_it_stands_in(drawn: str) -> None:
    check(drawn, PYTHON)


@pytest.mark.parametrize(
    "drawn",
    [
        "f(«x);§",
        "const a = `x\n ${«b} y\n z`;§\n",
        "const a = `x\n ${f(() => {\n  «g();\n})} y\n z`;§\n",
        "server.tool(\n  «'a',§\n  () => 1,\n);\n",
        "f(«x); // eslint-disable-line§\r\ng();\r\n",
    ],
)
def test_in_typescript_as_well(drawn: str) -> None:
    check(drawn, SCRIPT, "server.ts")


def test_a_comment_that_is_there_gets_one_more_name() -> None:
    check("x = «1  # mcp-lsp: ignore[other§] because\n", ", rule")
    check("x = «1  # mcp-lsp: ignore[rule] because\n", None)
    check("x = «1 + \\\n    2\n", None)


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("server.py", "#!/usr/bin/env python\nx = 1\n", 1),
        ("server.py", "# -*- coding: utf-8 -*-\nx = 1\n", 1),
        ("server.ts", '"use strict";\nf();\n', 0),
        ("Dockerfile", "# syntax=docker/dockerfile:1\nFROM a\n", 1),
        ("AGENTS.md", "---\nname: a\n---\n\nText.\n", 3),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_is_allowed_a_rule_in_its_own_line_ends(name: str, text: str, first: int, newline: str) -> None:
    document = syntax.Document(f"file:///{name}", text.replace("\n", newline), syntax.language_of(name))
    changes = suppress_file(document, "rule", "why")
    assert changes is not None
    lines = applied(document.text, changes).split(newline)
    assert "mcp-lsp: ignore-file[rule] why" in lines[first]
    assert newline.join(lines[:first] + lines[first + 1 :]) == document.text
    assert not any("\n" in line for line in lines)


@pytest.mark.parametrize("opened", ["FROM a:latest\r\nRUN b\r\n", "A\r\n"])
def test_a_comment_above_its_line_ends_as_the_others_do(opened: str) -> None:
    document = syntax.Document("file:///Dockerfile", opened, "dockerfile")
    changes = suppress(document, read.module(syntax.parse(document)), 0, "rule", "why")
    assert applied(opened, changes or []) == f"# mcp-lsp: ignore[rule] why\r\n{opened}"


@pytest.mark.parametrize(
    "text", ["[project]\r\nname = 'x'\r\n", "[tool.mcp-lsp]\r\nselect = ['MCP1']\r\n", "[a]\r\nb = 1"]
)
def test_settings_keep_their_line_ends(text: str) -> None:
    change = turned_off(text, "rule", pyproject=True)
    assert change is not None
    assert change.text.count("\n") == change.text.count("\r\n") > 0
