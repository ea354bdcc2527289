"""Schemas of a kind that the TypeScript SDK does not take where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import code
from ..code import Expr, Unit
from ..expressions import spelled
from ..fix import NAMED, Edit, Edits, Fix, Wrap, Write
from ..flow import Handler
from ..model import Server, Tool
from ..once import once
from ..place import Place, Span
from ..rule import Example, Finding, Severity, rule
from ..walk import sites
from .converted import fields
from .kept import found

_UNIONS = frozenset({"union", "discriminatedUnion", "intersection"})


@rule(
    "MCP131",
    severity=Severity.ERROR,
    references=("CWE-628",),
    typescript=Example(
        bad="""
        server.registerTool(
          "find",
          { inputSchema: { type: "object", properties: { q: { type: "string" } } } },
          //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this is JSON Schema, …
          async ({ q }) => ({ content: [{ type: "text", text: q }] }),
        );
        """,
        good="""
        server.registerTool(
          "find",
          { description: "Find.", inputSchema: { q: z.string() } },
          async ({ q }) => ({ content: [{ type: "text", text: q }] }),
        );
        """,
    ),
)  # fmt: skip
def wrong_kind_of_schema(subject: Union[Handler, Server]) -> Iterator[Finding]:
    """A tool's schema is of a kind that the SDK does not take there.

    `registerTool` takes validators: a record of zod types, or a zod object. JSON Schema throws when the tool is
    registered, `tool` of version 1 throws for a zod object as well, and a union is listed as a tool without parameters
    (version 1) or with an `anyOf` that model APIs refuse (version 2). A `z.date()` of zod 4 has no JSON Schema at all,
    and one of them makes the whole `tools/list` fail.

    Fields of zod 3 and of zod 4 in one record throw as well. `addTool` of fastmcp takes a zod object, and refuses a
    record of zod types as well as JSON Schema.

    Write `{ name: z.string() }`; version 2 takes JSON Schema through `fromJsonSchema(…)`.
    """
    if isinstance(subject, Server):
        if subject.sdk.family == "typescript-sdk":
            yield from _mixed(subject)
        return
    handler = subject
    tool = handler.tool
    if tool is not None and handler.server.sdk.family == "fastmcp-ts":
        yield from _of_fastmcp(tool, handler.server)
        return
    if tool is None or handler.server.sdk.family != "typescript-sdk" or not isinstance(tool.by, code.Call):
        return
    callee, major = tool.by.callee, handler.server.sdk.major
    method = callee.name if isinstance(callee, code.Attr) else ""
    for schema in _schemas(tool.by, method):
        place = _at(tool, schema)
        if isinstance(schema, code.Dict) and _is_json_schema(schema):
            fix = None
            if major == 2:
                wrap = Wrap(place, "{}(", ")", "fromJsonSchema", "@modelcontextprotocol/server")
                fix = Fix("Convert it", wrap)
            elif (record := fields(schema, handler.function.unit, NAMED)) is not None:
                fix = Fix("Write it with zod", Write((Edit(place, record),), "zod", "z"))
            said = f"this is JSON Schema, and `{method}` takes zod types: registering the tool throws"
            yield Finding(place, said, fix=fix)
        elif isinstance(schema, code.Call) and _zod(schema) == "object" and method == "tool":
            inner = schema.positional(0)
            fix = None
            if (
                inner is not None
                and isinstance(schema.callee, code.Attr)
                and isinstance(schema.callee.value, code.Name)
            ):
                before, after = Span(schema.start, inner.start), Span(inner.end, schema.end)
                fix = Fix("Pass its fields", Edits((Edit(place.part(before), ""), Edit(place.part(after), ""))))
            yield Finding(place, "`tool` takes a record of zod types, not a zod object: it throws", fix=fix)
        elif isinstance(schema, code.Call) and _zod(schema) in _UNIONS and method == "registerTool":
            what = "model APIs refuse its `anyOf`" if major == 2 else "the tool is listed without parameters"
            yield Finding(place, f"a `{_zod(schema)}` is no object: {what}")
        if (handler.server.sdk.of("zod") or 0) >= 4:
            for site in sites(schema, handler.function.unit, functions=False, kinds=(code.Call,)):
                if isinstance(site.node, code.Call) and spelled(site.node.callee) in ("z.date", "z.coerce.date"):
                    said = "zod 4 has no JSON Schema for a date: `tools/list` fails for all tools"
                    there = _at(tool, site.node)
                    fix = Fix("Take a text that holds a date", Edits((Edit(there, "z.iso.datetime()"),)))
                    yield Finding(there, said, fix=fix if not site.node.args else None, detail="date")


def _of_fastmcp(tool: Tool, server: Server) -> Iterator[Finding]:
    """``addTool({ parameters })`` of fastmcp takes a schema only, neither a record of such nor JSON Schema."""
    registered = tool.registered
    node = registered.node if registered is not None else None
    config = node.positional(0) if isinstance(node, code.Call) else node
    schema = config.get("parameters") if isinstance(config, code.Dict) else None
    if registered is None or not isinstance(schema, code.Dict):
        return
    place = registered.unit.place(registered.uri or server.uri, tool.place.pointer, schema)
    if _is_json_schema(schema):
        record = fields(schema, registered.unit, NAMED)
        edits = [Edit(place, f"{NAMED}.object({record})")] if record is not None else []
        said = "this is JSON Schema, and fastmcp takes a schema of zod or its like: the tool is refused"
    elif any(isinstance(pair.value, code.Call) and _root(pair.value) in ("z", "zod") for pair in schema.pairs):
        start, end = place.part(Span(schema.start, schema.start)), place.part(Span(schema.end, schema.end))
        edits = [Edit(start, f"{NAMED}.object("), Edit(end, ")")]
        said = "this is a record of zod types, and fastmcp takes an object of them: the tool is refused"
    else:
        return
    fix = Fix("Make it a zod object", Write(tuple(edits), "zod", "z")) if edits else None
    yield Finding(place, said, fix=fix)


def _mixed(server: Server) -> Iterator[Finding]:
    """Records whose fields are made by different majors of zod."""
    majors: dict[str, int] = {}
    for _, imports in found(server.module, _zods):
        for local, source in imports:
            majors[local] = _MAJORS.get(source, server.sdk.of("zod") or 0)
    if len(set(majors.values()) - {0}) < 2:
        return
    for tool in server.tools:
        by = tool.by
        method = by.callee.name if isinstance(by, code.Call) and isinstance(by.callee, code.Attr) else ""
        for schema in _schemas(by, method) if isinstance(by, code.Call) else ():
            first = 0
            for pair in schema.pairs if isinstance(schema, code.Dict) else ():
                major = majors.get(_root(pair.value), 0)
                if major and first and major != first:
                    said = f"a field of zod {major} in a record of zod {first}: registering the tool throws"
                    yield Finding(_at(tool, pair.value), said, detail="mixed")
                    break
                first = first or major


def _root(value: Expr) -> str:
    """The name a chain of calls begins with."""
    while isinstance(value, (code.Call, code.Attr)):
        value = value.callee if isinstance(value, code.Call) else value.value
    return value.id if isinstance(value, code.Name) else ""


@once
def _zods(unit: Unit) -> list[tuple[str, str]]:
    """What a unit imports from zod."""
    imports = [s for s, _ in code.flat(unit.statements) if isinstance(s, code.Import)] if "zod" in unit.key else []
    return [(s.local, s.module) for s in imports if s.module == "zod" or s.module in _MAJORS]


_MAJORS = {"zod/v3": 3, "zod/v4": 4, "zod/v4-mini": 4, "zod/mini": 4}


def _schemas(by: code.Call, method: str) -> Iterator[Expr]:
    values = [arg.value for arg in by.args if not arg.spread]
    if method == "registerTool" and len(values) > 2 and isinstance(values[1], code.Dict):
        schema = values[1].get("inputSchema")
        if schema is not None:
            yield schema
    elif method == "tool":
        yield from (value for value in values[1:-1] if isinstance(value, (code.Dict, code.Call)))


def _is_json_schema(schema: code.Dict) -> bool:
    kind = schema.get("type")
    return isinstance(kind, code.Str) and kind.value == "object" and isinstance(schema.get("properties"), code.Dict)


def _zod(call: code.Call) -> str:
    """ "object" for ``z.object(…)``."""
    name = spelled(call.callee)
    return name[2:] if name.startswith("z.") and name.count(".") == 1 else ""


def _at(tool: Tool, node: Expr) -> Place:
    place = tool.declared.part(Span(node.start, node.end))
    return Place(place.uri, tool.place.pointer, place.local, place.anchor)
