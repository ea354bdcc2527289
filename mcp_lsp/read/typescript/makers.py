"""What makes a server, what registers on one, and what starts one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import (
    Attr,
    Call,
    Class,
    Dict,
    Do,
    Expr,
    Function,
    Index,
    Lambda,
    Name,
    Param,
    Str,
    Unit,
    last_name,
)
from mcp_lsp_analyzers.model import Item
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Text
from mcp_lsp_analyzers.record import dataclass

from .bodies import returns
from .definitions import Maker, Parts
from .sight import At, Where, origin
from .texts import text

if TYPE_CHECKING:
    from .walk import Walk

SERVERS = frozenset((
    "McpServer", "MCPServer", "FastMCP", "EdgeFastMCP", "LiteMCP", "McpServerBuilder", "FirecrawlMCP", "MockMcpServer",
    "MCPServerBuilder", "PaidMcpServer", "Muppet", "XMcpServer",
))  # fmt: skip
TRANSPORTS = {
    "StdioServerTransport": "stdio",
    "StreamableHTTPServerTransport": "streamable-http",
    "NodeStreamableHTTPServerTransport": "streamable-http",
    "WebStandardStreamableHTTPServerTransport": "streamable-http",
    "StreamableHTTPTransport": "streamable-http",
    "SSEServerTransport": "sse",
    "SSETransport": "sse",
}
MAKERS = {
    "createMcpHandler": "streamable-http",
    "serveStdio": "stdio",
    "createSdkMcpServer": "",
    "createMcpServer": "",
    "createPaidMcpHandler": "streamable-http",
    "experimental_createMcpHandler": "streamable-http",
    "createLegacyMcpHandler": "streamable-http",
}
STARTED = {"stdio": "stdio", "sse": "sse", "httpStream": "streamable-http", "http-stream": "streamable-http",
           "http": "streamable-http", "streamable-http": "streamable-http"}  # fmt: skip
OFFICIAL = pattern(r"modelcontextprotocol|/server/(?:mcp|index)(?:\.js)?:")
SERVERISH = pattern(r"server|mcp|^srv$|registrar|^app$|^s$|^tasks$", re.I)


@dataclass(slots=True, eq=False)
class Made:
    """A server that is made (``call``: by which call, or ``cls``: as which class), or a transport that is started."""

    unit: Unit
    call: Call | None = None
    cls: Class | None = None
    name: str = ""
    instructions: Text | None = None
    source: str = ""  # where the maker comes from: "@modelcontextprotocol/sdk/server/mcp.js:McpServer"
    low: bool = False
    transport: str = ""
    deferred: bool = False  # in a function: only once that is called

    @property
    def key(self) -> object:
        return self.call if self.call is not None else self.cls


# ---------------------------------------------------------------- servers


def _transport(walk: Walk, kind: str) -> Made:
    return Made(walk.unit, transport=kind, deferred=walk.function is not None)


def constructed(walk: Walk, node: Call) -> Made | None:
    """``new McpServer({ name, version }, { instructions })``, ``new StdioServerTransport()``."""
    callee = node.callee
    word = _word(walk, callee)
    if word in TRANSPORTS:
        return _transport(walk, TRANSPORTS[word])
    if not (word in SERVERS or word == "Server" or word.lower().endswith(("mcpserver", "fastmcp"))):
        return None
    source = origin(walk.sight, At(callee, walk.where))
    if word == "Server" and "mcp" not in source.lower() and not OFFICIAL.search(source):
        return None
    if walk.about.client and not walk.about.sure and not source.startswith((".", "/")):
        return None
    if source == last_name(callee) and not walk.about.likely:
        return None
    known = walk.sight.resolve(At(callee, walk.where))
    if known is not None and isinstance(known.node, Class) and not known.node.bases:
        return None  # a class of this file that only has the name
    return server(walk, node, source, word == "Server")


def _word(walk: Walk, callee: Expr) -> str:
    """What a class or function is called where it comes from: ``import { McpServer as Notes }``."""
    word = last_name(callee)
    if walk.about.renamed and isinstance(callee, Name):
        return dict(walk.about.renamed).get(word, word)
    return word


def server(walk: Walk, node: Call, source: str, low: bool = False) -> Made:
    """The name and the instructions that a constructor is given."""
    sight, uri = walk.sight, walk.maker.uri
    made = Made(walk.unit, node, None, source=source, low=low)
    for arg in node.args[:3]:
        given = sight.resolve(At(arg.value, walk.where))
        if given is None:
            continue
        if isinstance(given.node, Str) and not made.name:
            made.name = given.node.value
        if not isinstance(given.node, Dict):
            continue
        info = sight.resolve(sight.entry(given, "serverInfo")) or given
        for key in ("name", "serverName"):
            name = sight.entry(info, key) if isinstance(info.node, Dict) else None
            if name is not None and not made.name:
                known = text(sight, uri, "/serverInfo/name", "server name", name)
                made.name = known.value if known is not None else ""
        instructions = sight.entry(given, "instructions")
        if instructions is not None and made.instructions is None:
            made.instructions = walk.maker.text(instructions, "/instructions", "server instructions")
    return made


def derived(walk: Walk, cls: Class) -> Made | None:
    """``class X extends McpServer``, whose constructor hands name and version on by ``super``."""
    for base in cls.bases:
        source = origin(walk.sight, At(base, walk.where))
        word = source.replace(":", ".").rsplit(".", 1)[-1]
        if word == "McpAgent" and source.startswith("agents"):  # a worker, which has no standard output
            return _transport(walk, "streamable-http")
        if word not in SERVERS and not (word == "Server" and OFFICIAL.search(source)):
            continue
        for method in cls.methods():
            if method.name != "constructor":
                continue
            for s in method.body:
                if isinstance(s, Do) and isinstance(s.value, Call) and isinstance(s.value.callee, Name):
                    if s.value.callee.id == "super":
                        before, walk.function = walk.function, method
                        made = server(walk, s.value, source, word == "Server")
                        walk.function = before
                        made.call, made.cls = None, cls
                        return made
        return Made(walk.unit, None, cls, source=source, low=word == "Server")
    return None


def called(walk: Walk, node: Call, callee: Name) -> Made | None:
    """``createMcpHandler((server) => …)``, ``serveStdio(factory)``, ``createSdkMcpServer({ name, tools })``."""
    word = _word(walk, callee)
    if word not in MAKERS:
        return None
    source = origin(walk.sight, At(callee, walk.where))
    if source == callee.id and not walk.about.likely:
        return None
    known = walk.sight.resolve(At(callee, walk.where))
    if known is not None and isinstance(known.node, Function):
        return None
    transport = MAKERS[word]
    first = walk.sight.function(At(node.args[0].value, walk.where)) if node.args else None
    given = first.node if first is not None and isinstance(first.node, Function) else None
    if transport and (given is None or not given.params or "@modelcontextprotocol" in source or returns(given)):
        return _transport(walk, transport)  # it is given what makes the server
    made = server(walk, node, source)
    made.transport = transport
    return made


def started(walk: Walk, node: Call, callee: Attr) -> Made | None:
    """``server.start({ transportType: "stdio" })``, ``McpAgent.serve("/mcp")``."""
    word = callee.name
    if word == "start" and node.args and isinstance(node.args[0].value, Dict):
        kind = walk.sight.entry(At(node.args[0].value, walk.where), "transportType")
        value = walk.sight.constant(kind) if kind is not None else None
        if isinstance(value, str) and value in STARTED:
            return _transport(walk, STARTED[value])
    if word in ("serve", "serveSSE", "mount") and node.args and isinstance(node.args[0].value, Str):
        if isinstance(callee.value, Name) and "mcp" in callee.value.id.lower():
            return _transport(walk, "sse" if word != "serve" else "streamable-http")
    if word == "createLinkedPair":
        return _transport(walk, "memory")
    if word in ("createMcpHandler", "serveStdio"):
        return _transport(walk, MAKERS[word])
    return None


# ---------------------------------------------------------------- receivers


def receiver(walk: Walk, value: Expr) -> object:
    """What makes the server that something is registered on: the `Call` or `Class`, or ``None`` where not known."""
    at: At | None = At(value, walk.where)
    for _ in range(8):
        known = walk.sight.resolve(at)
        if known is None:
            return None
        node = known.node
        if isinstance(node, Name) and node.id in ("self", "super"):
            return inside.class_around(walk.function) or walk.cls
        if isinstance(node, Attr) and node.name in ("server", "experimental", "tasks"):
            at = At(node.value, known.where)
            continue
        if isinstance(node, Attr):
            return None
        if isinstance(node, Param):
            return _given(node, known.where.function)
        if isinstance(node, Class):
            return node
        if not isinstance(node, Call):
            return None
        if node.new:
            callee = walk.sight.resolve(At(node.callee, known.where))
            if callee is not None and isinstance(callee.node, Class) and callee.node.bases:
                return callee.node
            return node
        if isinstance(node.callee, Name) and _word(walk, node.callee) in MAKERS:
            return node
        given = walk.sight.returned(known)
        if given:
            at = given[0]
            continue
        if isinstance(node.callee, Attr):  # server.tool(...).tool(...)
            at = At(node.callee.value, known.where)
            continue
        return None
    return None


def _given(param: Param, function: Function | None) -> object:
    """A server that a function of this file is given: known by its callers (`Passed`)."""
    while function is not None:
        for i, one in enumerate(function.params):
            if one is param:
                return (function.name, i) if function.name else None
        function = function.parent
    return None


@dataclass(slots=True, eq=False)
class Passed:
    """A function of this file is called with a server."""

    function: str
    index: int
    receiver: object


def passed(walk: Walk, node: Call) -> Iterator[Passed]:
    callee = node.callee
    word = last_name(callee)
    for i, arg in enumerate(node.args[:4]):
        value = arg.value
        label = last_name(value)
        if SERVERISH.search(label):
            made = receiver(walk, value)
            if made is not None:
                yield Passed(word, i, made)


def is_server(walk: Walk, value: Expr, made: object) -> bool:
    """Whether it is plausible that something is registered on an MCP server here."""
    if isinstance(made, Call):
        return True
    if isinstance(made, tuple):
        made = None
    if isinstance(made, Class):
        return bool(made.bases) and walk.about.likely
    source = origin(walk.sight, At(value, walk.where))
    if source.startswith("vscode"):
        return False
    known = walk.sight.resolve(At(value, walk.where))
    annotation = ""
    if known is not None and isinstance(known.node, Param):
        annotation = _annotated(known.node.annotation)
        if "Mcp" in annotation or "MCP" in annotation:
            return True
        if annotation and annotation not in ("Server", "any", "unknown"):
            return walk.about.sure and bool(SERVERISH.search(annotation))
    if not walk.about.likely:
        return False
    word = last_name(value)
    if isinstance(value, Call):
        return is_server(walk, value.callee, None)
    return bool(SERVERISH.search(word)) or (word == "self" and walk.about.sure)


def is_written_tool(walk: Walk, node: Call) -> bool:
    """``context.registerTool("name", { description, … }, async () => …)``: a tool, on whatever it is registered."""
    values = [arg.value for arg in node.args if not arg.spread]
    if last_name(node.callee) != "registerTool" or len(values) != 3 or not walk.about.likely or walk.about.client:
        return False
    name, told, run = values
    keys = {pair.key.value for pair in told.pairs if isinstance(pair.key, Str)} if isinstance(told, Dict) else set()
    return isinstance(name, Str) and "description" in keys and isinstance(run, Lambda)


def is_called_server(name: str, param: Param | None) -> bool:
    """Whether what a function of another file registers on is an MCP server, by its name or its type there."""
    annotation = _annotated(param.annotation) if param is not None else ""
    return "mcp" in annotation.lower() or (annotation in ("", "any", "Server") and bool(SERVERISH.search(name)))


def _annotated(annotation: Expr | None) -> str:
    if isinstance(annotation, Name):
        return annotation.id
    if isinstance(annotation, Attr):
        return annotation.name
    if isinstance(annotation, Index):
        return _annotated(annotation.value)
    return ""


def item(maker: Maker, kind: str, parts: Parts) -> Item:
    """``kind``: "tool", "prompt", "resource" or "resourcetemplate"."""
    if kind == "tool":
        return maker.tool(parts)
    return maker.prompt(parts) if kind == "prompt" else maker.resource(parts, "args")


__all__ = [
    "Made",
    "Passed",
    "Where",
    "called",
    "constructed",
    "derived",
    "is_server",
    "receiver",
    "started",
]
