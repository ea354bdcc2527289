"""``mcp-lsp sbom``: a bill of materials that other programs can read, the same for the same project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from cyclonedx.validation.xml import XmlValidator

from .conftest import Run
from .test_advisories import FILES

SERVER = '''from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


@mcp.tool()
def add(text: str) -> str:
    """Add a note."""
    return text
'''
ALL: dict[str, str | bytes] = {
    **FILES,
    "src/server.py": SERVER,
    "package.json": '{"devDependencies": {"zod": "3.25.0"}}',
}


def test_what_is_listed(run: Run) -> None:
    run("advisories", "--from", "osv.json", files=ALL)
    bom = run("sbom").json
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    assert bom["metadata"]["component"]["name"] == "x"
    listed = {each.get("purl", each["name"]): each.get("scope") for each in bom["components"]}
    assert listed == {
        "pkg:pypi/mcp@1.9.0": "required",
        "pkg:pypi/anyio@4.9.0": "required",
        "pkg:npm/zod@3.25.0": "excluded",
        "notes": None,
    }
    (server,) = [each for each in bom["components"] if each["name"] == "notes"]
    assert {"name": "mcp:tool", "value": "add"} in server["properties"]
    assert {"name": "mcp:path", "value": "src/server.py"} in server["properties"]
    told = {
        each["id"]: (each["affects"][0]["ref"], each["ratings"][0]["severity"], each.get("recommendation"))
        for each in bom["vulnerabilities"]
    }
    assert told == {
        "CVE-2025-53366": ("pkg:pypi/mcp@1.9.0", "high", "Use 1.9.4"),
        "GHSA-anyio": ("pkg:pypi/anyio@4.9.0", "unknown", "Use 4.9.1"),
    }
    (root,) = [each for each in bom["dependencies"] if each["ref"] == "project"]
    assert root["dependsOn"] == ["mcp-server:src/server.py:notes", "pkg:npm/zod@3.25.0", "pkg:pypi/mcp@1.9.0"]


def test_that_nothing_was_looked_up_is_said(run: Run) -> None:
    properties = run("sbom", files=ALL).json["metadata"]["properties"]
    assert properties == [{"name": "mcp-lsp:vulnerabilities-looked-up", "value": "no"}]


def test_the_same_project_gives_the_same_document(run: Run, tmp_path: Path) -> None:
    run("sbom", "--output-file", "a.cdx.json", files=ALL)
    run("sbom", "--output-file", "b.cdx.json")
    text = (tmp_path / "a.cdx.json").read_text()
    assert text == (tmp_path / "b.cdx.json").read_text()
    assert str(tmp_path) not in text


@pytest.mark.parametrize(("form", "validator"), [("json", JsonStrictValidator), ("xml", XmlValidator)])
def test_it_is_valid(run: Run, form: str, validator: type) -> None:
    run("advisories", "--from", "osv.json", files=ALL)
    out = run("sbom", "--output-format", form).out
    try:
        wrong = validator(SchemaVersion.V1_6).validate_str(out)
    except Exception as error:  # the validators are extras of the library
        if type(error).__name__ != "MissingOptionalDependencyException":
            raise
        assert out.startswith("<?xml") if form == "xml" else json.loads(out)
        return
    assert wrong is None


def test_nothing_to_list(run: Run) -> None:
    assert run("sbom", files={"a.py": "x = 1\n"}).code == 1
    assert run("sbom", "nowhere").code == 2
