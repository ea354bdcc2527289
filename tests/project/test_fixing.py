"""Fixes of a file, one after the other: those that others make possible, and those that would make it worse."""

from __future__ import annotations

from mcp_lsp import syntax
from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.check import Analysis, Diagnostic
from mcp_lsp.project import fixing
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.place import Place
from mcp_lsp_analyzers.rule import Finding, Severity


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


def test_what_stood_in_the_way_of_a_fix_is_gone_in_the_same_run() -> None:
    text = """
from fastmcp import FastMCP

mcp = FastMCP("notes")


@mcp.tool
def read_note(name: str) -> str:
    try:
        if not name:
            return "Error: no name is given"
        return name.upper()
    except Exception as error:
        return f"Error: {error}"
"""
    # The handler would make an answer of the error again, until it raises one itself.
    done, analysis = fixed(text, "failure-returned-as-success")
    assert done == 2
    assert analysis.document.text.count("return") == 1
    assert fixing.fix(analysis, render, unsafe=True) == 0


def test_more_hidden_characters_than_are_told_are_removed_by_the_fix_of_any_of_them() -> None:
    hidden = " ".join(["\u200b"] * 30)
    text = f'from fastmcp import FastMCP\n\nmcp = FastMCP()\n\n\n@mcp.tool()\ndef f():\n    """Do it. {hidden}."""\n'
    _, analysis = fixed(text, "hidden-characters")
    assert "\u200b" not in analysis.document.text
    rules = [registry.by_name()["hidden-characters"]]
    before = Analysis(syntax.Document("file:///server.py", text, "python"), rules=rules)
    for diagnostic in before.diagnostics:
        assert diagnostic.finding.fix is not None
        assert before.module is not None
        changes = render(diagnostic.finding.fix, before.document, before.module)
        assert changes is not None
        after = Analysis(syntax.Document("file:///server.py", applied(text, changes), "python"), rules=rules)
        assert fixing.better(before.diagnostics, after.diagnostics, diagnostic)


def found(severity: str, name: str) -> Diagnostic:
    rule = registry.by_name()[name]
    return Diagnostic(rule, Finding(Place("file:///server.py", "/tools/f"), "said"), Severity(severity))


def test_something_as_bad_instead_of_a_finding_is_not_better() -> None:
    shell, option = "shell-command-from-argument", "option-from-argument"
    gone, other = found("error", shell), found("warning", "failure-returned-as-success")
    assert fixing.better([gone, other], [other], gone)
    assert fixing.better([gone, gone], [gone, found("warning", option)], gone)  # a lesser one
    assert not fixing.better([gone], [found("error", option)], gone)
    assert not fixing.better([gone, other], [gone], gone)  # it is still there
    assert not fixing.better([gone, other], [found("error", "failure-returned-as-success")], gone)  # now it is worse
