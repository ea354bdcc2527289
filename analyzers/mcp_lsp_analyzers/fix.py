"""What a rule proposes to change: plain edits, or a recipe that is rendered in the language of the file on request.

A recipe says what the code should do; how it is spelt in Python (with imports) or TypeScript is decided where fixes are
rendered, on the text as it is at that moment.
"""

from __future__ import annotations

from typing import Union

from .place import Place
from .record import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the place's span by ``text``."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Edits:
    """Plain text edits that are right in any language (inside a string literal, say)."""

    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Annotate:
    """Set hints (``destructiveHint``) on a tool's registration; ``declared`` is the tool's ``declared`` place."""

    declared: Place
    tool: str
    hints: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Describe:
    """Give a parameter a description."""

    declared: Place
    parameter: Place
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SendToStderr:
    """A print or console call writes to standard error instead. ``call`` is the whole call."""

    call: Place


@dataclass(frozen=True, slots=True)
class RunWithoutShell:
    """A shell command built from text becomes an argument vector."""

    call: Place


@dataclass(frozen=True, slots=True)
class AllowList:
    """Before the statement of ``at``, refuse values of ``name`` that are not in a constant the author fills in.
    ``what``: "commands", "hosts", "values", "expressions"."""

    at: Place
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class RefuseOption:
    """Before the statement of ``at``, refuse a text in ``name`` that begins with a dash."""

    at: Place
    name: str


@dataclass(frozen=True, slots=True)
class CheckHosts:
    """The transport that ``callee`` constructs checks ``Host`` and ``Origin`` against the names of this computer."""

    callee: Place


@dataclass(frozen=True, slots=True)
class ListenHere:
    """A call that is given a port alone (``listen(3000)``) listens on it for this computer only."""

    port: Place


@dataclass(frozen=True, slots=True)
class Confine:
    """Before the statement of ``at``, resolve the path in ``name`` and refuse it outside a root constant; ``value`` is
    the expression to replace by the resolved path."""

    at: Place
    name: str
    value: Place


@dataclass(frozen=True, slots=True)
class BindParameters:
    """A database call gets its values bound instead of pasted into the statement."""

    call: Place
    statement: Place


@dataclass(frozen=True, slots=True)
class Replace:
    """Replace a called API by another, ``module`` imported if it is not: ``yaml.load`` -> ``yaml.safe_load``."""

    callee: Place
    name: str
    module: str = ""
    drop: tuple[str, ...] = ()  # keyword arguments to leave out
    alone: bool = False  # import the name itself, not the module


@dataclass(frozen=True, slots=True)
class FromEnvironment:
    """A literal is read from an environment variable instead."""

    literal: Place
    variable: str


@dataclass(frozen=True, slots=True)
class RaiseToolError:
    """An answer that reports a failure becomes an error the client sees as one (``ToolError``, ``isError: true``)."""

    answer: Place
    value: Place | None


@dataclass(frozen=True, slots=True)
class AnnotateParameter:
    """A parameter without an annotation gets one: ``name`` of ``module``, imported if it is not."""

    parameter: Place
    name: str
    module: str


@dataclass(frozen=True, slots=True)
class Wrap:
    """An expression becomes part of another: ``before`` and ``after`` stand around it. "{}" in ``before`` is ``name``
    of ``module``, imported if it is not."""

    value: Place
    before: str
    after: str
    name: str = ""
    module: str = ""


NAMED = "\0"


@dataclass(frozen=True, slots=True)
class Write:
    """Edits whose text needs something from elsewhere: ``NAMED`` in it is ``name`` of ``module``, or the module itself
    where ``name`` is empty, imported if it is not."""

    edits: tuple[Edit, ...]
    module: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    """A call in Python gets keyword arguments. `NAMED` in a value is ``name`` of ``module``, as in `Write`."""

    call: Place
    keywords: tuple[tuple[str, str], ...]
    module: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class RunInThread:
    """A call that waits runs in a thread, and the function waits for that: ``await asyncio.to_thread(f, …)``."""

    call: Place


@dataclass(frozen=True, slots=True)
class Rename:
    """What a file imports moves to another module: ``names`` are called otherwise there, wherever the file uses them.
    Modules below ``old`` move to the module of the same name below ``new``."""

    old: str
    new: str
    names: tuple[tuple[str, str], ...] = ()


Change = Union[
    Edits, Annotate, Describe, SendToStderr, RunWithoutShell, AllowList, RefuseOption, CheckHosts, ListenHere, Confine,
    BindParameters, Replace, FromEnvironment, RaiseToolError, AnnotateParameter, RunInThread, Wrap,
    Write, Pass, Rename,
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fix:
    """``title`` is a verb phrase. ``safe``: behaviour stays what the author meant, so it may be applied unasked."""

    title: str
    change: Change
    safe: bool = False
