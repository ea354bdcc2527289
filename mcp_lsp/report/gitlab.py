"""A run as a Code Quality report of GitLab, shown in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format: an array of objects with ``description``,
``check_name``, ``fingerprint``, ``location.path``, ``location.lines.begin`` and ``severity`` (info to blocker). Paths
are relative to the repository: run the check at its root.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mcp_lsp.project.outcome import Found, Report

from .terminal import visible
from .text import NO_SERVER

_SEVERITIES = {"error": "critical", "warning": "major", "information": "minor", "hint": "info"}


def render(report: Report) -> str:
    issues = [_issue(found) for found in report.found]
    issues += [
        _unread(each.path, f"Not analysed: {each.reason}")
        for each in report.not_analysed
        if not each.reason.startswith(NO_SERVER)
    ]
    for each in report.failures:
        issues.append(_unread(each.path, f"mcp-lsp failed: {each.rule} {each.thing}: {each.error}"))
    # GitLab shows one of several with the same fingerprint.
    issues = list({each["fingerprint"]: each for each in issues}.values())
    return json.dumps(issues, indent=1) + "\n"


def _issue(found: Found) -> dict[str, Any]:
    region = found.region
    return {
        "type": "issue",
        "check_name": found.code,
        "description": visible(f"{found.message} ({found.name})"),
        "categories": ["Security" if any(r.startswith("CWE-") for r in found.references) else "Bug Risk"],
        "severity": _SEVERITIES[found.severity],
        "fingerprint": hashlib.sha256(f"{region.path}\0{found.fingerprint}".encode("utf-8", "replace")).hexdigest(),
        "location": {"path": region.path, "lines": {"begin": region.start[0], "end": region.end[0]}},
    }


def _unread(path: str, said: str) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": "not-analysed",
        "description": visible(said),
        "categories": ["Compatibility"],
        "severity": "minor",
        "fingerprint": hashlib.sha256(f"{path}\0{said}".encode("utf-8", "replace")).hexdigest(),
        "location": {"path": path, "lines": {"begin": 1, "end": 1}},
    }
