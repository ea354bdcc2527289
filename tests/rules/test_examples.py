"""Every rule is tested by the examples written on it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from mcp_lsp.check import Analysis, fingerprints, judge, rules_by_subject
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.model import Parameter, Prompt, Resource, Server, Tool
from mcp_lsp_analyzers.place import Piece, Place, Text
from mcp_lsp_analyzers.rule import Severity
from tests.rules.examples import Example, analysed, examples, fixed, said, shown

BAD = list(examples("bad"))
GOOD = list(examples("good"))


@pytest.mark.parametrize("example", BAD, ids=str)
def test_bad_is_found_exactly_at_its_carets(example: Example) -> None:
    analysis = analysed(example)
    found = said(analysis, example.rule)
    report = shown(analysis.diagnostics, example.text)
    assert example.expected, "an example without carets expects nothing"
    assert [d.finding.place.span for d in found] == [(e.start, e.end) for e in example.expected], report
    for diagnostic, expected in zip(found, example.expected, strict=True):
        assert expected.is_said_by(diagnostic.message), f"{diagnostic.message}\n{report}"
    assert not analysis.failures


@pytest.mark.parametrize("example", GOOD, ids=str)
def test_good_is_clean_under_every_rule(example: Example) -> None:
    """No rule warns, and the rule itself has nothing to say. (An example need not be ready for production: that a
    parameter has no description is information.)"""
    analysis = analysed(example)
    found = [
        d for d in analysis.diagnostics if d.severity in (Severity.ERROR, Severity.WARNING) or d.rule is example.rule
    ]
    assert not found, shown(found, example.text)
    assert not example.expected
    assert not analysis.failures


@pytest.mark.parametrize("example", BAD, ids=str)
def test_a_fix_parses_removes_its_finding_and_adds_none(example: Example) -> None:
    analysis = analysed(example)
    offered = [d for d in said(analysis, example.rule) if d.finding.fix is not None]
    if not offered:
        pytest.skip("no fix is offered here")
    while offered:
        fix = offered[0].finding.fix
        assert fix is not None
        text = fixed(analysis, fix)
        assert text is not None, f"not rendered: {fix}"
        after = analysed(example, text)
        assert after.module is not None
        assert not after.module.broken, text
        if example.language == "python":
            compile(text, example.uri, "exec")
        assert len(said(after, example.rule)) < len(said(analysis, example.rule)), text
        new = Counter(d.rule.name for d in after.diagnostics) - Counter(d.rule.name for d in analysis.diagnostics)
        assert not new, f"{new}\n{text}"
        analysis = after
        offered = [d for d in said(analysis, example.rule) if d.finding.fix is not None]


# ---------------------------------------------------------------- without source

# They judge the server and say so from its source alone.
_NEED_SOURCE = {
    "instructions-as-title", "sdk-without-upper-bound", "registration-after-connect", "secret-required-at-import",
    "task-without-support", "decorated-function-called", "wrapper-without-wraps", "field-of-another-major",
    "parameter-described-in-docstring", "question-that-cannot-be-asked", "capability-not-offered",
    "coroutine-never-awaited",
}  # fmt: skip
_LISTED = (Server, Tool, Prompt, Resource, Parameter, Text)


@pytest.mark.parametrize(
    "example",
    [e for e in BAD if set(e.rule.judges) <= set(_LISTED) and e.rule.name not in _NEED_SOURCE],
    ids=str,
)
def test_rules_that_need_no_source_say_the_same_of_a_listing(example: Example) -> None:
    analysis = analysed(example)
    failures: list[object] = []
    rules = rules_by_subject([example.rule])
    of_listing = [
        diagnostic
        for server in analysis.servers
        for subject in listed(server).walk()
        for diagnostic in judge(subject, rules, failures, "listing")  # type: ignore[arg-type]
    ]
    assert not failures
    assert sorted(fingerprints(of_listing)) == sorted(fingerprints(said(analysis, example.rule)))


def listed(server: Server) -> Server:
    """The server as ``tools/list`` shows it: the same things under the same pointers, no spans, no code."""
    return replace(
        server, place=_bare(server.place), module=None, constructed=None,
        instructions=_text(server.instructions),
        tools=tuple(_item(tool) for tool in server.tools),
        prompts=tuple(_item(prompt) for prompt in server.prompts),
        resources=tuple(replace(_item(resource), uri=_text(resource.uri)) for resource in server.resources),
    )  # fmt: skip


def _item(item):  # type: ignore[no-untyped-def]
    annotations = getattr(item, "annotations", None)
    if annotations is not None:
        hints = tuple(replace(hint, place=_bare(hint.place)) for hint in annotations.hints)
        item = replace(item, annotations=replace(annotations, hints=hints, place=_bare(annotations.place)))
    return replace(
        item, place=_bare(item.place), declared=_bare(item.declared), title=_text(item.title),
        description=_text(item.description), function=None, arguments=(),
        parameters=tuple(
            replace(p, place=_bare(p.place), description=_text(p.description), texts=tuple(map(_text, p.texts)))
            for p in item.parameters
        ),
    )  # fmt: skip


def _text(text):  # type: ignore[no-untyped-def]
    if text is None:
        return None
    place = _bare(text.place)
    return replace(text, place=place, pieces=(Piece(0, len(text.value), place),))


def _bare(place: Place) -> Place:
    return Place("listing", place.pointer)


# ---------------------------------------------------------------- half-typed


def _survives(example: Example, end: int) -> None:
    analysis: Analysis = analysed(example, example.text[:end])
    assert not analysis.failures, (example.text[:end], analysis.failures)


@pytest.mark.slow
@pytest.mark.parametrize("example", [*BAD, *GOOD], ids=str)
def test_some_prefixes_of_every_example_are_read_and_judged(example: Example) -> None:
    for end in range(len(example.text) % 61, len(example.text), 61):
        _survives(example, end)


@pytest.mark.long
@pytest.mark.parametrize("example", [*BAD, *GOOD], ids=str)
def test_every_prefix_of_every_example_is_read_and_judged(example: Example) -> None:
    for end in range(len(example.text)):
        _survives(example, end)


def test_the_examples_are_those_of_all_rules() -> None:
    own = {rule for rule in registry.rules() if not {"custom", "asked", "semgrep"} & set(rule.tags)}  # others say it
    assert {e.rule for e in BAD} == {e.rule for e in GOOD} == own
