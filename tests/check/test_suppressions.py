"""Comments that allow findings: what they reach, and what is said of those that are not needed or not right."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from mcp_lsp import read, suppress, syntax
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.readiness import suppressions as rules
from mcp_lsp_analyzers.rule import RULES, Finding, Rule, Severity


def _rule(id: str, name: str, room: str) -> Rule:
    return Rule(id, name, name, "", Severity.ERROR, (), (), lambda _: (), room, "", "", None, "")


SHELL = _rule("MCP301", "shell-command-from-argument", "handlers")
CODE = _rule("MCP302", "code-from-argument", "handlers")
NAME = _rule("MCP101", "invalid-tool-name", "protocol")
MARKS = {"SHELL": SHELL, "CODE": CODE, "NAME": NAME}


@pytest.fixture(autouse=True)
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    about = [rule for rule in RULES if rule.source == rules.__name__]
    found = (NAME, SHELL, CODE, *about)
    monkeypatch.setattr(registry, "rules", lambda: found)
    monkeypatch.setattr(registry, "by_name", lambda: {key: r for r in found for key in (r.id, r.name)})
    suppress._nearest.cache_clear()


@dataclass
class Found:
    rule: Rule
    finding: Finding


def check(text: str, uri: str = "file:///server.py", enabled: tuple[Rule, ...] = (NAME, SHELL, CODE)) -> list[str]:
    """What is reported, one line each: words SHELL, CODE and NAME are found by the rule of that name, up to ``>``."""
    language = syntax.language_of(uri)
    assert language is not None
    document = syntax.Document(uri, text, language)
    module = read.module(syntax.parse(document))
    found = [
        Found(MARKS[m[1]], Finding(Place(uri, "/x", Span(m.start(), m.end())), m[0]))
        for m in re.finditer(r"(SHELL|CODE|NAME)(?:<[^>]*>)?", text)
    ]
    allowed, subjects = suppress.apply(
        [comment for unit in module.units for comment in suppress.comments(unit)], document, found, enabled
    )
    lines = [
        f"{document.position(f.finding.place.span.start)[0] + 1}: {f.rule.id}" for f in found if id(f) not in allowed
    ]
    for subject in subjects:
        for rule in RULES:
            if rule.source == rules.__name__:
                for finding in rule.check(subject):
                    line, column = document.position(finding.place.span.start)
                    lines.append(f"{line + 1}:{column + 1} {finding.message}")
    return lines


def fixed(text: str) -> list[str]:
    """The text after each fix that is offered for a comment."""
    document = syntax.Document("file:///server.py", text, "python")
    module = read.module(syntax.parse(document))
    results = []
    for subject in suppress.apply(
        [comment for unit in module.units for comment in suppress.comments(unit)], document, [], (NAME, SHELL, CODE)
    )[1]:
        for rule in RULES:
            if rule.source == rules.__name__:
                for finding in rule.check(subject):
                    if finding.fix:
                        (edit,) = finding.fix.change.edits
                        start, end = edit.place.span
                        results.append(text[:start] + edit.text + text[end:])
    return results


def test_a_comment_speaks_for_its_own_line() -> None:
    assert check("a = SHELL  # mcp-lsp: ignore[MCP301] own hosts\nb = SHELL\n") == ["2: MCP301"]


def test_a_comment_alone_on_its_line_speaks_for_the_next() -> None:
    assert check("# mcp-lsp: ignore[MCP301] own hosts\na = SHELL\nb = SHELL\n") == ["3: MCP301"]


def test_further_comments_and_blank_lines_may_stand_between() -> None:
    assert check("# mcp-lsp: ignore[MCP301] own hosts\n# see below\n\na = SHELL\n") == []


def test_above_a_decorated_function_it_speaks_for_decorators_and_header() -> None:
    text = "# mcp-lsp: ignore[MCP101, MCP301] x\n@a\n@tool(\n  'NAME'\n)\ndef SHELL():\n    return SHELL\n"
    assert check(text) == ["7: MCP301"]


def test_a_comment_behind_the_last_line_of_a_finding_counts() -> None:
    assert check("run(SHELL<\n  1,\n>)  # mcp-lsp: ignore[MCP301] own hosts\n") == []
    assert check("run(SHELL<\n  1,  # mcp-lsp: ignore[MCP301] own hosts\n>)\n") == [
        "1: MCP301",
        "2:25 `MCP301` finds nothing here",
    ]


@pytest.mark.parametrize("name", ["MCP301", "shell-command-from-argument", "MCP3", "handlers", "ALL"])
def test_rules_are_named_as_everywhere(name: str) -> None:
    assert check(f"a = SHELL  # mcp-lsp: ignore[{name}] x\n") == []


def test_other_rules_on_the_line_are_still_reported() -> None:
    assert check("a = SHELL + CODE  # mcp-lsp: ignore[MCP301] x\n") == ["1: MCP302"]
    assert check("a = SHELL + CODE  # mcp-lsp: ignore[MCP301, code-from-argument] x\n") == []


def test_a_file_is_allowed_as_a_whole() -> None:
    assert check("a = SHELL\nb = CODE\n# mcp-lsp: ignore-file[MCP301] x\n") == ["2: MCP302"]


@pytest.mark.parametrize(
    "text",
    [
        "const a = SHELL; // mcp-lsp: ignore[MCP301] x\n",
        "const a = SHELL; /* mcp-lsp: ignore[MCP301] x */\n",
        "/* mcp-lsp: ignore[MCP301] x */ const a = SHELL;\n",
        "/* mcp-lsp: ignore[MCP301] x */\nconst a = SHELL;\n",
        "/*\n * mcp-lsp: ignore[MCP301] x\n */\nconst a = SHELL;\n",
        "/** mcp-lsp: ignore-file[MCP301] x */\nfoo();\nconst a = SHELL;\n",
        "f({\n  // mcp-lsp: ignore[MCP301] x\n  a: SHELL,\n});\n",
    ],
)
def test_typescript_comments(text: str) -> None:
    assert check(text, "file:///server.ts") == []


def test_jsx_comments() -> None:
    assert check("const a = <p>\n  {/* mcp-lsp: ignore[MCP301] x */}\n  {SHELL}\n</p>;\n", "file:///server.tsx") == []


def test_line_ends_of_every_kind() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = f"# mcp-lsp: ignore[MCP301] x{end}a = SHELL{end}b = SHELL # mcp-lsp: ignore[MCP301] x"
        assert check(text, "file:///server.ts") != []  # "#" is no comment there
        if end != "\r":  # Python's grammar does not end a comment at a bare carriage return
            assert check(text) == []


def test_a_comment_that_allows_nothing_is_reported() -> None:
    assert check("a = 1  # mcp-lsp: ignore[MCP301] x\n") == ["1:26 `MCP301` finds nothing here"]
    assert check("a = SHELL  # mcp-lsp: ignore[MCP301, MCP302] x\n") == ["1:38 `MCP302` finds nothing here"]
    assert check("# mcp-lsp: ignore-file[MCP3] x\n") == ["1:24 `MCP3` finds nothing here"]


def test_a_comment_for_a_rule_that_was_not_run_may_be_needed() -> None:
    assert check("a = 1  # mcp-lsp: ignore[MCP301] x\n", enabled=(NAME,)) == []
    assert check("a = 1  # mcp-lsp: ignore[MCP3] x\n", enabled=(NAME, CODE)) == ["1:26 `MCP3` finds nothing here"]


def test_an_unknown_rule_is_reported_with_the_nearest_name() -> None:
    assert check("a = 1  # mcp-lsp: ignore[shel-command-from-argument] x\n") == [
        "1:26 there is no rule `shel-command-from-argument`; did you mean `shell-command-from-argument`?"
    ]
    assert check("a = 1  # mcp-lsp: ignore[MCP999] x\n") == ["1:26 there is no rule `MCP999`"]


@pytest.mark.parametrize("comment", ["ignore", "ignore trusted", "ignore[]", "ignore[ ,]", "ignore-file", "ignore: x"])
def test_a_comment_that_names_no_rule_allows_nothing(comment: str) -> None:
    assert check(f"a = SHELL  # mcp-lsp: {comment}\n") == [
        "1: MCP301",
        "1:14 the comment names no rule and so allows nothing",
    ]


def test_a_misspelt_order_is_reported() -> None:
    assert check("a = SHELL  # mcp-lsp: ingore[MCP301] x\n") == [
        "1: MCP301",
        "1:14 `ingore` allows nothing; `ignore` and `ignore-file` do",
    ]


def test_prose_about_us_is_no_order() -> None:
    assert check("# checked by mcp-lsp: see the docs\n# mcp-lsp: great\n# mcp-lsp\n") == []


@pytest.mark.parametrize("reason", ["own hosts", ": own hosts", "-- own hosts", "— own hosts"])
def test_a_reason_may_be_written_in_any_way(reason: str) -> None:
    assert check(f"a = SHELL  # mcp-lsp: ignore[MCP301] {reason}\n") == []


def test_a_missing_reason_is_said() -> None:
    assert check("a = SHELL  # mcp-lsp: ignore[MCP301]\n") == ["1:14 no reason is given"]
    assert check("const a = SHELL; /* mcp-lsp: ignore[MCP301] */\n", "file:///server.ts") == ["1:21 no reason is given"]


def test_strings_are_no_comments() -> None:
    assert check("a = 'mcp-lsp: ignore[MCP301] x' + SHELL\n") == ["1: MCP301"]


def test_inside_large_functions_comments_are_found_too() -> None:
    body = "".join(f"    x{i} = {i}\n" for i in range(200))
    text = f"def f():\n{body}    if x:\n        # mcp-lsp: ignore[MCP301] x\n        y = SHELL\n{body}"
    assert check(text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a = 1  # mcp-lsp: ignore[MCP301] x\nb = 2\n", ["a = 1\nb = 2\n"]),
        ("a = 1\n  # mcp-lsp: ignore[MCP301] x\nb = 2\n", ["a = 1\nb = 2\n"]),
        ("a = 1\r\n# mcp-lsp: ignore[MCP301] x\r\nb = 2\r\n", ["a = 1\r\nb = 2\r\n"]),
        ("a = 1\n# mcp-lsp: ignore[MCP301] x", ["a = 1\n"]),
        ("a = 1  # mcp-lsp: ignore[MCP301] x\r\nb = 2\r\n", ["a = 1\r\nb = 2\r\n"]),
        (
            "a = 1  # mcp-lsp: ignore[MCP301, MCP998] x\n",
            ["a = 1  # mcp-lsp: ignore[MCP998] x\n"],
        ),
        (
            "a = 1  # mcp-lsp: ignore[MCP998, MCP301] x\n",
            ["a = 1  # mcp-lsp: ignore[MCP998] x\n"],
        ),
        (
            "a = 1  # mcp-lsp: ignore[shel-command-from-argument] x\n",
            ["a = 1  # mcp-lsp: ignore[shell-command-from-argument] x\n"],
        ),
        ("a = 1  # mcp-lsp: ingore[MCP301] x\n", ["a = 1  # mcp-lsp: ignore[MCP301] x\n"]),
    ],
)  # fmt: skip
def test_fixes(before: str, after: list[str]) -> None:
    assert fixed(before) == after


@pytest.mark.parametrize(
    ("uri", "text"),
    [
        ("file:///server.py", 'a = """\nSHELL\n"""  # mcp-lsp: ignore[shell-command-from-argument] a page\n'),
        ("file:///server.py", 'f(f"""\nSHELL {b}\n""")  # mcp-lsp: ignore[shell-command-from-argument] a page\n'),
        ("file:///server.ts", "f(`\nSHELL ${b}\n`); // mcp-lsp: ignore[shell-command-from-argument] a page\n"),
    ],
)
def test_at_the_end_of_a_string_over_several_lines_it_speaks_for_all_of_them(uri: str, text: str) -> None:
    assert check(text, uri) == []
    assert check(text.replace("SHELL", "NAME SHELL"), uri) == ["2: MCP101"]


def test_a_string_that_ends_on_an_earlier_line_is_not_spoken_for() -> None:
    text = 'a = """\nSHELL\n"""\nSHELL()  # mcp-lsp: ignore[shell-command-from-argument] here\n'
    assert check(text) == ["2: MCP301"]
