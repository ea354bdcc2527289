"""Look-ups that are told whose a thing must be, and do not ask."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Define, Expr, Function, Index, Name, Param
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import sites
from .routed import ASKS, Routed, asks, routed
from .values import name_of


@rule(
    "MCP460",
    severity=Severity.INFORMATION,
    references=("CWE-639", "CWE-863", "CWE-862", "MCP07:2025", "CoSAI MCP-T2"),
    words=("/:", "depends", "session", "user_id", "userid", "tenant", "owner", "account", "principal", "organization"),
    bad="""
    class Tasks:
        def __init__(self, rows) -> None:
            self.rows = rows

        async def get_task(self, task_id: str, session_id: str | None = None):
            #                                  ^^^^^^^^^^ `get_task` does not ask whether `task_id` belongs to …
            return await self.rows.get(task_id)
    """,
    good="""
    class Tasks:
        def __init__(self, rows) -> None:
            self.rows = rows

        async def get_task(self, task_id: str, session_id: str | None = None):
            task = await self.rows.get(task_id)
            return task if task is not None and task.session_id == session_id else None
    """,
    typescript=Example(
        bad="""
        export class Tasks {
          async getTask(taskId: string, _sessionId?: string) {
            //                          ^^^^^^^^^^ `getTask` does not ask whether `taskId` belongs to …
            return await this.rows.get(taskId);
          }
        }
        """,
        good="""
        export class Tasks {
          async getTask(taskId: string, sessionId?: string) {
            const task = await this.rows.get(taskId);
            return task?.sessionId === sessionId ? task : null;
          }
        }
        """,
    ),
)
def owner_that_nobody_asks_about(passage: Passage) -> Iterator[Finding]:
    """A thing is looked up by its id, and whose it is goes unasked although that was given.

    Ids stand in logs, in answers and in what clients show. Whoever learns one reads, changes or ends what belongs to
    somebody else (an insecure direct object reference): the call says whose it has to be, and nothing compares.

    The same holds for a route behind a login that looks at its `:id` and not at who logged in.

    Keep the owner with the thing, and answer as if there were none where it is another's.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Define):
        assert isinstance(site.node, Define)
        function = site.node.function
        if words(function.name)[:1] not in _LOOKS_UP:
            continue
        found = _unasked(function)
        if found is not None:
            owner, thing = found
            assert owner.target is not None
            said = f"`{function.name}` does not ask whether `{thing}` belongs to `{owner.name}`"
            yield Finding(passage.at(function.unit, owner.target), said, detail=function.name)
    yield from _routes(passage)


_LOOKS_UP = frozenset(
    (verb,)
    for verb in ("get", "fetch", "load", "read", "find", "delete", "remove", "update", "cancel", "terminate", "resume",
                 "complete", "close", "end")
)  # fmt: skip
_WHOSE = ("session", "user", "tenant", "owner", "account", "organization", "org", "principal")
_OWNERS = frozenset((("owner",), ("principal",), ("subject",), *((whose, "id") for whose in _WHOSE)))


def _unasked(function: Function) -> tuple[Param, str] | None:
    """The parameter that says whose a thing must be and is not used, with that by which the thing is looked up."""
    said = words(function.name)
    things = {
        param.name
        for param in function.params
        if words(param.name)[-1:] in (("id",), ("key",)) and words(param.name)[0] in said
    }
    owners = [param for param in function.params if param.target is not None and words(param.name) in _OWNERS]
    owner = next((param for param in owners if not _says(param.name, function)), None) if things else None
    if owner is None:
        return None
    for site in sites(function.body, function.unit, function, kinds=(Call, Index)):
        node = site.node
        given = [node.index] if isinstance(node, Index) else []
        if isinstance(node, Call) and name_of(node.callee) not in _WRITES_DOWN:
            given = [arg.value for arg in node.args]
        for value in given:
            if isinstance(value, Name) and value.id in things:
                return owner, value.id
    return None


_WRITES_DOWN = frozenset(("info", "debug", "warning", "warn", "error", "log", "print"))


def _routes(passage: Passage) -> Iterator[Finding]:
    """Routes that know who is calling, and give a thing to whoever knows its id."""
    every = list(routed(passage))
    some_look = any(map(_looks_at_caller, every))
    for route in every:
        if _THING.search(route.path.value) is None:
            continue
        if some_look and _asks_for_caller(route.guards) and not _decides(route):
            said = f"`{route.method} {route.path.value}` does not ask whether that is the caller's"
            yield Finding(passage.at(route.unit, route.path), said, detail=route.path.value)
        function = route.function
        user = next((param for param in function.params if _depends_on_caller(param, function)), None)
        if user is not None and user.target is not None and not _says(user.name, function):
            said = f"`{function.name}` does not ask whether what it is asked for is that of `{user.name}`"
            yield Finding(passage.at(function.unit, user.target), said, detail=function.name)


def _says(name: str, function: Function) -> bool:
    every = sites(function.body, function.unit, function, kinds=(Name,))
    return any(isinstance(site.node, Name) and site.node.id == name for site in every)


_THING = pattern(r"[:{]\w*(?:[iI]d|[kK]ey)\b")
_ABOVE = pattern(r"(?i)admin|master|root|internal|super|owner|permission|role|scope|webhook")


def _asks_for_caller(guards: list[Expr]) -> bool:
    """Whether a route asks who is calling, and not for somebody who may do everything."""
    names = (name_of(guard.callee if isinstance(guard, Call) else guard) for guard in guards)
    return asks(guards) and not any(map(_ABOVE.search, names))


_CALLER = frozenset(
    ("agent", "user", "auth", "account", "session", "tenant", "principal", "userId", "client", "identity", "org",
     "organization", "team", "locals", "apiKey", "token", "isMaster", "isAdmin")
)  # fmt: skip
_DECIDES = pattern(r"(?i)own|authori[sz]|permission|access|allow|belongs|scope|tenant|may|\bcan[A-Z]")


def _looks_at_caller(route: Routed) -> bool:
    """``req.agent.id``"""
    handler, asked = route.function, _request(route)
    return any(
        isinstance(site.node, Attr) and site.node.name in _CALLER and name_of(site.node.value) == asked
        for site in sites(handler.body, handler.unit, handler, kinds=(Attr,))
    )


def _request(route: Routed) -> str:
    return next((param.name for param in route.function.params), "")


def _decides(route: Routed) -> bool:
    """Whether who is calling is looked at, or something that may do so is given the request."""
    handler, asked = route.function, _request(route)
    if not asked or _looks_at_caller(route):
        return True
    for site in sites(handler.body, handler.unit, handler, kinds=(Call,)):
        call = site.node
        assert isinstance(call, Call)
        whole = any(isinstance(arg.value, Name) and arg.value.id == asked for arg in call.args)
        if whole or _DECIDES.search(name_of(call.callee)):
            return True
    return False


def _depends_on_caller(param: Param, function: Function) -> bool:
    """``user: User = Depends(get_current_user)``"""
    for given in (param.default, param.annotation):
        for site in sites(given, function.unit, function, kinds=(Call,)) if given is not None else ():
            call = site.node
            assert isinstance(call, Call)
            if name_of(call.callee) in ("Depends", "Security"):
                name = name_of(call.positional(0))
                return ASKS.search(name) is not None and "user" in words(name) and _ABOVE.search(name) is None
    return False
