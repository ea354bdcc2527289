"""Fixes of Python handlers as functions of an event loop: what is injected into them, and what they wait for."""

from __future__ import annotations

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call
from mcp_lsp_analyzers.fix import AnnotateParameter, RunInThread

from .draft import Draft
from .imports import Imports
from .locate import Source


def annotate_parameter(recipe: AnnotateParameter, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.parameter)
    param = site.node(code.Param) if site else None
    if site is None or param is None or not source.python or param.annotation is not None:
        return False
    name = imports.need(recipe.module, recipe.name)
    if name is None:
        return False
    draft.insert(param.target.end + site.base, f": {name}")
    return True


def run_in_thread(recipe: RunInThread, source: Source, draft: Draft, imports: Imports) -> bool:
    """``time.sleep(x)`` has a counterpart that waits by itself; anything else is handed to a thread."""
    site = source.at(recipe.call)
    call = site.node(Call) if site else None
    if site is None or call is None or not source.python:
        return False
    function = next(iter(site.functions), None)
    if function is None or not function.is_async:
        return False
    asyncio = imports.need("asyncio", None, site)
    if asyncio is None:
        return False
    start, end, base = call.start + site.base, call.end + site.base, site.base
    text = source.text
    opening = text.index("(", call.callee.end + base)
    if (source.scope.dotted(call.callee) or "") == "time.sleep":
        draft.replace(start, opening, f"await {asyncio}.sleep")
        return True
    inside = text[opening + 1 : end - 1]
    gap = inside[: len(inside) - len(inside.lstrip())]
    between = f",{gap or ' '}" if inside.strip() else ""
    above = site.path[: site.path.index(call)]
    # `f(x).text` becomes `(await …).text`
    tight = bool(above) and isinstance(above[-1], (code.Attr, code.Index, Call)) and not isinstance(above[-1], Call)
    lead, tail = ("(await ", ")") if tight else ("await ", "")
    moved = f"{lead}{asyncio}.to_thread({gap if between else ''}{site.text(call.callee)}{between}"
    draft.replace(start, opening + 1 + (len(gap) if between else 0), moved)
    draft.insert(end, tail)
    return True
