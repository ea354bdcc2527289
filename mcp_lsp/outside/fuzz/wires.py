"""A connection over which anything can be sent, also what is no message, and that is opened anew when it has broken."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from mcp_lsp.outside.consent import Consent
from mcp_lsp.outside.limits import Limits
from mcp_lsp.outside.process import CouldNotStart, Process, Start
from mcp_lsp.outside.record import Record
from mcp_lsp.outside.speech import Channel, Over, Speech
from mcp_lsp.outside.stdio import Pipes
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple

_SLICE = 0.05
"""Seconds for which a line is waited for at once: `Limits.clock` may be another than the machine's."""
_LEFT = 0.2
"""Seconds for what was written in time and has not been read when the time is over."""
KEPT = 4_000
_LAST = 12
"""Lines of what was written to standard error before the end: enough for the end of a trace."""
MOST = 500
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


class Spoken:
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


class Flowing(Spoken):
    """A wire on which answers come whenever the server likes, all on one stream. What stands between its messages goes
    to the record: many a tool prints only when it is called."""

    record: Record

    def _awaited(
        self, channel: Channel, begin: float, wanted: Sequence[Any], ended: Callable[[], Reply]
    ) -> list[Reply]:
        """The answers to what was sent at ``begin``. ``ended``: what is said where the stream is over."""
        clock = self.limits.clock
        came: dict[str, Reply] = {}
        waiting = {spelled(id) for id in wanted}
        broken = b""
        others = 0
        while waiting - came.keys() and others < MOST:
            late = clock() - begin >= self.limits.answer
            got = channel.receive(_LEFT if late else _SLICE)
            others += late
            if got is None:
                if channel.over:
                    return [came.get(spelled(id)) or ended() for id in wanted]
                if late:
                    break
                continue
            parsed = messages(got.data)
            if not parsed and got.data.strip():
                self.record.stray(got.data[:KEPT].decode("utf-8", "replace"))
            for message in parsed:
                if message is None or got.cut:
                    broken = broken or got.data
                elif "method" in message:
                    others += 1
                    if "id" in message:
                        refusal = {"code": -32601, "message": "this client offers nothing"}
                        channel.send({"jsonrpc": "2.0", "id": message["id"], "error": refusal})
                else:
                    others += not taken(message, got.data, clock() - begin, waiting, came)
        missing = Reply("silence")
        if broken:
            missing = Reply("broken", None, _why(broken), text=broken[:KEPT].decode("utf-8", "replace"))
        return [came.get(spelled(id)) or missing for id in wanted]


class Piped(Flowing):
    """A server that is started, and started again where it has ended."""

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
        process = self._process
        assert process is not None
        begin = self.limits.clock()
        for line in lines:
            process.send(line)
        return self._awaited(Pipes(process), begin, wanted, lambda: self._ended(process))

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


def reason(errors: str) -> str:
    """The line of what was written to standard error that says why: the last that names an error, else the last that
    has words. Traces of Python's exception groups are drawn with bars, and Node.js ends with its version."""
    lines = [line.strip(" |+-\t\r") for line in errors.split("\n")]
    lines = [line for line in lines if any(map(str.isalnum, line)) and not line.startswith("Node.js v")]
    named = [line for line in lines if _ERROR.match(line)]
    return (named or lines or [""])[-1][:400]


_ERROR = pattern(r"(?:Uncaught )?(?:[A-Za-z_][\w.]*)?(?:Error|Exception|Exit|Interrupt)\b(?! Group)")


# ---------------------------------------------------------------- what came


def spelled(id: Any) -> str:
    return json.dumps(id)


def messages(data: bytes) -> list[dict[str, Any] | None]:
    """``None`` for what was meant as a message and is none; lines that were not meant so are left out: a scan tells
    of them."""
    if not data.lstrip().startswith((b"{", b"[")):
        return []
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return [None] if data.lstrip().startswith(b'{"') else []
    return [each if isinstance(each, dict) else None for each in (found if isinstance(found, list) else [found])]


def taken(message: dict[str, Any], data: bytes, seconds: float, waiting: set[str], came: dict[str, Reply]) -> bool:
    """Whether a message is an answer that was waited for. What could not be read is refused without its id; an answer
    with an id of another type is one that no client finds."""
    id = message.get("id")
    if spelled(id) in waiting:
        came[spelled(id)] = _reply(message, data, seconds)
        return True
    alike = next((key for key in waiting - came.keys() if str(json.loads(key)) == str(id)), None)
    if alike is not None:
        came[alike] = _reply(message, data, seconds)._replace(
            kind="broken", why=f"its id is {spelled(id)}, not {alike}"
        )
        return True
    if "error" in message and id in (None, "server-error") and len(waiting) == 1:
        came[next(iter(waiting))] = _reply(message, data, seconds)
        return True
    return False


def _reply(message: dict[str, Any], data: bytes, seconds: float) -> Reply:
    text = data[:KEPT].decode("utf-8", "replace")
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
