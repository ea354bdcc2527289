"""What an author's comments allow, as facts: ``# mcp-lsp: ignore[shell-command-from-argument] only our own hosts``."""

from __future__ import annotations

from .place import Place
from .record import dataclass


@dataclass(frozen=True, slots=True)
class Allowed:
    """One name in the brackets. ``used``: it allowed a finding; ``None`` where no rule it names was run, so nobody can
    know. ``nearest``: the name written most alike, where the name is unknown. ``removal``: the name with its comma."""

    name: str
    place: Place
    removal: Place
    known: bool
    used: bool | None
    nearest: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """A comment that allows findings on its line, the line below, or (``whole_file``) everywhere in its file.

    ``removal`` is what to delete to be rid of the comment, the white space before it included. ``order`` is the word
    behind ``mcp-lsp:`` as written, at ``ordered``; only "ignore" and "ignore-file" allow anything.
    """

    place: Place
    order: str
    ordered: Place
    whole_file: bool
    allows: tuple[Allowed, ...]
    reason: str
    removal: Place
