"""How a server is handed to others: entries for the MCP registry (``server.json``, schema of 2025-12-11) and manifests
of MCP bundles (``manifest.json``, specification 0.3, once called DXT). Other files of these names say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from mcp_lsp_analyzers.code import Const, Dict, Do, Expr, Items, Str, Unit
from mcp_lsp_analyzers.place import Place, Span, Text
from mcp_lsp_analyzers.supply import Launch, Release, Wanted

from .launches import launch
from .reading import escaped, text
from .variables import space


def bundle(uri: str, unit: Unit) -> Iterator[Launch | Wanted]:
    """How a bundle's server is started, and what its user is asked for."""
    root = _root(unit)
    server = root.get("server") if root is not None else None
    if root is None or not isinstance(server, Dict):
        return
    if not (isinstance(root.get("manifest_version"), Str) or isinstance(root.get("dxt_version"), Str)):
        return
    started, name = server.get("mcp_config"), root.get("name")
    if isinstance(started, Dict) and isinstance(name, Str):
        yield launch(uri, unit, name, started, None)
    wanted = root.get("user_config")
    for pair in wanted.pairs if isinstance(wanted, Dict) else ():
        if isinstance(pair.key, Str) and isinstance(pair.value, Dict):
            kind = pair.value.get("type")
            if isinstance(kind, Str) and kind.value == "string":
                pointer = f"/user_config/{escaped(pair.key.value)}"
                yield _wanted(uri, unit, pointer, pair.key, pair.value, "sensitive")


def entry(uri: str, unit: Unit) -> Iterator[Release | Wanted]:
    """An entry for the registry, its packages, and the variables and headers that they want."""
    root = _root(unit)
    if root is None or not _is_entry(root):
        return
    remotes = [each.get("url") for each in _dicts(root.get("remotes"))]
    yield Release(
        "",
        _named(uri, unit, "/server", root.get("name"), root),
        _text(uri, unit, "/server/name", root.get("name")),
        _text(uri, unit, "/server/version", root.get("version")),
        _text(uri, unit, "/server/description", root.get("description")),
        remotes=tuple(found for each in remotes if (found := _text(uri, unit, "/server/remotes", each)) is not None),
    )
    for i, package in enumerate(_dicts(root.get("packages"))):
        kind, pointer = package.get("registryType") or package.get("registry_type"), f"/server/packages/{i}"
        yield Release(
            kind.value if isinstance(kind, Str) else "package",
            _named(uri, unit, pointer, package.get("identifier"), package),
            _text(uri, unit, f"{pointer}/identifier", package.get("identifier")),
            _text(uri, unit, f"{pointer}/version", package.get("version")),
            digest=isinstance(package.get("fileSha256") or package.get("file_sha256"), Str),
        )
        variables = package.get("environmentVariables") or package.get("environment_variables")
        early = package.get("registry_type") is not None
        yield from _wants(uri, unit, f"{pointer}/environmentVariables", variables, early)
    for i, remote in enumerate(_dicts(root.get("remotes"))):
        yield from _wants(uri, unit, f"/server/remotes/{i}/headers", remote.get("headers"))


def _wants(uri: str, unit: Unit, pointer: str, listed: Expr | None, early: bool = False) -> Iterator[Wanted]:
    """``early``: of the first editions, which spelt their members otherwise."""
    for each in _dicts(listed):
        name = each.get("name")
        if isinstance(name, Str):
            word = "is_secret" if early or each.get("is_required") is not None else "isSecret"
            yield _wanted(uri, unit, f"{pointer}/{escaped(name.value)}", name, each, word)


def _wanted(uri: str, unit: Unit, pointer: str, name: Str, said: Dict, word: str) -> Wanted:
    value = said.get(word)
    inside = Place(uri, pointer, Span(said.start + 1, said.start + 1), unit.anchor)
    place = Place(uri, pointer, Span(name.start + 1, name.end - 1), unit.anchor)
    told = said.get("description")
    secret = bool(value.value) if isinstance(value, Const) else None
    description = told.value if isinstance(told, Str) else ""
    return Wanted(name.value, secret, word, place, inside, description, space(unit, said.start + 1) or " ")


def _is_entry(root: Dict) -> bool:
    schema, name = root.get("$schema"), root.get("name")
    if isinstance(schema, Str):
        return "modelcontextprotocol" in schema.value
    listed = isinstance(root.get("packages"), Items) or isinstance(root.get("remotes"), Items)
    return isinstance(name, Str) and "/" in name.value and listed


def _root(unit: Unit) -> Dict | None:
    root = unit.statements[0].value if unit.statements and isinstance(unit.statements[0], Do) else None
    return root if isinstance(root, Dict) else None


def _dicts(listed: Expr | None) -> list[Dict]:
    return [each for each in listed.items if isinstance(each, Dict)] if isinstance(listed, Items) else []


def _text(uri: str, unit: Unit, pointer: str, node: Expr | None) -> Text | None:
    return text(uri, pointer, "manifest", unit, node) if isinstance(node, Str) else None


def _named(uri: str, unit: Unit, pointer: str, node: Expr | None, around: Dict) -> Place:
    """Where something is named; its opening bracket where it is not."""
    span = Span(node.start + 1, node.end - 1) if isinstance(node, Str) else Span(around.start, around.start + 1)
    return Place(uri, pointer, span, unit.anchor)
