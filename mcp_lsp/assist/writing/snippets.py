"""Whole declarations in the words of a project's SDK: a tool, a prompt, a resource, a question to the user, an error.

``$1`` and ``${1:word}`` are the places an editor leads through; a client without such places gets the words alone.
`tests/protocol/test_snippets.py` runs them under every SDK.
"""

from __future__ import annotations

import re

from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.record import NamedTuple


class Snippet(NamedTuple):
    """``imports``: names it needs, with their modules. ``top``: it is a declaration, and no part of a handler."""

    word: str
    meaning: str
    body: str
    imports: tuple[tuple[str, str], ...] = ()
    top: bool = True


def snippets(sdk: Sdk, variable: str) -> list[Snippet]:
    """``variable``: what the server is called in the file."""
    if sdk.family in ("mcp", "fastmcp"):
        return [s._replace(body=s.body.replace("SERVER", variable)) for s in _python(sdk)]
    if sdk.family == "typescript-sdk":
        return [s._replace(body=s.body.replace("SERVER", variable)) for s in _script(sdk)]
    if sdk.family == "fastmcp-ts":
        return [s._replace(body=s.body.replace("SERVER", variable)) for s in _FASTMCP_SCRIPT]
    return []


def plain(body: str) -> str:
    """A snippet's text with its places filled in."""
    body = re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}", r"\1", body)
    return re.sub(r"\\([$}\\])", r"\1", re.sub(r"\$\d+", "", body))


def _python(sdk: Sdk) -> list[Snippet]:
    fastmcp = sdk.family == "fastmcp"
    newer = (sdk.major or 0) >= (4 if fastmcp else 2)
    home = "fastmcp.exceptions" if fastmcp else f"mcp.server.{'mcpserver' if newer else 'fastmcp'}.exceptions"
    asked = "response_type" if fastmcp else "schema"
    elicit = (
        f'answer = await ctx.elicit("${{1:Delete all notes?}}", {asked}=${{2:Confirmation}})\n'
        'if answer.action != "accept":\n    return "${3:Nothing was changed}"\n$0'
    )
    needed: tuple[tuple[str, str], ...] = ()
    if newer and not fastmcp:
        # Clients of the protocol of 2026-07-28 cannot be asked this way: the call raises.
        elicit = (
            f'try:\n    answer = await ctx.elicit("${{1:Delete all notes?}}", {asked}=${{2:Confirmation}})\n'
            'except NoBackChannelError:\n    return "${3:Nothing was changed}: this client cannot be asked"\n'
            'if answer.action != "accept":\n    return "${3:Nothing was changed}"\n$0'
        )
        needed = (("mcp.shared.exceptions", "NoBackChannelError"),)
    return [
        Snippet(
            "mcp_tool",
            "A tool with a described parameter",
            "@SERVER.tool()\ndef ${1:read_note}(\n"
            '    ${2:note_id}: Annotated[${3:str}, Field(description="${4:The number of the note}")],\n'
            ') -> ${5:str}:\n    """${6:Read a note.}"""\n    ${0:return note_id}\n',
            (("typing", "Annotated"), ("pydantic", "Field")),
        ),
        Snippet(
            "mcp_prompt",
            "A prompt",
            '@SERVER.prompt()\ndef ${1:sum_up}(${2:text}: str) -> str:\n    """${3:Sum a text up.}"""\n'
            '    return f"${4:Sum this up:} {${2:text}\\}"\n',
        ),
        Snippet(
            "mcp_resource",
            "A resource",
            '@SERVER.resource("${1:notes://all}")\ndef ${2:all_notes}() -> str:\n    """${3:All notes.}"""\n'
            '    ${0:return ""}\n',
        ),
        Snippet(
            "mcp_template",
            "A template of resources",
            '@SERVER.resource("${1:notes}://{${2:note_id}\\}")\ndef ${3:note}(${2:note_id}: str) -> str:\n'
            '    """${4:A note.}"""\n    ${0:return note_id}\n',
        ),
        Snippet("mcp_elicit", "Ask the user, and heed the answer", elicit, needed, top=False),
        Snippet(
            "mcp_error",
            "An error whose text reaches the model",
            'raise ToolError("${1:There is no such note}")$0',
            ((home, "ToolError"),),
            top=False,
        ),
    ]


def _script(sdk: Sdk) -> list[Snippet]:
    newer = (sdk.major or 1) >= 2
    shape = "z.object({ ${3:id}: z.string().describe(\"${4:The number of the note}\") })" if newer else (
        '{ ${3:id}: z.string().describe("${4:The number of the note}") }'
    )  # fmt: skip
    prompted = "z.object({ ${3:text}: z.string() })" if newer else "{ ${3:text}: z.string() }"
    ask = "await ctx.mcpReq.elicitInput({" if newer else "await SERVER.server.elicitInput({"
    return [
        Snippet(
            "mcp_tool",
            "A tool with a described parameter",
            'SERVER.registerTool(\n  "${1:read_note}",\n  {\n    description: "${2:Read a note.}",\n'
            f"    inputSchema: {shape},\n  }},\n"
            '  async ({ ${3:id} }) => {\n    return { content: [{ type: "text", text: ${3:id} }] };\n  },\n);\n',
            (("zod", "z"),),
        ),
        Snippet(
            "mcp_prompt",
            "A prompt",
            'SERVER.registerPrompt(\n  "${1:sum_up}",\n  {\n    description: "${2:Sum a text up.}",\n'
            f"    argsSchema: {prompted},\n  }},\n"
            "  ({ ${3:text} }) => ({\n"
            '    messages: [{ role: "user", content: { type: "text", text: `${4:Sum this up:} \\${${3:text}\\}` } }],\n'
            "  }),\n);\n",
            (("zod", "z"),),
        ),
        Snippet(
            "mcp_resource",
            "A resource",
            'SERVER.registerResource(\n  "${1:all}",\n  "${2:notes://all}",\n  { description: "${3:All notes}" },\n'
            '  async (uri) => ({ contents: [{ uri: uri.href, text: "$0" }] }),\n);\n',
        ),
        Snippet(
            "mcp_template",
            "A template of resources",
            'SERVER.registerResource(\n  "${1:note}",\n'
            '  new ResourceTemplate("${2:notes}://{${3:id}\\}", { list: undefined }),\n'
            '  { description: "${4:A note}" },\n'
            "  async (uri, { ${3:id} }) => ({ contents: [{ uri: uri.href, text: String(${3:id}) }] }),\n);\n",
            (
                (
                    "@modelcontextprotocol/server" if newer else "@modelcontextprotocol/sdk/server/mcp.js",
                    "ResourceTemplate",
                ),
            ),
        ),
        Snippet(
            "mcp_elicit",
            "Ask the user, and heed the answer",
            f'const answer = {ask}\n  message: "${{1:Delete all notes?}}",\n'
            '  requestedSchema: { type: "object", properties: { sure: { type: "boolean" } }, required: ["sure"] },\n'
            '});\nif (answer.action !== "accept") {\n'
            '  return { content: [{ type: "text", text: "${2:Nothing was changed}" }] };\n}\n$0',
            top=False,
        ),
        Snippet(
            "mcp_error",
            "An error that the model can tell from a result",
            'return { content: [{ type: "text", text: "${1:There is no such note}" }], isError: true };$0',
            top=False,
        ),
    ]


_FASTMCP_SCRIPT = [
    Snippet(
        "mcp_tool",
        "A tool with a described parameter",
        'SERVER.addTool({\n  name: "${1:read_note}",\n  description: "${2:Read a note.}",\n'
        '  parameters: z.object({ ${3:id}: z.string().describe("${4:The number of the note}") }),\n'
        "  execute: async ({ ${3:id} }) => ${3:id},\n});\n",
        (("zod", "z"),),
    ),
    Snippet(
        "mcp_error",
        "An error whose text reaches the model",
        'throw new UserError("${1:There is no such note}");$0',
        (("fastmcp", "UserError"),),
        top=False,
    ),
]
