"""Which addresses are opened, and which are taken for addresses of the own network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Assign, Attr, Call, Expr, Function, Items, Join, Name, Regex, Str
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Nodes, Site, body, sites
from .values import holder, name_of, origins, parameter


@rule(
    "MCP412",
    severity=Severity.WARNING,
    references=("CWE-939", "CWE-601", "CWE-78", "SAFE-T1306", "CoSAI MCP-T3"),
    words=("open", "opn", "location", "start"),
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
    command (CVE-2025-6514). In a command that is put together (`exec("open " + url)`) it surely is one: quotes of JSON
    do not keep a shell from running `$(…)`.

    Take only `https:` (and `http:` to the own machine), and hand it to a program as an argument of its own.
    """
    told: set[Function | None] = set()  # a command for each platform is one fault
    for site in passage.of(Call, Assign):
        node = site.node
        value: Expr | None
        if isinstance(node, Assign):
            value = node.value if _is_location(node.target) else None
        else:
            assert isinstance(node, Call)
            if passage.word(node.callee) in _STARTS:
                for found in _by_a_shell(passage, node, site) if site.function not in told else ():
                    told.add(site.function)
                    yield found
                continue
            value = node.positional(0) if passage.word(node.callee) in _WORDS else None
            target = passage.target(node, site.function) if value is not None else ""
            if target not in _OPENS or (passage.about.language == "python" and target == "open"):
                continue  # in Python, the built-in `open`
        if value is None or site.function is None or _asked_by_the_sdk(passage, site.function):
            continue
        name = _given(value, site.function)
        if name and not _looked_at(site.function):
            yield Finding(passage.at(site.unit, value), f"`{name}` is opened whatever its scheme is", detail=name)


def _asked_by_the_sdk(passage: Passage, function: Function) -> bool:
    """Whether the Python SDK hands the address over (``OAuthClientProvider(…, redirect_handler=log_in)``), which takes
    no other than those of HTTP from a server."""
    return passage.about.language == "python" and any(
        isinstance(site.node, Call) and name_of(site.node.keyword("redirect_handler")) == function.name
        for site in passage.of(Call)
    )


def _by_a_shell(passage: Passage, call: Call, site: Site) -> Iterator[Finding]:
    """``exec(`open "${url}"`)``: quotes of JSON or by hand are none to a shell, which runs what stands in ``$(…)``.
    ``run(["cmd", "/c", "start", url])``: ``cmd`` reads what stands behind ``&`` as a command of its own."""
    if site.function is None:
        return
    for part in _read_by_shells(passage.word(call.callee), call, site.function):
        name = "" if isinstance(part, Str) else _given(part, site.function)
        if name and not _looked_at(site.function):
            yield Finding(passage.at(site.unit, part), f"`{name}` becomes part of a command that opens it", detail=name)
            return


def _read_by_shells(word: str, call: Call, function: Function) -> list[Expr]:
    """What follows in a command that opens something, where a shell reads it."""
    given = [arg.value for arg in call.args if not arg.name]
    for first in origins(given[0], function) if word in _SHELLS and given else ():
        parts = first.parts if isinstance(first, Join) else []
        if parts and isinstance(parts[0], Str) and _OPENER.match(parts[0].value):
            return list(parts[1:])
    items = [item for value in given for item in (value.items if isinstance(value, Items) else [value])]
    said = [item.value.lower() for item in items if isinstance(item, Str)]
    return items[1:] if said and said[0] in ("cmd", "cmd.exe") and "start" in said else []


_SHELLS = frozenset(("exec", "execSync", "execAsync", "execPromise", "system", "popen", "getoutput"))
_STARTS = _SHELLS | frozenset(
    ("run", "call", "check_call", "check_output", "Popen", "create_subprocess_exec", "spawn", "spawnSync", "execFile",
     "execFileSync", "execa")
)  # fmt: skip
_OPENER = pattern(
    r"\s*(?:(?:xdg-|gio )?open|sensible-browser|wslview|(?:cmd(?:\.exe)? /c )?start|rundll32|powershell\b.*\bstart)\s",
    re.IGNORECASE,
)
_OPENS = frozenset(
    ("open", "open.default", "webbrowser.open", "webbrowser.open_new_tab", "webbrowser.open_new", "opn", "better-opn",
     "electron.shell.openExternal", "vscode.env.openExternal", "window.open", "window.location.assign",
     "window.location.replace", "location.assign")
)  # fmt: skip
_WORDS = frozenset(word.rpartition(".")[2] for word in _OPENS)


def _is_location(target: Expr) -> bool:
    """``window.location.href``, ``location.href``, ``window.location``."""
    if isinstance(target, Attr) and target.name == "href":
        return name_of(target.value) == "location"
    return isinstance(target, Attr) and target.name == "location" and name_of(target.value) == "window"


def _given(value: Expr, function: Function) -> str:
    """The name of the address that a value is, where another side named it; "" where it is none."""
    for origin in origins(value, function):
        base: Expr = origin
        while isinstance(base, Call):
            if isinstance(base.callee, Attr) and base.callee.name in ("toString", "href", "strip", "trim"):
                base = base.callee.value
            elif name_of(base.callee) in ("str", "String", "URL", "stringify", "dumps") and len(base.args) == 1:
                base = base.args[0].value
            else:
                break
        if isinstance(base, Attr) and base.name == "href":
            base = base.value
        if isinstance(base, Name) and parameter(base.id, function) is not None and _ADDRESS & set(words(base.id)):
            return base.id
        if isinstance(base, Attr):
            said = set(words(base.name))
            if _ADDRESS & said and {"auth", "authorization", "authorize", "consent", "verification"} & said:
                return base.name
    return ""


_ADDRESS = {"url", "uri", "link", "href", "address", "deeplink"}
_CHECKS = pattern(r"valid|check|sanitiz|is_?safe|assert|startswith", re.IGNORECASE)


def _looked_at(function: Function) -> bool:
    """Whether the function looks at a scheme, or has the address checked."""
    for site in body(function):
        node = site.node
        if isinstance(node, Attr) and node.name in ("protocol", "scheme"):
            return True
        if isinstance(node, Call) and _CHECKS.search(name_of(node.callee)):
            return True
    return False


@rule(
    "MCP417",
    severity=Severity.WARNING,
    references=("CWE-918", "CWE-184", "MCP05:2025", "SAFE-T1104", "CoSAI MCP-T8"),
    words=("private", "public", "loopback", "startswith", "192.168", r"192\.168"),
    bad="""
    from urllib.parse import urlsplit


    def is_internal(url: str) -> bool:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or host.startswith("10.") or host.startswith("192.168.")
        #                             ^^^^^^^^^^^^^^^^^^^^^^ addresses are missing in this check: …
    """,
    good="""
    import ipaddress
    import socket
    from urllib.parse import urlsplit


    def is_internal(url: str) -> bool:
        found = socket.getaddrinfo(urlsplit(url).hostname, None)
        addresses = [ipaddress.ip_address(info[4][0]) for info in found]
        return any(not address.is_global or address.is_multicast for address in addresses)
    """,
    typescript=Example(
        bad="""
        import isPrivate from "private-ip";

        export function refuse(address: string) {
          if (isPrivate(address)) {
          //  ^^^^^^^^^ addresses are missing in this check: multicast and reserved ones
            throw new Error("not a public address");
          }
        }
        """,
        good="""
        import ipaddr from "ipaddr.js";

        export function refuse(address: string) {
          if (ipaddr.process(address).range() !== "unicast") {
            throw new Error("not a public address");
          }
        }
        """,
    ),
)
def private_addresses_with_gaps(passage: Passage) -> Iterator[Finding]:
    """A check for private addresses does not know all of them.

    What is missing can still be reached through the server: `169.254.169.254` hands out a cloud machine's credentials,
    multicast and reserved ranges lead into the network, and many ways of writing 127.0.0.1 are no prefix of a text.
    The npm packages `private-ip` (CVE-2025-8020) and `ip` (CVE-2024-29415) have such gaps and are not maintained.

    Ask for what is allowed, on the resolved address: `is_global and not is_multicast` of `ipaddress` in Python,
    `range() === "unicast"` of ipaddr.js.
    """
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        word = passage.word(call.callee)
        if not ("private" in word.lower() or "public" in word.lower() or "loopback" in word.lower()):
            continue
        target = passage.target(call, site.function)
        if target in _GAPS:
            yield Finding(
                passage.at(site.unit, call.callee),
                f"addresses are missing in this check: {_GAPS[target]}",
                detail=target,
            )
    seen: set[Function] = set()
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        if site.function is None or site.function in seen or name_of(call.callee) not in ("startswith", "startsWith"):
            continue
        seen.add(site.function)
        prefixes = _prefixes(site.function)
        if len(prefixes & _PRIVATE) >= 2 and prefixes & _RANGES and not any(map(_LINK_LOCAL.match, prefixes)):
            yield Finding(passage.at(site.unit, call), _MISSING, detail="prefixes")
    told = Nodes()
    for site in sorted(passage.of(Items, Regex), key=lambda site: isinstance(site.node, Regex)):
        node = site.node
        assert isinstance(node, (Items, Regex))
        items = node.items if isinstance(node, Items) else [node]
        text = "\n".join([item.pattern for item in items if isinstance(item, Regex)])
        if node not in told and _TEN.search(text) and _HOME.search(text) and not _LINK_LOCAL.search(text):
            for item in items:
                told.add(item)
            if not _ADMITS.search(holder(passage, site) + text):
                yield Finding(passage.at(site.unit, node), _MISSING, detail="prefixes")


_MISSING = "addresses are missing in this check: 169.254.0.0/16"
_RANGES = frozenset(("10.", "192.168.", "172.16.", "192.168", "10.0."))
_PRIVATE = _RANGES | {"127.", "127.0.0.1", "localhost"}
_TEN, _HOME = pattern(r"\b10\\?\."), pattern(r"192\\?\.168")
_LINK_LOCAL = pattern(r"169(?:\\?\.254|\.)")
_ADMITS = pattern(r"allow|trust|origin|cors|permit|http", re.IGNORECASE)


_GAPS = {
    "private-ip": "multicast and reserved ones",
    "is-ip-private": "multicast and reserved ones",
    "ip.isPrivate": "loopback written in other ways",
    "ip.isPublic": "loopback written in other ways",
    "ip.isLoopback": "loopback written in other ways",
}


def _prefixes(function: Function) -> set[str]:
    return {
        site.node.value
        for site in sites(function.body, function.unit, function)
        if isinstance(site.node, Str) and re.match(r"\d+\.|localhost$", site.node.value)
    }
