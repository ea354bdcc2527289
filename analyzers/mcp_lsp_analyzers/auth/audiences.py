"""Whether what checks a token is told whom it has to be for."""

from __future__ import annotations

from .. import inside
from ..code import (
    Assign,
    Attr,
    Binary,
    Call,
    Choice,
    Compare,
    Comprehension,
    Const,
    Define,
    Dict,
    Expr,
    Function,
    If,
    Index,
    Lambda,
    Logic,
    Loop,
    Name,
    Param,
    Raise,
    Return,
    Str,
    Unit,
)  # fmt: skip
from ..environment import variables
from ..identifier import words
from ..inside import targets
from ..passage import Passage
from ..rule import Severity
from ..walk import Site, body, holds, sites
from .values import mentions, name_of


def left_open(name: str, call: Call, site: Site, passage: Passage) -> tuple[str, Severity | None] | None:
    """What is said of a call that checks a token and is told no audience, or one that may be nothing; and how loudly
    where not as the rule says."""
    target = passage.target(call, site.function)
    none = _told_none(name, target, call)
    given = None if none else _given(name, target, call)
    if not none and (given is None or not _nothing(given, site.function, site.unit, passage)):
        return None
    if _told_later(passage) or compares_audience(passage):
        return None
    if isinstance(given, Name) and _decided(given.id, call, site):
        return None
    if given is None:
        return "no audience is checked: tokens for other services are taken", None
    held = given.left if isinstance(given, Logic) else given
    said = f"tokens for other services are taken where `{name_of(held) or 'audience'}` is not set"
    return said, Severity.INFORMATION


_BY_OPTIONS = ("jose.jwtVerify", "jsonwebtoken.verify")
_BY_KEYWORD = ("JWTVerifier", "BearerAuthProvider")


def _told_none(name: str, target: str, call: Call) -> bool:
    if target in _BY_OPTIONS:
        if len(call.args) < 2 or any(arg.spread for arg in call.args):
            return False
        options = call.positional(2)
        if options is None:
            return target == "jose.jwtVerify" or "jwks" in name_of(call.positional(1)).lower()
        return (
            isinstance(options, Dict)
            and options.get("audience") is None
            and all(pair.key is not None for pair in options.pairs)
            and (target == "jose.jwtVerify" or options.get("issuer") is not None)
        )
    if name in _BY_KEYWORD and target.startswith("fastmcp"):
        return call.keyword("audience") is None and not any(arg.spread for arg in call.args)
    return False


def _given(name: str, target: str, call: Call) -> Expr | None:
    if target in _BY_OPTIONS:
        options = call.positional(2)
        return options.get("audience") if isinstance(options, Dict) else None
    return call.keyword("audience") if name in _BY_KEYWORD and target.startswith("fastmcp") else None


def _nothing(value: Expr, function: Function | None, unit: Unit, passage: Passage, depth: int = 0) -> bool:
    """Whether a value is ``undefined``, or may be: a variable of the environment that nobody has to set, a parameter
    that may be left out. These libraries check nothing then."""
    if depth > 4:
        return False
    if isinstance(value, Const):
        return value.value is None
    if isinstance(value, Logic):
        return value.op in ("or", "??") and _nothing(value.right, function, unit, passage, depth + 1)
    if isinstance(value, Choice):
        return any(_nothing(one, function, unit, passage, depth + 1) for one in (value.then, value.otherwise))
    if isinstance(value, Name):
        local = inside.meaning(value.id, function)
        if not local:
            bound = passage.declared(value.id)
            return bound is not None and isinstance(bound.value, Const) and bound.value.value is None and not bound.path
        if len(local) != 1 or local[0].path:
            return False
        held = local[0].node
        if isinstance(held, Param):
            return isinstance(held.default, Const) and held.default.value is None
        return local[0].kind == "value" and _nothing(held, function, unit, passage, depth + 1)  # type: ignore[arg-type]
    return any(one.node is value and not one.fails and not one.otherwise for one in variables(value, unit))


def _decided(name: str, call: Call, site: Site) -> bool:
    """Whether the function asks for it first: it goes on without, refuses, or does this only where there is one."""
    for other in body(site.function, If) if site.function is not None else ():
        test = other.node
        assert isinstance(test, If)
        if mentions(test.test, (name,), other) and (
            holds(other, site.unit, call.start, call.end)
            or any(sites(branch, other.unit, kinds=(Raise, Return)) for branch in (test.then, test.otherwise))
        ):
            return True
    return False


def _told_later(passage: Passage) -> bool:
    """Whether the declaration sets the audience of what it made: ``self.verifier.audience = url``."""
    set_there = (site.node.target for site in passage.of(Assign))  # type: ignore[attr-defined]
    return any(
        isinstance(target, Attr) and target.name == "audience" and name_of(target.value) != "self"
        for target in set_there
    )


def compares_audience(passage: Passage) -> bool:
    """Whether a function of the same declaration takes the audience out of a token and compares it."""
    return any(_compares_audience(site.node.function) for site in passage.of(Define, Lambda))  # type: ignore[attr-defined]


def _compares_audience(function: Function) -> bool:
    known: set[str] = set()  # variables with the audience, with what is made of it, or with one of several
    for site in sites(function.body, function.unit, function, kinds=_TELLING):
        node = site.node
        if isinstance(node, Comprehension):
            known |= {name_of(target) for target, listed, _ in node.clauses if _reads(listed, site, known)}
        elif isinstance(node, Loop):
            known |= {name_of(node.target)} if _reads(node.iterable, site, known) else set()
        elif isinstance(node, Assign) and not isinstance(node.target, Name):
            known |= {name for name, path in targets(node.target) if path[-1:] == ("aud",)}
        elif _reads(node, site, known):
            if isinstance(node, Assign) and isinstance(node.target, Name):
                known.add(node.target.id)
            elif isinstance(node, Call) and not _TESTS.isdisjoint(words(name_of(node.callee))):
                return True
            elif isinstance(node, (Compare, Binary)) and node.op in _COMPARED:
                return True
    return False


def _reads(node: object, at: Site, known: set[str]) -> bool:
    """Whether the audience stands somewhere in a piece of code."""
    return any(
        _claim(one.node) == "aud" or (isinstance(one.node, Name) and one.node.id in known)
        for one in sites(node, at.unit, at.function, kinds=(Call, Index, Attr, Name))
    )


def _claim(node: object) -> str:
    """What is read: ``payload["aud"]``, ``payload.get("aud")``, ``payload.aud``."""
    if isinstance(node, Attr):
        return node.name
    asked = node.index if isinstance(node, Index) else None
    if isinstance(node, Call) and name_of(node.callee) == "get":
        asked = node.positional(0)
    return asked.value if isinstance(asked, Str) else ""


_TELLING = (Assign, Binary, Call, Compare, Comprehension, Loop)
_COMPARED = frozenset(("in", "not in", "==", "!=", "===", "!==", "&"))
_TESTS = frozenset(
    ("includes", "contains", "has", "some", "every", "isdisjoint", "intersection", "issubset", "issuperset", "match",
     "matches", "check", "verify", "validate", "assert", "ensure", "allowed", "valid")
)  # fmt: skip
"""Words of functions that compare: ``payload.aud.includes(HERE)``, ``check_audience(claims["aud"])``."""
