"""From bytes of a tree to code points of a unit: the identity for plain ASCII, a table for the rest."""

from __future__ import annotations

from bisect import bisect_right
from typing import Protocol

from mcp_lsp_analyzers.pattern import pattern


class Offsets(Protocol):
    def __getitem__(self, byte: int, /) -> int: ...


def offsets(text: str, base: int) -> Offsets:
    """From bytes of the tree to code points of ``text``, which begins at byte ``base``."""
    return range(-base, len(text) + 1) if text.isascii() else _Offsets(text, base)


_WIDE = pattern(r"[^\x00-\x7f]+")


class _Offsets:
    __slots__ = ("base", "runs", "starts")

    def __init__(self, text: str, base: int) -> None:
        self.base = base
        self.starts: list[int] = []
        self.runs: list[tuple[int, int, str]] = []
        wider = 0
        for run in _WIDE.finditer(text):
            start = run.start() + wider
            size = len(run[0].encode("utf-8", "surrogatepass"))
            wider += size - len(run[0])
            self.starts.append(start)
            self.runs.append((start + size, run.end(), run[0]))

    def __getitem__(self, byte: int, /) -> int:
        byte -= self.base
        i = bisect_right(self.starts, byte) - 1
        if i < 0:
            return byte
        end, after, run = self.runs[i]
        if byte >= end:
            return after + byte - end
        inside = run.encode("utf-8", "surrogatepass")[: byte - self.starts[i]]
        return after - len(run) + len(inside.decode("utf-8", "replace"))
