"""What a walk over a unit leaves behind, and what it depended on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Union

from mcp_lsp_analyzers.code import Class, Expr, Function, Unit

from .definitions import Finding
from .evidence import About
from .lowlevel import Answerer, Unread
from .makers import Made, Passed
from .sight import At, Sight

Loop = tuple[Expr, At]
"""A loop's target and what it goes through."""


@dataclass(slots=True, eq=False)
class Inner:
    """A nested unit and what surrounds it."""

    unit: Unit
    function: Function | None
    cls: Class | None
    loops: tuple[Loop, ...]
    tested: bool


Declared = Union[Finding, Answerer, Unread, Made, Passed]
Entry = Union[Declared, Inner]


@dataclass(slots=True, eq=False)
class Kept:
    """What was found in a unit. ``around``: what of the surroundings it was read by; ``entries``: its own; ``all``:
    with those of nested units in their places; ``looked``: names of the surroundings that any of these looked up, and
    the units that answered."""

    sight: Sight
    about: About
    around: tuple[object, ...]
    entries: list[Entry] = field(default_factory=list)
    all: list[Declared] = field(default_factory=list)
    looked: dict[str, tuple[Unit, ...]] = field(default_factory=dict)
