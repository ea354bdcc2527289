"""Failures that nobody hears of."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Call, Catch, Const, Do, Items, Jump, Name, Stmt, Try, flat, last_name
from ..flow import Handler
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from ..walk import sites

# Of these nobody wants to know whether they failed: what is being left is left.
_LEAVING = frozenset(
    """
    close aclose unlink unlinkSync rm rmSync remove rmtree rmdir kill terminate stop abort cancel quit disconnect
    destroy shutdown release end cleanup rollback dispose removeListener logout clear clearTimeout wait join mkdir
    log info debug warn warning error sendLoggingMessage send_log_message report_progress notification
    """.split()  # noqa: SIM905
)
_ALL = frozenset(("Exception", "BaseException"))


@rule(
    "MCP908",
    severity=Severity.INFORMATION,
    references=("CWE-390", "CoSAI MCP-T12", "HEUR-015"),
    bad='''
    from pathlib import Path


    @mcp.tool()
    def search(word: str) -> str:
        """Notes that contain a word."""
        found = []
        for note in Path("/srv/notes").iterdir():
            try:
                if word in note.read_text():
                    found.append(note.name)
            except Exception:
    #       ^^^^^^ whatever fails here, neither the model nor the log is told
                pass
        return "\\n".join(found)
    ''',
    good='''
    import logging
    from pathlib import Path


    @mcp.tool()
    def search(word: str) -> str:
        """Notes that contain a word."""
        found = []
        for note in Path("/srv/notes").iterdir():
            try:
                if word in note.read_text():
                    found.append(note.name)
            except UnicodeDecodeError:
                pass
            except OSError:
                logging.exception("cannot read %s", note)
        return "\\n".join(found)
    ''',
    typescript=Example(
        bad="""
        server.registerTool("save", { description: "Save the note." }, async () => {
          try {
            await fetch("https://api.example.com/notes", { method: "PUT" });
          } catch {}
        //  ^^^^^ whatever fails here, neither the model nor the log is told
          return { content: [{ type: "text", text: "saved" }] };
        });
        """,
        good="""
        server.registerTool("save", { description: "Save the note." }, async () => {
          const answer = await fetch("https://api.example.com/notes", { method: "PUT" });
          return { content: [{ type: "text", text: answer.ok ? "saved" : "refused" }], isError: !answer.ok };
        });
        """,
    ),
)  # fmt: skip
def failure_kept_quiet(handler: Handler) -> Iterator[Finding]:
    """A handler catches whatever fails and goes on as if nothing had.

    The model is told that the work is done, or that nothing was found, and tells its user so. A missing file, a wrong
    password and a mistake in the code look the same, and there is no line in a log to tell them apart.

    Catch what is expected by its type; let the rest reach the client as an error, or log it. What is left behind
    (closing, deleting a temporary file) may fail unheard.
    """
    text = handler.function.unit.key
    if "except" not in text and "catch" not in text:
        return
    for site in sites(handler.function.body, handler.function.unit, handler.function, kinds=(Try,)):
        node = site.node
        assert isinstance(node, Try)
        quiet = [each for each in node.catches if _anything(each) and all(_nothing(s) for s, _ in flat(each.body))]
        if not quiet or not node.body or _only_leaves(node.body):
            continue
        for catch in quiet:
            # "except" and "catch" begin what stands there; a catch of JavaScript starts with its word as well.
            text = site.unit.key[catch.start : catch.start + 6]
            end = catch.start + (6 if text == "except" else 5)
            yield Finding(
                site.unit.place(handler.place.uri, handler.place.pointer, Span(catch.start, end)),
                "whatever fails here, neither the model nor the log is told",
            )


def _anything(catch: Catch) -> bool:
    types = catch.types
    if types is None:
        return True
    listed = types.items if isinstance(types, Items) else [types]
    return any(isinstance(one, Name) and one.id in _ALL for one in listed)


def _nothing(statement: Stmt) -> bool:
    if isinstance(statement, Do):
        return isinstance(statement.value, Const)  # ``...``
    return isinstance(statement, Jump) and statement.kind == "continue"


def _only_leaves(statements: list[Stmt]) -> bool:
    called = [
        site.node.callee  # type: ignore[attr-defined]
        for s, unit in flat(statements)
        for site in sites([s], unit, kinds=(Call,))  # type: ignore[arg-type]
    ]
    names = {last_name(c) for c in called}
    return bool(names) and not names.isdisjoint(_LEAVING)
