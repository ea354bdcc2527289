"""A run for people: findings with their source, then what was looked at, and what was not."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from mcp_lsp.project.outcome import Found, Line, NotAnalysed, Region, Report, counts

from .terminal import Style, columns, drawn, visible

NO_SERVER = "no MCP server found"


def full(found: Found, style: Style) -> str:
    """A finding with its source, its steps, and its fix."""
    region = found.region
    width = len(str(found.lines[-1].number if found.lines else region.start[0]))
    arrow, bar, equals = _gutter(width, style)
    head = style(found.severity, f"{found.severity}[{found.code}]")
    out = [
        f"{head}{style('bold', ': ' + visible(found.message))}",
        f"{arrow} {visible(region.path)}:{region.start[0]}:{region.start[1]}",
    ]
    if found.lines:
        out.append(bar)
        for line in found.lines:
            out.append(f"{style('gutter', f'{line.number:>{width}} |')} {drawn(line.text)}".rstrip())
            if marks := _carets(line, region):
                out.append(f"{bar} {style(found.severity, marks)}")
        if found.lines[-1].number < region.end[0]:
            out.append(f"{bar} ...")
    for step in found.related:
        where = step.region
        path = "" if where.path == region.path else f"{visible(where.path)}:"
        out.append(f"{equals} {path}{where.start[0]}:{where.start[1]}: {visible(step.message)}")
    if found.fix:
        how = "--fix" if found.fix.safe else "--fix --unsafe-fixes"
        out.append(f"{equals} fix: {visible(found.fix.title)} ({how})")
    out.append(f"{equals} {style('dim', f'mcp-lsp: ignore[{found.name}]')}")
    return "\n".join(out) + "\n"


@functools.cache
def _gutter(width: int, style: Style) -> tuple[str, str, str]:
    """The arrow, the bar and the equals sign left of what is said, where line numbers are so wide."""
    space = " " * width
    return style("gutter", f"{space}-->"), style("gutter", f"{space} |"), style("gutter", f"{space} =")


def concise(found: Found, style: Style) -> str:
    """A finding in one line, in the form that editors and terminals make clickable."""
    path, (line, column) = found.region.path, found.region.start
    where = style("bold", f"{visible(path)}:{line}:{column}:")
    rule = style("dim", f"[{found.code} {found.name}]")
    return f"{where} {style(found.severity, found.severity)}: {visible(found.message)} {rule}"


def _carets(line: Line, region: Region) -> str:
    at = columns(line.text)
    first = region.start[1] - 1 - line.cut if line.number == region.start[0] else _indent(line.text)
    last = region.end[1] - 1 - line.cut if line.number == region.end[0] else len(line.text.rstrip())
    if line.number != region.start[0] and last <= first:
        return ""  # an empty line, or it ends at the start of this one
    first = max(0, min(first, len(line.text)))
    last = max(first, min(last, len(line.text)))
    return " " * at[first] + "^" * max(1, at[last] - at[first])


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


# ---------------------------------------------------------------- the end of a report


def summary(report: Report, style: Style) -> str:
    """What was found, in how much, and everything that was not looked at. Never "all clean"."""
    out = []
    total = len(report.found)
    looked_at = _looked_at(report)
    if total:
        fixable = Counter(found.fix.safe for found in report.found if found.fix)
        hints = [f"{fixable[True]} fixable with --fix"] if fixable[True] else []
        if fixable[False]:  # some cannot be written, which is seen only when they are
            hints.append(f"up to {fixable[False]} {'more' if hints else 'fixable'} with --fix --unsafe-fixes")
        kinds = [number(n, kind) for kind, n in counts(report.found).items() if n]
        out.append(f"Found {', '.join(kinds)} in {looked_at}{_in_brackets(hints)}.")
    elif report.files:
        out.append(f"No findings in {looked_at}.")
    else:
        out.append("Nothing was checked.")
    if report.fixed:
        out.append(f"Fixed {number(report.fixed, 'finding')}.")
    if report.suppressed:
        new = f", {report.allowed} of them by new ones" if report.allowed else ""
        out.append(f"{number(report.suppressed, 'finding')} allowed by comments{new}.")
    out += map(visible, report.notes)
    out += problems(report, style)
    return "\n".join(out) + "\n"


def problems(report: Report, style: Style) -> Iterator[str]:
    """What was not analysed, and what of ours broke."""
    for title, listing in (("Not analysed:", False), ("Listed in part:", True)):
        if skipped := [each for each in report.not_analysed if each.listing == listing]:
            yield style("warning", title)
            for path, reason in _grouped(skipped):
                yield f"  {visible(path)}: {visible(reason)}"
    if report.failures:
        yield style("error", "Failures of mcp-lsp itself (please report them):")
        for failure in report.failures:
            what = " ".join(filter(None, (failure.rule, failure.thing)))
            yield f"  {visible(failure.path)}: {visible(what)}: {visible(failure.error)}"


def _grouped(skipped: Sequence[NotAnalysed]) -> Iterator[tuple[str, str]]:
    """Files without a server in one line: a run over single files names many that never had one."""
    without = [each.path for each in skipped if each.reason == NO_SERVER]
    for each in skipped:
        if each.reason != NO_SERVER or len(without) <= 3:
            yield each.path, each.reason
    if len(without) > 3:
        yield f"{', '.join(without[:2])} and {len(without) - 2} more", NO_SERVER


def _looked_at(report: Report) -> str:
    parts = [
        (len(report.servers), "server"),
        (sum(len(s.tools) for s in report.servers), "tool"),
        (sum(len(s.prompts) for s in report.servers), "prompt"),
        (sum(len(s.resources) for s in report.servers), "resource"),
    ]
    seen = [number(n, word) for n, word in parts if n]
    return number(report.files, "file") + (f" with {', '.join(seen)}" if seen else "")


def statistics(found: Iterable[Found]) -> str:
    """How often each rule found something, the most frequent first."""
    by_rule = Counter((each.code, each.name) for each in found)
    fixable = Counter(each.code for each in found if each.fix)
    width = len(str(max(by_rule.values(), default=0)))
    out = []
    for (code, name), n in sorted(by_rule.items(), key=lambda item: (-item[1], item[0])):
        mark = "[*]" if fixable[code] else "[ ]"
        out.append(f"{n:>{width}}  {code}  {mark} {name}\n")
    if any(fixable.values()):
        out.append("[*] has a fix for at least some\n")
    return "".join(out)


def number(n: int, word: str) -> str:
    plain = "information" if word == "information" else word + "s"
    return f"{n} {word if n == 1 else plain}"


def _in_brackets(words: Sequence[str]) -> str:
    return f" ({', '.join(words)})" if words else ""
