"""What is found out of each word of a text that was split, and what that says of the text."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT

HEADS = {
    "python": """
        import re
        import subprocess
        from pathlib import Path

        ROOT = Path("/srv/notes").resolve()
        WORD = re.compile(r"^[A-Za-z0-9_-]+$")
        BETWEEN = re.compile(r"[,:]")
        """,
    "node": """
        import { exec } from "node:child_process";
        import fs from "node:fs";
        import path from "node:path";

        const ROOT = path.resolve("/srv/notes");
        const WORD = /^[A-Za-z0-9_-]+$/;
        const DOTS = new Set(["", ".", ".."]);
        const plain = (text: string): boolean => text.split("/").every((one) => WORD.test(one));
        """,
}
TOOLS = {
    "python": "@mcp.tool()\ndef use(text: str):\n{}",
    "node": 'server.registerTool("use", {{ inputSchema: {{ text: z.string() }} }}, async ({{ text }}) => {{\n{}}});\n',
}


def quiet(language: str, body: str) -> bool:
    name, head = ("story.py", PYTHON) if language == "python" else ("story.ts", TYPESCRIPT)
    tool = TOOLS[language].format(textwrap.indent(textwrap.dedent(body).strip("\n"), "    ") + "\n")
    found = check_text(f"file:///{name}", head + textwrap.dedent(HEADS[language]) + tool)
    return not [one for one in found if one.rule.id in ("MCP301", "MCP305")]


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("if any(one in ('', '.', '..') for one in text.split('/')): raise ValueError(text)", True),
        ("if any(not one or one in {'.', '..'} for one in text.split('/')): raise ValueError(text)", True),
        ("if not all(one and one not in ('.', '..') for one in text.split('/')): raise ValueError(text)", True),
        ("if {'', '.', '..'} & set(text.split('/')): raise ValueError(text)", True),
        ("if not {'', '..'}.isdisjoint(text.split('/')): raise ValueError(text)", True),
        ("if text.startswith('/') or '..' in set(text.split('/')): raise ValueError(text)", True),
        ("text = '/'.join(one for one in text.split('/') if one not in ('', '.', '..'))", True),
        ("for one in text.split('/'):\n    if one == '' or one == '..': raise ValueError(text)", True),
        ("for one in text.split('/'):\n    if one is None or one == '..': raise ValueError(text)", False),
        ("if any(one in ('', '.') for one in text.split('/')): raise ValueError(text)", False),
        ("if any(one in ('', '.', '..') for one in Path(text).parts): raise ValueError(text)", False),
        ("if all(one in ('', '.', '..') for one in text.split('/')): raise ValueError(text)", False),
        ("text = '/'.join(one for one in text.split('/') if one != '..')", False),
        ("if text.split('/')[1] in ('', '.', '..'): raise ValueError(text)", False),
        ("if text.split('/').pop() in ('', '.', '..'): raise ValueError(text)", False),
    ],
)
def test_no_segment_leads_up(check: str, enough: bool) -> None:
    assert quiet("python", f"{check}\nreturn (ROOT / text).read_text()") is enough


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ('if (text.split("/").some((one) => ["", ".", ".."].includes(one))) throw new Error(text);', True),
        ("if (text.split(/[\\\\/]/).some((one) => DOTS.has(one))) throw new Error(text);", True),
        ('for (const one of text.split("/")) { if (one === "." || one === "..") throw new Error(text); }', True),
        ('if (text.split("/").every((one) => DOTS.has(one))) throw new Error(text);', False),
        ('if (text.split("/").at(-1) === "..") throw new Error(text);', False),
        ('if (text.split("/").pop() === "..") throw new Error(text);', False),
        ('const [first, second] = text.split("/"); if (second === "..") throw new Error(text);', False),
        ('if (!text.split("/").find((one) => one !== "..")) throw new Error(text);', False),
    ],
)
def test_no_segment_leads_up_in_typescript(check: str, enough: bool) -> None:
    assert (
        quiet("node", f'{check}\nfs.readFileSync(path.join(ROOT, text), "utf8");\nreturn {{ content: [] }};') is enough
    )


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("for one in text.split(','):\n    if not WORD.match(one): raise ValueError(one)", True),
        ("if not all(re.fullmatch('[a-z]+', one) for one in text.split('/')): raise ValueError(text)", True),
        ("if not all(one.isidentifier() for one in text.split('.')): raise ValueError(text)", True),
        ("if [one for one in text.split(' ') if not WORD.match(one)]: raise ValueError(text)", True),
        ("for one in BETWEEN.split(text):\n    if not WORD.match(one): raise ValueError(one)", True),
        ("for one in re.split('[,:]', text):\n    if not WORD.match(one): raise ValueError(one)", True),
        ("for one in text.split(';'):\n    if not WORD.match(one): raise ValueError(one)", False),
        ("for one in re.split('([;,])', text):\n    if not re.match('^[a-z;,]+$', one): raise ValueError(one)", False),
        ("for one in text.split(','):\n    if not WORD.match(one.strip()): raise ValueError(one)", False),
        ("for one in text.split(',')[1:]:\n    if not WORD.match(one): raise ValueError(one)", False),
        ("for one in text.split(',', 1):\n    if not re.match('^[^;]+$', one): raise ValueError(one)", False),
        ("if not any(WORD.match(one) for one in text.split(',')): raise ValueError(text)", False),
        ("if not WORD.match(text.split(',')[0]): raise ValueError(text)", False),
        ("first, second = text.split(',')\nif not WORD.match(second): raise ValueError(text)", False),
        ("for one in [a for a in text.split(',') if a[0] == 'a']:\n    if not WORD.match(one): raise ValueError()", False),
    ],
)  # fmt: skip
def test_a_text_has_the_form_that_each_of_its_words_has(check: str, enough: bool) -> None:
    assert quiet("python", f'{check}\nreturn subprocess.getoutput(f"ls {{text}}")') is enough


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("if (!plain(text)) throw new Error(text);", True),
        ('for (const one of text.split(",")) { if (!WORD.test(one)) throw new Error(one); }', True),
        ('if (text.split(".").some((one) => !WORD.test(one))) throw new Error(text);', True),
        ('if (!text.split("/").some((one) => WORD.test(one))) throw new Error(text);', False),
        ('if (!text.split("/").slice(1).every((one) => WORD.test(one))) throw new Error(text);', False),
        ('if (!text.split(/[;]/).every((one) => WORD.test(one))) throw new Error(text);', False),
        ('if (!text.split("/").filter((one) => one[0] === "a").every((one) => WORD.test(one))) throw new Error();', False),
        ('if (!WORD.test(text.split("/").at(-1)!)) throw new Error(text);', False),
    ],
)  # fmt: skip
def test_a_text_has_the_form_that_each_of_its_words_has_in_typescript(check: str, enough: bool) -> None:
    assert quiet("node", f"{check}\nexec(`ls ${{text}}`);\nreturn {{ content: [] }};") is enough


@pytest.mark.parametrize("words", ["BETWEEN.split(text)", 're.split("[,:]", text)', "text.split(',')"])
def test_a_word_is_still_chosen(words: str) -> None:
    assert not quiet("python", f"for one in {words}:\n    subprocess.getoutput(f'ls {{one}}')")
