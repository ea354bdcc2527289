"""Functions handed to functions: callbacks, threads and executors, partial application."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Import

from .calls import At, called_with, outside
from .conditions import chosen
from .evaluate import EFFECTS
from .guards import Facts, both
from .links import tried
from .members import element
from .state import apart, together
from .summaries import apply
from .taints import Taint, merged
from .values import NONE, UNKNOWN, Const, Func, Seq, Value, all_taints, joined, joined_shapes, named, some


def map_(at: At) -> Value | None:
    """``items.map(f)``, ``promise.then(f)``, ``items.filter(f)``, ``items.some(f)`` …"""

    function = at.args.value(0)
    if function.shape is None and not function.name:
        return None
    node = at.args.plain[0][1]
    method = at.method
    if method in ("then", "finally", "catch"):
        got = UNKNOWN if method == "catch" else at.base
        found = called_with(at, function, [got], node)
        if len(at.args.plain) > 1:
            called_with(at, at.args.value(1), [UNKNOWN], at.args.plain[1][1])
        if method == "catch" and found is not None:
            either = joined(at.base, tried(found, at.base, at.f.spot(at.call)))
            return chosen(either, at.base, found, at.s, at.s) if at.base.yes or at.base.no else either
        return at.base if method == "finally" else found
    words = at.base.shape
    if method == "map" and at.base.name == "words" and type(words) is Seq and words.items:
        each = tuple(called_with(at, function, [item], node) or UNKNOWN for item in words.items)
        rest = called_with(at, function, [words.rest], node) if words.rest is not None else None
        return Value((), Seq(each, rest))
    if (
        method in ("some", "every")
        and type(words) is Seq
        and words.rest is None
        and 1 < len(words.items) <= _MOST_ITEMS
    ):
        return _of_each(at, function, words.items)
    one = element(at.base)
    if method == "map" and at.base.shape is None and not at.base.taints and len(at.args.plain) > 1:
        one = element(at.args.value(1))  # ``executor.map(look, hosts)``
    if method == "reduce":
        start = at.args.value(1)
        found = called_with(at, function, [start, one], node)
        return joined(start, found) if found is not None else start
    found = called_with(at, function, [one], node)
    if method in ("filter", "find", "sort", "findLast"):
        if found is not None and found.yes:
            taints = tuple(_with_facts(t, found.yes) for t in one.taints)
            one = Value(taints, one.shape, one.name)
        if method in ("filter", "sort"):
            yes, no = (
                (_of_others(found.yes, one), found.no) if method == "filter" and found is not None else (None, None)
            )
            whose = (
                at.base.name if at.base.tail and method == "filter" else ""
            )  # the last that is left is a word as well
            return Value((), Seq((), some(one) if method == "filter" else one), whose, yes, no, at.base.tail)
        # ``roots.find((root) => inside(path, root))``: where there is one it is so of that, else of none of them.
        shape = joined_shapes(one, NONE) if type(one.shape) is Const else one.shape
        yes, no = (_of_others(found.yes, one), found.no) if found is not None else (None, None)
        return Value(one.taints, shape, one.name, yes, no)
    if method in ("some", "every", "findIndex"):
        if found is None:
            return UNKNOWN
        all_, any_ = (found.yes, found.no) if method == "every" else (found.no, found.yes)
        any_ = _of_others(any_, one)
        yes, no = (all_, any_) if method == "every" else (any_, all_)
        return Value(found.taints, None, "find" if method == "findIndex" else "", yes, no)
    if method == "forEach":
        return UNKNOWN
    if found is None:
        return UNKNOWN
    return Value((), Seq((), element(found) if method == "flatMap" else found))


def _of_others(known: Facts | None, one: Value) -> Facts | None:
    """What is so where it is so of one of the items: of the items themselves, nothing is known then."""
    if not known or not one.taints:
        return known
    items = {key for taint in one.taints for key in taint.ids}
    return {key: guards for key, guards in known.items() if key not in items} or None


def _of_each(at: At, function: Value, items: tuple[Value, ...]) -> Value:
    """``PRIVATE.some((range) => range.test(ip))``: false means that it is so of each; ``every``: true."""
    answers = [called_with(at, function, [one], at.args.plain[0][1]) or UNKNOWN for one in items]
    any_, all_ = answers[0].yes, answers[0].no
    if at.method == "every":
        any_, all_ = all_, any_
    taints = answers[0].taints
    for one in answers[1:]:
        mine, others = (one.no, one.yes) if at.method == "every" else (one.yes, one.no)
        any_, all_ = apart(any_, mine), together(all_, others)
        taints = merged(taints, one.taints)
    return Value(taints, None, "", all_, any_) if at.method == "every" else Value(taints, None, "", any_, all_)


def found(at: At) -> Value | None:
    """``items.find(f)``; what a text or a document finds is a part of it."""
    function = at.args.value(0)
    if type(function.shape) is not Func:
        return EFFECTS["derived"](at)
    shape = at.base.shape
    if type(shape) is not Seq or at.base.taints or not 1 < len(shape.items) <= _MOST_ITEMS:
        return map_(at)
    # ``tools.find((tool) => tool.name === name)``, where it is known which tool is called.
    for one in shape.items:
        said = called_with(at, function, [one], at.args.plain[0][1])
        known = said.constants if said is not None and not said.taints else None
        if known == (True,):
            return one
        if known != (False,):
            break
    return map_(at)


_MOST_ITEMS = 40


def _with_facts(taint: Taint, known: object) -> Taint:
    guards = taint.guards
    for key in taint.ids:
        if key in known:  # type: ignore[operator]
            guards = both(guards, known[key])  # type: ignore[index]
    return taint.under(guards)


def mapping(at: At) -> Value:
    """``map(f, items)``."""

    function = at.args.value(0)
    found = called_with(at, function, [element(v) for v, _ in at.args.plain[1:]], at.call)
    if found is None:
        if function.name in ("str", "repr", "Path", "pathlib.Path"):
            found = element(at.args.value(1))
        else:
            return UNKNOWN
    return Value((), Seq((), found))


def later(at: At) -> Value:
    return _handed(at, 0)


def executor(at: At) -> Value:
    return _handed(at, 1)


def executor1(at: At) -> Value:
    if at.name == "threading.Thread":
        target = at.args.keys.get("target")
        given = at.args.keys.get("args")
        if target is not None:
            shape = given[0].shape if given is not None else None
            called_with(at, target[0], list(shape.items) if type(shape) is Seq else [], at.call)
        return UNKNOWN
    return _handed(at, 0)


def _handed(at: At, position: int) -> Value:
    """``asyncio.to_thread(f, *arguments)``: a call of ``f``."""

    function = at.args.value(position)
    args = at.args.without(position + 1)
    args.tainted = at.args.tainted
    if type(function.shape) is Func:
        return apply(at.f, function.shape, args, at.call, at.s)
    if function.name:
        return outside(At(at.f, at.call, at.s, UNKNOWN, "", function.name, args), function)
    if function.taints:
        return UNKNOWN
    return UNKNOWN


def partial(at: At) -> Value:
    function = at.args.value(0)
    shape = function.shape
    if type(shape) is Func:
        given = (*((None, v, n) for v, n in at.args.plain[1:]), *((k, v, n) for k, (v, n) in at.args.keys.items()))
        return Value((), Func(shape.function, shape.scope, shape.bound, shape.around, (*shape.given, *given)))
    return function


def gather(at: At) -> Value:
    values = [v for v, _ in at.args.plain]
    if len(values) == 1 and type(values[0].shape) is Seq and at.f.run.language == "node":
        return values[0]
    return Value((), Seq(tuple(values), at.args.rest[0] if at.args.rest else None))


def promise(at: At) -> Value:
    """``new Promise((resolve, reject) => …)``: whatever is given to ``resolve``, here or in a callback."""
    shape = at.args.value(0).shape
    if type(shape) is not Func or not at.f.active(shape.function.parent):
        return UNKNOWN
    promised = at.f.run.promised
    name = f"\0resolve{len(promised)}"
    promised[name] = []
    called_with(at, at.args.value(0), [named(name), UNKNOWN], at.args.plain[0][1])
    found: Value | None = None
    for value in promised.pop(name):
        found = value if found is None else joined(found, value)
    return found or UNKNOWN


def callee(at: At) -> Value:
    return at.args.value(0)


def module(at: At) -> Value:
    """``import_module("httpx")``, ``require("./run")``: what is only loaded where it is needed."""
    name = at.args.value(0).string
    if not name:
        return UNKNOWN
    whole = "*" if at.f.run.language == "node" else None
    found = at.f.imported(Import(at.call.start, at.call.end, name, whole, ""), at.f.scope)
    return UNKNOWN if whole is None and found.name.startswith(".") else found


def call_method(at: At) -> Value | None:
    """``f.call(this, …)``, ``f.apply(this, [...])``, ``f.bind(this, …)``."""

    shape = at.base.shape
    if type(shape) is not Func:
        if at.base.name and at.method == "bind":
            return at.base
        return None
    bound = at.args.value(0) if at.args.plain else UNKNOWN
    function = Func(
        shape.function, shape.scope, bound if bound is not UNKNOWN else shape.bound, shape.around, shape.given
    )
    if at.method == "bind":
        given = tuple((None, v, n) for v, n in at.args.plain[1:])
        return Value(
            (), Func(function.function, function.scope, function.bound, function.around, (*shape.given, *given))
        )
    return apply(at.f, function, at.args.without(1), at.call, at.s)


def received(at: At) -> Value | None:
    """``request.on("data", (chunk) => …)``: what was sent, piece by piece."""
    if not at.base.taints or len(at.args.plain) < 2:
        return None
    function, node = at.args.plain[1]
    event = at.args.value(0).string
    got = Value(tuple(t.derived(at.call) for t in at.base.taints)) if event in ("data", "message", "line") else UNKNOWN
    return at.base if called_with(at, function, [got], node) is not None else None


def concat(at: At) -> Value:
    """``Buffer.concat(chunks)``: of what is in each of them."""
    return Value(tuple(t.derived(at.call) for t in all_taints(at.args.value(0)) if t.aspect != "test"))


EFFECTS.update({
    "received": received, "concat": concat, "found": found, "map": map_, "mapping": mapping, "later": later,
    "executor": executor, "executor1": executor1, "partial": partial, "gather": gather, "promise": promise,
    "callee": callee, "call": call_method, "module": module,
})  # fmt: skip
