"""TypeScript declarations assembled into servers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from mcp_lsp_analyzers.code import Class, Dict, Export, flat
from mcp_lsp_analyzers.model import Annotations, Prompt, Resource, Sdk, Server, Tool
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.scope import Module, Modules

from ..reading import Reading, literals
from .definitions import Finding, Item, Maker, Parts, request_arguments
from .entries import Declared
from .evidence import FAMILIES, About, about, package, sources
from .finding import Finder
from .lowlevel import Answerer, Unread, answered
from .makers import OFFICIAL, Made, Passed
from .sight import At, Sight, Where

if TYPE_CHECKING:
    from ..manifests import Dependencies

RANK = {"call": 0, "list": 1, "shape": 2, "dispatch": 3}


@dataclass(slots=True, eq=False)
class _State:
    """What is kept between two readings of a file."""

    module: Module
    dependencies: Dependencies | None
    modules: Modules | None
    about: About
    entries: list[list[Declared]]  # of each unit
    watched: set[str]  # names of the module that were looked up
    abroad: bool = False  # something of another file was looked up
    servers: tuple[Server, ...] = ()
    tied: dict[object, Item] = field(default_factory=dict)
    items: dict[Finding, Item] = field(default_factory=dict)  # what became of what was found


@dataclass(slots=True, eq=False)
class _Group:
    """What belongs to one server."""

    made: Made | None
    findings: list[Finding] = field(default_factory=list)
    answerers: dict[str, Answerer] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)


def servers(
    module: Module,
    dependencies: Dependencies | None = None,
    previous: Reading | None = None,
    modules: Modules | None = None,
) -> Reading:
    """The servers of a file, and the parts of servers that it declares on a server made elsewhere. ``modules``: where
    constants that name tools are looked up when they are imported."""
    before = previous.kept.get("typescript") if previous is not None else None
    state = _state(module, dependencies, modules, before if isinstance(before, _State) else None)
    return Reading(state.servers, literals(module), {"typescript": state})


def _state(module: Module, dependencies: Dependencies | None, modules: Modules | None, before: _State | None) -> _State:
    new = module.units
    if before is None or before.dependencies is not dependencies or before.modules is not modules:
        return _whole(module, dependencies, modules, before, about(module, dependencies))
    old = before.module.units
    first = last = 0
    shortest = min(len(old), len(new))
    while first < shortest and old[first] is new[first]:
        first += 1
    while last < shortest - first and old[-1 - last] is new[-1 - last]:
        last += 1
    gone, come = old[first : len(old) - last], new[first : len(new) - last]
    if [sources(unit) for unit in gone] != [sources(unit) for unit in come]:
        known = about(module, dependencies)
        return _whole(module, dependencies, modules, before, before.about if known == before.about else known)
    changed = {name for unit in (*gone, *come) for name in unit.binds}
    if before.abroad or changed & before.watched:
        return _whole(module, dependencies, modules, before, before.about)
    finder = Finder(module, before.about, modules, False)
    entries = before.entries[:]
    entries[first : len(old) - last] = [finder.found(unit) for unit in come]
    before.watched |= finder.seen
    state = _State(module, dependencies, modules, before.about, entries, before.watched, finder.abroad)
    earlier = [entry for found in before.entries[first : len(old) - last] for entry in found]
    later = [entry for found in entries[first : len(new) - last] for entry in found]
    if not _replaced(state, before, earlier, later):
        _assemble(state, before)
    return state


def _whole(
    module: Module, dependencies: Dependencies | None, modules: Modules | None, before: _State | None, known: About
) -> _State:
    finder = Finder(module, known, modules, True)
    entries = [finder.found(unit) for unit in module.units]
    state = _State(module, dependencies, modules, known, entries, finder.seen, finder.abroad)
    _assemble(state, before)
    return state


def _replaced(state: _State, before: _State, earlier: list[Declared], later: list[Declared]) -> bool:
    """Most edits change one declaration, or none: then the servers are as before but for it."""
    if state.about.family == "xmcp" or len(earlier) != len(later):
        return False
    instead: dict[int, Item] = {}
    items = before.items
    for a, b in zip(earlier, later):  # noqa: B905 (equally long)
        if a is b:
            continue
        if not isinstance(a, Finding) or not isinstance(b, Finding) or a not in items or items[a] is not a.item:
            return False
        if a.via != "call" or b.via != "call" or a.receiver != b.receiver or type(a.item) is not type(b.item):
            return False
        if a.item.function is None or b.item.function is None:
            return False
        if a.item.name != b.item.name:
            return False
        instead[id(a.item)] = b.item
        items[b] = b.item
        del items[a]
    state.items, state.tied = items, before.tied
    state.servers = tuple(_renewed(server, state.module, instead) for server in before.servers)
    return True


def _renewed(server: Server, module: Module, instead: dict[int, Item]) -> Server:
    tools, prompts, resources, place = server.tools, server.prompts, server.resources, server.place
    if instead:
        firsts: tuple[Item, ...] = (*tools[:1], *prompts[:1], *resources[:1])
        for item in firsts:
            if id(item) in instead and item.place.local == place.local and item.place.anchor is place.anchor:
                place = _at(module.uri, instead[id(item)].place)
        tools = tuple([instead.get(id(tool), tool) for tool in tools])  # type: ignore[misc]
        prompts = tuple([instead.get(id(prompt), prompt) for prompt in prompts])  # type: ignore[misc]
        resources = tuple([instead.get(id(resource), resource) for resource in resources])  # type: ignore[misc]
    return replace(server, module=module, place=place, tools=tools, prompts=prompts, resources=resources)


def _at(uri: str, place: Place) -> Place:
    return Place(uri, "/serverInfo/name", place.local, place.anchor)


# ---------------------------------------------------------------- assembly


def _assemble(state: _State, before: _State | None) -> None:
    entries = [entry for found in state.entries for entry in found]
    entries += _by_file(state.module, state.about)
    groups, transports = _grouped(entries)
    tied = before.tied if before is not None else {}
    made = [_server(state, group, transports, tied) for group in groups]
    state.servers = tuple(server for server in made if server is not None)


def _grouped(entries: list[Declared]) -> tuple[list[_Group], frozenset[str]]:
    groups: dict[object, _Group] = {}
    transports = set()
    for entry in entries:
        if isinstance(entry, Made):
            if entry.transport:
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


_ELSEWHERE = object()


def _server(state: _State, group: _Group, transports: frozenset[str], tied: dict[object, Item]) -> Server | None:
    module, known = state.module, state.about
    findings = _distinct([*group.findings, *_dispatched(module, state.modules, group)])
    if group.made is None and not findings:
        return None
    if group.made is not None and not findings and not group.made.name and group.made.source.startswith("."):
        return None  # a class of the project that only sounds like a server
    uri = module.uri
    tools: list[Tool] = []
    prompts: list[Prompt] = []
    resources: list[Resource] = []
    for finding in findings:
        item = state.items[finding] = _tied(finding, group.answerers, tied, state.tied)
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
        place = _at(uri, findings[0].item.place)
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
        tuple((u.place, u.reason) for u in group.unread),
    )


def _sdk(known: About, made: Made | None, api: str) -> Sdk:
    if made is not None and made.source:
        name = package(made.source.split(":")[0])
        if name in FAMILIES and FAMILIES[name][0] != known.family:
            family, major = FAMILIES[name]
            return Sdk(family, major, api, "imports")
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


def _tied(
    finding: Finding, answerers: dict[str, Answerer], tied: dict[object, Item], again: dict[object, Item]
) -> Item:
    """A declaration without a handler of its own, with the one that answers for all."""
    item = finding.item
    if item.function is not None or finding.via == "call":
        return item
    answerer = answerers.get(ANSWERS[type(item)])
    if answerer is None:
        return item
    key = (item, answerer.function)
    made = tied.get(key)
    if made is None:
        function = answerer.function
        if isinstance(item, Tool):
            made = replace(item, function=function, arguments=request_arguments(function), branch=(item.name,))
        elif isinstance(item, Prompt):
            made = replace(item, function=function, arguments=request_arguments(function))
        else:
            made = replace(item, function=function, arguments=request_arguments(function, "uri"))
    again[key] = made
    return made


def _dispatched(module: Module, modules: Modules | None, group: _Group) -> list[Finding]:
    """Tools that are defined in other files, known by the branches of the handler that answers for them."""
    answerer = group.answerers.get("tools/call")
    if answerer is None or (any(isinstance(f.item, Tool) for f in group.findings) and not group.unread):
        return []
    unit = answerer.function.unit
    sight = Sight(module, unit, modules=modules)
    maker = Maker(sight, module.uri)
    result = []
    kept = cast("dict[object, Finding]", unit.kept.setdefault("dispatched", {}))
    for name, at in answered(sight, answerer.function):
        finding = kept.get((answerer.function, name))
        if finding is None:
            tool = maker.tool(Parts(at, at, unsure=True))
            tool = replace(tool, name=name, name_complete=True, annotations=Annotations((), tool.place, False))
            finding = kept[answerer.function, name] = Finding(tool, "dispatch", at.node, answerer.receiver)
        result.append(finding)
    return result


# ---------------------------------------------------------------- one tool for each file


def _by_file(module: Module, known: About) -> list[Declared]:
    """xmcp: ``export const schema``, ``export const metadata``, and a default function."""
    if known.family != "xmcp" or "metadata" not in module.names:
        return []
    unit = module.names["metadata"]
    kept = unit.kept.get("xmcp")
    if kept is not None:
        before, found_before = cast("tuple[Sight, list[Declared]]", kept)
        if before.scope.holds(module):
            return found_before
    sight = Sight(module, unit)
    entries: list[Declared] = []
    binding = sight.scope.find("metadata")
    metadata = None
    if binding is not None and binding.value is not None:
        metadata = sight.resolve(At(binding.value, Where(binding.unit)))
    if metadata is not None and isinstance(metadata.node, Dict):
        name = sight.entry(metadata, "name")
        if name is not None and isinstance(sight.constant(name), str):
            entries.append(_xmcp(module, sight, metadata, name))
    unit.kept["xmcp"] = (sight, entries)
    return entries


def _xmcp(module: Module, sight: Sight, metadata: At, name: At) -> Finding:
    schema = sight.scope.find("schema")
    shape = At(schema.value, Where(schema.unit)) if schema is not None and schema.value is not None else None
    parts = Parts(
        name, metadata, sight.entry(metadata, "description"), sight.entry(metadata, "title"), shape, None,
        sight.entry(metadata, "annotations"), False, None, _default(module, sight),
    )  # fmt: skip
    known = sight.resolve(name)
    maker = Maker(sight, module.uri)
    item: Item = maker.tool(parts) if sight.entry(metadata, "role") is None else maker.prompt(parts)
    return Finding(item, "call", known.node if known is not None else name.node)


def _default(module: Module, sight: Sight) -> At | None:
    for unit in module.units:
        for statement, nested in flat(unit.statements):
            if isinstance(statement, Export):
                for local, exported in statement.names:
                    if exported == "default":
                        if statement.value is not None:
                            return At(statement.value, Where(nested or unit))
                        binding = sight.scope.find(local)
                        if binding is not None and binding.function is not None:
                            return At(binding.function, Where(binding.unit))
                        if binding is not None and binding.value is not None:
                            return At(binding.value, Where(binding.unit))
    return None
