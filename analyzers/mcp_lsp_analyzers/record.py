"""Data classes and named tuples that cost nothing until they are used: what ``dataclasses`` and
``typing.NamedTuple`` do, at a tenth of their price at start-up.

``dataclasses`` writes and compiles five functions for each class when it is defined, 0.6 ms each time, and loads
``inspect`` for it. A hundred classes were a third of what a headless run takes. Here a class gets its functions when
they are first called; most classes of a run never need them. The same goes for named tuples, 0.2 ms each.

Type checkers see ``dataclasses`` itself. They, and not the running program, see to it that nobody writes to a frozen
one: that makes frozen objects as cheap to make as others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import MISSING, dataclass, field, fields, is_dataclass, replace
    from typing import NamedTuple
else:
    from collections import _tuplegetter

    MISSING = object()

    class Field:
        """One field, as far as ``dataclasses.fields`` and ``replace`` ask for it."""

        __slots__ = ("default", "default_factory", "metadata", "name")
        init = True

        def __init__(self, default=MISSING, default_factory=MISSING, metadata=None):
            self.name = ""
            self.default = default
            self.default_factory = default_factory
            self.metadata = metadata or {}

        @property
        def _field_type(self):
            import dataclasses

            return dataclasses._FIELD

    def field(*, default=MISSING, default_factory=MISSING, metadata=None):
        return Field(default, default_factory, metadata)

    def fields(of):
        return tuple(of.__dataclass_fields__.values())

    def is_dataclass(of):
        return hasattr(of if isinstance(of, type) else type(of), "__dataclass_fields__")

    def replace(of, /, **changes):
        for name in of.__dataclass_fields__:
            if name not in changes:
                changes[name] = getattr(of, name)
        return of.__class__(**changes)

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True):
        if cls is None:
            return lambda cls: _made(cls, frozen, slots, eq)
        return _made(cls, frozen, slots, eq)

    def _made(cls, frozen, slots, eq):
        found = {}
        for above in reversed(cls.__mro__[1:]):
            found.update(above.__dict__.get("__dataclass_fields__", ()))
        own = []
        for name, annotation in cls.__dict__.get("__annotations__", {}).items():  # noqa: RUF063 (inspect is what this avoids)
            if annotation.startswith("ClassVar"):
                continue
            default = cls.__dict__.get(name, MISSING)
            each = default if type(default) is Field else Field(default)
            each.name = name
            found[name] = each
            own.append(name)
        body = dict(cls.__dict__)
        for name in own:
            if slots or found[name].default is MISSING:
                body.pop(name, None)
            else:
                body[name] = found[name].default
        body.pop("__dict__", None)
        body.pop("__weakref__", None)
        body["__dataclass_fields__"] = found
        body["__match_args__"] = tuple(found)
        body["__qualname__"] = cls.__qualname__
        if slots:
            body["__slots__"] = tuple(own)
        body.setdefault("__repr__", _repr)
        body["__init__"] = _later("__init__", _init)
        if eq:
            if "__eq__" not in body:
                body["__eq__"] = _later("__eq__", _eq)
            if body.get("__hash__") is None:
                body["__hash__"] = _later("__hash__", _hash) if frozen else None
        made = type(cls)(cls.__name__, cls.__bases__, body)
        for name in ("__init__", "__eq__", "__hash__"):
            stub = body.get(name)
            if stub is not None and hasattr(stub, "owner"):
                stub.owner = made
        return made

    def _later(name, write):
        """A method that writes itself when it is first called."""

        def stub(*args, **keywords):
            # Two threads may both do this; they write the same.
            owner = stub.owner
            space = {}
            source = write(owner, space)
            exec(source, space)
            method = space[name]
            method.__qualname__ = f"{owner.__qualname__}.{name}"
            setattr(owner, name, staticmethod(method) if name == "__new__" else method)
            return method(*args, **keywords)

        stub.owner = None
        return stub

    def _init(owner, space):
        found = owner.__dataclass_fields__
        parameters, lines = ["self"], []
        for name, each in found.items():
            if each.default is not MISSING:
                space[f"_default_{name}"] = each.default
                parameters.append(f"{name}=_default_{name}")
            elif each.default_factory is not MISSING:
                space["_MISSING"] = MISSING
                space[f"_make_{name}"] = each.default_factory
                parameters.append(f"{name}=_MISSING")
                lines.append(f"    self.{name} = _make_{name}() if {name} is _MISSING else {name}")
                continue
            else:
                parameters.append(name)
            lines.append(f"    self.{name} = {name}")
        return f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or "    pass")

    def _eq(owner, space):
        found = owner.__dataclass_fields__
        mine, others = ("".join(f"{of}.{name}," for name in found) for of in ("self", "other"))
        return (
            "def __eq__(self, other):\n"
            "    if other.__class__ is not self.__class__:\n"
            "        return NotImplemented\n"
            f"    return ({mine}) == ({others})"
        )

    def _hash(owner, space):
        found = owner.__dataclass_fields__
        return f"def __hash__(self):\n    return hash(({''.join(f'self.{name},' for name in found)}))"

    class _NamedTupleType(type):
        def __new__(mcs, name, bases, body):
            if not bases:
                return super().__new__(mcs, name, bases, body)
            found = tuple(body.get("__annotations__", ()))
            defaults = {each: body[each] for each in found if each in body}
            body.update({each: _tuplegetter(i, f"Alias for field number {i}") for i, each in enumerate(found)})
            body.update(__slots__=(), _fields=found, __match_args__=found, _field_defaults=defaults)
            for each, method in _OF_TUPLES.items():
                body.setdefault(each, method)
            body["__new__"] = stub = _later("__new__", _new)
            stub.owner = made = type(name, (tuple,), body)
            return made

    class NamedTuple(metaclass=_NamedTupleType):
        """As ``typing.NamedTuple``."""

    def _new(owner, space):
        space["_tuple"] = tuple.__new__
        space.update({f"_default_{name}": value for name, value in owner._field_defaults.items()})
        given = "".join(
            f", {name}=_default_{name}" if name in owner._field_defaults else f", {name}" for name in owner._fields
        )
        return f"def __new__(_cls{given}):\n    return _tuple(_cls, ({''.join(f'{name}, ' for name in owner._fields)}))"

    def _make(cls, values):
        return tuple.__new__(cls, values)

    def _replace(self, /, **changes):
        made = tuple.__new__(self.__class__, map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"{type(self).__name__} has no {', '.join(changes)}")
        return made

    _OF_TUPLES = {
        "_make": classmethod(_make),
        "_replace": _replace,
        "_asdict": lambda self: dict(zip(self._fields, self, strict=True)),
        "__repr__": lambda self: _shown(self, self._fields),
        "__getnewargs__": lambda self: tuple(self),
    }

    _showing = []

    def _repr(self):
        return _shown(self, self.__dataclass_fields__)

    def _shown(of, names):
        # Code knows what is around it: shown to the end, one expression is its whole file, many times over.
        if len(_showing) > 2:
            return f"{type(of).__qualname__}(...)"
        _showing.append(of)
        try:
            shown = ", ".join(f"{name}={getattr(of, name)!r}" for name in names)
        finally:
            _showing.pop()
        return f"{type(of).__qualname__}({shown})"


__all__ = ["MISSING", "NamedTuple", "dataclass", "field", "fields", "is_dataclass", "replace"]
