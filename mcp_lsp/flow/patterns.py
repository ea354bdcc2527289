"""Regular expressions as values, and whether one speaks of a whole text."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.pattern import pattern as compiled
from mcp_lsp_analyzers.record import NamedTuple

_NAMED = compiled(r"\(\?P?<\w+>")


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

    def group(self, number: int) -> str:
        """What is written between the brackets of a group, without anchors for the whole; "": there is none."""
        text = self.pattern
        if number == 0:
            return "" if _bars(text) else text.removeprefix("^").removesuffix("$")
        opened: list[tuple[int, int]] = []
        count = 0
        for i, c in _signs(text):
            if c == "(":
                named = _NAMED.match(text, i)
                captures = named is not None or text[i + 1 : i + 2] != "?"
                count += captures
                opened.append((count if captures else 0, named.end() if named else i + 1))
            elif c == ")" and opened:
                which, start = opened.pop()
                if which == number:
                    return text[start:i]
        return ""

    def together(self) -> Pattern:
        """``^a$|^b$`` as ``^(?:a|b)$``: what speaks of the whole text in each alternative does so altogether."""
        bars = _bars(self.pattern)
        if not bars:
            return self
        each = [self.pattern[i + 1 : j] for i, j in zip([-1, *bars], [*bars, len(self.pattern)], strict=True)]
        if not all(Pattern(one, self.flags).whole and one[0] == "^" and one[-1] == "$" for one in each):
            return self
        return Pattern(f"^(?:{'|'.join(one[1:-1] for one in each)})$", self.flags)


def any_of_these(characters: str, classes: str = "") -> str:
    """An expression of texts in which nothing but these characters stands, and those of ``classes`` (``a-z``)."""
    written = "".join(one if one.isalnum() else f"\\u{ord(one):04x}" for one in sorted(set(characters)))
    return f"^[{classes}{written}]*$"


def joined_with(by: str, kind: str, detail: str) -> str:
    """An expression of a text each word of which is an identifier, or matches one that speaks of a whole text; ``by``:
    of what stands between the words. "": none is known."""
    if not by:
        return ""
    case = "(?i)" if detail.startswith("(?i)") else ""
    one = r"\w+" if kind == "identifier" else _without_ends(detail.removeprefix(case))
    return f"{case}^(?:{one})(?:(?:{by})(?:{one}))*$"


def _without_ends(pattern: str) -> str:
    start = next((sign for sign in ("^", r"\A") if pattern.startswith(sign)), "")
    ends = () if pattern.endswith(r"\$") else ("$", r"\Z", r"\z")
    end = next((sign for sign in ends if pattern.endswith(sign)), "")
    return pattern.removeprefix(start).removesuffix(end)


def _alternatives(pattern: str) -> bool:
    """Whether there is a ``|`` outside of groups and classes: then an anchor speaks of one alternative only."""
    return bool(_bars(pattern))


def _bars(pattern: str) -> list[int]:
    found: list[int] = []
    depth = 0
    for i, c in _signs(pattern):
        if c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
        elif c == "|" and depth <= 0:
            found.append(i)
    return found


def _signs(pattern: str) -> Iterator[tuple[int, str]]:
    """The characters of an expression that mean themselves or a sign, and where they stand: not what is escaped, and
    nothing of a class."""
    inside, i = False, 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            i += 1
        elif inside:
            inside = c != "]"
        elif c == "[":
            inside = True
        else:
            yield i, c
        i += 1
