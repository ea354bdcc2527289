"""Talking to a server that is already there, over HTTP: the streamable transport, and the older one with two addresses.

Streamable HTTP (since 2025-03-26): each message is a POST, answered with JSON or with a stream of events. HTTP+SSE
(2024-11-05): a GET opens a stream whose first event names the address for messages; answers come on the stream.
"""

from __future__ import annotations

import contextlib
import json
import queue
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from .consent import Consent, NotAgreed
from .limits import Limits
from .record import Record
from .speech import Over, Received, Speech
from .web import LATE, Answer, Stream, ask

ACCEPT = "application/json, text/event-stream"
_EVENT = "text/event-stream"
_MOST = 400
"""Characters of the body of a refusal that are kept."""


class Streamable:
    """Each message a POST. ``session``: the id the server gave, if any. ``refusal``: the answer that was none."""

    kind = "streamable-http"
    waits = False

    def __init__(self, url: str, headers: Mapping[str, str], consent: Consent, record: Record, limits: Limits) -> None:
        self.url = url
        self.session = ""
        self.refusal: Answer | None = None
        self.late = False
        self._given = headers
        self._consent = consent
        self._record = record
        self._limits = limits
        self._version = ""
        self._came: list[Received] = []

    @property
    def over(self) -> bool:
        return self.refusal is not None

    def headers(self, message: dict[str, Any]) -> dict[str, str]:
        found = {"Content-Type": "application/json", "Accept": ACCEPT, **self._given}
        meta = (message.get("params") or {}).get("_meta") or {}
        version = meta.get("io.modelcontextprotocol/protocolVersion") or self._version
        if version:
            found["MCP-Protocol-Version"] = version
        if meta:  # since 2026-07-28 what is asked for stands in the headers as well
            found["Mcp-Method"] = message["method"]
            name = message["params"].get("name") or message["params"].get("uri")
            if isinstance(name, str):
                found["Mcp-Name"] = name
        if self.session:
            found["Mcp-Session-Id"] = self.session
        return found

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        starts = message.get("method") == "initialize"
        seconds = self._limits.start if starts else self._limits.answer
        with Stream(self.url, self._consent, self._limits, seconds, "POST", self.headers(message), body) as stream:
            answer = stream.answer
            self.late = answer.problem == LATE
            if starts:
                self.session = answer.header("mcp-session-id") or self.session
            if answer.kind == _EVENT and answer.status < 300:
                for data in events(stream.chunks(), self._limits.line):
                    self._came.append(data)
                    if _answers(data.data, message):
                        break
            else:
                self._taken(stream.whole(), message)
            self.late = self.late or stream.late
        if starts:
            for came in self._came:
                for each in _messages(came.data):
                    result = each.get("result")
                    if isinstance(result, dict) and isinstance(result.get("protocolVersion"), str):
                        self._version = result["protocolVersion"]

    def _taken(self, answer: Answer, message: dict[str, Any]) -> None:
        """JSON, or a status that says more than a body."""
        if answer.kind == "application/json" and answer.body.strip():
            self._came.append(Received(answer.body.replace(b"\n", b" "), answer.cut))
            if answer.status < 400 or b'"jsonrpc"' in answer.body:
                return
            self._came.pop()
        if "id" in message and "method" in message and answer.problem != LATE:
            self.refusal = answer

    def receive(self, seconds: float) -> Received | None:
        return self._came.pop(0) if self._came else None

    def close(self) -> None:
        """A session is given back, as a client should."""
        if self.session:
            headers = {"Mcp-Session-Id": self.session, **self._given}
            ask(self.url, self._consent, self._limits, "DELETE", headers)


class Events:
    """Two addresses: answers to what is posted at one come on the stream of the other."""

    kind = "sse"
    waits = True
    late = False

    def __init__(self, url: str, headers: Mapping[str, str], consent: Consent, record: Record, limits: Limits) -> None:
        self.refusal: Answer | None = None
        self._given = headers
        self._consent = consent
        self._limits = limits
        self._queue: queue.Queue[Received | None] = queue.Queue(maxsize=256)
        self._ended = threading.Event()
        self._stream = Stream(url, consent, limits, limits.whole, "GET", {"Accept": _EVENT, **headers})
        self._url = ""
        if self._stream.answer.status != 200 or self._stream.answer.kind != _EVENT:
            self.refusal = self._stream.answer
            self._ended.set()
            return
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        first = self._first(limits.start)
        if first:
            try:
                self._url = urljoin(url, first)
                consent.to_reach(self._url)
            except (NotAgreed, ValueError) as error:
                record.broken("it leads to another origin", str(error))
                self._url = ""
        if not self._url:
            self.refusal = Answer(200, problem="its stream does not begin with an address for messages")

    def _first(self, seconds: float) -> str:
        with contextlib.suppress(queue.Empty):
            came = self._queue.get(timeout=seconds)
            return "" if came is None else came.data.decode("utf-8", "replace").strip()
        return ""

    @property
    def over(self) -> bool:
        return self.refusal is not None or (self._ended.is_set() and self._queue.empty())

    def send(self, message: dict[str, Any]) -> None:
        if self.refusal is None:
            answer = self.post(json.dumps(message).encode())
            if not 200 <= answer.status < 300 and "id" in message:
                self.refusal = answer

    def post(self, body: bytes) -> Answer:
        """Send anything, also what is no message. Its answer says only whether it was taken."""
        headers = {"Content-Type": "application/json", **self._given}
        return ask(self._url, self._consent, self._limits, "POST", headers, body)

    def receive(self, seconds: float) -> Received | None:
        try:
            return self._queue.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return None

    def close(self) -> None:
        self._ended.set()
        self._stream._give_up()
        self._stream.__exit__()

    def _read(self) -> None:
        for came in events(self._stream.chunks(), self._limits.line):
            while not self._ended.is_set():
                with contextlib.suppress(queue.Full):
                    self._queue.put(came, timeout=0.2)
                    break
        self._ended.set()
        with contextlib.suppress(queue.Full):
            self._queue.put_nowait(None)


def listed(url: str, headers: Mapping[str, str], consent: Consent, record: Record, limits: Limits) -> Streamable | None:
    """Ask a server everything, over whichever transport it speaks. The connection, where it is the streamable one.
    Raises `NotAgreed`."""
    return _spoken(url, headers, consent, record, limits, lambda speech: speech.everything())


def called(
    url: str,
    headers: Mapping[str, str],
    consent: Consent,
    record: Record,
    limits: Limits,
    tool: str,
    arguments: dict[str, Any],
) -> dict[str, Any] | None:
    """The answer to a call of a tool; ``None`` where there was none. Raises `NotAgreed`."""
    found: list[dict[str, Any] | None] = [None]

    def call(speech: Speech) -> None:
        found[0] = speech.call(tool, arguments)

    _spoken(url, headers, consent, record, limits, call)
    return found[0]


def _spoken(
    url: str, headers: Mapping[str, str], consent: Consent, record: Record, limits: Limits, talk: Any
) -> Streamable | None:
    consent.to_reach(url)
    record.add("started", {"transport": Streamable.kind, "url": url})
    channel = Streamable(url, headers, consent, record, limits)
    if _talked(channel, record, limits, talk):
        return channel
    refused = channel.refusal
    if refused is not None and refused.status in (400, 404, 405, 406, 415):
        # How a client finds out that it has to do with a server of 2024-11-05.
        older = Events(url, headers, consent, record, limits)
        record.add("started", {"transport": Events.kind, "url": url})
        if _talked(older, record, limits, talk):
            return None
        refused = refused if older.refusal is None or older.refusal.status != 200 else older.refusal
    if refused is not None:
        record.add("unreachable", reason(refused))
    return None


def _talked(channel: Streamable | Events, record: Record, limits: Limits, talk: Any) -> bool:
    """Whether anything was answered."""
    speech = Speech(channel, record, limits)
    try:
        with contextlib.suppress(Over):
            talk(speech)
        if channel.refusal is not None and speech.answered:
            record.broken(reason(channel.refusal), channel.refusal.body.decode("utf-8", "replace")[:_MOST])
    finally:
        channel.close()
    return speech.answered > 0


def reason(answer: Answer) -> str:
    """Why nothing is known of a server, in words."""
    if answer.problem:
        return answer.problem
    where = answer.header("location")
    if 300 <= answer.status < 400:
        return f"it sends whoever asks elsewhere ({answer.status}, {where}); give that address if you trust it"
    if answer.status in (401, 403):
        return f"it asks for credentials ({answer.status}); give them with --header 'Authorization: Bearer $TOKEN'"
    if answer.status < 300:
        return f"it answers with {answer.kind or 'nothing'}, which is no message ({answer.status})"
    return f"it answers with status {answer.status}"


def events(chunks: Iterable[bytes], longest: int) -> Iterator[Received]:
    """The data of server-sent events, each at most ``longest`` bytes; of longer ones the beginning."""
    data: list[bytes] = []
    size = 0
    for line, cut in _lines(chunks, longest):
        if line.startswith(b"data:"):
            part = line[5:].removeprefix(b" ")
            data.append(part[: max(longest - size, 0)])
            size += longest + 1 if cut else len(part)
        if data and (not line or cut):
            yield Received(b"\n".join(data), size > longest)
            data, size = [], 0
    if data:
        yield Received(b"\n".join(data), size > longest)


def _lines(chunks: Iterable[bytes], longest: int) -> Iterator[tuple[bytes, bool]]:
    held = b""
    skipping = False
    for chunk in chunks:
        *whole, held = (held + chunk).split(b"\n")
        for line in whole:
            if not skipping:
                yield line.rstrip(b"\r"), False
            skipping = False
        if len(held) > longest:
            if not skipping:
                yield held[:longest], True
            held, skipping = b"", True
    if held and not skipping:
        yield held.rstrip(b"\r"), False


def _answers(data: bytes, message: dict[str, Any]) -> bool:
    return "id" in message and any(
        "method" not in each and str(each.get("id")) == str(message["id"]) for each in _messages(data)
    )


def _messages(data: bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return []
    return [each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict)]
