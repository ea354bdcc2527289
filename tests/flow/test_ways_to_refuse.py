"""Ways to keep a value from where it does harm: conditional expressions, types, long lists, assertions, arguments of a
script instead of its text."""

from __future__ import annotations

import pytest

from tests.flow.test_held_to import said
from tests.flow.test_words_of_programs import everything

STORY = """
    import { execSync, execFileSync } from "node:child_process";
    import assert from "node:assert";
    import fs from "node:fs";
    import net from "node:net";
    import path from "node:path";
    import { z } from "zod";

    const ROOT = fs.realpathSync("/srv/notes");
    const REFUSED = [";", "&", "|", "`", "$", "<", ">", "(", ")", "\\n", "\\r", "\\\\", "'", "\\"", "{", "}"];
    const real = (name) => fs.realpathSync(path.resolve(ROOT, name));

    function refuse(name) {
      if (name.includes("..")) {
        throw new Error("no");
      }
    }

    function matches(name) {
      if (!/^[a-z]+$/.test(name)) {
        throw new Error("no");
      }
    }

    function within(name) {
      const file = real(name);
      return file.startsWith(ROOT + path.sep) ? file : null;
    }

    server.registerTool("a", { inputSchema: { a: SCHEMA } }, async (args) => {
      BODY
      return { content: [] };
    });
    """


def told(body: str, schema: str = "z.string()") -> list[str]:
    found = everything(STORY.replace("SCHEMA", schema).replace("BODY", body))
    return [one for one in found if one != "MCP309"]


@pytest.mark.parametrize(
    ("body", "enough"),
    [
        ("const f = real(args.a); fs.readFileSync(f.startsWith(ROOT + path.sep) ? f : ROOT);", True),
        ("const f = real(args.a); fs.readFileSync(f.startsWith(ROOT + path.sep) ? ROOT : f);", False),
        ("const f = within(args.a); if (!f) throw new Error('no'); fs.readFileSync(f);", True),
        ("const f = real(args.a); assert(f.startsWith(ROOT + path.sep)); fs.readFileSync(f);", True),
        ("const f = real(args.a); assert.ok(f.startsWith(ROOT + path.sep), 'no'); fs.readFileSync(f);", True),
        ("const f = real(args.a); assert(f.length > 3); fs.readFileSync(f);", False),
        ("if (args.a.includes('..')) throw new Error('no'); fs.readFileSync(path.join(ROOT, args.a));", True),
        ("refuse(args.a); fs.readFileSync(path.join(ROOT, decodeURIComponent(args.a)));", False),
        ("const n = decodeURIComponent(args.a); refuse(n); fs.readFileSync(path.join(ROOT, n));", True),
    ],
)
def test_a_choice_between_two_files(body: str, enough: bool) -> None:
    assert (told(body) == []) is enough


@pytest.mark.parametrize(
    ("body", "enough"),
    [
        ("if (typeof args.a !== 'number') throw new Error('no');", True),
        ("if (typeof args.a !== 'string') throw new Error('no');", False),
        ("if (!Number.isInteger(args.a)) throw new Error('no');", True),
        ("if (!Number.isFinite(args.a)) return { content: [] };", True),
        ("if (isNaN(args.a)) throw new Error('no');", True),
        ("if (!net.isIP(args.a)) throw new Error('no');", True),
        ("if (!args.a) throw new Error('no');", False),
        ("for (const x of [args.a]) { if (typeof x !== 'string') continue; matches(x); }", True),
        ("for (const x of [args.a]) { if (x.length > 3) continue; matches(x); }", False),
        ("for (const one of REFUSED) { if (args.a.includes(one)) throw new Error('no'); }", True),
        ("for (const one of REFUSED) if (args.a.includes(one)) return { content: [] };", True),
        ("for (const one of REFUSED.slice(2)) { if (args.a.includes(one)) throw new Error('no'); }", False),
        ("for (const one of REFUSED) { if (args.a.includes(one)) console.error('no'); }", False),
        ("for (const one of [';', '|']) { if (args.a.includes(one)) throw new Error('no'); }", False),
    ],
)
def test_types_and_lists_before_a_shell(body: str, enough: bool) -> None:
    assert (told(body + " execSync(`ls ${args.a}`);", "z.any()") == []) is enough


@pytest.mark.parametrize(
    ("schema", "enough"),
    [
        ("z.string().refine((v) => !v.includes('..') && !path.isAbsolute(v))", True),
        ("z.string().min(1).refine((v) => /^[a-z]+$/.test(v), { message: 'no' })", True),
        ("z.string().refine((v) => v.length < 9)", False),
    ],
)
def test_refinements_hold_of_arguments_that_stay_together(schema: str, enough: bool) -> None:
    assert (told("fs.readFileSync(path.join(ROOT, args.a));", schema) == []) is enough


@pytest.mark.parametrize(
    ("words", "enough"),
    [
        ("'osascript', ['-e', `say \"${args.a}\"`]", False),
        ("'osascript', ['-e', 'on run argv', '-e', `say ${args.a}`, '-e', 'end run']", False),
        ("'osascript', ['-e', 'on run argv\\nsay (item 1 of argv)\\nend run', '--', args.a]", True),
        ("'osascript', ['-l', 'JavaScript', 'tool.js', args.a]", True),
        ("'python3', ['-c', 'import sys; print(sys.argv[1])', args.a]", True),
        ("'python3', ['-c', `print('${args.a}')`]", False),
        ("'sh', ['-c', 'ls \"$1\"', '_', args.a]", True),
        ("'sh', ['-c', `ls ${args.a}`]", False),
        ("'cmd', ['/c', 'dir', args.a]", False),
        ("'powershell', ['-Command', 'Get-Item', args.a]", False),
        ("'powershell', ['-Command', `Get-Item '${args.a.replace(/'/g, \"''\")}'`]", True),
        ("'powershell', ['-Command', `Get-Item ${args.a.replace(/'/g, \"''\")}`]", False),
        ("'bash', ['-c', `ls '${args.a.replace(/'/g, \"''\")}'`]", False),
    ],
)
def test_what_is_a_script_and_what_is_given_to_it(words: str, enough: bool) -> None:
    assert (told(f"execFileSync({words});") == []) is enough


def test_what_python_says_of_an_expression_is_not_told(recwarn: pytest.WarningsRecorder) -> None:
    story = """
        import { execSync } from "child_process";

        server.tool("f", { text: z.string() }, async ({ text }) => {
          execSync(`ls ${text.replace(/[[;|&]/g, "")}`);
          return { content: [] };
        });
        """
    assert "MCP301" in everything(story)
    assert [one for one in recwarn if issubclass(one.category, FutureWarning)] == []


LISTED = """
    import subprocess


    def line(words: list[str], chosen: str | None) -> None:
        if chosen:
            parts = chosen.split()
            REFUSE
            words.extend(["--select", *parts])
        subprocess.run(["dbt", *words])


    @mcp.tool()
    def build(chosen: str | None = None) -> None:
        line(["build"], chosen)
    """


@pytest.mark.parametrize(
    ("refuse", "count"),
    [
        ('if any(p.startswith("-") for p in parts):\n                raise ValueError(chosen)', 0),
        ('if any(p.startswith("+") for p in parts):\n                raise ValueError(chosen)', 1),
        ("print(parts)", 1),
    ],
)
def test_what_is_put_into_a_list_behind_a_check_is_there_behind_it(refuse: str, count: int) -> None:
    assert sum("option" in one for one in said(LISTED.replace("REFUSE", refuse), "python")) == count
