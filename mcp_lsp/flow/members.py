"""Parts of values: attributes, entries, items; what an annotation makes of a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers import inside
from mcp_lsp_analyzers.code import Class, Expr, Function, Lambda, Name, Str, heir
from mcp_lsp_analyzers.scope import Scope

from . import declared, filling, matched, validated
from .comparisons import refuses_private
from .conditions import facts, no_facts, outcome
from .guards import both, guard
from .library import CONSTANTS, canonical, returned
from .state import State
from .taints import Origin, Taint
from .values import UNKNOWN, Any, Checks, Cls, Const, Func, Obj, Rec, Seq, Space, Value, constant, joined, named, some

if TYPE_CHECKING:
    from .frame import Frame


_HOST = frozenset(("hostname", "host", "netloc", "authority"))
_SCHEME = frozenset(("scheme", "protocol"))


_OF_ADDRESS = frozenset(("address", "addresses", "ip", "host"))
"""Where an answer to a look-up of a name has what was found."""
_NUMBERS = frozenset(("length", "size", "port", "byteLength", "version", "prefixlen"))
_PRIVATE = frozenset(
    ("is_private", "is_loopback", "is_link_local", "is_reserved", "is_multicast", "is_unspecified", "is_site_local")
)


def member(f: Frame, base: Value, name: str, node: Expr, s: State | None = None) -> Value:
    """``base.name``."""
    shape = base.shape
    if name == "length" and base.no is not None and type(shape) is Seq:
        return Value((), None, "", base.yes, base.no)
    if name == "shape" and base.name.startswith("zod"):
        return Value((), shape.inner if type(shape) is Checks else shape)
    if shape is not None:
        found = _of_shape(f, shape, base, name, node)
        if found is not None:
            return found
    if base.taints:
        return _of_taints(f, base, name, node)
    if base.name:
        full = canonical(f"{base.name}.{name}")
        known = CONSTANTS.get(full)
        if known is not None:
            return constant(known)
        return named(returned(full) if full.startswith("pathlib.Path.pa") else full)
    return UNKNOWN


def _of_shape(f: Frame, shape: object, base: Value, name: str, node: Expr) -> Value | None:
    kind = type(shape)
    if kind is Rec:
        assert isinstance(shape, Rec)
        found = shape.fields.get(name) or filling.any_entry(shape, name)
        if found is not None:
            return joined(found, _of_taints(f, base, name, node)) if base.taints else found.called_on(base)
        return None if base.taints or base.name else UNKNOWN
    if kind is Obj:
        assert isinstance(shape, Obj)
        found = shape.fields.get(name)
        if found is None:
            return of_instance(f, shape, base, name, node)
        if filling.open_to_more(found):
            return filling.of_field(f, shape.cls, f.within(shape.scope), name, found)
        if found.constants == (None,):  # nothing yet when it was made: another method may set it
            return joined(found, of_instance(f, shape, base, name, node) or UNKNOWN)
        return found
    if kind is Cls:
        assert isinstance(shape, Cls)
        return of_class(f, shape.cls, shape.scope, name, base)
    if kind is Space:
        assert isinstance(shape, Space)
        return f.of_space(shape, name)
    if kind is Any:
        assert isinstance(shape, Any)
        whole: Value | None = None
        for one in shape.shapes:
            part = _of_shape(f, one, Value(base.taints, one, base.name), name, node)
            if part is not None:
                whole = part if whole is None else joined(whole, part)
        return whole
    if kind is Seq and name in _NUMBERS:
        return Value((), None, "", base.yes, base.no) if base.yes or base.no else UNKNOWN
    if kind is Const and not base.taints and not base.name:
        return base if name == "value" else base if name == "_value_" else UNKNOWN
    return None


def of_instance(f: Frame, obj: Obj, base: Value, name: str, node: Expr) -> Value | None:
    """A field or method of an instance, by its class and the classes that is made of."""
    if f.function is not None and f.own_class() is obj.cls:
        f.scope.member(f.function, name)
    if obj.cls.only_type:
        of_heir = of_heirs(f, obj, name, node)
        if of_heir is not None:
            return of_heir
    for cls, scope in mro(obj.cls, f.within(obj.scope)):
        locals = inside.members(cls).get(name)
        if not locals or (locals[0].kind == "function" and declared.abstract(locals[0].node)):
            continue
        found: Value | None = None
        for local in locals[:6]:
            if local.kind == "function":
                assert isinstance(local.node, Function)
                function = local.node
                value = Value((), Func(function, scope, None if _unbound(f, function) else base))
                if declared.is_property(function):
                    value = _got(f, Func(function, scope, base), node)
            elif isinstance(local.node, Lambda):
                value = Value((), Func(local.node.function, scope, base))
            elif base.taints and declared.closed_field(local.node, local.annotation, scope):  # type: ignore[arg-type]
                value = UNKNOWN
            elif base.taints:
                # An object made of what a model sent: its fields are what it sent.
                value = Value(tuple(e for t in base.taints if (e := t.entry(name)) is not None))
                value = validated.by_annotation(f, value, local.annotation, scope)
                value = typed(f, validated.by_class(f, value, cls, name, scope), local.annotation, scope)
            else:
                value = f.local(local, scope, cls)
            found = value if found is None else joined(found, value)
        return None if found is None else filling.of_field(f, cls, scope, name, found, locals[0].annotation)
    return None if obj.cls.only_type else of_heirs(f, obj, name, node)


def _got(f: Frame, own: Func, node: Expr | None = None) -> Value:
    """What a property gives."""
    from .calls import invoke

    return invoke(f, own, node or Name(own.function.start, own.function.start, ""))


def _has(f: Frame, obj: Obj, name: str) -> bool:
    for cls, _ in mro(obj.cls, f.within(obj.scope)):
        locals = inside.members(cls).get(name)
        if locals and not declared.abstract(locals[0].node):
            return True
    return False


_MOST_HEIRS = 3


def of_heirs(f: Frame, obj: Obj, name: str, node: Expr) -> Value | None:
    """A member of something that only says what there is (an interface, an abstract class): those of the classes that
    are made of it, in the files around it and around where it is used."""
    found: Value | None = None
    seen = 0
    for cls, scope in heirs(f, obj):
        if cls is obj.cls or seen >= _MOST_HEIRS:
            continue
        one = Obj(cls, scope, {})
        if not cls.only_type and _has(f, one, name):
            value = of_instance(f, one, Value((), one), name, node)
            if value is not None:
                found = value if found is None else joined(found, value)
                seen += 1
    return found


def heirs(f: Frame, obj: Obj) -> list[tuple[Class, Scope]]:
    found: list[tuple[Class, Scope]] = []
    searched: set[str] = set()
    for at in (f.within(obj.scope), f.scope):
        modules = at.modules
        around = () if modules is None else modules.beside(at.module.uri)
        for module in (at.module, *around):
            if module.uri in searched:
                continue
            searched.add(module.uri)
            scope = at.inside(module)
            binding = scope.find(heir(obj.cls.name))
            if binding is not None and binding.cls is not None:
                found.append((binding.cls, scope))
    return found


def typed(f: Frame, value: Value, annotation: Expr | None, scope: Scope | None = None) -> Value:
    """A choice that arrives as what its annotation says: an object of a class, a list of such, a path."""
    if annotation is None or not value.taints or value.shape is not None or value.name:
        return value
    known = f.annotated(annotation, scope)
    if known.name == "pathlib.Path":
        return Value(value.taints, None, known.name)
    if type(known.shape) is Obj and not (known.shape.cls.only_type or declared.enumeration(known.shape.cls)):
        return Value(value.taints, known.shape)
    inner = declared.items(annotation)
    if inner is not None:
        item_ = typed(f, Value(value.taints), inner, scope)
        if item_.shape is not None:
            return Value(value.taints, Seq((), item_))
    return value


def of_class(f: Frame, cls: Class, scope: Scope, name: str, base: Value) -> Value | None:
    for one, where in mro(cls, f.within(scope)):
        for local in inside.members(one).get(name, ())[:4]:
            if local.kind == "function":
                assert isinstance(local.node, Function)
                of_class_itself = declared.is_classmethod(local.node) or (
                    local.node.is_static and f.run.language == "node"
                )
                own = Func(local.node, where, base if of_class_itself else None)
                return _got(f, own) if of_class_itself and declared.is_property(local.node) else Value((), own)
            if local.function is None:
                if isinstance(local.node, Str):
                    return constant(local.node.value)
                return filling.of_class_itself(f, one, where, name, f.local(local, where))
        for local in inside.members(one).get(name, ())[:1]:  # ``Settings.instance = new Settings()`` in a method
            return f.local(local, where, one)
    return UNKNOWN


def method(f: Frame, cls: Class, scope: Scope, name: str) -> Func | None:
    """A method by name, in the class or those it is made of."""
    for one, where in mro(cls, f.within(scope)):
        for local in inside.members(one).get(name, ()):
            if local.kind == "function":
                assert isinstance(local.node, Function)
                return Func(local.node, where)
    return None


def method_names(f: Frame, cls: Class, scope: Scope) -> list[str]:
    """The methods of a class and of those it is made of."""
    found: dict[str, None] = {}
    for one, _ in mro(cls, f.within(scope)):
        found.update((name, None) for name, locals in inside.members(one).items() if locals[0].kind == "function")
    return list(found)


def mro(cls: Class, scope: Scope, depth: int = 0) -> list[tuple[Class, Scope]]:
    found = [(cls, scope)]
    if depth > 4:
        return found
    for base in cls.bases:
        name = declared.name(base)
        if name is None or "." in name:
            continue
        binding = scope.find(name)
        if binding is None:
            continue
        if binding.cls is not None and binding.cls is not cls:
            found += mro(binding.cls, scope, depth + 1)
        elif binding.imported is not None:
            other = scope.follow(binding.imported)
            if other is not None and other.binding is not None and other.binding.cls is not None:
                found += mro(other.binding.cls, scope.inside(other.module), depth + 1)
    return found


def _unbound(f: Frame, function: Function) -> bool:
    return function.is_static and f.run.language == "python"


def _of_taints(f: Frame, base: Value, name: str, node: Expr) -> Value:
    if name in ("length", "size"):
        return outcome(base, None, no_facts(base))
    if name in _NUMBERS:
        return UNKNOWN
    if name in _PRIVATE or name == "is_global":
        return refuses_private(f, base, node, when_true=name != "is_global")
    is_path = base.name == "pathlib.Path"
    found: list[Taint] = []
    kept = ""
    for taint in base.taints:
        aspect = taint.aspect
        if aspect == "test":
            continue
        if aspect == "url":
            if name in _HOST:
                found.append(taint.about("host"))
            elif name in _SCHEME:
                found.append(taint.about("scheme"))
            elif name in ("href", "origin"):
                schemed = guard("scheme", "url", f.spot(node))  # without one it is no `URL`
                found.append(taint.about("").under(both(taint.guards, schemed)))
            elif name in ("pathname", "path") and base.name == "url.parse":
                found.append(taint.folder(node))
            elif name == "pathname":
                # ``..`` is gone from it: where it is found to lie, so does the address.
                resolved = taint.folder(node)
                resolved.guards = both(resolved.guards, guard("resolved", "URL", f.spot(node)))
                found.append(resolved)
            else:
                found.append(taint.derived(node))
        elif is_path and name in ("name", "stem"):
            found.append(taint.derived(node, guard("basename", "", f.spot(node)), False))
        elif is_path and name == "parents":
            found.append(taint.about("parents"))
        elif is_path and name in ("suffix", "suffixes", "drive", "root", "anchor"):
            found.append(taint.derived(node).about("extension"))
        elif is_path and name == "parent":
            found.append(taint.folder(node))
            kept = base.name
        elif is_path and name == "parts":
            found.append(taint.word("segment"))
            kept = "words"
        elif aspect == "address" and name in _OF_ADDRESS:
            found.append(taint)
        elif name in ("value", "data", "root", "output") and not taint.origin.whole:
            found.append(taint)
        else:
            inner = taint.entry(name)
            if inner is not None:
                found.append(inner)
    if kept == "words":
        return Value((), Seq((), Value(tuple(found))), kept)
    return Value(tuple(found), None, kept) if found else UNKNOWN


def entry(f: Frame, base: Value, key: Value, node: Expr) -> Value:
    """``base[key]`` of something that has entries."""
    name = key.string
    shape = base.shape
    found: Value | None = None
    if type(shape) is Rec:
        if name is not None:
            found = shape.fields.get(name, shape.rest)
        elif key.constants is not None:
            for one in key.constants:
                part = shape.fields.get(one, shape.rest) if isinstance(one, str) else None
                if part is not None:
                    found = part if found is None else joined(found, part)
        else:
            found = shape.rest
            for part in shape.fields.values():
                found = part if found is None else joined(found, part)
    elif type(shape) is Obj and name is not None:
        found = member(f, Value((), shape, base.name), name, node)
    elif type(shape) is Space and name is not None:
        found = f.of_space(shape, name)
    if base.taints:
        taints: list[Taint] = []
        for taint in base.taints:
            if taint.aspect == "test":
                continue
            if taint.aspect == "address" and name in _OF_ADDRESS:
                taints.append(taint)
                continue
            one = taint.entry(name) if name is not None else taint.derived(node)
            if one is not None and name is not None and type(one.origin) is Origin and one.origin.kind == "request":
                one = one.with_step(f"`{name}` is read from the request", f.spot(node))
            if one is not None:
                taints.append(one)
        if taints:
            value = Value(tuple(taints))
            found = value if found is None else joined(found, value)
    if key.taints and not base.taints:
        return known_key(f, found or UNKNOWN, key, node)
    return found or (named(f"{base.name}.{name}") if base.name and name is not None and not base.taints else UNKNOWN)


def known_key(f: Frame, found: Value, key: Value, node: Expr) -> Value:
    """What stands under a chosen key in something a model did not make: if there is anything, the key is known."""
    known = facts(f, key, "choices", "", node)
    return Value(found.taints, found.shape, found.name, known or None, found.no, found.tail)


def item(f: Frame, base: Value, index: Value, node: Expr) -> Value:
    """``base[index]``."""
    shape = base.shape
    if type(shape) is Seq:
        known = index.constants
        if known is not None and len(known) == 1 and type(known[0]) is int and 0 <= known[0] < len(shape.items):
            found = shape.items[known[0]]
        elif known is not None and len(known) == 1 and type(known[0]) is int:
            found = shape.rest if shape.rest is not None and known[0] >= 0 else shape.any
        elif index.shape is None and not index.taints:
            # A slice: still a list, of which nothing is known at the beginning.
            found = joined(Value((), Seq((), some(shape.any))), some(shape.any))
        else:
            found = shape.any
        if base.taints:
            found = joined(found, Value(tuple(t.derived(node) for t in base.taints)))
        if base.name == "words" and known is not None and not (known == (0,) and shape.items):
            one = tuple(matched.word(t, known[0], base.tail, node, f.spot(node)) for t in found.taints)
            return Value(one, found.shape, found.name)
        return found
    constants = index.constants
    if constants is not None and len(constants) == 1 and type(constants[0]) is int and base.taints and shape is None:
        about = [t for t in base.taints if t.aspect == "address"]
        if about:
            return Value(tuple(about))
        return Value(tuple(_numbered(t, constants[0], node) for t in base.taints if t.aspect != "test"))
    if constants is None and base.taints and shape is None and not index.taints and index.shape is None:
        return Value(tuple(t.derived(node) for t in base.taints if t.aspect != "test"), None, base.name)
    return entry(f, base, index, node)


def narrowed(f: Frame, value: Value, part: str, node: Expr) -> Value:
    """What a destructuring pattern takes out of a value: entry ``part``, or item number ``part``; "*": the rest."""
    if part == "*":
        return value
    if part.isdigit():
        if type(value.shape) is Seq:
            return item(f, value, constant(int(part)), node)
        if value.taints and value.shape is None:
            return matched.numbered(value, int(part), node)
        return UNKNOWN
    return member(f, value, part, node)


def _numbered(taint: Taint, number: int, node: Expr) -> Taint:
    return matched.part(taint, number, node) or (taint.first() if number == 0 else taint.derived(node))


def element(value: Value) -> Value:
    """Any item of what is iterated over."""
    shape = value.shape
    found: Value | None = None
    if type(shape) is Seq:
        found = shape.any
    elif type(shape) is Rec:
        found = UNKNOWN
    elif type(shape) is Const and not value.taints:
        strings = [c for v in shape.values if isinstance(v, str) for c in v[:128]]
        return Value((), Const(tuple(dict.fromkeys(strings)))) if strings else UNKNOWN
    if value.taints and (found is None or not found.taints):
        mine = Value(tuple(t for t in value.taints if t.aspect != "test"))
        found = mine if found is None else joined(found, mine)
    return found or (named(value.name) if value.name else UNKNOWN)
