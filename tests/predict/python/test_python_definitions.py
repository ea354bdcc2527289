"""The prediction equals what the real SDKs list: on recorded listings always, on fresh ones in the slow run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mcp_lsp_analyzers.definition import Definition
from tests.predict.python.environments import (
    ENVIRONMENTS,
    KINDS,
    listed,
    predicted,
    python_of,
    recorded,
)

RECORDED = (*ENVIRONMENTS, "mcp1-python313", "fastmcp3-python313")

# Entries that are not wholly predicted, and why.
MARKED = {
    "run_time_default": "/inputSchema/properties/a/default",  # read from the environment
    "tagged": "/inputSchema/properties/value",  # told apart by a function
}


class Compared:
    """The names of the entries that are equal, marked as not wholly known, and different without a mark."""

    def __init__(self, name: str, real: dict[str, Any], folder: Path) -> None:
        self.equal: list[str] = []
        self.marked: list[str] = []
        self.wrong: list[str] = []
        found = predicted(ENVIRONMENTS[name.partition("-python")[0]], folder, python_of(real))
        by_kind = (found.tools, found.prompts, found.resources, found.templates)
        for kind, definitions in zip(KINDS, by_kind, strict=True):
            assert [d.entry["name"] for d in definitions] == [entry["name"] for entry in real[kind]]
            for one, entry in zip(definitions, real[kind], strict=True):
                label = str(entry["name"])
                differences = list(_differences(one.entry, entry, ""))
                if any(not _covered(pointer, one) for pointer in differences):
                    self.wrong.append(f"{label}: {differences}")
                else:
                    (self.marked if one.unknown else self.equal).append(label)


def _differences(mine: Any, real: Any, pointer: str) -> list[str]:
    if isinstance(mine, dict) and isinstance(real, dict):
        found = []
        for key in {**mine, **real}:
            below = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            both = key in mine and key in real
            found += _differences(mine[key], real[key], below) if both else [below]
        return found
    if isinstance(mine, list) and isinstance(real, list) and len(mine) == len(real):
        return [p for i in range(len(mine)) for p in _differences(mine[i], real[i], f"{pointer}/{i}")]
    return [] if mine == real and isinstance(mine, bool) is isinstance(real, bool) else [pointer]


def _covered(pointer: str, definition: Definition) -> bool:
    for unknown in definition.unknown:
        above = unknown.pointer[:-1] if unknown.pointer.endswith("/*") else unknown.pointer + "/"
        if f"{pointer}/".startswith(above):
            return True
    return False


@pytest.mark.parametrize("name", RECORDED)
def test_what_is_predicted_is_what_the_sdk_listed(name: str, tmp_path: Path) -> None:
    compared = Compared(name, recorded(name), tmp_path)
    assert compared.wrong == []
    assert set(compared.marked) <= set(MARKED)


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDED)
def test_nearly_all_shapes_are_predicted_wholly(name: str, tmp_path: Path) -> None:
    compared = Compared(name, recorded(name), tmp_path)
    count = len(compared.equal) + len(compared.marked)
    few = 9 if name in ("fastmcp2-text", "fastmcp3-text") else 20 if name.endswith(("-servers", "-fresh")) else 150
    assert count >= few
    assert len(compared.equal) / count >= 0.98


@pytest.mark.long
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_what_is_predicted_is_what_the_newest_release_lists(name: str, tmp_path: Path) -> None:
    compared = Compared(name, listed(ENVIRONMENTS[name], tmp_path / "real"), tmp_path / "ours")
    assert compared.wrong == []
    assert set(compared.marked) <= set(MARKED)
