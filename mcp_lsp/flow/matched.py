"""What a match with a regular expression says of a text: that the whole of it has that form, or what is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Expr
from mcp_lsp_analyzers.pattern import written

from .conditions import facts, outcome, payload
from .guards import FREE, MATCHED, Facts, Guards, Spot, both, guard
from .links import followed
from .literals import PRIVATE_TEXTS
from .patterns import Pattern
from .state import apart
from .taints import Taint
from .values import Const, Value

if TYPE_CHECKING:
    from .frame import Frame


def matches(f: Frame, value: Value, pattern: Value, node: Expr, how: str) -> Value:
    """``how``: "full" (the whole text must match), "begin" (from its beginning), "search" (anywhere). Of several
    expressions (each of a table, one after the other) a match is one with any of them, a failure is of all. Of one that
    is not written in the source (but in settings) all that is known is that somebody looks at the value."""
    if payload(pattern):
        return outcome(value, None, None, pattern)
    known = pattern.constants or (pattern.shape.values if type(pattern.shape) is Const else ())
    several = [one if isinstance(one, Pattern) else Pattern(one) for one in known if isinstance(one, (Pattern, str))]
    if not several:
        looked = facts(f, value, "checked", "", node)
        return outcome(value, looked, looked, pattern)
    yes: Facts | None = None
    no: dict[object, Guards] = {}
    for regex in [one.together() for one in several]:
        matched, failed = _match(f, value, regex, node, how)
        yes = matched if yes is None else apart(yes, matched)
        for key, found in failed.items():
            no[key] = both(no[key], found) if key in no else found
    return outcome(value, yes, no)


def _match(
    f: Frame, value: Value, regex: Pattern, node: Expr, how: str
) -> tuple[dict[object, Guards], dict[object, Guards]]:
    """What holds where the value matches one expression, and where it does not."""
    yes: dict[object, Guards] = {}
    no: dict[object, Guards] = {}
    text = ("(?i)" if "i" in regex.flags else "") + regex.pattern
    whole = how == "full" or (how == "begin" and Pattern("^" + regex.pattern, regex.flags).whole) or regex.whole
    for taint in value.taints:
        one_value = Value((taint,))
        if taint.aspect == "host":
            if octets(regex):
                yes.update(facts(f, one_value, "pattern", "^[0-9.]+$", node))
                no.update(facts(f, one_value, "private-literal", "literals 4", node))
            elif _private_pattern(regex.pattern):
                no.update(facts(f, one_value, "private-literal", text, node))
            elif whole or regex.pattern.endswith("$"):
                yes.update(facts(f, one_value, "host-allowed", text, node))
        elif taint.aspect == "address":
            no.update(facts(f, one_value, "private-refused", text, node))
        elif taint.aspect in ("", "url", "relative", "first"):
            if whole:
                yes.update(facts(f, one_value, "pattern", text, node))
                no.update(facts(f, one_value, "unmatched", text, node))
            else:
                if how == "begin" or regex.begins:
                    yes.update(facts(f, one_value, "prefix", "re:" + text, node))
                    if taint.aspect == "relative" and _leads_out(regex):
                        no.update(facts(f, one_value, "confined", followed(taint), node))
                    else:
                        no.update(facts(f, one_value, "excludes", "re:^" + text.lstrip("^"), node))
                else:
                    kind = "no-dotdot" if text in (r"\.\.", "[.][.]") else "excludes"
                    no.update(facts(f, one_value, kind, "re:" + text, node))
    return yes, no


def octets(regex: Pattern) -> bool:
    """Whether addresses of version 4 have this form as a whole, and no names: what is not of this form is no such
    address as it is written."""
    expression = written(regex.pattern)
    if expression is None or not regex.whole:
        return False
    return all(expression.match(one) for one in _FOUR) and not any(expression.match(one) for one in _NAMES)


_FOUR = ("10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.100.200")
_NAMES = ("localhost", "example.com", "1.example.com", "a.b.c.d", "::1")


def parts(f: Frame, pattern: Value, node: Expr) -> Guards:
    """That something is what a match with an expression found, by which its parts are known."""
    known = pattern.constants
    if known is None or len(known) != 1 or not isinstance(known[0], Pattern):
        return FREE
    return guard(MATCHED, f"{known[0].flags}/{known[0].pattern}", f.spot(node))


def part(taint: Taint, number: int, node: Expr) -> Taint | None:
    """A group of a match (0: the whole), which has the form that is written there; ``None``: it is no match."""
    for way in taint.guards:
        for fact in way:
            if fact[0] == MATCHED and len(taint.guards) == 1:
                flags, _, text = fact[1].partition("/")
                form = Pattern(text, flags).group(0 if "g" in flags else number)
                kept = frozenset(one for one in way if one is not fact)
                fixed = {("pattern", ("(?i)" if "i" in flags else "") + f"^(?:{form})$", fact[2])} if form else set()
                return taint.derived(node).under((kept | fixed,))
    return None


def numbered(value: Value, number: int, node: Expr) -> Value:
    """An item of a list by its number, where that may be a match."""
    taints = tuple(part(t, number, node) or t for t in value.taints)
    return value if taints == value.taints else Value(taints, value.shape, value.name)


def word(taint: Taint, number: object, between: str, node: Expr, spot: Spot) -> Taint:
    """A word of a text by its number. ``between``: "/" where no word has a slash, so that the last is a bare name."""
    if taint.aspect:
        return taint
    if number == -1 and between == "/":
        return taint.derived(node, guard("basename", "", spot), False)
    return taint.first() if number == 0 else taint.derived(node)


def _leads_out(regex: Pattern) -> bool:
    """Whether every way out of a root is matched: ``/^\\.\\.([\\/]|$)/``."""
    expression = written(regex.pattern)
    return expression is not None and all(expression.match(way) is not None for way in ("..", "../a"))


def _private_pattern(pattern: str) -> bool:
    text = pattern.replace("\\", "").lstrip("^(?:")
    return text.startswith(PRIVATE_TEXTS) or any(
        f"|{p}" in text or f"({p}" in text for p in ("127.", "10.", "192.168", "169.254", "localhost")
    )
