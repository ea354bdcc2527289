"""The tools of a file that change something, and whether they ask if changes are wanted at all."""

from __future__ import annotations

from .pattern import pattern
from .place import Place
from .record import dataclass

MODE = pattern(
    r"read_?only|writes?_?(?:access|mode|enabled|allowed|permitted)|(?:allow|enable|require|check|assert|ensure|can)s?_?"
    r"(?:writes?|writing|mutations?|modif\w+|changes?|destructive)\b|mutations?_?(?:enabled|allowed)"
    r"|destructive_?(?:enabled|allowed)|writable",
    flags=2,  # re.IGNORECASE
)
"""Names that say whether a server may change something."""

ENFORCED = pattern(
    r"read[_ -]?only\s*=\s*(?:true|1)|readonly\s*[:=]\s*true|transaction_read_only|READ_ACCESS|mode=ro"
    r"|\b(?:TRANSACTION|BEGIN|START|SESSION|LEVEL[ \w]*?),?\s+READ ONLY"
    r"|default_transaction_read_only|execute_read|\bEXPLAIN\b\s*[\"'`{+]|SET TRANSACTION READ|set_authorizer"
    r"|query_only|sqlglot|sqlparse\.(?!format)|pglast|node-sql-parser|pgsql-ast|libpg",
    flags=2,  # re.IGNORECASE
)
"""How code says that a database is to refuse what writes, or takes statements apart with a parser."""

OF_MODES = ("only", "writ", "mutation", "modif", "change", "destructive")


def tells_mode(text: str) -> bool:
    """Whether a name that says so stands in a text: words are looked for first, which takes a tenth of the time."""
    lower = text.lower()
    for word in OF_MODES:
        if word in lower:
            return MODE.search(text) is not None
    return False


def names_mode(name: str) -> bool:
    """Whether a name is one of a mode of the server; a hint (``readOnlyHint``) is about a tool."""
    return tells_mode(name) and not name.lower().endswith("hint")


@dataclass(frozen=True, slots=True)
class Gated:
    """A tool that changes something by its name. ``asks``: it, or what is wrapped around it, asks for the mode of the
    server (read-only, writing allowed). ``place``: of its name."""

    name: str
    asks: bool
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Gates:
    """``beside``: how many such tools of the other files of its folder ask, and how many do not.
    ``hidden``: where the tools are listed and where they are called, if some are left out of the list in a mode in
    which they can still be called."""

    uri: str
    mcp: bool
    tools: tuple[Gated, ...]
    beside: tuple[int, int] = (0, 0)
    hidden: tuple[Place, Place] | None = None
