"""Functions and methods that test something: their outcome says something of the choice that was tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Attr, Binary, Call, Comprehension, Expr, Str, last_name
from mcp_lsp_analyzers.identifier import words

from . import sinking
from .comparisons import confined, ends_with, membership, outside, refuses_private, starts_with
from .conditions import all_of, any_of, chosen_root, facts, negated, no_facts, outcome, payload
from .effects import subject
from .evaluate import EFFECTS, ev
from .library import returned
from .matched import matches, octets, parts
from .members import element
from .patterns import Pattern, any_of_these
from .values import UNKNOWN, Const, Seq, Value, all_taints, constant, named

if TYPE_CHECKING:
    from .calls import At
    from .frame import Frame


def within(at: At) -> Value:
    root = at.args.value(0)
    if chosen_root(root, at.s):
        return outcome(at.base, None, None, root)
    return outcome(at.base, confined(at.f, at.base, at.call), outside(at.f, at.base, root, at.call))


def inside(at: At) -> Value:
    """``isPathInside(path, root)`` of a library, which resolves both."""
    value, root = at.args.value(0), at.args.value(1)
    if chosen_root(root, at.s):
        return outcome(value, None, None, root)
    return outcome(value, facts(at.f, value, "confined", at.name, at.call))


def isabs(at: At) -> Value:
    value = subject(at)
    itself = Value(tuple(t for t in value.taints if not t.aspect))
    return outcome(value, None, facts(at.f, itself, "not-absolute", "", at.call))


def exists(at: At) -> Value:
    value = subject(at)
    if value.taints:
        callee = at.call.callee
        sinking.existing(at, value, callee.value if value is at.base and isinstance(callee, Attr) else at.call)
    return outcome(value)


_READ = frozenset(("uuid.UUID", "datetime.datetime.fromisoformat", "datetime.date.fromisoformat"))
"""Functions of Python that make something of a text, and raise where it is not written like that."""

_NUMERIC = frozenset(("Number.isInteger", "Number.isSafeInteger", "Number.isFinite", "isFinite"))
_ADDRESSES = frozenset(("net.isIP", "net.isIPv4", "net.isIPv6"))
_NUMBERS = frozenset(("int", "Number", "parseInt", "Number.parseInt"))


def test(at: At) -> Value:
    """Numbers, lengths and type tests: nothing of the choice is left, but the outcome depends on it."""
    value = at.args.value(0) if at.args.plain else at.base
    if at.name in _NUMBERS and any(t.aspect == "octet" for t in value.taints):
        return Value(tuple(t for t in value.taints if t.aspect == "octet"))
    if at.name in ("bool", "Boolean"):
        return outcome(value, value.yes, no_facts(value))
    if at.name in (
        "isinstance",
        "callable",
        "hasattr",
        "Array.isArray",
    ):
        if value.taints:
            form = _form(at.args.value(1)) if at.name == "isinstance" else ""
            return outcome(value, facts(at.f, value, "form", form, at.call) if form else None)
    if at.name in _NUMERIC:
        return outcome(value, facts(at.f, value, "number", "", at.call))
    if at.name in ("isNaN", "Number.isNaN"):
        return outcome(value, None, facts(at.f, value, "number", "", at.call) if at.name == "isNaN" else None)
    if at.name in _ADDRESSES:
        return _version(at, value)
    if at.name == "typeof":
        return Value(tuple(t.about("type") if t.aspect != "test" else t for t in value.taints))
    if at.name == "isinstance" and not value.taints and not value.name:
        return _of_kind(value, at.args.value(1))
    if at.name in _READ and payload(value):
        at.s.learn(facts(at.f, value, "number", "", at.call))  # it raises where the text is none
        return UNKNOWN
    if value.taints and at.name == "type":
        return Value(tuple(t.about("form") for t in value.taints if t.aspect != "test"))
    if at.name == "len" and not value.taints and (value.yes or value.no):
        return Value((), None, "", value.yes, value.no)
    if value.taints and at.name in ("len",):
        return outcome(value, None, no_facts(value))
    return UNKNOWN


def number(at: At) -> Value:
    """``int(text)``, ``uuid.UUID(text)``, ``ipaddress.IPv4Address(text)``: they raise where the text is none."""
    value = Value(tuple(t for t in at.args.value(0).taints if not t.aspect))
    address = at.name.startswith("ipaddress.")
    kind, detail = ("pattern", "^[0-9./]+$") if address else ("number", "")
    at.s.learn(facts(at.f, value, kind, detail, at.call))
    return named(returned(at.name)) if address else test(at)


def _version(at: At, value: Value) -> Value:
    """``isIP(host)``: where that is false, the host is a name, and no address as it is written."""
    hosts = Value(tuple(t for t in value.taints if t.aspect == "host"))
    which = "literals " + at.name[-1] if at.name[-1] in "46" else "literals"
    no = facts(at.f, hosts, "private-literal", which, at.call)
    found = outcome(value, facts(at.f, value, "pattern", "^[0-9A-Fa-f.:%]+$", at.call), no)
    return Value(found.taints, None, "version" if which == "literals" else "", found.yes, found.no)


def _form(kinds: Value) -> str:
    """Which kinds of syntax are asked for: ``isinstance(node, (ast.Constant, ast.BinOp))``."""
    shape = kinds.shape
    names = [kinds.name] if type(shape) is not Seq else [one.name for one in shape.items]
    return ", ".join(name for name in names if name.startswith(("ast.", "libcst.")))


_SINGLE = frozenset(("str", "bytes", "int", "float", "bool", "dict", "type"))


def _of_kind(value: Value, kinds: Value) -> Value:
    """``[names] if isinstance(names, str) else names``, of names that are known."""
    one = [kinds] if type(kinds.shape) is not Seq else list(kinds.shape.items)
    names = {kind.name for kind in one}
    if value.string is not None and "" not in names:
        return constant("str" in names)
    return constant(False) if type(value.shape) is Seq and names and names <= _SINGLE else UNKNOWN


def private(at: At) -> Value:
    callee = at.call.callee
    if isinstance(callee, Attr) and not _ADMITS.isdisjoint(words(last_name(callee.value))):
        value = subject(at)  # ``this.allowedRanges.check(address)``
        return outcome(value, facts(at.f, value, "host-allowed", "", at.call))
    return refuses_private(at.f, subject(at), at.call)


_ADMITS = frozenset(("allow", "allowed", "allowlist", "permitted", "trusted", "whitelist", "whitelisted"))


def startswith(at: At) -> Value | None:
    if not payload(at.base):
        return outcome(at.base, None, None, *(v for v, _ in at.args.plain)) if at.args.tainted else UNKNOWN
    return starts_with(at.f, at.base, at.args.value(0), at.call, at.s)


def endswith(at: At) -> Value | None:
    if not payload(at.base):
        if at.base.string is None and at.args.tainted is False:
            return UNKNOWN
        return outcome(at.args.value(0))
    return ends_with(at.f, at.base, at.args.value(0), at.call)


def includes(at: At) -> Value:
    callee = at.call.callee
    if not at.args.plain:
        return UNKNOWN
    value, node = at.args.plain[0]
    if at.method == "issubset":  # ``set(text).issubset(ALLOWED)``
        return membership(at.f, at.call, element(at.base), value, callee, node)
    return membership(at.f, at.call, value, at.base, node, callee.value if isinstance(callee, Attr) else callee)


def shared(f: Frame, e: Expr, one: Value, other: Value) -> Value:
    """Whether two have something in common (``REFUSED & set(text)``): what it says where they have nothing."""
    left, right = (one, other) if any(t.aspect != "test" for t in all_taints(one)) else (other, one)
    found = membership(f, e, element(left), right, e, e)
    return Value(found.taints, None, "", None, found.no)


def disjoint(at: At) -> Value:
    """``set(text).isdisjoint(REFUSED)``, ``REFUSED.isdisjoint(text)``"""
    return negated(shared(at.f, at.call, at.base, at.args.value(0)))


def common_items(at: At) -> Value:
    """``set(text).intersection(REFUSED)``"""
    return shared(at.f, at.call, at.base, at.args.value(0))


def owned(at: At) -> Value:
    """``Object.hasOwn(table, key)``"""
    key, table = at.args.value(1), at.args.value(0)
    return membership(at.f, at.call, key, table, at.call, at.call)


def indexof(at: At) -> Value:
    found = includes(at)
    return Value(found.taints, None, "find" if found.taints else "", found.yes, found.no)


def fullmatch(at: At) -> Value:
    return matches(at.f, at.args.value(1, "string"), _flagged(at, 2), at.call, "full")


def match(at: At) -> Value | None:
    """``re.match(pattern, text)``, ``pattern.match(text)``, ``text.match(/pattern/)``."""
    if at.name == "re.match":
        return matches(at.f, at.args.value(1, "string"), _flagged(at, 2), at.call, "begin")
    if payload(at.base):
        return _taken_apart(at, at.base, at.args.value(0))
    if _is_pattern(at.base):
        return matches(at.f, at.args.value(0), at.base, at.call, "begin")
    return None


def executed(at: At) -> Value | None:
    """``/pattern/.exec(text)`` is ``text.match(/pattern/)``."""
    if not _is_pattern(at.base) or not payload(at.args.value(0)):
        return EFFECTS["derived"](at)
    return _taken_apart(at, at.args.value(0), at.base)


def _taken_apart(at: At, text: Value, pattern: Value) -> Value:
    """What a match found: a list of the whole and its groups, which is nothing where there was no match."""
    found = matches(at.f, text, pattern, at.call, "search")
    taken = tuple(t.word("octet") for t in text.taints if t.aspect in ("host", "address"))
    if taken and all(map(octets, _patterns(pattern) or (Pattern(""),))):
        return Value((), Seq((), Value(taken)), "", found.yes, found.no)
    known = parts(at.f, pattern, at.call)
    taints = tuple(t.derived(at.call, known) for t in text.taints if t.aspect != "test")
    return Value(taints, None, "", found.yes, found.no)


def search(at: At) -> Value | None:
    if at.name.startswith("re.") and not _is_pattern(at.base):
        return matches(at.f, at.args.value(1, "string"), _flagged(at, 2), at.call, "search")
    if _is_pattern(at.base):
        return matches(at.f, at.args.value(0), at.base, at.call, "search")
    if payload(at.base):
        return matches(at.f, at.base, at.args.value(0), at.call, "search")
    return None


def testing(at: At) -> Value | None:
    if _is_pattern(at.base):
        how = "full" if at.method == "fullmatch" else "search"
        return matches(at.f, at.args.value(0), at.base, at.call, how)
    return outcome(at.args.value(0)) if at.args.tainted else None


def _is_pattern(value: Value) -> bool:
    return bool(_patterns(value))


def _patterns(value: Value) -> list[Pattern]:
    shape = value.shape
    return [one for one in shape.values if isinstance(one, Pattern)] if type(shape) is Const else []


def compile_(at: At) -> Value:
    pattern = _flagged(at, 1)
    return named("re.Pattern") if pattern.constants is None else Value((), pattern.shape, "re.Pattern")


def _flagged(at: At, position: int) -> Value:
    """The expression that a function of `re` is given, with its flags."""
    pattern, given = at.args.value(0, "pattern"), at.args.at(position, "flags")
    if pattern.string is None or (given is None and at.name != "re.compile"):
        return pattern
    said = set() if given is None else {given[0].name.rpartition(".")[2], *_alternatives(given[1])}
    flags = "".join(flag for flag, names in _FLAGS.items() if said & names)
    return Value((), Const((Pattern(pattern.string, flags),)))


_FLAGS = {"i": {"I", "IGNORECASE"}, "m": {"M", "MULTILINE"}}


def _alternatives(e: Expr) -> set[str]:
    """``re.M | re.I``"""
    return _alternatives(e.left) | _alternatives(e.right) if isinstance(e, Binary) else {last_name(e)}


def regexp(at: At) -> Value:
    text = at.args.value(0).string
    flags = at.args.value(1).string or ""
    return named("RegExp") if text is None else Value((), Const((Pattern(text, flags),)), "RegExp")


def digits(at: At) -> Value | None:
    return outcome(at.base, facts(at.f, at.base, "number", "", at.call)) if payload(at.base) else None


def letters(at: At) -> Value | None:
    """``name.isalnum()``; what was taken out before (``name.replace("-", "").isalnum()``) may stand there as well."""
    if not payload(at.base):
        return None
    besides = _taken_out(at.call.callee)
    if not besides:
        return outcome(at.base, facts(at.f, at.base, "identifier", "", at.call))
    return outcome(at.base, facts(at.f, at.base, "pattern", any_of_these(f"_{besides}", "0-9A-Za-z"), at.call))


def _taken_out(callee: Expr) -> str:
    found = ""
    while isinstance(callee, Attr) and isinstance(callee.value, Call):
        call = callee.value
        callee = call.callee
        old, new = call.positional(0), call.positional(1)
        if isinstance(callee, Attr) and callee.name == "replace" and isinstance(old, Str) and isinstance(new, Str):
            found += "" if old.value in new.value else old.value
    return found


def privacy(at: At) -> Value | None:
    if not payload(at.base):
        return None
    found = refuses_private(at.f, at.base, at.call)
    # A word for the kind of address, which is compared: not whether it is private.
    return Value(found.taints, None, "range", None, found.no) if at.method == "range" else found


def asserted(at: At) -> Value:
    """``assert(path.startsWith(root))``: whatever comes after it holds."""
    at.s.learn(at.args.value(0).yes)
    return UNKNOWN


def anyall(at: At) -> Value:
    given = at.args.value(0)
    if at.name == "all":
        return all_of(given)
    found = any_of(given)
    node = at.args.plain[0][1] if at.args.plain else None
    if found.yes and isinstance(node, Comprehension) and any(all_taints(ev(at.f, c[1], at.s)) for c in node.clauses):
        return Value(found.taints, None, "", None, found.no)  # of one item of a choice, it is not known which
    return found


EFFECTS.update({
    "within": within, "inside": inside, "isabs": isabs, "exists": exists, "test": test, "number": number,
    "private": private, "startswith": startswith, "endswith": endswith, "includes": includes, "indexof": indexof,
    "fullmatch": fullmatch, "match": match, "executed": executed, "search": search, "testing": testing,
    "compile": compile_, "regexp": regexp, "disjoint": disjoint, "intersection": common_items, "digits": digits,
    "letters": letters, "privacy": privacy, "anyall": anyall, "asserted": asserted, "owned": owned,
})  # fmt: skip
