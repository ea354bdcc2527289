"""The routes of a file: what answers which requests, and whether it asks who is calling."""

from __future__ import annotations

from .place import Place
from .record import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """``method``: in lower case, as the framework's function is called. ``guarded``: its declaration or its body asks
    who is calling. ``place``: of the path as written."""

    method: str
    path: str
    guarded: bool
    place: Place
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """All routes of a file. ``guarded_as_a_whole``: something in it asks the callers of all its routes.

    ``beside``: how many routes of the other files of its folder are guarded; 0 where these are guarded as a whole,
    where most of them are not, or where the files are not known.
    """

    uri: str
    mcp: bool
    routes: tuple[Route, ...]
    guarded_as_a_whole: bool = False
    beside: int = 0
