"""Starting is cheap: a check loads what it needs and none of the heavy things that other commands need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

# Each of these costs 20 to 350 ms, and a check has no use for it.
HEAVY = {
    "pygls", "lsprotocol", "attrs", "cattrs", "mcp", "httpx", "libcst", "pydantic", "asyncio", "multiprocessing",
    "concurrent", "dataclasses", "difflib", "inspect", "tempfile", "urllib", "traceback", "http", "email", "xml", "sqlite3", "socket", "ssl", "subprocess", "unittest",
}  # fmt: skip

SERVER = """\
import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("demo")


@mcp.tool()
def ping(host: str) -> str:
    \"\"\"Ping a host.\"\"\"
    return subprocess.getoutput(f"ping -c1 {host}")
"""


def loaded(folder: Path, *argv: str, parts: int = 1) -> set[str]:
    """Modules that a command has loaded by its end, by so many parts of their names."""
    program = (
        "import sys; from mcp_lsp.cli import main; "
        f"code = main({list(argv)!r}); "
        f"print(*sorted({{'.'.join(name.split('.')[:{parts}]) for name in sys.modules}}), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-P", "-c", program] if sys.version_info >= (3, 11) else [sys.executable, "-c", program],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(ran.stderr.split("\n")[-2].split())


@pytest.mark.parametrize(
    "argv",
    [
        ("check", "server.py"),
        ("check", "."),
        ("check", "server.py", "--output-format", "concise", "--select", "MCP3"),
        ("check", "server.py", "--output-format", "github"),
        ("rule", "MCP990"),
    ],
)
def test_a_check_loads_nothing_heavy(tmp_path: Path, argv: tuple[str, ...]) -> None:
    (tmp_path / "server.py").write_text(SERVER)
    assert loaded(tmp_path, *argv) & HEAVY == set()


def test_a_run_in_which_everything_is_known_loads_nothing_that_judges(tmp_path: Path) -> None:
    for name in ("server.py", "other.py"):
        (tmp_path / name).write_text(SERVER)
    rooms = {"mcp_lsp.check", "mcp_lsp.flow", "mcp_lsp_analyzers.handlers", "mcp_lsp.assist", "mcp_lsp.predict"}
    assert loaded(tmp_path, "check", ".", parts=2) & rooms > {"mcp_lsp.check", "mcp_lsp.flow"}
    assert loaded(tmp_path, "check", ".", parts=2) & rooms == set()


def test_only_the_grammar_that_is_needed_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text(SERVER)
    (tmp_path / "server.ts").write_text("const x = 1;\n")
    grammars = {"tree_sitter_python", "tree_sitter_typescript", "tree_sitter_javascript"}
    assert loaded(tmp_path, "check", "server.py") & grammars == {"tree_sitter_python"}
    assert loaded(tmp_path, "check", "server.ts") & grammars == {"tree_sitter_typescript"}


def test_importing_the_package_imports_nothing_else() -> None:
    program = "import sys; before = set(sys.modules); import mcp_lsp; print(sorted(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "['mcp_lsp']\n"


@pytest.mark.parametrize("command", [["mcp-lsp"], ["python", "-m", "mcp_lsp"]])
def test_what_stands_in_the_scanned_folder_is_not_imported(tmp_path: Path, command: list[str]) -> None:
    """With ``-m`` Python puts the working directory on its path, where a scanned ``json.py`` would be found first."""
    names = ["analyzers", "mcp_lsp_analyzers", "tree_sitter", "json", "argparse", "typing_extensions", "cli", "lsp"]
    for name in names:
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the scanned code was run')\n")
    program = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    ran = subprocess.run([*program, "check", "."], cwd=tmp_path, capture_output=True, text=True)
    assert "was run" not in ran.stdout + ran.stderr
    assert f"in {len(names)} files" in ran.stdout
