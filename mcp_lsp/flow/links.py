"""What is used of a path where it fails to follow its links: ``realpath(path).catch(() => path)``.

Most likely there is nothing at that path then, so that nothing can be read there; a new file may be written all the
same, behind a folder that leads elsewhere. The guard says both: who judges knows which it is.
"""

from __future__ import annotations

from mcp_lsp_analyzers.code import Assign, Bind, Call, Stmt, flat, last_name

from .guards import Spot, both, guard
from .taints import Taint
from .values import Value


def climbs(body: list[Stmt]) -> bool:
    """Whether the folder is tried next, until there is one: then its links are followed."""
    values = [s.value for s, _ in flat(body) if isinstance(s, (Bind, Assign))]
    return any(isinstance(value, Call) and last_name(value.callee) == "dirname" for value in values)


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


_REAL = ("realpath", "Path.resolve", "readlink")


def followed(taint: Taint) -> str:
    """ "links" where they were followed in what is compared: a folder of a path counts for the path, which is not there
    yet."""
    ways = [[fact[1] for fact in way if fact[0] == "resolved"] for way in taint.guards]
    real = all(any(word in detail for detail in way for word in _REAL) for way in ways)
    return "links" if ways and real else ""
