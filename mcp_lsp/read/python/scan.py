"""One walk over a unit that finds what it declares: servers, tools, prompts, resources, handlers, transports."""

from __future__ import annotations

from mcp_lsp_analyzers.code import (
    Assign,
    Attr,
    Await,
    Block,
    Call,
    Class,
    Const,
    Define,
    DefineClass,
    Dict,
    Do,
    Expr,
    Function,
    Index,
    Items,
    Join,
    Lambda,
    Loop,
    Name,
    Nested,
    Return,
    Stmt,
    Str,
    Unit,
    last_name,
)
from mcp_lsp_analyzers.model import Item, Resource, Tool
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.seen import Seen

from ..reading import called
from . import declare, lowlevel, shapes, transports
from .borrowed import made_of
from .decorators import KINDS, meant
from .found import ADDERS, TRIGGERS, Found, Handler, Made
from .given import Given, given
from .known import Known, Lookups
from .members import called_with
from .recognise import class_kind, construction, local_class, server
from .rounds import hands_over, registering, rounds
from .scopes import Env
from .sdk import File, Ref, last, root, somebodys
from .statements import bodies, body_text
from .values import function_of, items, name_of, resolve, text

_ROUNDS = 1000  # of loops that are read item by item
_CALLS = 3  # of functions that hand on what they are to register


def scan(unit: Unit, file: File) -> Found:
    """What a top-level unit declares, from what was kept as far as it still holds."""
    kept = unit.kept.get("declared")
    env = Env(file, (), unit, Lookups(Seen(file.uri, file.modules), 0))
    if isinstance(kept, Found) and kept.lookups.holds(env):
        return kept
    found = Found(env.lookups)
    text = unit.key
    if _declares(text, file) or hands_over(unit.statements, env):
        _Walk(found).statements(unit.statements, env)
    unit.kept["declared"] = found
    return found


def _declares(text: str, file: File) -> bool:
    """Whether something in a text may declare a server or a part of one."""
    for trigger in (*TRIGGERS, *file.called):  # noqa: SIM110 (three times as fast)
        if trigger in text:
            return True
    return False


class _Walk:
    def __init__(self, found: Found, inside: tuple[Function, ...] = ()) -> None:
        self.found = found
        self.inside = inside  # functions that are read with the arguments of a call
        self.rounds = 0

    # ------------------------------------------------------------ statements

    def statements(self, body: list[Stmt], env: Env) -> None:
        for statement in body:
            if isinstance(statement, Nested):
                self.nested(statement.unit, env)
            elif isinstance(statement, Block):
                self.statements(statement.body, env)
            elif isinstance(statement, Define):
                self.function(statement.function, env)
            elif isinstance(statement, DefineClass):
                self.cls(statement.cls, env)
            else:
                self.statement(statement, env)
                if isinstance(statement, Loop) and self.loop(statement, env):
                    continue
                for block in bodies(statement):
                    self.statements(block, env)

    def nested(self, unit: Unit, env: Env) -> None:
        if self.inside:  # what is found here is true of one call only
            self.statements(unit.statements, env.at(unit))
            return
        kept = unit.kept.get("declared")
        inner = Env(env.file, env.frames, unit, env.lookups)
        if not (isinstance(kept, Found) and kept.lookups.holds(inner)):
            inner.lookups = Lookups(Seen(env.file.uri, env.file.modules), len(env.frames), env.path)
            kept = Found(inner.lookups)
            text = unit.key
            if _declares(text, env.file) or hands_over(unit.statements, inner):
                _Walk(kept).statements(unit.statements, inner)
            unit.kept["declared"] = kept
        env.lookups.add(kept.lookups)
        self.found.add(kept)

    def statement(self, statement: Stmt, env: Env) -> None:
        value: Expr | None = None
        if isinstance(statement, (Do, Return)):
            value = statement.value
        elif isinstance(statement, Assign):
            value = statement.value
            if value is not None:
                self.assigned(statement, value, env)
        while isinstance(value, Await):
            value = value.value
        if isinstance(value, Call):
            made = server(value, env) if isinstance(statement, Return) and construction(value, env) else None
            if made is not None:
                self.constructed(made, value, value, env)
            self.call(value, env, isinstance(statement, Do))
        source = env.unit.key[statement.start : statement.end]
        if not bodies(statement):
            for loose in lowlevel.literals(statement, source, env):
                self.found.loose.append(loose)
            for written in shapes.written(statement, source, env):
                self.shaped(*written)
            self.found.served += transports.started(statement, source, env)
        else:
            head = source[:400]
            self.found.served += transports.opened(statement, head, env)

    def loop(self, statement: Loop, env: Env) -> bool:
        """``for fn in (a, b): mcp.add_tool(fn)``: the body once for each item that is written out."""
        each = rounds(statement, env)
        if not each or len(each) + self.rounds > _ROUNDS:
            return False
        self.rounds += len(each)
        for inner in each:
            self.statements(statement.body, inner)
        return True

    def assigned(self, statement: Assign, value: Expr, env: Env) -> None:
        if (whole := shapes.of_file(statement, env)) is not None:
            place = env.place("", statement)
            self.declare(*whole[:2], somebodys("fastmcp"), *whole[2:], place, place, env, False)
            return
        call = value
        while isinstance(call, Await):
            call = call.value
        if isinstance(call, Call):
            target = statement.target
            name = last_name(target)
            kind = construction(call, env) if name else None
            if kind is not None:
                ref = server(target, env)
                if ref is None or not ref.made:
                    ref = Ref(("made", name, *env.path), kind[0], kind[1], True, name)
                self.constructed(ref, call, target, env)
            elif isinstance(call.callee, Attr) and call.callee.name == "from_function":
                self.kept(call, call.callee, env)
        elif isinstance(statement.target, Index) and isinstance(statement.target.value, Attr):
            lowlevel_kind = lowlevel.REQUESTS.get(last(env.dotted(statement.target.index) or ""))
            if statement.target.value.name == "request_handlers" and lowlevel_kind is not None:
                ref = server(statement.target.value.value, env)
                known = function_of(value, env)
                if ref is not None and known is not None and known.function is not None:
                    self.found.handlers.append(Handler(ref, lowlevel_kind, known, env.path))

    def kept(self, call: Call, callee: Attr, env: Env) -> None:
        """``x = Tool.from_function(f)`` at the top of a file: some server will get it."""
        origin = env.dotted(callee.value) or ""
        kind = {"Tool": "tool", "Prompt": "prompt", "Resource": "resource"}.get(last(origin))
        if kind is None or root(origin) not in ("mcp", "fastmcp") or env.frames or env.file.is_test:
            return
        walk = _Walk(Found(env.lookups))
        walk.added(kind, somebodys(root(origin)), Given([]), call, env, env.place("", call))
        self.found.pending += [(call, ref, item) for ref, item in walk.found.items]

    def shaped(self, call: Call, what: Given, known: Known, env: Env) -> None:
        walk = _Walk(Found(env.lookups))
        function, place = known.function, env.place("", call)
        label, bound = ("", False) if function is None else (function.name, function.cls is not None)
        ref = somebodys(env.file.family)
        walk.declare("tool", what, ref, known, label, place, place, env, bound)
        self.found.pending += [(call, ref, item) for _, item in walk.found.items]

    def constructed(self, ref: Ref, call: Call, target: Expr, env: Env) -> None:
        what = given(call, env)
        named = what.text("name", "/serverInfo/name", "server name", 0)
        local = local_class(call, env)
        name = named.value if named is not None and named.complete and local is None else ref.name
        position = None if local is not None or ref.api == "low" else 3 if "MCPServer" in called(call.callee) else 1
        instructions = what.text("instructions", "/instructions", "server instructions", position)
        place = named.place if named is not None and named.pieces and local is None else env.place("", target)
        place = Place(place.uri, "/serverInfo/name", place.local, place.anchor)
        self.found.made.append(Made(ref, name or ref.name, place, instructions, call, env.unit, env.path))
        if why := made_of(call, what):
            self.found.unread.append((ref, env.place("/tools", call), why))
        for kind, keyword in (("tool", "tools"), ("resource", "resources"), ("prompt", "prompts")):
            where = what.get(keyword)
            if where is not None and ref.api == "high":
                for value, home in items(*where):
                    self.added(kind, ref, Given([]), value, home, home.place("", value))
        for keyword, kind in lowlevel.KEYWORDS.items():
            where = what.get(keyword)
            if where is not None:
                known = function_of(*where)
                if known is not None and known.function is not None:
                    self.found.handlers.append(Handler(ref, kind, known, env.path))

    # ------------------------------------------------------------ definitions

    def function(self, function: Function, env: Env) -> None:
        declared = False
        for decorator in function.decorators:
            registered = meant(decorator, env)
            for kind, what, ref in registered:
                declared = self.register(kind, what, ref, Known(function.unit, env, function=function), env) or declared
            if not registered and isinstance(decorator, Call):
                self.found.loose += lowlevel.decorated(decorator, function, env)
        body = body_text(function)
        if _declares(body, env.file):
            if declared and not any(trigger in body for trigger in (".tool", "add_", "Tool(", "@")):
                return  # a handler starts no server
            self.statements(function.body, env.within(function, function.unit))

    def cls(self, cls: Class, env: Env) -> None:
        inner = env.within(cls, cls.unit)
        kind = class_kind(inner.frames[-1], env) if cls.bases else None
        if kind is not None:
            ref = Ref(("class", *env.path, cls.name), kind[0], kind[1], True, cls.name, True)
            place = env.place("/serverInfo/name", Span(cls.name_start, cls.name_start + len(cls.name)))
            self.found.made.append(Made(ref, cls.name, place, None, None, cls.unit, env.path))
        self.statements(cls.body, inner)

    def register(self, kind: str, what: Given, ref: Ref, known: Known, env: Env) -> bool:
        function = known.function
        assert function is not None
        if kind in lowlevel.DECORATORS:
            self.found.handlers.append(Handler(ref, kind, known, env.path))
            return False
        at = declare.function_place(known)
        declared = declare.header(function, env.file.uri)
        return self.declare(kind, what, ref, known, function.name, at, declared, env, False)

    def declare(
        self,
        kind: str,
        what: Given,
        ref: Ref,
        known: Known | None,
        label: str,
        at: Place,
        declared: Place,
        env: Env,
        bound: bool,
    ) -> bool:
        sdk = env.file.sdk(ref.family, ref.api)
        if kind == "tool":
            item: Item | None = declare.tool(what, known, label, at, declared, sdk, bound)
        elif kind == "prompt":
            item = declare.prompt(what, known, label, at, declared, sdk, bound)
        else:
            item = declare.resource(what, known, label, at, declared, sdk, bound)
        if isinstance(item, Tool) and ref.key == ("given", ""):
            item = declare.by_schema(item, what)
        if item is None or not item.name:
            what_is = "URI" if item is None else "name"
            self.found.unread.append((ref, declared, f"the {what_is} of this {kind} is only known at run time"))
            if label or not (isinstance(item, Tool) and item.function is not None):
                return False  # of a tool without a name, only what it does can be judged
        if item.place.uri != declared.uri:  # a function of another file registers it: nothing names it there
            item = replace(item, place=declared)
        self.found.items.append((ref, item))
        return True

    # ------------------------------------------------------------ calls

    def call(self, call: Call, env: Env, alone: bool) -> None:
        """``alone``: nothing is made of what it gives back."""
        callee = call.callee
        if isinstance(callee, Call):  # mcp.tool(...)(function)
            for found in meant(callee, env):
                if call.args and not call.args[0].spread:
                    self.handed(found.kind, found.ref, found.what, call.args[0].value, env, env.place("", call))
            return
        self.through(call, env)
        if isinstance(callee, Name):
            self.lent(call, callee, env)
        if not isinstance(callee, Attr):
            return
        if (told := shapes.addressed(call, env)) is not None:
            place = env.place("", call)
            self.declare("resource", told, somebodys(env.file.family), None, "", place, place, env, False)
        name = callee.name
        if name in KINDS and call.args:
            ref = server(callee.value, env)
            if ref is None:
                return
            what = given(call, env)
            first = what.get("name_or_fn", 0) or what.get("fn")
            known = function_of(*first) if first is not None else None
            foreign = known is not None and known.imported is not None and not known.imported.local.isupper()
            # Of what is named beside it, and of a decorator that decorates nothing, the first is the function.
            foreign = foreign or (isinstance(first and first[0], Attr) and (alone or "name" in what.named))
            if first is not None and name != "resource" and (foreign or (known is not None and known.function)):
                self.handed(name, ref, what.after(1), first[0], first[1], env.place("", call))
        elif name in ADDERS:
            ref = server(callee.value, env)
            if ref is not None and call.args:
                what = given(call, env)
                first = what.get("fn", 0) or what.get("tool") or what.get("prompt") or what.get("resource")
                if first is not None:
                    self.added(ADDERS[name], ref, what.after(1), first[0], first[1], env.place("", call))
        elif name == "add_request_handler" and len(call.args) > 2:
            ref = server(callee.value, env)
            method = text(call.args[0].value, env, "", "")
            handled = lowlevel.METHODS.get(method.value) if method is not None else None
            known = function_of(call.args[2].value, env)
            if ref is not None and handled is not None and known is not None and known.function is not None:
                self.found.handlers.append(Handler(ref, handled, known, env.path))

    def lent(self, call: Call, callee: Name, env: Env) -> None:
        """``add_tool(f)`` of a parameter or variable of that name: the method of a server that was handed over."""
        known = env.find(callee.id) if callee.id in ADDERS and call.args and not call.args[0].spread else None
        if known is None or (known.param is None and known.value is None):
            return
        method, home = resolve(callee, env)
        ref = server(method.value, home) if isinstance(method, Attr) and method.name in ADDERS else None
        if ref is None and (known.param is None or not env.file.about):
            return
        what = given(call, env)
        first = what.get("fn", 0)
        function = function_of(*first) if first is not None else None
        if first is not None and function is not None and function.function is not None:
            ref = ref or somebodys(env.file.family)
            self.handed(ADDERS[callee.id], ref, what.after(1), first[0], first[1], env.place("", call))

    def through(self, call: Call, env: Env) -> None:
        """``add_read_only_tool(mcp, ping)``: a function of this project that registers what it is given."""
        known = registering(call, env, self.inside) if len(self.inside) < _CALLS else None
        function = known.function if known is not None else None
        if known is None or function is None:
            return
        if env.file.is_test and known.env.file is not env.file:
            return  # a test asks for the whole server in each of its functions
        here = _Walk(Found(env.lookups), (*self.inside, function))
        here.statements(function.body, called_with(known, call, env))
        alone = _Walk(Found(env.lookups), (*self.inside, function))
        alone.statements(function.body, known.env.within(function, known.unit))
        always = {_label(item) for _, item in alone.found.items}
        for ref, item in here.found.items:
            if _label(item) not in always:
                self.found.through.append(function)
                at = env.place(item.declared.pointer, call)
                place = item.place if item.place.uri == at.uri and item.place.anchor is at.anchor else at
                moved = replace(item, declared=at, place=place)
                self.found.items.append((ref if known.env.file is env.file else ref.abroad(), moved))

    def added(self, kind: str, ref: Ref, what: Given, value: Expr, env: Env, declared: Place) -> None:
        """``add_tool(x)``: ``x`` is a function, ``Tool.from_function(f, …)``, or a resource with its own arguments."""
        made, home = resolve(value, env)
        if isinstance(made, (Str, Join, Const, Dict, Items)):
            return  # another library's method of the same name
        if isinstance(made, Call):
            name = made.callee.name if isinstance(made.callee, Attr) else ""
            inner = given(made, home)
            if name in ("from_function", "from_tool"):
                self.found.used.append(made)
                first = inner.get("fn", 0)
                if first is not None:
                    self.handed(kind, ref, inner.after(1), first[0], first[1], home.place("", made))
                return
            a_tool = kind == "tool" and inner.get("name") is not None
            a_tool = a_tool and last(home.dotted(made.callee) or "").endswith("Tool")
            if a_tool or (kind == "resource" and inner.get("uri") is not None):
                function = inner.get("fn") or inner.get("func") or inner.get("handler")
                known = function_of(*function) if function is not None else None
                place = home.place("", made)
                self.declare(kind, inner, ref, known, "", place, place, home, True)
                return
            if function_of(made, home) is None:
                self.found.unread.append((ref, declared, f"what is added as a {kind} here is made elsewhere"))
                return
        self.handed(kind, ref, what, value, env, declared)

    def handed(self, kind: str, ref: Ref, what: Given, value: Expr, env: Env, declared: Place) -> None:
        """A function handed to a server."""
        if kind in lowlevel.DECORATORS:
            return lowlevel.handed(self.found, kind, ref, function_of(value, env), env, declared)
        named = what.get("name", 0)
        if named is not None:
            said = text(named[0], named[1], "", "")
            if said is not None and not said.value:
                self.found.unread.append((ref, declared, f"the name of this {kind} is only known at run time"))
                return
        known = function_of(value, env)
        bound = isinstance(value, Attr)
        if known is None or known.function is None:
            name = last(env.dotted(value) or "")
            elsewhere = (bound or (known is not None and known.imported is not None)) and name and "(" not in name
            if named is None and (not elsewhere or isinstance(resolve(value, env)[0], (Const, Lambda))):
                self.found.unread.append((ref, declared, f"what is added as a {kind} here is only known at run time"))
                return
            self.declare(kind, what, ref, None, name, env.place("", value), declared, env, bound)
            return
        if any(r.ref.key == ("given", "") for d in known.function.decorators for r in meant(d, known.env)):
            self.found.adopted[known.function] = ref  # @tool def f(): ... add_tool(f)
            return
        # A method by a plain name was handed on: ``self._add(server, self.ping)``, there ``server.add_tool(method)``.
        bound = bound or isinstance(value, (Name, Index))
        self.declare(kind, what, ref, known, name_of(known, value, env), env.place("", value), declared, env, bound)


def _label(item: Item) -> tuple[type, str]:
    return type(item), item.uri.value if isinstance(item, Resource) else item.name
