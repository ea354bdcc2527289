"""Where choices go in TypeScript and JavaScript."""

from __future__ import annotations

from tests.flow.stories import check, handlers


def test_commands() -> None:
    check(
        """
        import { exec, execFile, execSync, spawn } from "node:child_process";
        import { promisify } from "node:util";
        const execAsync = promisify(exec);
        const execFileAsync = promisify(execFile);

        server.registerTool("a", { inputSchema: { host: z.string(), n: z.number() } }, async ({ host, n }) => {
          await execAsync(`ping -c${n} ${host}`);
          //              ^^^^^^^^^^^^^^^^^^^^^ host → shell
          execSync("ping " + host, { encoding: "utf8" });
          //       ^^^^^^^^^^^^^^ host → shell
          spawn(host, ["-x"], { shell: true });
          //    ^^^^ host → shell
          spawn(host, ["-x"]);
          //    ^^^^ host → program
          await execFileAsync("kubectl", ["get", host, "--", host]);
          //                                     ^^^^ host → argv
          //                                                 ^^^^ host → argv / not-option
          const words = ["get"];
          if (n > 3) words.push("-n", host);
          words.push(`${host}/${n}`);
          await execFileAsync("kubectl", words);
          //                             ^^^^^ host → argv
          await execFileAsync("sh", ["-c", host]);
          //                               ^^^^ host → shell / option-value
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_arguments_as_one_object() -> None:
    check(
        """
        import fs from "fs/promises";

        const shape = { path: z.string(), mode: z.enum(["r"]), deep: z.object({ name: z.string() }) };

        server.tool("a", shape, async (args) => {
          await fs.readFile(args.path, args.mode);
          //                ^^^^^^^^^ args["path"] → path-read
          const { path: where, ...rest } = args;
          await fs.rm(where);
          //          ^^^^^ args["path"] → path-write
          await fs.mkdir(rest.deep.name);
          //             ^^^^^^^^^^^^^^ args["deep"] → path-write
          await fs.readdir(args.mode);
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_low_level_dispatch() -> None:
    check(
        """
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
        import { execSync } from "child_process";

        const server = new Server({ name: "low", version: "1" }, { capabilities: { tools: {} } });
        const text = { type: "object", properties: { text: { type: "string" } } };

        server.setRequestHandler(ListToolsRequestSchema, async () => ({
          tools: [
            { name: "run", description: "Run.", inputSchema: text },
            { name: "echo", description: "Echo.", inputSchema: text },
          ],
        }));

        server.setRequestHandler(CallToolRequestSchema, async (request) => {
          const { name, arguments: args } = request.params;
          switch (name) {
            case "run": {
              const command = args?.text ?? "true";
              return { content: [{ type: "text", text: execSync(command).toString() }] };
              //                                                ^^^^^^^ arguments["text"] → shell
            }
            case "echo":
              return { content: [{ type: "text", text: String(args.text) }] };
            default:
              throw new Error("unknown");
          }
        });
        """,
        "typescript",
    )


def test_classes_callbacks_and_promises() -> None:
    check(
        """
        import axios from "axios";
        import { readFileSync } from "fs";

        class Client {
          private http;
          static base = "https://api.example.com";
          constructor(private readonly root: string) {
            this.http = axios.create({ timeout: 10 });
          }
          async get(path: string) {
            return this.http.get(path).then((answer) => answer.data);
            //                   ^^^^ url → url
          }
          read = (name: string) => readFileSync(`${this.root}/${name}`);
          //                                    ^^^^^^^^^^^^^^^^^^^^^^ names → path-read
          static fixed(id: string) {
            return fetch(`${Client.base}/items/${id}`);
            //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ id → url
          }
        }
        const client = new Client("/srv");

        async function retry(attempt) {
          for (let i = 0; i < 3; i++) {
            try { return await attempt(); } catch (error) { console.error(error); }
          }
        }

        server.registerTool("a", { inputSchema: { url: z.string(), names: z.array(z.string()), id: z.string() } },
          async ({ url, names, id }) => {
            await retry(() => client.get(url));
            names.filter((name) => name.length > 1).map((name) => client.read(name));
            await Promise.all(names.map(async (name) => client.read(name)));
            await Client.fixed(id);
            return { content: [] };
          });
        """,
        "typescript",
    )


def test_schemas_close_what_they_close() -> None:
    check(
        """
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
        import { execSync } from "child_process";
        import { z } from "zod";

        const Schema = z.object({
          name: z.string(),
          id: z.string().regex(/^[a-z0-9]+$/).optional(),
          count: z.number().int(),
          inner: z.array(z.object({ mode: z.enum(["a"]), text: z.string() })),
        });
        const server = new Server({ name: "low", version: "1" }, { capabilities: { tools: {} } });

        server.setRequestHandler(ListToolsRequestSchema, async () => ({
          tools: [{ name: "run", description: "Run.", inputSchema: { type: "object" } }],
        }));

        server.setRequestHandler(CallToolRequestSchema, async (request) => {
          const checked = Schema.safeParse(request.params.arguments);
          if (!checked.success) throw new Error("no");
          const { name, id, count, inner } = checked.data;
          execSync(`a ${count} ${name}`);
          //       ^^^^^^^^^^^^^^^^^^^^ arguments["name"] → shell
          execSync(`b ${id}`);
          //       ^^^^^^^^^ arguments["id"] → shell / pattern
          for (const one of inner) {
            execSync(`c ${one.mode} ${one.text}`);
            //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ arguments["inner"] → shell
          }
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_databases() -> None:
    check(
        """
        import { Pool } from "pg";
        import Database from "better-sqlite3";
        const pool = new Pool();
        const db = new Database("x.db");

        server.tool("a", { name: z.string() }, async ({ name }) => {
          await pool.query(`SELECT * FROM t WHERE name = '${name}'`);
          //               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name → sql
          await pool.query("SELECT * FROM t WHERE name = $1", [name]);
          db.prepare(`DELETE FROM ${name}`).run();
          //         ^^^^^^^^^^^^^^^^^^^^^ name → sql
          await sql`SELECT * FROM t WHERE name = ${name}`;
          await anything.query({ text: `SELECT ${name} FROM t` });
          //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name → sql
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_the_answers_of_a_handler() -> None:
    (handler,) = handlers(
        """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
const server = new McpServer({ name: "story", version: "1.0.0" });
server.tool("a", {}, async () => {
  try {
    return { content: [{ type: "text", text: "fine" }] };
  } catch (error) {
    const text = `Error: ${error}`;
    if (error) return { content: [{ type: "text", text: `Error: ${error}` }] };
    return { content: [{ type: "text", text: "Error" }], isError: true };
  }
});
""",
        "typescript",
    )
    assert [(answer.kind, answer.text, answer.caught) for answer in handler.answers] == [
        ("object", "fine", False),
        ("object", "Error: {error}", True),
        ("error", "Error", True),
    ]


def test_functions_declared_below_their_call() -> None:
    check(
        """
        import { execSync } from "node:child_process";

        server.tool("a", { a: z.string(), b: z.array(z.string()), c: z.string() }, async ({ a, b, c }) => {
          run(a);
          for (const one of b) {
            each(one);
            function each(text: string) {
              execSync(text);
              //       ^^^^ b → shell
            }
          }
          const later = known(c);
          execSync(later);
          //       ^^^^^ c → shell / choices
          return { content: [] };

          function run(command: string) {
            execSync(command + suffix());
            //       ^^^^^^^^^^^^^^^^^^ a → shell
          }
          function suffix() {
            return " -v";
          }
          function known(word: string) {
            if (!["x", "y"].includes(word)) throw new Error(word);
            return word;
          }
        });
        """,
        "typescript",
    )


def test_a_method_that_changes_what_it_is_given_changes_nothing_else() -> None:
    check(
        """
        import { spawn } from "node:child_process";

        class Searches {
          private all = new Map();

          start(options: { pattern: string }) {
            const session = { text: "", options, child: spawn("rg", ["--", options.pattern]) };
            //                                                             ^^^^^^^^^^^^^^^ pattern → argv / not-option
            this.reset(session);
            this.all.set("one", session);
            return this.within(options.pattern);
          }
          private reset(session: any) {
            session.text = session.text.trim();
          }
          private within(pattern: string) {
            return new RegExp(pattern).test("a");
            //                ^^^^^^^ pattern → regex
          }
        }
        const searches = new Searches();

        server.registerTool("f", { inputSchema: { pattern: z.string() } }, async ({ pattern }) => {
          searches.start({ pattern });
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_wildcards_that_are_made_an_expression() -> None:
    check(
        r"""
        server.registerTool("f", { inputSchema: { a: z.string(), b: z.string(), c: z.string() } }, async ({ a, b, c }) => {
          const escaped = a.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
          new RegExp(escaped).test("a");
          //         ^^^^^^^ a → regex / literal
          const dots = b.replace(/\./g, "\\.").replace(/\*/g, ".*");
          new RegExp(dots).test("b");
          //         ^^^^ b → regex
          const some = c.replace(/[.+?]/g, "\\$&");
          new RegExp(some).test("c");
          //         ^^^^ c → regex
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_ranges_of_addresses_that_are_refused_and_that_are_allowed() -> None:
    check(
        """
        import { lookup } from "node:dns/promises";
        import net from "node:net";

        class Policy {
          private readonly own = new net.BlockList();
          private readonly allowedRanges = new net.BlockList();

          async refuse(url: string) {
            for (const { address } of await lookup(new URL(url).hostname, { all: true })) {
              if (this.own.check(address, "ipv4") && !this.allowedRanges.check(address, "ipv4")) throw new Error("own");
            }
          }
          async look(url: string) {
            const { address } = await lookup(new URL(url).hostname);
            if (this.allowedRanges.check(address)) console.error("known");
          }
        }
        const policy = new Policy();

        server.registerTool("f", { inputSchema: { a: z.string(), b: z.string() } }, async ({ a, b }) => {
          await policy.refuse(a);
          await fetch(a);
          //          ^ a → url / host-allowed; a → url / private-refused
          await policy.look(b);
          await fetch(b);
          //          ^ b → url
          return { content: [] };
        });
        """,
        "typescript",
    )
