"""Several reports of one run, gates, and progress."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from mcp_lsp.cli.progress import Progress

from .conftest import Run

SERVER = '''\
import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("demo")


@mcp.tool()
def ping(host: str) -> str:
    """Ping a host once."""
    return subprocess.getoutput(f"ping -c1 {host}")
'''
KEY = 'KEY = "sk-proj-Zk3vTq8LmN2xWp7RbYc9HdJf4GsAeU6iVo1XnBt5KyQw0MzD"\n'


def test_several_reports_of_one_run(run: Run, tmp_path: Path) -> None:
    ran = run(
        "check", "server.py", "--output-format", "concise", "--report", "html=r.html", "--report", "sarif=r.sarif",
        "--report", "junit=r.xml", "--report", "gitlab=r.json", "--report", "markdown=r.md",
        files={"server.py": SERVER},
    )  # fmt: skip
    assert ran.code == 1
    assert "server.py:10:33: error: `host` becomes part of a shell command" in ran.out
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!doctype html>")
    (result,) = [
        r for r in json.loads((tmp_path / "r.sarif").read_text())["runs"][0]["results"] if r["ruleId"] == "MCP301"
    ]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "/tools/ping", "name": "ping"}]
    assert "<failure " in (tmp_path / "r.xml").read_text()
    assert "MCP301" in {issue["check_name"] for issue in json.loads((tmp_path / "r.json").read_text())}
    assert "**error** MCP301" in (tmp_path / "r.md").read_text("utf-8")


@pytest.mark.parametrize("form", ["full", "json", "sarif", "github", "gitlab", "junit", "markdown", "html"])
def test_no_report_repeats_a_secret(run: Run, form: str) -> None:
    ran = run("check", "server.py", "--output-format", form, files={"server.py": SERVER + KEY})
    assert ran.code == 1
    assert "MCP401" in ran.out
    assert "LmN2xWp7RbYc9HdJf4Gs" not in ran.out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--report", "html"], '"html" is not FORMAT=FILE, such as html=report.html; the formats are json, sarif'),
        (["--report", "pdf=x.pdf"], '"pdf=x.pdf" is not FORMAT=FILE'),
        (["--report", "html=no/such/folder.html"], "--report no/such/folder.html: No such file or directory"),
        (["--fail-on", "eror"], '--fail-on: "eror" is no rule, beginning of an id, or room, and no severity; did you mean "error"?'),
        (["--fail-on", "handlrs"], 'did you mean "handlers"?'),
        (["--min-score", "high"], '"high" is not a score from 0 to 100'),
        (["--exit-zero", "--fail-on", "error"], "--exit-zero goes with neither --fail-on nor --min-score"),
    ],
)  # fmt: skip
def test_wrong_reports_and_gates_are_explained(run: Run, argv: list[str], said: str) -> None:
    ran = run("check", "server.py", *argv, files={"server.py": SERVER})
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["--fail-on", "error"], 1),
        (["--fail-on", "hint"], 1),
        (["--fail-on", "metadata"], 0),
        (["--fail-on", "metadata,MCP3"], 1),
        (["--fail-on", "error", "--ignore", "MCP301"], 0),
        (["--min-score", "80"], 1),
        (["--min-score", "10"], 0),
        (["--min-score", "10", "--fail-on", "error"], 1),
        (["--min-score", "80", "--fail-on", "metadata"], 1),
    ],
)
def test_gates(run: Run, argv: list[str], code: int) -> None:
    assert run("check", "server.py", *argv, files={"server.py": SERVER}).code == code


def test_a_score_says_why(run: Run) -> None:
    ran = run("check", "server.py", "--min-score", "80", "--select", "MCP301", files={"server.py": SERVER})
    assert "Score: 75 of 100, grade C, risk 25; 80 is asked for\n  -25  MCP301 A tool argument becomes part" in ran.out
    ran = run("check", "empty.py", "--min-score", "1", files={"empty.py": ""})
    assert ran.code == 1
    assert "No score: no MCP server found. --min-score 1 is not reached.\n" in ran.out


def test_the_score_is_in_the_json_report(run: Run) -> None:
    ran = run("check", "server.py", "--select", "MCP301", "--output-format", "json", files={"server.py": SERVER})
    score = ran.json["summary"]["score"]
    assert (score["overall"], score["grade"], score["complete"]) == (75, "C", True)
    assert score["contributions"][0] == {
        "code": "MCP301", "title": "A tool argument becomes part of a shell command", "times": 1, "points": 25.0,
    }  # fmt: skip
    assert run("check", "empty.py", "--output-format", "json", files={"empty.py": ""}).json["summary"]["score"] is None


# ---------------------------------------------------------------- progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, steps: int, seconds: float, monkeypatch: pytest.MonkeyPatch, **kind: bool) -> str:
    """What is written while ``steps`` of 1,000 files are checked, each taking so many seconds."""
    monkeypatch.setenv("TERM", "xterm")
    now = 0.0
    progress = Progress(stream, 1000, clock=lambda: now, **kind)
    for i in range(steps):
        now += seconds
        progress.step(i)
    progress.clear()
    return stream.getvalue()


def test_a_long_run_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    written = shown(Terminal(), 3, 0.4, monkeypatch)
    assert written == (
        "\r\x1b[KChecked 2 of 1,000 files, 1 finding\r\x1b[KChecked 3 of 1,000 files, 2 findings\r\x1b[K"
    )


def test_the_line_is_not_written_more_often_than_it_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(Terminal(), 1000, 2**-10, monkeypatch).count("Checked") == 5


def test_no_progress_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(io.StringIO(), 1000, 1, monkeypatch) == ""
    assert shown(Terminal(), 1000, 1, monkeypatch, shown=False) == ""
    assert shown(Terminal(), 100, 0.001, monkeypatch) == ""
