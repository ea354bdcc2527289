"""Code actions: offered for what stands at the cursor, made on the text as it is when one is chosen.

An action carries what it is about (rule, fingerprint, kind of help) and no edit. Whoever chooses it later gets the edit
for the text of that moment, or is told that the finding is gone: an edit from before would hit the wrong characters.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Union

from lsprotocol import types

from mcp_lsp.assist import fixes
from mcp_lsp.check import Analysis, Diagnostic
from mcp_lsp.syntax import Change, Document
from mcp_lsp.uri import from_path
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Span

from . import convert
from .client import Client

if TYPE_CHECKING:
    from .documents import Open

FIX_ALL = "source.fixAll.mcp-lsp"
QUICK = types.CodeActionKind.QuickFix


def around(analysis: Analysis, start: int, end: int) -> list[Diagnostic]:
    """The diagnostics that touch a stretch of text."""
    found = []
    for diagnostic in analysis.diagnostics:
        span = diagnostic.finding.place.span
        if span is not None and span.start <= end and start <= span.end:
            found.append(diagnostic)
    return found


def offer(opened: Open, params: types.CodeActionParams, client: Client) -> list[types.CodeAction]:
    """What can be done here. A fix that cannot be written out on this text is not offered."""
    analysis = opened.analysis
    assert analysis is not None
    only = params.context.only
    offered: list[types.CodeAction] = []
    if wanted(QUICK, only):
        span = convert.span_of(opened.document, _plain(params.range), client.encoding)
        found = around(analysis, span.start, span.end)
        safe = []
        for diagnostic in found:
            fix = diagnostic.finding.fix
            if fix is not None and _rendered(opened, diagnostic) is not None:
                offered.append(_action(opened, diagnostic, "fix", fix.title, client, params))
                safe += offered[-1:] if fix.safe else []
        if len(safe) == 1:
            safe[0].is_preferred = True
        for diagnostic in {d.rule.name: d for d in reversed(found)}.values():
            offered += _about(opened, diagnostic, client, params)
    if only is not None and wanted(FIX_ALL, only):
        if any(_fixable(diagnostic) for diagnostic in analysis.diagnostics):
            data = {"uri": opened.uri, "help": "all"}
            offered.append(types.CodeAction(title="Fix all that is safe to fix", kind=FIX_ALL, data=data))
    return offered


def _about(
    opened: Open, diagnostic: Diagnostic, client: Client, params: types.CodeActionParams
) -> Iterator[types.CodeAction]:
    """What can be done about a rule: accept its finding, mend all of them, or do without it."""
    analysis, name = opened.analysis, diagnostic.rule.name
    assert analysis is not None

    def action(help: str, title: str) -> types.CodeAction:
        return _action(opened, diagnostic, help, title, client, params)

    allows = fixes.allows(opened.document)
    if allows:
        yield action("suppress", f"Allow {name} here, with a reason")
    if sum(_fixable(each, name) for each in analysis.diagnostics) > 1:
        yield action("all", f"Fix all {name} in this file")
    if _fixable(diagnostic) and client.folders and client.applies:
        everywhere = action("everywhere", f"Fix all {name} in the workspace")
        everywhere.data = None
        everywhere.command = types.Command(everywhere.title, "mcp-lsp.fixEverywhere", arguments=[{"rule": name}])
        yield everywhere
    if allows:
        yield action("suppress file", f"Allow {name} in this file, with a reason")
    if client.folders and client.versioned:
        yield action("off", f"Turn {name} off in the project's settings")


def _fixable(diagnostic: Diagnostic, rule: str = "") -> bool:
    fix = diagnostic.finding.fix
    return fix is not None and fix.safe and rule in ("", diagnostic.rule.name)


def resolve(opened: Open, action: types.CodeAction, client: Client) -> Union[types.CodeAction, str]:
    """The action with its edit on the current text; or why there is none."""
    if action.command is not None:
        return action
    data: dict[str, Any] = action.data if isinstance(action.data, dict) else {}
    analysis = opened.analysis
    assert analysis is not None
    assert analysis.module is not None
    changes: Sequence[Change] | None
    if data.get("help") == "off":
        return _turn_off(opened, action, str(data.get("rule")), client)
    if data.get("help") == "all":
        changes = fixed(opened, str(data.get("rule") or ""))
        if not changes:
            return "nothing is left that can be fixed safely"
    else:
        found = _found(analysis, data, client)
        if found is None:
            return "the finding is gone: the text was changed since"
        if data.get("help") == "suppress":
            span = found.finding.place.span
            start = span.start if span is not None else 0
            changes = fixes.suppress(analysis.document, analysis.module, start, found.rule.name, REASON)
        elif data.get("help") == "suppress file":
            changes = fixes.suppress_file(analysis.document, found.rule.name, REASON)
        else:
            changes = _rendered(opened, found)
        if not changes:
            return "this cannot be done on the text as it is now"
        if not _helps(opened, found, changes):
            return "what could be written here would not remove the finding"
    action.edit = _edit(opened.document, changes, client)
    return action


REASON = "why this is all right"
"""What the author is to write over."""


def _turn_off(opened: Open, action: types.CodeAction, rule: str, client: Client) -> Union[types.CodeAction, str]:
    """The edit of the settings file that decides about this document, or of one that is made."""
    from mcp_lsp.assist.turning_off import turned_off

    path, text = opened.settings_file()
    if text is None and not client.creates:
        return f"{path} does not exist, and this editor makes no files on demand"
    document = Document(from_path(path), text or "", None)
    change = turned_off(document.text, rule, pyproject=os.path.basename(path) == "pyproject.toml")
    if change is None:
        return f"this cannot be written into {path} as it is"
    action.edit = _edit(document, [change], client)
    if text is None:
        assert action.edit.document_changes is not None
        action.edit.document_changes = [types.CreateFile(uri=document.uri), *action.edit.document_changes]
    return action


def range_of(document: Document, span: Span | None, encoding: str) -> types.Range:
    found = convert.range_of(document, span, encoding)
    return types.Range(types.Position(**found["start"]), types.Position(**found["end"]))


# ---------------------------------------------------------------- how


def wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether a client that asks for some kinds (``None``: any) wants this one; ``source`` has all below it."""
    return only is None or any(kind == one or kind.startswith(f"{one}.") or one == "" for one in only)


def _action(
    opened: Open,
    diagnostic: Diagnostic,
    help: str,
    title: str,
    client: Client,
    params: types.CodeActionParams,
) -> types.CodeAction:
    where = convert.range_of(opened.document, diagnostic.finding.place.span, client.encoding)
    data = {
        "uri": opened.uri,
        "help": help,
        "rule": diagnostic.rule.name,
        "fingerprint": diagnostic.fingerprint,
        "range": where,
        "version": opened.document.version,
    }
    about = [
        one
        for one in params.context.diagnostics
        if isinstance(one.data, dict) and one.data.get("fingerprint") == diagnostic.fingerprint
    ]
    return types.CodeAction(title=title, kind=QUICK, diagnostics=about[:1] or None, data=data)


def _found(analysis: Analysis, data: dict[str, Any], client: Client) -> Diagnostic | None:
    """The diagnostic an action is about, as it is now. Of several with one fingerprint, the one at the same place."""
    same = [d for d in analysis.diagnostics if d.fingerprint == data.get("fingerprint")]
    if len(same) < 2:
        return same[0] if same else None
    for diagnostic in same:
        if convert.range_of(analysis.document, diagnostic.finding.place.span, client.encoding) == data.get("range"):
            return diagnostic
    return None


def _rendered(opened: Open, diagnostic: Diagnostic) -> list[Change] | None:
    """The edits of a diagnostic's fix; kept for as long as text and analysis are the same."""
    analysis, fix = opened.analysis, diagnostic.finding.fix
    assert analysis is not None
    module = analysis.module
    if fix is None or module is None:
        return None
    current = opened.rendered.get("for") is module
    if not current:
        opened.rendered = {"for": module}
    if id(fix) not in opened.rendered:
        opened.rendered[id(fix)] = (fix, fixes.render(fix, analysis.document, module, _sdk(analysis)))
    return opened.rendered[id(fix)][1]  # type: ignore[no-any-return]


def _helps(opened: Open, found: Diagnostic, changes: Sequence[Change]) -> bool:
    """Whether the finding is gone after some changes, nothing as bad came instead, and the text is no more broken."""
    from mcp_lsp.project import fixing

    before = opened.analysis
    assert before is not None
    after = opened.again()
    broken = sum(segment.broken for segment in after.tree.segments)
    after.change(changes)
    after.settle()
    if sum(segment.broken for segment in after.tree.segments) > broken:
        return False
    return fixing.better(before.diagnostics, after.diagnostics, found)


def _sdk(analysis: Analysis) -> Sdk | None:
    return next((server.sdk for server in analysis.servers), None)


def fixed(opened: Open, rule: str = "") -> list[Change]:
    """All safe fixes (of a rule), each made on the text as the one before left it, as one set of edits of the current
    text."""
    from mcp_lsp.project import fixing

    if not any(_fixable(each, rule) for each in (opened.analysis.diagnostics if opened.analysis else ())):
        return []
    analysis = opened.again()
    fixing.fix(analysis, fixes.render, unsafe=False, rule=rule)
    return _between(opened.document.text, analysis.document.text)


def _between(old: str, new: str) -> list[Change]:
    """The lines in which two texts differ."""
    import difflib

    before, after = _LINE.findall(old), _LINE.findall(new)
    offsets = [0, *itertools.accumulate(map(len, before))]
    opcodes = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [Change(offsets[a], offsets[b], "".join(after[c:d])) for tag, a, b, c, d in opcodes if tag != "equal"]


_LINE = pattern(r"[^\n]*\n|[^\n]+")


def _edit(document: Document, changes: Sequence[Change], client: Client) -> types.WorkspaceEdit:
    edits = [
        types.TextEdit(
            range=types.Range(types.Position(**e["range"]["start"]), types.Position(**e["range"]["end"])),
            new_text=e["newText"],
        )
        for e in convert.edits(document, changes, client.encoding)
    ]
    if not client.versioned:
        return types.WorkspaceEdit(changes={document.uri: edits})
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(text_document=identifier, edits=list(edits))])


def _plain(found: types.Range) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": found.start.line, "character": found.start.character},
        "end": {"line": found.end.line, "character": found.end.character},
    }
