"""The declarations of a file that rules about services look at, kept from one edit to the next.

The nodes of a unit are collected once, and of a long one's parts as long as each stays the same. A passage holds while
its unit is the same and every name that was looked up for it still means the same.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from mcp_lsp_analyzers.bindings import Binding
from mcp_lsp_analyzers.code import Call, Function, Unit
from mcp_lsp_analyzers.identifier import names_mcp
from mcp_lsp_analyzers.passage import About, Passage
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Module, Scope
from mcp_lsp_analyzers.seen import Seen
from mcp_lsp_analyzers.window import Column

from .asking import Asking
from .nodes import called, imported_modules, look_for, renamed, says, unit_sites, words_in


class Passages:
    """The passages of one file, kept up to date over edits."""

    def __init__(self, words: tuple[str, ...] | None = None) -> None:
        """``words``: only declarations in which one of these stands are looked at (``None``: all)."""
        self._words = words
        self._renamed: frozenset[tuple[str, str]] = frozenset()
        self._column = Column(self._piece)
        self._watched: set[str] = set()  # the names that were looked up, or more
        self._imports: frozenset[str] = frozenset()
        self._asking = Asking()
        self._parsing = 0  # how many units take SQL apart
        self._about: About | None = None

    def _piece(self, unit: Unit) -> _Piece:
        return _Piece(unit, self._words, self._renamed)

    def changes(
        self,
        module: Module,
        mcp: bool,
        changed: AbstractSet[str],
        again: AbstractSet[Passage] = frozenset(),
        server: bool = False,
    ) -> tuple[list[Passage], list[Passage]]:
        """The passages that hold no more, and those that came. There are none where nothing has to do with MCP
        (``mcp``: the project is known to). ``changed``: the names that mean another unit than the last time.
        ``again``: those that are to be made again as the file is now. ``server``: the file declares one."""
        if self._words is not None and not self._column.units:
            look_for(self._words, module.units)
        went, come = self._column.update(module.units)
        pieces = self._column.values
        if {piece.imports for piece in went} != {piece.imports for piece in come} or (
            {piece.renamed for piece in went} != {piece.renamed for piece in come}
        ):
            self._imports = frozenset().union(*(piece.imports for piece in pieces))
            given = frozenset().union(*(piece.renamed for piece in pieces))
            if given != self._renamed:
                self._renamed = given
                for piece in pieces:
                    piece.find(self._words, given)
        mcp = mcp or any(names_mcp(name) for name in self._imports)
        about = self._about
        self._asking.changed([piece.unit for piece in went], [piece.unit for piece in come])
        self._parsing += sum([piece.parses for piece in come]) - sum([piece.parses for piece in went])
        now = About(
            module.uri,
            module.language,
            mcp,
            bool(self._asking),
            self._imports,
            server,
            self._renamed,
            self._parsing > 0,
        )
        if about != now:
            about = self._about = now
            come = pieces
        elif mcp and not self._watched.isdisjoint(changed):
            come = [*come, *(piece for piece in pieces if piece.seen is not None and not piece.seen.holds(module))]
        if again:
            come = [*come, *(piece for piece in pieces if piece.passage in again and piece not in come)]
        gone = [piece.passage for piece in (*went, *come) if piece.passage is not None]
        for piece in come:
            piece.passage = None
            if mcp and piece.interesting:
                piece.make(module, about, self._watched)
        return gone, [piece.passage for piece in come if piece.passage is not None]


class _Piece:
    """One unit. ``seen`` has the names that rules asked for while they judged its passage."""

    __slots__ = ("imports", "interesting", "parses", "passage", "renamed", "seen", "unit", "words")

    def __init__(self, unit: Unit, words: tuple[str, ...] | None, others: frozenset[tuple[str, str]]) -> None:
        self.unit = unit
        self.find(words, others)
        self.parses = says(unit, _parses)
        self.imports = imported_modules(unit)
        self.renamed = renamed(unit)
        self.seen: Seen | None = None
        self.passage: Passage | None = None

    def find(self, words: tuple[str, ...] | None, others: frozenset[tuple[str, str]]) -> None:
        """Which words stand in it, be it under another name (``others``)."""
        self.words = words_in(self.unit, words or ())
        if others and words:
            text = self.unit.key
            told = [there.lower() for here, there in others if here in text]
            self.words = self.words.union([word for word in words for there in told if word in f"{there}("])
        self.interesting = words is None or bool(self.words)

    def make(self, module: Module, about: About, watched: set[str]) -> None:
        scope = Scope(module)
        self.seen = scope.seen

        def target(call: Call, function: Function | None) -> str:
            found = called(call, function, scope)
            watched.update(scope.seen.names)
            return found

        def declared(name: str) -> Binding | None:
            found = scope.find(name)
            watched.update(scope.seen.names)
            return found

        self.passage = Passage(about, self.unit, lambda: unit_sites(self.unit), target, self.words, declared)


def _parses(text: str) -> bool:
    return "sqlparse" in text and _PARSES.search(text) is not None


_PARSES = pattern(r"sqlparse\.(?!format)|import [^\n]*\bparse\b")
