"""Credentials that a tool asks for and does not check."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Compare, Const, Expr, If, Join, Logic, Name, Not, Regex, Str
from ..flow import Handler
from ..rule import Example, Finding, Severity, rule
from ..walk import Nodes, Site, sites
from .values import is_secret


@rule(
    "MCP426",
    severity=Severity.WARNING,
    references=("CWE-287", "CWE-290", "MCP07:2025", "ASI03:2026", "CoSAI MCP-T1", "MCTS-T-1072"),
    bad='''
    @mcp.tool()
    def restart(system: str, auth_token: str = "") -> str:
        """Restart a system."""
        if auth_token:
    #      ^^^^^^^^^^ whatever `auth_token` is will do: nothing compares it
            return f"{system} restarts"
        raise PermissionError("a token is needed")
    ''',
    good='''
    import hmac
    import os


    @mcp.tool()
    def restart(system: str, auth_token: str = "") -> str:
        """Restart a system."""
        if auth_token and hmac.compare_digest(auth_token, os.environ["RESTART_TOKEN"]):
            return f"{system} restarts"
        raise PermissionError("a token is needed")
    ''',
    typescript=Example(
        bad="""
        server.registerTool(
          "restart",
          { description: "Restart.", inputSchema: { apiKey: z.string() } },
          async ({ apiKey }) => {
            if (!/^[0-9a-f]{32}$/.test(apiKey)) {
            //   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whatever `apiKey` is will do: nothing compares it
              throw new Error("a key is needed");
            }
            return { content: [{ type: "text", text: "restarts" }] };
          },
        );
        """,
        good="""
        server.registerTool(
          "restart",
          { description: "Restart.", inputSchema: { apiKey: z.string() } },
          async ({ apiKey }) => {
            if (!apiKey || !(await allowed(apiKey))) {
              throw new Error("a key is needed");
            }
            return { content: [{ type: "text", text: "restarts" }] };
          },
        );
        """,
    ),
)  # fmt: skip
def credential_of_any_value_will_do(handler: Handler) -> Iterator[Finding]:
    """A tool asks for a token or password, and any will do.

    The handler looks whether one was given, or whether it has the right form, and at nothing else. A model makes up
    what a schema asks for.

    Compare it with what is right, in constant time, or ask the service it belongs to. Better: let the transport find
    out who is calling, and take no credential as an argument.
    """
    if handler.tool is None:
        return
    for given, of_tool in handler.tool.arguments:
        if not is_secret(of_tool) or not given.isidentifier():
            continue
        function = handler.function
        everything = sites([*function.body], function.unit, function)
        tested: list[tuple[Expr, Site]] = []
        harmless = Nodes()
        for site in everything:
            node = site.node
            if isinstance(node, If):
                for part in _parts(node.test):
                    name = _tested(part, given)
                    if name is not None:
                        tested.append((part, site))
                        harmless.add(name)
            elif isinstance(node, Join):
                for part in node.parts:
                    harmless.add(part)
        used = [s.node for s in everything if isinstance(s.node, Name) and s.node.id == given]
        if tested and all(name in harmless for name in used):
            part, site = tested[0]
            yield Finding(
                site.unit.place(handler.place.uri, handler.place.pointer, part),
                f"whatever `{of_tool}` is will do: nothing compares it",
                detail=of_tool,
            )


def _parts(test: Expr) -> Iterator[Expr]:
    if isinstance(test, Not):
        yield from _parts(test.value)
    elif isinstance(test, Logic):
        yield from _parts(test.left)
        yield from _parts(test.right)
    else:
        yield test


_FORMS = frozenset(
    ("match", "fullmatch", "search", "test", "startswith", "startsWith", "endswith", "isalnum", "strip", "trim")
)


def _tested(test: Expr, given: str) -> Name | None:
    """The name in a test that asks only whether it is there, how long it is, or of which form."""
    if isinstance(test, Name):
        return test if test.id == given else None
    if isinstance(test, Compare):
        for side, other in ((test.left, test.right), (test.right, test.left)):
            if isinstance(other, Const) or (isinstance(other, Str) and not other.value):
                while isinstance(side, (Call, Attr)):
                    inner = side.positional(0) if isinstance(side, Call) and side.args else None
                    side = inner if inner is not None else side.callee if isinstance(side, Call) else side.value
                return side if isinstance(side, Name) and side.id == given else None
        return None
    if isinstance(test, Call) and isinstance(test.callee, Attr) and test.callee.name in _FORMS:
        held = [test.callee.value, *(arg.value for arg in test.args)]
        names = [one for one in held if isinstance(one, Name) and one.id == given]
        fixed = all(isinstance(one, (Str, Regex, Name)) for one in held)
        return names[0] if names and fixed else None
    return None
