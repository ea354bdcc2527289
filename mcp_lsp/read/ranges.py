"""What a range of versions admits, as Python (PEP 440, Poetry) and npm write it.

Pure arithmetic on majors: the reader of manifests asks it which major a project resolves to.
"""

from __future__ import annotations

import re

from mcp_lsp_analyzers.pattern import pattern

_CLAUSE = pattern(r"(===|==|~=|!=|<=|>=|<|>|\^|~)?\s*v?(\d+)((?:\.(?:\d+|[*xX]))*)([^\s,|]*)|(\*|[xX]|latest|next)")


def python_major(text: str, newest: int | None = None) -> int | None:
    """The only major a Python requirement (PEP 440, or Poetry's carets) admits. An upper bound alone resolves to the
    newest below it."""
    if "@" in text or "/" in text:
        return None
    return _single([text.replace(",", " ")], newest)


def admits(text: str, major: int) -> bool:
    """Whether a Python requirement lets some version of a major in; not told of addresses."""
    if "@" in text or "/" in text:
        return False
    for clause in _CLAUSE.finditer(text.replace(",", " ")):
        operator, number, rest = clause[1] or "", clause[2], clause[3]
        if number is None or operator in ("!=", ">", ">="):
            if number is not None and operator != "!=" and int(number) > major:
                return False
            continue
        if operator in ("<", "<="):
            if int(number) < major or (int(number) == major and operator == "<" and not re.search(r"[1-9]", rest)):
                return False
        elif operator == "~=" and rest.count(".") == 0:
            continue  # installers that take it read ">="
        elif int(number) != major:
            return False
    return True


def npm_major(text: str, newest: int | None = None) -> int | None:
    """The only major an npm range admits; tags, links, workspaces and addresses admit any."""
    text = text.strip()
    alias = re.fullmatch(r"npm:(?:@[^/@]+/)?[^@]+@(.+)", text)
    text = alias[1] if alias else text.removeprefix("workspace:")
    if ":" in text or "/" in text:
        return None
    text = re.sub(r"(\S+)\s+-\s+(\S+)", r">=\1 <=\2", text)
    return _single(text.split("||"), newest)


def _single(alternatives: list[str], newest: int | None) -> int | None:
    majors = {_bounds(alternative, newest) for alternative in alternatives}
    return majors.pop() if len(majors) == 1 else None


def _bounds(text: str, newest: int | None) -> int | None:
    low: int | None = None
    high: int | None = None
    for clause in _CLAUSE.finditer(text):
        operator, number, rest = clause[1] or "", clause[2], clause[3]
        if number is None or operator == "!=":
            continue
        major = int(number)
        if operator in (">=", ">"):
            low = major if low is None else max(low, major)
        elif operator in ("<", "<="):
            # "<2" and "<2.0.0" end below the major, "<2.1" and "<=2" within it.
            whole = operator == "<" and not re.search(r"[1-9]", rest)
            top = major - 1 if whole else major
            high = top if high is None else min(high, top)
        elif operator == "~=" and rest.count(".") == 0:
            low = major  # PEP 440 does not allow "~=1"; installers that take it read ">=1"
        else:
            low = major if low is None else max(low, major)
            high = major if high is None else min(high, major)
    if high is not None and (low is None or low == high):
        return high
    if high is None and low is not None and newest is not None and low >= newest:
        return low
    return None
