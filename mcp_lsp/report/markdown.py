"""A run as Markdown for a comment on a pull request, short enough to be taken, with nothing that could ping, link or
format in the name of a scanned text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcp_lsp.project.outcome import Found, Report
from mcp_lsp_analyzers.record import replace

from . import text
from .score import explained, score
from .terminal import Style, visible

MOST = 60_000
"""Characters. GitHub refuses a comment of more than 65,536, GitLab one of more than a million."""

_MARKS = {"error": "🔴", "warning": "🟠", "information": "🔵", "hint": "⚪"}
_SPECIAL = re.compile(r"[\\`*_\[\]<>#!|~@&]|:(?=//)|(?<=www)\.", re.IGNORECASE)


def render(report: Report) -> str:
    head = ["## mcp-lsp", "", *_summary(report), ""]
    tail = list(_unread(report))
    room = MOST - sum(len(line) + 1 for line in (*head, *tail)) - 200
    body: list[str] = []
    order = {name: i for i, name in enumerate(_MARKS)}
    found = sorted(report.found, key=lambda each: order[each.severity])
    for shown, each in enumerate(found):
        entry = list(_finding(each))
        room -= sum(len(line) + 1 for line in entry)
        if room < 0:
            body.append(f"- … and {len(found) - shown} more")
            break
        body += entry
    return "\n".join((*head, *body, "", *tail)).rstrip() + "\n"


def _summary(report: Report) -> Iterator[str]:
    # What was not analysed has a part of its own, at the end.
    seen = replace(report, not_analysed=[], failures=[])
    yield from (prose(line) for line in text.summary(seen, Style()).rstrip("\n").split("\n"))
    if (found := score(report)) is not None:
        yield ""
        lines = list(explained(found))
        yield prose(lines[0])
        if len(lines) > 1:
            yield ""
            yield from _folded("What took points away", [f"- {prose(line.strip())}" for line in lines[1:]])


def _finding(found: Found) -> Iterator[str]:
    region = found.region
    where = code(f"{region.path}:{region.start[0]}:{region.start[1]}")
    yield f"- {_MARKS[found.severity]} **{found.severity}** {found.code} {where} {prose(found.message)}"
    for step in found.related[:5]:
        at = code(f"{step.region.path}:{step.region.start[0]}")
        yield f"  - {at} {prose(step.message)}"
    if found.fix:
        yield f"  - fix: {prose(found.fix.title)}"


def _unread(report: Report) -> Iterator[str]:
    lines = [line.strip() for line in text.problems(report, Style())][:200]
    if lines:
        yield from _folded("What was not looked at", [f"- {prose(line)}" for line in lines])


def _folded(title: str, lines: list[str]) -> Iterator[str]:
    yield from (f"<details><summary>{title}</summary>", "", *lines, "", "</details>")


def prose(said: str) -> str:
    """Text in which only what stands between backticks is formatted."""
    parts = visible(said).split("`")
    if len(parts) % 2 == 0:  # one backtick too many: none of them means anything
        return _escaped(visible(said))
    return "".join(code(part) if i % 2 and part else _escaped(part) for i, part in enumerate(parts))


def code(said: str) -> str:
    """A code span that its content cannot end."""
    said = visible(said).replace("\t", " ")
    longest = max((len(run) for run in re.findall("`+", said)), default=0)
    if not longest:
        return f"`{said}`"
    return f"{'`' * (longest + 1)} {said} {'`' * (longest + 1)}"


def _escaped(said: str) -> str:
    return _SPECIAL.sub(lambda m: f"&#{ord(m[0])};" if m[0] in "@&<>#:." else f"\\{m[0]}", said)
