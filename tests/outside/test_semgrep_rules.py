"""Semgrep's findings become ours, at their very characters; what it could not do is said, and never looks clean.

A few lines of Python stand in for the program, and print what it prints (1.182); one test runs the real one, where it is
installed.
"""

from __future__ import annotations

import itertools
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mcp_lsp.outside import semgrep
from mcp_lsp.outside.limits import Limits
from mcp_lsp.project import files, run
from mcp_lsp.project.configuration import Configuration
from mcp_lsp.project.index import Index
from mcp_lsp.settings import Selection
from mcp_lsp_analyzers.record import replace

pytestmark = pytest.mark.slow

RULES = """\
rules:
  - id: no-eval
    languages: [python]
    message: |
      $X is run
      as code
    severity: ERROR
    pattern: eval($X)
    metadata:
      cwe: "CWE-95: Improper Neutralization of Directives in Dynamically Evaluated Code ('Eval Injection')"
"""
SOURCE = 'name = "äö𝄞"; print(eval(name))\n'


def check(
    tmp_path: Path,
    says: str,
    *,
    settings: str = 'semgrep = ["rules/"]',
    source: str = SOURCE,
    limits: Limits = semgrep.LIMITS,
    which: Callable[[str], str | None] | None = None,
) -> list[str]:
    """What is told of a project: findings as ``severity code path:line:column-line:column message [references]``, what
    was not done as ``- path: reason``, failures as ``! path thing: error``. ``says``: the body of the program."""
    root = tmp_path / "project"
    (root / "rules").mkdir(parents=True, exist_ok=True)
    (root / "rules" / "own.yaml").write_text(RULES, encoding="utf-8")
    (root / "server.py").write_text(source, encoding="utf-8")
    (root / "mcp-lsp.toml").write_text(settings, encoding="utf-8")
    program = tmp_path / "semgrep"
    program.write_text(f"#!{sys.executable}\nimport json, sys, time\n{says}\n", encoding="utf-8")
    program.chmod(0o755)
    folder = str(root)
    found = files.find(["."], Configuration(None, Selection(), str), folder)
    told = semgrep.told(
        found.files, run.Job(folder, folder), Index(folder), limits, which or (lambda name: str(tmp_path / name))
    )
    lines = [
        f"{f.severity} {f.code} {f.region.path}:{f.region.start[0]}:{f.region.start[1]}-{f.region.end[0]}:"
        f"{f.region.end[1]} {f.message} [{' '.join(f.references)}]"
        for f in told.found
    ]
    lines += [f"- {Path(n.path).name}: {n.reason}" for n in told.not_analysed]
    lines += [f"! {Path(f.path).name} {f.thing}: {f.error}" for f in told.failures]
    return lines + ([f"suppressed: {told.suppressed}"] if told.suppressed else [])


def printing(*results: dict[str, object], errors: tuple[dict[str, object], ...] = ()) -> str:
    return f"print({json.dumps(json.dumps({'results': results, 'errors': errors}))})"


def match(start: tuple[int, int], end: tuple[int, int], **extra: object) -> dict[str, object]:
    places = {key: {"line": at[0], "col": at[1], "offset": 0} for key, at in (("start", start), ("end", end))}
    return {"check_id": "no-eval", "path": "./server.py", **places, "extra": {"message": "a\nb\n", **extra}}


# In bytes of UTF-8, `eval` stands five columns further to the right than it is shown.
EVAL = match((1, 26), (1, 36), severity="ERROR", metadata={"cwe": ["CWE-95: Eval Injection"]})


def test_a_match_stands_at_its_characters_under_its_own_id(tmp_path: Path) -> None:
    assert check(tmp_path, printing(EVAL)) == ["error MCP530 server.py:1:21-1:31 `no-eval`: a b [CWE-95]"]


@pytest.mark.parametrize(
    ("severity", "ours"),
    [("CRITICAL", "error"), ("WARNING", "warning"), ("LOW", "information"), ("INVENTORY", "hint")],
)
def test_severities_are_the_rules_own(tmp_path: Path, severity: str, ours: str) -> None:
    assert check(tmp_path, printing(match((1, 1), (1, 5), severity=severity)))[0].startswith(f"{ours} MCP530")


def test_settings_and_comments_hold_for_it_as_for_any_rule(tmp_path: Path) -> None:
    settings = 'semgrep = ["rules/"]\n'
    assert check(tmp_path, printing(EVAL), settings=settings + 'ignore = ["semgrep-match"]') == []
    assert check(tmp_path, printing(EVAL), settings=settings + 'severity = { MCP530 = "hint" }')[0].startswith("hint ")
    allowed = SOURCE.rstrip("\n") + "  # mcp-lsp: ignore[semgrep-match] a constant\n"
    assert check(tmp_path, printing(EVAL), source=allowed) == ["suppressed: 1"]


def test_it_gets_files_of_the_project_and_no_word_to_any_service(tmp_path: Path) -> None:
    said = check(
        tmp_path, 'print(json.dumps({"results": [], "errors": [{"level": "warn", "message": str(sys.argv[1:])}]}))'
    )
    assert len(said) == 1
    for words in ("'--metrics', 'off'", "'--disable-version-check'", "'--config', './rules'"):
        assert words in said[0].replace("\\\\", "/")


def test_a_name_of_its_registry_is_no_rule_of_the_project(tmp_path: Path) -> None:
    told = check(tmp_path, "sys.exit('started')", settings='semgrep = ["p/python"]')
    assert told == ["- mcp-lsp.toml: semgrep: p/python: no such file or folder (only rules of the project are run)"]


def test_what_it_could_not_do_is_said(tmp_path: Path) -> None:
    broken = {
        "level": "error", "short_msg": "Invalid rule schema", "long_msg": "`message` is missing",
        "spans": [{"file": "rules/own.yaml", "start": {"line": 2}}],
    }  # fmt: skip
    partly = {"level": "warn", "message": "Syntax error at line 3", "path": "./server.py"}
    assert check(tmp_path, printing(EVAL, errors=(broken, partly))) == [
        "error MCP530 server.py:1:21-1:31 `no-eval`: a b [CWE-95]",
        "- server.py: semgrep: Syntax error at line 3",
        "! mcp-lsp.toml rules/own.yaml:2: `message` is missing",
    ]


def test_no_report_is_a_failure(tmp_path: Path) -> None:
    assert check(tmp_path, "sys.exit('out of order')") == ["! mcp-lsp.toml : it gave no report; it wrote: out of order"]


def test_without_the_program_nothing_is_clean(tmp_path: Path) -> None:
    assert check(tmp_path, "", which=lambda name: None) == [
        "- mcp-lsp.toml: semgrep: its rules were not run, there is no program semgrep on the path"
    ]


def test_a_program_that_the_project_brings_is_not_started(tmp_path: Path) -> None:
    told = check(tmp_path, "", which=lambda name: str(tmp_path / "project" / "rules" / name))
    assert len(told) == 1
    assert told[0].startswith("- mcp-lsp.toml: semgrep: its rules were not run, the program that would run stands in")


def test_it_is_stopped_when_its_time_is_over(tmp_path: Path) -> None:
    hours: Iterator[float] = itertools.count(0.0, 100.0)  # each look at this clock is a hundred seconds later
    told = check(tmp_path, "time.sleep(60)", limits=replace(semgrep.LIMITS, clock=lambda: next(hours), grace=0.0))
    assert len(told) == 1
    assert told[0].startswith("- mcp-lsp.toml: semgrep: stopped, it had not ended after")


def test_the_real_one(tmp_path: Path) -> None:
    program = shutil.which("semgrep")
    if program is None:
        pytest.skip("semgrep is not installed here")
    found = check(tmp_path, "", which=lambda name: program)
    assert found == ["error MCP530 server.py:1:21-1:31 `no-eval`: name is run as code [CWE-95]"]
