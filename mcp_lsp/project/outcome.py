"""What a run has to say, as plain values: they travel between processes and know nothing of models or trees.

Lines and columns are 1-based, columns in code points; paths are relative to the working directory where inside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from mcp_lsp_analyzers.record import NamedTuple, dataclass, field

Point = tuple[int, int]
"""(line, column)."""


class Region(NamedTuple):
    """Half-open: ``end`` is the position behind the last character."""

    path: str
    start: Point
    end: Point


class Line(NamedTuple):
    """One line of source for an excerpt. ``cut`` code points were left out in front of ``text``."""

    number: int
    text: str
    cut: int = 0


class Related(NamedTuple):
    region: Region
    message: str
    line: Line | None


class Edit(NamedTuple):
    region: Region
    text: str


class Fix(NamedTuple):
    """``edits`` is ``None`` where nobody asked for them, or where the fix cannot be done on this text."""

    title: str
    safe: bool
    edits: tuple[Edit, ...] | None


class Found(NamedTuple):
    """A diagnostic. ``thing`` is the pointer of what it is about (``/tools/ping/description``)."""

    code: str
    name: str
    severity: str
    message: str
    region: Region
    references: tuple[str, ...]
    related: tuple[Related, ...]
    fingerprint: str
    fix: Fix | None
    thing: str
    lines: tuple[Line, ...]


class Seen(NamedTuple):
    """A server that was found in a file."""

    path: str
    sdk: str
    tools: tuple[str, ...]
    prompts: tuple[str, ...]
    resources: tuple[str, ...]


class Asked(NamedTuple):
    """``outcome`` of asking a running server for a list: "answered", "answered in part", "no answer", "refused: …",
    "not offered", "not asked". ``entries``: how many."""

    method: str
    outcome: str
    entries: int


class Called(NamedTuple):
    """A tool that was called with harmless arguments. ``outcome`` as of `live.Trial`; ``milliseconds`` by this
    machine's clock, ``tokens`` a guess from the length."""

    tool: str
    outcome: str
    milliseconds: int
    tokens: int


class Live(NamedTuple):
    """A running server that was asked. ``server``: how it was started, or its address. ``confined``: what was taken
    away from it. ``reason``: why it could not be asked at all; "" where it could be reached. ``untried``: what of
    fuzzing was left out, and why."""

    server: str
    transport: str
    protocol: str
    confined: tuple[str, ...]
    asked: tuple[Asked, ...]
    reason: str = ""
    called: tuple[Called, ...] = ()
    untried: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether it answered anything."""
        return bool(self.protocol)


class NotAnalysed(NamedTuple):
    """``listing``: the file was analysed, and lists more to clients than can be seen in it."""

    path: str
    reason: str
    listing: bool = False


class Failure(NamedTuple):
    """Something of ours that broke. ``rule``: an id, "reader", "flow", or "process"."""

    path: str
    rule: str
    thing: str
    error: str


class Outcome(NamedTuple):
    """What is known of one file after checking it. ``fixed`` counts the findings that it was changed for, ``patch`` is
    the unified diff of that."""

    path: str
    found: tuple[Found, ...] = ()
    servers: tuple[Seen, ...] = ()
    not_analysed: tuple[NotAnalysed, ...] = ()
    failures: tuple[Failure, ...] = ()
    suppressed: int = 0
    fixed: int = 0
    patch: str = ""
    analysed: bool = True
    text: str = ""  # the changed text, where it comes from standard input


@dataclass
class Report:
    """A whole run. ``files`` counts those that were analysed, ``missing`` the given paths that could not be,
    ``allowed`` the findings that comments were written for."""

    found: list[Found] = field(default_factory=list)
    servers: list[Seen] = field(default_factory=list)
    not_analysed: list[NotAnalysed] = field(default_factory=list)
    excluded: list[NotAnalysed] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    missing: int = 0
    files: int = 0
    suppressed: int = 0
    fixed: int = 0
    allowed: int = 0
    patches: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # sentences about what is not in ``found``, and why
    live: list[Live] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.files += outcome.analysed
        self.found += outcome.found
        self.servers += outcome.servers
        self.not_analysed += outcome.not_analysed
        self.failures += outcome.failures
        self.suppressed += outcome.suppressed
        self.fixed += outcome.fixed
        if outcome.patch:
            self.patches.append(outcome.patch)


def counts(found: Iterable[Found]) -> dict[str, int]:
    """How many of each severity, the worst first."""
    by_severity = {"error": 0, "warning": 0, "information": 0, "hint": 0}
    for each in found:
        by_severity[each.severity] += 1
    return by_severity
