"""Names from elsewhere made usable where a fix needs them: an import that is there already, under the alias it has, or
a new one where the file's own order wants it."""

from __future__ import annotations

import re
import sys

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import dataclass
from mcp_lsp_analyzers.scope import module_name

from .draft import Draft
from .locate import Site, Source, bound, line_end

_FIRST = -2  # a longer import statement ends before anything that goes behind it


class Imports:
    """Collects what is needed and writes it into a draft at the end (`finish`)."""

    def __init__(self, source: Source, draft: Draft) -> None:
        self.source = source
        self.draft = draft
        self._from: dict[str, list[str]] = {}
        self._whole: dict[str, str] = {}

    def need(self, module: str, name: str | None = None, at: Site | None = None) -> str | None:
        """The expression that means ``module`` (or ``name`` of it) at a site, importing it if need be. ``None`` where
        the word is taken there by something else."""
        taken = {n for function in at.functions for n in bound(function)} if at is not None else set()
        use = None if at is None or at.functions else at.start
        there = self._there(module, name, taken, use)
        if there is not None:
            return there
        local = name or module.rpartition(".")[2]
        if not self.source.python and name is None:
            local = re.sub(r"\W+", "_", local)
        taken |= set(self.source.module.names)
        if name is None:
            if local in taken:
                local = next(n for n in (f"{local}_module", *(f"{local}_{i}" for i in range(2, 99))) if n not in taken)
            self._whole[module] = local
            return module if self.source.python and local == module.rpartition(".")[2] else local
        if local in taken:
            return None
        names = self._from.setdefault(module, [])
        if name not in names:
            names.append(name)
        return name

    def member(self, module: str, name: str, at: Site) -> str:
        """``name`` of a module: by itself where the file imports the module's names so, else behind the module."""
        there = [s for s, _ in _imports(self.source) if module_name(s.module) == module and not s.type_only]
        alone = there and all(s.name not in (None, "*", "default") for s in there)
        found = self.need(module, name, at) if alone else None
        return found or f"{self.need(module, None, at)}.{name}"

    def _there(self, module: str, name: str | None, taken: set[str], use: int | None) -> str | None:
        for statement, unit in _imports(self.source):
            if module_name(statement.module) != module or not statement.local or statement.local in taken:
                continue
            binder = self.source.module.names.get(statement.local)
            if binder is not unit or statement.type_only:
                continue
            if use is not None and unit.anchor.start + statement.start > use:
                continue  # imported only after the line that needs it has run
            whole = statement.name is None or statement.name in ("*", "default")
            if name is not None and statement.name == name:
                return statement.local
            if whole and statement.local != "*":
                base = statement.local
                if self.source.python and "." in module and statement.local == module.split(".")[0]:
                    base = module
                return base if name is None else f"{base}.{name}"
        return None

    def finish(self) -> bool:
        """Write the imports. False where there is no place for them."""
        lines = []
        for module, names in self._from.items():
            if not self._extend(module, names):
                lines.append(_Line(module, _sorted(names)))
        lines += [_Line(module, [], local) for module, local in self._whole.items()]
        for line in sorted(lines, key=lambda x: x.key):
            self._add(line)
        return True

    # ------------------------------------------------------------ how

    def _extend(self, module: str, names: list[str]) -> bool:
        for statement, unit in _imports(self.source):
            if module_name(statement.module) != module or statement.type_only or statement.name in (None, "*"):
                continue
            start, end = extent(unit)
            text = self.source.text[start:end]
            if self.source.python:
                from mcp_lsp.syntax import rewrite  # loads libcst

                new = rewrite.extended_import(text, names)
            else:
                new = _extended_braces(text, names)
            if new is not None:
                self.draft.replace(start, end, new, _FIRST)
                return True
        return False

    def _add(self, line: _Line) -> None:
        text, newline = self.source.text, self.source.newline
        there = _units(self.source)
        if self.source.python:
            written = line.python
        else:
            written = line.script(self._scheme(), self._common(), self._quote()) + self.source.semicolon
        if not there:
            at, before = self._start()
            self.draft.insert(at, f"{newline}{newline}{written}" if before else f"{written}{newline}{newline}", -1)
            return
        if not self.source.python:
            self.draft.insert(line_end(text, extent(there[-1])[1]), newline + written, -1)
            return
        keys = [_key(unit) for unit in there]
        same = [i for i, key in enumerate(keys) if key[0] == line.key[0]]
        if line.key[0] == _OTHERS:
            same = self._among(there, same, line.module)
        lower = [i for i in same if keys[i] < line.key]
        below = [i for i, key in enumerate(keys) if key[0] < line.key[0]]
        if lower:
            self.draft.insert(line_end(text, extent(there[lower[-1]])[1]), newline + written, -1)
        elif same:
            self.draft.insert(extent(there[same[0]])[0], written + newline, -1)
        elif below:
            last, after = there[below[-1]], there[below[-1] + 1 : below[-1] + 2]
            gap = newline if after and self._joined(last, after[0]) else newline + newline
            self.draft.insert(line_end(text, extent(last)[1]), gap + written, -1)
        else:
            self.draft.insert(extent(there[0])[0], written + newline + newline, -1)

    def _among(self, there: list[Unit], same: list[int], module: str) -> list[int]:
        """Of imports of packages, those that stand together with one of the same package, else with the SDK: a package
        of the project's own may stand by itself behind them."""
        packages = {_key(there[i])[2].partition(".")[0]: i for i in reversed(same)}
        near = next((packages[name] for name in (module.split(".")[0], "mcp", "fastmcp") if name in packages), None)
        if near is None:
            return same
        first = last = near
        while first and self._joined(there[first - 1], there[first]):
            first -= 1
        while last + 1 < len(there) and self._joined(there[last], there[last + 1]):
            last += 1
        return [i for i in same if first <= i <= last]

    def _joined(self, one: Unit, other: Unit) -> bool:
        """Whether no empty line stands between two imports."""
        between = self.source.text[extent(one)[1] : extent(other)[0]]
        return not re.search(r"\n[ \t]*\r?\n", between)

    def _start(self) -> tuple[int, bool]:
        """Where the first import of a file goes, and whether behind something (a docstring, a directive)."""
        units = self.source.module.units
        first = units[0].statements[:1] if units else []
        if first and isinstance(first[0], code.Do) and isinstance(first[0].value, code.Str):
            return line_end(self.source.text, units[0].anchor.start + first[0].end), True
        return (extent(units[0])[0] if units else 0), False

    def _common(self) -> bool:
        """Whether the file is CommonJS: it requires and imports nothing."""
        units = _units(self.source)
        texts = [self.source.text[slice(*extent(u))] for u in units]
        return bool(texts) and not any(text.lstrip().startswith("import") for text in texts)

    def _scheme(self) -> bool:
        return "node:" in self.source.text or not re.search(
            r"""(from|require\()\s*['"](fs|path|child_process|util|os|crypto|url|net)['"]""", self.source.text
        )

    def _quote(self) -> str:
        text = "".join(self.source.text[slice(*extent(u))] for u in _units(self.source))
        return "'" if text.count("'") > text.count('"') else '"'


@dataclass(frozen=True)
class _Line:
    module: str
    names: list[str]
    local: str = ""

    @property
    def key(self) -> tuple[int, bool, str]:
        return (_group(self.module), bool(self.names), self.module.lower())

    @property
    def python(self) -> str:
        if self.names:
            return f"from {self.module} import {', '.join(self.names)}"
        alias = "" if self.local == self.module.rpartition(".")[2] else f" as {self.local}"
        return f"import {self.module}{alias}"

    def script(self, scheme: bool, common: bool, quote: str) -> str:
        module = _BUILTIN.get(self.module, self.module)
        if module in _BUILTIN.values():
            module = f"node:{module}" if scheme else module
        what = f"{{ {', '.join(self.names)} }}" if self.names else self.local
        if common:
            return f"const {what} = require({quote}{module}{quote})"
        if not self.names:
            what = f"* as {what}"
        return f"import {what} from {quote}{module}{quote}"


_BUILTIN = {
    name.replace("/", "."): name
    for name in (
        "fs",
        "fs/promises",
        "path",
        "child_process",
        "util",
        "os",
        "url",
        "crypto",
        "net",
        "dns",
        "dns/promises",
    )
}


def _imports(source: Source) -> list[tuple[code.Import, Unit]]:
    """Imports that are statements of the module itself, with their units."""
    return [(s, unit) for unit in source.module.units for s in unit.statements if isinstance(s, code.Import)]


def _units(source: Source) -> list[Unit]:
    """Units that are nothing but imports, in front of the first function or class (or all, where none is there)."""
    found: list[Unit] = []
    for unit in source.module.units:
        if any(isinstance(s, (code.Define, code.DefineClass)) for s in unit.statements) and found:
            break
        if unit.statements and all(map(_is_import, unit.statements)):
            found.append(unit)
    return found


def _is_import(statement: code.Stmt) -> bool:
    return isinstance(statement, code.Import) and not statement.type_only


_ABOVE = pattern(r"(?:\s+|#[^\r\n]*|//[^\r\n]*|/\*.*?\*/)*", re.S)
_BEHIND = pattern(r"(?:\s*,)?(?:\s|#[^\r\n]*)*\)")
_FROM = pattern(
    r"[^'\"`;\r\n]*(?:[\s,}]|//[^\r\n]*)*(?:from\s*)?(?:require\s*\(\s*)?(['\"`])[^'\"`\r\n]*\1\s*\)?[ \t]*;?"
)


def extent(unit: Unit) -> tuple[int, int]:
    """Where a unit's statements start and end in the text, without the comments above and what follows. An import
    knows only where the name is that it binds; the statement goes on to its bracket, or to the module's name."""
    start, text = unit.anchor.start, unit.key
    above = _ABOVE.match(text)
    begin = above.end() if above else 0
    if not unit.statements:
        return start + begin, start + begin
    end = max(s.end for s in unit.statements)
    if isinstance(unit.statements[-1], code.Import):
        if text.startswith(("from ", "import ", "from\t"), begin):
            behind = _BEHIND.match(text, end) if "(" in text[begin:end] else None
            end = behind.end() if behind else end
        if not text.startswith("from", begin):
            behind = _FROM.match(text, end)
            end = behind.end() if behind else end
    return start + begin, start + end


def _key(unit: Unit) -> tuple[int, bool, str]:
    first = unit.statements[0]
    assert isinstance(first, code.Import)
    return (_group(first.module), first.name is not None, first.module.lower())


def _group(module: str) -> int:
    if module == "__future__":
        return 0
    if module.startswith("."):
        return 3
    return 1 if module.split(".")[0] in sys.stdlib_module_names else 2


_OTHERS = 2
"""The group of packages that are neither the standard library's nor imported by where they stand."""


def _sorted(names: list[str]) -> list[str]:
    return sorted(names, key=lambda n: (0 if n.isupper() else 1 if n[:1].isupper() else 2, n))


def _extended_braces(text: str, names: list[str]) -> str | None:
    """``import { a } from "m"`` or ``const { a } = require("m")`` with more names."""
    found = re.match(r"(?s)((?:import|const|let|var)\b[^{;]*\{)([^{}]*)(\}.*)", text)
    if found is None or re.match(r"import\s+type\b", text):
        return None
    head, inside, tail = found.groups()
    fresh = [n for n in names if not re.search(rf"(?<![\w$]){re.escape(n)}(?![\w$])", inside)]
    if not fresh:
        return text
    body = inside.rstrip()
    space = inside[len(body) :]
    lead = re.match(r"\s*", inside)
    between = lead.group() if lead and "\n" in lead.group() else " "
    if not body:
        return f"{head} {', '.join(fresh)} {tail}"
    comma = body.endswith(",")
    body = body.removesuffix(",")
    return head + body + "".join(f",{between}{name}" for name in fresh) + ("," if comma else "") + space + tail
