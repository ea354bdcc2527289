"""Database statements that a tool argument becomes part of."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import BindParameters, Fix
from ..flow import Handler
from ..rule import Example, Finding, Severity, rule
from . import judging
from .telling import cases, finding, handed_on, named


@rule(
    "MCP307",
    severity=Severity.ERROR,
    references=(
        "CWE-89", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI02:2026", "SAFE-T1803", "CoSAI MCP-T3", "MCTS-T-1043",
    ),
    bad='''
    import sqlite3

    database = sqlite3.connect("shop.db")


    @mcp.tool()
    def orders(customer: str) -> list:
        """Orders of a customer."""
        return database.execute(f"SELECT id FROM orders WHERE customer = '{customer}'").fetchall()
        #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ …
    ''',
    good='''
    import sqlite3

    database = sqlite3.connect("shop.db")
    COLUMNS = ("id", "day")


    @mcp.tool()
    def orders(customer: str, order: str) -> list:
        """Orders of a customer."""
        if order not in COLUMNS:
            raise ValueError("no such column")
        return database.execute(f"SELECT id FROM orders WHERE customer = ? ORDER BY {order}", (customer,)).fetchall()
    ''',
    typescript=Example(
        bad='''
        import { Pool } from "pg";
        import { z } from "zod";

        const pool = new Pool();

        const shape = { name: z.string() };

        server.registerTool("orders", { description: "Orders.", inputSchema: shape }, async ({ name }) => {
          const { rows } = await pool.query(`SELECT id FROM orders WHERE name = '${name}'`);
          //                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `name` becomes part of …
          return { content: [{ type: "text", text: JSON.stringify(rows) }] };
        });
        ''',
        good='''
        import { Pool } from "pg";
        import { z } from "zod";

        const pool = new Pool();

        const shape = { name: z.string() };

        server.registerTool("orders", { description: "Orders.", inputSchema: shape }, async ({ name }) => {
          const { rows } = await pool.query("SELECT id FROM orders WHERE name = $1", [name]);
          return { content: [{ type: "text", text: JSON.stringify(rows) }] };
        });
        ''',
    ),
)  # fmt: skip
def sql_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument becomes part of a database statement.

    A quote in the argument ends the string it stands in, and what follows is the statement's: other tables are read,
    rows are deleted, on some databases programs are started.

    Bind values as parameters. Names of tables and columns cannot be bound: admit only known ones.

    A tool that takes a whole statement as its purpose is information: give it a user that may only read, because
    looking at the first word of the statement does not keep it from writing. So is what becomes part of another
    statement of such a tool; where another tool of the server is made for statements, it is a warning. In the search
    of another service (`name contains '…'`), write a backslash in front of backslashes and quotes.
    """
    for case in cases(handler, ("sql",), judging.sql):
        if judging.whole_statement(case.flow):
            message = named(case.names, "is run as a database statement", "are run as database statements")
            yield finding(case, message, Severity.INFORMATION)
        elif judging.searched(case.flow):
            message = named(
                case.names, "can end the text that is searched for", "can end the text that is searched for"
            )
            yield finding(case, message, Severity.INFORMATION)
        elif judging.graphql(case.flow):
            message = named(case.names, "becomes part of a GraphQL document", "become part of a GraphQL document")
            yield finding(case, message, Severity.WARNING)
        else:
            message = named(case.names, "becomes part of an SQL statement", "become part of an SQL statement")
            sink = case.flow.sink
            fix = Fix("Bind the values as parameters", BindParameters(sink.call_place, sink.place))
            severity = None
            if _takes_statements(handler, sink.call):
                severity = Severity.INFORMATION
            elif handler.server.takes_statements:
                severity = Severity.WARNING
            yield finding(case, message, severity, None if handed_on(case) else fix)


def _takes_statements(handler: Handler, call: str) -> bool:
    """Whether whoever calls the tool may hand the same function a statement of their own, whatever is in it."""
    return any(
        flow.sink.kind == "sql"
        and flow.sink.call == call
        and judging.whole_statement(flow)
        and judging.sql(flow) is not judging.Verdict.SAFE
        for flow in handler.flows
    )
