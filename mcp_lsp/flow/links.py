"""What is used of a path where it fails to follow its links: ``realpath(path).catch(() => path)``.

Most likely there is nothing at that path then, so that nothing can be read there; a new file may be written all the
same, behind a folder that leads elsewhere. The guard says both: who judges knows which it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mcp_lsp_analyzers.code import Call, Stmt, last_name
from mcp_lsp_analyzers.walk import sites

from .guards import Spot, both, guard
from .taints import Taint
from .values import Value

if TYPE_CHECKING:
    from .frame import Frame


def climbs(f: Frame, body: list[Stmt]) -> bool:
    """Whether the folder is tried next, until there is one: then its links are followed. In a loop, or by a function
    that calls itself."""
    own = f.function.name if f.function is not None else ""
    if not f.breaks and not own:
        return False
    calls = sites(body, f.unit, functions=False, nested=False, kinds=(Call,))
    called = {last_name(cast("Call", site.node).callee) for site in calls}
    return "dirname" in called and (bool(f.breaks) or own in called)


def tried(value: Value, wanted: Value, spot: Spot, upwards: bool = False) -> Value:
    """``value`` in place of ``wanted``, whose links were followed. ``upwards``: so are those of its folders."""
    if not value.taints or value is wanted:
        return value
    real = {(taint.origin, taint.path) for taint in wanted.taints if _followed(taint)}
    if not real:
        return value
    fact = guard("resolved", "realpath of a folder" if upwards else "tried", spot)
    taints = tuple(
        taint if (taint.origin, taint.path) not in real or _followed(taint) else taint.under(both(taint.guards, fact))
        for taint in value.taints
    )
    return Value(taints, value.shape, value.name, value.yes, value.no, value.tail)


def _followed(taint: Taint) -> bool:
    return any(fact[0] == "resolved" and "realpath" in fact[1] for way in taint.guards for fact in way)


def absolute(taint: Taint) -> bool:
    """Whether a path was made absolute on every way."""
    return bool(taint.guards) and all(
        any(fact[0] == "resolved" and fact[1].rpartition(".")[2] not in _RELATIVE for fact in way)
        for way in taint.guards
    )


_RELATIVE = frozenset(("normalize", "normpath", "normcase", "readlink"))
"""What takes ``..`` out of a path, and leaves it relative."""


_REAL = ("realpath", "Path.resolve", "readlink")


def followed(taint: Taint) -> str:
    """ "links" where they were followed in what is compared: a folder of a path counts for the path, which is not there
    yet."""
    ways = [[fact[1] for fact in way if fact[0] == "resolved"] for way in taint.guards]
    real = all(any(word in detail for detail in way for word in _REAL) for way in ways)
    return "links" if ways and real else ""
