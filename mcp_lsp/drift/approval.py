"""The file of what was approved: JSON for reviews, the same bytes for the same project on every machine.

No time, no absolute path, nothing of the machine it was made on. What hides from a person (invisible and control
characters) is spelled out as ``\\uXXXX``, so that the review of the file shows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from mcp_lsp.digest import digest
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import dataclass, field

FORMAT = 1
ITEMS = ("tools", "prompts", "resources")
_ABOUT = "What was approved of this project's MCP servers: `mcp-lsp approve` writes it, `mcp-lsp check` compares."

_HIDDEN = pattern(
    r"[\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


class BadApproval(ValueError):
    """The file is none of ours; the message says what is wrong with it."""


State = dict[str, Any]
"""What was approved of one file: "tools", "prompts" and "resources" by name, "instructions" by server, "dependencies"
by name, "launches" by name, "addresses"; see `state`."""


@dataclass(frozen=True, slots=True, eq=False)
class Approval:
    """What was approved, by path relative to the file's folder, with ``/``."""

    files: Mapping[str, State] = field(default_factory=dict)
    digest: str = ""  # tells one content from another

    def elsewhere(self, path: str, kind: str, name: str) -> State | None:
        """What was approved under this name in another file, where there is just one: things move between files."""
        found = [file[kind][name] for at, file in self.files.items() if at != path and name in (file.get(kind) or {})]
        return found[0] if len(found) == 1 else None

    def moved(self, files: Mapping[str, State]) -> Approval:
        """The same with the states of some files anew; an empty state takes the file out."""
        kept = {**self.files, **files}
        return Approval({path: kept[path] for path in sorted(kept) if kept[path]})

    def render(self) -> str:
        """The file's text."""
        whole = {"about": _ABOUT, "format": FORMAT, "files": dict(self.files)}
        text = json.dumps(whole, indent=1, ensure_ascii=False, sort_keys=False)
        return _HIDDEN.sub(_spelled, text) + "\n"

    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        kinds = (*ITEMS, "launches", "dependencies")
        return {kind: sum(len(file.get(kind) or ()) for file in self.files.values()) for kind in kinds}


def load(text: str) -> Approval:
    """What a file says. Raises `BadApproval`."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadApproval(f"not JSON: {error}") from None
    if not isinstance(whole, dict) or not isinstance(whole.get("files"), dict):
        raise BadApproval("nothing that `mcp-lsp approve` wrote")
    if whole.get("format") != FORMAT:
        raise BadApproval(f"of format {whole.get('format')!r}, which this version does not read")
    for path, file in whole["files"].items():
        for wrong in _wrong(file):
            raise BadApproval(f"nothing that `mcp-lsp approve` wrote: {path}: {wrong}")
    return Approval(whole["files"], digest(text.encode("utf-8", "surrogatepass")))


def _wrong(file: object) -> Iterator[str]:
    if not isinstance(file, dict):
        yield "no object"
        return
    for kind in ITEMS:
        listed = file.get(kind, {})
        if not isinstance(listed, dict) or not all(
            isinstance(item, dict)
            and isinstance(item.get("entry"), dict)
            and isinstance(item.get("texts", {}), dict)
            and isinstance(item.get("handler", {}), dict)
            and isinstance(item.get("handler", {}).get("reaches", {}), dict)
            for item in listed.values()
        ):
            yield kind
    for kind in ("instructions", "dependencies", "launches"):
        listed = file.get(kind, {})
        if not isinstance(listed, dict):
            yield kind
    if not all(isinstance(launch, dict) for launch in file.get("launches", {}).values()):
        yield "launches"


def _spelled(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
