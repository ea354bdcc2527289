"""Functions of a project that tell private addresses from public ones, in whatever way they calculate.

Addresses of version 6 are compared bit by bit or group by group; what comes out of that is not followed. That a
function looks at an address, has the reserved ranges in its text and says in its name what its answer means is enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Attr, Call, Catch, Expr, Items, Name, Raise, Try, last_name
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.walk import sites

from .comparisons import refuses_private
from .conditions import facts
from .evaluate import ev
from .guards import Guards
from .values import Value

if TYPE_CHECKING:
    from mcp_lsp_analyzers.scope import Scope

    from .frame import Frame
    from .state import State
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
    text = _with_tables(function.text, func.scope)
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


_READ = frozenset(("ip_address", "ip_network", "ip_interface", "IPv4Address", "IPv6Address"))
_MISREAD = frozenset(("ValueError", "AddressValueError", "ipaddress.AddressValueError"))


def failed_address(f: Frame, s: Try, catch: Catch, state: State) -> None:
    """What is known of a host where reading it as an address failed, or looking it up."""
    state.learn(_spelled(f, s, catch, state))
    state.learn(_unresolved(f, s, catch, state))


def _spelled(f: Frame, s: Try, catch: Catch, state: State) -> dict[object, Guards]:
    """What is known where ``ipaddress.ip_address(host)`` failed: the host is a name, and no address as it is written.
    Nothing, where a refusal may end up there as well."""
    found: dict[object, Guards] = {}
    if "ip_" not in f.unit.key and "IPv" not in f.unit.key:
        return found
    if not isinstance(catch.types, (Name, Attr)) or last_name(catch.types) not in _MISREAD:
        return found
    nodes = [site.node for site in sites(s.body, f.unit, functions=False, nested=False, kinds=(Call, Raise))]
    if any(isinstance(node, Raise) and _caught(f, node) for node in nodes):
        return found
    for node in nodes:
        if isinstance(node, Call) and last_name(node.callee) in _READ and node.args:
            given = node.args[0].value
            if isinstance(given, (Name, Attr)):
                hosts = tuple(t for t in ev(f, given, state).taints if t.aspect == "host")
                found.update(facts(f, Value(hosts), "private-literal", "literals", node))
    return found


_LOOKS_UP = frozenset(("lookup", "getaddrinfo", "gethostbyname", "gethostbyname_ex"))
"""What gives an address for whatever a connection can be made to: those that ask a name server alone are not here."""
_OF_NAMES = frozenset(("gaierror", "herror", "UnicodeError", "UnicodeEncodeError"))
_QUIET = frozenset(("import", "map", "list", "set", "promisify", "get_running_loop", "get_event_loop"))


def _unresolved(f: Frame, s: Try, catch: Catch, state: State) -> dict[object, Guards]:
    """What is known where a name was looked up in vain: nobody can be contacted by it. Nothing, where anything else may
    have failed, a check of what was found above all."""
    found: dict[object, Guards] = {}
    if not any(word in f.unit.key for word in ("lookup", "getaddrinfo", "gethostbyname")):
        return found
    types = catch.types.items if isinstance(catch.types, Items) else [catch.types]
    of_names = _OF_NAMES.issuperset(map(last_name, types))
    for site in sites(s.body, f.unit, functions=False, nested=False, kinds=(Call, Raise)):
        node = site.node
        if isinstance(node, Call) and (asked := _looked_up(f, node, state)) is not None:
            found.update(facts(f, asked, "private-refused", "unresolved", node))
        elif not of_names and not (isinstance(node, Call) and _harmless(f, node, state)):
            return {}
    return found


def _looked_up(f: Frame, node: Call, state: State) -> Value | None:
    """The host that a call looks up, itself or in a thread: ``asyncio.to_thread(socket.getaddrinfo, host, None)``."""
    for function in (node.callee, *(arg.value for arg in node.args[:2] if isinstance(arg.value, (Name, Attr)))):
        if ev(f, function, state).name.rpartition(".")[2] in _LOOKS_UP or last_name(function) in _LOOKS_UP:
            given = (taint for arg in node.args for taint in ev(f, arg.value, state).taints)
            return Value(tuple(taint for taint in given if taint.aspect == "host"))
    return None


def _harmless(f: Frame, node: Call, state: State) -> bool:
    """A call beside a look-up that refuses nothing: one of the language's own, a resolver that somebody set."""
    if last_name(node.callee) in _QUIET:
        return True
    return "resolver" in words(last_name(node.callee)) and ev(f, node.callee, state).shape is None


def _caught(f: Frame, s: Raise) -> bool:
    """Whether what is raised is a ``ValueError`` too."""
    raised = s.value.callee if isinstance(s.value, Call) else s.value
    name = last_name(raised)
    binding = f.scope.find(name) if isinstance(raised, Name) else None
    if binding is None or binding.cls is None:
        return name in _MISREAD
    return any(last_name(base) in _MISREAD for base in binding.cls.bases)


__all__ = ["failed_address", "judged"]
