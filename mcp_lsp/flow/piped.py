"""Programs that read from their standard input what they are to do: scripts of a shell or an interpreter, commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Attr, Await, Call, Expr, Items, Name, Str
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.programs import COMMAND_OPTIONS, INTERPRETERS, SHELLS

from .evaluate import ev
from .values import UNKNOWN, Const, Rec, Seq, Value, all_taints

if TYPE_CHECKING:
    from .calls import At

_AT_ONCE = frozenset(
    "subprocess.run subprocess.check_output subprocess.call subprocess.check_call "  # noqa: SIM905
    "child_process.execFileSync child_process.spawnSync".split()
)
_STARTED = frozenset(
    "subprocess.Popen asyncio.create_subprocess_exec asyncio.create_subprocess_shell anyio.open_process "  # noqa: SIM905
    "child_process.spawn child_process.execFile".split()
)
_WRITES = frozenset(("communicate", "write", "writelines", "end"))
_COMMANDED = frozenset(("gnuplot", "octave", "octave-cli", "matlab", "maxima", "gp", "sage", "julia", "gdb", "lldb"))
"""Programs that are told what to do line by line, beside shells and interpreters."""


def positions(at: At) -> Iterator[tuple[str, str, Value, Expr]]:
    """What a call puts into a program that reads there what it is to do, by kind and name of the position."""
    if at.name in _AT_ONCE:
        given = at.args.keys.get("input")
        options = at.args.options().shape
        if given is None and type(options) is Rec and "input" in options.fields:
            given = (options.fields["input"], at.args.plain[-1][1])
        if given is not None and all_taints(given[0]) and at.args.plain:
            rest = at.args.value(1) if at.name.startswith("child_process.") else UNKNOWN
            yield from _read(at.args.plain[0][0], rest, *given)
    elif at.method in _WRITES and at.args.tainted:
        given = at.args.at(0, "input")
        start = _start(at)
        if given is None or start is None or not start.args:
            return
        first, *others = [arg.value for arg in start.args if arg.name is None]
        words = [_evaluated(at, one) for one in (first, *others)]
        if ev(at.f, start.callee, at.s).name == "asyncio.create_subprocess_exec":
            yield from _read(Value((), Seq(tuple(words))), UNKNOWN, *given)
        else:
            yield from _read(words[0], words[1] if len(words) > 1 else UNKNOWN, *given)


def _start(at: At) -> Call | None:
    """The call that started the process: ``process.communicate(…)``, ``process.stdin.write(…)``."""
    callee, function = at.call.callee, at.f.function
    if type(callee) is not Attr or function is None:
        return None
    process: Expr = callee.value
    if type(process) is Attr and process.name == "stdin":
        process = process.value
    elif at.method != "communicate":
        return None
    if type(process) is not Name:
        return None
    for one in inside.variables(function).get(process.id, ()):
        node: object = one.node
        while type(node) is Await:
            node = node.value
        if type(node) is Call and not one.path and ev(at.f, node.callee, at.s).name in _STARTED:
            return node
    return None


def _evaluated(at: At, one: Expr) -> Value:
    return ev(at.f, one, at.s) if type(one) in (Items, Name, Str, Attr) else UNKNOWN


def _read(program: Value, rest: Value, given: Value, node: Expr) -> Iterator[tuple[str, str, Value, Expr]]:
    items: tuple[Value, ...] = (program,)
    if type(program.shape) is Seq:
        items = program.shape.items or (UNKNOWN,)
    elif program.string is not None and " " in program.string:
        items = tuple(Value((), Const((word,))) for word in program.string.split())
    if type(rest.shape) is Seq:
        items = (*items, *rest.shape.items)
    name = items[0].string
    if name is None:
        # What is not known and given lines that were put together is told what to do by them.
        around = tuple(t for t in all_taints(given) if t.after and _WORDS.search(t.before) and t.aspect != "test")
        if not items[0].taints and len(items) == 1 and around:
            yield "code", "input", Value(around), node
        return
    name = name.replace("\\", "/").rpartition("/")[2].removesuffix(".exe")
    if any(_names_a_script(name, item) for item in items[1:]):
        return
    if name in SHELLS:
        yield "shell", "input", given, node
    elif name in INTERPRETERS or name in _COMMANDED:
        yield "code", "input", given, node


_WORDS = pattern(r"\A\s*[A-Za-z][\w ]*[ (]")


def _names_a_script(program: str, item: Value) -> bool:
    """Whether a word of a command line says what is run, so that something else is read from the input."""
    word = item.string
    if word is None or not word.startswith("-"):
        return True
    return word in COMMAND_OPTIONS or word in INTERPRETERS.get(program, ())


__all__ = ["positions"]
