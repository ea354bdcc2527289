"""A connection over which anything can be sent, also what is no message, and that is opened anew when it has broken."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from mcp_lsp.outside.consent import Consent
from mcp_lsp.outside.limits import Limits
from mcp_lsp.outside.network import Streamable, events
from mcp_lsp.outside.process import CouldNotStart, Process, Start
from mcp_lsp.outside.record import Record
from mcp_lsp.outside.speech import Channel, Over, Speech
from mcp_lsp.outside.stdio import Pipes
from mcp_lsp.outside.web import LATE, NOBODY, Answer, Stream
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple

_SLICE = 0.05
"""Seconds for which a line is waited for at once: `Limits.clock` may be another than the machine's."""
_KEPT = 4_000
_LAST = 12
"""Lines of what was written to standard error before the end: enough for the end of a trace."""
_MOST = 500
"""Messages besides the one waited for, after which it is not waited for any more."""


class Reply(NamedTuple):
    """What became of one request. ``kind``: "result", "error", "silence", "ended", "broken", or "" where no answer is
    due and the server still takes part. ``message``: the answer; ``why``: of what is broken or has ended."""

    kind: str
    message: dict[str, Any] | None = None
    why: str = ""
    seconds: float = 0.0
    text: str = ""

    @property
    def result(self) -> dict[str, Any] | None:
        found = self.message.get("result") if self.message is not None else None
        return found if isinstance(found, dict) else None

    @property
    def failed(self) -> bool:
        """Whether a tool says that it failed."""
        return self.result is not None and self.result.get("isError") is True


class Wire(Protocol):
    """``home``: a folder that the server can write to, with nothing else in it; "" where there is none. ``networked``:
    whether the server may reach this computer."""

    home: str
    networked: bool

    def open(self) -> bool:
        """Connect, or connect anew. Whether the server answered the handshake."""
        ...

    def request(self, method: str, params: dict[str, Any]) -> dict[str, Any]: ...

    def put(self, lines: Sequence[bytes], wanted: Sequence[Any]) -> list[Reply]:
        """Send all lines, then wait for the answers to the ids ``wanted``, in their order. Where none is wanted, what
        is broken, if anything."""
        ...

    def close(self) -> None: ...


def encoded(message: Any) -> bytes:
    return json.dumps(message).encode()


class _Spoken:
    """What all wires have: a conversation that begins with the handshake."""

    limits: Limits
    _speech: Speech | None = None

    def _met(self, channel: Channel) -> bool:
        """Whether the server answered the handshake."""
        self._speech = Speech(channel, Record(), self.limits)
        try:
            self._speech.hello()
        except Over:
            return False
        return True

    def request(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        assert self._speech is not None
        return self._speech.request(method, params)


# ---------------------------------------------------------------- standard streams


class Piped(_Spoken):
    """A server that is started, and started again where it has ended. What it prints between its messages goes to the
    record: many a tool does so only when it is called."""

    def __init__(self, start: Start, consent: Consent, limits: Limits, record: Record) -> None:
        self.start, self.consent, self.limits, self.record = start, consent, limits, record
        self.home = ""
        self.networked = True
        self._process: Process | None = None

    def open(self) -> bool:
        """Raises `NotAgreed`."""
        self.close()
        try:
            process = Process(self.start, self.consent, self.limits)
        except CouldNotStart:
            return False
        self._process, self.home = process, process.home
        self.networked = "no network" not in process.confinement
        return self._met(Pipes(process))

    def put(self, lines: Sequence[bytes], wanted: Sequence[Any]) -> list[Reply]:
        process, clock = self._process, self.limits.clock
        assert process is not None
        begin = clock()
        for line in lines:
            process.send(line)
        came: dict[str, Reply] = {}
        waiting = {_key(id) for id in wanted}
        broken = b""
        others = 0
        while waiting - came.keys() and others < _MOST and clock() - begin < self.limits.answer:
            got = process.receive(_SLICE)
            if got is None:
                if process.over:
                    return [came.get(_key(id)) or self._ended(process) for id in wanted]
                continue
            messages = _messages(got.data)
            if not messages and got.data.strip():
                self.record.stray(got.data[:_KEPT].decode("utf-8", "replace"))
            for message in messages:
                if message is None or got.cut:
                    broken = broken or got.data
                elif "method" in message:
                    others += 1
                    if "id" in message:
                        refusal = {"code": -32601, "message": "this client offers nothing"}
                        process.send(encoded({"jsonrpc": "2.0", "id": message["id"], "error": refusal}))
                else:
                    others += not _taken(message, got.data, clock() - begin, waiting, came)
        missing = Reply("silence")
        if broken:
            missing = Reply("broken", None, _why(broken), text=broken[:_KEPT].decode("utf-8", "replace"))
        return [came.get(_key(id)) or missing for id in wanted]

    def _ended(self, process: Process) -> Reply:
        if process.excess is not None:
            return Reply("ended", why=f"stopped at the limit of {process.excess['limit']} {process.excess['of']}")
        ended = process.end()
        said = process.errors.decode("utf-8", "replace")
        code = "" if ended.code is None else f"code {ended.code}"
        return Reply(
            "ended",
            why=": ".join(part for part in (code, reason(said)) if part),
            text="\n".join(said.strip().split("\n")[-_LAST:]),
        )

    def close(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None


# ---------------------------------------------------------------- HTTP


class Posted(_Spoken):
    """An endpoint. It cannot be started again; a session that is gone is opened anew."""

    def __init__(
        self, url: str, headers: Mapping[str, str], consent: Consent, limits: Limits, local: bool = False
    ) -> None:
        """``local``: it runs on this computer, and sees what stands in a folder of ours."""
        self.url, self.headers, self.consent, self.limits = url, headers, consent, limits
        self.networked = local
        self.home = tempfile.mkdtemp(prefix="mcp-lsp-") if local else ""
        self._channel: Streamable | None = None

    def open(self) -> bool:
        """Raises `NotAgreed`."""
        self._left()
        self._channel = Streamable(self.url, self.headers, self.consent, Record(), self.limits)
        return self._met(self._channel)

    def put(self, lines: Sequence[bytes], wanted: Sequence[Any]) -> list[Reply]:
        if len(lines) == 1:
            answers = [self._posted(lines[0], set(map(_key, wanted)))]
        else:
            with ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(lambda line: self._posted(line, set(map(_key, wanted))), lines))
        found = {key: reply for came in answers for key, reply in came.items()}
        bad = next((came[""] for came in answers if "" in came), Reply("silence"))
        if not wanted:
            return [bad] if bad.kind == "broken" else []
        return [found.get(_key(id), bad) for id in wanted]

    def _posted(self, line: bytes, wanted: set[str]) -> dict[str, Reply]:
        """The answers by their ids; under "" what is none."""
        assert self._channel is not None
        begin = self.limits.clock()
        try:
            asked = json.loads(line)
        except (ValueError, RecursionError):
            asked = {}
        headers = self._channel.headers(asked if _is_request(asked) else {})
        found: dict[str, Reply] = {}
        with Stream(self.url, self.consent, self.limits, self.limits.answer, "POST", headers, line) as stream:
            answer = stream.answer
            if answer.kind == "text/event-stream" and answer.status < 300:
                for came in events(stream.chunks(), self.limits.line):
                    self._read(came.data, begin, wanted, found)
                    if wanted & found.keys() or len(found) > _MOST:
                        break
                if stream.late and not wanted & found.keys():
                    found[""] = Reply("silence")
                return found
            answer = stream.whole()
        # A status that refuses says enough, and its body need be no message.
        if answer.kind == "application/json" and (answer.status < 400 or b'"jsonrpc"' in answer.body):
            self._read(answer.body, begin, wanted, found)
        if not wanted & found.keys():
            found[""] = _refused(answer)
        return found

    def _read(self, data: bytes, begin: float, wanted: set[str], found: dict[str, Reply]) -> None:
        for message in _messages(data):
            if message is not None and "method" not in message:
                _taken(message, data, self.limits.clock() - begin, wanted, found)

    def close(self) -> None:
        self._left()
        if self.home:
            shutil.rmtree(self.home, ignore_errors=True)

    def _left(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None


def reason(errors: str) -> str:
    """The line of what was written to standard error that says why: the last that names an error, else the last that
    has words. Traces of Python's exception groups are drawn with bars, and Node.js ends with its version."""
    lines = [line.strip(" |+-\t\r") for line in errors.split("\n")]
    lines = [line for line in lines if any(map(str.isalnum, line)) and not line.startswith("Node.js v")]
    named = [line for line in lines if _ERROR.match(line)]
    return (named or lines or [""])[-1][:400]


_ERROR = pattern(r"(?:Uncaught )?(?:[A-Za-z_][\w.]*)?(?:Error|Exception|Exit|Interrupt)\b(?! Group)")


def _refused(answer: Answer) -> Reply:
    text = answer.body[:_KEPT].decode("utf-8", "replace")
    if answer.status == 0:
        kind = {LATE: "silence", NOBODY: "ended"}.get(answer.problem, "broken")
        return Reply(kind, why=answer.problem)
    if answer.status >= 500 and b'"jsonrpc"' not in answer.body:
        return Reply("broken", None, f"HTTP {answer.status}", text=text)
    if answer.status >= 400:
        return Reply("error", {"error": {"code": answer.status, "message": text[:200]}}, text=text)
    return Reply("silence", why=f"HTTP {answer.status} without the answer", text=text)


def _is_request(asked: Any) -> bool:
    params = asked.get("params", {}) if isinstance(asked, dict) else None
    return isinstance(params, dict) and isinstance(params.get("_meta", {}), dict) and isinstance(
        asked.get("method"), str
    )  # fmt: skip


# ---------------------------------------------------------------- what came


def _key(id: Any) -> str:
    return json.dumps(id)


def _messages(data: bytes) -> list[dict[str, Any] | None]:
    """``None`` for what was meant as a message and is none; lines that were not meant so are left out: a scan tells
    of them."""
    if not data.lstrip().startswith((b"{", b"[")):
        return []
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return [None] if data.lstrip().startswith(b'{"') else []
    return [each if isinstance(each, dict) else None for each in (found if isinstance(found, list) else [found])]


def _taken(message: dict[str, Any], data: bytes, seconds: float, waiting: set[str], came: dict[str, Reply]) -> bool:
    """Whether a message is an answer that was waited for. What could not be read is refused without its id; an answer
    with an id of another type is one that no client finds."""
    id = message.get("id")
    if _key(id) in waiting:
        came[_key(id)] = _reply(message, data, seconds)
        return True
    alike = next((key for key in waiting - came.keys() if str(json.loads(key)) == str(id)), None)
    if alike is not None:
        came[alike] = _reply(message, data, seconds)._replace(kind="broken", why=f"its id is {_key(id)}, not {alike}")
        return True
    if "error" in message and id in (None, "server-error") and len(waiting) == 1:
        came[next(iter(waiting))] = _reply(message, data, seconds)
        return True
    return False


def _reply(message: dict[str, Any], data: bytes, seconds: float) -> Reply:
    text = data[:_KEPT].decode("utf-8", "replace")
    fault = _fault(message)
    if fault:
        return Reply("broken", message, fault, seconds, text)
    return Reply("error" if "error" in message else "result", message, "", seconds, text)


def _fault(message: dict[str, Any]) -> str:
    """What is wrong with an answer by JSON-RPC 2.0 section 5, if anything."""
    if message.get("jsonrpc") != "2.0":
        return 'it has no `"jsonrpc": "2.0"`'
    if ("result" in message) == ("error" in message):
        return "it has " + ("a result and an error" if "result" in message else "neither a result nor an error")
    error = message.get("error")
    if "error" in message:
        if not isinstance(error, dict) or not isinstance(error.get("message"), str):
            return "its error has no message"
        if not isinstance(error.get("code"), int) or isinstance(error.get("code"), bool):
            return "the code of its error is no whole number"
    elif not isinstance(message["result"], dict):
        return "its result is no object"
    return ""


def _why(data: bytes) -> str:
    with contextlib.suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return "it is not JSON"
    return "it is not UTF-8"
