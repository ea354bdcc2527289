"""Which transports a file visibly starts its servers on."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Attr, Call, Name, Stmt, With

from .given import given
from .recognise import server
from .scopes import Env
from .sdk import Ref, last
from .values import text
from .walk import expressions

Started = tuple["Ref | None", frozenset[str]]

_WORDS = ("stdio", ".run", "_app(", "Transport", "StreamableHTTP", "run_")
_METHODS = {
    "run_stdio_async": "stdio", "run_sse_async": "sse", "run_streamable_http_async": "streamable-http",
    "run_http_async": "streamable-http", "sse_app": "sse", "streamable_http_app": "streamable-http",
    "http_app": "streamable-http",
}  # fmt: skip
_OTHERS = {
    "stdio_server": "stdio", "SseServerTransport": "sse", "StreamableHTTPSessionManager": "streamable-http",
    "StreamableHTTPServerTransport": "streamable-http",
}  # fmt: skip
_NAMES = {
    "stdio": "stdio", "sse": "sse", "http": "streamable-http", "streamable-http": "streamable-http",
    "streamable_http": "streamable-http",
}  # fmt: skip


def started(statement: Stmt, source: str, env: Env) -> list[Started]:
    """By a simple statement."""
    return _all(statement, env) if any(word in source for word in _WORDS) else []


def opened(statement: Stmt, source: str, env: Env) -> list[Started]:
    """By the head of a ``with``."""
    if not isinstance(statement, With) or not any(word in source for word in _WORDS):
        return []
    return [found for value, _ in statement.items for found in _all(value, env)]


def _all(node: object, env: Env) -> list[Started]:
    found: list[Started] = []
    for call, here in expressions(node, env):
        callee = call.callee
        if isinstance(callee, Attr):
            transport = _run(call, callee, here)
            if transport is not None:
                found.append(transport)
        name = last(here.dotted(callee) or "") if isinstance(callee, (Name, Attr)) else ""
        if name in _OTHERS:
            found.append((None, frozenset({_OTHERS[name]})))
        for arg in call.args:  # anyio.run(mcp.run_stdio_async)
            if isinstance(arg.value, Attr) and arg.value.name in _METHODS:
                ref = server(arg.value.value, here)
                if ref is not None:
                    found.append((ref, frozenset({_METHODS[arg.value.name]})))
    return found


def _run(call: Call, callee: Attr, env: Env) -> Started | None:
    if callee.name in _METHODS:
        ref = server(callee.value, env)
        if ref is None:
            return None
        transport = _said(call, env) if callee.name == "http_app" else None
        return ref, frozenset({transport or _METHODS[callee.name]})
    if callee.name in ("run", "run_async"):
        ref = server(callee.value, env)
        if ref is None or ref.api == "low":
            return None
        if not any(arg.name == "transport" or arg.name is None for arg in call.args):
            return ref, frozenset({"stdio"})
        transport = _said(call, env)
        return ref, frozenset({transport} if transport else ())
    return None


def _said(call: Call, env: Env) -> str | None:
    where = given(call, env).get("transport", 0)
    if where is None:
        return None
    said = text(where[0], where[1], "", "")
    return _NAMES.get(said.value) if said is not None else None
