"""What manifests say of a server that its project knows better: the version, the name, the tools, the settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Const, Dict, Do, Expr, Items, Str, Unit
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.supply import Claim

from . import variables
from .reading import text

if TYPE_CHECKING:
    from .manifests import Dependencies
    from .owning import Own

_REGISTRIES = {"npm": "package.json", "pypi": "pyproject.toml"}
_TEMPLATE = re.compile(r"[{$<%]|__")  # what is filled in when it is published
# What stands where a release writes the version, and before there is one.
_UNSET = re.compile(
    r"0\.0\.0(?:[-+.].*)?|.*-(?:local|dev|development|placeholder|managed|snapshot|semantic\S*)(?:\.0)?"
)
_SETTING = re.compile(r"\$\{user_config\.([^}]+)\}")


def claims(module: Module, unit: Unit, known: Dependencies | None, modules: Modules | None) -> Iterator[Claim]:
    """``modules``: where the server of a bundle is read, to see which tools it has."""
    root = unit.statements[0].value if unit.statements and isinstance(unit.statements[0], Do) else None
    if not isinstance(root, Dict):
        return
    own = {each.file: each for each in known.own} if known is not None else {}
    if module.language == "registry":
        yield from _entry(module, unit, root, own, modules)
    elif isinstance(root.get("server"), Dict) and (root.get("manifest_version") or root.get("dxt_version")):
        yield from _bundle(module, unit, root, own, known, modules)


def _entry(module: Module, unit: Unit, root: Dict, own: dict[str, Own], modules: Modules | None) -> Iterator[Claim]:
    uri, packages = module.uri, root.get("packages")
    for i, package in enumerate(packages.items if isinstance(packages, Items) else ()):
        if not isinstance(package, Dict):
            continue
        kind = package.get("registryType") or package.get("registry_type")
        there = own.get(_REGISTRIES.get(kind.value, "")) if isinstance(kind, Str) else None
        identifier = package.get("identifier")
        if there is None or not isinstance(identifier, Str):
            continue
        pointer, name = f"/server/packages/{i}", root.get("name")
        if _plain(identifier.value) != _plain(there.name):
            # Its package confirms the entry's name, so it is this one, under the name it has now.
            if there.registered and isinstance(name, Str) and name.value == there.registered and _alone(packages, kind):
                yield from _claim(uri, unit, "package", f"{pointer}/identifier", identifier, there.name, there.file)
            continue
        if there.version:
            said, whole = package.get("version"), root.get("version")
            more: tuple[tuple[Place, str], ...] = ()
            if isinstance(said, Str) and isinstance(whole, Str) and said.value == whole.value:  # they go together
                more = ((_place(uri, "/server/version", unit, whole), there.version),)
            yield from _claim(uri, unit, "version", f"{pointer}/version", said, there.version, there.file, more)
        if there.registered:
            yield from _claim(uri, unit, "name", "/server/name", root.get("name"), there.registered, there.file)
        yield from variables.of_package(module, unit, package, identifier, pointer, there.starts, modules)


def _alone(packages: Expr | None, kind: Expr | None) -> bool:
    """Whether an entry has one package of this registry."""
    every = [each for each in packages.items if isinstance(each, Dict)] if isinstance(packages, Items) else []
    kinds = [each.get("registryType") or each.get("registry_type") for each in every]
    return isinstance(kind, Str) and sum(isinstance(each, Str) and each.value == kind.value for each in kinds) == 1


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _claim(
    uri: str,
    unit: Unit,
    what: str,
    pointer: str,
    said: Expr | None,
    actual: str,
    source: str,
    more: tuple[tuple[Place, str], ...] = (),
) -> Iterator[Claim]:
    if what == "version" and _UNSET.fullmatch(actual):
        return
    if isinstance(said, Str) and not _TEMPLATE.search(said.value):
        yield Claim(what, said.value, _place(uri, pointer, unit, said), (actual,), source, more)


def _place(uri: str, pointer: str, unit: Unit, literal: Str) -> Place:
    return Place(uri, pointer, Span(literal.start + 1, literal.end - 1), unit.anchor)


def _bundle(
    module: Module, unit: Unit, root: Dict, own: dict[str, Own], known: Dependencies | None, modules: Modules | None
) -> Iterator[Claim]:
    uri, server = module.uri, root.get("server")
    assert isinstance(server, Dict)
    kind, entry = server.get("type"), server.get("entry_point")
    python = isinstance(kind, Str) and kind.value in ("python", "uv")
    there = own.get("pyproject.toml" if python else "package.json")
    if there is not None and there.version:
        yield from _claim(uri, unit, "version", "/version", root.get("version"), there.version, there.file)
    asked = root.get("user_config")
    settings = tuple(p.key.value for p in asked.pairs if isinstance(p.key, Str)) if isinstance(asked, Dict) else ()
    for literal in unit.strings:
        if "${user_config." in literal.value:
            whole = text(uri, "/server/mcp_config", "manifest", unit, literal)
            for match in _SETTING.finditer(literal.value):
                place = whole.at(match.start(1), match.end(1))
                yield Claim("setting", match[1], place, settings, "user_config")
    if isinstance(entry, Str):
        yield from variables.of_bundle(module, unit, root, entry.value, modules)
    listed, generated = root.get("tools"), root.get("tools_generated")
    if not isinstance(listed, Items) or (isinstance(generated, Const) and generated.value is True):
        return
    found = _tools(module, entry.value, known, modules) if isinstance(entry, Str) else None
    for i, tool in enumerate(listed.items if found is not None else ()):
        name = tool.get("name") if isinstance(tool, Dict) else None
        if isinstance(name, Str) and found is not None:
            source, names = found
            yield Claim("tool", name.value, _place(uri, f"/tools/{i}/name", unit, name), names, source)


def _tools(
    module: Module, entry: str, known: Dependencies | None, modules: Modules | None
) -> tuple[str, tuple[str, ...]] | None:
    """The file that registers the tools of a bundle, and their names, where all of them are known."""
    from . import servers  # which reads this file's language among others

    for path, other in variables.files(module, (entry,), modules):
        tools = [tool for server in servers(other, known, None, modules).servers for tool in server.tools]
        unread = [why for server in servers(other, known, None, modules).servers for why in server.unread]
        if not tools or unread or not all(tool.name_complete for tool in tools):
            return None
        return path, tuple(tool.name for tool in tools)
    return None
