"""Which reports there are, and which module writes each; it is loaded when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line asks for names only
    from mcp_lsp.project.outcome import Report

PRINTED = ("full", "concise")
"""Written finding by finding while the run goes on."""

WRITTEN = ("json", "sarif", "github", "gitlab", "junit", "markdown", "html")
"""Written at the end, each by the module of its name."""

WITH_EDITS = frozenset({"json", "sarif", "html"})
"""Those that say what a fix changes, which has to be worked out."""


def render(report: Report, form: str) -> str:
    """The whole report in one of the formats `WRITTEN`."""
    text: str = import_module(f"mcp_lsp.report.{form}").render(report)
    return text
