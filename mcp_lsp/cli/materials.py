"""``mcp-lsp sbom``: what a project is made of, as a bill of materials."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from mcp_lsp import advisories, read, syntax, toml
from mcp_lsp.check import Analysis
from mcp_lsp.project import files, run
from mcp_lsp.project.configuration import Configuration
from mcp_lsp.project.content import content
from mcp_lsp.project.dependencies import Projects
from mcp_lsp.project.files import File
from mcp_lsp.project.index import Index
from mcp_lsp.project.recorded import Recorded
from mcp_lsp.report.cyclonedx import NotInstalled, Package, Project, Server, render, unique
from mcp_lsp.settings import Selection, SettingsError
from mcp_lsp.syntax import Undecodable, decode, language_of
from mcp_lsp.uri import from_path

from .advising import LANGUAGES
from .arguments import Wrong
from .checking import common, root

_LARGEST = 5_000_000


def sbom(arguments: argparse.Namespace) -> int:
    """Exit code 0 where something was listed, 1 where there is nothing, 2 where a file could not be read: a list with
    something missing would not say so."""
    folder = os.getcwd()
    paths: list[str] = arguments.paths or ["."]

    def show(path: str) -> str:
        return run.shown(path, folder)

    try:
        found = files.find(paths, Configuration(None, Selection(None, (), ()), show), folder)
        recorded = Recorded(show).read(file.path for file in found.files)
    except SettingsError as error:
        raise Wrong(str(error)) from None
    for path, reason in found.missing:
        raise Wrong(f"{show(path)}: {reason}")
    home = root(paths, folder)
    reader = _Reader(home, Projects(common(paths, folder)), Index(home), recorded)
    for file in found.files:
        try:
            reader.read(file)
        except files.Unreadable as error:
            raise Wrong(f"{show(file.path)}: {error}; nothing was written") from None
    if not reader.packages and not reader.servers:
        print("Nothing to list: no version of a package is known here, and no MCP server was found.")
        return 1
    name, version = _called(home)
    project = Project(name, version, unique(reader.packages), reader.servers, reader.looked_up)
    try:
        text = render(project, arguments.output_format)
    except NotInstalled as error:
        raise Wrong(str(error)) from None
    if not arguments.output_file:
        print(text, end="")
        return 0
    try:
        with open(arguments.output_file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            out.write(text)
    except OSError as error:
        raise Wrong(f"--output-file {arguments.output_file}: {error.strerror}") from None
    return 0


class _Reader:
    """What the files of a project hold, one after the other."""

    def __init__(self, home: str, projects: Projects, index: Index, recorded: Recorded) -> None:
        self.home = home
        self.packages: list[Package] = []
        self.servers: list[Server] = []
        self.looked_up = False
        self._projects = projects
        self._index = index
        self._recorded = recorded

    def read(self, file: File) -> None:
        language = language_of(file.path)
        _, text = files.read(file.path, file.settings.max_file_size)
        document = syntax.Document(from_path(file.path), text, language)
        known = self._projects.dependencies(os.path.dirname(file.path))
        if language in LANGUAGES:
            record = self._recorded.advisories(file.path)
            database = record.content if record is not None else advisories.Database()
            self.looked_up = self.looked_up or record is not None
            for each in advisories.held(Analysis(document, known, rules=()), known):
                (hit, *_) = [*advisories.vulnerable(database, iter([each])), None]
                told = (hit.known, hit.fixed) if hit is not None else ((), "")
                self.packages.append(Package(each.ecosystem, each.name, each.version, each.use, *told))
            return
        path = os.path.relpath(file.path, self.home).replace(os.sep, "/")
        for server in read.servers(read.module(syntax.parse(document)), known, None, self._index).servers:
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
