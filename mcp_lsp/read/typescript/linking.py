"""A tool's definition and, beside it in the same file, the function that does the work: ``execSchema``, ``execInPod``.

Such files are common where one file lists all tools and calls them. What connects the two is in another file; here it
is known by the function's name, or by the arguments it takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mcp_lsp_analyzers.bindings import bindings
from mcp_lsp_analyzers.code import Binary, Default, Dict, Expr, Function, Lambda, Param, Str
from mcp_lsp_analyzers.model import Tool
from mcp_lsp_analyzers.scope import Module

from .definitions import arguments, received

AROUND = ("handle", "run", "execute", "call", "perform", "process", "do")
BEHIND = ("handler", "tool", "toolhandler", "impl", "callback", "action", "command")


def functions(module: Module) -> list[tuple[str, Function]]:
    """The functions of a file with the names they go by."""
    found = []
    for unit in module.units:
        for name, binding in bindings(unit).items():
            if binding.function is not None:
                found.append((name, binding.function))
            elif isinstance(binding.value, Lambda) and not binding.path:
                found.append((name, binding.value.function))
    return found


def worker(tool: Tool, known: Iterable[tuple[str, Function]]) -> tuple[Function, tuple[tuple[str, str], ...]] | None:
    """The one function that can be meant, and how it receives the tool's arguments."""
    named, taking = [], []
    names = {parameter.name for parameter in tool.parameters}
    needed = {parameter.name for parameter in tool.parameters if parameter.required}
    for name, function in known:
        fits = next((p for p in function.params if _fits(p, names, needed)), None) if len(names) > 1 else None
        if _means(name, tool.name):
            named.append((function, fits))
        elif fits is not None:
            taking.append((function, fits))
    chosen = named if len(named) == 1 else taking if not named and len(taking) == 1 else []
    if not chosen:
        return None
    function, param = chosen[0]
    if not function.params:
        return (function, ())
    return function, received(param) if param is not None else arguments(function)


def _means(function: str, tool: str) -> bool:
    a, b = _plain(function), _plain(tool)
    if a == b:
        return len(b) > 2
    return any(a == word + b or a == word + b + "tool" for word in AROUND) or any(a == b + word for word in BEHIND)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _fits(param: Param, names: set[str], needed: set[str]) -> bool:
    keys = _keys(param.target) or _keys(param.annotation)
    return bool(keys) and keys <= names and needed <= keys


def _keys(node: Expr | None) -> set[str]:
    if isinstance(node, Default):
        return _keys(node.target)
    if isinstance(node, Binary) and node.op == "|":
        return _keys(node.left)
    if isinstance(node, Dict):
        return {pair.key.value for pair in node.pairs if isinstance(pair.key, Str)}
    return set()
