"""Paths as URIs and back, as editors write them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

import pytest

from mcp_lsp.uri import from_path, to_path


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
