"""What the tools of several files lead to is told once in a run, and that it was."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

CLIENT = """
import axios from "axios";

export async function load(path: string) {
  return (await axios.get("https://api.example/" + path)).data;
}
"""
TOOL = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { load } from "./client.js";

export function register(server: McpServer) {
  server.registerTool("NAME", { description: "Answers." }, async () => {
    return { content: [{ type: "text", text: String(await load("NAME")) }] };
  });
}
"""


def test_one_place_to_repair(run: Run) -> None:
    tools = {f"src/{name}.ts": TOOL.replace("NAME", name) for name in ("alpha", "beta", "gamma")}
    ran = run(
        "check", ".", "--output-format", "json", "--select", "request-without-timeout",
        files={"src/client.ts": CLIENT, **tools},
    )  # fmt: skip
    assert [(found["path"], found["code"]) for found in ran.json["diagnostics"]] == [("src/alpha.ts", "MCP903")]
    assert ran.json["summary"]["notes"] == ["2 more findings lead from other files to places that are told."]


def test_two_places_to_repair(run: Run) -> None:
    files = {}
    for name in ("alpha", "beta"):
        files[f"src/{name}.ts"] = TOOL.replace("NAME", name).replace("./client.js", f"./{name}_client.js")
        files[f"src/{name}_client.ts"] = CLIENT
    ran = run("check", ".", "--output-format", "json", "--select", "request-without-timeout", files=files)
    assert [found["path"] for found in ran.json["diagnostics"]] == ["src/alpha.ts", "src/beta.ts"]


RUNNER = """
import { execFileSync } from "node:child_process";

export const schema = {
  name: "show",
  description: "Shows a thing.",
  inputSchema: { type: "object", properties: { kind: { type: "string", description: "What" } }, required: ["kind"] },
};

export async function show(input: { kind: string }) {
  return execFileSync("kubectl", ["get", input.kind]).toString();
}
"""
DISPATCH = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { schema, show } from "./FOLDER/show.js";

const server = new Server({ name: "x", version: "1" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [schema] }));
server.setRequestHandler(CallToolRequestSchema, async (request) => {
  const { name, arguments: input } = request.params;
  if (name === "show") {
    return { content: [{ type: "text", text: await show(input as { kind: string }) }] };
  }
  throw new Error("unknown tool " + name);
});
"""


@pytest.mark.parametrize("folder", ["above", "tools"])
def test_what_is_dispatched_to_a_file_with_a_tool_of_its_own(run: Run, folder: str) -> None:
    """It is told where it can be repaired, whichever of the files comes first."""
    files = {"src/index.ts": DISPATCH.replace("FOLDER", folder), f"src/{folder}/show.ts": RUNNER}
    ran = run("check", ".", "--output-format", "json", "--select", "MCP303", files=files)
    assert [(found["path"], found["range"]["start"]["line"]) for found in ran.json["diagnostics"]] == [
        (f"src/{folder}/show.ts", 11)
    ]
    assert ran.json["summary"]["notes"] == ["1 more finding leads from other files to places that are told."]
    alone = run("check", "src/index.ts", "--output-format", "json", "--select", "MCP303", files=files)
    assert [found["path"] for found in alone.json["diagnostics"]] == ["src/index.ts"]
