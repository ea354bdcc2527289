"""What takes longer than somebody who types can wait, in a process of its own: it can be ended at any moment, and takes
no time from the next keystroke.

Reads one wish (a JSON object, see `Wish`) from standard input and writes a line of JSON for each file to standard
output: first ``{"total": n}``, then one object with ``uri`` per file, at last ``{"end": true}``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from mcp_lsp import syntax
from mcp_lsp.project import files
from mcp_lsp.settings import SettingsError
from mcp_lsp.syntax import Document
from mcp_lsp.uri import from_path, normal
from mcp_lsp_analyzers.record import NamedTuple

from .client import Client
from .documents import Open
from .projects import Surroundings

JSON = dict[str, Any]


class Wish(NamedTuple):
    """``do``: "diagnostics", "servers" or "fixes" (of ``rule``). ``given``: the editor's settings by folder. ``open``:
    documents by uri, (language id, version, text): what they say counts, and nothing is reported for them.
    ``only``: paths of files, instead of all below the folders."""

    do: str
    folders: tuple[str, ...]
    given: dict[str, JSON]
    client: list[Any]
    open: dict[str, tuple[str, int | None, str]]
    only: tuple[str, ...] | None = None
    rule: str = ""


class _Glanced(Open):
    """A file that is looked at once and not opened: those that import it find it on disk."""

    def _published(self) -> None:
        pass


def run(wish: Wish) -> Iterator[JSON]:
    """The answers, file by file."""
    around = Surroundings()
    around.folders = tuple(wish.folders)
    for folder, table in wish.given.items():
        around.give(table, folder)
    client = Client(*wish.client)
    kept = []
    for uri, (language, version, text) in wish.open.items():
        kept.append(Open(Document(uri, text, syntax.language_of(uri, language), version), around, client, _log))
    skipped = {normal(uri) for uri in wish.open}
    try:
        paths = list(wish.only) if wish.only is not None else _paths(around)
    except SettingsError as error:
        yield {"error": str(error)}
        return
    yield {"total": len(paths)}
    for path in paths:
        uri = from_path(path)
        if uri in skipped:
            continue
        glanced = glance(path, around, client)
        yield {"uri": uri, **({} if glanced is None else _DOING[wish.do](glanced, wish))}
    yield {"end": True}


def _paths(around: Surroundings) -> list[str]:
    found: dict[str, None] = {}
    for folder in around.folders:
        around.settings(from_path(os.path.join(folder, "x")))
        found.update(dict.fromkeys(file.path for file in files.find([folder], around.configuration, folder).files))
    return list(found)


def glance(path: str, around: Surroundings, client: Client) -> Open | None:
    """A file as it stands on disk; ``None`` where it cannot be read."""
    uri = from_path(path)
    try:
        _, text = files.read(path, around.settings(uri).max_file_size)
    except (files.Unreadable, OSError):
        return None
    return _Glanced(Document(uri, text, syntax.language_of(path)), around, client, _log)


def _diagnostics(glanced: Open, _: Wish) -> JSON:
    glanced.report()
    return {"items": json.loads(b"[" + b",".join(glanced.items) + b"]"), **_servers(glanced, _)}


def _servers(glanced: Open, _: Wish) -> JSON:
    from .tree import servers

    return {"servers": servers(glanced)}


def _fixes(glanced: Open, wish: Wish) -> JSON:
    from .actions import fixed

    changes = fixed(glanced, wish.rule)
    if not changes:
        return {}
    from .convert import edits

    return {"edits": edits(glanced.document, changes, glanced.encoding)}


_DOING = {"diagnostics": _diagnostics, "servers": _servers, "fixes": _fixes}


def _log(text: str) -> None:
    print(text, file=sys.stderr)


def main() -> None:
    if hasattr(os, "nice"):
        os.nice(10)  # whoever types goes first
    wish = Wish(**json.loads(sys.stdin.buffer.readline()))
    output = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogatepass")
    os.dup2(2, 1)  # what anything else prints must not stand between the answers
    try:
        for line in run(wish):
            output.write(json.dumps(line) + "\n")
            output.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more


if __name__ == "__main__":
    main()
