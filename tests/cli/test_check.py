"""``mcp-lsp check``: what it says, what it never says, and its exit codes.

Most of these need any finding at all, and take the simplest: a comment that allows nothing (MCP992, a warning).
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from .conftest import Run

ROOT = Path(__file__).parents[2]
CLEAN = "x = 1\n"
FOUND = "x = 1  # mcp-lsp: ignore\n"
UNUSED = "x = 1  # mcp-lsp: ignore[MCP205] not needed\n"  # a warning with a safe fix


# ---------------------------------------------------------------- exit codes


def test_nothing_found(run: Run) -> None:
    ran = run("check", files={"a.py": CLEAN})
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "No findings in 1 file.\nNot analysed:\n  .: no MCP server found in 1 file\n"


def test_something_found(run: Run) -> None:
    ran = run("check", "a.py", files={"a.py": FOUND})
    assert ran.code == 1
    assert ran.out == (
        "warning[MCP992]: the comment names no rule and so allows nothing\n"
        " --> a.py:1:10\n"
        "  |\n"
        "1 | x = 1  # mcp-lsp: ignore\n"
        "  |          ^^^^^^^^^^^^^^^\n"
        "  = mcp-lsp: ignore[suppression-without-rule]\n"
        "\n"
        "Found 1 warning in 1 file.\n"
        "Not analysed:\n"
        "  a.py: no MCP server found\n"
    )


def test_exit_zero(run: Run) -> None:
    assert run("check", "--exit-zero", files={"a.py": FOUND}).code == 0
    assert run("check", "--exit-zero", "nowhere.py").code == 2


def test_a_missing_path_is_no_clean_path(run: Run) -> None:
    ran = run("check", "nowhere", "a.py", files={"a.py": FOUND})
    assert ran.code == 2
    assert "MCP992" in ran.out
    assert "nowhere: no such file or folder" in ran.out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ([], "say what to do: check, inspect, scan, rule or lsp"),
        (["chek"], 'there is no command "chek"; did you mean "check"?'),
        (["zzz"], 'there is no command "zzz"; mcp-lsp --help lists them'),
        (["readiness"], 'there is no command "readiness"; did you mean "mcp-lsp check --select readiness"?'),
        (["MCP301"], 'there is no command "MCP301"; did you mean "mcp-lsp rule MCP301"?'),
        (["a.py"], 'there is no command "a.py"; did you mean "mcp-lsp check a.py"?'),
        (["check", "--selct", "ALL"], 'there is no option --selct; did you mean "--select"?'),
        (["check", "--output-format", "xml"], "--output-format: invalid choice: 'xml'"),
        (["check", "--select", "MCP992,handlrs"], '--select: "handlrs" is no rule, beginning of an id, or room; did you mean "handlers"?'),
        (["check", "--jobs", "none"], '"none" is not a number of processes'),
        (["check", "-"], "standard input needs a name that says its language: --stdin-filename server.py"),
        (["check", "-", "a.py"], "- is standard input and cannot be checked together with paths"),
        (["check", "a.py", "--stdin-filename", "b.py"], "--stdin-filename goes with - (standard input), not with paths"),
        (["check", "-", "--stdin-filename", "b.md"], "--stdin-filename b.md: not Python, TypeScript or JavaScript"),
        (["check", "--config", "x.toml", "--isolated"], "--config and --isolated exclude each other"),
        (["check", "--config", "x.toml"], "x.toml: No such file or directory"),
        (["check", "--output-file", "no/such/folder"], "--output-file no/such/folder: No such file or directory"),
        (["rule", "MCP99"], 'there is no rule "MCP99"'),
        (["rule", "suppression-without-reson"], 'there is no rule "suppression-without-reson"; did you mean "suppression-without-reason"?'),
        (["rule"], "say which rule, or --all"),
    ],
)  # fmt: skip
def test_wrong_usage_is_explained(run: Run, argv: list[str], said: str) -> None:
    ran = run(*argv, files={"a.py": CLEAN})
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("mcp-lsp: ")
    assert said in ran.err


def test_wrong_settings_are_explained(run: Run) -> None:
    ran = run("check", files={"a.py": CLEAN, "pyproject.toml": '[tool.mcp-lsp]\nselct = ["ALL"]\nignore = 1'})
    assert ran.code == 2
    assert ran.err == (
        'mcp-lsp: pyproject.toml: [tool.mcp-lsp] has no setting "selct"; did you mean "select"?\n'
        "mcp-lsp: pyproject.toml: [tool.mcp-lsp] ignore: expected a list of rules, as in "
        'ignore = ["parameter-without-description"], not 1\n'
    )


def test_a_failure_of_ours_is_no_clean_run(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from mcp_lsp.project import checked

    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(checked, "check", broken)
    ran = run("check", "a.py", "--output-format", "json", files={"a.py": CLEAN})
    assert ran.code == 2
    assert ran.json["failures"] == [
        {"path": "a.py", "rule": "process", "thing": "", "error": "RuntimeError: broken on purpose"}
    ]
    assert ran.json["not_analysed"] == [{"path": "a.py", "reason": "an internal failure, see failures"}]
    assert "broken on purpose" in ran.err


def test_version_and_help(run: Run) -> None:
    from mcp_lsp import __version__

    assert run("--version").out == f"mcp-lsp {__version__}\n"
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    ran = run("check", "--help")
    assert ran.code == 0
    assert "Exit codes: 0 nothing found; 1 findings (with --fail-on: of that kind)" in ran.out


# ---------------------------------------------------------------- what was not looked at


@pytest.mark.parametrize(
    ("name", "content", "reason", "code"),
    [
        ("a.py", b"\x7fELF\x00\x00", "a binary file", 2),
        ("a.py", b"x = '\xff'\n", "not UTF-8: byte 0xff (byte 5)", 2),
        ("a.ts", b"x" * 5_000_001, "larger than 5,000,000 bytes (5,000,001); the setting max-file-size raises the limit", 2),
        ("a.md", b"# hello\n", "not Python, TypeScript or JavaScript", 2),
        ("a.py", b"def f(:\n    pass\n\ny = 2\n", "syntax not understood in line 1; everything around it was analysed", 0),
        ("a.ts", b"const x = ;\n", "syntax not understood in line 1; everything around it was analysed", 0),
        ("a.py", b"", "no MCP server found", 0),
    ],
)  # fmt: skip
def test_what_cannot_be_analysed_is_said(run: Run, name: str, content: bytes, reason: str, code: int) -> None:
    ran = run("check", name, "--output-format", "json", files={name: content})
    assert {"path": name, "reason": reason} in ran.json["not_analysed"]
    assert ran.code == code
    text = run("check", name)
    assert f"{name}: {reason}" in text.out
    assert text.code == code


def test_found_in_a_folder_it_is_said_and_the_rest_still_counts(run: Run) -> None:
    ran = run("check", ".", "--output-format", "json", files={"a.py": b"\0\0", "b.py": CLEAN})
    assert ran.code == 0
    assert ran.json["not_analysed"] == [
        {"path": "a.py", "reason": "a binary file"},
        {"path": ".", "reason": "no MCP server found in 1 file"},
    ]


def test_a_folder_without_sources(run: Run) -> None:
    ran = run("check", "--output-format", "json", files={"README.md": "# x"})
    assert ran.json["not_analysed"] == [{"path": ".", "reason": "no Python, TypeScript or JavaScript files"}]
    assert "Nothing was checked." in run("check").out


def test_what_is_excluded_is_in_the_summary(run: Run) -> None:
    ran = run("check", "--output-format", "json", files={"node_modules/x.js": CLEAN, "a.py": CLEAN})
    assert ran.json["summary"]["excluded"] == [{"path": "node_modules", "reason": "excluded by default"}]


def test_quiet_is_not_silent_about_what_was_not_analysed(run: Run) -> None:
    ran = run("check", "-q", "a.py", files={"a.py": FOUND})
    assert ran.out.endswith("[suppression-without-rule]\n\n")
    assert ran.err == "Not analysed:\n  a.py: no MCP server found\n"


# ---------------------------------------------------------------- which rules


def test_rules_are_chosen_on_the_command_line_and_in_settings(run: Run) -> None:
    def codes(*argv: str) -> dict[str, int]:
        found = run("check", "--output-format", "json", *argv).json["summary"]["rules"]
        assert isinstance(found, dict)
        return found

    run("check", files={"a.py": FOUND + "x = 1  # mcp-lsp: ignore[MCP205]\n"})
    assert codes() == {"MCP990": 1, "MCP992": 1, "MCP993": 1}
    assert codes("--select", "MCP992") == {"MCP992": 1}
    assert "MCP992" not in codes("--ignore", "MCP992")
    Path("mcp-lsp.toml").write_text('select = ["MCP1"]\nseverity = { MCP992 = "hint" }')
    assert codes() == {}
    assert codes("--extend-select", "suppression-without-rule") == {"MCP992": 1}
    assert codes("--isolated", "--select", "MCP992") == {"MCP992": 1}
    Path("sub.toml").write_text('[tool.mcp-lsp]\nselect = ["MCP993"]')
    assert run("check", "--config", "sub.toml").code == 2  # only pyproject.toml has a [tool.mcp-lsp]
    Path("sub.toml").write_text('select = ["MCP993"]')
    assert codes("--config", "sub.toml") == {"MCP993": 1}


def test_severities_come_from_settings(run: Run) -> None:
    ran = run(
        "check", "--output-format", "concise", files={"a.py": FOUND, "mcp-lsp.toml": 'severity = { MCP9 = "hint" }'}
    )
    assert ran.out.startswith("a.py:1:10: hint: the comment names no rule")


# ---------------------------------------------------------------- formats


def test_json_keeps_its_contract(run: Run) -> None:
    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8"))
    sources: dict[str, str | bytes] = {
        "a.py": FOUND + UNUSED,
        "b.ts": "const s = '\U0001f600'; // mcp-lsp: ignore\n",
        "c.py": b"\0",
    }
    ran = run("check", "--output-format", "json", "nowhere", ".", files=sources)
    jsonschema.validate(ran.json, schema)
    found = ran.json["diagnostics"]
    assert [(d["path"], d["code"], d["severity"]) for d in found] == [
        ("a.py", "MCP992", "warning"),
        ("a.py", "MCP990", "warning"),
        ("b.ts", "MCP992", "warning"),
    ]
    assert found[1]["fix"] == {
        "title": "Remove the comment",
        "safe": True,
        "edits": [
            {
                "path": "a.py",
                "range": {"start": {"line": 2, "column": 6}, "end": {"line": 2, "column": 44}},
                "text": "",
            }
        ],
    }
    # An astral character counts as one column, though editors count it as two.
    assert found[-1]["range"] == {"start": {"line": 1, "column": 19}, "end": {"line": 1, "column": 34}}
    assert ran.json["summary"]["warnings"] == len(found)


def test_paths_outside_the_working_directory_are_absolute(run: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "a.py"
    other.write_text(FOUND)
    (found,) = run("check", str(other), "--output-format", "json").json["diagnostics"]
    assert found["path"] == other.as_posix()


def test_the_same_finding_has_the_same_fingerprint_in_any_file(run: Run) -> None:
    run("check", files={"a.py": FOUND, "sub/b.py": "\n\n" + FOUND})
    a, b = (d["fingerprint"] for d in run("check", "--output-format", "json").json["diagnostics"])
    assert a == b


def test_concise_and_github(run: Run) -> None:
    assert run("check", "a.py", "-q", "--output-format", "concise", files={"a.py": FOUND}).out == (
        "a.py:1:10: warning: the comment names no rule and so allows nothing [MCP992 suppression-without-rule]\n"
    )
    assert run("check", "a.py", "--output-format", "github").out == (
        "::warning file=a.py,line=1,col=10,endLine=1,endColumn=25,title=MCP992 (suppression-without-rule)::"
        "a.py:1:10: the comment names no rule and so allows nothing\n"
    )


def test_statistics(run: Run) -> None:
    ran = run("check", "--statistics", files={"a.py": FOUND, "b.py": FOUND})
    assert ran.out.startswith("2  MCP992  [ ] suppression-without-rule\nFound 2 warnings in 2 files.\n")


def test_a_report_in_a_file(run: Run) -> None:
    ran = run("check", "--output-format", "json", "--output-file", "report.json", files={"a.py": FOUND})
    assert (ran.code, ran.out) == (1, "")
    assert json.loads(Path("report.json").read_text())["summary"]["warnings"] == 1


def test_colours_are_asked_for(run: Run) -> None:
    assert "\x1b[" not in run("check", files={"a.py": FOUND}).out
    assert "\x1b[1;33m" in run("check", "--color", "always").out


def test_a_scanned_file_cannot_write_to_the_terminal(run: Run) -> None:
    ran = run("check", files={"a.py": "x = '\x1b[2J\u202e'  # mcp-lsp: ignore\n"})
    assert "\x1b" not in ran.out
    assert "'<U+001B>[2J<U+202E>'" in ran.out


# ---------------------------------------------------------------- standard input


def test_standard_input(run: Run) -> None:
    ran = run("check", "-", "--stdin-filename", "src/a.py", "-q", "--output-format", "concise", stdin=FOUND.encode())
    assert ran.code == 1
    assert ran.out.startswith("src/a.py:1:10: warning")


def test_standard_input_has_the_settings_of_its_name(run: Run) -> None:
    run("check", files={"src/mcp-lsp.toml": 'ignore = ["MCP992"]'})
    assert run("check", "-", "--stdin-filename", "src/a.py", stdin=FOUND.encode()).code == 0
    assert run("check", "-", "--stdin-filename", "a.py", stdin=FOUND.encode()).code == 1


def test_standard_input_that_is_no_text(run: Run) -> None:
    ran = run("check", "-", "--stdin-filename", "a.py", stdin=b"\xff")
    assert ran.code == 2
    assert "a.py: not UTF-8" in ran.out


# ---------------------------------------------------------------- fixes


def test_fix_writes_what_is_safe(run: Run) -> None:
    ran = run("check", "--fix", files={"a.py": UNUSED})
    assert Path("a.py").read_text() == "x = 1\n"
    assert ran.code == 0
    assert "Fixed 1 finding." in ran.out
    assert run("check", "--fix").out.startswith("No findings in 1 file.\n")


def test_without_fix_nothing_is_written(run: Run) -> None:
    ran = run("check", files={"a.py": UNUSED})
    assert Path("a.py").read_text() == UNUSED
    assert "= fix: Remove the comment (--fix)" in ran.out
    assert "(1 fixable with --fix)" in ran.out


def test_unsafe_fixes_are_asked_for(run: Run) -> None:
    wrong = "x = 1  # mcp-lsp: ingore[MCP205] not needed\n"
    run("check", "--fix", files={"a.py": wrong})
    assert Path("a.py").read_text() == wrong
    assert "(up to 1 fixable with --fix --unsafe-fixes)" in run("check").out
    run("check", "--fix", "--unsafe-fixes")
    assert Path("a.py").read_text() == "x = 1\n"  # corrected, then not needed


def test_fixes_keep_line_ends_and_encodings(run: Run) -> None:
    text = UNUSED.replace("\n", "\r\n") + "y = 'ä'\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        run("check", "--fix", files={"a.py": text.encode(encoding)})
        assert Path("a.py").read_bytes() == "x = 1\r\ny = 'ä'\r\n".encode(encoding)
    latin = "# coding: latin-1\n" + UNUSED + "y = 'ä'\n"
    run("check", "--fix", files={"a.py": latin.encode("latin-1")})
    assert Path("a.py").read_bytes() == "# coding: latin-1\nx = 1\ny = 'ä'\n".encode("latin-1")


def test_diff_shows_and_writes_nothing(run: Run) -> None:
    ran = run("check", "--diff", files={"src/a.py": "y = 2\n" + UNUSED})
    assert ran.out == (
        "--- a/src/a.py\n+++ b/src/a.py\n@@ -1,2 +1,2 @@\n y = 2\n-x = 1  # mcp-lsp: ignore[MCP205] not needed\n+x = 1\n"
    )
    assert ran.err.startswith("Would fix 1 finding.\n")
    assert ran.code == 1
    assert Path("src/a.py").read_text() == "y = 2\n" + UNUSED
    assert run("check", "--diff", "-", "--stdin-filename", "b.py", stdin=CLEAN.encode()).code == 0


def test_fixed_standard_input_goes_to_standard_output(run: Run) -> None:
    ran = run("check", "--fix", "-", "--stdin-filename", "a.py", stdin=UNUSED.encode() + FOUND.encode())
    assert ran.out == "x = 1\n" + FOUND
    assert "MCP992" in ran.err
    assert ran.code == 1
    same = run("check", "--fix", "-", "--stdin-filename", "a.py", stdin=CLEAN.encode())
    assert same.out == CLEAN


# ---------------------------------------------------------------- rules


def test_a_rule_is_explained(run: Run) -> None:
    by_id, by_name = run("rule", "MCP992"), run("rule", "suppression-without-rule")
    assert by_id.out == by_name.out == run("rule", "mcp992").out
    assert "# MCP992 suppression-without-rule" in by_id.out
    described = run("rule", "MCP992", "--output-format", "json").json
    assert described["code"] == "MCP992"
    assert described["examples"]["python"]["bad"]


def test_all_rules_are_explained(run: Run) -> None:
    from mcp_lsp_analyzers import registry

    ids = [rule.id for rule in registry.rules()]
    assert [described["code"] for described in run("rule", "--all", "--output-format", "json").json] == ids
    text = run("rule", "--all").out
    assert all(f"# {id} " in text for id in ids)
