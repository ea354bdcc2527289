"""Positions of clients, in every encoding, against counting the units of the line one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcp_lsp.syntax import Document, from_client, to_client

TEXTS = st.text(alphabet="ab\n\ré日\U0001f600\u2028\ud800", max_size=30)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])
UNITS = {
    "utf-8": lambda char: len(char.encode("utf-8", "surrogatepass")),
    "utf-16": lambda char: 2 if char > "\uffff" else 1,
    "utf-32": lambda char: 1,
}


def reference(document, line, character, encoding):
    """The last offset of the line whose text before it takes no more than ``character`` units."""
    offset, _ = document.content(line)
    seen = 0
    for char in document.line(line):
        seen += UNITS[encoding](char)
        if seen > character:
            break
        offset += 1
    return offset


@given(TEXTS, ENCODINGS, st.integers(0, 10), st.integers(-1, 20))
def test_from_client(text, encoding, line, character):
    document = Document("a", text, "python")
    found = from_client(document, line, character, encoding)
    if line >= len(document.lines):
        assert found == len(text)
    else:
        assert found == reference(document, line, character, encoding)


@given(TEXTS, ENCODINGS)
def test_to_client_and_back(text, encoding):
    document = Document("a", text, "python")
    for offset in range(len(text) + 1):
        line, character = to_client(document, offset, encoding)
        start, end = document.content(line)
        assert character == sum(map(UNITS[encoding], text[start : min(offset, end)]))
        assert from_client(document, line, character, encoding) == min(offset, end)


@pytest.mark.parametrize(("encoding", "character"), [("utf-8", 6), ("utf-16", 3), ("utf-32", 2)])
def test_behind_an_astral_character(encoding, character):
    document = Document("a", "x\né\U0001f600y", "python")
    assert to_client(document, 4, encoding) == (1, character)
    assert from_client(document, 1, character, encoding) == 4


def test_inside_a_character_means_its_start():
    document = Document("a", "a\U0001f600b", "python")
    assert from_client(document, 0, 2, "utf-16") == 1
    assert [from_client(document, 0, i, "utf-8") for i in range(8)] == [0, 1, 1, 1, 1, 2, 3, 3]


def test_outside_of_the_text():
    document = Document("a", "ab\r\ncd", "python")
    assert from_client(document, 0, 99, "utf-16") == 2
    assert from_client(document, 9, 0, "utf-16") == 6
    assert from_client(document, -1, 3, "utf-16") == 0
    assert to_client(document, 99, "utf-16") == (1, 2)
    assert to_client(document, -1, "utf-16") == (0, 0)
    assert to_client(document, 3, "utf-16") == (0, 2)  # between \r and \n
