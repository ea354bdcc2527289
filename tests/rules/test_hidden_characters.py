"""Which characters are hidden, which belong where they stand, and what the fix takes out."""

from __future__ import annotations

import pytest

from mcp_lsp import read, syntax
from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.check import Analysis
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.place import Piece, Place, Span, Text
from mcp_lsp_analyzers.rule import Severity

RULE = registry.by_name()["hidden-characters"]
FLAG = "🏴" + "".join(chr(0xE0000 + ord(c)) for c in "gbeng") + "\U000e007f"


def check(value: str) -> list[str]:
    """Each finding as ``start-end message``."""
    place = Place("file:///server.py", "/tools/x/description", Span(0, len(value)))
    text = Text(value, place, "tool description", (Piece(0, len(value), place),))
    found = []
    for finding in RULE.check(text):
        assert finding.place.local is not None
        found.append(f"{finding.place.local.start}-{finding.place.local.end} {finding.message}")
    return found


@pytest.mark.parametrize(
    ("value", "expect"),
    [
        ("Read\u200b\u200b logs", "4-6 2 invisible characters that only the model reads: `ZERO WIDTH SPACE` (U+200B)"),
        ("a\u202eb", "1-2 `RIGHT-TO-LEFT OVERRIDE` (U+202E) changes the order in which people see this text"),
        ("abc\u200eabc", "3-4 `LEFT-TO-RIGHT MARK` (U+200E) changes the order in which people see this text"),
        ("x\U000e0072\U000e0075\U000e006e", "1-4 invisible tag characters spell `run` to the model"),
        ("x" + "".join(chr(0xE0100 + b - 16) for b in b"omit"), "1-5 variation selectors spell `omit` to the model"),
        ("a\ufe00b", "1-2 `VARIATION SELECTOR-1` (U+FE00) is read by the model and not seen by people"),
        ("\ufeffText", "0-1 `ZERO WIDTH NO-BREAK SPACE` (U+FEFF) is read by the model and not seen by people"),
        ("co\xad\xadop", "2-4 2 invisible characters that only the model reads: `SOFT HYPHEN` (U+00AD)"),
        ("a\u2028b", "1-2 `LINE SEPARATOR` (U+2028) is read by the model and not seen by people"),
        ("a\x00b", "1-2 `NULL` (U+0000) is read by the model and not seen by people"),
        ("a\x1b[8mb", "1-5 `ESC[8m` steers a terminal: people see something else than the model"),
        ("a\u200db", "1-2 `ZERO WIDTH JOINER` (U+200D) is read by the model and not seen by people"),
        ("a\u3164b", "1-2 `HANGUL FILLER` (U+3164) is read by the model and not seen by people"),
    ],
)  # fmt: skip
def test_hidden_characters_are_named_where_they_stand(value: str, expect: str) -> None:
    assert check(value) == [expect]


@pytest.mark.parametrize(
    "value",
    [
        "plain", "tabs\tand\r\nlines", "form\x0cfeed", "naïve café – “quotes”…", "a\xa0b", "全角　スペース",
        "👩‍👩‍👧", "🧑🏽‍💻", "👁️‍🗨️", "❤️", "1️⃣", FLAG, "🇩🇪",
        "می‌خواهم", "نامه‌ای", "क्‍ष", "ශ්‍රී", "ภาษา\u200bไทย", "שלום \u200fabc", "葛\U000e0100", "co\xadoperate",
    ],
)  # fmt: skip
def test_what_belongs_to_a_script_or_an_emoji_is_not_hidden(value: str) -> None:
    assert check(value) == []


@pytest.mark.parametrize(
    "value",
    [
        "Values \u200b\u200bare numbers",
        "\ufeffText",
        "Adds.\u200b",
        "**Library**\u200b\u200b, of the user",
        "to-\xad do",
    ],
)
def test_strays_between_words_that_can_spell_nothing_warn(value: str) -> None:
    assert severities(value) == {Severity.WARNING}


@pytest.mark.parametrize(
    "value",
    [
        "ig\u200bnore it", "中\u200b文", "Add.\U000e0072\U000e0075", "a \u202eb", "Adds \x1b[8mno\x1b[0m numbers",
        "Adds.\u200b\u200c\u200c\u200b\u200b\u200c\u200b\u200c",
        "One\u200b two\u200c three\u200c four\u200b five\u200b six\u200c seven\u200b eight\u200c.",
    ],
)  # fmt: skip
def test_what_spells_something_or_splits_a_word_is_an_error(value: str) -> None:
    assert severities(value) == {None}


def severities(value: str) -> set[Severity | None]:
    place = Place("file:///server.py", "/tools/x/description", Span(0, len(value)))
    text = Text(value, place, "tool description", (Piece(0, len(value), place),))
    return {finding.severity for finding in RULE.check(text)}


def test_a_flag_is_no_cover_for_longer_tags() -> None:
    hidden = "🏴" + "".join(chr(0xE0000 + ord(c)) for c in "ignore all")
    assert check(hidden) == ["1-11 invisible tag characters spell `ignore all` to the model"]


def test_only_the_first_of_many_are_told() -> None:
    assert len(check("a\u200b" * 1000)) == 20


def fixed(source: str) -> str:
    """The source after the first finding's fix."""
    document = syntax.Document("file:///server.py", source, "python")
    analysis = Analysis(document, rules=[RULE])
    fix = analysis.diagnostics[0].finding.fix
    assert fix is not None
    module = read.module(syntax.parse(document))
    changes = render(fix, document, analysis.module or module)
    assert changes is not None
    return applied(source, changes)


HEAD = 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef f() -> str:\n    '


def test_the_fix_removes_characters_and_escapes_alike() -> None:
    assert fixed(HEAD + '"""Add\u200b numbers."""\n') == HEAD + '"""Add numbers."""\n'
    assert fixed(HEAD + '"""Add\\u200b\\u200b numbers."""\n') == HEAD + '"""Add numbers."""\n'


def test_a_path_with_a_bell_in_it_gets_its_backslash_back() -> None:
    assert fixed(HEAD + r'"""Run .venv\Scripts\activate first."""' + "\n") == (
        HEAD + r'"""Run .venv\Scripts\\activate first."""' + "\n"
    )


@pytest.mark.parametrize("written", [r"\x03", r"\u0004", r"\x7f"])
def test_a_key_that_is_spelt_out_gets_its_backslash_back(written: str) -> None:
    assert fixed(HEAD + f'"""Send text (\'{written}\' for Ctrl+C)."""\n') == (
        HEAD + f'"""Send text (\'\\{written}\' for Ctrl+C)."""\n'
    )
    assert fixed(HEAD + '"""Send text (\x03)."""\n') == HEAD + '"""Send text ()."""\n'
