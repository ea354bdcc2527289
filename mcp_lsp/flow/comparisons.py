"""Comparisons and matches: what each says of the choice that is compared, by what the two sides are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Compare, Expr

from .characters import free_of, made_of
from .conditions import chosen_root, facts, filled, negated, outcome, payload
from .guards import Guards, both, guard, kinds
from .links import followed
from .literals import literal, names_private
from .state import WINDOWS, State
from .taints import Taint
from .values import UNKNOWN, Besides, Const, Rec, Seq, Value

if TYPE_CHECKING:
    from .frame import Frame


def compare(f: Frame, e: Compare, left: Value, right: Value) -> Value:
    op = e.op
    if op in ("==", "is"):
        return equal(f, e, left, right)
    if op in ("!=", "is not"):
        return negated(equal(f, e, left, right))
    if op == "in":
        return membership(f, e, left, right, e.left, e.right)
    if op == "not in":
        return negated(membership(f, e, left, right, e.left, e.right))
    if op in ("<", "<=", ">", ">=") and (left.name == "find" or right.name == "find"):
        found = left if left.name == "find" else right
        return Value(found.taints, None, "", found.yes, found.no) if op in (">", ">=") else negated(found)
    asked = left.yes is not None or left.no is not None
    if asked and not payload(left) and (op, right.constants) in ((">", (0,)), (">=", (1,)), ("<", (1,))):
        return left if op != "<" else negated(left)  # ``text.length > 0``
    if op == "<=" and type(right.shape) is Seq and type(left.shape) is Seq:
        return membership(f, e, left.shape.any, right, e.left, e.right)  # ``set(names) <= KNOWN``
    octets = [t for t in left.taints if t.aspect == "octet"]
    if octets and op in (">", ">="):
        no: dict[object, Guards] = {}
        for taint in octets:
            no.update(_range(f, taint, right.constants, e))
        return outcome(left, None, no)
    if left.taints or right.taints:
        return outcome(left, None, None, right)
    return UNKNOWN


def equal(f: Frame, e: Expr, left: Value, right: Value) -> Value:
    if right.taints and not left.taints:
        left, right = right, left
    yes: dict[object, Guards]
    no: dict[object, Guards]
    if not left.taints:
        return _equal_constants(left, right)
    if left.name == "find":
        # ``text.indexOf(x) === -1``
        return negated(Value(left.taints, None, "", left.yes, left.no)) if right.constants == (-1,) else outcome(left)
    if left.name == "version":
        return _of_version(f, e, left, right)
    if payload(right):
        return outcome(left, _bare(f, e, left, right), None, right)
    if all(taint.aspect == "type" for taint in left.taints) and right.string not in _PLAIN:
        return UNKNOWN  # ``typeof one !== "string"``: what is none does not matter
    if left.name == "range":
        # ``ipaddr.parse(ip).range() === "unicast"``
        public = right.string == "unicast"
        return outcome(left, left.no, None) if public else outcome(left, None, left.no)
    constants = None if right.name else right.constants  # ``parsed.hostname or ""``: either of them
    if constants == (0,) and left.no is not None and not payload(left):
        return negated(left)  # ``text.length === 0``
    if constants is not None and all(c is None or c == "" or c is False for c in constants):
        if left.yes is not None or left.no is not None:
            # ``pattern.match(text) is None``, ``reason(url) is None`` where the reason repeats what was refused
            return outcome(left, left.no, left.yes)
        yes = {}
        for taint in left.taints:
            if taint.aspect == "relative":
                yes.update(facts(f, Value((taint,)), "confined", "", e))  # no way to go from the root: it is the root
            elif not taint.aspect and not taint.before and not taint.after:
                yes.update(facts(f, Value((taint,)), "empty", "", e))
        return outcome(left, yes, filled(left) if constants == ("",) else None)
    if constants is not None and len(constants) == 1 and type(constants[0]) is bool and not payload(left):
        # ``is_allowed(path) == True``
        return Value(left.taints, None, "", left.yes, left.no) if constants[0] else negated(left)
    yes, no = {}, {}
    for taint in left.taints:
        one = Value((taint,))
        aspect = taint.aspect
        if aspect == "common":
            yes.update(confined(f, one, e))
        elif aspect == "charcommon":
            yes.update(facts(f, one, "prefix", "", e))
        elif aspect in ("host", "address"):
            yes.update(facts(f, one, "host-allowed", literal(right), e))
            if names_private(right):
                refused = "private-refused" if aspect == "address" else "private-literal"
                no.update(facts(f, one, refused, literal(right), e))
        elif aspect == "octet":
            no.update(_range(f, taint, constants, e))
        elif aspect == "type":
            yes.update(facts(f, one, "number", "", e))
        elif aspect == "relative" and right.string == "..":  # ``path.relative(root, file).split(sep)[0] === ".."``
            no.update(dict.fromkeys(taint.split, guard("confined", followed(taint), f.spot(e))))
        elif aspect == "scheme":
            yes.update(facts(f, one, "scheme", literal(right), e))
        elif aspect == "first":
            if literal(right) == "-":
                no.update(_of_whole(f, taint, "not-option", "", e))
            yes.update(facts(f, one, "choices", literal(right), e))
            yes.update(_of_whole(f, taint, "first", literal(right), e))
        elif aspect in ("", "url"):
            if constants is None or any(isinstance(c, str) for c in constants) or right.shape is None:
                yes.update(facts(f, one, "choices", literal(right), e))
                if "resolved" in kinds(taint.guards):  # it, or its folder, is the root
                    for key, found in facts(f, one, "confined", followed(taint), e).items():
                        yes[key] = both(yes[key], found) if key in yes else found
            no.update(_dots(f, taint, frozenset((right.string,)), e))
    return outcome(left, yes, no, right)


def _dots(f: Frame, taint: Taint, texts: frozenset[object], node: Expr) -> dict[object, Guards]:
    """What is known of something that is none of these texts, where dots are among them."""
    no = facts(f, Value((taint,)), "not-dots", "", node) if "." in texts or ".." in texts else {}
    if ".." in texts:  # said of each of its segments
        no.update(dict.fromkeys(taint.split, guard("no-dotdot", "", f.spot(node))))
    if "" in texts:
        _add(no, filled(Value((taint,))) or {})
    return no


def _of_version(f: Frame, e: Expr, left: Value, right: Value) -> Value:
    """``isIP(host) === 4``: where that is false, no such address is written there."""
    if right.constants == (0,):
        return negated(Value(left.taints, None, "", left.yes, left.no))
    which = f"literals {right.constants[0]}" if right.constants in ((4,), (6,)) else ""
    no = {key: guard("private-literal", which, f.spot(e)) for key in left.no or ()} if which else None
    return outcome(left, left.yes if which else None, no)


_PLAIN = ("number", "boolean", "bigint", "undefined")


def _bare(f: Frame, e: Expr, left: Value, right: Value) -> dict[object, Guards]:
    """``path.basename(name) === name``: there is no folder in it."""
    found: dict[object, Guards] = {}
    for one, other in ((left, right), (right, left)):
        for taint in one.taints:
            if "basename" in kinds(taint.guards):
                same = tuple(t for t in other.taints if (t.origin, t.path) == (taint.origin, taint.path))
                found.update(facts(f, Value(same), "basename", "", e))
    return found


def _range(f: Frame, taint: Taint, numbers: tuple[object, ...] | None, node: Expr) -> dict[object, Guards]:
    """``octets[0] === 10``: where that is false, the address is in none of those ranges."""
    ranges = ", ".join(f"{number}." for number in numbers or () if str(number).isdigit())
    return dict.fromkeys(taint.split, guard("private-literal", ranges, f.spot(node))) if ranges else {}


_PLATFORM = frozenset(("process.platform", "os.platform", "sys.platform", "os.name", "platform.system"))


def _equal_constants(left: Value, right: Value) -> Value:
    if left.name in _PLATFORM or right.name in _PLATFORM:
        named = (right if left.name in _PLATFORM else left).string
        return _ON_WINDOWS if named in ("win32", "nt", "Windows") else _EITHER
    a, b = left.constants, right.constants
    if a is not None and b is not None and not left.name and not right.name:
        if len(a) == 1 and len(b) == 1:
            return Value((), Const((_same(a[0], b[0]),)))
        if not any(_same(x, y) for x in a for y in b):
            return Value((), Const((False,)))
    for shape, others in ((left.shape, b), (right.shape, a)):
        if type(shape) is Besides and others and all(v in shape.values for v in others):
            return Value((), Const((False,)))
    if (left.yes is not None or left.no is not None) and b is not None and all(v is None or v in ("", 0) for v in b):
        return Value((), None, "", left.no, left.yes)
    if (left.yes is not None or left.no is not None) and b == ((-1,) if left.name == "find" else (0,)):
        return negated(Value(left.taints, None, "", left.yes, left.no))  # ``roots.filter(inside).length === 0``
    if left.yes is not None or left.no is not None:
        return (
            Value(left.taints, None, "", left.yes, left.no)
            if b == (True,)
            else negated(left)
            if b == (False,)
            else UNKNOWN
        )
    return UNKNOWN


_EITHER = Value((), Const((True, False)))
_ON_WINDOWS = Value((), Const((True, False)), WINDOWS)


def _same(a: object, b: object) -> bool:
    return a == b and (type(a) is bool) == (type(b) is bool)


def membership(f: Frame, e: Expr, left: Value, right: Value, left_node: Expr, right_node: Expr) -> Value:
    """``left in right``, ``right.includes(left)``, ``right.has(left)``."""
    if payload(right):
        return _contains(f, e, left, right)
    if not left.taints and (folders := _with_parents(right)):
        return _contains(f, e, left, Value(folders))
    if not left.taints:
        return _of_segments(f, e, left, right) or _member_constants(left, right)
    if left.name == "range":
        allowed = "unicast" in literal(right)
        return outcome(left, left.no, None) if allowed else outcome(left, None, left.no)
    yes: dict[object, Guards] = {}
    no: dict[object, Guards] = {}
    detail = literal(right)
    made = made_of(right)
    if "-" in (right.string or _texts(right)):
        for taint in left.taints:
            if taint.aspect == "first":
                no.update(_of_whole(f, taint, "not-option", "", e))
    if right.string is not None and (made is None or any(taint.aspect for taint in left.taints)):
        return outcome(left, None, no)
    for taint in left.taints:
        one = Value((taint,))
        aspect = taint.aspect
        if aspect in ("host", "address"):
            yes.update(facts(f, one, "host-allowed", detail, e))
            if aspect == "address":
                no.update(facts(f, one, "private-refused", detail, e))
            elif names_private(right):
                no.update(facts(f, one, "private-literal", detail, e))
        elif aspect == "scheme":
            yes.update(facts(f, one, "scheme", detail, e))
        elif aspect == "form":
            yes.update(facts(f, one, "form", _names(right), e))
        elif aspect == "first":
            yes.update(facts(f, one, "choices", detail, e))
            yes.update(_of_whole(f, taint, "first", detail, e))
        elif aspect in ("", "url"):
            yes.update(facts(f, one, *(made or ("choices", detail)), e))
            if detail and right.string is None:
                no.update(facts(f, one, "denied", detail, e))
            for character in free_of(right):
                _add(no, facts(f, one, "excludes", character, e))
            _add(no, _dots(f, taint, _texts(right), e))
            if "resolved" in kinds(taint.guards):  # ``part in (".ssh", ".aws")``, said of each part of a path
                no.update(dict.fromkeys(taint.split, guard("outside", detail, f.spot(e))))
    return outcome(left, yes, no, right)


def _texts(several: Value) -> frozenset[object]:
    """The texts that are written out in a list or a set."""
    return frozenset(one.string for one in several.shape.items) if type(several.shape) is Seq else frozenset()


def _names(kinds: Value) -> str:
    return ", ".join(one.name for one in kinds.shape.items) if type(kinds.shape) is Seq else "?"


def _of_segments(f: Frame, e: Expr, left: Value, right: Value) -> Value | None:
    """``".." in path.split("/")``: where that is false, ``..`` stands nowhere in the path."""
    shape = right.shape
    if right.name != "words" or type(shape) is not Seq or shape.rest is None or left.string != "..":
        return None
    no: dict[object, Guards] = {}
    for taint in shape.rest.taints:
        kind, detail = ("confined", followed(taint)) if taint.aspect == "relative" else ("no-dotdot", "")
        no.update(dict.fromkeys(taint.split, guard(kind, detail, f.spot(e))))
    return outcome(shape.rest, None, no)


def _member_constants(left: Value, right: Value) -> Value:
    a, shape = left.constants, right.shape
    if a is not None and len(a) == 1 and not left.name and not right.taints:
        if type(shape) is Seq and shape.rest is None and all(i.constants is not None for i in shape.items):
            found = [any(_same(a[0], c) for c in i.constants or ()) for i in shape.items]
            if all(len(i.constants or ()) == 1 for i in shape.items):
                return Value((), Const((any(found),)))
        if type(shape) is Rec and shape.rest is None and type(a[0]) is str:
            return UNKNOWN if a[0] in shape.perhaps else Value((), Const((a[0] in shape.fields,)))
    return UNKNOWN


def _contains(f: Frame, e: Expr, part: Value, whole: Value) -> Value:
    """``";" in command``: where it is false, that does not stand in it. ``root in path.parents``."""
    yes: dict[object, Guards] = {}
    no: dict[object, Guards] = {}
    for taint in whole.taints:
        one = Value((taint,))
        if taint.aspect == "parents":
            if not payload(part):
                yes.update(confined(f, one, e))
                no.update(outside(f, one, part, e))
            continue
        if payload(part) or taint.aspect not in ("", "relative", "host", "url", "first"):
            continue
        for text in part.constants or ():
            if isinstance(text, str):
                _add(no, facts(f, one, "no-dotdot" if text == ".." else "excludes", text, e))
    return outcome(whole, yes, no, part)


def _with_parents(several: Value) -> tuple[Taint, ...]:
    """``root in (path, *path.parents)``: the folders of a path, where nothing but a choice stands beside them."""
    shape = several.shape
    parts = (*shape.items, *filter(None, (shape.rest,))) if type(shape) is Seq else ()
    if not all(part.taints for part in parts):
        return ()
    return tuple(taint for part in parts for taint in part.taints if taint.aspect == "parents")


def _add(known: dict[object, Guards], more: dict[object, Guards]) -> None:
    for key, guards in more.items():
        known[key] = both(known[key], guards) if key in known else guards


def _of_whole(f: Frame, taint: Taint, kind: str, detail: str, node: Expr) -> dict[object, Guards]:
    """What a test of the first word or character says of the text it begins."""
    return {taint.ids[-2]: guard(kind, detail, f.spot(node))} if len(taint.ids) > 1 else {}


def confined(f: Frame, value: Value, node: Expr) -> dict[object, Guards]:
    """Found to be inside a root: that confines it where it was resolved before, and is a bare prefix otherwise."""
    found: dict[object, Guards] = {}
    for taint in value.taints:
        resolved = "resolved" in kinds(taint.guards)
        # path.relative and commonpath work on whole segments, and a relative path is made absolute by both.
        kind = "confined" if resolved or taint.aspect in ("relative",) else "inside-unresolved"
        found.update(facts(f, Value((taint,)), kind, followed(taint) if kind == "confined" else "", node))
    return found


def outside(f: Frame, value: Value, folder: Value, node: Expr) -> dict[object, Guards]:
    """Found not to be inside a folder, resolved before: one that the author wants to keep from being read."""
    found: dict[object, Guards] = {}
    for taint in value.taints:
        if "resolved" in kinds(taint.guards):
            found.update(facts(f, Value((taint,)), "outside", literal(folder), node))
    return found


def starts_with(f: Frame, value: Value, prefix: Value, node: Expr, s: State) -> Value:
    yes: dict[object, Guards] = {}
    no: dict[object, Guards] = {}
    if chosen_root(prefix, s):
        return outcome(value, None, None, prefix)
    shape = prefix.shape
    options = [prefix] if type(shape) is not Seq else list(shape.items) if shape.rest is None else [shape.any]
    texts = [o.string for o in options]
    for taint in value.taints:
        one = Value((taint,))
        aspect = taint.aspect
        if aspect == "relative":
            if ".." in texts or any(t is not None and t.startswith("..") for t in texts):
                no.update(facts(f, one, "confined", followed(taint), node))
            continue
        if aspect in ("host", "address"):
            if any(names_private(o) for o in options):
                no.update(
                    facts(
                        f, one, "private-refused" if aspect == "address" else "private-literal", literal(prefix), node
                    )
                )
            continue
        if aspect == "scheme":
            yes.update(facts(f, one, "scheme", literal(prefix), node))
            continue
        if aspect not in ("", "url", "first"):
            continue
        if "-" in texts:
            no.update(facts(f, one, "not-option", "", node))
        elif "--" in texts:
            no.update(facts(f, one, "excludes", "re:^--", node))  # ``-o`` is one as well
        elif any(t is not None and t in ("/", "\\", "~") for t in texts):
            no.update(facts(f, one, "excludes", "^" + literal(prefix), node))
            if "resolved" not in kinds(taint.guards) and all(o.string == "/" and not o.tail for o in options):
                yes.update(facts(f, one, "rooted", "", node))
        elif texts and all(t is not None and len(t.rstrip("/\\")) == 2 and t[1] == ":" for t in texts):
            continue  # any path of a drive
        elif any(t is not None and t.startswith("..") for t in texts):
            # ``a/../..`` only begins so once it is normalised.
            plain = not {"resolved", "normalised"} & kinds(taint.guards)
            no.update(facts(f, one, "excludes" if plain else "no-dotdot", "^" + literal(prefix) if plain else "", node))
        else:
            ends = all(
                (t is not None and t.endswith(("/", "\\"))) or o.tail for t, o in zip(texts, options, strict=True)
            )
            known = ", ".join(t for t in texts if t is not None)
            no.update(outside(f, one, prefix, node))
            if "://" in known:
                yes.update(facts(f, one, "prefix", known, node))
            elif ends and "resolved" in kinds(taint.guards):
                yes.update(facts(f, one, "confined", followed(taint), node))
            else:
                yes.update(facts(f, one, "prefix", known, node))
    return outcome(value, yes, no, prefix)


def ends_with(f: Frame, value: Value, suffix: Value, node: Expr) -> Value:
    yes: dict[object, Guards] = {}
    if not payload(suffix):
        for taint in value.taints:
            if taint.aspect == "host":
                dotted = (
                    all(part.strip().startswith(".") for part in literal(suffix).split(",")) or suffix.string is None
                )
                yes.update(facts(f, Value((taint,)), "host-allowed" if dotted else "suffix", literal(suffix), node))
            elif not taint.aspect:
                yes.update(facts(f, Value((taint,)), "suffix", literal(suffix), node))
    return outcome(value, yes, None, suffix)


def refuses_private(f: Frame, value: Value, node: Expr, when_true: bool = True) -> Value:
    """``ip.is_private``: false means a public address (of the name itself, where that was not resolved before)."""
    found: dict[object, Guards] = {}
    for taint in value.taints:
        kind = "private-refused" if taint.aspect == "address" else "private-literal"
        if taint.aspect not in ("address", "host"):
            kind = "misread"  # it is asked of the whole URL, of which it is never true
        found.update(facts(f, Value((taint,)), kind, "", node))
    return outcome(value, None, found) if when_true else outcome(value, found, None)
