"""The tools of a file that change something, and whether they ask if changes are wanted at all."""

from __future__ import annotations

from .place import Place
from .record import dataclass


@dataclass(frozen=True, slots=True)
class Gated:
    """A tool that changes something by its name. ``asks``: it, or what is wrapped around it, asks for the mode of the
    server (read-only, writing allowed). ``place``: of its name."""

    name: str
    asks: bool
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Gates:
    """``beside``: how many such tools of the other files of its folder ask, and how many do not."""

    uri: str
    mcp: bool
    tools: tuple[Gated, ...]
    beside: tuple[int, int] = (0, 0)
