"""What a server asks for before it can even say which tools it has."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..code import Expr, Stmt, Unit, flat
from ..environment import variables
from ..expressions import spelled
from ..model import Server
from ..once import once
from ..place import Span
from ..record import NamedTuple
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from .kept import found
from .later import checked_where_used


class _Asked(NamedTuple):
    """``name``: of the variable. ``local``: the name it is bound to, or "". ``needed``: whether the statement fails
    without it, which ``check`` does."""

    name: str
    local: str
    needed: bool
    span: Span
    check: code.If | None = None


@rule(
    "MCP135",
    severity=Severity.INFORMATION,
    references=("CWE-665",),
    bad='''
    import os

    KEY = os.getenv("NOTES_KEY")
    if not KEY:
        raise ValueError("NOTES_KEY is not set")
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ without `NOTES_KEY` this file cannot be loaded, and nobody can list …


    @mcp.tool()
    def today() -> str:
        """Today's notes."""
        return KEY[:0]
    ''',
    good='''
    import os


    @mcp.tool()
    def today() -> str:
        """Today's notes."""
        return os.environ["NOTES_KEY"][:0]
    ''',
    typescript=Example(
        bad="""
        const key = process.env.NOTES_KEY;
        if (!key) {
          throw new Error("NOTES_KEY is not set");
        //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ without `NOTES_KEY` this file cannot be loaded, …
        }
        server.registerTool("today", { description: "Today's notes." }, async () => ({ content: [] }));
        """,
        good="""
        server.registerTool("today", { description: "Today's notes." }, async () => {
          const key = process.env.NOTES_KEY;
          if (!key) {
            return { content: [{ type: "text", text: "NOTES_KEY is not set" }], isError: true };
          }
          return { content: [] };
        });
        """,
    ),
)  # fmt: skip
def secret_required_at_import(server: Server) -> Iterator[Finding]:
    """A variable of the environment is needed to load the server, not only to use it.

    Directories, inspectors and clients list the tools of a server before anybody has typed a key in. A server that
    ends while it is imported lists nothing: it is shown as broken, and the reason is in a log that few people find.

    Read it where it is used, and answer with an error there; or in the lifespan, if it is needed by all. (A plain
    `os.environ["KEY"]` at the top of a file ends the same way, and is not reported.)
    """
    module = server.module
    if module is None or server.constructed is None or not server.items or named_as_test(server.uri):
        return
    if server.constructed[1] not in module.units:
        return  # made in a function: importing does nothing
    variables: dict[str, str] = {}
    for unit, every in found(module, _asked):
        for asked in every:
            if asked.local and asked.name:
                variables[asked.local] = asked.name
            name = asked.name or variables.get(asked.local, "")
            if asked.needed and name:
                said = f"without `{name}` this file cannot be loaded, and nobody can list the tools"
                needs = asked.check if asked.local else None
                fix = checked_where_used(server, unit, needs, asked.local) if needs is not None else None
                yield Finding(unit.place(server.uri, server.place.pointer, asked.span), said, fix=fix, detail=name)


@once
def _asked(unit: Unit) -> tuple[_Asked, ...]:
    """What a unit asks of the environment at module level."""
    return tuple(_of(unit)) if "env" in unit.key or "exit" in unit.key or "rror" in unit.key else ()


def _of(unit: Unit) -> Iterator[_Asked]:
    for statement, nested in flat(unit.statements):
        if nested is not None:
            continue
        if isinstance(statement, code.Assign):
            local = statement.target.id if isinstance(statement.target, code.Name) else ""
            value = statement.value
            for name, read in _reads(value, unit) if local else ():
                yield _Asked(name, local, False, Span(read.start, read.end))
        elif isinstance(statement, code.If):
            failing = _fails(statement.then)
            if failing is None:
                continue
            name, local = _missing(statement.test, unit)
            if name or local:
                yield _Asked(name, local, True, Span(failing.start, failing.end), statement)


def _reads(value: Expr | None, unit: Unit) -> Iterator[tuple[str, Expr]]:
    """Variables that an expression reads, with nothing for the case that one is not there."""
    if value is not None:
        yield from ((v.name, v.node) for v in variables(value, unit, functions=False) if not v.otherwise)


def _missing(test: Expr, unit: Unit) -> tuple[str, str]:
    """The variable, or the name it is bound to, that a condition finds missing."""
    if isinstance(test, code.Logic) and test.op in ("or", "||"):
        left = _missing(test.left, unit)
        return left if left[0] or left[1] else _missing(test.right, unit)
    inner: Expr | None = None
    if isinstance(test, code.Not):
        inner = test.value
    elif isinstance(test, code.Compare) and test.op in ("is", "==", "==="):
        empty = isinstance(test.right, code.Const) and test.right.value is None
        inner = test.left if empty or (isinstance(test.right, code.Name) and test.right.id == "undefined") else None
    if isinstance(inner, code.Name):
        return "", inner.id
    read = next(_reads(inner, unit), None)
    return (read[0], "") if read is not None else ("", "")


def _fails(body: list[Stmt]) -> Stmt | None:
    for statement, _ in flat(body):
        if isinstance(statement, code.Raise):
            return statement
        value = statement.value if isinstance(statement, code.Do) else None
        if isinstance(value, code.Call) and spelled(value.callee) in ("sys.exit", "exit", "quit", "process.exit"):
            return statement
    return None
