"""What of an exception the model gets to see."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..code import Stmt, Unit
from ..fix import Fix, Replace
from ..flow import Handler
from ..rule import Finding, Severity, rule

_BUILTIN = frozenset({"ValueError", "RuntimeError", "Exception", "TypeError", "KeyError", "FileNotFoundError",
                      "PermissionError", "LookupError", "OSError", "IOError", "NotImplementedError", "IndexError",
                      "TimeoutError", "ConnectionError"})  # fmt: skip


@rule(
    "MCP113",
    severity=Severity.INFORMATION,
    references=("CWE-544",),
    bad='''
    from mcp.server import MCPServer

    mcp = MCPServer("weather")


    @mcp.tool()
    def temperature(city: str) -> str:
        """Temperature of a city."""
        if city != "Berlin":
            raise ValueError(f"no such city: {city}")
    #             ^^^^^^^^^^ the model does not see this text: mcp 2 shows that of a `ToolError` only
        return "3 degrees"
    ''',
    good='''
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError

    mcp = MCPServer("weather")


    @mcp.tool()
    def temperature(city: str) -> str:
        """Temperature of a city."""
        if city != "Berlin":
            raise ToolError(f"no such city: {city}")
        return "3 degrees"
    ''',
)
def hidden_exception_text(handler: Handler) -> Iterator[Finding]:
    """The text of an exception is written for the model, which never gets it.

    Since version 2.1 the official Python SDK tells a model "Error executing tool X" and no more, unless the exception
    is a `ToolError`. What was wrong with the arguments, and what to try instead, stays in the server's log, and the
    model tries the same again. (Version 1 and fastmcp show the text.)

    Raise `ToolError` for what the model should read.
    """
    sdk = handler.server.sdk
    if handler.tool is None or sdk.family != "mcp" or sdk.major != 2 or sdk.api != "high":
        return
    if sdk.version is not None and sdk.version < (2, 1):
        return
    function = handler.function
    for statement, unit in _raised(function.body, function.unit):
        call = statement.value
        if not isinstance(call, code.Call) or not isinstance(call.callee, code.Name) or not call.args:
            continue
        if call.callee.id not in _BUILTIN or not isinstance(call.args[0].value, (code.Str, code.Join, code.Binary)):
            continue
        place = unit.place(handler.place.uri, handler.place.pointer, call.callee)
        yield Finding(
            place,
            "the model does not see this text: mcp 2 shows that of a `ToolError` only",
            fix=Fix("Raise a ToolError", Replace(place, "ToolError", "mcp.server.mcpserver.exceptions", alone=True)),
        )


def _raised(statements: list[Stmt], unit: Unit) -> Iterator[tuple[code.Raise, Unit]]:
    """What leaves the function: not what a ``try`` around it catches."""
    for s in statements:
        if isinstance(s, code.Raise):
            yield s, unit
        elif isinstance(s, code.If):
            yield from _raised(s.then, unit)
            yield from _raised(s.otherwise, unit)
        elif isinstance(s, (code.With, code.Block, code.Loop)):
            yield from _raised(s.body, unit)
        elif isinstance(s, code.Match):
            for case in s.cases:
                yield from _raised(case.body, unit)
        elif isinstance(s, code.Nested):
            yield from _raised(s.unit.statements, s.unit)
        elif isinstance(s, code.Try):
            if not s.catches:
                yield from _raised(s.body, unit)
            for catch in s.catches:
                yield from _raised(catch.body, unit)
