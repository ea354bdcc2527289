"""Authentication that a service has and that its configuration may leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import inside
from ..code import (
    Attr,
    Await,
    Call,
    Compare,
    Const,
    Define,
    Do,
    Expr,
    Function,
    If,
    Index,
    Lambda,
    Logic,
    Name,
    Not,
    Raise,
    Return,
    Stmt,
    Str,
    Unit,
    flat,
    last_of,
)
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, body, sites
from .values import is_constant, is_secret, name_of, operands, origins, parts


@rule(
    "MCP434",
    severity=Severity.INFORMATION,
    references=("CWE-306", "CWE-636", "CWE-287", "MCP07:2025", "SAFE-T1005", "CoSAI MCP-T1"),
    words=("token", "secret", "key", "password", "passwd", "credential", "bearer", "apikey"),
    bad="""
    import os
    import secrets

    from fastapi import Header, HTTPException

    API_KEY = os.environ.get("NOTES_API_KEY", "")


    def require_key(x_api_key: str = Header("")) -> None:
        if not API_KEY:
        #      ^^^^^^^ everybody is let in as long as `API_KEY` is not set
            return
        if not secrets.compare_digest(x_api_key, API_KEY):
            raise HTTPException(401)
    """,
    good="""
    import os
    import secrets

    from fastapi import Header, HTTPException

    API_KEY = os.environ.get("NOTES_API_KEY", "")


    def require_key(x_api_key: str = Header("")) -> None:
        if not API_KEY:
            raise HTTPException(503, "no key is configured")
        if not secrets.compare_digest(x_api_key, API_KEY):
            raise HTTPException(401)
    """,
    typescript=Example(
        bad="""
        import { sameToken } from "./same.js";

        const token = process.env.NOTES_TOKEN;

        export function askForToken(req, res, next) {
          if (token && !sameToken(req.headers.authorization, `Bearer ${token}`)) {
            //^^^^^ everybody is let in as long as `token` is not set
            res.status(401).end();
            return;
          }
          next();
        }
        """,
        good="""
        import { sameToken } from "./same.js";

        const token = process.env.NOTES_TOKEN;

        export function askForToken(req, res, next) {
          if (!token || !sameToken(req.headers.authorization, `Bearer ${token}`)) {
            res.status(401).end();
            return;
          }
          next();
        }
        """,
    ),
)
def authentication_that_may_be_left_out(passage: Passage) -> Iterator[Finding]:
    """Callers are asked for a secret only where one is configured.

    Who starts the server without it has an open one, and nothing says so: the check passes for everybody.

    Refuse to start, or to answer, without the secret. Where an open server is wanted on one machine, let that be
    configured by a name of its own, and listen on loopback only then.
    """
    if not passage.about.mcp:
        return
    for site in passage.of(Define, Lambda):
        found = open_without(passage, site.node.function)  # type: ignore[attr-defined]
        if found is not None:
            name = name_of(found.node)
            said = f"everybody is let in as long as `{name}` is not set"
            yield Finding(passage.at(found.unit, found.node), said, detail=name)


def open_without(passage: Passage, function: Function) -> Site | None:
    """The secret without which a function that asks for it lets everybody in."""
    tests = [s for s in body(function) if isinstance(s.node, If)]
    if not tests or not _refuses([s.node for s in body(function)]):
        return None
    missing_is_refused = {
        _text(part)
        for s in tests
        if isinstance(s.node, If) and _refuses(_inside(s.node.then, function))
        for part in _any_absent(s.node.test, function)
    }
    for s in tests:
        node = s.node
        assert isinstance(node, If)
        held = _left_out(node, function)
        if held is not None and _text(held) not in missing_is_refused and _compared(passage, held, function):
            return Site(held, s.unit, function)
    return None


def _left_out(node: If, function: Function) -> Expr | None:
    """The configured secret without which a test lets everybody through."""
    absent = _absent(node.test, function)
    if absent is not None and _configured(absent, function):
        return absent if node.then and lets_in(node.then, function) else None
    present = _present(node.test, function)
    if present is None or not _configured(present, function) or not _refuses(_inside(node.then, function)):
        return None
    return None if node.otherwise and _refuses(_inside(node.otherwise, function)) else present


def _secret(held: Expr, function: Function) -> bool:
    """By its name, or by that of the setting it is: ``const expected = process.env.NOTES_TOKEN``."""
    name = name_of(held)
    if words(name)[:1] in (("has",), ("is",), ("no",)):
        return False
    made = origins(held, function) if isinstance(held, Name) else ()
    return is_secret(name) or any(isinstance(one, (Attr, Call, Index)) and is_secret(name_of(one)) for one in made)


def _absent(test: Expr, function: Function) -> Expr | None:
    """``not TOKEN``, ``TOKEN is None``, ``TOKEN === ""``, several of them at once, and what else is not so"""
    if isinstance(test, Logic) and test.op in ("and", "&&"):
        several = [(part, _absent(part, function)) for part in operands(test)]
        if all(
            found is not None or (isinstance(part, Compare) and part.op in ("!=", "!==")) for part, found in several
        ):
            return next((found for _, found in several if found is not None), None)
        return None
    if isinstance(test, Not):
        return test.value if _secret(test.value, function) else None
    if isinstance(test, Compare) and test.op in ("==", "===", "is"):
        for side, other in ((test.left, test.right), (test.right, test.left)):
            if (isinstance(other, Const) and other.value is None) or (isinstance(other, Str) and not other.value):
                return side if _secret(side, function) else None
    return None


def _any_absent(test: Expr, function: Function) -> Iterator[Expr]:
    for part in operands(test):
        found = _absent(part, function)
        if found is not None:
            yield found


def _present(test: Expr, function: Function) -> Expr | None:
    """``TOKEN``, ``TOKEN and …``, ``TOKEN is not None``"""
    if isinstance(test, Logic):
        return _present(test.left, function) if test.op in ("and", "&&") else None
    if isinstance(test, Compare) and test.op in ("is not", "!=", "!=="):
        other = test.right
        if (isinstance(other, Const) and other.value is None) or (isinstance(other, Str) and not other.value):
            return test.left if _secret(test.left, function) else None
        return None
    return test if isinstance(test, (Name, Attr, Call, Index)) and _secret(test, function) else None


def _configured(held: Expr, function: Function) -> bool:
    """Whether a secret is the service's own and not what a request brings: a setting, a variable around it."""
    if isinstance(held, Name):
        if held.id in inside.variables(function):
            values = [one for one in origins(held, function) if one is not held]
            return bool(values) and all(not isinstance(v, Name) and _configured(v, function) for v in values)
        return True
    root: Expr = held
    names: list[str] = []
    while isinstance(root, (Attr, Call, Index)):
        if isinstance(root, Attr):
            names.append(root.name)
        root = root.callee if isinstance(root, Call) else root.value
    if isinstance(root, Name):
        names.append(root.id)
    if not _BROUGHT.isdisjoint(names):
        return False
    if isinstance(held, Call):
        return any(not _ENVIRONMENT.isdisjoint(words(name)) for name in names)
    return True


_BROUGHT = frozenset(
    ("req", "request", "headers", "header", "query", "query_params", "cookies", "body", "params", "scope", "ctx",
     "context", "credentials", "args", "arguments", "session", "user", "websocket", "conn", "form", "state")
)  # fmt: skip
_ENVIRONMENT = frozenset(("environ", "getenv", "env", "config", "configuration", "settings"))


def lets_in(statements: list[Stmt], function: Function) -> bool:
    """Whether a branch ends with everything being well."""
    if _refuses(_inside(statements, function)):
        return False
    last = last_of(statements)
    if not isinstance(last, Return):
        return isinstance(last, Do) and name_of(_called(last.value)) in _ONWARD and len([*flat(statements)]) == 1
    value = last.value
    if value is None or is_constant(value, True):
        return True
    if isinstance(value, Const) and value.value is None:
        return True
    return name_of(_called(value)) in _ONWARD


_ONWARD = frozenset(("call_next", "next", "_next", "next_handler", "handler", "app", "_app", "inner"))


def _called(value: Expr | None) -> Expr | None:
    if isinstance(value, Await):
        value = value.value
    return value.callee if isinstance(value, Call) else None


def _refuses(nodes: list[object]) -> bool:
    """Whether something here says no."""
    for node in nodes:
        if isinstance(node, Raise) or (isinstance(node, Const) and node.value in (401, 403)):
            return True
        if isinstance(node, Return) and is_constant(node.value, False):
            return True
        if isinstance(node, Return) and isinstance(node.value, Compare) and node.value.op in ("==", "==="):
            return True
        if isinstance(node, Return) and _COMPARES.search(name_of(_called(node.value))) is not None:
            return True
        if isinstance(node, Attr) and node.name in ("HTTP_401_UNAUTHORIZED", "HTTP_403_FORBIDDEN", "UNAUTHORIZED"):
            return True
    return False


def _inside(statements: list[Stmt], function: Function) -> list[object]:
    return [s.node for s in sites(statements, function.unit, function, functions=False)]


def _compared(passage: Passage, held: Expr, function: Function) -> bool:
    """Whether what a caller brings is compared with the secret in this function."""
    text = _text(held)

    def inside_of(side: Expr, unit: Unit, depth: int = 0) -> bool:
        written = (inner.node for inner in sites(side, unit, function))
        made = [*written, *parts(side, function)]
        if any(text == _text(node) for node in made):
            return True
        # Buffer.from(expected), where `expected` is what was configured
        kept = [node for node in made if isinstance(node, Name) and node is not side] if depth < 2 else ()
        return any(inside_of(origin, unit, depth + 1) for node in kept for origin in _made_of(node, function))

    for s in body(function):
        node = s.node
        if isinstance(node, Compare) and node.op in ("==", "!=", "===", "!=="):
            sides = (node.left, node.right)
            if any(isinstance(side, (Str, Const)) and not getattr(side, "value", None) for side in sides):
                continue
            if any(inside_of(side, s.unit) for side in sides):
                return True
        elif isinstance(node, Call) and _COMPARES.search(passage.word(node.callee)):
            if any(inside_of(arg.value, s.unit) for arg in node.args):
                return True
    return False


def _made_of(name: Name, function: Function) -> Iterator[Expr]:
    return (origin for origin in origins(name, function) if origin is not name)


_COMPARES = pattern(r"compare|equal|timing|verify|matches|same|check|valid", re.IGNORECASE)


def _text(node: object) -> str:
    """A name as it is written."""
    if isinstance(node, Name):
        return node.id
    if isinstance(node, Attr):
        inner = _text(node.value)
        return f"{inner}.{node.name}" if inner else ""
    if isinstance(node, Call) and name_of(node):
        return f"{_text(node.callee)}({name_of(node)})"
    if isinstance(node, Index) and isinstance(node.index, Str):
        return f"{_text(node.value)}[{node.index.value}]"
    return ""
