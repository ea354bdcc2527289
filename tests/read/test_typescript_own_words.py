"""Tools declared in a project's own words: methods of its own server, and tables of its own shape."""

from __future__ import annotations

import pytest

from mcp_lsp import read, syntax
from mcp_lsp.read.manifests import dependencies
from mcp_lsp_analyzers.model import Prompt, Resource, Tool

ITEMS = (Tool, Prompt, Resource)
SDK = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\n'
NPM = dependencies({"package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "^1.20.0"}}'})


def tools(source: str) -> list[Tool]:
    module = read.module(syntax.parse(syntax.Document("file:///x/tools.ts", source, "typescript")))
    return [tool for server in read.servers(module, NPM).servers for tool in server.tools]


def said(source: str) -> list[tuple[str, list[str], str]]:
    """Name, parameters and description of each tool."""
    return [
        (tool.name, [p.name for p in tool.parameters], tool.description.value if tool.description else "")
        for tool in tools(source)
    ]


@pytest.mark.parametrize("method", ["addToolWithReadAccess", "registerReadOnlyTool", "defineTool2", "addToolSafely"])
def test_a_method_of_the_projects_own_server(method: str) -> None:
    source = f"""{SDK}import type {{ ShopMcpServer }} from "./server";
    export class Orders {{
      static create(server: ShopMcpServer) {{
        server.{method}("orders-get", "Get an order.", {{ id: z.string() }}, async ({{ id }}) => get(id));
      }}
    }}"""
    assert said(source) == ([] if method == "defineTool2" else [("orders-get", ["id"], "Get an order.")])


@pytest.mark.parametrize(
    "call",
    [
        'server.removeToolLater("x", () => 1)',
        "server.addToolListener((tool) => log(tool), () => 1)",
        'server.addToolWithReadAccess("x")',
        'cache.addToolWithReadAccess("x", () => 1)',
        'server.addManyTools("x", () => 1)',
    ],
)
def test_what_only_sounds_like_it(call: str) -> None:
    assert said(f"{SDK}{call};") == []


def test_the_rest_of_a_definition_below_its_name() -> None:
    source = f"""{SDK}
    const getUsage: ToolDef = {{
      name: "get_usage",
      definition: {{ title: "Usage", description: "Usage of a month.", inputSchema: {{ month: z.string() }} }},
      handler: usage,
    }};
    const best: ToolDef = {{ name: "best_practices", definition: {{ description: "What to do." }}, handler: practices }};
    const start = {{ name: "start", definition: {{ description: "How to begin." }}, handler: prompt("Begin.") }};
    """
    assert said(source) == [("get_usage", ["month"], "Usage of a month."), ("best_practices", [], "What to do.")]
    assert tools(source)[0].title is not None


def test_a_title_that_is_the_name() -> None:
    source = """
    import { UploadParams } from "./upload.js";
    export const assets = (config) => ({
      upload: {
        title: "upload_asset", description: "Upload an asset.", inputParams: UploadParams.shape,
        annotations: { readOnlyHint: false }, tool: uploadTool(config),
      },
      card: { title: "upload_asset", description: "A picture.", annotations: { color: "red" }, inputs: {} },
      page: { title: "Upload an asset", description: "A page.", annotations: { readOnlyHint: true }, inputs: {} },
    });
    """
    assert said(source) == [("upload_asset", [], "Upload an asset.")]


def test_hints_in_words_of_the_project_are_not_hints_of_the_protocol() -> None:
    source = f"""{SDK}import registerTool from "../structure/registerTool";
    export default registerTool({{
      name: "create-note", description: "Create a note.", annotations: {{ destructive: false, readOnly: false }},
      args: {{ text: z.string() }}, async execute(args) {{ return save(args); }},
    }});"""
    (tool,) = tools(source)
    assert tool.annotations is not None
    assert (tool.annotations.hints, tool.annotations.complete) == ((), False)
    assert [p.name for p in tool.parameters] == ["text"]
    # What the protocol itself takes is the protocol's word, right or wrong.
    written = f"""{SDK}const server = new McpServer({{ name: "a", version: "1" }});
    server.registerTool("note", {{ description: "A.", annotations: {{ readOnly: true }} }}, async () => ({{ content: [] }}));"""
    (tool,) = tools(written)
    assert tool.annotations is not None
    assert [hint.name for hint in tool.annotations.hints] == ["readOnly"]


def test_what_is_named_for_people_and_does_nothing_is_no_tool() -> None:
    source = f'{SDK}export const entry = {{ name: "Test Assembly", description: "For tests.", parameters: {{}} }};'
    assert said(source) == []


@pytest.mark.parametrize(
    ("body", "given"),
    [
        ("await open(request.params.url, request.page);", (("request.params", "*"),)),
        ("await open(request.url);", (("request", "*"), ("request.params", "*"))),
        ("const { params } = request; await open(params.url);", (("request", "*"), ("request.params", "*"))),
    ],
)
def test_what_of_a_request_the_model_chose(body: str, given: tuple[tuple[str, str], ...]) -> None:
    source = f"""
        import {{ z }} from "zod";
        import {{ defineTool }} from "./tools.js";

        export const openPage = defineTool({{
          name: "open_page",
          description: "Open a page.",
          schema: {{ url: z.string() }},
          handler: async (request, response) => {{ {body} }},
        }});
        """
    assert [tool.arguments for tool in tools(source)] == [given]


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ('context.registerTool("day", { description: "The day." }, async () => result())', ["day"]),
        ('app.parts.registerTool("day", { description: "The day.", inputSchema: { id: z.string() } }, async ({ id }) => x(id))',
         ["day"]),
        ('context.registerTool("day", { title: "Day" }, async () => result())', []),
        ('context.registerTool("day", { description: "The day." }, run)', []),
        ('context.registerTool("day", { description: "The day." })', []),
        ('context.registerTool(name, { description: "The day." }, async () => result())', []),
        ('vscode.lm.registerTool("day", new DayTool())', []),
    ],
)  # fmt: skip
def test_a_registration_on_what_has_another_name(call: str, names: list[str]) -> None:
    source = f"export const app = made({{ register(context) {{ {call}; }} }});"
    assert [tool.name for tool in tools(SDK + source)] == names
    assert [tool.name for tool in tools('import { made } from "@shop/mcp-common/app";\n' + source)] == names
    client = 'import { Client } from "@modelcontextprotocol/client";\n'
    assert [tool.name for tool in tools(client + source)] == []


OF_A_TYPE = """import {{ findNotes }} from "../notes.js";
import {{ {type} }} from "../tools.js";
const args = {{ request: models.Find$schema }};
export const tool$find: {type}<typeof args> = {{
  name: "find-notes", description: "Finds notes.", scopes: ["read"], args, {more}
}};
"""
ANSWERS = "tool: async (client, args, ctx) => findNotes(client, args.request),"


@pytest.mark.parametrize(
    ("type_", "more", "found"),
    [
        ("ToolDefinition", ANSWERS, [("find-notes", ["request"], "Finds notes.")]),
        ("ToolDefinition", "", []),
        ("Command", ANSWERS, []),
        ("ChatCompletionToolDefinition", ANSWERS, []),
    ],
)
def test_an_object_that_is_a_tool_by_its_type_and_what_answers(
    type_: str, more: str, found: list[tuple[str, list[str], str]]
) -> None:
    assert said(OF_A_TYPE.format(type=type_, more=more)) == found


@pytest.mark.parametrize(
    ("typed", "schema", "names"),
    [
        ("ToolBase<typeof schema>", "schema", ["board-create"]),
        ("ToolBase<typeof Elsewhere>", "Elsewhere", ["board-create"]),
        ("Route", "schema", []),
        ("ToolBase<typeof schema>", '"none"', []),
    ],
)
def test_a_tool_that_a_typed_function_gives_and_another_file_describes(
    typed: str, schema: str, names: list[str]
) -> None:
    source = f"""{SDK}import {{ Elsewhere }} from "./schemas";
    const schema = z.object({{ id: z.string() }});
    const made = (): {typed} => ({{ name: "board-create", schema: {schema}, handler: async (context, args) => run(args) }});
    export default made;"""
    found = tools(source)
    assert [tool.name for tool in found] == names
    assert not any(tool.parameters_known or tool.annotations is None or tool.annotations.complete for tool in found)


@pytest.mark.parametrize(
    ("schema", "names"), [("z.number().optional()", []), ("z.object({ n: z.number() })", ["size"])]
)
def test_what_one_argument_admits_is_no_tool(schema: str, names: list[str]) -> None:
    source = f'{SDK}export const given = [{{ name: "size", schema: {schema}, description: "How many." }}];'
    assert [tool.name for tool in tools(source)] == names


def test_a_prompt_by_the_sdks_word_for_what_it_takes() -> None:
    source = f"""{SDK}export const review: Factory = () => ({{
      name: "review",
      title: "Review",
      description: "Reviews a change.",
      argsSchema: {{ change: z.string() }},
      callback: ({{ change }}) => ({{ messages: [{{ role: "user", content: {{ type: "text", text: change }} }}] }}),
    }});"""
    module = read.module(syntax.parse(syntax.Document("file:///x/prompts.ts", source, "typescript")))
    servers = read.servers(module, NPM).servers
    assert [prompt.name for server in servers for prompt in server.prompts] == ["review"]
    assert not [tool for server in servers for tool in server.tools]


FILE = """
export const method = "createFork";
export const description = "Makes a fork.";
export const parameters = z.object({ id: z.string().describe("Which") });
export const annotations = { readOnlyHint: false };
export async function handler(args, extra) { return run(args); }
"""


def test_a_file_that_is_a_tool() -> None:
    assert said(SDK + FILE) == [("createFork", ["id"], "Makes a fork.")]
    (tool,) = tools(SDK + FILE)
    assert tool.function is not None
    assert tool.annotations is not None
    assert len(tool.annotations.hints) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("export const method", "const method"),
        ('z.object({ id: z.string().describe("Which") })', '"id"'),
        ("export async function handler", "export async function other"),
        ("createFork", "how to make a fork"),
        ("description", "summary"),
    ],
)
def test_a_file_that_is_none(before: str, after: str) -> None:
    assert said(SDK + FILE.replace(before, after)) == []


LITE = 'import { McpServer } from "mcp-lite";\nimport { z } from "zod";\nconst mcp = new McpServer({ name: "x" });\n'


def declared(source: str) -> list[tuple[str, str]]:
    """Kind and name (or URI) of everything, and of what answers for it: ``~`` where it is known."""
    module = read.module(syntax.parse(syntax.Document("file:///x/tools.ts", source, "typescript")))
    found = [item for server in read.servers(module, None).servers for item in server.walk() if isinstance(item, ITEMS)]
    return [
        (item.uri.value if isinstance(item, Resource) else item.name, "~" if item.function is not None else "")
        for item in found
    ]


def test_definitions_that_hold_what_answers() -> None:
    source = f"""{LITE}
    mcp.tool("echo", {{
      description: "Says it again.",
      inputSchema: z.object({{ text: z.string() }}),
      handler: (args) => args.text,
    }});
    mcp.prompt("look", {{ description: "What to look at.", arguments: z.object({{}}), handler: () => [] }});
    mcp.resource("notes://all", {{ name: "notes", mimeType: "text/plain" }}, async (uri) => read(uri));
    """
    assert declared(source) == [("echo", "~"), ("look", "~"), ("notes://all", "~")]
    assert declared(source.replace("handler: (args) => args.text,", "")) == [("look", "~"), ("notes://all", "~")]


def test_classes_that_are_decorated() -> None:
    source = """
    import { Agent, Prompt, ResourceTemplate, Tool, ToolContext } from "@frontmcp/sdk";
    @Tool({ name: "users:get", description: "A user.", inputSchema: { id: z.string() } })
    export default class GetUser extends ToolContext { async execute(input) { return find(input.id); } }
    @Prompt({ name: "look", description: "What to look at.", arguments: [{ name: "at", required: true }] })
    class Look extends PromptContext { async execute(args) { return []; } }
    @ResourceTemplate({ name: "note", uriTemplate: "notes://{id}", mimeType: "text/plain" })
    class Note extends ResourceContext { async execute(uri, params) { return params.id; } }
    @Agent({ name: "helper", description: "Helps.", inputSchema: { city: z.string() } })
    class Helper extends AgentContext {}
    """
    assert declared(source) == [("users_get", "~"), ("look", "~"), ("notes://{id}", "~")]
    others = declared(source.replace("@frontmcp/sdk", "@nestjs/swagger"))
    assert not {"look", "notes://{id}", "users_get"} & {name for name, _ in others}


@pytest.mark.parametrize("method", ["addJsonTool", "also"])
def test_what_callers_of_a_method_name_is_not_said_to_be_unknown(method: str) -> None:
    source = f"""{SDK}
    export class Shop extends McpServer {{
      constructor() {{
        super({{ name: "shop" }});
        this.{method}("orders-get", "Get an order.", {{ id: z.string() }}, async ({{ id }}) => get(id));
      }}
      private {method}(name: string, description: string, shape: object, run: Run) {{
        this.tool(NAME, description, shape, async (args) => answer(await run(args)));
      }}
    }}"""
    for name, unread in (("name", False), ("SETTINGS.name", True)):
        module = read.module(
            syntax.parse(syntax.Document("file:///x/tools.ts", source.replace("NAME", name), "typescript"))
        )
        (server,) = read.servers(module, NPM).servers
        assert bool(server.unread) is unread, name


@pytest.mark.parametrize(
    ("name", "found"), [("deployPrompts", Prompt), ("prompts", Prompt), ("promptTools", Tool), ("TOOLS", Tool)]
)
def test_a_table_of_prompts_by_its_name(name: str, found: type) -> None:
    source = f"""{SDK}export const {name} = {{
      "deploy": {{ name: "deploy", description: "D.", args: {{ at: z.string() }}, handler: async ({{ at }}) => go(at) }},
    }};"""
    module = read.module(syntax.parse(syntax.Document("file:///x/deploy.ts", source, "typescript")))
    (server,) = read.servers(module, NPM).servers
    assert [type(one) for one in (*server.tools, *server.prompts)] == [found]


@pytest.mark.parametrize(("name", "found"), [("`${kind}-examples`", []), ("`${KIND}-examples`", ["note-examples"])])
def test_half_of_a_name_names_no_prompt(name: str, found: list[str]) -> None:
    source = f"""{SDK}const KIND = "note";
    export const add = (server: McpServer, kind: string) => {{
      server.prompt({name}, "Shows some.", {{ at: z.string() }}, async ({{ at }}) => show(at));
    }};"""
    module = read.module(syntax.parse(syntax.Document("file:///x/prompts.ts", source, "typescript")))
    assert [prompt.name for server in read.servers(module, NPM).servers for prompt in server.prompts] == found
