"""What a project calls itself, by its own manifests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from mcp_lsp_analyzers.record import NamedTuple

from .. import toml


class Own(NamedTuple):
    """``file``: the name of the manifest. ``registered``: the project's name in the MCP registry (npm: ``mcpName``)."""

    file: str
    name: str
    version: str
    registered: str = ""


def own(files: Mapping[str, str]) -> Iterator[Own]:
    """The nearest manifest of each kind. What it does not say, or computes (a dynamic version), is ""."""
    seen: set[str] = set()
    for path, text in files.items():
        name = path.replace("\\", "/").rpartition("/")[2]
        if name not in ("package.json", "pyproject.toml") or name in seen or "node_modules" in path:
            continue
        seen.add(name)
        try:
            said = json.loads(text) if name == "package.json" else toml.loads(text).get("project", {})
            values = [said.get(key) for key in ("name", "version", "mcpName")]
        except (ValueError, AttributeError, TypeError, RecursionError):
            continue
        words = [value if isinstance(value, str) else "" for value in values]
        if any(words):
            yield Own(name, words[0], words[1], words[2])
