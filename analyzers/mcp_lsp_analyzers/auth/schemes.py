"""Addresses that are refused by how they begin, as somebody wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Expr, Function, If, Items, Name, Raise, Return, Str
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, holds, sites
from .values import is_constant, name_of, origins


@rule(
    "MCP461",
    severity=Severity.WARNING,
    references=("CWE-184", "CWE-601", "CWE-79", "CWE-939", "CoSAI MCP-T3"),
    words=("javascript:", "vbscript:"),
    bad="""
    def accept(redirect_uri: str) -> str:
        if redirect_uri.startswith(("javascript:", "data:")):
        #  ^^^^^^^^^^^^^^^^^^^^^^^ `redirect_uri` is compared as it is written: `JavaScript:` gets through
            raise ValueError("no web address")
        return redirect_uri
    """,
    good="""
    from urllib.parse import urlsplit


    def accept(redirect_uri: str) -> str:
        if urlsplit(redirect_uri).scheme not in ("http", "https"):
            raise ValueError("no web address")
        return redirect_uri
    """,
    typescript=Example(
        bad="""
        export function accept(redirectUri: string) {
          if (redirectUri.startsWith("javascript:") || redirectUri.startsWith("data:")) {
            //^^^^^^^^^^^^^^^^^^^^^^ `redirectUri` is compared as it is written: `JavaScript:` gets through
            throw new Error("no web address");
          }
          return redirectUri;
        }
        """,
        good="""
        export function accept(redirectUri: string) {
          if (!["http:", "https:"].includes(new URL(redirectUri).protocol)) {
            throw new Error("no web address");
          }
          return redirectUri;
        }
        """,
    ),
)
def scheme_refused_as_written(passage: Passage) -> Iterator[Finding]:
    """A dangerous scheme is looked for in an address as somebody wrote it.

    Browsers read `JavaScript:`, a leading space and a tab in the middle as `javascript:`, and run what follows in the
    page. A list of schemes to refuse misses the next one besides.

    Take the address apart (`new URL(…).protocol`, `urlsplit(…).scheme`) and admit `https:`, and `http:` to this
    computer.
    """
    told: set[Function | None] = set()
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        callee = call.callee
        if site.function in told or not isinstance(callee, Attr) or callee.name not in ("startswith", "startsWith"):
            continue
        if _runs_code(call.positional(0)) and _as_written(callee.value, site.function) and _refuses(passage, site):
            told.add(site.function)
            name = name_of(callee.value) or "it"
            said = f"`{name}` is compared as it is written: `JavaScript:` gets through"
            yield Finding(passage.at(site.unit, callee), said, detail=name)


_SCHEMES = pattern(r"(?:javascript|vbscript):(?://)?")
_NO_PAGES = pattern(r"#|(?:mailto|tel|sms):")


def _runs_code(given: Expr | None) -> bool:
    values = given.items if isinstance(given, Items) else [given]
    return any(isinstance(value, Str) and _SCHEMES.fullmatch(value.value) for value in values)


def _sorts(test: Site) -> bool:
    """Whether links are told from what leads to no page, none of which does any harm: ``#top``, ``mailto:``."""
    every = sites(test.node, test.unit, test.function, kinds=(Str,))
    return any(isinstance(site.node, Str) and _NO_PAGES.fullmatch(site.node.value) for site in every)


_SAME = frozenset(("lower", "toLowerCase", "casefold", "toLocaleLowerCase", "normalize", "URL", "urlunsplit", "geturl"))


def _as_written(value: Expr, function: Function | None) -> bool:
    """Whether nothing made the letters small before, or took the address apart."""
    for origin in origins(value, function):
        if isinstance(origin, Attr) and origin.name in ("href", "protocol", "scheme"):
            return False
        unit = None if function is None else function.unit
        for site in sites(origin, unit, function, kinds=(Call,)):  # type: ignore[arg-type]
            if name_of(site.node.callee) in _SAME:  # type: ignore[attr-defined]
                return False
    return isinstance(value, (Name, Attr))


def _refuses(passage: Passage, found: Site) -> bool:
    """Whether an error follows, or the answer no."""
    start, end = found.node.start, found.node.end  # type: ignore[attr-defined]
    for site in passage.of(If):
        node = site.node
        assert isinstance(node, If)
        test = site._replace(node=node.test)
        if site.function is found.function and holds(test, found.unit, start, end):
            return not _sorts(test) and any(
                isinstance(inner.node, Raise)
                or (isinstance(inner.node, Return) and is_constant(inner.node.value, False))
                for inner in sites(node.then, site.unit, site.function, functions=False, kinds=(Raise, Return))
            )
    return False
