"""Masking by the names of fields, and which usual name of a secret it lets through."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .. import inside
from ..code import (
    Attr,
    Call,
    Compare,
    Comprehension,
    Define,
    Expr,
    Function,
    Items,
    Lambda,
    Loop,
    Name,
    Regex,
    Str,
    Unit,
    last_name,
)
from ..identifier import words
from ..inside import class_around
from ..passage import Passage
from ..pattern import written
from ..record import NamedTuple
from ..rule import Example, Finding, Related, Severity, rule
from ..testing import named_as_test
from ..walk import sites


@rule(
    "MCP452",
    severity=Severity.INFORMATION,
    references=("CWE-200", "CWE-532", "CWE-184", "MCP01:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    words=("mask", "redact", "scrub", "sanitiz", "sanitis", "censor", "obfuscat", "sensitive", "secret"),
    bad="""
    HIDDEN = {"password", "client_secret", "secret", "access_token", "api_key"}
    #        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a field called `token` is not masked


    def redact(fields: dict) -> dict:
        return {name: "***" if name.lower() in HIDDEN else value for name, value in fields.items()}
    """,
    good="""
    HIDDEN = ("passw", "secret", "token", "key", "authorization")


    def redact(fields: dict) -> dict:
        hidden = {name for name in fields if any(part in name.lower() for part in HIDDEN)}
        return {name: "***" if name in hidden else value for name, value in fields.items()}
    """,
    typescript=Example(
        bad="""
        const HIDDEN = ["password", "secret", "token"];
        //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a field called `api_key` is not masked

        export function maskFields(fields: Record<string, unknown>) {
          const entries = Object.entries(fields);
          return Object.fromEntries(entries.map(([name, value]) => [name, HIDDEN.includes(name) ? "***" : value]));
        }
        """,
        good="""
        const HIDDEN = /passw|secret|token|api[_-]?key|authorization/i;

        export function maskFields(fields: Record<string, unknown>) {
          const entries = Object.entries(fields);
          return Object.fromEntries(entries.map(([name, value]) => [name, HIDDEN.test(name) ? "***" : value]));
        }
        """,
    ),
)
def masking_that_forgets(passage: Passage) -> Iterator[Finding]:
    """What masks secrets by the names of fields does not know one of the usual names.

    Whoever calls it relies on it: a field of that name is written to the log, or answered, as it is.

    Look for parts of names (`token`, `secret`, `passw`, `key`), without regard to case, and leave out what is known to
    be harmless.
    """
    if named_as_test(passage.about.uri):
        return
    for site in passage.of(Define):
        function = site.node.function  # type: ignore[attr-defined]
        said = _masks(function.name)
        if not (said or _cleans(function.name)) or _of_one_kind(function.name):
            continue
        lists = list(_lists(function, passage))
        tests = [one.known for one in lists if one.known is not None]
        if not lists or len(tests) < len(lists) or any(_of_one_kind(one.called) for one in lists):
            continue
        so_called = any(not _HIDDEN.isdisjoint(words(one.called)) for one in lists)
        usual = _usual(lists, function)
        forgotten = [name for name, forms in usual if not any(test(form) for test in tests for form in forms)]
        of_oauth = any(test(name) for test in tests for name in ("access_token", "client_secret"))
        few = 1 if so_called and not of_oauth else 2
        if not forgotten or not (said or so_called) or len(forgotten) > len(_USUAL) - few:
            continue
        longest = max((one for one in lists if one.node is not None), key=lambda one: one.length, default=None)
        if longest is None or longest.node is None:
            continue
        named = passage.place(function.unit, function.name_start, function.name_start + len(function.name))
        yield Finding(
            passage.at(longest.unit, longest.node),
            f"a field called `{forgotten[0]}` is not masked",
            related=(Related(named, "what masks by these names"),),
            detail=forgotten[0],
        )


_USUAL = {
    "password": ("password",),
    "token": ("token",),
    "secret": ("secret",),
    "api_key": ("api_key", "apikey", "api-key", "apiKey"),
}
"""Names of fields that hold secrets in every other service, with their spellings."""


def _usual(lists: list[_List], function: Function) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The usual names, in the spelling with which the lists have others: ``client_secret``, but ``apikey`` only."""
    items = [item.value for one in lists for item in _items(one.node) or () if isinstance(item, Str)]
    joined = any("_" in item for item in items) and "replace" not in function.text and ".sub(" not in function.text
    yield from ((name, (name,) if joined and "_" in name else forms) for name, forms in _USUAL.items())


class _List(NamedTuple):
    """What decides by a name. ``known``: whether a name is masked, ``None`` where that cannot be told. ``called``: the
    name of the list."""

    node: Expr | None
    unit: Unit
    length: int
    known: Callable[[str], bool] | None
    called: str = ""


def _masks(name: str) -> bool:
    said = frozenset(words(name))
    if not said.isdisjoint(("mask", "redact", "scrub", "censor", "obfuscate")):
        return True
    of_secrets = not said.isdisjoint(("sensitive", "secret", "secrets", "credentials", "credential"))
    return of_secrets and not said.isdisjoint(("is", "sanitize", "sanitise", "should", "hide", "filter", "strip"))


def _cleans(name: str) -> bool:
    return not frozenset(words(name)).isdisjoint(("sanitize", "sanitise", "clean", "strip", "scrub"))


_HIDDEN = frozenset(("sensitive", "secret", "secrets", "redact", "redacted", "mask", "masked", "credentials"))


def _of_one_kind(name: str) -> bool:
    """Whether a name says that only such fields are looked at as cannot have every name: headers, answers of OAuth."""
    return not _SPECIAL.isdisjoint(words(name))


_SPECIAL = frozenset(("header", "headers", "oauth", "query", "cookie", "cookies", "url", "uri"))


def _lists(function: Function, passage: Passage) -> Iterator[_List]:
    """What the function compares names with."""
    items = {name: held for name, held in _taken_from(function) if _listed(held, function, passage)}
    for site in sites(function.body, function.unit, function, kinds=(Compare, Call)):
        node, inner = site.node, site.function
        if isinstance(node, Compare):
            if node.op in ("in", "not in"):
                if isinstance(node.left, Name) and node.left.id in items:
                    yield _resolved(items[node.left.id], inner, passage, _contains, site.unit)
                elif not isinstance(node.left, Str):
                    found = _resolved(node.right, inner, passage, _equals, site.unit)
                    if found.node is not None:
                        yield found
                else:
                    yield _List(None, site.unit, 0, _part(node.left.value))
            elif node.op in ("==", "!=") and isinstance(node.right, Str):
                yield _List(None, site.unit, 0, _same(node.right.value))
        elif isinstance(node, Call) and isinstance(node.callee, Attr):
            yield from _asked(node, node.callee, inner, site.unit, items, passage)


def _asked(
    node: Call, callee: Attr, function: Function | None, unit: Unit, items: dict[str, Expr], passage: Passage
) -> Iterator[_List]:
    """A call that asks for a name: ``HIDDEN.has(name)``, ``name.includes(part)``, ``/secret/i.test(name)``."""
    first = node.positional(0)
    if callee.name in ("has", "includes", "endswith", "startswith", "endsWith", "startsWith") and first is not None:
        if isinstance(first, Name) and first.id in items:
            yield _resolved(items[first.id], function, passage, _contains, unit)
        elif isinstance(first, Str):
            ends = callee.name in ("endswith", "endsWith")
            yield _List(None, unit, 0, _ending(first.value) if ends else _part(first.value))
        elif callee.name in ("has", "includes"):
            found = _resolved(callee.value, function, passage, _equals, unit)
            if found.node is not None:
                yield found
    elif callee.name in ("test", "search", "match", "fullmatch") and (first is not None):
        held = callee.value
        if isinstance(held, Name) and held.id in items:
            yield _resolved(items[held.id], function, passage, _contains, unit)
        else:
            pattern = _meaning(held, function, passage)
            if pattern is None or not isinstance(pattern[0], Regex):
                yield _List(None, unit, 0, None)
            else:
                known = _expression(pattern[0])
                yield _List(pattern[0], pattern[1], len(pattern[0].pattern), known, last_name(held))


def _taken_from(function: Function) -> Iterator[tuple[str, Expr]]:
    """Names that stand for each item of a list in turn, with the list: of ``any(…)``, ``some(…)``, ``for``."""
    for site in sites(function.body, function.unit, function, kinds=(Comprehension, Call, Loop)):
        node = site.node
        if isinstance(node, Comprehension):
            for target, iterable, _ in node.clauses:
                if isinstance(target, Name):
                    yield target.id, iterable
        elif isinstance(node, Loop):
            if isinstance(node.target, Name) and node.iterable is not None:
                yield node.target.id, node.iterable
        elif isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name in ("some", "find", "any"):
            test = node.positional(0)
            if isinstance(test, Lambda) and test.function.params:
                yield test.function.params[0].name, node.callee.value


def _listed(value: Expr, function: Function, passage: Passage) -> bool:
    found = _meaning(value, function, passage)
    return found is not None and _items(found[0]) is not None


def _resolved(
    value: Expr,
    function: Function | None,
    passage: Passage,
    how: Callable[[list[Expr]], Callable[[str], bool] | None],
    unit: Unit,
) -> _List:
    found = _meaning(value, function, passage)
    if found is None:
        return _List(None, unit, 0, None)
    items = _items(found[0])
    if items is None:
        return _List(None, found[1], 0, None)
    return _List(found[0], found[1], len(items), how(items), last_name(value))


def _meaning(value: Expr, function: Function | None, passage: Passage) -> tuple[Expr, Unit] | None:
    """What a list is made as, and where: a variable, a constant of the file, an attribute of the class."""
    if isinstance(value, Name):
        local = inside.meaning(value.id, function)
        if len(local) == 1 and local[0].kind == "value" and not local[0].path:
            return local[0].node, local[0].unit  # type: ignore[return-value]
        bound = None if local else passage.declared(value.id)
        return None if bound is None or bound.value is None or bound.path else (bound.value, bound.unit)
    if isinstance(value, Attr) and isinstance(value.value, Name):
        cls = class_around(function)
        if cls is not None and value.value.id in ("self", "cls", cls.name):
            for one in inside.members(cls).get(value.name, ()):
                if one.kind == "value":
                    return one.node, one.unit  # type: ignore[return-value]
        return None
    return (value, function.unit) if isinstance(value, (Items, Regex)) and function is not None else None


def _items(value: Expr | None) -> list[Expr] | None:
    """The items of a list that is written out, ``new Set([…])`` and ``frozenset({…})`` as well."""
    if isinstance(value, Call) and last_name(value.callee) in ("Set", "frozenset", "set", "tuple", "list"):
        first = value.positional(0)
        return None if first is None else _items(first)
    if isinstance(value, Items) and value.items and all(isinstance(one, (Str, Regex)) for one in value.items):
        return value.items
    return None


def _equals(items: list[Expr]) -> Callable[[str], bool] | None:
    if not all(isinstance(one, Str) for one in items):
        return None
    texts = {one.value.lower() for one in items if isinstance(one, Str)}
    return lambda name: name.lower() in texts


def _contains(items: list[Expr]) -> Callable[[str], bool] | None:
    texts = [one.value.lower() for one in items if isinstance(one, Str)]
    tests = [_expression(one) for one in items if isinstance(one, Regex)]
    if any(test is None for test in tests):
        return None
    return lambda name: any(text in name.lower() for text in texts) or any(test(name) for test in tests if test)


def _same(text: str) -> Callable[[str], bool]:
    return lambda name: name.lower() == text.lower()


def _part(text: str) -> Callable[[str], bool]:
    return lambda name: text.lower() in name.lower()


def _ending(text: str) -> Callable[[str], bool]:
    return lambda name: name.lower().endswith(text.lower())


def _expression(pattern: Regex) -> Callable[[str], bool] | None:
    """Names are short: no expression takes long with one."""
    found = written(f"(?i:{pattern.pattern})" if "i" in pattern.flags else pattern.pattern)
    return None if found is None else lambda name: found.search(name) is not None
