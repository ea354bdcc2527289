"""Which language a file is in, and the grammar for it, loaded when first needed.

A listing (``server.tools.json``), a manifest or a prompt is a language without a grammar here: its readers need no
tree.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from typing import Any, Protocol

from tree_sitter import Language, Parser

from .mending import Scan

_BY_ENDING = {
    "py": "python",
    "pyw": "python",
    "ts": "typescript",
    "mts": "typescript",
    "cts": "typescript",
    "tsx": "tsx",
    "js": "javascript",
    "mjs": "javascript",
    "cjs": "javascript",
    "jsx": "javascript",
}
_BY_ID = {
    "python": "python",
    "typescript": "typescript",
    "typescriptreact": "tsx",
    "tsx": "tsx",
    "javascript": "javascript",
    "javascriptreact": "javascript",
}

PLAIN = frozenset(
    ("json", "instructions", "launch", "package", "requirements", "pyproject", "dockerfile", "workflow", "session",
     "bundle", "registry", "lock")
)  # fmt: skip
"""Languages without a grammar: read as a whole after each edit. "launch": a client's list of servers; "session": the
record of a conversation with a running one; "bundle": the manifest of an MCP bundle; "registry": an entry for the
registry."""

_BY_NAME = (
    ("json", r".*\.tools\.json"),
    ("session", r".*\.mcp-session\.jsonl"),
    ("package", r"package\.json"),
    ("lock", (r"(?:uv|poetry|pdm|yarn|bun|Pipfile)\.lock|pylock(?:\.[\w-]+)?\.toml|pnpm-lock\.yaml|"
              r"(?:package-lock|npm-shrinkwrap)\.json")),
    ("bundle", r"manifest\.json"),
    ("registry", r"server\.json"),
    ("pyproject", r"pyproject\.toml"),
    ("requirements", r"(?:.*[-_.])?requirements(?:[-_.].*)?\.(?:txt|in)|requirements/[^/]+\.(?:txt|in)"),
    ("dockerfile", r"(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?|.*\.(?i:dockerfile)"),
    ("launch", (r"\.?mcp\.json|mcp[-_]?(?:config|settings|servers)\.json|claude_desktop_config(?:[-_.]\w+)*\.json|"
                r"cline_mcp_settings\.json")),
    ("workflow", r"\.github/workflows/[^/]+\.ya?ml"),
    ("instructions", (r"SKILL\.md|AGENTS?\.md|CLAUDE(?:\.local)?\.md|GEMINI\.md|\.cursorrules|\.windsurfrules|"
                      r"copilot-instructions\.md|.*\.mdc|(?i:[\w.-]*prompts?[\w.-]*\.md|system[-_]prompt\.txt)")),
)  # fmt: skip


class Scanner(Protocol):
    """What ``scan_python`` and ``scan_script`` are."""

    LINES: bool

    def statement(self, text: str, start: int) -> Scan: ...
    def balanced(self, text: str, start: int, end: int) -> bool: ...
    def plain_end(self, text: str, start: int, limit: int) -> int | None: ...
    def doubtful(self, text: str, start: int, end: int) -> bool: ...
    def goes_on(self, text: str, above: str) -> bool: ...
    def waits(self, text: str) -> bool: ...


def language_of(path: str, language_id: str | None = None) -> str | None:
    """The name of a language: python, typescript, tsx, javascript (with JSX), one of `PLAIN`; or ``None``. An
    editor's language id counts more than the path's ending."""
    if language_id is not None and language_id.lower() in _BY_ID:
        return _BY_ID[language_id.lower()]
    path = path.replace("\\", "/")
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    if ending not in _PLAIN_ENDINGS and not name.startswith(("Dockerfile", "Containerfile")):
        return None
    match = _names().search(path)
    return match.lastgroup if match else None


_PLAIN_ENDINGS = frozenset(
    (
        "json",
        "jsonl",
        "lock",
        "toml",
        "txt",
        "in",
        "md",
        "mdc",
        "yml",
        "yaml",
        "dockerfile",
        "cursorrules",
        "windsurfrules",
    )
)


@cache
def _names() -> re.Pattern[str]:
    return re.compile("(?:^|/)(?:" + "|".join(f"(?P<{kind}>{names})" for kind, names in _BY_NAME) + ")$")


@cache
def parser(language: str) -> Parser:
    """The one parser of a language. tree-sitter's binding is not safe between threads: parse on one thread."""
    # Imported here because each grammar costs some milliseconds and most runs need one.
    if language not in _GRAMMARS:
        raise ValueError(f"no grammar for {language!r}")
    package, function = _GRAMMARS[language]
    return Parser(Language(getattr(_binding(package), function)()))


_GRAMMARS = {
    "python": ("tree_sitter_python", "language"),
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
}


def _binding(package: str) -> Any:
    """The compiled part of a grammar's package alone. The package itself loads ``importlib.resources`` for queries
    that nobody here asks for, and with it 15 ms of the standard library."""
    home = PathFinder.find_spec(package)
    places = home.submodule_search_locations if home else None
    found = PathFinder.find_spec(f"{package}._binding", places) if places else None
    if found is None or found.loader is None:
        return import_module(package)
    binding = found.loader.create_module(found)
    if binding is None:
        return import_module(package)
    sys.modules[found.name] = binding
    found.loader.exec_module(binding)
    return binding


def scanner(language: str) -> Scanner:
    """What tells statements from the text alone."""
    if language == "python":
        from . import scan_python

        return scan_python
    from . import scan_script

    return scan_script
