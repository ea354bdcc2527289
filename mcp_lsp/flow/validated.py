"""What a value was held to before it arrives: validators in its annotation or class, refinements of its schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcp_lsp_analyzers.code import Attr, Call, Class, Expr, Function, Index, Items, Lambda, Name, Str
from mcp_lsp_analyzers.model import Refined
from mcp_lsp_analyzers.scope import Scope

from . import declared
from .evaluate import ev
from .frame import Frame
from .state import State
from .values import Cls, Func, Obj, Rec, Seq, Value, all_taints, named

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
                    value = _applied(f, value, func, method, decorator)
    return value


def when_made(f: Frame, made: Value, node: Expr, s: State) -> Value:
    """An object of a class, held to what that checks of it as a whole: ``__post_init__``, ``@model_validator(mode=
    "after")``."""
    from . import summaries
    from .arguments import Args

    shape = made.shape
    if type(shape) is not Obj:
        return made
    for method in shape.cls.methods():
        if method.name == "__post_init__" or any(_of_the_whole(decorator) for decorator in method.decorators):
            if not f.run.looking.at(method):
                func = Func(method, shape.scope, made)
                summaries.apply(f, func, Args([], {}), node, s, constructing=True)
                made = s.vars.pop("\0made", made)
    return made


def _of_the_whole(decorator: Expr) -> bool:
    mode = decorator.keyword("mode") if isinstance(decorator, Call) and _named(decorator) == "model_validator" else None
    return isinstance(mode, Str) and mode.value == "after"


def by_schema(f: Frame, value: Value, checks: Iterable[Refined], function: Function) -> Value:
    """``z.string().refine((path) => isInside(path))``: the value, held to each of these."""
    for how, check in checks:
        if isinstance(check, Function):
            value = held(f, value, Func(check, f.scope), Name(check.start, check.start, ""), how)
        elif isinstance(check, (Name, Attr, Lambda)):
            frame = Frame(f.run, f.scope, None, function.unit)
            shape = ev(frame, check, State({}, {})).shape
            if type(shape) is Func:
                value = held(f, value, shape, check, how)
    return value


CONTEXT = "RefinementCtx"
"""What the function of a schema names faults to; whoever does refuses the value."""


def held(f: Frame, value: Value, func: Func, node: Expr, how: str) -> Value:
    """A value held to a function of its schema (`Refined.how`)."""
    function = func.function
    if f.run.looking.at(function):
        return value
    state = State({}, {})
    inner = Frame(f.run, f.scope, f.function, f.unit)
    given = [(value, node)] if how == "refine" else [(value, node), (named(CONTEXT), node)]
    answer = _call(inner, func, given, node, state)
    if how == "refine":
        state.learn(answer.yes)
    return _under(answer if how == "transform" and all_taints(answer) else value, state)


def _under(value: Value, state: State, depth: int = 0) -> Value:
    """A value, and everything in it, with what was found out."""
    shape = value.shape
    if type(shape) is Rec and depth < 3:
        rest = None if shape.rest is None else _under(shape.rest, state, depth + 1)
        shape = Rec({name: _under(one, state, depth + 1) for name, one in shape.fields.items()}, rest)
    elif type(shape) is Seq and depth < 3:
        rest = None if shape.rest is None else _under(shape.rest, state, depth + 1)
        shape = Seq(tuple(_under(one, state, depth + 1) for one in shape.items), rest)
    return Value(tuple(t.under(state.guards(t)) for t in value.taints), shape, value.name)


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
    return _applied(f, value, shape, shape.function, validator) if type(shape) is Func else value


def _applied(f: Frame, value: Value, func: Func, function: Function, node: Expr) -> Value:
    """What comes back of it, which is the value from then on."""
    if f.run.looking.at(function):
        return value
    state = State({}, {})
    inner = Frame(f.run, f.scope, f.function, f.unit)
    answer = _call(inner, func, [(value, node)], node, state)
    kept = answer if answer.taints else value
    return state.on(kept)


def _call(f: Frame, func: Func, given: list[tuple[Value, Expr]], node: Expr, state: State) -> Value:
    from . import summaries
    from .arguments import Args

    return summaries.apply(f, func, Args(given, {}), node, state)


__all__ = ["CONTEXT", "by_annotation", "by_class", "by_schema", "held", "when_made"]
