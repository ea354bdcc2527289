"""A run as SARIF 2.1.0, for GitHub code scanning and whatever else reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import mcp_lsp
from mcp_lsp import uri
from mcp_lsp.explain import page
from mcp_lsp.project.outcome import Failure, Fix, Found, NotAnalysed, Region, Report
from mcp_lsp_analyzers import registry, taxonomy
from mcp_lsp_analyzers.rule import Rule

from .frameworks import frameworks
from .terminal import visible

_LEVELS = {"error": "error", "warning": "warning", "information": "note", "hint": "note"}
# What GitHub shows as critical, high, medium, low is a number on the rule; an error of ours is exploitable: high.
_SECURITY = {"error": "8.0", "warning": "5.0", "information": "3.0", "hint": "1.0"}
_FINGERPRINT = "mcpLsp/v1"


def render(report: Report) -> str:
    return json.dumps(log(report), indent=1) + "\n"


def log(report: Report) -> dict[str, Any]:
    rules = _told(report)
    index = {rule.id: i for i, rule in enumerate(rules)}
    cited = _cited(rules)
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "mcp-lsp",
                        "version": mcp_lsp.__version__,
                        "semanticVersion": mcp_lsp.__version__,
                        "rules": [_rule(rule, cited) for rule in rules],
                        "supportedTaxonomies": [{"name": name, "index": i} for i, name in enumerate(cited)],
                    }
                },
                "taxonomies": [_taxonomy(name, ids) for name, ids in cited.items()],
                "automationDetails": {"id": "mcp-lsp/"},
                # Ours are code points; SARIF's default is UTF-16 code units.
                "columnKind": "unicodeCodePoints",
                "invocations": [_invocation(report)],
                "results": [_result(found, index) for found in report.found],
            }
        ],
    }


def _told(report: Report) -> list[Rule]:
    """The rules that said something or failed, as ruff and ESLint list them: all of them with their pages are 1 MB."""
    codes = {each.code for each in report.found} | {each.rule for each in report.failures}
    return [rule for rule in registry.rules() if rule.id in codes]


def _cited(rules: Iterable[Rule]) -> dict[str, list[str]]:
    """The public taxonomies that rules cite, with the ids that they cite, in the order of the taxonomy."""
    used = {reference for rule in rules for reference in rule.references}
    return {name: found for name, ids in frameworks().items() if (found := [each for each in ids if each in used])}


def _taxonomy(name: str, ids: Sequence[str]) -> dict[str, Any]:
    return {
        "name": name,
        "shortDescription": {"text": name},
        "isComprehensive": False,  # the entries that a rule cites
        "taxa": [_taxon(each) for each in ids],
    }


def _taxon(reference: str) -> dict[str, Any]:
    described: dict[str, Any] = {"id": reference, "shortDescription": {"text": taxonomy.title(reference)}}
    if href := taxonomy.url(reference):
        described["helpUri"] = href
    return described


def _relationships(rule: Rule, cited: dict[str, list[str]]) -> list[dict[str, Any]]:
    return [
        {
            "target": {
                "id": reference,
                "index": ids.index(reference),
                "toolComponent": {"name": name, "index": i},
            },
            "kinds": ["relevant"],
        }
        for i, (name, ids) in enumerate(cited.items())
        for reference in rule.references
        if reference in ids
    ]


def _rule(rule: Rule, cited: dict[str, list[str]]) -> dict[str, Any]:
    severity = rule.severity.value
    described: dict[str, Any] = {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why or rule.title},
        "help": {"text": f"{rule.title}\n\n{rule.why}".strip(), "markdown": page(rule)},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {"tags": [*_security(rule), rule.room.replace("_", "-"), *rule.references]},
    }
    if related := _relationships(rule, cited):
        described["relationships"] = related
    if _security(rule):
        described["properties"]["security-severity"] = _SECURITY[severity]
    addresses = (taxonomy.url(reference) for reference in rule.references)
    if href := next(filter(None, addresses), None):
        described["helpUri"] = href
    return described


def _security(rule: Rule) -> list[str]:
    return ["security"] if any(reference.startswith("CWE-") for reference in rule.references) else []


def _invocation(report: Report) -> dict[str, Any]:
    return {
        "executionSuccessful": not report.failures and not report.missing,
        "toolExecutionNotifications": [
            *(_skipped(each) for each in report.not_analysed),
            *(_failure(each) for each in report.failures),
        ],
    }


def _skipped(each: NotAnalysed) -> dict[str, Any]:
    return {
        "level": "warning",
        "message": {"text": _plain(f"Not analysed: {each.path}: {each.reason}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(each.path)}}],
    }


def _failure(each: Failure) -> dict[str, Any]:
    described: dict[str, Any] = {
        "level": "error",
        "message": {"text": _plain(" ".join(filter(None, (f"{each.rule} failed:", each.thing, each.error))))},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(each.path)}}],
    }
    if each.rule in registry.by_name():
        described["associatedRule"] = {"id": each.rule}
    return described


def _result(found: Found, index: dict[str, int]) -> dict[str, Any]:
    snippet = found.lines[0].text if found.lines and not found.lines[0].cut else None
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index[found.code],
        "level": _LEVELS[found.severity],
        "message": {"text": _plain(found.message)},
        "locations": [
            {
                "physicalLocation": _physical(found.region, snippet),
                "logicalLocations": [_logical(found.thing)],
            }
        ],
        "partialFingerprints": {_FINGERPRINT: found.fingerprint},
    }
    if found.related:
        steps = [(step.region, step.message) for step in found.related]
        result["relatedLocations"] = [
            {"id": i, **_location(region, message)} for i, (region, message) in enumerate(steps, 1)
        ]
        steps.append((found.region, found.message))
        result["codeFlows"] = [{"threadFlows": [{"locations": [{"location": _location(*step)} for step in steps]}]}]
    if found.fix and found.fix.edits:
        result["fixes"] = [_fix(found.fix)]
    return result


def _logical(thing: str) -> dict[str, str]:
    """``/tools/ping/description``: what a client knows it by, whatever file it stands in."""
    parts = thing.split("/")
    named = {"name": parts[2]} if len(parts) > 2 and parts[2] else {}
    return {"fullyQualifiedName": thing or "/", **named}


def _fix(fix: Fix) -> dict[str, Any]:
    by_path: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits or ():
        by_path.setdefault(edit.region.path, []).append(
            {"deletedRegion": _region(edit.region), "insertedContent": {"text": edit.text}}
        )
    return {
        "description": {"text": _plain(fix.title)},
        "artifactChanges": _changes(by_path.items()),
    }


def _changes(by_path: Iterable[tuple[str, Sequence[dict[str, Any]]]]) -> list[dict[str, Any]]:
    return [{"artifactLocation": _artifact(path), "replacements": list(edits)} for path, edits in by_path]


def _location(region: Region, message: str) -> dict[str, Any]:
    return {"physicalLocation": _physical(region), "message": {"text": _plain(message)}}


def _physical(region: Region, snippet: str | None = None) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": _artifact(region.path), "region": _region(region)}
    if snippet:
        where["contextRegion"] = {"startLine": region.start[0], "snippet": {"text": snippet}}
    return where


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.start[0],
        "startColumn": region.start[1],
        "endLine": region.end[0],
        "endColumn": region.end[1],
    }


def _artifact(path: str) -> dict[str, str]:
    if path.startswith(("http://", "https://")):  # a running server, where it has no source
        return {"uri": path}
    if path.startswith("/") or re.match(r"[A-Za-z]:/", path):
        return {"uri": uri.from_path(path)}
    return {"uri": uri.from_path("/" + path).removeprefix("file:///"), "uriBaseId": "%SRCROOT%"}


def _plain(text: str) -> str:
    """Text in which nothing hides, and nothing is taken for a link: SARIF reads ``[words](1)`` as one."""
    return re.sub(r"\[(?=[^\]]*\]\()", r"\\[", visible(text))
