"""Parameters of Python handlers that no call can fill: what a signature says beyond names and types."""

from __future__ import annotations

from collections.abc import Iterator
from keyword import iskeyword

from .. import code
from ..fix import AnnotateParameter, Edit, Edits, Fix
from ..flow import Handler
from ..model import Endpoint, Prompt, Tool
from ..place import Place, Span
from ..rule import Finding, Severity, rule
from ..walk import body
from .spread import one_argument


@rule(
    "MCP109",
    severity=Severity.ERROR,
    references=("CWE-628",),
    bad='''
    @mcp.tool()
    def search(query: str, **filters) -> str:
    #                      ^^^^^^^^^ `**filters` becomes one required argument `filters`, and every call fails
        """Search the notes. `filters` are fields of a note and what they have to be."""
        return query
    ''',
    good='''
    @mcp.tool()
    def search(query: str, filters: dict[str, str] | None = None) -> str:
        """Search the notes. `filters` are fields of a note and what they have to be."""
        return query
    ''',
)
def parameter_no_call_can_fill(handler: Handler) -> Iterator[Finding]:
    """A handler has a parameter of a kind that the SDK cannot fill.

    Arguments arrive by name. The official SDK turns `*args` and `**kwargs` into required arguments of these names and
    then fails to pass them on; it refuses names that begin with an underscore, and puts `self` of a decorated method
    into the schema, where a model has to invent a value for it. fastmcp refuses `*args` and `**kwargs` when the tool is
    registered.

    Name every argument. Register a method on an instance: `mcp.tool()(self.method)`.
    """
    family, major = handler.server.sdk.family, handler.server.sdk.major
    of, function = handler.of, handler.function
    if family not in ("mcp", "fastmcp") or not isinstance(of, (Tool, Prompt)):
        return
    if of.by is None or not any(of.by is decorator for decorator in function.decorators):
        return
    method = function.cls is not None and not function.is_static
    for i, param in enumerate(function.params):
        name = param.name
        said = ""
        if not name:
            continue
        if param.kind in ("*", "**"):
            if family == "fastmcp":
                said = f"fastmcp registers no tool with `{param.kind}{name}`: the import fails"
            else:
                said = f"`{param.kind}{name}` becomes one required argument `{name}`, and every call fails"
        elif param.kind == "/":
            if family == "mcp":
                said = f"`{name}` can only be given by position, and arguments arrive by name: every call fails"
            elif major == 4:
                said = f"fastmcp registers no tool with a positional-only `{name}`: the import fails"
        elif method and i == 0 and name in ("self", "cls"):
            if family == "mcp" or major == 2:
                said = f"`{name}` becomes a required argument, because the tool is no method of an instance"
            elif family == "fastmcp" and major in (3, 4):
                said = f"fastmcp registers no method with `{name}`: the import fails"
        elif name.startswith("_") and family == "mcp" and name in _chosen(handler):
            said = f"mcp takes no parameter whose name begins with `_`, as `{name}` does: the import fails"
        if said:
            start, fix = param.start, None
            if param.kind in ("*", "**"):
                fix = one_argument(handler, param)
            elif name.startswith("_") and not param.kind:
                fix = _renamed(handler, param)
            yield Finding(_at(handler, Span(start, max(param.target.end, start + 1))), said, fix=fix, detail=name)


def _renamed(handler: Handler, param: code.Param) -> Fix | None:
    """The parameter without its underscores, wherever the function says its name."""
    function = handler.function
    old, new = param.name, param.name.lstrip("_")
    if not new.isidentifier() or iskeyword(new):
        return None
    edits = [Edit(_at(handler, Span(param.target.start, param.target.end)), new)]
    for node, unit, _ in body(function):
        if isinstance(node, code.Name) and node.id == new:
            return None
        if isinstance(node, code.Name) and node.id == old:
            edits.append(Edit(unit.place(handler.place.uri, handler.place.pointer, node), new))
    if any(other.name == new for other in function.params):
        return None
    return Fix(f"Call it `{new}`", Edits(tuple(edits)))


def _chosen(handler: Handler) -> set[str]:
    """The parameters that a model chooses."""
    of = handler.of
    return set() if isinstance(of, Endpoint) else {parameter.name for parameter in of.parameters}


def _at(handler: Handler, node: code.Param | Span) -> Place:
    return handler.function.unit.place(handler.place.uri, handler.place.pointer, node)


# ---------------------------------------------------------------- the context

_OF_CONTEXT = frozenset(
    {"info", "debug", "warning", "error", "log", "report_progress", "read_resource", "elicit", "elicit_url", "session",
     "request_context", "request_id", "client_id", "fastmcp", "mcp_server", "sample", "list_roots", "get_state",
     "set_state", "lifespan_context"}
)  # fmt: skip


@rule(
    "MCP110",
    severity=Severity.ERROR,
    references=("CWE-628",),
    bad='''
    @mcp.tool()
    async def load(path: str, ctx) -> str:
    #                         ^^^ `ctx` is an argument that the model has to fill: it is not annotated as `Context`
        """Load a note."""
        await ctx.info(path)
        return path
    ''',
    good='''
    from mcp.server.fastmcp import Context


    @mcp.tool()
    async def load(path: str, ctx: Context) -> str:
        """Load a note."""
        await ctx.info(path)
        return path
    ''',
)
def context_in_schema(handler: Handler) -> Iterator[Finding]:
    """The context of a request is a parameter that the model has to fill.

    The SDKs inject the context where a parameter is annotated with their own `Context`, and go by nothing else. A bare
    `ctx`, or the `Context` of the other SDK, is an ordinary required argument: the model makes a text up, and the
    handler fails on its first `ctx.info`.

    Annotate it with the `Context` of the SDK that made the server.
    """
    sdk = handler.server.sdk
    if sdk.family not in ("mcp", "fastmcp") or sdk.api == "low":
        return
    names = _chosen(handler)
    for param in handler.function.params:
        name = param.name
        if name not in names or param.kind in ("*", "**"):
            continue
        annotation = param.annotation
        if annotation is None:
            if param.default is not None or not (name == "ctx" or _used_as_context(handler, name)):
                continue
            said = f"`{name}` is an argument that the model has to fill: it is not annotated as `Context`"
        elif _last(annotation) == "Context":
            second = any(
                _last(other.annotation) == "Context"
                for other in handler.function.params
                if other is not param and other.name not in names
            )
            why = "only the first `Context` is injected" if second else f"its `Context` is not that of {sdk.family}"
            said = f"`{name}` is an argument that the model has to fill: {why}"
        else:
            continue
        fix = None
        home = _HOMES.get((sdk.family, sdk.major if sdk.family == "mcp" else None))
        if annotation is None and home is not None:
            fix = Fix("Annotate it as `Context`", AnnotateParameter(_at(handler, param), "Context", home))
        yield Finding(_at(handler, param), said, fix=fix, detail=name)


_HOMES = {("mcp", 1): "mcp.server.fastmcp", ("mcp", 2): "mcp.server.mcpserver", ("fastmcp", None): "fastmcp"}


def _last(annotation: code.Expr | None) -> str:
    if isinstance(annotation, code.Index):
        return _last(annotation.value)
    if isinstance(annotation, code.Attr):
        return annotation.name
    if isinstance(annotation, code.Str):
        return annotation.value.strip().rpartition(".")[2]
    return annotation.id if isinstance(annotation, code.Name) else ""


def _used_as_context(handler: Handler, name: str) -> bool:
    if name not in ("context", "mcp_ctx", "mcp_context", "_ctx", "c"):
        return False
    return any(
        isinstance(node, code.Attr)
        and node.name in _OF_CONTEXT
        and isinstance(node.value, code.Name)
        and node.value.id == name
        for node, _, _ in body(handler.function, code.Attr)
    )
