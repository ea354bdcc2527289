"""Decorators of the project around a handler: what they make of its arguments, and hold them to, before it gets them.

``@mcp.tool()`` over ``@inside("path")`` registers what ``inside`` makes of the function. That is called here with what
a model sends, and what arrives where it calls the function again is what the function is read with. Decorators of
libraries, and those whose way to the function cannot be followed, change nothing.
"""

from __future__ import annotations

from mcp_lsp_analyzers.code import Call, Expr, Function

from . import declared, summaries
from .arguments import Args
from .evaluate import ev
from .frame import Frame
from .state import State
from .values import UNKNOWN, Any, Func, Value, all_taints, joined


def arrived(f: Frame, function: Function, values: dict[str, Value]) -> dict[str, Value]:
    """The parameters of ``function``, as its decorators hand them on."""
    made = Value((), Func(function, f.scope, values.get("self") if function.cls is not None else None))
    around = [d for d in _below_registration(function.decorators) if _of_project(f, d)]
    if not around or function in f.run.wrapping:
        return values
    run = f.run
    run.wrapping.add(function)
    outer = Frame(run, f.scope, None, function.unit)
    if function.parent is not None:
        outer = Frame(run, f.scope, function.parent, function.unit)
    for decorator in reversed(around):
        answer = _called(outer, ev(outer, decorator, State({}, {})), [made], decorator)
        for one in _functions(answer):
            if one.function not in run.wrapping:
                run.wrapping.add(one.function)
                run.looking.begin(one.function)
            made = answer
    caught: list[tuple[dict[str, Value], State]] = []
    before = len(f.called)
    run.arrived = (function, caught)
    run.looking.begin(function)
    if type(made.shape) is Any or (type(made.shape) is Func and made.shape.function is not function):
        names = [p.name for p in function.params if p.name in values and p.name not in ("self", "cls")]
        own = [values["self"]] if function.cls is not None and not function.is_static and "self" in values else []
        node = around[0]
        keys = {name: (values[name], node) for name in names}
        state = State({}, {})
        for one in _functions(made):
            args = Args([(value, node) for value in own], keys)
            args.tainted = True
            summaries.apply(f, one, args, node, state.copy(), callback=True)
    run.arrived = None
    for _ in run.wrapping:
        run.looking.end()
    run.wrapping.clear()
    del f.called[before:]  # what a decorator calls besides is no more of this handler than of all others it is put over
    f.ended = False
    return _together(values, caught)


def _below_registration(decorators: list[Expr]) -> list[Expr]:
    """Those between what registers the function and the function: others come too late."""
    for i, decorator in enumerate(decorators):
        name = declared.name(decorator.callee if isinstance(decorator, Call) else decorator) or ""
        if name.rpartition(".")[2].lower().endswith(("tool", "resource", "prompt")):
            return decorators[i + 1 :]
    return decorators


def _of_project(f: Frame, decorator: Expr) -> bool:
    name = declared.name(decorator.callee if isinstance(decorator, Call) else decorator)
    if name is None:
        return False
    first = name.partition(".")[0]
    binding = f.scope.find(first)
    if binding is None or binding.imported is None:
        return binding is not None and (binding.function is not None or binding.value is not None)
    return f.scope.follow(binding.imported) is not None


def _called(f: Frame, func: Value, values: list[Value], node: Expr) -> Value:
    """What a decorator makes of a function: read there and then, because what it encloses is what counts."""
    found: Value | None = None
    for one in _functions(func):
        state = State({}, {})
        given = summaries.bound(f, one, Args([(value, node) for value in values], {}), True)
        answer = summaries.in_place(f, one, given, state, True)
        found = answer if found is None else joined(found, answer)
    return found or UNKNOWN


def _functions(value: Value) -> list[Func]:
    shape = value.shape
    if type(shape) is Func:
        return [shape]
    return [one for one in shape.shapes if type(one) is Func] if type(shape) is Any else []


def _together(values: dict[str, Value], caught: list[tuple[dict[str, Value], State]]) -> dict[str, Value]:
    found = dict(values)
    for name, before in values.items():
        if not all_taints(before):
            continue
        total: Value | None = None
        for bound, state in caught:
            now = bound.get(name)
            if now is None or not all_taints(now):
                total = None  # how it gets there could not be followed
                break
            now = state.on(now)
            total = now if total is None else joined(total, now)
        if total is not None:
            found[name] = total
    return found


__all__ = ["arrived"]
