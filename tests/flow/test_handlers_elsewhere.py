"""Handlers that stand in another file, and what they give back on their way."""

from __future__ import annotations

from tests.flow.stories import check, handlers


def test_an_imported_handler_is_read_where_it_stands() -> None:
    text = (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'import stop, { shape } from "./stop.js";\n'
        'const server = new McpServer({ name: "story", version: "1.0.0" });\n'
        'server.tool("stop", "Stop.", shape, stop);\n'
    )
    unsafe = (
        'import { execSync } from "node:child_process";\nimport { z } from "zod";\n'
        "export const shape = { id: z.string() };\n"
        "export default async function stop({ id }: { id: string }) {\n"
        "  return execSync(`docker rm -f ${id}`);\n}\n"
    )
    (handler,) = handlers(text, "typescript", {"stop.ts": unsafe})
    (one,) = handler.flows
    assert (one.source.name, one.sink.kind, one.sink.place.uri) == ('args["id"]', "shell", "file:///stop.ts")
    checked = unsafe.replace("  return", "  if (!/^\\w+$/.test(id)) throw new Error();\n  return")
    (handler,) = handlers(text, "typescript", {"stop.ts": checked})
    assert [one.guarded("pattern") for one in handler.flows] == [True]


def test_an_imported_handler_of_all_tools() -> None:
    text = (
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js";\n'
        'import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";\n'
        'import { answer } from "./answer.js";\n'
        'const server = new Server({ name: "story", version: "1.0.0" }, {});\n'
        'const tools = [{ name: "show", inputSchema: { type: "object", properties: { id: { type: "string" } } } }];\n'
        "server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools }));\n"
        "server.setRequestHandler(CallToolRequestSchema, answer);\n"
    )
    there = (
        'import { exec } from "child_process";\n'
        "export async function answer(request) {\n"
        "  const args = request.params.arguments as Record<string, unknown>;\n"
        '  switch (request.params.name) {\n    case "show":\n      return exec("show " + args.id);\n'
        '    case "other":\n      return exec("other " + args.id);\n  }\n}\n'
    )
    (handler,) = handlers(text, "typescript", {"answer.ts": there})
    assert [(one.source.name, one.before) for one in handler.flows] == [('arguments["id"]', "show ")]


def test_what_stands_behind_the_handler_is_not_taken_for_it() -> None:
    check(
        """
        import { exec } from "child_process";
        server.tool("a", { host: z.string() }, async ({ host }) => {
          exec(`ping ${host}`);
          //   ^^^^^^^^^^^^^^ host → shell
          return { content: [] };
        }, { description: "Ping." });
        """,
        "typescript",
    )


def test_what_may_be_empty_is_not_taken_for_empty() -> None:
    check(
        """
        import { exec } from "child_process";
        import fs from "fs";

        function origin(): string {
          for (const line of fs.readFileSync(".git/config", "utf8").split("\\n")) {
            if (line.includes("url")) return line.trim();
          }
          return "";
        }

        server.tool("a", { label: z.string() }, async ({ label }) => {
          const url = origin();
          if (!url) throw new Error("no origin");
          exec(`gh label create ${label}`);
          //   ^^^^^^^^^^^^^^^^^^^^^^^^^^ label → shell
          return { content: [] };
        });
        """,
        "typescript",
    )
    check(
        """
        import os
        import subprocess

        def origin():
            for line in open(".git/config"):
                if "url" in line:
                    return os.path.basename(os.environ["ORIGIN"])
            return ""

        @mcp.tool()
        def f(label: str) -> None:
            if origin() == "":
                raise ValueError("no origin")
            subprocess.getoutput(f"gh label create {label}")
            #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ label → shell
        """
    )


def test_a_handler_whose_tool_has_a_computed_name() -> None:
    check(
        """
        import { exec } from "child_process";
        const name = nameFrom("TOOL_NAME", "ping");
        server.tool(name, "Ping.", { host: z.string() }, async ({ host }) => {
          exec(`ping ${host}`);
          //   ^^^^^^^^^^^^^^ host → shell
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_a_text_that_says_what_is_wrong_is_not_empty() -> None:
    check(
        """
        import os, re

        def wrong(name):
            if not re.fullmatch("[a-z]+", name):
                return f"invalid name {name}"
            return None

        @mcp.tool()
        def f(name: str, other: str) -> str:
            error = wrong(name)
            if error:
                return error
            os.system(name + other)
            #         ^^^^^^^^^^^^ name → shell / pattern; other → shell
        """
    )
    check(
        """
        import { execSync } from "child_process";

        function wrong(name: string): string | null {
          if (!/^[a-z]+$/.test(name)) return `invalid name ${name}`;
          return null;
        }

        server.tool("a", { name: z.string() }, async ({ name }) => {
          const error = wrong(name);
          if (error) return { content: [{ type: "text", text: error }] };
          execSync("show " + name);
          //       ^^^^^^^^^^^^^^ name → shell / pattern
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_tools_that_are_not_seen_beside_one_that_is() -> None:
    text = (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";\n'
        'import { exec } from "child_process";\n'
        'import { all } from "./registry.js";\n'
        'const server = new McpServer({ name: "story", version: "1.0.0" });\n'
        "server.server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: all.filter(open) }));\n"
        "server.server.setRequestHandler(CallToolRequestSchema, async (request) => {\n"
        "  const name = request.params.name;\n"
        '  if (name === "find") return exec("find " + request.params.arguments.what);\n'
        "  return answer(request.params);\n"
        "});\n"
        "async function answer(params) {\n"
        '  switch (params.name) {\n    case "find":\n      return exec("never " + params.arguments.id);\n'
        '    case "show":\n      return exec("show " + params.arguments.id);\n  }\n}\n'
    )
    found = {h.of.name: [(f.source.name, f.before) for f in h.flows] for h in handlers(text, "typescript")}
    assert found == {
        "find": [('arguments["what"]', "find ")],
        "": [('arguments["id"]', "show ")],
    }


def test_what_json_cannot_make_is_put_in_by_the_project() -> None:
    check(
        """
        import httpx
        from dataclasses import dataclass

        class Client:
            def __init__(self, base: str):
                self.base = base

        @dataclass
        class Context:
            client: Client

            def __init__(self, client: Client):
                self.client = client

        @dataclass
        class Query:
            base: str

        @mcp.tool()
        def listed(context: Context, query: Query) -> str:
            httpx.get(f"{context.client.base}/jobs")
            return httpx.get(f"{query.base}/jobs").text
            #                ^^^^^^^^^^^^^^^^^^^^ query → url
        """
    )


def test_a_method_found_by_a_name_that_is_put_together() -> None:
    check(
        """
        import os
        from mcp.server import Server
        from mcp.types import Tool

        class Tools:
            def __init__(self):
                self.server = Server("named")
                self.setup()

            def setup(self):
                @self.server.list_tools()
                async def list_tools():
                    schema = {"type": "object", "properties": {"host": {"type": "string"}}}
                    return [Tool(name="ping", inputSchema=schema)]

                @self.server.call_tool()
                async def call_tool(name: str, arguments: dict):
                    method = getattr(self, f"handle_{name}", None)
                    if method is None:
                        raise ValueError(name)
                    return await method(**arguments)

            async def handle_ping(self, host: str):
                os.system(host)
                #         ^^^^ arguments["host"] → shell

            async def handle_trace(self, hops: str):
                os.system(hops)
        """
    )


def test_the_module_that_is_found_by_the_name_of_the_tool() -> None:
    text = (
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js";\n'
        'import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";\n'
        'import * as show from "./show.js";\nimport * as stop from "./stop.js";\n'
        "const tools = [show, stop];\n"
        'const server = new Server({ name: "story", version: "1.0.0" }, {});\n'
        "server.setRequestHandler(ListToolsRequestSchema, async () => ({\n"
        "  tools: tools.map((tool) => ({ name: tool.metadata.name, inputSchema: tool.schema })) }));\n"
        "server.setRequestHandler(CallToolRequestSchema, async (request) => {\n"
        "  const { name, arguments: args } = request.params;\n"
        "  const tool = tools.find((one) => one.metadata.name === name);\n"
        '  if (!tool) throw new Error("unknown");\n'
        "  return tool.run(args);\n});\n"
    )
    others = {
        f"{name}.ts": 'import { exec } from "child_process";\n'
        f'export const metadata = {{ name: "{name}" }};\nexport const schema = {{ type: "object" }};\n'
        f'export async function run(args) {{ exec("{name} " + args.id); }}\n'
        for name in ("show", "stop")
    }
    found = {h.of.name: [(f.source.name, f.before) for f in h.flows] for h in handlers(text, "typescript", others)}
    assert found == {
        "show": [('arguments["id"]', "show ")],
        "stop": [('arguments["id"]', "stop ")],
    }


def test_parts_of_lists() -> None:
    check(
        """
        import { execFile } from "child_process";
        server.tool("a", { host: z.string(), how: z.string() }, async ({ host, how }) => {
          execFile("ssh", ["-v"].concat(["--", host]));
          //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ host → argv / not-option
          execFile(["ssh", how].at(0), []);
          execFile("ssh", ["-o", how, "--", host].slice(2));
          //              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ host → argv / not-option
          return { content: [] };
        });
        """,
        "typescript",
    )
