"""What something unknown is asked to fetch or to send, told by its name and what it is given:
``crawler.run(url=page)``, ``bucket.upload(filePath)``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Attr, Await, Call, Const, Dict, Expr, Name, Str, last_name
from mcp_lsp_analyzers.identifier import words

from .values import Value

if TYPE_CHECKING:
    from .calls import At

_FETCHES = frozenset(
    ("fetch", "afetch", "crawl", "acrawl", "scrape", "ascrape", "download", "navigate", "goto", "visit", "browse",
     "request", "arun", "run", "read", "load", "extract", "capture", "screenshot", "open", "get", "post", "put", "head")
)  # fmt: skip
_ALSO_LOOKS_UP = frozenset(("run", "read", "load", "extract", "open", "get", "post", "put", "head"))
"""Of these, what takes keys, names and statements as well."""

_CLIENTS = frozenset(
    ("client", "session", "http", "https", "requests", "requester", "fetcher", "downloader", "browser", "page", "tab",
     "crawler", "scraper", "driver", "webdriver", "spider", "loader", "reader", "extractor")
)  # fmt: skip
_ADDRESSES = (("url",), ("uri",), ("urls",))


def addresses(at: At) -> Iterator[tuple[Value, Expr]]:
    """The arguments that are addresses by their names, of a method that fetches by its own."""
    said = words(at.method)
    if not said or _FETCHES.isdisjoint(said[:2]):
        return
    if said[0] in _ALSO_LOOKS_UP and not _is_client(at):
        return
    if at.args.plain and _is_address(last_name(at.args.plain[0][1])):
        yield at.args.plain[0]
    for keyword, given in at.args.keys.items():
        if _is_address(keyword):
            yield given


def bases(at: At) -> Iterator[tuple[Value, Expr]]:
    """What a client, or a configuration of one, is told by the name of an option to ask from now on:
    ``LLMConfig(base_url=url)``, ``new Client({ baseURL })``."""
    for keyword, given in at.args.keys.items():
        if keyword in _BASES:
            yield given
    for node in (arg.value for arg in at.call.args if isinstance(arg.value, Dict)):
        fields = getattr(at.args.options().shape, "fields", {})
        yield from ((fields[name], node) for name in _BASES if name in fields and node.get(name) is not None)


_BASES = ("base_url", "baseURL", "baseUrl", "api_base", "apiBase", "endpoint_url", "endpointUrl")


_PAGES = frozenset(("page", "tab", "frame", "browser", "driver", "webdriver", "popup", "puppeteer", "playwright"))
_PLACES = frozenset(("url", "uri", "urls", "link", "href", "address", "target", "site", "website", "page", "webpage"))


def of_page(at: At) -> bool:
    """Whether what goes somewhere is a page of a browser, by its name or by what it is given: editors and debuggers go
    to lines and functions."""
    callee = at.call.callee
    on = callee.value if isinstance(callee, Attr) else callee
    while isinstance(on, (Await, Call)):
        on = on.value if isinstance(on, Await) else on.callee
    if not at.args.plain or not _PAGES.isdisjoint(words(last_name(on))):
        return True
    to = at.args.plain[0][1]
    return not isinstance(to, (Name, Attr)) or not _PLACES.isdisjoint(words(last_name(to)))


_SENDS = frozenset(("upload", "attach"))


def files(at: At) -> Iterator[tuple[Value, Expr]]:
    """The arguments that are paths by their names, of a method that by its own sends a file somewhere:
    ``bucket.upload(filePath)``."""
    if _SENDS.isdisjoint(words(at.method)):
        return
    if at.args.plain and _is_path(last_name(at.args.plain[0][1])):
        yield at.args.plain[0]
    for keyword, given in at.args.keys.items():
        if _is_path(keyword):
            yield given


def _is_path(name: str) -> bool:
    said = words(name)
    return said[-1:] in (("path",), ("filepath",), ("pathname",)) and _ELSEWHERE.isdisjoint(said)


_ELSEWHERE = frozenset(("remote", "target", "destination", "dest", "key", "to", "object", "blob", "public"))
"""Paths in the place to which it is sent."""


def _is_client(at: At) -> bool:
    callee = at.call.callee
    return isinstance(callee, Attr) and not _CLIENTS.isdisjoint(words(last_name(callee.value)))


def _is_address(name: str) -> bool:
    return words(name)[-1:] in _ADDRESSES


def follows(at: At) -> bool:
    """Whether redirects are followed because the code says so, in the call or where its client is made."""
    said = _says(at.call)
    callee = at.call.callee
    if isinstance(callee, Attr) and isinstance(callee.value, Name) and at.f.function is not None:
        for one in inside.variables(at.f.function).get(callee.value.id, ()):
            if isinstance(one.node, Call):
                said = said or (_says(one.node) and not _denies(at.call))
    return said


def _says(call: Call) -> bool:
    found = False
    for name, value in options(call):
        if name in FOLLOW:
            found = (isinstance(value, Const) and value.value is True) or (
                isinstance(value, Str) and value.value == "follow"
            )
    return found


def _denies(call: Call) -> bool:
    return any(name in FOLLOW and isinstance(value, Const) and not value.value for name, value in options(call))


def options(call: Call) -> Iterator[tuple[str, Expr]]:
    """What a call is told by name, as keywords or in an object."""
    for arg in call.args:
        if arg.name is not None:
            yield arg.name, arg.value
        elif isinstance(arg.value, Dict):
            for pair in arg.value.pairs:
                if isinstance(pair.key, Str):
                    yield pair.key.value, pair.value


FOLLOW = frozenset(("follow_redirects", "allow_redirects", "redirect", "followRedirect", "followRedirects"))
"""Options that say whether redirects are followed."""
CONNECTS = frozenset(
    ("event_hooks", "hooks", "transport", "beforeRedirect", "dispatcher", "agent", "mounts", "httpAgent", "httpsAgent",
     "connector", "lookup")
)  # fmt: skip
"""Options that say what makes the connections, or looks at them."""
