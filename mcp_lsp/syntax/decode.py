"""From a file's bytes to its text: byte order marks, Python's encoding cookie (PEP 263), else UTF-8."""

from __future__ import annotations

import codecs

from mcp_lsp_analyzers.pattern import pattern

_MARKS = (
    # UTF-32's little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_COOKIE = pattern(rb"[ \t\f]*#[^\r\n]*?coding[:=][ \t]*([-\w.]+)")
# What a program may contain now and then, and a binary file is full of.
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\v\f\r\x1b")
_NOTHING = pattern(rb"[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n)")


class Undecodable(Exception):
    """A file's bytes are no text. ``what`` says why, ``where`` is the byte at which it shows."""

    def __init__(self, what: str, where: int) -> None:
        super().__init__(f"{what} (byte {where})")
        self.what = what
        self.where = where


def decode(data: bytes) -> str:
    """The text, without a byte order mark. Raises `Undecodable`."""
    encoding = _encoding(data)
    if not encoding.startswith(("utf-16", "utf-32")):
        _refuse_binary(data[:65536])
    try:
        return data.decode(encoding)
    except LookupError:
        raise Undecodable(f"unknown encoding {encoding}", 0) from None
    except UnicodeDecodeError as error:
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        raise Undecodable(f"not {name}: byte 0x{data[error.start]:02x}", error.start) from None
    except (UnicodeError, ValueError):
        raise Undecodable(f"not {encoding}", 0) from None


def _refuse_binary(data: bytes) -> None:
    text = data.translate(None, _CONTROLS)
    if (len(data) - len(text)) * 50 > len(data):
        where = next(at for at, byte in enumerate(data) if byte in _CONTROLS)
        raise Undecodable("control characters: no source text", where)


def _encoding(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    cookie = _COOKIE.match(data)
    if cookie is None:
        first = _NOTHING.match(data)
        cookie = _COOKIE.match(data, first.end()) if first else None
    return cookie.group(1).decode("ascii") if cookie else "utf-8"
