"""``--baseline``: what a project lives with is accepted by a file, and only the rest is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

FILE = "mcp-lsp.baseline.json"
FOUND = "x = 1  # mcp-lsp: ignore\n"  # a warning: the comment names no rule
OTHER = "y = 1  # mcp-lsp: ignore[MCP205] not needed\n"  # another: it allows nothing


def check(run: Run, *argv: str, files: dict[str, str | bytes] | None = None) -> tuple[int, list[str]]:
    """The exit code, what was found (path and rule), and the sentences behind it."""
    ran = run("check", "--baseline", FILE, "--output-format", "concise", *argv, files=files)
    lines = [
        line for line in ran.out.split("\n") if line and not line.startswith(("Found", "No findings", "Not an", " "))
    ]
    return ran.code, [
        f"{line.partition(':')[0]} {line.rpartition('[')[2][:6]}" if "[MCP" in line else line for line in lines
    ]


def entries(tmp_path: Path) -> list[dict[str, str]]:
    return json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["findings"]  # type: ignore[no-any-return]


def test_only_what_is_new_is_reported(run: Run) -> None:
    assert check(run, "--write-baseline", files={"a.py": FOUND, "b.py": OTHER}) == (0, [f"Wrote 2 findings to {FILE}."])
    assert check(run) == (0, [f"2 findings accepted by {FILE}."])
    code, found = check(run, files={"a.py": "# above\n" + FOUND + OTHER})
    assert (code, found) == (1, ["a.py MCP990", f"2 findings accepted by {FILE}."])


def test_the_same_once_more_is_new(run: Run) -> None:
    check(run, "--write-baseline", files={"a.py": FOUND})
    assert check(run, files={"a.py": FOUND + FOUND})[0] == 1


def test_what_was_fixed_is_said_and_taken_out(run: Run, tmp_path: Path) -> None:
    check(run, "--write-baseline", files={"a.py": FOUND, "b.py": OTHER})
    code, said = check(run, files={"a.py": "x = 1\n"})
    assert (code, said) == (
        0,
        [f"1 finding accepted by {FILE}.", "1 finding of it fixed (MCP992 in a.py); --write-baseline takes them out."],
    )
    # What was not looked for is not fixed.
    assert check(run, "--select", "drift") == (0, [])
    assert check(run, "b.py") == (0, [f"1 finding accepted by {FILE}."])
    assert check(run, "--write-baseline", "b.py") == (0, [f"Wrote 2 findings to {FILE}."])
    assert check(run, "--write-baseline") == (0, [f"Wrote 1 finding to {FILE}, 1 of before gone."])
    assert [entry["path"] for entry in entries(tmp_path)] == ["b.py"]


def test_a_file_that_moved_takes_its_findings_along(run: Run, tmp_path: Path) -> None:
    check(run, "--write-baseline", files={"a.py": FOUND})
    (tmp_path / "a.py").rename(tmp_path / "c.py")
    assert check(run) == (0, [f"1 finding accepted by {FILE}."])
    (tmp_path / "a.py").write_text(FOUND)
    assert check(run)[1][0] == "c.py MCP992"


@pytest.mark.parametrize(("until", "code"), [("2001-01-31", 1), ("9999-12-31", 0)])
def test_acceptance_ends(run: Run, tmp_path: Path, until: str, code: int) -> None:
    check(run, "--write-baseline", files={"a.py": FOUND})
    (entry,) = entries(tmp_path)
    entry |= {"reason": "vendor fixes it", "until": until}
    check(run, files={FILE: json.dumps({"format": 1, "findings": [entry]})})
    found = check(run)
    assert found[0] == code
    assert (f"a.py: MCP992 was accepted until {until}." in found[1]) == bool(code)
    check(run, "--write-baseline")
    assert entries(tmp_path)[0].get("until", "") == ("" if code else until)
    assert entries(tmp_path)[0]["reason"] == ("" if code else "vendor fixes it")


def test_reports_for_programs_have_what_is_new_only(run: Run) -> None:
    check(run, "--write-baseline", files={"a.py": FOUND})
    assert run("check", "--baseline", FILE, "--output-format", "json").json["diagnostics"] == []


@pytest.mark.parametrize(
    ("argv", "content", "said"),
    [
        (["--write-baseline"], None, "--write-baseline needs a name: --baseline mcp-lsp.baseline.json"),
        (["--baseline", FILE], None, f"--baseline {FILE}: no such file; --write-baseline makes it"),
        (["--baseline", FILE], "{", f"--baseline {FILE}: not JSON"),
        (["--baseline", FILE], "[]", f"--baseline {FILE}: nothing that `mcp-lsp check --write-baseline` wrote"),
        (["--baseline", FILE], '{"format": 1, "findings": [{"path": "a.py"}]}', f"--baseline {FILE}: finding 1 has no path, rule and"),
        (
            ["--baseline", FILE],
            '{"format": 1, "findings": [{"path": "a", "rule": "b", "fingerprint": "c", "until": "soon"}]}',
            f"--baseline {FILE}: finding 1: until is no date such as 2027-12-31",
        ),
        (["--baseline", FILE, "--fix"], '{"format": 1, "findings": []}', "--baseline leaves findings out of a report"),
        (["--baseline", FILE, "--write-baseline", "--since", "HEAD"], '{"format": 1, "findings": []}', "--write-baseline writes down"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant(run: Run, argv: list[str], content: str | None, said: str) -> None:
    files: dict[str, str | bytes] = {"a.py": FOUND}
    ran = run("check", *argv, files=files if content is None else {**files, FILE: content})
    assert ran.code == 2
    assert ran.err.startswith(f"mcp-lsp: {said}")
