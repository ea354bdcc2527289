"""What an annotation admits, and every text in it that a model reads: choices, field descriptions, nested models."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Attr, Binary, Call, Const, Expr, Index, Items, Name, Opaque, Str
from mcp_lsp_analyzers.model import Type
from mcp_lsp_analyzers.place import Text
from mcp_lsp_analyzers.record import dataclass, field, replace

from .cutting import cleaned
from .members import fields
from .scopes import DEEP, Env, Frame
from .sdk import INJECTED, last, root
from .values import constant, resolve, text

_PLAIN: dict[str, Type] = {
    "str": Type(frozenset({"string"})),
    "int": Type(frozenset({"integer"}), closed=True),
    "float": Type(frozenset({"number"}), closed=True),
    "bool": Type(frozenset({"boolean"}), closed=True),
    "bytes": Type(frozenset({"string"}), format="bytes"),
    "dict": Type(frozenset({"object"})),
    "list": Type(frozenset({"array"})),
    "None": Type(frozenset({"null"}), closed=True),
    "datetime": Type(frozenset({"string"}), closed=True, format="date-time"),
    "date": Type(frozenset({"string"}), closed=True, format="date"),
    "time": Type(frozenset({"string"}), closed=True, format="time"),
    "timedelta": Type(frozenset({"string"}), closed=True, format="duration"),
    "UUID": Type(frozenset({"string"}), closed=True, format="uuid"),
    "Decimal": Type(frozenset({"number", "string"}), closed=True),
    "Path": Type(frozenset({"string"}), format="path"),
    "AnyUrl": Type(frozenset({"string"}), format="uri"),
    "AnyHttpUrl": Type(frozenset({"string"}), format="uri"),
    "HttpUrl": Type(frozenset({"string"}), format="uri"),
    "EmailStr": Type(frozenset({"string"}), format="email"),
}
_ALIASES = {
    "Dict": "dict", "Mapping": "dict", "MutableMapping": "dict", "List": "list", "Sequence": "list", "Iterable": "list",
    "tuple": "list", "Tuple": "list", "set": "list", "Set": "list", "frozenset": "list", "FrozenSet": "list",
    "Collection": "list", "StrictStr": "str", "StrictInt": "int", "StrictBool": "bool", "StrictFloat": "float",
    "PositiveInt": "int", "NonNegativeInt": "int", "PositiveFloat": "float", "NonNegativeFloat": "float",
    "FilePath": "Path", "DirectoryPath": "Path", "UUID4": "UUID", "Url": "AnyUrl", "Text": "str", "AnyStr": "str",
    "LiteralString": "str", "uuid4": "UUID", "SecretStr": "str", "object": "Any",
}  # fmt: skip
_ENUMS = frozenset({"Enum", "StrEnum", "IntEnum", "Flag", "IntFlag"})
_WRAPPERS = frozenset({"Required", "NotRequired", "ReadOnly", "ClassVar", "Final", "Type"})


_ANY = Type()


@dataclass(slots=True)
class Shape:
    """``default``: of a ``Field`` that has one."""

    type: Type = _ANY
    description: Text | None = None
    texts: list[Text] = field(default_factory=list)
    injected: bool = False
    default: Expr | None = None
    has_default: bool = False


def read(expr: Expr | None, env: Env, pointer: str, family: str, depth: int = 0) -> Shape:
    """``pointer`` is that of the parameter; texts are placed below it."""
    shape = Shape()
    if expr is not None and depth <= DEEP:
        _read(expr, env, pointer, family, depth, shape)
    return shape


def _read(expr: Expr, env: Env, pointer: str, family: str, depth: int, shape: Shape) -> None:
    if isinstance(expr, Str):
        parsed = forward(expr)
        if parsed is not None:
            _read(parsed, env, pointer, family, depth + 1, shape)
    elif isinstance(expr, (Name, Attr)):
        _named(expr, env, pointer, family, depth, shape)
    elif isinstance(expr, Const) and expr.value is None:
        shape.type = _PLAIN["None"]
    elif isinstance(expr, Binary) and expr.op == "|":
        _union([expr.left, expr.right], env, pointer, family, depth, shape)
    elif isinstance(expr, Index):
        _generic(expr, env, pointer, family, depth, shape)
    elif isinstance(expr, Call):  # conlist(...), constr(pattern=...)
        name = last(env.dotted(expr.callee) or "")
        shape.type = {"constr": _PLAIN["str"], "conint": _PLAIN["int"], "conlist": _PLAIN["list"]}.get(name, Type())


def _named(expr: Name | Attr, env: Env, pointer: str, family: str, depth: int, shape: Shape) -> None:
    known = env.meant(expr)
    if known is not None and known.cls is not None:
        _model(Frame(known.env, known.unit, None, known.cls), known.env, pointer, family, depth, shape)
        return
    if known is not None and known.value is not None and not known.iterated and not known.index and depth < DEEP:
        _read(known.value, env.beside(known), pointer, family, depth + 1, shape)
        return
    dotted = env.dotted(expr) or ""
    name = last(dotted)
    if name == "Context":
        package = root(dotted)
        # A Context of the other SDK is an argument like any other.
        shape.injected = package not in ("mcp", "fastmcp") or family == "unknown" or package == family
        return
    if name in ("FastMCP", "MCPServer", "ServerSession", "RequestContext") and root(dotted) in ("mcp", "fastmcp"):
        return
    shape.type = _PLAIN.get(_ALIASES.get(name, name), Type())


def _generic(expr: Index, env: Env, pointer: str, family: str, depth: int, shape: Shape) -> None:
    name = last(env.dotted(expr.value) or "")
    arguments = expr.index.items if isinstance(expr.index, Items) else [expr.index]
    if name == "Annotated":
        if arguments:
            _read(arguments[0], env, pointer, family, depth + 1, shape)
        for extra in arguments[1:]:
            annotated(extra, env, pointer, family, shape)
    elif name in ("Optional", "Union"):
        options = [*arguments, Const(expr.start, expr.end, None)] if name == "Optional" else list(arguments)
        _union(options, env, pointer, family, depth, shape)
    elif name == "Literal":
        _literal(list(arguments), env, pointer, shape)
    elif name in _WRAPPERS:
        if arguments:
            _read(arguments[0], env, pointer, family, depth + 1, shape)
    elif name == "Context":
        _named(expr.value, env, pointer, family, depth, shape) if isinstance(expr.value, (Name, Attr)) else None
    else:
        plain = _PLAIN.get(_ALIASES.get(name, name))
        if plain is None:
            if isinstance(expr.value, (Name, Attr)):
                _named(expr.value, env, pointer, family, depth, shape)
            return
        inner = [read(item, env, f"{pointer}/items", family, depth + 1) for item in arguments]
        shape.texts += [text for one in inner for text in one.texts]
        shape.type = replace(plain, items=inner[0].type) if "array" in plain.kinds and inner else plain


def _union(options: list[Expr], env: Env, pointer: str, family: str, depth: int, shape: Shape) -> None:
    shapes = [read(option, env, pointer, family, depth + 1) for option in options]
    shape.injected = any(one.injected for one in shapes)
    for one in shapes:
        shape.texts += one.texts
        shape.description = shape.description or one.description
    real = [one.type for one in shapes if one.type.kinds != {"null"}]
    kinds = frozenset(kind for one in shapes for kind in one.type.kinds)
    if len(real) == 1:
        shape.type = replace(real[0], kinds=kinds)
        return
    choices = [one.choices for one in real]
    known = tuple(choice for one in choices if one is not None for choice in one)
    all_choices = bool(choices) and all(one is not None for one in choices)
    shape.type = Type(kinds, known if all_choices else None, bool(real) and all(one.closed for one in real))


def _literal(arguments: list[Expr], env: Env, pointer: str, shape: Shape) -> None:
    choices: list[str] = []
    kinds: set[str] = set()
    for argument in arguments:
        value, home = resolve(argument, env)
        said = text(value, home, f"{pointer}/enum", "enum value") if not isinstance(value, Const) else None
        if said is not None and said.complete:
            shape.texts.append(said)
            choices.append(said.value)
            kinds.add("string")
        elif isinstance(value, Const):
            choices.append(str(value.value))
            kinds.add(_kind(value.value))
        elif isinstance(value, Index):
            inner = read(value, home, pointer, "")
            choices += inner.type.choices or ()
            shape.texts += inner.texts
            kinds |= inner.type.kinds
    shape.type = Type(frozenset(kinds) or frozenset({"string"}), tuple(choices), True)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return "boolean" if isinstance(value, bool) else "integer" if isinstance(value, int) else "number"


def annotated(extra: Expr, env: Env, pointer: str, family: str, shape: Shape) -> None:
    """What stands behind the type in ``Annotated``, or as a default: ``Field(...)``, a plain text, ``Depends(...)``."""
    value, home = (extra, env) if isinstance(extra, (Call, Str)) else resolve(extra, env)
    if isinstance(value, Call):
        name = last(home.dotted(value.callee) or "")
        if name in INJECTED:
            shape.injected = True
        elif name in ("Field", "Param", "Query", "Body"):
            _field(value, home, pointer, shape)
        elif name == "Doc" and value.args:
            shape.description = text(value.args[0].value, home, f"{pointer}/description", "parameter description")
        elif name == "StringConstraints":
            _field(value, home, pointer, shape)
    elif family != "mcp" and shape.description is None and not isinstance(value, (Const, Name, Attr, Opaque)):
        shape.description = text(value, home, f"{pointer}/description", "parameter description")


def _field(call: Call, env: Env, pointer: str, shape: Shape) -> None:
    for arg in call.args:
        if arg.name == "description":
            shape.description = text(arg.value, env, f"{pointer}/description", "parameter description")
        elif arg.name == "title":
            said = text(arg.value, env, f"{pointer}/title", "parameter title")
            if said is not None:
                shape.texts.append(said)
        elif arg.name == "pattern" or arg.name == "regex":
            pattern = constant(arg.value, env)
            if isinstance(pattern, str):
                shape.type = replace(shape.type, pattern=pattern)
        elif arg.name == "examples":
            examples = arg.value.items if isinstance(arg.value, Items) else []
            said_all = [text(item, env, f"{pointer}/examples", "parameter example") for item in examples]
            shape.texts += [said for said in said_all if said is not None and said.value]
        elif arg.name == "default" or (arg.name is None and not arg.spread and arg is call.args[0]):
            if not (isinstance(arg.value, Const) and arg.value.value is ...):
                shape.default, shape.has_default = arg.value, True
        elif arg.name == "default_factory":
            shape.has_default = True


def _model(cls: Frame, env: Env, pointer: str, family: str, depth: int, shape: Shape) -> None:
    """A class of this file as a type: its members, or its fields with what they say."""
    assert cls.cls is not None
    bases = {last(env.dotted(base) or "") for base in cls.cls.bases}
    inside = env.within(cls.cls, cls.unit)
    if bases & _ENUMS:
        choices: list[str] = []
        for name, statement, home in fields(cls, env):
            if statement.value is None or name.startswith("_"):
                continue
            said = text(statement.value, home, f"{pointer}/enum", "enum value")
            if said is not None and said.complete:
                shape.texts.append(said)
                choices.append(said.value)
            else:
                value = constant(statement.value, home)
                choices.append(name.lower() if value is ... else str(value))
        strings = bases & {"Enum", "StrEnum", "str"} and not bases & {"int", "IntEnum"}
        shape.type = Type(frozenset({"string" if strings else "integer"}), tuple(choices), True)
        return
    plain = next((_PLAIN[base] for base in bases if base in ("str", "int", "float", "bytes")), None)
    shape.type = plain or Type(frozenset({"object"}))
    if depth > 4 or plain is not None:
        return
    if cls.cls.doc is not None:
        said = text(cls.cls.doc, inside, f"{pointer}/description", "parameter description")
        if said is not None and said.value:
            shape.texts.append(cleaned(said))
    for name, statement, home in fields(cls, env):
        if name == "model_config" or name.startswith("_"):
            continue
        below = f"{pointer}/properties/{name}"
        inner = read(statement.annotation, home, below, family, depth + 2)
        if isinstance(statement.value, Call):
            annotated(statement.value, home, below, family, inner)
        elif isinstance(statement.value, Str):
            inner.default = statement.value
        if inner.description is not None:
            shape.texts.append(inner.description)
        shape.texts += inner.texts
        said = default_text(inner.default, home, below)
        if said is not None:
            shape.texts.append(said)


def default_text(expr: Expr | None, env: Env, pointer: str) -> Text | None:
    """A default that is a text."""
    if expr is None:
        return None
    value, home = resolve(expr, env)
    if not isinstance(value, Str) or not value.value:
        return None
    return text(value, home, f"{pointer}/default", "default value")


# ---------------------------------------------------------------- forward references


def forward(string: Str) -> Expr | None:
    """The expression in ``"list[Context] | None"``; ``None`` where it is not one."""
    value = string.value
    offset = string.pieces[0][2] if len(string.pieces) == 1 and len(value) < 400 else -1
    if offset < 0:
        return None
    return _Parser(value, offset).union() if value else None


class _Parser:
    """Names, dots, brackets, ``|``, quoted texts and numbers: all that annotations in quotes are made of."""

    def __init__(self, source: str, offset: int) -> None:
        self.source = source
        self.offset = offset
        self.at = 0
        self.depth = 0

    def _next(self) -> str:
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1
        return self.source[self.at : self.at + 1]

    def union(self) -> Expr | None:
        left = self._one()
        while left is not None and self._next() == "|":
            self.at += 1
            right = self._one()
            if right is None:
                return left
            left = Binary(left.start, right.end, "|", left, right)
        return left

    def _one(self) -> Expr | None:
        char = self._next()
        start = self.at
        self.depth += 1
        if self.depth > 40:
            return None
        if char in "\"'" and char:
            stop = self.source.find(char, start + 1)
            if stop < 0:
                return None
            self.at = stop + 1
            o = self.offset
            piece = (0, stop - start - 1, o + start + 1, o + stop)
            return Str(o + start, o + self.at, self.source[start + 1 : stop], (piece,))
        while self.at < len(self.source) and (self.source[self.at].isalnum() or self.source[self.at] in "_-"):
            self.at += 1
        word = self.source[start : self.at]
        if not word:
            return None
        begin, end = self.offset + start, self.offset + self.at
        if word == "None":
            return Const(begin, end, None)
        value: Expr = Const(begin, end, int(word)) if word.isdigit() and len(word) < 20 else Name(begin, end, word)
        while True:
            char = self._next()
            if char == ".":
                self.at += 1
                first = self.at
                while self.at < len(self.source) and (self.source[self.at].isalnum() or self.source[self.at] == "_"):
                    self.at += 1
                value = Attr(begin, self.offset + self.at, value, self.source[first : self.at], self.offset + first)
            elif char == "[":
                self.at += 1
                items = []
                while (item := self.union()) is not None:
                    items.append(item)
                    if self._next() != ",":
                        break
                    self.at += 1
                if self._next() == "]":
                    self.at += 1
                stop = self.offset + self.at
                index = items[0] if len(items) == 1 else Items(begin, stop, "tuple", items)
                value = Index(begin, stop, value, index)
            else:
                return value
