"""Where the reports of a run go, and what its exit code is."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable
from typing import TextIO

from mcp_lsp import selectors, whole
from mcp_lsp.project.outcome import Found, Outcome, Report
from mcp_lsp.report import formats, text
from mcp_lsp.report.terminal import Style, wants_colours
from mcp_lsp.setting_values import unknown_selector

from .arguments import Wrong

_SEVERITIES = ("error", "warning", "information", "hint")


class Output:
    """Standard output, or the file that was named; where fixed text goes to standard output, standard error. Whether
    files can be written is asked before anything is checked: a wrong name is no reason to wait for. They are written
    at the end, whole; what is no regular file (a pipe, a terminal) gets its report as it comes."""

    def __init__(self, arguments: argparse.Namespace, stdin: bytes = b"") -> None:
        """``stdin``: what was read from standard input; fixed text is written in its encoding."""
        self.arguments = arguments
        self._stdin = stdin
        prints_text = (arguments.fix or arguments.add_ignore) and arguments.stdin_filename and not arguments.diff
        self.out: TextIO = sys.stderr if prints_text else sys.stdout
        self.style = Style()
        self._opened: list[TextIO] = []
        self._kept: list[tuple[str, str, io.StringIO]] = []

    def __enter__(self) -> Output:
        arguments = self.arguments
        if arguments.output_file:
            self.out = self._open("--output-file", arguments.output_file)
        self.reports = [(form, self._open("--report", file)) for form, file in arguments.report]
        self.style = Style(wants_colours(self.out, arguments.color))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for stream in self._opened:
            stream.close()
        for option, name, kept in self._kept if kind is None else ():
            try:
                whole.write(name, kept.getvalue().encode("utf-8", "backslashreplace"))
            except OSError as error:
                raise Wrong(f"{option} {name}: {error.strerror}") from None

    def _open(self, option: str, name: str) -> TextIO:
        try:
            if os.path.exists(name) and not os.path.isfile(name):
                stream = open(name, "w", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: SIM115
                self._opened.append(stream)
                return stream
            whole.writable(name)
        except (OSError, ValueError) as error:
            said = error.strerror if isinstance(error, OSError) else str(error)
            raise Wrong(f"{option} {name}: {said}") from None
        kept = io.StringIO()
        self._kept.append((option, name, kept))
        return kept

    def has_to_say(self, outcome: Outcome) -> bool:
        """Whether `stream` would write something of it."""
        return bool(outcome.found or outcome.patch or outcome.text)

    def stream(self, outcome: Outcome) -> None:
        """Write what is known of one file, where the format does not have to wait for the end."""
        arguments = self.arguments
        if arguments.diff:
            self.out.write(_coloured(outcome.patch, self.style))
        elif outcome.text:
            from mcp_lsp.project.fixing import encoded

            sys.stdout.flush()
            sys.stdout.buffer.write(encoded(outcome.text, self._stdin))
        if arguments.diff or arguments.statistics or arguments.output_format not in formats.PRINTED:
            return
        for found in outcome.found:
            self.out.write(self._one(found) + "\n")

    def _one(self, found: Found) -> str:
        return (text.concise if self.arguments.output_format == "concise" else text.full)(found, self.style)

    def finish(self, report: Report) -> None:
        """Write what had to wait for the whole run."""
        arguments = self.arguments
        for form, stream in self.reports:
            stream.write(formats.render(report, form))
        if arguments.diff:
            left = f"; {len(report.found)} would be left" if report.found else ""
            what = f"fix {text.number(report.fixed, 'finding')}"
            if arguments.add_ignore is not None:
                what = f"allow {text.number(report.allowed, 'finding')}"
            sys.stderr.write(f"Would {what}{left}.\n")
            sys.stderr.writelines(f"{line}\n" for line in text.problems(report, Style()))
            return
        printed = arguments.output_format in formats.PRINTED
        if not printed:
            self.out.write(formats.render(report, arguments.output_format))
        elif arguments.statistics:
            self.out.write(text.statistics(report.found))
        if printed and not arguments.quiet:
            self.out.write(text.summary(report, self.style))
        elif report.missing or report.failures or (arguments.quiet and report.not_analysed):
            sys.stderr.writelines(f"{line}\n" for line in text.problems(report, Style()))
        if arguments.min_score is not None:
            self._score(report, printed and not arguments.quiet)

    def _score(self, report: Report, printed: bool) -> None:
        from mcp_lsp.report.score import explained, score

        found = score(report)
        out, style = (self.out, self.style) if printed else (sys.stderr, Style())
        if found is None:
            out.write(f"No score: {text.NO_SERVER}. --min-score {self.arguments.min_score} is not reached.\n")
        elif printed or found.overall < self.arguments.min_score:
            first, *rest = explained(found)
            verdict = "" if found.overall >= self.arguments.min_score else f"; {self.arguments.min_score} is asked for"
            out.write("\n".join((style("bold", first + verdict), *rest)) + "\n")


def gates(arguments: argparse.Namespace) -> None:
    """Whether the gates can be meant. Raises `Wrong`."""
    for word in arguments.fail_on or ():
        if word not in _SEVERITIES and (said := unknown_selector(word)):
            near = selectors.nearest(word, _SEVERITIES)
            raise Wrong(f"--fail-on: {said.split(';')[0]}, and no severity{near}" if near else f"--fail-on: {said}")
    if arguments.exit_zero and (arguments.fail_on or arguments.min_score is not None):
        raise Wrong("--exit-zero goes with neither --fail-on nor --min-score")


def exit_code(arguments: argparse.Namespace, report: Report) -> int:
    """0 nothing found (of what counts), 1 something, 2 it went wrong."""
    if report.failures or report.missing:
        return 2
    if arguments.exit_zero:
        return 0
    if arguments.min_score is not None:
        from mcp_lsp.report.score import score

        found = score(report)
        if found is None or found.overall < arguments.min_score:
            return 1
        if not arguments.fail_on:
            return 0
    counted = report.found if arguments.fail_on is None else list(_counted(report.found, arguments.fail_on))
    return 1 if counted or (arguments.diff and report.patches) else 0


def _counted(found: Iterable[Found], words: Iterable[str]) -> Iterable[Found]:
    """The findings that a gate asks for."""
    from mcp_lsp_analyzers import registry

    words = list(words)
    worst = max((_SEVERITIES.index(word) for word in words if word in _SEVERITIES), default=-1)
    names = [word for word in words if word not in _SEVERITIES]
    for each in found:
        rule = registry.by_name().get(each.code)
        if _SEVERITIES.index(each.severity) <= worst or (rule and any(selectors.strength(n, rule) for n in names)):
            yield each


def _coloured(patch: str, style: Style) -> str:
    if not style.colours:
        return patch
    kinds = {"+": "added", "-": "removed", "@": "hint"}
    lines = patch.split("\n")
    return "\n".join(style(kinds[line[0]], line) if line[:1] in kinds else line for line in lines)
