"""Endpoints as wires: over streamable HTTP, where each answer comes with its request, and over HTTP+SSE, where all of
them come on one stream."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar, Union

from mcp_lsp import scratch
from mcp_lsp.outside.consent import Consent
from mcp_lsp.outside.limits import Limits
from mcp_lsp.outside.network import Events, Streamable, events
from mcp_lsp.outside.record import Record
from mcp_lsp.outside.web import LATE, NOBODY, Answer, Stream
from mcp_lsp_analyzers.record import replace

from .wires import KEPT, MOST, Flowing, Reply, Spoken, messages, spelled, taken

C = TypeVar("C", bound=Union[Streamable, Events])


class _Endpoint(Spoken, Generic[C]):
    """What both kinds have: an address, a conversation that can be begun anew, and a folder of ours where the endpoint
    runs on this computer and sees what stands in it (``local``)."""

    def __init__(
        self,
        kind: Callable[[str, Mapping[str, str], Consent, Record, Limits], C],
        url: str,
        headers: Mapping[str, str],
        consent: Consent,
        limits: Limits,
        local: bool,
    ) -> None:
        self._kind = kind
        self.url, self.headers, self.consent, self.limits = url, headers, consent, limits
        self.networked = local
        self.home = scratch.folder("home") if local else ""
        self._channel: C | None = None

    def open(self) -> bool:
        """Raises `NotAgreed`."""
        self._left()
        self._channel = channel = self._kind(self.url, self.headers, self.consent, Record(), self.limits)
        return self._met(channel)

    def close(self) -> None:
        self._left()
        if self.home:
            shutil.rmtree(self.home, ignore_errors=True)

    def _left(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None


class Posted(_Endpoint[Streamable]):
    """An endpoint. It cannot be started again; a session that is gone is opened anew."""

    def __init__(
        self, url: str, headers: Mapping[str, str], consent: Consent, limits: Limits, local: bool = False
    ) -> None:
        """``local``: it runs on this computer, and sees what stands in a folder of ours."""
        super().__init__(Streamable, url, headers, consent, limits, local)

    def put(self, lines: Sequence[bytes], wanted: Sequence[Any]) -> list[Reply]:
        if len(lines) == 1:
            answers = [self._posted(lines[0], set(map(spelled, wanted)))]
        else:
            with ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(lambda line: self._posted(line, set(map(spelled, wanted))), lines))
        found = {key: reply for came in answers for key, reply in came.items()}
        bad = next((came[""] for came in answers if "" in came), Reply("silence"))
        if not wanted:
            return [bad] if bad.kind == "broken" else []
        return [found.get(spelled(id), bad) for id in wanted]

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
                    if wanted & found.keys() or len(found) > MOST:
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
        for message in messages(data):
            if message is not None and "method" not in message:
                taken(message, data, self.limits.clock() - begin, wanted, found)


class Streamed(_Endpoint[Events], Flowing):
    """An endpoint of 2024-11-05: what is sent is posted at one address, and answered on the stream of another. A stream
    that is over is opened anew."""

    def __init__(
        self,
        url: str,
        headers: Mapping[str, str],
        consent: Consent,
        limits: Limits,
        record: Record,
        local: bool = False,
        seconds: float = 0.0,
    ) -> None:
        """``local`` as of `Posted`. ``seconds``: for which it is used at most, since a stream has to end some time."""
        limits = replace(limits, whole=min(limits.whole + seconds, _LONGEST))
        super().__init__(Events, url, headers, consent, limits, local)
        self.record = record

    def put(self, lines: Sequence[bytes], wanted: Sequence[Any]) -> list[Reply]:
        channel = self._channel
        assert channel is not None
        begin = self.limits.clock()
        refused = [answer for line in lines if not 200 <= (answer := channel.post(line)).status < 300]
        # What was refused is not answered on the stream as well; where one of several was, the others may be.
        if refused and len(lines) == 1:
            found = _refused(refused[0])
            return [found] * len(wanted) if wanted else [found] if found.kind == "broken" else []
        return self._awaited(channel, begin, wanted, lambda: Reply("ended", why="its stream of events ended"))


_LONGEST = 3600.0


def _refused(answer: Answer) -> Reply:
    text = answer.body[:KEPT].decode("utf-8", "replace")
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
