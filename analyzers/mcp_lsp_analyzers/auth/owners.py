"""Look-ups that are told whose a thing must be, and do not ask."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Define, Expr, Function, Index, Lambda, Name, Param, Str, Unit
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..record import NamedTuple
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, sites
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
    somebody else: whoever calls says whose it has to be, and nothing compares.

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
    owner = next((param for param in function.params if words(param.name) in _OWNERS), None)
    if owner is None or owner.target is None:
        return None
    said = words(function.name)
    things = {
        param.name
        for param in function.params
        if words(param.name)[-1:] in (("id",), ("key",)) and words(param.name)[0] in said and param is not owner
    }
    if not things:
        return None
    every = sites(function.body, function.unit, function, kinds=(Name, Call, Index))
    if any(isinstance(site.node, Name) and site.node.id == owner.name for site in every):
        return None
    for site in every:
        node = site.node
        given = [arg.value for arg in node.args] if isinstance(node, Call) else []
        if isinstance(node, Index):
            given = [node.index]
        for value in given:
            if isinstance(value, Name) and value.id in things and not _only_said(node):
                return owner, value.id
    return None


def _only_said(node: object) -> bool:
    """Whether it is but written down: ``log.info("asked for %s", task_id)``."""
    return isinstance(node, Call) and name_of(node.callee) in (
        "info",
        "debug",
        "warning",
        "warn",
        "error",
        "log",
        "print",
    )


def _routes(passage: Passage) -> Iterator[Finding]:
    """Routes that know who is calling, and give a thing to whoever knows its id."""
    known = [route for site in passage.of(Call) if (route := _route(site)) is not None]
    if any(_looks_at_caller(route.handler) for route in known):
        for route in known:
            if _THING.search(route.path.value) and _asks_for_caller(route.guards) and not _decides(route.handler):
                said = f"`{route.method} {route.path.value}` does not ask whether that is the caller's"
                yield Finding(passage.at(route.unit, route.path), said, detail=route.path.value)
    for site in passage.of(Define):
        assert isinstance(site.node, Define)
        function = site.node.function
        path = next((path for path in map(_path, function.decorators) if path is not None), None)
        user = next((param for param in function.params if _depends_on_caller(param, function)), None)
        if path is None or user is None or user.target is None or _THING.search(path.value) is None:
            continue
        if not any(
            isinstance(one.node, Name) and one.node.id == user.name
            for one in sites(function.body, function.unit, function, kinds=(Name,))
        ):
            said = f"`{function.name}` does not ask whether what it is asked for is that of `{user.name}`"
            yield Finding(passage.at(function.unit, user.target), said, detail=function.name)


class _Route(NamedTuple):
    method: str
    path: Str
    guards: list[Expr]
    handler: Function
    unit: Unit


def _route(site: Site) -> _Route | None:
    """``router.post("/tasks/:id", requireAgent, async (req, res) => { … })``"""
    call = site.node
    assert isinstance(call, Call)
    path = _path(call)
    last = call.args[-1].value if len(call.args) > 2 else None
    if path is None or not isinstance(last, Lambda) or not last.function.params:
        return None
    assert isinstance(call.callee, Attr)
    return _Route(call.callee.name, path, [arg.value for arg in call.args[1:-1]], last.function, site.unit)


_METHODS = frozenset(("get", "post", "put", "patch", "delete"))
_THING = pattern(r"[:{]\w*(?:[iI]d|[kK]ey)\b")


def _path(call: Expr) -> Str | None:
    if not isinstance(call, Call) or not isinstance(call.callee, Attr) or call.callee.name not in _METHODS:
        return None
    path = call.positional(0)
    return path if isinstance(path, Str) and path.value.startswith("/") else None


_ASKED = pattern(r"(?i)require|auth|guard|ensure|verify|protect|log_?in|current_?user")
_ABOVE = pattern(r"(?i)admin|master|root|internal|super|owner|permission|role|scope|webhook")


def _asks_for_caller(guards: list[Expr]) -> bool:
    """Whether a route asks who is calling, and not for somebody who may do everything."""
    names = [name_of(guard.callee if isinstance(guard, Call) else guard) for guard in guards]
    return any(map(_ASKED.search, names)) and not any(map(_ABOVE.search, names))


_CALLER = frozenset(
    ("agent", "user", "auth", "account", "session", "tenant", "principal", "userId", "client", "identity", "org",
     "organization", "team", "locals", "apiKey", "token", "isMaster", "isAdmin")
)  # fmt: skip
_DECIDES = pattern(r"(?i)own|authori[sz]|permission|access|allow|belongs|scope|tenant|may|\bcan[A-Z]")


def _looks_at_caller(handler: Function) -> bool:
    """``req.agent.id``"""
    asked = handler.params[0].name
    return any(
        isinstance(site.node, Attr) and site.node.name in _CALLER and name_of(site.node.value) == asked
        for site in sites(handler.body, handler.unit, handler, kinds=(Attr,))
    )


def _decides(handler: Function) -> bool:
    """Whether who is calling is looked at, or something that may do so is given the request."""
    if _looks_at_caller(handler):
        return True
    asked = handler.params[0].name
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
                return _ASKED.search(name) is not None and "user" in words(name) and _ABOVE.search(name) is None
    return False
