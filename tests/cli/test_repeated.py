"""What the tools of several files lead to is told once in a run, and that it was."""

from __future__ import annotations

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
    assert ran.json["summary"]["notes"] == ["2 more findings lead from other files to places that are told above."]


def test_two_places_to_repair(run: Run) -> None:
    files = {}
    for name in ("alpha", "beta"):
        files[f"src/{name}.ts"] = TOOL.replace("NAME", name).replace("./client.js", f"./{name}_client.js")
        files[f"src/{name}_client.ts"] = CLIENT
    ran = run("check", ".", "--output-format", "json", "--select", "request-without-timeout", files=files)
    assert [found["path"] for found in ran.json["diagnostics"]] == ["src/alpha.ts", "src/beta.ts"]
