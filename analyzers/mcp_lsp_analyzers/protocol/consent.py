"""Questions to the user whose answer does not count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import code
from ..code import Expr, Stmt, Unit
from ..flow import Handler
from ..rule import Example, Finding, Severity, rule
from ..walk import sites

_ASKS = frozenset({"elicit", "elicitInput", "elicit_form", "elicit_input"})


@rule(
    "MCP121",
    severity=Severity.WARNING,
    references=("CWE-636",),
    bad='''
    from mcp.server.fastmcp import Context
    from pydantic import BaseModel


    class Sure(BaseModel):
        sure: bool


    @mcp.tool()
    async def delete_note(note: str, ctx: Context) -> str:
        """Delete a note."""
        try:
            await ctx.elicit(f"Delete {note}?", Sure)
    #             ^^^^^^^^^^ where the client cannot ask, this goes on as if the user had agreed
        except Exception:
            pass
        return f"deleted {note}"
    ''',
    good='''
    from mcp.server.fastmcp import Context
    from pydantic import BaseModel


    class Sure(BaseModel):
        sure: bool


    @mcp.tool()
    async def delete_note(note: str, ctx: Context) -> str:
        """Delete a note."""
        answer = await ctx.elicit(f"Delete {note}?", Sure)
        if answer.action != "accept" or not answer.data.sure:
            return "kept"
        return f"deleted {note}"
    ''',
    typescript=Example(
        bad="""
        server.registerTool("wipe", { description: "Delete all notes." }, async () => {
          await server.server.elicitInput({ message: "Delete all?", requestedSchema });
          //    ^^^^^^^^^^^^^^^^^^^^^^^^^ the user's answer is thrown away
          return { content: [{ type: "text", text: "deleted" }] };
        });
        """,
        good="""
        server.registerTool("wipe", { description: "Delete all notes." }, async () => {
          const answer = await server.server.elicitInput({ message: "Delete all?", requestedSchema });
          if (answer.action !== "accept") return { content: [{ type: "text", text: "kept" }] };
          return { content: [{ type: "text", text: "deleted" }] };
        });
        """,
    ),
)  # fmt: skip
def confirmation_that_fails_open(handler: Handler) -> Iterator[Finding]:
    """A tool asks the user, and goes on whatever the answer is.

    `elicit` raises where the client does not support it, and on connections of the protocol of July 2026, where a
    server cannot ask in the middle of a call; the user may also decline or close the question, which is an ordinary
    result with another `action`. A broad `except` that goes on, or a result nobody looks at, turns all of these into
    consent.

    Go on only after `action == "accept"`, and refuse where the question cannot be asked.
    """
    function = handler.function
    yield from _in(function.body, function.unit, handler)


def _in(block: Sequence[Stmt], unit: Unit, handler: Handler) -> Iterator[Finding]:
    for i, s in enumerate(block):
        rest = block[i + 1 :]
        if isinstance(s, code.Nested):
            yield from _in(s.unit.statements, s.unit, handler)
        elif isinstance(s, code.Try):
            asked = next((call for inner in s.body for call in _asked(inner, unit)), None)
            goes_on = [c for c in s.catches if _broad(c.types) and not any(_decides(x) for x in c.body)]
            if asked is not None and goes_on and rest:
                said = "where the client cannot ask, this goes on as if the user had agreed"
                yield _finding(handler, unit, asked, said, "open")
            else:
                yield from _in(s.body, unit, handler)
        elif isinstance(s, code.Do):
            value = s.value.value if isinstance(s.value, code.Await) else None
            if isinstance(value, code.Call) and _asks(value):
                yield _finding(handler, unit, value, "the user's answer is thrown away", "unread")
        elif isinstance(s, code.If):
            yield from _in(s.then, unit, handler)
            yield from _in(s.otherwise, unit, handler)
        elif isinstance(s, (code.With, code.Block, code.Loop)):
            yield from _in(s.body, unit, handler)


def _finding(handler: Handler, unit: Unit, call: code.Call, said: str, detail: str) -> Finding:
    return Finding(unit.place(handler.place.uri, handler.place.pointer, call.callee), said, detail=detail)


def _asked(statement: Stmt, unit: Unit) -> Iterator[code.Call]:
    for site in sites([statement], unit, functions=False, kinds=(code.Call,)):
        if isinstance(site.node, code.Call) and _asks(site.node):
            yield site.node


def _asks(call: code.Call) -> bool:
    return isinstance(call.callee, code.Attr) and call.callee.name in _ASKS


def _broad(types: Expr | None) -> bool:
    if types is None:
        return True
    if isinstance(types, code.Items):
        return any(_broad(item) for item in types.items)
    return isinstance(types, code.Name) and types.id in ("Exception", "BaseException")


def _decides(statement: Stmt) -> bool:
    """Whether a statement of an ``except`` may keep the rest from happening: it leaves, or it sets something."""
    return not isinstance(statement, code.Do) or (
        isinstance(statement.value, code.Call)
        and isinstance(statement.value.callee, code.Attr)
        and statement.value.callee.name in ("exit", "_exit", "abort")
    )
