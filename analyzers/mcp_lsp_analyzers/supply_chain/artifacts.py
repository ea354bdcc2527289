"""Programs and archives beside the source, of which somebody else knows something (`mcp-lsp opinions --virustotal`)."""

from __future__ import annotations

from collections.abc import Iterator

from ..rule import Finding, Severity, rule
from ..supply import Artifact

_SEVERAL = 3
"""Engines from which on it is no single engine's mistake."""


@rule("MCP626", severity=Severity.WARNING, references=("CWE-506", "MCP04:2025"), tags=("asked",))
def known_as_malware(artifact: Artifact) -> Iterator[Finding]:
    """A program or an archive in the project is known as malware.

    Somebody asked VirusTotal about its SHA-256 (`mcp-lsp opinions --virustotal`), and engines there take the file for
    malware. One or two of seventy are often wrong about a program that few people have; more seldom are.

    Find out where the file comes from, build it anew from its source, or take it out. Nothing of it should be run.
    """
    if artifact.detections:
        said = f"{artifact.detections} of {artifact.engines} engines take `{artifact.name}` for malware"
        yield Finding(
            artifact.place, said, detail=artifact.sha256,
            severity=Severity.ERROR if artifact.detections >= _SEVERAL else Severity.WARNING,
        )  # fmt: skip
