"""What is checked of the first word of a command line holds for as long as that word stands at its beginning."""

from __future__ import annotations

import pytest

from tests.flow.stories import handlers

_CHECK = """
def check(command: str) -> None:
    parts = shlex.split(command)
    if not parts or parts[0].lower() != "aws":
        raise ValueError(command)
"""

_SERVER = f'''import shlex
import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("story")

{_CHECK}

@mcp.tool()
def run(command: str, region: str) -> None:
    """Runs a command."""
    check(command)
    WHAT
'''


@pytest.mark.parametrize(
    ("what", "chosen"),
    [
        ("subprocess.run(shlex.split(command))", None),
        ('subprocess.run(shlex.split(command + " --output json"))', None),
        ('subprocess.run(shlex.split(f"{command} --region {region}"))', None),
        ('command += " --region " + region; subprocess.run(command.split())', None),
        ('subprocess.run("{} --region {}".format(command, region).split())', None),
        ('subprocess.run(("%s --region %s" % (command, region)).split())', None),
        ('subprocess.run(shlex.split(f"{command}{region}"))', "command"),
        ('subprocess.run(f"{region} {command}".split())', "region"),
        ("subprocess.run(shlex.split(command)[1:])", "command"),
        ("_, *rest = shlex.split(command); subprocess.run([rest[0]])", "command"),
    ],
)
def test_the_program_stays_the_one_that_was_checked(what: str, chosen: str | None) -> None:
    assert _programs(_SERVER.replace("WHAT", what.replace("; ", "\n    "))) == ({chosen} if chosen else set())


_TYPESCRIPT = """
import { spawn } from "node:child_process";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
const server = new McpServer({ name: "story", version: "1.0.0" });
function check(command: string) {
  const [program] = command.split(" ");
  if (program !== "aws") throw new Error(command);
}
server.registerTool("run", { inputSchema: { command: z.string(), region: z.string() } }, async ({ command, region }) => {
  check(command);
  const [program, ...args] = WHAT.split(" ");
  spawn(program, args);
  return { content: [] };
});
"""


@pytest.mark.parametrize(
    ("what", "chosen"),
    [
        ("command", None),
        ("`${command} --region ${region}`", None),
        ("`${command}${region}`", "command"),
        ("`${region} ${command}`", "region"),
    ],
)
def test_the_program_stays_the_one_that_was_checked_in_typescript(what: str, chosen: str | None) -> None:
    assert _programs(_TYPESCRIPT.replace("WHAT", what), "typescript") == ({chosen} if chosen else set())


_WORDS = """
import re
import shlex
import subprocess
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("story")
WORD = re.compile(r"^[a-z0-9][a-z0-9-]*$")


def words(line: str) -> list[str]:
    found = shlex.split(line)
    if any(WORD.fullmatch(word) is None for word in found):
        raise ValueError(line)
    return found


@mcp.tool()
def run(line: str) -> None:
    subprocess.run(["git", *words(line)])
"""


def test_what_is_checked_of_every_word_holds_for_who_asked() -> None:
    (handler,) = handlers(_WORDS)
    assert {guard.kind for flow in handler.flows for guard in flow.guards} == {"pattern"}


def _programs(text: str, language: str = "python") -> set[str]:
    """Which arguments choose the program, with nothing that checks its name."""
    free = set()
    for handler in handlers(text, language):
        for one in handler.flows:
            if one.sink.kind == "program" and not any(g.kind in ("choices", "first") for g in one.guards):
                free.add(one.source.name)
    return free
