"""A run as JUnit XML, which every CI server shows as tests: a finding is a test that failed.

What could not be looked at is an error, never a test that passed; a file with a server and nothing found passed.
The attributes are those that Jenkins, GitLab and Azure read (``name``, ``classname``, ``file``, ``line``).
"""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp.project.outcome import Found, Report

from .terminal import Style, visible
from .text import NO_SERVER, full


def render(report: Report) -> str:
    suites = dict(_suites(report))
    cases = sum(len(those) for those in suites.values())
    failures, errors = len(report.found), sum(1 for those in suites.values() for case in those if "<error" in case)
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    totals = f'tests="{cases}" failures="{failures}" errors="{errors}" skipped="0" time="0"'
    out.append(f'<testsuites name="mcp-lsp" {totals}>\n')
    for path, those in suites.items():
        failed, broken = sum("<failure" in case for case in those), sum("<error" in case for case in those)
        out.append(
            f'  <testsuite name="{_escaped(path)}" tests="{len(those)}" failures="{failed}" errors="{broken}" '
            f'skipped="0" time="0">\n'
        )
        out += [f"    {case}\n" for case in those]
        out.append("  </testsuite>\n")
    return "".join(out) + "</testsuites>\n"


def _suites(report: Report) -> Iterator[tuple[str, list[str]]]:
    by_path: dict[str, list[str]] = {}
    for found in report.found:
        by_path.setdefault(found.region.path, []).append(_failed(found))
    for each in report.not_analysed:
        if each.reason.startswith(NO_SERVER):
            continue
        by_path.setdefault(each.path, []).append(_broken(each.path, "not analysed", each.reason))
    for failure in report.failures:
        said = " ".join(filter(None, (failure.rule, failure.thing, failure.error)))
        by_path.setdefault(failure.path, []).append(_broken(failure.path, "mcp-lsp failed", said))
    for server in report.servers:
        if server.path not in by_path:
            by_path[server.path] = [f'<testcase name="no findings"{_where(server.path)} time="0"/>']
    yield from sorted(by_path.items())


def _failed(found: Found) -> str:
    line, column = found.region.start
    name = f"{found.code} {found.name} at {line}:{column}"
    text = _escaped(full(found, Style()).rstrip(), True)
    return (
        f'<testcase name="{_escaped(name)}"{_where(found.region.path, line)} time="0">'
        f'<failure type="{found.severity}" message="{_escaped(found.message)}">{text}</failure></testcase>'
    )


def _broken(path: str, what: str, said: str) -> str:
    return (
        f'<testcase name="{what}"{_where(path)} time="0"><error type="{what}" message="{_escaped(said)}">'
        f"{_escaped(f'{path}: {said}')}</error></testcase>"
    )


def _where(path: str, line: int = 0) -> str:
    at = f' line="{line}"' if line else ""
    return f' classname="mcp-lsp.{_escaped(path.replace("/", "."))}" file="{_escaped(path)}"{at}'


def _escaped(text: str, lines: bool = False) -> str:
    # XML 1.0 has no way to write most control characters down, not even as references.
    text = "\n".join(map(visible, text.split("\n"))) if lines else visible(text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\t", "&#9;")
