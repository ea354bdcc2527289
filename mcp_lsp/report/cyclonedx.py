"""What a project is made of as a CycloneDX 1.6 bill of materials; the only importer of ``cyclonedx``.

The same project gives the same document: its serial number is made of its content, and it carries no time.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import mcp_lsp
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.supply import Known

_KINDS = {"python": "pypi", "npm": "npm"}
_SPACE = uuid.UUID("6f1c1d3e-0a8f-5d55-9c0e-6d63702d6c73")  # any fixed one: serial numbers are made in it
_SEVERITIES = {"critical": "CRITICAL", "high": "HIGH", "moderate": "MEDIUM", "low": "LOW", "": "UNKNOWN"}


class NotInstalled(Exception):
    """The library that writes the format is not there."""


class Package(NamedTuple):
    """``ecosystem``: "python" or "npm". ``use`` as of a `Dependency`, "locked" for what only a lock file names."""

    ecosystem: str
    name: str
    version: str
    use: str
    known: tuple[Known, ...] = ()
    fixed: str = ""


class Server(NamedTuple):
    """An MCP server of the project; ``tools`` by name."""

    path: str
    name: str
    sdk: str
    tools: tuple[str, ...]


class Project(NamedTuple):
    """``packages`` and ``servers`` in any order; ``looked_up``: whether vulnerabilities were looked up at all."""

    name: str
    version: str
    packages: Sequence[Package]
    servers: Sequence[Server]
    looked_up: bool


def render(project: Project, form: str) -> str:
    """The document, as "json" or "xml". Raises `NotInstalled`."""
    try:
        from cyclonedx.output import make_outputter
        from cyclonedx.schema import OutputFormat, SchemaVersion
    except ImportError:
        raise NotInstalled('cyclonedx-python-lib is not installed: pip install "mcp-lsp[sbom]"') from None
    written = make_outputter(
        _bom(project), OutputFormat.XML if form == "xml" else OutputFormat.JSON, SchemaVersion.V1_6
    ).output_as_string(indent=1)
    if form == "xml":
        return re.sub(r"\s*<timestamp>[^<]*</timestamp>", "", written) + "\n"
    whole: dict[str, Any] = json.loads(written)
    whole.get("metadata", {}).pop("timestamp", None)
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _bom(project: Project) -> Any:
    from cyclonedx.model import Property
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentScope, ComponentType

    bom = Bom(serial_number=uuid.uuid5(_SPACE, repr(project)))
    bom.metadata.tools.components.add(
        Component(type=ComponentType.APPLICATION, name="mcp-lsp", version=mcp_lsp.__version__)
    )
    root = Component(
        type=ComponentType.APPLICATION, name=project.name, version=project.version or None, bom_ref="project"
    )
    bom.metadata.component = root
    looked_up = "yes" if project.looked_up else "no"
    bom.metadata.properties.add(Property(name="mcp-lsp:vulnerabilities-looked-up", value=looked_up))
    by_url: dict[str, Any] = {}
    for each in sorted(set(project.packages), key=lambda one: (one.ecosystem, one.name, one.version, one.use)):
        url = _url(each)
        if str(url) in by_url:
            continue
        by_url[str(url)] = component = Component(
            type=ComponentType.LIBRARY,
            name=each.name,
            version=each.version,
            purl=url,
            bom_ref=str(url),
            scope=ComponentScope.EXCLUDED if each.use in ("development", "build") else ComponentScope.REQUIRED,
        )
        bom.components.add(component)
        for known in each.known:
            bom.vulnerabilities.add(_vulnerability(known, each, str(url)))
    servers = []
    for server in sorted(project.servers):
        told = [("path", server.path), ("sdk", server.sdk), *(("tool", tool) for tool in server.tools)]
        servers.append(
            Component(
                type=ComponentType.APPLICATION,
                name=server.name or server.path,
                bom_ref=f"mcp-server:{server.path}:{server.name}",
                properties=[Property(name=f"mcp:{name}", value=value) for name, value in told],
            )
        )
        bom.components.add(servers[-1])
    direct = {str(_url(each)) for each in project.packages if each.use != "locked"}
    bom.register_dependency(root, [*servers, *(by_url[url] for url in sorted(direct))])
    return bom


def _url(package: Package) -> Any:
    from packageurl import PackageURL

    namespace, _, name = package.name.rpartition("/")
    return PackageURL(_KINDS[package.ecosystem], namespace or None, name, package.version)


def _vulnerability(known: Known, package: Package, reference: str) -> Any:
    from cyclonedx.model.impact_analysis import ImpactAnalysisAffectedStatus
    from cyclonedx.model.vulnerability import (
        BomTarget,
        BomTargetVersionRange,
        Vulnerability,
        VulnerabilityRating,
        VulnerabilitySeverity,
        VulnerabilitySource,
    )

    affected = BomTargetVersionRange(version=package.version, status=ImpactAnalysisAffectedStatus.AFFECTED)
    return Vulnerability(
        bom_ref=f"{known.id}:{reference}",
        id=known.id,
        source=VulnerabilitySource(name="OSV"),
        description=known.summary or None,
        ratings=[VulnerabilityRating(severity=VulnerabilitySeverity[_SEVERITIES[known.severity]])],
        recommendation=f"Use {package.fixed}" if package.fixed else None,
        affects=[BomTarget(ref=reference, versions=[affected])],
    )


def unique(packages: Iterable[Package]) -> list[Package]:
    """Each version once; what a manifest asks for goes before what only a lock file names."""
    order = {"runtime": 0, "build": 1, "development": 2, "locked": 3}
    found: dict[tuple[str, str, str], Package] = {}
    for each in sorted(packages, key=lambda one: order.get(one.use, 3)):
        found.setdefault((each.ecosystem, each.name, each.version), each)
    return list(found.values())
