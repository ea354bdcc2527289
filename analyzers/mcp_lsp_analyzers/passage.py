"""One declaration of a file as the rules about services see it, wherever it stands: not only what handlers lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .bindings import Binding
from .code import Call, Expr, Function, Name, Unit, last_name
from .place import Place, Span
from .record import dataclass
from .walk import Site


@dataclass(frozen=True, slots=True)
class About:
    """The file a passage stands in. ``mcp``: it, or the project it belongs to, has to do with MCP. ``asks``: something
    in it looks like asking who is calling. ``imports``: the modules it imports as written. ``server``: it declares a
    server of its own. ``renamed``: what it imports under another name (name here, name where it comes from).
    ``parses``: it takes SQL apart with ``sqlparse``, which can also only lay it out."""

    uri: str
    language: str
    mcp: bool
    asks: bool
    imports: frozenset[str]
    server: bool = False
    renamed: frozenset[tuple[str, str]] = frozenset()
    parses: bool = False


class Passage:
    """A top-level declaration with the nodes that rules ask for, in the order of the text (see `KINDS` in
    ``mcp_lsp.flow.nodes``), and a way to ask what a call calls. ``words``: those that rules ask for and that stand
    in it, in lower case."""

    __slots__ = ("_of", "_sites", "_target", "_there", "about", "declared", "unit", "words")

    def __init__(
        self,
        about: About,
        unit: Unit,
        sites: Callable[[], Iterable[Site]],
        target: Callable[[Call, Function | None], str],
        words: frozenset[str] = frozenset(),
        declared: Callable[[str], Binding | None] = lambda name: None,
    ) -> None:
        """``declared``: what a name of the file stands for outside of functions."""
        self.about = about
        self.declared = declared
        self.unit = unit
        self._sites = sites
        self.words = words
        self._target = target
        self._of: dict[tuple[type, ...], list[Site]] = {}
        self._there = dict(about.renamed)

    def of(self, *kinds: type) -> Sequence[Site]:
        """The nodes of these kinds, in the order of the text."""
        found = self._of.get(kinds)
        if found is None:
            every = self._of.get(())
            if every is None:  # collected when the first rule asks
                every = self._of[()] = list(self._sites())
            found = self._of[kinds] = [site for site in every if type(site.node) in kinds]
        return found

    def target(self, call: Call, function: Function | None) -> str:
        """The dotted name of what is called (``jwt.decode``), ``.decode`` where only the method is known, or ""."""
        return self._target(call, function)

    def word(self, callee: Expr) -> str:
        """The last word of a name, as it is called where it is imported from; "" for what is no name."""
        return self._there.get(callee.id, callee.id) if isinstance(callee, Name) else last_name(callee)

    def place(self, unit: Unit, start: int, end: int) -> Place:
        return Place(self.about.uri, "/service", Span(start, end), unit.anchor)

    def at(self, unit: Unit, node: object) -> Place:
        """The place of a node of ``unit``."""
        return self.place(unit, node.start, node.end)  # type: ignore[attr-defined]
