"""Look-ups that are told whose a thing must be, and do not ask."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Call, Define, Function, Index, Name, Param
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import sites
from .values import name_of


@rule(
    "MCP460",
    severity=Severity.INFORMATION,
    references=("CWE-639", "CWE-863", "CWE-862", "MCP07:2025", "CoSAI MCP-T2"),
    words=("session", "user_id", "userid", "tenant", "owner", "account", "principal", "organization"),
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
