"""What handlers give back, against what the SDK and the tool's own schema expect."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..code import Expr, Unit
from ..expressions import spelled
from ..fix import Edit, Edits, Fix
from ..flow import Handler
from ..model import Tool
from ..place import Place, Span
from ..rule import Example, Finding, Severity, rule
from ..walk import body


def _typescript(handler: Handler) -> Tool | None:
    """A tool that is registered by a method of the official TypeScript SDK."""
    tool = handler.tool
    if tool is None or tool.by is None or _handed_on(tool) or handler.server.sdk.family != "typescript-sdk":
        return None
    return tool


def _handed_on(tool: Tool) -> bool:
    """Whether a function of the project registers it: that may hand the SDK another handler than it was given."""
    registered = tool.registered.node if tool.registered is not None else None
    return isinstance(registered, code.Call) and registered is not tool.by and isinstance(tool.by, code.Call)


def _returned(handler: Handler) -> Iterator[tuple[Expr, Unit]]:
    for node, unit, _ in body(handler.function, code.Return):
        if isinstance(node, code.Return) and node.value is not None:
            yield node.value, unit


def _at(handler: Handler, unit: Unit, node: Expr) -> Place:
    return unit.place(handler.place.uri, handler.place.pointer, node)


@rule(
    "MCP114",
    severity=Severity.ERROR,
    references=("CWE-573",),
    bad='''
    @mcp.tool()
    def size(name: str) -> dict[str, int]:
        """Size of a note."""
        return json.dumps({"name": len(name)})
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a text is no `dict`, which the output schema asks for: every call fails
    ''',
    good='''
    @mcp.tool()
    def size(name: str) -> dict[str, int]:
        """Size of a note."""
        return {"name": len(name)}
    ''',
    typescript=Example(
        bad="""
        server.registerTool(
          "size",
          { description: "Size of a note.", outputSchema: { size: z.number() } },
          async () => ({ content: [{ type: "text", text: "3" }] }),
          //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `size` declares its output, and this result has no …
        );
        """,
        good="""
        server.registerTool(
          "size",
          { description: "Size of a note.", outputSchema: { size: z.number() } },
          async () => ({ content: [{ type: "text", text: "3" }], structuredContent: { size: 3 } }),
        );
        """,
    ),
)  # fmt: skip
def result_against_output_schema(handler: Handler) -> Iterator[Finding]:
    """A tool has an output schema, and returns something else.

    Whoever declares what a tool returns has to return it as structured content; the SDKs check that, and turn a result
    that does not fit into a failed call. In Python the return annotation is the declaration: a tool annotated with a
    dictionary that returns `json.dumps(…)` fails on every call, and the JSON would arrive encoded twice if it did not.

    Return the value itself (Python), add `structuredContent` (TypeScript), or take the output schema away.
    """
    tool = handler.tool
    if tool is None or tool.by is None or _handed_on(tool):
        return
    sdk = handler.server.sdk
    if _typescript(handler) is not None:
        if not tool.has_output_schema:
            return
        for n, answer in enumerate(handler.answers):
            if answer.kind == "object" and "content" in answer.keys:
                if {"*", "structuredContent", "isError"}.isdisjoint(answer.keys):
                    place = answer.unit.place(handler.place.uri, handler.place.pointer, answer.value)
                    said = f"`{tool.name[:30]}` declares its output, and this result has no `structuredContent`"
                    fix = _structured(handler, place) or _undeclared(tool)
                    yield Finding(place, said, fix=fix, detail=str(n) if n else "")
        return
    wanted = _annotated(handler.function.returns)
    if sdk.family not in ("mcp", "fastmcp") or not wanted or (wanted == "list" and sdk.family == "fastmcp"):
        return
    for value, unit in _returned(handler):
        if isinstance(value, code.Call) and spelled(value.callee) in ("json.dumps", "orjson.dumps", "ujson.dumps"):
            place, fix, given = _at(handler, unit, value), None, value.positional(0)
            if given is not None:
                before, after = Span(value.start, given.start), Span(given.end, value.end)
                edits = Edits((Edit(place.part(before), ""), Edit(place.part(after), "")))
                fix = Fix("Return the value itself", edits)
            yield Finding(
                place, f"a text is no `{wanted}`, which the output schema asks for: every call fails", fix=fix
            )


def _structured(handler: Handler, place: Place) -> Fix | None:
    """What is sent as a text, ``JSON.stringify(value)``, is sent as it is too."""
    for value, unit in _returned(handler):
        if not isinstance(value, code.Dict) or unit.place("", "", value).span != place.span:
            continue
        content = value.get("content")
        items = content.items if isinstance(content, code.Items) else []
        text = items[0].get("text") if len(items) == 1 and isinstance(items[0], code.Dict) else None
        if isinstance(text, code.Call) and spelled(text.callee) == "JSON.stringify" and text.args:
            given = text.args[0].value
            if isinstance(given, (code.Name, code.Attr, code.Dict)):
                end = place.part(Span(value.pairs[-1].end, value.pairs[-1].end))
                written = f", structuredContent: {unit.key[given.start : given.end]}"
                return Fix("Send it as structured content too", Edits((Edit(end, written),)))
    return None


def _undeclared(tool: Tool) -> Fix | None:
    """The tool without an output schema, where that is written at its registration."""
    config = tool.by.positional(1) if isinstance(tool.by, code.Call) else None
    if not isinstance(config, code.Dict):
        return None
    for i, pair in enumerate(config.pairs):
        if isinstance(pair.key, code.Str) and pair.key.value == "outputSchema":
            after = config.pairs[i + 1].start if len(config.pairs) > i + 1 else pair.end
            span = Span(config.pairs[i - 1].end, pair.end) if i else Span(pair.start, after)
            return Fix("Leave the output schema out", Edits((Edit(tool.declared.part(span), ""),)))
    return None


def _annotated(returns: Expr | None) -> str:
    """ "dict" or "list" for a return annotation of which the SDKs make a schema that a text does not fit."""
    if isinstance(returns, code.Index) and isinstance(returns.value, code.Name):
        return {"dict": "dict", "Dict": "dict", "list": "list", "List": "list"}.get(returns.value.id, "")
    return ""


@rule(
    "MCP115",
    severity=Severity.ERROR,
    references=("CWE-573",),
    bad='''
    @mcp.tool()
    async def lines(path: str) -> str:
    #         ^^^^^ `lines` is an async generator: nobody goes through it, and every call fails
        """Lines of a note, one by one."""
        for line in path.split("\\n"):
            yield line
    ''',
    good='''
    @mcp.tool()
    async def lines(path: str) -> list[str]:
        """Lines of a note."""
        return path.split("\\n")
    ''',
    typescript=Example(
        bad="""
        server.registerTool("ping", { description: "Answer pong." }, async () => {
          return "pong";
          //     ^^^^^^ a text is no result of a tool: every call fails
        });
        """,
        good="""
        server.registerTool("ping", { description: "Answer pong." }, async () => {
          return { content: [{ type: "text", text: "pong" }] };
        });
        """,
    ),
)  # fmt: skip
def result_that_is_none(handler: Handler) -> Iterator[Finding]:
    """What a handler returns is no result of a tool.

    A handler of the TypeScript SDK returns an object with `content`; a text or an array is refused when the tool is
    called, with an error about an invalid result. The official Python SDK turns nearly everything into a result, but
    not an async generator, which it would have to go through first.

    Return `{ content: [{ type: "text", text }] }` (TypeScript), or a list (Python).
    """
    sdk = handler.server.sdk
    function = handler.function
    if handler.tool is None or handler.tool.by is None or _handed_on(handler.tool):
        return
    if function.is_async and function.is_generator:
        if sdk.family == "mcp" or (sdk.family == "fastmcp" and sdk.major == 2):
            said = f"`{function.name}` is an async generator: nobody goes through it, and every call fails"
            yield Finding(handler.place, said)
        return
    if _typescript(handler) is None:
        return
    for value, unit in _returned(handler):
        if not isinstance(value, (code.Str, code.Join, code.Items)) or isinstance(
            getattr(value, "tag", None), code.Name
        ):
            continue
        place, fix = _at(handler, unit, value), None
        if not isinstance(value, code.Items):
            start, end = place.part(Span(value.start, value.start)), place.part(Span(value.end, value.end))
            opening = Edit(start, '({ content: [{ type: "text", text: ')
            fix = Fix("Put it into a result", Edits((opening, Edit(end, " }] })"))))
        what = "an array" if isinstance(value, code.Items) else "a text"
        yield Finding(place, f"{what} is no result of a tool: every call fails", fix=fix)


_EXTRA = {
    1: frozenset({"signal", "authInfo", "sessionId", "_meta", "requestId", "taskId", "taskStore", "taskRequestedTtl",
                  "requestInfo", "sendNotification", "sendRequest", "closeSSEStream", "closeStandaloneSSEStream"}),
    2: frozenset({"sessionId", "mcpReq", "http", "task", "taskId", "client"}),
}  # fmt: skip


@rule(
    "MCP116",
    severity=Severity.ERROR,
    references=("CWE-628",),
    typescript=Example(
        bad="""
        server.registerTool(
          "greet",
          { description: "Greet somebody." },
          async ({ name }) => ({ content: [{ type: "text", text: name }] }),
          //       ^^^^ `name` is always undefined: the tool has no input schema
        );
        """,
        good="""
        server.registerTool(
          "greet",
          { description: "Greet somebody.", inputSchema: { name: z.string() } },
          async ({ name }) => ({ content: [{ type: "text", text: name }] }),
        );
        """,
    ),
)  # fmt: skip
def arguments_without_schema(handler: Handler) -> Iterator[Finding]:
    """A handler reads arguments of a tool that declares none.

    Without an input schema the TypeScript SDK calls the handler with one argument only: what belongs to the request
    (`signal`, `sessionId`, …). What the author takes for the arguments is that object, so every argument is
    `undefined`, and the model is never told that there are any.

    Declare them in `inputSchema`.
    """
    tool = _typescript(handler)
    params = handler.function.params
    if tool is None or not params or tool.arguments or tool.parameters or not tool.parameters_known:
        return
    known = _EXTRA.get(handler.server.sdk.major or 1, _EXTRA[1])
    target = params[0].target
    unit = handler.function.unit
    if isinstance(target, code.Dict):
        for pair in target.pairs:
            if isinstance(pair.key, code.Str) and pair.key.value not in known:
                name = pair.key.value
                place = unit.place(handler.place.uri, handler.place.pointer, pair.key)
                yield Finding(place, f"`{name}` is always undefined: the tool has no input schema", detail=name)
    elif isinstance(target, code.Name):
        for node, home, _ in body(handler.function, code.Attr):
            if isinstance(node, code.Attr) and isinstance(node.value, code.Name) and node.value.id == target.id:
                if node.name not in known:
                    place = home.place(handler.place.uri, handler.place.pointer, node)
                    said = f"`{target.id}.{node.name}` is always undefined: the tool has no input schema"
                    yield Finding(place, said, detail=node.name)
