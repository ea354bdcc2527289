"""Which SDK checks `Host` and `Origin` by itself: the same line is safe in one version and open in another."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["transport-without-host-check"]
SERVER = 'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("notes")\n\nmcp.run(transport="{transport}")\n'


def check(requirement: str, transport: str = "streamable-http") -> int:
    """How many transports are found unchecked."""
    known = dependencies({"requirements.txt": requirement})
    document = Document("file:///server.py", SERVER.format(transport=transport), "python")
    return len(Analysis(document, known, rules=[RULE]).diagnostics)


@pytest.mark.parametrize(
    ("requirement", "found"), [("mcp==1.22.0", 1), ("mcp==1.9.4", 1), ("mcp==1.23.0", 0), ("mcp==2.1.0", 0)]
)
def test_the_python_sdk_checks_on_local_hosts_since_1_23(requirement: str, found: int) -> None:
    assert check(requirement) == found


def test_where_the_version_is_open_nothing_is_said() -> None:
    assert check("mcp>=1.9") == 0


ELSEWHERE = "from .server import make\n\nmake().run(transport={transport}, host=HOST, port=8000{more})\n"


@pytest.mark.parametrize(
    ("requirement", "transport", "more", "found"),
    [
        ("fastmcp==3.4.2", "chosen", "", 1),
        ("fastmcp==3.4.2", '"streamable-http"', "", 1),
        ("fastmcp==3.4.2", '"stdio"', "", 0),
        ("fastmcp==3.4.2", "chosen", ", host_origin_protection=True", 0),
        ("fastmcp==3.4.2", "chosen", ", log_level=LEVEL, stateless_http=True", 1),
        ("fastmcp==3.4.2", "chosen", ", lines=20, unit=UNIT", 0),
        ("mcp==2.1.0", "chosen", "", 0),
        ("uvicorn==0.34", "chosen", "", 0),
    ],
)
def test_a_server_made_in_another_file_is_run_with_a_host(
    requirement: str, transport: str, more: str, found: int
) -> None:
    text = ELSEWHERE.format(transport=transport, more=more)
    known = dependencies({"requirements.txt": requirement})
    assert len(Analysis(Document("file:///main.py", text, "python"), known, rules=[RULE]).diagnostics) == found


@pytest.mark.parametrize(("auth", "severity"), [("auth=VERIFIER", "information"), ("", "warning")])
def test_where_callers_need_a_token_a_page_has_none(auth: str, severity: str) -> None:
    text = f'from fastmcp import FastMCP\n\nmcp = FastMCP("notes", {auth})\n\nmcp.run(transport="http")\n'
    known = dependencies({"requirements.txt": "fastmcp==3.4.2"})
    (found,) = Analysis(Document("file:///server.py", text, "python"), known, rules=[RULE]).diagnostics
    assert found.severity.value == severity


def test_over_stdio_there_is_no_host() -> None:
    assert check("mcp==1.9.4", "stdio") == 0


SWITCHED = """import os
from mcp.server.fastmcp import FastMCP
from mcp.server.transport_security import TransportSecuritySettings

mcp = FastMCP("notes")
if CONDITION:
    mcp.settings.transport_security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
mcp.run(transport="streamable-http")
"""


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ('mcp.settings.host == "0.0.0.0"', 1),
        ('os.environ.get("NOTES_DISABLE_HOST_CHECK") == "1"', 0),
        ("arguments.insecure", 0),
    ],
)
def test_whoever_runs_a_server_may_switch_the_check_off(condition: str, found: int) -> None:
    document = Document("file:///server.py", SWITCHED.replace("CONDITION", condition), "python")
    assert len(Analysis(document, dependencies({"requirements.txt": "mcp==1.26.0"}), rules=[RULE]).diagnostics) == found


@pytest.mark.parametrize(
    ("origins", "credentials", "found"),
    [
        ('settings.origins or ["*"]', "True", 1),
        ('settings.origins or ["*"]', "settings.credentials", 1),
        ('settings.origins or ["*"]', "False", 0),
        ("settings.origins or []", "settings.credentials", 0),
        ('["*"]', "settings.credentials", 0),
    ],
)
def test_any_origin_where_none_is_set(origins: str, credentials: str, found: int) -> None:
    text = (
        'from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("notes")\napp = mcp.streamable_http_app()\n'
        f"app.add_middleware(CORSMiddleware, allow_origins={origins}, allow_credentials={credentials})\n"
    )
    rule = registry.by_name()["any-origin-with-credentials"]
    document = Document("file:///server.py", text, "python")
    assert len(Analysis(document, rules=[rule]).diagnostics) == found


@pytest.mark.parametrize(
    ("requirement", "made", "found"),
    [
        ("mcp==1.22.0", 'FastMCP("notes")', 1),
        ("mcp==1.23.0", 'FastMCP("notes")', 0),
        ("mcp==1.22.0", 'FastMCP("notes", transport_security=TransportSecuritySettings(allowed_hosts=["a:*"]))', 0),
    ],
)
@pytest.mark.parametrize("app", ["streamable_http_app", "sse_app"])
def test_an_app_that_uvicorn_serves(requirement: str, made: str, app: str, found: int) -> None:
    text = (
        "import uvicorn\nfrom mcp.server.fastmcp import FastMCP\n"
        "from mcp.server.transport_security import TransportSecuritySettings\n\n"
        f'mcp = {made}\n\nuvicorn.run(mcp.{app}(), host="127.0.0.1")\n'
    )
    document = Document("file:///server.py", text, "python")
    assert len(Analysis(document, dependencies({"requirements.txt": requirement}), rules=[RULE]).diagnostics) == found


ADDRESSED = """
from mcp.server.fastmcp import FastMCP


def main(host: str, transport: str) -> None:
    mcp = FastMCP("notes", {given})
    mcp.run({run})
"""


@pytest.mark.parametrize(
    ("given", "run", "found"),
    [
        ("host=host", "transport=transport", 1),
        ("host=host", 'transport="streamable-http"', 1),
        ('host="0.0.0.0"', 'transport="streamable-http"', 1),
        ('host="127.0.0.1"', 'transport="streamable-http"', 0),
        ("port=8000", 'transport="streamable-http"', 0),
        ("host=host", 'transport="stdio"', 0),
        ("host=host", "", 0),
        ("host=host, transport_security=SECURITY", "transport=transport", 0),
        ("**options", "transport=transport", 0),
    ],
)
def test_hosts_that_are_checked_on_a_local_address_alone(given: str, run: str, found: int) -> None:
    document = Document("file:///server.py", ADDRESSED.format(given=given, run=run), "python")
    diagnostics = Analysis(document, dependencies({"requirements.txt": "mcp==1.26.0"}), rules=[RULE]).diagnostics
    assert [d.severity.value for d in diagnostics] == ["information"] * found


@pytest.mark.parametrize(
    ("base", "given", "found"),
    [
        ("StreamableHTTPSessionManager", "app=server", 1),
        ("StreamableHTTPSessionManager", "app=server, security_settings=SETTINGS", 0),
    ],
)
def test_a_manager_of_the_projects_own(base: str, given: str, found: int) -> None:
    text = (
        f"from mcp.server.streamable_http_manager import {base}\n\n\nclass Notes{base}({base}):\n    pass\n\n\n"
        f"def app(server):\n    return Notes{base}({given})\n"
    )
    document = Document("file:///server.py", text, "python")
    assert len(Analysis(document, rules=[RULE]).diagnostics) == found


@pytest.mark.parametrize(
    ("serve", "found"),
    [
        ("server = Server('notes')\napp = server.streamable_http_app(host=settings.host)", 1),
        ("server = Server('notes')\napp = server.streamable_http_app(host=settings.host, transport_security=HOSTS)", 0),
        ("server = Server('notes')\napp = server.streamable_http_app(host='127.0.0.1')", 0),
        ("server = Server('notes')\napp = server.streamable_http_app()", 0),
        ('server = MCPServer("notes")\nserver.run("streamable-http", host=settings.host, port=8000)', 1),
        ('server = MCPServer("notes")\nserver.run("stdio")', 0),
    ],
)
def test_the_second_major_is_told_the_address_where_it_serves(serve: str, found: int) -> None:
    text = f"from mcp.server import MCPServer, Server\n\nfrom .settings import settings\n\n{serve}\n"
    known = dependencies({"requirements.txt": "mcp==2.3.0"})
    assert len(Analysis(Document("file:///server.py", text, "python"), known, rules=[RULE]).diagnostics) == found
