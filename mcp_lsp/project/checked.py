"""One file: what is found in it, as plain values that can be kept, sent to another process, and told."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Sequence

from mcp_lsp import syntax, uri
from mcp_lsp.check import Analysis, Diagnostic, fingerprints
from mcp_lsp.check import Failure as RuleFailure
from mcp_lsp.read.units import too_deep
from mcp_lsp_analyzers.fix import Fix
from mcp_lsp_analyzers.model import Sdk, Server, Tool
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span

from . import files, fixing
from .files import File
from .index import Index
from .outcome import (
    Edit,
    Failure,
    Found,
    Line,
    NotAnalysed,
    Outcome,
    Region,
    Related,
    Seen,
)
from .outcome import Fix as FixSeen
from .run import Job, Work, shown

_JSON = frozenset({"json", "session", "launch", "package", "bundle", "registry"})  # written in it

# Lines of an excerpt, and characters of one line: code that was made by a program has lines of any length.
_EXCERPT = 4
_WIDTH = 240


def check(file: File, work: Work, index: Index) -> Outcome:
    """One file."""
    job, stdin, cache = work.job, work.stdin, work.cache
    path = shown(file.path, job.folder)
    try:
        if stdin is not None:
            data, text = stdin, files.text_of(stdin)
        else:
            data, text = files.read(file.path, file.settings.max_file_size)
    except files.Unreadable as error:
        return Outcome(path, not_analysed=(NotAnalysed(path, str(error)),), analysed=False)
    document = syntax.Document(uri.from_path(file.path), text, syntax.language_of(file.path))
    found = work.projects.dependencies(os.path.dirname(file.path))
    beyond = work.recorded.beyond(file.path, file.settings, found, index)
    # What is changed is no state of the file that others may look at.
    with index.lent(document) if job.amend is None else contextlib.nullcontext() as parsed:
        analysis = Analysis(document, found, file.settings, None, index, job.root, beyond, parsed=parsed)
    fixed, patch, after = 0, "", ""
    if job.amend is not None:
        fixed = job.amend(analysis)
        if fixed:
            patch = fixing.patch(path, text, analysis.document.text)
            try:
                if job.write == "disk":
                    fixing.write(file.path, data, analysis.document.text)
                elif job.write == "text":
                    fixing.encoded(analysis.document.text, data)  # whether it can be
            except (OSError, UnicodeError) as error:
                said = str(error) if isinstance(error, UnicodeError) else error.strerror
                return Outcome(
                    path,
                    not_analysed=(NotAnalysed(path, f"what was changed in it could not be written: {said}"),),
                    failures=(Failure(path, "fix", "", str(error)),),
                )
        after = analysis.document.text if job.write == "text" else ""
    outcome = _outcome(analysis, path, job, index)._replace(fixed=fixed, patch=patch, text=after)
    unsaid = [NotAnalysed(path, reason) for reason in work.recorded.unsaid(file.path, analysis, found)]
    outcome = outcome._replace(not_analysed=(*outcome.not_analysed, *unsaid))
    if cache is not None:
        cache.keep(file.path, data, file.settings, found, index, work.recorded.digest(file.path), outcome)
    return outcome


def _outcome(analysis: Analysis, path: str, job: Job, index: Index) -> Outcome:
    writer = Writer(analysis, path, job, index)
    diagnostics = analysis.diagnostics
    numbered = zip(diagnostics, fingerprints(diagnostics), strict=True)
    not_analysed = []
    if reason := syntax_errors(analysis.tree):
        not_analysed.append(NotAnalysed(path, reason))
    if reason := _too_deep(analysis):
        not_analysed.append(NotAnalysed(path, reason))
    if analysis.document.language in _JSON and analysis.module is not None and analysis.module.broken:
        not_analysed.append(NotAnalysed(path, "not JSON as a whole; what stands before the error was analysed"))
    for server in analysis.servers:
        not_analysed += [NotAnalysed(path, f"{writer.line(place)}: {why}", True) for place, why in server.unread]
        parts = [tool.place for tool in server.tools if tool.name and not tool.name_complete]
        not_analysed += [NotAnalysed(path, f"{writer.line(place)}: {_PART_OF_A_NAME}", True) for place in parts]
    return Outcome(
        path,
        tuple(writer.found(diagnostic, fingerprint) for diagnostic, fingerprint in numbered),
        tuple(_seen(server, path, writer) for server in analysis.servers),
        tuple(dict.fromkeys(not_analysed)),
        tuple(Failure(path, f.rule, f.pointer, f.error) for f in analysis.failures),
        len(analysis.suppressed),
    )


_PART_OF_A_NAME = "the name of this tool is only known at run time"


def _seen(server: Server, path: str, writer: Writer) -> Seen:
    return Seen(
        path,
        str(server.sdk),
        tuple(tool.name for tool in server.tools if _named(tool, writer)),
        tuple(prompt.name for prompt in server.prompts),
        tuple(r.uri.value or r.name for r in server.resources if _known(r.uri.value or r.name, r.uri.complete)),
    )


def _named(tool: Tool, writer: Writer) -> bool:
    """Whether the name of a tool is known: not where one with a part that is not known is put together."""
    if tool.name_complete or not _known(tool.name, False):
        return tool.name_complete and bool(tool.name)
    _, document = writer.region(tool.place)
    span = tool.place.span
    return span is None or not _PUT_TOGETHER.search(document.text, span.start, span.end)


_PUT_TOGETHER = pattern(r"[+{%]")
_SEPARATORS = "_-./:"


def _known(name: str, complete: bool) -> bool:
    """Whether a thing can be listed by what is known of its name: ``f"note_{i}"`` is no name of anything."""
    if complete or not name:
        return bool(name)
    # What is not known of it stood between two separators: ``f"note_{i}_read"``.
    return not (name[-1] in _SEPARATORS or name[0] in _SEPARATORS) and not any(
        a in _SEPARATORS and b in _SEPARATORS for a, b in itertools.pairwise(name)
    )


def syntax_errors(tree: syntax.Tree) -> str:
    """Where the text could not be parsed, in words; nothing where it could."""
    lines = []
    for segment in tree.segments:
        if segment.broken:
            lines.append(tree.document.position(segment.anchor.start + _first_error(segment))[0] + 1)
    if not lines:
        return ""
    return f"syntax not understood {_in_lines(lines)}; everything around it was analysed"


def _too_deep(analysis: Analysis) -> str:
    """Where the code is nested too deeply to be followed, in words; nothing where it is not."""
    found = [] if analysis.module is None else too_deep(analysis.module)
    if not found:
        return ""
    lines = [analysis.document.position(unit.anchor.start + at)[0] + 1 for unit, at in found]
    return f"nested too deeply {_in_lines(lines)}; what is inside was not followed"


def _in_lines(lines: Sequence[int]) -> str:
    some = ", ".join(str(line) for line in lines[:5]) + (" and more" if len(lines) > 5 else "")
    return f"in line{'s' if len(lines) > 1 else ''} {some}"


def _first_error(segment: syntax.Segment) -> int:
    """Offset of the innermost first error, relative to the segment."""
    nodes = segment.nodes
    at = 0
    while nodes:
        node = next((n for n in nodes if n.has_error), None)
        if node is None:
            break
        at = segment.at(node.start_byte)
        if node.type == "ERROR" or node.is_missing:
            break
        nodes = node.children
    return at


class Writer:
    """Turns one file's diagnostics into plain values, also those that lead to places in other files."""

    def __init__(self, analysis: Analysis, path: str, job: Job, index: Index) -> None:
        self.analysis = analysis
        self.document = analysis.document
        self.path = path
        self.job = job
        self.index = index
        self.servers = {server.place.pointer: server.sdk for server in analysis.servers}

    def found(self, diagnostic: Diagnostic, fingerprint: str) -> Found:
        finding = diagnostic.finding
        region, document = self.region(finding.place)
        related = tuple(self.related(related.place, related.message) for related in finding.related)
        fix = None if finding.fix is None else self.fix(finding.fix)
        return written(diagnostic, fingerprint, document, region, related, fix)

    def related(self, place: Place, message: str) -> Related:
        region, document = self.region(place)
        return Related(region, message, excerpt(document, region.start[0], region.start[1]))

    def region(self, place: Place) -> tuple[Region, syntax.Document]:
        document, path = self.document, self.path
        if place.uri != document.uri:
            document = self.index.document(place.uri) or syntax.Document(place.uri, "", None)
            path = shown(uri.to_path(place.uri) or place.uri, self.job.folder)
        return region(path, document, place.span), document

    def line(self, place: Place) -> str:
        return f"line {self.region(place)[0].start[0]}"

    def fix(self, fix: Fix) -> FixSeen:
        edits = None
        module = self.analysis.module
        if self.job.render is not None and module is not None:
            try:
                changes = self.job.render(fix, self.document, module, self.sdk)
            except Exception as error:
                # The finding stands without its fix, and the report says why.
                said = f"{type(error).__name__}: {error}"
                self.analysis.failures.append(RuleFailure("fix", self.document.uri, fix.title, said))
                changes = None
            if changes is not None:
                edits = tuple(self._edit(change) for change in sorted(changes))
        return FixSeen(fix.title, fix.safe, edits)

    @property
    def sdk(self) -> Sdk | None:
        return next(iter(self.servers.values()), None)

    def _edit(self, change: syntax.Change) -> Edit:
        return Edit(region(self.path, self.document, Span(change.start, change.end)), change.text)


def written(
    diagnostic: Diagnostic,
    fingerprint: str,
    document: syntax.Document,
    region: Region,
    related: tuple[Related, ...] = (),
    fix: FixSeen | None = None,
    lines: int = _EXCERPT,
) -> Found:
    """A diagnostic as a plain value, with at most so many lines of its source."""
    rule, first = diagnostic.rule, region.start[0]
    shown = range(first, min(region.end[0], first + lines - 1) + 1)
    return Found(
        rule.id, rule.name, diagnostic.severity.value, diagnostic.message, region, rule.references, related,
        fingerprint, fix, diagnostic.finding.place.pointer,
        tuple(excerpt(document, number, region.start[1]) for number in shown),
    )  # fmt: skip


def region(path: str, document: syntax.Document, span: Span | None) -> Region:
    """Where a span is; a thing without one stands at the start of its file."""
    if span is None:
        return Region(path, (1, 1), (1, 1))
    start, end = document.position(span.start), document.position(span.end)
    return Region(path, (start[0] + 1, start[1] + 1), (end[0] + 1, end[1] + 1))


def excerpt(document: syntax.Document, number: int, column: int) -> Line:
    """A line as a report shows it, cut around a column where it is long."""
    text = document.line(number - 1)
    if len(text) <= _WIDTH:
        return Line(number, text)
    cut = max(0, min(column - 1 - _WIDTH // 4, len(text) - _WIDTH))
    return Line(number, text[cut : cut + _WIDTH], cut)
