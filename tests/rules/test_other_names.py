"""A rule finds the same where what is imported has another name in the file: ``from m import n as o``, ``import m as o``,
``import { n as o }``, ``import * as o``."""

from __future__ import annotations

import re

import pytest

from tests.rules.examples import Example, analysed, examples, said, shown

_FROM = re.compile(r"^from ([\w.]+) import ([\w, ]+)$", re.MULTILINE)
_WHOLE = re.compile(r"^import ([\w.]+)$", re.MULTILINE)
_NAMED = re.compile(r"^import \{ ([\w, ]+) \} from (\"[^\"]+\");$", re.MULTILINE)
_ALL = re.compile(r"^import (?:\* as )?(\w+) from (\"[^\"]+\");$", re.MULTILINE)
_STRING = r"\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|//[^\n]*"


def _renamed(text: str, names: dict[str, str], python: bool) -> str:
    """Names exchanged where they are used: not in texts, not behind a dot, not before ``=`` of an argument. What stands
    in the braces of an f-string or a template is a use."""
    word = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    if not word:
        return text
    key = "" if python else r"(?!:\s)"
    use = re.compile(rf"(?<![\w.$])(?:{word})(?![\w$])(?!\s*=(?![=>])){key}")
    exchanged = lambda part: use.sub(lambda found: names[found[0]], part)  # noqa: E731
    out, at = [], 0
    for found in re.finditer(_STRING, text):
        out.append(exchanged(text[at : found.start()]))
        literal, before = found[0], text[max(0, found.start() - 1) : found.start()]
        if before == "f":
            literal = re.sub(r"\{[^{}]*\}", lambda hole: exchanged(hole[0]), literal)
        out.append(literal)
        at = found.end()
    return "".join([*out, exchanged(text[at:])])


def _other(name: str) -> str:
    """A name that tells nothing: of the same case, since that tells a class from a function."""
    number = sum(map(ord, name))
    return f"Other{number}" if name[:1].isupper() else f"other{number}"


def by_other_names(example: Example) -> str:
    """Each imported name gets another: ``from m import n as its_n``."""
    names: dict[str, str] = {}

    def each(found: re.Match[str]) -> str:
        given = [name.strip() for name in found[2].split(",")]
        names.update({name: _other(name) for name in given})
        return f"from {found[1]} import " + ", ".join(f"{name} as {_other(name)}" for name in given)

    def braces(found: re.Match[str]) -> str:
        given = [name.strip() for name in found[1].split(",")]
        names.update({name: _other(name) for name in given if name})
        return "import { " + ", ".join(f"{name} as {_other(name)}" for name in given) + f" }} from {found[2]};"

    def whole(found: re.Match[str]) -> str:
        names[found[1]] = other = _other(found[1])
        return f"import {found[1]} as {other}"

    def star(found: re.Match[str]) -> str:
        names[found[1]] = other = _other(found[1])
        return found[0].replace(f" {found[1]} from", f" {other} from")

    return _rewritten(example, ((_FROM, each), (_WHOLE, whole)), ((_NAMED, braces), (_ALL, star)), names)


def through_modules(example: Example) -> str:
    """Each imported name is reached through its module: ``import m as its_m`` and ``its_m.n``."""
    names: dict[str, str] = {}

    def each(found: re.Match[str]) -> str:
        other = _other(found[1])
        names.update({name.strip(): f"{other}.{name.strip()}" for name in found[2].split(",")})
        return f"import {found[1]} as {other}"

    def braces(found: re.Match[str]) -> str:
        other = _other(found[2])
        names.update({name.strip(): f"{other}.{name.strip()}" for name in found[1].split(",")})
        return f"import * as {other} from {found[2]};"

    return _rewritten(example, ((_FROM, each),), ((_NAMED, braces),), names)


def _rewritten(example, python, script, names):  # type: ignore[no-untyped-def]
    kept: list[str] = []

    def put_off(change):  # type: ignore[no-untyped-def]
        def inner(found: re.Match[str]) -> str:
            if found[0].startswith("from __future__") or re.search(r"\b[Oo]ther\d", found[0]):
                return found[0]
            kept.append(change(found))
            return f"<{len(kept) - 1}>"

        return inner

    text = example.text
    for expression, change in python if example.language == "python" else script:
        text = expression.sub(put_off(change), text)
    text = _renamed(text, names, example.language == "python")
    return re.sub(r"^<(\d+)>$", lambda found: kept[int(found[1])], text, flags=re.MULTILINE)


TOLD_BY_THEIR_NAMES = {
    "body-read-before-transport": "`express` is told by the name that everybody imports it under",
    "private-addresses-with-gaps": "the default of a package whose name is none",
    "hosts-as-written": "what a function of the project does is told by its name",
    "route-left-out-of-authentication": "what a function of the project does is told by its name",
    "tool-left-out-of-read-only-mode": "what a function of the project does is told by its name",
    "secret-required-at-import": "nobody imports `os` under another name",
}
"""Known to be missed under other names, and why."""

CASES = [e for e in examples() if not e.file and not e.approved and e.language in ("python", "typescript")]


def _lines(example: Example, text: str | None = None) -> list[int]:
    analysis = analysed(example, text)
    assert not analysis.failures
    whole = example.text if text is None else text
    spans = [d.finding.place.span for d in said(analysis, example.rule)]
    return [whole.count("\n", 0, span.start) for span in spans if span is not None]


@pytest.mark.parametrize("example", CASES, ids=str)
def test_imported_names_may_be_others(example: Example) -> None:
    if example.rule.name in TOLD_BY_THEIR_NAMES and example.which == "bad":
        return
    holds(example, by_other_names(example))


@pytest.mark.parametrize("example", CASES, ids=str)
def test_what_is_imported_may_be_reached_through_its_module(example: Example) -> None:
    if "from ." in example.text:
        return  # ``import .login`` is no Python
    holds(example, through_modules(example))


def holds(example: Example, text: str) -> None:
    if text == example.text:
        return
    if example.language == "python":
        compile(text, example.uri, "exec")
    assert _lines(example, text) == _lines(example), f"{shown(analysed(example, text).diagnostics, text)}\n{text}"


@pytest.mark.slow
def test_those_that_are_told_by_their_names_are_still_missed() -> None:
    missed = {e.rule.name for e in CASES if _lines(e, by_other_names(e)) != _lines(e)}
    assert missed == set(TOLD_BY_THEIR_NAMES)
