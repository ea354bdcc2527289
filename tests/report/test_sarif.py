"""SARIF 2.1.0: what is written keeps to the standard, as far as we use it.

``sarif-subset.schema.json`` was written for these tests from the standard's text: it holds the objects that we write,
with the standard's names, types and required members, and refuses every other member.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from mcp_lsp.project.outcome import Edit, Failure, Fix, Found, Line, NotAnalysed, Region, Related, Report
from mcp_lsp.report import sarif
from mcp_lsp_analyzers import registry
from tests.report.hostile import hostile

pytestmark = pytest.mark.slow

SCHEMA = json.loads((Path(__file__).parent / "sarif-subset.schema.json").read_text("utf-8"))
RULE = registry.rules()[0]


def found(**changes: object) -> Found:
    region = Region("src/a b.py", (3, 5), (3, 9))
    step = Related(Region("src/ü.py", (1, 1), (1, 5)), "`host` is [chosen](1)", None)
    edits = (
        Edit(Region("src/a b.py", (1, 1), (1, 1)), "import os\n"),
        Edit(region, "x"),
    )
    whole = Found(
        RULE.id,
        RULE.name,
        "error",
        "arguments[0](x) reaches it",
        region,
        RULE.references,
        (step,),
        "0123456789abcdef",
        Fix("Do it", False, edits),
        "/tools/ping",
        (Line(3, "    host"),),
    )
    return whole._replace(**changes)  # type: ignore[arg-type]


FULL = Report(
    found=[found(), found(severity="hint", related=(), fix=None, lines=())],
    not_analysed=[NotAnalysed("x.py", "a binary file")],
    failures=[
        Failure("y.py", RULE.id, "/tools/x", "ValueError: no"),
        Failure("/abs/z.py", "process", "", "died (signal 11)"),
    ],
    files=3,
)
EVERY = Report(found=[found(code=rule.id, name=rule.name) for rule in registry.rules()])


@pytest.mark.parametrize("report", [Report(), FULL, EVERY, Report(missing=1), hostile()])
def test_it_keeps_to_the_standard(report: Report) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(json.loads(sarif.render(report)), SCHEMA)


@pytest.mark.skipif("MCP_LSP_SARIF_SCHEMA" not in os.environ, reason="MCP_LSP_SARIF_SCHEMA names no file")
@pytest.mark.parametrize("report", [Report(), FULL, EVERY, Report(missing=1), hostile()])
def test_it_keeps_to_the_schema_of_the_standard(report: Report) -> None:
    """The schema that OASIS publishes; its terms do not let it be carried along."""
    schema = json.loads(Path(os.environ["MCP_LSP_SARIF_SCHEMA"]).read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator(schema, format_checker=validator.FORMAT_CHECKER).validate(json.loads(sarif.render(report)))


def test_what_a_rule_cites_is_in_the_taxonomies() -> None:
    (run,) = sarif.log(EVERY)["runs"]
    cited = 0
    for rule in run["tool"]["driver"]["rules"]:
        for relation in rule.get("relationships", ()):
            target = relation["target"]
            home = run["taxonomies"][target["toolComponent"]["index"]]
            assert home["name"] == target["toolComponent"]["name"]
            assert home["taxa"][target["index"]]["id"] == target["id"]
            cited += 1
    assert cited == sum(len(rule.references) for rule in registry.rules())


def test_the_schema_is_strict() -> None:
    log = sarif.log(FULL)
    for break_it in (
        lambda run: run["results"][0].update(rule="x"),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0),
        lambda run: run["results"][0].update(level="information"),
        lambda run: run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].update(uri="a b"),
        lambda run: run["tool"]["driver"].pop("name"),
    ):
        copy = json.loads(json.dumps(log))
        break_it(copy["runs"][0])
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(copy, SCHEMA)


def test_what_a_result_says() -> None:
    (run,) = sarif.log(FULL)["runs"]
    result = run["results"][0]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == RULE.id
    assert run["columnKind"] == "unicodeCodePoints"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "src/a%20b.py", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert result["partialFingerprints"] == {"mcpLsp/v1": "0123456789abcdef"}
    # The flow ends at the finding, and nothing in a message is taken for a link.
    (flow,) = result["codeFlows"][0]["threadFlows"]
    assert [step["location"]["message"]["text"] for step in flow["locations"]] == [
        "`host` is \\[chosen](1)",
        "arguments\\[0](x) reaches it",
    ]
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "src/%C3%BC.py"
    (change,) = result["fixes"][0]["artifactChanges"]
    assert [r["insertedContent"]["text"] for r in change["replacements"]] == ["import os\n", "x"]
    assert run["results"][1]["level"] == "note"
    assert "codeFlows" not in run["results"][1]


def test_what_was_not_analysed_and_what_failed_is_in_the_invocation() -> None:
    (invocation,) = sarif.log(FULL)["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    assert [(n["level"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]] == [
        ("warning", "Not analysed: x.py: a binary file"),
        ("error", f"{RULE.id} failed: /tools/x ValueError: no"),
        ("error", "process failed: died (signal 11)"),
    ]
    assert sarif.log(Report())["runs"][0]["invocations"][0]["executionSuccessful"]


def test_every_rule_brings_its_help() -> None:
    described = sarif.log(EVERY)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == [rule.id for rule in registry.rules()]
    for rule in described:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["markdown"].startswith(f"# {rule['id']}")


def test_only_rules_that_said_something_are_described() -> None:
    """All of them with their pages are a megabyte, in each file that is handed to code scanning."""
    (run,) = sarif.log(FULL)["runs"]
    told = {result["ruleId"] for result in run["results"]} | {RULE.id}
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == told
    taxa = {entry["id"] for taxonomy in run["taxonomies"] for entry in taxonomy["taxa"]}
    assert taxa <= {reference for rule in registry.rules() if rule.id in told for reference in rule.references}
    assert sarif.log(Report())["runs"][0]["tool"]["driver"]["rules"] == []
