"""Checks that look as if they were enough: nobody waits for them, or they leave out what matters."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow import stories

PYTHON = """
    import html
    import os
    import re
    import subprocess
    from pathlib import Path
    from urllib.parse import unquote

    ROOT = Path("/srv/notes").resolve()
    LINE = re.compile("^[a-z]+$", re.M)
    WORD = re.compile("^[a-z]+$", flags=re.I)

    async def inside(text: str) -> bool:
        return Path(text).resolve().is_relative_to(ROOT)

    async def check(text: str) -> None:
        if not Path(text).resolve().is_relative_to(ROOT):
            raise ValueError(text)

    @mcp.tool()
    async def use(text: str) -> str:
        BODY
    """

TYPESCRIPT = """
    import { exec, execFileSync } from "node:child_process";
    import fs from "node:fs";

    const ROOT = fs.realpathSync("/srv/notes");
    const inside = async (text: string) => fs.realpathSync(text).startsWith(ROOT + "/");

    async function check(text: string): Promise<void> {
      if (!fs.realpathSync(text).startsWith(ROOT + "/")) throw new Error(text);
    }

    const real = (text: string) => fs.realpathSync(text);

    server.registerTool("use", { inputSchema: { text: z.string() } }, async ({ text }) => {
      BODY
      return { content: [] };
    });
    """


def quiet(language: str, *lines: str) -> bool:
    """Whether no rule about what is chosen has anything to say."""
    name, head, story = (
        ("story.py", stories.PYTHON, PYTHON) if language == "python" else ("story.ts", stories.TYPESCRIPT, TYPESCRIPT)
    )
    text = head + textwrap.dedent(story.replace("BODY", "\n        ".join(lines)))
    return not [one for one in check_text(f"file:///{name}", text) if one.rule.id in ("MCP301", "MCP303", "MCP305")]


@pytest.mark.parametrize(
    ("lines", "enough"),
    [
        (("await check(text)", "return open(Path(text).resolve()).read()"), True),
        (("check(text)", "return open(Path(text).resolve()).read()"), False),
        (("done = check(text)", "await done", "return open(Path(text).resolve()).read()"), True),
        (("if not await inside(text): raise ValueError(text)", "return open(Path(text).resolve()).read()"), True),
    ],
)
def test_what_nobody_waits_for_refuses_nothing(lines: tuple[str, ...], enough: bool) -> None:
    assert quiet("python", *lines) is enough


@pytest.mark.parametrize(
    ("line", "enough"),
    [
        ("await check(text);", True),
        ("check(text);", False),
        ("const done = check(text); await done;", True),
        ("await Promise.all([check(text)]);", True),
        ("await check(text).catch(() => undefined);", False),
        ("await check(text).catch((error) => { throw new Error(`no: ${error}`); });", True),
        ("await check(text).catch((error) => { if (error) throw error; else throw new Error(); });", True),
        ("await check(text).catch((error) => { if (error.code) throw error; });", False),
        ("await check(text).catch((error) => { console.error(error); process.exit(1); });", True),
        ("await check(text).catch(() => process.exit(1));", True),
        ("if (!(await inside(text).catch(() => false))) throw new Error(text);", True),
        ("if (!(await inside(text).catch(() => true))) throw new Error(text);", False),
        ("void check(text);", False),
        ("if (!(await inside(text))) throw new Error(text);", True),
        ("if (!inside(text)) throw new Error(text);", False),
    ],
)
def test_what_nobody_waits_for_refuses_nothing_in_typescript(line: str, enough: bool) -> None:
    assert quiet("node", line, "fs.readFileSync(real(text));") is enough


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ('re.search("^[a-z]+$", text, re.M)', False),
        ('re.match("^[a-z]+$", text, flags=re.I | re.MULTILINE)', False),
        ("LINE.search(text)", False),
        ('re.search("^[a-z]+$", text, re.I)', True),
        ('re.fullmatch("[a-z]+", text, re.M)', True),
        ("WORD.search(text)", True),
    ],
)
def test_each_line_is_not_all_of_a_text(check: str, enough: bool) -> None:
    assert quiet("python", f"if not {check}: raise ValueError()", 'return subprocess.getoutput(f"ls {text}")') is enough


@pytest.mark.parametrize(
    ("check", "path", "enough"),
    [
        ('".." in text or text[0] == "/"', "unquote(text)", False),
        ('not re.fullmatch(r"[\\w%.-]+", text)', "unquote(text)", False),
        ('not re.fullmatch(r"[\\w-]+", text)', "unquote(text)", True),
        ('".." in html.unescape(text)', "text.lstrip('/')", True),
        ('".." in text', "html.unescape(text).lstrip('/')", False),
        ('".." in Path(unquote(text)).parts', "text.lstrip('/')", True),
        ('".." in text', "text.lstrip('/')", True),
        ('".." in text', "text.strip('/')", True),
    ],
)
def test_what_is_decoded_after_the_check(check: str, path: str, enough: bool) -> None:
    assert quiet("python", f"if {check}: raise ValueError()", f"return (ROOT / {path}).read_text()") is enough


@pytest.mark.parametrize(("language", "enough"), [("python", True), ("python", False), ("node", True), ("node", False)])
def test_one_dash_is_enough_for_an_option(language: str, enough: bool) -> None:
    refused = "-" if enough else "--"
    if language == "python":
        check, run = f'if text.startswith("{refused}"): raise ValueError()', 'subprocess.run(["git", "log", text])'
    else:
        check, run = f'if (text.startsWith("{refused}")) throw new Error();', 'execFileSync("git", ["log", text]);'
    assert quiet(language, check, run) is enough


@pytest.mark.parametrize(
    ("path", "enough"),
    [
        ('"/srv/notes/" + text', True),
        ('"/" + text', False),
        ("f\"/{text.strip('/')}\"", False),
        ('Path("/") / text.lstrip("/")', False),
        ('"/" + Path(text).name', True),
    ],
)
def test_all_there_is_lies_below_the_root(path: str, enough: bool) -> None:
    assert quiet("python", 'if ".." in text: raise ValueError()', f"return Path({path}).read_text()") is enough


@pytest.mark.parametrize("level", [5, 100, 192])
def test_a_number_that_an_address_may_begin_with_is_a_number(level: int) -> None:
    check = f'if LEVEL == {level} and not re.fullmatch("[a-z]+", text): raise ValueError()'
    assert quiet("python", check, 'return subprocess.getoutput(f"ls {text}")')
