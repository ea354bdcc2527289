"""``--baseline`` and ``--since``: which findings of a run are reported, and what is said of the others."""

from __future__ import annotations

import argparse
import os
from datetime import date

from mcp_lsp import whole
from mcp_lsp.project import baseline, run, since
from mcp_lsp.project.baseline import Baseline
from mcp_lsp.project.files import File, Unreadable, read
from mcp_lsp.project.outcome import Found, NotAnalysed, Outcome, Report
from mcp_lsp.syntax import Undecodable, decode
from mcp_lsp.uri import from_path
from mcp_lsp_analyzers import registry

from .arguments import Wrong


def narrowing(arguments: argparse.Namespace, folder: str) -> Narrowing | None:
    """What the arguments ask for; nothing where they ask for nothing. Raises `Wrong`."""
    if arguments.write_baseline and not arguments.baseline:
        raise Wrong("--write-baseline needs a name: --baseline mcp-lsp.baseline.json")
    if not arguments.baseline and arguments.since is None:
        return None
    option = "--baseline" if arguments.baseline else "--since"
    if arguments.fix or arguments.diff:
        raise Wrong(f"{option} leaves findings out of a report; --fix and --diff would not know of it")
    if arguments.stdin_filename and arguments.since is not None:
        raise Wrong("--since goes with files, not with standard input")
    if arguments.write_baseline and arguments.since is not None:
        raise Wrong("--write-baseline writes down what is found everywhere, --since leaves most of it out")
    return Narrowing(arguments, folder)


class Narrowing:
    """What is left of a run's outcomes, one after the other, and what is said of the rest at its end."""

    def __init__(self, arguments: argparse.Namespace, folder: str) -> None:
        self.folder = folder
        self.write = arguments.write_baseline
        self.name: str = arguments.baseline or ""
        self.file = os.path.abspath(os.path.join(folder, self.name)) if self.name else ""
        self.baseline = self._baseline() if self.name else None
        self.revision = None
        if arguments.since is not None:
            from mcp_lsp.outside.git import NoGit, revision

            try:
                self.revision = revision(arguments.since, folder)
            except NoGit as error:
                raise Wrong(f"--since {arguments.since}: {error}") from None
        self._found: list[tuple[str, Found]] = []
        self._accepted = self._elsewhere = 0
        self._unsure: list[NotAnalysed] = []

    def _baseline(self) -> Baseline:
        today = date.today().isoformat()
        try:
            with open(self.file, encoding="utf-8") as file:
                return baseline.load(file.read(), today)
        except FileNotFoundError:
            if self.write:
                return Baseline((), today)
            raise Wrong(f"--baseline {self.name}: no such file; --write-baseline makes it") from None
        except (OSError, UnicodeDecodeError) as error:
            raise Wrong(f"--baseline {self.name}: {error}") from None
        except baseline.BadBaseline as error:
            raise Wrong(f"--baseline {self.name}: {error}") from None

    def of(self, file: File, outcome: Outcome) -> Outcome:
        """An outcome with the findings that are to be reported."""
        found = outcome.found
        if self.baseline is not None:
            path = self._shown(file.path)
            rules = file.settings.rules_for(from_path(file.path), registry.rules())
            if outcome.analysed:
                self.baseline.looked_at[path] = frozenset(rule.id for rule in rules)
            self._found += [(path, each) for each in found]
            left = tuple(each for each in found if not self.baseline.accepts(path, each, self._there))
            self._accepted += len(found) - len(left)
            found = () if self.write else left
        if self.revision is not None and found:
            left = self._since(file, found, outcome.path)
            self._elsewhere += len(found) - len(left)
            found = left
        return outcome._replace(found=found)

    def _shown(self, path: str) -> str:
        return os.path.relpath(path, os.path.dirname(self.file)).replace(os.sep, "/")

    def _there(self, path: str) -> bool:
        return os.path.exists(os.path.join(os.path.dirname(self.file), path))

    def _since(self, file: File, found: tuple[Found, ...], shown: str) -> tuple[Found, ...]:
        from mcp_lsp.outside.git import NoGit

        assert self.revision is not None
        try:
            content = self.revision.content(file.path)
            after = read(file.path, file.settings.max_file_size)[1]
            before = decode(content) if content is not None else self._renamed(file.path, after)
            if before is None:
                return found
            lines = since.changed(before, after)
        except (NoGit, Undecodable, Unreadable) as error:
            # What cannot be compared is reported whole.
            self._unsure.append(NotAnalysed(shown, f"not compared with {self.revision.name}: {error}"))
            return found
        return tuple(each for each in found if since.touches(each, lines))

    def _renamed(self, path: str, after: str) -> str | None:
        """What a new file was under the name that it had, where it is one that was renamed."""
        assert self.revision is not None
        best, most = None, since.RENAMED
        for content in self.revision.gone(path):
            try:
                before = decode(content)
            except Undecodable:
                continue
            if (like := since.likeness(before, after)) >= most:
                best, most = before, like
                if like == 1:
                    break
        return best

    # ------------------------------------------------------------ at the end

    def finish(self, report: Report) -> None:
        """What was left out goes into the report; with ``--write-baseline`` the file is written."""
        report.not_analysed += self._unsure
        if self.revision is not None and self._elsewhere:
            report.notes.append(f"{_findings(self._elsewhere)} on what did not change since {self.revision.name}.")
        if self.baseline is None:
            return
        for each in sorted(set(self.baseline.ended)):
            report.notes.append(f"{each.path}: {each.rule} was accepted until {each.until}.")
        gone = self.baseline.gone()
        if self.write:
            entries = self.baseline.written(self._found)
            try:
                whole.write(self.file, baseline.render(entries).encode("utf-8", "surrogatepass"))
            except OSError as error:
                raise Wrong(f"--baseline {self.name}: {error.strerror}") from None
            went = f", {len(gone)} of before gone" if gone else ""
            report.notes.append(f"Wrote {_findings(len(entries))} to {run.shown(self.file, self.folder)}{went}.")
            return
        if self._accepted:
            report.notes.append(f"{_findings(self._accepted)} accepted by {run.shown(self.file, self.folder)}.")
        if gone:
            few = ", ".join(f"{each.rule} in {each.path}" for each in gone[:3]) + (" …" if len(gone) > 3 else "")
            report.notes.append(f"{_findings(len(gone))} of it fixed ({few}); --write-baseline takes them out.")


def _findings(n: int) -> str:
    return f"{n} finding{'' if n == 1 else 's'}"
