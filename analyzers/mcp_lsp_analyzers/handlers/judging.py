"""When a guard is enough: what each kind of dangerous position needs, and what falls short of it.

A guard is judged by what it leaves possible at this position. ``..`` filtered out confines a path that hangs on a fixed
folder, and nothing else; an expression counts by the characters it lets through; a host has to be known or its address
looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

from ..flow import Flow
from ..pattern import pattern
from ..programs import SPELLED_OUT, STEERED
from ..sinks import GRAPHQL, SEARCH
from .expressions import admits, begins_with_dash, refused, refuses_dash
from .options import takes_file, takes_value


class Verdict(Enum):
    """SAFE: nothing harmful gets through. PARTLY: something checks it, and is not known to be enough. OPEN."""

    SAFE = 0
    PARTLY = 1
    OPEN = 2


Judge = Callable[[Flow], Verdict]

ALWAYS = frozenset(("choices", "number", "empty"))
_POWERSHELL = frozenset(("powershell", "pwsh"))  # where a quote in single quotes is written twice
_SHELL = ";|&$`\n<>(){}\\\"'"
_SHELL_WORST = frozenset(";|&$`\n")


def through_patterns(flow: Flow, characters: str) -> frozenset[str] | None:
    """Which of ``characters`` get through all full matches and exclusions; ``None``: there are none."""
    left: frozenset[str] | None = None
    for guard in flow.guards:
        if guard.kind == "pattern":
            found = admits(guard.detail, characters)
        elif guard.kind == "identifier":
            found = frozenset()
        elif guard.kind == "excludes":
            found = frozenset(characters) - refused(guard.detail, characters)
            if len(found) == len(characters):
                continue
        else:
            continue
        left = found if left is None else left & found
    return left


def otherwise(flow: Flow) -> Verdict:
    return Verdict.PARTLY if flow.guarded("checked", "unknown") else Verdict.OPEN


def _let_through(flow: Flow, characters: str, worst: frozenset[str]) -> Verdict:
    """What patterns make of a value: safe where none of the ``worst`` of these characters gets through all of them."""
    left = through_patterns(flow, characters)
    if left is None:
        return otherwise(flow)
    return Verdict.PARTLY if left & worst else Verdict.SAFE


def shell(flow: Flow) -> Verdict:
    """Quoted for a POSIX shell (outside of quotes of its own), or nothing a shell acts on gets through."""
    if flow.guarded(*ALWAYS):
        return Verdict.SAFE
    by_hand = [guard for guard in flow.guards if guard.kind == "quoted" and guard.detail == "inside"]
    if by_hand:
        return Verdict.SAFE if flow.before.endswith("'") else Verdict.OPEN
    if flow.how == "whole" and any(guard.kind == "quoted" and guard.detail == "words" for guard in flow.guards):
        return Verdict.OPEN  # a command of its own, word by word
    if flow.guarded("quoted"):
        if any(guard.kind == "quoted" and guard.detail == "windows" for guard in flow.guards):
            return Verdict.SAFE if flow.before.endswith('"') else Verdict.OPEN
        escaped = all(guard.detail == "escaped" for guard in flow.guards if guard.kind == "quoted")
        opened = flow.before.endswith("'" if escaped else ('"', "'"))
        return Verdict.OPEN if opened and flow.how == "part" else Verdict.SAFE
    quoted = flow.before.count("'") % 2 or len(flow.before) >= _LONGEST
    if flow.sink.program.removesuffix(".exe") in _POWERSHELL and quoted:
        if any(guard.kind == "doubled" and guard.detail == "'" for guard in flow.guards):
            return Verdict.SAFE
    return _let_through(flow, _SHELL, _SHELL_WORST)


def program(flow: Flow) -> Verdict:
    if flow.guarded(*ALWAYS, "confined", "first") or "://" in flow.before:
        return Verdict.SAFE
    return otherwise(flow)


def option(flow: Flow) -> Verdict:
    """Nothing that begins with a dash gets to where a program looks for options that matter."""
    split = flow.how == "part"  # of a line that is taken apart at spaces: a value with one begins a word of its own
    program = flow.sink.program.removesuffix(".exe")
    if (flow.before and not split) or program not in STEERED:
        return Verdict.SAFE
    if flow.guarded(*ALWAYS, "not-option", "confined", "resolved", "host-allowed", "private-refused"):
        return Verdict.SAFE
    if flow.guarded("scheme", "private-literal", "identifier", "denied"):
        return Verdict.SAFE
    for guard in flow.guards:
        if guard.kind == "pattern" and not begins_with_dash(guard.detail):
            return Verdict.SAFE
        if guard.kind == "prefix" and guard.detail and not guard.detail.removeprefix("re:").lstrip("^").startswith("-"):
            return Verdict.SAFE
        if guard.kind == "excludes" and refuses_dash(guard.detail):
            return Verdict.SAFE
    left = through_patterns(flow, "=") if program in SPELLED_OUT else None
    if left is not None and not left:
        return Verdict.SAFE
    if any(g.kind == "option-value" and takes_value(program, g.detail, flow.source.name) for g in flow.guards):
        return Verdict.SAFE
    if flow.guarded("option-value"):
        return Verdict.PARTLY  # most options take the next word whatever it is, some only where it has no dash
    return otherwise(flow)


def code(flow: Flow) -> Verdict:
    """A name, a literal that was written out, text inside of quotes that it cannot end, or code of a known form."""
    if flow.guarded(*ALWAYS, "identifier"):
        return Verdict.SAFE
    if flow.guarded("written") and flow.before and not flow.before.endswith(("'", '"', "`")):
        return Verdict.SAFE
    for guard in flow.guards:
        if guard.kind == "in-quotes" and (flow.before.count(guard.detail) % 2 or len(flow.before) >= _LONGEST):
            return Verdict.SAFE
        if guard.kind == "form" and not _ANY_FORM.issuperset(guard.detail.split(", ")):
            return Verdict.SAFE
    left = through_patterns(flow, _NAMES)
    if left is not None and left.isdisjoint(_NAMES):
        return Verdict.SAFE  # numbers and signs, with nothing to call
    return _let_through(flow, "()_[]{}.'\"", frozenset("(_[{.'\""))


_NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$[]{}'\"`\\!"
"""Characters without which no name, text or list is written: arithmetic has none of them."""


_LONGEST = 160  # as much as flows keep of the text before a value
_ANY_FORM = frozenset(
    f"ast.{form}"
    for form in (
        "Expression", "Expr", "Module", "Interactive", "AST", "stmt", "expr", "Call", "Attribute", "Subscript",
        "Starred", "BinOp", "UnaryOp", "BoolOp", "Compare", "IfExp", "Lambda", "NamedExpr", "Await", "Yield",
        "YieldFrom", "ListComp", "SetComp", "DictComp", "GeneratorExp", "JoinedStr", "FormattedValue",
    )
)  # fmt: skip
"""Forms that hold others, and these may be any: who admits none but such did not look at what is inside."""


def path(flow: Flow) -> Verdict:
    """Inside a root after it was resolved, a bare name, or no separator and no ``..`` gets through."""
    if flow.guarded(*ALWAYS, "basename", "identifier"):
        return Verdict.SAFE
    left = through_patterns(flow, "/\\.")
    if left is not None and not left & frozenset("/\\"):
        return Verdict.SAFE
    if any(g.kind == "encoded" and g.detail == "segment" for g in flow.guards):
        return Verdict.SAFE
    if left is not None and "/" not in left:  # a backslash leads somewhere on one system, where ``..`` gets through
        return Verdict.SAFE if flow.guarded("no-dotdot") else Verdict.PARTLY
    refused_folders = [guard.detail for guard in flow.guards if guard.kind == "outside"]
    if refused_folders and not flow.before:
        # Whoever runs the server may know all that is to be kept; a list in the source leaves any other folder.
        return Verdict.PARTLY if all(refused_folders) and not flow.guarded("confined") else Verdict.SAFE
    if flow.guarded("confined"):
        return Verdict.PARTLY if follows_links(flow) else Verdict.SAFE
    if left is not None and "." not in left and flow.before.endswith(("/", "\\")):
        return Verdict.SAFE
    if flow.before and any(g.kind == "resolved" and g.detail == "URL" for g in flow.guards):
        return Verdict.SAFE  # the path of a parsed URL, behind a folder
    if flow.before and not flow.before.strip("/\\" + _JOINED):
        return otherwise(flow)  # a path that begins at the root of all there is
    if flow.guarded("no-dotdot") and flow.how in ("last", "part") and flow.before.endswith(("/", "\\", "\0")):
        return Verdict.SAFE
    if flow.how in ("last", "part") and flow.before and not _separated(flow.before):
        # ``report_`` + name: no folder of that name exists for ``..`` to leave, unless it is taken out as text before.
        if not flow.guarded("resolved", "normalised"):
            return Verdict.SAFE
    if flow.guarded("inside-unresolved", "prefix", "not-absolute") and flow.guarded("no-dotdot"):
        return Verdict.SAFE
    if flow.guarded("no-dotdot"):
        if any(g.kind == "excludes" and g.detail.startswith("^/") for g in flow.guards):
            return Verdict.SAFE
        if flow.before.endswith(_JOINED):
            return Verdict.PARTLY  # an absolute path throws away what it is joined to
    return otherwise(flow)


def file_of_program(flow: Flow) -> Verdict:
    """A word of a command line that is the name of a file, by what the argument is called or by its option."""
    option = flow.before.rstrip("=@") or next((g.detail for g in flow.guards if g.kind == "option-value"), "")
    return path(flow) if takes_file(flow.sink.program, option, flow.source.name) else Verdict.SAFE


_LEXICAL = frozenset(
    ("path.resolve", "path.normalize", "os.path.abspath", "os.path.normpath", "os.path.normcase",
     "pathlib.Path.absolute")
)  # fmt: skip


def follows_links(flow: Flow) -> bool:
    """Whether a path was confined as it is spelled only: a symbolic link inside the folder leads out of it."""
    if any(guard.kind == "confined" and guard.detail == "links" for guard in flow.guards):
        return False  # its folder was compared with links followed
    ways = [guard.detail for guard in flow.guards if guard.kind == "resolved" and not guard.detail.startswith("late")]
    if TRIED in ways and flow.sink.kind == "path-read":
        return False  # where links cannot be followed there is nothing to read; a new file may still be written there
    return bool(ways) and all(way in _LEXICAL or way == TRIED for way in ways)


TRIED = "tried"
"""Of a guard "resolved": what is used where it fails to follow the links of a path."""


_JOINED = "\1"  # at the end of the text before a value: a path that it is joined to


def _separated(before: str) -> bool:
    return before.endswith(("/", "\\", "\0", _JOINED))


def expression(flow: Flow) -> Verdict:
    """Written out for an expression, or nothing that repeats gets through."""
    if flow.guarded(*ALWAYS, "literal", "identifier"):
        return Verdict.SAFE
    return _let_through(flow, "*+{?", frozenset("*+{"))


def reflected(flow: Flow) -> Verdict:
    """One of known names, or one with fixed words in front."""
    if flow.guarded(*ALWAYS) or flow.before.strip("\0"):
        return Verdict.SAFE
    return otherwise(flow)


def whole_statement(flow: Flow) -> bool:
    """Whether the value is the statement (explained, limited, ended), not something in one."""
    return not flow.before.strip(" (\n\t") or re.fullmatch(r"\s*explain(\s+[\w=]+)*\s+", flow.before, re.I) is not None


def graphql(flow: Flow) -> bool:
    """Whether a statement is a document of GraphQL."""
    return GRAPHQL.match(flow.before) is not None


def searched(flow: Flow) -> bool:
    """Whether a statement is a text by which another service searches."""
    return flow.sink.position == SEARCH


def sql(flow: Flow) -> Verdict:
    if flow.guarded(*ALWAYS, "identifier"):
        return Verdict.SAFE
    if graphql(flow):
        if flow.guarded("written"):
            return Verdict.SAFE  # its strings are written as those of JSON
        quoted = flow.before.endswith('"') or len(flow.before) >= _LONGEST
        if quoted and any(guard.kind == "in-quotes" and guard.detail == '"' for guard in flow.guards):
            return Verdict.SAFE
        return _let_through(flow, '"\\' if quoted else '"\\(){}[]:', frozenset('"' if quoted else "(){}:"))
    if searched(flow):
        escaped = any(guard.kind == "in-quotes" and guard.detail == "'" for guard in flow.guards)
        return Verdict.SAFE if escaped else _let_through(flow, "'\\", frozenset("'"))
    quotes = [guard.detail for guard in flow.guards if guard.kind == "doubled"]
    if any(_inside(flow.before, quote) for quote in quotes):
        return Verdict.PARTLY if quotes == ["'"] and _BACKSLASHES.search(flow.sink.call) else Verdict.SAFE
    inside = any(g.kind == "in-quotes" and _inside(flow.before, g.detail) for g in flow.guards)
    if inside and _ESCAPES.search(flow.sink.call):
        return Verdict.SAFE
    closing = _closing(flow.before)
    if closing and _never_closed(flow, closing):
        return Verdict.PARTLY if closing == "'" and _BACKSLASHES.search(flow.sink.call) else Verdict.SAFE
    if closing:
        return _let_through(flow, f"{closing}\\", frozenset(f"{closing}\\"))  # the rest is text of the string
    return _let_through(flow, "'\";-/ ()`\\", frozenset("'\" `\\;("))


def _inside(before: str, quote: str) -> bool:
    """Whether a text ends inside of such quotes (``LIKE '%``)."""
    if quote == "]" or len(before) >= _LONGEST:
        return re.search(re.escape("[" if quote == "]" else quote) + r"[%_]?$", before) is not None
    return before.count(quote) % 2 == 1


def _closing(before: str) -> str:
    """What ends the quotes that were opened last thing in a text (``LIKE '%``)."""
    for opening, closing in (("['", "']"), ('["', '"]'), ("[", "]")):
        if before.endswith(opening):
            return closing
    last = before.rstrip("%_")[-1:]
    return last if last in ("'", '"', "`") and _inside(before, last) else ""


def _never_closed(flow: Flow, closing: str) -> bool:
    """Whether texts are refused that such quotes would end in."""
    return any(
        closing in refused(text, closing) if len(closing) == 1 else text in closing
        for text in (g.detail for g in flow.guards if g.kind == "excludes" and g.detail)
    )


_OF_MYSQL = "mysql|maria|clickhouse|bigquery|snowflake|databricks|spark|hive|impala|doris|starrocks|jsforce"
_BACKSLASHES = pattern(_OF_MYSQL, re.I)
"""Clients of databases that take ``\\'`` for a quote as well: doubling quotes alone keeps no value in its string."""
_ESCAPES = pattern(_OF_MYSQL + "|neo4j|memgraph|falkor|arango|surreal|influx|dynatrace|kusto", re.I)
"""Those, and of other languages that do: a value with both written by a backslash stays in its string."""

_NAMED = frozenset(("pandas.read_pickle", "joblib.load", "torch.load", "shelve.open", "numpy.load"))
"""What is given the name of a file: in a folder of the author's own stands what somebody put there."""


def deserialise(flow: Flow) -> Verdict:
    if flow.sink.call in _NAMED and path(flow) is Verdict.SAFE:
        return Verdict.SAFE
    return Verdict.SAFE if flow.guarded(*ALWAYS) else otherwise(flow)
