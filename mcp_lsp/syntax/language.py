"""Which language a file is in, and the grammar for it, loaded when first needed.

A listing (``server.tools.json``) is a language without a grammar here: its readers need no tree.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol

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
    """The name of a language: python, typescript, tsx, javascript (with JSX), json (a listing); or ``None``. An
    editor's language id counts more than the path's ending."""
    if language_id is not None and language_id.lower() in _BY_ID:
        return _BY_ID[language_id.lower()]
    name = path.replace("\\", "/").rpartition("/")[2]
    if name.endswith(".tools.json"):
        return "json"
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return _BY_ENDING.get(ending)


@cache
def parser(language: str) -> Parser:
    """The one parser of a language. tree-sitter's binding is not safe between threads: parse on one thread."""
    # Imported here because each grammar costs some milliseconds and most runs need one.
    if language == "python":
        import tree_sitter_python

        return Parser(Language(tree_sitter_python.language()))
    if language == "javascript":
        import tree_sitter_javascript

        return Parser(Language(tree_sitter_javascript.language()))
    import tree_sitter_typescript

    if language == "tsx":
        return Parser(Language(tree_sitter_typescript.language_tsx()))
    if language == "typescript":
        return Parser(Language(tree_sitter_typescript.language_typescript()))
    raise ValueError(f"no grammar for {language!r}")


def scanner(language: str) -> Scanner:
    """What tells statements from the text alone."""
    if language == "python":
        from . import scan_python

        return scan_python
    from . import scan_script

    return scan_script
