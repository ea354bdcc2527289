"""Which files of a project its configurations and manifests start: from ``"args": ["server.py"]`` to the file, and what
has to be written there where the file gets another name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from mcp_lsp_analyzers.code import Items, Pair, Str, Unit
from mcp_lsp_analyzers.place import Span
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.walk import sites

LANGUAGES = frozenset(("launch", "bundle"))
_SINGLE = ("command", "entry_point", "icon", "path")
_ENDING = re.compile(r"\.(?:py|pyw|[cm]?[jt]sx?|json|sh|png|svg)\Z")
_PREFIX = re.compile(r"\$\{(?:__dirname|workspaceFolder|workspaceRoot|cwd)\}[/\\]?")
_BUILT = re.compile(r"(?:^|(?<=/))(?:dist|build|lib|out)/")


class Started(NamedTuple):
    """``span``: the text that names the file, without quotes; ``written``: what it says. ``path``: inside the project,
    with slashes."""

    span: Span
    path: str
    written: str


def started(module: Module, exists: Callable[[str], bool]) -> Iterator[Started]:
    """The files that a configuration names. ``exists``: whether the project has a file, by its path."""
    if module.language not in LANGUAGES or not module.units:
        return
    unit = module.units[0]
    for site in sites(unit.statements, unit, kinds={Pair}):
        pair = site.node
        assert isinstance(pair, Pair)
        key = pair.key.value if isinstance(pair.key, Str) else ""
        if key in _SINGLE and isinstance(pair.value, Str):
            yield from _file(unit, pair.value, exists)
        elif key == "args" and isinstance(pair.value, Items):
            before = ""
            for item in pair.value.items:
                if isinstance(item, Str):
                    yield from _module(unit, item, exists) if before == "-m" else _file(unit, item, exists)
                    before = item.value


def _file(unit: Unit, literal: Str, exists: Callable[[str], bool]) -> Iterator[Started]:
    _, value, _ = _parts(literal.value)
    if not _ENDING.search(value) or "://" in value:
        return
    path = posixpath.normpath(value)
    source = re.sub(r"\.([cm]?)jsx?\Z", r".\1ts", _BUILT.sub("src/", path))
    for each in dict.fromkeys((path, source, re.sub(r"\.([cm]?)jsx?\Z", r".\1ts", _BUILT.sub("", path)))):
        if exists(each):
            yield Started(_inner(unit, literal), each, literal.value)
            return


def _module(unit: Unit, literal: Str, exists: Callable[[str], bool]) -> Iterator[Started]:
    path = literal.value.replace(".", "/")
    for base in ("", "src/"):
        for each in (f"{base}{path}.py", f"{base}{path}/__main__.py"):
            if exists(each):
                yield Started(_inner(unit, literal), each, literal.value)
                return


def _parts(written: str) -> tuple[str, str, str]:
    """What stands before a path (``${__dirname}/``), the path with slashes, and what is taken from the file
    (``:mcp``)."""
    before = _PREFIX.match(written)
    path = _PREFIX.sub("", written).replace("\\", "/")
    file, colon, name = path.partition(":")
    if not file.endswith(".py"):
        file, colon, name = path, "", ""
    return before[0] if before else "", file, colon + name


def renamed(found: Started, new: str) -> str | None:
    """What is to be written where a file is named that moves to another path inside the project; ``None`` where nobody
    can tell: what is built of it has a name that other settings decide about, except for its stem."""
    written, path = found.written, found.path
    if not _ENDING.search(written.partition(":")[0]):
        return _module_renamed(written, path, new)
    before, value, after = _parts(written)
    plain = posixpath.normpath(value)
    if plain == path:
        made = new
    elif posixpath.dirname(path) == posixpath.dirname(new) and _ending(path) == _ending(new):
        stem = posixpath.basename(new).removesuffix(_ending(new))
        made = posixpath.join(posixpath.dirname(plain), stem + _ending(plain))
    else:
        return None
    made = f"./{made}" if value.startswith("./") and not made.startswith("../") else made
    return before + (made.replace("/", "\\") if "\\" in written and "/" not in written else made) + after


def _module_renamed(written: str, path: str, new: str) -> str | None:
    for base in ("", "src/"):
        for ending in (".py", "/__main__.py"):
            if path == f"{base}{written.replace('.', '/')}{ending}":
                if new.startswith(base) and new.endswith(ending) and not new.startswith("../"):
                    return new[len(base) :].removesuffix(ending).replace("/", ".")
                return None
    return None


def _ending(path: str) -> str:
    return posixpath.splitext(path)[1]


def _inner(unit: Unit, literal: Str) -> Span:
    return Span(unit.anchor.start + literal.start + 1, unit.anchor.start + literal.end - 1)
