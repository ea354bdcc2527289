"""What calls of known functions and methods do with the choices they are given; `library` says which does what."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Optional

from mcp_lsp_analyzers.code import Attr, Name

from . import conditions
from .assignments import changed
from .conditions import facts, payload, tested
from .expressions import concatenated, formatted, path_joined
from .library import returned
from .members import element, entry, item, put
from .patterns import Pattern
from .values import (
    UNKNOWN, Cls, Const, Func, Guards, Obj, Rec, Seq, Taint, Value, all_taints, constant, guard, joined, merged, named,
)  # fmt: skip

if TYPE_CHECKING:
    from .calls import At

Effect = Callable[["At"], Optional[Value]]


def _subject(at: At) -> Value:
    """What a function or method works on: its receiver where that holds a choice, else its first argument."""
    if at.base.taints or (at.base.shape is not None and type(at.base.shape) is not Obj):
        return at.base
    return at.args.value(0) if at.args.plain or at.args.rest else next((v for v, _ in at.args.keys.values()), UNKNOWN)


def _kept(at: At) -> str:
    return returned(at.name) if at.name.startswith("pathlib.") else ""


def same(at: At) -> Value:
    value = _subject(at)
    if not value.taints:
        return Value((), value.shape, _kept(at) or value.name, None, None, value.tail)
    call = at.call
    return Value(tuple(t.same_as(call) if t.aspect != "test" else t for t in value.taints), value.shape, _kept(at))


_CLOSED_SCHEMAS = (
    ".number", ".boolean", ".enum", ".nativeEnum", ".literal", ".uuid", ".date", ".bigint", ".int", ".datetime",
)  # fmt: skip


def syntax(at: At) -> Value:
    """``ast.parse(code)``: whoever takes code apart before running it looks at what is in it."""
    value = at.args.value(0)
    at.s.learn(facts(at.f, value, "checked", at.name, at.call))
    return Value(tuple(t.about("syntax") for t in value.taints if t.aspect != "test"))


def parsed(at: At) -> Value | None:
    """``schema.parse(arguments)``: what the schema lists, without what it closes; ``Model.model_validate(arguments)``."""
    value = at.args.value(0)
    if not all_taints(value):
        return None
    schema = at.base.shape
    if type(schema) is Rec and at.base.name.startswith("zod"):
        fields: dict[str, Value] = {}
        for name, one in schema.fields.items():
            if any(word in one.name for word in _CLOSED_SCHEMAS):
                fields[name] = UNKNOWN
            else:
                fields[name] = entry(at.f, value, constant(name), at.call)
        value = Value((), Rec(fields))
    elif type(schema) is Cls:
        value = Value(value.taints, Obj(schema.cls, schema.scope, {}))
    if at.method.startswith("safeParse"):
        return Value((), Rec({"data": value, "success": UNKNOWN, "error": UNKNOWN}))
    return value


def derived(at: At) -> Value:
    value = _subject(at)
    taints: tuple[Taint, ...] = ()
    for one in (value, *(v for v, _ in at.args.plain)):
        taints = merged(taints, tuple(t.derived(at.call) for t in all_taints(one) if t.aspect != "test"))
    return Value(taints, None, _kept(at)) if taints else named(_kept(at)) if _kept(at) else UNKNOWN


def with_guard(at: At, kind: str, same_thing: bool, detail: str = "") -> Value:
    value = _subject(at)
    if not value.taints:
        return Value((), value.shape if type(value.shape) is Const else None, _kept(at), None, None, value.tail)
    fact = guard(kind, detail, at.f.spot(at.call))
    taints = tuple(
        t.same_as(at.call, fact) if same_thing else t.derived(at.call, fact, kind != "basename")
        for t in value.taints
        if t.aspect != "test"
    )
    return Value(taints, None, _kept(at))


def folder(at: At) -> Value:
    value = _subject(at)
    return Value(tuple(t.folder(at.call) for t in value.taints if t.aspect != "test"), None, _kept(at))


def resolve(at: At) -> Value:
    return with_guard(at, "resolved", True, at.name)


def basename(at: At) -> Value:
    return with_guard(at, "basename", False)


def quote(at: At) -> Value:
    value = _subject(at)
    if type(value.shape) is Seq:
        fact = guard("quoted", "", at.f.spot(at.call))
        return Value(tuple(t.derived(at.call, fact) for t in all_taints(value)))
    return with_guard(at, "quoted", False)


def encode(at: At) -> Value:
    return with_guard(at, "encoded", False)


def escape(at: At) -> Value:
    return with_guard(at, "escaped", False)


def identifier(at: At) -> Value:
    return with_guard(at, "identifier", False)


def about(at: At, aspect: str) -> Value:
    value = _subject(at)
    return Value(tuple(t.about(aspect) for t in value.taints if t.aspect != "test"))


def url(at: At) -> Value:
    """A URL taken apart; ``new URL(path, base)`` keeps the base's host only for what does not name one itself."""
    return Value(about(at, "url").taints)


def address(at: At) -> Value:
    value = at.args.value(0, "host")
    found = Value(tuple(t.about("address") for t in value.taints if t.aspect != "test"))
    # ``dns.lookup(host, (error, address) => …)``
    from .calls import called_with

    for callback, node in at.args.plain[1:]:
        if type(callback.shape) is Func:
            called_with(at, callback, [UNKNOWN, found], node)
    return found


def extension(at: At) -> Value:
    return about(at, "extension")


def words(at: At) -> Value:
    value = _subject(at)
    taints = tuple(t.free_standing(at.call) for t in value.taints if t.aspect != "test")
    if not taints:
        return UNKNOWN
    first = {t.before.lstrip().partition(" ")[0] if " " in t.before.strip() + " " and t.before.endswith(" ") or
             " " in t.before.strip() else "" for t in value.taints}  # fmt: skip
    known = first.pop() if len(first) == 1 else ""
    # "kubectl get " + name: the program is fixed, any word behind it may be the model's.
    items = (constant(known),) if known and "\0" not in known else ()
    return Value((), Seq(items, Value(taints)), "words")


def items(at: At) -> Value:
    """The items of all arguments (or of the receiver), in another container."""
    values = [at.base] if at.base.taints or at.base.shape is not None else [v for v, _ in at.args.plain]
    if len(values) == 1:
        value = values[0]
        shape = value.shape
        if type(shape) is Seq:
            return Value(value.taints, shape)
        if type(shape) is Rec and at.method in ("values", "values_") or at.name == "Object.values":
            found = shape.rest or UNKNOWN if type(shape) is Rec else element(value)
            for part in shape.fields.values() if type(shape) is Rec else ():
                found = joined(found, part)
            return Value((), Seq((), found))
        inner = element(value)
        if value.taints:
            return Value((), Seq((), inner))
        return Value((), Seq((), inner)) if inner is not UNKNOWN else UNKNOWN
    if at.name in ("zip", "itertools.zip_longest"):
        return Value((), Seq((), Value((), Seq(tuple(element(v) for v in values)))))
    if at.name == "enumerate":
        return Value((), Seq((), Value((), Seq((UNKNOWN, element(values[0]) if values else UNKNOWN)))))
    found = UNKNOWN
    for value in values:
        found = joined(found, element(value)) if found is not UNKNOWN else element(value)
    return Value((), Seq((), found))


def enumerate_(at: At) -> Value:
    return Value((), Seq((), Value((), Seq((UNKNOWN, element(at.args.value(0)))))))


def next_(at: At) -> Value:
    return joined(element(at.args.value(0)), at.args.value(1)) if len(at.args.plain) > 1 else element(at.args.value(0))


def dictionary(at: At) -> Value:
    fields = {name: value for name, (value, _) in at.args.keys.items()}
    base = at.args.value(0) if at.args.plain else UNKNOWN
    if type(base.shape) is Rec:
        return Value(base.taints, Rec({**base.shape.fields, **fields}, base.shape.rest))
    if base.taints and not fields:
        return base
    return Value(base.taints, Rec(fields, at.args.more[0] if at.args.more else None))


def keys(at: At) -> Value:
    value = _subject(at)
    if type(value.shape) is Rec and value.shape.rest is None:
        return Value((), Seq(tuple(constant(name) for name in value.shape.fields)))
    if value.taints:
        return Value((), Seq((), Value(tuple(t.derived(at.call) for t in value.taints if t.aspect != "test"))))
    return UNKNOWN


def entries(at: At) -> Value:
    """Pairs of name and value."""
    value = _subject(at)
    shape = value.shape
    found: Value = UNKNOWN
    names: Value = UNKNOWN
    if type(shape) is Rec:
        found = shape.rest or UNKNOWN
        for part in shape.fields.values():
            found = joined(found, part)
        if value.taints:
            names = Value(tuple(t.derived(at.call) for t in value.taints))
    elif value.taints:
        found = Value(tuple(t.derived(at.call) for t in value.taints if t.aspect != "test"))
        names = found
    return Value((), Seq((), Value((), Seq((names, found)))))


def assign(at: At) -> Value:
    found = at.args.value(0)
    for value, node in at.args.plain[1:]:
        found = joined(found, value)
        del node
    if at.args.plain:
        changed(at.f, at.args.plain[0][1], found, at.s)
    return found


# ---------------------------------------------------------------- paths


def joinpath(at: At) -> Value:
    parts = [v for v, _ in at.args.plain]
    if at.args.rest is not None:
        parts.append(at.args.rest[0])
    if at.method == "joinpath":
        parts.insert(0, at.base)
    name = "pathlib.Path" if at.name.startswith("pathlib.") or at.base.name == "pathlib.Path" else ""
    return path_joined(at.f, at.call, parts, name, absolute=at.f.run.language == "python")


def joinresolve(at: At) -> Value:
    """JavaScript's ``path.resolve``: joined, where a later absolute segment wins, and made absolute."""
    value = path_joined(at.f, at.call, [v for v, _ in at.args.plain], "", absolute=True)
    fact = guard("resolved", at.name, at.f.spot(at.call))
    return Value(tuple(t.under(conditions.both(t.guards, fact)) for t in value.taints), None, value.name)


def safejoin(at: At) -> Value:
    value = path_joined(at.f, at.call, [v for v, _ in at.args.plain])
    fact = guard("confined", at.name, at.f.spot(at.call))
    return Value(tuple(t.derived(at.call, fact) for t in value.taints))


def relative(at: At) -> Value:
    """``path.relative(root, path)``, ``os.path.relpath(path, root)``: how to get from a root to the path."""
    method = at.method == "relative_to"
    if method:
        value, root = at.base, at.args.value(0)
    elif at.name == "path.relative":
        value, root = at.args.value(1), at.args.value(0)
    else:
        value, root = at.args.value(0), at.args.value(1, "start")
    if conditions.chosen_root(root, at.s):
        return derived(at)
    if method:
        # It raises where the path is not inside.
        at.s.learn(conditions.confined(at.f, value, at.call))
        return Value(tuple(t.same_as(at.call) for t in value.taints), None, "pathlib.Path")
    return Value(tuple(t.about("relative") for t in value.taints if t.aspect != "test"))


def common(at: At) -> Value:
    return _common(at, "common")


def charcommon(at: At) -> Value:
    return _common(at, "charcommon")


def _common(at: At, aspect: str) -> Value:
    value = at.args.value(0)
    taints = [t for t in all_taints(value) if t.aspect != "test"]
    return Value(tuple(t.about(aspect) for t in taints))


def within(at: At) -> Value:
    root = at.args.value(0)
    if conditions.chosen_root(root, at.s):
        return tested(at.base, None, None, root)
    return tested(at.base, conditions.confined(at.f, at.base, at.call))


def inside(at: At) -> Value:
    """``isPathInside(path, root)`` of a library, which resolves both."""
    value, root = at.args.value(0), at.args.value(1)
    if conditions.chosen_root(root, at.s):
        return tested(value, None, None, root)
    return tested(value, facts(at.f, value, "confined", at.name, at.call))


def isabs(at: At) -> Value:
    return tested(_subject(at))


def exists(at: At) -> Value:
    return tested(_subject(at))


# ---------------------------------------------------------------- tests


def test(at: At) -> Value:
    """Numbers, lengths and type tests: nothing of the choice is left, but the outcome depends on it."""
    value = at.args.value(0) if at.args.plain else at.base
    if at.name in ("bool", "Boolean"):
        return tested(value, value.yes, conditions.no_facts(value))
    if at.name in (
        "isinstance",
        "callable",
        "hasattr",
        "Array.isArray",
        "isNaN",
        "net.isIP",
        "net.isIPv4",
        "net.isIPv6",
    ):
        if value.taints:
            return tested(value)
    if value.taints and at.name in ("len",):
        return tested(value, None, conditions.no_facts(value))
    return UNKNOWN


def private(at: At) -> Value:
    return conditions.refuses_private(at.f, _subject(at), at.call)


def startswith(at: At) -> Value | None:
    if not payload(at.base):
        return tested(at.base, None, None, *(v for v, _ in at.args.plain)) if at.args.tainted else UNKNOWN
    return conditions.starts_with(at.f, at.base, at.args.value(0), at.call, at.s)


def endswith(at: At) -> Value | None:
    if not payload(at.base):
        if at.base.string is None and at.args.tainted is False:
            return UNKNOWN
        return tested(at.args.value(0))
    return conditions.ends_with(at.f, at.base, at.args.value(0), at.call)


def includes(at: At) -> Value:
    callee = at.call.callee
    if not at.args.plain:
        return UNKNOWN
    value, node = at.args.plain[0]
    return conditions.within(at.f, at.call, value, at.base, node, callee.value if isinstance(callee, Attr) else callee)


def indexof(at: At) -> Value:
    found = includes(at)
    return Value(found.taints, None, "find" if found.taints else "", found.yes, found.no)


def fullmatch(at: At) -> Value:
    return conditions.matches(at.f, at.args.value(1, "string"), at.args.value(0, "pattern"), at.call, "full")


def match(at: At) -> Value | None:
    """``re.match(pattern, text)``, ``pattern.match(text)``, ``text.match(/pattern/)``."""
    if at.name == "re.match":
        return conditions.matches(at.f, at.args.value(1, "string"), at.args.value(0, "pattern"), at.call, "begin")
    if payload(at.base):
        found = conditions.matches(at.f, at.base, at.args.value(0), at.call, "search")
        return Value(
            tuple(t.derived(at.call) for t in at.base.taints if t.aspect != "test"), None, "", found.yes, found.no
        )
    if _is_pattern(at.base):
        return conditions.matches(at.f, at.args.value(0), at.base, at.call, "begin")
    return None


def search(at: At) -> Value | None:
    if at.name.startswith("re."):
        return conditions.matches(at.f, at.args.value(1, "string"), at.args.value(0, "pattern"), at.call, "search")
    if _is_pattern(at.base):
        return conditions.matches(at.f, at.args.value(0), at.base, at.call, "search")
    if payload(at.base):
        return conditions.matches(at.f, at.base, at.args.value(0), at.call, "search")
    return None


def testing(at: At) -> Value | None:
    if _is_pattern(at.base):
        how = "full" if at.method == "fullmatch" else "search"
        return conditions.matches(at.f, at.args.value(0), at.base, at.call, how)
    return tested(at.args.value(0)) if at.args.tainted else None


def _is_pattern(value: Value) -> bool:
    shape = value.shape
    return type(shape) is Const and any(isinstance(v, Pattern) for v in shape.values)


def compile_(at: At) -> Value:
    pattern = at.args.value(0)
    text = pattern.string
    if text is None:
        return named("re.Pattern")
    flags = at.args.at(1, "flags")
    ignore = flags is not None and ("IGNORECASE" in flags[0].name or flags[0].name.endswith(".I"))
    return Value((), Const((Pattern(text, "i" if ignore else ""),)), "re.Pattern")


def regexp(at: At) -> Value:
    text = at.args.value(0).string
    flags = at.args.value(1).string or ""
    return named("RegExp") if text is None else Value((), Const((Pattern(text, flags),)), "RegExp")


def digits(at: At) -> Value | None:
    return tested(at.base, facts(at.f, at.base, "number", "", at.call)) if payload(at.base) else None


def letters(at: At) -> Value | None:
    return tested(at.base, facts(at.f, at.base, "identifier", "", at.call)) if payload(at.base) else None


def privacy(at: At) -> Value | None:
    return conditions.refuses_private(at.f, at.base, at.call) if payload(at.base) else None


def anyall(at: At) -> Value:
    return (conditions.any_of if at.name == "any" else conditions.all_of)(at.args.value(0))


# ---------------------------------------------------------------- text


def replace(at: At) -> Value | None:
    """``re.sub(r"[^\\w]", "", text)``, ``text.replace(/[^a-z]/g, "")``: what is left matches the complement."""
    if at.name.startswith("re."):
        pattern, new, value = at.args.value(0, "pattern"), at.args.value(1, "repl"), at.args.value(2, "string")
    else:
        pattern, new, value = at.args.value(0), at.args.value(1), at.base
    if not payload(value):
        taints = tuple(t.within(at.call, "\0", True) for t in all_taints(new) if t.aspect != "test")
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
    if isinstance(regex, Pattern) and everywhere:
        inner = regex.pattern.rstrip("+*")
        if inner.startswith("[^") and inner.endswith("]") and inner.count("[") == 1 and new.string is not None:
            case = "(?i)" if "i" in regex.flags else ""
            extra = "".join("\\" + c for c in new.string if not c.isalnum())
            found = guard("pattern", f"{case}^[{inner[2:-1]}{extra}]*$", at.f.spot(at.call))
        elif inner.startswith("[") and inner.endswith("]") and inner.count("[") == 1:
            found = guard("excludes", f"re:{inner}", at.f.spot(at.call))
    taints = tuple(
        t.derived(at.call, found) if found else t.same_as(at.call) for t in value.taints if t.aspect != "test"
    )
    return Value(taints)


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
                rest = behind.partition("}")[2] if known else "\0"
                taints = merged(taints, (t.within(at.call, before if known else "\0", bool(rest)),))
        for value in (values, at.base, *([at.args.more[0]] if at.args.more else [])):
            taints = merged(
                taints,
                tuple(t.within(at.call, text.partition("{")[0] if text else "\0", True) for t in all_taints(value)),
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
    return Value(found)


# ---------------------------------------------------------------- containers changed in place


def append(at: At) -> Value | None:
    callee = at.call.callee
    if not isinstance(callee, Attr):
        return None
    base, shape = at.base, at.base.shape
    if type(shape) is not Seq:
        if (
            shape is not None
            or base.taints
            or base.name not in ("", "Set", "Array", "collections.deque")
            or not at.args.tainted
        ):
            if base.taints:
                taints = base.taints
                for value, _ in at.args.plain:
                    taints = merged(taints, all_taints(value))
                changed(at.f, callee.value, Value(taints), at.s)
            return None if shape is not None and not base.taints else UNKNOWN
        shape = Seq((), UNKNOWN)
    for value, node in at.args.plain:
        if value.taints and isinstance(callee.value, Name):
            message, spot = f"becomes an item of `{callee.value.id}`", at.f.spot(node)
            value = Value(tuple(t.with_step(message, spot) for t in value.taints), value.shape, value.name)
        if at.method in ("unshift", "appendleft"):
            shape = Seq((value, *shape.items), shape.rest, shape.ended)
        else:
            shape = put(shape, value)
    if at.args.rest is not None:
        shape = put(shape, Value((), Seq((), at.args.rest[0])), many=True)
    changed(at.f, callee.value, Value(base.taints, shape), at.s)
    return UNKNOWN


def extend(at: At) -> Value | None:
    callee = at.call.callee
    if not isinstance(callee, Attr) or not at.args.plain:
        return None
    value = at.args.value(0)
    shape = at.base.shape
    if type(shape) is Rec or (type(value.shape) is Rec and shape is None):
        changed(at.f, callee.value, joined(at.base, value), at.s)
    elif type(shape) is Seq or (shape is None and not at.base.taints and not at.base.name):
        base = shape if type(shape) is Seq else Seq((), UNKNOWN)
        changed(at.f, callee.value, Value(at.base.taints, put(base, value, many=True)), at.s)
    else:
        return None
    return UNKNOWN


def insert(at: At) -> Value | None:
    callee = at.call.callee
    shape = at.base.shape
    if not isinstance(callee, Attr) or type(shape) is not Seq:
        return None
    values = [v for v, _ in at.args.plain[1 if at.method == "insert" else 2 :]]
    where = at.args.value(0).constants
    if where == (0,):
        new = Seq((*values, *shape.items), shape.rest, shape.ended)
    else:
        rest = shape.any
        for value in values:
            rest = joined(rest, value)
        new = Seq(shape.items[:1], rest)
    changed(at.f, callee.value, Value(at.base.taints, new), at.s)
    return UNKNOWN


def set_(at: At) -> Value | None:
    callee = at.call.callee
    if isinstance(callee, Attr) and len(at.args.plain) == 2 and at.args.tainted and type(at.base.shape) is Rec:
        from .members import with_some_field

        changed(at.f, callee.value, with_some_field(at.base, at.args.value(1)), at.s)
        return at.base
    return None


def get(at: At) -> Value | None:
    if not at.args.plain:
        return element(at.base)
    if type(at.base.shape) is Seq:
        return item(at.f, at.base, at.args.value(0), at.call)
    key = at.args.value(0)
    if key.taints and not at.base.taints:
        from .members import known_key

        if (at.base.shape is not None and type(at.base.shape) is not Rec) or len(at.args.plain) > 1:
            return None
        return known_key(at.f, entry(at.f, at.base, key, at.call), key, at.call)
    found = entry(at.f, at.base, key, at.call)
    if len(at.args.plain) > 1:
        found = joined(found, at.args.value(1))
    return found


# ---------------------------------------------------------------- functions given to functions


def map_(at: At) -> Value | None:
    """``items.map(f)``, ``promise.then(f)``, ``items.filter(f)``, ``items.some(f)`` …"""
    from .calls import called_with

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
        return (
            joined(at.base, found)
            if method == "catch" and found is not None
            else at.base
            if method == "finally"
            else found
        )
    one = element(at.base)
    if method == "reduce":
        start = at.args.value(1)
        found = called_with(at, function, [start, one], node)
        return joined(start, found) if found is not None else start
    found = called_with(at, function, [one], node)
    if method in ("filter", "find", "sort", "findLast"):
        if found is not None and found.yes:
            taints = tuple(_with_facts(t, found.yes) for t in one.taints)
            one = Value(taints, one.shape, one.name)
        return Value((), Seq((), one)) if method in ("filter", "sort") else one
    if method in ("some", "every", "findIndex"):
        if found is None:
            return UNKNOWN
        return Value(found.taints, None, "", found.yes, found.no if method == "some" else None)
    if method == "forEach":
        return UNKNOWN
    if found is None:
        return UNKNOWN
    return Value((), Seq((), element(found) if method == "flatMap" else found))


def _with_facts(taint: Taint, known: object) -> Taint:
    guards = taint.guards
    for key in taint.ids:
        if key in known:  # type: ignore[operator]
            guards = conditions.both(guards, known[key])  # type: ignore[index]
    return taint.under(guards)


def mapping(at: At) -> Value:
    """``map(f, items)``."""
    from .calls import called_with

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
            from .calls import called_with

            shape = given[0].shape if given is not None else None
            called_with(at, target[0], list(shape.items) if type(shape) is Seq else [], at.call)
        return UNKNOWN
    return _handed(at, 0)


def _handed(at: At, position: int) -> Value:
    """``asyncio.to_thread(f, *arguments)``: a call of ``f``."""
    from . import summaries
    from .calls import At as Other
    from .calls import _outside

    function = at.args.value(position)
    args = at.args.without(position + 1)
    args.tainted = at.args.tainted
    if type(function.shape) is Func:
        return summaries.apply(at.f, function.shape, args, at.call, at.s, at.call.callee)
    if function.name:
        return _outside(Other(at.f, at.call, at.s, UNKNOWN, "", function.name, args), function)
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


def callee(at: At) -> Value:
    return at.args.value(0)


def call_method(at: At) -> Value | None:
    """``f.call(this, …)``, ``f.apply(this, [...])``, ``f.bind(this, …)``."""
    from . import summaries

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
    return summaries.apply(at.f, function, at.args.without(1), at.call, at.s, at.call.callee)


EFFECTS: dict[str, Callable[[At], Value]] = {
    "same": same, "derived": derived, "parsed": parsed, "syntax": syntax, "words": words, "items": items, "next": next_, "dictionary": dictionary,
    "mapping": mapping, "resolve": resolve, "folder": folder, "basename": basename, "extension": extension, "joinpath": joinpath,
    "joinresolve": joinresolve, "safejoin": safejoin, "quote": quote, "encode": encode, "escape": escape,
    "identifier": identifier, "url": url, "address": address, "relative": relative, "common": common,
    "charcommon": charcommon, "later": later, "executor": executor, "executor1": executor1, "partial": partial,
    "gather": gather, "fullmatch": fullmatch, "match": match, "search": search, "replace": replace, "compile": compile_,
    "test": test, "exists": exists, "anyall": anyall, "isabs": isabs, "keys": keys, "entries": entries,
    "assign": assign, "private": private, "inside": inside, "callee": callee, "regexp": regexp, "format": format_,
    "join": join, "append": append, "extend": extend, "insert": insert, "entry": get, "map": map_,
    "startswith": startswith, "endswith": endswith, "includes": includes, "indexof": indexof, "within": within,
    "testing": testing, "digits": digits, "letters": letters, "privacy": privacy, "call": call_method, "set": set_,
}  # type: ignore[dict-item]  # fmt: skip
