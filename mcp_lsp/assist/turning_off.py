"""A rule turned off in a project's settings: an edit of the TOML that leaves everything else as somebody wrote it."""

from __future__ import annotations

from mcp_lsp import toml
from mcp_lsp.syntax import Change
from mcp_lsp_analyzers.pattern import pattern

_HEADER = pattern(r"(?m)^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*mcp-lsp[ \t]*\][^\n]*\n?")
_TABLE = pattern(r"(?m)^[ \t]*\[")
_IGNORE = pattern(r"(?m)^[ \t]*ignore[ \t]*=[ \t]*\[")
# What may stand in a list of texts: these, and what separates them.
_PIECE = pattern(r"""'[^'\n]*'|"(?:[^"\\\n]|\\.)*"|\#[^\n]*|[\s,]+""")


def turned_off(text: str, rule: str, *, pyproject: bool) -> Change | None:
    """The edit after which ``ignore`` has one more ``rule``; ``None`` where the text says so already, is no TOML, or
    says it in a way that cannot be added to."""
    newline = "\r\n" if "\r\n" in text else "\n"
    start, stop, line = 0, len(text), f'ignore = ["{rule}"]{newline}'
    if pyproject:
        header = _HEADER.search(text)
        if header is None:
            gap = "" if not text else newline if text.endswith("\n") else newline * 2
            return _made(text, Change(len(text), len(text), f"{gap}[tool.mcp-lsp]{newline}{line}"), rule, pyproject)
        start = header.end()
        if not header[0].endswith("\n"):
            line = newline + line
    following = _TABLE.search(text, start)
    stop = following.start() if following else len(text)
    written = _IGNORE.search(text, start, stop)
    if written is None:
        return _made(text, Change(start, start, line), rule, pyproject)
    at = last = written.end()
    while (piece := _PIECE.match(text, at)) is not None:
        at = piece.end()
        if piece[0][0] in "'\"":
            last = at
    gap = "" if last == written.end() else ", "
    return _made(text, Change(last, last, f'{gap}"{rule}"'), rule, pyproject)


def _made(text: str, change: Change, rule: str, pyproject: bool) -> Change | None:
    """The change, if it does what it is for and nothing else."""
    try:
        before, after = (toml.loads(each) for each in (text, text[: change.start] + change.text + text[change.end :]))
    except ValueError:
        return None
    table = before.setdefault("tool", {}).setdefault("mcp-lsp", {}) if pyproject else before
    ignored = table.setdefault("ignore", []) if isinstance(table, dict) else None
    if not isinstance(ignored, list) or rule in ignored:
        return None
    ignored.append(rule)
    return change if before == after else None
