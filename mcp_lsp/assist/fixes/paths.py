"""Fixes of paths: one that is joined to a folder has to stay in it; for any other the author chooses a folder.

A folder that is made up refuses everything outside it until the author has chosen another, and says so.
"""

from __future__ import annotations

import itertools
import re

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Expr
from mcp_lsp_analyzers.fix import Confine
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import dataclass

from .draft import Draft
from .guards import constant, declare, several, unbound
from .imports import Imports
from .literals import Hole, parts, quoted, written
from .locate import Site, Source, assigned_once, bound, line_end, step, walk
from .sdks import refusal


def confine(recipe: Confine, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.value)
    statement = site.statement() if site else None
    value = site.node(*_EXPRESSIONS) if site else None
    if site is None or statement is None or value is None or not _movable(site, value, statement):
        return False
    found = _Found(site, statement, value, recipe.name, draft, imports)
    folder = _folder(site, value, recipe.name)
    if not source.python:
        return _in_script(found, folder)
    return _in_a_folder(found) if folder is None else _in_its_folder(found, folder)


@dataclass(frozen=True)
class _Found:
    """A path that enters a call: where, in which statement, and which argument chooses it."""

    site: Site
    statement: code.Stmt
    value: Expr
    argument: str
    draft: Draft
    imports: Imports

    def message(self, path: str) -> str:
        # Of a list of paths the one that is used is named.
        told = path if several(self.site, self.argument) else self.argument
        return written(self.site.source, [Hole(told), " is outside the allowed folder"])

    def line(self, of: code.Stmt) -> str:
        """What begins another line beside a statement."""
        return self.site.source.newline + (self.site.indent(of) or "")

    def check(self, text: str) -> None:
        """Write lines in front of the statement."""
        self.draft.insert(self.site.start_of(self.statement), text)

    def use(self, name: str) -> None:
        """Write a name in place of the path."""
        text, base = self.site.source.text, self.site.base
        start, end = self.value.start + base, self.value.end + base
        if text[end : end + 1] == ")" and re.search(r"(?<![\w)\]])\($", text[max(0, start - 2) : start]):
            start, end = start - 1, end + 1  # ``(root / name).read_text()``
        self.draft.replace(start, end, name)


# ---------------------------------------------------------------- Python


def _in_its_folder(found: _Found, folder: _Folder) -> bool:
    """The path is checked where it gets its name, in front of all that use it; one without a name gets one."""
    site, value = found.site, found.value
    path = "" if folder.path and folder.of_path else found.imports.need("pathlib", "Path", site)
    if path is None:
        return False
    made = assigned_once(site, value)
    name = site.text(value) if made is not None else _free(site, "path", "file_path", "wanted")
    located = name if folder.of_path else f"{path}({name})"
    if made is None or made.value is None or not site.text(made.value).endswith(".resolve()"):
        located += ".resolve()"
    root = folder.text if folder.path else f"{path}({folder.text})"
    refused = f"raise {refusal(site.source, site, found.imports)}({found.message(name)})"
    line = found.line(made or found.statement)
    guard = f"if not {located}.is_relative_to({root}.resolve()):{line}{step(site)}{refused}"
    if made is None:
        found.check(f"{name} = {site.text(value)}{line}{guard}{line}")
        found.use(name)
        return True
    text, end = site.source.text, made.end + site.base
    if site.indent(made) is None or not re.fullmatch(r"[ \t)]*(#.*)?", text[end : line_end(text, end)]):
        return False
    found.draft.insert(line_end(text, end), f"{line}{guard}")
    return True


def _in_a_folder(found: _Found) -> bool:
    site, value = found.site, found.value
    path = found.imports.need("pathlib", "Path", site)
    if path is None:
        return False
    root, newline = _root(found), site.source.newline
    made = f"# {_CHOOSE}{newline}{root} = {path}({quoted(site.source, 'data')}).resolve()"
    if root != _chosen(site):
        declare(site, made, found.draft)
    resolved, line = _free(site, "resolved", "resolved_path", "confined", "confined_path"), found.line(found.statement)
    text = f"({site.text(value)})" if isinstance(value, (code.Binary, code.Logic, code.Choice)) else site.text(value)
    refused = f"raise {refusal(site.source, site, found.imports)}({found.message(site.text(value))})"
    found.check(
        f"{resolved} = ({root} / {text}).resolve(){line}"
        f"if not {resolved}.is_relative_to({root}):{line}{step(site)}{refused}{line}"
    )
    found.use(resolved)
    return True


# ---------------------------------------------------------------- TypeScript


def _in_script(found: _Found, folder: _Folder | None) -> bool:
    """What is used is the real path, which leads through no link."""
    site, value = found.site, found.value
    real = _real_path(found)
    if real is None:
        return False
    end, line, target = site.source.semicolon, found.line(found.statement), site.text(value)
    resolve, sep = (found.imports.member("path", name, site) for name in ("resolve", "sep"))
    lines = []
    if folder is not None:
        root = _free(site, "root", "folder", "allowed")
        lines.append(f"const {root} = {real}({folder.text}){end}")
        whole = f"{resolve}({target})"
    else:
        root = _root(found)
        target = whole = f"{resolve}({root}, {target})"
        made = f"const {root} = {resolve}({quoted(site.source, 'data')}){end}"
        if root != _chosen(site):
            declare(site, f"// {_CHOOSE}{site.source.newline}{made}", found.draft)
    resolved, located = _free(site, "resolved", "resolvedPath", "confined"), f"{real}({target})"
    if _makes(site, value):  # a file that does not exist yet has no real path of its own
        join, dirname, basename = (found.imports.member("path", name, site) for name in ("join", "dirname", "basename"))
        wanted = _free(site, "target", "wanted")
        lines.append(f"const {wanted} = {whole}{end}")
        located = f"{join}({real}({dirname}({wanted})), {basename}({wanted}))"
    lines += [
        f"const {resolved} = {located}{end}",
        f"if ({resolved} !== {root} && !{resolved}.startsWith({root} + {sep})) {{",
        f"{step(site)}throw new Error({found.message(site.text(value))}){end}",
        "}",
    ]
    found.check("".join(each + line for each in lines))
    found.use(resolved)
    return True


def _real_path(found: _Found) -> str | None:
    """What gives the real path of a file, here where the call is waited for or where it is not."""
    site = found.site
    if site.around(code.Await, of=found.value) in site.path[site.path.index(found.statement) :]:
        real = found.imports.need("fs.promises", "realpath", site)
        return real and f"await {real}"
    return found.imports.need("fs", "realpathSync", site)


def _root(found: _Found) -> str:
    """The name of the folder that the author chooses."""
    return _chosen(found.site) or constant(found.site, "ALLOWED_ROOT", found.argument)


# ---------------------------------------------------------------- folders


@dataclass(frozen=True)
class _Folder:
    """What a path is joined to. ``text``: as an expression; ``path``: whether that is a `pathlib` path and no text;
    ``of_path``: whether the joined path is one."""

    text: str
    path: bool = False
    of_path: bool = False


def _folder(site: Site, value: Expr, argument: str) -> _Folder | None:
    """The folder that a path is joined to, where no argument has a say in it."""
    of_path: bool | None = None
    for _ in range(8):  # one inside the other; a loop of names has no end
        inner, kind = _inside(site, value)
        of_path = kind if of_path is None else of_path
        if inner is None:
            break
        value = inner
    found = _joined(site, value, argument)
    if found is None or _MADE_ANEW.search(found.text):
        return None
    return _Folder(found.text, found.path, found.path if of_path is None else of_path)


def _inside(site: Site, value: Expr) -> tuple[Expr | None, bool | None]:
    """The same path one step before: what a variable was assigned, what was made absolute; and whether this is a
    `pathlib` path, where that can be told."""
    made = assigned_once(site, value)
    if made is not None:
        return made.value, None
    if not isinstance(value, code.Call):
        return None, None
    callee = value.callee
    if isinstance(callee, code.Attr) and callee.name in ("resolve", "absolute") and not value.args:
        return callee.value, True
    only = value.positional(0) if len(value.args) == 1 else None
    called = site.source.scope.dotted(callee) or site.text(callee)
    return (only, called == "pathlib.Path") if called in _SAME else (None, None)


_SAME = frozenset(("str", "os.fspath", "os.path.abspath", "os.path.normpath", "os.path.realpath", "pathlib.Path"))
_MADE_ANEW = pattern(r"(?i)\b\w*(temp|make|create|uuid|random|token|now|next|pop)\w*\(")
_JOINS = frozenset(("os.path.join", "path.join", "path.resolve", "path.posix.join", "pathlib.Path"))


def _joined(site: Site, value: Expr, argument: str) -> _Folder | None:
    if isinstance(value, code.Binary) and value.op == "/":
        text = site.text(value.left)
        if _depends(site, value.left, argument):
            return _folder(site, value.left, argument)
        return _Folder(f"({text})" if isinstance(value.left, code.Binary) else text, path=True)
    if isinstance(value, code.Call):
        return _joined_by_call(site, value, argument)
    if isinstance(value, (code.Join, code.Binary)):
        return _before_a_slash(site, value, argument)
    return None


def _joined_by_call(site: Site, call: code.Call, argument: str) -> _Folder | None:
    items = [arg.value for arg in call.args if not arg.spread and not arg.name]
    callee, called = call.callee, site.text(call.callee)
    by_method = isinstance(callee, code.Attr) and callee.name == "joinpath"
    if len(items) != len(call.args) or not (by_method or (site.source.scope.dotted(callee) or "") in _JOINS):
        return None
    if by_method and isinstance(callee, code.Attr):
        if _depends(site, callee.value, argument):
            return _folder(site, callee.value, argument)
        called = site.text(callee.value)
    fixed = [*itertools.takewhile(lambda item: not _depends(site, item, argument), items)]
    texts = ", ".join(map(site.text, fixed))
    if by_method:
        return _Folder(f"{called}.joinpath({texts})" if fixed else called, path=True)
    if not fixed:
        return _folder(site, items[0], argument) if items else None
    more = len(fixed) > 1
    return _Folder(f"{called}({texts})" if more else texts, more and called.endswith("Path"))


def _before_a_slash(site: Site, value: Expr, argument: str) -> _Folder | None:
    """The folder in a text that is put together."""
    found = parts(site, value) or []
    fixed = [*itertools.takewhile(lambda p: isinstance(p, str) or not _depends(site, p.expr, argument), found)]
    last = fixed[-1] if fixed and len(fixed) < len(found) else None
    if not isinstance(last, str) or "/" not in last:
        return None
    fixed[-1] = last.rpartition("/")[0]
    left = [part for part in fixed if part]
    return _Folder(written(site.source, left)) if left else None


def _depends(site: Site, expr: Expr | None, argument: str, depth: int = 0) -> bool:
    """Whether an argument has a say in an expression, itself or through variables of the function."""
    if expr is None or depth > 8:
        return True
    functions = site.functions
    of_it = next((i for i, f in enumerate(functions) if any(p.name == argument for p in f.params)), 0)
    within = functions[: of_it + 1]
    given = {n.id for f in within for p in f.params for n in walk(p.target) if isinstance(n, code.Name)}
    for node in walk(expr):
        if not isinstance(node, code.Name) or node.id in ("self", "cls", "this"):
            continue
        if node.id in given:
            return True
        if any(node.id in bound(f) for f in within):
            made = assigned_once(site, node)
            if made is None or _depends(site, made.value, argument, depth + 1):
                return True
    return False


_CHOOSE = "Choose the folder whose files this tool may use."


def _chosen(site: Site) -> str | None:
    """The root that a fix of another path declared, with the folder that the author has chosen meanwhile."""
    there = site.source.module.binding("ALLOWED_ROOT")
    if there is None or _CHOOSE not in there.unit.key or there.unit.anchor.start > site.unit.anchor.start:
        return None
    return "ALLOWED_ROOT"


def _free(site: Site, *names: str) -> str:
    """The first of some names that is not taken where a site is."""
    taken = {n for function in site.functions for n in bound(function)} | set(site.source.module.names)
    further = (f"{names[0]}_{i}" for i in itertools.count(2))
    return next(n for n in itertools.chain(names, further) if n not in taken)


_EXPRESSIONS = (
    code.Name, code.Attr, code.Index, code.Join, code.Binary, code.Call, code.Str, code.Logic, code.Choice, code.Opaque,
)  # fmt: skip
_PURE = (
    code.Name, code.Attr, code.Index, code.Join, code.Binary, code.Str, code.Const, code.Call, code.Arg, code.Logic,
    code.Items,
)  # fmt: skip


def _makes(site: Site, value: Expr) -> bool:
    """Whether the call that gets the path makes a file or folder."""
    call = site.around(code.Call, of=value) if value in site.path else None
    name = call.callee.name if call is not None and isinstance(call.callee, code.Attr) else ""
    if call is not None and isinstance(call.callee, code.Name):
        name = call.callee.id
    return (
        re.match(r"(write|append|mkdir|mkdtemp|create|copy|cp|rename|link|symlink|ensure|output|open)", name)
        is not None
    )


def _movable(site: Site, value: Expr, statement: code.Stmt) -> bool:
    """Whether an expression may be evaluated in front of its statement."""
    nodes = list(walk(value))
    if not all(isinstance(node, _PURE) for node in nodes):
        return False
    inside = site.path[site.path.index(statement) : site.path.index(value)] if value in site.path else ()
    if any(isinstance(n, (code.Lambda, code.Comprehension)) for n in inside):
        return False
    return not unbound(site, {n.id for n in nodes if isinstance(n, code.Name)}, statement)
