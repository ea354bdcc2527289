"""Fixes written out: a rule's recipe becomes exact edits of the text as it is now, in the language of the file.

Nothing is rendered before somebody asks for it, and what cannot be done honestly is not done (``None``): a shell
pipeline has no argument vector, a table's name cannot be bound.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from mcp_lsp import read
from mcp_lsp.syntax import PLAIN, Change, Document
from mcp_lsp_analyzers import fix as recipes
from mcp_lsp_analyzers.fix import Fix
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.scope import Module

from .answers import from_environment, raise_tool_error
from .calls import pass_keywords, replace, send_to_stderr
from .commands import run_without_shell
from .database import bind_parameters
from .declarations import annotate, describe
from .draft import Draft, applied
from .guards import allow_list, refuse_option
from .imports import Imports
from .locate import Source
from .migration import rename, wrap, write
from .paths import confine
from .signatures import annotate_parameter, run_in_thread
from .suppress import allows, suppress, suppress_file
from .transports import check_hosts, listen_here

__all__ = ["allows", "applied", "render", "suppress", "suppress_file"]


def render(fix: Fix, document: Document, module: Module, sdk: Sdk | None = None) -> list[Change] | None:
    """The edits of a fix, from the end of the text to its start; ``None`` where it cannot be done on this text.

    ``module`` is what was read from exactly this document. ``sdk`` decides how things are spelt; without it the
    imports of the file do.
    """
    draft = Draft(document.text)
    if isinstance(fix.change, recipes.Edits):
        source = None if document.language in PLAIN else _source(document, module, sdk)
        return _edits(fix.change, draft, source)
    if document.language in PLAIN:
        return None  # recipes are about code
    source = _source(document, module, sdk)
    imports = Imports(source, draft)
    if not _RECIPES[type(fix.change)](fix.change, source, draft, imports):
        return None
    imports.finish()
    return draft.changes()


def _source(document: Document, module: Module, sdk: Sdk | None) -> Source:
    """A report asks for the fixes of one file one after the other, each of them for where its units are."""
    known = cast("Source | None", module.kept.get("source"))
    if known is None or known.document is not document or known.sdk != sdk:
        known = module.kept["source"] = Source(document, read.whole(module), sdk)
    return known


_Recipe = Callable[[Any, Source, Draft, Imports], bool]

_RECIPES: dict[type, _Recipe] = {
    recipes.Annotate: annotate,
    recipes.Describe: describe,
    recipes.SendToStderr: send_to_stderr,
    recipes.RunWithoutShell: run_without_shell,
    recipes.AllowList: allow_list,
    recipes.RefuseOption: refuse_option,
    recipes.CheckHosts: check_hosts,
    recipes.ListenHere: listen_here,
    recipes.Confine: confine,
    recipes.BindParameters: bind_parameters,
    recipes.Replace: replace,
    recipes.Pass: pass_keywords,
    recipes.FromEnvironment: from_environment,
    recipes.RaiseToolError: raise_tool_error,
    recipes.AnnotateParameter: annotate_parameter,
    recipes.RunInThread: run_in_thread,
    recipes.Wrap: wrap,
    recipes.Write: write,
    recipes.Rename: rename,
}


def _edits(change: recipes.Edits, draft: Draft, source: Source | None) -> list[Change] | None:
    for edit in change.edits:
        span = edit.place.span
        if span is None or not 0 <= span.start <= span.end <= len(draft.text):
            return None
        old, new = draft.text[span.start : span.end], edit.text
        if source is not None and _LITERAL.fullmatch(old):  # one text for another: in the quotes that stand there
            new = _WRITTEN.sub(rf"{old[0]}\1{old[0]}", new)
        draft.replace(span.start, span.end, new)
    return draft.changes()


_LITERAL = pattern(r"""'[^'"\\\r\n]*'|"[^'"\\\r\n]*["]""")
_WRITTEN = pattern(r"""\A"([^'"\\\r\n]*)"\Z""")
