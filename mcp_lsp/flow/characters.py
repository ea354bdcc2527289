"""Sets of characters: which of them a text is found to be made of, or to be free of, character by character."""

from __future__ import annotations

from .patterns import any_of_these
from .values import Seq, Value

_FEW = 12  # single letters and digits up to here are words of their own: ``mode in ("r", "w", "x")``


def characters(value: Value) -> str:
    """The characters of a text that is known (``"._-"``), or that a set has for its members (``set("._-")``,
    ``["." , "_"]``); "" where other things may be in it."""
    text = value.string
    if text is not None:
        return text
    if type(value.shape) is not Seq or value.taints:
        return ""
    found = ""
    for one in (*value.shape.items, *(() if value.shape.rest is None else (value.shape.rest,))):
        known = one.constants
        if not known or not all(isinstance(each, str) and len(each) == 1 for each in known):
            return ""
        found += "".join(str(each) for each in known)
    return "" if len(found) <= _FEW and found.isalnum() else found


def made_of(value: Value) -> tuple[str, str] | None:
    """What is known of a text each character of which is in there: kind and detail of a guard."""
    found = characters(value)
    return ("pattern", any_of_these(found)) if found else None


def free_of(value: Value) -> tuple[str, ...]:
    """The characters that a text has none of where each of its own is found not to be in there: where letters are among
    them, it is not characters that are compared."""
    found = characters(value)
    return tuple(dict.fromkeys(found)) if len(found) > 1 and not any(one.isalnum() for one in found) else ()
