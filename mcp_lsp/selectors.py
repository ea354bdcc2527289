"""How people name rules in settings, options and comments: ``MCP301``, ``MCP3``, a name, a room, ``ALL``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.rule import Rule


def strength(selector: str, rule: Rule) -> int:
    """How exactly ``selector`` names ``rule``: 0 not at all, 1 with all others, then its room, longer beginnings of
    its id, and most exactly its id or name."""
    if selector in (rule.id, rule.name):
        return _ITSELF
    if selector == "ALL":
        return 1
    if selector.replace("-", "_") == rule.room:
        return 2
    return 2 + len(selector) if _beginning(selector) and rule.id.startswith(selector) else 0


_ITSELF = 99


def chosen(
    rules: Iterable[Rule], select: Sequence[str], ignore: Sequence[str], unless: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Ids of the rules that are selected and not ignored at least as exactly; those in ``unless`` need no selecting.
    Opinions are selected by their id or name: who asks for a room wants to know what is wrong in it."""
    found = set()
    for rule in rules:
        wanted = max((strength(s, rule) for s in select), default=0)
        if rule.opinion and wanted != _ITSELF:
            wanted = 0
        if rule.id in unless:
            wanted = max(wanted, 1)
        if wanted > max((strength(s, rule) for s in ignore), default=0):
            found.add(rule.id)
    return frozenset(found)


def known(selector: str) -> bool:
    """Whether the selector names anything. Rooms and the hundreds of their ids are known before they hold a rule."""
    return (
        selector == "ALL"
        or selector in registry.by_name()
        or selector.replace("-", "_") in {*registry.ROOMS, *(rule.room for rule in registry.rules())}
        or bool(re.fullmatch(r"MCP[1-9]?", selector))
        or (_beginning(selector) and any(rule.id.startswith(selector) for rule in registry.rules()))
    )


def suggestion(selector: str) -> str:
    """``; did you mean "..."?``, or nothing where nothing is near."""
    if re.fullmatch(r"MCP\d+", selector):
        return ""  # a neighbouring number means something else
    names = [*registry.by_name(), *(room.replace("_", "-") for room in registry.ROOMS), "ALL"]
    return nearest(selector, names)


def nearest(word: str, words: Iterable[str]) -> str:
    """``; did you mean "..."?`` with the word that is written most alike, or nothing."""
    import difflib  # only on the way to an error message

    by_lower = {w.lower().replace("_", "-"): w for w in words}
    asked = word.lower().replace("_", "-")
    close = difflib.get_close_matches(asked, by_lower, n=1, cutoff=0.6)
    if not close and len(asked) >= 4:
        # "shell-command" is half of a long name: nearer to its author's mind than to any measure of likeness.
        close = sorted((w for w in by_lower if asked in w), key=len)[:1]
    return f'; did you mean "{by_lower[close[0]]}"?' if close else ""


def _beginning(selector: str) -> bool:
    if "MCP".startswith(selector):
        return selector == "MCP"
    return bool(re.fullmatch(r"[A-Z]{2,12}[0-9]{0,4}", selector))
