"""Tools that are defined by a function of another file, or by where their file stands."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Change, Document
from tests.cli.conftest import Run

PACKAGE = '{"name": "notes", "dependencies": {"@modelcontextprotocol/sdk": "^1.20.0"}}'
MAKER = """
import { zodToJsonSchema } from "zod-to-json-schema";

export function toolSchema<T extends string>(schema: any, name: T, description: string) {
  return { NAME, description, inputSchema: inner(zodToJsonSchema(schema), name) };
}
"""
MADE = """
import { toolSchema } from "./maker";
import { Find } from "./schemas";

export const TOOLS = [toolSchema(Find, "find_notes", "Finds notes."), CALL] as const;
"""
LISTED = """
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { TOOLS } from "./made";

const server = new Server({ name: "notes", version: "1.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: [...TOOLS] }));
"""


def listed(found: object, kind: str = "tools") -> dict[str, list[str]]:
    servers = found["summary"]["servers"]  # type: ignore[index]
    return {server["path"]: server[kind] for server in servers if server[kind]}


@pytest.mark.parametrize(
    ("name", "call", "found"),
    [
        ("name", 'toolSchema(Find, "get_note", "Gets one.")', ["find_notes", "get_note"]),
        ("name", "toolSchema(Find, NAMES.get, description)", ["find_notes"]),
        ('name: "fixed"', 'toolSchema(Find, "get_note", "Gets one.")', []),
        ("title: name", 'toolSchema(Find, "get_note", "Gets one.")', []),
    ],
)
def test_by_a_function_of_another_file(run: Run, name: str, call: str, found: list[str]) -> None:
    files = {
        "package.json": PACKAGE,
        "maker.ts": MAKER.replace("NAME", name),
        "made.ts": MADE.replace("CALL", call),
        "index.ts": LISTED,
    }
    ran = run("check", ".", "--output-format", "json", "--select", "tool-without-description", files=files)
    assert listed(ran.json).get("made.ts", []) == found
    assert ran.json["diagnostics"] == []


FOLDERS = {
    "package.json": '{"name": "notes", "dependencies": {"xmcp": "^0.3.0"}}',
    "src/tools/find.ts": """
import { type ToolMetadata } from "xmcp";

export const metadata: ToolMetadata = { name: "find-notes", description: "Finds notes." };

export default async function find() {
  return "";
}
""",
    "src/tools/random-note.ts": "export default async function anyNote() {\n  return 1;\n}\n",
    "src/tools/parts.ts": "export const LONGEST = 10;\n",
    "src/prompts/review.ts": """
import { type PromptMetadata } from "xmcp";

export const metadata: PromptMetadata = { name: "review", description: "Reviews notes." };

export default function review() {
  return "";
}
""",
    "src/resources/(notes)/[id]/text.ts": """
import { type ResourceMetadata } from "xmcp";

export const metadata: ResourceMetadata = { name: "text", description: "The text of a note." };

export default function handler() {
  return "";
}
""",
}


def test_by_the_folder_of_a_file(run: Run) -> None:
    ran = run("check", ".", "--output-format", "json", "--select", "tool-without-description", files=FOLDERS)
    assert listed(ran.json) == {"src/tools/find.ts": ["find-notes"], "src/tools/random-note.ts": ["random-note"]}
    assert listed(ran.json, "prompts") == {"src/prompts/review.ts": ["review"]}
    assert listed(ran.json, "resources") == {"src/resources/(notes)/[id]/text.ts": ["notes://{id}/text"]}
    (told,) = ran.json["diagnostics"]
    assert (told["path"], told["range"]["start"]) == ("src/tools/random-note.ts", {"line": 1, "column": 31})


RESOURCES = """
import { ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";

export const stepsResource: ResourceDefinition = {
  name: "steps",
  template: new ResourceTemplate("notes://{id}/steps", { list: undefined }),
  description: "The steps of a note.",
  handler: async () => ({ contents: [] }),
};
export const statusResource = {
  uri: "notes://status", name: "status", type: "status", description: "How it goes.", handler: async () => "",
};
export const linkResource = { uri: "notes://link", name: "link", type: "resource_link", description: "A link." };
"""


def test_resources_by_their_parts(run: Run) -> None:
    files = {"package.json": PACKAGE, "resources.ts": RESOURCES}
    ran = run("check", ".", "--output-format", "json", files=files)
    assert listed(ran.json, "resources") == {"resources.ts": ["notes://{id}/steps", "notes://status"]}


PAIRED = """
import { ListPromptsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { review } from "./review.js";

const all = [review, { name: "sum-up", description: "Sums up." }];
export const prompts = Object.fromEntries(all.map((one) => [one.name, { name: one.name, description: one.description }]));

export function answer(server) {
  server.setRequestHandler(ListPromptsRequestSchema, async () => ({ prompts: Object.WHICH(prompts) }));
}
"""


@pytest.mark.parametrize(("which", "found"), [("values", ["review", "sum-up"]), ("keys", [])])
def test_a_list_of_an_object_made_of_pairs(run: Run, which: str, found: list[str]) -> None:
    review = 'export const review = { name: "review", description: "Reviews.", handler: async () => "" };\n'
    files = {"package.json": PACKAGE, "review.ts": review, "prompts.ts": PAIRED.replace("WHICH", which)}
    ran = run("check", ".", "--output-format", "json", files=files)
    assert listed(ran.json, "prompts").get("prompts.ts", []) == found


def test_a_tool_without_a_name_is_read_again_where_what_answers_is_another() -> None:
    text = "const LONGEST = 10;\n\nexport default async () => {\n  return LONGEST;\n};\n"
    known = dependencies({"package.json": FOLDERS["package.json"]})
    analysis = Analysis(Document("file:///notes/src/tools/any.ts", text, "typescript"), known)
    (before,) = [tool for server in analysis.servers for tool in server.tools]
    analysis.change([Change(text.index("LONGEST;"), text.index("LONGEST;") + 7, "LONGEST + 1")])
    (after,) = [tool for server in analysis.servers for tool in server.tools]
    assert (before.name, after.name) == ("any", "any")
    assert after.function is not before.function
