"""A client's list of servers: ``mcpServers`` (Claude, Cursor, Windsurf, Cline), ``servers`` (VS Code),
``context_servers`` (Zed), ``mcp_servers`` (Codex), ``mcp`` (OpenCode), ``extensions`` (Goose), an array (Continue)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Union

from mcp_lsp_analyzers.code import Const, Dict, Do, Expr, Items, Str, Unit
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span, Text
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.supply import Launch, Script, ServerList

from .reading import escaped, text

if TYPE_CHECKING:
    from .manifests import Dependencies

_LISTS = ("mcpServers", "servers", "context_servers", "mcp", "mcp_servers", "mcp.servers", "extensions")
_STARTS = ("command", "cmd", "url", "uri", "serverUrl", "httpUrl")
_VARIABLES = ("env", "environment", "envs", "headers", "http_headers")


Reader = Callable[[Union[Expr, None], str, str], Union[Text, None]]
"""A string of an entry as a `Text`, by its pointer and role."""


class _Entry(NamedTuple):
    key: Str
    value: Dict
    project: str = ""


def launches(uri: str, unit: Unit, known: Dependencies | None = None) -> Iterator[Launch | Script]:
    """Every server of a configuration, and the shell commands that start them."""
    root = unit.statements[0].value if unit.statements and isinstance(unit.statements[0], Do) else None
    for entry in _entries(root):
        found = launch(uri, unit, entry.key, entry.value, known, entry.project)
        yield found
        if found.command is not None and _shell(found.command.value):
            yield from (Script(argument, "launch", found.name) for argument in found.arguments)


def _entries(root: Expr | None) -> Iterator[_Entry]:
    if not isinstance(root, Dict):
        return
    listed = list(_listed(root))
    yield from listed
    projects = root.get("projects")  # Claude Code keeps those of every folder in one file
    for pair in projects.pairs if isinstance(projects, Dict) else ():
        if isinstance(pair.key, Str) and isinstance(pair.value, Dict):
            for each in _listed(pair.value):
                yield each._replace(project=pair.key.value)
    name = root.get("name")
    if not listed and isinstance(name, Str) and any(isinstance(root.get(key), Str) for key in _STARTS):
        yield _Entry(name, root)  # a file of its own for each server, in Continue


def _listed(root: Dict) -> Iterator[_Entry]:
    for name in _LISTS:
        found = root.get(name)
        if isinstance(found, Dict) and name == "mcp" and isinstance(inner := found.get("servers"), Dict):
            found = inner
        if isinstance(found, Dict):
            # What else a client keeps there (`mcp.inputs`, Goose's built-in extensions) starts and reaches nothing.
            strict = name in ("mcp", "extensions")
            for pair in found.pairs:
                if isinstance(pair.key, Str) and isinstance(pair.value, Dict):
                    if not strict or any(pair.value.get(key) is not None for key in _STARTS):
                        yield _Entry(pair.key, pair.value)
            return
        if isinstance(found, Items):
            for item in found.items:
                if isinstance(item, Dict) and isinstance(called := item.get("name"), Str):
                    yield _Entry(called, item)
            return


def launch(uri: str, unit: Unit, key: Str, value: Dict, known: Dependencies | None, project: str = "") -> Launch:
    """One server, by the object that says how it is started or reached."""
    pointer = f"/mcpServers/{escaped(key.value)}"
    if project:
        pointer = f"/projects/{escaped(project)}{pointer}"

    def read(node: Expr | None, below: str, role: str) -> Text | None:
        return text(uri, f"{pointer}/{below}", role, unit, node) if isinstance(node, Str) else None

    program, items = value.get("command") or value.get("cmd"), value.get("args")
    words = list(items.items) if isinstance(items, Items) else []
    if isinstance(program, Dict):  # Zed's older form
        inner = program.get("args")
        words = list(inner.items) if isinstance(inner, Items) else []
        value, program = program, program.get("path")
    if isinstance(program, Items):  # OpenCode: the words in one list
        words = [*program.items[1:], *words]
        program = program.items[0] if program.items else None
    arguments = [read(item, f"args/{i}", "argument") for i, item in enumerate(words)]
    return Launch(
        key.value,
        Place(uri, pointer, Span(key.start + 1, key.end - 1), unit.anchor),
        read(program, "command", "command"),
        tuple(argument for argument in arguments if argument is not None),
        read(next((found for name in _STARTS[2:] if (found := value.get(name)) is not None), None), "url", "url"),
        tuple(_variables(value, read)),
        tuple(_known(arguments, known)),
        _word(value.get("type") or value.get("transport")),
        project,
        _is(value.get("disabled"), True) or _is(value.get("enabled"), False),
        read(value.get("type"), "type", "transport"),
        read(value.get("cwd"), "cwd", "argument"),
        _EVERYWHERE.search(uri) is not None,
        Place(uri, pointer, Span(items.start, items.end), unit.anchor) if isinstance(items, Items) else None,
        tuple(each.name for each in known.own) if known is not None else (),
    )


def server_lists(uri: str, unit: Unit) -> Iterator[ServerList]:
    """The member with the servers, where it is known which client reads the file."""
    root = unit.statements[0].value if unit.statements and isinstance(unit.statements[0], Do) else None
    reader = next(((client, wanted) for file, client, wanted in _READERS if file.search(uri)), None)
    if reader is None or not isinstance(root, Dict) or root.get(reader[1]) is not None:
        return
    for pair in root.pairs:
        if isinstance(pair.key, Str) and pair.key.value in ("mcpServers", "servers") and isinstance(pair.value, Dict):
            key = text(uri, f"/{pair.key.value}", "argument", unit, pair.key)
            if key is not None:
                yield ServerList(key, reader[1], reader[0])


# Who reads a file, and where it looks for servers (code.visualstudio.com/docs/copilot/reference/mcp-configuration,
# cursor.com/docs/context/mcp, modelcontextprotocol.io/quickstart/user).
_READERS = (
    (pattern(r"/\.vscode/mcp\.json$"), "VS Code", "servers"),
    (pattern(r"/\.cursor/mcp\.json$"), "Cursor", "mcpServers"),
    (pattern(r"/claude_desktop_config(?:[-_.]\w+)*\.json$"), "Claude Desktop", "mcpServers"),
)
_EVERYWHERE = pattern(r"/claude_desktop_config(?:[-_.]\w+)*\.json$")


def _variables(value: Dict, read: Reader) -> Iterator[tuple[str, Text]]:
    inside = [value]
    for name in ("requestInit", "requestOptions"):  # Copilot in JetBrains, Continue
        if isinstance(found := value.get(name), Dict):
            inside.append(found)
    for each in inside:
        for name in _VARIABLES:
            given = each.get(name)
            for pair in given.pairs if isinstance(given, Dict) else ():
                said = read(pair.value, f"{name}/{pair.key.value if isinstance(pair.key, Str) else ''}", "environment")
                if isinstance(pair.key, Str) and said is not None:
                    yield pair.key.value, said


def _word(node: Expr | None) -> str:
    return node.value if isinstance(node, Str) else ""


def _is(node: Expr | None, value: bool) -> bool:
    return isinstance(node, Const) and node.value is value


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
