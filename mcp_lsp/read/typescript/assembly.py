"""What was found in a file, put together into servers: each thing once, each handler with what it answers for."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from mcp_lsp_analyzers.code import Class, Define, Do, Function, Name, Opaque, Stmt, Unit
from mcp_lsp_analyzers.model import Annotations, Item, Prompt, Resource, Sdk, Server, Tool
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import dataclass, field, replace
from mcp_lsp_analyzers.scope import Module, Modules
from mcp_lsp_analyzers.walk import sites

from .byfile import by_file
from .definitions import Finding, Maker, Parts, request_arguments
from .entries import Declared
from .evidence import FAMILIES, About, package
from .linking import functions, worker
from .lowlevel import Answerer, Unread, answered
from .makers import OFFICIAL, Made, Passed
from .sight import At, Sight, Where

if TYPE_CHECKING:
    from ..manifests import Dependencies

RANK = {"call": 0, "list": 1, "shape": 2, "dispatch": 3}


@dataclass(slots=True, eq=False)
class State:
    """What is kept between two readings of a file."""

    module: Module
    dependencies: Dependencies | None
    modules: Modules | None
    about: About
    entries: list[list[Declared]]  # of each unit
    watched: set[str]  # names of the module that were looked up
    linked: bool = False  # something was tied to a function that no look-up leads to
    abroad: bool = False  # something of another file was looked up
    servers: tuple[Server, ...] = ()
    tied: dict[object, Item] = field(default_factory=dict)
    functions: list[tuple[str, Function]] | None = None  # of the file, where they were asked for
    items: dict[Finding, Item] = field(default_factory=dict)  # what became of what was found


@dataclass(slots=True, eq=False)
class _Group:
    """What belongs to one server."""

    made: Made | None
    findings: list[Finding] = field(default_factory=list)
    answerers: dict[str, Answerer] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)


def place_of_server(uri: str, place: Place) -> Place:
    return Place(uri, "/serverInfo/name", place.local, place.anchor)


def assemble(state: State, before: State | None) -> None:
    entries = [entry for found in state.entries for entry in found]
    entries += by_file(state.module, state.about)
    groups, transports = _grouped(entries, state.module)
    tied = before.tied if before is not None else {}
    made = [_server(state, group, transports, tied) for group in groups]
    state.servers = tuple(server for server in made if server is not None)


def _grouped(entries: list[Declared], module: Module) -> tuple[list[_Group], frozenset[str]]:
    groups: dict[object, _Group] = {}
    transports = set()
    for entry in entries:
        if isinstance(entry, Made):
            if entry.transport and not (entry.deferred and _idle(entry.unit, module)):
                transports.add(entry.transport)
            if entry.key is not None:
                groups[entry.key] = _Group(entry)
    given: dict[object, object] = {}
    for entry in entries:
        if isinstance(entry, Passed):
            given.setdefault((entry.function, entry.index), entry.receiver)
    received = _Group(None)
    main = next(iter(groups.values())) if groups else received
    for entry in entries:
        if isinstance(entry, (Finding, Answerer, Unread)):
            receiver = entry.receiver
            for _ in range(4):  # handed on from function to function
                if isinstance(receiver, tuple):
                    receiver = given.get(receiver, _ELSEWHERE)
            group = groups.get(receiver, received if receiver is _ELSEWHERE else main)
            if isinstance(entry, Finding):
                group.findings.append(entry)
            elif isinstance(entry, Answerer):
                group.answerers.setdefault(entry.kind, entry)
            else:
                group.unread.append(entry)
    return [*groups.values(), received], frozenset(transports)


def _idle(unit: Unit, module: Module) -> bool:
    """Whether a function of this file is called by nobody, as in files that show ways to start a server."""
    if len(unit.binds) != 1 or unit.key.startswith("export") or not isinstance(unit.statements[0], Define):
        return False
    name = unit.binds[0]
    mentions = (other for other in module.units if other is not unit and name in other.key)
    return not any(_names(name, statement, other) for other in mentions for statement in other.statements)


def _names(name: str, statement: Stmt, unit: Unit) -> bool:
    if isinstance(statement, Do) and isinstance(statement.value, Opaque) and statement.value.kind == "void":
        return False  # `void example;`, which quiets a linter
    return any(isinstance(site.node, Name) and site.node.id == name for site in sites(statement, unit, kinds=(Name,)))


_ELSEWHERE = object()


def _server(state: State, group: _Group, transports: frozenset[str], tied: dict[object, Item]) -> Server | None:
    module, known = state.module, state.about
    findings = _distinct([*group.findings, *_dispatched(state, group)])
    if group.made is None and not findings and not group.unread:
        return None
    if group.made is not None and not findings and not group.made.name and group.made.source.startswith("."):
        return None  # a class of the project that only sounds like a server
    uri = module.uri
    tools: list[Tool] = []
    prompts: list[Prompt] = []
    resources: list[Resource] = []
    for finding in findings:
        item = state.items[finding] = _tied(state, finding, group.answerers, tied)
        if isinstance(item, Tool):
            tools.append(item)
        elif isinstance(item, Prompt):
            prompts.append(item)
        else:
            resources.append(item)
    made = group.made
    if made is not None and made.key is not None:
        node = made.call if made.call is not None else made.cls
        assert node is not None
        local = Span(node.start, node.end)
        if isinstance(node, Class):
            local = Span(node.name_start, node.name_start + len(node.name))
        place = Place(uri, "/serverInfo/name", local, made.unit.anchor)
    else:
        place = place_of_server(uri, findings[0].item.place if findings else group.unread[0].place)
    ways = {finding.via for finding in findings}
    low = bool(group.answerers) or "list" in ways or (made is not None and made.low)
    api = "low" if low else "high" if not ways or "call" in ways else "table"
    constructed = (made.call, made.unit) if made is not None and made.call is not None else None
    return Server(
        uri,
        made.name if made is not None else "",
        _sdk(known, made, api),
        place,
        tuple(tools),
        tuple(prompts),
        tuple(resources),
        made.instructions if made is not None else None,
        transports,
        module,
        constructed,
        tuple((u.place, u.reason) for u in group.unread if not u.told),
    )


def _sdk(known: About, made: Made | None, api: str) -> Sdk:
    if made is not None and made.source:
        name = package(made.source.split(":")[0])
        if name in FAMILIES and FAMILIES[name][0] != known.family:
            family, major = FAMILIES[name]
            return Sdk(family, major, api, "imports")
        if made.source.startswith(".") and made.source.endswith("FastMCP") and known.family != "fastmcp-ts":
            return Sdk("fastmcp-ts", None, api, "imports")  # fastmcp's own examples
        if known.family == "unknown" and OFFICIAL.search(made.source):
            return Sdk("typescript-sdk", 1, api, "imports")  # the SDK's own examples
    return known.sdk(api)


def _distinct(findings: list[Finding]) -> list[Finding]:
    """One finding for each thing declared: a definition that a table registers was found twice."""
    best: dict[int, Finding] = {}
    for finding in findings:
        before = best.get(id(finding.name))
        if before is None or _order(finding) < _order(before):
            best[id(finding.name)] = finding
    chosen = [finding for finding in findings if best[id(finding.name)] is finding]
    strong = {_label(f.item) for f in chosen if RANK[f.via] < 2}
    result: list[Finding] = []
    for finding in chosen:
        if RANK[finding.via] >= 2:
            label = _label(finding.item)
            if label in strong:
                continue
            strong.add(label)
        result.append(finding)
    return result


def _order(finding: Finding) -> tuple[int, bool]:
    return RANK[finding.via] if finding.item.function is not None else RANK[finding.via] + 1, finding.via != "call"


def _label(item: Item) -> tuple[type, str]:
    return type(item), item.name if not isinstance(item, Resource) else item.uri.value or item.name


# ---------------------------------------------------------------- shared handlers

ANSWERS: dict[type, str] = {Tool: "tools/call", Prompt: "prompts/get", Resource: "resources/read"}


def _tied(state: State, finding: Finding, answerers: dict[str, Answerer], tied: dict[object, Item]) -> Item:
    """A declaration without a handler of its own, with the one that answers for all, or the one beside it."""
    item = finding.item
    if item.function is not None or finding.via == "call":
        return item
    answerer = answerers.get(ANSWERS[type(item)])
    given: tuple[tuple[str, str], ...] = ()
    if answerer is not None:
        function = answerer.function
        given = request_arguments(function, "uri" if isinstance(item, Resource) else "arguments")
    else:
        beside = None
        if isinstance(item, Tool):
            state.linked = True
            if state.functions is None:
                state.functions = functions(state.module)
            beside = worker(item, state.functions)
        if beside is None:
            return item
        function, given = beside
    key = (item, function)
    made = tied.get(key)
    if made is None:
        made = replace(item, function=function, arguments=given)
        if isinstance(made, Tool) and answerer is not None:
            made = replace(made, branch=(item.name,))
    state.tied[key] = made
    return made


def _dispatched(state: State, group: _Group) -> list[Finding]:
    """Tools that are defined in other files, known by the branches of the handler that answers for them."""
    answerer = group.answerers.get("tools/call")
    if answerer is None or (any(isinstance(f.item, Tool) for f in group.findings) and not group.unread):
        return []
    unit = answerer.function.unit
    sight = Sight(state.module, unit, modules=state.modules)
    maker = Maker(sight, state.module.uri)
    result = []
    kept = cast("dict[object, Finding]", unit.kept.setdefault("dispatched", {}))
    for name, at in answered(sight, answerer.function):
        finding = kept.get((answerer.function, name))
        if finding is None:
            tool = maker.tool(Parts(at, at, unsure=True))
            tool = replace(tool, name=name, name_complete=True, annotations=Annotations((), tool.place, False))
            finding = kept[answerer.function, name] = Finding(tool, "dispatch", at.node, answerer.receiver)
        result.append(finding)
    state.abroad = state.abroad or bool(sight.scope.seen.elsewhere)
    known = [*result, *(f for f in group.findings if isinstance(f.item, Tool))]
    if not known or group.unread:
        # Which tools there are is only known when it runs; what is done with their arguments stands here.
        function = answerer.function
        names = tuple(sorted({f.item.name for f in known}))
        finding = kept.get((function, names))
        if finding is None:
            at = At(function, Where(unit, function))
            tool = maker.tool(Parts(at, at, unsure=True, function=at))
            given = tuple((name, to) for name, to in request_arguments(function) if to or names)
            tool = replace(tool, name="", name_complete=False, arguments=given, branch=names)
            finding = kept[function, names] = Finding(tool, "dispatch", function, answerer.receiver)
        result.append(finding)
    return result
