"""What an annotation says of a value that is not known otherwise: its class, and what a request brings along.

A handler of the Python SDKs gets, beside its arguments, the context of the request, and in it what the lifespan of the
server made. The class of that stands in the annotation: ``Context[ServerSession, State]`` (mcp 1), ``Context[State]``
(mcp 2); handlers reach it as ``ctx.request_context.lifespan_context``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.bindings import Binding
from mcp_lsp_analyzers.code import Call, Dict, Expr, Import, Index, Items, Lambda, Name, Str, as_type
from mcp_lsp_analyzers.scope import Scope
from mcp_lsp_analyzers.walk import sites

from . import declared
from .library import canonical, returned
from .state import State
from .values import UNKNOWN, Cls, Func, Obj, Rec, Space, Value, named

if TYPE_CHECKING:
    from .frame import Frame


def meaning(f: Frame, annotation: Expr | None, scope: Scope) -> Value:
    """The value that an annotation promises, as far as its class is one of the project or of a known library."""
    if type(annotation) is Lambda:
        return Value((), Func(annotation.function, scope))
    if type(annotation) is Dict:
        pairs = ((pair.key.value, pair.value) for pair in annotation.pairs if isinstance(pair.key, Str))
        return Value((), Rec({key: meaning(f, value, scope) for key, value in pairs}, UNKNOWN))
    name = declared.name(annotation)
    if name is None:
        return UNKNOWN
    first, *rest = name.split(".")
    if f.run.language == "node" and not rest:
        known = _only_type(f, first, scope)
        if known is not None:
            return known
    binding = scope.find(first)
    if binding is None:
        return UNKNOWN
    value = f.binding(binding, scope) if binding.value is None else UNKNOWN
    for part in rest:
        if type(value.shape) is Space:
            value = f.of_space(value.shape, part)
        else:
            value = named(canonical(f"{value.name}.{part}")) if value.name else UNKNOWN
    if type(value.shape) is Cls:
        return Value((), Obj(value.shape.cls, value.shape.scope, {}))
    known_as = returned(value.name) if value.name else ""
    if type(annotation) is Index:
        return _of_request(f, annotation, scope, known_as) or named(known_as)
    if known_as.endswith(".Context") and "lifespan_context" in f.unit.key:
        return _of_lifespan(f, scope, known_as)
    if type(binding.value) is Index and not rest and f.run.language == "python":
        return _aliased(f, binding, scope)  # ``NotesContext = Context[ServerSession, State]``
    if binding.imported is not None and not rest and not known_as and f.run.language == "python":
        found = scope.follow(binding.imported)
        if found is not None and found.binding is not None and type(found.binding.value) is Index:
            return _aliased(f, found.binding, scope.inside(found.module))
    return named(known_as) if known_as else UNKNOWN


def _of_request(f: Frame, annotation: Index, scope: Scope, known_as: str) -> Value | None:
    if (declared.name(annotation.value) or "").rpartition(".")[2] != "Context":
        return None
    given = annotation.index
    for one in given.items if type(given) is Items else (given,):
        state = meaning(f, one, scope)
        if type(state.shape) is Obj:
            return _with_state(state, known_as)
    return None


def _with_state(state: Value, known_as: str) -> Value:
    made = {"lifespan_context": state}
    return Value((), Rec({**made, "request_context": Value((), Rec(made, None))}, None), known_as)


def _of_lifespan(f: Frame, scope: Scope, known_as: str) -> Value:
    """A context that does not say what the lifespan made: what that yields, where the server is made in the same file
    (``FastMCP("notes", lifespan=connected)``)."""
    from . import summaries
    from .arguments import Args

    for unit in scope.module.units:
        if "lifespan=" not in unit.key:
            continue
        for site in sites(unit.statements, unit, kinds=(Call,)):
            given = site.node.keyword("lifespan") if isinstance(site.node, Call) else None
            binding = scope.find(given.id) if isinstance(given, Name) else None
            if given is None or binding is None or binding.function is None:
                continue
            if not f.run.looking.at(binding.function):
                made = Func(binding.function, scope)
                state = summaries.apply(f, made, Args([(UNKNOWN, given)], {}), given, State({}, {}))
                return _with_state(state, known_as)
    return named(known_as)


def _only_type(f: Frame, name: str, scope: Scope) -> Value | None:
    """What the name of a type means that is nothing else: an interface, or what an alias stands for."""
    binding = scope.find(as_type(name))
    if binding is None:
        binding = scope.find(name)
        if binding is None or binding.imported is None or not binding.imported.name:
            return None
        statement = binding.imported
        foreign = Import(0, 0, statement.module, as_type(statement.name or ""), name)
        found = scope.follow(foreign)
        if found is None or found.binding is None:
            return None
        binding, scope = found.binding, scope.inside(found.module)
    if binding.cls is not None:
        return Value((), Obj(binding.cls, scope, {}))
    if binding.value is None or f.run.looking.stops(binding):
        return None
    return _aliased(f, binding, scope)


def _aliased(f: Frame, binding: Binding, scope: Scope) -> Value:
    if f.run.looking.at(binding):
        return UNKNOWN
    f.run.looking.begin(binding, names=1)
    value = meaning(f, binding.value, scope)
    f.run.looking.end()
    return value
