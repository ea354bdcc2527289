"""What a schema becomes in a listing: as input or output of a tool, under each SDK and whichever zod is installed."""

from __future__ import annotations

from typing import Any, Literal

from mcp_lsp.predict.values import json
from mcp_lsp_analyzers.code import Call, Const, Dict, Expr, Import, Name, Str
from mcp_lsp_analyzers.definition import Missing

from .four import Four
from .here import Here
from .leaving import meta
from .making import Making
from .three import Three, optional
from .versions import DESCRIBED, EMPTY, PIPES, ZOD4, Versions
from .zod import FAILS, Refused, Version, Zod

Side = Literal["input", "output"]

WRAPPED = "clients older than protocol 2026-07-28 get it wrapped in an object"


class Schemas:
    """The schemas of one definition."""

    def __init__(self, versions: Versions) -> None:
        self.versions = versions

    def of(self, expr: Expr, here: Here, side: Side) -> Any:
        """What is listed of a schema: an object, `Missing`, or ``None`` where the SDK leaves it out."""
        return agreed([self._under(version, expr, here, side) for version in self.versions.zods])

    @property
    def nothing(self) -> dict[str, Any]:
        """What is listed of a tool without parameters."""
        return {"type": "object", "properties": {}} if self.versions.has(EMPTY) else {"type": "object"}

    def _under(self, version: Version, expr: Expr, here: Here, side: Side) -> Any:
        making = Making(version)
        try:
            if self.versions.major == 2:
                return self._two(making, expr, here, side)
            return self._one(making, expr, here, side)
        except Refused as error:
            return Missing(f"{FAILS}{error}")

    # ------------------------------------------------------------ SDK 1

    def _one(self, making: Making, expr: Expr, here: Here, side: Side) -> Any:
        node, home = here.follow(expr)
        if isinstance(node, Dict) and _is_json_schema(node, home):
            return Missing(f"{FAILS}the SDK takes no JSON Schema here")
        schema = self.whole(making, expr, here)
        if schema.kind == "missing":
            return schema.value
        if schema.kind != "object" and self.versions.has(ZOD4):
            # Only of objects the SDK 1 lists what they are; of others, that nothing is known.
            return self.nothing if side == "input" else None
        if making.version.major == 4:
            if not self.versions.has(ZOD4):
                return Missing("this version of the SDK cannot list schemas of zod 4")
            return Four(making.version.minor, side, 7).root(schema)
        empty = isinstance(node, Dict) and schema.kind == "object" and not schema.shape and schema.more is None
        if empty and self.versions.has(ZOD4):
            return Four(6, side, 7).root(Zod("object", shape={}))  # the SDK's own: it cannot tell which zod is meant
        return Three(side if self.versions.has(PIPES) else "all").root(schema)

    def whole(self, making: Making, expr: Expr, here: Here) -> Zod:
        """A schema, or the object around a raw shape."""
        node, _ = here.follow(expr)
        if isinstance(node, Dict) or (isinstance(node, Call) and _gives_shape(node, here)):
            shape, more = making.shape(expr, here)
            return Zod("object", shape=shape, more=more)
        if _names_shape(node):
            shape, more = making.shape(expr, here)
            if shape or more is None:
                return Zod("object", shape=shape, more=more)
        return making.schema(expr, here)

    # ------------------------------------------------------------ SDK 2

    def _two(self, making: Making, expr: Expr, here: Here, side: Side) -> Any:
        node, home = here.follow(expr)
        if isinstance(node, Dict) and _is_json_schema(node, home):
            return Missing(f"{FAILS}a JSON Schema has to be given through fromJsonSchema")
        made: Any
        if isinstance(node, Call) and _called(node, home) == "fromJsonSchema" and node.args:
            made = json(node.args[0].value, home)
            if not isinstance(made, dict):
                return made if isinstance(made, Missing) else Missing("it is no JSON Schema")
        else:
            schema = self.whole(making, expr, here)
            if schema.kind == "missing":
                return schema.value
            if making.version.major == 3:
                return Missing(f"{FAILS}the SDK cannot list schemas of zod 3")
            made = Four(making.version.minor, side, 2020).root(schema)
            if isinstance(made, Missing):
                return made
        if side == "output":
            made = {"type": "object", **made} if "type" not in made and _is_object(made) else made
            return made if made.get("type") == "object" else Missing(WRAPPED)
        if "type" in made and made["type"] != "object":
            return made["type"] if isinstance(made["type"], Missing) else Missing(f"{FAILS}the root is no object")
        return {"type": "object", **made}

    # ------------------------------------------------------------ prompts

    def arguments(self, expr: Expr, here: Here) -> Any:
        return agreed([self._arguments(version, expr, here) for version in self.versions.zods])

    def _arguments(self, version: Version, expr: Expr, here: Here) -> Any:
        making = Making(version)
        if self.versions.major == 2:
            listed = self._under(version, expr, here, "input")
            if not isinstance(listed, dict):
                return listed
            required = listed.get("required", [])
            made = []
            for name, value in listed.get("properties", {}).items():
                if name == "*":
                    return value
                said = value.get("description") if isinstance(value, dict) else value
                needed = required if isinstance(required, Missing) else name in required
                made.append({"name": name, **({} if said is None else {"description": said}), "required": needed})
            return made
        schema = self.whole(making, expr, here)
        if schema.kind == "missing" or schema.more is not None:
            return schema.more or schema.value
        return [self._argument(name, field, making.version) for name, field in (schema.shape or {}).items()]

    def _argument(self, name: str, field: Zod, version: Version) -> dict[str, Any]:
        if field.kind == "missing":
            return {"name": name, "*": field.value}
        if version.major == 4:
            said = meta(field).get("description") if self.versions.has(DESCRIBED) else None
            left_out = field.kind == "optional"
            return {"name": name, **({} if said is None else {"description": said}), "required": not left_out}
        omitted = optional(field)
        said = field.description
        return {
            "name": name,
            **({} if said is None else {"description": said}),
            "required": omitted if isinstance(omitted, Missing) else not omitted,
        }


# ---------------------------------------------------------------- what an expression is


def _is_json_schema(node: Dict, here: Here) -> bool:
    """``{ type: "object", properties }``: no shape, whose values would be schemas."""
    declared = node.get("type")
    if declared is None:
        return False
    value, _ = here.follow(declared)
    return isinstance(value, (Str, Const))


def _gives_shape(call: Call, here: Here) -> bool:
    given = here.results(call)
    return len(given) == 1 and isinstance(given[0][1].follow(given[0][0])[0], Dict)


def _names_shape(node: object) -> bool:
    from mcp_lsp_analyzers.code import Attr

    return isinstance(node, Attr) and node.name == "shape"


def _called(call: Call, here: Here) -> str:
    node, _ = here.follow(call.callee)
    if isinstance(node, Import):
        return node.name or ""
    return call.callee.id if isinstance(call.callee, Name) else ""


def _is_object(schema: dict[str, Any]) -> bool:
    """Whether everything that a schema without ``type`` admits is an object."""
    if schema.keys() & {"properties", "patternProperties", "additionalProperties", "required"}:
        return True
    for word in ("oneOf", "anyOf", "allOf"):
        members = schema.get(word)
        if isinstance(members, list) and members:
            return all(isinstance(m, dict) and (m.get("type") == "object" or _is_object(m)) for m in members)
    return False


def agreed(values: list[Any]) -> Any:
    """What all of these say; `Missing` where they differ."""
    first = values[0]
    for other in values[1:]:
        first = _agreed(first, other)
    return first


DIFFER = "it depends on the version of zod, which nothing here tells"


def _agreed(a: Any, b: Any) -> Any:
    if isinstance(a, Missing) or isinstance(b, Missing):
        return a if isinstance(a, Missing) else b
    if isinstance(a, dict) and isinstance(b, dict):
        keys = [*a, *(key for key in b if key not in a)]
        return {key: _agreed(a[key], b[key]) if key in a and key in b else Missing(DIFFER) for key in keys}
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [_agreed(x, y) for x, y in zip(a, b)]  # noqa: B905 (equally long)
    return a if a == b and type(a) is type(b) else Missing(DIFFER)
