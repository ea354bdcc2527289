"""Servers behind HTTP: what they list is seen over each transport, whatever they do a scan ends, and each probe finds
its fault where it is and nothing where it is not."""

from __future__ import annotations

import itertools
import json
import secrets
import socket
import threading
import urllib.parse
from typing import Any

import pytest

from mcp_lsp.outside import network, web
from mcp_lsp.outside.consent import NotAgreed, reaching
from mcp_lsp.outside.limits import Limits
from mcp_lsp.outside.record import Record
from tests.outside.endpoints import TOOL, Answering, Request, careful, older, scan, serving

pytestmark = pytest.mark.slow

BEARER = {"Authorization": "Bearer right-token"}


def names(found: Any) -> list[str]:
    return [tool["name"] for tool in found.tools]


# ---------------------------------------------------------------- transports


@pytest.mark.parametrize(
    "answering", [careful(), careful(sessions=lambda: secrets.token_hex(16))], ids=["plain", "sessions"]
)
def test_a_careful_endpoint(answering: Answering) -> None:
    found = scan(answering)
    assert names(found) == ["add"]
    assert found.said == {}


def test_a_careful_endpoint_that_wants_credentials() -> None:
    found = scan(careful("right-token", sessions=lambda: secrets.token_hex(16)), BEARER)
    assert names(found) == ["add"]
    assert found.said == {}
    assert "right-token" not in json.dumps(found.events)


def test_without_credentials_it_is_said_what_is_missing() -> None:
    found = scan(careful("right-token"))
    assert found.tools == []
    assert found.of("unreachable") == [
        "it asks for credentials (401); give them with --header 'Authorization: Bearer $TOKEN'"
    ]
    assert found.said == {}


def test_answers_as_events() -> None:
    def answering(request: Request) -> None:
        message = request.message
        if request.method != "POST" or not isinstance(message, dict) or "id" not in message:
            return request.answer(202)
        result = {"tools": [TOOL]} if message["method"] == "tools/list" else {"capabilities": {"tools": {}}}
        notice = {"jsonrpc": "2.0", "method": "notifications/message", "params": {}}
        answer = {"jsonrpc": "2.0", "id": message["id"], "result": result}
        body = f": hello\r\n\r\nevent: message\r\ndata: {json.dumps(notice)}\r\n\r\ndata: {json.dumps(answer)}\n\n"
        return request.raw(200, body.encode(), "text/event-stream; charset=utf-8")

    assert names(scan(answering, probing=False)) == ["add"]


def test_the_older_transport_with_two_addresses() -> None:
    waiting: list[Any] = []
    there = threading.Condition()

    def answering(request: Request) -> None:
        if request.method == "POST" and request.path == "/mcp":
            return request.answer(405)
        if request.method == "GET":
            request.handler.send_response(200)
            request.handler.send_header("Content-Type", "text/event-stream")
            request.handler.end_headers()
            request.handler.wfile.write(b"event: endpoint\ndata: /messages?session=1\n\n")
            while True:
                with there:
                    there.wait_for(lambda: waiting)
                    message = waiting.pop(0)
                if message["method"] == "end":
                    return None
                result = {"tools": [TOOL]} if message["method"] == "tools/list" else {"capabilities": {"tools": {}}}
                data = json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result})
                request.handler.wfile.write(f"event: message\ndata: {data}\n\n".encode())
        if request.message is not None and "id" in request.message:
            with there:
                waiting.append(request.message)
                there.notify()
        return request.answer(202)

    try:
        found = scan(answering, probing=False)
    finally:
        with there:
            waiting.append({"method": "end"})
            there.notify()
    assert names(found) == ["add"]
    assert [each["transport"] for each in found.of("started")] == ["streamable-http", "sse"]


# ---------------------------------------------------------------- whatever they do


def test_nothing_is_reached_without_consent_to_that_origin() -> None:
    reached: list[str] = []
    with serving(lambda request: reached.append(request.path)) as url:
        for consent in (reaching(), reaching("http://127.0.0.1:1"), reaching(url.replace("http", "https"))):
            with pytest.raises(NotAgreed):
                network.listed(url, {}, consent, Record(), Limits())
    assert reached == []


def test_a_redirect_is_told_and_not_followed() -> None:
    elsewhere: list[str] = []
    with serving(lambda request: elsewhere.append(request.path)) as other:
        found = scan(lambda request: request.answer(307, Location=other), probing=False)
    assert elsewhere == []
    assert "it sends whoever asks elsewhere (307" in found.of("unreachable")[0]


@pytest.mark.parametrize(
    "there", ["http://elsewhere.example/steal", "javascript:alert(1)", "http://[::1/x", "//a:99999/"]
)
def test_a_stream_that_leads_to_another_origin_is_not_followed(there: str) -> None:
    def answering(request: Request) -> None:
        if request.method == "GET":
            return request.raw(200, f"event: endpoint\ndata: {there}\n\n".encode(), "text/event-stream")
        return request.answer(404)

    found = scan(answering, probing=False)
    assert "it leads to another origin" in found.said["broken-message"][0]


def test_probing_stops_where_nothing_is_answered_any_more() -> None:
    good = careful()

    def answering(request: Request) -> None:
        if request.headers.get("Origin") or not (request.headers.get("Host") or "").startswith("127."):
            request.handler.connection.shutdown(socket.SHUT_RDWR)
        else:
            good(request)

    found = scan(answering)
    assert names(found) == ["add"]
    assert [each["asks"] for each in found.of("exchange") if each["status"] == 0] == ["foreign origin", "foreign host"]
    assert found.of("exchange")[-1]["asks"] == "foreign host"


def test_nothing_listens_there() -> None:
    with serving(careful()) as url:
        pass
    record = Record()
    network.listed(url, {}, reaching(url), record, Limits())
    assert '{"unreachable": "nothing listens there"}' in record.text


def test_an_endpoint_that_never_answers_or_answers_byte_by_byte() -> None:
    over = threading.Event()

    def slow(request: Request) -> None:
        while not over.wait(0.02):
            request.handler.wfile.write(b"H")

    try:
        for answering in (lambda request: over.wait(), slow):
            found = scan(answering, probing=False, start=0.3)  # type: ignore[arg-type]
            assert found.said["unanswered-request"] == ["`initialize` was not answered within 0.3 seconds"]
    finally:
        over.set()


@pytest.mark.parametrize(
    ("body", "kind", "rule"),
    [
        (b"x" * 3_000_000, "application/json", "broken-message"),
        (b"data: " + b"x" * 3_000_000 + b"\n\n", "text/event-stream", "broken-message"),
        (b"data: {\"jsonrpc\": \"2.0\", \"method\": \"notifications/x\"}\n\n" * 5_000, "text/event-stream", "takes-too-much"),
        (b"\xff\xfe{", "application/json", "stray"),
        (b"<html>Hello</html>", "text/html", "unreachable"),
        (b"", "application/json", "unreachable"),
    ],
    ids=["long", "long event", "many events", "not UTF-8", "a page", "nothing"],
)  # fmt: skip
def test_an_endpoint_that_answers_something_else(body: bytes, kind: str, rule: str) -> None:
    found = scan(lambda request: request.raw(200, body, kind), probing=False, line=1_000_000, messages=1_000)
    assert rule in found.said or found.of(rule), found.said
    assert sum(len(json.dumps(each)) for each in found.events) < 1_000_000


def test_events_of_any_form() -> None:
    chunks = [b"da", b"ta: a\ndata:b\r", b"\n\n: note\n\nda", b"ta: c"]
    assert [each.data for each in network.events(chunks, 100)] == [b"a\nb", b"c"]
    assert [(each.data, each.cut) for each in network.events([b"data: " + b"y" * 50 + b"\n\ndata: z\n\n"], 10)][-1] == (
        b"z",
        False,
    )


def test_the_whole_request_has_to_be_over_in_time() -> None:
    over = threading.Event()

    def dripping(request: Request) -> None:
        request.handler.send_response(200)
        request.handler.end_headers()
        while not over.wait(0.01):
            request.handler.wfile.write(b"x")

    try:
        with serving(dripping) as url:
            answer = web.ask(url, reaching(url), Limits(answer=0.3), "GET")
    finally:
        over.set()
    assert answer.cut or answer.problem == web.LATE


# ---------------------------------------------------------------- probes


def open_to_all(request: Request) -> None:
    """Asks for a token and does not look at it."""
    careful()(request)


def any_token(request: Request) -> None:
    if not (request.headers.get("Authorization") or "").startswith("Bearer "):
        return request.answer(401)
    return careful()(request)


def no_metadata(request: Request) -> None:
    return request.answer(404) if "well-known" in request.path else careful("right-token")(request)


def any_page(request: Request) -> None:
    if request.method == "OPTIONS":
        return request.answer(
            200, Access_Control_Allow_Origin=request.headers["Origin"], Access_Control_Allow_Credentials="true"
        )
    return careful()(request)


def traces(request: Request) -> None:
    if request.method == "POST" and request.message is None:
        return request.answer(
            500, {"error": 'Traceback (most recent call last):\n  File "/app/server.py", line 3, in post'}
        )
    return careful()(request)


def silent(request: Request) -> None:
    return request.answer(404 if "well-known" in request.path else 401)


def nothing_said(request: Request) -> None:
    if "well-known" in request.path or request.headers.get("Authorization"):
        return careful("right-token")(request)
    return request.answer(401)


def redirects(request: Request) -> None:
    """With the slash taken from the end, as it came."""
    if request.method == "GET":
        return request.answer(301, Location=urllib.parse.unquote(request.path))
    return careful()(request)


_count = itertools.count(100)
FAULTS: list[tuple[str, Answering, dict[str, str], str]] = [
    ("answers-without-credentials", open_to_all, BEARER, "a client without credentials is let in (200)"),
    ("accepts-invented-credentials", any_token, BEARER, "a token that was made up is accepted (200)"),
    (
        "answers-foreign-pages",
        careful(check_host=False),
        {},
        "for the host `elsewhere.example` and from a foreign origin",
    ),
    (
        "readable-from-any-page",
        any_page,
        {},
        "(`Access-Control-Allow-Origin: http://elsewhere.example`, with credentials)",
    ),
    ("guessable-session", careful(sessions=lambda: f"session-{next(_count)}"), {}, "session ids can be guessed"),
    ("guessable-session", careful(sessions=lambda: "the-only-one"), {}, "every client gets the same session id"),
    (
        "accepts-invented-session",
        careful(sessions=lambda: secrets.token_hex(16), strict=False),
        {},
        "was made up is accepted",
    ),
    ("carries-out-what-is-invalid", careful(strict=False), {}, "a request that is no JSON-RPC is carried out (200)"),
    ("carries-out-what-is-invalid", traces, {}, "the server fails on a body that is no JSON (500)"),
    ("error-shows-inside", traces, {}, "Traceback (most recent call last)"),
    ("credentials-without-directions", no_metadata, {}, "there is no resource metadata (RFC 9728)"),
    ("credentials-without-directions", silent, {}, "there is neither resource metadata (RFC 9728) nor `WWW-Authenticate`"),
    ("credentials-without-directions", nothing_said, {}, "the refusal (401) has no `WWW-Authenticate`"),
    ("credentials-without-directions", careful("right-token", resource="https://notes.example/mcp"), {},
     "the metadata are about `https://notes.example/mcp`"),
    ("authorization-without-pkce", careful("right-token", pkce=False), {}, "PKCE with `S256`"),
    ("answers-without-credentials", careful("right-token", guards="handshake"), BEARER,
     "only the handshake asks for credentials: `tools/list` is answered without (200)"),
    ("answers-without-credentials", careful("right-token", guards="handshake", sessions=lambda: secrets.token_hex(16)),
     BEARER, "a session goes on without the credentials it was opened with (200)"),
    ("accepts-invented-credentials", careful("right-token", believes="X-Forwarded-User"), BEARER,
     "a client that only says who or where it is (`X-Forwarded-User`, `X-Forwarded-For`) is accepted (200)"),
    ("accepts-invented-session", careful(sessions=lambda: secrets.token_hex(16), adopts=True), {},
     "a session gets the id that its client chose"),
    ("header-from-input", careful(unsafe=True), {}, "a line end in the version becomes one in the headers"),
    ("header-from-input", redirects, {}, "a line end in the path becomes one in the headers"),
    ("transport-taken-loosely", careful(loose=True), {}, "a version that nobody knows (`1900-01-01`) is answered (200)"),
    ("transport-taken-loosely", careful(sessions=lambda: secrets.token_hex(16), loose=True), {},
     "a notification is answered with 200"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "answering", "headers", "message"), FAULTS)
def test_a_probe_finds_its_fault(rule: str, answering: Answering, headers: dict[str, str], message: str) -> None:
    assert message in " ".join(scan(answering, headers).said.get(rule, ()))


# ---------------------------------------------------------------- probes over the older transport


def test_a_stream_of_the_older_transport_is_probed() -> None:
    found = scan(older(careful(check_host=False)))
    assert names(found) == ["add"]
    assert list(found.said) == ["answers-foreign-pages"]


def test_a_stream_that_asks_for_no_credentials() -> None:
    found = scan(older(careful(check_host=False)), BEARER)
    assert found.said["answers-without-credentials"] == ["a client without credentials is let in (200)"]


def test_a_careful_stream() -> None:
    stream = older(careful())

    def answering(request: Request) -> None:
        refused = request.headers.get("Host") == "elsewhere.example" or "Origin" in request.headers
        return request.answer(403) if refused else stream(request)

    found = scan(answering)
    assert (names(found), found.said) == (["add"], {})
