"""How the places beside a finding are worded, where somebody looks for one of them again: a finding that is told at
another place than its own, and where a flow can be mended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

THERE = "it is here"
"""What the related place says of a finding that is told at a thing of this file, and stands in another one."""

REACHES = "reaches "
"""How the last step begins where a flow takes effect in another file."""

ANYWAY = " all the same"
"""How it ends where a check stands on the way that is not enough: all that it lets through is repaired there."""

AS_WELL = "the same comes to "
"""How it is said of places that are none of the way there: where the same arguments take effect besides."""

MOST = 30
"""So many of these are named: a reader who repairs them goes from file to file, and sees when none is left."""

_PUT = ("becomes part of ", "becomes an item of ")
"""How a step begins at which a value becomes part of a text or of a list."""


class _Said(Protocol):
    @property
    def message(self) -> str: ...


S = TypeVar("S", bound=_Said)


def puts(steps: Iterable[S]) -> list[S]:
    """The steps at which a value becomes part of a text or of a list."""
    return [step for step in steps if step.message.startswith(_PUT)]


def last_put(steps: Iterable[S]) -> list[S]:
    """The last of those, if there is one: there it can be checked for what it becomes, while a function that runs
    whatever it is given cannot know."""
    return puts(steps)[-1:]
