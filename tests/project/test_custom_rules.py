"""Rules of a project's own: found in every text a model reads, at their place, and unable to harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.project.configuration import Configuration
from mcp_lsp.project.custom import Custom
from mcp_lsp.settings import SettingsError
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers.place import ROLES

SERVER = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("demo", instructions="Ask corp.example first.")


@mcp.tool()
def ping(host: str) -> str:
    """Pingt den Rechner — über corp.example.

    Args:
        host: A name below intern.corp.example.
    """
    return host  # corp.example is a comment here
'''
RULES = r"""
rule internal_host {
    meta:
        description = "names a host of the company"
        severity = "error"
    strings:
        $host = /([a-z]+\.)?corp\.example/
    condition:
        $host
}
rule long_text { condition: filesize > 60 }
"""


def said(folder: Path, rules: str, settings: str = 'custom-rules = ["own.yar"]', server: str = SERVER) -> list[str]:
    """Severity, marked text and message of each finding of the custom rules."""
    (folder / "own.yar").write_text(rules, "utf-8")
    (folder / "mcp-lsp.toml").write_text(settings, "utf-8")
    document = Document(f"file://{folder}/server.py", server, "python")
    analysis = Analysis(document, None, Configuration().at(str(folder)))
    assert not analysis.failures
    out = []
    for each in analysis.diagnostics:
        span = each.finding.place.span
        if each.rule.name == "custom-rule" and span is not None:
            marked = re.sub(r"\s+", " ", server[span.start : span.end])
            out.append(f"{each.severity.value} {marked[:24]!r}: {each.message}")
    return out


def test_every_text_is_judged_at_its_place(tmp_path: Path) -> None:
    host = "`internal_host`: names a host of the company"
    assert said(tmp_path, RULES.split("rule long_text")[0]) == [
        f"error 'corp.example': {host}",
        f"error 'corp.example': {host}",
    ]


def test_a_rule_about_the_whole_text(tmp_path: Path) -> None:
    found = said(tmp_path, "rule long_text { condition: filesize > 60 }")
    assert len(found) == 1
    assert found[0].endswith("`long_text`: this tool description matches it")
    assert found[0].startswith("warning ")


def test_settings_and_comments_reach_it_like_any_rule(tmp_path: Path) -> None:
    assert said(tmp_path, RULES, 'custom-rules = ["."]\nignore = ["custom-rule"]') == []
    own = 'custom-rules = ["."]\nseverity = { custom-rule = "hint" }'
    assert {line.split(" ")[0] for line in said(tmp_path, RULES, own)} == {"hint"}
    allowed = SERVER.replace('first.")', 'first.")  # mcp-lsp: ignore[custom-rule] it is public')
    assert len(said(tmp_path, RULES, server=allowed)) == len(said(tmp_path, RULES)) - 1


@pytest.mark.parametrize(
    ("rules", "settings", "complaint"),
    [
        ("rule a { condition: $x }", 'custom-rules = ["own.yar"]', "own.yar:1:21: error[E025]: unknown pattern `$x`"),
        ('include "/etc/passwd"', 'custom-rules = ["own.yar"]', "error[E044]: include statements not allowed"),
        ("", 'custom-rules = ["nowhere.yar"]', "nowhere.yar: No such file or directory"),
        ("", 'custom-rules = ["/etc/passwd"]', '"/etc/passwd" is neither a folder nor a file of rules'),
        ("", "custom-rules = 1", "custom-rules: expected a list of patterns"),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, rules: str, settings: str, complaint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        said(tmp_path, rules, settings)
    assert complaint in str(caught.value)
    assert "root:" not in str(caught.value)


def test_other_rules_are_another_outcome() -> None:
    one, other = Custom((("a.yar", "rule a { condition: true }"),)), Custom((("a.yar", "rule b { condition: true }"),))
    assert repr(one) != repr(other)
    assert repr(one) == repr(Custom((("a.yar", "rule a { condition: true }"),)))


SIGMA = """
title: Names inner hosts
logsource: {product: mcp}
level: high
detection:
  host:
    description|contains: intern.corp.
  keywords:
    - frag*rechner
  allowed:
    tool.description|startswith: zz
  condition: (host or keywords) and not allowed
"""


def sigma(detection: str, level: str = "medium", product: str = "mcp") -> str:
    return f"title: Mine\nlogsource: {{product: {product}}}\nlevel: {level}\ndetection:\n{detection}"


def of_sigma(folder: Path, rules: str, server: str = SERVER) -> list[str]:
    (folder / "own.yml").write_text(rules, "utf-8")
    return said(folder, "", 'custom-rules = ["own.yml"]', server)


def test_sigma_rules_are_judged_like_those_in_yara(tmp_path: Path) -> None:
    both = "error {!r}: `Names inner hosts`: Names inner hosts"
    assert of_sigma(tmp_path, SIGMA) == [both.format("intern.corp.")]
    asking = SERVER.replace("Pingt den", "FRAGT den Rechner, und den")
    assert of_sigma(tmp_path, SIGMA, asking) == [both.format("FRAGT den Rechner")]
    assert of_sigma(tmp_path, SIGMA, SERVER.replace("Pingt", "ZZ Pingt")) == []


@pytest.mark.parametrize(
    ("detection", "marked"),
    [
        ("  a: {text|contains: corp.}\n  condition: a", ["corp.", "corp."]),
        ("  a: {instructions|endswith: ' first.'}\n  condition: a", [" first."]),
        ("  a: {instructions: 'Ask * first.'}\n  condition: a", ["Ask corp.example first."]),
        ("  a: {instructions: 'corp.example'}\n  condition: a", []),
        ("  a: {text|contains|all: [ask, first]}\n  condition: a", ["Ask"]),
        ("  a: {text|contains|cased: ask}\n  condition: a", []),
        ("  a: {tool.description|contains: 'über'}\n  condition: a", ["über"]),
        ("  a: {tool_description|re: 'co[r]p/?\\.ex'}\n  condition: a", ["corp.ex"]),
        ("  a: {text|contains: corp}\n  b: {text|contains: intern}\n  condition: a and not b", ["corp"]),
        ("  a1: {text|contains: pingt}\n  a2: {text|contains: ask}\n  condition: 1 of a*", ["Ask", "Pingt"]),
    ],
)
def test_what_a_sigma_rule_marks(tmp_path: Path, detection: str, marked: list[str]) -> None:
    assert [line.split("'")[1] for line in of_sigma(tmp_path, sigma(detection))] == marked


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        ("a: [", "own.yml: line 1: "),
        ("- 1", "own.yml: is no Sigma rule: "),
        ("", "own.yml: holds no Sigma rule"),
        (
            sigma("  a: {CommandLine|contains: x}\n  condition: a"),
            '"Mine": there is no field "CommandLine"; there are ',
        ),
        (sigma("  a: {text: x}\n  condition: a", product="windows"), 'is about the logs of "windows"'),
        (sigma("  a: {description: x, title: y}\n  condition: a"), '"Mine": asks several kinds of text at once'),
        (sigma("  a: {text|cidr: 10.0.0.0/8}\n  condition: a"), '"Mine": compares with CIDRExpression'),
        (sigma("  a: {text|re: '(?=x)y'}\n  condition: a"), "own.yml: "),
        (sigma("  a: {text: x}\n  condition: a and"), "own.yml: "),
        (sigma("  a: {text: x}\n  condition: b"), "own.yml: "),
    ],
)
def test_a_sigma_rule_that_cannot_be_meant_is_said(tmp_path: Path, rules: str, complaint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        of_sigma(tmp_path, rules)
    assert complaint in str(caught.value)


def test_the_kinds_of_text_that_rules_may_ask_for(tmp_path: Path) -> None:
    """Each that a server has is one of the roles, and known to a rule as that."""
    server = """\
from typing import Annotated, Literal
from mcp.server.fastmcp import FastMCP
from pydantic import Field

mcp = FastMCP("demo", instructions="Some instructions.")


@mcp.tool(title="A title")
def ping(host: Annotated[str, Field(title="A host", description="Its name", examples=["gw"])] = "localhost") -> str:
    \"\"\"Ping it.\"\"\"
    return host


@mcp.prompt(title="A prompt")
def ask() -> str:
    \"\"\"Asks.\"\"\"
    return "What is it?"


@mcp.resource("a://b", title="A resource")
def b() -> str:
    \"\"\"It.\"\"\"
    return "b"
"""
    rules = "".join(f'rule r{i} {{ condition: role == "{role}" }}\n' for i, role in enumerate(ROLES))
    found = said(
        tmp_path,
        f"{rules}rule other {{ condition: not ({' or '.join(f'r{i}' for i in range(len(ROLES)))}) }}",
        server=server,
    )
    kinds = {line.split("`")[1] for line in found}
    assert "other" not in kinds
    assert {ROLES[int(kind[1:])] for kind in kinds} >= {
        "tool title", "tool description", "parameter title", "parameter description", "parameter example",
        "default value", "prompt title", "prompt description", "resource title", "resource description",
        "server instructions",
    }  # fmt: skip


@pytest.mark.long
def test_a_rule_without_end_is_given_up_on(tmp_path: Path) -> None:
    hostile = "rule slow { strings: $x = /(a+)+b/ condition: $x }"
    (tmp_path / "own.yar").write_text(hostile, "utf-8")
    (tmp_path / "mcp-lsp.toml").write_text('custom-rules = ["own.yar"]', "utf-8")
    server = SERVER.replace("Pingt", "a" * 90_000)
    analysis = Analysis(
        Document(f"file://{tmp_path}/server.py", server, "python"), None, Configuration().at(str(tmp_path))
    )
    assert [(failure.rule, failure.error.split(":")[0]) for failure in analysis.failures] == [
        ("MCP298", "TimeoutError")
    ]
