"""What handlers do, as facts: calls with resolved names, and flows from what a model chose to where it takes effect.

Facts, not verdicts: a `Flow` is reported with every guard found on the way, and the rules decide what counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .code import Call as CallExpr
from .code import Const, Function, Str, Unit
from .model import Endpoint, Prompt, Resource, Server, Tool
from .place import Place, Span
from .record import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """What a model or client chose. ``kind``: "argument" (tool or prompt argument, template variable), "elicited",
    "fetched" (content from outside), "request" (sent by whoever calls an `Endpoint`). ``name`` as the author wrote it
    (``host``, ``arguments["host"]``)."""

    name: str
    kind: str
    place: Place


@dataclass(frozen=True, slots=True)
class Guard:
    """A check or conversion on the way that constrains the value. ``kind``:

    "choices" one of a constant set · "pattern" fully matches a constant expression (``detail``: the expression) ·
    "confined" resolved and inside a root that is not model-chosen (``detail``: "links" where
    these were followed) · "joined" confined together with a folder,
    without which it takes effect · "resolved" absolute and free of ``..``, no root
    checked (``detail``: by which function; "late …": after it was found to be inside one) · "prefix" compared with a
    prefix, without a separator (does not confine) · "no-dotdot" checked for ``..`` only · "basename" only the last
    path segment kept · "quoted" quoted for a POSIX shell (``detail``: "inside" where the quotes around it are not
    there yet, "escaped" with a backslash before each character that matters) · "number" converted to a number,
    boolean, date or UUID · "host-allowed" host of the parsed URL is one of a constant set · "private-refused"
    resolved address checked against private ranges · "scheme" only the scheme checked ·
    "not-option" refused when it starts with "-" · "identifier" checked to be an identifier · "checked" passed to a
    function of the project that raises or returns falsely (``detail``: its name) · "unknown" something else that tests
    it · "excludes" found not to contain (``detail``: a text, or a regular expression behind "re:") ·
    "inside-unresolved" inside a root, but not made absolute before · "encoded" percent-encoded (``detail``:
    "segment" where slashes are as well, "segments" of several with slashes between them) · "escaped" escaped
    for HTML · "literal" escaped for a regular expression · "private-literal" the host as written checked against
    private ranges, not what it resolves to (``detail``: "literals …" where it is no address at all) · "suffix" ends in
    (``detail``) · "option-value" stands behind an option (``detail``) that may take it as its value · "first" its
    first word or character is one of a set · "not-dots" is not ``.`` or ``..`` · "unmatched" does not match a whole
    expression (``detail``) · "denied" is not in a constant set (``detail``) · "outside" resolved, and found not to be
    inside a certain folder (``detail``: which, where that is written out) · "misread" a check of hosts that is given
    the whole URL · "not-absolute" no absolute path · "normalised" ``..`` taken out as text · "doubled" each such quote
    (``detail``) is written twice · "written" written out as a literal · "backslashes" each is written twice ·
    "in-quotes" cannot end a text in such quotes (``detail``) · "form" code of these forms (``detail``) · "rooted"
    begins with a slash.
    """

    kind: str
    place: Place
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One hand-over on the way, in words for a reader: ``passed to `run` as `cmd```, ``becomes part of `url```."""

    message: str
    place: Place


GUESSED = "?"
"""`Sink.position` of what is only told by names: ``url`` given to a method called ``fetch`` of something unknown."""


FOLLOWED = "redirects"
"""`Sink.position` of an address whose redirects are followed, because the code says so."""


@dataclass(frozen=True, slots=True)
class Sink:
    """Where a value takes effect. ``kind``: see `sinks.KINDS` ("shell", "program", "argv", "code", "path-read",
    "path-write", "url", "sql", "deserialise", "xml", "regex", "template", "html", "reflect"). ``call``: dotted name
    of the API. ``position``: the argument it enters ("0", "cwd"). ``program``: of kinds "argv", "shell" and
    "code", what it is an argument of, where that is known.
    """

    kind: str
    call: str
    position: str
    place: Place  # the expression that enters
    call_place: Place  # the whole call
    callee_place: Place
    program: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """``how``: "whole" (the value itself), "part" (embedded in a longer string), "first" (a string that begins with
    the value), "last" (fixed text before it, nothing behind), "element" (one item of a list the call receives).
    ``before``: the text before the value, "\\0" for what is not known of it (``https://`` in ``f"https://{host}/"``).

    Where paths with different guards lead to one sink there is one flow for each: a rule is satisfied when it is with
    every one of them."""

    source: Source
    sink: Sink
    steps: tuple[Step, ...] = ()
    guards: tuple[Guard, ...] = ()
    how: str = "whole"
    before: str = ""

    def guarded(self, *kinds: str) -> bool:
        return any(guard.kind in kinds for guard in self.guards)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call as written. ``value`` is the constant, ``None`` where it is none (then ``constant`` is
    false)."""

    name: str  # keyword, or the position as a string
    value: object
    constant: bool
    place: Place


class Call:
    """A call that can happen. ``target``: dotted name as `scope.Scope.dotted` gives it, with instances resolved
    (``httpx.AsyncClient.get``), or "" where unknown. ``via``: functions of the project passed through to get there,
    outermost first. ``when``: "import" (module level), "startup" (before serving: in main, behind ``__main__``),
    "serving" (inside a handler). ``function``: around the call, where that was asked for. Places and arguments are
    worked out when asked for: most calls are never looked at.
    """

    __slots__ = ("_arguments", "expr", "function", "pointer", "target", "unit", "uri", "via", "when")

    def __init__(
        self,
        target: str,
        expr: CallExpr,
        unit: Unit,
        uri: str,
        pointer: str,
        when: str,
        via: tuple[str, ...] = (),
        function: Function | None = None,
    ) -> None:
        self.target = target
        self.expr = expr
        self.unit = unit
        self.uri = uri
        self.pointer = pointer
        self.when = when
        self.via = via
        self.function = function
        self._arguments: tuple[Argument, ...] | None = None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Call)
            and self.expr is other.expr
            and self.target == other.target
            and self.when == other.when
            and self.via == other.via
        )

    def __hash__(self) -> int:
        return hash((id(self.expr), self.target, self.when))

    def __repr__(self) -> str:
        return f"Call({self.target!r}, {self.when!r}, via={self.via!r})"

    @property
    def place(self) -> Place:
        return Place(self.uri, self.pointer, Span(self.expr.start, self.expr.end), self.unit.anchor)

    @property
    def callee_place(self) -> Place:
        callee = self.expr.callee
        return Place(self.uri, self.pointer, Span(callee.start, callee.end), self.unit.anchor)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        if self._arguments is None:
            self._arguments = tuple(self._each())
        return self._arguments

    def _each(self) -> Iterator[Argument]:
        for i, arg in enumerate(self.expr.args):
            value = arg.value
            constant = value.value if isinstance(value, (Str, Const)) else None
            place = Place(self.uri, self.pointer, Span(value.start, value.end), self.unit.anchor)
            yield Argument(arg.name or arg.spread or str(i), constant, isinstance(value, (Str, Const)), place)

    def argument(self, *names: str) -> Argument | None:
        return next((a for a in self.arguments if a.name in names), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """A ``return`` of a handler. ``kind``: "text" (a string, ``text`` holds what is known of it, "{}" for holes,
    "{error}" for what a caught exception says), "object" (a dictionary or object literal, ``keys`` its keys, "*" for
    those that are not written out), "error" (``isError: true``, CallToolResult with it), "other". ``caught``: stands
    inside an ``except``/``catch``. ``span``: the statement in its ``unit``; ``value``: what is returned by it."""

    kind: str
    unit: Unit
    span: Span
    value: Span
    text: str = ""
    keys: tuple[str, ...] = ()
    caught: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Handler:
    """What runs when a tool, prompt or resource is used. ``calls`` include those of the functions of this file that it
    calls. ``incomplete``: reasons why something may be missing (recursion bound, unknown dispatch)."""

    of: Tool | Prompt | Resource | Endpoint
    server: Server
    function: Function
    place: Place  # the function's name, or the function where it has none
    calls: tuple[Call, ...] = ()
    flows: tuple[Flow, ...] = ()
    answers: tuple[Answer, ...] = ()
    incomplete: tuple[str, ...] = ()

    @property
    def tool(self) -> Tool | None:
        return self.of if isinstance(self.of, Tool) else None


@dataclass(frozen=True, slots=True, eq=False)
class Startup:
    """What runs when the server's module is imported and started: module level, ``main``, behind ``__main__``.
    ``unit``: the declaration at module level from which the calls are reached."""

    server: Server
    calls: tuple[Call, ...] = ()
    unit: Unit | None = None


Facts = Union[Handler, Startup]


def calls(facts: Facts) -> Iterator[Call]:
    yield from facts.calls
