"""Functions of the project: read once for each shape of arguments, and joined to every call.

A function is read with *holes* where its arguments hold choices of a model. What it does with a hole (reach a dangerous
position, return it, check it, put it into a field) is its summary, which is filled in with the choices at each call.
Two calls have the same shape when everything else about the arguments is the same: constants, functions, classes. So
``run(cmd, shell=True)`` and ``run(cmd)`` are told apart, and a hundred calls of one form read the function once.

A summary is kept with the unit of its function and the names that were looked up for it; it holds while these mean the
same. Functions that use variables of the function being read are read in place instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Call, Expr, Name
from mcp_lsp_analyzers.seen import Seen

from . import above, ranges
from .arguments import Args
from .assignments import assign, changed
from .evaluate import block, ev
from .frame import Frame, Left
from .guards import Guards, Spot, both, either, where_used
from .holes import Holes, chained, without_carried
from .lists import row
from .looking import Known
from .members import typed
from .returning import generated, returned
from .state import State
from .taints import Hole, Step
from .values import UNKNOWN, Cls, Func, Obj, Rec, Value, all_taints, constant, joined

if TYPE_CHECKING:
    from .arguments import Given
    from .frame import Called, Passed, Reach


_MOST_SHAPES = 12


class Summary:
    """``after``: what is known of the arguments behind the call; ``out``: parameters changed in place; ``promised``:
    what promises made by others are fulfilled with."""

    __slots__ = ("after", "called", "out", "promised", "reached", "returns", "value")

    def __init__(
        self,
        value: Value,
        returns: bool,
        after: dict[object, Guards],
        reached: list[Reach],
        called: list[Called | Passed],
        out: dict[str, Value],
        promised: dict[str, list[Value]],
    ) -> None:
        self.value = value
        self.returns = returns
        self.after = after
        self.reached = reached
        self.called = called
        self.out = out
        self.promised = promised


def apply(
    f: Frame,
    func: Func,
    args: Args,
    node: Expr,
    s: State,
    constructing: bool = False,
    callback: bool = False,
) -> Value:
    """What a call of a function of the project gives, with everything that happens in it."""
    function, run = func.function, f.run
    scope = f.within(func.scope)
    if scope is not func.scope:
        func = Func(function, scope, func.bound, func.around, func.given)
    if func.given:
        args = _with_given(func, args)
    if run.looking.refuses(function):
        return UNKNOWN
    values = bound(f, func, args, callback)
    if run.arrived is not None and function is run.arrived[0] and run.looking.at(function):
        run.arrived[1].append((values, s.copy()))
        return UNKNOWN
    nested = function.parent is not None
    if nested and f.active(function.parent):
        return in_place(f, func, values, s, callback)
    wrapping = function in run.wrapping and run.looking.at(function)
    if nested and func.around and (callback or wrapping or _wraps(func)):
        return in_place(f, func, values, s, callback)
    return _summarised(f, func, values, args, node, s, constructing)


def _wraps(func: Func) -> bool:
    """Whether it encloses a function, an object or a choice that the one it was made in was given: ``(a) => run(a)`` of
    ``wrap(run)``, where that is a function of the project or one of a library."""
    parent, around = func.function.parent, func.around
    if parent is None or not around:
        return False
    given = [around[p.name] for p in parent.params if p.name in around]
    made = (Func, Cls, Obj, Rec)
    return any(type(one.shape) in made or one.taints or (one.name and not one.name.endswith(")")) for one in given)


def _with_given(func: Func, args: Args) -> Args:
    plain: list[Given] = [(v, n) for k, v, n in func.given if k is None and n is not None]
    keys: dict[str, Given] = {k: (v, n) for k, v, n in func.given if k is not None and n is not None}
    merged_args = Args([*plain, *args.plain], {**keys, **args.keys}, args.rest, args.more)
    merged_args.tainted = True
    return merged_args


def _with_more(others: dict[str, Value], more: Value) -> Value:
    """What ``**options`` receives: these, and the entries of an object that was spread."""
    rest = more.shape.rest if type(more.shape) is Rec else None
    return Value(more.taints, Rec(others, rest), more.name) if others else more


def bound(f: Frame, func: Func, args: Args, callback: bool) -> dict[str, Value]:
    """Arguments by the names of the parameters."""
    function = func.function
    values: dict[str, Value] = {}
    params = function.params
    if func.bound is not None:
        values["self"] = func.bound
        if params and f.run.language == "python" and function.cls is not None and not function.is_static:
            values[params[0].name or "self"] = func.bound
            params = params[1:]
    elif f.run.language == "python" and function.cls is not None and params and params[0].name in ("self", "cls"):
        if len(args.plain) < len([p for p in params if p.default is None and not p.kind.startswith("*")]):
            params = params[1:]
    used: set[str] = set()
    position = 0
    for param in params:
        name = param.name
        value: Value | None = None
        if param.kind == "*":
            value = Value((), row((v for v, _ in args.plain[position:]), args.rest[0] if args.rest else None))
            position = len(args.plain)
        elif param.kind == "**":
            others = {k: v for k, (v, _) in args.keys.items() if k not in used}
            value = Value((), Rec(others)) if args.more is None else _with_more(others, args.more[0])
        else:
            if param.kind != "=" and position < len(args.plain):
                value = args.plain[position][0]
                position += 1
            elif name and name in args.keys:
                value = args.keys[name][0]
                used.add(name)
            elif args.rest is not None and param.kind != "=":
                value = args.rest[0]
            elif args.more is not None and name:
                value = args.more_entry(f, name)
                if value is UNKNOWN:
                    value = None
            if value is None and param.default is not None and not callback:
                inner = Frame(f.run, func.scope, function, function.unit)
                value = ev(inner, param.default, State({}, {}))
            elif value is not None and value is UNKNOWN and param.annotation is not None:
                value = None
        if value is None:
            value = f.annotated(param.annotation, func.scope) if param.annotation is not None else UNKNOWN
        elif value.taints and param.annotation is not None:
            value = typed(f, value, param.annotation, func.scope)
        if name:
            values[name] = value
        else:
            holder = Frame(f.run, func.scope, function, function.unit)
            state = State(values, {})
            assign(holder, param.target, value, state, param.target)
            values = state.vars
    return values


def in_place(f: Frame, func: Func, values: dict[str, Value], s: State, callback: bool) -> Value:
    """A function that sees the variables of the one being read: its body, there and then."""
    function = func.function
    outer: Frame = f
    frame = Frame(f.run, f.within(func.scope), function, function.unit, outer)
    around = s.vars if f.active(function.parent) else {**(func.around or {})}
    inner = State({**around, **values}, s.facts.copy())
    frame.since = f.since
    f.run.looking.begin(function, calls=1)
    end = block(frame, function.body, inner)
    f.run.looking.end()
    if end is not None:
        frame.left.append(_fallen(frame, end))
    for name in frame.mutated:
        if name not in values and name in s.vars:
            for left in frame.left:
                s.vars[name] = left.state.vars.get(name, s.vars[name])
            f.mutated.add(name)
    value, after = returned(frame.left, s.facts)
    value = generated(function, frame.yielded, value)
    if frame.left:
        s.learn(after)
    elif not callback:
        f.ended = True
    return value


def _fallen(frame: Frame, end: State) -> Left:
    """The way out at the end of a body: nothing comes back there, beside what does elsewhere."""
    return Left(constant(None) if frame.left else UNKNOWN, end)


def _summarised(
    f: Frame, func: Func, values: dict[str, Value], args: Args, node: Expr, s: State, constructing: bool
) -> Value:
    hidden = _filled_in(f, func, s)
    if hidden:
        values = {**values, hidden: s.vars[hidden]}
    holes = Holes()
    shaped = {name: holes.fill(value, s) for name, value in values.items()}
    key = tuple((name, shape) for name, (shape, _) in shaped.items())
    summary = summary_of(f, func, key, {name: value for name, (_, value) in shaped.items()})
    enclosed = _enclosed(f, args, s)
    if summary is None:
        return enclosed
    value = _joined_to_call(f, summary, holes, func, values, args, node, s, constructing, hidden)
    value = ranges.judged(f, func, values, value, node)
    if value.taints and func.function.name:
        message = f"comes back from `{func.function.name}`"
        spot = _arrival(func, "")
        value = Value(
            tuple(t.with_step(message, spot) if t.aspect != "test" else t for t in value.taints),
            value.shape, value.name, value.yes, value.no, value.tail,
        )  # fmt: skip
    if not value.taints and value.shape is None and not value.name and enclosed is not UNKNOWN:
        # ``retrying(() => …)`` most likely gives back what it was told to do.
        return Value(enclosed.taints, enclosed.shape, enclosed.name, value.yes, value.no)
    if not value.taints and value.shape is None and func.function.returns is not None:
        known = f.annotated(func.function.returns, func.scope)  # ``getInstance(): Service``
        if type(known.shape) is Obj:
            return Value((), known.shape, "", value.yes, value.no)
    return value


def _filled_in(f: Frame, func: Func, s: State) -> str:
    """The variable of its file that is being filled, where a function of the same file is called for it."""
    filling = f.run.filling
    if filling is None or filling.name == "self" or func.scope.module.uri != filling.uri or filling.name not in s.vars:
        return ""
    return "" if inside.meaning(filling.name, func.function) else filling.name


def _enclosed(f: Frame, args: Args, s: State) -> Value:
    """Functions handed over that enclose variables of the function being read: called here, with what is not known."""
    found = UNKNOWN
    for shape, node in handed(args):
        if shape.function.parent is not None and f.active(shape.function.parent):
            if not f.run.looking.at(shape.function):
                found = apply(f, shape, Args([], {}), node, s, callback=True)
    return found


def handed(args: Args) -> Iterator[tuple[Func, Expr]]:
    """The functions among arguments, also those in an object of options: ``run({ callback: () => … })``."""
    for value, node in (*args.plain, *args.keys.values()):
        shape = value.shape
        if type(shape) is Func:
            yield shape, node
        elif type(shape) is Rec:
            for field in shape.fields.values():
                if type(field.shape) is Func:
                    yield field.shape, node


def summary_of(f: Frame, func: Func, key: object, values: dict[str, Value]) -> Summary | None:
    function, run, looking = func.function, f.run, f.run.looking
    kept: dict[object, tuple[Seen, Known]] = function.unit.kept.setdefault(("flow", function, run.taught), {})  # type: ignore[assignment]
    found = kept.get(key)
    if found is not None:
        record, known = found
        if record.modules is func.scope.modules and record.holds(func.scope.module) and looking.holds(known):
            f.scope.seen.add(record)
            return known.found  # type: ignore[no-any-return]
    if looking.at(function):
        looking.note(f"`{function.name}` calls itself")
        return None
    partly = looking.partly((function, key))
    if partly is not None:
        record, summary = partly
        f.scope.seen.add(record)
        return summary  # type: ignore[no-any-return]
    scope = func.scope.fresh()
    record, frame = scope.seen, Frame(run, scope, function, function.unit)
    promised, run.promised = run.promised, {name: [] for name in run.promised}
    looking.begin(function, calls=1)
    end = block(frame, function.body, State(values.copy(), {}))
    promised, run.promised = run.promised, promised
    if end is not None:
        frame.left.append(_fallen(frame, end))
    value, after = returned(frame.left, {})
    value = generated(function, frame.yielded, value)
    out = {}
    for name in frame.mutated:
        if name in values:
            changed_values = [left.state.vars[name] for left in frame.left if name in left.state.vars]
            if changed_values:
                total = changed_values[0]
                for one in changed_values[1:]:
                    total = joined(total, one)
                out[name] = total
    summary = Summary(value, bool(frame.left), after, once_each(frame.reached), frame.called, out, promised)
    f.scope.seen.add(record)
    whole = looking.found((function, key), (record, summary))
    if whole is not None:
        if len(kept) >= _MOST_SHAPES:
            kept.pop(next(iter(kept)))
        kept[key] = (record, whole._replace(found=summary))
    return summary


def once_each(reached: list[Reach]) -> list[Reach]:
    """Each choice that reaches a position once for each text before it."""
    found: dict[object, Reach] = {}
    for reach in reached:
        taint = reach.taint
        key = (taint.origin, taint.path, reach.kind, reach.whole, reach.position, reach.how, taint.before)
        other = found.get(key)
        if other is None:
            found[key] = reach
        elif other.guards != reach.guards:
            found[key] = other._replace(guards=either(other.guards, reach.guards))
    return list(found.values())


def _joined_to_call(
    f: Frame,
    summary: Summary,
    holes: Holes,
    func: Func,
    values: dict[str, Value],
    args: Args,
    node: Expr,
    s: State,
    constructing: bool,
    hidden: str,
) -> Value:
    name = func.function.name or "a function"
    for reach in summary.reached:
        hole = reach.taint.origin
        taint = holes.taint(reach.taint)
        if taint is None:
            continue
        guards, steps = reach.guards, reach.steps
        if type(hole) is Hole:
            guards = both(holes.guards[hole.number], without_carried(guards))
            outer = holes.taints[hole.number].steps
            message, param = _passed(name, values, hole, holes)
            step = Step(message, f.spot(_argument(args, hole, holes, node)), outer)
            if func.scope.module.uri != f.scope.module.uri:
                step = Step(f"arrives in `{name}`", _arrival(func, param), step)
            steps = chained(steps, step)
        guards = where_used(guards, taint.before, reach.call)
        f.reached.append(reach._replace(taint=taint, guards=guards, steps=steps))
    if summary.called:
        f.called.append((func.function.name, summary.called))
    if not summary.returns:
        f.ended = True
    for promise, kept in summary.promised.items():
        if promise in f.run.promised:
            f.run.promised[promise] += [holes.value(one) for one in kept]
    s.learn(holes.facts(summary.after))
    params = func.function.params
    own = params[0].name if f.run.language == "python" and func.bound is not None and params else "self"
    for param, value in summary.out.items():
        value = holes.value(value)
        if param == hidden:
            s.vars[param] = value
            f.mutated.add(param)
        elif constructing and param == own:
            s.vars["\0made"] = value
        elif param in ("self", own):
            if func.bound is not None and isinstance(node, Call):
                target = getattr(node.callee, "value", None)
                if above.is_super(node.callee) or (target is not None and above.is_super(target)):
                    changed(f, Name(node.start, node.start, above.instance(f)), value, s)
                elif target is not None and not isinstance(node.callee, Name):
                    changed(f, target, value, s)
        else:
            position = _position(func, param)
            given = args.at(position, param) if position is not None else args.keys.get(param)
            if given is not None:
                changed(f, given[1], value, s)
    return holes.value(summary.value)


def _position(func: Func, param: str) -> int | None:
    params = func.function.params
    if func.bound is not None and params and params[0].name in ("self", "cls"):
        params = params[1:]
    for i, one in enumerate(params):
        if one.name == param:
            return i
    return None


def _passed(name: str, values: dict[str, Value], hole: Hole, holes: Holes) -> tuple[str, str]:
    wanted = holes.taints[hole.number]
    for param, value in values.items():
        if param not in ("self", "cls") and (wanted in value.taints or (value.shape and wanted in all_taints(value))):
            return f"passed to `{name}` as `{param}`", param
    return f"passed to `{name}`", ""


def _arrival(func: Func, param: str) -> Spot:
    function = func.function
    start, end = function.name_start, function.name_start + len(function.name)
    for one in function.params:
        if param and one.name == param:
            start, end = one.start, one.end
            break
    return Spot(func.scope.module.uri, function.unit, start, end)


def _argument(args: Args, hole: Hole, holes: Holes, node: Expr) -> Expr:
    wanted = holes.taints[hole.number]
    for value, expr in (*args.plain, *args.keys.values()):
        if wanted in value.taints or (value.shape is not None and wanted in all_taints(value)):
            return expr
    return node
