"""How Python functions are handed to a server: decorators, and what is written in their parentheses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import code
from ..fix import Edit, Edits, Fix
from ..flow import Handler
from ..model import Endpoint, Sdk
from ..passage import Passage
from ..place import Place, Span
from ..rule import Finding, Severity, rule


@rule(
    "MCP107",
    severity=Severity.ERROR,
    references=("CWE-628",),
    words=(
        "list_tools",
        "call_tool",
        "list_resources",
        "list_resource_templates",
        "read_resource",
        "list_prompts",
        "get_prompt",
        "subscribe_resource",
        "unsubscribe_resource",
        "set_logging_level",
        "progress_notification",
        "completion",
    ),
    bad='''
    @mcp.tool
    #^^^^^^^^ mcp takes `@mcp.tool()`, with parentheses; without them the import fails
    def today() -> str:
        """Today's date."""
        return "2026-11-20"
    ''',
    good='''
    @mcp.tool()
    def today() -> str:
        """Today's date."""
        return "2026-11-20"
    ''',
)
def decorator_without_parentheses(handler: Union[Handler, Passage]) -> Iterator[Finding]:
    """A decorator of the official SDK is written without its parentheses.

    `tool`, `prompt` and the handlers of low-level servers are functions that return the decorator. Without parentheses
    they get the function as a name and raise `TypeError` while the module is imported: the server does not start.
    fastmcp allows both spellings, which is where the habit comes from.

    Write the parentheses.
    """
    if isinstance(handler, Passage):
        yield from _of_low_level(handler)
        return
    by = _decorator(handler)
    if by is None or handler.server.sdk.family != "mcp" or not isinstance(by, code.Attr):
        return
    yield _bare(_at(handler, by), by)


def _bare(place: Place, by: code.Attr) -> Finding:
    end = Span(by.end, by.end)
    return Finding(
        place,
        f"mcp takes `@{_spelled(by)}()`, with parentheses; without them the import fails",
        fix=Fix("Add the parentheses", Edits((Edit(place.part(end), "()"),)), safe=True),
    )


def _of_low_level(passage: Passage) -> Iterator[Finding]:
    """``@server.call_tool`` makes no handler of the function: nothing is known of it but its decorator."""
    if passage.about.language != "python" or passage.about.imports.isdisjoint(_LOW_LEVEL):
        return
    for site in passage.of(code.Define):
        assert isinstance(site.node, code.Define)
        for by in site.node.function.decorators:
            if isinstance(by, code.Attr) and by.name in passage.words and isinstance(by.value, (code.Name, code.Attr)):
                yield _bare(passage.at(site.unit, by), by)


_LOW_LEVEL = frozenset(("mcp.server", "mcp.server.lowlevel", "mcp.server.lowlevel.server"))


def _decorator(handler: Handler) -> code.Expr | None:
    """The SDK's own decorator of a handler, as written."""
    of = handler.of
    by = None if isinstance(of, Endpoint) else of.by
    return by if by is not None and any(by is decorator for decorator in handler.function.decorators) else None


def _at(handler: Handler, node: code.Expr | code.Arg) -> Place:
    return handler.function.unit.place(handler.place.uri, handler.place.pointer, node)


def _spelled(expr: code.Expr) -> str:
    parts: list[str] = []
    while isinstance(expr, code.Attr):
        parts.append(expr.name)
        expr = expr.value
    parts.append(expr.id if isinstance(expr, code.Name) else "…")
    return ".".join(reversed(parts))


# ---------------------------------------------------------------- what stands in the parentheses

_MCP = {
    "tool": "name title description annotations icons meta structured_output",
    "prompt": "name title description icons",
    "resource": "uri name title description mime_type icons annotations meta",
}
_FASTMCP = {
    "tool": "name_or_fn name title description icons tags annotations meta output_schema task",
    "prompt": "name_or_fn name title description icons tags meta",
    "resource": "uri name title description icons mime_type tags annotations meta",
}
_MORE = {
    ("mcp", 2, "resource"): "security",
    ("fastmcp", 2, "tool"): "exclude_args enabled",
    ("fastmcp", 2, "prompt"): "enabled task",
    ("fastmcp", 2, "resource"): "enabled task",
    ("fastmcp", 3, "tool"): "exclude_args version app timeout auth run_in_thread",
    ("fastmcp", 3, "prompt"): "version task auth",
    ("fastmcp", 3, "resource"): "version app auth task",
    ("fastmcp", 4, "tool"): "version app timeout auth run_in_thread",
    ("fastmcp", 4, "prompt"): "version auth",
    ("fastmcp", 4, "resource"): "version app auth security",
}
_MEANT = {
    "desc": "description", "descr": "description", "summary": "description", "doc": "description",
    "help": "description",
    "mimeType": "mime_type", "outputSchema": "output_schema", "hints": "annotations", "annotation": "annotations",
    "tool_name": "name", "icon": "icons", "_meta": "meta", "structuredOutput": "structured_output",
}  # fmt: skip


def options(sdk: Sdk, kind: str) -> frozenset[str]:
    """The keywords a decorator takes; of none known by its major, those of every one."""
    own = (_MCP if sdk.family == "mcp" else _FASTMCP)[kind].split()
    majors = (sdk.major,) if sdk.major is not None else (1, 2, 3, 4)
    more = [word for major in majors for word in _MORE.get((sdk.family, major, kind), "").split()]
    return frozenset((*own, *more))


@rule(
    "MCP108",
    severity=Severity.ERROR,
    references=("CWE-628",),
    bad="""
    @mcp.tool(desc="Today's date.")
    #         ^^^^^^^^^^^^^^^^^^^^ `tool` of mcp 1 has no `desc`; did you mean `description`?
    def today() -> str:
        return "2026-11-20"
    """,
    good="""
    @mcp.tool(description="Today's date.")
    def today() -> str:
        return "2026-11-20"
    """,
)
def unknown_registration_option(handler: Handler) -> Iterator[Finding]:
    """A decorator is given a keyword that this SDK does not know.

    Python raises `TypeError` while the module is imported: the server does not start. Each SDK has keywords of its
    own, and they changed between versions: `tags` and `enabled` are of fastmcp, `enabled` only up to its version 2.

    Use the keyword of the SDK that the project depends on.
    """
    by = _decorator(handler)
    sdk = handler.server.sdk
    if not isinstance(by, code.Call) or sdk.family not in ("mcp", "fastmcp") or not isinstance(by.callee, code.Attr):
        return
    kind = by.callee.name
    if kind not in _MCP or handler.server.heir:
        return
    known = options(sdk, kind)
    for arg in by.args:
        if arg.name is None or arg.name in known:
            continue
        better = _MEANT.get(arg.name, "")
        better = better if better in known and by.keyword(better) is None else ""
        place, fix = _at(handler, arg), None
        if better:
            name = place.part(Span(arg.start, arg.start + len(arg.name)))
            fix = Fix(f"Call it `{better}`", Edits((Edit(name, better),)))
        said = f"; did you mean `{better}`?" if better else ""
        yield Finding(place, f"`{kind}` of {sdk} has no `{arg.name}`{said}", fix=fix, detail=arg.name)
    yield from _refused_values(handler, by)


def _refused_values(handler: Handler, by: code.Call) -> Iterator[Finding]:
    """Values of known keywords that fail at registration."""
    wanted = by.keyword("structured_output")
    mcp = handler.server.sdk.family == "mcp"
    if mcp and isinstance(wanted, code.Const) and wanted.value is True and handler.function.returns is None:
        yield Finding(
            _at(handler, wanted), "`structured_output` needs a return annotation, which is missing", detail="structured"
        )
    icons = by.keyword("icons")
    for icon in icons.items if isinstance(icons, code.Items) else ():
        if isinstance(icon, (code.Str, code.Join)):
            yield Finding(_at(handler, icon), "an icon is an `Icon(src=…)`, not a text", detail="icons")
