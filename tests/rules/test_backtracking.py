"""Which regular expressions can take exponential time, and where one is told of them."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers.handlers.ambiguity import exponential

SLOW = {
    r"^(a+)+$": "(a+)+",
    r"^(\w+\s?)*$": r"(\w+\s?)*",
    r"^(?:a*)*b": "(?:a*)*",
    r"^(a|a)*$": "(a|a)*",
    r"^(\d+|[a-f0-9]+)*x": r"(\d+|[a-f0-9]+)*",
    r"^(.*,)*x": "(.*,)*",
    r"^(?:[^/]+(?:,[^/]+)*)$": "(?:,[^/]+)*",
    r'"([^"]|\\.)*"': r'([^"]|\\.)*',
    r"'(?:''|\\.|[^'])*'": r"(?:''|\\.|[^'])*",
    r"^([A-Z]\w*|\w){1,}!": r"([A-Z]\w*|\w){1,}",
    r"^(?P<word>\s*\w*)+;": r"(?P<word>\s*\w*)+",
}
QUICK = [
    r"(a+)+",  # never gives up
    r"^(\w+\s)*$",
    r"^(?:[^/,]+(?:,[^/,]+)*)$",
    r"(\s*\n\s*)+",
    r"^(a|b)*$",
    r"^(a|ab)*c",
    r"(?:(?!x).)*y",
    r"^[\w.-]+@([\w-]+\.)+[a-z]{2,}$",
    r'"([^"\\]|\\.)*"',
    r"^(\b\w+\b\s*)*$",  # a word ends in one place only
    r"<!--(?:.|\n)*?-->",
    r"/\*(?:[^*]|\*(?!/))*\*/",
    r"^(.*?,){11}P",  # slow, but not exponential
    r"^((\w+)\.)+(\w+)$",
    r"^\[(?:[^\[\]]|\[[^\]]*\])*\]$",
    r"^([a-z]+[0-9])+$",
    r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$",
    r"^(?>a+)+$",  # not understood
    r"^(a+",
    r"(*a)*",
]


@pytest.mark.parametrize("expression", SLOW)
def test_two_ways_through_a_repetition_are_seen(expression: str) -> None:
    found = exponential(expression)
    assert found is not None
    assert expression[found.start : found.end] == SLOW[expression]


@pytest.mark.parametrize("expression", QUICK)
def test_one_way_is_left_alone(expression: str) -> None:
    assert exponential(expression) is None


def test_what_has_to_match_to_its_end_gives_up() -> None:
    assert exponential(r"(a+)+") is None
    assert exponential(r"(a+)+", ends=True) is not None


def told(text: str, language: str) -> list[str]:
    analysis = Analysis(Document(f"file:///p/server.{language}", text, language))
    spans = [d.finding.place.span for d in analysis.diagnostics if d.rule.id == "MCP312"]
    return [text[span.start : span.end] for span in spans]


HEAD = {
    "python": "import re\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('x')\n",
    "typescript": 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n',
}


def test_parts_of_an_expression_that_is_put_together() -> None:
    body = """
export class Template {
  part(many: boolean) {
    return many ? "([^/]+(?:,[^/]+)*)" : "([^/,]+)";
  }
  match(uri: string) {
    return new RegExp("^" + this.part(true) + "$").exec(uri);
  }
}
"""
    assert told(HEAD["typescript"] + body, "typescript") == ['"([^/]+(?:,[^/]+)*)"']
    without = body.replace('new RegExp("^" + this.part(true) + "$").exec(uri)', "this.part(true)")
    assert told(HEAD["typescript"] + without, "typescript") == []


def test_where_nothing_more_is_asked_of_the_text() -> None:
    assert told(HEAD["python"] + 'WORD = re.search(r"(\\w+)+", "x")\n', "python") == []
    assert told(HEAD["python"] + 'WORD = re.fullmatch(r"(\\w+)+", "x")\n', "python") == ['r"(\\w+)+"']


def test_what_only_looks_like_one() -> None:
    assert told(HEAD["python"] + 'SHOWN = "(a+)+$"\nprint(match("(a+)+$"))\n', "python") == []


def test_a_sentence_about_expressions() -> None:
    body = """
export const shown = { describe: "Which names, at most 99 characters, and none of the kind `(a+)+`" };
export function names(given: string[], filter: string) {
  const shown = "Which names, at most 99 characters, and none of the kind `(a+)+`";
  const wanted = new RegExp(filter);
  return given.filter((name) => wanted.test(name)).concat(shown);
}
"""
    assert told(HEAD["typescript"] + body, "typescript") == []
    assert told(HEAD["typescript"] + body.replace("Which names, at most 99 characters, and none of the kind `(a+)+`",
                                                  "^(a+)+"), "typescript") == ['"^(a+)+"']  # fmt: skip
