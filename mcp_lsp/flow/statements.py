"""What statements do to what holds: where paths part, come together, and end."""

from __future__ import annotations

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Binary,
    Block,
    Call,
    Case,
    Define,
    DefineClass,
    DefineType,
    Dict,
    Do,
    Export,
    Expr,
    If,
    Import,
    Index,
    Items,
    Join,
    Jump,
    Logic,
    Loop,
    Match,
    Name,
    Nested,
    Raise,
    Return,
    Str,
    Try,
    With,
    last_name,
)  # fmt: skip
from mcp_lsp_analyzers.code import Const as ConstExpr
from mcp_lsp_analyzers.pattern import pattern

from .assignments import assign
from .comparisons import equal
from .conditions import branch, payload
from .evaluate import EXEC, block, ev
from .failing import parted, raises
from .frame import Called, Frame, Left
from .links import climbs, tried
from .listed import turns, written_out
from .members import element
from .ranges import failed_address
from .state import State, meet, truth
from .switched import side
from .validated import CONTEXT
from .values import UNKNOWN, Cls, Func, Rec, Seq, Value, all_taints, joined


def _assign(f: Frame, s: Assign, st: State) -> State | None:
    if s.value is None:
        if isinstance(s.target, Name) and s.target.id not in st.vars:
            value = f.annotated(s.annotation) if s.annotation is not None else UNKNOWN
            st.vars[s.target.id] = value
        return st
    if s.op:
        value = _augmented(f, s, st)
    else:
        value = ev(f, s.value, st)
        if f.ended:
            f.ended = False
            return None
        if value is UNKNOWN and s.annotation is not None:
            value = f.annotated(s.annotation)
    if type(s.target) is Name:
        if s.op and f.function is not None and s.target.id not in inside.variables(f.function):
            f.mutated.add(s.target.id)  # ``body += chunk``: of the function around
        if value.taints and (s.op or type(s.value) in (Join, Binary)):
            value = _stepped(f, s, value)
        elif value.taints and type(s.value) is Name and s.target.id in st.vars and s.target.id != s.value.id:
            spot = f.spot(s.target)
            kept = tuple(t.with_step(f"kept as `{s.target.id}`", spot) for t in value.taints)
            value = Value(kept, value.shape, value.name, value.yes, value.no, value.tail)
        elif type(s.value) is Items and type(value.shape) is Seq:
            value = put_into(f, value, s.target.id, s.value)
    assign(f, s.target, value, st, s.value)
    return st


def _stepped(f: Frame, s: Assign, value: Value) -> Value:
    """A choice becomes part of something longer: worth a line where the way of a value is told."""
    assert isinstance(s.target, Name)
    message = f"becomes part of `{s.target.id}`"
    spot = f.spot(s.target)
    taints = tuple(
        t.with_step(message, spot) if (t.before or t.after) and (t.steps is None or t.steps.spot != spot) else t
        for t in value.taints
    )
    return Value(taints, value.shape, value.name, value.yes, value.no, value.tail)


def put_into(f: Frame, value: Value, name: str, node: Expr) -> Value:
    """A list with choices in it, told as a step of their way."""
    shape = value.shape
    if type(shape) is not Seq or not any(item.taints for item in shape.items):
        return value
    message = f"becomes an item of `{name}`"
    items = tuple(
        Value(tuple(t.with_step(message, f.spot(node)) for t in item.taints), item.shape, item.name)
        if item.taints
        else item
        for item in shape.items
    )
    return Value(value.taints, Seq(items, shape.rest, shape.ended, shape.option), value.name)


def _augmented(f: Frame, s: Assign, st: State) -> Value:
    assert s.value is not None
    target = s.target
    if s.op in ("/", "|") or (s.op == "+" and isinstance(target, (Name, Attr, Index))):
        return ev(f, Binary(s.start, s.end, s.op, target, s.value), st)
    if s.op in ("or", "and", "??"):
        return ev(f, Logic(s.start, s.end, s.op, target, s.value), st)
    ev(f, s.value, st)
    return UNKNOWN


def _do(f: Frame, s: Do, st: State) -> State | None:
    f.unawaited = s.value
    ev(f, s.value, st)
    return None if _ended(f, s.value) else st


def _ended(f: Frame, done: Expr | None) -> bool:
    """Whether nothing comes after what was done last."""
    if f.ended:
        f.ended = False
        return True
    last = f.called[-1] if type(done) is Call and f.called else None
    return isinstance(last, Called) and last.expr is done and last.target in _ENDS


_ENDS = frozenset(
    ("sys.exit", "os._exit", "os.abort", "process.exit", "exit", "quit", "process.abort", "Deno.exit",
     f"{CONTEXT}.addIssue")
)  # fmt: skip


def _return(f: Frame, s: Return, st: State) -> None:
    value = ev(f, s.value, st) if s.value is not None else UNKNOWN
    if _ended(f, s.value):
        return
    f.left.append(Left(value, st, f.since, _made(s.value, value)))


_WORD = pattern(r"_*[A-Z][A-Z0-9]*[a-z]\w*")


def _made(e: Expr | None, value: Value) -> bool:
    """Whether something is made where it is given back, which then is not nothing: ``return {"error": …}``, ``return
    Refused(path)``, ``return failed("outside")``."""
    if type(e) is Dict:
        return bool(e.pairs)
    if type(e) is Items:
        return bool(e.items)
    if type(e) is not Call or payload(value) or value.yes is not None or value.no is not None:
        return False
    name = last_name(e.callee)
    shape = value.shape
    return _WORD.fullmatch(name) is not None if type(shape) is not Rec else bool(shape.fields)


def _raise(f: Frame, s: Raise, st: State) -> None:
    if s.value is not None:
        ev(f, s.value, st)


def _jump(f: Frame, s: Jump, st: State) -> None:
    where = f.breaks if s.kind == "break" else f.continues
    if where:
        where[-1].append((st, f.since is not None))


def _if(f: Frame, s: If, st: State) -> State | None:
    yes, no, configured = branch(f, s.test, st)
    f.ended = False
    switched = configured and f.since is None
    if switched:
        f.since = st.facts.copy()
    after = side(f, s.then, yes, block, switched) if yes is not None else None
    other = side(f, s.otherwise, no, block, switched) if no is not None and s.otherwise else no
    if switched:
        f.since = None
    return meet(after, other, configured)


def _loop(f: Frame, s: Loop, st: State) -> State | None:
    items = UNKNOWN
    certain = False
    if s.iterable is not None:
        items = ev(f, s.iterable, st)
        shape = items.shape
        certain = (type(shape) is Seq and bool(shape.items) and shape.rest is None) or items.string is not None
    each = written_out(s, items)
    if each:
        return turns(f, s, each, st, block)
    one = element(items) if not s.keys else Value(tuple(t.derived(s) for t in items.taints if t.aspect != "test"))
    f.breaks.append([])
    f.continues.append([])
    end: State | None = None
    entry: State | None = st
    for turn in range(2):
        assert entry is not None
        state = entry.copy()
        if s.target is not None:
            assign(f, s.target, one, state, s.iterable or s.target)
        inner: State | None = state
        if s.test is not None:
            inner, done, _ = branch(f, s.test, state)
            if turn == 0 or done is not None:
                end = meet(end, done)
        end_of_body = block(f, s.body, inner) if inner is not None else None
        for early, configured in f.continues[-1]:
            end_of_body = meet(end_of_body, early, configured)
        f.continues[-1] = []
        if end_of_body is not None and (s.test is None or s.target is not None):
            end = end_of_body if end is None else meet(end, end_of_body)
        if end_of_body is None or turn or not _grew(entry, end_of_body):
            break
        entry = meet(st.copy(), end_of_body)
    f.continues.pop()
    broken = f.breaks.pop()
    endless = s.test is None and s.iterable is None
    if s.test is None and not certain:
        # Of an empty list nothing was checked, but then nothing is in it either.
        inside = bool(all_taints(one))
        met = meet(end, st.copy(), configured=inside)
        end = State(met.vars, met.facts | end.facts) if inside and end is not None and met is not None else met
    if endless or (s.test is not None and isinstance(s.test, ConstExpr) and s.test.value):
        end = None  # ``while True``, ``for (;;)``: only a break leads out
    if s.otherwise and end is not None:
        end = block(f, s.otherwise, end)
    for early, configured in broken:
        end = meet(end, early, configured)
    return end


def _grew(before: State, after: State) -> bool:
    """Whether a turn of a loop put more into a variable: then the next turn may see it."""
    for name, value in before.vars.items():
        now = after.vars.get(name)
        if now is not None and now is not value:
            if type(now.shape) in (Seq, type(None)) and len(all_taints(now)) <= len(all_taints(value)):
                if type(value.shape) is type(now.shape):
                    continue
            return True
    return False


def _try(f: Frame, s: Try, st: State) -> State | None:
    entry = st.copy()
    given = len(f.left)
    failing, quiet = parted(s.body)
    after = block(f, failing, st)
    failed = State({**entry.vars, **(after or st).vars}, entry.facts)
    if quiet and after is not None:
        after = block(f, quiet, after)
    for name, value in entry.vars.items():
        now = failed.vars[name]
        if now is not value:
            failed.vars[name] = joined(tried(value, now, f.spot(s)), now)
    done = f.left[given:]
    if after is not None and s.otherwise:
        after = block(f, s.otherwise, after)
    end = after
    for catch in s.catches:
        state = failed.copy()
        if catch.target is not None:
            assign(f, catch.target, UNKNOWN, state, catch.target)
        failed_address(f, s, catch, state)
        before, upwards = len(f.left), climbs(f, catch.body)
        caught = block(f, catch.body, state)
        if caught is not None and after is not None:
            for name, value in after.vars.items():
                if name in caught.vars:
                    caught.vars[name] = tried(caught.vars[name], value, f.spot(s), upwards)
        for one in done:
            f.left[before:] = [w._replace(value=tried(w.value, one.value, f.spot(s), upwards)) for w in f.left[before:]]
        # A refusal that is raised again passes on what was found out; what else failed has no say in it.
        end = meet(end, caught, configured=raises(catch.body))
    if s.last:
        if end is None:
            block(f, s.last, failed.copy())
        else:
            end = block(f, s.last, end)
    return end


def _with(f: Frame, s: With, st: State) -> State | None:
    suppressed = False
    for value, target in s.items:
        given = ev(f, value, st)
        if given.name.endswith("suppress"):
            suppressed = True
        if target is not None:
            assign(f, target, given, st, value)
    if not suppressed:
        return block(f, s.body, st)
    before = st.copy()
    return meet(block(f, s.body, st), before)


def _match(f: Frame, s: Match, st: State) -> State | None:
    subject = ev(f, s.subject, st)
    if s.falls:
        f.breaks.append([])
    end: State | None = None
    rest: State | None = st
    falling: State | None = None
    configured = not subject.taints
    word = None if subject.name else subject.string
    outer = f.since
    since = st.facts.copy() if configured and outer is None else outer
    default: Case | None = None
    for case in s.cases:
        if not case.patterns and s.falls:
            default = case  # of a ``switch``: tried last, wherever it stands
            if case is not s.cases[-1]:
                continue
        state: State | None = None
        if not case.patterns:
            state, rest = (rest, None) if case.guard is None else (rest.copy() if rest else None, rest)
        else:
            for pattern in case.patterns:
                if rest is None:
                    break
                if word is not None and type(pattern) is Str and pattern.value != word:
                    continue  # one function may answer for hundreds of tools
                hit, rest = _case(f, s.subject, subject, pattern, rest)
                state = meet(state, hit)
        if state is not None:
            for capture in case.captures:
                assign(f, capture, subject, state, capture)
            if case.guard is not None:
                state, failed, _ = branch(f, case.guard, state)
                rest = meet(rest, failed)
        state = meet(state, falling)
        falling = None
        if state is None:
            continue
        f.since = since
        after = block(f, case.body, state)
        f.since = outer
        if s.falls:
            falling = after
        else:
            end = meet(end, after)
    if default is not None and default is not s.cases[-1] and rest is not None:
        end = meet(end, block(f, default.body, rest))
        rest = None
    end = meet(end, falling)
    end = meet(end, rest)
    for early, _ in f.breaks.pop() if s.falls else ():
        end = meet(end, early)
    return end


def _case(f: Frame, node: Expr, subject: Value, pattern: Expr, st: State) -> tuple[State | None, State | None]:
    """The state where the subject is what the pattern says, and where it is not."""
    value = ev(f, pattern, st)
    if isinstance(node, ConstExpr) and node.value is True:
        # ``switch (true) { case x > 1: … }``
        yes, no, _ = branch(f, pattern, st)
        return yes, no
    found = equal(f, pattern, subject, value)
    known = truth(found)
    if known is True:
        return st, None
    if known is False:
        return None, st
    no = st.copy()
    st.learn(found.yes)
    no.learn(found.no)
    return st, no


def _define(f: Frame, s: Define, st: State) -> State:
    st.vars[s.function.name] = Value((), Func(s.function, f.scope, None, st.vars))
    return st


def _define_class(f: Frame, s: DefineClass, st: State) -> State:
    st.vars[s.cls.name] = Value((), Cls(s.cls, f.scope))
    return st


def _define_type(f: Frame, s: DefineType, st: State) -> State:
    del f, s
    return st


def _import(f: Frame, s: Import, st: State) -> State:
    if s.local and s.local != "*":
        st.vars[s.local] = f.imported(s, f.scope)
    return st


def _export(f: Frame, s: Export, st: State) -> State:
    if s.value is not None:
        ev(f, s.value, st)
    return st


def _nested(f: Frame, s: Nested, st: State) -> State | None:
    before = f.unit
    f.unit = s.unit
    end = block(f, s.unit.statements, st)
    f.unit = before
    return end


def _block(f: Frame, s: Block, st: State) -> State | None:
    return block(f, s.body, st)


EXEC.update({
    Assign: _assign, Do: _do, Return: _return, Raise: _raise, Jump: _jump, If: _if, Loop: _loop, Try: _try, With: _with,
    Match: _match, Define: _define, DefineClass: _define_class, DefineType: _define_type, Import: _import,
    Export: _export, Nested: _nested, Block: _block,
})  # fmt: skip
