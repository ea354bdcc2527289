"""Path patterns, one language for all of them: what ``.gitignore`` files say is what settings say too.

``*`` and ``?`` stay within a path segment, ``**`` does not, ``[a-z]`` is a set, a final ``/`` means folders only, a
leading ``!`` takes back what an earlier pattern said. A pattern with a ``/`` before its end is relative to the folder
of its file, any other matches at every depth; a folder that matches takes everything below it along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol


class Matcher(Protocol):
    def fullmatch(self, path: str, /) -> object: ...


class Patterns:
    """An ordered list of patterns. Paths are relative to the folder of the patterns and use ``/``."""

    __slots__ = ("_quick", "_rules", "source")

    def __init__(self, lines: Iterable[str], source: str = "") -> None:
        self.source = source
        self._rules: list[tuple[bool, bool, Matcher]] = []
        plain: set[str] | None = set()
        for line in lines:
            rule = _rule(line)
            if rule is None:
                continue
            self._rules.append(rule)
            # Nearly all patterns are plain names. Then one look-up answers for every file of a tree.
            name = line.strip().rstrip("/")
            if plain is not None and not rule[0] and not re.search(r"[/*?\[\\!#]", name):
                plain.add(name)
            else:
                plain = None
        self._quick = plain

    def __bool__(self) -> bool:
        return bool(self._rules)

    def says(self, path: str, folder: bool) -> bool | None:
        """Whether the last pattern that matches ``path`` itself includes it; ``None`` where none does."""
        if self._quick is not None and path.rpartition("/")[2] not in self._quick:
            return None
        for negated, folders_only, expression in reversed(self._rules):
            if (folder or not folders_only) and expression.fullmatch(path):
                return not negated
        return None

    def matches(self, path: str) -> bool:
        """Whether a file, or a folder above it, is included."""
        if not self._rules:
            return False
        parts = path.split("/")
        for depth in range(1, len(parts)):
            if self.says("/".join(parts[:depth]), True):
                return True
        return bool(self.says(path, False))


def _rule(line: str) -> tuple[bool, bool, Matcher] | None:
    line = line.rstrip("\r\n")
    stripped = line.rstrip(" \t")
    if stripped.endswith("\\") and len(stripped) < len(line):
        stripped += " "  # an escaped blank at the end is part of the name
    line = stripped
    if not line or line.startswith("#"):
        return None
    negated = line.startswith("!")
    line = line[1:] if negated else line.removeprefix("\\") if line[:2] in ("\\#", "\\!") else line
    folders_only = line.endswith("/")
    line = line.rstrip("/") if folders_only else line
    anchored = "/" in line
    line = line.removeprefix("./").removeprefix("/")
    if not line:
        return None
    if line.count("**") > 2:
        return negated, folders_only, _Deep(line.split("/") if anchored else ["**", line])
    return negated, folders_only, re.compile(("" if anchored else "(?:.*/)?") + _translate(line), re.DOTALL)


class _Deep:
    """Many ``**`` in one pattern: as a regular expression that could take for ever, segment by segment it cannot."""

    def __init__(self, parts: list[str]) -> None:
        self._parts = [None if part == "**" else re.compile(_translate(part), re.DOTALL) for part in parts]

    def fullmatch(self, path: str) -> bool:
        segments = path.split("/")
        last = len(self._parts) - 1
        reached = {0}  # how many segments the pattern's parts so far may have used up
        for i, part in enumerate(self._parts):
            if part is None:
                first = min(reached, default=len(segments) + 1) + (i == last and i > 0)
                reached = set(range(first, len(segments) + 1))
            else:
                reached = {n + 1 for n in reached if n < len(segments) and part.fullmatch(segments[n])}
        return len(segments) in reached


def _translate(glob: str) -> str:
    out, i = "", 0
    while i < len(glob):
        char = glob[i]
        i += 1
        if char == "*":
            stars = 1
            while glob[i : i + 1] == "*":
                stars, i = stars + 1, i + 1
            before, after = out == "" or out.endswith("/"), glob[i : i + 1] in ("", "/")
            if stars >= 2 and before and after:
                if glob[i : i + 1] == "/":
                    i += 1
                    # Doubled again ("**/**/") it means the same, and would only cost time.
                    out += "" if out.endswith("(?:.*/)?") else "(?:.*/)?"
                else:
                    out += ".*" if out == "" else ".+"
            else:
                # The shortest match up to the next star is as good as any: without going back, many stars cost nothing.
                name = f"s{len(out)}"
                rest, i = _until_star(glob, i)
                body = _translate(rest)
                out += f"(?=(?P<{name}>[^/]*?{body}))(?P={name})" if glob[i : i + 1] == "*" else f"[^/]*{body}"
        elif char == "?":
            out += "[^/]"
        elif char == "[":
            end = glob.find("]", i + (2 if glob[i : i + 1] in ("!", "^") else 1))
            body = glob[i:end]
            if end < 0 or not body:
                out += r"\["
                continue
            i = end + 1
            negated = body[0] in "!^"
            body = (body[1:] if negated else body).replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
            candidate = f"(?!/)[{'^' if negated else ''}{body}]"
            try:
                re.compile(candidate)
            except re.error:
                candidate = "(?!)"  # a reversed range matches nothing
            out += candidate
        elif char == "\\" and i < len(glob):
            out += re.escape(glob[i])
            i += 1
        else:
            out += re.escape(char)
    return out


def _until_star(glob: str, i: int) -> tuple[str, int]:
    """The text up to the next star of the same segment, or up to the segment's end."""
    start = i
    while i < len(glob) and glob[i] not in "*/":
        if glob[i] == "\\":
            i += 1
        elif glob[i] == "[":
            end = glob.find("]", i + (3 if glob[i + 1 : i + 2] in ("!", "^") else 2))
            i = end if end >= 0 else i
        i += 1
    return glob[start:i], min(i, len(glob))
