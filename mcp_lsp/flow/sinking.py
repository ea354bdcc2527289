"""Dangerous positions: which choices stand in one, how, and behind which guards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers import sinks
from mcp_lsp_analyzers.code import Attr, Call, Expr
from mcp_lsp_analyzers.flow import FOLLOWED, GUESSED
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.programs import SHELLS
from mcp_lsp_analyzers.sinks import Api

from . import carried, fetching, filtering
from .commandline import basenames, called_for, read_by_shell, scripted, shell_elsewhere, started
from .frame import Reach
from .guards import FREE, Spot, where_used
from .lists import put, row
from .scripts import embedded, script
from .taints import JOINED, Taint
from .values import UNKNOWN, Rec, Seq, Value, all_taints

if TYPE_CHECKING:
    from .calls import At


def look(at: At) -> None:
    """Note every choice that stands in a dangerous position of this call."""
    name, language = at.name, at.f.run.language
    apis = sinks.api(language, name) if name else ()
    if not apis and at.method:
        apis = sinks.api(language, f"?.{at.method}")
    if not apis and at.base.taints and not at.base.name and language == "python":
        # Text has no such method: what the choice is in must be a path.
        found = sinks.table(language).get(f"pathlib.Path.{at.method}", ())
        if found and at.method in _OF_PATHS_ONLY:
            apis, name = found, f"pathlib.Path.{at.method}"
    for api in apis:
        noted(at, api, name or f"?.{at.method}")
    if not any(api.kind in ("sql", "url") for api in apis):
        _by_evidence(at, name)
        if not apis:
            for value, node in (*fetching.addresses(at), *fetching.bases(at)):
                _one(at, "url", name or f"?.{at.method}", GUESSED, Value(value.taints), node)
            for value, node in fetching.files(at):
                _one(at, "path-read", name or f"?.{at.method}", GUESSED, Value(value.taints), node)
    if at.method == "list":
        _searches(at, name)
    for kind, position, value, node in carried.positions(at, apis):
        _one(at, kind, name or f"?.{at.method}", position, value, node)
    written = script(at)
    if written is not None:
        value, node = at.args.plain[1]
        for taint in all_taints(value):
            if taint.before:
                _add(at, taint, written, name, "1", node)


_OF_PATHS_ONLY = frozenset(
    "read_text read_bytes write_text write_bytes unlink rmdir mkdir touch iterdir rglob open".split()  # noqa: SIM905
)


def noted(at: At, api: Api, name: str) -> None:
    """Note every choice that stands in a position of this call."""
    if not api.when or _holds(at, api.when):
        _api(at, api, name)


def _holds(at: At, condition: str) -> bool:
    if condition == "unsafe-yaml":
        loader = at.args.at(1, "Loader")
        return loader is None or "Safe" not in loader[0].name.rpartition(".")[2]
    if condition == "page":
        return fetching.of_page(at)
    value = at.args.keys.get(condition)
    return value is not None and value[0].constants not in ((False,), (None,))


def _api(at: At, api: Api, name: str) -> None:
    if api.on_self:
        if at.base.taints and isinstance(at.call.callee, Attr):
            kind = api.kind if api.kind != "file" else "path-write" if _writes(at) else "path-read"
            _one(at, kind, name, "self", at.base, at.call.callee.value)
        return
    if api.rest:
        start = api.position or 0
        if api.kind == "options":
            _options(at, name, start)
            return
        for i, (value, node) in enumerate(at.args.plain[start:]):
            _one(at, api.kind, name, str(start + i), value, node)
        if at.args.rest is not None:
            _one(at, api.kind, name, "*", *at.args.rest)
        return
    given = at.args.at(api.position, api.keyword)
    if given is None:
        return
    value, node = given
    position = str(api.position) if api.position is not None else api.keyword or ""
    if api.property is not None:
        shape = value.shape
        inside = shape.fields.get(api.property) if type(shape) is Rec else None
        if inside is None:
            return
        value, position = inside, api.property
    kind = api.kind
    if kind == "process":
        _process(at, name, position, value, node)
    elif kind == "vector":
        _vector(at, api, name, position, value, node)
    elif kind == "varargs":
        start = api.position or 0
        words = row((v for v, _ in at.args.plain[start:]), at.args.rest[0] if at.args.rest else None)
        _command(at, name, words, node, [n for _, n in at.args.plain[start:]])
    elif kind == "words":
        _words(at, name, position, value, node)
    elif kind == "remote":
        shape = value.shape
        if type(shape) is Seq:
            _command(at, name, shape, node, [], remote=True)
        for taint in value.taints:
            if read_by_shell(taint.before):
                _add(at, taint, "shell", name, position, node)
    elif kind == "embedded":
        around = tuple(t for t in all_taints(value) if embedded(t))
        _one(at, "code", name, position, Value(around), node)
    elif kind == "file":
        _one(at, "path-write" if _writes(at) else "path-read", name, position, value, node)
    elif kind == "url" and value.taints:
        known = filtering.held(at)
        sent_on = known.later == FREE and fetching.follows(at)
        _one(at, kind, name, FOLLOWED if sent_on else position, filtering.under(value, known.first), node)
    else:
        _one(at, kind, name, position, value, node)


def _writes(at: At) -> bool:
    position = 0 if at.method == "open" and at.base.taints else 1
    mode = at.args.at(position, "mode") or at.args.at(1, "flags")
    if mode is None:
        return False
    return any(isinstance(c, str) and any(m in c for m in "wax+") for c in mode[0].constants or ())


# ---------------------------------------------------------------- processes


def _flag(at: At, name: str) -> bool:
    """Whether a keyword argument or option is set (or may be)."""
    given = at.args.keys.get(name)
    if given is None:
        options = at.args.options().shape
        if type(options) is not Rec or name not in options.fields:
            return False
        value = options.fields[name]
    else:
        value = given[0]
    constants = value.constants
    if constants is None:
        # ``shell: process.platform === "win32"`` and the like
        return not value.taints and value is not UNKNOWN
    return any(constants)


def _process(at: At, name: str, position: str, value: Value, node: Expr) -> None:
    shell = _flag(at, "shell") or (name.startswith(("anyio.", "trio.")) and type(value.shape) is not Seq)
    shape = value.shape
    if type(shape) is Seq:
        if shell:
            _one(at, "shell", name, position, shape.any, node)
        else:
            _command(at, name, shape, node, _items_of(node))
    if value.taints:
        if shell:
            _one(at, "shell", name, position, Value(value.taints), node)
        elif type(shape) is not Seq:
            _first_word(at, name, position, value, node)


def _first_word(at: At, name: str, position: str, value: Value, node: Expr) -> None:
    """A string without a shell: what stands at its beginning is the program."""
    for taint in value.taints:
        if not taint.before:
            _add(at, taint, "program", name, position, node)
        elif read_by_shell(taint.before):
            _add(at, taint, "shell", name, position, node)


def _words(at: At, name: str, position: str, value: Value, node: Expr) -> None:
    """A command line that is split at spaces: a choice anywhere in it may add words of its own."""
    if _flag(at, "shell"):
        _one(at, "shell", name, position, Value(value.taints), node)
        return
    if type(value.shape) is Seq:
        _command(at, name, value.shape, node, [])
    for taint in value.taints:
        if not taint.before:
            _add(at, taint, "program", name, position, node)
        elif read_by_shell(taint.before):
            _add(at, taint, "shell", name, position, node)
        else:
            program = taint.before.lstrip().partition(" ")[0].rpartition("/")[2]
            _add(at, taint, "argv", name, position, node, "part", program if "\0" not in program else "")


def _vector(at: At, api: Api, name: str, position: str, value: Value, node: Expr) -> None:
    """A program and a list of arguments, as ``spawn(program, [arguments], options)`` has them."""
    given = at.args.at((api.position or 0) + 1)
    rest = given[0] if given is not None else UNKNOWN
    if type(rest.shape) is Rec and "args" in rest.shape.fields:
        rest = rest.shape.fields["args"]
    if _flag(at, "shell"):
        _one(at, "shell", name, position, value, node)
        if given is not None:
            _one(at, "shell", name, "1", Value(all_taints(rest)), given[1])
        return
    items = rest.shape if type(rest.shape) is Seq else Seq((), Value(rest.taints) if rest.taints else None)
    nodes = [node, *(_items_of(given[1]) if given is not None else [])]
    whole = Seq((called_for(value, node), *items.items), items.rest, items.ended)
    _command(at, name, whole, given[1] if given is not None else node, nodes)


def _items_of(node: Expr) -> list[Expr]:
    from mcp_lsp_analyzers.code import Items, Spread

    if isinstance(node, Items) and not any(isinstance(i, Spread) for i in node.items):
        return list(node.items)
    return []


def _command(at: At, name: str, words: Seq, node: Expr, nodes: list[Expr], remote: bool = False) -> None:
    """A program and its arguments, one by one."""
    items = words.items
    program = items[0] if items else words.rest or UNKNOWN
    if not remote:
        where = nodes[0] if nodes else node
        for taint in program.taints if items else ():
            if not taint.before:
                _add(at, taint, "program", name, "0", where)
        if not items:
            for taint in program.taints:
                _add(at, taint, "program", name, "0", node, how="element")
    programs = basenames(program)
    known = next(iter(programs)) if len(programs) == 1 and "\0" not in programs else ""
    runs = scripted(programs, items)
    how = ""
    if runs is None:
        runs, how = shell_elsewhere(programs, items), "part"
    other = started(programs, items)
    for i, item in enumerate(items[1:], 1):
        where = nodes[i] if i < len(nodes) else node
        if other is not None and i == other[0]:
            known = other[1]
        if runs is not None and runs.reads(i):
            for taint in all_taints(item):
                _add(at, taint, runs.kind, name, str(i), where, how, known)
        elif not remote and (runs is None or i < min(runs.words, default=i + 1)):
            for taint in _operands(item):
                _add(at, taint, "argv", name, str(i), where, "element", known)
    if words.rest is not None and items:
        chosen = {(taint.origin, taint.path) for taint in program.taints if not taint.before}
        for taint in all_taints(words.rest):
            if runs is not None:
                if runs.reads(len(items)):
                    _add(at, taint, runs.kind, name, "*", node, how, known)
            elif not remote and _begins_word(taint) and (taint.origin, taint.path) not in chosen:
                _add(at, taint, "argv", name, "*", node, "element", known if other is None else other[1])
    if not remote and not programs & SHELLS:
        _paths(at, name, words, node, nodes)


def _operands(item: Value) -> list[Taint]:
    """Choices at the very beginning of a word, the only ones that can make it an option, and the values of one."""
    return [taint for taint in all_taints(item) if _begins_word(taint)]


def _paths(at: At, name: str, words: Seq, node: Expr, nodes: list[Expr]) -> None:
    """Choices that are joined to a folder: the program is given the file they lead to."""
    given = [(str(i), item, nodes[i] if i < len(nodes) else node) for i, item in enumerate(words.items[1:], 1)]
    if words.rest is not None:
        given.append(("*", words.rest, node))
    for position, item, where in given:
        for taint in all_taints(item):
            if taint.before.endswith(JOINED) or _BELOW.fullmatch(taint.before):
                _add(at, taint, "path-given", name, position, where)


_BELOW = pattern(r"(?:/|\./|~/)(?:[\w.@ -]+/)*")


def _begins_word(taint: Taint) -> bool:
    if taint.aspect == "url":
        return False  # it begins with its scheme
    return not taint.before or (not taint.after and _OPTION.fullmatch(taint.before) is not None)


_OPTION = pattern(r"--?[\w-]+=@?")


def _options(at: At, name: str, start: int) -> None:
    """Words of a command whose program is fixed: those at the beginning of a word may be taken for options."""
    words = Seq(())
    for value, node in at.args.plain[start:]:
        before = len(words.items)
        words = put(words, value, many=type(value.shape) is Seq)
        for item in words.items[before:]:
            for taint in _operands(item):
                _add(at, taint, "argv", name, "0", node, "element", "git")
    if at.args.rest is not None:
        words = put(words, Value((), Seq((), at.args.rest[0])), many=True)
    if words.rest is not None:
        where = at.args.rest[1] if at.args.rest else at.call
        for taint in _operands(words.rest):
            _add(at, taint, "argv", name, "*", where, "element", "git")


# ---------------------------------------------------------------- by what the text looks like


def _by_evidence(at: At, name: str) -> None:
    """A string that begins like a database statement is one, whatever unknown object it is given to; so is one that
    ends in a condition of such, where what it is given to says that it wants a statement."""
    wants = _takes_a_query(at.method)
    if not wants and at.method not in sinks.STATEMENT_METHODS:
        return
    for i, value, node in _statements(at):
        for taint in value.taints:
            before = taint.before
            asked = wants and i == 0
            if before and (
                sinks.SQL.match(before) or (asked and (sinks.CONDITION.search(before) or sinks.PIPED.match(before)))
            ):
                _add(at, taint, "sql", name or f"?.{at.method}", str(i), node)


def _searches(at: At, name: str) -> None:
    """``drive.files().list(q=f"name contains '{text}'")``: a text in quotes of the search of another service."""
    fields = getattr(at.args.options().shape, "fields", {})
    value, node = at.args.keys.get("q") or (fields.get("q", UNKNOWN), at.call)
    for taint in value.taints:
        if sinks.SEARCHED.search(taint.before):
            _add(at, taint, "sql", name or f"?.{at.method}", sinks.SEARCH, node)


def _takes_a_query(method: str) -> bool:
    """Whether a method of this name runs a query, in whatever language that is (``singleRecordQuery``, ``runSql``)."""
    said = words(method)
    return not sinks.QUERIES.isdisjoint(said) and (len(said) == 1 or not sinks.RUNS.isdisjoint(said))


_STATEMENT = ("query", "sql", "statement", "text", "sqlText")


def _statements(at: At) -> Iterator[tuple[int, Value, Expr]]:
    """What may be the statement among the arguments: the first (or the one behind the name of a database), one by its
    name, that property of an object."""
    by_name = [at.args.keys[field] for field in _STATEMENT if field in at.args.keys]
    for i, (value, node) in enumerate((*at.args.plain[:2], *by_name)):
        shape = value.shape
        if type(shape) is Rec:
            body = shape.fields.get("body", UNKNOWN).shape
            fields = {**shape.fields, **body.fields} if type(body) is Rec else shape.fields
            yield from ((0, fields[field], node) for field in _STATEMENT if field in fields)
        else:
            yield (1 if i == 1 else 0), value, node


# ---------------------------------------------------------------- noted


def _one(at: At, kind: str, name: str, position: str, value: Value, node: Expr) -> None:
    taints = value.taints
    if type(value.shape) is Seq or (type(value.shape) is Rec and kind in ("code", "deserialise")):
        taints = all_taints(value)
    for taint in taints:
        _add(at, taint, kind, name, position, node)


def existing(at: At, value: Value, node: Expr) -> None:
    """Whether a file is there. Of a tool's argument little is told by that, but a caller whose token names the file may
    be let in by it: noted where such a function is read itself."""
    run = at.f.run
    if run.asked is not None and at.f.function is run.asked:
        _one(at, "path-read", at.name or f"?.{at.method}", "0", value, node)


_HARMLESS = frozenset(("test", "parents", "address", "extension", "common", "octet", "form", "type"))


def _add(
    at: At, taint: Taint, kind: str, name: str, position: str, node: Expr, how: str = "", program: str = ""
) -> None:
    if taint.aspect in _HARMLESS or carried.beside_the_point(taint, kind):
        return
    f = at.f
    guards = where_used(at.s.guards(taint), taint.before, name)
    guards = tuple(way for way in guards if not any(fact[0] == "empty" for fact in way))
    if not guards:
        return
    call: Call = at.call
    callee = call.callee
    uri = f.scope.module.uri
    f.reached.append(
        Reach(
            taint, guards, kind, name, position, how or _how(taint),
            Spot(uri, f.unit, node.start, node.end), Spot(uri, f.unit, call.start, call.end),
            Spot(uri, f.unit, callee.start, callee.end), taint.steps, program,
        )
    )  # fmt: skip


def _how(taint: Taint) -> str:
    if not taint.before:
        return "first" if taint.after else "whole"
    return "part" if taint.after else "last"
