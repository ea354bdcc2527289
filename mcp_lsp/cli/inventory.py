"""``mcp-lsp inventory``: which servers a user's clients start and reach, and what these allow together."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys

from mcp_lsp.project import inventory as servers
from mcp_lsp.project.inventory import Configuration, Taken
from mcp_lsp.project.outcome import NotAnalysed
from mcp_lsp.project.recorded import Recorded
from mcp_lsp.read import Reading
from mcp_lsp.report import inventory as report
from mcp_lsp.report.terminal import Style, visible, wants_colours
from mcp_lsp.settings import SettingsError
from mcp_lsp_analyzers.supply import Launch

from .arguments import Wrong

INCOMPLETE = 3
Offers = dict[tuple[str, str], Reading]


def inventory(arguments: argparse.Namespace) -> int:
    """Exit code 0 where nothing was found, 1 where something was, 2 where nobody agreed or a rule failed, 3 where
    nothing was found and something could not be read or asked."""
    given = arguments.home or os.path.expanduser("~")
    home = os.path.normpath(os.path.join(os.getcwd(), given))
    if not os.path.isdir(home):
        raise Wrong(f"--home {given}: no such folder")
    taken = servers.taken(home, None if arguments.home else os.environ)
    offers, not_asked = _kept(arguments.listings, taken)
    if arguments.live:
        asked, silent = _live(arguments, taken)
        offers |= asked
        not_asked += silent
    judged = servers.judged(taken.configurations, offers)
    if arguments.output_format == "json":
        sys.stdout.write(report.as_json(taken, judged, not_asked))
    else:
        style = Style(wants_colours(sys.stdout, arguments.color))
        sys.stdout.write(report.as_text(taken, judged, not_asked, style))
    if judged.failures:
        return 2
    if judged.found:
        return 0 if arguments.exit_zero else 1
    return INCOMPLETE if taken.unread or not_asked else 0


def _kept(folder: str | None, taken: Taken) -> tuple[Offers, list[NotAnalysed]]:
    """What is known of servers without asking them: listings in a folder, and what was approved of projects here."""
    offers: Offers = {}
    not_asked: list[NotAnalysed] = []
    recorded = Recorded()
    for each, launch in _entries(taken):
        try:
            found = servers.approved(launch, recorded)
        except SettingsError as error:
            not_asked.append(NotAnalysed(launch.name, str(error)))
            continue
        if found is not None:
            offers[each.shown, launch.name] = found
    if folder is not None:
        try:
            kept, unread = servers.listings(folder)
        except OSError as error:
            raise Wrong(f"--listings {folder}: {error.strerror}") from None
        not_asked += unread
        names = {launch.name for _, launch in _entries(taken)}
        not_asked += [
            NotAnalysed(name, "no configuration has a server of this name") for name in kept if name not in names
        ]
        offers |= {("", name): reading for name, reading in kept.items()}
    return offers, not_asked


def _entries(taken: Taken) -> list[tuple[Configuration, Launch]]:
    return [(each, launch) for each in taken.configurations for launch in each.launches]


def _live(arguments: argparse.Namespace, taken: Taken) -> tuple[Offers, list[NotAnalysed]]:
    """What the servers answer. Raises `Wrong` with what would be started and reached where nobody agreed."""
    from mcp_lsp.outside import inventory as outside  # what can start and reach something is loaded where it is asked
    from mcp_lsp.outside.consent import reaching, starting
    from mcp_lsp.outside.limits import waiting

    wanted = set(arguments.only)
    chosen = [(e, launch) for e, launch in _entries(taken) if not launch.off and (not wanted or launch.name in wanted)]
    if missing := wanted - {launch.name for _, launch in chosen}:
        raise Wrong(f"--only {sorted(missing)[0]}: no configuration has a server of this name that is switched on")
    ways: dict[outside.Way, list[tuple[Configuration, Launch]]] = {}
    for each, launch in chosen:
        ways.setdefault(outside.way(launch), []).append((each, launch))
    if not arguments.i_understand:
        lines = [f"this would start or reach {len(ways)} servers:"]
        for way, entries in ways.items():
            said = report.masked(way.url) if way.url else shlex.join(report.words(entries[0][1]))
            lines.append(f"  {visible(said)}")
        raise Wrong("\n".join([*lines, "add --i-understand to agree; --only NAME chooses"]))
    limits = waiting(arguments.timeout)
    options = {"network": arguments.allow_network, "open": arguments.no_confine}
    allowed = [name for name, given in options.items() if given]
    offers: Offers = {}
    silent = []
    for way, entries in ways.items():
        name = entries[0][1].name
        if not way.command and not way.url:
            silent.append(NotAnalysed(name, "nothing starts or reaches it"))
            continue
        try:
            consent = reaching(way.url) if way.url else starting(way.command)
        except ValueError as error:
            silent.append(NotAnalysed(name, report.masked(str(error))))
            continue
        record = outside.asked(way, os.path.dirname(entries[0][0].path), consent, limits, allowed)
        reading = servers.listed(record.text, "asked.mcp-session.jsonl")
        if reading is None:
            silent.append(NotAnalysed(name, _reason(record.text, way.left_out)))
        else:
            offers |= {(each.shown, launch.name): reading for each, launch in entries}
    return offers, silent


def _reason(record: str, left_out: tuple[str, ...]) -> str:
    said = "it did not list anything"
    for line in record.split("\n"):
        event = json.loads(line) if line else {}
        if isinstance(event.get("unreachable"), str):
            said = event["unreachable"]
    names = ", ".join(left_out)
    return said + (f"; only its client knows {names}" if names else "")
