"""How an HTTP endpoint takes requests again: many in a row, the same twice, and in a session that has ended."""

from __future__ import annotations

from collections.abc import Iterator

from ..live import Endpoint
from ..rule import FileExample, Finding, Severity, rule
from .evidence import at

_RECORD = "notes.mcp-session.jsonl"


@rule(
    "MCP846",
    severity=Severity.INFORMATION,
    opinion=True,
    references=("CWE-770", "CWE-799"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "burst", "body": "60 times {}", "status": 200, "text": "{\\"result\\": {}}"}}
            //^^^^^^^^ requests in a row are all answered, `60 times {}`: nothing limits them
            """,
            good="""
            {"exchange": {"asks": "burst", "body": "12 times {}", "status": 429}}
            """,
        ),
    ),
)
def unlimited_requests(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint answers as many requests in a row as it gets.

    Sixty were sent one after the other as part of fuzzing. A limit often stands in front of a server, and one on this
    computer needs none: an endpoint for many people does, since each call may cost money or a place elsewhere.

    Limit requests by client, in a proxy or in the server, and answer 429 with `Retry-After`.
    """
    for exchange in endpoint.of("burst"):
        if exchange.let_in:
            said = f"requests in a row are all answered, `{exchange.body[:24]}`: nothing limits them"
            yield Finding(at(exchange), said, detail="burst")


@rule(
    "MCP847",
    severity=Severity.WARNING,
    references=("CWE-613", "CWE-294", "CoSAI MCP-T7"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "end of a session", "method": "DELETE", "status": 200}}
            {"exchange": {"asks": "ended session", "status": 200, "text": "{\\"result\\": {\\"tools\\": []}}"}}
            //^^^^^^^^ a session that its client has ended is accepted again (200)
            """,
            good="""
            {"exchange": {"asks": "end of a session", "method": "DELETE", "status": 200}}
            {"exchange": {"asks": "ended session", "status": 404}}
            """,
        ),
    ),
)
def session_after_its_end(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint accepts requests in a session that its client has ended.

    It answered the `DELETE` as done, and then a request with the same id. Whoever finds the id later, in a log or a
    proxy, takes part in the session of somebody who has logged out.

    Forget the session when it is deleted, and answer 404; answer the `DELETE` with 405 where clients may not end it.
    """
    for exchange in endpoint.of("ended session"):
        if exchange.let_in:
            yield Finding(at(exchange), f"a session that its client has ended is accepted again ({exchange.status})")


@rule(
    "MCP848",
    severity=Severity.INFORMATION,
    opinion=True,
    references=("CWE-294", "SAFE-T1306"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "same request", "status": 200, "text": "{\\"result\\": {}}"}}
            {"exchange": {"asks": "same request", "status": 200, "text": "{\\"result\\": {}}"}}
            //^^^^^^^^ the same request with the same id is carried out twice in one session
            """,
            good="""
            {"exchange": {"asks": "same request", "status": 200, "text": "{\\"result\\": {}}"}}
            {"exchange": {"asks": "same request", "status": 400, "text": "{\\"error\\": {}}"}}
            """,
        ),
    ),
)
def request_carried_out_twice(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint carries out the same request twice.

    The protocol lets a client use an id once in a session, and no SDK of today checks it: what was recorded can be sent
    again by whoever holds the session, and a client that tries again after a lost answer does its work twice.

    Remember the ids of a session where tools change something, or give such tools a key of their own for each call.
    """
    same = endpoint.of("same request")
    if len(same) > 1 and all(exchange.let_in for exchange in same):
        yield Finding(at(same[1]), "the same request with the same id is carried out twice in one session")
