"""Paths as ``file:`` URIs and back, without ``urllib``, which costs a headless run 8 ms."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache

_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:")


def from_path(path: str) -> str:
    """The ``file:`` URI of an absolute path (also ``C:\\x`` and ``\\\\host\\x``)."""
    path = path.replace("\\", "/") if os.sep == "\\" else path
    if re.match(r"[A-Za-z]:/", path):
        path = "/" + path
    elif path.startswith("//"):
        return "file:" + _quote(path)
    return "file://" + _quote(path)


def to_path(uri: str) -> str | None:
    """The path of a ``file:`` URI, as this system writes it; what is no URI is taken for a path; other schemes
    (``untitled:``) have none."""
    if not uri.startswith("file:"):
        return None if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", uri) else uri
    path = _unquote(uri.removeprefix("file:"))
    if path.startswith("//"):
        host, slash, rest = path[2:].partition("/")
        path = f"//{host}/{rest}" if host and host != "localhost" else slash + rest
    if re.match(r"/[A-Za-z]:(?:/|$)", path):
        path = path[1].upper() + path[2:]
    return path if os.sep == "/" else path.replace("/", os.sep)


@lru_cache(maxsize=4096)
def normal(uri: str) -> str:
    """One spelling for all of a file's URIs: editors differ in what they escape (``c%3A``, ``%40``, ``+``)."""
    if not uri.startswith("file:"):
        return uri
    return from_path(to_path(uri) or "")


def _quote(path: str) -> str:
    data = os.fsencode(path)
    if all(byte in _SAFE for byte in data):
        return path
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in data)


def _unquote(text: str) -> str:
    if "%" not in text:
        return text
    return os.fsdecode(
        re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), text.encode("utf-8", "surrogateescape"))
    )


def upward(folder: str) -> Iterator[str]:
    """A folder and those it lies in, up to the root of its file system."""
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def below(path: str, folder: str) -> bool:
    """Whether an absolute path is a folder's own or that of something in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def inside(uri: str, root: str) -> str:
    """The path of a file below a folder, with ``/``; its name where it is not below, or no folder is given."""
    path = (to_path(uri) or uri).replace("\\", "/")
    folder = root.replace("\\", "/").rstrip("/") + "/"
    return path[len(folder) :] if root and path.startswith(folder) else path.rpartition("/")[2]
