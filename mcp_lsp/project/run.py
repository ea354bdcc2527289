"""Checking files: one after the other or in several processes, with everything said that could not be checked."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from mcp_lsp import syntax
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.record import dataclass, field, replace

from . import pool
from .cache import Cache
from .dependencies import Projects
from .files import File
from .index import Index
from .outcome import Failure, NotAnalysed, Outcome
from .recorded import Recorded

if TYPE_CHECKING:
    from mcp_lsp.check import Analysis

    from .fixing import Render


@dataclass(frozen=True)
class Job:
    """What is done with each file. ``folder`` is the working directory, ``root`` where imports are followed.

    ``render`` writes fixes out for reports. ``amend`` changes a file for what was found and says for how many findings
    it did (`fixing`). ``write``: "disk", "diff" (only the patch), or "text" (the changed text is in the outcome).
    """

    folder: str
    root: str
    render: Render | None = None
    amend: Callable[[Analysis], int] | None = None
    write: str = "disk"


@dataclass
class Work:
    """The files of a run, as work for `pool.run`: a callable that can be sent to another process."""

    job: Job
    files: Sequence[File]
    projects: Projects = field(default_factory=Projects)
    index: Index | None = None
    stdin: bytes | None = None  # stands for the only file's content on disk
    cache: Cache | None = None
    recorded: Recorded = field(default_factory=Recorded)

    def __call__(self, i: int) -> Outcome:
        if self.index is None:
            self.index = Index(self.job.root)
            for plugin in {name for file in self.files for name in file.settings.plugins}:
                registry.plug_in(plugin)  # a process of its own has loaded none
        try:
            return _checker()(self.files[i], self, self.index)
        except Exception as error:
            return failed(self.files[i], self.job.folder, f"{type(error).__name__}: {error}")
        finally:
            # The collector is off otherwise: left alone it looks at every file's models again and again while they are
            # in use. Once they are not, it goes fastest while they are still in the processor's cache.
            gc.collect(0)


def _checker() -> Callable[[File, Work, Index], Outcome]:
    """What checks a file. A run in which everything is kept does without all that judges, which is most of a start."""
    from .checked import check

    return check


def outcomes(work: Work, jobs: int = 0) -> Iterator[Outcome]:
    """The outcome of every file, in order; only those that are not kept are checked. ``jobs``: how many processes, 0
    for as many as there are processors."""
    jobs = jobs or pool.processors()
    kept = list(_kept(work))
    rest = replace(work, files=[file for file, known in zip(work.files, kept, strict=True) if known is None])
    fresh = _fresh(rest, jobs)
    for known in kept:
        yield next(fresh) if known is None else known


def _kept(work: Work) -> Iterator[Outcome | None]:
    """What is known of each file from an earlier run."""
    if work.cache is None:
        yield from [None] * len(work.files)
        return
    index = Index(work.job.root)
    for file in work.files:
        found = work.projects.dependencies(os.path.dirname(file.path))
        yield work.cache.kept(file.path, file.settings, found, index, work.recorded.digest(file.path))


def _fresh(work: Work, jobs: int) -> Iterator[Outcome]:
    count = len(work.files)
    if not count:
        return
    _checker()
    # What is loaded by now stays for the whole run: the collector need not look at it again and again.
    gc.freeze()
    if not pool.worthwhile(count, jobs):
        for i in range(count):
            yield work(i)
        return
    syntax.parse(syntax.Document("", "", "python"))  # loads the grammar before the processes part
    for i, outcome in enumerate(pool.run(work, count, jobs)):
        if isinstance(outcome, pool.Died):
            error = f"the process that checked this file died ({outcome.how})"
            yield failed(work.files[i], work.job.folder, error)
        else:
            yield outcome


def failed(file: File, folder: str, error: str) -> Outcome:
    path = shown(file.path, folder)
    return Outcome(
        path,
        not_analysed=(NotAnalysed(path, "an internal failure, see failures"),),
        analysed=False,
        failures=(Failure(path, "process", "", error),),
    )


def shown(path: str, folder: str) -> str:
    """A path as reports have it: relative to ``folder`` where inside, with ``/``, and printable."""
    inside = folder.rstrip(os.sep) + os.sep
    if path.startswith(inside):
        path = path[len(inside) :]
    elif path == folder:
        path = "."
    path = path.replace(os.sep, "/")
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
