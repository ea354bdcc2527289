"""What a value is held to before and while it is used: validators, refinements, segments, kinds of addresses, quotes."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT


def said(source: str, language: str) -> list[str]:
    """What the rules about flows say at more than information, of a story."""
    head, name = (PYTHON, "story.py") if language == "python" else (TYPESCRIPT, "story.ts")
    found = check_text(f"file:///{name}", head + textwrap.dedent(source))
    return [d.finding.message for d in found if d.rule.room == "handlers" and d.severity.value != "information"]


PYTHON_VALIDATORS = """
    from pathlib import Path
    from typing import Annotated
    from pydantic import AfterValidator, BaseModel, field_validator

    ROOT = Path("/srv/notes").resolve()

    def inside(value: str) -> str:
        CHECK
        return value

    class Wanted(BaseModel):
        path: str

        @field_validator("path")
        @classmethod
        def of_ours(cls, value: str) -> str:
            return inside(value)

    @mcp.tool()
    def write(file: Annotated[str, AfterValidator(inside)], wanted: Wanted) -> None:
        (ROOT / file).write_text("")
        (ROOT / wanted.path).write_text("")
    """


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("if not (ROOT / value).resolve().is_relative_to(ROOT): raise ValueError(value)", True),
        ("value = Path(value).name", True),
        ("value = value.strip()", False),
        ("if not value: raise ValueError(value)", False),
    ],
)
def test_a_validator_counts_by_what_it_ensures(check: str, enough: bool) -> None:
    assert (said(PYTHON_VALIDATORS.replace("CHECK", check), "python") == []) is enough


@pytest.mark.parametrize(
    ("condition", "enough"),
    [
        ("path.isAbsolute(v) || v.includes('..')", True),
        ("path.isAbsolute(v) || v.split(/[\\\\/]/).some((part) => part === '..')", True),
        ("v.startsWith('/') || v.split('/').includes('..')", True),
        ("v.split(' ').includes('..') || path.isAbsolute(v)", False),
        ("path.isAbsolute(v)", False),
        ("v.split('/').includes('..')", False),
        ("v.length === 0", False),
    ],
)
def test_a_relative_path_stays_below_where_it_starts(condition: str, enough: bool) -> None:
    story = """
        import fs from "fs";
        import path from "path";
        import { z } from "zod";

        server.tool("a", { a: z.string().refine((v) => !(CONDITION)) }, async ({ a }) => {
          fs.writeFileSync(a, "");
          return { content: [] };
        });

        server.tool("b", { b: z.string() }, async ({ b: v }) => {
          const wrong = (v: string) => CONDITION;
          if (wrong(v)) {
            throw new Error("no");
          }
          fs.writeFileSync(v, "");
          return { content: [] };
        });
        """
    assert len(said(story.replace("CONDITION", condition), "typescript")) == (0 if enough else 2)


@pytest.mark.parametrize(
    ("condition", "enough"),
    [
        ("Path(name).is_absolute() or '..' in Path(name).parts", True),
        ("any(part == '..' for part in Path(name).parts) or os.path.isabs(name)", True),
        ("os.path.basename(name) != name", True),
        ("'..' in name.split()", False),
        ("os.path.basename(name) != other", False),
    ],
)
def test_segments_of_a_path(condition: str, enough: bool) -> None:
    story = """
        import os
        from pathlib import Path

        @mcp.tool()
        def write(name: str, other: str) -> None:
            if CONDITION:
                raise ValueError(name)
            Path(name).write_text("")
        """
    assert (said(story.replace("CONDITION", condition), "python") == []) is enough


@pytest.mark.parametrize(
    ("condition", "enough"),
    [
        ('ipaddr.parse(address).range() !== "unicast"', True),
        ('["private", "loopback", "linkLocal"].includes(ipaddr.parse(address).range())', True),
        ('blocked.check(address, "ipv4")', True),
        ('ipaddr.parse(address).range() === "unicast"', False),
        ('ipaddr.parse(address).kind() !== "ipv4"', False),
    ],
)
def test_the_kind_of_the_address_that_was_found(condition: str, enough: bool) -> None:
    story = """
        import dns from "dns/promises";
        import net from "net";
        import ipaddr from "ipaddr.js";
        import { z } from "zod";

        const blocked = new net.BlockList();

        server.tool("fetch", { url: z.string() }, async ({ url }) => {
          const { address } = await dns.lookup(new URL(url).hostname);
          if (CONDITION) {
            throw new Error("private");
          }
          await fetch(url, { redirect: "error" });
          return { content: [] };
        });
        """
    assert (said(story.replace("CONDITION", condition), "typescript") == []) is enough


@pytest.mark.parametrize(
    ("spelled", "enough"),
    [
        ("'\"' + name.replace('\"', '\"\"') + '\"'", True),
        ("'`' + name.replace('`', '``') + '`'", True),
        ("'\"' + name.replace('`', '``') + '\"'", False),
        ("name.replace('\"', '\"\"')", False),
    ],
)
def test_names_in_quotes_that_are_doubled(spelled: str, enough: bool) -> None:
    story = """
        import sqlite3

        database = sqlite3.connect("shop.db")

        @mcp.tool()
        def rows(name: str) -> list:
            quoted = SPELLED
            return database.execute(f"SELECT * FROM {quoted}").fetchall()
        """
    assert (said(story.replace("SPELLED", spelled), "python") == []) is enough


@pytest.mark.parametrize(
    ("statement", "enough"),
    [
        ("SELECT * FROM t WHERE name LIKE '%${quoted(name)}%'", True),
        ("SELECT * FROM t WHERE name LIKE '%${quoted(name)}%' OR mail = 'a' OR mail = '${quoted(name)}'", True),
        ("SELECT " + "another, " * 40 + "id FROM t WHERE kind = 'a' AND name = '${quoted(name)}'", True),
        ("SELECT * FROM t WHERE kind = 'a' AND name = ${quoted(name)}", False),
        ("SELECT * FROM t WHERE kind = '%a%' AND ${quoted(name)} = 1", False),
    ],
)
def test_values_inside_of_quotes_that_are_doubled(statement: str, enough: bool) -> None:
    story = """
        import Database from "better-sqlite3";

        const database = new Database("shop.db");
        const quoted = (text) => text.replace(/'/g, "''");

        server.tool("find", { name: z.string() }, async ({ name }) => {
          return { content: database.prepare(`STATEMENT`).all() };
        });
        """
    story = TYPESCRIPT + textwrap.dedent(story.replace("STATEMENT", statement))
    told = [d for d in check_text("file:///story.ts", story) if d.rule.id == "MCP307"]
    assert (told == []) is enough


@pytest.mark.parametrize(
    ("refused", "spelled", "enough"),
    [
        ("any(end in name for end in QUOTES)", "['{name}']", True),
        ("any(end in name for end in QUOTES)", '["{name}"]', True),
        ("any(end in name for end in QUOTES)", "{name}", False),
        ("any(end in name for end in QUOTES)", "['a'] {name}", False),
        ("'`' in name", "`{name}`", True),
        ("'`' in name", '"{name}"', False),
        ("'`' in name", "`a` {name}", False),
        ("';' in name", "`{name}`", False),
        ("re.search(r'[`;]', name)", "`{name}`", True),
        ("re.search(r'^`', name)", "`{name}`", False),
    ],
)
def test_names_in_quotes_whose_end_is_refused(refused: str, spelled: str, enough: bool) -> None:
    story = """
        import re
        import sqlite3

        QUOTES = ["['", "']", '["', '"]']
        database = sqlite3.connect("shop.db")

        @mcp.tool()
        def rows(name: str) -> list:
            if REFUSED:
                raise ValueError(name)
            return database.execute(f'''SELECT * FROM SPELLED''').fetchall()
        """
    story = PYTHON + textwrap.dedent(story.replace("REFUSED", refused).replace("SPELLED", spelled))
    told = [d for d in check_text("file:///story.py", story) if d.rule.id == "MCP307"]
    assert (told == []) is enough


@pytest.mark.parametrize(
    ("library", "spelled", "enough"),
    [
        ("sqlite3", 'name.replace("\'", "\'\'")', True),
        ("sqlite3", "name", False),
        ("mysql.connector", 'name.replace("\'", "\'\'")', False),
    ],
)
def test_values_in_quotes_that_are_doubled(library: str, spelled: str, enough: bool) -> None:
    """Also behind a long statement; some databases take ``\\'`` for a quote as well."""
    story = """
        import LIBRARY

        database = LIBRARY.connect()

        def quoted(name: str) -> str:
            return "'" + SPELLED + "'"

        @mcp.tool()
        def columns(name: str, schema: str) -> list:
            statement = f'''
                SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS nullable, comment
                FROM information_schema.columns
                WHERE database_name = 'main' AND table_catalog = 'main'
                AND schema_name = {quoted(schema)}
                AND table_name = {quoted(name)}
                ORDER BY column_index
            '''
            return database.cursor().execute(statement)
        """
    story = PYTHON + textwrap.dedent(story.replace("LIBRARY", library).replace("SPELLED", spelled))
    told = [d for d in check_text("file:///story.py", story) if d.rule.id == "MCP307"]
    assert (told == []) is enough


def test_options_end_where_git_is_told() -> None:
    story = """
        import { execFile } from "child_process";
        import { z } from "zod";

        server.tool("log", { ref: z.string() }, async ({ ref }) => {
          execFile("git", ["log", END, ref]);
          return { content: [] };
        });
        """
    assert said(story.replace("END", '"--end-of-options"'), "typescript") == []
    assert said(story.replace("END", '"HEAD"'), "typescript") != []


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("const [a, b] = ip.split('.').map(Number); return a === 10 || a === 127 || (a === 192 && b === 168);", True),
        ("const octets = ip.split('.'); return parseInt(octets[0], 10) === 10 || octets[0] === '127';", True),
        ("const [a, b] = ip.split('.').map(Number); return b === 10 || b === 127;", False),
        ("const [a, b] = ip.split('-').map(Number); return a === 10 || a === 127;", False),
    ],
)
def test_private_ranges_by_their_numbers(check: str, enough: bool) -> None:
    story = """
        import dns from "dns/promises";
        import { z } from "zod";

        function isPrivate(ip: string): boolean {
          CHECK
        }

        server.tool("fetch", { url: z.string() }, async ({ url }) => {
          const found = await dns.resolve4(new URL(url).hostname);
          if (found.some(isPrivate)) {
            throw new Error("private");
          }
          await fetch(url, { redirect: "error" });
          return { content: [] };
        });
        """
    assert (said(story.replace("CHECK", check), "typescript") == []) is enough


def test_a_named_function_that_is_handed_on_does_what_it_does() -> None:
    story = """
        import fs from "fs";
        import { execSync } from "child_process";
        import { z } from "zod";

        server.tool("run", { commands: z.array(z.string()) }, async ({ commands }) => {
          commands.forEach(execSync);
          return { content: [] };
        });
        """
    assert said(story, "typescript") == ["`commands` is run as a shell command"]


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ("fs.realpathSync(path.dirname(full)).startsWith(fs.realpathSync(ROOT) + path.sep)", True),
        ("fs.realpathSync(path.dirname(full)) === fs.realpathSync(ROOT)", True),
        ("path.resolve(path.dirname(full)).startsWith(ROOT + path.sep)", False),
        ("fs.realpathSync(ROOT).startsWith(ROOT + path.sep)", False),
    ],
)
def test_a_file_that_is_not_there_yet_is_in_the_folder_that_is(check: str, enough: bool) -> None:
    story = TYPESCRIPT + textwrap.dedent("""
        import fs from "fs";
        import path from "path";
        import { z } from "zod";

        const ROOT = path.resolve("/srv/notes");

        server.tool("save", { name: z.string() }, async ({ name }) => {
          const full = path.resolve(ROOT, name);
          if (!full.startsWith(ROOT + path.sep) || !(CHECK)) {
            throw new Error("outside");
          }
          fs.writeFileSync(full, "");
          return { content: [] };
        });
        """).replace("CHECK", check)
    found = [d.finding.message for d in check_text("file:///story.ts", story) if d.rule.room == "handlers"]
    assert (found == []) is enough


UNESCAPED = {
    "python": """
    import os
    from urllib.parse import unquote
    ROOT = "/srv/notes"
    REFUSED = {"..", "."}

    @mcp.tool()
    def read(name: str) -> str:
        BODY
        return open(os.path.join(ROOT, name)).read()
    """,
    "typescript": """
    import fs from "node:fs";
    import path from "node:path";
    const ROOT = "/srv/notes";
    const REFUSED = new Set(["..", "."]);

    server.registerTool("read", { inputSchema: { name: z.string() } }, async ({ name }) => {
      BODY
      return { content: [{ type: "text", text: fs.readFileSync(path.join(ROOT, name), "utf8") }] };
    });
    """,
}
PY_CHECK = "if '..' in {0} or {0}.startswith('/'): raise ValueError({0})"
EACH = "for (const one of name.split('/')) {{ if (REFUSED.has({0})) throw new Error(); }}"
TS_CHECK = "if ({0}.includes('..')) throw new Error();"


@pytest.mark.parametrize(
    ("language", "body", "enough"),
    [
        ("python", f"plain = unquote(name); {PY_CHECK.format('plain')}".replace("; if", "\n        if"), True),
        ("python", f"{PY_CHECK.format('name')}\n        name = unquote(name)", False),
        ("python", f"name = unquote(name)\n        {PY_CHECK.format('name')}", True),
        ("typescript", f"const plain = decodeURIComponent(name); {TS_CHECK.format('plain')}", True),
        ("typescript", f"{TS_CHECK.format('name')} name = decodeURIComponent(name);", False),
        ("typescript", f"name = decodeURIComponent(name); {TS_CHECK.format('name')}", True),
        ("typescript", EACH.format("one"), True),
        ("typescript", "if (name.split('/').some((one) => ['.', '..', ''].includes(one))) throw new Error();", True),
        ("typescript", EACH.format("decodeURIComponent(one)"), True),
        ("typescript", "for (const one of name.split('/')) if (REFUSED.has(one)) console.warn(one);", False),
        ("typescript", f"{EACH.format('one')} name = decodeURIComponent(name);", False),
        (
            "python",
            "if name.startswith('/') or any(unquote(one) in REFUSED for one in name.split('/')): raise ValueError()",
            True,
        ),
    ],
)
def test_what_is_refused_without_escapes(language: str, body: str, enough: bool) -> None:
    assert (said(UNESCAPED[language].replace("BODY", body), language) == []) is enough


IN_QUOTES = {
    "python": """
    import mysql.connector
    import sqlite3
    from neo4j import GraphDatabase
    my = mysql.connector.connect().cursor()
    lite = sqlite3.connect("notes")
    graph = GraphDatabase.driver("bolt://localhost").session()

    @mcp.tool()
    def find(name: str) -> None:
        plain = name.replace("\\\\", "\\\\\\\\").replace("'", "\\\\'")
        ASK
    """,
    "typescript": """
    import Database from "better-sqlite3";
    import mysql from "mysql2/promise";
    import neo4j from "neo4j-driver";
    const my = mysql.createPool({});
    const lite = new Database("notes");
    const graph = neo4j.driver("bolt://localhost").session();

    server.registerTool("find", { inputSchema: { name: z.string() } }, async ({ name }) => {
      const plain = name.replace(/\\\\/g, "\\\\\\\\").replace(/'/g, "\\\\'");
      ASK
      return { content: [] };
    });
    """,
}


@pytest.mark.parametrize(
    ("language", "ask", "enough"),
    [
        ("python", "my.execute(f\"SELECT id FROM notes WHERE name LIKE '%{plain}%'\")", True),
        ("python", "graph.run(f\"MATCH (n) WHERE n.name = '{plain}' RETURN n\")", True),
        ("python", "graph.run(f'MATCH (n) WHERE n.name = \"{plain}\" RETURN n')", False),
        ("python", 'graph.run(f"MATCH (n) WHERE n.rank > {plain} RETURN n")', False),
        ("python", "lite.execute(f\"SELECT id FROM notes WHERE name = '{plain}'\")", False),
        ("typescript", "await my.query(`SELECT id FROM notes WHERE name = '${plain}'`);", True),
        ("typescript", "await graph.run(`MATCH (n) WHERE n.name = '${plain}' RETURN n`);", True),
        ("typescript", "await graph.run(`MATCH (n:${plain}) RETURN n`);", False),
        ("typescript", "lite.exec(`DELETE FROM notes WHERE name = '${plain}'`);", False),
    ],
)
def test_a_backslash_keeps_a_quote_in_where_the_language_has_it(language: str, ask: str, enough: bool) -> None:
    assert (said(IN_QUOTES[language].replace("ASK", ask), language) == []) is enough


SEGMENTS = {
    "python": """
    import httpx
    from urllib.parse import quote

    @mcp.tool()
    def read(name: str) -> str:
        BODY
        return httpx.get(f"https://api.example.com/vault/{way}").text
    """,
    "typescript": """
    server.registerTool("read", { inputSchema: { name: z.string() } }, async ({ name }) => {
      BODY
      const found = await fetch(`https://api.example.com/vault/${way}`);
      return { content: [{ type: "text", text: await found.text() }] };
    });
    """,
}


@pytest.mark.parametrize(
    ("language", "body", "enough"),
    [
        ("python", "way = quote(name, safe='')", True),
        ("python", "way = '/'.join(quote(one, safe='') for one in name.split('/'))", False),
        ("python", "way = '/'.join(quote(one, safe='') for one in name.split('/') if one not in ('..', '.'))", True),
        ("typescript", "const way = encodeURIComponent(name);", True),
        ("typescript", "const way = name.split('/').map(encodeURIComponent).join('/');", False),
        ("typescript", "const way = name.split('/').map((one) => encodeURIComponent(one)).join('/');", False),
        ("typescript", "const way = name.split(',').map((one) => encodeURIComponent(one)).join(',');", True),
        (
            "typescript",
            "if (name.includes('..')) throw new Error(); const way = name.split('/').map(encodeURIComponent).join('/');",
            True,
        ),
    ],
)
def test_encoded_segments_may_still_lead_upwards(language: str, body: str, enough: bool) -> None:
    head, uri = (PYTHON, "file:///story.py") if language == "python" else (TYPESCRIPT, "file:///story.ts")
    story = head + textwrap.dedent(SEGMENTS[language]).replace("BODY", body)
    assert any(d.rule.id == "MCP311" for d in check_text(uri, story)) is not enough
