"""HTTP endpoints written out in a few lines, each careful or careless in its own way, and one way to scan them."""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from mcp_lsp.outside import fuzz, network, probes
from mcp_lsp.outside.consent import reaching
from mcp_lsp.outside.fuzz.effort import Level
from mcp_lsp.outside.record import Record
from mcp_lsp_analyzers.record import replace
from tests.outside.servers import PATIENT, PERSISTENT, Scan, seen

TOOL = {"name": "add", "description": "Adds two numbers.", "inputSchema": {"type": "object"}}


class Request:
    """``message``: the body as JSON, ``None`` where it is none."""

    def __init__(self, handler: BaseHTTPRequestHandler, body: str | None = None) -> None:
        self.handler = handler
        self.method = handler.command
        self.path = handler.path
        self.headers = handler.headers
        self.port = int(handler.server.server_port)  # type: ignore[attr-defined]
        if body is None:
            length = int(handler.headers.get("Content-Length") or 0)
            body = handler.rfile.read(length).decode("utf-8", "replace")
        self.body = body
        self.answered = 0, b""
        try:
            self.message = json.loads(body) if body else None
        except (ValueError, RecursionError):
            self.message = None

    def answer(self, status: int, value: Any = None, **headers: str) -> None:
        body = b"" if value is None else json.dumps(value).encode()
        self.raw(status, body, "application/json", **headers)

    def raw(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", kind)
        for name, each in headers.items():
            self.handler.send_header(name.replace("_", "-"), each)
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.end_headers()
        self.handler.wfile.write(body)


Answering = Callable[[Request], None]


def careful(
    token: str = "",
    check_host: bool = True,
    sessions: Callable[[], str] | None = None,
    strict: bool = True,
    forgets: bool = True,
    most: int = 0,
    largest: int = 4_000_000,
    pkce: bool = True,
    guards: str = "all",
    believes: str = "",
    adopts: bool = False,
    loose: bool = False,
    unsafe: bool = False,
    resource: str = "",
) -> Answering:
    """An endpoint that does everything right, but for what is said otherwise. ``forgets`` a session that is deleted;
    ``most``: lists that are handed out before it is too much; ``largest``: bytes of a body. ``guards``: "handshake"
    where only that takes a token; ``believes`` a header that says who is asking; ``adopts`` the ids of sessions that
    clients choose; ``loose`` about versions and notifications; ``unsafe``: repeats in headers what it is told;
    ``resource``: which its metadata are about, where not its own."""
    given: set[str] = set()
    lists = 0

    def answering(request: Request) -> None:
        nonlocal lists
        host = (request.headers.get("Host") or "").partition(":")[0]
        origin = request.headers.get("Origin")
        if check_host and (host != "127.0.0.1" or origin is not None):
            return request.answer(403)
        home = f"http://127.0.0.1:{request.port}"
        if request.path.startswith("/.well-known/oauth-authorization-server"):
            methods = {"code_challenge_methods_supported": ["S256"]} if pkce else {}
            return request.answer(200, {"issuer": home, "authorization_endpoint": f"{home}/authorize", **methods})
        if request.path.startswith("/.well-known/"):
            about = {"resource": resource or f"{home}/mcp", "authorization_servers": [home]}
            return request.answer(200, about)
        known = request.headers.get("Authorization") == f"Bearer {token}" or (believes and believes in request.headers)
        asked = request.message.get("method") if isinstance(request.message, dict) else ""
        if token and not known and (guards == "all" or asked == "initialize"):
            return request.answer(401, WWW_Authenticate="Bearer")
        if len(request.body) > largest:
            return request.answer(413)
        if not loose and request.headers.get("MCP-Protocol-Version", "2025-11-25") != "2025-11-25":
            return request.answer(400)
        if request.method == "DELETE":
            if forgets:
                given.discard(request.headers.get("Mcp-Session-Id") or "")
            return request.answer(200)
        message = request.message
        if request.method != "POST":
            return request.answer(405)
        if not isinstance(message, dict) or (strict and message.get("jsonrpc") != "2.0"):
            return request.answer(400, {"jsonrpc": "2.0", "id": None, "error": {"code": -32700, "message": "no"}})
        if "id" not in message:
            return request.answer(200 if loose else 202)
        if not isinstance(message.get("method"), str) or not isinstance(message.get("params", {}), dict):
            return request.answer(400, {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "no"}})
        session = request.headers.get("Mcp-Session-Id")
        if sessions is not None and message["method"] != "initialize" and strict and session not in given:
            return request.answer(404)
        headers = {}
        if message["method"] == "initialize":
            if unsafe:
                headers["MCP_Protocol_Version"] = message["params"]["protocolVersion"]
            result: Any = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "t"}}
            if sessions is not None:
                headers["Mcp_Session_Id"] = session if adopts and session else sessions()
                given.add(headers["Mcp_Session_Id"])
        elif message["method"] == "tools/list":
            lists += 1
            if 0 < most < lists:
                return request.answer(429, Retry_After="60")
            result = {"tools": [TOOL]}
        else:
            error = {"code": -32601, "message": "no such method"}
            return request.answer(200, {"jsonrpc": "2.0", "id": message["id"], "error": error})
        return request.answer(200, {"jsonrpc": "2.0", "id": message["id"], "result": result}, **headers)

    return answering


class _Taken(Request):
    """A request whose answer goes elsewhere."""

    def raw(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.answered = status, body


def older(answering: Answering) -> Answering:
    """An endpoint of 2024-11-05: a GET opens a stream of events, on which the answers to what is posted come."""
    streams: dict[str, queue.Queue[bytes]] = {}

    def events(request: Request) -> None:
        if request.method == "GET" and request.path == "/mcp":
            name, handler = str(len(streams)), request.handler
            streams[name] = queue.Queue()
            handler.send_response(200)
            handler.send_header("Content-Type", "text/event-stream")
            handler.end_headers()
            handler.wfile.write(f"event: endpoint\ndata: /messages/{name}\n\n".encode())
            while (data := streams[name].get()) != b"end":
                handler.wfile.write(b"data: " + data + b"\n\n")
            return None
        stream = streams.get(request.path.removeprefix("/messages/"))
        if request.method != "POST" or stream is None:
            return request.answer(405)
        taken = _Taken(request.handler, request.body)
        answering(taken)
        status, body = taken.answered
        if status >= 400 and b'"id": null' in body:
            return request.answer(400)
        if body:
            stream.put(body)
        return request.answer(202)

    return events


@contextlib.contextmanager
def serving(answering: Answering) -> Iterator[str]:
    """The address of an endpoint on loopback, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def log_message(self, *_: Any) -> None:
            pass

        def handle_one_request(self) -> None:
            with contextlib.suppress(OSError):
                super().handle_one_request()

        def _any(self) -> None:
            answering(Request(self))

        do_GET = do_POST = do_DELETE = do_OPTIONS = _any

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/mcp"
    finally:
        server.shutdown()
        server.server_close()


def fuzzed(answering: Answering, level: Level = "safe", **effort: Any) -> Scan:
    """What is found of an endpoint by listing and fuzzing it."""
    with serving(answering) as url:
        record, consent = Record(), reaching(url)
        network.listed(url, {}, consent, record, PATIENT)
        wanted = replace(PERSISTENT, level=level, everything=level == "aggressive", **effort)
        fuzz.endpoint(url, {}, consent, wanted, PATIENT, record)
        return seen(record.text)


def scan(answering: Answering, headers: Mapping[str, str] | None = None, probing: bool = True, **limits: Any) -> Scan:
    """What is found of an endpoint."""
    with serving(answering) as url:
        record, consent, allowed = Record((headers or {}).values()), reaching(url), replace(PATIENT, **limits)
        channel = network.listed(url, headers or {}, consent, record, allowed)
        if probing:
            probes.probe(url, headers or {}, consent, record, allowed, channel)
        return seen(record.text)
