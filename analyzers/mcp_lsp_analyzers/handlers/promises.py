"""Tools that say they only read, and run whatever they are given."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Name
from ..flow import Call, Handler
from ..gates import ENFORCED
from ..identifier import words
from ..model import Tool
from ..pattern import pattern
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from . import judging
from .judging import Verdict
from .telling import cases, finding, named


@rule(
    "MCP313",
    severity=Severity.WARNING,
    references=("CWE-863", "CWE-284", "MCP02:2025", "LLM06:2025", "LLM03:2026", "ASI02:2026", "CoSAI MCP-T2"),
    bad='''
    import psycopg
    from mcp.types import ToolAnnotations


    @mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))
    def query(sql: str) -> list:
        """Read from the notes."""
        with psycopg.connect("dbname=notes") as connection:
            return connection.execute(sql).fetchall()
            #                         ^^^ `query` says that it only reads, and runs `sql` whatever it does
    ''',
    good='''
    import psycopg
    from mcp.types import ToolAnnotations


    @mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))
    def count(author: str) -> list:
        """Count the notes of an author."""
        with psycopg.connect("dbname=notes") as connection:
            connection.read_only = True
            return connection.execute("SELECT count(*) FROM notes WHERE author = %s", (author,)).fetchall()
    ''',
    typescript=Example(
        bad="""
        import { MongoClient } from "mongodb";
        import { z } from "zod";

        const notes = new MongoClient("mongodb://127.0.0.1").db("notes").collection("notes");
        const shape = { pipeline: z.array(z.any()).describe("Stages.") };
        const config = { description: "Sum up notes.", inputSchema: shape, annotations: { readOnlyHint: true } };

        server.registerTool("sum-up", config, async ({ pipeline }) => {
          const found = await notes.aggregate(pipeline).toArray();
          //                                  ^^^^^^^^ `sum-up` says that it only reads, and `pipeline` may hold …
          return { content: [{ type: "text", text: JSON.stringify(found) }] };
        });
        """,
        good="""
        import { MongoClient } from "mongodb";
        import { z } from "zod";

        const notes = new MongoClient("mongodb://127.0.0.1").db("notes").collection("notes");
        const shape = { pipeline: z.array(z.any()).describe("Stages.") };
        const config = { description: "Sum up notes.", inputSchema: shape, annotations: { readOnlyHint: true } };

        server.registerTool("sum-up", config, async ({ pipeline }) => {
          if (pipeline.some((stage) => "$out" in stage || "$merge" in stage)) {
            throw new Error("only reading is allowed");
          }
          const found = await notes.aggregate(pipeline).toArray();
          return { content: [{ type: "text", text: JSON.stringify(found) }] };
        });
        """,
    ),
)
def any_statement_in_a_reading_tool(handler: Handler) -> Iterator[Finding]:
    """A tool says that it only reads, and runs any statement that it is given.

    A client that is told so (`readOnlyHint`, a name, a description) runs the tool without asking anybody, and whoever
    runs the server relies on it. A statement can insert, drop and call what writes; an aggregation of MongoDB writes
    with `$out` and `$merge`.

    Let the database refuse: a read-only transaction, a role without rights to write. Where it cannot, as with
    aggregations, refuse what writes before it is run. Or do not say that the tool only reads.
    """
    tool = handler.tool
    if tool is None:
        return
    promised = _promises(tool)
    if promised and any(flow.sink.kind == "sql" for flow in handler.flows) and not _kept(handler):
        for case in cases(handler, ("sql",), judging.sql):
            if judging.whole_statement(case.flow) and case.verdict is not Verdict.PARTLY and not case.flow.guards:
                said = named(case.names, "whatever it does", "whatever they do")
                yield finding(case, f"`{tool.name}` says that it only reads, and runs {said}")
    for call in handler.calls:
        if not call.target.endswith(".aggregate"):
            continue
        given = _pipeline(call, tool)
        if given and not _leaves_out(handler, call, given):
            at = next(arg.value for arg in call.expr.args if _is(arg.value, given))
            said = f"`{tool.name}` says that it only reads, and " if promised else ""
            yield Finding(
                call.place.part(Span(at.start, at.end)),
                f"{said}`{given}` may hold `$out` or `$merge`, which write",
                detail=given,
                severity=None if promised else Severity.INFORMATION,
            )


def _is(value: object, name: str) -> bool:
    return isinstance(value, Name) and value.id == name


def _promises(tool: Tool) -> bool:
    """Whether a tool says that it only reads: by its hint, its name or its description."""
    hint = tool.annotations.get("readOnlyHint") if tool.annotations is not None else None
    if hint is not None:
        return hint.value is True
    said = words(tool.name)
    if "readonly" in "".join(said):
        return True
    if said[:1] == ("read",) and not _STATEMENTS.isdisjoint(said):
        return True
    return tool.description is not None and _SAYS.search(tool.description.value) is not None


_STATEMENTS = frozenset(("query", "sql", "statement", "cypher"))
_SAYS = pattern(
    r"(?i)\bread[- ]?only (?:\w+ )?(?:SQL|SELECT|query|queries|statements?|cypher)|\bonly SELECT\b|\bSELECT[- ]only\b"
    r"|\bSELECT (?:queries|statements) only|only (?:allows? )?(?:SELECT|read[- ]?only)|(?:does not|cannot|never) "
    r"(?:modif\w+|change|write)"
)


def _kept(handler: Handler) -> bool:
    """Whether something on the way keeps what is said: the database is to refuse, a function judges statements, or
    one that the tool leads to has to do with a mode in which nothing is written."""
    here = handler.function.unit
    if ENFORCED.search(here.key) or any(_JUDGES.search(call.target) for call in handler.calls):
        return True
    others = dict.fromkeys(call.unit for call in handler.calls if call.unit is not here)
    return any(ENFORCED.search(unit.key) or _MODE.search(unit.key) for unit in others)


_MODE = pattern(r"(?i)read_?only(?!hint)")
_JUDGES = pattern(
    r"(?i)read_?only|(?:is|check|validate|assert|ensure|verify|guard|sanitize|classify|analy[sz]e|parse)_?\w*"
    r"(?:sql|query|statement|select|safe|read|cypher)|is_?select|forbid|not_?allowed|explain"
)


def _pipeline(call: Call, tool: Tool) -> str:
    """The argument of the tool that an aggregation is given as its stages."""
    chosen = {each.name for each in tool.parameters if not _STAGES.isdisjoint(words(each.name))}
    return next((arg.value.id for arg in call.expr.args if isinstance(arg.value, Name) and arg.value.id in chosen), "")


_STAGES = frozenset(("pipeline", "stages"))


def _leaves_out(handler: Handler, call: Call, given: str) -> bool:
    """Whether somebody looks for what writes, or a function judges the stages first."""
    if any(word in text for text in (handler.function.unit.key, call.unit.key) for word in ("$out", "$merge")):
        return True
    return any(
        not _JUDGING.isdisjoint(words(other.target.rpartition(".")[2]))
        and any(_is(arg.value, given) for arg in other.expr.args)
        for other in handler.calls
    )


_JUDGING = frozenset(("check", "validate", "assert", "ensure", "verify", "guard", "reject", "allowed", "safe", "is"))
