"""``mcp-lsp scan`` and ``mcp-lsp call``: what would be started is said, and started only where the user agreed."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import signal
import sys
from collections.abc import Sequence
from typing import Any

from mcp_lsp import whole
from mcp_lsp.outside import fuzz, network, probes, semgrep, stdio
from mcp_lsp.outside import scan as scanning
from mcp_lsp.outside.consent import origin, reaching, starting
from mcp_lsp.outside.fuzz import Effort
from mcp_lsp.outside.limits import waiting
from mcp_lsp.outside.process import Start
from mcp_lsp.outside.record import Record
from mcp_lsp.project import run
from mcp_lsp.project import starting as ways
from mcp_lsp.project.configuration import Configuration
from mcp_lsp.project.outcome import Live, NotAnalysed, Report
from mcp_lsp.project.starting import Way
from mcp_lsp.report import formats, text
from mcp_lsp.report.terminal import Style, visible, wants_colours
from mcp_lsp.settings import SettingsError

from . import comparing, connecting
from .arguments import Wrong
from .looking import Look
from .phases import Phases
from .timing import Timing

NOT_REACHED, INTERRUPTED = 3, 130
_SHOWN = 12
_SECRET = re.compile(r"(?i)key|token|secret|pass|auth|cred|cookie|session|private|dsn|connection|database_url")
_VARIABLE = re.compile(r"\$([A-Za-z_]\w*)")


def scan(arguments: argparse.Namespace) -> int:
    folder = os.getcwd()
    path = os.path.normpath(os.path.join(folder, arguments.path))
    look = _look(path, folder)
    job = run.Job(folder, look.home)
    sources = list(scanning.sources(look.files, job, look.projects, look.index))
    way = _way(arguments, path, sources, look.configuration, folder)
    also = sorted({name for settings, _ in semgrep.wanted(look.files) for name in settings.semgrep})
    _agreed(arguments, way, folder, also)
    program = way.command[0] if way.command else ""
    program = shutil.which(program) or os.path.join(way.folder, program)
    sources = list(scanning.sources([source.file for source in sources], job, look.projects, look.index, program))
    watched = not arguments.quiet and not arguments.no_progress
    if arguments.tell_progress:  # who listens to it may ask for its end, which what a shell starts aside ignores
        signal.signal(signal.SIGINT, signal.default_int_handler)
    report, phases = Report(), Phases(sys.stderr, watched, told=arguments.tell_progress)
    for i, outcome in enumerate(run.outcomes(run.Work(job, look.files, look.projects)), 1):
        report.add(outcome)
        phases.checked(i, len(look.files))
    searched = semgrep.told(look.files, job, look.index) if also else semgrep.Told()
    approved = comparing.approved(arguments, path, sources, look.configuration, folder)
    connecting.granted(arguments, way, waiting(arguments.timeout))
    record, interrupted = Record(_secrets(arguments, way), phases.heard), False
    try:
        with connecting.there(arguments, way, _start, record) as there:
            if there:
                _spoken(arguments, way, record)
                if arguments.fuzz:
                    _fuzzed(arguments, way, record)
    except KeyboardInterrupt:  # what was said until then is judged; the server has been ended on the way here
        interrupted = True
        report.not_analysed.append(NotAnalysed(way.url or way.command[0], "interrupted: not everything was asked"))
    phases.judging()
    label = way.url or _short(way.command, folder)
    settings = look.configuration.at(way.folder)
    seen = scanning.judged(record, label, sources, settings, job, look.index, look.files, approved)
    known = {each.fingerprint for each in report.found}
    report.found += [each for each in seen.found if each.fingerprint not in known]
    for source in (seen, searched):
        report.not_analysed += source.not_analysed
        report.failures += source.failures
        report.suppressed += source.suppressed
    report.found += searched.found
    report.live.append(seen.live)
    report.not_analysed += [NotAnalysed(look.show(p), reason) for p, reason in look.configuration.unread]
    phases.clear()
    if arguments.record:
        _write(arguments.record, "--record", record.text)
    told(arguments, report)
    if not seen.live.reached:
        _otherwise(arguments, way)
    if report.failures:
        return 2
    if interrupted:
        return INTERRUPTED
    if not seen.live.reached:
        return NOT_REACHED
    return 1 if report.found and not arguments.exit_zero else 0


def call(arguments: argparse.Namespace) -> int:
    folder = os.getcwd()
    path = os.path.normpath(os.path.join(folder, arguments.path))
    try:
        given = json.loads(arguments.arguments)
    except ValueError as error:
        raise Wrong(f"--arguments: not JSON: {error}") from None
    if not isinstance(given, dict):
        raise Wrong('--arguments: a tool takes an object, such as \'{"host": "localhost"}\'')
    look = _look(path, folder)
    sources = list(scanning.sources(look.files, run.Job(folder, look.home), look.projects, look.index))
    way = _way(arguments, path, sources, look.configuration, folder)
    _agreed(arguments, way, folder)
    connecting.granted(arguments, way, waiting(arguments.timeout))
    timing, answer = Timing(), None
    record = Record(heard=timing.heard)
    with connecting.there(arguments, way, _start, record) as there:
        if there:
            answer = _spoken(arguments, way, record, arguments.tool, given)
    if answer is None:
        print(f"mcp-lsp: {arguments.tool} was not answered", file=sys.stderr)
        sys.stderr.writelines(f"  {line}\n" for line in _reasons(record))
        _otherwise(arguments, way)
        return NOT_REACHED
    result = answer.get("result")
    if arguments.timing:
        of = {key: answer[key] for key in ("result", "error") if key in answer}
        print(json.dumps({**of, "milliseconds": timing.milliseconds, "ready": timing.ready}, indent=2))
    else:
        print(json.dumps(answer.get("result", answer.get("error")), indent=2))
    return 1 if not isinstance(result, dict) or result.get("isError") else 0


def _otherwise(arguments: argparse.Namespace, way: Way) -> None:
    """Where it was found out how the server starts, and nothing answered: how to say it."""
    if not way.command or arguments.words or getattr(arguments, "quiet", False):
        return
    tried = visible(f"{shlex.join(way.command)} (as {way.said} says)")
    print(f"mcp-lsp: it was started with {tried}; if it starts otherwise, say how with --command", file=sys.stderr)


_LAST = 20
"""Lines of what a server wrote to standard error that are shown: what went wrong stands at the end."""


def _reasons(record: Record) -> list[str]:
    """Why there was no answer, as far as the server showed it."""
    found: list[str] = []
    for line in record.text.split("\n"):
        for kind, value in json.loads(line).items() if line else ():
            if kind == "stderr":
                written = value.rstrip().split("\n")
                head = f"the last {_LAST} of {len(written)} lines it wrote" if len(written) > _LAST else "it wrote"
                found += [f"{head} to standard error:", *(f"  {visible(each)}" for each in written[-_LAST:])]
            elif kind == "ended":
                code = value.get("code")
                found.append(f"it ended {value.get('how')}" + ("" if code is None else f" with exit status {code}"))
            elif kind == "silence":
                found.append(f"it did not answer {value.get('waiting')} within {value.get('seconds'):g} s")
            elif kind in ("unreachable", "excess"):
                found.append(visible(f"{kind}: {value if isinstance(value, str) else json.dumps(value)}"))
    return found


# ---------------------------------------------------------------- what is asked for


def _look(path: str, folder: str) -> Look:
    look = Look([path], folder)
    try:
        look.configuration.at(folder)
    except SettingsError as error:
        raise Wrong(str(error)) from None
    return look


def _way(
    arguments: argparse.Namespace,
    path: str,
    sources: list[scanning.Source],
    configuration: Configuration,
    folder: str,
) -> Way:
    at = path if os.path.isdir(path) else os.path.dirname(path)
    if arguments.url:
        try:
            origin(arguments.url)
        except ValueError as error:
            raise Wrong(f"--url {error}") from None
    if arguments.words:
        try:
            return connecting.both(ways.given(arguments.words, at), arguments)
        except ValueError as error:
            raise Wrong(f"--command: {error}") from None
    if arguments.url:
        return Way((), arguments.url, at, "--url")
    settings = configuration.at(at)
    if settings.command:
        return Way(settings.command, "", settings.root or at, f"the setting command in {settings.source}")
    where = run.shown(path, folder)
    listens = {transport for source in sources for own in source.owns for transport in own.server.transports}
    if listens and "stdio" not in listens:
        said = " and ".join(sorted(listens))
        raise Wrong(
            f"{where}: the server speaks {said}; give its address with --url, and with --command what starts it, "
            "or start it yourself"
        )
    servers = [source.file.path for source in sources]
    found = next(ways.ways(path, servers, lambda path: run.shown(path, folder)), None)
    if found is None:
        raise Wrong(f"{where}: nothing here says how a server is started; say it with --command or --url")
    return found


def _agreed(arguments: argparse.Namespace, way: Way, folder: str, also: Sequence[str] = ()) -> None:
    """Raises `Wrong` with what would happen, where the user did not agree to it. ``also``: the Semgrep rules that would
    be run over the source."""
    _levels(arguments)
    if arguments.live and arguments.i_understand:
        return
    missing = " ".join(
        o for o, there in (("--live", arguments.live), ("--i-understand", arguments.i_understand)) if not there
    )
    calls = _CALLS.get(getattr(arguments, "fuzz", None) or "", "")
    search = f"run semgrep with {visible(', '.join(also))} over the source" if also else ""
    if way.url and not way.command:
        more = "".join(f", and {each}" for each in (calls, search) if each)
        raise Wrong(f"this would reach {way.url}{more}; add {missing} to agree")
    yours = [name for name in arguments.env if "=" not in name]
    without = [
        w for w, kept in (("the network", arguments.allow_network), ("writing", arguments.allow_write)) if not kept
    ]
    lines = [
        f"this would run code of the project: {visible(shlex.join(way.command))}",
        f"  in {visible(run.shown(way.folder, folder))}, as {visible(way.said)} says",
        "  "
        + (
            "not confined"
            if arguments.no_confine
            else f"without {' and '.join(without)}, where this system can do that"
        )
        if without or arguments.no_confine
        else "  with the network, and writing to its working directory",
        *([f"  with your variables {visible(', '.join(yours))}"] if yours else []),
        *([f"  and reach it at {visible(way.url)}"] if way.url else []),
        *([f"  and {calls}"] if calls else []),
        *([f"  and {search}"] if search else []),
        f"add {missing} to agree",
    ]
    raise Wrong("\n".join(lines))


_CALLS = {
    "safe": "send it messages that no client sends",
    "standard": "call its tools that say they only read, also with arguments they do not expect",
    "aggressive": "call all of its tools, also those that change things, with injections",
}


def _levels(arguments: argparse.Namespace) -> None:
    """Calling every tool takes an agreement of its own."""
    level, everything = getattr(arguments, "fuzz", None), getattr(arguments, "call_all_tools", False)
    if level == "aggressive" and not everything:
        raise Wrong(f"--fuzz aggressive would {_CALLS[level]}; add --call-all-tools to agree")
    if everything and level != "aggressive":
        raise Wrong("--call-all-tools belongs to --fuzz aggressive")


def _environment(arguments: argparse.Namespace, way: Way) -> dict[str, str]:
    found = dict(way.environment)
    for each in arguments.env:
        name, there, value = each.partition("=")
        if not there and name not in os.environ:
            raise Wrong(f"--env {name}: there is no such variable; give it as {name}=VALUE")
        found[name] = value if there else os.environ[name]
    return found


def _headers(arguments: argparse.Namespace) -> dict[str, str]:
    """Headers as given; ``$NAME`` in a value stands for a variable, so that no secret has to stand in a history."""
    found = {}
    for each in arguments.header:
        name, there, value = each.partition(":")
        if not there or not name.strip():
            raise Wrong(f'--header {name}: write it as "Name: value"')
        unknown = [variable for variable in _VARIABLE.findall(value) if variable not in os.environ]
        if unknown:
            raise Wrong(f"--header {name}: there is no variable {unknown[0]}")
        found[name.strip()] = _VARIABLE.sub(lambda match: os.environ[match[1]], value.strip())
    if getattr(arguments, "token", ""):
        found["Authorization"] = f"Bearer {arguments.token}"
    return found


def _secrets(arguments: argparse.Namespace, way: Way) -> list[str]:
    """What must not stand in a record: values of headers with the words they are made of, and of variables, as far as
    these are secret; a mode or a path may stand in a tool's description as well."""
    headers = list(_headers(arguments).values())
    variables = [value for name, value in _environment(arguments, way).items() if _SECRET.search(name)]
    return [*variables, arguments.foreign, *headers, *(word for value in headers for word in value.split())]


def _spoken(
    arguments: argparse.Namespace, way: Way, record: Record, tool: str = "", given: dict[str, Any] | None = None
) -> dict[str, Any] | None:
    limits = waiting(arguments.timeout)
    if way.url:
        headers, consent = _headers(arguments), connecting.agreed(arguments, way)
        if given is not None:
            return network.called(way.url, headers, consent, record, limits, tool, given)
        channel = network.listed(way.url, headers, consent, record, limits)
        probes.probe(way.url, headers, consent, record, limits, channel, arguments.foreign)
        return None
    start = _start(arguments, way)
    consent = starting(way.command)
    if given is not None:
        return stdio.called(start, consent, record, limits, tool, given)
    stdio.listed(start, consent, record, limits)
    return None


def _start(arguments: argparse.Namespace, way: Way) -> Start:
    return Start(
        way.command,
        way.folder,
        _environment(arguments, way),
        network=arguments.allow_network,
        write=arguments.allow_write,
        confine=not arguments.no_confine,
    )


def _fuzzed(arguments: argparse.Namespace, way: Way, record: Record) -> None:
    effort = Effort(
        arguments.fuzz, arguments.call_all_tools, requests=arguments.fuzz_requests, seconds=arguments.fuzz_time
    )
    limits = waiting(arguments.timeout)
    if way.url:
        fuzz.endpoint(way.url, _headers(arguments), reaching(way.url), effort, limits, record)
    else:
        fuzz.started(_start(arguments, way), starting(way.command), effort, limits, record)


def _short(command: tuple[str, ...], folder: str) -> str:
    said = shlex.join(run.shown(word, folder) if os.path.isabs(word) else word for word in command)
    return said if len(said) <= 80 else f"{said[:79]}…"


# ---------------------------------------------------------------- what comes out


def told(arguments: argparse.Namespace, report: Report) -> None:
    """Write a report where and as it is wanted."""
    form = "full" if arguments.output_format == "text" else arguments.output_format
    if form not in ("full", "concise"):
        said = formats.render(report, form)
    else:
        colours = not arguments.output_file and wants_colours(sys.stdout, arguments.color)
        style = Style(colours)
        write = text.concise if form == "concise" else text.full
        said = "".join(write(found, style) + "\n" for found in report.found)
        if not arguments.quiet:
            said += text.summary(report, style) + "".join(f"{asked(live)}\n" for live in report.live)
    for kind, name in arguments.report:
        _write(name, "--report", formats.render(report, kind))
    if arguments.output_file:
        _write(arguments.output_file, "--output-file", said)
    else:
        sys.stdout.write(said)


def asked(live: Live) -> str:
    """What was asked of a running server, in a line or two."""
    if not live.reached:
        return f"The running server was not asked: {visible(live.server)}."
    parts = [f"{each.method} {each.outcome}" + (f" ({each.entries})" if each.entries else "") for each in live.asked]
    lines = [f"Asked {visible(live.server)} ({live.transport}, protocol {visible(live.protocol)}): {', '.join(parts)}."]
    if live.called:
        each = (
            f"{visible(c.tool)} ({'' if c.outcome == 'result' else 'failed, '}{c.milliseconds} ms, "
            f"about {c.tokens:,} tokens)"
            for c in live.called[:_SHOWN]
        )
        more = f", and {len(live.called) - _SHOWN} more" if len(live.called) > _SHOWN else ""
        lines.append(f"Called: {', '.join(each)}{more}.")
    if live.transport == "stdio" or live.confined:
        lines.append(f"Confined: {', '.join(live.confined) or 'not at all'}.")
    return "\n".join(lines)


def _write(name: str, option: str, said: str) -> None:
    try:
        whole.write(name, said.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise Wrong(f"{option} {name}: {error.strerror}") from None
