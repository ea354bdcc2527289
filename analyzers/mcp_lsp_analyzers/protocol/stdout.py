"""Output on the channel of the protocol: what a server over stdio prints, its client tries to parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import code
from ..code import Expr, Stmt, Unit
from ..fix import Fix, SendToStderr
from ..flow import Call, Handler, Startup
from ..model import Server
from ..passage import Passage
from ..place import Place
from ..rule import Example, Finding, Severity, rule
from ..walk import sites

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
    words=("stdioservertransport(", "servestdio(", "stdio_server(", '"stdio"', "'stdio'"),
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
def output_on_stdout(facts: Union[Handler, Startup, Passage]) -> Iterator[Finding]:
    """Something is printed to the standard output of a stdio server.

    Over stdio, standard output is the connection: every line has to be a message of the protocol. A client that reads
    anything else logs an error at best and drops the connection at worst, often only on some clients and only when the
    line is reached. It is the most frequent fault of new servers. (The Python SDK 2 and fastmcp 4 divert what tools
    print while serving; what runs before `run()` still lands on the wire, where most clients skip it.)

    Write to standard error or use logging, whose default is standard error. Where a function prints more than once, its
    first line is told of, and the others are marked as information.
    """
    if isinstance(facts, Passage):
        yield from _beside_the_start(facts)
        return
    server = facts.server
    if server.transports and "stdio" not in server.transports:
        return
    only = server.transports == _STDIO
    above: list[Call] = []  # the calls that lead to one, outermost first
    told: set[object] = set()
    for call in facts.calls:
        above[len(call.via) :] = [call]
        what = _prints(call.target, call.expr)
        if what is None or _elsewhere(what, server.diverted):
            continue
        if isinstance(facts, Handler):
            if _diverted(server):
                continue
            # Without a visible transport stdio is likely, not certain. On the way to an exception it is a last word.
            severity = None if server.transports and not _fails(call) else Severity.WARNING
        else:
            waits = call.uri.endswith(_PYTHON)
            if not server.transports or _not_before_serving(facts.unit, call.unit, call.expr, waits, only):
                continue  # a file that does not start the server may as well be a script that prints
            if len(above) > 1 and _instead_of_serving(facts, above):
                continue
            severity = Severity.WARNING  # before the first message, most clients skip a line that is none
        yield _finding(call.place, what, _once(told, (call.uri, call.via[-1:]), severity))


def _once(told: set[object], function: object, severity: Severity | None) -> Severity | None:
    """A function that prints does so with a purpose, in one line or in ten: it is told of once, and its other lines are
    marked."""
    if function in told:
        return Severity.INFORMATION
    told.add(function)
    return severity


def _finding(place: Place, what: str, severity: Severity | None) -> Finding:
    return Finding(
        place,
        f"`{what}` writes to standard output, which carries the protocol",
        fix=Fix("Write to standard error", SendToStderr(place), safe=True),
        detail=what,
        severity=severity,
    )


_STDIO = frozenset(("stdio",))
_PYTHON = (".py", ".pyi", ".pyw")


def _beside_the_start(passage: Passage) -> Iterator[Finding]:
    """What is printed where a server is started that another file makes."""
    about = passage.about
    if about.server or not about.mcp:
        return
    calls = [site for site in passage.of(code.Call) if isinstance(site.node, code.Call)]
    starting = {site.function for site in calls if _starts(site.node)}
    told: set[object] = set()
    for site in calls if starting else ():
        expr = site.node
        assert isinstance(expr, code.Call)
        if site.function not in starting:
            continue
        what = _prints(passage.target(expr, site.function), expr)
        if what is not None and not _not_before_serving(
            passage.unit, site.unit, expr, about.language == "python", False
        ):
            yield _finding(passage.at(site.unit, expr), what, _once(told, site.function, Severity.WARNING))


def _starts(expr: object) -> bool:
    """``new StdioServerTransport()``, ``serveStdio(…)``, ``stdio_server()``, ``create().run(transport="stdio")``."""
    if not isinstance(expr, code.Call):
        return False
    name = _called(expr)
    if name in ("run", "run_async"):
        transport = expr.keyword("transport") or expr.positional(0)
        return isinstance(transport, code.Str) and transport.value == "stdio"
    return name in ("StdioServerTransport", "serveStdio", "stdio_server")


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


def _prints(target: str, expr: code.Call) -> str | None:
    """What the author calls it, if the call writes to standard output."""
    if target in _PRINTERS:
        for name in _ELSEWHERE:
            argument = expr.keyword(name)
            if argument is not None and not _is_stdout(argument):
                return None
        # print(*values, **options) may say where to
        return None if any(arg.spread == "**" for arg in expr.args) else target.removeprefix("builtins.")
    if target in _WRITERS or target in _CONSOLE:
        return target
    if target == "os.write":
        first = expr.positional(0) or expr.keyword("fd")
        return target if isinstance(first, code.Const) and first.value == 1 else None
    if target in _LOGGING:
        stream = expr.keyword("stream")
        if stream is None and target == "logging.StreamHandler":
            stream = expr.positional(0)
        return target if _is_stdout(stream) else None
    return None


def _is_stdout(expr: Expr | None) -> bool:
    return isinstance(expr, code.Attr) and expr.name in ("stdout", "__stdout__")


# ---------------------------------------------------------------- before serving, or instead of it


def _not_before_serving(root: Unit | None, unit: Unit, expr: code.Call, waits: bool, only: bool) -> bool:
    """Whether a startup call stands where the server does not go on to serve over stdio: a branch that leaves, a branch
    for another transport, after serving, or while failing. ``root``: the declaration at module level that ``unit`` is
    or is inside of. ``waits``: serving comes back when it is over, as in Python. ``only``: it serves over nothing
    else."""
    outer = [] if root is None or root is unit else _down_to(root, unit)
    return _elsewhere_in(unit, expr, waits, only) or any(_elsewhere_in(*each, waits, only) for each in outer)


def _instead_of_serving(facts: Startup, above: list[Call]) -> bool:
    """Whether one of the calls that lead to the last of them stands in a branch, and that leaves or the server is
    served in the other: ``if (argv[2] === "auth") signIn(); else runServer();``."""
    leading: set[Call] = set()
    way: list[Call] = []
    for call in facts.calls:
        way[len(call.via) :] = [call]
        if _called(call.expr) in _SERVES or _starts(call.expr):
            leading.update(way)
    for call in above[:-1]:
        around: list[tuple[Stmt, list[Stmt], int]] = []
        if call in leading or not _find(call.unit.statements, call.expr, around):
            continue
        for statement, block, _ in around:
            if isinstance(statement, code.If):
                if any(_leaves(s) for s in block):
                    return True
                other = statement.otherwise if block is statement.then else statement.then
                if any(one.unit is call.unit and s.start <= one.expr.start < s.end for s in other for one in leading):
                    return True
    return False


def _down_to(root: Unit, unit: Unit) -> list[tuple[Unit, code.Nested]]:
    """The nested statements that lead from a unit to one inside of it, outermost first."""
    for site in sites(root.statements, root, nested=False, kinds=(code.Nested,)):
        nested = site.node
        assert isinstance(nested, code.Nested)
        if nested.unit is unit or (inner := _down_to(nested.unit, unit)):
            return [(root, nested), *(inner if nested.unit is not unit else ())]
    return []


def _elsewhere_in(unit: Unit, expr: code.Call | code.Nested, waits: bool, only: bool) -> bool:
    way: list[tuple[Stmt, list[Stmt], int]] = []
    if not _find(unit.statements, expr, way):
        return False
    for statement, block, i in way:
        if isinstance(statement, code.Try) and not any(block is body for body in (statement.body, statement.otherwise)):
            return True
        if isinstance(statement, code.If):
            if any(_leaves(s) for s in block[i:]) or (block is statement.then and _at_terminal(statement.test)):
                return True
            if _names_transport(statement.test) and not any(_goes_on(s, block, False) for s in block):
                return True
            other = statement.otherwise if block is statement.then else statement.then
            if any(_serves(s) for s in other) and not any(_serves(s) for s in block):
                return True
        if isinstance(statement, code.Match):
            return True
        if any(_serves(s) and (waits or not _goes_on(s, block, only)) for s in block[:i]):
            return True
    return False


def _at_terminal(test: Expr) -> bool:
    """``process.stdout.isTTY``, ``sys.stdout.isatty()``: a person is there, and no client."""
    if isinstance(test, code.Logic) and test.op in ("and", "&&"):
        return _at_terminal(test.left) or _at_terminal(test.right)
    asked = test.callee if isinstance(test, code.Call) else test
    return isinstance(asked, code.Attr) and asked.name in ("isTTY", "isatty") and _is_stdout(asked.value)


def _goes_on(statement: Stmt, block: list[Stmt], only: bool) -> bool:
    """Whether what comes after a statement that serves runs while it serves over stdio: Node's ``connect`` and
    ``start`` come back as soon as the transport listens, Python's ``run`` when it is over."""
    expr = statement.value if isinstance(statement, (code.Do, code.Assign, code.Return)) else None
    while isinstance(expr, code.Await):
        expr = expr.value
    name = _called(expr)
    if name == "serveStdio" or not isinstance(expr, code.Call):
        return name == "serveStdio"
    if name == "start":
        return only
    if name != "connect":
        return False
    transport = expr.positional(0)
    if isinstance(transport, code.Name):
        made = [s.value for s in block if isinstance(s, code.Assign) and _is(s.target, transport.id)]
        transport = made[-1] if made else transport
    return only if not isinstance(transport, code.Call) else _starts(transport)


def _is(target: Expr, name: str) -> bool:
    return isinstance(target, code.Name) and target.id == name


def _find(block: list[Stmt], expr: object, way: list[tuple[Stmt, list[Stmt], int]]) -> bool:
    """The statements around an expression, innermost last: each with the block of it that contains the next one."""
    start, end = expr.start, expr.end  # type: ignore[attr-defined]
    for i, statement in enumerate(block):
        if not (statement.start <= start and end <= statement.end):
            continue
        if isinstance(statement, code.Nested):
            if statement is expr:
                way.append((statement, block, i))
            return statement is expr
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
    if isinstance(statement, code.Nested):
        return any(_leaves(inner) for inner in statement.unit.statements)
    if isinstance(statement, (code.Return, code.Raise)):
        return True
    return isinstance(statement, code.Do) and _called(statement.value) in _EXITS


def _serves(statement: Stmt) -> bool:
    if isinstance(statement, code.Nested):
        return any(_serves(inner) for inner in statement.unit.statements)
    value = statement.value if isinstance(statement, (code.Do, code.Assign, code.Return)) else None
    return _called(value) in _SERVES


def _called(expr: Expr | None) -> str:
    while isinstance(expr, code.Await):
        expr = expr.value
    if not isinstance(expr, code.Call):
        return ""
    callee = expr.callee
    return code.last_name(callee)


def _names_transport(test: Expr) -> bool:
    """Whether a condition asks for a transport other than stdio (``transport == "sse"``, ``args.http``)."""
    if isinstance(test, code.Compare) and isinstance(test.right, code.Str):
        return test.right.value in ("sse", "http", "streamable-http", "streamable_http", "https")
    if isinstance(test, code.Logic):
        return _names_transport(test.left) or _names_transport(test.right)
    name = code.last_name(test)
    return any(word in name.lower() for word in ("http", "sse", "port"))
