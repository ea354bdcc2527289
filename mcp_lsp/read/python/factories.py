"""Home-made decorators: functions and methods of this project that hand what they decorate to a server, or keep beside
it what a server is to be told."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Assign, Attr, Call, Expr, Function, Index, Name, last_name
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.once import once_each
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.walk import sites

from .given import Given, given
from .known import Known
from .members import called_with
from .recognise import server
from .scopes import Env
from .sdk import Ref, somebodys
from .values import class_of, function_of
from .walk import calls

_KINDS = {
    "tool": "tool", "prompt": "prompt", "resource": "resource", "add_tool": "tool", "add_prompt": "prompt",
}  # fmt: skip
_MOST = 3  # helpers that call helpers


class Registered(NamedTuple):
    kind: str
    what: Given
    ref: Ref


def registered(decorator: Expr, env: Env) -> list[Registered]:
    """What a decorator of this project registers a function as; nothing where it does not reach a server."""
    callee = decorator.callee if isinstance(decorator, Call) else decorator
    known = helper(callee, env)
    if known is None or known.function is None:
        return []
    text = known.function.unit.key
    if not ("tool" in text or "prompt" in text or "resource" in text):
        return []
    found = _inside(known, decorator, env, 0)
    if known.env.file is env.file:
        return found
    return [Registered(kind, what, ref.abroad()) for kind, what, ref in found]


def marked(decorator: Expr, env: Env) -> list[Registered]:
    """``@tool("ping", description="…")`` of the project's own that only keeps what it is told beside the function, for
    whoever collects such functions: what says of itself that it is about MCP, by its words or by the package it is
    of, and is named for what it makes."""
    known = helper(decorator.callee, env) if isinstance(decorator, Call) and decorator.args else None
    function = known.function if known is not None else None
    if known is None or function is None or env.file.is_test or not (env.file.about or env.file.in_project):
        return []
    kind = "".join(words(function.name)[-1:])
    about = function.unit.key + (env.dotted(decorator.callee) or "") if isinstance(decorator, Call) else ""
    if kind in ("tool", "prompt", "resource") and "mcp" in about.lower() and _keeps(function):
        return [Registered(kind, given(decorator, env), somebodys(env.file.family))]
    return []


@once_each
def _keeps(function: Function) -> bool:
    """Whether a function inside sets something of what it is given, or puts that into a table."""
    for site in sites(function.body, function.unit, function, kinds=(Assign, Call)):
        node = site.node
        if site.function is function:
            continue
        if isinstance(node, Assign) and isinstance(node.target, (Attr, Index)):
            return True
        if isinstance(node, Call) and last_name(node.callee) in ("setattr", "append", "add", "update", "setdefault"):
            return True
    return False


def helper(callee: Expr, env: Env) -> Known | None:
    if isinstance(callee, (Name, Attr)):
        known = function_of(callee, env)
        return known if known is not None and not known.wrapped else None
    return None


def _inside(known: Known, call: Expr, env: Env, depth: int) -> list[Registered]:
    function = known.function
    assert function is not None
    home = called_with(known, call, env)
    for inner, here in calls(function, home):
        callee = inner.callee
        if isinstance(callee, Attr) and callee.name in _KINDS:
            ref = server(callee.value, here)
            if ref is not None:
                what = given(inner, here)
                if callee.name.startswith("add_"):
                    what = _of_added(what)
                elif what.positional and _is_function_parameter(what.positional[0][0], here):
                    what = what.after(1)
                return [Registered(_KINDS[callee.name], what, ref)]
    if depth < _MOST:
        for inner, here in calls(function, home):
            if isinstance(inner.callee, Name) or (isinstance(inner.callee, Attr) and _own(inner.callee, here)):
                further = helper(inner.callee, here)
                if further is not None and further.function is not None and further.function is not function:
                    found = _inside(further, inner, here, depth + 1)
                    if found:
                        return found
    return []


def _own(callee: Attr, env: Env) -> bool:
    return env.is_self(callee.value) or class_of(callee.value, env) is not None


def _of_added(what: Given) -> Given:
    """``add_tool(Tool.from_function(fn, name=…))`` and ``add_tool(fn, name=…)``."""
    first = what.get("tool", 0) or what.get("fn")
    if first is not None and isinstance(first[0], Call) and isinstance(first[0].callee, Attr):
        if first[0].callee.name == "from_function":
            return given(first[0], first[1]).after(1)
    return what.after(1)


def _is_function_parameter(expr: Expr, env: Env) -> bool:
    """Whether an argument is the decorated function: a parameter that nothing was given for."""
    if not isinstance(expr, Name):
        return False
    known = env.find(expr.id)
    return known is not None and (known.param is not None or known.function is not None)
