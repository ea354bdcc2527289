"""Bytes of files: byte order marks, cookies, and what is no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcp_lsp.syntax import Undecodable, decode, language_of


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        ("é = 1\n".encode(), "é = 1\n"),
        (b"\xef\xbb\xbfx = 1", "x = 1"),
        ("x = 'é'".encode("utf-16"), "x = 'é'"),
        ("x".encode("utf-32"), "x"),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "# -*- coding: latin-1 -*-\nx = 'é'\n"),
        (b"#!/usr/bin/python\r\n# vim: set fileencoding=cp1252 :\r\n'\x80'", "#!/usr/bin/python\r\n# vim: set fileencoding=cp1252 :\r\n'€'"),
        (b"x = 1\n# coding: latin-1\n", "x = 1\n# coding: latin-1\n"),
        ("# coding: utf-8\n'é'".encode(), "# coding: utf-8\n'é'"),
    ],
)  # fmt: skip
def test_decodes(data, text):
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "what", "where"),
    [
        (b"abc\xff", "not UTF-8: byte 0xff", 3),
        (b"# coding: nonsense\n", "unknown encoding nonsense", 0),
        (b"# coding: rot13\n", "unknown encoding rot13", 0),
        (b"# coding: ascii\n\xe9", "not ascii: byte 0xe9", 16),
        (b"\xff\xfe\x00", "not utf-16: byte 0x00", 2),
        (b"MZ" + bytes(range(32)) * 4, "control characters: no source text", 2),
        (b"x = 1\n\x00\x00\x00\x00", "control characters: no source text", 6),
    ],
)
def test_says_what_is_no_text(data, what, where):
    with pytest.raises(Undecodable) as caught:
        decode(data)
    assert (caught.value.what, caught.value.where) == (what, where)


def test_a_few_control_characters_are_text():
    assert decode(b"bell = '\x07'\n" + b"x = 1\n" * 200).startswith("bell = '\x07'")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_undecodable(data):
    try:
        found: object = decode(data)
    except Undecodable as error:
        found = error
    if isinstance(found, Undecodable):
        assert 0 <= found.where <= len(data)
        assert found.what
    else:
        assert isinstance(found, str)


@pytest.mark.parametrize(
    ("path", "identifier", "language"),
    [
        ("a/b.py", None, "python"),
        ("file:///x/B.PYW", None, "python"),
        ("a.mts", None, "typescript"),
        ("a.d.ts", None, "typescript"),
        ("a.tsx", None, "tsx"),
        ("a.cjs", None, "javascript"),
        ("a.jsx", None, "javascript"),
        ("a.txt", None, None),
        ("py", None, None),
        ("a.b/c", None, None),
        ("untitled:1", "python", "python"),
        ("a.txt", "typescriptreact", "tsx"),
        ("a.js", "javascriptreact", "javascript"),
        ("a.py", "plaintext", "python"),
    ],
)
def test_language_of(path, identifier, language):
    assert language_of(path, identifier) == language
