"""``mcp-lsp check``: from arguments to a run, and from its outcomes to output and exit code."""

from __future__ import annotations

import argparse
import functools
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from mcp_lsp.project import cache, files, run
from mcp_lsp.project.configuration import Configuration, from_file
from mcp_lsp.project.dependencies import Projects
from mcp_lsp.project.files import File, Files
from mcp_lsp.project.outcome import NotAnalysed, Outcome, Report
from mcp_lsp.project.recorded import Recorded
from mcp_lsp.project.repeated import Repeated
from mcp_lsp.report import formats, text
from mcp_lsp.report.masking import masked
from mcp_lsp.setting_values import unknown_selector
from mcp_lsp.settings import Selection, Settings, SettingsError
from mcp_lsp.syntax import language_of

from .arguments import Wrong
from .looking import common, root
from .output import Output, exit_code, gates
from .progress import Progress

if TYPE_CHECKING:
    from mcp_lsp.check import Analysis
    from mcp_lsp.project.fixing import Render

_SEVERAL = 2
"""From so many files on outcomes are kept: for one, asking takes about as long as checking it."""


def check(arguments: argparse.Namespace) -> int:
    folder = os.getcwd()
    gates(arguments)

    def show(path: str) -> str:
        return run.shown(os.path.abspath(path), folder)

    paths = _paths(arguments)
    try:
        fixed = _fixed(arguments, show)
        configuration = Configuration(fixed, _selection(arguments, folder, fixed), show)
        stdin = None
        if paths == ["-"]:
            found, stdin = _standard_input(arguments, configuration, folder)
        else:
            found = files.find(paths, configuration, folder)
        recorded = Recorded(show).read(file.path for file in found.files)
    except SettingsError as error:
        raise Wrong(str(error)) from None
    job = _job(arguments, folder, root(paths, folder), stdin is not None)
    kept = None
    if not (arguments.no_cache or job.amend is not None or stdin is not None or len(found.files) < _SEVERAL):
        kept = cache.opened(folder, job.root, job.render is not None)
    work = run.Work(job, found.files, Projects(common(paths, folder)), stdin=stdin, cache=kept, recorded=recorded)
    with Output(arguments, stdin or b"") as output:
        report = _collect(arguments, work, found, configuration, paths, output)
        output.finish(report)
    return exit_code(arguments, report)


# ---------------------------------------------------------------- what is asked for


def _paths(arguments: argparse.Namespace) -> list[str]:
    paths: list[str] = arguments.paths or (["-"] if arguments.stdin_filename else ["."])
    if "-" in paths and len(paths) > 1:
        raise Wrong("- is standard input and cannot be checked together with paths")
    if arguments.stdin_filename and paths != ["-"]:
        raise Wrong("--stdin-filename goes with - (standard input), not with paths")
    if paths == ["-"] and not arguments.stdin_filename:
        raise Wrong("standard input needs a name that says its language: --stdin-filename server.py")
    if arguments.config and arguments.isolated:
        raise Wrong("--config and --isolated exclude each other")
    if arguments.add_ignore is not None:
        for option in ("fix", "unsafe_fixes", "baseline", "write_baseline", "since"):
            if getattr(arguments, option):
                raise Wrong(f"--add-ignore allows all that is found, and does not go with --{option.replace('_', '-')}")
    return paths


def _selection(arguments: argparse.Namespace, folder: str, fixed: Settings | None) -> Selection:
    for option in ("select", "extend_select", "ignore"):
        for selector in getattr(arguments, option) or ():
            if unknown_selector(selector) and fixed is None:
                Configuration().at(folder)  # the settings may bring rules of other packages
            if said := unknown_selector(selector):
                raise Wrong(f"--{option.replace('_', '-')}: {said}")
    return Selection(
        None if arguments.select is None else tuple(arguments.select),
        tuple(arguments.extend_select or ()),
        tuple(arguments.ignore or ()),
    )


def _fixed(arguments: argparse.Namespace, show: Callable[[str], str]) -> Settings | None:
    if arguments.config:
        return from_file(arguments.config, show)
    return Settings() if arguments.isolated else None


def _standard_input(arguments: argparse.Namespace, configuration: Configuration, folder: str) -> tuple[Files, bytes]:
    path = os.path.normpath(os.path.join(folder, arguments.stdin_filename))
    if language_of(path) is None:
        raise Wrong(f"--stdin-filename {arguments.stdin_filename}: {files.NO_LANGUAGE}")
    file = File(path, configuration.at(os.path.dirname(path)), 0, True)
    if sys.stdin is None:
        raise Wrong("standard input is closed")
    return Files([file]), sys.stdin.buffer.read()


def _job(arguments: argparse.Namespace, folder: str, root: str, stdin: bool) -> run.Job:
    edits = not formats.WITH_EDITS.isdisjoint((arguments.output_format, *(form for form, _ in arguments.report)))
    render: Render | None = None
    if edits:
        from mcp_lsp.assist import fixes  # a plain check shows titles only

        render = fixes.render
    write = "diff" if arguments.diff else "text" if stdin else "disk"
    return run.Job(folder, root, render, _amend(arguments), write)


def _amend(arguments: argparse.Namespace) -> Callable[[Analysis], int] | None:
    """How files are changed for what is found in them, if at all."""
    if arguments.add_ignore is None and not (arguments.fix or arguments.diff):
        return None
    from mcp_lsp.assist import fixes
    from mcp_lsp.project import fixing

    if arguments.add_ignore is not None:
        return functools.partial(fixing.allow, suppress=fixes.suppress, reason=arguments.add_ignore)
    return functools.partial(fixing.fix, render=fixes.render, unsafe=arguments.unsafe_fixes)


# ---------------------------------------------------------------- what comes out


def _collect(
    arguments: argparse.Namespace,
    work: run.Work,
    found: Files,
    configuration: Configuration,
    paths: list[str],
    output: Output,
) -> Report:
    """Run, writing findings as they come where the format allows it."""
    report = Report()
    show = work.job.folder
    narrow = None
    if arguments.baseline or arguments.write_baseline or arguments.since is not None:
        from .narrowing import narrowing

        narrow = narrowing(arguments, show)
    for path, reason in found.missing:
        report.missing += 1
        report.not_analysed.append(NotAnalysed(run.shown(path, show), reason))
    seen: dict[int, list[int]] = {}
    repeated = Repeated(run.shown(file.path, show) for file in work.files)
    progress = Progress(sys.stderr, len(work.files), shown=not (arguments.quiet or arguments.no_progress))
    for file, outcome in zip(work.files, run.outcomes(work, arguments.jobs), strict=True):
        outcome = outcome._replace(found=masked(outcome.found))
        if narrow is not None:
            outcome = narrow.of(file, outcome)
        outcome = repeated.of(outcome)
        if arguments.add_ignore is not None:
            report.allowed += outcome.fixed
            outcome = outcome._replace(fixed=0)
        report.add(outcome)
        report.missing += file.named and not outcome.analysed and not outcome.failures
        totals = seen.setdefault(file.target, [0, 0])
        totals[0] += outcome.analysed
        totals[1] += len(outcome.servers)
        progress.step(len(report.found))
        if output.has_to_say(outcome):
            progress.clear()
            output.stream(outcome)
    if rest := tuple(repeated.rest()):
        left = Outcome("", rest, analysed=False)
        report.add(left)
        output.stream(left)
    progress.clear()
    for path, reason in found.skipped:
        named = path in {os.path.normpath(os.path.join(show, given)) for given in paths}
        report.missing += named
        report.not_analysed.append(NotAnalysed(run.shown(path, show), reason))
    report.not_analysed += [NotAnalysed(run.shown(p, show), reason) for p, reason in configuration.unread]
    report.excluded += [NotAnalysed(run.shown(p, show), reason) for p, reason in found.excluded]
    report.not_analysed += [*_without_server(paths, seen, found, show), *_without_offer(report)]
    folders = [path for given in paths if os.path.isdir(path := os.path.normpath(os.path.join(show, given)))]
    seen_tools = [tool for server in report.servers for tool in server.tools]
    report.not_analysed += [
        NotAnalysed(run.shown(path, show), reason) for path, reason in work.recorded.gone(folders, seen_tools)
    ]
    if repeated.count:
        several = "1 more finding leads" if repeated.count == 1 else f"{repeated.count} more findings lead"
        report.notes.append(f"{several} from other files to places that are told.")
    if narrow is not None:
        narrow.finish(report)
    return report


def _without_server(paths: list[str], seen: dict[int, list[int]], found: Files, folder: str) -> Iterator[NotAnalysed]:
    """Given paths in which there was nothing to find: whoever reads "no findings" should know why."""
    gone = {path for path, _ in (*found.missing, *found.skipped)}
    for i, given in enumerate(paths):
        path = os.path.normpath(os.path.join(folder, given))
        analysed, servers = seen.get(i, (0, 0))
        if servers or path in gone:
            continue
        if os.path.isdir(path):
            count = f"{analysed} file{'' if analysed == 1 else 's'}"
            reason = f"{text.NO_SERVER} in {count}" if analysed else "no Python, TypeScript or JavaScript files"
            yield NotAnalysed(run.shown(path, folder), reason)
        elif analysed:
            yield NotAnalysed(run.shown(path, folder), text.NO_SERVER)


def _without_offer(report: Report) -> Iterator[NotAnalysed]:
    """Servers of which nothing is known but that they are there: "no findings" says nothing of what they offer."""
    offered = any(server.tools or server.prompts or server.resources for server in report.servers)
    if not offered and not any(each.listing for each in report.not_analysed):
        for path in dict.fromkeys(server.path for server in report.servers):
            yield NotAnalysed(path, "nothing can be seen of what this server offers", True)
