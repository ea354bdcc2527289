"""What a decorator registers the function below it as: the SDK's own, a home-made one, one of another file."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Attr, Call, Expr, Name
from mcp_lsp_analyzers.scope import imported

from . import lowlevel
from .factories import Registered, marked, registered
from .given import given
from .recognise import own_method, server
from .scopes import Env
from .sdk import COMMON, STRANGERS, last, root, somebodys
from .values import class_of, resolve

KINDS = frozenset({"tool", "prompt", "resource"})
_OF_ENRICH = frozenset({"retrieve", "create", "update", "delete"})
"""What EnrichMCP calls tools, by what they do to its entities."""


def meant(decorator: Expr, env: Env) -> list[Registered]:
    """What one decorator registers the function below it as."""
    if isinstance(decorator, Name) and decorator.id not in COMMON:  # as_tool = mcp.tool(); @as_tool
        made, home = resolve(decorator, env)
        if isinstance(made, Call):
            return meant(made, home)
    callee = decorator.callee if isinstance(decorator, Call) else decorator
    if isinstance(callee, Attr):
        name = callee.name
        if name in _OF_ENRICH and root(env.dotted(callee.value) or "") == "enrichmcp":
            return [Registered("tool", given(decorator, env), somebodys("unknown"))]
        if name in KINDS or name in lowlevel.DECORATORS:
            ref = server(callee.value, env)
            if ref is not None and (name not in lowlevel.DECORATORS or isinstance(decorator, Call)):
                return [Registered(name, given(decorator, env, own_method(callee.value, env)), ref)]
    elif isinstance(callee, Name) and callee.id not in COMMON:
        known = env.find(callee.id)
        if known is not None and known.imported is not None:
            return _of_this_project(decorator, env) or _foreign(imported(known.imported), decorator, env)
    else:
        return []
    if isinstance(callee, Attr):
        origin = env.dotted(callee.value)
        if origin in COMMON:
            return []
        if origin is not None and "." in origin and class_of(callee.value, env) is None:
            return _of_this_project(decorator, env) or _foreign(f"{origin}.{callee.name}", decorator, env)
    return _of_this_project(decorator, env)


def _of_this_project(decorator: Expr, env: Env) -> list[Registered]:
    return registered(decorator, env) or marked(decorator, env)


def _foreign(origin: str, decorator: Expr, env: Env) -> list[Registered]:
    """A decorator of another file: one of the SDK, or one that by its name and arguments makes tools."""
    if origin in ("fastmcp.tools.tool", "fastmcp.prompts.prompt", "fastmcp.resources.resource"):
        ref = somebodys("fastmcp")
        return [Registered(last(origin), given(decorator, env), ref)]
    lower = last(origin).lower()
    kind = "tool" if "tool" in lower else "prompt" if "prompt" in lower else ""
    if not kind or root(origin) in STRANGERS:
        return []
    what = given(decorator, env)
    for i, where in enumerate(what.positional):  # @audited_tool(mcp, "name")
        found = server(*where)
        if found is not None:
            del what.positional[i]
            return [Registered(kind, what, found)]
    if "mcp" in lower and (env.file.about or env.file.in_project):
        return [Registered(kind, what, somebodys(env.file.family))]
    return []
