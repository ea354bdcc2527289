"""Failures that a tool tells as if they were results."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..fix import Fix, RaiseToolError
from ..flow import Answer, Handler
from ..rule import Example, Finding, Severity, rule


@rule(
    "MCP104",
    severity=Severity.INFORMATION,
    references=("CWE-393",),
    bad='''
    import httpx


    @mcp.tool()
    def temperature(city: str) -> str:
        """Temperature of a city."""
        try:
            return httpx.get("https://api.example.com/t", params={"city": city}).text
        except httpx.HTTPError as error:
            return f"Error: {error}"
    #       ^^^^^^^^^^^^^^^^^^^^^^^^ this failure is answered as a success
    ''',
    good='''
    import httpx
    from mcp.server.fastmcp.exceptions import ToolError


    @mcp.tool()
    def temperature(city: str) -> str:
        """Temperature of a city."""
        try:
            return httpx.get("https://api.example.com/t", params={"city": city}).text
        except httpx.HTTPError as error:
            raise ToolError(f"no temperature for {city}: {error}") from error
    ''',
    typescript=Example(
        bad='''
        server.registerTool("load", { description: "Load the list." }, async () => {
          try {
            return { content: [{ type: "text", text: await (await fetch("https://api.example.com/l")).text() }] };
          } catch (error) {
            return { content: [{ type: "text", text: `Error: ${error}` }] };
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this failure is answered as a success
          }
        });
        ''',
        good='''
        server.registerTool("load", { description: "Load the list." }, async () => {
          try {
            return { content: [{ type: "text", text: await (await fetch("https://api.example.com/l")).text() }] };
          } catch (error) {
            return { content: [{ type: "text", text: `Error: ${error}` }], isError: true };
          }
        });
        ''',
    ),
)  # fmt: skip
def failure_returned_as_success(handler: Handler) -> Iterator[Finding]:
    """A tool answers a failure as if it were a result.

    The protocol has a place for "it did not work": a result with `isError: true`, which the SDKs make of an exception.
    Clients show such a result as failed, count it, retry it, and models are trained to react to it. A text that begins
    with "Error" is a success to all of them: the failure is invisible in every log, and the model may take the text
    for the answer.

    Raise `ToolError` (Python) or return `isError: true` (TypeScript) with a message that says what to do next.
    """
    if handler.tool is None:
        return
    for n, answer in enumerate(handler.answers):
        if not _tells_failure(answer):
            continue
        at = handler.place.uri, handler.place.pointer
        place = answer.unit.place(*at, answer.span)
        yield Finding(
            place,
            "this failure is answered as a success",
            fix=Fix("Report it as an error", RaiseToolError(place, answer.unit.place(*at, answer.value))),
            detail="" if n == 0 else str(n),
        )


def _tells_failure(answer: Answer) -> bool:
    if answer.kind == "text":
        pattern = _failing() if answer.caught else _failed()
        return pattern.match(answer.text) is not None
    if answer.kind == "object":
        keys = {key.lower() for key in answer.keys}
        if "iserror" in keys or "is_error" in keys:
            return False
        if "content" in keys:
            return (_failing() if answer.caught else _failed()).match(answer.text) is not None
        said = keys & {"error", "error_message", "err"}
        if answer.caught:
            return bool(said)
        # Not caught: an object about nothing else than the failure.
        return bool(said) and not keys - _ABOUT_FAILURE
    return False


_ABOUT_FAILURE = frozenset(
    {"error", "error_message", "err", "message", "code", "details", "detail", "status", "success", "ok", "type",
     "error_type", "error_code", "hint", "suggestion", "reason", "traceback"}
)  # fmt: skip


@functools.cache
def _failed() -> re.Pattern[str]:
    """A text that opens by saying it is an error."""
    return re.compile(r"\W*(?:an? )?(?:unexpected |internal |api |http )?(?:error|exception)\b(?!s? (?:count|rate|log))"
                      r"|\W*failed to\b", re.IGNORECASE)  # fmt: skip


@functools.cache
def _failing() -> re.Pattern[str]:
    """Inside an ``except``: a text that says in its first words that something went wrong."""
    return re.compile(
        r"\W*(?:[\w{}'`]+\W+){0,5}?(?:errors?|exception|failed|failure|fail|unable|could not|couldn't|cannot|can't)\b",
        re.IGNORECASE,
    )
