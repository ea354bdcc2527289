"""Rules that other packages bring: off until settings name the package, and then rules like all others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mcp_lsp.settings import Settings, SettingsError, from_table
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers import rule as rules
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture

RULE = '''
from mcp_lsp_analyzers.model import Tool
from mcp_lsp_analyzers.rule import Finding, Severity, rule


@rule("ACME001", severity=Severity.ERROR, references=("CWE-20",), bad="", good="")
def tool_without_prefix(tool: Tool):
    """The name of a tool does not begin with the team's prefix.

    Clients show the tools of all teams in one list. Begin the name with `acme_`.
    """
    if not tool.name.startswith("acme_"):
        yield Finding(tool.place, f"`{tool.name}` does not begin with `acme_`")
'''
SERVER = """\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("acme")


@mcp.tool()
def ping() -> str:
    \"\"\"Answer.\"\"\"
    return "pong"
"""
ON = {"a.py": SERVER, "mcp-lsp.toml": 'plugins = ["acme-rules"]\n'}


@pytest.fixture(autouse=True)
def only_here() -> Iterator[None]:
    known = len(registry.rules())
    yield
    del rules.RULES[known:]
    registry._plugged.clear()
    registry.rules.cache_clear()
    registry.by_name.cache_clear()


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that offers rules as "acme-rules": its module, which a test may rewrite."""
    home = tmp_path_factory.mktemp("site")
    about = home / "acme_rules-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n")
    module = f"acme_{home.name}".replace("-", "_")
    (about / "entry_points.txt").write_text(f"[mcp_lsp.rules]\nacme-rules = {module}\n")
    (home / f"{module}.py").write_text(RULE)
    monkeypatch.syspath_prepend(str(home))
    return home / f"{module}.py"


@pytest.mark.usefixtures("installed")
def test_nothing_is_loaded_until_settings_name_it(run: Run) -> None:  # noqa: F811
    assert "ACME001" not in run("check", files={"a.py": SERVER}).out
    ran = run("check", "--output-format", "concise", files=ON)
    assert "a.py:7:5: error: `ping` does not begin with `acme_` [ACME001 tool-without-prefix]" in ran.out
    assert ran.code == 1


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("selector", ["ACME001", "ACME", "tool-without-prefix", "acme-rules"])
def test_they_are_selected_ignored_and_allowed_like_any_rule(run: Run, selector: str) -> None:  # noqa: F811
    assert "ACME001" in run("check", "--select", selector, files=ON).out
    assert "ACME001" not in run("check", "--ignore", selector).out
    settings = f'ignore = ["{selector}"]\nplugins = ["acme-rules"]\n'  # whatever stands first
    assert "ACME001" not in run("check", files={"mcp-lsp.toml": settings}).out
    allowed = SERVER.replace("def ping() -> str:", "def ping() -> str:  # mcp-lsp: ignore[tool-without-prefix] old")
    assert "ACME001" not in run("check", files={**ON, "a.py": allowed}).out


@pytest.mark.usefixtures("installed")
def test_they_have_pages_and_stand_in_reports(run: Run) -> None:  # noqa: F811
    assert "does not begin with the team's prefix" in run("rule", "ACME001", files=ON).out
    for form in ("json", "sarif", "html", "junit", "markdown"):
        assert "does not begin with" in run("check", "--output-format", form).out


def test_a_project_without_them_has_none(installed: Path) -> None:
    assert any(rule.id == "ACME001" for rule in from_table({"plugins": ["acme-rules"]}, "x").rules_for("", known()))
    assert not any(rule.id == "ACME001" for rule in Settings().rules_for("", known()))


def known() -> tuple[rules.Rule, ...]:
    return registry.rules()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("ACME001", "MCP301"), "MCP301 is no id of a rule of yours"),
        (("ACME001", "A1"), "A1 is no id of a rule of yours"),
        (("def tool_without_prefix", "def instruction_override"), "instruction-override of ACME001 stands for another"),
        (("CWE-20", "CWE-0"), "ACME001: CWE-0 is in none of the taxonomies"),
        (("import Tool", "import Hammer"), "acme-rules: ImportError: cannot import name 'Hammer'"),
    ],
)
def test_what_cannot_be_used_is_said(installed: Path, change: tuple[str, str], said: str) -> None:
    before = registry.rules()
    installed.write_text(RULE.replace(*change))
    with pytest.raises(SettingsError) as caught:
        from_table({"plugins": ["acme-rules"]}, "mcp-lsp.toml")
    assert said in str(caught.value)
    assert registry.rules() == before


def test_a_package_that_is_not_there_is_said() -> None:
    with pytest.raises(SettingsError) as caught:
        from_table({"plugins": ["nothing"]}, "mcp-lsp.toml")
    assert str(caught.value) == (
        'mcp-lsp.toml: plugins: no installed package offers rules as "nothing", and none offers any'
    )
