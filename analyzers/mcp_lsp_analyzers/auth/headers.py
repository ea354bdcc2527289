"""What a service takes from the headers of a request, and should not without a look at it."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Expr, If, Index, Name, Str, Unit, last_name
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Nodes, Site, body, sites
from .values import name_of


@rule(
    "MCP441",
    severity=Severity.WARNING,
    references=("CWE-918", "CWE-441", "MCP05:2025", "SAFE-T1306", "CoSAI MCP-T3"),
    words=("headers",),
    bad="""
    from starlette.requests import Request

    from .notes import NotesClient


    def client_of(request: Request) -> NotesClient:
        address = request.headers.get("x-notes-url", "https://notes.example")
        #                             ^^^^^^^^^^^^^ whoever calls says with `x-notes-url` which host the server contacts
        return NotesClient(address, token=request.headers["x-notes-token"])
    """,
    good="""
    from starlette.requests import Request

    from .notes import NotesClient

    HOSTS = ("https://notes.example", "https://notes.test")


    def client_of(request: Request) -> NotesClient:
        address = request.headers.get("x-notes-url", HOSTS[0])
        if address not in HOSTS:
            raise PermissionError("no host of ours")
        return NotesClient(address, token=request.headers["x-notes-token"])
    """,
    typescript=Example(
        bad="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { NotesClient } from "./notes.js";

        export function clientOf(request) {
          const address = request.headers["x-notes-url"];
          //                              ^^^^^^^^^^^^^ whoever calls says with `x-notes-url` which host …
          return new NotesClient(address, request.headers["x-notes-token"]);
        }
        """,
        good="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { NotesClient } from "./notes.js";

        const HOSTS = ["https://notes.example", "https://notes.test"];

        export function clientOf(request) {
          const address = request.headers["x-notes-url"];
          if (!HOSTS.includes(address)) {
            throw new Error("no host of ours");
          }
          return new NotesClient(address, request.headers["x-notes-token"]);
        }
        """,
    ),
)
def address_out_of_a_header(passage: Passage) -> Iterator[Finding]:
    """A header of the request names the host that the server contacts, and nothing looks at it.

    Whoever can send a request, also without a valid token, makes the server call any address: services of the own
    network, the metadata of the cloud with its credentials (CVE-2026-27826). What the server sends along goes there.

    Compare the address with the hosts that are known, or refuse what resolves to private addresses, before anything is
    made of it.
    """
    for site in passage.of(Call, Assign):
        node = site.node
        if isinstance(node, Call):
            found = _asked(node)
        else:
            assert isinstance(node, Assign)
            found = None if node.value is None else _entry(node.value)
        if found is None or not _is_address(found.value) or _judged(site):
            continue
        used = _uses(site, found)
        if used is not None:
            said = found.value.lower()
            yield Finding(
                passage.at(site.unit, found),
                f"whoever calls says with `{said}` which host the server contacts",
                related=tuple(Related(passage.at(unit, use), "what it says goes on here") for unit, use in used[:4]),
                detail=said,
            )


def _asked(call: Call) -> Str | None:
    """``headers.get("x-notes-url")``, ``request.header("x-notes-url")``"""
    callee, first = call.callee, call.positional(0)
    if not isinstance(callee, Attr) or not isinstance(first, Str):
        return None
    if callee.name in ("header", "get_header", "getHeader"):
        return first
    return first if callee.name == "get" and _of_request(callee.value) else None


def _entry(value: Expr) -> Str | None:
    """``request.headers["x-notes-url"]``, anywhere in what is kept."""
    for site in sites(value, None, functions=False, kinds=(Index,)):  # type: ignore[arg-type]
        node = site.node
        assert isinstance(node, Index)
        if isinstance(node.index, Str) and _of_request(node.value):
            return node.index
    return None


def _of_request(held: Expr) -> bool:
    if isinstance(held, Call):
        return last_name(held.callee) in ("get_http_headers", "headers")
    return name_of(held) == "headers"


_PLACES = frozenset(("url", "uri", "endpoint", "host", "hostname", "domain", "server", "instance"))
_OF_THE_WAY = frozenset(
    ("forwarded", "original", "rewrite", "real", "request", "referer", "origin", "proxy", "envoy", "http", "matched",
     "upgrade", "allowed", "redirect", "callback", "public")
)  # fmt: skip
"""What proxies say of how a request came, and where an answer goes."""


def _is_address(header: str) -> bool:
    said = words(header)
    return len(said) > 2 and said[0] == "x" and said[-1] in _PLACES and _OF_THE_WAY.isdisjoint(said)


_JUDGES = pattern(
    r"(?i)(?:valid|allow|safe|ssrf|permi|private|trust|known|public|whitelist|check_)\w*\s*\("
    r"|not in\b|hostname|\.includes\(|\.has\("
)


def _judged(site: Site) -> bool:
    """Whether something in the function around looks like a check of addresses."""
    function = site.function
    text = site.unit.key if function is None else function.unit.key
    start, end = (0, len(text)) if function is None else (function.start, function.end)
    return _JUDGES.search(text, start, end) is not None


def _uses(site: Site, header: Str) -> list[tuple[Unit, Expr]] | None:
    """Where something is made of what the header says; ``None`` where only whether it is there is asked."""
    function = site.function
    if function is None:
        return []
    inside = body(function)
    tested = [(each.unit, each.node.test) for each in inside if isinstance(each.node, If)]
    if _within(tested, site.unit, header):
        return None
    kept = Nodes()
    names = set()
    for each in inside:
        node = each.node
        if isinstance(node, Assign) and isinstance(node.target, Name) and node.value is not None:
            if _within([(each.unit, node.value)], site.unit, header):
                kept.add(node.target)
                names.add(node.target.id)
    uses: list[tuple[Unit, Expr]] = [
        (each.unit, each.node)
        for each in inside
        if isinstance(each.node, Name)
        and each.node.id in names
        and each.node not in kept
        and not _within(tested, each.unit, each.node)
    ]
    return uses if uses or not names else None


def _within(around: list[tuple[Unit, Expr]], unit: Unit, node: Expr) -> bool:
    return any(where is unit and outer.start <= node.start < outer.end for where, outer in around)
