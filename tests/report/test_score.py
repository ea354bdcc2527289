"""The score: explained, the same each time, and never better for more findings or for less that was looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mcp_lsp.project.outcome import Failure, Found, Line, NotAnalysed, Region, Report
from mcp_lsp.report.masking import masked
from mcp_lsp.report.score import explained, score
from mcp_lsp.report.text import NO_SERVER
from mcp_lsp_analyzers import registry
from tests.report.hostile import SECRET, found, plain

RULES = registry.rules()


def some(rule: int, severity: str) -> Found:
    which = RULES[rule % len(RULES)]
    return found(code=which.id, name=which.name, severity=severity, references=which.references)


FINDINGS = st.lists(
    st.builds(some, st.integers(0, 40), st.sampled_from(["error", "warning", "information", "hint"])), max_size=40
)


def test_nothing_found_in_all_of_it() -> None:
    seen = score(plain(found=[]))
    assert seen is not None
    assert (seen.overall, seen.grade, seen.risk, seen.complete) == (100, "A", 0, True)


def test_each_point_is_explained() -> None:
    report = plain(found=[found(), found(), some(3, "warning")], not_analysed=[NotAnalysed("x.py", "a binary file")])
    seen = score(report)
    assert seen is not None
    assert list(explained(seen)) == [
        "Score: at most 52 of 100, grade F, risk 60",
        "  -37.5  MCP301 A tool argument becomes part of a shell command, 2 times",
        "  -5  not looked at, or not wholly",
        f"  -5  {RULES[3].id} {RULES[3].title}",
    ]


def test_what_is_not_read_is_not_clean() -> None:
    assert score(Report(files=3)) is None
    assert score(Report(files=0, missing=1, not_analysed=[NotAnalysed("x.py", "no such file or folder")])) is None
    unread = score(plain(found=[], not_analysed=[NotAnalysed("x.py", "a binary file")]))
    broken = score(plain(found=[], failures=[Failure("y.py", "MCP301", "", "ValueError")]))
    without = score(plain(found=[], not_analysed=[NotAnalysed("z.py", f"{NO_SERVER} in 3 files")]))
    assert unread is not None
    assert (unread.overall, unread.complete) == (95, False)
    assert broken is not None
    assert (broken.overall, broken.complete) == (95, False)
    assert without is not None
    assert (without.overall, without.complete) == (100, True)


@given(FINDINGS, FINDINGS, st.integers(0, 3))
def test_more_findings_never_help(fewer: list[Found], more: list[Found], unread: int) -> None:
    skipped = [NotAnalysed(f"{i}.py", "a binary file") for i in range(unread)]
    before, after = score(plain(found=fewer)), score(plain(found=fewer + more, not_analysed=skipped))
    assert before is not None
    assert after is not None
    assert after.overall <= before.overall
    assert after.risk >= before.risk
    assert after.grade >= before.grade
    old = {(tile.framework, tile.name): tile.score for tile in before.tiles}
    assert all(tile.score <= old[tile.framework, tile.name] for tile in after.tiles)


@given(FINDINGS)
def test_the_order_of_findings_does_not_matter(those: list[Found]) -> None:
    one, other = score(plain(found=those)), score(plain(found=those[::-1]))
    assert one is not None
    assert other is not None
    assert (one.overall, one.risk, one.tiles) == (other.overall, other.risk, other.tiles)


# ---------------------------------------------------------------- masking


def test_secrets_are_not_repeated() -> None:
    source = 'KEY = "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"; run(KEY)'
    region = Region("a.py", (7, 7), (7, 53))
    secret = found(code=SECRET.id, references=SECRET.references, region=region, lines=(Line(7, source),), related=())
    beside = found(region=Region("a.py", (7, 55), (7, 58)), lines=(Line(7, source),))
    for each in masked([secret, beside]):
        (line,) = each.lines
        assert "abcdef" not in line.text
        assert len(line.text) == len(source)
        assert line.text.startswith('KEY = "sk-p•')
        assert line.text.endswith('"; run(KEY)')
    other = beside._replace(region=Region("b.py", (7, 55), (7, 58)))
    assert masked([secret, other])[1] == other
    assert masked([other]) == (other,)
