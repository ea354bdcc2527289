"""Tokens that were issued for somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Const
from ..fix import Edit, Edits, Fix
from ..place import Span
from ..rule import Finding, Severity, rule
from ..wiring import Wiring

_SINCE = (1, 30)  # of mcp: the first version checked that has the setting


@rule(
    "MCP136",
    severity=Severity.WARNING,
    references=("CWE-287", "MCP07:2025"),
    bad="""
    from mcp.server import MCPServer
    from mcp.server.auth.settings import AuthSettings

    settings = AuthSettings(issuer_url="https://login.example.com", resource_server_url="https://notes.example.com")
    #          ^^^^^^^^^^^^ the SDK does not ask whom a token was issued for: `validate_token_resource` is not set
    mcp = MCPServer("notes", auth=settings)
    """,
    good="""
    from mcp.server import MCPServer
    from mcp.server.auth.settings import AuthSettings

    settings = AuthSettings(
        issuer_url="https://login.example.com",
        resource_server_url="https://notes.example.com",
        validate_token_resource=True,
    )
    mcp = MCPServer("notes", auth=settings)
    """,
)
def audience_not_checked(wiring: Wiring) -> Iterator[Finding]:
    """Tokens are accepted whoever they were issued for.

    A server must take only tokens that were issued for it (RFC 8707, and the specification of MCP since 2025-06-18):
    otherwise whoever runs another server of the same issuer can use the tokens of its visitors here. The Python SDK
    compares the audience with `resource_server_url` only where `validate_token_resource` is set; that becomes the
    default in version 3.

    Set `validate_token_resource=True`, unless your verifier compares the audience itself.
    """
    sdk = wiring.sdk
    if sdk is None or sdk.family != "mcp" or not (sdk.major == 2 or (wiring.version or (0, 0)) >= _SINCE):
        return
    if any(arg.name == "auth_server_provider" for call in wiring.calls for arg in call.expr.args):
        return  # it issues the tokens itself, and knows no others
    if wiring.checks_audience:
        return
    for call in wiring.calls:
        if call.target.rpartition(".")[2] != "AuthSettings" or not call.target.startswith("mcp.server.auth"):
            continue
        names = {arg.name for arg in call.expr.args}
        if "resource_server_url" not in names or "validate_token_resource" in names:
            continue
        url = call.expr.keyword("resource_server_url")
        if any(arg.spread for arg in call.expr.args) or (isinstance(url, Const) and url.value is None):
            continue
        last = call.expr.args[-1]
        end = call.place.part(Span(last.end, last.end))
        fix = Fix("Check whom tokens are for", Edits((Edit(end, ", validate_token_resource=True"),)))
        said = "the SDK does not ask whom a token was issued for: `validate_token_resource` is not set"
        yield Finding(call.callee_place, said, fix=fix)
