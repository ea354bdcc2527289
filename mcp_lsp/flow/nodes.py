"""The nodes of a declaration that rules about services and serving ask for, collected once while it stays the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Binary,
    Call,
    Compare,
    Define,
    DefineClass,
    Dict,
    Function,
    If,
    Import,
    Items,
    Join,
    Lambda,
    Nested,
    Pair,
    Regex,
    Unit,
    flat,
    last_name,
)
from mcp_lsp_analyzers.inside import own_text
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.scope import Scope
from mcp_lsp_analyzers.walk import Site, sites

from .startup import named

KINDS = (Call, Join, Binary, Compare, Assign, If, Pair, Define, DefineClass, Lambda, Regex, Items, Dict)
"""The nodes that a passage offers."""


def unit_sites(
    unit: Unit, opens: Callable[[Unit], bool] | None = None, around: Function | None = None
) -> Iterator[Site]:
    """The nodes of a unit; what stands directly in a nested unit stands in the function around that. ``opens`` says
    which nested units are looked into (default: all)."""
    found = unit.kept.get("sites")
    if found is None:
        found = unit.kept["sites"] = sites(unit.statements, unit, nested=False, kinds=(*KINDS, Nested))
    for site in found:  # type: ignore[attr-defined]
        function = site.function or around
        if type(site.node) is Nested:
            if opens is None or opens(site.node.unit):
                yield from unit_sites(site.node.unit, opens, function)
        else:
            yield site if function is site.function else site._replace(function=function)


@once
def parts(unit: Unit) -> list[tuple[Unit, Function | None]]:
    """A declaration and the parts of it that are kept one by one, each with the function of it around it."""
    found: list[tuple[Unit, Function | None]] = [(unit, None)]
    for site in sites(unit.statements, unit, nested=False, kinds=(Nested,)) if unit.nested else ():
        if isinstance(site.node, Nested):
            found += [(part, around or site.function) for part, around in parts(site.node.unit)]
    return found


def names_in(node: object, unit: Unit, find: Callable[[Site], str], kinds: tuple[type, ...]) -> frozenset[str]:
    """What ``find`` names, for the nodes of these ``kinds`` in a piece of code; "" is none. The parts of a long one are
    not looked at again as long as they stay the same."""
    found: set[str] = set()
    for site in sites(node, unit, nested=False, kinds=(*kinds, Nested)):
        if type(site.node) is Nested:
            inner, key = site.node.unit, ("names", find, kinds)
            known = cast("frozenset[str] | None", inner.kept.get(key))
            if known is None:
                known = inner.kept[key] = names_in(inner.statements, inner, find, kinds)
            found |= known
        else:
            found.add(find(site))
    found.discard("")
    return frozenset(found)


def callee(site: Site) -> str:
    """The last word of what a call calls."""
    return last_name(site.node.callee)  # type: ignore[attr-defined]


def name_of(site: Site) -> str:
    """The last word of a name."""
    return last_name(site.node)


def says(unit: Unit, test: Callable[[str], bool]) -> bool:
    """Whether a ``test`` of texts is true of a declaration. The parts of a long one are not read again as long as they
    stay the same."""
    key = "says", test
    found = unit.kept.get(key)
    if found is None:
        found = test(own_text(unit))
        for inner in () if found else unit.nested:
            found = inner.kept.get(key)
            if says(inner, test) if found is None else found:
                found = True
                break
        unit.kept[key] = found = bool(found)
    return found  # type: ignore[return-value]


def some_in(text: str, words: Iterable[str]) -> bool:
    """Whether one of ``words`` stands in a text. Most declarations of most files are asked this, and have none."""
    for word in words:  # noqa: SIM110 (three times as fast)
        if word in text:
            return True
    return False


@once
def imported_modules(unit: Unit) -> frozenset[str]:
    """The modules that a unit imports, as written."""
    return frozenset(s.module for s, _ in flat(unit.statements) if isinstance(s, Import))


@once
def renamed(unit: Unit) -> frozenset[tuple[str, str]]:
    """What a unit imports under another name than it has where it comes from: (name here, name there). What a module
    exports as its default is called like the module."""
    every = [(s.local, _there(s)) for s, _ in flat(unit.statements) if isinstance(s, Import) and s.local]
    return frozenset([(here, there) for here, there in every if there and here != there])


def _there(statement: Import) -> str:
    if statement.name not in (None, "*", "default"):
        return statement.name or ""
    if statement.name is None and statement.local == statement.module.partition(".")[0]:
        return ""  # ``import a.b`` binds a
    last = statement.module.replace("/", ".").replace(":", ".").rpartition(".")[2]
    return last if last.isidentifier() else ""


def called(call: Call, function: Function | None, scope: Scope) -> str:
    """The dotted name of what is called, or ``.method`` of something that is not known."""
    found = named(call.callee, function, scope, 0)[0]
    return found or (f".{call.callee.name}" if isinstance(call.callee, Attr) else "")


def words_in(unit: Unit, words: tuple[str, ...], likely: Iterable[str] | None = None) -> frozenset[str]:
    """Which of ``words`` stand in a declaration, in lower case. The parts of a long one are not read again as long as
    they stay the same. ``likely``: those of them that there may be, where that is known."""
    known = _words_known(unit, words)
    if known is None:
        own = own_text(unit).lower()
        found = {word for word in (words if likely is None else likely) if word in own}
        for inner in unit.nested:
            known = _words_known(inner, words)
            found |= words_in(inner, words, likely) if known is None else known
        known = frozenset(found)
        unit.kept["words", id(words)] = (words, known)
    return known


def _words_known(unit: Unit, words: tuple[str, ...]) -> frozenset[str] | None:
    kept = cast("tuple[tuple[str, ...], frozenset[str]] | None", unit.kept.get(("words", id(words))))
    return kept[1] if kept is not None and kept[0] is words else None


def look_for(words: tuple[str, ...], units: Sequence[Unit]) -> None:
    """Makes `words_in` known for all declarations of a file at once: most of many words stand nowhere in it."""
    text = "\n".join([unit.key for unit in units]).lower()
    likely = [word for word in words if word in text]
    for unit in units:
        words_in(unit, words, likely)
