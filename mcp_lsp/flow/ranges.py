"""Functions of a project that tell private addresses from public ones, in whatever way they calculate.

Addresses of version 6 are compared bit by bit or group by group; what comes out of that is not followed. That a
function looks at an address, has the reserved ranges in its text and says in its name what its answer means is enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Call, Expr, last_name
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.pattern import pattern

from .comparisons import refuses_private
from .guards import Guards
from .values import Value

if TYPE_CHECKING:
    from mcp_lsp_analyzers.scope import Scope

    from .frame import Frame
    from .values import Func

_PRIVATE = frozenset(
    ("blocked", "block", "private", "internal", "local", "loopback", "reserved", "unsafe", "forbidden", "disallowed",
     "denied", "deny", "restricted", "special", "bogon", "dangerous", "metadata", "rfc1918")
)  # fmt: skip
_PUBLIC = frozenset(("public", "safe", "allowed", "permitted", "external", "global", "routable"))
_NOT = frozenset(("not", "non", "un"))
_RANGES = pattern(
    r"fe80|fc00|fd00|0xf[ce]\w\w|::1\b|ffff:|0x7f0{6}|0x0?a0{6}|0xa9fe0{4}|0xc0a80{4}|0xac100{4}|>>>?\s*24|<<\s*24"
    r"|\bgroups?\[\d\]|169\.254|192\.168",
    re.IGNORECASE,
)
_SAID = pattern(r"\^?(?:127|10\b|192|172|169|0\.0|localhost|f[cde]|\[?::)")
_ENOUGH = 2
"""How many of the reserved ranges have to be named."""


def judged(f: Frame, func: Func, values: dict[str, Value], value: Value, node: Expr) -> Value:
    """The answer of a function of the project, with what it says of an address that was given to it."""
    function = func.function
    called = node.callee if isinstance(node, Call) else None
    named = last_name(called)
    said = frozenset(words(function.name or named))
    private, public = not said.isdisjoint(_PRIVATE), not said.isdisjoint(_PUBLIC)
    if private == public or len(function.params) != 1:
        return value
    given = values.get(function.params[0].name or "")
    if given is None or not any(taint.aspect in ("host", "address") for taint in given.taints):
        return value
    if not said.isdisjoint(_NOT):
        private = not private
    if _known(value.no if private else value.yes):
        return value
    text = _with_tables(function.unit.key[function.start : function.end], func.scope)
    if len({found.lower() for found in _RANGES.findall(text)}) < _ENOUGH:
        return value
    looked = refuses_private(f, given, node, private)
    return Value(value.taints or looked.taints, value.shape, value.name, looked.yes, looked.no, value.tail)


_TABLE = pattern(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")


def _with_tables(text: str, scope: Scope) -> str:
    """What a function says, with the constants it looks at: ``PRIVATE_RANGES.some((range) => …)``."""
    for name in sorted(set(_TABLE.findall(text)))[:4]:
        binding = scope.find(name)
        if binding is not None and binding.value is not None:
            text += binding.unit.key
    return text


def _known(facts: object) -> bool:
    """Whether something of private addresses was found out already."""
    if not isinstance(facts, dict):
        return False
    return any(_private(guards) for guards in facts.values())


def _private(guards: Guards) -> bool:
    found = {fact[:2] for way in guards for fact in way}
    return any(
        kind in ("private-refused", "host-allowed")
        or (kind == "private-literal" and (not detail or _SAID.match(detail) is not None))
        for kind, detail in found
    )


__all__ = ["judged"]
