"""Every fix and every suppression that is offered on code that is at hand: what a user would see after choosing it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mcp_lsp import syntax
from mcp_lsp.assist import fixes
from mcp_lsp.check import Analysis, Diagnostic
from tests.rules.examples import examples

SAMPLES = sorted((Path(__file__).parents[2] / "editors" / "sample").glob("server.*"))
TEXTS = [(e.uri, e.text) for e in examples("bad")] + [
    (f"file:///{path.name}", path.read_text(encoding="utf-8")) for path in SAMPLES
]


def analysed(uri: str, text: str) -> Analysis:
    return Analysis(syntax.Document(uri, text, syntax.language_of(uri)))


def check(uri: str, text: str, help: str) -> int:
    """Choose one kind of help for each finding of a text. Gives how many there were."""
    before = analysed(uri, text)
    had = Counter(d.rule.id for d in before.diagnostics)
    count = 0
    for diagnostic in before.diagnostics:
        if diagnostic.rule.source.endswith(".suppressions") and help == "allow":
            continue  # a comment is mended, not commented
        after_text = helped(before, diagnostic, help)
        if after_text is None:
            continue
        count += 1
        after = analysed(uri, after_text)
        assert before.module is not None
        assert after.module is not None
        assert after.module.broken <= before.module.broken, after_text
        assert compiles(uri, after_text) or not compiles(uri, text), after_text
        has = Counter(d.rule.id for d in after.diagnostics)
        assert has[diagnostic.rule.id] < had[diagnostic.rule.id], f"{diagnostic.message} stays\n{after_text}"
        assert not has - had, f"{has - had} is new\n{after_text}"
    return count


def compiles(uri: str, text: str) -> bool:
    if uri.endswith(".py"):
        try:
            compile(text, uri, "exec")
        except SyntaxError:
            return False
    return True


def helped(analysis: Analysis, diagnostic: Diagnostic, help: str) -> str | None:
    module, span = analysis.module, diagnostic.finding.place.span
    assert module is not None
    if help == "allow":
        start = span.start if span is not None else 0
        changes = fixes.suppress(analysis.document, module, start, diagnostic.rule.name, "it is meant so")
        if analysis.document.uri.endswith((".json", ".jsonl")):
            return None  # no comment can stand in JSON: `per-file-ignores` speak for it
        assert changes, f"{diagnostic.message} cannot be allowed"
    elif diagnostic.finding.fix is None:
        return None
    else:
        sdk = analysis.servers[0].sdk if analysis.servers else None
        changes = fixes.render(diagnostic.finding.fix, analysis.document, module, sdk)
    return fixes.applied(analysis.document.text, changes) if changes else None


@pytest.mark.slow
@pytest.mark.parametrize(("uri", "text"), TEXTS, ids=[f"{i}-{uri[8:]}" for i, (uri, _) in enumerate(TEXTS)])
def test_what_is_allowed_is_gone_and_nothing_else_comes(uri: str, text: str) -> None:
    check(uri, text, "allow")


@pytest.mark.slow
@pytest.mark.parametrize("path", SAMPLES, ids=str)
def test_what_is_fixed_is_gone_and_nothing_else_comes(path: Path) -> None:
    assert check(f"file:///{path.name}", path.read_text(encoding="utf-8"), "fix")
