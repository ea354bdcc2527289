"""Functions and methods that take text apart and put it together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Arg, Attr, Call, Name, Str
from mcp_lsp_analyzers.pattern import written

from .calls import called_with
from .conditions import payload
from .effects import subject
from .evaluate import EFFECTS, ev
from .guards import FREE, Fact, Guards, both, guard, kinds
from .joining import concatenated, formatted
from .patterns import Pattern
from .state import WINDOWS
from .taints import HOLE, Taint, merged
from .values import UNKNOWN, Func, Seq, Value, all_taints, constant

if TYPE_CHECKING:
    from .calls import At


def words(at: At) -> Value:
    value, by = subject(at), at.args.value(0)
    how_often = len(at.args.plain) > 1
    if at.name.startswith("re.Pattern."):
        value, by = at.args.value(0, "string"), at.base
    elif at.name == "re.split":
        value, by, how_often = at.args.value(1, "string"), at.args.value(0, "pattern"), len(at.args.plain) > 2
        by = by if by.string is None else constant(Pattern(by.string))
    kind = "segment" if _separates(by) else "word"
    between = "" if how_often else _between(by)
    taints = tuple(t.word(kind, between) for t in value.taints if t.aspect != "test")
    if not taints:
        return UNKNOWN
    octets = tuple(t.word("octet") for t in value.taints if t.aspect in ("host", "address"))
    if octets and by.string == ".":
        return Value((), Seq((Value(octets),), Value(taints)), "words")
    if octets and by.string == "%":  # ``fe80::1%eth0``: in front of the name of an interface stands the address
        address = tuple(t.same_as(at.call) for t in value.taints if t.aspect in ("host", "address"))
        return Value((), Seq((Value(address),), Value(taints)), "words")
    first = {t.before.lstrip().partition(" ")[0] if (" " in t.before.strip() + " " and t.before.endswith(" ")) or
             " " in t.before.strip() else "" for t in value.taints}  # fmt: skip
    known = first.pop() if len(first) == 1 else ""
    # "kubectl get " + name: the program is fixed, any word behind it may be the model's.
    items = (constant(known),) if known and HOLE not in known else ()
    if not items and _at_spaces(at, by):
        heads = tuple(t.head() for t in value.taints if t.aspect == "" and not t.before)
        items = (Value(heads),) if heads else ()
    bare = kind == "segment" and by.string != "\\" and (not how_often or at.method == "rsplit")
    return Value((), Seq(items, Value(taints)), "words", None, None, "/" if bare else "")


def last_apart(at: At) -> Value | None:
    """``path.rpartition("/")``: what stands before the last of these, that, and what stands behind it."""
    by = at.args.value(0)
    value = EFFECTS["derived"](at)
    if value is None or not value.taints or by.string is None:
        return value
    fact = guard("basename", "", at.f.spot(at.call)) if by.string == "/" else FREE
    last = tuple(t.derived(at.call, fact, False) for t in at.base.taints if t.aspect != "test")
    return Value((), Seq((value, by, Value(last))))


def _between(by: Value) -> str:
    """An expression of what stands between the words; "": that is not known, or among them as well."""
    one = by.constants[0] if by.constants and len(by.constants) == 1 else None
    if isinstance(one, Pattern):
        return "" if "(" in one.pattern else one.pattern
    return re.escape(one) if isinstance(one, str) else ""


def _at_spaces(at: At, by: Value) -> bool:
    """``shlex.split(line)``, ``line.split()``, ``line.split(/\\s+/)``"""
    if at.method == "splitlines":
        return False
    one = by.constants[0] if by.constants and len(by.constants) == 1 else None
    return one is None or (
        one.isspace() if isinstance(one, str) else isinstance(one, Pattern) and one.pattern[:2] == "\\s"
    )


def _separates(by: Value) -> bool:
    """``path.split("/")``, ``path.split(/[\\/]+/)``"""
    one = by.constants[0] if by.constants and len(by.constants) == 1 else None
    return one in ("/", "\\") or (isinstance(one, Pattern) and set(one.pattern) & {"/"} != set())


def replace(at: At) -> Value | None:
    """``re.sub(r"[^\\w]", "", text)``, ``text.replace(/[^a-z]/g, "")``: what is left matches the complement."""
    if at.name.startswith("re.Pattern."):
        pattern, new, value = at.base, at.args.value(0, "repl"), at.args.value(1, "string")
    elif at.name.startswith("re."):
        pattern, new, value = at.args.value(0, "pattern"), at.args.value(1, "repl"), at.args.value(2, "string")
    else:
        pattern, new, value = at.args.value(0), at.args.value(1), at.base
    made = called_with(at, new, [UNKNOWN], at.call) if type(new.shape) is Func else None
    new = made or new  # ``re.sub(pattern, lambda match: names[match[1]], text)``
    if not payload(value):
        before, after = _around(value.string, pattern.string if not at.name.startswith("re.") else None)
        taints = tuple(t.within(at.call, before, after) for t in all_taints(new) if t.aspect != "test")
        if taints:
            return Value(taints)
        return Value((), None, value.name) if not at.name.startswith("re.") else UNKNOWN
    regex = pattern.constants[0] if pattern.constants and len(pattern.constants) == 1 else None
    everywhere = (
        at.name.startswith("re.") or (isinstance(regex, Pattern) and "g" in regex.flags) or at.method == "replaceAll"
    )
    if at.name.startswith("re.") and isinstance(regex, str):
        regex = Pattern(regex)
    found: Guards | None = None
    if everywhere or (not at.name.startswith("re.") and at.f.run.language == "python"):
        text = regex.pattern if isinstance(regex, Pattern) else regex
        if text == "\\\\" and isinstance(regex, Pattern):
            text = "\\"
        if text == "'" and new.string in _OUT_AND_IN:
            found = guard("quoted", "inside", at.f.spot(at.call))
        elif text == '"' and new.string in ('""', '\\"') and _on_windows(at):
            found = guard("quoted", "windows", at.f.spot(at.call))
        elif isinstance(text, str) and text in _QUOTES and new.string == text * 2:
            found = guard("doubled", text, at.f.spot(at.call))
        elif text == "\\" and new.string == "\\\\":
            found = guard("backslashes", "", at.f.spot(at.call))
        elif text in _QUOTES[:3] and new.string == f"\\{text}" and _doubled_backslashes(value):
            found = guard("in-quotes", text, at.f.spot(at.call))
        elif isinstance(text, str) and text and type(regex) is str and _gone(text, new.string):
            found = guard("no-dotdot" if text == ".." else "excludes", text, at.f.spot(at.call))
            if not text.strip("_-. \\"):  # ``name.replace("-", "").isalnum()`` speaks of the name as well
                return Value(tuple(t.same_as(at.call, found) for t in value.taints if t.aspect != "test"))
    if isinstance(regex, Pattern) and everywhere:
        inner = regex.pattern.rstrip("+*")
        if inner.startswith("[^") and inner.endswith("]") and inner.count("[") == 1 and new.string is not None:
            case = "(?i)" if "i" in regex.flags else ""
            extra = "".join("\\" + c for c in new.string if not c.isalnum())
            found = guard("pattern", f"{case}^[{extra}{inner[2:-1]}]*$", at.f.spot(at.call))
        elif (
            new.string in ("\\\\$&", "\\$&", "\\\\\\g<0>", "\\\\$1") and "+" in inner and ("*" in inner or "(" in inner)
        ):
            # Without brackets nothing repeats what repeats: wildcards may become ``.*`` afterwards.
            found = guard("literal", "", at.f.spot(at.call))
        elif inner.startswith("[") and new.string in ("\\$&", "\\\\$&", "\\\\\\g<0>"):
            for quote in _QUOTES[:3]:
                if quote in inner and "\\\\" in inner:
                    fact = guard("in-quotes", quote, at.f.spot(at.call))
                    found = fact if found is None else both(found, fact)
            if _escapes_for_a_shell(regex):
                fact = guard("quoted", "escaped", at.f.spot(at.call))
                found = fact if found is None else both(found, fact)
        elif inner.startswith("[") and inner.endswith("]") and inner.count("[") == 1:
            found = guard("excludes", f"re:{inner}", at.f.spot(at.call))
    if found is None and isinstance(regex, Pattern) and new.string == "" and _climbs(regex):
        dots = guard("no-dotdot", "", at.f.spot(at.call))
        return Value(
            tuple(t.derived(at.call, dots) if _normalised(t) else t.same_as(at.call) for t in value.taints if
                  t.aspect != "test")
        )  # fmt: skip
    if found is None and isinstance(regex, Pattern) and new.string == "" and _strips_dashes(regex):
        found = guard("not-option", "", at.f.spot(at.call))
    taints = tuple(
        t.derived(at.call, found) if found else t.same_as(at.call) for t in value.taints if t.aspect != "test"
    )
    return Value(merged(taints, tuple(t.within(at.call, HOLE, True) for t in all_taints(new) if t.aspect != "test")))


def _around(text: str | None, part: str | None) -> tuple[str, bool]:
    """What stands before a part of a text that is replaced, and whether something stands behind it."""
    if text is None or not part or part not in text:
        return HOLE, True
    before, _, behind = text.partition(part)
    return before, bool(behind)


def _on_windows(at: At) -> bool:
    known = at.s.vars.get(WINDOWS)
    return known is not None and known.constants == (True,)


def _gone(text: str, new: str | None) -> bool:
    """Whether a text stands nowhere once it was replaced everywhere: ``../`` may be put together of what is left."""
    return new is not None and len(set(text)) == 1 and text[0] not in new


def _escapes_for_a_shell(regex: Pattern) -> bool:
    """``/[\\s;|&$`<>()'"\\\\]/g``: whether each character that a shell acts on matches by itself, so that a backslash
    is put in front of it."""
    expression = written(regex.pattern)
    if expression is None:
        return False
    found = [expression.match(one * 2) for one in " \n\t;|&$`<>()'\"\\"]
    return all(match is not None and match.end() == 1 for match in found)


def _climbs(regex: Pattern) -> bool:
    """``/^(\\.\\.[\\/\\\\])+/``: whether replacing it takes away whatever leads upwards at the beginning."""
    expression = written(regex.pattern)
    return expression is not None and expression.sub("", "../../a", count="g" not in regex.flags) == "a"


def _strips_dashes(regex: Pattern) -> bool:
    """``/^-+/``: whether replacing it takes all dashes away at the beginning."""
    expression = written(regex.pattern)
    return expression is not None and expression.sub("", "--a", count="g" not in regex.flags) == "a"


def _normalised(taint: Taint) -> bool:
    """Whether ``..`` can only stand at its beginning."""
    return any(fact[0] in ("resolved", "normalised") and fact[1] == "path.normalize" for way in taint.guards for fact in
               way)  # fmt: skip


def _doubled_backslashes(value: Value) -> bool:
    """Whether that was done before quotes are written with one: else a backslash in front of a quote undoes that."""
    return all("backslashes" in kinds(taint.guards) for taint in value.taints if taint.aspect != "test")


_QUOTES = ('"', "'", "`", "]")
_OUT_AND_IN = ("'\\''", "'\"'\"'", "'\\\\''")
"""How a single quote is written inside single quotes of a POSIX shell."""


def format_(at: At) -> Value | None:
    if not at.args.tainted and not at.base.taints:
        return UNKNOWN
    values = Value((), Seq(tuple(v for v, _ in at.args.plain), at.args.rest[0] if at.args.rest else None))
    text = at.base.string
    if text is None or at.args.keys or at.args.more:
        taints: tuple[Taint, ...] = ()
        template = text or ""
        for name, (value, _) in at.args.keys.items():
            before, _, behind = template.partition("{" + name)
            known = bool(behind) or ("{" + name) in template
            for t in all_taints(value):
                rest = behind.partition("}")[2] if known else HOLE
                taints = merged(taints, (t.within(at.call, before if known else HOLE, bool(rest)),))
        for value in (values, at.base, *([at.args.more[0]] if at.args.more else [])):
            taints = merged(
                taints,
                tuple(t.within(at.call, text.partition("{")[0] if text else HOLE, True) for t in all_taints(value)),
            )
        return Value(taints)
    pieces = _braces(text)
    return formatted(at.f, at.call, constant("%s".join(p.replace("%", "%%") for p in pieces)), values)


def _braces(text: str) -> list[str]:
    pieces, current, i = [], "", 0
    while i < len(text):
        c = text[i]
        if text[i : i + 2] in ("{{", "}}"):
            current += c
            i += 2
        elif c == "{":
            end = text.find("}", i)
            if end < 0:
                break
            pieces.append(current)
            current = ""
            i = end + 1
        else:
            current += c
            i += 1
    pieces.append(current + text[i:] if i < len(text) else current)
    return pieces


def join(at: At) -> Value | None:
    """``" ".join(words)`` and ``words.join(" ")``."""
    replacing = _replacing(at)
    if replacing is not None:
        return ev(at.f, replacing, at.s)
    if at.f.run.language == "python":
        words_, separator = at.args.value(0), at.base
    else:
        words_, separator = at.base, at.args.value(0)
    shape = words_.shape
    if not words_.taints and not (type(shape) is Seq and all_taints(words_)):
        if type(shape) is Seq and shape.rest is None and all(i.string is not None for i in shape.items):
            return constant((separator.string or "").join(i.string or "" for i in shape.items))
        return UNKNOWN if type(shape) is Seq or at.f.run.language == "python" else None
    found: tuple[Taint, ...] = tuple(t.derived(at.call) for t in words_.taints if t.aspect != "test")
    if type(shape) is Seq:
        parts: list[tuple[Name, Value]] = []
        node = Name(at.call.start, at.call.end, "")
        for i, one in enumerate(shape.items):
            if i:
                parts.append((node, separator))
            parts.append((node, one))
        if shape.rest is not None:
            if parts:
                parts.append((node, separator))
            parts.append((node, shape.rest))
            parts.append((node, UNKNOWN))
        found = merged(found, concatenated(at.f, at.call, list(parts)).taints)
        if "/" in (separator.string or "") and (shape.rest is not None or len(shape.items) > 1):
            found = tuple(taint.under(tuple(map(_of_segments, taint.guards))) for taint in found)
    return Value(found)


def _replacing(at: At) -> Call | None:
    """``text.split("'").join("''")``: each quote is replaced."""
    callee, given = at.call.callee, at.call.args
    if not isinstance(callee, Attr) or len(given) != 1:
        return None
    python = at.f.run.language == "python"
    words_, between = (given[0].value, callee.value) if python else (callee.value, given[0].value)
    if not isinstance(words_, Call) or not isinstance(words_.callee, Attr) or not isinstance(between, Str):
        return None
    split = words_.callee
    old = words_.args[0].value if split.name == "split" and len(words_.args) == 1 else None
    if not isinstance(old, Str) or old.value not in (*_QUOTES, "\\"):
        return None
    method = Attr(split.start, split.end, split.value, "replace" if python else "replaceAll", split.name_start)
    return Call(at.call.start, at.call.end, method, [words_.args[0], Arg(between.start, between.end, between)])


def _of_segments(way: frozenset[Fact]) -> frozenset[Fact]:
    """Each of some segments is encoded: there are slashes between them, and any may be ``..``."""
    if not any(fact[:2] == ("encoded", "segment") for fact in way):
        return way
    return frozenset((kind, "segments" if kind == "encoded" else detail, spot) for kind, detail, spot in way)


def unparsed(at: At) -> Value | None:
    """``urlunparse((parts.scheme, parts.netloc, path, "", "", ""))``: an address, its parts in this order."""
    shape = at.args.value(0).shape
    if type(shape) is not Seq or len(shape.items) not in (5, 6):
        return EFFECTS["same"](at)
    scheme, host, path, *_ = shape.items
    query, fragment = shape.items[-2:]
    slash = constant("" if (path.string or "").startswith("/") else "/")
    parts = [scheme, constant("://"), host, slash, path, *shape.items[3:-2]]
    for mark, part in (("?", query), ("#", fragment)):
        parts += [] if part.string == "" else [constant(mark), part]
    return concatenated(at.f, at.call, [(at.call, part) for part in parts])


EFFECTS.update({
    "words": words, "replace": replace, "format": format_, "join": join, "unparsed": unparsed, "rpartition": last_apart,
})  # fmt: skip
