"""How much of what was worded afresh is understood: descriptions written in sixteen rounds, each before the rules knew it.

The files below `wordings/` are named by their round. A line is ``label | tool | description``: ``covert`` (states an
act behind the user's back), ``poisoned`` (gives the model orders), ``benign`` (sounds like either, and is neither).
README.md there has what was found on first contact, which is the figure that tells how new wordings fare; the floors
here only keep what was learnt since.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mcp_lsp_analyzers.rule import Severity
from tests.rules.texts import findings

_HERE = Path(__file__).parent / "wordings"


def flagged(value: str) -> bool:
    """Whether an error or a warning is reported; what is underlined lies in the text and is not empty."""
    found = False
    for rule, finding in findings(value):
        assert finding.place.span is not None
        assert value[slice(*finding.place.span)].strip()
        found = found or (finding.severity or rule.severity) in (Severity.ERROR, Severity.WARNING)
    return found


def texts(round_: int, label: str) -> Iterator[str]:
    for path in sorted(_HERE.glob(f"{round_}_*.txt")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith(f"{label} | "):
                yield line.split("|", 2)[2].strip().replace("\\n", "\n")


@pytest.mark.parametrize(
    ("round_", "label", "at_least"),
    [
        (1, "covert", 102),
        (1, "poisoned", 39),
        (2, "covert", 66),
        (2, "poisoned", 27),
        (3, "covert", 23),
        (3, "poisoned", 20),
        (4, "covert", 12),
        (4, "poisoned", 16),
        (5, "covert", 19),
        (5, "poisoned", 14),
        (6, "covert", 9),
        (6, "poisoned", 8),
        (7, "covert", 11),
        (7, "poisoned", 14),
        (8, "covert", 9),
        (8, "poisoned", 16),
        (9, "covert", 5),
        (9, "poisoned", 6),
        (10, "covert", 52),
        (11, "covert", 195),
        (11, "poisoned", 140),
        (12, "covert", 230),
        (12, "poisoned", 250),
        (13, "covert", 188),
        (13, "poisoned", 36),
        (14, "covert", 26),
        (14, "poisoned", 33),
        (15, "covert", 52),
        (16, "covert", 17),
        (16, "poisoned", 36),
    ],
)
def test_what_was_learnt_is_kept(round_: int, label: str, at_least: int) -> None:
    assert sum(map(flagged, texts(round_, label))) >= at_least


@pytest.mark.parametrize(
    ("round_", "at_most"),
    [
        (1, 5),
        (2, 6),
        (3, 4),
        (4, 0),
        (5, 0),
        (6, 0),
        (7, 0),
        (8, 0),
        (9, 1),
        (10, 2),
        (11, 8),
        (12, 15),
        (13, 4),
        (14, 3),
        (15, 1),
        (16, 7),
    ],
)
def test_what_only_sounds_alike_is_mostly_left_alone(round_: int, at_most: int) -> None:
    assert sum(map(flagged, texts(round_, "benign"))) <= at_most
