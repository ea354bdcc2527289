"""Paths as URIs and back, as editors write them."""

from __future__ import annotations

import ntpath
import os
from pathlib import Path
from urllib.parse import unquote

import pytest

from mcp_lsp.lsp.client import folders_of
from mcp_lsp.lsp.projects import Surroundings
from mcp_lsp.project.run import shown
from mcp_lsp.uri import below, from_path, normal, to_path


@pytest.mark.parametrize("path", ["/a/b.py", "/with blank/ü.py", "/100%/a#b?c.py", "/a:b/c.py", "/\U0001f600.py"])
def test_there_and_back(path: str) -> None:
    assert to_path(from_path(path)) == path
    assert unquote(Path(path).as_uri()) == unquote(from_path(path))


def test_names_that_are_no_text() -> None:
    name = os.fsdecode(b"/bad-\xff.py")
    assert from_path(name) == "file:///bad-%FF.py"
    assert to_path("file:///bad-%FF.py") == name


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b.py", "/a/b.py"),
        ("file://localhost/a/b.py", "/a/b.py"),
        ("file:///c%3A/x/a.py", "C:/x/a.py"),
        ("file:///C:/x/a.py", "C:/x/a.py"),
        ("file://host/share/a.py", "//host/share/a.py"),
        ("src/server.py", "src/server.py"),
        ("C:\\x\\a.py", "C:\\x\\a.py"),
        ("untitled:Untitled-1", None),
        ("vscode-notebook-cell:/a.ipynb#W0", None),
    ],
)
def test_what_editors_write(uri: str, path: str | None) -> None:
    assert to_path(uri) == path


def test_windows_paths() -> None:
    assert from_path("C:/x/ä.py") == "file:///C:/x/%C3%A4.py"
    assert from_path("//host/share/a.py") == "file://host/share/a.py"


def test_on_windows_a_file_is_in_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as windows:
        windows.setattr(os, "path", ntpath)
        windows.setattr(os, "sep", "\\")
        around, path = Surroundings(), to_path("file:///c%3A/Users/me/notes/src/server.py")
        around.folders = folders_of(["file:///c%3A/Users/me/notes"])
        told = (
            path,
            around.folder(path),
            to_path("file://host/share/a.py"),
            below("C:\\notes\\a.py", "C:\\notes"),
            shown(path or "", "C:\\Users\\me\\notes"),
            normal("file:///c%3A/notes/a.py"),
        )
    assert told == (
        "C:\\Users\\me\\notes\\src\\server.py",
        "C:\\Users\\me\\notes",
        "\\\\host\\share\\a.py",
        True,
        "src/server.py",
        "file:///C:/notes/a.py",
    )
