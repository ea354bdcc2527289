"""Protection that a server's own parameters leave off unless whoever calls thinks of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Assign, Bind, Compare, Const, Define, Function, If, Lambda, Logic, Name, Not, Param
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import sites
from .values import name_of


@rule(
    "MCP422",
    severity=Severity.WARNING,
    references=("CWE-346", "CWE-350", "MCP07:2025", "SAFE-T1005", "MCTS-T-1028"),
    words=("transport_security", "transportsecurity", "security_settings", "securitysettings", "rebinding"),
    bad="""
    from mcp.server.fastmcp import FastMCP
    from mcp.server.transport_security import TransportSecuritySettings


    def notes_server(
        host: str = "127.0.0.1",
        transport_security: TransportSecuritySettings | None = None,
    #   ^^^^^^^^^^^^^^^^^^ no `Host` or `Origin` is checked unless whoever calls gives `transport_security`
    ) -> FastMCP:
        return FastMCP("notes", host=host, transport_security=transport_security)
    """,
    good="""
    from mcp.server.fastmcp import FastMCP
    from mcp.server.transport_security import TransportSecuritySettings

    LOCAL = TransportSecuritySettings(allowed_hosts=["127.0.0.1:*"], allowed_origins=["http://127.0.0.1:*"])


    def notes_server(
        host: str = "127.0.0.1",
        transport_security: TransportSecuritySettings | None = None,
    ) -> FastMCP:
        return FastMCP("notes", host=host, transport_security=transport_security or LOCAL)
    """,
    typescript=Example(
        bad="""
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

        export function transport(host = "127.0.0.1", enableDnsRebindingProtection = false) {
          //                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no `Host` or `Origin` is checked …
          return new StreamableHTTPServerTransport({ enableDnsRebindingProtection, allowedHosts: [host] });
        }
        """,
        good="""
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

        export function transport(host = "127.0.0.1", enableDnsRebindingProtection = true) {
          return new StreamableHTTPServerTransport({ enableDnsRebindingProtection, allowedHosts: [host] });
        }
        """,
    ),
)
def host_check_left_to_the_caller(passage: Passage) -> Iterator[Finding]:
    """A server that knows its host checks no `Host` or `Origin` by default.

    Who calls it with the default host gets a server that any web page can reach by DNS rebinding, without having chosen
    so (CVE-2025-66416 in the Python SDK before 1.23.0).

    Where the host is a local one and nothing is given, make the settings: the names and addresses of the own machine.
    """
    for site in passage.of(Define, Lambda):
        function: Function = site.node.function  # type: ignore[attr-defined]
        host = next((p for p in function.params if p.name == "host" and p.default is not None), None)
        if host is None:
            continue
        for param in function.params:
            if _left_off(param, function) and not _decided(param.name, function):
                yield Finding(
                    passage.at(function.unit, param.target),
                    f"no `Host` or `Origin` is checked unless whoever calls gives `{param.name}`",
                    related=(Related(passage.at(function.unit, host), "the host it listens on"),),
                    detail=param.name,
                )


_SETTINGS = pattern(r"^(?:transport_?security|security_?settings|enable_?dns_?rebinding_?protection)$", re.IGNORECASE)


def _left_off(param: Param, function: Function) -> bool:
    if not isinstance(param.default, Const) or param.default.value not in (None, False):
        return False
    note = param.annotation
    text = function.unit.key[note.start : note.end] if note is not None else ""
    return _SETTINGS.match(param.name) is not None or "TransportSecuritySettings" in text


def _decided(name: str, function: Function) -> bool:
    """Whether the function sees for itself what it does where nothing is given."""
    for site in sites(function.body, function.unit, function):
        node = site.node
        if isinstance(node, Assign) and name_of(node.target) == name and isinstance(node.target, Name):
            return True
        if isinstance(node, Logic) and name_of(node.left) == name:
            return True
        if isinstance(node, (If, Not, Bind)) and any(
            name_of(inner.node) == name for inner in sites(getattr(node, "test", node), function.unit, function)
        ):
            return True
        if isinstance(node, Compare) and name_of(node.left) == name:
            return True
    return False
