"""Arguments and results of a tool that admit other values than what was approved."""

from __future__ import annotations

from collections.abc import Iterator

from ..changes import Reshaped
from ..rule import Example, Finding, Severity, rule

_REFERENCES = ("CWE-20", "CWE-345", "MCP03:2025", "SAFE-T1201", "AML.T0109", "CoSAI MCP-T3", "CoSAI MCP-T6",
               "MCTS-T-1013")  # fmt: skip


@rule(
    "MCP703",
    severity=Severity.WARNING,
    references=_REFERENCES,
    approved='''
    from typing import Literal


    @mcp.tool()
    def restart(service: Literal["web", "mail"]) -> str:
        """Restart a service."""
        return service
    ''',
    bad='''
    @mcp.tool()
    def restart(service: str) -> str:
    #           ^^^^^^^ `restart`: `service` takes any text, not only "web" or "mail"
        """Restart a service."""
        return service
    ''',
    good='''
    from typing import Literal


    @mcp.tool()
    def restart(
        service: Literal["mail", "web"],
    ) -> str:
        """Restart a service."""
        return service
    ''',
    typescript=Example(
        approved='''
        import { z } from "zod";
        server.registerTool("look_up", { description: "Look up.", inputSchema: { id: z.string().regex(/^[a-z]+$/) } },
          async ({ id }) => ({ content: [] }));
        ''',
        bad='''
        import { z } from "zod";
        server.registerTool("look_up", { description: "Look up.", inputSchema: { id: z.string() } },
        //                                                                       ^^ …`id` need not match…
          async ({ id }) => ({ content: [] }));
        ''',
        good='''
        import { z } from "zod";
        server.registerTool(
          "look_up",
          { description: "Look up.", inputSchema: { id: z.string().regex(/^[a-z]+$/) } },
          async ({ id }) => ({ content: [] }),
        );
        ''',
    ),
)  # fmt: skip
def schema_loosened_since_approval(schema: Reshaped) -> Iterator[Finding]:
    """An argument takes values that it did not take when the tool was approved.

    A closed set, a pattern or a bound is often all that stands between a model's choice and what the handler does with
    it, and what made the tool harmless to whoever approved it.

    Check what the handler does with the new values. If they are meant, approve them: `mcp-lsp approve`.
    """
    if schema.wider:
        yield Finding(schema.place, f"{schema.of}: {schema.said}", detail=schema.said)


@rule(
    "MCP704",
    severity=Severity.INFORMATION,
    references=_REFERENCES,
    approved='''
    @mcp.tool()
    def find(query: str, limit: int = 5) -> str:
        """Find notes."""
        return query
    ''',
    bad='''
    @mcp.tool()
    def find(query: str, limit: int = 50) -> str:
    #                    ^^^^^ `find`: `limit` is 50 where it is left out, and was 5
        """Find notes."""
        return query
    ''',
    good='''
    @mcp.tool()
    def find(query: str, limit: int = 5) -> str:
        """Find notes."""
        return query[:limit]
    ''',
)  # fmt: skip
def schema_changed_since_approval(schema: Reshaped) -> Iterator[Finding]:
    """A tool's arguments or results are others than when it was approved.

    Clients that cached the listing, prompts that name an argument, and programs that read a result go by what was
    there.

    If it is meant, approve it: `mcp-lsp approve`. The setting `drift-sensitivity = "loose"` leaves such changes alone.
    """
    if not schema.wider and schema.sensitivity != "loose":
        yield Finding(
            schema.place,
            f"{schema.of}: {schema.said}",
            detail=schema.said,
            severity=Severity.WARNING if schema.sensitivity == "strict" else None,
        )
