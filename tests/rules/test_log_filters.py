"""Filters of logs by where they are put."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text


@pytest.mark.parametrize(
    ("added", "count"),
    [
        ("logging.getLogger().addFilter(RedactingFilter())", 1),
        ("logging.root.addFilter(SecretFilter())", 1),
        ("root = logging.getLogger()\n    mask = MaskTokens()\n    root.addFilter(mask)", 1),
        ("getLogger('').addFilter(CredentialFilter())", 1),
        ("logging.getLogger(__name__).addFilter(RedactingFilter())", 0),
        ("logging.getLogger('uvicorn.access').addFilter(RedactingFilter())", 0),
        ("logging.getLogger().addFilter(HealthFilter())", 0),
        ("for handler in logging.getLogger().handlers:\n        handler.addFilter(RedactingFilter())", 0),
        ("logging.getLogger().addFilter(SecretFilter())\n    handler.addFilter(SecretFilter())", 0),
    ],
)
def test_where_a_filter_sees_what_is_logged(added: str, count: int) -> None:
    text = f'import logging\nfrom logging import getLogger\n\nmcp = FastMCP("notes")\n\n\ndef start(handler):\n    {added}\n'
    found = check_text("file:///main.py", "from mcp.server.fastmcp import FastMCP\n" + text)
    assert [d.rule.name for d in found].count("masking-that-most-records-pass-by") == count
