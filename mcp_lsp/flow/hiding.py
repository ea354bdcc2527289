"""Where a file lists its tools and where it calls them, and which of the two asks for the mode the server is in."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Call,
    Choice,
    Compare,
    Comprehension,
    Define,
    Function,
    If,
    Index,
    Jump,
    Lambda,
    Name,
    Raise,
    Return,
    Unit,
    last_name,
)
from mcp_lsp_analyzers.gates import names_mode, tells_mode
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.inside import own_text
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.walk import Site, sites

from .nodes import callee, name_of, names_in, parts, says, some_in, words_in

_ANSWERS = {
    "ListToolsRequestSchema": "list",
    "CallToolRequestSchema": "call",
    "list_tools": "list",
    "call_tool": "call",
}
_WORDS = ("setrequesthandler", "list_tools", "call_tool")
_TOOLS = pattern(
    r"(?:(?:dis|en)abled|allowed|blocked|denied|hidden|excluded)_?tools?|tool_?(?:is_?)?(?:allowed|enabled|disabled)"
    r"|non_?destructive|destructive_?only",
    flags=2,  # re.IGNORECASE
)
_OF_TOOLS = ("abled", "allowed", "blocked", "denied", "hidden", "excluded", "destructive")


class _Answering(NamedTuple):
    """What answers a request. ``of``: the schema or decorator that says which, as named here; ``calls``: the last
    words of what it calls; ``asks``: it names the mode of the server; ``uses``: the variables in it; ``searched``:
    those in which it looks something up."""

    of: str
    start: int
    end: int
    unit: Unit
    calls: frozenset[str]
    asks: bool
    function: Function | None
    uses: frozenset[str] = frozenset()
    searched: frozenset[str] = frozenset()


class Hiding(NamedTuple):
    """What one unit has of it. ``asking``: functions that name the mode; ``refuses``: in which answers somebody is
    refused for it, "" for outside of them; ``chosen``: variables of which the mode says what is in them."""

    answers: tuple[_Answering, ...] = ()
    asking: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()


_NOTHING = Hiding()


@once
def hiding(unit: Unit) -> Hiding:
    if not words_in(unit, _WORDS) and not _tells(unit):
        return _NOTHING
    owns = [(_own(part), around) for part, around in parts(unit)]
    answers = tuple([answer for own, _ in owns for answer in own.answers])
    refuses = [_within(function or around, answers) for own, around in owns for function in own.refusing]
    asking = frozenset().union(*(own.asking for own, _ in owns))
    return Hiding(answers, asking, frozenset(refuses), frozenset().union(*(own.chosen for own, _ in owns)))


class _Own(NamedTuple):
    """What a part of a unit has of it without those in it. ``refusing``: the functions in which somebody is refused,
    ``None`` for the one around it."""

    answers: tuple[_Answering, ...] = ()
    asking: frozenset[str] = frozenset()
    refusing: tuple[Function | None, ...] = ()
    chosen: frozenset[str] = frozenset()


_NONE = _Own()


@once
def _own(unit: Unit) -> _Own:
    answers, tells = some_in(own_text(unit).lower(), _WORDS), _tells(unit)
    return _found(unit, answers, tells) if answers or tells else _NONE


def _found(unit: Unit, answers: bool, tells: bool) -> _Own:
    """``tells``: a mode is named in it, which few declarations do; else there is nobody who asks."""
    found: list[_Answering] = []
    asking: set[str] = set()
    refusing: list[Function | None] = []
    chosen: set[str] = set()
    for site in sites(unit.statements, unit, nested=False, kinds=(Define, Call, If, Assign)):
        node = site.node
        if isinstance(node, Define):
            if tells and _names_mode(node.function.body, unit):
                asking.add(node.function.name)
            for decorator in node.function.decorators if answers else ():
                kind = last_name(decorator.callee if isinstance(decorator, Call) else decorator)
                if kind in _ANSWERS:
                    at = node.function.name_start
                    until = at + len(node.function.name)
                    found.append(_answering(kind, at, until, node.function, site.unit, tells))
        elif answers and isinstance(node, Call) and last_name(node.callee) == "setRequestHandler":
            schema, given = node.positional(0), node.positional(1)
            kind = last_name(schema) if isinstance(schema, (Name, Attr)) else ""
            if kind and schema is not None and given is not None:
                named = names_in(given, site.unit, name_of, (Name, Attr))
                lambdas = sites(given, site.unit, nested=False, kinds=(Lambda,))
                wrapped = next((each.node.function for each in lambdas if isinstance(each.node, Lambda)), None)
                found.append(_answering(kind, schema.start, schema.end, wrapped, site.unit, tells, named))
        elif tells and isinstance(node, If) and _names_mode(node.test, unit) and _refuses(node, unit):
            refusing.append(site.function)
        elif tells and isinstance(node, Assign) and isinstance(node.target, Name) and _chooses(node.value, unit):
            chosen.add(node.target.id)
    return _Own(tuple(found), frozenset(asking - {""}), tuple(refusing), frozenset(chosen))


def _chooses(value: object, unit: Unit) -> bool:
    """Whether the mode says what is in a list: ``readOnly ? reading : tools``, ``tools.filter(isToolEnabled)``."""
    for site in sites(value, unit, kinds=(Choice, Comprehension, Call)):
        node = site.node
        if isinstance(node, Choice) and _names_mode(node.test, unit):
            return True
        if isinstance(node, Comprehension) or (isinstance(node, Call) and last_name(node.callee) == "filter"):
            if _names_mode(node, unit):
                return True
    return False


def _within(function: Function | None, answers: Iterable[_Answering]) -> str:
    """Which answer a function is, or stands in."""
    while function is not None:
        for each in answers:
            if each.function is function:
                return each.of
        function = function.parent
    return ""


def _answering(
    of: str,
    start: int,
    end: int,
    function: Function | None,
    unit: Unit,
    tells: bool,
    named: frozenset[str] = frozenset(),
) -> _Answering:
    """``named``: what is named where a function is handed over, which may be the function."""
    if function is None:
        return _Answering(of, start, end, unit, named, tells and any(map(_is_mode, named)), None)
    calls = names_in(function.body, function.unit, callee, (Call,))
    asks = tells and _names_mode(function.body, function.unit)
    if asks:
        asks = _of_the_server(function) and not (_ANSWERS.get(of) == "call" and _only_leaves_out(function))
    uses = names_in(function.body, function.unit, name_of, (Name,))
    searched = names_in(function.body, function.unit, _searched, (Call, Index, Compare))
    return _Answering(of, start, end, unit, calls, asks, function, uses, searched)


def _searched(site: Site) -> str:
    """The variable in which something is looked up: ``tools.find(…)``, ``handlers[name]``, ``name in tools``."""
    node = site.node
    if isinstance(node, Index):
        return last_name(node.value) if isinstance(node.value, Name) else ""
    if isinstance(node, Compare):
        return last_name(node.right) if node.op in ("in", "not in") and isinstance(node.right, Name) else ""
    of = node.callee.value if isinstance(node, Call) and isinstance(node.callee, Attr) else None
    return of.id if isinstance(of, Name) and callee(site) in _LOOKS_UP else ""


_LOOKS_UP = frozenset(("find", "get", "has", "some", "includes", "findIndex"))


def _of_the_server(function: Function) -> bool:
    """Whether a mode is named that is no variable of its own: ``const isReadOnly = verb === "get"`` is of a tool."""
    for site in sites(function.body, function.unit, function, kinds=(Name, Attr)):
        if not _mode(site):
            continue
        if not isinstance(site.node, Name) or not inside.bound_between(site.node.id, site.function, function):
            return True
    return False


def _only_leaves_out(function: Function) -> bool:
    """Whether the mode is only named where something is passed over in a list: ``if (readOnly) continue;``"""
    tests = [
        (one.node.test, one.unit)
        for one in sites(function.body, function.unit, kinds=(If,))
        if isinstance(one.node, If) and one.node.then and all(isinstance(each, Jump) for each in one.node.then)
    ]
    over = {id(one.node) for test, unit in tests for one in sites(test, unit, kinds=(Name, Attr))}
    named = [one.node for one in sites(function.body, function.unit, kinds=(Name, Attr)) if _mode(one)]
    return all(id(each) in over for each in named)


def _names_mode(node: object, unit: Unit) -> bool:
    return bool(names_in(node, unit, _mode, (Name, Attr)))


def _mode(site: Site) -> str:
    """What a name is called, if that is how modes are called."""
    name = name_of(site)
    return name if _is_mode(name) else ""


@functools.lru_cache(maxsize=1024)
def _is_mode(name: str) -> bool:
    return names_mode(name) or _tells_tools(name)


def _tells(unit: Unit) -> bool:
    return says(unit, tells_mode) or says(unit, _tells_tools)


def _tells_tools(text: str) -> bool:
    """Whether a name for tools that are left out stands in a text: words are looked for first."""
    return some_in(text.lower(), _OF_TOOLS) and _TOOLS.search(text) is not None


def _refuses(test: If, unit: Unit) -> bool:
    return any(isinstance(site.node, (Raise, Return)) for site in sites(test.then, unit, functions=False))


def hidden(owns: Iterable[Hiding], module: Module, modules: Modules | None) -> tuple[Place, Place] | None:
    """Where the tools are listed and where they are called, if those that are hidden there can be called all the
    same."""
    answers = [each for own in owns for each in own.answers]
    if len(answers) < 2:
        return None
    there = {statement.local: statement.name for statement in module.imports}
    kinds = {each.of: _ANSWERS.get(there.get(each.of) or each.of) for each in answers}
    lists = [each for each in answers if kinds[each.of] == "list"]
    calls = [each for each in answers if kinds[each.of] == "call"]
    if len(lists) != 1 or len(calls) != 1 or any(kinds.get(of) != "list" for own in owns for of in own.refuses):
        return None
    asking: frozenset[str] = frozenset().union(*(own.asking for own in owns if own.asking))
    listing, calling = lists[0], calls[0]
    chosen: frozenset[str] = frozenset().union(*(own.chosen for own in owns if own.chosen))
    if not (listing.asks or not asking.isdisjoint(listing.calls) or not chosen.isdisjoint(listing.uses)):
        return None
    if calling.asks or not asking.isdisjoint(calling.calls) or _elsewhere(calling, module, modules):
        return None
    if any(_made_of(name, calling, module, chosen) for name in calling.searched):
        return None
    if any(not _PERMITS.isdisjoint(words(name)) for name in calling.calls):
        return None  # each caller has rights of their own, by which both go
    return _place(listing, module), _place(calling, module)


_PERMITS = frozenset(("permission", "permissions", "permitted", "authorize", "authorized", "authorise", "authorised"))


def _made_of(name: str, calling: _Answering, module: Module, chosen: frozenset[str]) -> bool:
    """Whether a variable holds what the mode chose, or was made of that outside of what calls."""
    if name in chosen:
        return True
    around = calling.function.parent if calling.function is not None else None
    made = [(one.node, one.unit) for one in inside.meaning(name, around)]
    bound = None if made else module.binding(name)
    if bound is not None and bound.value is not None:
        made = [(bound.value, bound.unit)]
    return any(not chosen.isdisjoint(names_in(value, unit, name_of, (Name,))) for value, unit in made)


def _place(answer: _Answering, module: Module) -> Place:
    return Place(module.uri, "/gates", Span(answer.start, answer.end), answer.unit.anchor)


def _elsewhere(calling: _Answering, module: Module, modules: Modules | None) -> bool:
    """Whether the calling is left to a file that names the mode. Where many are called, each does one tool."""
    left_to = [statement for statement in module.imports if statement.local in calling.calls]
    if modules is None or len(left_to) > _FEW:
        return False
    others = [modules.find(module.uri, statement) for statement in left_to]
    owns = [hiding(unit) for other in others if other is not None for unit in other.units]
    return any(own.asking or own.refuses for own in owns)


_FEW = 4
