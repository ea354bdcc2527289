"""What a value was held to before it arrives: validators in its annotation or class, refinements of its schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcp_lsp_analyzers.code import Attr, Call, Class, Expr, Function, Index, Items, Lambda, Name, Str
from mcp_lsp_analyzers.scope import Scope

from . import declared
from .evaluate import ev
from .frame import Frame
from .state import State
from .values import Cls, Func, Value

_IN_ANNOTATIONS = frozenset(("AfterValidator", "BeforeValidator"))
_IN_CLASSES = frozenset(("field_validator", "validator"))


def by_annotation(f: Frame, value: Value, annotation: Expr | None, scope: Scope) -> Value:
    """``Annotated[str, AfterValidator(inside)]``: what the function gives back, held to what it checks."""
    for validator in _validators(annotation, scope):
        value = _through(f, value, validator, scope)
    return value


def by_class(f: Frame, value: Value, cls: Class, name: str, scope: Scope) -> Value:
    """``@field_validator("path")``: what the method gives back for that field."""
    for method in cls.methods():
        for decorator in method.decorators:
            if (
                isinstance(decorator, Call)
                and (declared.name(decorator.callee) or "").rpartition(".")[2] in _IN_CLASSES
            ):
                if any(isinstance(a.value, Str) and a.value.value in (name, "*") for a in decorator.args):
                    func = Func(method, scope, Value((), Cls(cls, scope)))
                    value = _applied(f, value, func, method, decorator, True)
    return value


def by_schema(f: Frame, value: Value, checks: Iterable[object], function: Function) -> Value:
    """``z.string().refine((path) => isInside(path))``: the value, where each of these is true of it."""
    for check in checks:
        if isinstance(check, Function):
            value = _applied(f, value, Func(check, f.scope), check, Name(check.start, check.start, ""), False)
        elif isinstance(check, (Name, Attr, Lambda)):
            frame = Frame(f.run, f.scope, None, function.unit)
            shape = ev(frame, check, State({}, {})).shape
            if type(shape) is Func:
                value = _applied(f, value, shape, shape.function, check, False)
    return value


def _validators(annotation: Expr | None, scope: Scope, depth: int = 0) -> Iterator[Expr]:
    if isinstance(annotation, Name) and depth < 3:
        binding = scope.find(annotation.id)
        if binding is not None and binding.value is not None:
            yield from _validators(binding.value, scope, depth + 1)
    elif isinstance(annotation, Index) and isinstance(annotation.index, Items):
        if (declared.name(annotation.value) or "").rpartition(".")[2] == "Annotated" or _annotated(annotation.value):
            for extra in annotation.index.items[1:]:
                if isinstance(extra, Call) and extra.args and _named(extra) in _IN_ANNOTATIONS:
                    yield extra.args[0].value


def _annotated(outer: Expr) -> bool:
    return isinstance(outer, Name) and outer.id == "Annotated"


def _named(call: Call) -> str:
    return (declared.name(call.callee) or "").rpartition(".")[2]


def _through(f: Frame, value: Value, validator: Expr, scope: Scope) -> Value:
    frame = Frame(f.run, scope, None, f.unit)
    shape = ev(frame, validator, State({}, {})).shape
    return _applied(f, value, shape, shape.function, validator, True) if type(shape) is Func else value


def _applied(f: Frame, value: Value, func: Func, function: Function, node: Expr, gives: bool) -> Value:
    """``gives``: what comes back is the value from then on; otherwise whether it is true decides."""
    from . import summaries
    from .arguments import Args

    if function in f.run.active:
        return value
    state = State({}, {})
    inner = Frame(f.run, f.scope, f.function, f.unit)
    answer = summaries.apply(inner, func, Args([(value, node)], {}), node, state, node)
    if not gives and answer.yes:
        state.learn(answer.yes)
    kept = answer if gives and answer.taints else value
    return Value(tuple(t.under(state.guards(t)) for t in kept.taints), kept.shape, kept.name)


__all__ = ["by_annotation", "by_class", "by_schema"]
