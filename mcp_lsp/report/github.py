"""A run as annotations of a GitHub workflow: one command per line on standard output."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp.project.outcome import Found, Report

from .text import NO_SERVER

_COMMANDS = {"error": "error", "warning": "warning", "information": "notice", "hint": "notice"}


def render(report: Report) -> str:
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    for found in report.found:
        yield annotation(found)
    for each in report.not_analysed:
        if each.reason.startswith(NO_SERVER):
            continue  # GitHub shows ten warnings of a step: not those of plain files that somebody named
        yield f"::warning file={_property(each.path)},title=Not analysed::{_data(f'{each.path}: {each.reason}')}"
    for failure in report.failures:
        said = f"{failure.path}: {failure.rule} {failure.thing}: {failure.error}"
        yield f"::error title=mcp-lsp failed::{_data(said)}"


def annotation(found: Found) -> str:
    region = found.region
    end = region.end
    where = f"file={_property(region.path)},line={region.start[0]},col={region.start[1]},endLine={end[0]}"
    if end[0] == region.start[0]:
        where += f",endColumn={end[1]}"  # GitHub takes a column only within one line
    title = _property(f"{found.code} ({found.name})")
    text = [f"{region.path}:{region.start[0]}:{region.start[1]}: {found.message}"]
    text += [f"{s.region.path}:{s.region.start[0]}:{s.region.start[1]}: {s.message}" for s in found.related]
    return f"::{_COMMANDS[found.severity]} {where},title={title}::{_data(chr(10).join(text))}"


def _data(text: str) -> str:
    # A message that could contain a line end could start a command of its own.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
