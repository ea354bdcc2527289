"""How long it takes in real editors: from opening a file to its first squiggle, from a key to a squiggle on the screen.

``python tests/bench/bench_editors.py``. Takes the editors that are found, as `tests/editors` does (``MCP_LSP_NVIM`` and
so on name others), and names those that are not. Nothing is installed; everything happens in a temporary folder.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

EDITORS = Path(__file__).parents[1] / "editors"
sys.path[:0] = [str(EDITORS), str(EDITORS.parents[1])]

import conftest as editors  # noqa: E402
import test_helix  # noqa: E402
import test_vscode  # noqa: E402

ROUNDS = 3
KEYS = 10


def neovim(folder: Path, environment: dict[str, str]) -> list[float]:
    """Milliseconds from ``:edit`` to the first diagnostics."""
    command = [editors.found("nvim"), "--headless", "--clean", "-l", str(EDITORS / "session.lua")]
    return _told(folder, environment, [*command, str(editors.EDITORS / "neovim")])


def emacs(folder: Path, environment: dict[str, str]) -> list[float]:
    """Milliseconds from starting Eglot to the first diagnostics."""
    command = [editors.found("emacs"), "--batch", "-Q", "-l", str(EDITORS / "session.el")]
    return _told(folder, environment, [*command, str(editors.EDITORS / "emacs" / "mcp-lsp.el")])


def _told(folder: Path, environment: dict[str, str], command: list[str]) -> list[float]:
    file = Path(shutil.copy(editors.SAMPLE / "server.py", folder))
    (folder / "mcp-lsp.toml").write_text("")
    out = folder / "told.jsonl"
    subprocess.run([*command, str(file), str(out)], env=environment, capture_output=True, timeout=120)
    return [editors.told(out)["opened"]["milliseconds"]]


def helix(folder: Path, environment: dict[str, str]) -> list[float]:
    """Milliseconds from starting the editor to the first finding on its screen."""
    file = Path(shutil.copy(editors.SAMPLE / "server.py", folder))
    home = folder / "home"
    shutil.copytree(editors.EDITORS / "helix", home / "helix")
    line = next(number for number, text in enumerate(file.read_text().split("\n"), 1) if "print(" in text)
    own = {**environment, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "TERM": "xterm-256color"}
    began = time.monotonic()
    editor = test_helix.Helix([editors.found("hx"), f"{file}:{line}:5"], {**own, "LC_ALL": "C.UTF-8"})
    try:
        editor.until("writes to standard output")
        return [(time.monotonic() - began) * 1000]
    finally:
        editor.end()


def vscode(folder: Path, *packages: Path) -> dict[str, list[float]]:
    """Milliseconds from the text on the screen to the first squiggle, where the window is opened on the file, and where
    the file is opened in a window that is there; and from a key to its squiggle. Each with the same of the yardstick, an
    extension without a server that marks a word in the extension host, at once."""
    code = test_vscode.Code(folder, *packages)
    file = Path(shutil.copy(editors.SAMPLE / "server.py", code.folder))
    line = next(number for number, text in enumerate(file.read_text().split("\n"), 1) if "print(" in text)
    settings = {"mcp-lsp.interpreter": [sys.executable]}
    seen = code.sitting(
        settings,
        file,
        {"step": "first", "yardstick": True},
        {"step": "squiggles", "atLeast": 12},
        {"step": "delay", "line": line, "column": 5, "text": "print(1);", "times": KEYS, "yardstick": True},
    )
    first, delay = seen["first"], seen["delay"]
    notes = code.folder / "notes.txt"
    notes.write_text("Nothing here is a server.\n")
    there = {"step": "another", "name": file.name, "yardstick": True}
    another = code.sitting(settings, notes, there)["another"]
    return {
        "VS Code: window opened on it, text to squiggle": [first["squiggle"]],
        "  yardstick: the same without a server": [first["yardstick"]],
        "VS Code: window there, Enter to squiggle": [another["squiggle"]],
        "  yardstick: the same without a server ": [another["yardstick"]],
        "  what the server adds": [another["squiggle"] - another["yardstick"]],
        "VS Code: key to squiggle on the screen": delay["squiggle"],
        "  yardstick: the same without a server  ": delay["yardstick"],
        "  what the server adds ": [a - b for a, b in zip(delay["squiggle"], delay["yardstick"], strict=True)],
    }


def _say(what: str, took: list[float]) -> None:
    if len(took) <= ROUNDS:
        more = ", ".join(f"{each:.0f}" for each in took)
    else:
        more = f"p95 {statistics.quantiles(took, n=20)[-1]:.0f}, {min(took):.0f} to {max(took):.0f}"
    print(f"{what:<48} {statistics.median(took):6.0f} ms   ({more})", flush=True)


def _rounds(what: str, measure: Callable[[Path, dict[str, str]], list[float]]) -> None:
    took: list[float] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            run = f'#!/bin/sh\nexec "{sys.executable}" -m mcp_lsp "$@"\n'
            server = editors.executable(folder / "bin" / "mcp-lsp", run)
            path = f"{server.parent}{os.pathsep}{os.environ['PATH']}"
            try:
                took += measure(folder, {**os.environ, "PATH": path, "HOME": name})
            except pytest.skip.Exception as missing:
                print(f"{what:<48} not measured: {missing}")
                return
    _say(what, took)


def main() -> None:
    _rounds("Neovim: :edit to first squiggle", neovim)
    _rounds("Emacs: Eglot's start to first squiggle", emacs)
    _rounds("Helix: its start to first squiggle", helix)
    with tempfile.TemporaryDirectory() as name:
        try:
            package = Path(name) / "mcp-lsp.vsix"
            test_vscode.packaged(package)
            yardstick = test_vscode.packed(Path(__file__).with_name("yardstick"), Path(name) / "yardstick.vsix")
            took: dict[str, list[float]] = {}
            for i in range(ROUNDS):
                folder = Path(name) / str(i)
                folder.mkdir()
                for what, each in vscode(folder, package, yardstick).items():
                    took.setdefault(what, []).extend(each)
        except pytest.skip.Exception as missing:
            print(f"VS Code: not measured: {missing}")
            return
        for what, each in took.items():
            _say(what, each)


if __name__ == "__main__":
    main()
