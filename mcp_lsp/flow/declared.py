"""What an annotation says: which class, and whether a value of it can carry a payload at all; what decorators say of a
method."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import (
    Attr,
    Binary,
    Call,
    Class,
    Const,
    Expr,
    Function,
    Index,
    Items,
    Name,
    Raise,
    Str,
)  # fmt: skip

if TYPE_CHECKING:
    from mcp_lsp_analyzers.scope import Scope

_AROUND = frozenset(
    ("Optional", "Annotated", "Final", "ClassVar", "Required", "NotRequired", "Promise", "Awaitable", "Readonly")
)
_CLOSED = frozenset(
    ("int", "float", "bool", "complex", "Decimal", "UUID", "UUID4", "date", "datetime", "time", "timedelta", "Literal",
     "PositiveInt", "NonNegativeInt", "StrictInt", "StrictBool", "conint", "confloat", "None", "Enum",
     "IPvAnyAddress", "IPv4Address", "IPv6Address", "number", "boolean", "bigint", "null", "undefined")
)  # fmt: skip


def name(annotation: Expr | None) -> str | None:
    """The dotted name of the class that an annotation names; of ``Optional[X]`` and ``X | None`` that of X."""
    if isinstance(annotation, Name):
        return annotation.id
    if isinstance(annotation, Attr):
        owner = name(annotation.value)
        return None if owner is None else f"{owner}.{annotation.name}"
    if isinstance(annotation, Str):
        text = annotation.value.removesuffix("| None").removeprefix("Optional[").removesuffix("]").strip()
        return text if text.replace(".", "").replace("_", "").isalnum() else None
    if isinstance(annotation, Index):
        outer = name(annotation.value)
        if outer is not None and outer.rpartition(".")[2] in _AROUND:
            inner = annotation.index
            return name(inner.items[0] if isinstance(inner, Items) and inner.items else inner)
        return outer
    if isinstance(annotation, Binary) and annotation.op == "|":
        left = name(annotation.left)
        return left if left not in (None, "None", "null", "undefined") else name(annotation.right)
    return None


def items(annotation: Expr | None) -> Expr | None:
    """What an annotation says of the items: ``X`` of ``list[X]``, ``X[]`` and ``Optional[list[X]]``."""
    if isinstance(annotation, Index):
        outer = (name(annotation.value) or "").rpartition(".")[2]
        inner = annotation.index
        first = inner.items[0] if isinstance(inner, Items) and inner.items else inner
        if outer in ("list", "List", "Sequence", "Iterable", "set", "Set", "tuple", "Tuple", "Array", "ReadonlyArray"):
            return first
        return items(first) if outer in _AROUND else None
    if isinstance(annotation, Binary) and annotation.op == "|":
        return items(annotation.left) or items(annotation.right)
    return None


def values(annotation: Expr | None) -> Expr | None:
    """What an annotation says of the entries: ``X`` of ``dict[str, X]``, ``Map<string, X>``, ``Record<string, X>``."""
    if isinstance(annotation, Index):
        outer = (name(annotation.value) or "").rpartition(".")[2]
        inner = annotation.index
        if outer in _TABLES and isinstance(inner, Items) and len(inner.items) == 2:
            return inner.items[1]
        first = inner.items[0] if isinstance(inner, Items) and inner.items else inner
        return values(first) if outer in _AROUND else None
    if isinstance(annotation, Binary) and annotation.op == "|":
        return values(annotation.left) or values(annotation.right)
    return None


_TABLES = frozenset(
    ("dict", "Dict", "Mapping", "MutableMapping", "OrderedDict", "defaultdict", "Map", "ReadonlyMap", "Record")
)


def closed_field(value: Expr, annotation: Expr | None, scope: Scope) -> bool:
    """Whether a field of a model admits nothing that carries a payload: by its type, or by ``Field(pattern=…)``."""
    return _anchored(value) or closed(annotation, scope)


def closed(annotation: Expr | None, scope: Scope, depth: int = 0) -> bool:
    """Whether only a fixed set or form of values is admitted, so that none of them carries a payload."""
    if annotation is None or depth > 4:
        return False
    if isinstance(annotation, Name):
        if annotation.id in _CLOSED:
            return True
        binding = scope.find(annotation.id)
        if binding is None:
            return False
        if binding.cls is not None:
            return enumeration(binding.cls)
        if binding.value is not None:
            return closed(binding.value, scope, depth + 1)
        if binding.imported is not None:
            found = scope.follow(binding.imported)
            if found is not None and found.binding is not None and found.binding.cls is not None:
                return enumeration(found.binding.cls)
            return binding.imported.name in _CLOSED
        return False
    if isinstance(annotation, Attr):
        return annotation.name in _CLOSED
    if isinstance(annotation, Const):
        return annotation.value is None
    if isinstance(annotation, Index):
        outer = name(annotation.value)
        last = (outer or "").rpartition(".")[2]
        if last == "Literal":
            return True
        inner = annotation.index
        first = inner.items[0] if isinstance(inner, Items) and inner.items else inner
        if last in _AROUND:
            extra = inner.items[1:] if isinstance(inner, Items) else []
            return closed(first, scope, depth + 1) or any(_anchored(e) for e in extra)
        return last in ("list", "List", "Sequence", "set", "Set") and closed(first, scope, depth + 1)
    if isinstance(annotation, Binary) and annotation.op == "|":
        return closed(annotation.left, scope, depth + 1) and closed(annotation.right, scope, depth + 1)
    return False


def _anchored(extra: Expr) -> bool:
    """``Field(pattern=r"^[a-z]+$")``: what matches is in the hands of the author."""
    if not isinstance(extra, Call):
        return False
    pattern = extra.keyword("pattern") or extra.keyword("regex")
    return isinstance(pattern, Str) and anchored(pattern.value)


def anchored(pattern: str) -> bool:
    """Whether a regular expression speaks of the whole text and admits no separator, quote or metacharacter."""
    return pattern.startswith("^") and pattern.endswith("$") and ".*" not in pattern and ".+" not in pattern


def injected(annotation: Expr | None, scope: Scope) -> bool:
    """Whether a value of this class is not made of JSON: its own ``__init__`` asks for what only the project has, or it
    does something (a store, a workspace). Whatever registers the handler must put it in."""
    found = _class(annotation, scope)
    if found is None:
        return False
    cls, inside = found
    init = next((m for m in cls.methods() if m.name == "__init__"), None)
    if init is None or any((name(base) or "").rpartition(".")[2] in _MADE_OF_JSON for base in cls.bases):
        return False
    if any(not m.name.startswith("_") and not m.decorators for m in cls.methods()):
        return True
    return any(
        (of := _class(param.annotation, inside)) is not None and not enumeration(of[0]) for param in init.params[1:]
    )


_MADE_BY = frozenset(("Depends", "Security", "Inject"))


def made_by(e: Expr | None) -> bool:
    """``Depends(get_service)``: what a framework is told to put in, as a default or inside of ``Annotated``."""
    return isinstance(e, Call) and (name(e.callee) or "").rpartition(".")[2] in _MADE_BY


def put_in(annotation: Expr | None, scope: Scope | None, depth: int = 0) -> bool:
    """Whether a framework puts in what stands there: ``Annotated[Service, Depends(get_service)]``, by whatever name it
    goes in ``scope``."""
    if isinstance(annotation, Index):
        inner = annotation.index
        return isinstance(inner, Items) and any(made_by(extra) for extra in inner.items[1:])
    if scope is None or depth > 4 or not isinstance(annotation, Name):
        return False
    binding = scope.find(annotation.id)
    if binding is not None and binding.imported is not None:
        found = scope.follow(binding.imported)
        if found is None:
            return False
        binding, scope = found.binding, scope.inside(found.module)
    return binding is not None and binding.value is not None and put_in(binding.value, scope, depth + 1)


_MADE_OF_JSON = frozenset(("BaseModel", "TypedDict", "NamedTuple", "RootModel", "SQLModel", "Struct"))


def _class(annotation: Expr | None, scope: Scope) -> tuple[Class, Scope] | None:
    """The class of the project that an annotation names, of ``X[Y]`` that of X; with what names mean there."""
    named = (name(annotation) or "").partition("[")[0]
    binding = scope.find(named) if named and "." not in named else None
    if binding is None:
        return None
    if binding.cls is not None:
        return binding.cls, scope
    found = scope.follow(binding.imported) if binding.imported is not None else None
    if found is None or found.binding is None or found.binding.cls is None:
        return None
    return found.binding.cls, scope.inside(found.module)


def enumeration(cls: Class) -> bool:
    return any((name(base) or "").rpartition(".")[2] in ("Enum", "StrEnum", "IntEnum", "Flag") for base in cls.bases)


def is_property(function: Function) -> bool:
    return any((name(d) or "").rpartition(".")[2] in ("property", "cached_property") for d in function.decorators)


def is_classmethod(function: Function) -> bool:
    return any(isinstance(d, Name) and d.id == "classmethod" for d in function.decorators)


def abstract(node: object) -> bool:
    """``@abstractmethod``, or a body that only says that there is none: what such a method does stands in the classes
    that are made of its class."""
    if not isinstance(node, Function):
        return False
    if any((name(d) or "").rpartition(".")[2].startswith("abstract") for d in node.decorators):
        return True
    last = node.body[-1] if node.body and len(node.body) <= 2 else None
    if isinstance(last, Raise):
        raised = last.value.callee if isinstance(last.value, Call) else last.value
        return name(raised) == "NotImplementedError"
    return False
