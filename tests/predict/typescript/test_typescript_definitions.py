"""The prediction equals what the real SDKs list: on recorded listings always, on fresh ones in the slow run."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from mcp_lsp_analyzers.definition import Definition
from tests.predict.typescript.sdks import INSTALLS, KINDS, lines, listed, predicted, recorded

CASES = [(name, file) for name, install in INSTALLS.items() for file in install.files]

# Entries that are not wholly predicted, and why.
MARKED = {
    "constants": "/description",  # chosen by a condition
    "templates": "/inputSchema",  # the expression that z.templateLiteral makes
    "preprocessed": "/inputSchema/required",  # code decides under zod 3 whether a parameter may be left out
    "named": "/inputSchema",  # how zod before 4.6 lists what has an id
    "output_list": "/outputSchema",  # its form depends on the client's protocol version
}


def compared(name: str, file: str, real: dict[str, list[dict[str, Any]]]) -> tuple[list[str], list[str], list[str]]:
    """The names of entries that are equal, marked as not wholly known, and different."""
    found = predicted(INSTALLS[name], file)
    equal: list[str] = []
    marked: list[str] = []
    wrong: list[str] = []
    for kind, definitions in zip(KINDS, (found.tools, found.prompts, found.resources, found.templates), strict=True):
        by_name = {entry["name"]: entry for entry in real[kind]}
        assert [d.entry.get("name") for d in definitions] == list(by_name), kind
        for one in definitions:
            label = str(one.entry["name"])
            (marked if one.unknown else equal if one.entry == by_name[label] else wrong).append(label)
            _subset(one, by_name[label])
    return equal, marked, wrong


def _subset(definition: Definition, real: dict[str, Any]) -> None:
    """Whatever is not marked is right in a marked entry too."""
    unknown = {u.pointer.split("/")[1] for u in definition.unknown}
    if "*" not in unknown:
        assert {k: v for k, v in definition.entry.items() if k not in unknown} == {
            k: v for k, v in real.items() if k not in unknown
        }


@pytest.mark.parametrize(("name", "file"), CASES)
def test_what_is_predicted_is_what_the_sdk_listed(name: str, file: str) -> None:
    _, marked, wrong = compared(name, file, recorded(name, file))
    assert not wrong
    assert set(marked) <= set(MARKED)


@pytest.mark.slow
@pytest.mark.parametrize("name", INSTALLS)
def test_nearly_all_shapes_are_predicted_wholly(name: str) -> None:
    results = [compared(name, file, recorded(name, file)) for file in INSTALLS[name].files]
    equal, marked = (sum(len(result[i]) for result in results) for i in (0, 1))
    # Of these only what is different is listed: the schemas are made as for the official SDK.
    assert equal >= 60 or name in ("sdk1-early", "fastmcp3", "fastmcp4")
    assert equal / (equal + marked) >= 0.98


@pytest.mark.long
@pytest.mark.parametrize(("name", "file"), CASES)
def test_the_sdk_still_lists_what_was_recorded(name: str, file: str) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not there")
    real = listed(name, file)
    _, _, wrong = compared(name, file, real)
    assert not wrong
    assert lines(real) == lines(recorded(name, file))
