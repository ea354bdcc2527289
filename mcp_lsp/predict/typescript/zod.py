"""A zod schema as zod keeps it: what a chain of calls has made, in either major, before it becomes JSON Schema."""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers.definition import Missing
from mcp_lsp_analyzers.record import NamedTuple, dataclass


class Version(NamedTuple):
    """Of zod's schema classes: ``zod/v4`` of a zod 3.25 is (4, -1)."""

    major: int
    minor: int


NEWEST = Version(4, 6)
"""Newest minor in November 2026; a range that admits it installs it."""


@dataclass(slots=True, eq=False)
class Zod:
    """One schema object. Compared by identity, because zod 3 writes a second use of the same object as a reference.

    ``kind``: zod's word for it ("string", "optional", "effects"), or "missing", which ``value`` explains. ``of``: the
    schemas it is made of; of a record: key and value; of a pipe: in and out. ``checks``: (word, value) in their order.
    ``value``: of literals and enums their values, of defaults the default; ``of effects``: which kind of them.
    ``keys``: what an object does with keys it does not name: "strip", "strict" or "loose". ``rest``: what such keys, or
    further items of a tuple, must be. ``more``: why there may be further properties.
    "again": one that is being made, ``value`` is a list that holds it in the end.
    ``description`` is zod 3's; zod 4 keeps ``meta`` beside the schema, inherited along ``parent``.
    """

    kind: str
    of: tuple[Zod, ...] = ()
    checks: tuple[tuple[str, Any], ...] = ()
    value: Any = None
    shape: dict[str, Zod] | None = None
    more: Missing | None = None
    keys: str = "strip"
    rest: Zod | None = None
    description: Any = None
    meta: dict[str, Any] | None = None
    parent: Zod | None = None
    entries: dict[str, Any] | None = None  # of an enumeration made of an object: its values by their names
    cyclic: Zod | None = None  # itself, where something inside of it is this very object again

    @property
    def inner(self) -> Zod:
        return self.of[0]


def in_order(members: dict[str, Any]) -> dict[str, Any]:
    """The members of an object as JavaScript goes through them: names that are numbers come first, smallest first."""
    numbers = [name for name in members if name.isdigit() and (name == "0" or name[0] != "0") and int(name) < 2**32 - 1]
    if not numbers:
        return members
    return {**{name: members[name] for name in sorted(numbers, key=int)}, **members}


def missing(reason: str | Missing) -> Zod:
    return Zod("missing", value=reason if isinstance(reason, Missing) else Missing(reason))


class Refused(Exception):
    """zod throws on this schema, so the whole list fails; the text completes "because"."""


FAILS = "the whole list fails: "


def number(value: Any) -> Any:
    """A number as JavaScript writes it: there is no difference between 1 and 1.0."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**63 else value
