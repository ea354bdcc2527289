"""Variables of the environment that a server reads and its manifest does not name: whoever installs it is not asked.

Told are those without which the code fails (``os.environ["NAME"]``) and credentials; others may well be left out.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator

from mcp_lsp_analyzers.code import Dict, Import, Items, Pair, Str, Unit, flat
from mcp_lsp_analyzers.environment import Variable
from mcp_lsp_analyzers.environment import variables as read
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.supply import Claim
from mcp_lsp_analyzers.testing import named_as_test

MOST = 40
"""Files of a server that are looked at."""
_BUILT = pattern(r"(?:^|(?<=/))(?:dist|build|lib|out)/")
_SECRET = pattern(r"(?:^|_)(?:API_?KEY|ACCESS_KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS|PAT)\Z")
# What a system sets, and what only says where a program runs.
_SYSTEM = pattern(
    r"(?:HOME|PATH|USER|USERNAME|USERPROFILE|APPDATA|LOCALAPPDATA|TEMP|TMP|TMPDIR|PWD|SHELL|LANG|TERM|CI|DISPLAY|EDITOR"
    r"|SystemRoot|PYTEST_\w+|XDG_\w+|LC_\w+|npm_\w+|GITHUB_ACTIONS|VIRTUAL_ENV|PYTHONPATH)\Z"
)


def of_package(
    module: Module,
    unit: Unit,
    package: Dict,
    named: Str,
    pointer: str,
    starts: tuple[str, ...],
    modules: Modules | None,
) -> Iterator[Claim]:
    """Of a package in an entry for the registry; ``named``: its identifier."""
    early = package.get("registry_type") is not None  # the first editions spelt their members so
    member = "environment_variables" if early else "environmentVariables"
    listed = package.get(member)
    declared = tuple(_names(listed))
    arguments = [literal.value for literal in unit.strings if package.start <= literal.start < package.end]
    place = Place(module.uri, pointer, Span(named.start + 1, named.end - 1), unit.anchor)
    for variable, path in _missing(module, starts, modules, (*declared, *arguments)):
        required, secret = ("is_required", "is_secret") if early else ("isRequired", "isSecret")
        entry = {"name": variable.name, required: variable.fails, secret: _is_secret(variable.name)}
        text = json.dumps({k: v for k, v in entry.items() if v})
        if isinstance(listed, Items):
            more = _behind(unit, listed, [(item.start, item.end) for item in listed.items], text, place)
        else:
            more = _last(unit, package, f'"{member}": [{text}]', place)
        yield Claim("variable", variable.name, place, declared, path, (more,), variable.fails)


def of_bundle(module: Module, unit: Unit, root: Dict, entry: str, modules: Modules | None) -> Iterator[Claim]:
    """Of the server in a bundle."""
    server = root.get("server")
    start = server.get("mcp_config") if isinstance(server, Dict) else None
    if not isinstance(start, Dict):
        return
    given, asked = start.get("env"), root.get("user_config")
    declared = tuple(pair.key.value for pair in _pairs(given) if isinstance(pair.key, Str))
    everywhere = [literal.value for literal in unit.strings if start.start <= literal.start < start.end]
    key = next(pair for pair in _pairs(server) if pair.value is start)
    owner = next((pair.key for pair in _pairs(start) if pair.value is given), key.key)
    assert isinstance(owner, Str)
    place = Place(module.uri, "/server/mcp_config/env", Span(owner.start + 1, owner.end - 1), unit.anchor)
    for variable, path in _missing(module, (entry,), modules, (*declared, *everywhere)):
        name = variable.name.lower()
        value = f'"{variable.name}": "${{user_config.{name}}}"'
        shown = {"type": "string", "title": _title(variable.name), "description": variable.name}
        flags = {"sensitive": _is_secret(variable.name), "required": variable.fails}
        setting = f'"{name}": {json.dumps({**shown, **{k: v for k, v in flags.items() if v}})}'
        more = [_put(unit, given, value, place) or _last(unit, start, f'"env": {{ {value} }}', place)]
        more.append(_put(unit, asked, setting, place) or _last(unit, root, f'"user_config": {{ {setting} }}', place))
        yield Claim("variable", variable.name, place, declared, path, tuple(more), variable.fails)


def files(module: Module, starts: Iterable[str], modules: Modules | None) -> Iterator[tuple[str, Module]]:
    """Those of some files that are there, by their paths from a manifest; what is built is read where it is written."""
    for start in starts:
        source = re.sub(r"\.([cm]?)jsx?\Z", r".\1ts", _BUILT.sub("src/", start))
        for path in dict.fromkeys((start, source)):
            relative = f"./{posixpath.normpath(path)}"
            # As an import, so that what is known of the manifest is known to depend on the file.
            other = modules.find(module.uri, Import(0, 0, relative, None, "")) if modules is not None else None
            if other is not None:
                yield path, other
                break


def _missing(
    module: Module, starts: Iterable[str], modules: Modules | None, known: Iterable[str]
) -> Iterator[tuple[Variable, str]]:
    """The variables that have to be given and are not, with the file that reads them."""
    said = " ".join(known)
    found: dict[str, tuple[Variable, str]] = {}
    for variable, path in _read(module, starts, modules):
        wanted = variable.fails or (_is_secret(variable.name) and not variable.otherwise)
        if wanted and not _SYSTEM.match(variable.name) and not re.search(rf"\b{re.escape(variable.name)}\b", said):
            before = found.get(variable.name)
            if before is None or (variable.fails and not before[0].fails):
                found[variable.name] = (variable, path)
    yield from found.values()


def _read(module: Module, starts: Iterable[str], modules: Modules | None) -> Iterator[tuple[Variable, str]]:
    waiting = [(path, other) for path, other in files(module, starts, modules)]
    seen = {other.uri for _, other in waiting}
    base = module.uri.rpartition("/")[0] + "/"
    while waiting:
        path, other = waiting.pop(0)
        for unit in other.units:
            if "env" in unit.key:
                yield from ((variable, path) for variable in read(unit.statements, unit))
            for statement, _ in flat(unit.statements):
                further = modules.find(other.uri, statement) if modules and isinstance(statement, Import) else None
                if further is not None and further.uri not in seen and len(seen) < MOST:
                    seen.add(further.uri)
                    if not named_as_test(further.uri):
                        waiting.append((further.uri.removeprefix(base), further))


def _is_secret(name: str) -> bool:
    return _SECRET.search(name) is not None


def _names(listed: object) -> Iterator[str]:
    for item in listed.items if isinstance(listed, Items) else ():
        name = item.get("name") if isinstance(item, Dict) else None
        if isinstance(name, Str):
            yield name.value


_SHORT = frozenset({"API", "AWS", "CLI", "DB", "HTTP", "ID", "JWT", "MCP", "OAUTH", "SSH", "SSL", "TLS", "URI", "URL"})


def _title(variable: str) -> str:
    return " ".join(word if word in _SHORT else word.capitalize() for word in variable.split("_"))


def _pairs(node: object) -> list[Pair]:
    return node.pairs if isinstance(node, Dict) else []


def _put(unit: Unit, node: object, member: str, place: Place) -> tuple[Place, str] | None:
    return _last(unit, node, member, place) if isinstance(node, Dict) else None


def _last(unit: Unit, node: Dict, member: str, place: Place) -> tuple[Place, str]:
    spans = [(pair.key.start, pair.value.end) for pair in node.pairs if pair.key is not None]
    return _behind(unit, node, spans, member, place)


def _behind(unit: Unit, node: Dict | Items, there: list[tuple[int, int]], more: str, place: Place) -> tuple[Place, str]:
    """One more between brackets, behind those that are there and spaced like them."""
    if not there:
        at = node.start + 1
        return place.part(Span(at, at)), f" {more}" if unit.key[at : at + 1].isspace() else f" {more} "
    start, end = there[-1]
    return place.part(Span(end, end)), f",{space(unit, start, behind=False) or ' '}{more}"


def space(unit: Unit, at: int, behind: bool = True) -> str:
    """The white space behind a place, or in front of it."""
    text = unit.key[at:] if behind else unit.key[:at]
    rest = text.lstrip() if behind else text.rstrip()
    return text[: len(text) - len(rest)] if behind else text[len(rest) :]
