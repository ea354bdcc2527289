"""Work that nobody ordered is shown where it takes long, and only there."""

from __future__ import annotations

import io
import itertools
import json
import queue
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.lsp.progress import AFTER, Late
from mcp_lsp.lsp.session import Session
from mcp_lsp.lsp.wire import Output
from tests.lsp.client import capabilities


class Shown:
    """A session, and the steps of the progress that its client was shown."""

    def __init__(self, clock: Callable[[], float], folder: Path, **options: Any) -> None:
        self.output = io.BytesIO()
        self.session = Session(Output(self.output), "0", clock=clock)
        folders = [{"uri": folder.as_uri(), "name": "x"}]
        asked = {"capabilities": capabilities("vscode"), "workspaceFolders": folders, "initializationOptions": options}
        self.send("initialize", asked, id=1)
        self.send("initialized", {})

    def send(self, method: str, params: Any, **more: Any) -> None:
        self.session.receive({"jsonrpc": "2.0", "method": method, "params": params, **more})

    def steps(self) -> list[dict[str, Any]]:
        parts = self.output.getvalue().split(b"Content-Length: ")[1:]
        said = [json.loads(part.partition(b"\r\n\r\n")[2]) for part in parts]
        return [each["params"]["value"] for each in said if each.get("method") == "$/progress"]

    def kinds(self) -> list[str]:
        return [step["kind"] for step in self.steps()]


def test_what_is_soon_done_is_not_shown(tmp_path: Path) -> None:
    now = iter((0.0, AFTER / 3, AFTER / 2))
    shown = Shown(lambda: 0.0, tmp_path)
    shown.session.clock = lambda: next(now)
    late = Late(shown.session, "Looking")
    late.report(1, 3, "files")
    late.report(2, 3, "files")
    late.end()
    assert shown.steps() == []


def test_what_takes_long_is_shown_from_then_on_and_ended_once(tmp_path: Path) -> None:
    now = iter((0.0, AFTER / 2, AFTER))
    shown = Shown(lambda: 0.0, tmp_path)
    shown.session.clock = lambda: next(now)
    late = Late(shown.session, "Looking")
    for done in (1, 2, 3):
        late.report(done, 3, "files")
    late.end()
    late.end()
    assert shown.kinds() == ["begin", "report", "report", "end"]
    assert [step["message"] for step in shown.steps()[1:3]] == ["2 of 3 files", "3 of 3 files"]
    assert [step["percentage"] for step in shown.steps()[1:3]] == [66, 100]


@pytest.mark.slow
def test_the_workspace_is_looked_at_aside_and_shown_by_files(tmp_path: Path) -> None:
    for name in ("one.py", "two.py", "three.py"):
        (tmp_path / name).write_text("x = 1\n")
    seconds = itertools.count()
    shown = Shown(lambda: next(seconds) * AFTER, tmp_path, settings={"diagnosticMode": "workspace"})
    told: queue.Queue[Callable[[], None]] = queue.Queue()
    shown.session.post = told.put
    shown.send("workspace/diagnostic", {"previousResultIds": []}, id=7)
    while shown.session.errands:
        told.get(timeout=60)()
    steps = shown.steps()
    assert steps[0]["title"] == "Looking at the workspace"
    assert [step["message"] for step in steps[1:-1]] == [f"{at} of 3 files" for at in (1, 2, 3)]
    assert steps[-1]["kind"] == "end"
