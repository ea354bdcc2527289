"""What somebody, or the world, may do to an editing session, each with its own choice of place and text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mcp_lsp.uri import to_path
from tests.lsp.material import ASKED, GIVEN, HELPERS, JSON, PIECES, PYTHON, SETTINGS, TEXTS

if TYPE_CHECKING:
    from tests.lsp.interleaving import Editor


def open_one(it: Editor) -> None:
    name = it.random.choice([*TEXTS, "link.py", *[n for n in SETTINGS if n.endswith(".json")]])
    uri = it.uri(name)
    path = it.root / name
    if uri in it.texts or not path.exists():
        return
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    if it.random.random() < 0.2:
        text = it.random.choice(TEXTS.get(name, [text]))  # kept from the last time, not saved
    start_editing(it, uri, text)


def open_untitled(it: Editor) -> None:
    uri = f"untitled:Untitled-{it.random.randint(1, 2)}"
    if uri not in it.texts:
        start_editing(it, uri, it.random.choice([PYTHON, HELPERS, ""]))


def start_editing(it: Editor, uri: str, text: str) -> None:
    it.texts[uri], it.versions[uri] = text, 1
    language = {"ts": "typescript", "md": "markdown", "json": "json"}.get(uri.rpartition(".")[2], "python")
    item = {"uri": uri, "languageId": language, "version": 1, "text": text}
    it.tell("textDocument/didOpen", {"textDocument": item})
    if it.pulls:
        it.pull(uri)


def edit(it: Editor) -> None:
    uri = it.anything()
    if uri is None:
        return
    text, changes = it.texts[uri], []
    for _ in range(it.random.choice([1, 1, 1, 2, 3])):
        start = it.random.randint(0, len(text))
        if 0 < start < len(text) and text[start - 1 : start + 1] == "\r\n":
            start -= 1
        end = min(len(text), start + it.random.choice([0, 0, 0, 1, 2, 8, 40]))
        if 0 < end < len(text) and text[end - 1 : end + 1] == "\r\n":
            end += 1
        new = it.random.choice(PIECES)
        changes.append({"range": it.between(text, start, end), "text": new})
        text = text[:start] + new + text[end:]
    finish(it, uri, text, changes)


def replace_all(it: Editor) -> None:
    """A formatter, an undo to the beginning, another text altogether."""
    uri = it.anything()
    if uri is None:
        return
    name = next((name for name in TEXTS if it.uri(name) == uri), None)
    text = it.random.choice(TEXTS.get(name or "", [PYTHON, ""]))
    whole = {"text": text}
    if it.random.random() < 0.5:
        whole["range"] = {"start": {"line": 0, "character": 0}, "end": {"line": 10**6, "character": 0}}  # type: ignore[assignment]
    finish(it, uri, text, [whole])


def finish(it: Editor, uri: str, text: str, changes: list[JSON]) -> None:
    it.texts[uri] = text
    it.versions[uri] += 1
    identifier = {"uri": uri, "version": it.versions[uri]}
    it.tell("textDocument/didChange", {"textDocument": identifier, "contentChanges": changes})
    if it.pulls:
        it.pull(uri, cancelled=it.random.random() < 0.3)


def edit_nowhere(it: Editor) -> None:
    """Positions that are none. What the server makes of them is its text; the editor sends it anew, as one would."""
    uri = it.anything()
    if uri is None:
        return
    place = {"start": it.hostile(), "end": it.hostile()}
    finish(it, uri, it.texts[uri], [{"range": place, "text": it.random.choice(PIECES)}, {"text": it.texts[uri]}])


def close_one(it: Editor) -> None:
    uri = it.anything()
    if uri is not None:
        close(it, uri)


def close(it: Editor, uri: str) -> None:
    del it.texts[uri], it.versions[uri]
    it.shown.pop(uri, None)
    it.results.pop(uri, None)
    it.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert not it.shown.pop(uri, None)


def save(it: Editor) -> None:
    uri = it.anything()
    path = None if uri is None else to_path(uri)
    if uri is not None and path is not None:
        name = str(Path(path).relative_to(it.root))
        it.write(name, it.texts[uri])
        it.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
        if it.random.random() < 0.8:
            it.watched(name, 2)


def change_outside(it: Editor) -> None:
    """Another program writes a file, open or not; an editor shows an open one anew, unless it was edited."""
    name = it.random.choice(list(TEXTS))
    there = (it.root / name).exists()
    if there and it.random.random() < 0.3:
        (it.root / name).unlink()
        it.watched(name, 3)
        return
    text = it.random.choice(TEXTS[name])
    it.write(name, text)
    it.watched(name, 2 if there else 1)
    uri = it.uri(name)
    if uri in it.texts:
        finish(it, uri, text, [{"text": text}])


def rename(it: Editor) -> None:
    """A file gets another's name; open, it is closed and opened again."""
    old, new = it.random.sample([name for name in TEXTS if name.endswith((".py", ".ts"))], 2)
    if not (it.root / old).exists():
        return
    for name in (old, new):
        if it.uri(name) in it.texts:
            close(it, it.uri(name))
    (it.root / old).replace(it.root / new)
    it.stamp(it.root / new)
    it.watched(old, 3)
    it.watched(new, 1)
    start_editing(it, it.uri(new), (it.root / new).read_bytes().decode("utf-8", "surrogatepass"))


def configure_project(it: Editor) -> None:
    name = it.random.choice(list(SETTINGS))
    path, uri = it.root / name, it.uri(name)
    there = path.exists()
    if there and it.random.random() < 0.4:
        path.unlink()
        it.watched(name, 3)
        return
    it.write(name, it.random.choice(SETTINGS[name]))
    it.watched(name, 2 if there else 1)
    if uri in it.texts:
        text = path.read_text()
        finish(it, uri, text, [{"text": text}])


def configure_editor(it: Editor) -> None:
    it.given = it.random.choice(GIVEN)
    it.tell("workspace/didChangeConfiguration", {"settings": None})
    if it.random.random() < 0.7:
        it.answer_all()


def move_folders(it: Editor) -> None:
    name = it.random.choice(["py", "ts", "a b@+é", "py/..", ""])
    folder = [{"uri": it.uri(name), "name": name}]
    if name in it.folders:
        it.folders.remove(name)
        event = {"added": [], "removed": folder}
    else:
        it.folders.append(name)
        event = {"added": folder, "removed": []}
    it.tell("workspace/didChangeWorkspaceFolders", {"event": event})


def ask_something(it: Editor) -> None:
    uri = it.anything() or it.uri("py/server.py")
    text = it.texts.get(uri, "")
    at = it.hostile() if it.random.random() < 0.3 else it.position(text, it.random.randint(0, len(text)))
    where = {"start": at, "end": it.position(text, it.random.randint(0, len(text)))}
    params = {
        "textDocument": {"uri": uri}, "position": at, "range": where, "context": {"diagnostics": [],
        "includeDeclaration": True}, "newName": "other",
    }  # fmt: skip
    method = it.random.choice(ASKED)
    answer = it.ask(f"textDocument/{method}", params, cancelled=it.random.random() < 0.1)
    result = answer.get("result")
    if method == "codeAction" and result:
        action = it.random.choice(result)
        if it.random.random() < 0.5:
            edit(it)
        it.ask("codeAction/resolve", action)


def search(it: Editor) -> None:
    it.ask("workspace/symbol", {"query": it.random.choice(["", "ping", "x"])})


def talk_nonsense(it: Editor) -> None:
    method = it.random.choice(["textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "initialized",
                               "workspace/didChangeWatchedFiles", "$/whatever", "textDocument/didSave", "$/cancelRequest"])  # fmt: skip
    params = it.random.choice(
        [None, {}, [], 3, {"textDocument": None}, {"textDocument": {"uri": 3}}, {"changes": [None]}]
    )
    logged = list(it.errors)
    it.session.receive({"jsonrpc": "2.0", "method": method, "params": params})
    it.session.receive(it.random.choice([3, [], {}, {"id": 7}, {"method": 3}, {"id": None, "result": 1}]))
    it.heard(None)
    it.errors = logged  # that it made no sense may be said


def pause(it: Editor) -> None:
    it.now += 0.2
    it.session.pause()
    it.session.push()
    it.heard(None)


def wait(it: Editor) -> None:
    it.now += 3.0
    if it.session.patience is not None:
        it.session.pause()
    it.session.push()
    it.heard(None)


def show(it: Editor) -> None:
    """No further message waits."""
    it.session.push()
    it.heard(None)


def answer(it: Editor) -> None:
    it.answer_all()


DONE: list[tuple[Callable[[Editor], None], int]] = [
    (edit, 40), (replace_all, 6), (edit_nowhere, 3), (open_one, 8), (open_untitled, 1), (close_one, 5), (save, 5),
    (change_outside, 5), (rename, 1), (configure_project, 4), (configure_editor, 2), (move_folders, 1),
    (ask_something, 8), (search, 1), (talk_nonsense, 2), (pause, 8), (wait, 2), (show, 8), (answer, 4),
]  # fmt: skip
