"""Code and templates that a tool argument becomes."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import AllowList, Fix, Replace
from ..flow import Handler, Sink
from ..rule import Example, Finding, Severity, rule
from . import judging
from .telling import Case, cases, finding, named, spelled


@rule(
    "MCP304",
    severity=Severity.ERROR,
    references=(
        "CWE-95", "CWE-94", "CWE-78", "CWE-1336", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI05:2026", "SAFE-T1305",
        "AML.T0050", "CoSAI MCP-T3", "MCTS-T-1003",
    ),
    bad='''
    import subprocess


    @mcp.tool()
    def calculate(expression: str) -> str:
        """Calculate."""
        return str(eval(expression))
        #               ^^^^^^^^^^ `expression` is run as code


    @mcp.tool()
    def notify(text: str) -> None:
        """Show a notification."""
        subprocess.run(["osascript", "-e", f'display notification "{text}"'])
        #                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `text` becomes part of code that is run
    ''',
    good='''
    import ast


    @mcp.tool()
    def calculate(expression: str) -> str:
        """Read a number, a list or a dictionary."""
        return str(ast.literal_eval(expression))
    ''',
    typescript=Example(
        bad='''
        import vm from "node:vm";
        import { z } from "zod";

        const shape = { code: z.string() };

        server.registerTool("calculate", { description: "Calculate.", inputSchema: shape }, async ({ code }) => {
          return { content: [{ type: "text", text: String(vm.runInNewContext(code)) }] };
          //                                                                 ^^^^ `code` is run as code
        });
        ''',
        good='''
        import { z } from "zod";

        const shape = { code: z.string() };

        server.registerTool("calculate", { description: "Calculate.", inputSchema: shape }, async ({ code }) => {
          const result = JSON.parse(code);
          return { content: [{ type: "text", text: String(result) }] };
        });
        ''',
    ),
)  # fmt: skip
def code_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument is run as code or as a template.

    `eval` with empty globals, a new `vm` context and a template environment are no sandboxes: from any object one gets
    to all classes, and from there to the file system. `sympy` and `numexpr` evaluate expressions with `eval`. An
    interpreter that is started with code (`python -c`, `osascript -e`) or reads it from its standard input starts
    programs for it as a shell does.

    Parse what you expect (`ast.literal_eval`, `json.loads`, a parser for arithmetic), or run the code in a process of
    its own that may do nothing.
    """
    for case in cases(handler, ("code", "template"), judging.code):
        template = case.flow.sink.kind == "template"
        if template:
            message = named(case.names, "is run as a template", "are run as a template")
        elif case.flow.how == "whole":
            message = named(case.names, "is run as code", "are run as code")
        else:
            message = named(case.names, "becomes part of code that is run", "become part of code that is run")
        yield finding(case, message, fix=_fix(case))


def _alone(sink: Sink) -> bool:
    """Whether the call is given nothing else: names that code may use, a parser of literals does not take."""
    value, call = sink.place.local, sink.call_place.local
    return value is not None and call is not None and call.end - value.end == 1


def _fix(case: Case) -> Fix | None:
    sink = case.flow.sink
    if sink.call == "eval" and sink.place.uri.endswith((".py", ".pyw")) and case.flow.how == "whole" and _alone(sink):
        return Fix("Parse a literal instead", Replace(sink.callee_place, "ast.literal_eval", "ast"))
    name = spelled(case)
    if name is None or case.flow.steps or case.flow.how != "whole":
        return None
    return Fix("Admit only known expressions", AllowList(sink.place, name, "expressions"))
