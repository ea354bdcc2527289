"""Checks of a host that look at how it is written, and let every name through."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Catch, Compare, Const, Expr, Function, If, Items, Raise, Return, Str, Try, With
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Nodes, body, sites
from .values import name_of, origins

_READERS = frozenset(("ip_address", "IPv4Address", "IPv6Address", "isIP", "isIPv4", "isIPv6"))
"""What reads an address, and takes no name for one."""

_PRIVATE = frozenset(("is_private", "is_global", "is_reserved", "isPrivate", "isPrivateIP", "isPrivateIp"))
_RESOLVES = pattern(
    r"getaddrinfo|gethostby|\bdns\b|dns[._/]|resolve[46_]|_resolve|Resolve[Hr4]|resolver|\blookup\b"
    r"|(?:[dD]omain|[hH]ost(?:name)?|Name|[dD]ns|DNS|[uU]rl)_?[rR]esolve[sd]?"
    r"|[rR]esolve[sd]?(?:To|All|Dns|DNS|Domain|Name|Ip|IP|Addr|Private|Internal|Public)"
)


@rule(
    "MCP433",
    severity=Severity.WARNING,
    references=("CWE-918", "CWE-184", "MCP05:2025", "SAFE-T1104", "CoSAI MCP-T8"),
    words=("ip_address", "ipv4address", "isip", "localhost"),
    bad="""
    import ipaddress
    from urllib.parse import urlsplit


    def refuse_internal(url: str) -> None:
        host = urlsplit(url).hostname or ""
        try:
            address = ipaddress.ip_address(host)
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^ any name passes this check, whatever address it leads to
        except ValueError:
            return
        if address.is_private or address.is_loopback or address.is_link_local:
            raise ValueError("an address of our own network")
    """,
    good="""
    import ipaddress
    import socket
    from urllib.parse import urlsplit


    def refuse_internal(url: str) -> None:
        for found in socket.getaddrinfo(urlsplit(url).hostname, None):
            address = ipaddress.ip_address(found[4][0])
            if not address.is_global or address.is_multicast:
                raise ValueError("an address of our own network")
    """,
    typescript=Example(
        bad="""
        import { isIP } from "node:net";
        import { isPrivate } from "./ranges.js";

        export function refuseInternal(url: string) {
          const host = new URL(url).hostname;
          if (isIP(host) !== 0 && isPrivate(host)) {
            //^^^^^^^^^^ any name passes this check, whatever address it leads to
            throw new Error("an address of our own network");
          }
        }
        """,
        good="""
        import { lookup } from "node:dns/promises";
        import ipaddr from "ipaddr.js";

        export async function refuseInternal(url: string) {
          for (const { address } of await lookup(new URL(url).hostname, { all: true })) {
            if (ipaddr.process(address).range() !== "unicast") {
              throw new Error("an address of our own network");
            }
          }
        }
        """,
    ),
)
def hosts_as_written(passage: Passage) -> Iterator[Finding]:
    """A check for private addresses lets every name through.

    Anybody can register a name that leads to 127.0.0.1 or `169.254.169.254`; there are services that do.
    A check that reads the host of a URL as an address, and has nothing to say where it is none, refuses only those who
    write the address out.

    Resolve the name, look at every address it has, connect to one that was looked at, and look again at each redirect.
    """
    if _RESOLVES.search(passage.unit.key):
        return
    seen = Nodes()
    for site in passage.of(Call):
        call, function = site.node, site.function
        assert isinstance(call, Call)
        if function is None or function in seen or passage.word(call.callee) not in _READERS or not call.args:
            continue
        if _is_host(call.args[0].value, function) and _judges(function) and _lets_names_through(call, function):
            seen.add(function)
            yield Finding(
                passage.at(site.unit, call), "any name passes this check, whatever address it leads to", detail="names"
            )
    if passage.about.imports.isdisjoint(_LOOKS_UP):
        for site in passage.of(Compare):
            function = site.function
            if function is not None and function not in seen and _refuses_own_name(site.node, function):
                seen.add(function)
                named = passage.place(function.unit, function.name_start, function.name_start + len(function.name))
                yield Finding(
                    passage.at(site.unit, site.node),
                    "any name passes this check, whatever address it leads to",
                    related=(Related(named, "what looks at the host as it is written"),),
                    detail="names",
                    severity=Severity.INFORMATION,
                )


_LOOKS_UP = frozenset(
    ("dns", "node:dns", "dns/promises", "node:dns/promises", "socket", "dns.resolver", "request-filtering-agent",
     "ssrf-req-filter", "ssrf-agent", "aiodns")
)  # fmt: skip
_JUDGES = frozenset(("private", "internal", "public", "blocked", "ssrf", "forbidden", "disallowed", "unsafe"))
_LOOKED_AT = frozenset(("host", "hostname", "domain", "url", "uri"))


def _refuses_own_name(node: object, function: Function) -> bool:
    """``host === "localhost"`` in a function that by its name decides whether a host may be contacted."""
    assert isinstance(node, Compare)
    said = set(words(function.name))
    if not said & _JUDGES or not any(_LOOKED_AT & set(words(param.name)) for param in function.params):
        return False
    for side, other in ((node.left, node.right), (node.right, node.left)):
        texts = other.items if isinstance(other, Items) else [other]
        if any(isinstance(text, Str) and text.value == "localhost" for text in texts):
            return node.op in ("==", "===", "in") and not isinstance(side, Str)
    return False


def _is_host(value: Expr, function: Function) -> bool:
    """The host of a URL: what `hostname` of one gives, or what a function that judges hosts is given by that name."""
    for origin in origins(value, function):
        if isinstance(origin, Attr) and origin.name == "hostname":
            return True
        if name_of(origin) in ("host", "hostname") and _OF_OTHERS & set(words(function.name)):
            return True
    return any(
        isinstance(part.node, Attr) and part.node.name == "hostname"
        for origin in origins(value, function)
        for part in sites(origin, function.unit, function)
    )


_OF_OTHERS = {"private", "internal", "public", "blocked", "ssrf", "safe", "unsafe", "metadata", "reserved", "forbidden"}


def _judges(function: Function) -> bool:
    return any(
        (isinstance(site.node, Attr) and site.node.name in _PRIVATE)
        or (isinstance(site.node, Call) and (name_of(site.node.callee) in _PRIVATE or _range(site.node)))
        for site in body(function)
    )


def _range(call: Call) -> bool:
    return isinstance(call.callee, Attr) and call.callee.name == "range" and not call.args


def _lets_names_through(call: Call, function: Function) -> bool:
    """Whether what is no address goes on: its error is caught and nothing is refused, or it is only asked about."""
    for other in body(function):
        node = other.node
        if isinstance(node, With) and node.start <= call.start and call.end <= node.end:
            if any(name_of(value.callee) == "suppress" for value, _ in node.items if isinstance(value, Call)):
                return True
        elif isinstance(node, Try) and node.body and node.body[0].start <= call.start <= node.body[-1].end:
            if node.catches and not any(_refuses(one, function) for one in node.catches):
                return True
        elif isinstance(node, If) and node.test.start <= call.start and call.end <= node.test.end:
            return not node.otherwise and bool(node.then)
    return False


def _refuses(catch: Catch, function: Function) -> bool:
    said = set(words(function.name))
    for site in sites(catch.body, function.unit, function):
        node = site.node
        if isinstance(node, Raise):
            return True
        if isinstance(node, Return) and node.value is not None:
            if not isinstance(node.value, Const):
                return True
            value = node.value.value
            if value is True and not said & {"safe", "public", "valid", "allowed", "ok"}:
                return True
            if value is False and not said & {
                "private",
                "internal",
                "blocked",
                "unsafe",
                "local",
                "reserved",
                "metadata",
            }:
                return True
    return False
