"""Lines, and documents over edits, against the simplest thing that can be right."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from mcp_lsp.syntax import Change, Document, Lines

TEXTS = st.text(alphabet="ab\n\r\x0b\x0c\x85\u2028\u2029é\U0001f600\x00\ud800", max_size=40)


def starts(text):
    return [0, *(end.end() for end in re.finditer("\r\n|\r|\n", text))]


@st.composite
def edits(draw, texts=TEXTS, most=12):
    """A text and changes, each in terms of the text after the one before it."""
    text = draw(texts)
    first, changes = text, []
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 6)))
        change = Change(start, end, draw(st.text(alphabet="x\n\r\u2028\U0001f600", max_size=4)))
        changes.append(change)
        text = text[:start] + change.text + text[end:]
    return first, changes, text


def test_only_three_line_ends():
    document = Document("a", "one\ntwo\r\nthree\rfour\u2028still\x0cfour\x85\x0b\x1c", "python")
    assert [document.line(i) for i in range(len(document.lines))] == [
        "one",
        "two",
        "three",
        "four\u2028still\x0cfour\x85\x0b\x1c",
    ]
    assert document.line(-1) == document.line(4) == ""


def test_a_pair_that_an_edit_splits_or_joins():
    document = Document("a", "a\r\nb", "python")
    split = document.edited([Change(2, 2, "x")])
    assert list(split.lines) == [0, 2, 4]
    assert list(split.edited([Change(2, 3, "")]).lines) == [0, 3]
    assert list(Document("a", "a\rb", "python").edited([Change(2, 2, "\n")]).lines) == [0, 3]
    assert list(Document("a", "a\nb", "python").edited([Change(1, 1, "\r")]).lines) == [0, 3]


@given(TEXTS)
def test_lines_of_any_text(text):
    lines = Lines.of(text)
    assert list(lines) == starts(text)
    assert [lines.start(i) for i in range(len(lines))] == starts(text)
    assert [lines.at(i) for i in range(len(text) + 1)] == [
        sum(start <= i for start in starts(text)) - 1 for i in range(len(text) + 1)
    ]


@given(edits())
def test_edited_documents(case):
    first, changes, last = case
    document = Document("a", first, "python")
    one_by_one = document
    for version, change in enumerate(changes):
        one_by_one = one_by_one.edited([change], version)
        assert one_by_one.version == version
    at_once = document.edited(changes)
    for edited in (one_by_one, at_once):
        assert list(edited.lines) == starts(last)
        assert edited.length == len(last)
        size = len(last)
        assert [edited.slice(i, min(i + 3, size)) for i in range(size)] == [last[i : i + 3] for i in range(size)]
        assert edited.slice(0, size) == edited.text == last
        assert edited.ascii == last.isascii()
        assert edited.slice(0, size) == last
    assert document.text == first
    assert list(document.lines) == starts(first)


@given(edits(st.integers(300, 900).map(lambda n: "line\n" * n)))
@settings(max_examples=50)
def test_long_documents_are_kept_in_chunks(case):
    first, changes, last = case
    document = Document("a", first, "python").edited(changes).edited([Change(7, 1200, "")])
    last = last[:7] + last[1200:]
    assert list(document.lines) == starts(last)
    assert [document.lines.start(i) for i in range(len(document.lines))] == starts(last)


def test_typing_far_away_from_where_it_was():
    text = "word\n" * 5000
    document = Document("a", text, "python")
    for at in (3, 20_000, 20_001, 24_900, 0, 11):
        text = text[:at] + "xy" + text[at + 1 :]
        document = document.edited([Change(at, at + 1, "xy")])
        assert document.slice(at - 1, at + 5000) == text[at - 1 : at + 5000] or at == 0
    assert document.text == text


@given(TEXTS, st.integers(-2, 50), st.integers(-2, 50))
def test_positions_of_a_document(text, line, column):
    document = Document("a", text, "python")
    for offset in range(len(text) + 1):
        at = document.position(offset)
        assert starts(text)[at[0]] + at[1] == offset
    offset = document.offset(line, column)
    assert 0 <= offset <= len(text)
    if 0 <= line < len(document.lines) and 0 <= column <= len(document.line(line)):
        assert document.position(offset) == (line, column)


def test_changes_outside_the_text_are_clamped():
    document = Document("a", "abc", "python")
    assert document.edited([Change(-5, 1, "x"), Change(2, 99, "y"), Change(9, 3, "z")]).text == "xbyz"
