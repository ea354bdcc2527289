"""Whose credential is used for a caller who brings none."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Choice, Expr, Function, Index, Logic, Name, Pair, Return, last_of
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, body
from .values import brought, from_request, is_secret, name_of, origins, parameter


@rule(
    "MCP459",
    severity=Severity.INFORMATION,
    references=("CWE-306", "CWE-441", "CWE-863", "MCP01:2025", "MCP07:2025", "CoSAI MCP-T1"),
    words=("headers", "header(", "get_header"),
    bad="""
    import os

    from starlette.requests import Request


    def token_for(request: Request) -> str:
        brought = request.headers.get("authorization", "").removeprefix("Bearer ")
        return brought or os.environ["NOTES_TOKEN"]
        #                 ^^^^^^^^^^^^^^^^^^^^^^^^^ whoever brings no token acts with `NOTES_TOKEN`
    """,
    good="""
    from starlette.exceptions import HTTPException
    from starlette.requests import Request


    def token_for(request: Request) -> str:
        brought = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not brought:
            raise HTTPException(401)
        return brought
    """,
    typescript=Example(
        bad="""
        export function clientFor(req) {
          const token = req.headers.authorization?.split(" ")[1];
          return connect({ accessToken: token || process.env.NOTES_TOKEN });
          //                                     ^^^^^^^^^^^^^^^^^^^^^^^ whoever brings no token acts with `NOTES_TOKEN`
        }
        """,
        good="""
        export function clientFor(req, res) {
          const token = req.headers.authorization?.split(" ")[1];
          if (!token) {
            res.status(401).end();
            return;
          }
          return connect({ accessToken: token });
        }
        """,
    ),
)
def own_credential_for_whoever_brings_none(passage: Passage) -> Iterator[Finding]:
    """A request without a token is carried out with the server's own.

    Those who bring a token get what it is good for. Those who bring none get what the server's is good for, which is
    what its operator may do: whoever reaches the port has it, and the check of tokens behind it sees nothing wrong.

    Answer 401 to whoever brings none. Where one person uses the server alone, use its own token over stdio only.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Assign, Pair, Call):
        for value in _values(site.node):
            yield from _lent(value, site, passage)
    seen = set[Function]()
    for site in passage.of(Call):
        function = site.function
        if function is None or function in seen:
            continue
        seen.add(function)
        returned = [one for one in body(function, Return) if isinstance(one.node, Return)]
        for one in returned:
            yield from _lent(one.node.value, one, passage)  # type: ignore[attr-defined]
        yield from _instead(function, returned, passage)


def _instead(function: Function, returned: list[Site], passage: Passage) -> Iterator[Finding]:
    """Where a function gives what a request brought, and at its end what it was given for whoever brought nothing."""
    last = last_of(function.body)
    if not isinstance(last, Return) or not any(brought(one.node.value, one.function) for one in returned):  # type: ignore[attr-defined]
        return
    value = last.value.left if isinstance(last.value, Logic) else last.value
    name = name_of(value)
    if value is None or not is_secret(name):
        return
    given = isinstance(value, Name) and parameter(value.id, function) is not None and _STANDS_IN & set(words(name))
    if given or (not isinstance(value, Name) and _own(value, Site(value, function.unit, function))):
        said = f"whoever brings no token acts with `{name}`"
        yield Finding(passage.at(function.unit, value), said, detail=name)


_STANDS_IN = {"fallback", "default", "server", "global", "shared", "configured", "static", "env", "own", "resolved"}


def _values(node: object) -> list[Expr | None]:
    if isinstance(node, Call):
        return [arg.value for arg in node.args]
    return [node.value] if isinstance(node, (Assign, Pair)) else []


def _lent(value: Expr | None, site: Site, passage: Passage) -> Iterator[Finding]:
    if isinstance(value, Logic) and value.op in ("or", "??"):
        given, own = value.left, value.right
    elif isinstance(value, Choice):
        given, own = value.then, value.otherwise
    else:
        return
    name = _own(own, site)
    if name and brought(given, site.function):
        said = f"whoever brings no token acts with `{name}`"
        yield Finding(passage.at(site.unit, own), said, detail=name)


def _own(value: Expr, site: Site) -> str:
    """The name of a credential that the server has: of a setting or of the environment."""
    if isinstance(value, Logic) and value.op in ("or", "??"):
        return _own(value.left, site)
    name = name_of(value)
    if not is_secret(name) or from_request(value, site.function):
        return ""
    if isinstance(value, Name):
        kept = [one for one in origins(value, site.function) if one is not value]
        if value.id.isupper():
            return name
        return next((found for one in kept if (found := _own(one, site))), "")
    return name if isinstance(value, (Attr, Call, Index)) else ""
