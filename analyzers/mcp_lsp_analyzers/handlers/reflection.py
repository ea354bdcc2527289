"""What a tool argument chooses by its words: an expression that is matched, an attribute or module by its name."""

from __future__ import annotations

from collections.abc import Iterator

from ..flow import Handler
from ..rule import Example, Finding, Severity, rule
from . import judging
from .telling import cases, finding, named


@rule(
    "MCP309",
    severity=Severity.INFORMATION,
    references=("CWE-1333", "CWE-400", "MCP05:2025", "LLM10:2025", "LLM06:2026", "CoSAI MCP-T3"),
    bad='''
    import re


    @mcp.tool()
    def count(pattern: str) -> int:
        """Count the matches in the log."""
        with open("/var/log/app.log") as log:
            return len(re.findall(pattern, log.read()))
            #                     ^^^^^^^ `pattern` is matched as a regular expression, which can take forever
    ''',
    good='''
    import re


    @mcp.tool()
    def count(text: str) -> int:
        """Count a text in the log."""
        with open("/var/log/app.log") as log:
            return len(re.findall(re.escape(text), log.read()))
    ''',
    typescript=Example(
        bad='''
        import { readFileSync } from "node:fs";
        import { z } from "zod";

        const shape = { pattern: z.string() };

        server.registerTool("count", { description: "Count.", inputSchema: shape }, async ({ pattern }) => {
          const expression = new RegExp(pattern, "g");
          //                            ^^^^^^^ `pattern` is matched as a regular expression, which can take forever
          const found = readFileSync("/var/log/app.log", "utf8").match(expression);
          return { content: [{ type: "text", text: String(found?.length ?? 0) }] };
        });
        ''',
        good='''
        import { readFileSync } from "node:fs";
        import { z } from "zod";

        const shape = { text: z.string() };

        server.registerTool("count", { description: "Count.", inputSchema: shape }, async ({ text }) => {
          const escaped = text.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&");
          const found = readFileSync("/var/log/app.log", "utf8").match(new RegExp(escaped, "g"));
          return { content: [{ type: "text", text: String(found?.length ?? 0) }] };
        });
        ''',
    ),
)  # fmt: skip
def expression_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument is matched as a regular expression.

    Python's and JavaScript's engines try every way to match: `(a+)+$` takes longer than the universe on a line of
    forty letters, and nothing else is answered meanwhile.

    Search for a fixed text (`re.escape`), use an engine that runs in linear time (`google-re2`, `re2`), or match in
    another process that can be stopped.
    """
    for case in cases(handler, ("regex",), judging.expression):
        message = named(
            case.names,
            "is matched as a regular expression, which can take forever",
            "are matched as a regular expression, which can take forever",
        )
        yield finding(case, message)


@rule(
    "MCP310",
    severity=Severity.INFORMATION,
    references=("CWE-470", "MCP05:2025", "ASI02:2026", "CoSAI MCP-T3"),
    bad='''
    import importlib


    @mcp.tool()
    def plug_in(name: str) -> str:
        """Load a plug-in."""
        module = importlib.import_module(name)
        #                                ^^^^ `name` chooses what is looked up by its name
        return str(module.run())
    ''',
    good='''
    import importlib

    PLUG_INS = {"notes": "notes.plug_ins.notes", "tasks": "notes.plug_ins.tasks"}


    @mcp.tool()
    def plug_in(name: str) -> str:
        """Load a plug-in."""
        module = importlib.import_module(PLUG_INS[name])
        return str(module.run())
    ''',
    typescript=Example(
        bad='''
        import { z } from "zod";

        server.registerTool("load", { description: "Load.", inputSchema: { name: z.string() } }, async ({ name }) => {
          const plugIn = require(name);
          //                     ^^^^ `name` chooses what is looked up by its name
          return { content: [{ type: "text", text: String(plugIn.run()) }] };
        });
        ''',
        good='''
        import { z } from "zod";
        import * as notes from "./notes.js";

        const PLUG_INS = { notes };

        const shape = { name: z.enum(["notes"]) };

        server.registerTool("load", { description: "Load.", inputSchema: shape }, async ({ name }) => {
          const plugIn = PLUG_INS[name];
          return { content: [{ type: "text", text: String(plugIn.run()) }] };
        });
        ''',
    ),
)  # fmt: skip
def name_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument names the attribute or module that is used.

    Every attribute of an object can be named, `__class__` and what the author never meant to offer too; loading a
    module runs it.

    Look the name up in a table of what may be used, or put a fixed prefix in front that nothing else has.
    """
    for case in cases(handler, ("reflect",), judging.reflected):
        message = named(case.names, "chooses what is looked up by its name", "choose what is looked up by their names")
        yield finding(case, message)
