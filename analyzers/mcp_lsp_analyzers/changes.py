"""What is different from what was approved: the changes between a recorded state of a project and what its source says
now, each at the place where it stands today.

Facts, not verdicts: whether something got wider is part of a change, whether that is bad is for the rules. White space,
comments and the order of things are no change.
"""

from __future__ import annotations

from typing import Literal, Union

from .place import Place, Text
from .record import dataclass

Sensitivity = Literal["strict", "moderate", "loose"]
"""How a project wants changes judged. strict: everything that is not formatting · moderate: what a client or a model
would notice · loose: only what lets the server, or whoever speaks through it, do more than before."""


@dataclass(frozen=True, slots=True, eq=False)
class Reworded:
    """A text that a model reads says something else. ``of``: the thing it belongs to (`` `ping` ``). ``added``: the
    sentences, as spans in ``after``, in which a word is new. ``heard``: what rules about texts say of the new text at
    error or warning level and did not say of the old one."""

    of: str
    before: str
    after: Text
    added: tuple[tuple[int, int], ...]
    heard: tuple[str, ...]
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Reshaped:
    """A schema admits other values. ``said``: what is different, in words. ``wider``: whether it admits values that it
    did not; ``None`` where that cannot be told, or another value is given back."""

    of: str
    place: Place
    said: str
    wider: bool | None
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Rehinted:
    """An annotation of a tool (``readOnlyHint``) has another value; ``None``: it is not set."""

    of: str
    place: Place
    hint: str
    before: bool | None
    now: bool | None
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Reaches:
    """A handler does what it did not. ``kind`` and ``call`` as of a `flow.Sink`, or "process", "file", "environment"
    for a call that takes effect by itself; ``source``: the argument that gets there, "" where none does."""

    of: str
    place: Place
    kind: str
    call: str
    source: str
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Unguarded:
    """A value gets where it got before, and is checked less. ``lost``: kinds of `flow.Guard`."""

    of: str
    place: Place
    source: str
    call: str
    lost: tuple[str, ...]
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Unasked:
    """A tool that asked its user does not ask any more. ``how``: by what it did (`` `elicit` ``)."""

    of: str
    place: Place
    how: str
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Addressed:
    """A host or an e-mail address stands in a source file that did not stand in it."""

    address: str
    place: Place
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Appeared:
    """``kind``: "tool", "prompt", "resource", "instructions", "server" (of a client's configuration)."""

    kind: str
    name: str
    place: Place
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Gone:
    """``place``: where something was taken out of: the server, or the file."""

    kind: str
    name: str
    place: Place
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Recoded:
    """The code of a handler is other code, whatever it does."""

    of: str
    place: Place
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Relaunched:
    """A client starts or reaches a server otherwise. ``said``: what is different, in words."""

    of: str
    place: Place
    said: str
    sensitivity: Sensitivity


@dataclass(frozen=True, slots=True, eq=False)
class Required:
    """A manifest asks for a package that it did not ask for (``before`` is ``None``), or otherwise. ``looser``: it
    admits versions that it did not admit, and not only later ones of the same kind of range."""

    name: str
    place: Place
    before: str | None
    now: str
    looser: bool
    sensitivity: Sensitivity


Change = Union[
    Reworded, Reshaped, Rehinted, Reaches, Unguarded, Unasked, Addressed, Appeared, Gone, Recoded, Relaunched, Required,
]  # fmt: skip
