"""Which files an editor is asked to tell of: whatever decides how a document is judged, and no name of it forgotten."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import pytest

from mcp_lsp.lsp.projects import WATCHED, is_source
from mcp_lsp.project.configuration import FILES
from mcp_lsp.project.recorded import NAMES
from mcp_lsp.read.manifests import MANIFESTS, is_manifest

READ = sorted({*FILES, *NAMES, *MANIFESTS} - {"METADATA"})  # that one is of an installed package
REQUIREMENTS = ("requirements.txt", "dev-requirements.in", "requirements-dev.txt", "constraints.txt")


def watched(name: str) -> bool:
    """Whether a glob pattern of LSP that was registered names the file (``**/{a,b}``, no braces within braces)."""
    for pattern in WATCHED:
        before, inner, after = re.fullmatch(r"\*\*/(.*)\{(.*)\}(.*)", pattern).groups()  # type: ignore[union-attr]
        if any(fnmatchcase(name, f"{before}{one}{after}") for one in inner.split(",")):
            return True
    return False


@pytest.mark.parametrize("name", [*READ, *REQUIREMENTS, "tsconfig.base.json", "server.py", "server.mts"])
def test_what_decides_is_watched(name: str) -> None:
    assert watched(name)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_those_are_manifests(name: str) -> None:
    assert is_manifest(name)


def test_a_source_that_is_a_manifest_counts_for_all() -> None:
    assert is_source("file:///project/server.py")
    assert not is_source("file:///project/setup.py")
    assert not watched("README.md")
