"""Programs written to a temporary file, to be run from there: what becomes part of the text is part of a program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Await, Binary, Call, Expr, Function, Join, Name, Str, last_name
from mcp_lsp_analyzers.pattern import pattern

if TYPE_CHECKING:
    from .calls import At
    from .taints import Taint

_WRITERS = frozenset(("fs.writeFile", "fs.writeFileSync"))
_SCRIPT = pattern(r"\.(?:[cm]?[jt]s|jsx|scpt|applescript|py|rb|pl|r|php|lua|sh|bash|zsh|ps1|bat|cmd)\Z", re.IGNORECASE)
_SHELL = ("sh", "bash", "zsh", "ps1", "bat", "cmd")
_TEMPORARY = pattern(r"te?mp", re.IGNORECASE)


_FRAME = pattern(r"(?:[\s(){};]|\b(?:return|await|async|function)\b|=>)*")


def embedded(taint: Taint) -> bool:
    """Whether code of somebody else's stands among the author's. Brackets around it (``(${code})()``) say nothing: that
    is how a page is given a function."""
    return not _FRAME.fullmatch(taint.before) if taint.before else taint.after


def script(at: At) -> str | None:
    """What a call writes: "code" or "shell" where that is a script beside the project's files, else ``None``."""
    if at.name not in _WRITERS or len(at.call.args) < 2:
        return None
    said: list[str] = []
    ending = _ending(at.call.args[0].value, at.f.function, said, 0)
    if ending is None or not any(_TEMPORARY.search(text) for text in said):
        return None
    return "shell" if ending in _SHELL else "code"


def _ending(path: Expr, function: Function | None, said: list[str], depth: int) -> str | None:
    """The ending of a script's name; ``said`` gets the words of the path."""
    if isinstance(path, Await):
        return _ending(path.value, function, said, depth)
    if isinstance(path, Str):
        said.append(path.value)
        found = _SCRIPT.search(path.value)
        return found[0][1:].lower() if found else None
    if isinstance(path, Name):
        said.append(path.id)
        one = next(iter(inside.meaning(path.id, function)), None)
        if one is None or one.kind != "value" or one.path or depth >= 4:
            return None
        return _ending(one.node, one.function, said, depth + 1)  # type: ignore[arg-type]
    parts: list[Expr] = []
    if isinstance(path, Join):
        parts = path.parts
    elif isinstance(path, Binary) and path.op == "+":
        parts = [path.left, path.right]
    elif isinstance(path, Call):
        parts = [path.callee, *(arg.value for arg in path.args)]
    for part in parts:
        said.append(_word(part.callee if isinstance(part, Call) else part))
    return _ending(parts[-1], function, said, depth + 1) if parts and depth < 4 else None


def _word(part: Expr) -> str:
    if isinstance(part, Str):
        return part.value
    return last_name(part)


__all__ = ["script"]
