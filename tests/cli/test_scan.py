"""``mcp-lsp scan`` and ``mcp-lsp call``: what is started only with consent, what is said of it, and with which code."""

from __future__ import annotations

import io
import json
import os
import shlex
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mcp_lsp.cli.phases import Phases
from mcp_lsp.outside import stdio
from tests.cli.conftest import Run
from tests.outside.endpoints import careful, serving

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
AGREED = ("--live", "--i-understand")

# What the SDK does, in a few lines: these tests are about what is made of it.
SDK = """\
import inspect, json, sys

class FastMCP:
    def __init__(self, name):
        self.name, self.tools = name, {}

    def tool(self):
        return lambda function: self.tools.setdefault(function.__name__, function)

    def run(self):
        for line in sys.stdin:
            try:
                message = json.loads(line)
                id, method, params = message["id"], message["method"], message.get("params") or {}
                params.get("name")
            except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
                continue
            if message["method"] == "initialize":
                result = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": self.name}}
            elif message["method"] == "tools/call":
                text = self.tools[params["name"]](**params["arguments"])
                result = {"content": [{"type": "text", "text": text}], "isError": text == "failed"}
            else:
                result = {"tools": [
                    {"name": name, "description": inspect.getdoc(f), "inputSchema": {
                        "properties": {p: {"title": p.title(), "type": "string"} for p in inspect.signature(f).parameters},
                        "title": name + "Arguments", "type": "object"},
                     "outputSchema": {"properties": {"result": {"title": "Result", "type": "string"}},
                                      "required": ["result"], "title": name + "Output", "type": "object"}}
                    for name, f in self.tools.items()]}
            print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
"""
SERVER = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("echo")


@mcp.tool()
def echo() -> str:
    """Answer what was asked."""
    return "here"


if __name__ == "__main__":
    mcp.run()
'''
FILES: dict[str, str | bytes] = {
    "sdk/mcp/__init__.py": "", "sdk/mcp/server/__init__.py": "", "sdk/mcp/server/fastmcp.py": SDK,
    "project/server.py": SERVER, "project/requirements.txt": "mcp==1.30.0\n",
}  # fmt: skip


@pytest.fixture
def start(tmp_path: Path) -> tuple[str, ...]:
    command = shlex.join([sys.executable, str(tmp_path / "project" / "server.py")])
    return ("--command", command, "--env", f"PYTHONPATH={tmp_path / 'sdk'}")


def test_without_consent_nothing_is_started_and_it_is_said_what_would_be(run: Run, tmp_path: Path) -> None:
    mark = tmp_path / "started"
    files = {**FILES, "project/server.py": f"open({str(mark)!r}, 'w')\n" + SERVER}
    for given in ((), ("--live",), ("--i-understand",)):
        ran = run("scan", "project/server.py", *given, files=files)
        assert ran.code == 2
        assert "this would run code of the project: " in ran.err
        assert "project/server.py says" in ran.err
        assert "without the network and writing" in ran.err
        assert f"add {' '.join(o for o in AGREED if o not in given)} to agree" in ran.err
    assert not mark.exists()


def test_semgrep_rules_of_the_settings_belong_to_it(
    run: Run, start: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = {key: {"line": 8, "col": column} for key, column in (("start", 5), ("end", 11))}
    matched = {"check_id": "no-return", "path": "server.py", **places, "extra": {"message": "m", "severity": "ERROR"}}
    says = json.dumps({"results": [matched], "errors": []})
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "semgrep").write_text(f"#!{sys.executable}\nprint({says!r})\n", encoding="utf-8")
    (programs / "semgrep").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    files = {**FILES, "project/mcp-lsp.toml": 'semgrep = ["rules.yaml"]', "project/rules.yaml": "rules: []"}
    ran = run("scan", "project/server.py", *start, files=files)
    assert "and run semgrep with rules.yaml over the source" in ran.err
    ran = run("scan", "project/server.py", *AGREED, *start, "--output-format", "json", files=files)
    (found,) = ran.json["diagnostics"]
    assert (found["code"], found["severity"], found["message"]) == ("MCP530", "error", "`no-return`: m")
    assert found["range"]["start"] == {"line": 8, "column": 5}
    assert ran.code == 1


def test_a_server_without_faults(run: Run, start: tuple[str, ...]) -> None:
    ran = run("scan", "project/server.py", *AGREED, *start, files=FILES)
    assert ran.code == 0, ran
    assert "No findings in 1 file with 1 server, 1 tool." in ran.out
    assert "(stdio, protocol 2025-11-25): tools/list answered (1), prompts/list not offered" in ran.out
    assert "Confined: " in ran.out


def test_what_only_the_running_server_shows_is_told_in_its_source(run: Run, start: tuple[str, ...]) -> None:
    files = {
        **FILES,
        "project/server.py": SERVER.replace(
            "    mcp.run()", "    getattr(sys, 'std' + 'out').write('Ready\\n')\n    mcp.run()"
        ).replace("from", "import sys\nfrom", 1),
    }
    ran = run("scan", "project/server.py", *AGREED, *start, "--output-format", "json", files=files)
    assert ran.code == 1
    jsonschema.validate(ran.json, json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8")))
    (found,) = [each for each in ran.json["diagnostics"] if each["name"] == "stray-output"]
    assert (found["path"], found["range"]["start"]["line"]) == ("project/server.py", 14)
    (live,) = ran.json["live"]
    assert live["reached"]
    assert live["asked"][0] == {"method": "tools/list", "outcome": "answered", "entries": 1}


@pytest.mark.parametrize("form", ["full", "concise", "sarif", "github"])
def test_every_format_says_it(run: Run, start: tuple[str, ...], form: str) -> None:
    files = {**FILES, "project/server.py": SERVER.replace("Answer what", "Answer \u200bwhat")}
    ran = run("scan", "project/server.py", *AGREED, *start, "--output-format", form, files=files)
    assert ran.code == 1
    assert ran.out.count("MCP201") >= 1


def test_the_same_finding_of_source_and_server_is_told_once(run: Run, start: tuple[str, ...]) -> None:
    files = {**FILES, "project/server.py": SERVER.replace("Answer what", "Answer \u200b\u200bwhat")}
    ran = run("scan", "project", *AGREED, *start, "--output-format", "json", files=files)
    assert [each["code"] for each in ran.json["diagnostics"]].count("MCP201") == 1


def test_what_could_not_be_asked_is_not_clean(run: Run) -> None:
    ran = run("scan", "project/server.py", *AGREED, "--command", "no-such-program", files=FILES)
    assert ran.code == 3
    assert "The running server was not asked: no-such-program." in ran.out
    assert "there is no program no-such-program" in ran.out
    ran = run("scan", "project/server.py", *AGREED, "--command", "no-such-program", "--output-format", "json")
    assert (ran.code, ran.json["live"][0]["reached"]) == (3, False)
    assert {"path": "no-such-program", "reason": "there is no program no-such-program"} in ran.json["not_analysed"]


def test_where_the_way_to_start_was_found_out_and_nothing_answered_another_can_be_given(
    run: Run, start: tuple[str, ...]
) -> None:
    files = {**FILES, "project/server.py": "import no_such_package\n" + SERVER}
    hint = "if it starts otherwise, say how with --command"
    found = run("scan", "project/server.py", *AGREED, files=files)
    assert "MCP806" in found.out
    assert hint in found.err
    assert hint not in run("scan", "project/server.py", *AGREED, "--quiet", files=files).err
    given = run("scan", "project/server.py", *AGREED, *start, files=files)
    assert "MCP806" in given.out
    assert hint not in given.err


def test_a_record_is_judged_again_by_a_check(run: Run, start: tuple[str, ...]) -> None:
    files = {**FILES, "project/server.py": SERVER.replace("Answer what", "Answer \u200bwhat")}
    run("scan", "project/server.py", *AGREED, *start, "--record", "echo.mcp-session.jsonl", files=files)
    ran = run("check", "echo.mcp-session.jsonl", "--output-format", "json")
    assert "MCP201" in {each["code"] for each in ran.json["diagnostics"]}
    assert ran.json["summary"]["servers"][0]["tools"] == ["echo"]


def test_a_server_behind_an_address(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "right-token")
    with serving(careful("right-token")) as url:
        ran = run("scan", "project", "--url", url, files=FILES)
        assert (ran.code, f"this would reach {url}; add --live --i-understand to agree" in ran.err) == (2, True)
        ran = run("scan", "project", "--url", url, *AGREED)
        assert ran.code == 3
        assert "it asks for credentials (401)" in ran.out
        ran = run("scan", "project", "--url", url, "--header", "Authorization: Bearer $TOKEN", *AGREED)
        assert "tools/list answered (1)" in ran.out
    with serving(careful(check_host=False)) as url:
        ran = run("scan", "project", "--url", url, *AGREED)
        assert ran.code == 1
        assert "a web page can reach this server" in ran.out


def test_the_settings_say_what_starts_it(run: Run, tmp_path: Path) -> None:
    words = [sys.executable, "server.py", "--quick"]
    ran = run("scan", "project", files={**FILES, "project/mcp-lsp.toml": f"command = {json.dumps(words)}\n"})
    assert ran.code == 2
    assert f"{shlex.join(words)}\n" in ran.err
    assert "in project, as the setting command in project/mcp-lsp.toml says" in ran.err


def test_a_server_that_speaks_http_is_reached_not_started(run: Run) -> None:
    files = {**FILES, "project/server.py": SERVER.replace("mcp.run()", 'mcp.run(transport="streamable-http")')}
    ran = run("scan", "project/server.py", *AGREED, files=files)
    assert (ran.code, ran.out) == (2, "")
    assert (
        "project/server.py: the server speaks streamable-http; give its address with --url, and with --command"
        in ran.err
    )


def test_calling_a_tool(run: Run, start: tuple[str, ...]) -> None:
    ran = run("call", "project/server.py", "echo", *AGREED, *start, files=FILES)
    assert (ran.code, ran.json["content"][0]["text"]) == (0, "here")
    ran = run("call", "project/server.py", "echo", *AGREED, *start, "--arguments", '{"x": 1}')
    assert ran.code == 3
    assert "TypeError" in ran.err
    assert "it wrote to standard error:" in ran.err
    assert "it ended by itself with exit status 1" in ran.err
    ran = run("call", "project/server.py", "echo", *AGREED, *start, "--timing")
    assert sorted(ran.json) == ["milliseconds", "ready", "result"]
    assert ran.json["result"]["content"][0]["text"] == "here"
    assert ran.json["ready"] > 0 < ran.json["milliseconds"]
    ran = run("call", "project/server.py", "echo", *start)
    assert (ran.code, "this would run code of the project" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--url", "file:///etc/passwd"), "not an http or https address"),
        (("--url", "http://localhost:1", "--command", "x"), "can only be reached with --allow-network"),
        (("--url", "http://far.example/mcp", "--command", "x", "--allow-network"), "listens on this computer"),
        (("--url", "http://localhost:1", "--client-id", "x"), "name a variable that holds the secret"),
        (("--url", "http://localhost:1", "--client-id", "x", "--client-secret", "NO_SUCH"), "there is no NO_SUCH"),
        (("--url", "http://localhost:1", "--scope", "x"), "belong to --client-id"),
        (("--command", ""), "nothing here says"),
        (("--header", "Authorization: Bearer $NO_SUCH_VARIABLE", "--url", "http://localhost:1"), "no variable NO_SUCH_VARIABLE"),
        (("--env", "NO_SUCH_VARIABLE", "--command", "x"), "there is no such variable"),
        (("--timeout", "never"), "not a number of seconds"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said(run: Run, given: tuple[str, ...], said: str) -> None:
    ran = run("scan", "empty", *AGREED, *given, files={"empty/notes.txt": ""})
    assert ran.code == 2
    assert said in ran.err


READING = SERVER.replace("@mcp.tool()", "@mcp.tool(annotations={'readOnlyHint': True})")


def test_calling_every_tool_takes_an_agreement_of_its_own(run: Run, start: tuple[str, ...]) -> None:
    ran = run("scan", "project/server.py", *AGREED, *start, "--fuzz", "aggressive", files=FILES)
    assert ran.code == 2
    assert "would call all of its tools, also those that change things" in ran.err
    assert "add --call-all-tools" in ran.err
    ran = run("scan", "project/server.py", *AGREED, *start, "--fuzz", "standard", "--call-all-tools", files=FILES)
    assert (ran.code, "--call-all-tools belongs to --fuzz aggressive" in ran.err) == (2, True)
    ran = run("scan", "project/server.py", "--fuzz", "standard", files=FILES)
    assert "call its tools that say they only read" in ran.err


@pytest.mark.parametrize("server", [SERVER, READING], ids=["may change things", "only reads"])
def test_what_was_fuzzed_and_what_was_not_is_said(run: Run, start: tuple[str, ...], server: str) -> None:
    sdk = SDK.replace("def tool(self):", "def tool(self, annotations=None):").replace(
        '"description": inspect', f'"annotations": {{"readOnlyHint": {server is READING}}}, "description": inspect'
    )
    files = {**FILES, "sdk/mcp/server/fastmcp.py": sdk, "project/server.py": server}
    fuzz = ("--fuzz", "standard", "--output-format", "json")
    ran = run("scan", "project/server.py", *AGREED, *start, *fuzz, files=files)
    jsonschema.validate(ran.json, json.loads((ROOT / "docs" / "report.schema.json").read_text("utf-8")))
    (live,) = ran.json["live"]
    assert live["asked"][-1]["method"] == "fuzz standard"
    reasons = [each["reason"] for each in ran.json["not_analysed"]]
    left_out = "fuzz: calls of echo not tried: nothing says that they only read (readOnlyHint)"
    assert (left_out in reasons) is (server is SERVER), reasons
    assert [each["tool"] for each in live.get("called", [])] == (["echo"] if server is READING else [])


def test_what_fuzzing_finds_stands_at_the_argument_in_the_source(run: Run, start: tuple[str, ...]) -> None:
    body = (
        'def double(text: str) -> str:\n    """Say it twice."""\n    return text * 2 if text else sys.exit("no text")'
    )
    files = {
        **FILES,
        "sdk/mcp/server/fastmcp.py": SDK.replace("def tool(self):", "def tool(self, annotations=None):").replace(
            '"description": inspect', '"annotations": {"readOnlyHint": True}, "description": inspect'
        ),
        "project/server.py": READING.replace("from", "import sys\nfrom", 1).replace(
            'def echo() -> str:\n    """Answer what was asked."""\n    return "here"', body
        ),
    }
    fuzz = ("--fuzz", "standard", "--output-format", "json")
    ran = run("scan", "project/server.py", *AGREED, *start, *fuzz, files=files)
    found = [each for each in ran.json["diagnostics"] if each["code"] == "MCP830"]
    at = [each for each in found if "`double`" in each["message"]]
    (first, *_) = [each for each in at if "ends the server (code 1: no text)" in each["message"]]
    assert (first["path"], first["range"]["start"]) == ("project/server.py", {"line": 8, "column": 12})
    assert [each["message"].partition(":")[0] for each in first["related"]] == ["sent", "answered"]


def test_an_interrupted_scan_tells_what_it_found_and_that_it_was_not_all(
    run: Run, start: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stdio.listed

    def interrupted(*given: Any) -> None:
        whole(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(stdio, "listed", interrupted)
    files = {**FILES, "project/server.py": SERVER.replace("Answer what", "Answer \u200bwhat")}
    ran = run("scan", "project/server.py", *AGREED, *start, files=files)
    assert ran.code == 130
    assert "MCP201" in ran.out
    assert "interrupted: not everything was asked" in ran.out
    ran = run("scan", "project/server.py", *AGREED, *start, "--exit-zero", files=FILES)
    assert (ran.code, "No findings" in ran.out) == (130, True)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_told_what_happens_and_how_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal, now = Terminal(), iter(range(100))
    phases = Phases(terminal, clock=lambda: float(next(now)))
    tools = [{"name": str(i)} for i in range(1200)]
    phases.checked(3, 12)
    for kind, value in (
        ("started", {"transport": "stdio"}),
        ("sent", {"id": 1, "method": "initialize"}),
        ("sent", {"method": "notifications/initialized"}),
        ("sent", {"id": 2, "method": "tools/list"}),
        ("received", {"id": 2, "result": {"tools": tools}}),
        ("sent", {"id": 3, "method": "tools/list"}),
        ("exchange", {"asks": "no credentials"}),
        ("tried", {"tool": "add\x1b[2J"}),
    ):
        phases.heard(kind, value)
    phases.judging()
    phases.clear()
    assert terminal.getvalue().split("\r\x1b[K")[1:] == [
        "Checked 3 of 12 files",
        "Waiting for the first answer",
        "Asking initialize: 1 request, 0 listed",
        "Asking tools/list: 2 requests, 0 listed",
        "Asking tools/list: 3 requests, 1,200 listed",
        "Trying the endpoint: 1 question, no credentials",
        "Fuzzing: 1 trial, add<U+001B>[2J",
        "Judging what was said",
        "",
    ]


def test_nothing_is_shown_where_nobody_watches_or_it_is_quickly_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for stream, shown, now in ((io.StringIO(), True, 9.0), (Terminal(), False, 9.0), (Terminal(), True, 0.1)):
        times = iter([0.0])
        phases = Phases(stream, shown, lambda: next(times, now))  # noqa: B023
        phases.heard("sent", {"id": 1, "method": "initialize"})
        phases.judging()
        phases.clear()
        assert stream.getvalue() == ""
