"""The invariants of the house that can be read off its source: who imports whom, and what is deliberately absent."""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RULES = ROOT / "analyzers" / "mcp_lsp_analyzers"
PROGRAM = ROOT / "mcp_lsp"
MODULES = sorted([*RULES.rglob("*.py"), *PROGRAM.rglob("*.py")])
LONGEST = 430  # "about 400 lines": a file with two subjects should become two files


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def imports(path: Path) -> tuple[str, ...]:
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module


def importers(*packages: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if any(name.split(".")[0] in packages for name in imports(path))
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_file_is_small_and_says_why_it_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.split("\n")) <= LONGEST
    assert ast.get_docstring(parsed(path)) or not text.strip(), "the first statement should say why the file exists"
    assert path.stem not in {"utils", "util", "helpers", "common", "base", "manager", "misc"}


def test_the_map_names_every_room_and_what_stands_beside_them() -> None:
    drawn = (PROGRAM / "README.md").read_text(encoding="utf-8")
    beside = [path.name for home in (RULES, PROGRAM) for path in home.glob("[!_]*.py") if f"{path.name}`" not in drawn]
    rooms = [path.name for path in PROGRAM.glob("[!_]*") if path.is_dir() and f"{path.name}/`" not in drawn]
    assert not beside
    assert not rooms


def test_one_door_for_each_library() -> None:
    assert all(p.startswith("mcp_lsp/syntax/") for p in importers("tree_sitter"))
    assert importers("libcst") <= {"mcp_lsp/syntax/rewrite.py"}
    assert all(p.startswith("mcp_lsp/lsp/") for p in importers("pygls", "lsprotocol"))
    assert all(p.startswith("mcp_lsp/outside/") for p in importers("socket", "http", "urllib.request", "httpx", "ssl"))
    # Processes are started there too; what the editor asks for runs in another mcp-lsp.
    assert all(p.startswith("mcp_lsp/outside/") for p in importers("subprocess") - {"mcp_lsp/lsp/errands.py"})


def test_analyzers_use_the_standard_library_only_and_touch_nothing() -> None:
    allowed = {
        "__future__", "ast", "base64", "binascii", "bisect", "codecs", "collections", "dataclasses", "difflib", "enum", "functools",
        "importlib", "inspect", "itertools", "json", "keyword", "math", "operator", "pkgutil", "re", "string", "types", "typing",
        "unicodedata", "mcp_lsp_analyzers",
    }  # fmt: skip
    # Modules that judge nothing touch the analyzers themselves, so that loading and walking them is cheap.
    besides = {
        "record.py": {"exec", "hash"},  # writes the methods of our data classes
        "walk.py": {"id"},  # tells pieces of code apart while they live; nothing that is said depends on it
        "rule.py": {"eval"},  # reads the annotation of a rule's first parameter
        "registry.py": {"os"},  # lists the folders of the rooms
        "pattern.py": {"warnings"},  # how expressions of the scanned code are written is no news on our error output
    }
    for path in RULES.rglob("*.py"):
        more = besides.get(path.name, set())
        used = {name.split(".")[0] for name in imports(path)} - more
        assert used <= allowed, f"{path.name} imports {sorted(used - allowed)}"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == "__hash__":
                node.body = []  # the one place where hash() is meant; it never reaches a report
        calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        forbidden = calls & {"open", "exec", "eval", "print", "input", "__import__", "hash", "id"} - more
        assert not forbidden, f"{path.name} calls {sorted(forbidden)}"


def test_records_are_ours() -> None:
    """`typing.NamedTuple` and `dataclasses` take as long for each class as our own for ten (`record`)."""
    dear = {("typing", "NamedTuple"), ("dataclasses", "dataclass")}
    for path in sorted([*RULES.rglob("*.py"), *PROGRAM.rglob("*.py")]):
        tree = parsed(path)
        found = {(n.module, a.name) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
        assert path.name == "record.py" or not found & dear, f"{path} has to use mcp_lsp_analyzers.record"


@pytest.mark.parametrize("room", ["lsp", "cli", "http", "report"])
def test_shells_know_no_rule(room: str) -> None:
    from mcp_lsp_analyzers.registry import rules

    for path in sorted((PROGRAM / room).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        named = [r.id for r in rules() if r.id in text or f'"{r.name}"' in text or f"'{r.name}'" in text]
        assert not named, f"{path.relative_to(ROOT)} names {named}"


@pytest.mark.parametrize("room", ["read", "flow", "syntax"])
def test_readers_judge_nothing(room: str) -> None:
    for path in sorted((PROGRAM / room).rglob("*.py")):
        assert not {n for n in imports(path) if n in ("mcp_lsp_analyzers.rule", "mcp_lsp_analyzers.registry")}, path


def test_nobody_splits_a_document_into_lines_as_python_does() -> None:
    for path in MODULES:
        assert ".splitlines(" not in path.read_text(encoding="utf-8"), path.relative_to(ROOT)


def test_floors_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
