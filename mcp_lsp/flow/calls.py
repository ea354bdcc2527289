"""Calls: what is called, with what, and what comes back; dangerous positions are noted on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Attr, Await, Call, Expr, Lambda, Name
from mcp_lsp_analyzers.pattern import pattern

from . import above, sinking, summaries, taught, validated
from .arguments import Args, arguments
from .conditions import facts, no_facts, outcome
from .evaluate import EFFECTS, ev
from .frame import CALLBACK, Called, Frame
from .library import canonical, returned
from .members import member, method
from .state import State
from .taints import Taint, merged
from .values import UNKNOWN, Any, Cls, Const, Func, Obj, Value, all_taints, joined, named

if TYPE_CHECKING:
    from .values import Shape

_BEAT = 32
"""Calls, some milliseconds in all, after which a reading looks whether it is to go on."""


class At:
    """One call while it is looked at."""

    __slots__ = ("args", "base", "call", "f", "method", "name", "s")

    def __init__(self, f: Frame, call: Call, s: State, base: Value, method: str, name: str, args: Args) -> None:
        self.f = f
        self.call = call
        self.s = s
        self.base = base
        self.method = method
        self.name = name
        self.args = args


def call(f: Frame, e: Call, s: State) -> Value:
    run = f.run
    run.fuel -= 1
    if run.beat is not None and not run.fuel % _BEAT:
        run.beat()
    if run.fuel < 0:
        run.looking.spent()
        return UNKNOWN
    callee = e.callee
    while type(callee) is Await:
        callee = callee.value
    base = UNKNOWN
    method = ""
    inherited = above.method(f, callee, s)
    if inherited is not None:
        target = inherited
    elif type(callee) is Attr:
        method = callee.name
        known = dict(s.facts) if method == "catch" else None
        base = ev(f, callee.value, s)
        if known is not None and _goes_on(f, e, s):
            s.facts = known
        if base.shape is not None or (not base.taints and not base.name):
            target = member(f, base, method, callee, s)
        else:
            target = UNKNOWN
        if target is UNKNOWN and base.name:
            target = named(canonical(f"{base.name}.{method}"))
    else:
        target = ev(f, callee, s)
    args = arguments(f, e.args, s)
    name = target.name
    at = At(f, e, s, base, method, name, args)
    shape = target.shape
    if run.taught is not None:
        told = taught.apply(at, target, run.taught)
        if told is not None:
            return told
    if shape is not None and type(shape) is not Const:
        found = _project(at, shape, callee)
        if found is not None:
            return found
    elif not name and shape is None:
        at.name = name = _spelled(callee, base)
    if name in run.promised:
        run.promised[name].append(_fulfilled(at))
        return UNKNOWN
    f.called.append(Called(name, e, f.unit, f.scope.module.uri))
    return outside(at, target)


def _goes_on(f: Frame, e: Call, s: State) -> bool:
    """``check(path).catch(() => undefined)``: what was refused is let through all the same, unless what is called then
    refuses it on every way."""
    given = e.positional(0)
    shape = ev(f, given, s).shape if isinstance(given, (Lambda, Name)) else None
    if given is None or type(shape) is not Func:
        return False
    apart = Frame(f.run, f.scope, f.function, f.unit)
    summaries.apply(apart, shape, Args([(UNKNOWN, given)], {}), given, s.copy())
    return not apart.ended


def _fulfilled(at: At) -> Value:
    """What a promise is fulfilled with, or somebody who waits is told where there is no error."""
    given, s = at.args.value(0), at.s
    if at.name != CALLBACK:
        return s.on(given)
    s = s.copy()
    s.learn(no_facts(given))
    return _under(s, at.args.value(1))


def _under(s: State, value: Value) -> Value:
    """The choices in it, behind what was checked."""
    return Value(tuple(t.under(s.guards(t)) for t in all_taints(value)))


def _spelled(callee: Expr, base: Value) -> str:
    """The name as written, of something that is not known (``ctx.info``)."""
    parts: list[str] = []
    while isinstance(callee, Attr):
        parts.append(callee.name)
        callee = callee.value
    if not isinstance(callee, Name):
        return ""
    if base.taints or callee.id == "self":
        return ""
    parts.append(callee.id)
    return ".".join(reversed(parts))


# ---------------------------------------------------------------- functions and classes of the project


def _project(at: At, shape: Shape, callee: Expr) -> Value | None:
    kind = type(shape)
    if kind is Func:
        assert isinstance(shape, Func)
        if not shape.function.body and at.args.tainted:
            sinking.look(at)  # only declared: what it does is not known
        at.f.called.append(Called(shape.function.name, at.call, at.f.unit, at.f.scope.module.uri))
        if at.call is at.f.unawaited and shape.function.is_async and not shape.function.decorators:
            return _started(at, shape)
        return summaries.apply(at.f, shape, at.args, at.call, at.s)
    if kind is Cls:
        assert isinstance(shape, Cls)
        at.f.called.append(Called(shape.cls.name, at.call, at.f.unit, at.f.scope.module.uri))
        return construct(at, shape)
    if kind is Obj:
        assert isinstance(shape, Obj)
        func = method(at.f, shape.cls, shape.scope, "__call__")
        if func is not None:
            func.bound = Value((), shape)
            return summaries.apply(at.f, func, at.args, at.call, at.s)
        return None
    if kind is Any:
        assert isinstance(shape, Any)
        found: Value | None = None
        for one in shape.shapes:
            value = _project(At(at.f, at.call, at.s, at.base, at.method, "", at.args), one, callee)
            if value is not None:
                found = value if found is None else joined(found, value)
        return found
    return None


def _started(at: At, shape: Func) -> Value:
    """An asynchronous function whose end nobody waits for: what it refuses stops nothing here, and that there is an
    answer some day says nothing."""
    known = dict(at.s.facts)
    summaries.apply(at.f, shape, at.args, at.call, at.s)
    at.s.facts = known
    at.f.ended = False
    return UNKNOWN


def construct(at: At, shape: Cls) -> Value:
    """An instance: what its constructor does with the arguments, or its declared fields from keywords."""
    f, cls = at.f, shape.cls
    instance = Value((), Obj(cls, shape.scope, {}))
    maker = method(f, cls, shape.scope, "__init__") or method(f, cls, shape.scope, "constructor")
    if maker is not None:
        maker.bound = instance
        summaries.apply(f, maker, at.args, at.call, at.s, constructing=True)
        made = at.s.vars.pop("\0made", None)
        return made or instance
    from mcp_lsp_analyzers import inside

    from . import declared

    fields: dict[str, Value] = {}
    members = inside.members(cls)
    names = [n for n, ls in members.items() if ls[0].kind == "value" and ls[0].annotation is not None]
    for i, name in enumerate(names):
        value = at.args.keys.get(name)
        if value is None and i < len(at.args.plain):
            value = at.args.plain[i]
        if value is None and at.args.more is not None:
            value = (at.args.more_entry(f, name), at.call)
        if value is not None:
            annotation, scope = members[name][0].annotation, f.within(shape.scope)
            given = value[0]
            if given.taints:
                given = validated.by_class(f, validated.by_annotation(f, given, annotation, scope), cls, name, scope)
            # A number or a truth carries nothing, but may say what was found out of something else.
            told = all(taint.aspect == "test" for taint in given.taints)
            fields[name] = given if told or not declared.closed(annotation, scope) else UNKNOWN
    for one in cls.bases:
        if declared.name(one) in ("Exception", "ValueError", "RuntimeError", "Error"):
            return UNKNOWN
    return validated.when_made(f, Value((), Obj(cls, shape.scope, fields)), at.call, at.s)


def invoke(f: Frame, func: Func, node: Expr) -> Value:
    """A function called without arguments (a property)."""
    return summaries.apply(f, func, Args([], {}), node, State({}, {}))


# ---------------------------------------------------------------- what is outside


def outside(at: At, target: Value) -> Value:
    f, name, method = at.f, at.name, at.method
    base, args = at.base, at.args
    made = _asked_for(at)
    if made is not None:
        return made
    involved = args.tainted or base.taints or base.shape is not None
    if CALLBACK in f.run.promised and any(value.name == CALLBACK for value, _ in args.plain):
        f.run.promised[CALLBACK] += [_under(at.s, value) for value, _ in args.plain]
    if involved:
        sinking.look(at)
    word = f.run.functions.get(name) if name else None
    # ``re.sub(pattern, lambda match: given[match[1]], text)``: what a function encloses may be a choice. A list may be
    # empty because nothing was found against one.
    asks = any(type(value.shape) is Func or value.no is not None for value, _ in args.plain)
    if word is not None:
        if not involved and not asks and word in _IDLE and not (name == "len" and args.value(0).yes):
            return named(returned(name))
        return EFFECTS[word](at) or UNKNOWN
    if method:
        if name.startswith("zod"):
            return EFFECTS["schema"](at) or UNKNOWN
        word = f.run.methods.get(method)
        if word is not None and (involved or word in _ALWAYS or (asks and word == "replace")):
            if not base.name or base.taints or base.shape is not None or word in _ALWAYS:
                found = EFFECTS[word](at)
                if found is not None:
                    return found
    for value, _ in args.plain:
        if value.shape is not None:
            callbacks(at)
            break
    if base.taints and not base.name and method:
        parts = (t.entry(method) if t.origin.whole and not t.path else t for t in base.taints if t.aspect != "test")
        return Value(tuple(t.derived(at.call) for t in parts if t is not None))
    if not name or target.taints:
        return UNKNOWN
    if args.tainted and (name.startswith((".", "@/", "~/")) or ":" in name):
        return _unresolved(at)
    if args.tainted and _CHECKS.match(name.rpartition(".")[2]):
        value = args.value(0)
        looked = facts(f, value, "checked", name, at.call)
        return outcome(value, looked, looked)
    if args.tainted:
        return _depends(named(returned(name)), args)
    return named(returned(name))


_GIVES = frozenset(("resolve", "get", "inject", "getInstance", "get_instance", "make", "provide", "Inject"))


def _asked_for(at: At) -> Value | None:
    """``container.resolve(Runner)``: whoever keeps the objects of a program gives the one of this class."""
    if len(at.args.plain) != 1 or (at.method or at.name.rpartition(".")[2]) not in _GIVES:
        return None
    if at.base.taints or at.base.shape is not None:
        return None
    shape = at.args.value(0).shape
    return Value((), Obj(shape.cls, shape.scope, {})) if type(shape) is Cls else None


def _depends(value: Value, args: Args) -> Value:
    """What something outside gives back: no choice is in it, but which it is may depend on those it was given."""
    taints: tuple[Taint, ...] = ()
    for given, _ in args.plain[:3]:
        taints = merged(taints, outcome(given).taints)
    return Value(taints, value.shape, value.name)


_CHECKS = pattern(r"(?i:(?:is|check|assert|ensure)\w*(?:valid|safe|allowed)|validate_?\w)")
"""What packages call a function that says whether a value is one. Which values are is not known."""


_IDLE = frozenset(
    ("same", "derived", "written", "resolve", "folder", "basename", "exists", "test", "address", "escape",
     "encode", "quote", "quoteall", "relative", "common", "charcommon", "isabs", "url", "extension", "private",
     "inside", "fullmatch", "match", "search", "replace", "words", "syntax")
)  # fmt: skip
"""What gives nothing worth knowing for values that hold no choice."""


_ALWAYS = frozenset(
    (
        "map",
        "call",
        "join",
        "format",
        "append",
        "extend",
        "insert",
        "match",
        "testing",
        "search",
        "startswith",
        "endswith",
        "includes",
        "entry",
        "parsed",
        "lookedup",
    )
)


def _unresolved(at: At) -> Value:
    """A function of another file of the project that is not at hand: what was given to it may come back, checked."""
    found: tuple[Taint, ...] = ()
    fact = (frozenset((("unknown", at.name, at.f.spot(at.call)),)),)
    for value, _ in at.args.plain[:3]:
        found = merged(found, tuple(t.derived(at.call, fact) for t in all_taints(value) if t.aspect != "test"))
    return Value(found) if found else UNKNOWN


def callbacks(at: At) -> None:
    """Functions handed to something outside are called some time, with what they enclose."""
    for shape, node in summaries.handed(at.args):
        if isinstance(node, Lambda) or at.f.active(shape.function.parent):
            summaries.apply(at.f, shape, Args([], {}), node, at.s, callback=True)


def called_with(at: At, func: Value, values: list[Value], node: Expr) -> Value | None:
    """What a function value gives for these arguments; ``None`` where it is not one of the project."""
    shape = func.shape
    if type(shape) is Func:
        ended = at.f.ended
        value = summaries.apply(at.f, shape, Args([(v, node) for v in values], {}), node, at.s)
        # Whether it is called at all is up to the other: ``read(path).catch(() => { throw … })`` goes on.
        at.f.ended = ended
        return value
    if type(shape) is Any:
        found: Value | None = None
        for one in shape.shapes:
            other = called_with(at, Value((), one), values, node)
            if other is not None:
                found = other if found is None else joined(found, other)
        return found
    if func.name:
        args = Args([(v, node) for v in values], {})
        args.tainted = any(value.taints or value.shape is not None for value in values)
        return outside(At(at.f, at.call, at.s, UNKNOWN, "", func.name, args), func)
    return None
