"""What rules of another program found in the source, where a project names such rules; it is said by this one rule."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Server
from ..rule import Finding, Severity, rule


@rule("MCP530", severity=Severity.WARNING, references=("CWE-710",), tags=("semgrep",))
def semgrep_match(server: Server) -> Iterator[Finding]:
    """A Semgrep rule of the project's own matches.

    The settings (`semgrep`) name files or folders of Semgrep rules, and `mcp-lsp scan` ran them over the source, with
    the `semgrep` that is installed and without the network. The message begins with the rule's own id, the severity is
    the rule's (`ERROR`, `WARNING`, `INFO`), and a CWE it names is among the references. Change the code, or the rule
    where it asks too much; `nosemgrep` comments count, and so do those of mcp-lsp.
    """
    yield from ()
