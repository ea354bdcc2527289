"""Questions to an HTTP endpoint that a careful one answers with a refusal. Each is one exchange in the record, with
what was sent and what came back; rules judge them (`mcp_lsp_analyzers.runtime.endpoints`).

None of them calls a tool or sends more than a few hundred bytes (but for `much`, which is agreed to apart): they ask
for the handshake and for lists, as a client does, with one thing about the request that should not be accepted.
"""

from __future__ import annotations

import contextlib
import ipaddress
import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from .consent import Consent, NotAgreed, origin
from .limits import Limits
from .network import ACCEPT, Streamable
from .oauth import wells
from .record import Record
from .speech import CLIENT, NEWEST
from .web import Answer, Stream, ask

FOREIGN = "http://elsewhere.example"
"""An origin that is nobody's: ``example`` is reserved (RFC 2606)."""
_KEPT = 600
_DOCUMENT = 20_000
"""Characters of metadata that are kept: the rules read them."""
SPLIT = "X-Mcp-Lsp-Split"
_SPOOFED = {
    "X-Forwarded-User": "admin", "X-Remote-User": "admin", "X-User-Id": "1", "X-Forwarded-For": "127.0.0.1",
    "X-Real-IP": "127.0.0.1", "X-Authenticated-User": "admin",
}  # fmt: skip
"""What proxies write into requests, and whoever asks may write as well."""
_SECRET = ("authorization", "cookie", "x-api-key", "api-key", "x-auth-token", "proxy-authorization")
_HEADERS = frozenset((
    "content-type", "www-authenticate", "mcp-session-id", "access-control-allow-origin", "location", "server",
    "access-control-allow-credentials", "access-control-allow-headers", "access-control-allow-methods", "retry-after",
    SPLIT.lower(),
))  # fmt: skip


def probe(
    url: str,
    headers: Mapping[str, str],
    consent: Consent,
    record: Record,
    limits: Limits,
    channel: Streamable | None,
    foreign: str = "",
) -> None:
    """All questions. ``channel``: the connection over which the server was listed; without one (the server refused, or
    speaks the older transport) only what needs no listing is asked. ``foreign``: a token that its issuer gave out for
    another audience. Raises `NotAgreed`."""
    older = '"transport": "sse"' in record.text and '"received"' in record.text
    with contextlib.suppress(_Enough):
        made = _Probe(url, headers, consent, record, limits)
        if older:
            made.older()
        else:
            made.all(channel, foreign)


def much(url: str, headers: Mapping[str, str], consent: Consent, record: Record, limits: Limits) -> None:
    """Many requests in a row, until one is refused, and a large one: part of fuzzing, which was agreed to. Raises
    `NotAgreed`."""
    with contextlib.suppress(_Enough):
        made = _Probe(url, headers, consent, record, limits)
        made.burst()
        made.large()


class _Enough(Exception):
    """It does not answer any more: the rest is not asked."""


BURST = 60
"""Requests in a row: a person's client sends a handful, and nobody's limit is above one a second for long."""
LARGE = 12
"""Megabytes of a large request: three times what the TypeScript SDK and the newer Python ones take."""
_PATIENCE = 2
"""Questions that may go unanswered; each takes as long as an answer may."""


def is_local(url: str) -> bool:
    """Whether an address leads to this computer."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class _Probe:
    def __init__(self, url: str, headers: Mapping[str, str], consent: Consent, record: Record, limits: Limits) -> None:
        self.url = url
        self.given = dict(headers)
        self.consent = consent
        self.record = record
        self.limits = limits
        self.guarded = any(name.lower() in _SECRET for name in headers)
        self.silent = 0
        self.bare = {name: value for name, value in headers.items() if name.lower() not in _SECRET}

    def all(self, channel: Streamable | None, foreign: str) -> None:
        self.credentials(self.hello)
        if foreign:
            self.hello("token for another audience", {**self.bare, "Authorization": f"Bearer {foreign}"})
        if channel is None:
            return
        self.origins(self.hello)
        self.ask(
            "preflight from elsewhere", "OPTIONS",
            {"Origin": FOREIGN, "Access-Control-Request-Method": "POST",
             "Access-Control-Request-Headers": "content-type,mcp-session-id"},
        )  # fmt: skip
        self.ask("not JSON", headers=self.post(), body='{"jsonrpc": "2.0", "id": 1, "method": ')
        self.ask("no JSON-RPC", headers=self.post(), body=json.dumps({"id": 1, "method": "tools/list"}))
        self.split()
        session = self.opened() if channel.session else ""  # the one over which it was listed has been given back
        listing = _message("tools/list", {})
        self.ask("no such method", headers=self.post(session), body=_message("no/such/method", {"a": ["b"]}))
        self.ask(
            "wrong types", headers=self.post(session),
            body=_message("tools/call", {"name": {"not": "a name"}, "arguments": "none"}),
        )  # fmt: skip
        self.ask("unknown version", headers={**self.post(session), "MCP-Protocol-Version": "1900-01-01"}, body=listing)
        if self.bare != self.given:
            self.ask("a list without credentials", headers=self.post(given=self.bare), body=listing)
        if session:
            self.within(session, listing)

    def within(self, session: str, listing: str) -> None:
        """What is about sessions."""
        if self.bare != self.given:
            self.ask("a session without its credentials", headers=self.post(session, self.bare), body=listing)
        for _ in range(2):
            self.ask("same request", headers=self.post(session), body=listing)
        for _ in range(3):
            self.hello("session", self.given)
        self.hello("chosen session", {**self.given, "Mcp-Session-Id": secrets.token_hex(16)})
        self.ask("invented session", headers=self.post(secrets.token_hex(16)), body=listing)
        ended = self.ask("end of a session", "DELETE", self.post(session))
        if 200 <= ended.status < 300:
            self.ask("ended session", headers=self.post(session), body=listing)

    def older(self) -> None:
        """Of HTTP+SSE, whose stream is what has to be refused."""
        self.credentials(self.listen)
        self.origins(self.listen)

    def credentials(self, knock: Callable[[str, Mapping[str, str]], Answer]) -> None:
        """Who is let in, by ``knock``: as whom, and with which headers."""
        refused = knock("no credentials", self.bare)
        if refused.status in (401, 403):
            self.guarded = True
            self.metadata()
            knock("spoofed identity", {**self.bare, **_SPOOFED})
        if any(name.lower() == "authorization" for name in self.given):
            knock("invented credentials", {**self.bare, "Authorization": f"Bearer {_token()}"})
            knock("unsigned token", {**self.bare, "Authorization": f"Bearer {_unsigned()}"})

    def origins(self, knock: Callable[[str, Mapping[str, str]], Answer]) -> None:
        knock("foreign origin", {**self.given, "Origin": FOREIGN})
        knock("foreign host", {**self.given, "Host": "elsewhere.example"})

    def listen(self, asks: str, headers: Mapping[str, str], url: str = "") -> Answer:
        """Whether a stream is opened: its first words are enough. With an address of its own only the headers are
        looked at."""
        sent = {"Accept": "text/event-stream", **headers}
        with Stream(url or self.url, self.consent, self.limits, self.limits.answer, "GET", sent) as stream:
            answer = stream.answer
            if not url:
                answer = answer._replace(body=next(stream.chunks(), b"")[:_KEPT])
        self.noted(asks, "GET", url or self.url, sent, "", answer)
        self.counted(answer)
        return answer

    def split(self) -> None:
        """Line ends where a server may put what it is told into its headers."""
        line = f"\r\n{SPLIT}: here"
        about = {"protocolVersion": f"{NEWEST}{line}", "capabilities": {}, "clientInfo": CLIENT}
        self.closed(self.ask("a line end in the version", headers=self.post(), body=_message("initialize", about)))
        encoded = quote(line)
        path, mark, query = self.url.partition("?")
        self.listen("a line end in the path", self.given, f"{path}/{encoded}{mark}{query}")
        self.listen("a line end in the query", self.given, f"{path}?{query}{mark and '&'}to={encoded}")
        self.hello("a line end in the session", {**self.given, "Mcp-Session-Id": f"a{encoded}"})

    def opened(self) -> str:
        """The id of a new session that is ready; "" where there is none."""
        about = {"protocolVersion": NEWEST, "capabilities": {}, "clientInfo": CLIENT}
        answer = self.ask("session opened", headers=self.post(), body=_message("initialize", about))
        session = answer.header("mcp-session-id")
        if session:
            ready = json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"})
            self.ask("session ready", headers=self.post(session), body=ready)
        return session

    def burst(self) -> None:
        """Only the last exchange is kept: the one that was refused, or that none was."""
        session = self.opened()
        sent = {"Content-Type": "application/json", "Accept": ACCEPT, **self.post(session)}
        body = _message("tools/list", {})
        sending = 0
        refused = False
        while sending < BURST and not refused:
            sending += 1
            answer = ask(self.url, self.consent, self.limits, "POST", sent, body.encode())
            refused = answer.status in (0, 429, 503)
        self.noted("burst", "POST", self.url, sent, f"{sending} times {body}", answer)
        if session:
            self.ask("end of a session", "DELETE", self.post(session))

    def large(self) -> None:
        session = self.opened()
        sent = {"Content-Type": "application/json", "Accept": ACCEPT, **self.post(session)}
        body = _message("tools/list", {"_meta": {"filling": "a" * LARGE * 1_000_000}})
        answer = ask(self.url, self.consent, self.limits, "POST", sent, body.encode())
        self.noted("large body", "POST", self.url, sent, f"{LARGE} MB", answer)
        if session:
            self.ask("end of a session", "DELETE", self.post(session))

    def metadata(self) -> None:
        """Where RFC 9728 puts what a client has to know to get credentials, and RFC 8414 what it has to know then."""
        parts = urlsplit(self.url)
        home = f"{origin(self.url)}/.well-known/oauth-protected-resource"
        path = parts.path.rstrip("/")
        for at in dict.fromkeys((f"{home}{path}", home)):
            answer = self.ask("resource metadata", "GET", {"Accept": "application/json"}, url=at)
            if answer.status == 200:
                self.authorization(answer)
                return

    def authorization(self, resource: Answer) -> None:
        """The authorization server, where it may be asked: on the same origin, or on one that was named."""
        try:
            issuer = json.loads(resource.body)["authorization_servers"][0]
            self.consent.to_reach(issuer)
        except (ValueError, LookupError, TypeError, AttributeError, NotAgreed):
            return
        for at in wells(issuer):
            if self.ask("authorization metadata", "GET", {"Accept": "application/json"}, url=at).status == 200:
                return

    def post(self, session: str = "", given: Mapping[str, str] | None = None) -> dict[str, str]:
        found = {"Content-Type": "application/json", "Accept": ACCEPT, **(self.given if given is None else given)}
        if session:
            found |= {"Mcp-Session-Id": session, "MCP-Protocol-Version": NEWEST}
        return found

    def hello(self, asks: str, headers: Mapping[str, str]) -> Answer:
        about = {"protocolVersion": NEWEST, "capabilities": {}, "clientInfo": CLIENT}
        sent = {"Content-Type": "application/json", "Accept": ACCEPT, **headers}
        return self.closed(self.ask(asks, headers=sent, body=_message("initialize", about)))

    def closed(self, answer: Answer) -> Answer:
        """What was opened to try something out is closed again."""
        if given := answer.header("mcp-session-id"):
            ask(self.url, self.consent, self.limits, "DELETE", {**self.given, "Mcp-Session-Id": given})
        return answer

    def ask(
        self, asks: str, method: str = "POST", headers: Mapping[str, str] | None = None, body: str = "", url: str = ""
    ) -> Answer:
        url = url or self.url
        headers = headers or {}
        answer = ask(url, self.consent, self.limits, method, headers, body.encode() if body else None)
        self.noted(asks, method, url, headers, body, answer)
        self.counted(answer)
        return answer

    def counted(self, answer: Answer) -> None:
        """Raises `_Enough` where too much was not answered."""
        self.silent += answer.status == 0
        if self.silent >= _PATIENCE:
            raise _Enough

    def noted(self, asks: str, method: str, url: str, headers: Mapping[str, str], body: str, answer: Answer) -> None:
        answered = {name: value for name, value in answer.headers if name in _HEADERS}
        most = _DOCUMENT if asks.endswith("metadata") else _KEPT
        text = answer.body.decode("utf-8", "replace")[:most] if not answer.problem else answer.problem
        self.record.add("exchange", {
            "asks": asks, "endpoint": self.url, "guarded": self.guarded, "local": is_local(self.url),
            "method": method, "url": url, "headers": {name: _masked(name, value) for name, value in headers.items()},
            "body": body, "status": answer.status, "answered": answered, "text": text,
        })  # fmt: skip


def _message(method: str, params: dict[str, Any]) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})


def _masked(name: str, value: str) -> str:
    return "***" if name.lower() in _SECRET else value


def _token() -> str:
    return f"invented-{secrets.token_hex(12)}"


def _unsigned() -> str:
    """A token that says of itself that nobody signed it (``alg: none``, RFC 7519 section 6)."""
    import base64

    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part({'sub': 'admin', 'scope': '*', 'exp': 4102444800})}."
