"""Entries of clients' configurations with which no client can start or reach the server."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..pattern import pattern
from ..place import Place, Span, Text
from ..programs import program_name
from ..rule import FileExample, Finding, Severity, rule
from ..supply import Launch, ServerList

_PROGRAMS = frozenset(
    ("npx", "npm", "pnpm", "yarn", "bun", "bunx", "deno", "node", "tsx", "uv", "uvx", "pipx", "python", "python3", "py",
     "docker", "podman", "go", "dotnet", "java")
)  # fmt: skip
_RUN_FILES = frozenset(("node", "tsx", "bun", "python", "python3", "py"))
_SHELLS = frozenset(("sh", "bash", "zsh", "fish", "dash", "cmd", "powershell", "pwsh"))
# On Windows these are batch files, which only cmd.exe starts.
_BATCHES = frozenset(("npx", "npm", "pnpm", "yarn"))
_HOME = pattern(r"~[/\\]|\$HOME\b|\$\{HOME\}|%USERPROFILE%|%APPDATA%")
_SCRIPT = pattern(r"[\w.-][\w./\\-]*\.(?:py|[cm]?[jt]s)\Z")
_WINDOWS = pattern(r"[A-Za-z]:[/\\]")
_USUAL = pattern(r"\$|%|/usr(?:/local)?/bin|/opt/homebrew/bin|/shims|nodejs|System32", re.IGNORECASE)
_LOCAL, _REMOTE = ("stdio",), ("http", "sse", "streamable-http", "streamableHttp", "streamable_http", "ws")


@rule(
    "MCP148",
    severity=Severity.WARNING,
    references=("CWE-573",),
    files=(
        FileExample(
            "claude_desktop_config.json",
            bad="""
            {
              "mcpServers": {
                "notes": { "command": "npx -y notes-server@1.4.2" },
            //                         ^^^^^^^^^^^^^^^^^^^^^^^^^ no program is called `npx -y notes-server@1.4.2`: the…
                "time": { "command": "~/bin/time-server" },
            //                        ^ no shell reads this: the program is looked for in a folder called `~`
                "maps": { "command": "python", "args": ["server.py"] },
            //                                           ^^^^^^^^^ `server.py` is looked for where the client…
                "mail": { "type": "http", "command": "uvx", "args": ["mail-server==1.0.0"] }
            //                     ^^^^ `mail` has a command and no url, which `http` cannot use
              }
            }
            """,
            good="""
            {
              "mcpServers": {
                "notes": { "command": "npx", "args": ["-y", "notes-server@1.4.2"] },
                "time": { "command": "/Users/me/bin/time-server" },
                "maps": { "command": "python", "args": ["/Users/me/maps/server.py"] },
                "mail": { "type": "stdio", "command": "uvx", "args": ["mail-server==1.0.0"] }
              }
            }
            """,
        ),
        FileExample(
            ".vscode/mcp.json",
            bad="""
            {
              "mcpServers": { "notes": { "command": "npx", "args": ["notes-server@1.4.2"] } }
            // ^^^^^^^^^^ VS Code looks for `servers` in this file, and finds no server
            }
            """,
            good="""
            {
              "servers": { "notes": { "command": "npx", "args": ["notes-server@1.4.2"] } }
            }
            """,
        ),
    ),
)  # fmt: skip
def server_that_cannot_start(entry: Launch | ServerList) -> Iterator[Finding]:
    """A client's configuration starts or reaches nothing.

    Clients start a program by its name, without a shell: what a line of a terminal would mean (arguments behind the
    program, `~`, `$HOME`) means nothing there, and the log says `spawn ... ENOENT`, where few people look. A client
    reads only its own member of the file. On Windows `npx` is a batch file, which only `cmd` starts; and a `PATH` among
    the variables takes the place of the one that was there.

    What is said of Windows is said where a path in the entry is one of Windows.
    """
    if isinstance(entry, ServerList):
        if entry.key.value != entry.wanted:
            place = entry.key.at(0, len(entry.key.value))
            said = f"{entry.client} looks for `{entry.wanted}` in this file, and finds no server"
            yield Finding(place, said, fix=Fix(f"Call it {entry.wanted}", Edits((Edit(place, entry.wanted),))))
        return
    if entry.off:
        return
    yield from _transport(entry)
    command = entry.command
    if command is None:
        return
    program = program_name(command.value)
    if program in _SHELLS:
        return
    line = _line(entry, command)
    if line is not None:
        yield line
        return
    for word in (command, *_files(entry, program)):
        home = _HOME.match(word.value)
        if home is not None:
            shown = home[0].rstrip("/\\")
            what = "the program" if word is command else "the file"
            message = f"no shell reads this: {what} is looked for in a folder called `{shown}`"
            yield Finding(word.at(0, len(shown)), message, detail=word.value)
        elif word is not command and entry.anywhere and entry.folder is None and _SCRIPT.match(word.value):
            said = f"`{word.value[:60]}` is looked for where the client was started"
            yield Finding(word.at(0, len(word.value)), said, detail=word.value)
    yield from _windows(entry, command)
    yield from _path(entry, command)


def _transport(entry: Launch) -> Iterator[Finding]:
    kind = entry.kind
    if kind is None or (entry.command is None) == (entry.url is None):
        return
    there, lacks, right = ("command", "url", _LOCAL[0]) if entry.url is None else ("url", "command", "http")
    if kind.value in (_REMOTE if entry.url is None else _LOCAL):
        place = kind.at(0, len(kind.value))
        said = f"`{entry.name}` has a {there} and no {lacks}, which `{kind.value}` cannot use"
        yield Finding(place, said, fix=Fix(f"Say {right}", Edits((Edit(place, right),))), detail="type")


def _line(entry: Launch, command: Text) -> Finding | None:
    """A whole line where the name of a program belongs."""
    words = command.value.split()
    if len(words) < 2 or words[0] not in _PROGRAMS:
        return None
    place = command.exact(0, len(command.value))
    fix = None
    if place is not None and place.local is not None and not re.search(r"[\"'\\|&;<>$]", command.value):
        more = ", ".join(f'"{word}"' for word in words[1:])
        inside = _inside(entry)
        if entry.values is None:
            behind = place.local.end + 1
            closing = Edit(place.part(Span(behind, behind)), "]")
            fix = Edits((Edit(place, f'{words[0]}", "args": [{more[:-1]}'), closing))
        elif inside is not None:
            fix = Edits((Edit(place, words[0]), Edit(inside, more + (", " if entry.arguments else ""))))
    shown = command.value if len(command.value) <= 40 else command.value[:39] + "…"
    message = f"no program is called `{shown}`: the words behind `{words[0]}` belong into `args`"
    made = None if fix is None else Fix("Put the arguments into args", fix)
    return Finding(command.at(0, len(command.value)), message, fix=made, detail="line")


def _inside(entry: Launch) -> Place | None:
    """Where the first argument may be put in."""
    local = entry.values.local if entry.values is not None else None
    return None if local is None or entry.values is None else entry.values.part(Span(local.start + 1, local.start + 1))


def _files(entry: Launch, program: str) -> Iterator[Text]:
    """The argument that an interpreter runs as a file."""
    if program in _RUN_FILES:
        for argument in entry.arguments:
            if argument.value in ("-m", "-c", "-e", "--eval", "-p"):
                return
            if not argument.value.startswith("-"):
                yield argument
                return


def _windows(entry: Launch, command: Text) -> Iterator[Finding]:
    if command.value not in _BATCHES:
        return
    if not any(_WINDOWS.match(word.value) for word in (*entry.arguments, *(text for _, text in entry.environment))):
        return
    place, inside, fix = command.exact(0, len(command.value)), _inside(entry), None
    if place is not None and inside is not None:
        more = f'"/c", "{command.value}"' + (", " if entry.arguments else "")
        fix = Fix("Start it with cmd", Edits((Edit(place, "cmd"), Edit(inside, more))))
    said = f"on Windows `{command.value}` is a batch file, which only `cmd` starts"
    yield Finding(command.at(0, len(command.value)), said, fix=fix, detail="windows")


def _path(entry: Launch, command: Text) -> Iterator[Finding]:
    if "/" in command.value or "\\" in command.value:
        return
    for name, value in entry.environment:
        if name == "PATH" and not _USUAL.search(value.value):
            said = (
                f"this takes the place of the client's own `PATH`, and `{command.value[:40]}` is looked for here only"
            )
            yield Finding(value.at(0, len(value.value)), said, detail="path")
