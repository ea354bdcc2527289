"""What a file was at an earlier revision, asked of the user's own git without running anything of the repository's.

A repository's configuration can name programs (``core.fsmonitor``, filters, drivers for differences, hooks, transports)
that git runs when it looks at the index or the working tree, or fetches what is missing. So it is only ever asked for
objects, by ``rev-parse``, ``merge-base``, ``ls-tree`` and ``cat-file``, with all of these switched off besides; what
differs is found out here. Nobody is asked for consent: nothing is reached, and git is the user's.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

from mcp_lsp_analyzers.record import dataclass, field

LONGEST = 60.0
"""Seconds for one question."""
MOST = 30
"""Files that are read to find out what a new one was called before: each is a question of some milliseconds."""
_OFF = (
    "core.fsmonitor=false", f"core.hooksPath={os.devnull}", "core.sshCommand=false", "core.alternateRefsCommand=",
    "core.gitProxy=", "core.askPass=", "credential.helper=", "protocol.allow=never", "diff.external=", "gc.auto=0",
    "maintenance.auto=false",
)  # fmt: skip
_KEPT = ("PATH", "HOME", "USERPROFILE", "XDG_CONFIG_HOME", "SYSTEMROOT", "SystemRoot", "LOCALAPPDATA", "APPDATA", "TMP")
_SET = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ALLOW_PROTOCOL": "none", "GIT_PAGER": "cat", "LC_ALL": "C",
}  # fmt: skip


class NoGit(Exception):
    """git is not there, or has no answer. The message says which, for the user."""


@dataclass
class Revision:
    """A commit of the working copy around ``folder``. ``name`` as the user gave it."""

    name: str
    top: str  # the working copy's folder
    commit: str
    _program: str
    _blobs: dict[str, str] = field(default_factory=dict)

    def content(self, path: str) -> bytes | None:
        """The bytes of a file, by absolute path, as they were; ``None`` where it was not there, or is in another
        working copy. Raises `NoGit`."""
        blob = self._files.get(self._inside(path))
        return None if blob is None else self._blob(blob)

    def gone(self, path: str) -> Iterator[bytes]:
        """What files were that are not there any more, any of which a new one may have been before it was renamed:
        those of its name first, `MOST` at most. Raises `NoGit`."""
        inside = self._inside(path)
        if inside.startswith("../"):
            return
        ending, name = os.path.splitext(inside)[1], os.path.basename(inside)
        gone = [
            each
            for each in self._files
            if each.endswith(ending) and not os.path.lexists(os.path.join(self.top, *each.split("/")))
        ]
        for each in sorted(gone, key=lambda each: os.path.basename(each) != name)[:MOST]:
            yield self._blob(self._files[each])

    @property
    def _files(self) -> dict[str, str]:
        if not self._blobs:
            self._blobs = self._listed()
        return self._blobs

    def _inside(self, path: str) -> str:
        return os.path.relpath(os.path.realpath(path), self.top).replace(os.sep, "/")

    def _blob(self, blob: str) -> bytes:
        return _run(self._program, self.top, "cat-file", "blob", blob)

    def _listed(self) -> dict[str, str]:
        found = {}
        for line in _run(self._program, self.top, "ls-tree", "-r", "-z", "--full-tree", self.commit).split(b"\0"):
            head, tab, name = line.partition(b"\t")
            if tab and head.split()[1] == b"blob":
                found[os.fsdecode(name)] = head.split()[2].decode()
        return found


def revision(name: str, folder: str) -> Revision:
    """What ``HEAD`` and a revision have in common: changes since are those made here, whatever happened there. Raises
    `NoGit`."""
    program = shutil.which("git")
    if program is None:
        raise NoGit("git is not installed, or not on the path")
    program = os.path.realpath(program)
    if program.startswith(os.path.realpath(folder) + os.sep):
        raise NoGit(f"the git that would run stands in the folder that is checked: {program}")
    if not name or name.startswith("-") or "\0" in name:
        raise NoGit(f'"{name}" is no revision')
    try:
        top = os.fsdecode(_run(program, folder, "rev-parse", "--show-toplevel")).rstrip("\n")
    except NoGit as error:
        raise NoGit(f"not in a working copy of git: {error}") from None
    try:
        commit = _run(program, top, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").decode().strip()
    except NoGit:
        raise NoGit(f'git knows no revision "{name}" here') from None
    with contextlib.suppress(NoGit, IndexError):  # nothing in common, or no commit yet: the revision itself
        commit = _run(program, top, "merge-base", "HEAD", commit).decode().split()[0]
    return Revision(name, os.path.realpath(top), commit, program)


def _run(program: str, folder: str, *words: str) -> bytes:
    off = [word for each in _OFF for word in ("-c", each)]
    environment = {**{name: os.environ[name] for name in _KEPT if name in os.environ}, **_SET}
    try:
        done = subprocess.run(
            [program, "--no-pager", *off, *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoGit(f"git {words[0]}: {error}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "backslashreplace").strip().split("\n")[-1]
        raise NoGit(said.removeprefix("fatal: ") or f"git {words[0]} ended with {done.returncode}")
    return done.stdout
