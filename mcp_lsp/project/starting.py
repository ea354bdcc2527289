"""How a server is started, as far as its project says: from its own files, without running any of them.

In this order: a client's configuration that names the project's own files or scripts, the scripts of ``pyproject.toml``
and ``package.json``, the file itself, what its entry for the registry hands out. Each guess says where it comes from,
so that whoever agrees knows to what.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from mcp_lsp import toml
from mcp_lsp.read import json as plain_json
from mcp_lsp.syntax import Undecodable, decode
from mcp_lsp.uri import upward

from . import entries
from .content import content
from .way import Way

__all__ = ["Way", "given", "project_of", "python", "ways"]

_CONFIGURATIONS = (
    ".mcp.json", "mcp.json", ".vscode/mcp.json", ".cursor/mcp.json", ".gemini/settings.json",
    "claude_desktop_config.json",
)  # fmt: skip
_LISTS = ("mcpServers", "servers", "context_servers")
_ENTRY = "server.json"
_LARGEST = 2_000_000
_SCRIPTS = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")


def given(command: str, folder: str) -> Way:
    """The words of a command as a shell would split them. Raises ``ValueError``."""
    words = shlex.split(command, posix=os.name == "posix")
    if not words:
        raise ValueError("it is empty")
    return Way(tuple(words), "", folder, "--command")


def ways(path: str, servers: Sequence[str], show: Any = str) -> Iterator[Way]:
    """The ways in which the server in a file or folder could be started, the best founded first. ``servers``: files in
    which servers were found; ``show`` says how paths are shown."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    home = project_of(folder)
    if os.path.isfile(path):
        yield from _entry(path, home, show) if os.path.basename(path) == _ENTRY else _of_file(path, home, show)
        return
    for root in dict.fromkeys((folder, home)):
        yield from _configured(root, servers, show)
    for root in dict.fromkeys((folder, home)):
        yield from _python_scripts(root, show)
        yield from _node_scripts(root, show)
    for server in servers:
        yield from _of_file(server, home, show)
    for root in dict.fromkeys((folder, home)):
        yield from _entry(os.path.join(root, _ENTRY), root, show)


def project_of(folder: str) -> str:
    """The nearest folder upward that has a manifest; the folder itself, where none has."""
    for at in upward(folder):
        if any(os.path.exists(os.path.join(at, name)) for name in ("pyproject.toml", "package.json", "setup.py")):
            return at
        if os.path.exists(os.path.join(at, ".git")):
            break
    return folder


# ---------------------------------------------------------------- what says so


def _configured(root: str, servers: Sequence[str], show: Any) -> Iterator[Way]:
    own = {os.path.basename(root), *_named(root)}
    for name in _CONFIGURATIONS:
        path = os.path.join(root, name)
        data = _json(path)
        lists = [data.get(key) for key in _LISTS] if isinstance(data, dict) else []
        for label, entry in (pair for each in lists if isinstance(each, dict) for pair in each.items()):
            if not isinstance(entry, dict) or not isinstance(entry.get("command"), str):
                continue
            listed = entry.get("args")
            arguments = map(str, listed) if isinstance(listed, list) else ()
            words = [_filled(word, root) for word in (entry["command"], *arguments)]
            if not any(_is_own(word, root, servers, own) for word in words):
                continue  # somebody else's server that is used here
            variables = entry.get("env")
            pairs = variables.items() if isinstance(variables, dict) else ()
            environment = tuple((k, v) for k, v in pairs if isinstance(v, str) and "${" not in v)
            cwd = entry.get("cwd")
            folder = os.path.join(root, _filled(cwd, root)) if isinstance(cwd, str) else root
            yield Way(tuple(words), "", folder, f'"{label}" in {show(path)}', environment)


def _is_own(word: str, root: str, servers: Sequence[str], own: set[str]) -> bool:
    path = os.path.normpath(os.path.join(root, word))
    if path in servers or word in own:
        return True
    # A file of the project that is built from the source; not an interpreter in its environment.
    inside = path.startswith(root + os.sep) and os.path.isfile(path)
    return inside and path.endswith((".py", *_SCRIPTS))


def _filled(word: str, root: str) -> str:
    return re.sub(r"\$\{(?:workspaceFolder|workspaceRoot|CLAUDE_PROJECT_DIR)\}", lambda _: root, word)


def _named(root: str) -> Iterator[str]:
    """What the project and its scripts are called."""
    for table in (_pyproject(root), _json(os.path.join(root, "package.json"))):
        if isinstance(table, dict) and isinstance(table.get("name"), str):
            yield table["name"]
    for table, key in ((_pyproject(root), "scripts"), (_json(os.path.join(root, "package.json")), "bin")):
        found = table.get(key) if isinstance(table, dict) else None
        yield from found if isinstance(found, dict) else ()


def _python_scripts(root: str, show: Any) -> Iterator[Way]:
    table = _pyproject(root)
    scripts = table.get("scripts") if isinstance(table, dict) else None
    for name, target in scripts.items() if isinstance(scripts, dict) else ():
        module, colon, function = str(target).partition(":")
        if not colon:
            continue
        said = f"the script {name} in {show(os.path.join(root, 'pyproject.toml'))}"
        installed = next((p for p in _environment(root, name) if os.path.isfile(p)), None)
        if installed is not None:
            yield Way((installed,), "", root, said)
            continue
        source = [os.path.join(root, "src")] if os.path.isdir(os.path.join(root, "src")) else [root]
        first = function.split(".")[0]
        code = f"import sys; sys.path[:0] = {source!r}; from {module} import {first}; {function}()"
        yield Way((python(root), "-c", code), "", root, said)


def _node_scripts(root: str, show: Any) -> Iterator[Way]:
    path = os.path.join(root, "package.json")
    data = _json(path)
    if not isinstance(data, dict):
        return
    bins = data.get("bin")
    bins = {"": bins} if isinstance(bins, str) else bins
    for name, file in bins.items() if isinstance(bins, dict) else ():
        target = os.path.normpath(os.path.join(root, str(file)))
        if os.path.isfile(target):
            yield Way(("node", target), "", root, f"bin{' ' + name if name else ''} in {show(path)}")
    scripts = data.get("scripts")
    for script in ("start", "serve"):
        if isinstance(scripts, dict) and isinstance(scripts.get(script), str):
            yield Way(("npm", "run", "--silent", script), "", root, f"the script {script} in {show(path)}")


def _entry(path: str, root: str, show: Any) -> Iterator[Way]:
    """What others get of it: a package that was published is not the source that stands here."""
    yield from entries.ways(_json(path), root, show(path))


def _of_file(path: str, home: str, show: Any) -> Iterator[Way]:
    said = f"the file {show(path)}"
    if path.endswith((".py", ".pyw")):
        yield Way((python(home), *_as_module(path, home)), "", home, said)
    elif path.endswith((".js", ".mjs", ".cjs")):
        yield Way(("node", path), "", home, said)
    elif path.endswith(_SCRIPTS):
        runner = os.path.join(home, "node_modules", ".bin", "tsx")
        built = next(filter(os.path.isfile, _built(path, home)), None)
        if built is not None:
            yield Way(("node", built), "", home, f"what is built of {show(path)}")
        elif os.path.exists(runner):
            yield Way((runner, path), "", home, said)
        else:
            yield Way(("node", "--experimental-strip-types", "--no-warnings", path), "", home, said)


def _built(path: str, home: str) -> Iterator[str]:
    """Where compilers put what they make of a file."""
    inside = os.path.relpath(path, home)
    for name in dict.fromkeys((inside, inside.removeprefix(f"src{os.sep}"))):
        stem, ending = os.path.splitext(name)
        for folder in ("dist", "build", "out", "lib"):
            yield os.path.join(home, folder, f"{stem}{ending.replace('ts', 'js')}")


def _as_module(path: str, home: str) -> tuple[str, ...]:
    """A file of a package runs as a module, or its relative imports fail."""
    folder, name = os.path.split(path)
    parts = [name.rpartition(".")[0]]
    while os.path.exists(os.path.join(folder, "__init__.py")):
        folder, package = os.path.split(folder)
        parts.insert(0, package)
    if len(parts) == 1:
        return (path,)
    if parts[-1] == "__main__":
        parts.pop()
    module = ".".join(parts)
    if folder == home:
        return ("-m", module)
    code = f"import sys, runpy; sys.path[:0] = [{folder!r}]; runpy.run_module({module!r}, None, '__main__', True)"
    return ("-c", code)


def python(root: str) -> str:
    """The interpreter of a project's environment; the one on the path, where it has none."""
    for candidate in _environment(root, "python"):
        if os.path.exists(candidate):
            return candidate
    return "python" if os.name == "nt" else "python3"


def _environment(root: str, program: str) -> Iterator[str]:
    folders = [os.path.join(root, name) for name in (".venv", "venv", "env")]
    if os.environ.get("VIRTUAL_ENV"):
        folders.append(os.environ["VIRTUAL_ENV"])
    for folder in folders:
        parts = ("Scripts", f"{program}.exe") if sys.platform == "win32" else ("bin", program)
        yield os.path.join(folder, *parts)


# ---------------------------------------------------------------- files


def _pyproject(root: str) -> Any:
    text = _text(os.path.join(root, "pyproject.toml"))
    try:
        return toml.loads(text).get("project") if text is not None else None
    except ValueError:
        return None


def _json(path: str) -> Any:
    text = _text(path)
    try:
        return json.loads(plain_json.plain(text)) if text is not None else None
    except (ValueError, RecursionError):
        return None


def _text(path: str) -> str | None:
    try:
        return decode(content(path, _LARGEST))
    except (OSError, ValueError, Undecodable):
        return None
