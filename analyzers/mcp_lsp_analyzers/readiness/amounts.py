"""Answers that grow with the data, and data that is answered as text."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Call, Return
from ..flow import Handler
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import body, holds, sites

_SELECT = pattern(r"(?is)\s*SELECT\b(?!\s+(?:COUNT|SUM|AVG|MIN|MAX|1|TOP)\b).*\bFROM\s+\w")
_LIMITED = pattern(
    r"(?i)\b(?:LIMIT|FETCH\s+(?:FIRST|NEXT)|WHERE|GROUP\s+BY|TOP|sqlite_master|information_schema|pg_\w+)\b"
)
_ALL_ROWS = frozenset(("fetchall", "all", "rows", "fetch_all"))


@rule(
    "MCP909",
    severity=Severity.INFORMATION,
    references=("CWE-770", "CoSAI MCP-T10", "HEUR-012", "MCTS-T-1043"),
    bad='''
    import sqlite3

    db = sqlite3.connect("/srv/notes.db")


    @mcp.tool()
    def notes() -> str:
        """Titles of all notes."""
        rows = db.execute("SELECT title FROM notes ORDER BY title").fetchall()
        #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ every row there is goes into the answer
        return "\\n".join(title for (title,) in rows)
    ''',
    good='''
    import sqlite3

    db = sqlite3.connect("/srv/notes.db")


    @mcp.tool()
    def notes(page: int = 0) -> str:
        """Titles of the notes, a hundred at a time. `page` counts from 0."""
        rows = db.execute("SELECT title FROM notes ORDER BY title LIMIT 100 OFFSET ?", (page * 100,)).fetchall()
        return "\\n".join(title for (title,) in rows)
    ''',
)  # fmt: skip
def answer_of_any_length(handler: Handler) -> Iterator[Finding]:
    """A handler answers with every row of a table.

    What a tool answers goes into the model's context. A table that has ten rows on the day the tool is written has ten
    thousand a year later: the answer is cut off, or displaces everything else the model knows.

    Answer a page at a time, and let the model ask for the next.
    """
    if handler.tool is None or not any(call.target.rpartition(".")[2] in _ALL_ROWS for call in handler.calls):
        return
    for call in handler.calls:
        if call.target.rpartition(".")[2] not in ("execute", "prepare", "query") or not call.arguments:
            continue
        statement = call.arguments[0]
        if isinstance(statement.value, str) and _SELECT.match(statement.value) and not _LIMITED.search(statement.value):
            yield Finding(statement.place, "every row there is goes into the answer")


@rule(
    "MCP910",
    severity=Severity.HINT,
    references=("CWE-1059", "HEUR-008"),
    opinion=True,
    bad='''
    import json


    @mcp.tool()
    def weather(city: str) -> str:
        """Weather of a city. `city` is its English name."""
        return json.dumps({"city": city, "degrees": 21})
        #      ^^^^^^^^^^ data is answered as text: no client knows its fields
    ''',
    good='''
    from typing import TypedDict


    class Weather(TypedDict):
        city: str
        degrees: int


    @mcp.tool()
    def weather(city: str) -> Weather:
        """Weather of a city. `city` is its English name."""
        return {"city": city, "degrees": 21}
    ''',
    typescript=Example(
        bad="""
        server.registerTool("weather", { description: "Weather of London." }, async () => {
          const weather = { city: "London", degrees: 21 };
          return { content: [{ type: "text", text: JSON.stringify(weather) }] };
          //                                       ^^^^^^^^^^^^^^ data is answered as text: no client knows its fields
        });
        """,
        good="""
        import { z } from "zod";

        server.registerTool(
          "weather",
          { description: "Weather of London.", outputSchema: { city: z.string(), degrees: z.number() } },
          async () => {
            const weather = { city: "London", degrees: 21 };
            return { content: [{ type: "text", text: JSON.stringify(weather) }], structuredContent: weather };
          },
        );
        """,
    ),
)  # fmt: skip
def data_answered_as_text(handler: Handler) -> Iterator[Finding]:
    """A tool answers data as text and has no output schema.

    With an output schema clients can check, show and pass on what a tool answers, and the model knows the fields before
    it calls. JSON in a text block is read by nobody but the model, which takes it as it comes.

    Return a typed object (`TypedDict`, a dataclass, a pydantic model), or declare `outputSchema` and answer
    `structuredContent` beside the text.
    """
    tool = handler.tool
    data = [call for call in handler.calls if call.target in ("json.dumps", "JSON.stringify")]
    if tool is None or not data:
        return
    written = {call.expr for call in data}
    for site in body(handler.function, Return):
        if not isinstance(site.node, Return) or site.node.value is None:
            continue
        if not any(holds(site, call.unit, call.expr.start, call.expr.end) for call in data):
            continue
        for inner in sites(site.node.value, site.unit, handler.function, functions=False, kinds=(Call,)):
            if tool.has_output_schema and inner.node is not site.node.value:
                continue  # beside `structuredContent`; what is returned itself has a schema that says "text"
            if inner.node in written:
                callee = inner.node.callee
                place = inner.unit.place(handler.place.uri, handler.place.pointer, callee)
                yield Finding(place, "data is answered as text: no client knows its fields")
                return
