"""Programs and archives that stand beside source: read as bytes, for what they begin with and for their digest."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence

from mcp_lsp.settings import DEFAULT_EXCLUDE

_BEGINNINGS = (
    b"\x7fELF", b"MZ", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\0asm",
    b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf",
)  # fmt: skip
"""ELF, PE, Mach-O in three forms, WebAssembly, zip (also wheels, jars and bundles), gzip, 7-Zip."""
_NAMES = frozenset(DEFAULT_EXCLUDE)
_CHUNK = 1 << 20
MOST = 500


def artifacts(paths: Sequence[str]) -> list[str]:
    """At most `MOST` of them, in order; what is installed or made by tools is left out, as in a check."""
    found = []
    for path in _files(paths):
        try:
            with open(path, "rb") as file:
                if file.read(8).startswith(_BEGINNINGS):
                    found.append(path)
        except OSError:
            continue
        if len(found) == MOST:
            break
    return found


def sha256(path: str) -> str:
    """Raises ``OSError``."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _files(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(set(folders) - _NAMES)
            yield from (os.path.join(folder, name) for name in sorted(files) if _plain(os.path.join(folder, name)))


def _plain(path: str) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)
