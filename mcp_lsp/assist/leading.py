"""Where one part of a declaration leads to another: a listed tool to the branch that answers for it, a variable of a
URI template to the parameter that receives it, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcp_lsp_analyzers.code import Case, Compare, Function, Match, Name, Str, Unit
from mcp_lsp_analyzers.model import Resource, Server, Tool
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.walk import sites

VARIABLE = pattern(r"(?<=[{,+#./;?&])([\w.-]+)(?=[^{}]*\})")  # of a URI template (RFC 6570)


def leads(servers: Iterable[Server], uri: str, offset: int) -> list[Place]:
    """The other ends of what stands at an offset of a file."""
    found: list[Place] = []
    for server in servers:
        for one, other in _links(server):
            for here, there in ((one, other), (other, one)):
                span = here.span
                if here.uri == uri and span is not None and span.start <= offset <= span.end and there not in found:
                    found.append(there)
    return found


def _links(server: Server) -> Iterator[tuple[Place, Place]]:
    for tool in server.tools:
        if tool.branch and tool.function is not None:
            for branch in branches(tool, tool.function):
                if branch != tool.place:
                    yield tool.place, branch
    for resource in server.resources:
        if resource.function is not None:
            yield from _variables(resource, resource.function)


def branches(tool: Tool, function: Function) -> Iterator[Place]:
    """The literals with which the shared handler tells this tool from the others."""
    uri = tool.place.uri if tool.home is None else tool.home.uri
    for site in sites(function.body, function.unit, function, kinds={Compare, Match}):
        node = site.node
        if isinstance(node, Compare):
            sides = (node.left, node.right) if node.op in ("==", "!=", "is") else ()
            named = [side for side in sides if isinstance(side, Str)]
        else:
            assert isinstance(node, Match)
            named = [p for case in node.cases if isinstance(case, Case) for p in case.patterns if isinstance(p, Str)]
        for literal in named:
            if literal.value in tool.branch:
                yield _place(uri, tool.place.pointer, site.unit, literal.start, literal.end)


def _variables(resource: Resource, function: Function) -> Iterator[tuple[Place, Place]]:
    uri = resource.place.uri if resource.home is None else resource.home.uri
    received = {variable: inner for inner, variable in resource.arguments}
    for match in VARIABLE.finditer(resource.uri.value):
        inner = received.get(match[1])
        place = resource.uri.at(match.start(1), match.end(1))
        for param in function.params if inner is not None else ():
            for site in sites(param.target, function.unit, function, kinds={Name}):
                node = site.node
                if isinstance(node, Name) and node.id == inner:
                    yield place, _place(uri, place.pointer, site.unit, node.start, node.end)


def _place(uri: str, pointer: str, unit: Unit, start: int, end: int) -> Place:
    return Place(uri, pointer, Span(start, end), unit.anchor)
