"""Which addresses are opened, and which are taken for addresses of the own network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Attr, Call, Expr, Function, Name
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..walk import body
from .values import name_of, parameter, words


@rule(
    "MCP412",
    severity=Severity.WARNING,
    references=("CWE-939", "CWE-601", "SAFE-T1306", "CoSAI MCP-T3"),
    bad="""
    import webbrowser


    async def log_in(authorization_url: str) -> None:
        webbrowser.open(authorization_url)
        #               ^^^^^^^^^^^^^^^^^ `authorization_url` is opened whatever its scheme is
    """,
    good="""
    import webbrowser
    from urllib.parse import urlsplit


    async def log_in(authorization_url: str) -> None:
        if urlsplit(authorization_url).scheme != "https":
            raise ValueError("not a web address")
        webbrowser.open(authorization_url)
    """,
    typescript=Example(
        bad="""
        import open from "open";

        export async function redirectToAuthorization(authorizationUrl: URL) {
          await open(authorizationUrl.toString());
          //         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `authorizationUrl` is opened whatever its scheme is
        }
        """,
        good="""
        import open from "open";

        export async function redirectToAuthorization(authorizationUrl: URL) {
          if (authorizationUrl.protocol !== "https:") {
            throw new Error("not a web address");
          }
          await open(authorizationUrl.toString());
        }
        """,
    ),
)
def address_opened_unchecked(passage: Passage) -> Iterator[Finding]:
    """An address that another side named is opened without a look at its scheme.

    The authorization address comes from the server that a client connects to. `javascript:` runs in the page that
    opens it, `file:` and the schemes of installed programs start them, and what `open` hands to a shell may be a
    command (CVE-2025-6514).

    Take only `https:` (and `http:` to the own machine).
    """
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        value = call.positional(0)
        if value is None or site.function is None or name_of(call.callee) not in _WORDS:
            continue
        if passage.about.language == "python" and isinstance(call.callee, Name):
            continue  # the built-in `open`
        if passage.target(call, site.function) not in _OPENS:
            continue
        name = _given(value, site.function)
        if name and not _looked_at(site.function):
            yield Finding(passage.at(site.unit, value), f"`{name}` is opened whatever its scheme is", detail=name)


_OPENS = frozenset(
    ("open", "open.default", "webbrowser.open", "webbrowser.open_new_tab", "webbrowser.open_new", "opn", "better-opn",
     "electron.shell.openExternal", "vscode.env.openExternal", "window.open", "window.location.assign",
     "location.assign")
)  # fmt: skip
_WORDS = frozenset(word.rpartition(".")[2] for word in _OPENS)


def _given(value: Expr, function: Function) -> str:
    """The parameter that a value is, as an address; "" where it is none."""
    while isinstance(value, (Attr, Call)):
        value = value.value if isinstance(value, Attr) else value.callee
    if not isinstance(value, Name) or parameter(value.id, function) is None:
        return ""
    return "" if {"url", "uri", "link", "href", "address"}.isdisjoint(words(value.id)) else value.id


_CHECKS = re.compile(r"valid|check|sanitiz|is_?safe|assert|startswith", re.IGNORECASE)


def _looked_at(function: Function) -> bool:
    """Whether the function looks at a scheme, or has the address checked."""
    for site in body(function):
        node = site.node
        if isinstance(node, Attr) and node.name in ("protocol", "scheme"):
            return True
        if isinstance(node, Call) and _CHECKS.search(name_of(node.callee)):
            return True
    return False
