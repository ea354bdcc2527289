"""What is written about the settings is what the settings are."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from mcp_lsp import settings, toml
from mcp_lsp.cli import documentation

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("path", documentation.files(str(ROOT)))
def test_generated_files_are_fresh(path: str) -> None:
    assert Path(path).read_text("utf-8") == documentation.files(str(ROOT))[path], (
        "run: python -m mcp_lsp.cli.documentation --write"
    )


def test_the_schema_knows_every_setting_and_its_default() -> None:
    schema = documentation.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"].keys() == settings.names().keys()
    jsonschema.validate({name: p["default"] for name, p in schema["properties"].items()}, schema)


@pytest.mark.parametrize("name", settings.names())
def test_the_schema_takes_the_examples(name: str) -> None:
    example = settings.names()[name].metadata["example"]
    jsonschema.validate(toml.loads(example), documentation.schema())


@pytest.mark.parametrize(
    "text",
    [
        "selct = []", "select = 'ALL'", "select = ['MCP 3']", "severity = { MCP3 = 'eror' }", "max-file-size = 0",
        "per-file-ignores = ['x']", "respect-gitignore = 1",
    ],
)  # fmt: skip
def test_the_schema_and_the_program_refuse_the_same(text: str) -> None:
    table = toml.loads(text)
    assert not jsonschema.Draft202012Validator(documentation.schema()).is_valid(table)
    with pytest.raises(settings.SettingsError):
        settings.from_table(table, "x")


def test_the_schema_of_reports_is_a_schema() -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
