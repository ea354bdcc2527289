"""What a project installs and what a client launches, compared with what was approved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mcp_lsp_analyzers.changes import Change, Relaunched, Required, Sensitivity
from mcp_lsp_analyzers.supply import Launch

from .state import dependencies as asked
from .state import masked


def launch(before: Mapping[str, Any], now: Launch, sensitivity: Sensitivity) -> Iterator[Change]:
    of = f"`{now.name}`"
    old = before.get("command")
    if now.command is not None and old != now.command.value:
        said = f"is started by `{_short(now.command.value)}`, which was not approved"
        yield Relaunched(of, now.command.at(0, len(now.command.value)), said, sensitivity)
    left = [each for each in before.get("arguments") or () if isinstance(each, str)]
    for argument in now.arguments:
        value = masked(argument.value)
        if value in left:
            left.remove(value)
        else:
            said = f"is started with `{_short(value)}`, which was not approved"
            yield Relaunched(of, argument.at(0, len(argument.value)), said, sensitivity)
    for value in left if now.command is not None else ():
        yield Relaunched(of, now.place, f"is started without `{_short(value)}`, which was approved", sensitivity)
    if now.url is not None and before.get("url") != masked(now.url.value):
        said = f"is reached at `{_short(masked(now.url.value))}`, which was not approved"
        yield Relaunched(of, now.url.at(0, len(now.url.value)), said, sensitivity)
    known = before.get("variables") or ()
    for name, text in now.environment:
        if name not in known:
            place = text.at(0, len(text.value))
            yield Relaunched(of, place, f"is given `{_short(name)}`, which was not approved", sensitivity)


def dependencies(before: Mapping[str, Any], subjects: Iterable[object], sensitivity: Sensitivity) -> Iterator[Change]:
    names = {key.rpartition("/")[2] for key in before}
    for key, each in asked(subjects):
        if each.use == "development":
            continue
        old, now = before.get(key), _plain(each.requirement)
        if old is None:
            if key.rpartition("/")[2] not in names:  # from one list of a manifest to another
                yield Required(each.name, each.place, None, now, False, sensitivity)
        elif isinstance(old, str) and _plain(old) != now:
            yield Required(each.name, each.place, old, now, _looser(_plain(old), now), sensitivity)


def _plain(requirement: str) -> str:
    return ",".join(sorted(part.strip().replace(" ", "") for part in requirement.split(",")))


def _looser(before: str, now: str) -> bool:
    """Whether a version that was held is not held any more, or a bound is gone."""
    return _hold(now) < _hold(before)


def _hold(requirement: str) -> int:
    """How firmly a version is held: 2 exactly, 1 within bounds, 0 not at all."""
    if re.fullmatch(r"(?:={2,3}|=|v)?\d[\w.+-]*", requirement) or re.search(r"[@#][0-9a-f]{40}", requirement):
        return 2
    if re.search(r"<|~=|\^|~|\d\.(?:\*|x)", requirement) or re.search(r"(?:^|,)={2}", requirement):
        return 1
    return 0


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:59] + "…"
