"""Ways of writing that come up in servers of other people: constants by their own name, checks in loops and tables,
answers that are an object or nothing, literals in code, scripts in temporary files, queries in other languages."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT, handlers


def said(source: str, language: str = "typescript") -> list[str]:
    """What the rules about flows say of a story at more than information, by rule."""
    head, name = (PYTHON, "story.py") if language == "python" else (TYPESCRIPT, "story.ts")
    found = check_text(f"file:///{name}", head + textwrap.dedent(source))
    return [d.rule.id for d in found if d.rule.room == "handlers" and d.severity.value != "information"]


CONFINED = """
    import { readFileSync } from "node:fs";
    import { resolve, sep } from "node:path";

    const ROOT = resolve("notes");

    server.registerTool("show", { description: "Show.", inputSchema: { file: z.string() } }, async ({ file }) => {
      const path = resolve(ROOT, file);
      if (path !== ROOT && !path.startsWith(ROOT + END)) throw new Error("outside");
      return { content: [{ type: "text", text: readFileSync(path, "utf8") }] };
    });
    """


@pytest.mark.parametrize(("end", "found"), [("sep", []), ('"/"', []), ('""', ["MCP305"])])
def test_a_separator_that_is_imported_by_its_name(end: str, found: list[str]) -> None:
    assert said(CONFINED.replace("END", end)) == found


def test_the_separator_of_python_by_its_name() -> None:
    story = """
        from os import path, sep

        ROOT = path.realpath("notes")

        @mcp.tool()
        def show(file: str) -> str:
            wanted = path.realpath(path.join(ROOT, file))
            if not wanted.startswith(ROOT + sep):
                raise ValueError(file)
            return open(wanted).read()
        """
    assert said(story, "python") == []
    assert said(story.replace("ROOT + sep", "ROOT"), "python") == ["MCP305"]


CHECKED = """
    import { execFileSync } from "node:child_process";

    const REF = /^[A-Za-z0-9_./]+$/;

    function unsafe(refs: Record<string, unknown>): { name: string } | null {
      for (const [name, value] of Object.entries(refs)) {
        if (value === undefined) continue;
        if (typeof value !== "string" || !REF.test(value)) return { name };
      }
      return null;
    }

    function refuse(refs: Record<string, unknown>): void {
      for (const [name, value] of Object.entries(refs)) {
        if (typeof value !== "string" || !REF.test(value)) throw new Error(name);
      }
    }

    function problem(ref: string): string | undefined {
      if (!REF.test(ref)) return `not a ref: ${ref}`;
    }

    const shape = { since: z.string(), until: z.string() };

    server.registerTool("diff", { description: "Diff.", inputSchema: shape }, async ({ since, until }) => {
      CHECK
      const text = execFileSync("git", ["diff", since, until], { encoding: "utf8" });
      return { content: [{ type: "text", text }] };
    });
    """


@pytest.mark.parametrize(
    ("check", "enough"),
    [
        ('if (unsafe({ since, until })) throw new Error("ref");', True),
        ("const bad = unsafe({ since, until }); if (bad !== null) throw new Error(bad.name);", True),
        ('if (unsafe({ since })) throw new Error("ref");', False),
        ('if (!unsafe({ since, until })) throw new Error("ref");', False),
        ("refuse({ since, until });", True),
        ('if (problem(since) || problem(until)) throw new Error("ref");', True),
        ('if (problem(since)) throw new Error("ref");', False),
        ("", False),
    ],
)
def test_checks_of_all_entries_and_answers_that_are_an_object_or_nothing(check: str, enough: bool) -> None:
    assert (said(CHECKED.replace("CHECK", check)) == []) is enough


RANGES = """
    import dns from "node:dns/promises";
    import net from "node:net";

    function isBlocked4(ip: string): boolean {
      const [a, b] = ip.split(".").map(Number);
      return a === 10 || a === 127 || (a === 192 && b === 168) || (a === 169 && b === 254);
    }

    function NAME(ip: string): boolean {
      const groups = ip.split(":").map((group) => parseInt(group, 16));
      if (groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1) return true;
      return RANGE;
    }

    function isBlocked(ip: string): boolean {
      if (net.isIP(ip) === 4) return isBlocked4(ip);
      if (net.isIP(ip) === 6) return NAME(ip);
      return true;
    }

    server.registerTool("get", { description: "Get.", inputSchema: { address: z.string() } }, async ({ address }) => {
      const url = new URL(address);
      for (const found of await dns.lookup(url.hostname, { all: true })) {
        if (isBlocked(found.address)) throw new Error("private");
      }
      const answer = await fetch(url);
      return { content: [{ type: "text", text: await answer.text() }] };
    });
    """


@pytest.mark.parametrize(
    ("name", "ranges", "enough"),
    [
        ("isBlocked6", "(groups[0] & 0xffc0) === 0xfe80 || (groups[0] & 0xfe00) === 0xfc00", True),
        ("isPrivateV6", "(groups[0] & 0xffc0) === 0xfe80 || (groups[0] & 0xfe00) === 0xfc00", True),
        ("isBlocked6", "ip.length > 40", False),
        ("hasGroups", "(groups[0] & 0xffc0) === 0xfe80 || (groups[0] & 0xfe00) === 0xfc00", False),
    ],
)
def test_ranges_of_version_six_by_their_bits(name: str, ranges: str, enough: bool) -> None:
    assert (said(RANGES.replace("NAME", name).replace("RANGE", ranges)) == []) is enough


CODE = """
    import { execFile } from "node:child_process";
    import CDP from "chrome-remote-interface";

    const escaped = (text: string) => text.replace(/\\\\/g, "\\\\\\\\").replace(/"/g, '\\\\"');
    const both = (text: string) => text.replace(/["\\\\]/g, "\\\\$&");
    const half = (text: string) => text.replace(/"/g, '\\\\"');

    server.registerTool("say", { description: "Say.", inputSchema: { text: z.string() } }, async ({ text }) => {
      const client = await CDP({ port: 9222 });
      RUN
      return { content: [] };
    });
    """


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("await client.Runtime.evaluate({ expression: `say('${text}')` });", ["MCP304"]),
        ("await client.Runtime.evaluate({ expression: `say(${JSON.stringify(text)})` });", []),
        ("await client.Runtime.evaluate({ expression: `say('${JSON.stringify(text)}')` });", ["MCP304"]),
        ("await client.Runtime.evaluate({ expression: text });", []),
        ("await client.Runtime.evaluate({ expression: `(${text})()` });", []),
        ("await client.Runtime.evaluate({ expression: `return (${text})` });", []),
        ("await client.Runtime.evaluate({ expression: `say(${text})` });", ["MCP304"]),
        ('execFile("osascript", ["-e", `say "${text}"`]);', ["MCP304"]),
        ('execFile("osascript", ["-e", `say "${half(text)}"`]);', ["MCP304"]),
        ('execFile("osascript", ["-e", `say "${escaped(text)}"`]);', []),
        ('execFile("osascript", ["-e", `say "${both(text)}"`]);', []),
        ('execFile("osascript", ["-e", `say \\\'${escaped(text)}\\\'`]);', ["MCP304"]),
    ],
)
def test_literals_in_code(run: str, found: list[str]) -> None:
    assert said(CODE.replace("RUN", run)) == found


SCRIPT = """
    import fs from "node:fs";
    import { tmpdir } from "node:os";
    import { join } from "node:path";

    server.registerTool("find", { description: "Find.", inputSchema: { name: z.string() } }, async ({ name }) => {
      const script = `const wanted = "${VALUE}";\\n search(wanted);`;
      PATH
      fs.writeFileSync(file, script);
      return { content: [] };
    });
    """


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        ("const file = `/tmp/find_${Date.now()}.js`;", "name", ["MCP304"]),
        ('const file = join(tmpdir(), "find.scpt");', "name", ["MCP304"]),
        ('const file = join(tmpdir(), "find.sh");', "name", ["MCP301"]),
        ('const file = join(tmpdir(), "find.txt");', "name", []),
        ('const file = "index.js";', "name", []),
        ("const file = `/tmp/find_${Date.now()}.js`;", 'name.replace(/["\\\\]/g, "\\\\$&")', []),
    ],
)
def test_a_script_in_a_temporary_file(path: str, value: str, found: list[str]) -> None:
    assert said(SCRIPT.replace("PATH", path).replace("VALUE", value)) == found


QUERIES = """
    import { Client } from "@example/logs";

    const client = new Client();

    server.registerTool("events", { description: "Events.", inputSchema: { id: z.string() } }, async ({ id }) => {
      const rows = await CALL;
      return { content: [{ type: "text", text: JSON.stringify(rows) }] };
    });
    """


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ('client.queryExecute({ body: { query: `fetch events | filter id == "${id}"` } })', ["MCP307"]),
        ('client.runQuery(`Heartbeat | where Computer == "${id}"`)', ["MCP307"]),
        ("client.singleRecordQuery(`SELECT Id FROM User WHERE Username = '${id}'`)", ["MCP307"]),
        ("client.validateQuery(`SELECT Id FROM User WHERE Username = '${id}'`)", []),
        ("client.runQuery(`CREATE FULLTEXT INDEX found ON \\`${id}\\` (text)`)", ["MCP307"]),
        ("client.runQuery(`ALTER EVENT \\`nightly\\` ON SCHEDULE ${id}`)", ["MCP307"]),
        ("client.runQuery(`create event ${id}`)", []),  # a calendar's
        ("client.runQuery(`events of ${id}`)", []),
    ],
)
def test_queries_in_other_languages(call: str, found: list[str]) -> None:
    assert said(QUERIES.replace("CALL", call)) == found


def test_a_method_of_a_controller_that_answers_requests() -> None:
    story = """
        import express from "express";
        import Database from "better-sqlite3";

        const db = new Database("notes.db");

        export class Notes {
          static async list(req: express.Request, res: express.Response) {
            const { sort } = req.query as Record<string, string>;
            res.json(db.prepare(`SELECT id FROM notes ORDER BY ${sort}`).all());
          }
        }
        """
    assert said(story) == ["MCP307"]


def test_a_folder_that_a_request_changes_to() -> None:
    story = """
        server.registerTool("go", { description: "Go.", inputSchema: { folder: z.string() } }, async ({ folder }) => {
          process.chdir(`/srv/notes/${folder}`);
          return { content: [] };
        });
        """
    assert said(story) == ["MCP305"]


OBSIDIAN = """
import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
import {{ App, Vault }} from "obsidian";
import {{ z }} from "zod";

export class Notes {{
  private vault: Vault;

  constructor(private app: App, vault: Vault) {{
    this.vault = vault;
  }}

  register(server: McpServer) {{
    server.registerTool("note", {{ inputSchema: {{ name: z.string() }} }}, async ({{ name }}) => this.use(name));
  }}

  private async use(name: string) {{
    {check}
    await {call};
    return {{ content: [] }};
  }}
}}
"""


@pytest.mark.parametrize(
    ("call", "check", "found"),
    [
        ("this.app.vault.adapter.remove(name)", "", ["MCP305"]),
        ("this.vault.adapter.write(name, text)", "", ["MCP305"]),
        ("this.vault.createFolder(name)", "", ["MCP305"]),
        ("this.app.vault.adapter.remove(name)", 'if (!/^[a-z]+$/.test(name)) throw new Error("no");', []),
        ("this.app.vault.getFileByPath(name)", "", []),  # looked up among the notes
    ],
)
def test_files_of_a_vault(call: str, check: str, found: list[str]) -> None:
    assert said(OBSIDIAN.format(call=call, check=check)) == found


def test_a_path_that_is_the_root_itself_is_inside_of_it() -> None:
    story = """
        import { readFileSync } from "node:fs";
        import { join, resolve, sep } from "node:path";

        const ROOT = "/srv/notes";

        function isInside(base: string, relative: string): boolean {
          const root = resolve(base);
          const target = resolve(base, relative);
          if (target === ELSE) return true;
          return target.startsWith(root + sep);
        }

        server.registerTool("show", { description: "Show.", inputSchema: { file: z.string() } }, async ({ file }) => {
          if (!isInside(ROOT, file)) throw new Error("outside");
          return { content: [{ type: "text", text: readFileSync(join(ROOT, file), "utf8") }] };
        });
        """
    assert said(story.replace("ELSE", "root")) == []
    assert said(story.replace("target === ELSE", 'relative.endsWith(".md")')) == ["MCP305"]


def test_private_ranges_in_a_table_beside_the_function_that_looks_at_them() -> None:
    story = """
        const PRIVATE_RANGES = [["10.0.0.0", "10.255.255.255"], ["192.168.0.0", "192.168.255.255"], ["169.254.0.0", "X"]];
        const number = (ip) => ip.split(".").reduce((sum, part) => (sum << 8) + parseInt(part, 10), 0) >>> 0;
        const isPrivateAddress = (ip) => TABLE.some(([a, b]) => number(ip) >= number(a) && number(ip) <= number(b));

        server.registerTool("get", { description: "Get.", inputSchema: { url: z.string() } }, async ({ url }) => {
          const host = new URL(url).hostname;
          if (isPrivateAddress(host)) throw new Error("private");
          return { content: [{ type: "text", text: await (await fetch(url)).text() }] };
        });
        """
    assert said(story.replace("TABLE", "PRIVATE_RANGES")) == []
    assert said(story.replace("TABLE", "[]")) == ["MCP306"]


@pytest.mark.parametrize(("tried", "enough"), [("path.resolve().parts", True), ("path.parts", False)])
def test_folders_that_a_path_may_not_lead_through(tried: str, enough: bool) -> None:
    story = f"""
        from pathlib import Path

        REFUSED = {{".ssh", ".aws"}}

        def look(name):
            path = Path(name).expanduser()
            for part in {tried}:
                if part in REFUSED:
                    raise ValueError(name)

        @mcp.tool()
        def save(name: str) -> str:
            look(name)
            open(name, "w")
            return ""
        """
    flows = [flow for handler in handlers(PYTHON + textwrap.dedent(story)) for flow in handler.flows]
    assert [flow.guarded("outside") for flow in flows] == [enough]


def test_an_entry_that_waits_to_be_filled() -> None:
    story = """
        class Store:
            def save(self, name):
                open(name, "w")

        STATE = {"store": None, "ready": True}

        def store() -> Store:
            found: Store | None = STATE.get("store")
            if found is not None:
                return found
            raise RuntimeError("not ready")

        @mcp.tool()
        def save(name: str) -> str:
            store().save(name)
            return ""
        """
    flows = [flow for handler in handlers(PYTHON + textwrap.dedent(story)) for flow in handler.flows]
    assert [flow.sink.kind for flow in flows] == ["path-write"]
