"""A run for programs: a stable contract, described in ``docs/report.schema.json``; others build on it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from mcp_lsp.project.outcome import Found, Live, NotAnalysed, Region, Report, counts
from mcp_lsp_analyzers.rule import Rule

from .score import Score, score


def render(report: Report) -> str:
    # ASCII, so that it survives every terminal and pipe, and nothing hidden in a scanned text comes out raw. A line for
    # each diagnostic: indenting everything takes ten times as long.
    parts = []
    for name, value in contract(report).items():
        if isinstance(value, list) and value:
            lines = ",\n".join(map(json.dumps, value))
            parts.append(f'"{name}": [\n{lines}\n]')
        else:
            parts.append(f'"{name}": {json.dumps(value)}')
    return "{" + ",\n".join(parts) + "}\n"


def contract(report: Report) -> dict[str, Any]:
    """The report as the contract has it. Fields may be added; none is ever renamed or removed."""
    return {
        "diagnostics": [diagnostic(found) for found in report.found],
        "not_analysed": _reasons(each for each in report.not_analysed if not each.listing),
        "failures": [
            {"path": each.path, "rule": each.rule, "thing": each.thing, "error": each.error} for each in report.failures
        ],
        "summary": {
            "files": report.files,
            "findings": len(report.found),
            **{_PLURAL[kind]: n for kind, n in counts(report.found).items()},
            "rules": dict(sorted(Counter(found.code for found in report.found).items())),
            "suppressed": report.suppressed,
            "fixed": report.fixed,
            "notes": report.notes,
            "servers": [
                {
                    "path": server.path,
                    "sdk": server.sdk,
                    "tools": list(server.tools),
                    "prompts": list(server.prompts),
                    "resources": list(server.resources),
                }
                for server in report.servers
            ],
            "not_listed": _reasons(each for each in report.not_analysed if each.listing),
            "score": _score(score(report)),
            "excluded": _reasons(report.excluded),
        },
        **({"live": [_live(each) for each in report.live]} if report.live else {}),
    }


def _reasons(skipped: Iterable[NotAnalysed]) -> list[dict[str, str]]:
    return [{"path": each.path, "reason": each.reason} for each in skipped]


def _live(live: Live) -> dict[str, Any]:
    return {
        "server": live.server,
        "transport": live.transport,
        "protocol": live.protocol,
        "reached": live.reached,
        "reason": live.reason,
        "confined": list(live.confined),
        "asked": [asked._asdict() for asked in live.asked],
        **({"called": [called._asdict() for called in live.called]} if live.called else {}),
    }


def _score(found: Score | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        **found._asdict(),
        "contributions": [each._asdict() for each in found.contributions],
        "tiles": [each._asdict() for each in found.tiles if each.findings],
    }


_PLURAL = {"error": "errors", "warning": "warnings", "information": "information", "hint": "hints"}


def diagnostic(found: Found) -> dict[str, Any]:
    fix = None
    if found.fix is not None and found.fix.edits is not None:
        fix = {
            "title": found.fix.title,
            "safe": found.fix.safe,
            "edits": [
                {"path": edit.region.path, "range": _range(edit.region), "text": edit.text} for edit in found.fix.edits
            ],
        }
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity,
        "message": found.message,
        "path": found.region.path,
        "range": _range(found.region),
        "references": list(found.references),
        "related": [
            {"path": step.region.path, "range": _range(step.region), "message": step.message} for step in found.related
        ],
        "fingerprint": found.fingerprint,
        "fix": fix,
    }


def rule(rule: Rule) -> str:
    """A rule as ``mcp-lsp rule ID --output-format json`` gives it."""
    return json.dumps(_rule(rule), indent=1)


def rules(rules: Iterable[Rule]) -> str:
    return json.dumps([_rule(rule) for rule in rules], indent=1)


def _rule(rule: Rule) -> dict[str, Any]:
    examples = {"python": {"bad": rule.bad, "good": rule.good}} if rule.bad else {}
    if rule.typescript is not None:
        examples["typescript"] = {"bad": rule.typescript.bad, "good": rule.typescript.good}
    examples.update({each.file: {"bad": each.bad, "good": each.good} for each in rule.files})
    return {
        "code": rule.id,
        "name": rule.name,
        "title": rule.title,
        "why": rule.why,
        "severity": rule.severity.value,
        "room": rule.room.replace("_", "-"),
        "references": list(rule.references),
        "examples": examples,
    }


def _range(region: Region) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": region.start[0], "column": region.start[1]},
        "end": {"line": region.end[0], "column": region.end[1]},
    }
