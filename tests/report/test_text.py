"""What people read: excerpts with carets, one-line findings, and a summary that never says more than is known."""

from __future__ import annotations

import io

import pytest

from mcp_lsp.project.outcome import (
    Failure,
    Fix,
    Found,
    Line,
    NotAnalysed,
    Region,
    Related,
    Report,
    Seen,
)
from mcp_lsp.report import github, text
from mcp_lsp.report.terminal import Style, drawn, visible, wants_colours

PLAIN = Style()


def found(source: str, marked: str, **changes: object) -> Found:
    """A finding at ``marked``, which stands in ``source``."""
    start = source.index(marked)
    end = start + len(marked)

    def point(offset: int) -> tuple[int, int]:
        before = source[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1

    region = Region("server.py", point(start), point(end))
    lines = source.split("\n")
    shown = range(region.start[0], min(region.end[0], region.start[0] + 3) + 1)
    whole = Found(
        "MCP301",
        "shell-command-from-argument",
        "error",
        "`host` becomes part of a shell command",
        region,
        ("CWE-78",),
        (),
        "0123456789abcdef",
        None,
        "/tools/ping",
        tuple(Line(n, lines[n - 1]) for n in shown),
    )
    return whole._replace(**changes)  # type: ignore[arg-type]


def excerpt(source: str, marked: str, **changes: object) -> str:
    """The lines of the excerpt, without head and suppression hint."""
    lines = text.full(found(source, marked, **changes), PLAIN).split("\n")
    return "\n".join(line for line in lines[2:] if "mcp-lsp: ignore" not in line).strip("\n")


def test_a_finding_with_its_source() -> None:
    source = "\n\ndef ping(host):\n    return run(f'ping {host}')\n"
    step = Related(Region("server.py", (3, 10), (3, 14)), "`host` is chosen by the model", Line(3, "def ping(host):"))
    said = text.full(found(source, "f'ping {host}'", related=(step,), fix=Fix("Quote it", False, None)), PLAIN)
    assert said == (
        "error[MCP301]: `host` becomes part of a shell command\n"
        " --> server.py:4:16\n"
        "  |\n"
        "4 |     return run(f'ping {host}')\n"
        "  |                ^^^^^^^^^^^^^^\n"
        "  = 3:10: `host` is chosen by the model\n"
        "  = fix: Quote it (--fix --unsafe-fixes)\n"
        "  = mcp-lsp: ignore[shell-command-from-argument]\n"
    )


def test_steps_in_other_files_name_them() -> None:
    step = Related(Region("lib/run.py", (3, 10), (3, 14)), "passed to `run`", None)
    assert "  = lib/run.py:3:10: passed to `run`\n" in text.full(found("x", "x", related=(step,)), PLAIN)


def test_carets_stand_under_tabs_and_wide_characters() -> None:
    assert excerpt("\tx = '日本' + bad", "bad") == "  |\n1 |     x = '日本' + bad\n  |                  ^^^"
    assert excerpt("x = '日本'", "'日本'") == "  |\n1 | x = '日本'\n  |     ^^^^^^"
    assert excerpt("e\u0301 = bad", "bad") == "  |\n1 | e\u0301 = bad\n  |     ^^^"


def test_hidden_characters_are_written_out() -> None:
    assert excerpt("a = '\u202e' + bad", "bad") == "  |\n1 | a = '<U+202E>' + bad\n  |                  ^^^"
    assert excerpt("a = '\u202e'", "\u202e") == "  |\n1 | a = '<U+202E>'\n  |      ^^^^^^^^"


def test_several_lines() -> None:
    source = "run(\n    a,\n\n    b,\n)\n"
    assert excerpt(source, source[:-1]) == (
        "  |\n1 | run(\n  | ^^^^\n2 |     a,\n  |     ^^\n3 |\n4 |     b,\n  |     ^^\n  | ..."
    )


def test_an_end_at_the_start_of_a_line_has_no_caret_there() -> None:
    assert excerpt("one\ntwo\n", "one\n") == "  |\n1 | one\n  | ^^^\n2 | two"


def test_an_empty_place_has_one_caret() -> None:
    nowhere = Region("server.py", (1, 1), (1, 1))
    assert excerpt("abc", "abc", region=nowhere) == "  |\n1 | abc\n  | ^"
    end = Region("server.py", (1, 4), (1, 4))
    assert excerpt("abc", "abc", region=end) == "  |\n1 | abc\n  |    ^"


def test_a_cut_line() -> None:
    line = Line(7, "x" * 20 + "bad", 1000)
    region = Region("server.py", (7, 1021), (7, 1024))
    assert excerpt("a", "a", region=region, lines=(line,)).endswith("  |                     ^^^")


def test_one_line() -> None:
    assert text.concise(found("x = bad", "bad"), PLAIN) == (
        "server.py:1:5: error: `host` becomes part of a shell command [MCP301 shell-command-from-argument]"
    )


# ---------------------------------------------------------------- terminals


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[2J", "<U+001B>[2J"),
        ("a\rb\nc", "a<U+000D>b<U+000A>c"),
        ("\u200b\u202e\ufeff\u2066", "<U+200B><U+202E><U+FEFF><U+2066>"),
        ("\U000e0041\ud800", "<U+E0041><U+D800>"),
        ("ä 日本 \U0001f600\tx", "ä 日本 \U0001f600\tx"),
    ],
)
def test_nothing_scanned_commands_the_terminal(raw: str, shown: str) -> None:
    assert visible(raw) == shown


def test_tabs() -> None:
    assert drawn("\ta\tb") == "    a   b"


def test_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colours(Terminal())
    assert not wants_colours(io.StringIO())
    assert wants_colours(io.StringIO(), "always")
    assert not wants_colours(Terminal(), "never")
    monkeypatch.setenv("TERM", "dumb")
    assert not wants_colours(Terminal())
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert wants_colours(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colours(Terminal())
    assert "\x1b[1;31m" in text.concise(found("x", "x"), Style(True))


# ---------------------------------------------------------------- summaries

SERVER = Seen("server.py", "mcp 1", ("ping", "pong"), (), ("x://y",))


def report(**fields: object) -> Report:
    return Report(**fields)  # type: ignore[arg-type]


def test_nothing_found() -> None:
    said = text.summary(report(files=3, servers=[SERVER]), PLAIN)
    assert said == "No findings in 3 files with 1 server, 2 tools, 1 resource.\n"


def test_nothing_checked_is_not_nothing_found() -> None:
    gone = NotAnalysed("x.py", "no such file or folder")
    assert text.summary(report(not_analysed=[gone], missing=1), PLAIN) == (
        "Nothing was checked.\nNot analysed:\n  x.py: no such file or folder\n"
    )


def test_what_was_found_and_what_was_not_looked_at() -> None:
    fixable = found("x", "x", fix=Fix("Do", True, None))
    unsafe = found("x", "x", severity="warning", fix=Fix("Do", False, None))
    said = text.summary(
        report(
            files=1,
            found=[fixable, unsafe, found("x", "x")],
            suppressed=2,
            fixed=1,
            not_analysed=[NotAnalysed("a.py", "a binary file")],
            failures=[Failure("b.py", "MCP301", "/tools/x", "ValueError: no")],
        ),
        PLAIN,
    )
    assert said == (
        "Found 2 errors, 1 warning in 1 file (1 fixable with --fix, up to 1 more with --fix --unsafe-fixes).\n"
        "Fixed 1 finding.\n"
        "2 findings allowed by comments.\n"
        "Not analysed:\n"
        "  a.py: a binary file\n"
        "Failures of mcp-lsp itself (please report them):\n"
        "  b.py: MCP301 /tools/x: ValueError: no\n"
    )


def test_many_files_without_a_server_are_one_line() -> None:
    skipped = [NotAnalysed(f"f{i}.py", text.NO_SERVER) for i in range(50)]
    assert "  f0.py, f1.py and 48 more: no MCP server found\n" in text.summary(
        report(files=50, not_analysed=skipped), PLAIN
    )


def test_statistics() -> None:
    other = found("x", "x", code="MCP101", name="invalid-tool-name", fix=Fix("Do", True, None))
    assert text.statistics([found("x", "x")] * 10 + [other]) == (
        "10  MCP301  [ ] shell-command-from-argument\n"
        " 1  MCP101  [*] invalid-tool-name\n"
        "[*] has a fix for at least some\n"
    )


# ---------------------------------------------------------------- GitHub


def test_annotations() -> None:
    step = Related(Region("a,b.py", (3, 10), (3, 14)), "100% chosen", None)
    assert github.annotation(found("x = bad", "bad", related=(step,))) == (
        "::error file=server.py,line=1,col=5,endLine=1,endColumn=8,title=MCP301 (shell-command-from-argument)::"
        "server.py:1:5: `host` becomes part of a shell command%0Aa,b.py:3:10: 100%25 chosen"
    )


def test_a_message_cannot_become_a_command() -> None:
    evil = found("x", "x", message="a\n::set-output name=x::y\r", region=Region("a:b,c\n.py", (1, 1), (2, 1)))
    said = github.render(report(found=[evil], not_analysed=[NotAnalysed("z\n::error::.py", "why")]))
    assert said.count("\n") == 2
    assert "file=a%3Ab%2Cc%0A.py,line=1,col=1,endLine=2,title" in said


def test_severities() -> None:
    words = {
        s: github.annotation(found("x", "x", severity=s)).split(" ")[0] for s in ("warning", "information", "hint")
    }
    assert words == {"warning": "::warning", "information": "::notice", "hint": "::notice"}
