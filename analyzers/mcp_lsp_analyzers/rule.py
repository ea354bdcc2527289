"""What a rule is: a function from one thing of the model to findings, with everything known about it on its decorator.

```python
@rule("MCP301", severity=Severity.ERROR, references=("CWE-78", ...), bad='''...''', good='''...''')
def shell_command_from_argument(handler: Handler) -> Iterator[Finding]:
    \"\"\"A tool argument becomes part of a shell command.

    Why it matters and what to do instead, in Markdown.
    \"\"\"
```

The name is the function's (``shell-command-from-argument``), the title the first line of its docstring, the why the
rest, and what it judges the annotation of its first parameter (a union judges each).
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable
from enum import Enum

from .fix import Fix
from .place import Place
from .record import dataclass


class Severity(Enum):
    """error: it breaks or is exploitable · warning: likely bug · information: the author probably did not mean it ·
    hint: meant, but there is a simpler way, and the finding carries a fix."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Related:
    """A place that belongs to a finding, and what happens there."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule saw. It does not know its own rule. ``detail`` tells apart two findings of one rule on one thing
    (argument and API of a flow): it goes into the fingerprint, so no offsets. ``severity`` overrides the rule's."""

    place: Place
    message: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    detail: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Code in another language. Carets below a line (``# ^^^ message`` / ``// ^^^ message``) are expectations.
    ``approved``: for rules about changes, the code as it was approved."""

    bad: str
    good: str
    approved: str = ""


@dataclass(frozen=True, slots=True)
class FileExample:
    """A file that is no source (``Dockerfile``, ``mcp.json``), by its name, which says how it is read. ``advisories``:
    known vulnerabilities, as OSV records. ``beside``: other configurations of the same user, and what servers list
    (``NAME.tools.json``), as names and texts."""

    file: str
    bad: str
    good: str
    approved: str = ""
    advisories: str = ""
    beside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    id: str
    name: str
    title: str
    why: str
    severity: Severity
    references: tuple[str, ...]
    judges: tuple[type, ...]
    check: Callable[..., Iterable[Finding]]
    room: str  # "metadata", "handlers", ...; what another package offers its rules as
    bad: str
    good: str
    typescript: Example | None
    source: str  # module and line, for whoever wants to read it
    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  # how an editor may show its findings: "unnecessary" (greyed out), "deprecated"
    files: tuple[FileExample, ...] = ()
    approved: str = ""  # for rules about changes: what ``bad`` and ``good`` were
    opinion: bool = False  # right code may have its findings: runs where settings name it by its id or name
    profiles: tuple[str, ...] = ()  # directories and clients that ask for it: runs where settings name one of them
    written: Callable[[], dict[str, object]] | None = None  # gives the fields of `_WRITTEN` when they are asked for

    if not typing.TYPE_CHECKING:

        def __getattr__(self, name):
            """What is written about a rule is made ready when somebody reads it: most runs show a few of them."""
            if name not in _WRITTEN:
                raise AttributeError(name)
            for each, value in self.written().items():
                object.__setattr__(self, each, value)
            return getattr(self, name)


_WRITTEN = frozenset(("title", "why", "bad", "good", "approved", "typescript", "files"))
_OURS = __name__.rpartition(".")[0] + "."
RULES: list[Rule] = []


def rule(
    id: str,
    *,
    severity: Severity,
    references: tuple[str, ...],
    bad: str = "",
    good: str = "",
    approved: str = "",
    typescript: Example | None = None,
    files: tuple[FileExample, ...] = (),
    words: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    opinion: bool = False,
    profiles: tuple[str, ...] = (),
) -> Callable[[Callable[..., Iterable[Finding]]], Callable[..., Iterable[Finding]]]:
    """Register a rule. ``bad`` and ``good`` are Python, empty for what only happens in TypeScript; see `Example` for
    how expectations are drawn. ``approved``, for rules about changes: what both were before. ``words``, in lower case,
    for rules about a `Passage`: a declaration in which none of them stands is not shown to the rule, which is most of
    what keeps a keystroke quick. ``profiles``: an opinion of these directories or clients."""

    def register(check: Callable[..., Iterable[Finding]]) -> Callable[..., Iterable[Finding]]:
        def written() -> dict[str, object]:
            title, _, why = dedented(check.__doc__ or "").partition("\n")
            return {
                "title": title.rstrip("."),
                "why": why.strip(),
                "bad": _shown(bad),
                "good": _shown(good),
                "approved": _shown(approved),
                "typescript": typescript
                and Example(_shown(typescript.bad), _shown(typescript.good), _shown(typescript.approved)),
                "files": tuple(
                    FileExample(f.file, _shown(f.bad), _shown(f.good), _shown(f.approved), f.advisories, f.beside)
                    for f in files
                ),
            }

        made = Rule.__new__(Rule)
        known = {
            "id": id,
            "name": check.__name__.replace("_", "-"),
            "severity": severity,
            "references": references,
            "judges": _judges(check),
            "check": check,
            "room": check.__module__.split(".")[1] if check.__module__.startswith(_OURS) else "",
            "source": check.__module__,
            "words": words,
            "tags": tags,
            "opinion": opinion or bool(profiles),
            "profiles": profiles,
            "written": written,
        }
        for name, value in known.items():
            object.__setattr__(made, name, value)
        RULES.append(made)
        return check

    return register


def _shown(source: str) -> str:
    return dedented(source) + "\n" if source else ""


def dedented(text: str) -> str:
    """A docstring without its indentation and the empty lines around it (``inspect.cleandoc``, without loading
    ``inspect``, which costs every start 15 ms)."""
    lines = text.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    lines = [lines[0].lstrip(), *(line[margin:] for line in lines[1:])]
    return "\n".join(lines).strip("\n") if any(lines) else ""


def _judges(check: Callable[..., object]) -> tuple[type, ...]:
    # What typing.get_type_hints would say of the first parameter, in a tenth of the time: every start pays for it.
    subject = check.__annotations__[check.__code__.co_varnames[0]]
    if isinstance(subject, str):
        subject = eval(subject, check.__globals__)
    return typing.get_args(subject) or (subject,)
