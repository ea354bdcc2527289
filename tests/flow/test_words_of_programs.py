"""What words of a command line mean to the program they are given to, and what is done to them before."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import TYPESCRIPT as HEAD
from tests.flow.test_held_to import said

TYPESCRIPT = """
    import { exec, execFileSync } from "node:child_process";
    import path from "node:path";
    import { z } from "zod";

    const tool = () => (process.env.SDK ? path.join(process.env.SDK, "platform-tools", "adb") : find());
    const escaped = (text) => text.replace(/[\\\\'"` \\t\\n\\r|&;()<>{}[\\]$*?]/g, "\\\\$&");
    const runs = (text) => text.replace(/[\\\\'"` \\t\\n\\r|&;()<>{}[\\]$*?]+/g, "\\\\$&");
    const without = (text) => text.replace(/[\\\\'"`|&;()<>$]/g, "\\\\$&");

    server.registerTool("run", { inputSchema: { url: z.string(), host: z.string() } }, async ({ url, host }) => {
      CALL;
      return { content: [] };
    });
    """
PYTHON = """
    import base64
    import subprocess

    @mcp.tool()
    def run(url: str, host: str) -> None:
        CALL
    """


def told(call: str, language: str) -> list[str]:
    return said((PYTHON if language == "python" else TYPESCRIPT).replace("CALL", call), language)


@pytest.mark.parametrize(
    ("call", "language"),
    [
        ('execFileSync("adb", ["-s", "box", "shell", "am", "start", "-d", url])', "typescript"),
        ('execFileSync(tool(), ["-s", "box", "shell", "am", "start", "-d", url])', "typescript"),
        ('execFileSync("adb", ["exec-out", "cat " + url])', "typescript"),
        ('execFileSync("ssh", ["-p", "22", "box", "ls", url])', "typescript"),
        ('subprocess.run(["ssh", "box", f"ls {url}"])', "python"),
        ('subprocess.run(["adb", "shell", "input", "text", url])', "python"),
    ],
)
def test_words_that_a_shell_elsewhere_reads(call: str, language: str) -> None:
    assert told(call, language) == ["`url` becomes part of a shell command"]


@pytest.mark.parametrize(
    ("call", "language"),
    [
        ('execFileSync("adb", ["-s", host, "install", "-r", url])', "typescript"),
        ('execFileSync("adb", ["shell", "am", "start", "-d", escaped(url)])', "typescript"),
        ('execFileSync("manage", ["shell", url])', "typescript"),
        ('subprocess.run(["ssh", "-p", url, "box", "ls"])', "python"),
        ('subprocess.run(["ssh", "-l", "me", "--", "box"])', "python"),
    ],
)
def test_words_that_none_reads(call: str, language: str) -> None:
    assert told(call, language) == []


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("ls ${escaped(url)}", True),
        ('ls "${escaped(url)}"', True),
        ("ls '${escaped(url)}'", False),
        ("ls ${runs(url)}", False),
        ("ls ${without(url)}", False),
        ('ls ${Buffer.from(url).toString("base64")}', True),
        ('ls ${Buffer.from(url).toString("hex")}', True),
        ("ls ${btoa(url)}", True),
        ('ls ${Buffer.from(url, "base64").toString("utf8")}', False),
        ("ls ${atob(btoa(url))}", False),
    ],
)
def test_characters_that_are_escaped_or_written_otherwise(text: str, enough: bool) -> None:
    assert (told(f"exec(`{text}`)", "typescript") == []) is enough


@pytest.mark.parametrize(
    ("call", "enough"),
    [
        ("subprocess.run(f'ls {base64.b64encode(url.encode()).decode()}', shell=True)", True),
        ("subprocess.run(f'ls {base64.b64decode(url).decode()}', shell=True)", False),
    ],
)
def test_the_same_in_python(call: str, enough: bool) -> None:
    assert (told(call, "python") == []) is enough


@pytest.mark.parametrize(
    ("call", "enough"),
    [
        ('git.raw(["log", url])', False),
        ('git.raw("log", url)', False),
        ('git.raw(["log", "--", url])', True),
        ("git.checkout([url])", False),
        ('execFileSync("curl", ["-s", new URL(url).href])', True),
        ('execFileSync("curl", ["-s", new URL(url).toString()])', True),
        ('execFileSync("curl", ["-s", url])', False),
    ],
)
def test_lists_of_words_for_git_and_addresses(call: str, enough: bool) -> None:
    story = """
        import { execFileSync } from "node:child_process";
        import simpleGit from "simple-git";
        import { z } from "zod";

        const git = simpleGit();

        server.registerTool("run", { inputSchema: { url: z.string() } }, async ({ url }) => {
          await CALL;
          return { content: [] };
        });
        """
    assert ("MCP303" not in everything(story.replace("CALL", call))) is enough


@pytest.mark.parametrize(
    ("words", "enough"),
    [
        ('"git", ["clone", "--branch", url, "x"]', True),
        ('"git", ["commit", "-m", message]', True),
        ('"git", ["branch", "-m", url]', False),
        ('"git", ["log", "--oneline", url]', False),
        ('"curl", ["-o", "x", "-d", url]', True),
        ('"curl", ["-L", url]', False),
        ('"find", [".", "-name", url]', True),
        ('"rg", ["-e", url]', True),
        ('"rg", ["-n", url]', False),
        ('"go", ["doc", url.replace(/[^a-z/.-]/g, "")]', True),
        ('"git", ["show", url.replace(/[^a-z/.-]/g, "")]', False),
    ],
)
def test_options_that_take_whatever_comes_next(words: str, enough: bool) -> None:
    story = """
        import { execFileSync } from "node:child_process";
        import { z } from "zod";

        server.registerTool("run", { inputSchema: { url: z.string(), message: z.string() } }, async ({ url, message }) => {
          execFileSync(WORDS);
          return { content: [] };
        });
        """
    found = everything(story.replace("WORDS", words))
    assert ("MCP303" not in found) is enough


def everything(story: str) -> list[str]:
    """The rules about handlers that say anything of a story."""
    found = check_text("file:///story.ts", HEAD + textwrap.dedent(story))
    return [d.rule.id for d in found if d.rule.room == "handlers"]


@pytest.mark.parametrize(
    ("program", "language", "known"),
    [
        ("load().git_path", "python", "git"),
        ('os.environ["KUBECTL_BIN"]', "python", "kubectl"),
        ('os.environ["YT_DLP_PATH"]', "python", "yt-dlp"),
        ('os.environ["TOOL_PATH"]', "python", ""),
        ('os.environ["GIT_BRANCH"]', "python", ""),
        ("process.env.GIT_PATH", "typescript", "git"),
        ("process.env.GIT_DIR", "typescript", ""),
    ],
)
def test_programs_that_a_setting_is_called_for(program: str, language: str, known: str) -> None:
    if language == "python":
        call = f'subprocess.run([{program}, "show", url])'
        story = PYTHON.replace("import base64", "import os").replace("CALL", call)
    else:
        story = TYPESCRIPT.replace("CALL", f'execFileSync({program}, ["show", url])')
    assert said(story, language) == ([f"`url` can be taken for an option of `{known}`"] if known else [])


CALLED = """
    import subprocess

    from .settings import settings


    class Desk:
        def __init__(self, found) -> None:
            self.kubectl_bin: str = found

        def get(self, host: str) -> None:
            CALL


    @mcp.tool()
    def run(host: str) -> None:
        Desk(settings()).get(host)
    """


@pytest.mark.parametrize(
    ("call", "count"),
    [
        ('subprocess.run([self.kubectl_bin, "get", host])', 1),
        ('words = [self.kubectl_bin, "get"]\n            subprocess.run([*words, host])', 1),
        ('subprocess.run([self.kubectl_bin, "get", "--", host])', 0),
        ('subprocess.run([self.kubectl_bin, "get", "--context", host])', 0),
        ('subprocess.run([self.show_path, "get", host])', 0),
        ('subprocess.run([self.kubectl_name, "get", host])', 0),
    ],
)
def test_a_program_by_what_the_field_is_called_that_holds_its_path(call: str, count: int) -> None:
    assert sum("option" in one for one in said(CALLED.replace("CALL", call), "python")) == count
