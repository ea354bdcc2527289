"""Checks that a page comes from the server's own origin, by what the page itself sends."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Compare, Const, Expr, Function, Index, Name, Str
from ..identifier import words
from ..once import once_each
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..walk import sites
from .values import from_request, name_of, origins, parameter


@rule(
    "MCP451",
    severity=Severity.WARNING,
    references=("CWE-346", "CWE-350", "MCP07:2025", "SAFE-T1005", "MCTS-T-1028"),
    words=("origin",),
    bad="""
    from urllib.parse import urlparse

    from mcp.server.fastmcp import FastMCP
    from starlette.requests import Request

    mcp = FastMCP("notes")


    def own_page(request: Request) -> bool:
        origin = request.headers.get("origin")
        return urlparse(origin).netloc == request.headers.get("host")
        #                              ^^ `Origin` is compared with `Host`, and a rebound page sends its own as both
    """,
    good="""
    from mcp.server.fastmcp import FastMCP
    from starlette.requests import Request

    mcp = FastMCP("notes")
    NAMES = ("localhost:8000", "127.0.0.1:8000")


    def own_page(request: Request) -> bool:
        return request.headers.get("host") in NAMES
    """,
    typescript=Example(
        bad="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

        export const server = new McpServer({ name: "notes", version: "1.0.0" });

        export function ownPage(req, res, next) {
          const origin = req.headers.origin;
          if (origin && new URL(origin).host !== req.headers.host) {
            //                               ^^^ `Origin` is compared with `Host`, and a rebound page sends its own …
            res.status(403).end();
            return;
          }
          next();
        }
        """,
        good="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

        export const server = new McpServer({ name: "notes", version: "1.0.0" });
        const names = new Set(["localhost:3000", "127.0.0.1:3000"]);

        export function ownPage(req, res, next) {
          if (!names.has(req.headers.host)) {
            res.status(403).end();
            return;
          }
          next();
        }
        """,
    ),
)
def origin_compared_with_host(passage: Passage) -> Iterator[Finding]:
    """Whether a page may ask is decided by comparing its `Origin` with `Host`.

    Both are what the browser makes of the address of the page. A page that has pointed its own name at 127.0.0.1 (DNS
    rebinding) sends that name as both, so that they agree, and the check that should keep it out lets it in. What it
    keeps out are pages of other origins alone.

    Compare `Host` with the names under which the server is really reached, whether or not there is an `Origin`.
    """
    if not passage.about.mcp:
        return
    knowing: dict[Function, bool] = {}
    for site in passage.of(Compare):
        node = site.node
        assert isinstance(node, Compare)
        if node.op not in ("==", "!=") or site.function is None or not _speaks_of_both(site.function):
            continue
        sides = [_headers(side, site.function) for side in (node.left, node.right)]
        if sides not in ([{"origin"}, {"host"}], [{"host"}, {"origin"}]):
            continue
        if site.function not in knowing:
            knowing[site.function] = _knows_hosts(passage, site.function)
        if knowing[site.function]:
            continue
        text = site.unit.key[node.left.end : node.right.start]
        at = node.left.end + len(text) - len(text.lstrip())
        yield Finding(
            passage.place(site.unit, at, at + len(text.strip())),
            "`Origin` is compared with `Host`, and a rebound page sends its own as both",
            severity=Severity.INFORMATION if passage.about.asks else None,
        )


@once_each
def _speaks_of_both(function: Function) -> bool:
    """Whether both words stand in a function: most comparisons need no closer look."""
    text = function.text.lower()
    return "origin" in text and ("host" in text or "netloc" in text)


def _headers(value: Expr, function: Function) -> set[str]:
    """Which of the two headers a value is made of."""
    found: set[str] = set()
    seen: set[str] = set()
    todo: list[Expr] = [value]
    for _ in range(_DEEPEST):
        todo = [name for one in todo for name in _names(one, function, seen, found)]
    return found


def _names(value: Expr, function: Function, seen: set[str], found: set[str]) -> Iterator[Name]:
    """The variables of a value whose own values say more, each once; the headers in it are added to ``found``."""
    for origin in origins(value, function):
        for site in sites(origin, function.unit, function, functions=False):
            node = site.node
            if not isinstance(node, (Name, Attr, Call, Index)):
                continue
            name = name_of(node).lower()
            if name in _BOTH and from_request(node, function):
                found.add(name)
            elif name in _OF_ADDRESS and _of_request(node):
                found.add("host")
            elif isinstance(node, Name) and node.id not in seen:
                if parameter(node.id, function) is not None:
                    found.update(_brought(node.id))
                elif node is not value:
                    seen.add(node.id)
                    yield node


_BOTH = frozenset(("origin", "host"))
_OF_ADDRESS = frozenset(("netloc", "hostname", "host"))
_DEEPEST = 4


def _of_request(node: object) -> bool:
    """Whether it is a part of the address that a request says it was sent to: ``request.url.netloc``."""
    if not isinstance(node, Attr) or not isinstance(node.value, Attr) or node.value.name not in ("url", "base_url"):
        return False
    return name_of(node.value.value) in ("request", "req")


def _brought(name: str) -> Iterator[str]:
    """Which header a parameter is by its name: ``origin``, ``hostHeader``; a ``host`` may be what is configured."""
    said = set(words(name))
    if "origin" in said:
        yield "origin"
    elif "host" in said and not said.isdisjoint(("header", "request", "req")):
        yield "host"


def _knows_hosts(passage: Passage, function: Function) -> bool:
    """Whether the host is also held against what the server knows: a list, a set, a name."""
    for site in passage.of(Call, Compare):
        node = site.node
        if site.function is not function:
            continue
        if isinstance(node, Compare):
            sides = [_headers(side, function) for side in (node.left, node.right)]
            if {"host"} in sides and set() in sides:
                other = node.right if sides[0] else node.left
                if not isinstance(other, Const) and not (isinstance(other, Str) and not other.value):
                    return True
        elif isinstance(node, Call) and _judges(node):
            if any("host" in _headers(arg.value, function) for arg in node.args):
                return True
    return False


def _judges(call: Call) -> bool:
    said = {name_of(call.callee), *words(name_of(call.callee))}
    if isinstance(call.callee, Attr):
        said.update(words(name_of(call.callee.value)))
    return not _JUDGING.isdisjoint(said)


_JUDGING = frozenset(
    ("includes", "has", "some", "allow", "allowed", "local", "loopback", "localhost", "trusted", "known", "permitted")
)
