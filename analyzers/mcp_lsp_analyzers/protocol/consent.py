"""Questions to the user whose answer does not count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import code
from ..code import Expr, Stmt, Unit
from ..fix import NAMED, Edit, Edits, Fix, Write
from ..flow import Handler
from ..place import Place, Span
from ..record import replace
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
    if "elicit" in function.unit.key:
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
                yield _finding(handler, unit, asked, said, "open", _refusing(handler, unit, s, goes_on))
            else:
                yield from _in(s.body, unit, handler)
        elif isinstance(s, code.Do):
            value = s.value.value if isinstance(s.value, code.Await) else None
            if isinstance(value, code.Call) and _asks(value):
                fix = _looked_at(handler, unit, s)
                yield _finding(handler, unit, value, "the user's answer is thrown away", "unread", fix)
        elif isinstance(s, code.If):
            yield from _in(s.then, unit, handler)
            yield from _in(s.otherwise, unit, handler)
        elif isinstance(s, (code.With, code.Block, code.Loop)):
            yield from _in(s.body, unit, handler)


def _finding(handler: Handler, unit: Unit, call: code.Call, said: str, detail: str, fix: Fix | None) -> Finding:
    return Finding(_place(handler, unit, call.callee), said, fix=fix, detail=detail)


def _place(handler: Handler, unit: Unit, node: Expr | Stmt | Span) -> Place:
    return unit.place(handler.place.uri, handler.place.pointer, node)


def _refusing(handler: Handler, unit: Unit, trying: code.Try, catches: Sequence[code.Catch]) -> Fix | None:
    """What was caught is raised again: where nobody could be asked, the tool fails, as it does where nobody looked."""
    if handler.server.sdk.family not in ("mcp", "fastmcp"):
        return None
    edits = []
    for each in catches:
        if each.body:
            end = Span(each.body[-1].end, each.body[-1].end)
            edits.append(Edit(_place(handler, unit, end), f"\n{_indent(unit, each.body[-1].start)}raise"))
        elif unit.key[each.start : each.end].endswith("pass"):
            edits.append(Edit(_place(handler, unit, Span(each.end - len("pass"), each.end)), "raise"))
        else:
            return None
    title = "Let the tool fail where it cannot ask"
    for s in trying.body:
        if isinstance(s, code.Do) and isinstance(s.value, code.Await):
            asked = s.value.value
            looked = _looked_at(handler, unit, s) if isinstance(asked, code.Call) and _asks(asked) else None
            if looked is not None and isinstance(looked.change, Write):
                return Fix(title, replace(looked.change, edits=(*looked.change.edits, *edits)))
    return Fix(title, Edits(tuple(edits)))


def _looked_at(handler: Handler, unit: Unit, asked: code.Do) -> Fix | None:
    """The answer gets a name, and the tool fails unless it is "accept"."""
    sdk = handler.server.sdk
    name = next((each for each in ("answer", "reply", "user_answer") if each not in unit.key), None)
    if name is None:
        return None
    margin, place = _indent(unit, asked.start), _place(handler, unit, asked)
    text = unit.key[asked.start : asked.end]
    title, refusal = "Go on only if the user accepted", '"The user did not agree"'
    if sdk.family == "typescript-sdk":
        end = "" if text.endswith(";") else ";"
        last = "" if unit.key[asked.end :].startswith(";") else ";"
        after = f'{end}\n{margin}if ({name}.action !== "accept") throw new Error({refusal}){last}'
        return Fix(title, Edits((Edit(place, f"const {name} = {text}{after}"),)))
    home = _ERRORS.get((sdk.family, sdk.major if sdk.family == "mcp" else None))
    if home is None:
        return None
    after = f'\n{margin}if {name}.action != "accept":\n{margin}    raise {NAMED}({refusal})'
    return Fix(title, Write((Edit(place, f"{name} = {text}{after}"),), home, "ToolError"))


_ERRORS = {
    ("mcp", 1): "mcp.server.fastmcp.exceptions", ("mcp", 2): "mcp.server.mcpserver.exceptions",
    ("fastmcp", None): "fastmcp.exceptions",
}  # fmt: skip


def _indent(unit: Unit, start: int) -> str:
    """The white space before the statement at ``start``."""
    line = unit.key[unit.key.rfind("\n", 0, start) + 1 : start]
    return line[: len(line) - len(line.lstrip())]


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
