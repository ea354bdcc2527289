"""Credentials in a client's configuration, told by what they are called."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from ..pattern import pattern
from ..rule import FileExample, Finding, Severity, rule
from ..supply import Launch

_NAMED = pattern(
    r"(?i)(?:api|access|private|secret|signing|master)[-_]?key$|(?:^|[-_])(?:token|secret|password|passwd|pwd|pat|"
    r"credentials?|apikey)$|^authorization$|^x-api-key$"
)
_STANDS_FOR = pattern(
    r"(?i)[$<{%*]|your|example|placeholder|changeme|dummy|sample|xxx|\.\.\.|…|redacted|insert|replace|todo|here$|"
    r"^(?:true|false|none|null|test\w*|secret|password|token|admin|root|postgres|default|\d+)$|(.)\1{4,}|[_-]token$|"
    r"[_-]key$|^input:"
)
_SHORTEST = 8


@rule(
    "MCP609",
    severity=Severity.WARNING,
    references=("CWE-798", "CWE-522", "MCP01:2025", "LLM02:2025", "LLM02:2026", "ASI03:2026", "SAFE-T1206", "AML.T0055",
                "CoSAI MCP-T5", "MCTS-T-1004"),
    files=(
        FileExample(
            ".mcp.json",
            bad='''
            {
              "mcpServers": {
                "notes": { "command": "notes", "env": { "NOTES_API_KEY": "q7Vd2mZp9sKx4Lw8" } }
            //                                                            ^^^^^^^^^^^^^^^^ …written out…
              }
            }
            ''',
            good='''
            {
              "mcpServers": {
                "notes": { "command": "notes", "env": { "API_KEY": "${NOTES_API_KEY}", "TOKEN": "<your token>" } },
                "mail": { "command": "mail", "env": { "PASSWORD": "your-password", "MAIL_USER": "q7Vd2mZp9sKx4Lw8" } }
              }
            }
            ''',
        ),
    ),
)  # fmt: skip
def credential_in_client_configuration(launch: Launch) -> Iterator[Finding]:
    """A client's configuration contains a credential.

    The file is committed, synchronised and shared, read by every server that may read files, and named in attacks by
    its usual path.

    Let the client ask (`${input:key}` in VS Code) or expand a variable (`${NOTES_API_KEY}`), and take the old
    credential back. Placeholders are not reported.
    """
    for name, value in launch.environment:
        written = re.sub(r"^(?:Bearer|Basic|Token|token)\s+", "", value.value)
        if _NAMED.search(name) and len(written) >= _SHORTEST and not _STANDS_FOR.search(written):
            if " " not in written and "://" not in written and written[0] != "/" and _entropy(written) >= 2.5:
                start = len(value.value) - len(written)
                yield Finding(
                    value.at(start, len(value.value)),
                    f"`{name}` is written out in the configuration",
                    detail=name,
                )


def _entropy(value: str) -> float:
    """Bits a character, by frequency."""
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())
