"""One declaration of a file as the rules about services see it, wherever it stands: not only what handlers lead to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .code import Call, Function, Unit
from .place import Place, Span
from .record import dataclass
from .walk import Site

_WORDS = (
    "token", "secret", "session", "state", "nonce", "password", "passwd", "api_key", "apikey", "credential", "auth",
    "redirect", "<html", "<!doctype", "<body", "<form", "verify", "ssl", "tls", "cert_none", "rejectunauthorized",
    "debug", "websocket", "transport", "mask", "redact", "read_only", "readonly", "read-only", "insert|", "|insert",
    "delete|", "|delete", "create|", "|create", '"insert', "'insert", '"delete', "'delete", '"drop', "'drop",
    "private", "169.254", "192.168", "browser.open", "open(", "location", "kubectl", "connect(", "startswith",
    "allowed", "flask", "0.0.0.0", "host", "inputschema", "input_schema", "outputschema", "output_schema",
)  # fmt: skip


def interesting(text: str) -> bool:
    """Whether some rule may want to see a declaration: the others are never walked."""
    lower = text.lower()
    for word in _WORDS:  # noqa: SIM110 (a third of the time that any() takes, for every declaration of every file)
        if word in lower:
            return True
    return False


@dataclass(frozen=True, slots=True)
class About:
    """The file a passage stands in. ``mcp``: it, or the project it belongs to, has to do with MCP. ``asks``: something
    in it looks like asking who is calling. ``imports``: the modules it imports as written."""

    uri: str
    language: str
    mcp: bool
    asks: bool
    imports: frozenset[str]


class Passage:
    """A top-level declaration with the nodes that rules ask for, in the order of the text (see `KINDS` in
    ``mcp_lsp.flow.nodes``), and a way to ask what a call calls."""

    __slots__ = ("_of", "_target", "about", "sites", "unit")

    def __init__(
        self, about: About, unit: Unit, sites: tuple[Site, ...], target: Callable[[Call, Function | None], str]
    ) -> None:
        self.about = about
        self.unit = unit
        self.sites = sites
        self._target = target
        self._of: dict[tuple[type, ...], list[Site]] = {}

    def of(self, *kinds: type) -> Sequence[Site]:
        """The nodes of these kinds, in the order of the text."""
        found = self._of.get(kinds)
        if found is None:
            found = self._of[kinds] = [site for site in self.sites if type(site.node) in kinds]
        return found

    def target(self, call: Call, function: Function | None) -> str:
        """The dotted name of what is called (``jwt.decode``), ``.decode`` where only the method is known, or ""."""
        return self._target(call, function)

    def place(self, unit: Unit, start: int, end: int) -> Place:
        return Place(self.about.uri, "/service", Span(start, end), unit.anchor)

    def at(self, unit: Unit, node: object) -> Place:
        """The place of a node of ``unit``."""
        return self.place(unit, node.start, node.end)  # type: ignore[attr-defined]
