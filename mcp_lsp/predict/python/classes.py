"""What kind of type a class is, and which fields it has, its own and those of the classes it derives from."""

from __future__ import annotations

from typing import Any

from mcp_lsp.read.python.scopes import Env, Frame
from mcp_lsp_analyzers.code import Arg, Assign, Attr, Call, Const, Define, Do, Expr, If, Index, Items, Name, Str
from mcp_lsp_analyzers.definition import Missing, known
from mcp_lsp_analyzers.record import NamedTuple, dataclass, field

from .forms import Given
from .sight import json, last, meaning, statements

_DEEPEST = 12
_ENUMS = frozenset({"Enum", "StrEnum", "IntEnum", "Flag", "IntFlag"})
_CUSTOM = frozenset({"__get_pydantic_core_schema__", "__get_pydantic_json_schema__", "model_json_schema"})
_OUT = frozenset({"field_serializer", "model_serializer"})
_NEUTRAL = frozenset({"Generic", "Protocol", "ABC", "object", "Hashable"})


class Kind(NamedTuple):
    """``name``: "model", "root", "dataclass", "typeddict", "enum", "namedtuple", "plain" (none of these), or "outside"
    with the full name of a class of another package."""

    name: str
    outside: str = ""
    generic: bool = False
    missing: Missing | None = None


@dataclass(slots=True)
class Field:
    """One field as it is written. ``required``: of a typed dictionary."""

    name: str
    annotation: Expr | None
    value: Expr | None
    env: Env
    given: Given = field(default_factory=dict)
    required: bool = True
    missing: Missing | None = None
    doc: str | None = None  # the text that stands alone below it


def origin(base: Expr, cls: Frame) -> str:
    """The full name of a base, without what stands in its brackets."""
    return meaning(base.value if isinstance(base, Index) else base, cls.env).outside


def kind_of(cls: Frame, depth: int = 0) -> Kind:
    """What a class is as a type."""
    assert cls.cls is not None
    if depth > _DEEPEST:
        return Kind("plain", missing=Missing("it derives from itself"))
    found = Kind("plain")
    generic = False
    for base in cls.cls.bases:
        inner = meaning(base.value if isinstance(base, Index) else base, cls.env)
        if inner.cls is not None:
            kind = kind_of(inner.cls, depth + 1)
        else:
            short = last(inner.outside)
            generic = generic or (short == "Generic")
            kind = _outside(inner.outside, short)
        if kind.missing is not None:
            return kind
        generic = generic or (kind.generic and isinstance(base, Index) is False)
        if found.name == "plain" or kind.name == "enum":
            found = kind
    for decorator in cls.cls.decorators:
        callee = decorator.callee if isinstance(decorator, Call) else decorator
        outside = meaning(callee, cls.env).outside
        if outside in ("dataclasses.dataclass", "pydantic.dataclasses.dataclass"):
            found = Kind("dataclass")
        elif last(outside) not in ("unique", "final", "runtime_checkable", "total_ordering", "deprecated"):
            return Kind("plain", missing=Missing(f"what a decorator makes of `{cls.label}` is not known"))
    for statement, _ in statements(cls):
        if isinstance(statement, Define) and statement.function.name in _CUSTOM:
            return Kind("plain", missing=Missing(f"`{cls.label}` makes its schema itself"))
    return found._replace(generic=generic)


def _outside(name: str, short: str) -> Kind:
    package = name.partition(".")[0]
    if package == "pydantic" and short in ("BaseModel", "GenericModel"):
        return Kind("model")
    if package == "pydantic" and short == "RootModel":
        return Kind("root")
    if short == "TypedDict":
        return Kind("typeddict")
    if short == "NamedTuple":
        return Kind("namedtuple")
    if package == "enum" and short in _ENUMS:
        return Kind("enum")
    if short in _NEUTRAL or name in ("str", "int", "float"):
        return Kind("plain") if name not in ("str", "int", "float") else Kind("outside", name)
    if not name:
        return Kind("plain", missing=Missing("a class that it derives from is not known here"))
    return Kind("outside", name)


def serializes(cls: Frame, depth: int = 0) -> bool:
    """Whether a model says itself how it goes out."""
    assert cls.cls is not None
    for statement, _ in statements(cls):
        if isinstance(statement, Define):
            for decorator in statement.function.decorators:
                callee = decorator.callee if isinstance(decorator, Call) else decorator
                if last(meaning(callee, cls.env).outside) in _OUT:
                    return True
    return any(serializes(base, depth + 1) for base in parents(cls)) if depth < _DEEPEST else False


def parents(cls: Frame) -> list[Frame]:
    assert cls.cls is not None
    found = []
    for base in cls.cls.bases:
        inner = meaning(base.value if isinstance(base, Index) else base, cls.env).cls
        if inner is not None:
            found.append(inner)
    return found


def variables(cls: Frame) -> list[str]:
    """The type variables of a class in order: those of ``Generic[…]``, else those that its bases are given."""
    assert cls.cls is not None
    names: list[str] = []
    for base in cls.cls.bases:
        if isinstance(base, Index):
            arguments = base.index.items if isinstance(base.index, Items) else [base.index]
            own = [a.id for a in arguments if isinstance(a, Name) and _is_variable(a, cls.env)]
            if last(meaning(base.value, cls.env).outside) == "Generic":
                return own
            names += [name for name in own if name not in names]
    return names


def _is_variable(name: Name, env: Env) -> bool:
    value = meaning(name, env).value
    return (
        value is not None
        and isinstance(value[0], Call)
        and last(meaning(value[0].callee, value[1]).outside) == "TypeVar"
    )


def fields(cls: Frame, kind: str, depth: int = 0) -> list[Field]:
    """The fields of a class, those of its bases first; what is declared again keeps its place."""
    assert cls.cls is not None
    found: dict[str, Field] = {}
    for base in reversed(cls.cls.bases) if depth < _DEEPEST else ():
        written = base.value if isinstance(base, Index) else base
        inner = meaning(written, cls.env).cls
        if inner is None:
            continue
        given: Given = {}
        if isinstance(base, Index):
            arguments = base.index.items if isinstance(base.index, Items) else [base.index]
            given = {n: (a, cls.env, {}) for n, a in zip(variables(inner), arguments, strict=False)}
        for member in fields(inner, kind, depth + 1):
            found[member.name] = Field(
                member.name, member.annotation, member.value, member.env, {**member.given, **given}, member.required,
                member.missing, member.doc,
            )  # fmt: skip
    total = is_total(cls)
    env = cls.env.within(cls.cls, cls.unit)
    last_one: Field | None = None
    for statement, unit in statements(cls):
        if isinstance(statement, Do) and isinstance(statement.value, Str) and last_one is not None:
            last_one.doc = statement.value.value
        last_one = None
        if isinstance(statement, If):
            found["*"] = Field("*", None, None, env, missing=Missing("fields depend on a condition"))
        if not isinstance(statement, Assign) or not isinstance(statement.target, Name) or statement.op:
            continue
        name, home = statement.target.id, env.at(unit)
        if statement.annotation is None:
            continue
        if (
            name == "model_config"
            or (name.startswith("_") and kind != "typeddict")
            or _static(statement.annotation, home)
        ):
            continue
        if kind == "dataclass" and _not_a_field(statement.value):
            continue
        required = _required(statement.annotation, home, total)
        found[name] = last_one = Field(name, statement.annotation, statement.value, home, {}, required)
    return list(found.values())


def is_total(cls: Frame) -> bool:
    assert cls.cls is not None
    return not any(_is_false(arg) for arg in cls.cls.keywords if arg.name == "total")


def _is_false(arg: Arg) -> bool:
    return isinstance(arg.value, Const) and arg.value.value is False


def _static(annotation: Expr, env: Env) -> bool:
    expr = annotation.value if isinstance(annotation, Index) else annotation
    if isinstance(expr, Str):
        return expr.value.startswith(("ClassVar", "typing.ClassVar"))
    return isinstance(expr, (Name, Attr)) and last(meaning(expr, env).outside) in ("ClassVar", "InitVar", "KW_ONLY")


def _not_a_field(value: Expr | None) -> bool:
    """``field(init=False)``: never an argument."""
    init = value.keyword("init") if isinstance(value, Call) else None
    return isinstance(init, Const) and init.value is False


def _required(annotation: Expr, env: Env, total: bool) -> bool:
    at = annotation
    for _ in range(3):
        if not isinstance(at, Index):
            break
        name = last(meaning(at.value, env).outside)
        if name in ("Required", "NotRequired"):
            return name == "Required"
        at = at.index.items[0] if name == "Annotated" and isinstance(at.index, Items) else at.index
    return total


def _following(before: list[Any], flags: bool) -> int | Missing:
    """What ``auto()`` gives after these values."""
    if not all(type(one) is int for one in before):
        return Missing("what it counts on from is only known at run time")
    most: int = max(before, default=0)
    return 1 << most.bit_length() if flags else most + 1


def enumerated(cls: Frame) -> dict[str, Any] | Missing:
    """The values of an enumeration by the names of its members."""
    assert cls.cls is not None
    unclear = Missing(f"the values of `{cls.label}` are only known at run time")
    bases = [last(origin(base, cls)) for base in cls.cls.bases]
    strings, flags = "StrEnum" in bases, "Flag" in bases or "IntFlag" in bases
    env = cls.env.within(cls.cls, cls.unit)
    found: dict[str, Any] = {}
    for statement, unit in statements(cls):
        if not isinstance(statement, Assign) or not isinstance(statement.target, Name) or statement.op:
            continue
        name, value, home = statement.target.id, statement.value, env.at(unit)
        if value is None or statement.annotation is not None or name.startswith("_"):
            continue
        if isinstance(value, Call) and last(meaning(value.callee, home).outside) == "auto" and not value.args:
            said: Any = name.lower() if strings else _following(list(found.values()), flags)
        else:
            said = json(value, home)
        if isinstance(said, (Missing, dict)) or not known(said):
            return unclear
        found[name] = said
    return found
