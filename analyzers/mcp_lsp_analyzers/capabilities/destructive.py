"""What a tool destroys, and whether its hints say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Union

from ..code import Name
from ..effects import DELETES, DELETING, TEMPORARY, decides
from ..fix import Annotate, Fix
from ..flow import Call, Flow, Handler
from ..model import Tool
from ..place import Place
from ..record import NamedTuple
from ..rule import Example, Finding, Related, Severity, rule


class _Effect(NamedTuple):
    """``verb`` as in "`name` <verb>"; ``how``: the API or the word of the name that tells; ``place``: where, if in
    code."""

    verb: str
    how: str
    place: Place | None


@rule(
    "MCP501",
    severity=Severity.INFORMATION,
    references=("CWE-356", "MCP02:2025", "LLM06:2025", "LLM03:2026", "ASI02:2026", "SAFE-T2101", "AML.T0101",
                "CoSAI MCP-T9", "MCTS-T-1006"),
    bad='''
    import os


    @mcp.tool()
    def tidy(name: str) -> str:
    #   ^^^^ `tidy` deletes (`os.remove`) and has no `destructiveHint`
        """Take a note out of the archive."""
        os.remove("/srv/notes/today.md")
        return name
    ''',
    good='''
    import os
    from mcp.types import ToolAnnotations


    @mcp.tool(annotations=ToolAnnotations(destructiveHint=True))
    def tidy(name: str) -> str:
        """Take a note out of the archive."""
        os.remove("/srv/notes/today.md")
        return name


    @mcp.tool()
    def list_deleted_notes() -> str:
        """Names of the notes that were deleted."""
        return ""
    ''',
    typescript=Example(
        bad='''
        server.registerTool("delete_note", { description: "Take a note out." }, async () => ({ content: [] }));
        //                  ^^^^^^^^^^^^^ `delete_note` is named for deleting and has no `destructiveHint`
        ''',
        good='''
        server.registerTool(
          "delete_note",
          { description: "Take a note out.", annotations: { destructiveHint: true } },
          async () => ({ content: [] }),
        );
        ''',
    ),
)  # fmt: skip
def destructive_tool_without_hint(tool: Union[Tool, Handler]) -> Iterator[Finding]:
    """A tool that destroys something does not say so.

    Clients ask before they run a tool, or do not, by its hints. `destructiveHint` is true by default, so a missing one
    is not wrong, but it tells nothing: clients cannot tell the tool that deletes from the ninety that merely lack hints
    too, directories of servers refuse such tools, and users allow them all at once.

    Set `destructiveHint: true` here, and `readOnlyHint: true` or `destructiveHint: false` on tools that are harmless.
    """
    subject = _subject(tool)
    hints = None if subject is None else subject.annotations
    if hints is not None:
        if not hints.complete or hints.get("destructiveHint") is not None:
            return
        read_only = hints.get("readOnlyHint")
        if read_only is not None and read_only.value is not False:
            return
    effect = _effect(tool, subject)
    if subject is None or effect is None:
        return
    told = f"({effect.how})" if effect.place else ""
    yield Finding(
        subject.place,
        " ".join(filter(None, (f"`{subject.name}`", effect.verb, told, "and has no `destructiveHint`"))),
        fix=Fix("Say that it is destructive", Annotate(subject.declared, subject.name, (("destructiveHint", True),))),
        related=(Related(effect.place, f"`{subject.name}` {effect.verb} here"),) if effect.place else (),
    )


@rule(
    "MCP502",
    severity=Severity.WARNING,
    references=("CWE-451", "CWE-356", "MCP02:2025", "MCP03:2025", "LLM06:2025", "LLM03:2026", "ASI09:2026",
                "SAFE-T1406", "CoSAI MCP-T9", "MCTS-T-1006"),
    bad='''
    import shutil
    from mcp.types import ToolAnnotations


    @mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))
    #                                     ^^^^^^^^^^^^^^^^^ …, but `purge` deletes (`shutil.rmtree`)
    def purge(name: str) -> str:
        """Free some space."""
        shutil.rmtree("/srv/cache")
        return name
    ''',
    good='''
    import shutil
    from mcp.types import ToolAnnotations


    @mcp.tool(annotations=ToolAnnotations(readOnlyHint=False, destructiveHint=True))
    def purge(name: str) -> str:
        """Free some space."""
        shutil.rmtree("/srv/cache")
        return name
    ''',
    typescript=Example(
        bad='''
        server.registerTool(
          "delete_note",
          { description: "Take a note out.", annotations: { destructiveHint: false } },
          //                                                ^^^^^^^^^^^^^^^^^^^^^^
          async () => ({ content: [] }),
        );
        ''',
        good='''
        server.registerTool(
          "get_deleted_note",
          { description: "A deleted note.", annotations: { readOnlyHint: true } },
          async () => ({ content: [] }),
        );
        ''',
    ),
)  # fmt: skip
def hint_denies_effect(tool: Union[Tool, Handler]) -> Iterator[Finding]:
    """A hint denies what the tool does.

    Clients run tools with `readOnlyHint: true` or `destructiveHint: false` without asking, often after a single "allow
    all read-only tools". A tool that deletes or overwrites behind such a hint does it unseen.

    Correct the hint, or move the change into a tool of its own.
    """
    subject = _subject(tool)
    if subject is None or subject.annotations is None:
        return
    for name, denies in (("readOnlyHint", True), ("destructiveHint", False)):
        hint = subject.annotations.get(name)
        if hint is None or hint.value is not denies:
            continue
        effect = _effect(tool, subject)
        if effect is None:
            return
        told = f" ({effect.how})" if effect.place else ""
        yield Finding(
            hint.place,
            f"`{name}` is {str(denies).lower()}, but `{subject.name}` {effect.verb}{told}",
            fix=Fix("Correct the hints", Annotate(
                subject.declared, subject.name, (("readOnlyHint", False), ("destructiveHint", True))
            )),
            related=(Related(effect.place, f"`{subject.name}` {effect.verb} here"),) if effect.place else (),
        )  # fmt: skip
        return


def _subject(tool: Union[Tool, Handler]) -> Tool | None:
    """The tool that is judged: one whose handler is known is judged once, as the handler."""
    if isinstance(tool, Handler):
        return tool.tool
    return tool if tool.function is None else None


def _effect(tool: Union[Tool, Handler], subject: Tool | None) -> _Effect | None:
    """What it destroys: by what its handler does, else by its name."""
    if subject is None:
        return None
    return (_by_code(tool) if isinstance(tool, Handler) else None) or _by_name(subject)


# ---------------------------------------------------------------- by what the handler does

_ALSO = frozenset({"requests.delete", "httpx.delete", "axios.delete", "axios.AxiosInstance.delete", "del"})
"""Beside files."""
_CLIENTS = ("httpx.Client()", "httpx.AsyncClient()", "requests.Session()", "requests.session()",
            "aiohttp.ClientSession()")  # fmt: skip
_STATEMENT = r"\s*(?:DELETE\s+FROM|DROP\s+\w+|TRUNCATE)\b"
# One file that no argument names, taken away by another file's function, is the server's own: a lock, a cache, a token
# that has run out. What an argument names is found by where the argument goes.
_ONE_FILE = frozenset({
    "os.remove", "os.unlink", "fs.unlink", "fs.unlinkSync", "fs.promises.unlink", "aiofiles.os.remove", "unlink",
    "unlinkSync",
})  # fmt: skip
# What a model-chosen value reaching a sink lets it do.
_SINKS = {
    "shell": "runs any command", "program": "runs any program", "code": "runs any code", "path-write": "writes files",
}  # fmt: skip


def _by_code(handler: Handler) -> _Effect | None:
    # A handler that makes temporary files deletes those.
    if not any(call.target.startswith(TEMPORARY) for call in handler.calls):
        for call in handler.calls:
            how = _deletes(call)
            if how and not (how in _ONE_FILE and call.uri != handler.place.uri) and not _made_by_itself(handler, call):
                return _Effect("deletes", f"`{how}`", call.callee_place)
    for flow in handler.flows:
        verb = _SINKS.get(flow.sink.kind)
        if flow.sink.kind == "path-write":
            if flow.sink.call in DELETES or flow.sink.call.rpartition(".")[2] in DELETING:
                verb = "deletes files"
            elif not _overwrites(handler, flow):
                continue
        if verb and decides(flow):
            return _Effect(verb, f"`{flow.sink.call}`", flow.sink.call_place)
    return None


def _made_by_itself(handler: Handler, call: Call) -> bool:
    """Whether what is deleted is what the same code makes: the beginning of a download that broke off, or (in another
    file, where it is a cache) a folder that is filled anew."""
    first = call.expr.positional(0)
    making = _BEGINS if call.uri == handler.place.uri else _BEGINS | _FILLS
    return isinstance(first, Name) and any(
        other.uri == call.uri
        and other.target.rpartition(".")[2] in making
        and any(isinstance(arg.value, Name) and arg.value.id == first.id for arg in other.expr.args[:2])
        for other in handler.calls
    )


_BEGINS = frozenset({"createWriteStream"})
_FILLS = frozenset({
    "mkdir", "mkdirSync", "makedirs", "ensureDir", "rename", "renameSync", "move", "copytree", "cp", "cpSync",
})  # fmt: skip

_OVERWRITES = frozenset({
    "open", "write_text", "write_bytes", "writeFile", "writeFileSync", "createWriteStream", "truncate", "truncateSync",
    "rename", "renameSync", "replace", "move",
})  # fmt: skip


def _overwrites(handler: Handler, flow: Flow) -> bool:
    """Whether what stood there before is lost: not when a folder is made or something is appended."""
    if flow.sink.call.rpartition(".")[2] not in _OVERWRITES:
        return False
    for call in handler.calls:
        if call.place == flow.sink.call_place:
            mode = call.argument("mode", "flag", "0" if flow.sink.call.startswith("pathlib.") else "1")
            return mode is None or not isinstance(mode.value, str) or not {"a", "x"} & set(mode.value[:2])
    return True


def _deletes(call: Call) -> str | None:
    target = call.target
    if target in DELETES or target in _ALSO or (target.endswith(".delete") and target[: -len(".delete")] in _CLIENTS):
        return target
    last = target.rpartition(".")[2]
    if last in DELETING:
        return last
    if last in ("execute", "executemany", "query", "run", "exec") and call.arguments:
        statement = call.arguments[0].value
        if isinstance(statement, str) and re.match(_STATEMENT, statement, re.IGNORECASE):
            return " ".join(statement.split()[:2]).upper()
    if last == "fetch":
        for argument in call.arguments[1:2]:
            if argument.value == "DELETE":
                return "fetch"
    return None


# ---------------------------------------------------------------- by name

_DESTROYS = {
    "delete": "deleting", "remove": "removing", "destroy": "destroying", "drop": "dropping", "purge": "purging",
    "wipe": "wiping", "erase": "erasing", "truncate": "truncating", "uninstall": "uninstalling",
    "overwrite": "overwriting", "terminate": "terminating", "kill": "killing", "revoke": "revoking",
    "rm": "removing", "rmdir": "removing", "del": "deleting", "unlink": "deleting", "decommission": "decommissioning",
}  # fmt: skip
# A verb in front that only reads or prepares: "list_deleted_items", "preview_delete", "can_delete".
_HARMLESS = frozenset(
    """
    get list read search find fetch show describe check count view query lookup look inspect preview validate verify
    explain compare is has can undo restore recover cancel create add new make generate render export estimate plan
    dry suggest detect analyze analyse drag
    """.split()  # noqa: SIM905
)
# What can be removed without loss: "remove_background" makes a new picture.
_PART_OF_A_VALUE = frozenset(
    """
    background noise duplicates duplicate whitespace formatting punctuation html tags stopwords silence watermark
    accents prefix suffix outliers nulls filter filters highlight reaction
    """.split()  # noqa: SIM905
)


def _by_name(tool: Tool) -> _Effect | None:
    if not tool.name_complete:
        return None
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", " ", tool.name).lower().split()
    for i, word in enumerate(words):
        if word in _HARMLESS:
            return None
        doing = _DESTROYS.get(word)
        if doing:
            if word in ("remove", "drop", "truncate") and not _PART_OF_A_VALUE.isdisjoint(words[i + 1 :]):
                return None
            return _Effect(f"is named for {doing}", word, None)
    return None
