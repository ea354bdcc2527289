"""The TypeScript SDKs that shapes are listed with: their packages, and the listings recorded from them.

To record anew: write ``lines(listed(name, file))`` into ``recorded``; the slow test says where they differ.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from mcp_lsp import read, syntax
from mcp_lsp.predict import Listing, Sources, listing
from mcp_lsp.read.manifests import Dependencies, Version
from mcp_lsp_analyzers.code import Import
from mcp_lsp_analyzers.scope import Module
from tests.alone import alone

HERE = Path(__file__).parent
SHAPES = HERE / "shapes"
KINDS = ("tools", "prompts", "resources", "resourceTemplates")
_LONGEST = 1200.0  # seconds until a program that hangs is ended


class Install(NamedTuple):
    """One SDK with one zod. ``module``: what is imported from; ``transport``: where its in-memory transport is."""

    packages: dict[str, str]
    module: str
    transport: str
    files: tuple[str, ...]
    lister: str = "list"

    @property
    def dependencies(self) -> Dependencies:
        found = {
            name: Version(int(text.split(".")[0]), text, "package-lock.json") for name, text in self.packages.items()
        }
        return Dependencies({}, found)


ONE, TWO, FAST = "@modelcontextprotocol/sdk", "@modelcontextprotocol/server", "fastmcp"
INSTALLS = {
    "sdk1-zod3": Install(
        {ONE: "1.32.2", "zod": "3.25.76"},
        f"{ONE}/server/mcp.js",
        f"{ONE}/inMemory.js",
        ("both", "zod3", "sdk1", "unseen", "fresh", "fresh3"),
    ),
    "sdk1-zod4": Install(
        {ONE: "1.32.2", "zod": "4.6.7"},
        f"{ONE}/server/mcp.js",
        f"{ONE}/inMemory.js",
        ("both", "zod4", "sdk1", "unseen", "unseen4", "fresh", "fresh4"),
    ),
    "sdk1-zod4-early": Install(
        {ONE: "1.25.1", "zod": "4.1.13"},
        f"{ONE}/server/mcp.js",
        f"{ONE}/inMemory.js",
        ("both", "sdk1", "unseen", "unseen4", "fresh"),
    ),
    "sdk1-zod43": Install(
        {ONE: "1.24.3", "zod": "4.3.6"},
        f"{ONE}/server/mcp.js",
        f"{ONE}/inMemory.js",
        ("both", "zod4", "unseen", "unseen4", "fresh"),
    ),
    "sdk1-early": Install(
        {ONE: "1.18.2", "zod": "3.25.76"}, f"{ONE}/server/mcp.js", f"{ONE}/inMemory.js", ("sdk1-early",)
    ),
    "fastmcp3": Install({FAST: "3.35.0", "zod": "3.25.76"}, FAST, FAST, ("fastmcp",), "list-fastmcp"),
    "fastmcp4": Install({FAST: "4.20.16", "zod": "4.6.7"}, FAST, FAST, ("fastmcp",), "list-fastmcp"),
    "sdk2": Install(
        {TWO: "2.4.0", "zod": "4.6.7"},
        TWO,
        TWO,
        ("both", "zod4", "sdk2", "unseen", "unseen4", "fresh", "fresh4"),
    ),
}


def source(path: Path, install: Install) -> str:
    """A file of shapes as it is written for one SDK."""
    text = path.read_text("utf-8").replace('"SDK"', f'"{install.module}"').replace('"ZOD"', '"zod"')
    return text.replace('"TRANSPORT"', f'"{install.transport}"')


class Files:
    """The shapes as a project in memory."""

    def __init__(self, install: Install) -> None:
        self.modules = {path.name: self._read(path, install) for path in SHAPES.glob("*.mjs")}

    def _read(self, path: Path, install: Install) -> Module:
        document = syntax.Document(f"file:///shapes/{path.name}", source(path, install), "javascript")
        return read.module(syntax.parse(document))

    def find(self, uri: str, statement: Import) -> Module | None:
        return self.modules.get(statement.module.removeprefix("./"))

    def current(self, uri: str) -> Module | None:
        return self.modules.get(uri.rpartition("/")[2])

    def beside(self, uri: str) -> tuple[Module, ...]:
        return ()


def predicted(install: Install, file: str) -> Listing:
    files = Files(install)
    (server,) = read.servers(files.modules[f"{file}.mjs"], install.dependencies, None, files).servers
    return listing(server, Sources(install.dependencies, files))


def recorded(name: str, file: str) -> dict[str, list[dict[str, Any]]]:
    found = json.loads((HERE / "recorded" / f"{name}.{file}.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def listed(name: str, file: str) -> dict[str, list[dict[str, Any]]]:
    """What the real SDK lists of a file of shapes."""
    install = INSTALLS[name]
    folder = installed(name)
    with alone(folder):  # what one writes there another reads
        for path in (*SHAPES.glob("*.mjs"), HERE / f"{install.lister}.mjs"):
            (folder / path.name).write_text(source(path, install), "utf-8")
        done = subprocess.run(
            ["node", f"{install.lister}.mjs", f"{file}.mjs"],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=True,
        )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@functools.cache
def installed(name: str) -> Path:
    """The folder in which the packages of an SDK are installed, kept from run to run."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path(tempfile.gettempdir()))
    folder = cache / "mcp-lsp-sdks" / name
    packages = INSTALLS[name].packages
    manifest = json.dumps({"private": True, "type": "module", "dependencies": packages})
    done = folder / "done.json"
    with alone(folder):
        if not done.exists() or done.read_text("utf-8") != manifest:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "package.json").write_text(manifest, "utf-8")
            command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
            subprocess.run(command, cwd=folder, capture_output=True, timeout=_LONGEST, check=True)
            done.write_text(manifest, "utf-8")
    return folder


def lines(found: dict[str, list[dict[str, Any]]]) -> str:
    """A listing with an entry on each line, so that a difference is one of lines."""
    kinds = []
    for kind in KINDS:
        entries = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in found[kind])
        kinds.append(f"{json.dumps(kind)}: [{entries and chr(10)}{entries}{entries and chr(10)}]")
    return "{" + ",\n".join(kinds) + "}\n"
