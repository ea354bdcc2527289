"""A client's list of servers: ``mcpServers`` (Claude, Cursor, Windsurf, Cline) or ``servers`` (VS Code)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Dict, Do, Expr, Items, Pair, Str, Unit
from mcp_lsp_analyzers.place import Place, Span, Text
from mcp_lsp_analyzers.supply import Launch, Script

from .reading import escaped, text

if TYPE_CHECKING:
    from .manifests import Dependencies

_LISTS = ("mcpServers", "servers", "context_servers", "mcp")


def launches(uri: str, unit: Unit, known: Dependencies | None = None) -> Iterator[Launch | Script]:
    """Every server of a configuration, and the shell commands that start them."""
    root = unit.statements[0].value if unit.statements and isinstance(unit.statements[0], Do) else None
    for pair in _entries(root):
        if isinstance(pair.key, Str) and isinstance(pair.value, Dict):
            found = launch(uri, unit, pair.key, pair.value, known)
            yield found
            if found.command is not None and _shell(found.command.value):
                yield from (Script(argument, "launch", found.name) for argument in found.arguments)


def _entries(root: Expr | None) -> list[Pair]:
    if not isinstance(root, Dict):
        return []
    for name in _LISTS:
        found = root.get(name)
        if isinstance(found, Dict):
            inner = found.get("servers") if name == "mcp" else found
            if isinstance(inner, Dict):
                return inner.pairs
    return []


def launch(uri: str, unit: Unit, key: Str, value: Dict, known: Dependencies | None) -> Launch:
    """One server, by the object that says how it is started or reached."""
    pointer = f"/mcpServers/{escaped(key.value)}"

    def read(node: Expr | None, below: str, role: str) -> Text | None:
        return text(uri, f"{pointer}/{below}", role, unit, node) if isinstance(node, Str) else None

    listed = value.get("args")
    items = listed.items if isinstance(listed, Items) else []
    arguments = [read(item, f"args/{i}", "argument") for i, item in enumerate(items)]
    environment = []
    for name in ("env", "headers"):
        given = value.get(name)
        for pair in given.pairs if isinstance(given, Dict) else ():
            said = read(pair.value, f"{name}/{pair.key.value if isinstance(pair.key, Str) else ''}", "environment")
            if isinstance(pair.key, Str) and said is not None:
                environment.append((pair.key.value, said))
    return Launch(
        key.value,
        Place(uri, pointer, Span(key.start + 1, key.end - 1), unit.anchor),
        read(value.get("command"), "command", "command"),
        tuple(argument for argument in arguments if argument is not None),
        read(value.get("url") or value.get("serverUrl") or value.get("httpUrl"), "url", "url"),
        tuple(environment),
        tuple(_known(arguments, known)),
    )


def _known(arguments: list[Text | None], known: Dependencies | None) -> Iterator[tuple[str, str]]:
    """The packages among the arguments of which a lock file says the version."""
    for argument in arguments if known is not None else ():
        name = argument.value if argument is not None else ""
        for packages in (known.npm, known.python) if known is not None else ():
            version = packages.get(name)
            if version is not None and re.fullmatch(r"\d+\.\d+[\w.+-]*", version.text):
                yield name, version.text


_SHELLS = ("sh", "bash", "zsh", "cmd", "pwsh", "powershell", "fish", "dash")


def _shell(command: str) -> bool:
    return command.replace("\\", "/").rpartition("/")[2].removesuffix(".exe") in _SHELLS
