"""A token for a client of its own (OAuth 2.0 client credentials, RFC 6749 section 4.4), from the server that the
endpoint's metadata name: RFC 9728 says which authorization server, RFC 8414 where its tokens are given out.

The secret goes to an origin that the user agreed to, and to no other, whatever the endpoint says.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from mcp_lsp_analyzers.record import NamedTuple

from .consent import Consent, NotAgreed, origin
from .limits import Limits
from .network import ACCEPT
from .speech import CLIENT, NEWEST
from .web import Answer, ask

_KEPT = 200


class NoToken(Exception):
    """The message says at which step it failed, for the user; no secret is in it."""


class Client(NamedTuple):
    id: str
    secret: str
    scope: str = ""


def foreign(url: str, client: Client, consent: Consent, limits: Limits) -> str:
    """A token that says of itself that it is for another resource than an endpoint: one that must be refused there. ""
    where the authorization server gives out none, as it should for a resource it does not know. Raises `NotAgreed`."""
    try:
        found = token(url, client, consent, limits, ELSEWHERE)
    except NoToken:
        return ""
    audience = _audience(found)
    return found if ELSEWHERE in audience and not any(each.startswith(origin(url)) for each in audience) else ""


ELSEWHERE = "https://elsewhere.example/mcp"


def token(url: str, client: Client, consent: Consent, limits: Limits, resource: str = "") -> str:
    """An access token for an endpoint, or for another ``resource``. Raises `NoToken`, and `NotAgreed` where the
    endpoint names an authorization server that nobody agreed to."""
    described = _resource(url, consent, limits)
    servers = described.get("authorization_servers")
    issuer = servers[0] if isinstance(servers, list) and servers and isinstance(servers[0], str) else origin(url)
    try:
        consent.to_reach(issuer)
    except NotAgreed:
        raise NotAgreed(f"{url} names {issuer} for its tokens; agree with --authorization-server {issuer}") from None
    metadata = _authorization(issuer, consent, limits)
    endpoint = metadata.get("token_endpoint")
    if not isinstance(endpoint, str):
        raise NoToken(f"{issuer}: its metadata name no token_endpoint")
    named = described.get("resource")
    wanted = resource or (named if isinstance(named, str) else url)
    form = {"grant_type": "client_credentials", "resource": wanted}
    if client.scope:
        form["scope"] = client.scope
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    methods = metadata.get("token_endpoint_auth_methods_supported")
    if isinstance(methods, list) and "client_secret_post" in methods and "client_secret_basic" not in methods:
        form |= {"client_id": client.id, "client_secret": client.secret}
    else:  # what RFC 8414 section 2 takes for granted where nothing is said
        pair = f"{quote(client.id, safe='')}:{quote(client.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    answer = ask(endpoint, consent, limits, "POST", headers, urlencode(form).encode())
    given = _object(answer)
    found = given.get("access_token")
    if answer.status != 200 or not isinstance(found, str) or not re.fullmatch(r"[\x21-\x7e]+", found):
        said = given.get("error_description") or given.get("error")
        why = str(said)[:_KEPT].replace(client.secret, "***") if said else answer.problem or f"status {answer.status}"
        raise NoToken(f"{endpoint} gave no token: {why}")
    kind = given.get("token_type")
    if isinstance(kind, str) and kind.lower() != "bearer":
        raise NoToken(f"{endpoint} gave a token of the type {kind[:40]}, which is not used here")
    return found


def _resource(url: str, consent: Consent, limits: Limits) -> dict[str, Any]:
    """The metadata of the protected resource: where its refusal says, else at the well-known places (RFC 9728)."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": NEWEST, "capabilities": {}, "clientInfo": CLIENT}}).encode()  # fmt: skip
    refused = ask(url, consent, limits, "POST", {"Content-Type": "application/json", "Accept": ACCEPT}, body)
    if refused.status == 0:
        raise NoToken(f"{url}: {refused.problem}")
    named = re.search(r'resource_metadata="([^"]+)"', refused.header("www-authenticate"))
    home = f"{origin(url)}/.well-known/oauth-protected-resource"
    path = urlsplit(url).path.rstrip("/")
    for at in dict.fromkeys(([named[1]] if named else []) + [f"{home}{path}", home]):
        try:
            found = _document(at, consent, limits)
        except NotAgreed:
            continue  # a place elsewhere that nobody agreed to; there are those of its own
        if found:
            return found
    return {}  # a server of 2025-03-26 is its own authorization server


def _authorization(issuer: str, consent: Consent, limits: Limits) -> Mapping[str, Any]:
    """The metadata of an authorization server (RFC 8414 section 3, and OpenID's place for them)."""
    for at in wells(issuer):
        found = _document(at, consent, limits)
        if found:
            said = found.get("issuer")
            # Section 3.3: metadata of another issuer must not be used.
            if isinstance(said, str) and said.rstrip("/") != issuer.rstrip("/"):
                raise NoToken(f"{at}: these are the metadata of {said[:_KEPT]}, not of {issuer}")
            return found
    raise NoToken(f"{issuer}: it has no metadata (RFC 8414)")


def wells(issuer: str) -> Iterator[str]:
    """Where the metadata of an authorization server may stand."""
    home, path = origin(issuer), urlsplit(issuer).path.rstrip("/")
    for name in ("oauth-authorization-server", "openid-configuration"):
        yield f"{home}/.well-known/{name}{path}"
    if path:
        yield f"{home}{path}/.well-known/openid-configuration"


def _audience(token: str) -> list[str]:
    """For whom a token says it is, where it is a JWT (RFC 7519)."""
    try:
        part = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        found = claims["aud"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return []
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, str)]


def _document(url: str, consent: Consent, limits: Limits) -> dict[str, Any]:
    answer = ask(url, consent, limits, "GET", {"Accept": "application/json"})
    return _object(answer) if answer.status == 200 else {}


def _object(answer: Answer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
