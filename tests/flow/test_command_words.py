"""Words of command lines: whose they are, whether they can be options, and which of them are names of files."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT


def said(source: str, language: str = "python") -> list[tuple[str, str, str]]:
    """Rule, severity and message of what is found about commands and files."""
    head, uri = (PYTHON, "file:///story.py") if language == "python" else (TYPESCRIPT, "file:///story.ts")
    found = check_text(uri, head + textwrap.dedent(source))
    return [
        (d.rule.id, str(d.severity.name).lower(), d.finding.message)
        for d in found
        if d.rule.id in ("MCP301", "MCP302", "MCP303", "MCP305")
    ]


def test_words_behind_the_name_of_what_is_started_are_no_options_of_the_starter() -> None:
    story = """
        import subprocess

        @mcp.tool()
        def f(text: str) -> None:
            subprocess.run(["WHAT", "convert.py", text])
        """
    assert said(story.replace("WHAT", "python3")) == []
    assert said(story.replace('"WHAT", "convert.py"', '"sudo", "git", "show"')) == [
        ("MCP303", "warning", "`text` can be taken for an option of `git`")
    ]
    story = """
        import { execFile } from "child_process";
        server.tool("f", { text: z.string() }, async ({ text }) => {
          execFile("uv", ["run", "WHAT", text]);
          return { content: [] };
        });
        """
    assert said(story.replace("WHAT", "markitdown"), "typescript") == []
    assert said(story.replace("WHAT", "yt-dlp"), "typescript") == [
        ("MCP303", "warning", "`text` can be taken for an option of `yt-dlp`")
    ]


def test_the_value_of_an_option_is_no_option() -> None:
    story = """
        import subprocess

        @mcp.tool()
        def f(namespace: str, pod: str) -> None:
            subprocess.run(["kubectl", "get", "-n", namespace, "-v", pod])
        """
    assert said(story) == [("MCP303", "information", "`pod` can be taken for an option of `kubectl`")]


def test_an_address_begins_with_its_scheme() -> None:
    story = """
        import { execFile } from "child_process";
        server.tool("f", { page: z.string()URL }, async ({ page }) => {
          execFile("yt-dlp", ["--quiet", "-x", "y", page]);
          return { content: [] };
        });
        """
    assert said(story.replace("URL", ""), "typescript") == [
        ("MCP303", "warning", "`page` can be taken for an option of `yt-dlp`")
    ]
    assert said(story.replace("URL", ".url()"), "typescript") == []
    checked = """
        import re, subprocess
        from pydantic import HttpUrl

        @mcp.tool()
        def f(page: HttpUrl) -> None:
            subprocess.run(["yt-dlp", "--quiet", "-x", "y", str(page)])
        """
    assert said(checked) == []
    assert len(said(checked.replace("page: HttpUrl", "page: str"))) == 1


def test_a_file_that_a_program_is_given() -> None:
    story = """
        import { execFileSync } from "child_process";
        server.tool("f", { from: z.array(z.string()), manifest: z.string() }, async ({ from, manifest }) => {
          const args = ["create", "configmap"];
          from.forEach((one) => args.push(`--from-file=${one}`));
          args.push("-f", manifest);
          execFileSync("kubectl", args);
          return { content: [] };
        });
        """
    assert ("MCP305", "information", "`from` and `manifest` choose which files `kubectl` is given") in said(
        story, "typescript"
    )
    assert said(story.replace("--from-file=", "--label=").replace('"-f"', '"--label"'), "typescript") == []
    python = """
        import subprocess

        @mcp.tool()
        def f(file_path: str, text: str) -> None:
            subprocess.run(["converter", file_path, text])
        """
    assert said(python) == [("MCP305", "information", "`file_path` chooses which file `converter` is given")]
    refused = python.replace("    subprocess", "    if not file_path.isalnum(): raise ValueError()\n    subprocess")
    assert said(refused) == []


def test_a_file_that_is_refused_by_the_operator_s_choice() -> None:
    story = """
        import { execFileSync } from "child_process";
        server.tool("f", { files: z.array(z.string()) }, async ({ files }) => {
          if (process.env.REMOTE) {
            if (files && files.length > 0) throw new Error("not here");
          }
          const args = ["create"];
          files.forEach((one) => args.push(`--from-file=${one}`));
          execFileSync("kubectl", args);
          return { content: [] };
        });
        """
    assert said(story, "typescript") == []
    assert len(said(story.replace("files.length > 0", "files.length > 3"), "typescript")) == 1


def test_links_are_followed_by_what_reads_them() -> None:
    story = """
        import os

        ROOT = "/srv/notes"

        @mcp.tool()
        def f(name: str) -> str:
            path = os.path.RESOLVED(os.path.join(ROOT, name))
            if os.path.commonpath([path, ROOT]) != ROOT:
                raise ValueError(name)
            return open(path).read()
        """
    assert said(story.replace("RESOLVED", "realpath")) == []
    assert said(story.replace("RESOLVED", "abspath")) == [
        ("MCP305", "information", "`name` can lead out of the folder it is joined to")
    ]
    story = """
        import fs from "fs";
        import path from "path";
        const ROOT = path.resolve("/srv/notes");
        server.tool("f", { name: z.string() }, async ({ name }) => {
          const file = REAL(path.resolve(ROOT, name));
          if (!file.startsWith(ROOT + path.sep)) throw new Error(name);
          return { content: [{ type: "text", text: fs.readFileSync(file, "utf8") }] };
        });
        """
    assert said(story.replace("REAL", "fs.realpathSync"), "typescript") == []
    assert said(story.replace("REAL", ""), "typescript") == [
        ("MCP305", "information", "`name` can lead out of the folder it is joined to")
    ]


def test_folders_that_are_refused() -> None:
    story = """
        import os
        from pathlib import Path

        KEPT = Path(KNOWN)

        @mcp.tool()
        def f(path: str) -> str:
            found = Path(path).resolve()
            if TEST:
                raise ValueError(path)
            return found.read_text()
        """
    written, known = story.replace("KNOWN", '"/etc"'), story.replace("KNOWN", 'os.environ["KEPT"]')
    # A list of whole paths refuses /etc and not /etc/passwd.
    assert len(said(written.replace("TEST", 'str(found) in ("/etc", "/root")'))) == 1
    # Whoever runs the server may have named all that is to be kept.
    assert said(known.replace("TEST", "found.is_relative_to(KEPT)")) == []
    assert said(known.replace("TEST", "KEPT in found.parents")) == []
    assert len(said(known.replace("TEST", "found.is_relative_to(KEPT)").replace(".resolve()", ""))) == 1
    # A list in the source leaves any other folder.
    assert len(said(written.replace("TEST", "found.is_relative_to(KEPT)"))) == 1
    assert len(said(written.replace("TEST", "KEPT in found.parents"))) == 1
    assert len(said(written.replace("TEST", 'str(found).startswith(("/etc/", "/proc/"))'))) == 1
    assert len(said(written.replace("TEST", 'any(found.is_relative_to(one) for one in ("/etc", "/proc"))'))) == 1


@pytest.mark.parametrize(
    ("test", "severity"),
    [
        ('found.startsWith("/etc/")', "information"),
        ('["/etc", "/proc"].some((one) => found.startsWith(one + "/"))', "information"),
        ('found.split(path.sep).some((part) => [".ssh", ".aws"].includes(part))', "information"),
        ("REFUSED.some((one) => found.startsWith(one + path.sep))", None),
        ('found.startsWith("/etc/") || !found.startsWith("/srv/notes/")', None),
    ],
)
def test_folders_that_are_refused_when_something_is_written(test: str, severity: str | None) -> None:
    story = f"""
        import fs from "node:fs";
        import path from "node:path";
        import {{ z }} from "zod";

        const REFUSED = (process.env.REFUSED ?? "").split(":");

        server.registerTool("save", {{ inputSchema: {{ file: z.string() }} }}, async ({{ file }}) => {{
          const found = fs.realpathSync(file);
          if ({test}) throw new Error("no");
          fs.writeFileSync(found, "");
          return {{ content: [] }};
        }});
        """
    assert [how for _, how, _ in said(story, "typescript")] == ([] if severity is None else [severity])


def test_shells_and_interpreters_by_what_they_are_given() -> None:
    story = """
        import subprocess, sys

        @mcp.tool()
        def f(shell: str, command: str) -> None:
            subprocess.run([PROGRAM, "-c", command])
        """
    assert said(story.replace("PROGRAM", "settings.shells[shell]")) == [
        ("MCP301", "error", "`command` is run as a shell command")
    ]
    assert said(story.replace("PROGRAM", "settings.shells[shell]").replace('"-c"', '"--"')) == []
    found = check_text("file:///story.py", PYTHON + textwrap.dedent(story.replace("PROGRAM", "sys.executable")))
    assert [d.finding.message for d in found if d.rule.room == "handlers"] == ["`command` is run as code"]


def test_words_that_are_quoted_and_joined_are_a_command_only_by_the_first() -> None:
    story = """
        import os, shlex

        def run(words: list[str]) -> int:
            return os.system(shlex.join(words))

        @mcp.tool()
        def f(text: str, words: list[str]) -> None:
            os.system(shlex.join(WHAT))

        @mcp.tool()
        def g(text: str, words: list[str]) -> None:
            run(WHAT)
        """
    assert said(story.replace("WHAT", '["ls", "-l", text]')) == []
    assert said(story.replace("WHAT", '["ls", *words]')) == []
    assert [found[:2] for found in said(story.replace("WHAT", "words"))] == [("MCP301", "error")] * 2
    assert ("MCP301", "error", "`text` is run as a shell command") in said(story.replace("WHAT", '[text, "-l"]'))


def test_a_shell_reads_what_stands_behind_its_option_in_a_line_of_words() -> None:
    story = """
        import docker
        import subprocess

        @mcp.tool()
        def f(text: str) -> None:
            CALL
        """
    read = [
        """docker.from_env().containers.get("box").exec_run(f"sh -c 'ls {text}'")""",
        """docker.from_env().containers.run("alpine", f"/bin/bash -lc 'ls {text}'")""",
        """subprocess.run("powershell.exe -NoProfile -Command " + text)""",
        """subprocess.run(f"cmd.exe /c dir {text}")""",
        """os.spawnlp(os.P_WAIT, "sh", "sh", "-c", text)""",
        """os.execlp("bash", "bash", "-c", text)""",
    ]
    for call in read:
        found = said(story.replace("import docker", "import docker, os").replace("CALL", call))
        assert [one[:2] for one in found] == [("MCP301", "error")], call
    left = [
        """docker.from_env().containers.get("box").exec_run(f"ls {text}")""",
        """docker.from_env().containers.get("box").exec_run(f"sh -c 'ls \\"$0\\"' {text}")""",
        """docker.from_env().containers.get("box").exec_run(f"sh run.sh -c {text}")""",
    ]
    for call in left:
        assert "MCP301" not in [one[0] for one in said(story.replace("CALL", call))], call
