"""What a walk over a unit leaves behind, and what it depended on."""

from __future__ import annotations

from typing import Union

from mcp_lsp_analyzers.code import Assign, Class, Expr, Function, Stmt, Unit, flat
from mcp_lsp_analyzers.record import NamedTuple, dataclass, field
from mcp_lsp_analyzers.seen import Seen

from .definitions import Finding
from .evidence import About
from .lowlevel import Answerer, Unread
from .makers import Made, Passed
from .sight import At


class Round(NamedTuple):
    """A loop: its variable, what it goes through, and what it does each time."""

    target: Expr
    iterable: At
    body: list[Stmt]


def constants(body: list[Stmt], unit: Unit) -> list[tuple[Assign, Unit]]:
    """The variables that a loop sets each time, and the unit in which each stands."""
    return [(s, home or unit) for s, home in flat(body) if isinstance(s, Assign) and s.value is not None and not s.op]


@dataclass(slots=True, eq=False)
class Inner:
    """A nested unit and what surrounds it."""

    unit: Unit
    function: Function | None
    cls: Class | None
    loops: tuple[Round, ...]
    tested: bool


Declared = Union[Finding, Answerer, Unread, Made, Passed]
Entry = Union[Declared, Inner]


@dataclass(slots=True, eq=False)
class Kept:
    """What was found in a unit. ``record`` and ``stood``: what it looked up itself, in the module and in its
    surroundings; ``around``: what of these it was read by; ``entries``: its own; ``all``:
    with those of nested units in their places; ``looked``: names of the surroundings that any of these looked up, and
    what answered (`inside.standing`); ``seen``: names of the module that they looked up; ``abroad``: so they did things
    of other files."""

    record: Seen
    stood: dict[str, tuple[object, ...]]
    about: About
    around: tuple[object, ...]
    entries: list[Entry] = field(default_factory=list)
    all: list[Declared] = field(default_factory=list)
    looked: dict[str, tuple[object, ...]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    abroad: bool = False
