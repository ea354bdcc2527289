"""What is being looked at while something is read, and when what was found out before may be used in its place.

Code that leads back to itself is cut short where it does, and so is what is nested too deeply. What is found out there
depends on where the reading began, and whoever begins elsewhere would find something else. So every finding knows what
it came ``through`` and how deep that went: it holds wherever nothing of that is being looked at and none of it would be
too deep. What was cut short holds as long as what cut it is being looked at, and is told to no other reading. That is
why what a declaration does never depends on who asked first.
"""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers.code import Function
from mcp_lsp_analyzers.record import NamedTuple

_MOST_CALLS = 14
_MOST_NAMES = 13
_NEVER = 1 << 30


class Known(NamedTuple):
    """What was found out with nothing cut short from outside. ``calls`` and ``names``: how deep that went."""

    found: Any
    through: frozenset[object]
    calls: int
    names: int
    notes: frozenset[str]


class _Partly(NamedTuple):
    """What was found out while ``head`` was looked at, which cut it short; ``deep``: it was too deep besides."""

    found: Any
    through: frozenset[object]
    calls: int
    names: int
    notes: frozenset[str]
    lowest: int
    head: _Begun | None
    deep: bool


class _Begun:
    """Something that is being looked at. ``lowest``: where the outermost thing stands that cut short what is in it."""

    __slots__ = ("before", "calls", "deep", "lowest", "names", "notes", "of_calls", "of_names", "thing", "through")

    def __init__(self, thing: object, before: int | None, of_calls: int, of_names: int) -> None:
        self.thing = thing
        self.before = before
        self.of_calls = self.calls = of_calls
        self.of_names = self.names = of_names
        self.lowest = _NEVER
        self.deep = False
        self.through: set[object] = set()
        self.notes: set[str] = set()


class Looking:
    """What is being looked at in one reading: functions that are read, and values of names."""

    __slots__ = ("_at", "_calls", "_now", "_partly", "_stack", "names")

    def __init__(self) -> None:
        self.names = 0  # how many values of names are being looked at
        self._calls = 0
        self._now = _Begun(None, None, 0, 0)
        self._stack = [self._now]
        self._at: dict[object, int] = {}  # where the innermost of each stands
        self._partly: dict[object, _Partly] = {}

    # -------------------------------------------------------- what is not looked at

    @property
    def notes(self) -> tuple[str, ...]:
        """Why something may be missing."""
        return tuple(sorted(self._now.notes))

    def at(self, thing: object) -> bool:
        """Whether a thing is being looked at. Whoever asks does something else then."""
        position = self._at.get(thing)
        if position is None:
            return False
        self._cut(position, thing)
        return True

    def stops(self, thing: object) -> bool:
        """Whether the value of a name is not looked at now: it is being looked at, or stands too deep."""
        if self.names >= _MOST_NAMES:
            self._now.deep = True
            return True
        return self.at(thing)

    def refuses(self, function: Function) -> bool:
        """Whether a function is not read now, for it stands too deep, or in itself twice already."""
        position = self._at.get(function)
        around = None if position is None else self._stack[position].before
        if around is not None:
            self._cut(around, function)
        elif self._calls >= _MOST_CALLS:
            self._now.deep = True
        else:
            return False
        self.note(f"calls of `{function.name}` are nested too deeply")
        return True

    def spent(self) -> None:
        """No more calls are followed in this reading."""
        self._now.deep = True
        self.note("too large to follow every call")

    def note(self, why: str) -> None:
        self._now.notes.add(why)

    def _cut(self, position: int, thing: object) -> None:
        now = self._now
        now.through.add(thing)
        if position < now.lowest:
            now.lowest = position

    # -------------------------------------------------------- what is looked at

    def begin(self, thing: object, calls: int = 0, names: int = 0) -> None:
        self._calls += calls
        self.names += names
        stack, at = self._stack, self._at
        self._now = _Begun(thing, at.get(thing), self._calls, self.names)
        at[thing] = len(stack)
        stack.append(self._now)
        if calls:
            self._now.through.add(thing)

    def end(self) -> _Begun:
        stack = self._stack
        begun = stack.pop()
        outer = self._now = stack[-1]
        if begun.before is None:
            del self._at[begun.thing]
        else:
            self._at[begun.thing] = begun.before
        self._calls, self.names = outer.of_calls, outer.of_names
        if begun.through:
            begun.through.add(begun.thing)
            outer.through |= begun.through
        if begun.notes:
            outer.notes |= begun.notes
        if begun.lowest < outer.lowest:
            outer.lowest = begun.lowest
        if begun.deep:
            outer.deep = True
        if begun.calls > outer.calls:
            outer.calls = begun.calls
        if begun.names > outer.names:
            outer.names = begun.names
        return begun

    # -------------------------------------------------------- what was found

    def found(self, key: object, found: object) -> Known | None:
        """The last thing begun has been looked at, and this is what was ``found``. What holds for others as well is
        given back, to be kept; what does not is kept for a while."""
        begun = self.end()
        through, notes = frozenset(begun.through), frozenset(begun.notes)
        calls, names = begun.calls - self._calls, begun.names - self.names
        position = len(self._stack)
        if begun.lowest >= position and not begun.deep:
            return Known(found, through, calls, names, notes)
        head = self._stack[begun.lowest] if begun.lowest < position else None
        self._partly[key] = _Partly(
            found, through, self._calls, self.names, notes, begun.lowest, head, begun.deep
        )  # fmt: skip
        return None

    def holds(self, known: Known) -> bool:
        """Whether this would be found here as well; then it counts as looked at."""
        now = self._now
        calls, names = self._calls + known.calls, self.names + known.names
        if calls > _MOST_CALLS or names > _MOST_NAMES or not known.through.isdisjoint(self._at):
            return False
        if known.through:
            now.through |= known.through
        if known.notes:
            now.notes |= known.notes
        if calls > now.calls:
            now.calls = calls
        if names > now.names:
            now.names = names
        return True

    def partly(self, key: object) -> Any:
        """What was found of something in this reading, as far as it was not cut short; ``None`` where it is to be
        looked at (again)."""
        part = self._partly.get(key)
        if part is None:
            return None
        stack, now = self._stack, self._now
        if part.head is not None and (part.lowest >= len(stack) or stack[part.lowest] is not part.head):
            del self._partly[key]
            return None
        if part.deep and (self._calls < part.calls or self.names < part.names):
            return None
        now.through |= part.through
        now.notes |= part.notes
        now.deep = now.deep or part.deep
        if part.lowest < now.lowest:
            now.lowest = part.lowest
        return part.found
