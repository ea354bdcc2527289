"""The routes of a file: what answers which requests, and whether it asks who is calling."""

from __future__ import annotations

from .code import Attr, Call, Expr, Str
from .place import Place
from .record import dataclass

METHODS = frozenset("get post put patch delete all".split())  # noqa: SIM905
"""The functions of frameworks that are called like a method of HTTP, and so is what they register."""
REGISTERS = METHODS | frozenset("route api_route custom_route websocket websocket_route".split())  # noqa: SIM905


def path_of(call: Expr) -> Str | None:
    """The path for which something answers from now on: ``app.get("/notes", …)``, ``@app.route("/notes")``. It may be
    "", of a router that has a path of its own."""
    if not isinstance(call, Call) or not isinstance(call.callee, Attr) or call.callee.name not in REGISTERS:
        return None
    first = call.positional(0)
    return first if isinstance(first, Str) and first.value[:1] in ("/", "") else None


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
