"""Incremental equals whole, declaration by declaration: each of them is taken out of an example and put back."""

from __future__ import annotations

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from tests.rules.examples import Example, examples

pytestmark = pytest.mark.slow

ROOMS = ("handlers", "auth", "capabilities", "protocol")


def told(analysis: Analysis) -> list[tuple[object, ...]]:
    return [
        (d.rule.id, d.finding.place.span, d.message, tuple(one.message for one in d.finding.related))
        for d in analysis.diagnostics
    ]


@pytest.mark.parametrize("example", [e for e in examples("bad") if e.rule.room in ROOMS and not e.file], ids=str)
def test_each_declaration_is_taken_out_and_put_back(example: Example) -> None:
    analysis = Analysis(syntax.Document(example.uri, example.text, example.language))
    whole = told(analysis)
    for segment in [each for each in analysis.tree.segments if each.text.strip()]:
        start, text = segment.anchor.start, segment.text
        analysis.change([syntax.Change(start, start + len(text), "")])
        analysis.settle()
        less = syntax.Document(example.uri, analysis.document.text, example.language)
        assert told(analysis) == told(Analysis(less)), f"without {text[:60]!r}"
        analysis.change([syntax.Change(start, start, text)])
        analysis.settle()
        assert told(analysis) == whole, f"with {text[:60]!r} again"
