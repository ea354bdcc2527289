"""Fixes of one call: written to standard error instead, another API called, more said to it."""

from __future__ import annotations

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call
from mcp_lsp_analyzers.fix import NAMED, Pass, Replace, SendToStderr

from .draft import Draft
from .imports import Imports
from .locate import Site, Source, walk

# Which keyword says where it prints.
_PRINTERS = {
    "print": "file", "builtins.print": "file", "pprint.pprint": "stream", "pprint.pp": "stream",
    "traceback.print_exc": "file", "traceback.print_stack": "file", "rich.print": "file",
}  # fmt: skip
_ECHOES = {"click.echo", "click.secho", "typer.echo", "typer.secho"}
_CONSOLE = {"log", "info", "debug"}


def send_to_stderr(recipe: SendToStderr, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.call)
    call = site.node(Call) if site else None
    if site is None or call is None:
        return False
    if not source.python:
        return _script_to_stderr(site, call, draft)
    for part in (call.callee, *(arg.value for arg in call.args)):
        for node in walk(part):
            if isinstance(node, code.Attr) and node.name in ("stdout", "__stdout__") and _is_sys(site, node.value):
                draft.replace(node.name_start + site.base, node.end + site.base, node.name.replace("out", "err"))
                return True
            if isinstance(node, code.Name) and source.scope.dotted(node) == "sys.stdout":
                stderr = imports.need("sys", "stderr", site)
                if stderr is None:
                    return False
                draft.replace(node.start + site.base, node.end + site.base, stderr)
                return True
    target = source.scope.dotted(call.callee) or ""
    if target == "os.write" and isinstance(first := call.positional(0), code.Const) and first.value == 1:
        draft.replace(first.start + site.base, first.end + site.base, "2")
        return True
    if target in _ECHOES:
        keywords = {"err": "True"}
    elif target in _PRINTERS:
        sys = imports.need("sys", None, site)
        if sys is None or call.keyword(_PRINTERS[target]) is not None:
            return False
        keywords = {_PRINTERS[target]: f"{sys}.stderr"}
    else:
        return False
    return edit_call(site, call, draft, keywords=keywords)


def _is_sys(site: Site, expr: code.Expr) -> bool:
    return site.source.scope.dotted(expr) == "sys" or site.text(expr) == "sys"


def _script_to_stderr(site: Site, call: Call, draft: Draft) -> bool:
    callee = call.callee
    if not isinstance(callee, code.Attr):
        return False
    base = site.source.scope.dotted(callee.value) or site.text(callee.value)
    if base in ("console", "globalThis.console", "global.console") and callee.name in _CONSOLE:
        draft.replace(callee.name_start + site.base, callee.end + site.base, "error")
        return True
    if base in ("process.stdout", "process().stdout"):
        inner = callee.value
        if isinstance(inner, code.Attr):
            draft.replace(inner.name_start + site.base, inner.end + site.base, "stderr")
            return True
    for arg in call.args:
        for node in walk(arg.value):
            if isinstance(node, code.Attr) and node.name == "stdout" and site.text(node.value) == "process":
                draft.replace(node.name_start + site.base, node.end + site.base, "stderr")
                return True
    return False


def replace(recipe: Replace, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.callee)
    callee = site.node(code.Attr, code.Name) if site else None
    if site is None or callee is None:
        return False
    call = next((n for n in reversed(site.path) if isinstance(n, Call) and n.callee is callee), None)
    name = _renamed(recipe, site, callee, imports)
    if name is None:
        return False
    if not recipe.drop:
        draft.replace(callee.start + site.base, callee.end + site.base, name)
        return True
    if call is None or not source.python:
        return False
    return edit_call(site, call, draft, callee=name, drop=recipe.drop)


def _renamed(recipe: Replace, site: Site, callee: code.Expr, imports: Imports) -> str | None:
    """The new callee as it is written here: the module's alias is kept, a name imported alone is imported alone."""
    if not recipe.module:
        return recipe.name
    last = recipe.name.removeprefix(f"{recipe.module}.")
    if isinstance(callee, code.Attr) and site.source.scope.dotted(callee.value) == recipe.module:
        return f"{site.text(callee.value)}.{last}"
    dotted = site.source.scope.dotted(callee) or ""
    if isinstance(callee, code.Name) and dotted.startswith(f"{recipe.module}."):
        return imports.need(recipe.module, last, site)
    if not site.source.python or recipe.alone:
        return imports.need(recipe.module, last, site)
    base = imports.need(recipe.module, None, site)
    return None if base is None else f"{base}.{last}"


def pass_keywords(recipe: Pass, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.call)
    call = site.node(Call) if site else None
    if site is None or call is None or not source.python:
        return False
    name = imports.need(recipe.module, recipe.name or None, site) if recipe.module else ""
    if name is None:
        return False
    return edit_call(site, call, draft, keywords={key: value.replace(NAMED, name) for key, value in recipe.keywords})


def edit_call(
    site: Site,
    call: Call,
    draft: Draft,
    *,
    callee: str | None = None,
    keywords: dict[str, str] | None = None,
    positional: dict[int, str] | None = None,
    drop: tuple[str, ...] = (),
) -> bool:
    """Change a Python call; False where its text is not one (half-typed)."""
    from mcp_lsp.syntax import rewrite  # loads libcst

    start, end = call.start + site.base, call.end + site.base
    new = rewrite.edited_call(site.text(call), callee=callee, keywords=keywords, positional=positional, drop=drop)
    if new is None:
        return False
    draft.replace(start, end, new)
    return True
