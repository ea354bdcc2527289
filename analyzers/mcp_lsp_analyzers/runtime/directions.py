"""What an endpoint and its authorization server tell a client that has no credentials yet."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..live import Endpoint
from ..pattern import pattern
from ..rule import FileExample, Finding, Severity, rule
from .evidence import at

_RECORD = "notes.mcp-session.jsonl"


@rule(
    "MCP828",
    severity=Severity.WARNING,
    references=("CWE-287", "CoSAI MCP-T1"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "no credentials", "guarded": true, "status": 401,
              "answered": {"www-authenticate": "Bearer"}}}
            {"exchange": {"asks": "resource metadata", "guarded": true, "status": 404}}
            //^^^^^^^^ clients cannot find out how to get credentials: …
            """,
            good="""
            {"exchange": {"asks": "no credentials", "guarded": true, "status": 401, "url": "https://notes.example/mcp",
              "answered": {"www-authenticate": "Bearer"}}}
            {"exchange": {"asks": "resource metadata", "guarded": true, "status": 200,
              "text": "{\\"resource\\": \\"https://notes.example\\", \\"authorization_servers\\": [\\"https://login.example\\"]}"}}
            """,
        ),
    ),
)
def credentials_without_directions(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint asks for credentials and does not say where they come from.

    A server that uses OAuth publishes its metadata (RFC 9728, `/.well-known/oauth-protected-resource`) with the
    resource and its authorization servers; without that, clients cannot log in, or are told elsewhere where to do so.

    Serve the metadata, and name its address in the `WWW-Authenticate` header of the 401. The resource in it is the
    endpoint itself: clients do not ask for a token that is for another one.
    """
    refused = next((each for each in endpoint.of("no credentials") if each.status == 401), None)
    if refused is None:
        return
    found = endpoint.of("resource metadata")
    if not found:
        return
    unnamed = refused.header("www-authenticate") is None
    good = next((exchange for exchange in found if exchange.status == 200), None)
    if good is None:
        which = "neither resource metadata (RFC 9728) nor `WWW-Authenticate`"
        which = which if unnamed else "no resource metadata (RFC 9728)"
        said = f"clients cannot find out how to get credentials: there is {which}"
        yield Finding(at(found[0]), said, detail="metadata")
        return
    if unnamed:
        said = "the refusal (401) has no `WWW-Authenticate`: clients cannot tell which credentials it wants"
        yield Finding(at(refused), said, detail="header")
    told = _object(good.text)
    if not isinstance(told.get("resource"), str) or not told.get("authorization_servers"):
        said = "clients cannot find out how to get credentials: the metadata names no server that gives them"
        yield Finding(at(good), said, detail="metadata")
    elif not _covers(told["resource"], endpoint.url):
        said = f"the metadata are about `{told['resource'][:60]}`, not about this endpoint: clients refuse them"
        yield Finding(at(good), said, detail="resource")


@rule(
    "MCP849",
    severity=Severity.WARNING,
    references=("CWE-287", "CWE-345", "CoSAI MCP-T1"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "authorization metadata", "url": "https://login.example/.well-known/x", "status": 200,
            //^^^^^^^^ the authorization server does not say that it takes PKCE with `S256`: clients …
              "text": "{\\"issuer\\": \\"https://login.example\\", \\"authorization_endpoint\\": \\"https://login.example/a\\"}"}}
            """,
            good="""
            {"exchange": {"asks": "authorization metadata", "url": "https://login.example/.well-known/x", "status": 200,
              "text": "{\\"authorization_endpoint\\": \\"x\\", \\"code_challenge_methods_supported\\": [\\"S256\\"]}"}}
            """,
        ),
    ),
)
def authorization_without_pkce(endpoint: Endpoint) -> Iterator[Finding]:
    """The authorization server of an endpoint does not offer PKCE with `S256`.

    A code that is sent to a client's redirect can be caught on the way; with PKCE nobody else can turn it into a token.
    MCP asks clients to look for `code_challenge_methods_supported` in the metadata, and to go no further without it.

    Switch PKCE on, require it, and list `S256` in the metadata (RFC 8414).
    """
    for exchange in endpoint.of("authorization metadata"):
        told = _object(exchange.text)
        methods = told.get("code_challenge_methods_supported")
        if "authorization_endpoint" in told and not (isinstance(methods, list) and "S256" in methods):
            said = "the authorization server does not say that it takes PKCE with `S256`: clients have to refuse it"
            yield Finding(at(exchange), said)


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _covers(resource: str, url: str) -> bool:
    """Whether a resource is an endpoint, or what stands above it, as clients compare them (RFC 8707 section 2)."""
    one, other = _ADDRESS.match(resource.lower()), _ADDRESS.match(url.lower())
    if one is None or other is None or _LOOPBACK.sub("localhost", one[1]) != _LOOPBACK.sub("localhost", other[1]):
        return False
    return f"{other[2].rstrip('/')}/".startswith(f"{one[2].rstrip('/')}/")


_ADDRESS = pattern(r"(https?://[^/?#]+)([^?#]*)")
_LOOPBACK = pattern(r"(?<=//)(?:127\.0\.0\.1|\[::1\])")
