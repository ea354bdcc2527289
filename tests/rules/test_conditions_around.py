"""What only counts under a condition, in functions so long that their parts are read on their own."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

HEAD = "import '@modelcontextprotocol/sdk/types.js';\nimport https from 'node:https';\nexport class Client {\n  agents(url: string) {\n"
LINE = "    this.log({number}, 'of the client');\n"
UNCHECKED = "this.agent = new https.Agent({ rejectUnauthorized: false });"


@pytest.mark.parametrize("lines", [1, 200])
@pytest.mark.parametrize(
    ("statement", "count"),
    [
        (UNCHECKED, 1),
        (f"if (this.policy.allowsInvalid(url)) {{\n{UNCHECKED}\n}}", 0),
        (f"if (this.policy.allowsInvalid(url)) this.count++;\n{UNCHECKED}", 1),
        (f"while (true) {{\nif (this.policy.allowsInvalid(url)) {{\n{UNCHECKED}\n}}\n}}", 0),
    ],
)
def test_certificates_that_settings_leave_unchecked(statement: str, count: int, lines: int) -> None:
    padding = "".join(LINE.format(number=number) for number in range(lines))
    text = f"{HEAD}{padding}{statement}\n{padding}  }}\n}}\n"
    rule = registry.by_name()["certificate-not-checked"]
    assert len(Analysis(Document("file:///client.ts", text, "typescript"), rules=[rule]).diagnostics) == count
