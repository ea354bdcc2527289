"""Stories about data flow: source with what is expected drawn below the lines, and what the engine says of it.

A line of carets points at what enters a dangerous position, followed by the flow in short:
``# ^^^ host → shell``, guards behind a slash (``host → shell / choices, number``), more than one separated by ";".
Whatever is not drawn must not be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mcp_lsp import flow, read, syntax
from mcp_lsp_analyzers.code import Import
from mcp_lsp_analyzers.flow import Flow, Handler
from mcp_lsp_analyzers.scope import Module, Scope

PYTHON = 'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("story")\n'
TYPESCRIPT = (
    'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\nimport { z } from "zod";\n'
    'const server = new McpServer({ name: "story", version: "1.0.0" });\n'
)
_CARETS = re.compile(r"[^\S\n]*(?:#|//)[^\S\n]*(?P<carets>\^+)[^\S\n]*(?P<said>.*)")


class Files:
    """The other files of a story, by their names: what `Scope.follow` asks."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        self.modules = modules

    def find(self, uri: str, statement: Import) -> Module | None:
        name = statement.module.lstrip("./").removesuffix(".js").replace(".", "/")
        for ending in (".py", ".ts", ".js"):
            found = self.modules.get(f"file:///{name}{ending}")
            if found is not None:
                return found
        return None

    def current(self, uri: str) -> Module | None:
        return self.modules.get(uri)

    def beside(self, uri: str) -> Iterator[Module]:
        return (module for at, module in self.modules.items() if at != uri)


def module(uri: str, text: str) -> Module:
    return read.module(syntax.parse(syntax.Document(uri, text, syntax.language_of(uri) or "python")))


def handlers(text: str, language: str = "python", others: Mapping[str, str] | None = None) -> list[Handler]:
    """What the engine says of each tool, prompt and resource of a file."""
    uri = "file:///story.py" if language == "python" else "file:///story.ts"
    here = module(uri, text)
    modules = {f"file:///{name}": module(f"file:///{name}", other) for name, other in (others or {}).items()}
    files = Files({**modules, uri: here})
    found = []
    for server in read.servers(here, None, None, files).servers:
        for item in (*server.tools, *server.prompts, *server.resources):
            if item.function is not None:
                found.append(flow.handler(item, server, here, Scope(here, files)))
    return found


def check(source: str, language: str = "python", others: Mapping[str, str] | None = None) -> None:
    """The flows of a story are those drawn in it."""
    own = "FastMCP(" in source or "Server(" in source
    head = "" if own else PYTHON if language == "python" else TYPESCRIPT
    text, drawn = _without_carets(head + _dedented(source))
    found: dict[tuple[int, int], set[str]] = {}
    told = handlers(text, language, others)
    assert told, "no handler was found"
    for handler in told:
        for one in handler.flows:
            span = one.sink.place.span
            assert span is not None
            where = (span.start, span.end) if one.sink.place.uri.startswith("file:///story.") else (-1, -1)
            found.setdefault(where, set()).add(shown(one))
    assert found == drawn, _difference(found, drawn, text)


def shown(one: Flow) -> str:
    guards = ", ".join(dict.fromkeys(guard.kind for guard in one.guards))
    return f"{one.source.name} → {one.sink.kind}" + (f" / {guards}" if guards else "")


def _dedented(source: str) -> str:
    lines = source.strip("\n").split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[margin:] for line in lines) + "\n"


def _without_carets(source: str) -> tuple[str, dict[tuple[int, int], set[str]]]:
    kept: list[str] = []
    drawn: dict[tuple[int, int], set[str]] = {}
    start = 0
    for line in source.split("\n"):
        match = _CARETS.fullmatch(line)
        if match is None:
            start = sum(len(earlier) + 1 for earlier in kept)
            kept.append(line)
        else:
            first, last = match.span("carets")
            flows = {part.strip() for part in match["said"].split(";")}
            drawn.setdefault((start + first, start + last), set()).update(flows)
    return "\n".join(kept), drawn


def _difference(found: Mapping[tuple[int, int], set[str]], drawn: Mapping[tuple[int, int], set[str]], text: str) -> str:
    lines = []
    for where in sorted({*found, *drawn}):
        said, wanted = found.get(where, set()), drawn.get(where, set())
        if said != wanted:
            line = text.count("\n", 0, where[0]) + 1
            lines.append(f"line {line} {text[where[0] : where[1]]!r}: said {sorted(said)}, drawn {sorted(wanted)}")
    return "\n".join(lines)
