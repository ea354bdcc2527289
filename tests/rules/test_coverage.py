"""The catalogue of other checkers: every row is answered, and its examples are found and clean."""

from __future__ import annotations

import pytest

from mcp_lsp import coverage, syntax
from mcp_lsp.check import Analysis, Diagnostic
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.rule import Severity

ROWS = {row.key: row for table in coverage.tables() for row in table.rows}
EXAMPLES = {example.row: example for example in coverage.examples()}


def check(file: str, text: str) -> list[Diagnostic]:
    document = syntax.Document(f"file:///project/{file}", text.lstrip("\n"), syntax.language_of(file) or "")
    analysis = Analysis(document)
    assert not analysis.failures
    return analysis.diagnostics


def test_the_table_is_fresh() -> None:
    text = (coverage.HOME / "CATALOGUE.md").read_text(encoding="utf-8")
    assert text == coverage.written(), "run: python -m mcp_lsp.explain --write"


def test_a_row_names_rules_that_exist_or_says_why_there_is_none() -> None:
    for row in ROWS.values():
        assert row.rules or row.remark, row
        assert set(row.rules) <= registry.by_name().keys(), row


def test_no_list_that_counts_its_rows_has_a_gap() -> None:
    counted = [("HEUR-{:03}", 1, 20), ("SHIELD-{:03}", 1, 36), ("W{:03}", 7, 20), ("MCPS-{:03}", 1, 8)]
    assert {form.format(n) for form, first, last in counted for n in range(first, last + 1)} <= ROWS.keys()
    assert len(ROWS) == sum(len(table.rows) for table in coverage.tables()), "two rows have the same key"
    analyzers = coverage.tables()[0]
    assert len(analyzers.rows) == 33


@pytest.mark.parametrize("row", EXAMPLES)
def test_what_a_row_warns_of_is_found_by_its_rules(row: str) -> None:
    found = [d.rule.id for d in check(EXAMPLES[row].file, EXAMPLES[row].bad)]
    assert not set(ROWS[row].rules).isdisjoint(found), found


@pytest.mark.parametrize("row", EXAMPLES)
def test_what_a_row_recommends_is_clean(row: str) -> None:
    found = [
        (d.rule.id, d.message)
        for d in check(EXAMPLES[row].file, EXAMPLES[row].good)
        if d.severity in (Severity.ERROR, Severity.WARNING) or d.rule.id in ROWS[row].rules
    ]
    assert found == []
