"""What the author's comments allow is not told, and what is to be said of these comments is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mcp_lsp import suppress
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers.rule import Rule
from mcp_lsp_analyzers.scope import Module
from mcp_lsp_analyzers.window import Collected

from .judge import Diagnostic
from .keeping import Group


class Allowed:
    """``suppressed``: what was left out the last time."""

    def __init__(self) -> None:
        self.suppressed: list[Diagnostic] = []
        self._comments = Collected(suppress.comments)

    def of(
        self,
        groups: list[Group],
        document: Document,
        module: Module,
        enabled: Iterable[Rule],
        judged: Callable[..., Group],
    ) -> list[Group]:
        """The groups without what is allowed. ``judged``: what the rules say of some subjects."""
        self.suppressed = []
        self._comments.update(module.units)
        comments = self._comments.all
        if not comments:
            return groups
        diagnostics = [diagnostic for group in groups for diagnostic in group.diagnostics]
        allowed, subjects = suppress.apply(comments, document, diagnostics, enabled)
        about = judged(*subjects).diagnostics
        diagnostics += about
        allowed |= suppress.apply(comments, document, about, ())[0]
        self.suppressed = [diagnostic for diagnostic in diagnostics if id(diagnostic) in allowed]
        kept = [
            Group(d for d in group.diagnostics if id(d) not in allowed)
            if any(id(d) in allowed for d in group.diagnostics)
            else group
            for group in groups
        ]
        kept.append(Group(d for d in about if id(d) not in allowed))
        return [group for group in kept if group.diagnostics]
