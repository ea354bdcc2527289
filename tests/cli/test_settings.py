"""Settings: what a project may say, and what it is told when it says something else."""

from __future__ import annotations

import pytest

from mcp_lsp.settings import Selection, Settings, SettingsError, default, from_table, from_text, names
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.rule import Rule, Severity

RULES = {
    name: Rule(id, name, name, "", Severity.ERROR, (), (), lambda _: (), room, "", "", None, "")
    for id, name, room in [
        ("MCP101", "invalid-tool-name", "protocol"),
        ("MCP301", "shell-command-from-argument", "handlers"),
        ("MCP302", "code-from-argument", "handlers"),
        ("MCP601", "unpinned-launch", "supply_chain"),
    ]
}


@pytest.fixture(autouse=True)
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "rules", lambda: tuple(RULES.values()))
    monkeypatch.setattr(registry, "by_name", lambda: {key: r for r in RULES.values() for key in (r.id, r.name)})


def load(toml: str) -> Settings:
    found = from_text(f"[tool.mcp-lsp]\n{toml}", "pyproject.toml", "/project")
    assert found is not None
    return found


def running(settings: Settings, path: str = "/project/server.py") -> list[str]:
    return [rule.id for rule in settings.rules_for(f"file://{path}", tuple(RULES.values()))]


def complaint(toml: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(toml)
    return str(caught.value).removeprefix("pyproject.toml: [tool.mcp-lsp] ")


def test_without_settings_every_rule_runs() -> None:
    assert running(Settings()) == ["MCP101", "MCP301", "MCP302", "MCP601"]


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ('select = ["MCP3"]', ["MCP301", "MCP302"]),
        ('select = ["MCP301"]', ["MCP301"]),
        ('select = ["code-from-argument"]', ["MCP302"]),
        ('select = ["handlers"]', ["MCP301", "MCP302"]),
        ('select = ["supply-chain"]', ["MCP601"]),
        ('select = ["supply_chain"]', ["MCP601"]),
        ("select = []", []),
        ('select = ["MCP7"]', []),
        ('select = ["MCP1"]\nextend-select = ["MCP6"]', ["MCP101", "MCP601"]),
        ('ignore = ["MCP3"]', ["MCP101", "MCP601"]),
        ('select = ["MCP3"]\nignore = ["MCP301"]', ["MCP302"]),
        ('select = ["MCP301"]\nignore = ["MCP3"]', ["MCP301"]),
        ('select = ["MCP301"]\nignore = ["shell-command-from-argument"]', []),
        ('select = ["ALL", "MCP3"]\nignore = ["ALL"]', ["MCP301", "MCP302"]),
    ],
)
def test_the_more_exact_word_wins(toml: str, expected: list[str]) -> None:
    assert running(load(toml)) == expected


@pytest.mark.parametrize(
    ("toml", "runs"),
    [
        ("", False),
        ('select = ["ALL"]', False),
        ('select = ["MCP"]', False),
        ('select = ["readiness"]', False),
        ('extend-select = ["MCP9"]', False),
        ('extend-select = ["MCP910"]', True),
        ('extend-select = ["data-answered-as-text"]', True),
        ('extend-select = ["MCP910"]\nper-file-ignores = { "*.py" = ["ALL"] }', False),
    ],
)
def test_an_opinion_runs_where_it_is_asked_for(toml: str, runs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    opinion = Rule(
        "MCP910", "data-answered-as-text", "", "", Severity.HINT, (), (), lambda _: (), "readiness", "", "", None, "",
        opinion=True,
    )  # fmt: skip
    monkeypatch.setitem(RULES, opinion.name, opinion)
    assert ("MCP910" in running(load(toml))) is runs


@pytest.mark.parametrize(
    ("toml", "runs"),
    [
        ("", False),
        ('profile = ["gemini"]', False),
        ('profile = ["gemini", "openai"]', True),
        ('profile = ["openai"]\nignore = ["MCP145"]', False),
        ('profile = ["openai"]\nselect = ["handlers"]', True),
    ],
)
def test_what_a_profile_asks_for(toml: str, runs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Rule(
        "MCP145", "tool-without-hints", "", "", Severity.HINT, (), (), lambda _: (), "protocol", "", "", None, "",
        opinion=True, profiles=("anthropic-directory", "openai"),
    )  # fmt: skip
    monkeypatch.setitem(RULES, asked.name, asked)
    assert ("MCP145" in running(load(toml))) is runs


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(select=("MCP1",)), ["MCP101"]),
        (Selection(select=("MCP301",)), ["MCP301"]),
        (Selection(ignore=("MCP3",)), ["MCP101"]),
        (Selection(extend_select=("MCP6",)), ["MCP101", "MCP302", "MCP601"]),
        (Selection(select=("ALL",), ignore=("MCP3",)), ["MCP101", "MCP601"]),
    ],
)
def test_the_command_line_goes_before_the_settings(selection: Selection, expected: list[str]) -> None:
    settings = load('select = ["MCP101", "MCP302", "MCP3"]\nignore = ["MCP301"]')
    assert running(settings) == ["MCP101", "MCP302"]
    assert running(settings.with_selection(selection)) == expected


def test_rules_are_ignored_per_file() -> None:
    settings = load('per-file-ignores = { "tests/" = ["ALL"], "*.test.ts" = ["MCP3"], "/gen.py" = ["handlers"] }')
    assert running(settings, "/project/tests/x/server.py") == []
    assert running(settings, "/project/src/a.test.ts") == ["MCP101", "MCP601"]
    assert running(settings, "/project/gen.py") == ["MCP101", "MCP601"]
    assert len(running(settings, "/project/src/gen.py")) == 4
    assert len(running(settings, "/elsewhere/tests2/server.py")) == 4


def test_severities_are_overridden_by_the_most_exact_word() -> None:
    settings = load('severity = { ALL = "hint", MCP3 = "warning", code-from-argument = "information" }')
    assert {id: s.value for id, s in settings.severities().items()} == {
        "MCP101": "hint",
        "MCP301": "warning",
        "MCP302": "information",
        "MCP601": "hint",
    }
    assert Settings().severities() == {}


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ('selct = ["ALL"]', 'has no setting "selct"; did you mean "select"?'),
        ("respect_gitignore = true", 'has no setting "respect_gitignore"; did you mean "respect-gitignore"?'),
        ("xyzzy = 1", 'has no setting "xyzzy"'),
        ('select = "ALL"', 'select: expected a list of rules, as in select = ["handlers", "MCP204"], not "ALL"'),
        ("ignore = [3]", 'ignore: expected a list of rules, as in ignore = ["parameter-without-description"], not [3]'),
        ('ignore = ["MCP999"]', 'ignore: "MCP999" is no rule, beginning of an id, or room'),
        (
            'select = ["shell-comand-from-argument"]',
            (
                'select: "shell-comand-from-argument" is no rule, beginning of an id, or room; '
                'did you mean "shell-command-from-argument"?'
            ),
        ),
        (
            'select = ["shell-command"]',
            (
                'select: "shell-command" is no rule, beginning of an id, or room; '
                'did you mean "shell-command-from-argument"?'
            ),
        ),
        ('select = ["handler"]', 'select: "handler" is no rule, beginning of an id, or room; did you mean "handlers"?'),
        (
            'severity = { MCP3 = "eror" }',
            'severity.MCP3: expected error, warning, information or hint, not "eror"; did you mean "error"?',
        ),
        (
            'per-file-ignores = { "a b/*" = ["MCP999"] }',
            'per-file-ignores."a b/*": "MCP999" is no rule, beginning of an id, or room',
        ),
        (
            "max-file-size = true",
            "max-file-size: expected a number of bytes, as in max-file-size = 1_000_000, not true",
        ),
        ("max-file-size = 0", "max-file-size: expected a number of bytes, as in max-file-size = 1_000_000, not 0"),
        ('respect-gitignore = "no"', 'respect-gitignore: expected true or false, not "no"'),
    ],
)
def test_what_cannot_be_meant_is_said_with_file_key_value_and_the_nearest_right_word(toml: str, expected: str) -> None:
    assert complaint(toml) == expected


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load("selct = 1\nmax-file-size = 'big'")
    assert len(str(caught.value).split("\n")) == 2


def test_a_table_of_settings_is_a_table() -> None:
    with pytest.raises(SettingsError, match=r'pyproject.toml: \[tool.mcp-lsp\]: expected a table of settings, not "x"'):
        from_text('[tool]\nmcp-lsp = "x"', "pyproject.toml", "/project")


def test_broken_toml_is_said_with_its_place() -> None:
    with pytest.raises(SettingsError, match=r"sub/mcp-lsp\.toml: not valid TOML: .*line 1, column 10"):
        from_text("select = \nx", "sub/mcp-lsp.toml", "/project/sub")


def test_mcp_lsp_toml_has_no_header() -> None:
    found = from_text('select = ["MCP1"]', "mcp-lsp.toml", "/project")
    assert found is not None
    assert running(found) == ["MCP101"]


def test_a_pyproject_without_our_table_has_no_settings() -> None:
    assert from_text("[tool.ruff]\nselect = 1", "pyproject.toml", "/project") is None
    assert from_text("tool = 1", "pyproject.toml", "/project") is None


def test_an_editor_says_the_same_in_json() -> None:
    assert running(from_table({"select": ["MCP1"]}, "editor settings", "/project")) == ["MCP101"]
    with pytest.raises(SettingsError, match=r'^editor settings: has no setting "selct"; did you mean "select"\?$'):
        from_table({"selct": []}, "editor settings")


def test_every_setting_is_documented_and_its_example_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "plug_in", lambda name: None)  # the package of the example is not installed here
    for name, setting in names().items():
        assert setting.metadata["about"].endswith("."), name
        example = setting.metadata["example"]
        assert example.startswith(f"{name} = ")
        example = example.replace("MCP204", "MCP301").replace("parameter-without-description", "MCP3")
        example = example.replace("readiness", "handlers").replace("tool-without-hints", "MCP6")
        assert getattr(load(example), setting.name) != default(setting), f"the example of {name} changes nothing"
