"""``mcp-lsp approve``: what stands now is what was looked at, and from now on differences from it are findings."""

from __future__ import annotations

import argparse
import os

from mcp_lsp import drift, whole
from mcp_lsp.check import Analysis
from mcp_lsp.drift import Approval
from mcp_lsp.predict import Sources
from mcp_lsp.project import checked, files
from mcp_lsp.project.files import File
from mcp_lsp.project.recorded import APPROVAL as NAME
from mcp_lsp.project.recorded import Recorded
from mcp_lsp.settings import SettingsError

from .arguments import Wrong
from .looking import Look, common, document

_SHOWN = 12
_REMARKS = 5


def approve(arguments: argparse.Namespace) -> int:
    """Exit code 0 where something was approved, 1 where there was nothing to approve, 2 where a file could not be
    read: what was not looked at is not approved, and nothing is written."""
    folder = os.getcwd()
    look = Look(arguments.paths, folder)
    look.insist()
    try:
        here = os.path.join(common(look.paths, folder), NAME)
        before = None if arguments.anew else Recorded(look.show).approval(here)
    except SettingsError as error:
        raise Wrong(f"{error}\n--anew replaces it") from None
    home = before[0] if before is not None else look.home
    states: dict[str, drift.State] = {}
    remarks: list[str] = []
    for file in look.files:
        states[_name(file.path, home)] = _state(file, look, remarks)
    old = before[1] if before is not None else Approval()
    covered = [_name(os.path.normpath(os.path.join(folder, path)), home) for path in look.paths]
    gone: dict[str, drift.State] = {
        path: {} for path in old.files if path not in states and any(_below(path, each) for each in covered)
    }
    approval = old.moved({**gone, **states})
    if not approval.files:
        print("Nothing to approve: no MCP server, client configuration or manifest was found.")
        return 1
    target = os.path.join(home, NAME)
    try:
        whole.write(target, approval.render().encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise Wrong(f"{look.show(target)}: {error.strerror}") from None
    print("\n".join(_said(approval, old, before is not None, look.show(target), remarks)))
    return 0


def _state(file: File, look: Look, remarks: list[str]) -> drift.State:
    path, index = look.show(file.path), look.index
    try:
        read = document(file)
    except files.Unreadable as error:
        raise Wrong(f"{path}: {error}; nothing was approved") from None
    known = look.projects.dependencies(os.path.dirname(file.path))
    analysis = Analysis(read, known, file.settings, rules=(), modules=index, root=index.root)
    if analysis.failures:
        failure = analysis.failures[0]
        raise Wrong(f"{path}: {failure.rule} failed: {failure.error}; nothing was approved")
    state = drift.state(analysis, Sources(known, index))
    if state:
        if reason := checked.syntax_errors(analysis.tree):
            remarks.insert(0, f"{path}: {reason}")
        unknown = sum(len(item.get("unknown") or ()) for kind in drift.ITEMS for item in state.get(kind, {}).values())
        if unknown:
            values = "value is" if unknown == 1 else "values are"
            remarks.append(f"{path}: {unknown} {values} computed at run time, which cannot be compared")
    return state


def _name(path: str, home: str) -> str:
    return os.path.relpath(path, home).replace(os.sep, "/")


def _below(path: str, folder: str) -> bool:
    return folder == "." or path == folder or path.startswith(folder + "/")


# ---------------------------------------------------------------- what is said


def _said(approval: Approval, old: Approval, known: bool, target: str, remarks: list[str]) -> list[str]:
    counts = [f"{n} {kind if n != 1 else _ONE[kind]}" for kind, n in approval.counts().items() if n]
    lines = [f"Approved {', '.join(counts) or 'no tools'} in {target}."]
    if known:
        told = list(_differences(old, approval))
        lines += [f"  {line}" for line in told[:_SHOWN]]
        if len(told) > _SHOWN:
            lines.append(f"  and {len(told) - _SHOWN} more")
        if not told:
            lines.append("  nothing was different")
    else:
        lines.append("Commit it; from now on `mcp-lsp check` and your editor show what differs from it.")
    lines += [f"Note: {remark}" for remark in remarks[:_REMARKS]]
    if len(remarks) > _REMARKS:
        lines.append(f"Note: the same of {len(remarks) - _REMARKS} more files")
    return lines


_ONE = {
    "tools": "tool", "prompts": "prompt", "resources": "resource", "launches": "server of a client's configuration",
    "dependencies": "dependency",
}  # fmt: skip


def _differences(old: Approval, new: Approval) -> list[str]:
    """What came, went and changed, by name."""
    told = []
    for kind, one in _ONE.items():
        before = {name: value for file in old.files.values() for name, value in (file.get(kind) or {}).items()}
        now = {name: value for file in new.files.values() for name, value in (file.get(kind) or {}).items()}
        for names, what in (
            ([n for n in now if n not in before], "new"),
            ([n for n in before if n not in now], "gone"),
            ([n for n in now if n in before and now[n] != before[n]], "changed"),
        ):
            told += [f"{what}: {one} {name}" for name in names]
    return told
