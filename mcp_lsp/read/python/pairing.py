"""Low-level servers: what is written out for the protocol, and the handlers that list it and run it."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Call, Comprehension, Function, Items, Name, Return
from mcp_lsp_analyzers.identifier import words
from mcp_lsp_analyzers.model import Item, Prompt, Resource, Tool
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.walk import body

from .declare import home_of
from .found import Handler, Loose
from .gathering import Gathered, Key, State
from .sdk import File, Ref

_RUN_BY: dict[type, str] = {Tool: "call_tool", Prompt: "get_prompt", Resource: "read_resource"}


def give(loose: list[Loose], handlers: list[Handler], groups: dict[Key, Gathered], state: State) -> None:
    """Give what is written out for the protocol to the server whose handlers list it."""
    kinds: dict[str, list[Handler]] = {}
    for handler in handlers:
        kinds.setdefault(handler.kind, []).append(handler)
        ref = handler.ref
        group = groups.get(ref.key)
        if group is None:
            only = [g for g in groups.values() if g.ref.api == "low"]
            group = only[0] if len(only) == 1 and not ref.made else groups.setdefault(ref.key, Gathered(ref))
        group.parts.append(handler.path)
    paired: dict[Item, tuple[object, Item]] = {}
    resources = [one.item for one in loose if isinstance(one.item, Resource)]
    # One handler reads every URI it is asked for, also those that nobody listed: it is told of once.
    first = None if any(resource.is_template for resource in resources) else next(iter(resources), None)
    wanted = {Tool: "list_tools", Prompt: "list_prompts", Resource: "list_resources"}
    for one in loose:
        item, kind = one.item, wanted[type(one.item)]
        listed = kinds.get(kind, [])
        if isinstance(item, Resource):
            listed = [*listed, *kinds.get("list_resource_templates", [])]
        alone = one.path and not isinstance(item, Tool) and not _lists(one.path)
        if not listed and (state.file.is_test or alone):
            continue  # values of the protocol that a function makes, and no server of this file lists
        lister = _nearest(one.path, listed)
        group = None
        if lister is not None:
            group = _group(groups, lister.ref)
        if group is None:
            low = [g for g in groups.values() if g.ref.api == "low"]
            group = low[0] if low else groups.setdefault(("low",), Gathered(Ref(("low",), "mcp", "low", False, "")))
        if not isinstance(item, Resource) or item.is_template or item is first:
            caller = _nearest(one.path, kinds.get(_RUN_BY[type(item)], []))
            item = _paired(item, one, caller, state, paired)
        group.add(item)
    state.paired = paired
    if not any(isinstance(one.item, Tool) for one in loose):
        for handler in kinds.get("list_tools", ()):
            group = _group(groups, handler.ref)
            place = _made_when_run(handler, state.file)
            if group is not None and not group.tools and place is not None:
                group.unread.append((place, "the tools listed here are only made when the server runs"))


def _lists(path: tuple[str, ...]) -> bool:
    """Whether a value stands in a function that by its name lists such (``handle_prompts_list``), for whoever asks."""
    said = words(path[-1])
    return "list" in said and not {"prompts", "resources", "templates"}.isdisjoint(said)


def _made_when_run(handler: Handler, file: File) -> Place | None:
    """Where a handler lists what a package makes for it: then no tool is read, here or in another file."""
    function = handler.known.function
    if function is None or home_of(handler.known, file.uri) is not None:
        return None
    for site in body(function):
        answer = site.node
        if isinstance(answer, Return) and answer.value is not None and _elsewhere(answer.value, file, 0):
            return Place(file.uri, "/tools", Span(answer.start, answer.end), function.unit.anchor)
    return None


def _elsewhere(value: object, file: File, far: int) -> bool:
    """Whether an expression is made by a function of a package, or a list of what is."""
    if isinstance(value, Name) and far < 4:
        binding = file.module.binding(value.id)
        return binding is not None and binding.value is not None and _elsewhere(binding.value, file, far + 1)
    if isinstance(value, Comprehension):
        return _elsewhere(value.element, file, far + 1)
    if isinstance(value, Items):
        return any(_elsewhere(item, file, far + 1) for item in value.items)
    if isinstance(value, Call) and isinstance(value.callee, Name):
        made = file.module.binding(value.callee.id)
        statement = made.imported if made is not None else None
        if statement is None or statement.module.startswith((".", "mcp", "fastmcp")):
            return False
        return file.modules is None or file.modules.find(file.uri, statement) is None
    return False


def _group(groups: dict[Key, Gathered], ref: Ref) -> Gathered | None:
    group = groups.get(ref.key)
    if group is None and not ref.made:
        low = [g for g in groups.values() if g.ref.api == "low"]
        group = low[0] if len(low) == 1 else None
    return group


def _nearest(path: tuple[str, ...], handlers: list[Handler]) -> Handler | None:
    """The handler whose surroundings are most like those of a value."""
    best, most = None, -1
    for handler in handlers:
        function = handler.known.function
        around = (*handler.path, function.name) if function is not None else handler.path
        common = 0
        while common < min(len(path), len(around)) and path[common] == around[common]:
            common += 1
        if common > most:
            best, most = handler, common
    return best


def _paired(
    item: Item, one: Loose, caller: Handler | None, state: State, paired: dict[Item, tuple[object, Item]]
) -> Item:
    """An item with the function that runs it: that of its own class, or the server's one handler of such requests."""
    if item.function is not None:  # the function below the decorator that is given it
        return item
    if one.handler is not None:
        runner, arguments = one.handler
        function, name, home = runner.function, "", home_of(runner, state.file.uri)
    elif caller is not None and caller.known.function is not None:
        function, home = caller.known.function, home_of(caller.known, state.file.uri)
        name, arguments = _taken(function, isinstance(item, Resource))
    else:
        return item
    key = (function, name, arguments)
    known = state.paired.get(item)
    if known is None or known[0] != key:
        given = (((arguments, "*"),) if arguments else ()) + (((name, ""),) if name else ())
        known = (key, replace(item, function=function, arguments=given, home=home))
    paired[item] = known
    return known[1]


def _taken(function: Function, is_uri: bool) -> tuple[str, str]:
    """Which parameters of a shared handler hold the name and the arguments (or the URI)."""
    params = [param.name for param in function.params if param.kind not in ("*", "**")]
    if function.cls is not None and not function.is_static:
        params = params[1:]
    if is_uri:
        if len(params) > 1:  # since version 2: (ctx, params)
            return "", f"{params[1]}.uri"
        return "", "".join(params)
    if len(params) == 1:  # request_handlers[CallToolRequest] = f
        return f"{params[0]}.params.name", f"{params[0]}.params.arguments"
    if len(params) > 1 and ("ctx" in params[0] or "context" in params[0] or params[1] in ("params", "request")):
        return f"{params[1]}.name", f"{params[1]}.arguments"
    return ("", "") if len(params) < 2 else (params[0], params[1])
