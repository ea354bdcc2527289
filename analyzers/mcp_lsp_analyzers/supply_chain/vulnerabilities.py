"""Packages with known vulnerabilities, where a manifest or a lock file holds them."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..rule import FileExample, Finding, Severity, rule
from ..supply import Vulnerable

_ADVISORIES = """
{"vulns": [{
  "id": "GHSA-0000-0000-0000", "aliases": ["CVE-2030-0001"], "summary": "Requests of others are answered",
  "database_specific": {"severity": "HIGH"},
  "affected": [
    {"package": {"ecosystem": "PyPI", "name": "notes-kit"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.10.0"}]}]},
    {"package": {"ecosystem": "npm", "name": "notes-kit"},
     "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.10.0"}]}]}
  ]
}]}
"""


@rule(
    "MCP610",
    severity=Severity.WARNING,
    references=("CWE-1395", "CWE-1104", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "CoSAI MCP-T11"),
    files=(
        FileExample(
            "requirements.txt",
            advisories=_ADVISORIES,
            bad='''
            # tools
              notes-kit==1.9.2
            # ^^^^^^^^^^^^^^^^ `notes-kit` 1.9.2 has CVE-2030-0001 (high), 1.10.0 has not: Requests of…
            ''',
            good='''
            notes-kit==1.10.0
            ''',
        ),
        FileExample(
            "package.json",
            advisories=_ADVISORIES,
            bad='''
            {
              "dependencies": { "notes-kit": "1.9.2" }
            //                                ^^^^^ …CVE-2030-0001…
            }
            ''',
            good='''
            {
              "dependencies": { "notes-kit": "1.10.0" }
            }
            ''',
        ),
    ),
)  # fmt: skip
def known_vulnerability(package: Vulnerable) -> Iterator[Finding]:
    """A version of a package is used that has a known vulnerability.

    How to use it against a server has been published. An error where it is critical or high, information where only
    development uses it.

    Raise the version, lock again, and test. `mcp-lsp advisories` asks the OSV database about the versions in manifests
    and lock files and writes the answers to `mcp-lsp.advisories.json`, from which this is told; what was not asked
    about is never called clean.
    """
    worst, count = package.known[0], len(package.known)
    if count == 1:
        said = f"`{package.name}` {package.version} has {worst.id}" + (f" ({worst.severity})" if worst.severity else "")
        said += f", {package.fixed} has not" if package.fixed else ""
        said += f": {_short(worst.summary)}" if worst.summary else ""
    else:
        few = ", ".join(each.id for each in package.known[:2]) + (", …" if count > 2 else "")
        said = f"`{package.name}` {package.version} has {count} known vulnerabilities ({few})"
        said += f", {package.fixed} has none" if package.fixed else ""
    fix = None
    if package.number is not None and package.fixed:
        fix = Fix(f"Ask for {package.fixed}", Edits((Edit(package.number, package.fixed),)))
    severity = Severity.ERROR if worst.severity in ("critical", "high") else None
    if worst.severity == "low" or package.use == "development":
        severity = Severity.INFORMATION
    if worst.id.startswith("MAL-"):
        severity = Severity.ERROR
    detail = " ".join(sorted(each.id for each in package.known))
    yield Finding(package.place, said, fix=fix, detail=detail, severity=severity)


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:49] + "…"
