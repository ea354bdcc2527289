"""What was seen of a running server: everything said on the connection, in order, and what of it its source foretold.

It comes from a record (``*.mcp-session.jsonl``), a line for each event, which a scan writes and whoever wants to can
keep. Places are those of the record; a scan that knows the source puts findings there by their pointers.
"""

from __future__ import annotations

from typing import Any, Literal, Union

from .definition import Definition, Json, Kind
from .pattern import pattern
from .place import Place
from .record import dataclass

EventKind = Literal[
    "started", "sent", "received", "stray", "broken", "excess", "silence", "stderr", "ended", "unreachable"
]


@dataclass(frozen=True, slots=True, eq=False)
class Event:
    """``value`` by ``kind``: "started": how the server was started or reached; "sent" and "received": a message of
    JSON-RPC; "stray": a line on standard output that is no message; "broken": {"why", "text"} of something that was
    meant as one; "excess": {"of", "limit"} where more than allowed was used, and it was stopped; "silence":
    {"waiting": method, "id", "seconds"}; "stderr": the end of what it wrote there; "ended": {"how", "code"};
    "unreachable": the reason."""

    kind: EventKind
    value: Any
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A request of ours. ``answer`` is the "received" event, ``None`` where there was none; ``silent``: the limit of
    time passed. ``place``: of the answer where there is one."""

    id: Any
    method: str
    params: dict[str, Any]
    place: Place
    answer: Event | None = None
    silent: float | None = None

    @property
    def result(self) -> dict[str, Any] | None:
        found = self.answer.value.get("result") if self.answer is not None else None
        return found if isinstance(found, dict) else None

    @property
    def error(self) -> dict[str, Any] | None:
        found = self.answer.value.get("error") if self.answer is not None else None
        return found if isinstance(found, dict) else None


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """One connection. ``transport``: "stdio", "streamable-http", "sse", or "" where the record does not say.
    ``asked``: our requests in order. ``place``: of the whole."""

    place: Place
    transport: str
    events: tuple[Event, ...]
    asked: tuple[Asked, ...]

    def of(self, kind: EventKind) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.kind == kind)

    @property
    def ended_early(self) -> Event | None:
        """The server's end, where it came while an answer was waited for."""
        for event in self.of("ended"):
            if isinstance(event.value, dict) and event.value.get("how") == "by itself":
                return event
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Served:
    """One tool, prompt or resource as it was listed, and as its source foretells it; one of the two may be missing.
    ``name``: what a client calls it by (a uri for resources). ``sure``: whether everything that the source declares is
    known, so that what is not among it is not declared there. ``differences``: where both are known, and differ."""

    kind: Kind
    name: str
    place: Place
    entry: dict[str, Any] | None
    expected: Definition | None
    sure: bool
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """``pointer``: below the entry. ``None`` stands for nothing there."""

    pointer: str
    served: Json
    expected: Json


@dataclass(frozen=True, slots=True, eq=False)
class Exchange:
    """A question to an HTTP endpoint and its answer. ``asks``: what was tried out ("no credentials", "foreign origin",
    …). Header names are in lower case; secrets are masked. ``status`` is 0 where there was no answer."""

    asks: str
    place: Place
    method: str
    url: str
    sent: tuple[tuple[str, str], ...]
    body: str
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    @property
    def let_in(self) -> bool:
        """Whether it was answered as if nothing were wrong with it: with a result, or a stream of events."""
        return 200 <= self.status < 300 and _RESULT.search(self.text) is not None


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint:
    """All exchanges with one endpoint. ``guarded``: credentials were given to the scan, or asked for by the endpoint.
    ``local``: the address is one of this computer."""

    url: str
    place: Place
    guarded: bool
    local: bool
    exchanges: tuple[Exchange, ...]

    def of(self, asks: str) -> tuple[Exchange, ...]:
        return tuple(exchange for exchange in self.exchanges if exchange.asks == asks)


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Something that was tried with a server, made as short as it still shows the same. ``kind``: "odd" (no call),
    "valid", "boundary", "wrong" (arguments by the schema), or a canary: "shell", "code", "template", "quote", "path",
    "address". ``asks``: what was odd about it, in words; for a call a verb phrase about ``argument`` ("is empty").
    ``wants``: "answer", "error", or "". ``fits``: whether the schema allows it, ``None`` where not known.
    ``outcome``: "result", "error", "failed" (a tool says so), "silence", "ended", "broken", or "" where nothing was
    due. ``alive``: whether the server answered afterwards. ``effect``: what a canary did: "file", "answer",
    "callback", "error". ``inside``: the part of an error that shows the inside of the server. ``text``: of the answer,
    ``why``: of the end, or of what is broken. Of a valid call also the ``seconds`` it took, the ``size`` of the
    contents in characters, and what the result ``lacks``."""

    place: Place
    kind: str
    asks: str
    tool: str
    argument: str
    sent: str
    wants: str
    fits: bool | None
    outcome: str
    accepted: bool
    alive: bool
    effect: str
    inside: str
    why: str
    text: str
    result: str
    seconds: float
    size: int
    lacks: str


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """All that was tried. ``untried``: what was not, with the reason. ``tools``: those that were called."""

    place: Place
    level: str
    trials: tuple[Trial, ...]
    untried: tuple[tuple[str, str], ...]
    tools: tuple[str, ...]
    requests: int


INSIDE = pattern(
    r"Traceback \(most recent call last\)|\bFile \\?\"/[^\"]+\\?\", line \d+|\bat (?:async )?[\w.<>$ \[\]]*\(?(?:file://)?/[^\s)]+:\d+:\d+|"
    r"/node_modules/|/site-packages/"
)
"""What an answer shows of the inside of a server: a trace, paths of its files."""
_RESULT = pattern(r'"result"\s*:|^event: *endpoint\b')
RESULT = "tool result"
"""The role of a text that a tool answered."""

Seen = Union[Session, Served, Endpoint, Trials]
