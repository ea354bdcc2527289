"""The ranked list of what authors of servers get wrong: which rule finds each of them, under which SDKs, and that it is
quiet once the rule's own fix is applied."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document, language_of
from mcp_lsp_analyzers import registry
from tests.rules.mistakes import (
    CONNECT,
    CONNECT_LOW,
    ELSEWHERE,
    HEADS,
    LOW,
    MISTAKES,
    PY,
    RUN,
    SCRIPTS,
    SHOWN,
    TS,
    Mistake,
    page,
)


def written(mistake: Mistake, sdk: str, source: str) -> str:
    head = {**HEADS, **SCRIPTS}[sdk][0]
    tail = mistake.tail
    if tail == "low":
        tail = LOW[sdk] + CONNECT_LOW
    elif tail is None:
        tail = CONNECT if sdk in SCRIPTS else RUN
    return head + dedent(source) + "\n" + tail


def analysed(mistake: Mistake, sdk: str, text: str) -> Analysis:
    manifest = {**HEADS, **SCRIPTS}[sdk][1]
    name = "server.ts" if sdk in SCRIPTS else "server.py"
    known = dependencies({"package.json" if sdk in SCRIPTS else "requirements.txt": manifest})
    rule = registry.by_name()[mistake.rule]
    analysis = Analysis(Document(f"file:///{name}", text, language_of(name)), known, rules=[rule])
    assert not analysis.failures
    return analysis


def mended(mistake: Mistake, sdk: str) -> str:
    """The text without the mistake: by the rule's own fixes, or as an author writes it where there is none."""
    if mistake.mended:
        return written(mistake, sdk, mistake.mended)
    text = written(mistake, sdk, mistake.source)
    for _ in range(5):
        analysis = analysed(mistake, sdk, text)
        if not analysis.diagnostics:
            return text
        fix = analysis.diagnostics[0].finding.fix
        assert fix is not None, "the rule has no fix"
        assert analysis.module is not None
        sdks = [server.sdk for server in analysis.servers]
        changes = render(fix, analysis.document, analysis.module, sdks[0] if sdks else None)
        assert changes is not None
        text = applied(text, changes)
    raise AssertionError(f"still found after five fixes:\n{text}")


def named(mistake: Mistake) -> str:
    return f"{mistake.number}-{mistake.rule}"


@pytest.mark.parametrize("mistake", MISTAKES, ids=named)
def test_where_it_is_a_mistake(mistake: Mistake) -> None:
    every = TS if set(mistake.where) & set(TS) else PY
    found = [sdk for sdk in every if analysed(mistake, sdk, written(mistake, sdk, mistake.source)).diagnostics]
    assert tuple(found) == mistake.where


@pytest.mark.parametrize("mistake", MISTAKES, ids=named)
def test_it_is_quiet_once_mended(mistake: Mistake) -> None:
    assert bool(mistake.mended) is bool(mistake.why)
    for sdk in mistake.where if mistake.run is None else mistake.run:
        assert not analysed(mistake, sdk, mended(mistake, sdk)).diagnostics, sdk


def test_each_of_the_list_is_looked_at() -> None:
    assert {mistake.number for mistake in MISTAKES} | ELSEWHERE.keys() == set(range(1, 36))


@pytest.mark.parametrize(("tools", "size", "rules"), [(1, 7_000, 0), (1, 9_000, 1), (40, 3_000, 1), (20, 3_000, 0)])
def test_how_much_is_much(tools: int, size: int, rules: int) -> None:
    words = "Reads a note. " * (size // 14)
    text = HEADS["mcp 1"][0] + "".join(f'@mcp.tool()\ndef f{n}() -> str:\n    """{words}"""\n' for n in range(tools))
    rule = registry.by_name()["oversized-definition"]
    assert len(Analysis(Document("file:///server.py", text, "python"), rules=[rule]).diagnostics) == rules


def test_the_table_in_the_documentation_is_fresh() -> None:
    text = (Path(__file__).parents[2] / "docs" / "mistakes.md").read_text(encoding="utf-8")
    assert text == page(), "run: python -m tests.rules.mistakes"


def test_each_says_how_it_goes_wrong_or_where_that_is_shown() -> None:
    for mistake in MISTAKES:
        assert mistake.shows.partition(":")[0] in SHOWN or mistake.shows.endswith("."), mistake
        assert not set(mistake.silent) & set(mistake.where)
