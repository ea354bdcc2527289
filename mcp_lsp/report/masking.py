"""Reports are kept and passed on: what was found to be a secret is not repeated in them in clear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mcp_lsp.project.outcome import Found, Line, Region

SECRET = frozenset({"CWE-798", "CWE-540", "CWE-312"})
"""What a rule cites that finds credentials where they are written down."""

_KEPT = 5  # a quote and what tells the kind of a key, such as ``"ghp_``, of one that is long enough to spare it
_LONG = 24


def masked(found: Sequence[Found]) -> tuple[Found, ...]:
    """The findings of a file with every excerpt masked where any of them found a secret. Lengths stay."""
    secrets = [each.region for each in found if SECRET.intersection(each.references)]
    if not secrets:
        return tuple(found)
    return tuple(_masked(each, secrets) for each in found)


def _masked(found: Found, secrets: Iterable[Region]) -> Found:
    lines, related = found.lines, found.related
    for secret in secrets:
        if secret.path == found.region.path:
            lines = tuple(_line(line, secret) for line in lines)
        related = tuple(
            step._replace(line=_line(step.line, secret))
            if step.line is not None and step.region.path == secret.path
            else step
            for step in related
        )
    return found._replace(lines=lines, related=related)


def _line(line: Line, secret: Region) -> Line:
    (first, start), (last, end) = secret.start, secret.end
    if not first <= line.number <= last:
        return line
    begin = start - 1 - line.cut if line.number == first else -line.cut
    stop = end - 1 - line.cut if line.number == last else len(line.text)
    keep = begin + (_KEPT if stop - begin >= _LONG else 1)
    text = "".join(
        "•" if keep <= i < stop and not (char.isspace() or char in "\"'`,;:={}()") else char
        for i, char in enumerate(line.text)
    )
    return line._replace(text=text)
