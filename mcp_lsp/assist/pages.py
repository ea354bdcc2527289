"""What a reader is told about a diagnostic: its message, and the page of its rule."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from mcp_lsp.check import Diagnostic
from mcp_lsp_analyzers import registry, taxonomy
from mcp_lsp_analyzers.rule import Rule


@functools.cache
def address(rule: Rule) -> str | None:
    """Where the public can read about the fault a rule finds: the first of its references that has an address."""
    return next((url for reference in rule.references if (url := taxonomy.url(reference))), None)


def hover(diagnostics: Iterable[Diagnostic], markdown: bool) -> str:
    """Messages and rule pages, each page once."""
    from mcp_lsp import explain  # not needed before somebody hovers

    by_rule: dict[Rule, list[str]] = {}
    for diagnostic in diagnostics:
        messages = by_rule.setdefault(diagnostic.rule, [])
        if diagnostic.message not in messages:
            messages.append(diagnostic.message)
    parts = ["\n\n".join((*messages, explain.page(rule))) for rule, messages in by_rule.items()]
    text = "\n\n---\n\n".join(parts)
    return text if markdown else plain(text)


def named(line: str, column: int, settings: bool = False) -> tuple[Rule, int, int] | None:
    """The rule whose name or id stands at a column of a line, in a comment that allows it or, where the line is one of
    ``settings``, in quotes; with where the word begins and ends."""
    spans = [match.span(1) for match in (_QUOTED if settings else _ALLOWED).finditer(line)]
    for start, end in spans:
        if start <= column <= end:
            for word in _WORD.finditer(line, start, end):
                if word.start() <= column <= word.end():
                    found = registry.by_name().get(word[0])
                    return None if found is None else (found, *word.span())
    return None


_ALLOWED = re.compile(r"mcp-lsp:[ \t]*ignore(?:-file)?[ \t]*\[([^\]\n]*)")
_QUOTED = re.compile(r"""["']([\w-]+)["']""")
_WORD = re.compile(r"[\w-]+")


def page(rule: Rule, markdown: bool) -> str:
    """The page of a rule."""
    from mcp_lsp import explain  # not needed before somebody hovers

    text = explain.page(rule)
    return text if markdown else plain(text)


def plain(text: str) -> str:
    """Markdown for a client that shows text as it is: without fences, links as text."""
    text = re.sub(r"(?m)^(```|~~~)[^\n]*\n", "", text)
    text = re.sub(r"\[([^\]\n]+)\]\(([^)\s]+)\)", r"\1 (\2)", text)
    return re.sub(r"(?m)^#+ +", "", text)
