"""An editing day: what is kept in memory after fifty thousand edits is what was kept after the first five thousand."""

from __future__ import annotations

import collections
import os

import pytest

from mcp_lsp.lsp import documents, memory
from tests.bench.bench_lsp import python, typescript
from tests.lsp.test_memory import Sitting, counted

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("text", "language", "marker", "written"),
    [
        (python(60), "python", "lines = []", "seen(host, [{i}]); note_{i} = str({i}); "),
        (typescript(60), "typescript", "const lines", "seen(host, [{i}]); const note_{i} = String({i}); "),
    ],
    ids=["python", "typescript"],
)
def test_fifty_thousand_edits_leave_nothing_behind(
    text: str, language: str, marker: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed is never the same twice, so that nothing kept by its text can hide."""
    monkeypatch.setattr(documents, "ALLOWANCE", 1000.0)  # what is looked at when is not for the clock to decide
    sitting, edits = Sitting(text, language), 50_000

    def typed(first: int, last: int) -> tuple[collections.Counter[str], float]:
        begun, i = sitting.version, 1_000_000 + first
        while sitting.version - begun < last - first:
            sitting.type(marker, written.format(i=i))
            sitting.session.pause()
            i += 1
        return counted(), resident()

    before, held = typed(0, edits // 10)
    after, holds = typed(edits // 10, edits)
    try:
        assert sitting.version >= edits
        grown = {name: n - before[name] for name, n in after.items() if n - before[name] > 50}
        assert grown == {}
        assert holds - held < 16, f"MiB: {held:.1f} after the first tenth, {holds:.1f} after all"
    finally:
        memory.settle_down()


def resident() -> float:
    """Memory of this process in MiB; 0 where the system does not say."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return 0.0
