"""Tools known by their shape: ``ToolDefinition(fn=build, description=…)`` of a class of the project's own."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import Call, Stmt, last_name
from mcp_lsp_analyzers.pattern import pattern

from .given import Given, given
from .known import Known
from .scopes import Env
from .sdk import STRANGERS, root
from .values import function_of
from .walk import expressions

_CLASS = pattern(r"Tool(?:Definition|Def|Spec|Entry|Info|Config)$")
_WORKERS = ("fn", "func", "function", "handler", "callback")


def written(statement: Stmt, source: str, env: Env) -> Iterator[tuple[Call, Given, Known, Env]]:
    """The tools that a simple statement writes out in this way, each with its function."""
    if "Tool" not in source or not env.file.in_project or env.file.is_test:
        return
    for call, here in expressions(statement, env):
        callee = call.callee
        name = last_name(callee)
        if not _CLASS.search(name) or root(here.dotted(callee) or "") in STRANGERS:
            continue
        what = given(call, here)
        worker = next((where for word in _WORKERS if (where := what.get(word)) is not None), None)
        known = function_of(*worker) if worker is not None and what.get("description") is not None else None
        if known is not None and known.function is not None and not known.wrapped:
            yield call, what, known, here
