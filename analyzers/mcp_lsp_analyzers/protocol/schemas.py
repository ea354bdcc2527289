"""Schemas written out in the source, as clients and SDKs judge them when they list tools."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..code import Dict, Unit
from ..fix import Edit, Edits, Fix
from ..passage import Passage
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test

_COMBINED = ("anyOf", "oneOf", "allOf")


@rule(
    "MCP127",
    severity=Severity.ERROR,
    references=("CWE-573",),
    words=("inputschema", "input_schema", "outputschema", "output_schema"),
    bad='''
    from mcp.server import Server
    from mcp.types import Tool

    server = Server("notes")


    @server.list_tools()
    async def list_tools() -> list[Tool]:
        return [Tool(name="list_notes", description="Name all notes.", inputSchema={})]
    #                                                                              ^^ this schema has no `type`: …
    ''',
    good='''
    from mcp.server import Server
    from mcp.types import Tool

    server = Server("notes")


    @server.list_tools()
    async def list_tools() -> list[Tool]:
        return [Tool(name="list_notes", description="Name all notes.", inputSchema={"type": "object"})]
    ''',
    typescript=Example(
        bad="""
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

        const low = new Server({ name: "notes", version: "1.0.0" }, { capabilities: { tools: {} } });
        low.setRequestHandler(ListToolsRequestSchema, async () => ({
          tools: [
            {
              name: "find",
              description: "Find a note.",
              inputSchema: { type: "object", anyOf: [{ required: ["id"] }, { required: ["title"] }] },
              //                             ^^^^^ `anyOf` at the root: the APIs of several models refuse the request
            },
          ],
        }));
        """,
        good="""
        import { Server } from "@modelcontextprotocol/sdk/server/index.js";
        import { ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

        const low = new Server({ name: "notes", version: "1.0.0" }, { capabilities: { tools: {} } });
        low.setRequestHandler(ListToolsRequestSchema, async () => ({
          tools: [
            {
              name: "find",
              description: "Find a note by id or by title; give one of them.",
              inputSchema: { type: "object", properties: { id: { type: "string", description: "Its id" } } },
            },
          ],
        }));
        """,
    ),
)  # fmt: skip
def refused_schema(passage: Passage) -> Iterator[Finding]:
    """A tool's schema is one for which clients refuse the whole list.

    The protocol wants `type: "object"` at the root of an input schema. Clients built on the SDKs check the list as a
    whole: one tool whose schema has no `type`, or whose `required` is `null`, takes all others of the server with it.
    `anyOf`, `oneOf` and `allOf` at the root are valid, and refused by the APIs behind several clients, which then
    refuse every request of the session.

    Write `{"type": "object", "properties": {…}}`; say in the description which arguments exclude each other.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    every = list(schemas(passage))
    for schema, unit, kind in every:
        if schema.pairs or passage.about.language == "python" or _are_json(passage, every):
            yield from _judged(passage, schema, unit, kind)


def _are_json(passage: Passage, every: list[tuple[Dict, Unit, str]]) -> bool:
    """Whether ``{}`` is a schema here: where a list is answered by hand, or its neighbours are written as schemas. It
    is a record of no validators for `registerTool`, for what authors build around that, and beside other such records.
    """
    if any(schema.pairs for schema, _, _ in every):
        return True
    if any(_validates(site.node) for site in passage.of(code.Dict)):
        return False
    modules = [module.removesuffix(".js") for module in passage.about.imports]
    if any(module.endswith(("sdk/server", "sdk/server/index", "modelcontextprotocol/server")) for module in modules):
        return True
    # Of the protocol's types those of a list, and not only that of an answer.
    return any(module.endswith("sdk/types") for module in modules) and any(map(passage.declared, _OF_LISTS))


_OF_LISTS = ("Tool", "ListToolsRequestSchema", "ListToolsResult", "ListToolsResultSchema", "ToolSchema")


def schemas(passage: Passage) -> Iterator[tuple[Dict, Unit, str]]:
    """Schemas of definitions: what has a name, and an ``inputSchema`` written out beside it."""
    for site in passage.of(code.Call, code.Dict):
        node = site.node
        if isinstance(node, code.Call):
            if passage.word(node.callee) != "Tool" or node.keyword("name") is None:
                continue
            for arg in node.args:
                if arg.name in _KINDS and isinstance(arg.value, Dict):
                    yield arg.value, site.unit, _KINDS[arg.name]
        elif isinstance(node, Dict) and isinstance(node.get("name"), (code.Str, code.Name, code.Attr)):
            for pair in node.pairs:
                key = pair.key.value if isinstance(pair.key, code.Str) else ""
                if key in ("inputSchema", "outputSchema") and isinstance(pair.value, Dict) and _json(pair.value):
                    yield pair.value, site.unit, _KINDS[key]


_KINDS = {"inputSchema": "input", "input_schema": "input", "outputSchema": "output", "output_schema": "output"}


def _validates(node: object) -> bool:
    """Whether a definition has a record of validators: ``inputSchema: { id: z.string() }``."""
    if not isinstance(node, Dict):
        return False
    schemas = [pair.value for pair in node.pairs if isinstance(pair.key, code.Str) and pair.key.value in _KINDS]
    return any(isinstance(pair.value, code.Call) for each in schemas if isinstance(each, Dict) for pair in each.pairs)


def _json(schema: Dict) -> bool:
    """Whether an object is written as JSON Schema; a record of validators is none."""
    return all(pair.key is not None for pair in schema.pairs) and (
        not schema.pairs
        or any(
            isinstance(pair.key, code.Str) and pair.key.value in ("type", "properties", *_COMBINED)
            and isinstance(pair.value, (code.Str, code.Dict, code.Items))
            for pair in schema.pairs
        )
    )  # fmt: skip


def _judged(passage: Passage, schema: Dict, unit: Unit, kind: str) -> Iterator[Finding]:
    if any(not isinstance(pair.key, code.Str) for pair in schema.pairs):
        return  # a part of it comes from elsewhere
    place, wanted = passage.at(unit, schema), schema.get("type")
    if wanted is None and (kind == "input" or not _combined(schema)):
        said = f"this {kind} schema has no `type`" if kind == "output" else "this schema has no `type`"
        fix = None
        if schema.get("$ref") is None:
            inner = place.part(Span(schema.start + 1, schema.start + 1))
            quote = '"type"' if passage.about.language == "python" else "type"
            fix = Fix(
                "Say that it is an object", Edits((Edit(inner, f'{quote}: "object"' + (", " if schema.pairs else "")),))
            )
        yield Finding(place, f"{said}: clients refuse the whole list of tools", fix=fix, detail=kind)
    elif isinstance(wanted, code.Str) and wanted.value != "object":
        said = f"the {kind} schema of a tool is an object, not `{wanted.value[:20]}`: clients refuse the whole list"
        yield Finding(passage.at(unit, wanted), said, detail=kind)
    required = schema.get("required")
    if isinstance(required, Dict) or (isinstance(required, code.Const) and required.value is None):
        said = "`required` is a list of names: clients refuse the whole list of tools"
        fix = Fix("Make it a list", Edits((Edit(passage.at(unit, required), "[]"),)))
        yield Finding(passage.at(unit, required), said, fix=fix, detail="required")
    if kind == "input":
        for pair in schema.pairs:
            if isinstance(pair.key, code.Str) and pair.key.value in _COMBINED and isinstance(pair.value, code.Items):
                said = f"`{pair.key.value}` at the root: the APIs of several models refuse the request"
                yield Finding(
                    passage.at(unit, pair.key),
                    said,
                    fix=_without(passage, schema, unit, pair),
                    detail=pair.key.value,
                    severity=Severity.WARNING,
                )


def _without(passage: Passage, schema: Dict, unit: Unit, pair: code.Pair) -> Fix | None:
    """The schema without a combination that only says which arguments belong together, which the handler can ask."""
    items = pair.value.items if isinstance(pair.value, code.Items) else ()
    for item in items:
        keys = [each.key.value if isinstance(each.key, code.Str) else "" for each in getattr(item, "pairs", ())]
        if keys not in (["required"], ["not"]):
            return None
    i = schema.pairs.index(pair)
    if i:
        span = Span(schema.pairs[i - 1].end, pair.end)
    elif len(schema.pairs) > 1:
        span = Span(pair.start, schema.pairs[1].start)
    else:
        return None
    return Fix("Leave that to the handler", Edits((Edit(passage.place(unit, *span), ""),)))


def _combined(schema: Dict) -> bool:
    return any(schema.get(key) is not None for key in (*_COMBINED, "$ref"))
