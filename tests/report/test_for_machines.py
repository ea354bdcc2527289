"""JUnit, GitLab and Markdown, each read by what reads it elsewhere."""

from __future__ import annotations

import json
import re

import jsonschema
import junitparser
import pytest
from markdown_it import MarkdownIt

from mcp_lsp.project.outcome import Failure, NotAnalysed, Report, Seen
from mcp_lsp.report import gitlab, junit, markdown
from mcp_lsp.report.text import NO_SERVER
from tests.report.hostile import NASTY, found, hostile, plain

# ---------------------------------------------------------------- JUnit


def suites(report: Report) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """(suite, [(test, outcome, message)]) as a reader of JUnit files sees them."""
    read = junitparser.JUnitXml.fromstring(junit.render(report).encode())
    out = []
    for suite in read:
        cases = []
        for case in suite:
            results = [(type(each).__name__.lower(), each.message or "") for each in case.result] or [("passed", "")]
            ((outcome, message),) = results
            cases.append((case.name, outcome, message))
        out.append((suite.name, cases))
        assert suite.tests == len(cases)
        assert suite.failures == sum(1 for _, outcome, _ in cases if outcome == "failure")
        assert suite.errors == sum(1 for _, outcome, _ in cases if outcome == "error")
    assert read.tests == sum(len(cases) for _, cases in out)
    return out


def test_findings_fail_and_servers_without_any_pass() -> None:
    other = Seen("src/other.py", "mcp 1", ("a",), (), ())
    report = plain(servers=[*plain().servers, other])
    assert suites(report) == [
        ("src/other.py", [("no findings", "passed", "")]),
        (
            "src/server.py",
            [("MCP301 shell-command-from-argument at 3:12", "failure", "`host` becomes part of a shell command")],
        ),
    ]


def test_what_was_not_looked_at_has_not_passed() -> None:
    report = plain(
        found=[],
        not_analysed=[NotAnalysed("src/server.py", "syntax error in line 3"), NotAnalysed("x.py", NO_SERVER)],
        failures=[Failure("y.py", "MCP301", "/tools/x", "ValueError: no")],
    )
    assert suites(report) == [
        ("src/server.py", [("not analysed", "error", "syntax error in line 3")]),
        ("y.py", [("mcp-lsp failed", "error", "MCP301 /tools/x ValueError: no")]),
    ]


def test_hostile_text_in_junit() -> None:
    read = suites(hostile())
    assert len(read) == 3
    ((_, _, message),) = read[[name for name, _ in read].index(next(n for n, _ in read if n.startswith("src/<")))][1]
    assert message.startswith("</style><script>alert(1)</script>")
    assert "<U+202E>evil" in message
    assert suites(Report()) == []


# ---------------------------------------------------------------- GitLab

# Written from https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.mark.parametrize("report", [Report(), plain(), hostile()])
def test_gitlab_takes_it(report: Report) -> None:
    issues = json.loads(gitlab.render(report))
    jsonschema.validate(issues, CODE_QUALITY)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_an_issue_of_gitlab() -> None:
    (issue, unread) = json.loads(gitlab.render(plain(not_analysed=[NotAnalysed("x.py", "a binary file")])))
    assert issue["severity"] == "critical"
    assert issue["location"] == {"path": "src/server.py", "lines": {"begin": 3, "end": 3}}
    assert issue["description"] == "`host` becomes part of a shell command (shell-command-from-argument)"
    assert issue["categories"] == ["Security"]
    assert (unread["check_name"], unread["description"]) == ("not-analysed", "Not analysed: a binary file")


# ---------------------------------------------------------------- Markdown

READER = MarkdownIt("gfm-like")


def kinds(text: str) -> set[str]:
    """What a reader of Markdown sees in it, our own frame left out."""
    text = re.sub(r"</?details>|</?summary>", "", text)
    seen = set()
    for token in READER.parse(text):
        seen.add(token.type)
        seen |= {child.type for child in token.children or ()}
    return {kind.removesuffix("_open").removesuffix("_close") for kind in seen}


def test_a_comment() -> None:
    text = markdown.render(plain())
    assert "- 🔴 **error** MCP301 `src/server.py:3:12` `host` becomes part of a shell command\n" in text
    assert "Score: 75 of 100, grade C" in text
    assert kinds(text) == {
        "heading",
        "paragraph",
        "inline",
        "text",
        "bullet_list",
        "list_item",
        "strong",
        "code_inline",
        "softbreak",
    } - ({"softbreak"} - kinds(text))


def test_hostile_text_formats_links_and_pings_nothing() -> None:
    text = markdown.render(hostile())
    assert not kinds(text) & {"html_inline", "html_block", "link", "image", "fence", "s", "table", "em"}
    outside = re.sub(r"(`+) .*? \1(?!`)|`[^`\n]*`", "", text)
    assert "@team" not in outside
    assert "#1" not in re.sub("&#[0-9]+;", "", outside)
    assert "\u202e" not in text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("`a` and `b|c`", "`a` and `b|c`"),
        ("a ` b", "a \\` b"),
        ("mail @me <b> a_b", "mail &#64;me &#60;b&#62; a\\_b"),
        ("see http://x.example", "see http&#58;//x.example"),
    ],
)
def test_prose(said: str, written: str) -> None:
    assert markdown.prose(said) == written


def test_a_comment_is_short_enough_and_says_what_it_leaves_out() -> None:
    many = plain(found=[found(message=f"`{i}` {'x' * 90}") for i in range(2000)])
    text = markdown.render(many)
    assert len(text) <= markdown.MOST
    assert re.search(r"- … and 1\d\d\d more\n", text)
    assert NASTY not in text
