"""``--since REVISION``: only what has to do with lines that changed, without running anything of the repository's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mcp_lsp.project.since import changed, likeness

from .conftest import Run

FOUND = "x = 1  # mcp-lsp: ignore\n"
SERVER = '''import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("x")


@mcp.tool()
def ping(host: str) -> str:
    """Ping."""
    {}
    return subprocess.getoutput(f"ping {{host}}")
'''
GUARD = 'if host not in ("a", "b"): raise ValueError(host)'


def git(folder: Path, *words: str) -> None:
    names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **names, **own})


@pytest.fixture
def repository(run: Run, tmp_path: Path) -> Path:
    """A working copy with a finding in ``old.py``, committed as ``first``."""
    git(tmp_path, "init", "-q", "-b", "main")
    run("check", files={"old.py": FOUND, "server.py": SERVER.format(GUARD)})
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    git(tmp_path, "tag", "first")
    return tmp_path


def found(run: Run, *argv: str, files: dict[str, str | bytes] | None = None) -> list[str]:
    ran = run(
        "check",
        "--since",
        "first",
        "--output-format",
        "concise",
        "-q",
        "--ignore",
        "readiness",
        "--extend-select",
        "MCP99",
        *argv,
        files=files,
    )
    assert ran.code in (0, 1), ran.err
    return [f"{line.partition(' ')[0]} {line.rpartition('[')[2][:6]}" for line in ran.out.split("\n") if "[MCP" in line]


def test_only_what_changed(run: Run, repository: Path) -> None:
    assert found(run) == []
    assert found(run, files={"old.py": "# above\n" + FOUND}) == []
    assert found(run, files={"old.py": FOUND + "z = 1\n" + FOUND, "new.py": FOUND}) == [
        "new.py:1:10: MCP992",
        "old.py:3:10: MCP992",
    ]


def test_what_is_told_runs_through_a_line_that_went(run: Run, repository: Path) -> None:
    assert [one for one in found(run, files={"server.py": SERVER.format("")}) if "MCP3" in one] == [
        "server.py:11:33: MCP301"
    ]


def test_a_file_that_was_renamed_is_no_new_one(run: Run, repository: Path) -> None:
    source = SERVER.format("")
    (repository / "server.py").write_text(source)
    git(repository, "commit", "-q", "-a", "-m", "second")
    git(repository, "tag", "-f", "first")
    (repository / "new").mkdir()
    git(repository, "mv", "server.py", "new/main.py")
    assert found(run) == []
    assert found(run, files={"new/main.py": f"{source}\n{FOUND}"}) == ["new/main.py:13:10: MCP992"]
    git(repository, "commit", "-q", "-a", "-m", "renamed")
    assert found(run) == ["new/main.py:13:10: MCP992"]
    assert "new/main.py:1:10: MCP992" in found(run, files={"new/main.py": FOUND + SERVER.upper().format("")})


def test_a_copy_of_a_file_that_is_still_there_is_a_new_one(run: Run, repository: Path) -> None:
    assert found(run, files={"copy.py": FOUND}) == ["copy.py:1:10: MCP992"]


@pytest.mark.parametrize(
    ("before", "after", "like"),
    [("", "", 0.0), ("a\n", "a\n", 1.0), ("a\nb\n", "b\r\n\r\nc\r\n", 0.5), ("a\na\n", "a\n", 0.5), ("a\n", "b\n", 0.0)],
)  # fmt: skip
def test_how_like_two_texts_are(before: str, after: str, like: float) -> None:
    assert likeness(before, after) == like


def test_what_happened_on_the_other_branch_is_no_change_here(run: Run, repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "other")
    (repository / "old.py").write_text("# there\n")
    git(repository, "commit", "-q", "-a", "-m", "there")
    git(repository, "checkout", "-q", "main")
    assert found(run, "--since", "other") == []


def test_how_much_was_left_out_is_said(run: Run, repository: Path) -> None:
    assert "1 finding on what did not change since first.\n" in run("check", "--since", "first", "old.py").out


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", 'git knows no revision "nowhere" here'),
        ("--upload-pack=x", '"--upload-pack=x" is no revision'),
        ("", '"" is no revision'),
    ],
)
def test_a_revision_that_is_none(run: Run, repository: Path, revision: str, said: str) -> None:
    ran = run("check", f"--since={revision}")
    assert (ran.code, ran.err) == (2, f"mcp-lsp: --since {revision}: {said}\n")


def test_no_working_copy(run: Run) -> None:
    ran = run("check", "--since", "HEAD", files={"a.py": FOUND})
    assert ran.code == 2
    assert "not in a working copy of git" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="the programs that must not run are shell scripts")
def test_nothing_that_the_repository_names_is_run(
    run: Run, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every way known by which a repository's own configuration makes git run a program."""
    ran = tmp_path_factory.mktemp("outside") / "ran"
    program = repository / "evil.sh"
    program.write_text(f'#!/bin/sh\necho "$0 $@" >> {ran}\ncat\n')
    program.chmod(0o755)
    (repository / ".gitattributes").write_text("*.py filter=evil diff=evil merge=evil\n")
    for key in (
        "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy",
        "core.alternateRefsCommand", "diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.clean",
        "filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "credential.helper", "gpg.program",
        "uploadpack.packObjectsHook", "remote.origin.uploadpack", "sequence.editor", "pager.ls-tree", "pager.cat-file",
    ):  # fmt: skip
        git(repository, "config", key, str(program))
    git(repository, "config", "core.hooksPath", str(repository / "hooks"))
    git(repository, "config", "alias.ls-tree", f"!{program}")
    git(repository, "config", "alias.cat-file", f"!{program}")
    git(repository, "config", "extensions.partialClone", "origin")
    git(repository, "config", "core.repositoryFormatVersion", "1")
    git(repository, "config", "remote.origin.url", f"ext::{program}")
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "protocol.ext.allow", "always")
    (repository / "hooks").mkdir()
    for hook in ("post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor-watchman", "post-checkout"):
        (repository / "hooks" / hook).symlink_to(program)
    ran.unlink(missing_ok=True)  # what git did for this test itself
    assert found(run, files={"new.py": FOUND}) == ["new.py:1:10: MCP992"]
    assert not ran.exists(), ran.read_text()
    # A file whose old content is missing would be fetched: it is reported whole instead, and said.
    blob = subprocess.run(
        ["git", "hash-object", "--no-filters", "old.py"], cwd=repository, capture_output=True, text=True, check=True
    ).stdout.strip()
    (repository / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    ran.unlink(missing_ok=True)
    out = run("check", "--since", "first", "old.py")
    assert "MCP992" in out.out
    assert "not compared with first" in out.out
    assert not ran.exists(), ran.read_text()


def test_the_git_of_the_folder_itself_is_not_run(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "git").write_text("#!/bin/sh\n")
    (repository / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(repository))
    ran = run("check", "--since", "first")
    assert ran.code == 2
    assert "stands in the folder that is checked" in ran.err


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("a\nb\nc\n", "a\nb\nc\n", set()),
        ("a\r\nb\r\n", "a\nb\n", set()),
        ("a\nb\nc\n", "a\nX\nc\n", {2}),
        ("a\nc\n", "a\nb\nc\n", {2}),
        ("a\nb\nc\n", "a\nc\n", {1, 2}),
        ("", "a\n", {1}),
        ("a\u2028b\n", "a\u2028b\nc\n", {2}),
        ("a\nb\nc\nd\ne\n", "X\nb\nc\nd\nY\n", {1, 5}),
    ],
)  # fmt: skip
def test_lines_that_changed(before: str, after: str, lines: set[int]) -> None:
    assert changed(before, after) == lines
