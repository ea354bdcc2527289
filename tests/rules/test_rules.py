"""What is written on the rules: ids, names, references, documentation."""

from __future__ import annotations

import re

import pytest

from mcp_lsp_analyzers import registry, taxonomy
from mcp_lsp_analyzers.rule import Rule

RULES = registry.rules()
_ROOMS = dict(zip("123456789", registry.ROOMS, strict=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_references_resolve(rule: Rule) -> None:
    assert rule.references
    assert [taxonomy.title(reference) for reference in rule.references]
    assert any(reference.startswith("CWE-") for reference in rule.references)
    years = {r[-4:] for r in rule.references if r.startswith("LLM")}
    assert years in (set(), {"2025", "2026"}), "both editions are in force"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_a_rule_says_what_it_finds_and_why_it_matters(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z`].*[^.]", rule.title)
    assert len(rule.title) <= 90
    paragraphs = rule.why.split("\n\n")
    assert len(re.findall(r"[.?](?:\s|$)", rule.why)) >= 2, "why it matters, then what to do"
    assert all(paragraph.rstrip().endswith((".", ")", "`")) for paragraph in paragraphs)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_names_read_after_allow_and_ids_stand_in_their_room(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z0-9]+)+", rule.name)
    assert rule.name.split("-")[0] not in ("no", "avoid", "use", "prefer", "do", "dont", "missing", "check", "require")
    match = re.fullmatch(r"MCP([1-9])\d\d", rule.id)
    assert match is not None
    assert _ROOMS[match[1]] == rule.room


def test_ids_and_names_are_unique() -> None:
    for key in ("id", "name"):
        values = [getattr(rule, key) for rule in RULES]
        assert len(values) == len(set(values))


def test_every_id_of_the_taxonomies_has_a_title() -> None:
    assert len(taxonomy.known()) > 300
    assert all(taxonomy.title(reference).strip() for reference in taxonomy.known())
    with pytest.raises(KeyError):
        taxonomy.title("CWE-0")
    assert taxonomy.url("CWE-78") == "https://cwe.mitre.org/data/definitions/78.html"
    assert taxonomy.url("SAFE-T1001") is None
