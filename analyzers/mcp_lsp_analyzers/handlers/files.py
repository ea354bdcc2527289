"""Files and folders that a tool argument chooses."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import Confine, Fix
from ..flow import Flow, Handler
from ..rule import Example, Finding, Severity, rule
from . import judging
from .telling import Case, cases, finding, handed_on, named


@rule(
    "MCP305",
    severity=Severity.ERROR,
    references=(
        "CWE-22", "CWE-73", "CWE-59", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI02:2026", "SAFE-T1105",
        "CoSAI MCP-T3", "MCTS-T-1002",
    ),
    bad='''
    from pathlib import Path

    NOTES = Path("/srv/notes")


    @mcp.tool()
    def read_note(name: str) -> str:
        """Read a note."""
        return (NOTES / name).read_text()
        #       ^^^^^^^^^^^^ `name` can lead out of the folder it is joined to


    @mcp.tool()
    def save(path: str, text: str) -> str:
        """Save a text."""
        with open(path, "w") as file:
        #         ^^^^ `path` chooses which file is written
            file.write(text)
        return "saved"
    ''',
    good='''
    from pathlib import Path

    NOTES = Path("/srv/notes").resolve()


    @mcp.tool()
    def read_note(name: str) -> str:
        """Read a note."""
        path = (NOTES / name).resolve()
        if not path.is_relative_to(NOTES):
            raise ValueError(f"{name} is outside the notes")
        return path.read_text()


    @mcp.tool()
    def save(name: str, text: str) -> str:
        """Save a text."""
        with open(NOTES / Path(name).name, "w") as file:
            file.write(text)
        return "saved"
    ''',
    typescript=Example(
        bad='''
        import fs from "node:fs/promises";
        import path from "node:path";
        import { z } from "zod";

        const NOTES = "/srv/notes";

        const shape = { name: z.string() };

        server.registerTool("read_note", { description: "Read.", inputSchema: shape }, async ({ name }) => {
          return fs.readFile(path.join(NOTES, name), "utf8").then((text) => ({ content: [{ type: "text", text }] }));
          //                 ^^^^^^^^^^^^^^^^^^^^^^ `name` can lead out of the folder it is joined to
        });
        ''',
        good='''
        import fs from "node:fs/promises";
        import path from "node:path";
        import { z } from "zod";

        const NOTES = path.resolve("/srv/notes");

        const shape = { name: z.string() };

        server.registerTool("read_note", { description: "Read.", inputSchema: shape }, async ({ name }) => {
          const file = await fs.realpath(path.resolve(NOTES, name));
          if (!file.startsWith(NOTES + path.sep)) {
            throw new Error("outside the notes");
          }
          return { content: [{ type: "text", text: await fs.readFile(file, "utf8") }] };
        });
        ''',
    ),
)  # fmt: skip
def path_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument chooses a file, and nothing confines it to a folder.

    `../../.ssh/id_rsa`, an absolute path or a symbolic link leads anywhere the server may read or write. What a model
    read may have chosen it.

    Resolve the path first (`Path.resolve`, `fs.realpath`), then refuse it outside a folder that you chose:
    `path.is_relative_to(root)`, or a prefix with a separator behind it. Resolving alone confines nothing, `startswith`
    without the separator lets `/srv/notes-secret` through, and filtering `..` out leaves absolute paths and links.

    The name of a file that a program is given to read (`kubectl -f`, a converter) is told as information too, and so is
    the folder it runs in, whose settings and scripts many programs heed.

    A whole path that the tool takes as its purpose is a warning where it is written and information where it is read:
    say in the description what it may be, and offer a setting that confines it.
    """
    for case, covered in _told(handler, list(cases(handler, ("path-read", "path-write"), judging.path))):
        written = case.flow.sink.kind == "path-write"
        fix = _confined(case)
        if _chosen(case):
            verb = "written" if written else "read"
            message = named(case.names, f"chooses which file is {verb}", f"choose which file is {verb}")
            yield finding(case, message, Severity.WARNING if written else Severity.INFORMATION, fix, covered)
        else:
            message = named(case.names, "can lead out of the folder it is joined to", "can lead out of their folder")
            # Who makes an archive is further away than who speaks to the model.
            yield finding(case, message, Severity.WARNING if case.flow.source.kind == "archive" else None, fix, covered)

    for case in cases(handler, ("argv",), judging.file_of_program):
        program = f"`{case.flow.sink.program}`" if case.flow.sink.program else "a program"
        message = named(case.names, f"chooses which file {program} is given", f"choose which files {program} is given")
        yield finding(case, message, Severity.INFORMATION)

    for case in cases(handler, ("path-given",), judging.path):
        message = named(case.names, "can lead out of the folder it is joined to", "can lead out of their folder")
        yield finding(case, message, Severity.WARNING)

    for case in cases(handler, ("folder",), judging.path):
        message = named(case.names, "chooses the folder in which a program runs", "choose where a program runs")
        yield finding(case, message, Severity.INFORMATION)


def _told(handler: Handler, found: list[Case]) -> list[tuple[Case, list[Case]]]:
    """Those that say something new: not that the file is asked for which is opened as well. What else goes with one
    that says it: that the folder is made in which something is written, and of what other files do (all of it is told
    at the handler) each place that fewer of the same arguments reach."""
    opened = [set(case.names) for case in found if not _asks(case)]
    left = [case for case in found if not (_asks(case) and any(names >= set(case.names) for names in opened))]
    made = [(case, over) for case in left if _makes(case) and (over := _written_into(case, left)) is not None]
    left = [case for case in left if not any(case is one for one, _ in made)]
    told: list[tuple[Case, list[Case]]] = []
    covered: list[Case] = []
    for case in left:
        if case.flow.sink.place.uri == handler.place.uri or not any(_covers(one, case, left) for one in left):
            told.append((case, []))
        else:
            covered.append(case)
    for case in covered:
        next(others for one, others in told if _covers(one, case, left)).append(case)
    for case, over in made:
        next(others for one, others in told if one is over or over in others).append(case)
    return [(case, sorted(others, key=found.index)) for case, others in told]


def _makes(case: Case) -> bool:
    return case.flow.sink.call.rpartition(".")[2] in _MAKES


_MAKES = frozenset(("mkdir", "makedirs", "mkdirSync", "ensureDir", "ensureDirSync"))
_TAKES_AWAY = frozenset(
    ("remove", "unlink", "unlinkSync", "rm", "rmSync", "rmdir", "rmdirSync", "rmtree", "removedirs")
)


def _written_into(folder: Case, found: list[Case]) -> Case | None:
    """The case in which the same arguments choose what is written, whose folder was made before."""
    names = set(folder.names)
    for case in found:
        call = case.flow.sink.call.rpartition(".")[2]
        if case.flow.sink.kind == "path-write" and call not in _MAKES | _TAKES_AWAY and set(case.names) >= names:
            return case
    return None


def _covers(one: Case, other: Case, found: list[Case]) -> bool:
    """Whether another case at the same handler says the same of more arguments, or of as many and before."""
    if one is other or one.verdict is not other.verdict or one.flow.sink.place.uri == one.handler.place.uri:
        return False
    if (one.flow.sink.kind, _chosen(one)) != (other.flow.sink.kind, _chosen(other)):
        return False
    more, fewer = set(one.names), set(other.names)
    return more > fewer or (more == fewer and found.index(one) < found.index(other))


def _chosen(case: Case) -> bool:
    """Whether the argument is the path, or what it begins with. What is joined to a folder only where it is no absolute
    path, and used as it is where it is one, is not meant to stay in that folder."""
    if _whole(case.flow):
        return True
    joined = [flow for flow in case.flows if not _whole(flow)]
    return len(joined) < len(case.flows) and all(flow.guarded("not-absolute") for flow in joined)


def _whole(flow: Flow) -> bool:
    return flow.how == "whole" or (not flow.before.strip("/") and flow.how != "part")


def _asks(case: Case) -> bool:
    return case.flow.sink.call.rpartition(".")[2] in _ASKS


_ASKS = frozenset(
    ("exists", "is_file", "is_dir", "isfile", "isdir", "stat", "lstat", "getsize", "existsSync", "statSync",
     "lstatSync", "access", "accessSync", "lexists", "is_symlink")
)  # fmt: skip


def _confined(case: Case) -> Fix | None:
    sink = case.flow.sink
    name = case.flow.source.name
    if not name.isidentifier() or handed_on(case):
        return None
    return Fix("Confine the path to a folder", Confine(sink.place, name, sink.place))
