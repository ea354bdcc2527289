"""``mcp-lsp sbom``: what a project is made of, as a bill of materials."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from mcp_lsp import advisories, read, syntax, toml, whole
from mcp_lsp.check import Analysis
from mcp_lsp.project import files
from mcp_lsp.project.content import content
from mcp_lsp.project.files import File
from mcp_lsp.project.recorded import Recorded
from mcp_lsp.report.cyclonedx import NotInstalled, Package, Project, Server, render, unique
from mcp_lsp.settings import SettingsError
from mcp_lsp.syntax import Undecodable, decode, language_of

from .advising import LANGUAGES
from .arguments import Wrong
from .looking import Look, document

_LARGEST = 5_000_000


def sbom(arguments: argparse.Namespace) -> int:
    """Exit code 0 where something was listed, 1 where there is nothing, 2 where a file could not be read: a list with
    something missing would not say so."""
    look = Look(arguments.paths, os.getcwd())
    try:
        recorded = Recorded(look.show).read(file.path for file in look.files)
    except SettingsError as error:
        raise Wrong(str(error)) from None
    reader = _Reader(look, recorded)
    for file in look.files:
        try:
            reader.read(file)
        except files.Unreadable as error:
            raise Wrong(f"{look.show(file.path)}: {error}; nothing was written") from None
    if not reader.packages and not reader.servers:
        print("Nothing to list: no version of a package is known here, and no MCP server was found.")
        return 1
    name, version = _called(look.home)
    project = Project(name, version, unique(reader.packages), reader.servers, reader.looked_up)
    try:
        text = render(project, arguments.output_format)
    except NotInstalled as error:
        raise Wrong(str(error)) from None
    if not arguments.output_file:
        print(text, end="")
        return 0
    try:
        whole.write(arguments.output_file, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise Wrong(f"--output-file {arguments.output_file}: {error.strerror}") from None
    return 0


class _Reader:
    """What the files of a project hold, one after the other."""

    def __init__(self, look: Look, recorded: Recorded) -> None:
        self.packages: list[Package] = []
        self.servers: list[Server] = []
        self.looked_up = False
        self._look = look
        self._recorded = recorded

    def read(self, file: File) -> None:
        parsed = document(file)
        known = self._look.projects.dependencies(os.path.dirname(file.path))
        if language_of(file.path) in LANGUAGES:
            record = self._recorded.advisories(file.path)
            database = record.content if record is not None else advisories.Database()
            self.looked_up = self.looked_up or record is not None
            for each in advisories.held(Analysis(parsed, known, rules=()), known):
                (hit, *_) = [*advisories.vulnerable(database, iter([each])), None]
                told = (hit.known, hit.fixed) if hit is not None else ((), "")
                self.packages.append(Package(each.ecosystem, each.name, each.version, each.use, *told))
            return
        path = os.path.relpath(file.path, self._look.home).replace(os.sep, "/")
        for server in read.servers(read.module(syntax.parse(parsed)), known, None, self._look.index).servers:
            if server.tools or server.prompts or server.resources or server.constructed is not None:
                tools = tuple(dict.fromkeys(tool.name for tool in server.tools if tool.name))
                self.servers.append(Server(path, server.name, str(server.sdk), tools))


def _called(home: str) -> tuple[str, str]:
    """What the project calls itself; its folder's name where it does not say."""
    for name, load, at in (("pyproject.toml", toml.loads, "project"), ("package.json", json.loads, "")):
        try:
            whole: Any = load(decode(content(os.path.join(home, name), _LARGEST)))
        except (OSError, ValueError, Undecodable, RecursionError):
            continue
        table = whole.get(at) if at and isinstance(whole, dict) else whole
        if isinstance(table, dict) and isinstance(table.get("name"), str):
            version = table.get("version")
            return table["name"], version if isinstance(version, str) else ""
    return os.path.basename(home) or "project", ""
