"""Sigma rules about what models read, as the YARA rules they amount to: pySigma parses them, YARA-X runs them, so that
a regular expression of theirs can no more run away than one of YARA's (`custom`).

A Sigma rule is about events with fields; here a text is the event and the field its kind. Every text is judged by
itself: what asks two kinds of text at once could never match, and is refused like all that is not about text.
https://sigmahq.io/sigma-specification/ (2.0), https://sigmahq-pysigma.readthedocs.io (1.x; the extra ``sigma``).
"""

from __future__ import annotations

import re
from typing import Any

from mcp_lsp_analyzers.place import ROLES

ENDINGS = (".yml", ".yaml")
NAME = "sigma"
"""The entry of a rule's `meta` that holds what the Sigma rule is called."""
_LEVELS = {
    "informational": "information",
    "low": "information",
    "medium": "warning",
    "high": "error",
    "critical": "error",
}
_ANY = "text"
_SPECIAL = frozenset(r".*+?^$[](){}\|/")


def as_yara(text: str) -> str:
    """The YARA rules that the Sigma rules in a file amount to, in its order. They ask the global ``role`` what a text
    is.

    Raises ``ValueError``, with the rule's title, where a rule is none, or is about something else than texts.
    """
    from sigma.collection import SigmaCollection
    from sigma.exceptions import SigmaError
    from sigma.rule import SigmaRule
    from yaml import YAMLError

    try:
        rules = SigmaCollection.from_yaml(text).rules
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise ValueError(f"{where}{getattr(error, 'problem', None) or 'is not YAML'}") from None
    except (SigmaError, AttributeError, TypeError, RecursionError) as error:  # pySigma lets wrong shapes through
        raise ValueError(f"is no Sigma rule: {str(error).partition(' in ')[0] or type(error).__name__}") from None
    out = []
    for number, rule in enumerate(rules):
        try:
            if not isinstance(rule, SigmaRule):
                raise ValueError("a correlation counts events, and texts are none")
            if rule.logsource.product not in (None, "mcp"):
                raise ValueError(
                    f'is about the logs of "{rule.logsource.product}"; texts for models are `product: mcp`'
                )
            out.append(_rule(rule, number))
        except (ValueError, SigmaError, RecursionError) as error:
            raise ValueError(f'"{rule.title}": {error or type(error).__name__}') from None
    if not out:
        raise ValueError("holds no Sigma rule")
    return "\n".join(out)


def _rule(rule: Any, number: int) -> str:
    trees = [condition.parsed for condition in rule.detection.parsed_condition]
    writer = _Writer()
    condition = " or ".join(f"({writer.condition(tree)})" for tree in trees)
    if not any(_possible(tree, role, True) for tree in trees for role in ROLES):
        raise ValueError("asks several kinds of text at once; each is judged by itself")
    meta = {NAME: rule.name or rule.title, "description": rule.description or rule.title}
    if rule.level is not None:
        meta["severity"] = _LEVELS[str(rule.level)]
    lines = [f"rule sigma_{number} {{", "  meta:", *(f"    {key} = {_quoted(value)}" for key, value in meta.items())]
    if writer.patterns:
        lines += ["  strings:", *(f"    $p{i} = {pattern}" for i, pattern in enumerate(writer.patterns))]
    return "\n".join([*lines, "  condition:", f"    {condition}", "}"])


class _Writer:
    """Writes conditions, and collects the patterns they name."""

    def __init__(self) -> None:
        self.patterns: list[str] = []

    def condition(self, node: Any) -> str:
        from sigma import conditions

        if isinstance(node, conditions.ConditionNOT):
            return f"not ({self.condition(node.args[0])})"
        if isinstance(node, conditions.ConditionAND | conditions.ConditionOR):
            word = " and " if isinstance(node, conditions.ConditionAND) else " or "
            return word.join(f"({self.condition(each)})" for each in node.args)
        if isinstance(node, conditions.ConditionValueExpression):
            return self._value(node.value, anywhere=True)
        if isinstance(node, conditions.ConditionFieldEqualsValueExpression):
            asked = " or ".join(f"role == {_quoted(role)}" for role in _roles(node.field))
            return f"({asked}) and ({self._value(node.value, anywhere=False)})"
        raise ValueError("has a condition that is not about texts")

    def _value(self, value: Any, *, anywhere: bool) -> str:
        from sigma import types

        if isinstance(value, types.SigmaExpansion):
            return " or ".join(f"({self._value(each, anywhere=anywhere)})" for each in value.values)
        if isinstance(value, types.SigmaRegularExpression):
            flags = {str(flag.name)[0].lower() for flag in value.flags}
            if "m" in flags:
                raise ValueError("`re|m`: YARA has no lines; write (\\n|^)")
            return self._pattern(re.sub(r"(?<!\\)((?:\\\\)*)/", r"\1\\/", str(value.regexp)), flags)
        if isinstance(value, types.SigmaNumber):
            return self._pattern(f"^{value}$", set())
        if isinstance(value, types.SigmaString):
            cased = isinstance(value, types.SigmaCasedString)
            return self._pattern(_wildcards(value, anywhere), {"s"} if cased else {"s", "i"})
        if isinstance(value, types.SigmaExists):
            return "true" if value else "false"
        raise ValueError(f"compares with {type(value).__name__.removeprefix('Sigma')}, which no text has")

    def _pattern(self, pattern: str, flags: set[str]) -> str:
        if pattern in ("", "^$"):
            return "filesize == 0" if pattern else "true"
        self.patterns.append(f"/{pattern}/{''.join(sorted(flags))}")
        return f"$p{len(self.patterns) - 1}"


def _wildcards(value: Any, anywhere: bool) -> str:
    """A regular expression of a string with ``*`` and ``?``: the whole text, or some part of it."""
    from sigma.types import SpecialChars

    parts = list(value.s)
    start, end = not anywhere, not anywhere
    while parts and parts[0] is SpecialChars.WILDCARD_MULTI:
        start, parts = False, parts[1:]
    while parts and parts[-1] is SpecialChars.WILDCARD_MULTI:
        end, parts = False, parts[:-1]
    out = []
    for part in parts:
        if part is SpecialChars.WILDCARD_MULTI:
            out.append(".*?")
        elif part is SpecialChars.WILDCARD_SINGLE:
            out.append(".")
        elif isinstance(part, str):
            out.append("".join(map(_literal, part)))
        else:
            raise ValueError("has a placeholder, and nothing that fills it")
    return f"{'^' if start else ''}{''.join(out)}{'$' if end else ''}"


def _literal(character: str) -> str:
    if character in _SPECIAL:
        return "\\" + character
    if " " <= character <= "~":
        return character
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))


def _roles(field: str) -> list[str]:
    """The kinds of text that a field means: ``text`` all, ``description`` each whose last word it is, and
    ``tool.description`` (or ``tool_description``) one."""
    words = re.sub(r"[._]", " ", field.lower())
    found = [role for role in ROLES if words in (_ANY, role) or role.endswith(f" {words}")]
    if not found:
        kinds = sorted({_ANY, *(role.rpartition(" ")[2] for role in ROLES)})
        raise ValueError(
            f'there is no field "{field}"; there are {", ".join(kinds)}, and exact ones as tool.description'
        )
    return found


def _possible(node: Any, role: str, wanted: bool) -> bool:
    """Whether a text of one kind can make a condition true (``wanted``), or false."""
    from sigma import conditions

    if isinstance(node, conditions.ConditionNOT):
        return _possible(node.args[0], role, not wanted)
    if isinstance(node, conditions.ConditionAND | conditions.ConditionOR):
        both = isinstance(node, conditions.ConditionAND) is wanted
        return (all if both else any)(_possible(each, role, wanted) for each in node.args)
    return not wanted or not getattr(node, "field", None) or role in _roles(node.field)


def _quoted(value: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in value)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
