"""What a project calls itself, by its own manifests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from mcp_lsp_analyzers.identifier import names_mcp
from mcp_lsp_analyzers.record import NamedTuple

from .. import toml


class Own(NamedTuple):
    """``file``: the name of the manifest. ``registered``: the project's name in the MCP registry (npm: ``mcpName``).
    ``starts``: the files that its programs begin with, as paths from the manifest, some of which may not be there."""

    file: str
    name: str
    version: str
    registered: str = ""
    starts: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()

    @property
    def mcp(self) -> bool:
        """Whether the project has to do with MCP by what it is called or found under."""
        words = (word.replace("-", "").replace(" ", "") for word in self.keywords)
        return bool(self.registered) or any(map(names_mcp, (self.name, *words)))


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
        if any(words) and not _holds_others(said):
            yield Own(name, words[0], words[1], words[2], tuple(_starts(said)), tuple(_keywords(said)))


def _keywords(said: Mapping[str, object]) -> Iterator[str]:
    listed = said.get("keywords")
    yield from (word for word in listed if isinstance(word, str)) if isinstance(listed, list) else ()


def _holds_others(said: Mapping[str, object]) -> bool:
    """Whether a manifest only holds the packages of a project together: nothing of its own starts or is imported, and
    what is published, and its version, stands in one of them."""
    return "workspaces" in said and not any(key in said for key in ("bin", "main", "module", "exports"))


def _starts(said: Mapping[str, object]) -> Iterator[str]:
    scripts, programs = said.get("scripts"), said.get("bin")
    if "bin" in said or "main" in said:  # package.json, whose scripts are commands
        yield from (
            programs.values() if isinstance(programs, dict) else [programs] if isinstance(programs, str) else []
        )
        if isinstance(said.get("main"), str):
            yield str(said["main"])
        return
    for value in scripts.values() if isinstance(scripts, dict) else ():
        module = str(value).partition(":")[0].strip().replace(".", "/")
        yield from (f"{root}{module}{end}" for root in ("", "src/") for end in (".py", "/__init__.py"))
