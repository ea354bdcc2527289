"""Middleware that does not hand a request on, or keeps its answer."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Await, Call, Define, Do, Function, Name, Raise, Return, Yield
from ..fix import Edit, Edits, Fix
from ..passage import Passage
from ..rule import Finding, Severity, rule
from ..walk import Nodes, Site, body, sites

_NEXT = "call_next"


@rule(
    "MCP152",
    severity=Severity.WARNING,
    references=("CWE-573",),
    words=(_NEXT,),
    bad="""
    from fastmcp import FastMCP
    from fastmcp.server.middleware import Middleware


    class Log(Middleware):
        async def on_call_tool(self, context, call_next):
            await call_next(context)
    #             ^^^^^^^^^^^^^^^^^^ its answer is not returned: the client gets none
            print("done")


    mcp = FastMCP("notes", middleware=[Log()])
    """,
    good="""
    from fastmcp import FastMCP
    from fastmcp.server.middleware import Middleware


    class Log(Middleware):
        async def on_call_tool(self, context, call_next):
            answer = await call_next(context)
            return answer


    mcp = FastMCP("notes", middleware=[Log()])
    """,
)
def answer_not_passed_on(passage: Passage) -> Iterator[Finding]:
    """A middleware hands a request on and does not give its answer back.

    What a middleware returns is the answer. Without a `return` that is `None`, which no request may be answered with;
    without `await` the request is not handed on at all, because `call_next` only makes a coroutine.

    Write `return await call_next(…)`, or keep the answer and return it.
    """
    if not passage.about.mcp:
        return
    for site in passage.of(Define):
        assert isinstance(site.node, Define)
        function = site.node.function
        if function.is_async and any(param.name == _NEXT for param in function.params):
            yield from _judged(passage, function)


def _judged(passage: Passage, function: Function) -> Iterator[Finding]:
    everything = body(function)
    waited = Nodes(each.node.value for each in everything if isinstance(each.node, Await))
    calls = [
        (each, each.node)
        for each in everything
        if isinstance(each.node, Call) and isinstance(each.node.callee, Name) and each.node.callee.id == _NEXT
    ]
    for each, call in calls:
        if call not in waited and _is_lost(call, everything):
            start = passage.place(each.unit, call.start, call.start)
            fix = Fix("Wait for it", Edits((Edit(start, "await "),)))
            yield Finding(
                passage.at(each.unit, call), "without `await` the request is not handed on", fix, detail="await"
            )
    returns = any(isinstance(each.node, Return) and each.node.value is not None for each in everything)
    if returns or any(isinstance(each.node, (Raise, Yield)) for each in everything):
        return  # on some way it answers; which one was meant is not asked
    if function.name == "on_notification":
        return  # nobody waits for an answer
    for each, call in calls:
        if call in waited:
            said = "its answer is not returned: the client gets none"
            yield Finding(passage.at(each.unit, call), said, _returned(passage, call, function), detail="return")
            return


def _is_lost(call: Call, everything: list[Site]) -> bool:
    """Whether the coroutine is neither kept for later nor given to something that may wait for it."""
    for each in everything:
        node = each.node
        if isinstance(node, (Do, Return)) and node.value is call:
            return True
        if isinstance(node, Assign) and node.value is call and isinstance(node.target, Name):
            name = node.target.id
            uses = [
                other.node
                for other in sites([s.node for s in everything if isinstance(s.node, Await)], each.unit, kinds=(Name,))
            ]
            given = [
                arg.value
                for other in everything
                if isinstance(other.node, Call)
                for arg in other.node.args
                if isinstance(arg.value, Name)
            ]
            return not any(isinstance(use, Name) and use.id == name for use in (*uses, *given))
    return False


def _returned(passage: Passage, call: Call, function: Function) -> Fix | None:
    """``return`` where handing on is the last thing that is done, else the answer is kept and returned at the end."""
    last = function.body[-1] if function.body else None
    unit = function.unit
    for statement in function.body:
        if isinstance(statement, Do) and isinstance(statement.value, Await) and statement.value.value is call:
            at = passage.place(unit, statement.start, statement.start)
            if statement is last:
                return Fix("Return its answer", Edits((Edit(at, "return "),)))
            line = unit.key.rfind("\n", 0, statement.start) + 1
            margin = unit.key[line : statement.start]
            name = next((each for each in ("answer", "result", "answered") if each not in unit.key), None)
            if name is None or margin.strip() or last is None:
                return None
            end = passage.place(unit, last.end, last.end)
            edits = (Edit(at, f"{name} = "), Edit(end, f"\n{margin}return {name}"))
            return Fix("Return its answer", Edits(edits))
        if isinstance(statement, Assign) and isinstance(statement.value, Await) and statement.value.value is call:
            line = unit.key.rfind("\n", 0, statement.start) + 1
            margin = unit.key[line : statement.start]
            if last is None or margin.strip() or not isinstance(statement.target, Name):
                return None
            end = passage.place(unit, last.end, last.end)
            return Fix("Return its answer", Edits((Edit(end, f"\n{margin}return {statement.target.id}"),)))
    return None
