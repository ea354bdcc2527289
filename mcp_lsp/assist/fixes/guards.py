"""Fixes that refuse an argument: an allow-list that the author fills in, a value that begins with a dash.

An allow-list refuses everything until it is filled in, and says so.
"""

from __future__ import annotations

import itertools
import re

from mcp_lsp.flow.fetching import FOLLOW, options
from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.fix import AllowList, RefuseOption
from mcp_lsp_analyzers.inside import variables

from .calls import edit_call
from .draft import Draft
from .imports import Imports, extent
from .literals import Hole, quoted, written
from .locate import Site, Source, bound, line_end, step, walk
from .sdks import refusal

_WORDS = {
    "commands": "the commands this tool may run",
    "hosts": "the hosts this tool may reach",
    "expressions": "the expressions this tool may evaluate",
    "values": "the values this argument may have",
}


def allow_list(recipe: AllowList, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.at)
    statement = site.statement() if site else None
    if site is None or statement is None or not _known(site, recipe.name, statement):
        return False
    what = recipe.what if recipe.what in _WORDS else "values"
    names = constant(site, f"ALLOWED_{what.upper()}", recipe.name)
    words = _WORDS[what]
    tested = recipe.name
    if what == "hosts" and not _is_host(site, recipe.name):
        if source.python:
            parse = imports.need("urllib.parse", "urlsplit", site)
            tested = f"{parse}({recipe.name}).hostname"
            if parse is None:
                return False
        else:
            tested = f"new URL({recipe.name}).hostname"
    indent, end = site.indent(statement) or "", source.semicolon
    line = source.newline + indent
    noun = {"hosts": "host", "commands": "command", "expressions": "expression"}.get(what, "value")
    message = written(source, [Hole(recipe.name), f" is not an allowed {noun}"])
    if source.python:
        error = refusal(source, site, imports)
        declare(
            site,
            f"# Fill in {words}; until then every call is refused.{source.newline}"
            f"{names}: frozenset[str] = frozenset()",
            draft,
        )
        guard = f"if {tested} not in {names}:{line}{step(site)}raise {error}({message}){line}"
    else:
        typed = "<string>" if source.document.language in ("typescript", "tsx") else ""
        declare(
            site,
            f"// Fill in {words}; until then every call is refused.{source.newline}"
            f"const {names} = new Set{typed}([]){end}",
            draft,
        )
        guard = f"if (!{names}.has({tested})) {{{line}{step(site)}throw new Error({message}){end}{line}}}{line}"
    draft.insert(site.start_of(statement), guard)
    return what != "hosts" or _followed_no_further(site, draft)


def _followed_no_further(site: Site, draft: Draft) -> bool:
    """A request that follows redirects, because it is told to or its client is, follows none: they lead anywhere."""
    call = site.around(code.Call)
    if call is None:
        return True
    if (own := _followed(call)) is not None:
        refused = "error" if isinstance(own[1], code.Str) else ""
        new = quoted(site.source, refused) if refused else "False" if site.source.python else "false"
        draft.replace(own[1].start + site.base, own[1].end + site.base, new)
        return True
    client = call.callee.value if isinstance(call.callee, code.Attr) else None
    if not isinstance(client, code.Name) or not site.source.python or any(name in FOLLOW for name, _ in options(call)):
        return True
    for function in site.functions:
        for meaning in variables(function).get(client.id, ()):
            told = _followed(meaning.node) if isinstance(meaning.node, code.Call) else None
            if told is not None:
                return edit_call(site, call, draft, keywords={told[0]: "False"})
    return True


def _followed(call: code.Call) -> tuple[str, code.Expr] | None:
    """The option by which a call is told to follow redirects."""
    for name, value in options(call):
        if name in FOLLOW and (
            (isinstance(value, code.Const) and value.value is True)
            or (isinstance(value, code.Str) and value.value == "follow")
        ):
            return name, value
    return None


def refuse_option(recipe: RefuseOption, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.at)
    statement = site.statement() if site else None
    if site is None or statement is None or not _known(site, recipe.name, statement) or several(site, recipe.name):
        return False
    indent = site.indent(statement) or ""
    line = source.newline + indent
    message, dash = written(source, [Hole(recipe.name), " begins with a dash"]), quoted(source, "-")
    if source.python:
        empty = f"{recipe.name} and " if _may_be_none(site, recipe.name) else ""
        error = refusal(source, site, imports)
        guard = f"if {empty}{recipe.name}.startswith({dash}):{line}{step(site)}raise {error}({message}){line}"
    else:
        raised = f"throw new Error({message}){source.semicolon}"
        guard = f"if ({recipe.name}?.startsWith({dash})) {{{line}{step(site)}{raised}{line}}}{line}"
    draft.insert(site.start_of(statement), guard)
    return True


def _parameter(site: Site, name: str) -> code.Param | None:
    for function in site.functions:
        for param in function.params:
            if param.name == name:
                return param
    return None


def several(site: Site, name: str) -> bool:
    """Whether a parameter is declared as something else than a text."""
    param = _parameter(site, name)
    if param is None or param.annotation is None:
        return False
    text = site.source.text[param.annotation.start + site.base : param.annotation.end + site.base]
    return re.search(r"list|List|tuple|Tuple|Sequence|set|dict|\[\]|Array|Any\b", text) is not None


def _may_be_none(site: Site, name: str) -> bool:
    param = _parameter(site, name)
    return param is not None and isinstance(param.default, code.Const) and param.default.value is None


def _known(site: Site, name: str, statement: code.Stmt) -> bool:
    """Whether ``name`` can be used in front of a statement: its first word is a parameter or was assigned before."""
    root = re.match(r"[\w$]+", name)
    if root is None or not re.fullmatch(r"[\w$]+((\??\.[\w$]+)|\[(\"[^\"]*\"|'[^']*'|\d+)\])*!?", name):
        return False
    word = "self" if root.group() == "this" else root.group()
    return not unbound(site, {word}, statement)


def unbound(site: Site, names: set[str], statement: code.Stmt) -> set[str]:
    """Those of some names that get their value only in the statement itself or behind it."""
    late = set()
    for function in site.functions[:1]:
        first: dict[str, int] = {}
        for node in walk(function):
            if isinstance(node, (code.Assign, code.Bind, code.Loop, code.Catch)) and node.target is not None:
                # A loop and a handler bind their names before their body, an assignment behind its value.
                at = node.end if isinstance(node, (code.Assign, code.Bind)) else node.start + 1
                for target in walk(node.target):
                    if isinstance(target, code.Name):
                        first[target.id] = min(at, first.get(target.id, at))
            elif isinstance(node, code.With):
                for _, target in node.items:
                    for part in walk(target) if target is not None else ():
                        if isinstance(part, code.Name):
                            first[part.id] = min(node.start + 1, first.get(part.id, node.start + 1))
        params = {n.id for p in function.params for n in walk(p.target) if isinstance(n, code.Name)}
        for name in names - params:
            if name in first and first[name] > statement.start:
                late.add(name)
    inside = site.path[site.path.index(statement) :]
    for node in inside:
        if isinstance(node, code.Lambda):
            own = {n.id for p in node.function.params for n in walk(p.target) if isinstance(n, code.Name)}
            late |= names & own
        elif isinstance(node, code.Comprehension):
            own = {n.id for target, _, _ in node.clauses for n in walk(target) if isinstance(n, code.Name)}
            late |= names & own
    return late


def constant(site: Site, name: str, argument: str) -> str:
    """A name for a new module constant."""
    word = re.sub(r"\W+", "_", argument.rpartition(".")[2]).strip("_").upper()
    taken = set(site.source.module.names) | {n for function in site.functions for n in bound(function)}
    for candidate in (name, f"{name}_FOR_{word}", *(f"{name}_{i}" for i in range(2, 100))):
        if candidate not in taken:
            return candidate
    return name


def declare(site: Site, declaration: str, draft: Draft) -> None:
    """Put a module constant in front of the declaration that needs it, and of the comment that belongs to it."""
    source = site.source
    newline = source.newline
    units = source.module.units
    at = units.index(site.unit)
    imports = [u for u in units[:at] if u.statements and all(isinstance(s, code.Import) for s in u.statements)]
    if imports:
        end = line_end(source.text, extent(imports[-1])[1])
        rest = source.text[end:].split(newline, 2)
        gap = newline if len(rest) > 1 and rest[1].strip() else ""
        draft.insert(end, f"{newline}{newline}{declaration}{gap}")
    else:
        start = site.unit.anchor.start
        at = start if start else extent(site.unit)[0]  # behind what stands at the very top of the file
        draft.insert(at, f"{declaration}{newline}{newline}")


def _is_host(site: Site, name: str) -> bool:
    """Whether the argument is put in where a URL has its host, so that it is a host itself and no URL."""
    for function in site.functions[:1]:
        for node in walk(function):
            if not isinstance(node, code.Join):
                continue
            for before, part in itertools.pairwise(node.parts):
                if isinstance(before, code.Str) and before.value.endswith("://") and site.text(part) == name:
                    return True
    return False
