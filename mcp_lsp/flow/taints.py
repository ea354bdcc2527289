"""Choices of a model on their way: each way in which one is inside a value."""

from __future__ import annotations

from collections.abc import Mapping

from mcp_lsp_analyzers.place import Place
from mcp_lsp_analyzers.record import NamedTuple

from .guards import FREE, Guards, Spot, both, either


class Step(NamedTuple):
    """A hand-over, with those before it."""

    message: str
    spot: Spot
    before: Step | None


HOLE = "\0"
"""Text that is not known, in `Taint.before`."""


JOINED = "\1"
"""At the end of `Taint.before`: a path it is joined to, which counts for nothing where the choice is absolute."""


_LONGEST = 160  # of Taint.before: enough to see a scheme and host, or how a statement begins
_NEAREST = 48  # of that where the text is longer: what stands right in front of the choice, its quotes


def abridged(text: str) -> str:
    """Text before a choice, without its middle where it is long."""
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST - _NEAREST - 1] + HOLE + text[-_NEAREST:]


_DEEPEST = 3  # entries of entries in `Taint.path`: further ones are told by these


def is_closed(closed: frozenset[str], path: tuple[str, ...], name: str) -> bool:
    return name in closed if not path else len(path) < _DEEPEST and ".".join((*path, name)) in closed


class Origin:
    """Where a choice enters. ``whole``: all arguments as one object, whose entries are the choices. ``closed`` are
    entries that cannot carry a payload, and entries of entries (``limits.depth``); ``admitted`` is what the schema says
    of others."""

    __slots__ = ("admitted", "closed", "kind", "name", "names", "place", "whole")

    def __init__(
        self,
        name: str,
        kind: str,
        place: Place | Spot,
        whole: bool = False,
        closed: frozenset[str] = frozenset(),
        names: Mapping[str, Place] | None = None,
        admitted: Mapping[str, Guards] | None = None,
    ) -> None:
        self.name = name
        self.kind = kind
        self.place = place
        self.whole = whole
        self.closed = closed
        self.names = names or {}
        self.admitted = admitted or {}

    def __repr__(self) -> str:
        return f"<{self.name}>"


class Hole:
    """Stands for a choice in the arguments with which a function was read; filled in where it is called."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    whole = False
    closed: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"<#{self.number}>"


HOLES = tuple(Hole(i) for i in range(64))


class Taint:
    """One way in which a choice is inside a value.

    ``path``: which entry of the origin it is. ``ids`` name the values it went through, the newest last, the last
    ``same`` of which stand for the same thing (a path and the same path resolved): what is checked of one holds for
    the others. Where the newest is found to be inside a root, so are the last ``near``: a path put together from
    it, written otherwise, a folder it is in (but not a path of which only the last segment was kept). The last
    ``begun`` begin with the same word, for what was put behind it begins with a space. ``before`` is the text
    before it, ``after`` whether text follows. ``aspect`` says that the value is not the choice but something about
    it: "url" (parsed), "host", "scheme", "address" (resolved), "relative" (path from a root to it), "common"
    (common path with a root), "parents", "first" (word or character), "test" (the outcome of one), "syntax" ...
    ``guards`` hold by the way it was made (quoted, resolved).
    """

    __slots__ = ("after", "aspect", "before", "begun", "guards", "ids", "near", "origin", "path", "same", "steps")

    def __init__(
        self,
        origin: Origin | Hole,
        path: tuple[str, ...],
        ids: tuple[object, ...],
        same: int = 1,
        before: str = "",
        after: bool = False,
        aspect: str = "",
        guards: Guards = FREE,
        steps: Step | None = None,
        near: int = 1,
        begun: int = 1,
    ) -> None:
        self.origin = origin
        self.path = path
        self.ids = ids
        self.same = same
        self.near = near
        self.begun = begun
        self.before = before
        self.after = after
        self.aspect = aspect
        self.guards = guards
        self.steps = steps

    def __repr__(self) -> str:
        extra = "".join(f" {w}" for w in (self.aspect, repr(self.before) if self.before else "", self.guards) if w)
        return f"Taint({self.origin}{'.'.join(('', *self.path))}{extra})"

    # -------------------------------------------------------- made from another

    def entry(self, name: str) -> Taint | None:
        """An entry of the value; ``None`` where that cannot carry a payload."""
        closed = self.origin.closed
        if closed and is_closed(closed, self.path, name):
            known = self.path or not self.origin.whole or name in self.origin.names  # type: ignore[union-attr]
            return self.about("test") if known and self.origin.kind == "argument" else None  # type: ignore[union-attr]
        guards = self.guards
        if self.origin.whole and not self.path and name in self.origin.admitted:  # type: ignore[union-attr]
            guards = both(guards, self.origin.admitted[name])  # type: ignore[union-attr]
        path = (*self.path, name) if len(self.path) < _DEEPEST else self.path
        return Taint(
            self.origin, path, (*self.ids[-9:], (self.ids[-1], name)), 1, self.before, self.after, "", guards,
            self.steps,
        )  # fmt: skip

    def first(self) -> Taint:
        """Its first word or character."""
        return Taint(
            self.origin, self.path, (*self.ids[-9:], (self.ids[-1], "[0]")), 1, "", False, "first", self.guards,
            self.steps,
        )  # fmt: skip

    def same_as(self, node: object, guards: Guards = FREE) -> Taint:
        """The same thing in another form: resolved, stripped, made a path."""
        kept = self.guards if guards is FREE else both(self.guards, guards)
        return Taint(
            self.origin, self.path, (*self.ids[-9:], node), min(self.same + 1, 10), self.before, self.after,
            self.aspect, kept, self.steps, min(self.near + 1, 10), min(self.begun + 1, 10),
        )  # fmt: skip

    def folder(self, node: object, before: str = "", after: bool = False) -> Taint:
        """A folder it is in, or a path below it."""
        return Taint(
            self.origin, self.path, (*self.ids[-9:], node), 1, before or self.before, after or self.after, "",
            self.guards, self.steps, min(self.near + 1, 10),
        )  # fmt: skip

    def derived(self, node: object, guards: Guards = FREE, near: bool = True) -> Taint:
        """Something made of it: what is found out about that is not said of it, except (``near``) where it lies."""
        kept = self.guards if guards is FREE else both(self.guards, guards)
        return Taint(
            self.origin, self.path, (*self.ids[-9:], node), 1, self.before, self.after, "", kept, self.steps,
            min(self.near + 1, 10) if near else 1,
        )  # fmt: skip

    def decoded(self, node: object) -> Taint:
        """What was hidden in it: nothing that is known of how it was written holds of that."""
        return Taint(self.origin, self.path, (node,), steps=self.steps)

    def unescaped(self, node: object, guards: Guards) -> Taint:
        """The same without escapes (``%2e``). What is not in it is not in what it was made from either."""
        key = (node, "unescaped", (self.ids[-self.same :], self.split))
        return Taint(self.origin, self.path, (key,), guards=guards, steps=self.steps)

    def about(self, aspect: str) -> Taint:
        return Taint(
            self.origin, self.path, self.ids, self.same, self.before, self.after, aspect, self.guards, self.steps,
            self.near, self.begun,
        )  # fmt: skip

    def within(self, node: object, before: str, after: bool, apart: bool = False) -> Taint:
        """Embedded in a longer string. ``apart``: what stands behind it begins with a space."""
        if not before and not after:
            return self.same_as(node)
        text = before + self.before
        return Taint(
            self.origin, self.path, (*self.ids[-9:], node), 1, abridged(text), self.after or after, "", self.guards,
            self.steps, min(self.near + 1, 10), min(self.begun + 1, 10) if apart and not before else 1,
        )  # fmt: skip

    def word(self, kind: str = "word", by: str = "") -> Taint:
        """A word of it after it was split: whatever stood around it is gone. ``kind``: "segment" of a path, "octet" of
        a host or address. ``by``: an expression of what stands between its words, where that is known."""
        return Taint(
            self.origin, self.path, (*self.ids[-9:], (self.ids[-1], kind, self.same, by)), 1, "", False,
            kind if kind == "octet" else "relative" if kind == "segment" and self.aspect == "relative" else "",
            self.guards, self.steps,
        )  # fmt: skip

    def some(self) -> Taint:
        """One of some words of a text: what is so of all those says nothing of which form the text is."""
        if not self.divided[1]:
            return self
        return Taint(
            self.origin, self.path, (*self.ids[:-1], (*self.ids[-1][:3], "")), 1, "", False, "", self.guards,  # type: ignore[index]
            self.steps,
        )  # fmt: skip

    def head(self) -> Taint:
        """Its first word after it was split at spaces: the same for each form that begins with that."""
        keys = tuple((one, "head") for one in self.ids[-self.begun :])
        return Taint(
            self.origin, self.path, (*self.ids[-9:], *keys), len(keys), "", False, "", self.guards, self.steps,
        )  # fmt: skip

    @property
    def split(self) -> tuple[object, ...]:
        """The ids of what it is a segment or an octet of."""
        last = self.ids[-1]
        if type(last) is tuple and last[1:2] == ("unescaped",):
            return tuple(last[2][1])
        if type(last) is not tuple or len(last) != 4 or last[1] not in ("segment", "octet"):
            return ()
        return self._whole(last[2])

    @property
    def divided(self) -> tuple[tuple[object, ...], str]:
        """The ids of what it is a word of, and an expression of what stands between those; "": that is not known."""
        last = self.ids[-1]
        if type(last) is not tuple or len(last) != 4 or self.aspect:
            return (), ""
        return self._whole(last[2]), last[3]

    def _whole(self, same: int) -> tuple[object, ...]:
        """The ids of what it is a word of, and of what that was before its escapes were taken out."""
        found = self.ids[-1 - same : -1]
        before = found[0] if found else None
        return (*found, *before[2][0]) if type(before) is tuple and before[1:2] == ("unescaped",) else found

    def with_step(self, message: str, spot: Spot) -> Taint:
        return Taint(
            self.origin, self.path, self.ids, self.same, self.before, self.after, self.aspect, self.guards,
            Step(message, spot, self.steps), self.near, self.begun,
        )  # fmt: skip

    def under(self, guards: Guards) -> Taint:
        """The same with these guards."""
        return Taint(
            self.origin, self.path, self.ids, self.same, self.before, self.after, self.aspect, guards, self.steps,
            self.near, self.begun,
        )  # fmt: skip


_MOST_TAINTS = 24


def merged(a: tuple[Taint, ...], b: tuple[Taint, ...]) -> tuple[Taint, ...]:
    """The taints of either; alike ones once, with what holds of both."""
    if a is b or not b:
        return a
    if not a:
        return b
    found = list(a)
    for taint in b:
        for i, other in enumerate(found):
            if other is taint:
                break
            one = _one_of(other, taint)
            if one is not None:
                found[i] = one
                break
        else:
            if len(found) < _MOST_TAINTS:
                found.append(taint)
    if len(found) > _MOST_FORMS:
        _collapse(found)
    return tuple(found)


_MOST_FORMS = 3  # of one choice in one value: more are taken as one of which only the common part is known


def _collapse(taints: list[Taint]) -> None:
    groups: dict[object, list[Taint]] = {}
    for taint in taints:
        groups.setdefault((taint.origin, taint.path, taint.aspect), []).append(taint)
    for group in groups.values():
        if len(group) <= _MOST_FORMS:
            continue
        first = group[0]
        common = 0
        for ids in zip(*(t.ids for t in group), strict=False):
            if any(i != ids[0] for i in ids):
                break
            common += 1
        guards = first.guards
        for taint in group[1:]:
            guards = either(guards, taint.guards)
        behind = [len(t.ids) - common for t in group]
        same = all(t.same > n for t, n in zip(group, behind, strict=True))
        near = all(t.near > n for t, n in zip(group, behind, strict=True))
        ids = (*first.ids[:common], ("either", frozenset(t.ids[-1] for t in group)))
        least = min(group, key=lambda t: (bool(t.before), t.after))
        one = Taint(
            first.origin, first.path, ids, 2 if same and common else 1, least.before, least.after, first.aspect, guards,
            first.steps, min(t.near - n for t, n in zip(group, behind, strict=True)) + 1 if near and common else 1,
        )  # fmt: skip
        taints[taints.index(first)] = one
        for taint in group[1:]:
            taints.remove(taint)


def _one_of(a: Taint, b: Taint) -> Taint | None:
    """The one that stands for both, where one is an earlier form of the other; ``None`` where they differ."""
    if (
        a.origin is not b.origin
        or a.path != b.path
        or a.before != b.before
        or a.after != b.after
        or a.aspect != b.aspect
    ):
        return None
    if a.ids == b.ids:
        later = a
    elif len(a.ids) < len(b.ids) and b.ids[: len(a.ids)] == a.ids:
        later = b
    elif len(b.ids) < len(a.ids) and a.ids[: len(b.ids)] == b.ids:
        later = a
    else:
        return None
    return later if a.guards == b.guards else later.under(either(a.guards, b.guards))


def beside(taints: tuple[Taint, ...], more: tuple[Taint, ...]) -> tuple[Taint, ...]:
    """The taints of a text, and those of what is put behind it: a choice that stands in both is there once, as it
    stands first, with what holds of it in both places."""
    if not taints:
        return more
    found = list(taints)
    for taint in more:
        again = [i for i, one in enumerate(taints) if one.origin is taint.origin and one.path == taint.path]
        for i in again:
            if found[i].guards != taint.guards:
                found[i] = found[i].under(either(found[i].guards, taint.guards))
        if not again:
            found.append(taint)
    return tuple(found)
