"""Guards: what is known to constrain a choice, by path, and how that adds up where paths part and meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.record import NamedTuple


class Spot(NamedTuple):
    """A place that does not know yet to which thing of the model it belongs."""

    uri: str
    unit: Unit
    start: int
    end: int


NOWHERE = Spot("", None, 0, 0)  # type: ignore[arg-type]  # of a guard that has no place of its own


CARRIED = Spot("", None, -1, -1)  # type: ignore[arg-type]  # of a guard that a caller's value has anyway


MATCHED = "matched"
"""Kind of a fact that never leaves the engine: what a match with an expression (detail: ``flags/pattern``) found."""


Fact = tuple[str, str, Spot]
"""Kind of guard, its detail, and where it stands."""


Guards = tuple[frozenset[Fact], ...]
"""Which guards hold, by path: one set for each way to get here, without those that another way makes redundant (a set
that contains another one). ``(frozenset(),)``: some way has no guard at all; ``()``: no way."""


FREE: Guards = (frozenset(),)


_MOST = 6
_COMPARED = 16


def _minimal(sets: Iterable[frozenset[Fact]]) -> Guards:
    kept: list[frozenset[Fact]] = []
    for one in sorted(dict.fromkeys(sets), key=len):
        if not any(other <= one for other in kept):
            kept.append(one)
    while len(kept) > _MOST:
        # Two ways that have most in common are taken as one, on which only that holds, wherever it was checked.
        several = kept[:_COMPARED]
        a, b = max(
            ((a, b) for i, a in enumerate(several) for b in several[i + 1 :]),
            key=lambda pair: (len(pair[0] & pair[1]), -len(pair[0] ^ pair[1])),
        )
        alike = {fact[:2] for fact in b}
        less = frozenset(fact for fact in a if fact[:2] in alike)
        kept = [less, *(one for one in kept if one is not a and one is not b and not less <= one)]
    return tuple(kept)


def either(a: Guards, b: Guards) -> Guards:
    """On some way ``a`` holds, on the others ``b``."""
    if a == b or not b:
        return a
    if not a:
        return b
    if a == FREE or b == FREE:
        return FREE
    return _minimal((*_alone(a, b), *_alone(b, a)))


def _alone(ways: Guards, others: Guards) -> Guards:
    """Ways without what is only the other outcome of a test that these others passed: found to lie outside of a folder
    where they were found to lie inside, and let through all the same."""
    if not any(fact[0] == "outside" for way in ways for fact in way):
        return ways
    inside = {fact[2] for way in others for fact in way if fact[0] in _INSIDE}
    return tuple(frozenset(fact for fact in way if fact[0] != "outside" or fact[2] not in inside) for way in ways)


_INSIDE = frozenset(("confined", "joined", "inside-unresolved", "prefix"))


def both(a: Guards, b: Guards) -> Guards:
    """``a`` holds and ``b`` holds."""
    if a is FREE or a == FREE:
        return b
    if b is FREE or b == FREE or a == b:
        return a
    return _minimal(x | y for x in a for y in b)


def stronger(a: Guards, b: Guards) -> Guards:
    """What holds where the way without guards counts for nothing: it is the author's to switch them off."""
    a, b = _alone(a, b), _alone(b, a)
    if all(any(other <= way for other in b) for way in a):
        return a
    if all(any(other <= way for other in a) for way in b):
        return b
    return _minimal(way for way in (*a, *b) if way) or FREE


def common(a: Facts, b: Facts) -> dict[object, Guards]:
    """What is known of each thing whichever of two it is."""
    found = {key: either(guards, b[key]) for key, guards in a.items() if key in b}
    return {key: guards for key, guards in found.items() if guards != FREE}


def guard(kind: str, detail: str, spot: Spot) -> Guards:
    return (frozenset(((kind, detail, spot),)),)


def kinds(guards: Guards) -> frozenset[str]:
    """The kinds of guard that hold on every way."""
    if guards == FREE or not guards:
        return frozenset()
    return frozenset.intersection(*(frozenset(fact[0] for fact in way) for way in guards))


def settled(guards: Guards) -> str:
    """Whether a value is one of a set ("choices") or inside a root ("confined") wherever it is given; else ""."""
    found = ""
    for way in guards:
        here = {fact[0] for fact in way}
        if "choices" in here or "number" in here:
            found = found or "choices"
        elif "confined" in here or "joined" in here:
            found = "confined"
        elif "empty" not in here:
            return ""
    return found


def where_used(guards: Guards, before: str, call: str) -> Guards:
    """Guards of a path where it takes effect: behind a folder, or in a call that knows one (``repo.index.add``), what
    was confined together with a folder is confined."""
    return guards if not before and call.partition(".")[0] in _BEGIN_HERE else by_itself(guards)


_BEGIN_HERE = frozenset(("open", "io", "os", "pathlib", "shutil", "codecs", "aiofiles", "anyio", "fs", "Bun", "Deno"))
"""Whose functions take a path from where the server runs."""


def by_itself(guards: Guards) -> Guards:
    """Of a path that is absolute already: confined together with a folder, it is confined."""
    if not any(fact[0] == "joined" for way in guards for fact in way):
        return guards
    return tuple(frozenset(("confined", *fact[1:]) if fact[0] == "joined" else fact for fact in way) for way in guards)


Facts = Mapping[object, Guards]
"""Guards by the identity of what they constrain (`Taint.ids`)."""
