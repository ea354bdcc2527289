# ruff: noqa: SIM905  (names are easier to read and to extend as words)
"""What a handler does: read with the arguments a model may choose, and told in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Union

from mcp_lsp_analyzers.code import Function, Name
from mcp_lsp_analyzers.flow import Call, Flow, Guard, Handler, Sink, Source, Step
from mcp_lsp_analyzers.model import Endpoint, Parameter, Prompt, Resource, Server, Tool, Type
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.scope import Module, Scope, imported
from mcp_lsp_analyzers.taught import Taught

from . import declared, schemas, validated, wrapped
from .answers import answers
from .assignments import assign
from .evaluate import block
from .frame import Called, Frame, Passed, Reach, Run
from .guards import FREE, MATCHED, NOWHERE, Fact, Guards, Spot, both, guard
from .members import typed
from .output import turned
from .patterns import Pattern
from .state import State
from .summaries import once_each
from .taints import Hole, Origin, Taint
from .taints import Step as Made
from .taught import GUARD, covers
from .values import UNKNOWN, Besides, Cls, Const, Obj, Rec, Value, constant

Handled = Union[Tool, Prompt, Resource, Endpoint]

_NAMES = frozenset(("name", "tool_name", "tool", "toolName", "tool_name_", "_name"))


def handler(
    of: Handled,
    server: Server,
    module: Module,
    scope: Scope,
    taught: Taught | None = None,
    beat: Callable[[], None] | None = None,
) -> Handler:
    """The facts about the handler of a tool, prompt or resource. Every name is looked up through ``scope``. ``beat`` is
    called now and then; what it raises ends the reading."""
    function = of.function
    assert function is not None
    run = Run(module, taught, beat)
    # A list of tools with their schemas describes; only the calls that register tools have them checked.
    run.checked = server.sdk.api != "low"
    run.asked = function if isinstance(of, Endpoint) and _kind(of) == "request" else None
    frame = Frame(run, scope, function, function.unit)
    values = _given(frame, of, function)
    if function.decorators:
        values = wrapped.arrived(frame, function, values)
    state = State(values, {})
    for name, value in [(name, value) for name, value in values.items() if value.taints and value.shape is not None]:
        values[name] = validated.when_made(frame, value, Name(function.start, function.start, name), state)
    run.looking.begin(function, calls=1)
    block(frame, function.body, state)
    run.looking.end()
    pointer, uri = of.place.pointer, module.uri
    calls = tuple(_calls(frame.called, pointer))
    return Handler(
        of,
        turned(server, calls, module, scope),
        function,
        _place_of(function, uri, pointer),
        calls,
        tuple(_flows(once_each(frame.reached), pointer)),
        answers(function),
        run.looking.notes,
    )


def _place_of(function: Function, uri: str, pointer: str) -> Place:
    start = function.name_start if function.name else function.start
    end = start + len(function.name)
    if not function.name:
        end = max((param.end for param in function.params), default=start + 1)
    return Place(uri, pointer, Span(start, end), function.unit.anchor)


# ---------------------------------------------------------------- what a model chooses


def _given(f: Frame, of: Handled, function: Function) -> dict[str, Value]:
    """The parameters of the function, with what a model chooses in them."""
    by_name = {} if isinstance(of, Endpoint) else {parameter.name: parameter for parameter in of.parameters}
    values: dict[str, Value] = {}
    if function.cls is not None:
        values["self"] = Value((), Obj(function.cls, f.scope, {}))
    names: dict[str, Value] = {}
    chosen = dict(of.arguments)
    schema = _schema(f, of)
    branch = of.branch if isinstance(of, (Tool, Endpoint)) else ()
    for given, of_tool in of.arguments:
        if of_tool == "":
            of_one = bool(of.name) and not isinstance(of, Endpoint)
            names[given] = constant(of.name) if of_one or not branch else Value((), Besides(branch))
        elif of_tool == "*":
            names[given] = _held(f, schema, _all_arguments(f, given, by_name, of, function), function)
        else:
            names[given] = _one(f, of_tool, by_name.get(of_tool), of, function)
            if schema is not None and type(schema.shape) is Rec and of_tool in schema.shape.fields:
                names[given] = _held(f, schema.shape.fields[of_tool], names[given], function)
    shared = (
        any(to == "*" for to in chosen.values()) and isinstance(of, Tool) and bool(branch or len(function.params) > 1)
    )
    for param in function.params:
        name = param.name
        if not name:
            state = State(values, {})
            _destructured(f, names, state)
            assign(f, param.target, _pattern_value(names), state, param.target)
            for known, value in names.items():
                if "." not in known:
                    state.vars[known] = value
            values = state.vars
            continue
        if name in names:
            values[name] = typed(f, names[name], param.annotation)
        elif name in values:
            continue
        elif shared and isinstance(of, Tool) and of.name_complete and (name in _NAMES) and "" not in chosen.values():
            values[name] = Value((), Const(branch or (of.name,)))
        else:
            values[name] = f.annotated(param.annotation) if param.annotation is not None else UNKNOWN
    for dotted, value in names.items():
        if "." in dotted:
            _set_path(values, dotted.split("."), value)
    if isinstance(of, Endpoint) and "request" not in values and _kind(of) == "request":
        binding = f.scope.find("request")
        if binding is not None and binding.imported is not None and imported(binding.imported) in _AMBIENT:
            values["request"] = _all_arguments(f, "request", by_name, of, function)
    if function.params and f.run.language == "python" and function.cls is not None and not function.is_static:
        first = function.params[0].name
        if first not in names:
            values[first] = values["self"] if first != "cls" else Value((), Cls(function.cls, f.scope))
    return values


def _schema(f: Frame, of: Handled) -> Value | None:
    """The schema of a tool that its own file does not show, where arguments are checked by it."""
    held = of.held if isinstance(of, Tool) else None
    if held is None or not f.run.checked:
        return None
    scope = f.scope
    if held.uri != scope.module.uri:
        other = None if scope.modules is None else scope.modules.current(held.uri)
        if other is None:
            return None
        scope = scope.inside(other)
    return schemas.of_tool(f, held, scope)


def _held(f: Frame, schema: Value | None, value: Value, function: Function) -> Value:
    """What a schema lets through of a value: all else keeps what it was."""
    if schema is None:
        return value
    return schemas.admitted(f, schema, value, Name(function.start, function.start, ""))


def _destructured(f: Frame, names: dict[str, Value], state: State) -> None:
    for name, value in names.items():
        if "." not in name:
            state.vars[name] = value


def _pattern_value(names: dict[str, Value]) -> Value:
    del names
    return UNKNOWN


def _set_path(values: dict[str, Value], path: list[str], value: Value) -> None:
    first, *rest = path
    base = values.get(first, UNKNOWN)
    if not rest:
        values[first] = value
        return
    shape = base.shape
    fields = dict(shape.fields) if isinstance(shape, (Rec, Obj)) else {}
    _set_path(fields, rest, value)
    made = Obj(shape.cls, shape.scope, fields) if isinstance(shape, Obj) else Rec(fields, UNKNOWN)
    values[first] = Value(base.taints, made, base.name)


def _one(f: Frame, name: str, parameter: Parameter | None, of: Handled, function: Function) -> Value:
    if parameter is not None and parameter.type.closed:
        # Nothing harmful is in it, but what is tested by it the caller decides.
        origin = Origin(name, "argument", parameter.place)
        return Value((Taint(origin, (), (origin,)).about("test"),))
    place = parameter.place if parameter is not None else of.place
    kind = "argument"
    for param in function.params:
        if param.name == name and declared.injected(param.annotation, f.scope):
            return f.annotated(param.annotation)
        if param.name == name and isinstance(of, Endpoint) and declared.put_in(param.annotation, f.scope):
            return f.annotated(param.annotation)
    if isinstance(of, Endpoint):
        place, kind = _where(of, name, function), _kind(of)
        if any(p.name == name and declared.closed(p.annotation, f.scope) for p in function.params):
            return UNKNOWN
    held = frozenset(parameter.type.held()) if parameter is not None and f.run.checked else frozenset[str]()
    origin = Origin(name, kind, place, closed=held)
    guards = FREE if parameter is None else _admitted(parameter.type, f.run.checked)
    value = Value((Taint(origin, (), (origin,), guards=guards),))
    if parameter is not None and parameter.type.refined and f.run.checked:
        value = validated.by_schema(f, value, parameter.type.refined, function)
    for param in function.params:
        if param.name == name and param.annotation is not None:
            value = validated.by_annotation(f, value, param.annotation, f.scope)
    return value


def _admitted(type: Type, checked: bool) -> Guards:
    """What a schema says of a choice that it lets through. ``checked``: the schema is more than a description."""
    found = FREE
    if checked and type.pattern is not None and Pattern(type.pattern).whole:
        found = guard("pattern", type.pattern, NOWHERE)
    if checked and type.format == "uri":
        found = both(found, guard("scheme", "url", NOWHERE))
    return found


def _all_arguments(f: Frame, given: str, by_name: dict[str, Parameter], of: Handled, function: Function) -> Value:
    if isinstance(of, Endpoint):
        kind = _kind(of)
        closed = _OF_THE_SERVER if kind == "request" else frozenset[str]()
        if f.run.language == "node":
            closed -= _AS_SENT
        origin = Origin(given, kind, _where(of, given, function), True, closed)
        return Value((Taint(origin, (), (origin,)),))
    closed = frozenset(name for name, parameter in by_name.items() if parameter.type.closed)
    if f.run.checked:
        closed |= {f"{name}.{further}" for name, parameter in by_name.items() for further in parameter.type.held(1)}
    written = given.rpartition(".")[2]
    places = {name: parameter.place for name, parameter in by_name.items()}
    place = of.place
    for param in function.params:
        if param.name == given.partition(".")[0]:
            place = Place(of.place.uri, of.place.pointer, Span(param.start, param.end), function.unit.anchor)
    admitted = {name: _admitted(parameter.type, f.run.checked) for name, parameter in by_name.items()}
    admitted = {name: guards for name, guards in admitted.items() if guards != FREE}
    refined = {n: p.type.refined for n, p in by_name.items() if p.type.refined and f.run.checked and n not in closed}
    origin = Origin(written, "argument", place, True, closed.union(refined), places, admitted)
    fields: dict[str, Value] = {}
    for name, checks in refined.items():
        one = Taint(origin, (name,), (origin, (origin, name)), guards=admitted.get(name, FREE))
        fields[name] = validated.by_schema(f, Value((one,)), checks, function)
    return Value((Taint(origin, (), (origin,)),), Rec(fields) if fields else None)


_OF_THE_SERVER = frozenset(
    "app state client session user auth scope method url base_url url_for receive send log id ip socket protocol "
    "secure hostname route baseUrl originalUrl complete httpVersion env raw var res error get set".split()
)
"""Parts of a request that its sender does not write, or not freely."""

_AS_SENT = frozenset(("url", "originalUrl", "hostname"))
"""What of these is the request line and the ``Host`` header as they came: ``req.url`` of Node is path and query."""

_AMBIENT = frozenset(("flask.request", "quart.request", "bottle.request"))
"""Frameworks whose handlers find what was sent in a global."""


_PROTOCOL = frozenset(("tools/call", "resources/read", "prompts/get", "completion/complete"))


def _kind(of: Endpoint) -> str:
    return "argument" if of.name in _PROTOCOL else "request"


def _where(of: Endpoint, name: str, function: Function) -> Place:
    for param in function.params:
        if param.name == name:
            return Place(of.place.uri, of.place.pointer, Span(param.start, param.end), function.unit.anchor)
    return of.place


# ---------------------------------------------------------------- in the words of the vocabulary


def _source(taint: Taint) -> Source:
    origin = taint.origin
    assert isinstance(origin, Origin)
    place = origin.place
    assert isinstance(place, Place)
    if origin.whole and taint.path:
        entry = taint.path[0]
        if origin.kind == "request":
            rest = f'["{taint.path[1]}"]' if len(taint.path) > 1 else ""
            return Source(f"{origin.name}.{entry}{rest}", origin.kind, place)
        return Source(f'{origin.name}["{entry}"]', origin.kind, origin.names.get(entry, place))
    return Source(origin.name, origin.kind, place)


def _flows(reached: list[Reach], pointer: str) -> list[Flow]:
    """One flow for each way to a position that differs in its guards; what is guarded alike is told once."""
    found: dict[object, Flow] = {}
    for reach in reached:
        taint = reach.taint
        if isinstance(taint.origin, Hole):
            continue
        sink = Sink(
            reach.kind, reach.call, reach.position, _place(reach.value, pointer), _place(reach.whole, pointer),
            _place(reach.callee, pointer), reach.program,
        )  # fmt: skip
        source = _source(taint)
        unseen = taint.origin.whole and not taint.origin.names and taint.origin.kind == "argument"
        for way in reach.guards:
            way = _numbers(way, unseen and bool(taint.path))
            if any(kind == GUARD and covers(detail, reach.kind) for kind, detail, _ in way):
                continue
            guards = tuple(
                Guard(kind, _place(spot, pointer) if spot.unit else sink.place, detail)
                for kind, detail, spot in sorted(way, key=_order)
                if kind != MATCHED
            )
            key = (
                source.name,
                reach.kind,
                reach.whole,
                reach.position,
                reach.how,
                taint.before,
                tuple((g.kind, g.detail) for g in guards),
            )
            if key not in found:
                found[key] = Flow(source, sink, _steps(reach.steps, pointer), guards, reach.how, taint.before)
    return list(found.values())


def _order(fact: Fact) -> tuple[str, str, str, int]:
    """In which order guards are told: by kind, and those of one kind as they stand in the source."""
    kind, detail, spot = fact
    return kind, detail, spot.uri, spot.unit.anchor.start + spot.start if spot.unit else spot.start


def _numbers(way: frozenset[Fact], unseen: bool) -> frozenset[Fact]:
    """What is a number by default is one where the schema is not seen: those who call are held to it."""
    found = [fact for fact in way if fact[0] == "number-default"]
    if not found:
        return way
    return way.difference(found) | ({("number", "", NOWHERE)} if unseen else set())


def _steps(step: Made | None, pointer: str) -> tuple[Step, ...]:
    found: list[Step] = []
    while step is not None and len(found) < 12:
        found.append(Step(step.message, _place(step.spot, pointer)))
        step = step.before
    return tuple(reversed(found))


def _place(spot: Spot, pointer: str) -> Place:
    return Place(spot.uri, pointer, Span(spot.start, spot.end), spot.unit.anchor)


_MOST_CALLS = 400


def _calls(called: list[Called | Passed], pointer: str) -> list[Call]:
    """Each call once, by the shortest way there."""
    found: dict[object, Call] = {}
    level: list[tuple[tuple[str, ...], list[Called | Passed]]] = [((), called)]
    for _ in range(7):
        deeper = []
        for via, calls in level:
            for one in calls:
                if not isinstance(one, Called):
                    deeper.append(((*via, one[0]), one[1]))
                elif (key := (one.expr, one.target)) not in found:
                    found[key] = Call(one.target, one.expr, one.unit, one.uri, pointer, "serving", via)
        level = deeper
        if len(found) >= _MOST_CALLS:
            break
    return list(found.values())
