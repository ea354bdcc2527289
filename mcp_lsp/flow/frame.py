"""One reading of one function: where it stands, what it found so far, and what names mean in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.bindings import Binding
from mcp_lsp_analyzers.code import Call, Class, Expr, Function, Import, Name, Param, Stmt, Unit
from mcp_lsp_analyzers.inside import Local
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module, Scope, imported
from mcp_lsp_analyzers.seen import Seen
from mcp_lsp_analyzers.taught import Taught

from . import filling
from .annotation import meaning
from .guards import Facts, Guards, Spot
from .library import CONSTANTS, canonical, functions, methods
from .looking import Known, Looking
from .state import State
from .taints import Step, Taint
from .values import UNKNOWN, Cls, Const, Func, Obj, Rec, Space, Value, constant, joined, named


class Reach(NamedTuple):
    """A choice that reaches a dangerous position."""

    taint: Taint
    guards: Guards
    kind: str
    call: str
    position: str
    how: str
    value: Spot
    whole: Spot
    callee: Spot
    steps: Step | None
    program: str = ""


class Called(NamedTuple):
    """A call that can happen."""

    target: str
    expr: Call
    unit: Unit
    uri: str


Passed = tuple[str, "list[Called | Passed]"]
"""What happens inside a function that is called: its name, and the calls in it."""


class Left(NamedTuple):
    """A return: what is given back, and what holds then. ``since``: what held before a test of nothing a model chose,
    behind which it stands; ``made``: what is given back was made there (``return Refused(path)``), so it is not
    nothing."""

    value: Value
    state: State
    since: Facts | None = None
    made: bool = False

    @property
    def configured(self) -> bool:
        return self.since is not None


CALLBACK = "\0callback"
"""Name of what is called back with an error or an answer, in `Run.promised`."""


class Run:
    """What all frames of one reading share."""

    __slots__ = (
        "arrived",
        "asked",
        "beat",
        "checked",
        "filling",
        "fuel",
        "functions",
        "language",
        "looked",
        "looking",
        "methods",
        "modules",
        "promised",
        "taught",
        "wrapping",
    )

    def __init__(self, home: Module, taught: Taught | None = None, beat: Callable[[], None] | None = None) -> None:
        self.taught = taught
        self.beat = beat
        self.language = "python" if home.language == "python" else "node"
        self.modules: dict[str, Module] = {home.uri: home}  # the files that values lead to, as they are now
        self.functions = functions(self.language)
        self.methods = methods()
        self.looking = Looking()
        self.checked = True
        self.promised: dict[str, list[Value]] = {}  # what each promise being made is fulfilled with
        # What variables of enclosing functions and fields of classes mean, with the scope that saw the names for it.
        self.looked: dict[object, Known] = {}
        self.asked: Function | None = None  # the endpoint that is read, where it is one
        self.filling: filling.Filling | None = None  # the table into which something is put
        self.fuel = 20_000  # calls: some seconds; of 57 servers and 45 pairs none needs more to tell what it tells
        self.wrapping: set[Function] = set()  # what decorators made of the handler: read where it is called
        self.arrived: tuple[Function, list[tuple[dict[str, Value], State]]] | None = None


class Frame:
    """``outer``: the frame of the function this one was made in, while that is being read."""

    __slots__ = (
        "breaks", "called", "continues", "ended", "function", "known", "lazy", "left", "mutated", "outer",
        "owner", "reached", "run", "scope", "since", "unawaited", "unit", "waiting", "yielded",
    )  # fmt: skip

    def __init__(
        self, run: Run, scope: Scope, function: Function | None, unit: Unit, outer: Frame | None = None
    ) -> None:
        self.run = run
        self.scope = scope
        self.function = function
        self.unit = unit
        self.outer = outer
        self.owner: Class | None = None  # of a value that stands in a class, not in a method of it
        self.lazy = False  # names of the function itself are looked up regardless of order
        self.left: list[Left] = []
        self.known: dict[str, Value] = {}  # names looked up outside of the function
        self.breaks: list[list[tuple[State, bool]]] = []
        self.continues: list[list[tuple[State, bool]]] = []
        self.since: Facts | None = None  # what held before a test of nothing a model chose, behind which this stands
        self.ended = False  # a function was called that never returns
        self.mutated: set[str] = set()
        self.unawaited: Expr | None = None  # what is done, or asked, without waiting for its end
        self.yielded: Value | None = None
        if outer is None:
            self.reached: list[Reach] = []
            self.called: list[Called | Passed] = []
        else:
            self.reached, self.called = outer.reached, outer.called

    def spot(self, node: Expr | Param | Function | Stmt) -> Spot:
        return Spot(self.scope.module.uri, self.unit, node.start, node.end)

    def within(self, scope: Scope) -> Scope:
        """The scope that a value brings along. What was kept may have been found in an earlier state of its file: names
        mean what they mean now, and are looked up for what is being read."""
        mine, uri = self.scope, scope.module.uri
        if uri == mine.module.uri:
            return mine
        module = self.run.modules.get(uri)
        if module is None:
            now = None if scope.modules is None else scope.modules.current(uri)
            module = self.run.modules[uri] = now or scope.module
        return mine.inside(module)

    def active(self, function: Function | None) -> bool:
        frame: Frame | None = self
        while frame is not None:
            if frame.function is function:
                return True
            frame = frame.outer
        return False

    def own_class(self) -> Class | None:
        """The class in a method of which this is read."""
        return inside.class_around(self.function) or self.owner

    # -------------------------------------------------------- names

    def name(self, name: str, state: State) -> Value:
        found = state.vars.get(name) or self.known.get(name)
        if found is None:
            found = self._declared_below(name, state)
        if found is None:
            found = self._name(name)
            if not self.run.looking.names:
                self.known[name] = found
        return found

    def _declared_below(self, name: str, state: State) -> Value | None:
        """A function that JavaScript knows before its declaration is reached."""
        if self.function is None or self.run.language != "node":
            return None
        mine = inside.variables(self.function).get(name)
        if mine is None or len(mine) != 1 or mine[0].kind != "function":
            return None
        found = state.vars[name] = Value((), Func(mine[0].node, self.scope, None, state.vars))  # type: ignore[arg-type]
        return found

    def _name(self, name: str) -> Value:
        function = self.function
        if name == "self":
            cls = self.own_class()
            if cls is not None:
                return Value((), Obj(cls, self.scope, {}))
        if function is not None:
            if self.lazy:
                mine = inside.variables(function).get(name)
                if mine:
                    return self.locals(mine)
            if function.parent is not None:
                around = self.scope.enclosing(function, name)
                if around:
                    return filling.of_variable(self, function, name, self.locals(around))
        return self.module_level(name)

    def module_level(self, name: str) -> Value:
        binding = self.scope.find(name)
        if binding is None:
            cls = self.own_class()
            if cls is not None and cls.name == name:
                return Value((), Cls(cls, self.scope))  # ``var Store = class _Store { … new _Store() … }``
            return named(name)
        return self.binding(binding, self.scope)

    def binding(self, binding: Binding, scope: Scope) -> Value:
        """What a module-level name means."""
        if binding.function is not None:
            return Value((), Func(binding.function, scope))
        if binding.cls is not None:
            return Value((), Cls(binding.cls, scope))
        if binding.imported is not None:
            return self.imported(binding.imported, scope)
        if binding.value is None:
            return UNKNOWN
        return self.kept_value(binding, scope)

    def imported(self, statement: Import, scope: Scope) -> Value:
        found = scope.follow(statement)
        if found is None:
            # Frameworks hand on the ``z`` of zod under its name.
            handed = statement.name == "z" and self.run.language == "node"
            name = "zod.z" if handed else canonical(imported(_handed_on(statement, scope)))
            known = CONSTANTS.get(name)
            return named(name) if known is None else constant(known)
        other = scope.inside(found.module)
        if found.binding is None:
            itself = _loaded(found.module, other) if statement.name == "*" else None
            return Value((), Space(other)) if itself is None else self.binding(itself, other)
        return filling.shared(self.binding(found.binding, other))

    def kept_value(self, binding: Binding, scope: Scope) -> Value:
        """The value of a module-level assignment, worked out once as long as the names in it mean the same."""
        unit = binding.unit
        key = ("value", binding.name, self.run.taught)
        looking = self.run.looking
        kept = unit.kept.get(key)
        if kept is not None:
            before, whole = cast("tuple[Seen, Known]", kept)
            if before.modules is scope.modules and before.holds(scope.module) and looking.holds(whole):
                scope.seen.add(before)
                return whole.found  # type: ignore[no-any-return]
        if looking.stops(binding):
            return UNKNOWN
        partly = looking.partly((unit, key))
        if partly is not None:
            before, value = partly
            scope.seen.add(before)
            return value  # type: ignore[no-any-return]
        from .evaluate import ev
        from .members import narrowed

        looking.begin(binding, names=1)
        own = scope.fresh()
        frame = Frame(self.run, own, None, unit)
        state = State({}, {})
        assert binding.value is not None
        value = ev(frame, binding.value, state)
        for part in binding.path:
            value = narrowed(frame, value, part, binding.value)
        value = filling.module_level(frame, binding, own, steady(value))
        value = filling.as_declared(frame, value, binding.annotation, own)
        if value is UNKNOWN and binding.annotation is not None:
            value = self.annotated(binding.annotation, own)
        known = looking.found((unit, key), (own.seen, value))
        if known is not None:
            unit.kept[key] = (own.seen, known._replace(found=value))
        scope.seen.add(own.seen)
        return value

    def locals(self, locals: tuple[Local, ...]) -> Value:
        """What a variable of an enclosing function (or a member of a class) means, by all its definitions."""
        found: Value | None = None
        for local in locals[:6]:
            value = self.local(local)
            if found is None:
                found = value
            elif not _empty(value):
                found = value if _empty(found) else joined(found, value)
        return found or UNKNOWN

    def local(self, local: Local, scope: Scope | None = None, within: Class | None = None) -> Value:
        scope = scope or self.scope
        kind, node = local.kind, local.node
        if kind == "function":
            return Value((), Func(node, scope))  # type: ignore[arg-type]
        if kind == "class":
            return Value((), Cls(node, scope))  # type: ignore[arg-type]
        if kind == "import":
            return self.imported(node, scope)  # type: ignore[arg-type]
        if kind == "parameter":
            assert isinstance(node, Param)
            owner = local.function
            if owner is not None and owner.cls is not None and owner.params and owner.params[0] is node:
                if node.name == "self":
                    return Value((), Obj(owner.cls, scope, {}))
            value = self.annotated(node.annotation, scope) if node.annotation is not None else UNKNOWN
            if local.path and value is not UNKNOWN:
                from .members import narrowed

                for part in local.path:
                    value = narrowed(self, value, part, node.target)
            return value
        run, looking = self.run, self.run.looking
        if looking.stops(node):
            return UNKNOWN
        # The same node is kept once for each record of names: what is looked up for it counts there.
        key = (node, local.path, kind, id(scope.seen), scope.module, within)
        known = run.looked.get(key)
        found = known.found if known is not None and looking.holds(known) else looking.partly(key)
        if found is not None:
            return found[1]  # type: ignore[no-any-return]
        from .evaluate import ev
        from .members import element, narrowed

        looking.begin(node, names=1)
        frame = Frame(run, scope, local.function, local.unit)
        frame.lazy = True
        frame.owner = within
        value = ev(frame, node, State({}, {}))  # type: ignore[arg-type]
        if kind == "item":
            value = element(value)
        for part in local.path:
            value = narrowed(frame, value, part, node)  # type: ignore[arg-type]
        value = value if local.constant else steady(value)
        if local.annotation is not None and (value is UNKNOWN or _only_declared(node, value)):
            value = self.annotated(local.annotation, scope)
        known = looking.found(key, (scope, value))
        if known is not None:
            run.looked[key] = known
        return value

    def annotated(self, annotation: Expr | None, scope: Scope | None = None) -> Value:
        """What an annotation says of a value that is not known otherwise."""
        return meaning(self, annotation, scope or self.scope)

    def of_space(self, space: Space, name: str) -> Value:
        """A name of another file of the project."""
        scope = self.within(space.scope)
        found = scope.exported(scope.module, name)
        if found is None:
            binding = scope.find(name)
            if binding is not None and binding.imported is not None:
                return self.imported(binding.imported, scope)
            if not scope.module.uri.endswith("/__init__.py"):
                return UNKNOWN
            return self.imported(Import(0, 0, ".", name, name), scope)  # ``import notes.files``
        other = scope.inside(found.module)
        return Value((), Space(other)) if found.binding is None else filling.shared(self.binding(found.binding, other))


def _loaded(module: Module, scope: Scope) -> Binding | None:
    """``module.exports = run``: what is loaded is that, and not something that has it."""
    if list(module.exports) != ["default"] or not any("module.exports" in unit.key for unit in module.units):
        return None
    found = scope.exported(module, "default")
    return found.binding if found is not None and found.module is module else None


def _handed_on(statement: Import, scope: Scope) -> Import:
    """What a file of the project only hands on from a library: ``from .compat import httpx``."""
    modules = scope.modules
    for _ in range(6):
        found = None if modules is None or not statement.name else modules.find(scope.module.uri, statement)
        if found is None:
            break
        scope = scope.inside(found)
        binding = scope.find(statement.name or "")
        if binding is None or binding.imported is None:
            break
        statement = binding.imported
    return statement


def _only_declared(node: object, value: Value) -> bool:
    """A field without a value, which stands for itself: ``private service: Service;``."""
    return type(node) is Name and value.name == node.id and value.shape is None and not value.taints


def _empty(value: Value) -> bool:
    return not value.taints and not value.name and (value.shape is None or value.constants in ((None,), (False,)))


def steady(value: Value) -> Value:
    """What can be said of a variable that other functions may set: not that it is empty, false or nothing."""
    if type(value.shape) is Const and not value.taints:
        kept = tuple(
            v for v in value.shape.values if v is not None and v is not False and v is not True and v != "" and v != 0
        )
        if len(kept) != len(value.shape.values) or not kept:
            return UNKNOWN if not value.name else named(value.name)
    if type(value.shape) is Rec and any(one.constants == (None,) for one in value.shape.fields.values()):
        # ``state = {"client": None}``: an entry that waits to be filled.
        kept_fields = {name: one for name, one in value.shape.fields.items() if one.constants != (None,)}
        return Value(value.taints, Rec(kept_fields, value.shape.rest or UNKNOWN), value.name)
    return value
