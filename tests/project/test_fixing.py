"""Fixes of a file, one after the other: those that others make possible, and those that would make it worse."""

from __future__ import annotations

from mcp_lsp import syntax
from mcp_lsp.assist.fixes import render
from mcp_lsp.check import Analysis
from mcp_lsp.project import fixing
from mcp_lsp_analyzers import registry


def fixed(text: str, *names: str, uri: str = "file:///server.py") -> tuple[int, Analysis]:
    rules = [registry.by_name()[name] for name in names] if names else None
    analysis = Analysis(syntax.Document(uri, text, syntax.language_of(uri)), rules=rules)
    return fixing.fix(analysis, render, unsafe=True), analysis


def test_a_fix_that_another_one_makes_possible_is_applied_in_the_same_run() -> None:
    text = """
from fastmcp import FastMCP

mcp = FastMCP("x")


@mcp.tool
def greet(name: str) -> str:
    return name
"""
    # Only a decorator with parentheses takes a title, and the hints give it some.
    done, analysis = fixed(text, "tool-without-title", "tool-without-hints")
    assert done == 2
    assert 'title="Greet"' in analysis.document.text
    assert fixing.fix(analysis, render, unsafe=True) == 0
