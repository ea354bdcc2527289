"""Modes of a server that a model switches off by saying so."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Choice, Expr, If, Logic, Name, Raise, Return, last_name
from ..flow import Handler
from ..gates import MODE
from ..rule import Example, Finding, Severity, rule
from ..walk import body, sites


@rule(
    "MCP516",
    severity=Severity.WARNING,
    references=("CWE-863", "CWE-284", "MCP02:2025", "LLM06:2025", "LLM03:2026", "ASI02:2026", "CoSAI MCP-T2"),
    bad='''
    @mcp.tool()
    def query(statement: str, read_only: bool | None = None) -> list:
        """Ask the graph."""
        mode = read_only if read_only is not None else settings.default_read_only
        #      ^^^^^^^^^ a call that gives `read_only` decides, whatever `default_read_only` is set to
        return graph.run(statement, read_only=mode)
    ''',
    good='''
    @mcp.tool()
    def query(statement: str, read_only: bool | None = None) -> list:
        """Ask the graph."""
        if settings.default_read_only and read_only is False:
            raise PermissionError("only reading is allowed")
        mode = read_only if read_only is not None else settings.default_read_only
        return graph.run(statement, read_only=mode)
    ''',
    typescript=Example(
        bad="""
        const config = { description: "Ask the graph.", inputSchema: { query: z.string(), readOnly: z.boolean() } };

        server.registerTool("query", config, async ({ query, readOnly }) => {
          return answer(await graph.run(query, readOnly ?? settings.readOnly));
          //                                   ^^^^^^^^ a call that gives `readOnly` decides, whatever `readOnly` is …
        });
        """,
        good="""
        const config = { description: "Ask the graph.", inputSchema: { query: z.string(), readOnly: z.boolean() } };

        server.registerTool("query", config, async ({ query, readOnly }) => {
          return answer(await graph.run(query, settings.readOnly || readOnly));
        });
        """,
    ),
)
def mode_overruled_by_argument(handler: Handler) -> Iterator[Finding]:
    """A tool takes its argument for whether it may change something, not the setting.

    Whoever set the server to reading only relies on it. The argument is chosen by a model, and by whatever text it
    read last: one call that says otherwise writes.

    Let the setting be the stricter of both (`setting or argument`), or refuse a call that asks for more.
    """
    tool = handler.tool
    given = {p.name for p in tool.parameters if MODE.search(p.name)} if tool is not None else set()
    if not given:
        return
    nodes = list(body(handler.function))
    refused = {name for site in nodes if isinstance(site.node, If) for name in _refused(site.node)}
    kept = {last_name(site.node.target): site.node.value for site in nodes if isinstance(site.node, Assign)}
    harmless = [value for name, value in kept.items() if name in refused]
    for site in nodes:
        pair = _preferred(site.node)
        if pair is None:
            continue
        argument, setting = pair
        name = argument.id if isinstance(argument, Name) else ""
        if any(value is site.node for value in harmless):
            continue
        if name in given - refused and _is_setting(setting, given):
            said = f"a call that gives `{name}` decides, whatever `{last_name(setting)}` is set to"
            place = site.unit.place(handler.place.uri, handler.place.pointer, argument)
            yield Finding(place, said, detail=name)


def _preferred(node: object) -> tuple[Expr, Expr] | None:
    """What is taken where it is given, and what otherwise: ``a ?? b``, ``a if a is not None else b``."""
    if isinstance(node, Logic) and node.op == "??":
        return node.left, node.right
    if isinstance(node, Choice):
        tested = {last_name(s.node) for s in sites(node.test, None, kinds=(Name,)) if isinstance(s.node, Name)}  # type: ignore[arg-type]
        for one, other in ((node.then, node.otherwise), (node.otherwise, node.then)):
            if isinstance(one, Name) and one.id in tested:
                return one, other
    return None


def _is_setting(value: Expr, given: set[str]) -> bool:
    if isinstance(value, Call):
        value = value.callee
    if isinstance(value, Name) and value.id in given:
        return False
    return isinstance(value, (Name, Attr)) and MODE.search(last_name(value)) is not None


def _refused(node: If) -> Iterator[str]:
    """The names for which a test refuses the call."""
    if any(isinstance(s.node, (Raise, Return)) for s in sites(node.then, None)):  # type: ignore[arg-type]
        for inner in sites(node.test, None, kinds=(Name,)):  # type: ignore[arg-type]
            if isinstance(inner.node, Name):
                yield inner.node.id
