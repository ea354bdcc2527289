"""Lists of commands that must not run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Assign, Attr, Call, Compare, Expr, Items, Name, Pair, Str
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, sites
from .values import name_of


@rule(
    "MCP439",
    severity=Severity.INFORMATION,
    references=("CWE-184", "CWE-863", "MCP05:2025", "LLM06:2025", "LLM03:2026", "ASI02:2026"),
    words=("sudo", "mkfs", "shutdown", "blockedcommand", "blocked_command", "forbiddencommand", "forbidden_command",
           "deniedcommand", "denied_command", "dangerouscommand", "dangerous_command", "disallowedcommand",
           "disallowed_command", "bannedcommand", "banned_command", "blacklistedcommand", "blacklisted_command",
           "blocked_cmd", "blockedcmd", "denycommand", "deny_command"),
    bad='''
    import subprocess

    BLOCKED = ["rm", "sudo", "dd", "mkfs"]
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a list of what must not run leaves out what does the same under another name


    @mcp.tool()
    def run(program: str, file: str) -> str:
        """Run a program on a file of the project."""
        if program in BLOCKED:
            raise ValueError("not allowed")
        return subprocess.check_output(["env", "-i", "ls", "--", file], text=True)
    ''',
    good='''
    import subprocess

    ALLOWED = ["ls", "cat", "wc"]


    @mcp.tool()
    def run(program: str, file: str) -> str:
        """Run a program on a file of the project."""
        if program not in ALLOWED:
            raise ValueError("not allowed")
        return subprocess.check_output(["env", "-i", "ls", "--", file], text=True)
    ''',
    typescript=Example(
        bad="""
        export function mayRun(command: string, blockedCommands: string[]): boolean {
          const program = command.trim().split(" ")[0];
          return !blockedCommands.includes(program);
          //      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a list of what must not run leaves out what does the same …
        }
        """,
        good="""
        export function mayRun(command: string, allowedCommands: string[]): boolean {
          const program = command.trim().split(" ")[0];
          return allowedCommands.includes(program);
        }
        """,
    ),
)  # fmt: skip
def commands_refused_by_name(passage: Passage) -> Iterator[Finding]:
    """Which commands run is decided by a list of those that must not.

    There are always more: a full path, `env rm`, `busybox`, quotes inside of the word, a line break, an interpreter
    that was left out. Each got round such a list in a published server.

    List what may run instead, with its options, and start it without a shell. Where any command may run, say so, and
    leave the decision to the user or to a sandbox.
    """
    for site in passage.of(Call, Compare, Items):
        at = _decides(passage, site)
        if at is not None:
            yield Finding(
                passage.at(site.unit, at),
                "a list of what must not run leaves out what does the same under another name",
                detail="commands",
            )


_REFUSED = pattern(r"block|deny|denied|forbid|danger|disallow|black_?list|banned", re.IGNORECASE)
_COMMANDS = frozenset(("command", "commands", "cmd", "cmds", "program", "programs", "binaries", "executables"))
_PROGRAMS = frozenset(
    ("rm", "sudo", "su", "dd", "mkfs", "shutdown", "reboot", "halt", "poweroff", "chmod", "chown", "kill", "fdisk",
     "passwd", "useradd", "usermod", "iptables", "format", "del", "rmdir", "mount", "umount", "killall", "init",
     "systemctl", "visudo", "parted", "nc", "netcat", "rm -rf", "rm -rf /")
)  # fmt: skip


def _decides(passage: Passage, site: Site) -> Expr | None:
    node = site.node
    if isinstance(node, Call):
        holder = node.callee.value if isinstance(node.callee, Attr) else None
        asks = isinstance(node.callee, Attr) and node.callee.name in ("includes", "has", "some", "indexOf")
        return node if asks and holder is not None and _of_commands(name_of(holder)) else None
    if isinstance(node, Compare):
        return node if node.op in ("in", "not in") and _of_commands(name_of(node.right)) else None
    assert isinstance(node, Items)
    said = {item.value.strip().lower() for item in node.items if isinstance(item, Str)}
    if len(said & _PROGRAMS) < 3:
        return None
    return node if _REFUSED.search(_holder(passage, site)) else None


_BESIDE = frozenset(("default", "shell", "system", "list", "set", "all", "os", "bash", "always"))


def _of_commands(name: str) -> bool:
    """``blockedCommands``: commands of a shell, not of a protocol of its own (``BLOCKED_WS_COMMANDS``)."""
    said = set(words(name))
    rest = {word for word in said - _COMMANDS - _BESIDE if not _REFUSED.search(word)}
    return _REFUSED.search(name) is not None and bool(_COMMANDS & said) and not rest


def _holder(passage: Passage, site: Site) -> str:
    """The name of the variable, or the key, that a list is kept under."""
    start, end = site.node.start, site.node.end  # type: ignore[attr-defined]
    for other in passage.of(Assign, Pair):
        node = other.node
        if other.unit is not site.unit:
            continue
        if isinstance(node, Assign):
            if node.value is not None and node.value.start <= start and end <= node.value.end:
                inner = [s.node for s in sites(node.value, site.unit, kinds=(Pair,))]
                if not inner:
                    return name_of(node.target)
        elif isinstance(node, Pair) and node.value.start <= start and end <= node.value.end:
            key = node.key
            if isinstance(node.value, Items):
                return key.value if isinstance(key, Str) else key.id if isinstance(key, Name) else ""
    return ""
