"""Which host is contacted, and whether what was checked on the way decides it: judgements of addresses."""

from __future__ import annotations

import re

from ..flow import FOLLOWED, GUESSED, Flow, Guard
from ..pattern import pattern
from .expressions import admits
from .judging import ALWAYS, Verdict, otherwise, through_patterns

_BASE = pattern(r"(?:[A-Za-z][\w+.-]*|\0)?:?//([^/?#]*)([/?#])?", re.DOTALL)


def host_chosen(flow: Flow) -> bool:
    """Whether the value decides which host is contacted: there is no fixed one in front of it."""
    before = flow.before
    if not before:
        return True
    match = _BASE.match(before)
    if match is None:
        return False
    host, end = match.groups()
    return not end and (not host or (host.endswith(".") and host.strip("\0.") != "") or goes_on(flow))


def goes_on(flow: Flow) -> bool:
    """Whether the value stands right behind the name of a host, and can make it another (``.other``, ``@other``)."""
    if not _UNFINISHED.fullmatch(flow.before) or flow.guarded("rooted"):
        return False
    # Where it was seen to have no slash yet, one was put before it.
    return not any(g.kind in ("prefix", "pattern", "excludes") and _ROOTED.match(g.detail) for g in flow.guards)


_UNFINISHED = pattern(r"[a-z]+://[\w.-]*\w(?::\d*)?", re.IGNORECASE)
_ROOTED = pattern(r"(?:re:)?\^?\\?/")


def url(flow: Flow) -> Verdict:
    """The host is one of those known, or the address it has is looked at; and nobody is sent on from there unseen."""
    verdict = _address(flow)
    return Verdict.PARTLY if verdict is Verdict.SAFE and sent_on(flow) else verdict


def sent_on(flow: Flow) -> bool:
    """Whether any address is taken but those of the own network, and redirects from there are followed. Where only
    known hosts are contacted, theirs is the choice where they lead."""
    if flow.sink.position != FOLLOWED or not host_chosen(flow) or _known_host(flow):
        return False
    return flow.guarded("private-refused", "private-literal")


def _known_host(flow: Flow) -> bool:
    if flow.guarded(*ALWAYS, "host-allowed", "identifier"):
        return True
    for guard in flow.guards:
        if guard.kind == "prefix" and _fixes_host(guard):
            return True
        if guard.kind == "pattern" and (_fixes_host(guard) or not admits(guard.detail, "./:@")):
            return True
    return flow.guarded("encoded") and bool(flow.before)


def _address(flow: Flow) -> Verdict:
    if not host_chosen(flow) or _known_host(flow) or flow.guarded("private-refused"):
        return Verdict.SAFE
    literal = [guard.detail for guard in flow.guards if guard.kind == "private-literal"]
    if any(not detail or _RANGES.search(detail) for detail in literal):
        # A name can still resolve to such an address, but whoever wrote this looked at ranges and means to refuse them.
        return Verdict.SAFE
    if not _WRITTEN.isdisjoint(literal) and any("localhost" in detail for detail in literal):
        return Verdict.SAFE  # no address at all is written there, and not the name of this machine
    if literal or flow.sink.position == GUESSED:
        return Verdict.PARTLY
    return otherwise(flow)


_WRITTEN = frozenset(("literals", "literals 4"))

_WITHIN = pattern(r"(?:(?:[A-Za-z][\w+.-]*|\0)?:?//[^/?#]*|\0)?/[^?#]*", re.DOTALL)


def way(flow: Flow) -> Verdict:
    """Where the value stands in the path of a fixed host: encoded, or without a separator that leads out of it."""
    if flow.sink.position == GUESSED or not _WITHIN.fullmatch(flow.before) or host_chosen(flow):
        return Verdict.SAFE
    encoded = any(guard.kind == "encoded" and guard.detail != "segments" for guard in flow.guards)
    if encoded or flow.guarded(*ALWAYS, "identifier", "confined", "basename", "no-dotdot", "not-dots", "resolved"):
        return Verdict.SAFE
    left = through_patterns(flow, "/.\\")
    if left is not None and ("." not in left or not left & frozenset("/\\")):
        return Verdict.SAFE
    return otherwise(flow)


_RANGES = pattern(r"192\\?\.168|\b10\\?\.|172\\?\.|(?:^|[\s^])f[cde]")


_HOST = pattern(r"(?:re:)?\^?(?:\(\?i\)\^?)?https?s?\??:(?:\\?/){2}([^/?#]+?)(?:\\?/|\(|\?|#|$)")
_NO_HOST = pattern(r"(?:raw|data|about|blob|javascript|mailto|urn|inline|text|html|base64):")


_BELOW = pattern(r"(?:\\?/){2}(?:\((?:\?:)?\[[\w\\.-]+\][+*]\\\.\)[*+?]|\[[\w\\.-]+\][+*]\\\.)")
"""Any name below a host: ``//([a-z0-9-]+\\.)*``."""


def _fixes_host(guard: Guard) -> bool:
    """``https://api.example.com/``, ``^https://example\\.com/``: a scheme, a host without wildcard, an end; no host."""
    for one in guard.detail.split(", "):
        if _NO_HOST.match(one):
            continue
        text = _BELOW.sub("//", one.replace("(?:www\\.)?", "").replace("(www\\.)?", ""))
        match = _HOST.match(text)
        if match is None or any(c in match[1] for c in "*+[(|") or "." not in match[1]:
            return False
        if not re.search(r"[/?#)]|\\/", text[match.end(1) :]):
            return False
    return True
