"""Tools known by their shape: ``ToolDefinition(fn=build, description=…)`` of a class of the project's own, and classes
for one tool each, which hand all that to their base."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import Attr, Call, Expr, Index, Stmt, last_name
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
    if not ("Tool" in source or "super().__init__(" in source) or not env.file.in_project or env.file.is_test:
        return
    for call, here in expressions(statement, env):
        callee = call.callee
        name = last_name(callee)
        if name == "__init__":
            name = _base(callee, here)
        elif not _CLASS.search(name) or root(here.dotted(callee) or "") in STRANGERS:
            continue
        if not name:
            continue
        what = given(call, here)
        worker = next((where for word in _WORKERS if (where := what.get(word)) is not None), None)
        known = function_of(*worker) if worker is not None and what.get("description") is not None else None
        if known is not None and known.function is not None and not known.wrapped:
            yield call, what, known, here


def _base(callee: Expr, env: Env) -> str:
    """The base of a class for one tool whose constructor this is: ``super().__init__(name="ping", …)`` in a class that
    derives from ``Tool[Schema]``; "" where it is none."""
    frame = env.cls()
    if frame is None or frame.cls is None or not (isinstance(callee, Attr) and isinstance(callee.value, Call)):
        return ""
    for written in frame.cls.bases if last_name(callee.value.callee) == "super" else ():
        base = written.value if isinstance(written, Index) else written
        if last_name(base).endswith("Tool") and root(frame.env.dotted(base) or "") not in STRANGERS:
            return last_name(base)
    return ""
