"""The tools of each server together, once all that runs for them is known. What one is good for is worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcp_lsp_analyzers.model import Tool
from mcp_lsp_analyzers.together import Part, Together, part

from .keeping import Entry, Served


class Deeds:
    """What each tool is good for, kept while what runs for it is the same."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []  # their ids are the keys, so they have to live
        self._known: dict[int, Part | None] = {}

    def together(self, served: Iterable[Served]) -> Iterator[Together]:
        known, self._known = self._known, {}
        entries: list[Entry] = []
        for each in served:
            parts = [known.get(id(entry), _NEW) for entry in each.items.entries]
            if _NEW in parts:
                parts = [
                    found if found is not _NEW else part(thing, entry.facts) if isinstance(thing, Tool) else None
                    for found, thing, entry in zip(parts, each.items.things, each.items.entries, strict=True)
                ]
            self._known.update(zip(map(id, each.items.entries), parts, strict=True))
            entries += each.items.entries
            tools = tuple([one for one in parts if one is not None])
            if len(tools) > 1:
                yield Together(each.head, tools)
        self._entries = entries


_NEW = Part("", None)  # type: ignore[arg-type]
