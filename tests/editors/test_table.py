"""What the editors' page promises is proven by the tests it names."""

import re

from conftest import EDITORS

from mcp_lsp.lsp.client import COMMANDS

ROOT = EDITORS.parent
PAGE = (EDITORS / "README.md").read_text(encoding="utf-8")


def rows(title: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    part = PAGE[PAGE.index(f"## {title}") :].split("\n## ")[0]
    lines = [line for line in part.split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_cell_names_a_test_that_is_there() -> None:
    there = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    table = rows("Beside ruff, gopls and ESLint")
    assert len(table) > 30
    for feature, *_, ours, proof in table:
        named = re.findall(r"`(test_\w+)`", proof)
        assert named or ours.startswith("no:"), f"nothing proves: {feature}"
        assert set(named) <= there, f"{feature}: {set(named) - there}"


def test_every_command_is_described() -> None:
    assert {row[0].strip("`") for row in rows("What can be ordered")} == set(COMMANDS)
