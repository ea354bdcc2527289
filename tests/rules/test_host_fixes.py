"""A server of fastmcp over HTTP is told to look at who it was called as, in the way its version has."""

from __future__ import annotations

import pytest

from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

HEAD = 'from fastmcp import FastMCP\nmcp = FastMCP("x")\n'


def mended(run: str, requirement: str) -> str:
    """The source with the fix, without what stands before it; no finding is left."""
    text = HEAD + run + "\n"
    known = dependencies({"requirements.txt": requirement})
    rule = registry.by_name()["transport-without-host-check"]
    document = Document("file:///server.py", text, "python")
    analysis = Analysis(document, known, rules=[rule])
    (diagnostic,) = analysis.diagnostics
    fix = diagnostic.finding.fix
    assert fix is not None
    assert analysis.module is not None
    changes = render(fix, document, analysis.module, analysis.servers[0].sdk)
    assert changes is not None
    fixed = applied(text, changes)
    assert not Analysis(Document("file:///server.py", fixed, "python"), known, rules=[rule]).diagnostics
    return fixed


@pytest.mark.parametrize("requirement", ["fastmcp==3.4.10", "fastmcp==4.1.6"])
@pytest.mark.parametrize(
    ("run", "becomes"),
    [
        ('mcp.run(transport="http")', 'mcp.run(transport="http", host_origin_protection="auto")'),
        ('mcp.run("http", host="127.0.0.1")', 'mcp.run("http", host="127.0.0.1", host_origin_protection="auto")'),
        (
            'mcp.run("http", host="0.0.0.0")',
            'mcp.run("http", host="0.0.0.0", host_origin_protection="auto", allowed_hosts=["your-host.example.com"])',
        ),
    ],
)
def test_the_sdk_checks(run: str, becomes: str, requirement: str) -> None:
    assert mended(run, requirement) == HEAD + becomes + "\n"


@pytest.mark.parametrize("requirement", ["fastmcp==2.14.7", "fastmcp==3.2.0", "fastmcp>=3"])
def test_older_ones_let_starlette_check(requirement: str) -> None:
    fixed = mended('mcp.run(transport="http")', requirement)
    assert 'middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["localhost", "127.0.0.1"])]' in fixed
    assert "from starlette.middleware import Middleware\n" in fixed
    assert "from starlette.middleware.trustedhost import TrustedHostMiddleware\n" in fixed
