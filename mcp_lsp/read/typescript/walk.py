"""One walk over a unit for everything in it that declares, makes or starts something of MCP."""

from __future__ import annotations

from typing import cast

from mcp_lsp_analyzers import code as c
from mcp_lsp_analyzers.code import (
    Attr,
    Call,
    Class,
    Dict,
    Expr,
    Function,
    Lambda,
    Name,
    Str,
    Unit,
)
from mcp_lsp_analyzers.inside import targets
from mcp_lsp_analyzers.model import Tool
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.scope import Module

from . import byfile, decorators, lowlevel, makers
from .arrays import items, keys_of, looked_up, mentions, written
from .beyond import configures, definition, describes, put_together, registered
from .calls import DEFINE, METHODS, Recognise, Registration, made_tool
from .definitions import Finding, Maker
from .entries import Entry, Inner, Kept, Round, constants
from .evidence import About, foreign, is_tool_type, typed
from .lowlevel import Unread
from .makers import Made
from .shapes import (
    NAME,
    class_parts,
    could_be,
    is_defined_by,
    is_definition,
    is_listed,
    other,
    other_kind,
    parts_of,
    record,
)
from .sight import At, Sight, Where, identity, origin
from .visiting import Visitor
from .wrappers import handler_among, registering, unbound, wrapped

# A unit that mentions none of these declares nothing.
MENTIONS = pattern(r"ool|rompt|esource|[Ss]erver|M[Cc][Pp]|mcp|RequestHandler|chema|description|ransport")
TESTED = frozenset(("describe", "it", "test", "expect", "beforeEach", "beforeAll", "vi", "jest", "assert", "suite"))
TESTS = pattern(r"(?:\.|_)(?:test|spec)\.[cm]?[jt]sx?$|/__(?:tests|mocks)__/")
# Calls of a function for each element of what they are called on.
MOST = 400  # elements of one table
# Packages whose ``tool`` is for a model's API, not for a server.
STRANGERS = ("ai", "@ai-sdk/provider-utils", "@openai/agents", "@langchain/core", "@langchain/core/tools", "langchain")
# Lists of what an operation takes: OpenAPI, and what was made from it.
PARAMETERS = frozenset(("parameters", "params", "headers", "fields", "columns"))
EACH = frozenset(("forEach", "map", "flatMap"))


# Methods of a project's own server that add one tool: ``addToolWithReadAccess``, ``registerReadOnlyTool``.
ADDING = pattern(r"(?:add|register|define)(?:Tool[A-Z]\w*|[A-Z]\w*Tool)")
MAKING = pattern(r"(?:[cC]reate|[mM]ake|[bB]uild|[dD]e(?:fine|clare))\w*Tool")
"""What functions of a project are called that make a tool of a name, a description, a schema and what answers."""


_BARE = frozenset((
    "registerAppTool", "registerAppResource", "addTool", "registerTool", "registerPrompt", "defineTool",
))  # fmt: skip
_OF_PROMPTS = pattern(r"\b(?:const|let|var)\s+\w*(?:P|\bp)rompts\b")
_DEFINED = frozenset(("defineMcpTool", "defineMcpPrompt", "defineMcpResource"))


class Walk(Visitor):
    def __init__(self, module: Module, unit: Unit, about: About, kept: Kept, sight: Sight, inner: Inner | None) -> None:
        self.unit = unit
        self.about = about
        self.kept = kept
        self.sight = sight
        self.maker = Maker(sight, module.uri)
        self.function = inner.function if inner is not None else None
        self.cls = inner.cls if inner is not None else None
        self.loops: tuple[Round, ...] = inner.loops if inner is not None else ()
        self.tested = inner.tested if inner is not None else TESTS.search(module.uri) is not None
        self.taken: set[int] = set()  # object literals that a registration has read already
        self.kinds = cast("dict[object, str]", unit.kept.get("asserted", {}))

    def run(self) -> None:
        self.statements(self.unit.statements)

    @property
    def where(self) -> Where:
        return Where(self.unit, self.function, self.cls)

    # ------------------------------------------------------------ going through

    def assign(self, s: c.Assign) -> None:
        value = s.value
        self.kinds.update(typed(value, s.annotation) if s.annotation is not None else ())
        self.expr(value)

    def nested(self, s: c.Nested) -> None:
        self.kept.entries.append(Inner(s.unit, self.function, self.cls, self.loops, self.tested))

    def loop(self, s: c.Loop) -> None:
        self.expr(s.iterable)
        self.expr(s.test)
        before = self.loops
        if s.target is not None and s.iterable is not None:
            through = keys_of(s.iterable) if s.keys else s.iterable
            self.loops = (*before, Round(s.target, At(through, self.where), s.body))
        self.statements(s.body)
        self.loops = before

    def in_function(self, function: Function) -> None:
        before = self.function, self.cls
        for decorator in function.decorators:
            self.expr(decorator)
        for param in function.params:
            self.expr(param.default)
        self.function = function
        last = function.body[-1] if function.body else None
        if function.returns is not None and isinstance(last, c.Return):
            self.kinds.update(typed(last.value, function.returns))
        self.statements(function.body)
        self.function, self.cls = before

    def define(self, s: c.Define) -> None:
        if s.function.decorators:
            decorators.of_method(self, s.function)
        self.in_function(s.function)

    def in_class(self, cls: Class) -> None:
        if cls.decorators and not self.tested:
            decorators.of_class(self, cls)
        for decorator in cls.decorators:
            self.expr(decorator)
        made = makers.derived(self, cls)
        if made is not None:
            self.kept.entries.append(made)
        known = class_parts(self.sight, cls, self.where) if self.about.likely and not self.tested else None
        if known is not None:
            parts, kind = known
            item = makers.item(self.maker, kind, parts)
            if item.name:
                self.kept.entries.append(Finding(item, "shape", identity(self.sight, parts.name)))
        before = self.function, self.cls
        self.cls = cls
        self.statements(cls.body)
        self.function, self.cls = before

    # ------------------------------------------------------------ calls

    def call(self, node: Call) -> None:
        node = unbound(self.sight, node, self.where)
        callee = node.callee
        if node.new:
            made = makers.constructed(self, node)
        elif isinstance(callee, Attr):
            self.method(node, callee)
            made = makers.started(self, node, callee)
        elif isinstance(callee, Name):
            made = self.bare(node, callee)
        else:
            made = None
        if made is not None:
            self.kept.entries.append(made)
        elif not node.new and node.args and not self.tested:
            self.kept.entries += makers.passed(self, node)
            self.through(node)
        before, tested = self.loops, self.tested
        if isinstance(callee, Attr):
            if callee.name in EACH and node.args and isinstance(node.args[0].value, Lambda):
                each = node.args[0].value.function
                if each.params:
                    self.loops = (*before, Round(each.params[0].target, At(callee.value, self.where), []))
            self.expr(callee.value)
        else:
            self.expr(callee)
        if not tested and _root(callee) in TESTED:
            self.tested = True
        for arg in node.args:
            self.expr(arg.value)
        self.loops, self.tested = before, tested

    def method(self, node: Call, callee: Attr) -> None:
        word = callee.name
        if word == "setRequestHandler":
            receiver = makers.receiver(self, callee.value)
            r = Registration(self.maker, node, self.where, receiver, True)
            self.kept.entries += cast("list[Entry]", lowlevel.request(r))
            return
        recognise = METHODS.get(word)
        if recognise is None and ADDING.fullmatch(word) and _tells_a_tool(node):
            recognise = METHODS["tool"]
        if recognise is None or not node.args:
            return
        receiver = makers.receiver(self, callee.value)
        if not makers.is_server(self, callee.value, receiver) and not makers.is_written_tool(self, node):
            return
        self.register(node, recognise, receiver)

    def bare(self, node: Call, callee: Name) -> Made | None:
        word = callee.id
        if self.about.likely and not self.tested and (recognise := self._defines(node, callee)) is not None:
            self.register(node, recognise, None)
            return None
        if word in _DEFINED and node.args:
            self.register(node, byfile.defined, None)
            return None
        if word in _BARE:
            if self.about.likely and (node.args or word != "addTool"):
                self.register(node, METHODS[word], None)
            return None
        if word in DEFINE and self.about.likely and not self.tested and is_definition(node):
            if origin(self.sight, At(callee, self.where)).partition(":")[0] not in STRANGERS:
                self.register(node, DEFINE[word], None)
            return None
        if word == "tool" and len(node.args) >= 4:
            if "claude" in origin(self.sight, At(callee, self.where)):
                self.register(node, METHODS["tool"], None)
            return None
        return makers.called(self, node, callee)

    def _defines(self, node: Call, callee: Name) -> Recognise | None:
        """How a call is read of a function of the project that makes a tool of what it is given."""
        if not callee.id.endswith("Tool"):
            return put_together if definition(self.sight, node, self.where) is not None else None
        recognise: Recognise | None = None
        if MAKING.fullmatch(callee.id):
            recognise = DEFINE["tool"] if is_definition(node) or configures(self.sight, node, self.where) else None
            recognise = recognise or (made_tool if describes(self.sight, node, self.where) else None)
        if recognise is None and is_defined_by(node):
            recognise = METHODS["addTool"]
        made = self.sight.resolve(At(callee, self.where)) if recognise is not None else None
        own = made is not None and isinstance(made.node, (Function, Lambda))
        if made is not None and isinstance(made.node, c.Import):
            own = made.node.module.startswith((".", "@/", "~/", "#"))
        return recognise if own else None

    def register(self, node: Call, recognise: Recognise, receiver: object) -> None:
        """A registration, once for each element where it stands in a loop over a table."""
        sure = receiver is not None or self.about.sure
        rounds = self.each(node)
        for where in rounds or [self.where]:
            entries = recognise(Registration(self.maker, node, where, receiver, sure))
            for finding in entries:
                # Without a name, only what it does can be judged.
                if finding.item.name or (isinstance(finding.item, Tool) and finding.item.function is not None):
                    self.kept.entries.append(finding)
            for arg in node.args:
                if isinstance(arg.value, Dict):
                    self.taken.add(id(arg.value))
            if entries and not any(finding.item.name for finding in entries) and not self._named_by_callers(node):
                self._unread(node, receiver, not rounds)

    def _unread(self, node: Call, receiver: object, told: bool = False) -> None:
        place = self.unit.place(self.maker.uri, "/tools", node)
        reason = "the name of what is registered here is not in this file"
        self.kept.entries.append(Unread(place, reason, receiver, told))

    def _named_by_callers(self, node: Call) -> bool:
        """Whether a registration stands in a function that is known by name, whose calls say what is registered."""
        function = self.function
        if function is None or function.parent is not None or not function.name:
            return False
        return any(call.args is node.args for call, _ in registering(function))

    def through(self, node: Call) -> None:
        """A call of a function of this file that registers what it is given."""
        if not self.about.likely:
            return
        for here in self.each(node):
            for call, where, function in wrapped(self.sight, node, here):
                callee = cast("Attr", call.callee)
                before = self.unit, self.function, self.cls
                self.unit, self.function, self.cls = where.unit, function, where.cls
                receiver = makers.receiver(self, callee.value)
                known = makers.is_server(self, callee.value, receiver)
                self.unit, self.function, self.cls = before
                if not known:
                    continue
                self._through(Registration(self.maker, call, where, receiver, True), callee.name, node, here)
            for one in registered(self.sight, node, here):
                if makers.is_called_server(one.on, one.param):
                    receiver = None if one.server is None else makers.receiver(self, cast("c.Expr", one.server.node))
                    method = cast("Attr", one.call.callee).name
                    self._through(Registration(self.maker, one.call, one.where, receiver, True), method, node, here)

    def _through(self, registration: Registration, method: str, node: Call, here: Where) -> None:
        registration.declared = At(node, here)
        handler = handler_among(node)
        if handler is not None and len(registration.args) > 1:
            registration.args[-1] = At(handler, here)
        entries = METHODS[method](registration)
        self.kept.entries += [f for f in entries if f.item.name]
        if not any(f.item.name for f in entries):
            self._unread(node, registration.receiver)

    def each(self, node: Call) -> list[Where]:
        """The surroundings of a call: one for each element where a loop's variable names what it registers."""
        here = self.where
        for target, iterable, body in reversed(self.loops):
            inside = constants(body, iterable.where.unit)
            names = {name for one in (target, *(s.target for s, _ in inside)) for name, _ in targets(one)}
            if not any(mentions(arg.value, names) for arg in node.args[:3]):
                continue
            self.sight.tables = True
            elements = [written(self.sight, one) for one in items(self.sight, iterable)[0][:MOST]]
            self.sight.tables = False
            if not elements:
                return [here]
            result = []
            for element in elements:
                if _is_among(element, self.sight.defined):
                    continue
                given: dict[str, At] = {}
                self.sight.bind(target, element, given)
                for s, unit in inside:
                    assert s.value is not None
                    value = At(s.value, here._replace(unit=unit).also(dict(given)))
                    self.sight.bind(s.target, looked_up(self.sight, value) or value, given)
                result.append(here.also(given))
            return result
        return [here]

    # ------------------------------------------------------------ object literals

    def dictionary(self, node: Dict) -> None:
        if id(node) not in self.taken and not self.tested:
            if could_be(node) and not is_listed(self.sight, At(node, self.where)):
                self.shape(node)
            elif self.about.likely and not self.loops:
                self.other(node)
        for pair in node.pairs:
            key, value = pair.key, pair.value
            if isinstance(key, Str) and isinstance(value, Call) and not self.tested:
                self.recorded(key, value)
            if isinstance(key, Str):
                if isinstance(value, Dict) and key.value == "function":
                    self.taken.add(id(value))  # OpenAI: { type: "function", function: { name, parameters } }
                elif isinstance(value, c.Items) and key.value in PARAMETERS:
                    self.taken.update(id(item) for item in value.items)
            self.expr(value)
            if key is not None and not isinstance(key, Str):
                self.expr(key)

    def shape(self, node: Dict) -> None:
        if foreign(self.kinds.get(node, "")) or self.loops:
            return
        shape = parts_of(self.sight, At(node, self.where))
        declared = self.kinds.get(node, "")
        if shape is None or shape.parts is None or (shape.strength == 0 and "Tool" not in declared):
            return
        needed = 3
        if self.about.likely or "Tool" in declared:
            needed = 2
        if (self.about.sure or (self.about.likely and "Tool" in declared)) and not self.about.client:
            needed = 1 if shape.parts.function is not None else 2
        if self.about.client and not self.about.sure:
            needed = 3
        told = is_tool_type(declared) and None not in (shape.parts.description, shape.parts.schema)
        if max(shape.strength, 2 * told) < needed or ((shape.bare or shape.silent) and "Tool" not in declared):
            return
        inner = shape.parts.declared.node
        if isinstance(inner, Dict):
            self.taken.add(id(inner))
        prompt = shape.prompt or _OF_PROMPTS.search(self.unit.key[: node.start]) is not None
        item = self.maker.prompt(shape.parts) if prompt else self.maker.tool(shape.parts)
        if isinstance(item, Tool) and shape.silent:
            item = replace(item, parameters_known=False)
        if item.name:
            self.kept.entries.append(Finding(item, "shape", shape.name))

    def other(self, node: Dict) -> None:
        kind = other_kind(node)
        at = At(node, self.where)
        parts = other(self.sight, at, kind, self.unit.key + self.kinds.get(node, "")) if kind else None
        if parts is None:
            return
        item = makers.item(self.maker, kind, parts)
        name = parts.uri if parts.uri is not None else parts.name
        if item.name:
            self.kept.entries.append(Finding(item, "shape", identity(self.sight, name)))

    def recorded(self, key: Str, value: Call) -> None:
        known = record(self.sight, key, value, self.where)
        if known is None:
            return
        parts, source = known
        near = source.startswith((".", "/")) and self.about.likely
        if not (near or "mcp" in source.lower() or (self.about.sure and not self.about.client)):
            return
        if source.split(":")[0] in STRANGERS:
            return
        self.taken.add(id(value.args[0].value))
        self.kept.entries.append(Finding(self.maker.tool(parts), "shape", key))


def _is_among(element: At, defined: list[Dict]) -> bool:
    """Whether an element is one of these, or the pair of a name and one of them."""
    node = element.node.items[-1] if isinstance(element.node, c.Items) and element.node.items else element.node
    return any(node is each for each in defined)


def _tells_a_tool(node: Call) -> bool:
    """Whether a call has a name first and a function last."""
    values = [arg.value for arg in node.args if not arg.spread]
    first, last = values[:1], values[-1:]
    return (
        len(values) > 1
        and isinstance(first[0], Str)
        and NAME.match(first[0].value) is not None
        and isinstance(last[0], (Lambda, Name, Attr))
    )


def _root(node: Expr) -> str:
    while isinstance(node, (Attr, Call)):
        node = node.value if isinstance(node, Attr) else node.callee
    return node.id if isinstance(node, Name) else ""
