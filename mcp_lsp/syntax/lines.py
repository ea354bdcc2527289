"""Where lines start, kept over edits: the only place that decides what a line is.

LSP 3.17 knows three line ends: ``\\n``, ``\\r\\n`` and ``\\r``. ``str.splitlines`` knows ten, and a U+2028 or a form
feed inside a tool description would shift every diagnostic below it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from mcp_lsp_analyzers.pattern import pattern

# A keystroke rebuilds one chunk and the list of chunks: at 10,000 lines about 80 + 128 small integers.
_CHUNK = 128
_LINE_END = pattern(r"\r\n?|\n")


class Lines:
    """The starts of all lines of one text, in code points. Immutable: `edited` shares what it can with its result.

    Starts are kept in chunks relative to the chunk's first line, so that an edit moves chunks and not lines.
    """

    __slots__ = ("_chunks", "_firsts", "_numbers", "count", "length")

    def __init__(self, firsts: list[int], chunks: list[list[int]], numbers: list[int], length: int) -> None:
        self._firsts = firsts  # offset of each chunk's first line
        self._chunks = chunks  # line starts relative to the chunk's first line; never empty
        self._numbers = numbers  # number of each chunk's first line
        self.length = length
        self.count = numbers[-1] + len(chunks[-1])

    @classmethod
    def of(cls, text: str) -> Lines:
        if "\r" in text:
            starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
        else:
            starts = [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]
        firsts, chunks = _chunked(starts)
        return cls(firsts, chunks, _numbers(chunks), len(text))

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[int]:
        """The start of every line."""
        for first, chunk in zip(self._firsts, self._chunks, strict=True):
            for start in chunk:
                yield first + start

    def at(self, offset: int) -> int:
        """The number of the line in which an offset stands, from 0."""
        chunk = bisect_right(self._firsts, offset) - 1
        if chunk < 0:
            return 0
        return self._numbers[chunk] + bisect_right(self._chunks[chunk], offset - self._firsts[chunk]) - 1

    def start(self, line: int) -> int:
        """Where a line starts; the end of the text for lines that do not exist."""
        if line <= 0:
            return 0
        if line >= self.count:
            return self.length
        chunk = bisect_right(self._numbers, line) - 1
        return self._firsts[chunk] + self._chunks[chunk][line - self._numbers[chunk]]

    def edited(self, start: int, end: int, inserted: str, before: str, after: str) -> Lines:
        """The lines of the text in which ``[start, end)`` is replaced by ``inserted``. ``before`` and ``after``: the
        characters on either side of it."""
        # An edit can split a "\r\n" or join one, so a neighbouring half of one counts as replaced too.
        delta = len(inserted) - (end - start)
        if before == "\r":
            start -= 1
            inserted = before + inserted
        if after == "\n":
            end += 1
            inserted += after
        fresh = [start + found.end() for found in _LINE_END.finditer(inserted)]
        return self._spliced(start, end, fresh, delta)

    def _spliced(self, first: int, last: int, fresh: list[int], delta: int) -> Lines:
        """With the line starts in ``(first, last]`` replaced by ``fresh`` and all later ones moved by ``delta``."""
        firsts, chunks = self._firsts, self._chunks
        low = bisect_right(firsts, first) - 1
        high = bisect_right(firsts, last) - 1
        base, before = firsts[low], chunks[low]
        head = before[: bisect_right(before, first - base)]
        after, shift = chunks[high], firsts[high] - base + delta
        tail = [start + shift for start in after[bisect_right(after, last - firsts[high]) :]]
        head += [start - base for start in fresh]
        head += tail
        if len(head) > 2 * _CHUNK:
            middle_firsts, middle = _chunked([start + base for start in head])
        else:
            middle_firsts, middle = [base], [head]
        new_firsts = [*firsts[:low], *middle_firsts, *[start + delta for start in firsts[high + 1 :]]]
        new_chunks = [*chunks[:low], *middle, *chunks[high + 1 :]]
        # Deleting many lines may leave small chunks behind: put them together again before they become the rule.
        if len(new_chunks) > 8 and len(new_chunks) * _CHUNK > 4 * (self.count + len(fresh) + _CHUNK):
            new_firsts, new_chunks = _chunked(
                [at + start for at, chunk in zip(new_firsts, new_chunks, strict=True) for start in chunk]
            )
        if low == high and len(middle) == 1 and len(head) == len(before):
            numbers = self._numbers if len(new_chunks) == len(chunks) else _numbers(new_chunks)
        else:
            numbers = _numbers(new_chunks)
        return Lines(new_firsts, new_chunks, numbers, self.length + delta)


def _chunked(starts: list[int]) -> tuple[list[int], list[list[int]]]:
    firsts = starts[::_CHUNK]
    chunks = [[start - first for start in starts[i * _CHUNK : (i + 1) * _CHUNK]] for i, first in enumerate(firsts)]
    return firsts, chunks


def _numbers(chunks: list[list[int]]) -> list[int]:
    return [0, *accumulate(map(len, chunks[:-1]))]
