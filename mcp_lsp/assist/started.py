"""Which files of a project its configurations and manifests start: from ``"args": ["server.py"]`` to the file."""

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
    """``span``: the text that names the file, without quotes. ``path``: inside the project, with slashes."""

    span: Span
    path: str


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
    value = _PREFIX.sub("", literal.value).replace("\\", "/")
    value = value.partition(":")[0] if value.partition(":")[0].endswith(".py") else value  # server.py:mcp
    if not _ENDING.search(value) or "://" in value:
        return
    path = posixpath.normpath(value)
    source = re.sub(r"\.([cm]?)jsx?\Z", r".\1ts", _BUILT.sub("src/", path))
    for each in dict.fromkeys((path, source, re.sub(r"\.([cm]?)jsx?\Z", r".\1ts", _BUILT.sub("", path)))):
        if exists(each):
            yield Started(_inner(unit, literal), each)
            return


def _module(unit: Unit, literal: Str, exists: Callable[[str], bool]) -> Iterator[Started]:
    path = literal.value.replace(".", "/")
    for base in ("", "src/"):
        for each in (f"{base}{path}.py", f"{base}{path}/__main__.py"):
            if exists(each):
                yield Started(_inner(unit, literal), each)
                return


def _inner(unit: Unit, literal: Str) -> Span:
    return Span(unit.anchor.start + literal.start + 1, unit.anchor.start + literal.end - 1)
