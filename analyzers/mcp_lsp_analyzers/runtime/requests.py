"""What an endpoint makes of requests whose transport is odd: words for its headers, their size, their version."""

from __future__ import annotations

from collections.abc import Iterator

from ..live import Endpoint
from ..rule import FileExample, Finding, Severity, rule
from .evidence import at

_RECORD = "notes.mcp-session.jsonl"
SPLIT = "x-mcp-lsp-split"
"""A header that no server has, unless it was told to."""


@rule(
    "MCP850",
    severity=Severity.ERROR,
    references=("CWE-113", "CWE-93"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "a line end in the version", "status": 200, "answered": {"x-mcp-lsp-split": "here"}}}
            //^^^^^^^^ a line end in the version becomes one in the headers of the answer
            """,
            good="""
            {"exchange": {"asks": "a line end in the version", "status": 400}}
            """,
        ),
    ),
)
def header_from_input(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint writes what it is sent into the headers of its answer, with its line ends.

    Whoever sends a line end and a header decides what the answer says: cookies, origins that may read it, a body of
    their own for the next one who asks a cache (response splitting).

    Set headers by the framework, which refuses line ends, and only to values that were checked against a list.
    """
    for exchange in endpoint.exchanges:
        if exchange.header(SPLIT) is not None:
            yield Finding(
                at(exchange), f"{exchange.asks} becomes one in the headers of the answer", detail=exchange.asks
            )


@rule(
    "MCP851",
    severity=Severity.INFORMATION,
    opinion=True,
    references=("CWE-770", "CWE-400"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "large body", "body": "12 MB", "status": 200, "text": "{\\"result\\": {}}"}}
            //^^^^^^^^ a request of 12 MB is read and answered: nothing limits its size
            """,
            good="""
            {"exchange": {"asks": "large body", "body": "12 MB", "status": 413}}
            """,
        ),
    ),
)
def unlimited_bodies(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint reads requests of any size.

    It held a request of twelve megabytes in memory before it looked at it. A few hundred at once hold all there is, and
    it takes no credentials to send them where these are checked afterwards.

    Limit the size of a body (`max_request_body_size`, `express.json({limit})`, the proxy in front), and answer 413.
    """
    for exchange in endpoint.of("large body"):
        if exchange.let_in:
            yield Finding(at(exchange), f"a request of {exchange.body} is read and answered: nothing limits its size")


@rule(
    "MCP852",
    severity=Severity.INFORMATION,
    references=("CWE-573",),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"exchange": {"asks": "unknown version", "status": 200, "text": "{\\"result\\": {}}"}}
            //^^^^^^^^ a request of a version that nobody knows (`1900-01-01`) is answered (200)
            """,
            good="""
            {"exchange": {"asks": "unknown version", "status": 400}}
            """,
        ),
    ),
)
def transport_taken_loosely(endpoint: Endpoint) -> Iterator[Finding]:
    """An endpoint does not keep what the transport demands of servers.

    Requests with an `MCP-Protocol-Version` that the server does not know are to be refused with 400, so that neither
    side takes the other's words for something else; notifications are to be answered with 202 and no body.

    Let the SDK's transport answer, or check the header and the kind of message where you answer yourself.
    """
    for exchange in endpoint.of("unknown version"):
        if exchange.let_in:
            said = f"a request of a version that nobody knows (`1900-01-01`) is answered ({exchange.status})"
            yield Finding(at(exchange), said, detail="version")
    for exchange in endpoint.of("session ready"):
        if exchange.status != 202 and 200 <= exchange.status < 300:
            said = f"a notification is answered with {exchange.status}, where the transport asks for 202"
            yield Finding(at(exchange), said, detail="notification")
