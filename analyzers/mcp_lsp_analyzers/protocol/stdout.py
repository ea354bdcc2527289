"""Output on the channel of the protocol: what a server over stdio prints, its client tries to parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import code
from ..code import Expr, Stmt
from ..fix import Fix, SendToStderr
from ..flow import Call, Handler, Startup
from ..model import Server
from ..rule import Example, Finding, Severity, rule

_PRINTERS = frozenset({"print", "builtins.print", "pprint.pprint", "pprint.pp", "rich.print", "click.echo",
                       "click.secho", "typer.echo", "typer.secho"})  # fmt: skip
_WRITERS = frozenset({"sys.stdout.write", "sys.stdout.writelines", "sys.stdout.buffer.write", "sys.__stdout__.write",
                      "process.stdout.write"})  # fmt: skip
_CONSOLE = frozenset({"console.log", "console.info", "console.debug", "console.table", "console.dir",
                      "console.group"})  # fmt: skip
_LOGGING = frozenset({"logging.StreamHandler", "logging.basicConfig"})
_ELSEWHERE = ("file", "stream", "err")


@rule(
    "MCP103",
    severity=Severity.ERROR,
    references=("CWE-684",),
    bad='''
    @mcp.tool()
    def add(a: int, b: int) -> int:
        """Add two numbers."""
        print(f"adding {a} and {b}")
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `print` writes to standard output, which carries the protocol
        return a + b


    if __name__ == "__main__":
        mcp.run()
    ''',
    good='''
    import sys


    @mcp.tool()
    def add(a: int, b: int) -> int:
        """Add two numbers."""
        print(f"adding {a} and {b}", file=sys.stderr)
        return a + b


    if __name__ == "__main__":
        if "--version" in sys.argv:
            print("1.0")
            sys.exit()
        mcp.run()
    ''',
    typescript=Example(
        bad='''
        import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

        server.registerTool("ping", { description: "Answer pong." }, async () => {
          console.log("ping called");
        //^^^^^^^^^^^^^^^^^^^^^^^^^^ `console.log` writes to standard output, which carries the protocol
          return { content: [{ type: "text", text: "pong" }] };
        });

        await server.connect(new StdioServerTransport());
        ''',
        good='''
        import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

        server.registerTool("ping", { description: "Answer pong." }, async () => {
          console.error("ping called");
          return { content: [{ type: "text", text: "pong" }] };
        });

        await server.connect(new StdioServerTransport());
        ''',
    ),
)  # fmt: skip
def output_on_stdout(facts: Union[Handler, Startup]) -> Iterator[Finding]:
    """Something is printed to the standard output of a stdio server.

    Over stdio, standard output is the connection: every line has to be a message of the protocol. A client that reads
    anything else logs an error at best and drops the connection at worst, often only on some clients and only when the
    line is reached. It is the most frequent fault of new servers. (The Python SDK 2 and fastmcp 4 divert what tools
    print while serving; what runs before `run()` still lands on the wire, where most clients skip it.)

    Write to standard error or use logging, whose default is standard error.
    """
    server = facts.server
    if server.transports and "stdio" not in server.transports:
        return
    for call in facts.calls:
        what = _prints(call)
        if what is None or _elsewhere(what, server.diverted):
            continue
        if isinstance(facts, Handler):
            if _diverted(server):
                continue
            # Without a visible transport stdio is likely, not certain. On the way to an exception it is a last word.
            severity = None if server.transports and not _fails(call) else Severity.WARNING
        else:
            if not server.transports or _not_before_serving(call):
                continue  # a file that does not start the server may as well be a script that prints
            severity = Severity.WARNING  # before the first message, most clients skip a line that is none
        yield Finding(
            call.place,
            f"`{what}` writes to standard output, which carries the protocol",
            fix=Fix("Write to standard error", SendToStderr(call.place), safe=True),
            detail=what,
            severity=severity,
        )


def _diverted(server: Server) -> bool:
    """mcp 2 and fastmcp 4 hand the handlers another standard output."""
    family, major = server.sdk.family, server.sdk.major or 0
    return (family == "mcp" and major >= 2) or (family == "fastmcp" and major >= 4)


def _elsewhere(what: str, diverted: frozenset[str]) -> bool:
    """Whether the file turned this way of writing elsewhere: ``console.log = console.error``."""
    if what in diverted:
        return True
    return "sys.stdout" in diverted and (what in _PRINTERS or what == "print" or what.startswith("sys.stdout."))


def _fails(call: Call) -> bool:
    """Whether a call stands in a handler of exceptions that raises again."""
    way: list[tuple[Stmt, list[Stmt], int]] = []
    if not _find(call.unit.statements, call.expr, way):
        return False
    return any(
        isinstance(statement, code.Try) and block is not statement.body and isinstance(block[-1], code.Raise)
        for statement, block, _ in way
    )


def _prints(call: Call) -> str | None:
    """What the author calls it, if the call writes to standard output."""
    target = call.target
    if target in _PRINTERS:
        for name in _ELSEWHERE:
            argument = call.argument(name)
            if argument is not None and not _is_stdout(call.expr.keyword(name)):
                return None
        # print(*values, **options) may say where to
        return None if any(arg.spread == "**" for arg in call.expr.args) else target.removeprefix("builtins.")
    if target in _WRITERS or target in _CONSOLE:
        return target
    if target == "os.write":
        first = call.argument("0", "fd")
        return target if first is not None and first.constant and first.value == 1 else None
    if target in _LOGGING:
        stream = call.expr.keyword("stream")
        if stream is None and target == "logging.StreamHandler":
            stream = call.expr.positional(0)
        return target if _is_stdout(stream) else None
    return None


def _is_stdout(expr: Expr | None) -> bool:
    return isinstance(expr, code.Attr) and expr.name in ("stdout", "__stdout__")


# ---------------------------------------------------------------- before serving, or instead of it


def _not_before_serving(call: Call) -> bool:
    """Whether a startup call stands where the server does not go on to serve over stdio: a branch that leaves, a branch
    for another transport, after serving, or while failing."""
    way: list[tuple[Stmt, list[Stmt], int]] = []
    if not _find(call.unit.statements, call.expr, way):
        return False
    for statement, block, i in way:
        if isinstance(statement, code.Try) and not any(block is body for body in (statement.body, statement.otherwise)):
            return True
        if isinstance(statement, code.If):
            if any(_leaves(s) for s in block[i:]) or _names_transport(statement.test):
                return True
            other = statement.otherwise if block is statement.then else statement.then
            if any(_serves(s) for s in other) and not any(_serves(s) for s in block):
                return True
        if isinstance(statement, code.Match):
            return True
        if any(_serves(s) for s in block[:i]):
            return True
    return False


def _find(block: list[Stmt], expr: object, way: list[tuple[Stmt, list[Stmt], int]]) -> bool:
    """The statements around an expression, innermost last: each with the block of it that contains the next one."""
    start, end = expr.start, expr.end  # type: ignore[attr-defined]
    for i, statement in enumerate(block):
        if not (statement.start <= start and end <= statement.end):
            continue
        if isinstance(statement, code.Nested):
            return False
        for inner in _blocks(statement):
            if any(s.start <= start and end <= s.end for s in inner):
                place = next(n for n, s in enumerate(inner) if s.start <= start and end <= s.end)
                way.append((statement, inner, place))
                return _find(inner, expr, way)
        way.append((statement, block, i))
        return True
    return False


def _blocks(statement: Stmt) -> Iterator[list[Stmt]]:
    if isinstance(statement, code.If):
        yield from (statement.then, statement.otherwise)
    elif isinstance(statement, code.Try):
        yield from (statement.body, *(c.body for c in statement.catches), statement.otherwise, statement.last)
    elif isinstance(statement, (code.With, code.Loop, code.Block)):
        yield statement.body
    elif isinstance(statement, code.Match):
        yield from (case.body for case in statement.cases)
    elif isinstance(statement, code.Define):
        yield statement.function.body


_EXITS = frozenset({"exit", "quit", "_exit", "abort"})
_SERVES = frozenset({"run", "run_async", "run_stdio_async", "connect", "start", "listen", "serveStdio", "serve", "main",
                     "run_http_async", "run_sse_async", "run_streamable_http_async"})  # fmt: skip


def _leaves(statement: Stmt) -> bool:
    if isinstance(statement, (code.Return, code.Raise)):
        return True
    return isinstance(statement, code.Do) and _called(statement.value) in _EXITS


def _serves(statement: Stmt) -> bool:
    value = statement.value if isinstance(statement, (code.Do, code.Assign, code.Return)) else None
    return _called(value) in _SERVES


def _called(expr: Expr | None) -> str:
    while isinstance(expr, code.Await):
        expr = expr.value
    if not isinstance(expr, code.Call):
        return ""
    callee = expr.callee
    return callee.name if isinstance(callee, code.Attr) else callee.id if isinstance(callee, code.Name) else ""


def _names_transport(test: Expr) -> bool:
    """Whether a condition asks for a transport other than stdio (``transport == "sse"``, ``args.http``)."""
    if isinstance(test, code.Compare) and isinstance(test.right, code.Str):
        return test.right.value in ("sse", "http", "streamable-http", "streamable_http", "https")
    if isinstance(test, code.Logic):
        return _names_transport(test.left) or _names_transport(test.right)
    name = test.name if isinstance(test, code.Attr) else test.id if isinstance(test, code.Name) else ""
    return any(word in name.lower() for word in ("http", "sse", "port"))
