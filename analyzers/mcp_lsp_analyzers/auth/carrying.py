"""Which secret can be read in a value: told by names, by what the value is put together from, and by where it was read.

What a function of the project makes of a secret is not looked into: most of those that are given one cover it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import inside
from ..code import (
    Assign,
    Attr,
    Await,
    Binary,
    Call,
    Choice,
    Comprehension,
    Const,
    Dict,
    Expr,
    Function,
    Index,
    Items,
    Join,
    Logic,
    Name,
    Opaque,
    Return,
    Spread,
    Str,
    last_name,
)
from ..expressions import spelled
from ..identifier import words
from ..inside import Local
from ..walk import body, sites
from .called import CARRIERS, COVERED, all_about_credentials, leads_to_a_database
from .excerpts import SLICES, few, last_few, length_shown
from .values import is_secret, name_of

_DEEPEST = 8
_FORMS = ("_str", "_string", "_value", "_text", "_bytes", "Str", "String", "Value")


def bare(name: str) -> str:
    """The name without what it says of the form: ``token_str`` is a token."""
    return next((name.removesuffix(form) for form in _FORMS if name.endswith(form)), name)


def secret_in(value: Expr | None, function: Function | None, depth: int = 0) -> str:
    """What a secret that can be read in a value is called where it comes from; "" where none is known to be in it."""
    if value is None or depth > _DEEPEST:
        return ""
    if isinstance(value, (Await, Spread)):
        return secret_in(value.value, function, depth)
    if isinstance(value, Name):
        return _of_variable(value, function, depth)
    if isinstance(value, Attr):
        return _of_attribute(value, function, depth)
    if isinstance(value, Index):
        return _of_entry(value, function, depth)
    if isinstance(value, Call):
        return _of_call(value, function, depth)
    if isinstance(value, Dict):
        return _of_pairs(value, function, depth)
    if isinstance(value, Comprehension):
        return secret_in(_all_gone_through(value, function), function, depth)
    inner: list[Expr] = []
    if isinstance(value, Join):
        inner = value.parts
    elif isinstance(value, Items):
        inner = value.items
    elif isinstance(value, Binary) and value.op in ("+", "%", "|"):
        inner = [value.left, value.right]
    elif isinstance(value, Logic):
        # ``token and "given"`` is what stands last.
        inner = [value.right] if value.op == "and" else [value.left, value.right]
    elif isinstance(value, Choice):
        inner = [value.then, value.otherwise]
    return _first(inner, function, depth)


def _all_gone_through(value: Comprehension, function: Function | None) -> Expr | None:
    """What a comprehension goes through, where no entry is left out by its name, and not the names alone are kept:
    ``{k: v for k, v in params.items() if v is not None}``."""
    target, iterable, conditions = value.clauses[0]
    if len(value.clauses) != 1 or function is None or not isinstance(target, Items) or not target.items:
        return None
    key = name_of(target.items[0])
    if isinstance(value.element, Name) and value.element.id == key:
        return None
    asked = (site.node for test in conditions for site in sites(test, function.unit, function, kinds=(Name,)))
    return None if any(_is(node, key) for node in asked) else iterable  # type: ignore[arg-type]


def _first(values: list[Expr], function: Function | None, depth: int) -> str:
    for value in values:
        if not isinstance(value, (Str, Const)) and (found := secret_in(value, function, depth + 1)):
            return found
    return ""


def named(name: str, node: Expr, function: Function | None) -> str:
    """The name, where it says that a value of it is a secret by which somebody is let in."""
    plain = bare(name)
    return name if is_secret(plain) and not harmless(node, plain, _text(function)) else ""


def _text(function: Function | None) -> str:
    return "" if function is None else function.text


def _of_variable(name: Name, function: Function | None, depth: int) -> str:
    found = inside.meaning(name.id, function)
    if said := named(name.id, name, function):
        return "" if _only_told(found) else said
    if not COVERED.isdisjoint(words(name.id)):
        return ""
    if words(name.id) in _WHOLE_HEADERS and any(one.kind == "parameter" for one in found):
        return name.id if _taken_apart(name.id, function) else ""
    values = [one for one in found if one.kind == "value"]
    if any(_covers(one.node) for one in values):
        return ""
    for one in values:
        if one.path:
            last = one.path[-1]
            if said := named(last, name, function) if last != "*" else "":
                return said
        elif one.node is not name and (said := secret_in(one.node, one.function, depth + 1)):  # type: ignore[arg-type]
            return said
    if found and all(one.function is found[0].function for one in found):
        if put := _put_in(name.id, found[0].function, depth):
            return put
    return name.id if depth < 2 and _opens(name.id) else ""


_WHOLE_HEADERS = frozenset((("auth", "header"), ("authorization", "header"), ("auth", "value"), ("cookie", "header")))


def _taken_apart(name: str, function: Function | None) -> bool:
    """Whether a function looks for the credential in a header, which is then no name of one."""
    apart = rf"\b{re.escape(name)}\??\.(?:startswith|startsWith|split|lower|toLowerCase|removeprefix|replace|slice)\("
    return re.search(apart, _text(function)) is not None


def _only_told(found: tuple[Local, ...]) -> bool:
    """Whether a variable is but said to be a secret: yes or no, a number, a text that stands there, or covered."""
    return bool(found) and all(
        one.kind == "value" and not one.path and (isinstance(one.node, (Str, Const)) or _covers(one.node))
        for one in found
    )


_COVERS = frozenset(
    ("mask", "masked", "redact", "redacted", "scrub", "sanitize", "sanitise", "obfuscate", "censor", "hash", "hide",
     "strip", "clean", "safe", "fingerprint", "digest", "sha", "truncate", "encrypt", "preview", "sanitized",
     "hexdigest")
)  # fmt: skip


def _covers(value: object) -> bool:
    """Whether a value comes out of what covers secrets, by its name: ``mask(token)``, ``url.replace(token, "***")``."""
    if isinstance(value, Await):
        return _covers(value.value)
    if not isinstance(value, Call):
        return False
    name = last_name(value.callee)
    if name in ("replace", "sub", "replaceAll"):
        return not _drops_scheme(value)
    return name not in _SAME_TEXT and not _COVERS.isdisjoint(words(name))


def _drops_scheme(call: Call) -> bool:
    """``header.replace("Bearer ", "")``"""
    first = call.positional(0)
    return isinstance(first, Str) and first.value.strip().lower() in ("bearer", "basic", "token", "")


def _of_attribute(value: Attr, function: Function | None, depth: int) -> str:
    base = value.value
    if value.name.lower() in CARRIERS and name_of(base) == "headers":
        return value.name
    if said := named(value.name, value, function):
        return said
    if value.name in ("href", "search"):
        return secret_in(base, function, depth + 1)
    if value.name == "url" and words(name_of(base))[-1:] in _ASKED and function is not None:
        return _asked_with(function, depth)
    if isinstance(base, Name) and base.id == "self":
        cls = inside.class_around(function)
        for one in inside.members(cls).get(value.name, ()) if cls is not None else ():
            if one.kind == "value" and not one.path and not _covers(one.node):
                if found := secret_in(one.node, one.function, depth + 2):  # type: ignore[arg-type]
                    return found
    return value.name if depth < 2 and _opens(value.name) else ""


_ASKED = (("request",), ("response",), ("resp",), ("res",), ("answer",))


def _asked_with(function: Function, depth: int) -> str:
    """The credential that a function puts into the query of what it asks: it stands in the address of the answer."""
    for site in body(function, Call):
        assert isinstance(site.node, Call)
        given = site.node.keyword("params")
        if given is not None and (found := secret_in(given, function, depth + 1)):
            return found
    return ""


def _opens(name: str) -> bool:
    """Whether what is called so leads to a database, and not to any service: ``connection_url``."""
    return leads_to_a_database(name) and words(name)[-2:] not in (("connection", "url"), ("connection", "uri"))


def _of_entry(value: Index, function: Function | None, depth: int) -> str:
    key = value.index
    if isinstance(key, Str):
        if key.value.lower() in CARRIERS and name_of(value.value) == "headers":
            return key.value
        return named(key.value, value, function)
    if isinstance(key, Opaque) and key.kind == "slice":
        little = few(length_shown(value)) or (len(key.inside) == 1 and last_few(key.inside[0]))
        return "" if little else secret_in(value.value, function, depth + 1)
    if isinstance(key, Const):
        # ``header.split(" ")[0]`` is "Bearer".
        of = inside.meaning(value.value.id, function) if isinstance(value.value, Name) else ()
        made = [one.node for one in of if not one.path] or [value.value]
        told = all(isinstance(one, Call) and last_name(one.callee) in ("split", "partition") for one in made)
        return "" if told and key.value == 0 else secret_in(value.value, function, depth + 1)
    return ""


_SAME_TEXT = frozenset(
    ("strip", "trim", "lstrip", "rstrip", "decode", "encode", "toString", "lower", "upper", "toLowerCase", "trimEnd",
     "trimStart", "split", "partition", "removeprefix", "removesuffix", "copy", "geturl", "unicode_string", "pop",
     "dict", "model_dump", "model_dump_json", "json", "toJSON", "get_secret_value", "items", "render_as_string")
)  # fmt: skip
"""Methods whose outcome shows what they were called on."""
_SHOWS = frozenset(
    ("str", "String", "stringify", "dumps", "repr", "dict", "urlencode", "quote", "quote_plus", "encodeURIComponent",
     "encodeURI", "URL", "URLSearchParams", "Request", "b64encode", "btoa", "urlunparse", "urlunsplit", "vars",
     "asdict", "inspect", "pformat", "bytes", "fromEntries", "entries", "assign", "urljoin", "parse_obj", "safe_dump")
)  # fmt: skip
"""Functions whose outcome shows what they are given."""
_LOOKS_UP = frozenset(("get", "getenv", "header", "getHeader", "get_header", "pop"))


def _of_call(call: Call, function: Function | None, depth: int) -> str:
    name = last_name(call.callee)
    first = call.positional(0)
    if name in _LOOKS_UP and isinstance(first, Str):
        holder = name_of(call.callee.value) if isinstance(call.callee, Attr) else ""
        if first.value.lower() in CARRIERS and holder in ("headers", "req", "request", "c"):
            return first.value
        return named(first.value, call, function)
    said = words(name)
    if said[:1] in _GIVES and named("_".join(said[1:]), call, function):
        return "_".join(said[1:])
    if not _PLACES.isdisjoint(said) and (found := _of_address(call, function, depth)):
        return found
    if isinstance(call.callee, Attr):
        base = call.callee.value
        if name == "format" or name == "join":
            return _first([arg.value for arg in call.args] + [base], function, depth)
        if name == "replace" and _drops_scheme(call):
            return secret_in(base, function, depth + 1)
        if name in SLICES:
            if last_few(first) or few(length_shown(call)):
                return ""
            return secret_in(base, function, depth + 1)
        if name in _SAME_TEXT and (found := secret_in(base, function, depth + 1)):
            return found
    if name in _SHOWS or spelled(call.callee) == "Buffer.from":
        if name in ("stringify", "dumps") and replaced(call):
            return ""
        if name in _TELLS_ALL and isinstance(first, (Name, Attr)) and all_about_credentials(name_of(first)):
            return name_of(first) if not spelled_out(first, function) else secret_in(first, function, depth + 1)
        return _first([arg.value for arg in call.args], function, depth)
    return ""


def spelled_out(value: Expr, function: Function | None) -> bool:
    """Whether a variable holds what its entries say, each of which can be seen."""
    found = inside.meaning(value.id, function) if isinstance(value, Name) else ()
    return bool(found) and all(
        one.kind == "value"
        and not one.path
        and isinstance(one.node, Dict)
        and all(p.key is not None for p in one.node.pairs)
        for one in found
    )


_PLACES = frozenset(("url", "uri", "endpoint", "address"))


def _of_address(call: Call, function: Function | None, depth: int) -> str:
    """A secret in an address that a method of the same class puts together: ``self._build_url(path)``."""
    callee = call.callee
    if not isinstance(callee, Attr) or not _is(callee.value, "self"):
        return ""
    for one in inside.member(function, callee.name):
        method = one.node
        if one.kind != "function" or not isinstance(method, Function) or method is function:
            continue
        for site in body(method, Return):
            assert isinstance(site.node, Return)
            if found := secret_in(site.node.value, method, depth + 1):
                return found
    return ""


_TELLS_ALL = frozenset(("stringify", "dumps", "repr", "str", "vars", "asdict", "inspect", "pformat"))


_GIVES = (("get",), ("load",), ("read",), ("fetch",), ("resolve",), ("obtain",), ("retrieve",))
"""What functions begin with that give what they are called for: ``get_api_key()``."""


def replaced(call: Call) -> bool:
    """Whether a function decides what is written of an object: ``JSON.stringify(config, hideSecrets)``."""
    second = call.positional(1)
    return second is not None and not (isinstance(second, Const) and second.value is None)


def _of_pairs(value: Dict, function: Function | None, depth: int) -> str:
    covered = writes_over(value)
    for pair in value.pairs:
        if isinstance(pair.value, (Str, Const)):
            continue
        if pair.key is None:
            if not covered and (found := secret_in(pair.value, function, depth + 1)):
                return found
        elif found := secret_in(pair.value, function, depth + 1):
            key = pair.key.value if isinstance(pair.key, Str) else ""
            return key if key.lower() in CARRIERS or is_secret(key) else found
    return ""


def writes_over(value: Dict) -> bool:
    """Whether a secret of what is spread into an object is written over: ``{...args, password: "***"}``."""
    for pair in value.pairs:
        if isinstance(pair.value, Dict) and pair.key is not None and writes_over(pair.value):
            return True
        if isinstance(pair.key, Str) and isinstance(pair.value, (Str, Const)) and is_secret(pair.key.value):
            return True
    return False


def _put_in(name: str, function: Function | None, depth: int) -> str:
    """What is put into what a variable holds: ``params["api_key"] = key``, ``url.searchParams.set("key", apiKey)``."""
    if function is None or name not in _text(function):
        return ""
    put: dict[str, str] = {}
    for key, value in _entries(name, function):
        put[key] = "" if isinstance(value, (Str, Const)) else secret_in(value, function, depth + 1)
        if put[key] and (key.lower() in CARRIERS or is_secret(key)):
            put[key] = key
    return next((found for found in put.values() if found), "")


def _entries(name: str, function: Function) -> Iterator[tuple[str, Expr]]:
    for site in body(function, Assign, Call):
        node = site.node
        if isinstance(node, Assign) and node.value is not None:
            if isinstance(node.target, (Index, Attr)):
                if _held(node.target, name):
                    yield name_of(node.target), node.value
            elif node.op and _is(node.target, name):
                yield "", node.value
        elif isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name in ("set", "append"):
            held, key, value = node.callee.value, node.positional(0), node.positional(1)
            if isinstance(held, Attr) and held.name == "searchParams":
                held = held.value
            if _is(held, name) and isinstance(key, Str) and value is not None:
                yield key.value, value


def _held(target: Expr, name: str) -> bool:
    """Whether a part of what is called so is set: ``config["env"]["KEY"]``."""
    while isinstance(target, (Index, Attr)):
        target = target.value
    return _is(target, name)


def _is(value: Expr, name: str) -> bool:
    return isinstance(value, Name) and value.id == name


_ABOUT = frozenset(
    (
        "source",
        "sources",
        "kind",
        "kinds",
        "types",
        "labels",
        "names",
        "messages",
        "errors",
        "has",
        "is",
        "id",
        "ids",
        "event",
        "events",
    )
)
_PLAIN = frozenset(("old", "new", "current", "raw", "available", "first", "last", "this", "the"))
_CREDENTIALS = ("bearer", "authorization", "access_token", "accesstoken", "jwt", "api_key", "apikey")


def harmless(node: Expr, name: str, text: str) -> bool:
    """Whether a value of such a name is no secret after all: covered before, said of it, or a word of a language.
    ``text``: that of the function around."""
    said = words(name)
    if said == ("authorization",) or not COVERED.isdisjoint(said) or "has" in said:
        return True
    if isinstance(node, Attr) and not _ABOUT.isdisjoint(words(name_of(node.value))):
        return True
    # Parsers and tickets have tokens too.
    return (
        said[-1] == "token" and _PLAIN.issuperset(said[:-1]) and not any(word in text.lower() for word in _CREDENTIALS)
    )
