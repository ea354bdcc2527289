"""What zod 4.5 and newer do to a finished JSON Schema: unions of bare types, and objects that all apply, shrink."""

from __future__ import annotations

from typing import Any

from mcp_lsp_analyzers.definition import Missing

FOLDABLE = frozenset(("type", "properties", "required", "additionalProperties"))


def compacted(schema: dict[str, Any]) -> None:
    """``anyOf: [{type: "string"}, {type: "null"}]`` becomes ``type: ["string", "null"]``."""
    options = schema.get("anyOf")
    if not isinstance(options, list) or not options or "type" in schema:
        return
    types: list[str] = []
    for option in options:
        if not isinstance(option, dict) or list(option) != ["type"]:
            return
        kinds = option["type"] if isinstance(option["type"], list) else [option["type"]]
        types += [kind for kind in kinds if kind not in types]
    del schema["anyOf"]
    schema["type"] = types[0] if len(types) == 1 else types


def folded(schema: dict[str, Any]) -> None:
    """An ``allOf`` of objects becomes one object; beside one union, a union of such."""
    members = schema.get("allOf")
    if not isinstance(members, list) or len(members) < 2 or FOLDABLE & schema.keys():
        return
    unions = [m for m in members if isinstance(m, dict) and any(isinstance(m.get(k), list) for k in ("oneOf", "anyOf"))]
    made: dict[str, Any] | None
    if not unions:
        made = _together(members)
    else:
        union = unions[0]
        word = "oneOf" if isinstance(union.get("oneOf"), list) else "anyOf"
        if len(union) != 1:
            return
        others = [member for member in members if member is not union]
        branches = [_together([*others, branch]) for branch in union[word]]
        made = None if None in branches else {word: branches}
    if made is not None:
        del schema["allOf"]
        schema.update(made)


def _together(members: list[Any]) -> dict[str, Any] | None:
    """Objects as the one object they describe; ``None`` where one says more than objects do."""
    if any(not isinstance(m, dict) or m.get("type") != "object" or m.keys() - FOLDABLE for m in members):
        return None
    properties: dict[str, Any] = {}
    required: list[str] = []
    for member in members:
        for name in member.get("properties", {}):
            if name not in properties:
                properties[name] = _shared(name, members)
        needed = member.get("required", [])
        if isinstance(needed, Missing):
            return None if not members else {**_bare(properties), "required": needed}
        required += [name for name in needed if name not in required]
    made = _bare(properties)
    if required:
        made["required"] = required
    if all(member.get("additionalProperties") is False for member in members):
        made["additionalProperties"] = False
    else:
        demands: list[Any] = []
        for demand in map(_undeclared, members):
            if demand is not None and demand not in demands:
                demands.append(demand)
        if demands:
            made["additionalProperties"] = demands[0] if len(demands) == 1 else {"allOf": demands}
    return made


def _bare(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _shared(name: str, members: list[dict[str, Any]]) -> Any:
    """What all members together demand of a property."""
    parts: list[Any] = []
    for member in members:
        part = member.get("properties", {}).get(name)
        part = _undeclared(member) if part is None else part
        if part is not None and part not in parts:
            parts.append(part)
    if len(parts) == 1:
        return parts[0]
    return _together(parts) or {"allOf": parts}


def _undeclared(member: dict[str, Any]) -> Any:
    """What a member demands of properties that it does not name."""
    extra = member.get("additionalProperties")
    return extra if isinstance(extra, dict) and extra else None
