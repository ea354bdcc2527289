"""How an HTTP endpoint takes requests that it should refuse."""

from __future__ import annotations

from collections.abc import Iterator

from ..live import INSIDE, Endpoint
from ..rule import FileExample, Finding, Severity, rule
from .evidence import at

_RECORD = "notes.mcp-session.jsonl"


@rule(
    "MCP820",
    severity=Severity.ERROR,
    references=("CWE-306", "MCP07:2025", "CoSAI MCP-T1", "MCTS-T-1027", "SAFE-T1005"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "no credentials", "guarded": true, "status": 200, "text": "{\\"result\\": {}}"}}
            //^^^^^^^^ a client without credentials is let in (200)
            """,
            good="""
            {"exchange": {"asks": "no credentials", "guarded": true, "status": 401}}
            """,
        ),
    ),
)
def answers_without_credentials(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint answers whoever has no credentials.

    It was reached with credentials, and then without: both were answered. Whatever its tools do, anybody who finds the
    address can do. An address on the network that asks nobody for anything is the same, and so is one that asks at the
    handshake alone: a session is no proof of who is speaking.

    Check the token before the request is handled, for every method and every path of the transport, and answer 401.
    """
    for exchange in endpoint.of("no credentials"):
        if exchange.let_in and (endpoint.guarded or not endpoint.local):
            yield Finding(at(exchange), f"a client without credentials is let in ({exchange.status})")
            return
    for asks, what in _ELSEWHERE:
        for exchange in endpoint.of(asks):
            if exchange.let_in and endpoint.guarded:
                yield Finding(at(exchange), f"{what} ({exchange.status})", detail=asks)


_ELSEWHERE = (
    ("a list without credentials", "only the handshake asks for credentials: `tools/list` is answered without"),
    ("a session without its credentials", "a session goes on without the credentials it was opened with"),
)


@rule(
    "MCP821",
    severity=Severity.ERROR,
    references=("CWE-287", "CWE-347", "MCP07:2025", "CoSAI MCP-T1", "SAFE-T1306"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "unsigned token", "guarded": true, "status": 200, "text": "{\\"result\\": {}}"}}
            //^^^^^^^^ a token that nobody signed is accepted (200)
            """,
            good="""
            {"exchange": {"asks": "unsigned token", "guarded": true, "status": 401}}
            """,
        ),
    ),
)
def accepts_invented_credentials(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint accepts credentials that were made up.

    It looks whether there is a token, or what the token says of itself, and not who issued it. Whoever can write down
    a token is whoever they want to be.

    A token for another service is no better: whoever runs that service, or tricks a user into it, has one of everybody.
    And a header that says who is asking is written by whoever asks, unless a proxy is sure to remove it.

    Verify the signature with the keys of the issuer, refuse `alg: none`, and check issuer, audience and expiry.
    """
    for asks, what in (
        ("invented credentials", "a token that was made up"),
        ("unsigned token", "a token that nobody signed"),
        ("token for another audience", "a token for another audience"),
        ("spoofed identity", "a client that only says who or where it is (`X-Forwarded-User`, `X-Forwarded-For`)"),
    ):
        for exchange in endpoint.of(asks):
            if exchange.let_in and not any(each.let_in for each in endpoint.of("no credentials")):
                yield Finding(at(exchange), f"{what} is accepted ({exchange.status})", detail=asks)


@rule(
    "MCP822",
    severity=Severity.WARNING,
    references=("CWE-346", "CWE-350", "CoSAI MCP-T7", "CoSAI MCP-T8"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "foreign host", "local": true, "status": 200, "text": "{\\"result\\": {}}"}}
            //^^^^^^^^ a request for the host `elsewhere.example` is answered: …
            """,
            good="""
            {"exchange": {"asks": "foreign host", "local": true, "status": 421}}
            """,
        ),
    ),
)
def answers_foreign_pages(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint on this computer answers requests that come from, or are meant for, elsewhere.

    A web page may point its own name at 127.0.0.1 (DNS rebinding) and then talk to whatever listens there, with the
    user's browser, from inside their network. The protocol asks servers to check `Origin`; `Host` tells it as well.

    Switch the SDK's host and origin check on (`TransportSecuritySettings`, `createMcpExpressApp`,
    `enableDnsRebindingProtection` with `allowedHosts`), and listen on 127.0.0.1 alone.
    """
    if not endpoint.local or endpoint.guarded:
        return
    foreign = [each for asks in ("foreign host", "foreign origin") for each in endpoint.of(asks) if each.let_in]
    if foreign:
        what = "for the host `elsewhere.example`" if foreign[0].asks == "foreign host" else "from a foreign origin"
        also = " and from a foreign origin" if len(foreign) > 1 else ""
        said = f"a request {what}{also} is answered: a web page can reach this server"
        yield Finding(at(foreign[0]), said)


@rule(
    "MCP823",
    severity=Severity.WARNING,
    references=("CWE-346", "CWE-352", "CoSAI MCP-T7"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "preflight from elsewhere", "local": true, "status": 200,
            //^^^^^^^^ pages of any origin may read the answers (`Access-Control-Allow-Origin: *`)
              "answered": {"access-control-allow-origin": "*"}}}
            """,
            good="""
            {"exchange": {"asks": "preflight from elsewhere", "local": true, "status": 400}}
            """,
        ),
    ),
)
def readable_from_any_page(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint tells browsers that pages of any origin may use it.

    Where it asks nobody who they are, every page that the user opens can call its tools and read the answers; where
    browsers may send credentials along, it can do so in the user's name.

    Name the origins of your own clients. Clients that are no web pages need no CORS at all.
    """
    for exchange in endpoint.of("preflight from elsewhere"):
        allowed = exchange.header("access-control-allow-origin") or ""
        sent = next((value for name, value in exchange.sent if name == "origin"), "")
        reflected = bool(sent) and allowed == sent
        with_credentials = (exchange.header("access-control-allow-credentials") or "").lower() == "true"
        if exchange.status < 400 and (
            (reflected and with_credentials) or ((allowed == "*" or reflected) and not endpoint.guarded)
        ):
            also = ", with credentials" if with_credentials else ""
            said = f"pages of any origin may read the answers (`Access-Control-Allow-Origin: {allowed}`{also})"
            yield Finding(at(exchange), said)


@rule(
    "MCP824",
    severity=Severity.ERROR,
    references=("CWE-330", "CWE-639", "CoSAI MCP-T7", "CWE-488"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "session", "status": 200, "answered": {"mcp-session-id": "17"}}}
            //^^^^^^^^ session ids can be guessed: `17`, then `18`
            {"exchange": {"asks": "session", "status": 200, "answered": {"mcp-session-id": "18"}}}
            """,
            good="""
            {"exchange": {"asks": "session", "status": 200, "answered": {"mcp-session-id": "9f0d3a5c77e14b0e8d1c2b3a"}}}
            {"exchange": {"asks": "session", "status": 200, "answered": {"mcp-session-id": "41b7c0ffee5d4e6f9a8b7c6d"}}}
            """,
        ),
    ),
)
def guessable_session(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint gives out session ids that can be guessed.

    Whoever has the id of a session takes part in it: sends requests in it, and gets what was meant for somebody else.

    Use `uuid4`, `secrets.token_urlsafe` or `randomUUID` for the id, and bind the session to the user.
    """
    found = [(e, e.header("mcp-session-id") or "") for e in endpoint.of("session")]
    ids = [id for _, id in found if id]
    if len(ids) < 2:
        return
    if len(set(ids)) < len(ids):
        yield Finding(at(found[0][0]), f"every client gets the same session id, `{ids[0][:24]}`", detail="same")
    elif _random_part(ids) < _SHORTEST:
        yield Finding(at(found[0][0]), f"session ids can be guessed: `{ids[0][:24]}`, then `{ids[1][:24]}`")


_SHORTEST = 12
"""Characters in which two ids must differ from one another at least: 12 hexadecimal ones hold 48 bits."""


def _random_part(ids: list[str]) -> int:
    """How many characters are left of an id without what all have in common at both ends."""
    first, last = min(ids), max(ids)
    shared = next((i for i, (a, b) in enumerate(zip(first, last)) if a != b), min(len(first), len(last)))  # noqa: B905
    return max(map(len, ids)) - shared


@rule(
    "MCP825",
    severity=Severity.WARNING,
    references=("CWE-639", "CWE-290", "CoSAI MCP-T7"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "invented session", "status": 200, "text": "{\\"result\\": {\\"tools\\": []}}"}}
            //^^^^^^^^ a session that was made up is accepted (200)
            """,
            good="""
            {"exchange": {"asks": "invented session", "status": 404}}
            """,
        ),
    ),
)
def accepts_invented_session(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint accepts a session id that it never gave out.

    It gives out ids and does not look at them: whoever chooses the id of somebody else's session beforehand (fixation)
    shares it with them. The protocol asks for 404, so that clients begin anew.

    Keep the sessions that were given out, and answer 404 for any other.
    """
    for exchange in endpoint.of("invented session"):
        if exchange.let_in:
            yield Finding(at(exchange), f"a session that was made up is accepted ({exchange.status})")
            return
    for exchange in endpoint.of("chosen session"):
        chosen = next((value for name, value in exchange.sent if name == "mcp-session-id"), "")
        if chosen and exchange.header("mcp-session-id") == chosen:
            yield Finding(at(exchange), "a session gets the id that its client chose", detail="chosen")


@rule(
    "MCP826",
    severity=Severity.WARNING,
    references=("CWE-636", "CWE-20"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "no JSON-RPC", "status": 200, "text": "{\\"result\\": {\\"tools\\": []}}"}}
            //^^^^^^^^ a request that is no JSON-RPC is carried out (200)
            """,
            good="""
            {"exchange": {"asks": "no JSON-RPC", "status": 400, "text": "{\\"error\\": {\\"code\\": -32600}}"}}
            """,
        ),
    ),
)
def carries_out_what_is_invalid(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint carries out requests that are invalid, or breaks on them.

    A message that is no JSON-RPC is refused before anything is done with it: what a proxy or a gateway in front does
    not take for a request, nobody has checked. A server that fails with 500 takes everybody's session with it, or may.

    Validate the message first; answer `-32700` or `-32600` with status 400.
    """
    for asks, what in (("not JSON", "a body that is no JSON"), ("no JSON-RPC", "a request that is no JSON-RPC"),
                       ("wrong types", "a call whose name is no text")):  # fmt: skip
        for exchange in endpoint.of(asks):
            if exchange.let_in and '"isError"' not in exchange.text:
                yield Finding(at(exchange), f"{what} is carried out ({exchange.status})", detail=asks)
            elif exchange.status >= 500:
                yield Finding(at(exchange), f"the server fails on {what} ({exchange.status})", detail=asks)


@rule(
    "MCP827",
    severity=Severity.WARNING,
    references=("CWE-209", "MCTS-T-1004"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "not JSON", "status": 400, "text": "Traceback (most recent call last): File a.py"}}
            //^^^^^^^^ an error shows the inside of the server: `Traceback (most recent call last): File a.py`
            """,
            good="""
            {"exchange": {"asks": "not JSON", "status": 400, "text": "{\\"error\\": {\\"code\\": -32700}}"}}
            """,
        ),
    ),
)
def error_shows_inside(endpoint: Endpoint) -> Iterator[Finding]:
    """The errors of an endpoint show its inside: a trace, paths of its files.

    Whoever looks for a way in learns which libraries in which versions run where, and sometimes what they were given.

    Log the trace, and answer with a code and a sentence. Switch the framework's debug mode off.
    """
    for exchange in endpoint.exchanges:
        match = INSIDE.search(exchange.text)
        if match:
            shown = " ".join(exchange.text[match.start() : match.start() + 80].split())
            yield Finding(at(exchange), f"an error shows the inside of the server: `{shown}`", detail="trace")
            return


@rule(
    "MCP829",
    severity=Severity.ERROR,
    references=("CWE-319", "CoSAI MCP-T5"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "no credentials", "url": "http://notes.example/mcp", "status": 401}}
            //^^^^^^^^ `http://notes.example/mcp` is not encrypted
            """,
            good="""
            {"exchange": {"asks": "no credentials", "url": "https://notes.example/mcp", "status": 401}}
            """,
        ),
    ),
)
def not_encrypted(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint on the network is reached without encryption.

    Everybody on the way reads the tokens and what tools answer, and can change what the model is told.

    Serve it over https; redirecting is not enough, since the first request has the token in it already.
    """
    if endpoint.url.startswith("http://") and not endpoint.local:
        yield Finding(at(endpoint.exchanges[0]), f"`{endpoint.url}` is not encrypted")
