"""Parameters out of a JSON Schema written as a dictionary, or out of a model's own schema."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Attr, Call, Const, Dict, Expr, Items, Name, Str
from mcp_lsp_analyzers.model import Parameter, Type
from mcp_lsp_analyzers.place import Place, Text

from ..reading import escaped
from . import types
from .members import Where, fields
from .scopes import Env
from .values import class_of, constant, items, resolve, text

_FORMATS = {"date-time": True, "date": True, "time": True, "uuid": True, "ipv4": True, "ipv6": True}
_CLOSED = frozenset({"integer", "number", "boolean", "null"})


def parameters(where: Where, pointer: str) -> tuple[Parameter, ...] | None:
    """``None`` where the schema is not written out."""
    value, env = resolve(*where)
    if isinstance(value, Dict):
        return _written(value, env, pointer)
    if isinstance(value, Call) and isinstance(value.callee, Attr):
        if value.callee.name in ("model_json_schema", "schema", "json_schema"):
            return _model(value.callee.value, env, pointer)
        if value.callee.name == "copy":
            return parameters((value.callee.value, env), pointer)
    known = env.meant(value) if isinstance(value, (Name, Attr)) else None
    return _model(value, env, pointer) if known is not None and known.cls is not None else None


def _written(schema: Dict, env: Env, pointer: str) -> tuple[Parameter, ...] | None:
    properties = schema.get("properties")
    if properties is None:
        return () if all(pair.key is not None for pair in schema.pairs) else None
    value, home = resolve(properties, env)
    if not isinstance(value, Dict):
        return None
    required = _names(schema.get("required"), env)
    found = []
    complete = True
    for pair in value.pairs:
        if pair.key is None:
            inner, here = resolve(pair.value, home)
            if isinstance(inner, Dict):
                for other in inner.pairs:
                    if isinstance(other.key, Str):
                        found.append(_parameter(other.key, other.value, here, pointer, required))
                continue
            complete = False
            continue
        found.append(_parameter(pair.key, pair.value, home, pointer, required))
    return tuple(one for one in found if one is not None) if complete or found else None


def _names(expr: Expr | None, env: Env) -> frozenset[str]:
    if expr is None:
        return frozenset()
    return frozenset(said for value, home in items(expr, env) if isinstance(said := constant(value, home), str))


def _parameter(key: Expr, value: Expr, env: Env, pointer: str, required: frozenset[str]) -> Parameter | None:
    name = constant(key, env)
    if not isinstance(name, str):
        return None
    below = f"{pointer}/properties/{escaped(name)}"
    texts: list[Text] = []
    kind, description = _read(value, env, below, texts, 0)
    at = env.place(below, key)
    return Parameter(name, at, description, kind, name in required, tuple(texts))


def _read(expr: Expr, env: Env, pointer: str, texts: list[Text], depth: int) -> tuple[Type, Text | None]:
    value, home = resolve(expr, env)
    if not isinstance(value, Dict) or depth > 6:
        return Type(), None
    kinds: set[str] = set()
    choices: list[str] | None = None
    inner: Type | None = None
    description: Text | None = None
    pattern: str | None = None
    form = ""
    for pair in value.pairs:
        key = pair.key.value if isinstance(pair.key, Str) else ""
        if key == "type":
            said = constant(pair.value, home)
            kinds |= {said} if isinstance(said, str) else _names(pair.value, home)
        elif key == "description":
            description = text(pair.value, home, f"{pointer}/description", "parameter description")
        elif key == "enum":
            choices = _choices(pair.value, home, pointer, texts)
        elif key == "const":
            choices = [str(constant(pair.value, home))]
        elif key == "default":
            said_default = types.default_text(pair.value, home, pointer)
            if said_default is not None:
                texts.append(said_default)
        elif key == "title":
            title = text(pair.value, home, f"{pointer}/title", "parameter title")
            if title is not None:
                texts.append(title)
        elif key == "pattern":
            said = constant(pair.value, home)
            pattern = said if isinstance(said, str) else None
        elif key == "format":
            said = constant(pair.value, home)
            form = said if isinstance(said, str) else ""
        elif key == "items":
            inner, below = _read(pair.value, home, f"{pointer}/items", texts, depth + 1)
            if below is not None:
                texts.append(below)
        elif key == "properties":
            _properties(pair.value, home, pointer, texts, depth)
        elif key in ("anyOf", "oneOf", "allOf") and isinstance(pair.value, Items):
            for option in pair.value.items:
                one, below = _read(option, home, pointer, texts, depth + 1)
                kinds |= one.kinds - {"any"}
                if below is not None:
                    texts.append(below)
    closed = choices is not None or (bool(kinds) and kinds <= _CLOSED) or form in _FORMATS
    known = frozenset(kinds) or frozenset({"any"})
    return Type(known, None if choices is None else tuple(choices), closed, form, pattern, inner), description


def _properties(expr: Expr, env: Env, pointer: str, texts: list[Text], depth: int) -> None:
    value, home = resolve(expr, env)
    for pair in value.pairs if isinstance(value, Dict) else ():
        name = pair.key.value if isinstance(pair.key, Str) else ""
        _, below = _read(pair.value, home, f"{pointer}/properties/{escaped(name)}", texts, depth + 1)
        if below is not None:
            texts.append(below)


def _choices(expr: Expr, env: Env, pointer: str, texts: list[Text]) -> list[str]:
    found = []
    for value, home in items(expr, env):
        if isinstance(value, Const):
            found.append(str(value.value))
            continue
        said = text(value, home, f"{pointer}/enum", "enum value")
        if said is not None and said.complete:
            texts.append(said)
            found.append(said.value)
    return found


def _model(expr: Expr, env: Env, pointer: str) -> tuple[Parameter, ...] | None:
    """``Arguments``, ``Arguments.model_json_schema()``: the fields of a model of this project."""
    found = class_of(expr, env)
    if found is None:
        return None
    cls, home = found
    result = []
    for name, statement, here in fields(cls, home):
        if statement.annotation is None or name.startswith("_") or name == "model_config":
            continue
        below = f"{pointer}/properties/{escaped(name)}"
        shape = types.read(statement.annotation, here, below, "mcp")
        required = statement.value is None and not shape.has_default
        default = statement.value
        if isinstance(statement.value, Call):
            types.annotated(statement.value, here, below, "mcp", shape)
            required, default = not shape.has_default, shape.default
        said = types.default_text(default, here, below)
        texts = shape.texts if said is None else [*shape.texts, said]
        place: Place = here.place(below, statement.target)
        result.append(Parameter(name, place, shape.description, shape.type, required, tuple(texts)))
    return tuple(result)
