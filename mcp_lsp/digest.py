"""Digests of contents. `hashlib` loads OpenSSL with them, which takes longer than a small file's check."""

from __future__ import annotations

try:
    from _blake2 import blake2b  # what `hashlib.blake2b` is
except ImportError:  # another Python than CPython
    from hashlib import blake2b


def digest(*parts: bytes, size: int = 20) -> str:
    """``2 * size`` hexadecimal digits that tell these parts from any others; where one ends counts."""
    found = blake2b(digest_size=size)
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()
