"""Programs that read from their standard input what they are to do: scripts of a shell or an interpreter, commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Attr, Await, Call, Expr, Function, Items, Name, Str
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
_TALKED_TO = frozenset(("pexpect.spawn", "pexpect.spawnu", "pexpect.popen_spawn.PopenSpawn"))
"""What starts a program of which the object itself takes the lines, beside its standard input."""
_WRITES = frozenset(("communicate", "write", "writelines", "end", "send", "sendline"))
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
        if given is None or start is None or not start[0].args:
            return
        call, near = start
        first, *others = [arg.value for arg in call.args if arg.name is None]
        words = [_evaluated(at, one, near) for one in (first, *others)]
        if ev(at.f, call.callee, at.s).name == "asyncio.create_subprocess_exec":
            yield from _read(Value((), Seq(tuple(words))), UNKNOWN, *given)
        else:
            rest = words[1] if len(words) > 1 else UNKNOWN
            yield from _read(words[0], rest, *given, line=at.method == "sendline")


def _start(at: At) -> tuple[Call, bool] | None:
    """The call that started the process, and whether it stands in the same function: ``process.communicate(…)``,
    ``self.process.stdin.write(…)``, ``self.child.sendline(…)``."""
    callee, function = at.call.callee, at.f.function
    if type(callee) is not Attr or function is None:
        return None
    process: Expr = callee.value
    by_input = type(process) is Attr and process.name == "stdin"
    if by_input:
        assert isinstance(process, Attr)
        process = process.value
    for one in _meanings(process, function):
        node: object = one.node
        while type(node) is Await:
            node = node.value
        if type(node) is Call and not one.path:
            name = ev(at.f, node.callee, at.s).name
            if (name in _STARTED and (by_input or at.method == "communicate")) or (name in _TALKED_TO and not by_input):
                return node, one.function is function
    return None


def _meanings(process: Expr, function: Function) -> tuple[inside.Local, ...]:
    """What a variable of the function, or a field of its object, is set to."""
    if type(process) is Name:
        return inside.variables(function).get(process.id, ())
    cls = inside.class_around(function)
    if cls is None or type(process) is not Attr or type(process.value) is not Name or process.value.id != "self":
        return ()
    return inside.members(cls).get(process.name, ())


def _evaluated(at: At, one: Expr, near: bool) -> Value:
    return ev(at.f, one, at.s) if type(one) in ((Items, Name, Str, Attr) if near else (Items, Str)) else UNKNOWN


def _read(
    program: Value, rest: Value, given: Value, node: Expr, *, line: bool = False
) -> Iterator[tuple[str, str, Value, Expr]]:
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
        around = tuple(
            t for t in all_taints(given) if (t.after or line) and _WORDS.search(t.before) and t.aspect != "test"
        )
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
