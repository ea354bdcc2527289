"""Regular expressions as values, and whether one speaks of a whole text."""

from __future__ import annotations

from mcp_lsp_analyzers.record import NamedTuple


class Pattern(NamedTuple):
    pattern: str
    flags: str = ""

    @property
    def begins(self) -> bool:
        return self.pattern.startswith(("^", r"\A")) and not _alternatives(self.pattern)

    @property
    def whole(self) -> bool:
        """Anchored at both ends, whichever alternative matches."""
        text = self.pattern
        return (
            self.begins and "m" not in self.flags and (text.endswith(("$", r"\Z", r"\z")) and not text.endswith(r"\$"))
        )


def _alternatives(pattern: str) -> bool:
    """Whether there is a ``|`` outside of groups and classes: then an anchor speaks of one alternative only."""
    depth, inside, i = 0, False, 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            i += 1
        elif inside:
            inside = c != "]"
        elif c == "[":
            inside = True
        elif c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
        elif c == "|" and depth <= 0:
            return True
        i += 1
    return False
