"""Stack traces in what a handler answers."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Choice, Expr, Function, If, Name, Return, Unit, last_name
from ..flow import Handler
from ..identifier import words
from ..rule import Example, Finding, Severity, rule
from ..walk import body, sites
from .values import name_of, origins


@rule(
    "MCP435",
    severity=Severity.INFORMATION,
    references=("CWE-209", "CWE-200", "MCP10:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    bad='''
    import json
    import logging
    import traceback

    log = logging.getLogger(__name__)


    @mcp.tool()
    def count(folder: str) -> str:
        """Count the notes in a folder."""
        try:
            return str(notes_in(folder))
        except OSError as error:
            log.exception("count")
            return json.dumps({"error": str(error), "trace": traceback.format_exc()})
    #                                                        ^^^^^^^^^^^^^^^^^^^^^^ the stack trace goes into the answer
    ''',
    good='''
    import logging

    from mcp.server.fastmcp.exceptions import ToolError

    log = logging.getLogger(__name__)


    @mcp.tool()
    def count(folder: str) -> str:
        """Count the notes in a folder."""
        try:
            return str(notes_in(folder))
        except OSError as error:
            log.exception("count")
            raise ToolError(f"{folder} cannot be read: list the folders first") from error
    ''',
    typescript=Example(
        bad="""
        server.registerTool("count", { description: "Count the notes." }, async () => {
          try {
            return { content: [{ type: "text", text: await count() }] };
          } catch (error) {
            return { isError: true, content: [{ type: "text", text: `${error.message} ${error.stack}` }] };
            //                                                                          ^^^^^^^^^^^ … goes into …
          }
        });
        """,
        good="""
        server.registerTool("count", { description: "Count the notes." }, async () => {
          try {
            return { content: [{ type: "text", text: await count() }] };
          } catch (error) {
            console.error(error.stack);
            return { isError: true, content: [{ type: "text", text: "the notes cannot be read" }] };
          }
        });
        """,
    ),
)  # fmt: skip
def trace_in_answer(handler: Handler) -> Iterator[Finding]:
    """A handler answers with a stack trace.

    It shows whoever calls paths of the computer, names inside the program and versions of its libraries, and a model
    that gets thirty lines of them has less room for the rest. What to do next it does not say.

    Write the trace to the log, and answer with a sentence that says what was wrong with the call.
    """
    if handler.of.name in ("tools/call", "resources/read") and handler.tool is None:
        return
    function = handler.function
    text = function.unit.key
    if "format_" not in text and "stack" not in text:
        return
    everything = body(function)
    shown = [site.node for site in everything if isinstance(site.node, If) and _for_developers(site.node.test)]
    for site in everything:
        node = site.node
        if not isinstance(node, Return) or node.value is None:
            continue
        if any(one.start <= node.start and node.end <= one.end for one in shown if isinstance(one, If)):
            continue
        found = _trace(node.value, site.unit, function)
        if found is not None:
            place = site.unit.place(handler.place.uri, handler.place.pointer, found)
            yield Finding(place, "the stack trace goes into the answer", detail=name_of(found))


def _trace(value: Expr, unit: Unit, function: Function) -> Expr | None:
    inner = sites(value, unit, function, functions=False)
    if any(isinstance(site.node, Choice) and _for_developers(site.node.test) for site in inner):
        return None
    for site in inner:
        node = site.node
        if _is_trace(node):
            return node  # type: ignore[return-value]
        if isinstance(node, Name) and any(_is_trace(one) for one in origins(node, function)):
            return node
    return None


def _is_trace(node: object) -> bool:
    """``traceback.format_exc()``, ``error.stack``"""
    if isinstance(node, Call):
        return last_name(node.callee) in ("format_exc", "format_exception", "format_tb")
    return isinstance(node, Attr) and node.name == "stack" and not _CAUGHT.isdisjoint(words(name_of(node.value)))


_CAUGHT = frozenset(("e", "err", "error", "ex", "exc", "exception", "reason", "cause"))


def _for_developers(test: Expr) -> bool:
    names = (test, *([test.value] if isinstance(test, Attr) else []))
    return any(not _DEVELOPERS.isdisjoint(words(name_of(one))) for one in names)


_DEVELOPERS = frozenset(("debug", "verbose", "development", "dev", "trace", "stack", "traceback", "details"))
