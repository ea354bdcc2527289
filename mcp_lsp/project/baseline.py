"""Findings that a project lives with: a file of them is committed, and only what is not in it is reported.

A finding is known by its fingerprint, which no edit elsewhere in the file changes, together with its file, or, where
that file is gone, without. Reasons and dates are the author's, and are kept when the file is written anew.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any

from mcp_lsp_analyzers.record import NamedTuple, dataclass, field

from .outcome import Found

FORMAT = 1
_ABOUT = (
    "Findings accepted for now: `mcp-lsp check --baseline` reports only others. `reason` says why, and from the day "
    "after `until` (2027-12-31) on a finding counts again."
)


class BadBaseline(ValueError):
    """A file that is no baseline; the message says what is wrong with it."""


class Accepted(NamedTuple):
    """``path`` is relative to the folder of the file, with ``/``. ``until``: a date, or ""."""

    path: str
    rule: str
    fingerprint: str
    message: str = ""
    reason: str = ""
    until: str = ""


@dataclass
class Baseline:
    """What was accepted, and what of it was met in this run. ``today``: the date as ISO 8601 has it."""

    entries: tuple[Accepted, ...] = ()
    today: str = ""
    met: set[Accepted] = field(default_factory=set)
    ended: list[Accepted] = field(default_factory=list)
    looked_at: dict[str, frozenset[str]] = field(default_factory=dict)  # by path, the rules that judged the file
    _by_key: dict[tuple[str, str, str], Accepted] = field(default_factory=dict)
    _by_fingerprint: dict[tuple[str, str], list[Accepted]] = field(default_factory=dict)

    def index(self) -> Baseline:
        """The same, once it can be looked things up in."""
        for each in self.entries:
            self._by_key[each.path, each.rule, each.fingerprint] = each
            self._by_fingerprint.setdefault((each.rule, each.fingerprint), []).append(each)
        return self

    def accepts(self, path: str, found: Found, exists: Any = os.path.exists) -> bool:
        """Whether a finding in a file is accepted. ``exists`` tells whether a file of the baseline is still there."""
        entry = self._by_key.get((path, found.code, found.fingerprint))
        if entry is None:
            moved = self._by_fingerprint.get((found.code, found.fingerprint), ())
            entry = next((each for each in moved if each not in self.met and not exists(each.path)), None)
        if entry is None:
            return False
        self.met.add(entry)
        if entry.until and entry.until < self.today:
            self.ended.append(entry)
            return False
        return True

    def gone(self) -> list[Accepted]:
        """What was accepted, and was not found again though it was looked for."""
        return [
            each
            for each in self.entries
            if each not in self.met and each.path in self.looked_at and each.rule in self.looked_at[each.path]
        ]

    def written(self, found: Iterable[tuple[str, Found]]) -> tuple[Accepted, ...]:
        """What is accepted from now on: what was found, and what was not looked for this time."""
        gone = set(self.gone())
        kept = {(e.path, e.rule, e.fingerprint): e for e in self.entries if e not in gone and e not in self.met}
        for path, each in found:
            key = (path, each.code, each.fingerprint)
            old = self._by_key.get(key) or next(iter(self._by_fingerprint.get(key[1:], ())), None)
            reason, until = (old.reason, old.until) if old is not None else ("", "")
            if until and until < self.today:
                reason, until = "", ""
            kept[key] = Accepted(path, each.code, each.fingerprint, each.message, reason, until)
        return tuple(sorted(kept.values()))


def load(text: str, today: str) -> Baseline:
    """Raises `BadBaseline`."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadBaseline(f"not JSON: {error}") from None
    listed = whole.get("findings") if isinstance(whole, dict) else None
    if not isinstance(listed, list):
        raise BadBaseline("nothing that `mcp-lsp check --write-baseline` wrote")
    if whole.get("format") != FORMAT:
        raise BadBaseline(f"of format {whole.get('format')!r}, which this version does not read")
    return Baseline(tuple(_entries(listed)), today).index()


def _entries(listed: list[Any]) -> Iterator[Accepted]:
    for i, each in enumerate(listed):
        if not isinstance(each, dict) or not all(isinstance(each.get(k), str) for k in ("path", "rule", "fingerprint")):
            raise BadBaseline(f"finding {i + 1} has no path, rule and fingerprint")
        rest = {key: each.get(key, "") for key in ("message", "reason", "until")}
        for key, value in rest.items():
            if not isinstance(value, str):
                raise BadBaseline(f"finding {i + 1}: {key} is no text")
        if rest["until"] and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", rest["until"]):
            raise BadBaseline(f"finding {i + 1}: until is no date such as 2027-12-31")
        yield Accepted(each["path"], each["rule"], each["fingerprint"], **rest)


def render(entries: Iterable[Accepted]) -> str:
    """The file's text: one finding after the other, always in the same order."""
    listed = [{key: value for key, value in each._asdict().items() if value or key == "reason"} for each in entries]
    return json.dumps({"about": _ABOUT, "format": FORMAT, "findings": listed}, indent=1, ensure_ascii=False) + "\n"
