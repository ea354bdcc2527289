"""What words of a command line mean to the program they are given to: a script, a line for a shell elsewhere …"""

from __future__ import annotations

from mcp_lsp_analyzers import identifier
from mcp_lsp_analyzers.code import Attr, Expr, Name, last_name
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.programs import (
    COMMAND_OPTIONS,
    INTERPRETERS,
    SHELLS,
    SHELLS_ELSEWHERE,
    STARTERS,
    STEERED,
    VALUED,
)
from mcp_lsp_analyzers.record import NamedTuple

from .values import Const, Value, named


def basenames(program: Value) -> frozenset[str]:
    shape = program.shape
    if type(shape) is not Const:
        known = _PROGRAMS.get(program.name) or _named(program.name)
        return frozenset((known,)) if known else frozenset(("\0",)) if program.taints else frozenset()
    return frozenset(v.replace("\\", "/").rpartition("/")[2] for v in shape.values if isinstance(v, str))


def _named(name: str) -> str:
    """The program that something is called for: ``settings.git_path``, ``process.env.YT_DLP_BIN``."""
    *called, last = identifier.words(name.rpartition(".")[2]) or ("",)
    program = "-".join(called)
    return program if last in _IS_PROGRAM and (program in STEERED or program in INTERPRETERS) else ""


def called_for(value: Value, node: Expr) -> Value:
    """The first word of a command, by what it is called where nothing else is known of it: ``[config.git_path, …]``."""
    if value.shape is None and not basenames(value) and isinstance(node, (Attr, Name)):
        name = last_name(node)
        return named(name) if _named(name) else value
    return value


_IS_PROGRAM = frozenset(("path", "bin", "binary", "cmd", "command", "exe", "executable"))

_PROGRAMS = {
    "sys.executable": "python", "process.execPath": "node", "process.argv0": "node", "process.env.SHELL": "sh",
    "process.env.COMSPEC": "cmd.exe", "process.env.ComSpec": "cmd.exe",
}  # fmt: skip


class Script(NamedTuple):
    """What runs some words of a command line: these, and all from ``rest`` on. Those behind them are its arguments."""

    kind: str
    words: frozenset[int]
    rest: int | None = None

    def reads(self, i: int) -> bool:
        return i in self.words or (self.rest is not None and i >= self.rest)


def scripted(programs: frozenset[str], items: tuple[Value, ...]) -> Script | None:
    """Which words of a vector a shell or interpreter will run."""
    # What is not known and takes a whole command behind ``-c`` is a shell more often than anything else.
    is_shell = bool(programs & SHELLS) or not programs or "\0" in programs
    for i, item in enumerate(items[1:], 1):
        text = item.string
        several = item.constants
        if text is None and is_shell and several and all(c in COMMAND_OPTIONS for c in several):
            return _shell(programs, several, i + 1)  # ``/c`` on one system and ``-c`` on others
        if text is None:
            continue
        if is_shell and text in COMMAND_OPTIONS:
            return _shell(programs, (text,), i + 1)
        for program in programs:
            options = INTERPRETERS.get(program, ())
            if text in options:
                # ``osascript -e one -e another``
                again = (j + 1 for j in range(i, len(items)) if items[j].string in options)
                return Script("code", frozenset(again))
        if text.replace("\\", "/").rpartition("/")[2] in SHELLS and i + 1 < len(items):
            # ``docker exec box sh -c …``, ``sudo bash -c …``: whatever starts it, a shell reads the next word
            several = items[i + 1].constants
            if several and all(option in COMMAND_OPTIONS for option in several):
                return _shell(frozenset((text,)), several, i + 2)
    return None


def _shell(programs: frozenset[str], options: tuple[object, ...], i: int) -> Script:
    """``sh -c script name arguments``; others take whatever comes as one line."""
    if programs & _OF_WINDOWS or any(not isinstance(one, str) or not _POSIX.fullmatch(one) for one in options):
        return Script("shell", frozenset(), i)
    return Script("shell", frozenset((i,)))


def read_by_shell(before: str) -> bool:
    """Whether a shell reads what follows in a command line that is split into words: ``docker exec box sh -c 'ls ``."""
    words = iter(before.split())
    if not any(word.replace("\\", "/").rpartition("/")[2] in SHELLS for word in words):
        return False
    option = next((word for word in words if word in COMMAND_OPTIONS or word[0] not in "-/"), "")
    script = before.partition(f" {option}")[2].lstrip()
    return option in COMMAND_OPTIONS and (script[:1] not in ("'", '"') or script[0] not in script[1:])


_POSIX = pattern(r"-[a-z]*c")
_OF_WINDOWS = frozenset("cmd cmd.exe powershell powershell.exe pwsh pwsh.exe".split())  # noqa: SIM905


def shell_elsewhere(programs: frozenset[str], items: tuple[Value, ...]) -> Script | None:
    """Where the words begin that a program hands to a shell on another machine as one line: ``adb -s x shell am …``,
    ``ssh -p 22 host ls …``."""
    known = [program.removesuffix(".exe") for program in programs if program != "\0"] or ["adb"]
    words = [word for program in known for word in SHELLS_ELSEWHERE.get(program, ())]
    if programs <= _UNKNOWN:
        words = ["shell"]  # what is not known and has a command of that name
    i = 1
    while words and i < len(items):
        text = items[i].string
        if text in words:
            return Script("shell", frozenset(), i + 1)
        if text is None or not text.startswith("-"):
            return Script("shell", frozenset(), i + 1) if "" in words else None
        i += 2 if any(text in VALUED.get(program, ()) for program in known) else 1
    return None


_UNKNOWN = frozenset(("\0",))


def started(programs: frozenset[str], items: tuple[Value, ...]) -> tuple[int, str] | None:
    """Where the words of a program begin that another one starts (``python tool.py``, ``uv run tool``, ``sudo tool``),
    and its name; "" where that is not known."""
    words = next((STARTERS[program] for program in programs if program in STARTERS), None)
    if words is None or len(programs) != 1:
        return None
    for i, item in enumerate(items[1:], 1):
        text = item.string
        if text is not None and (text.startswith("-") or text in words or "=" in text):
            continue
        if text is None and item.taints:
            return None  # it chooses what is started
        return i + 1, "" if text is None else text.replace("\\", "/").rpartition("/")[2]
    return None


__all__ = ["Script", "basenames", "called_for", "read_by_shell", "scripted", "shell_elsewhere", "started"]
