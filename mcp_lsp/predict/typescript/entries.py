"""Entries of the listings: what the official SDK makes of ``registerTool``, ``prompt``, ``resource`` and their like.

SDK 1 lists ``execution`` with every tool and drops ``icons``; SDK 2 takes icons, and only the ``register`` forms. A
resource lists every member of its metadata as it stands. A server that answers ``tools/list`` itself lists what it
writes there.
"""

from __future__ import annotations

from typing import Any

from mcp_lsp.predict.values import json
from mcp_lsp.read.typescript.definitions import Parts
from mcp_lsp_analyzers.code import Attr, Call, Class, Dict, Expr, Function, Import, Join, Name, Param, Str, last_name
from mcp_lsp_analyzers.definition import Missing

from .here import Here, Node
from .listed import Schemas
from .making import Making
from .versions import EXECUTION, META, TITLES, Versions

UNSEEN = Missing("how it is registered is not seen here")
GONE = "the SDK 2 has no such method"


class Entries:
    """What one server's SDK lists."""

    def __init__(self, versions: Versions, official: bool, low: bool) -> None:
        self.versions = versions
        self.official = official
        self.low = low
        self.schemas = Schemas(versions)

    # ------------------------------------------------------------ tools

    def tool(self, parts: Parts, here: Here) -> dict[str, Any]:
        node, home = self._declared(parts, here)
        if isinstance(node, Call):
            method = called(node)
            if self.official and any(arg.spread for arg in node.args):
                return {**self._name(parts, here), "*": UNSEEN}
            if self.official and method in ("registerTool", "registerToolTask") and len(node.args) > 1:
                return self._registered(node, home, method == "registerToolTask")
            if self.official and method == "tool" and isinstance(node.callee, Attr) and len(node.args) > 1:
                return self._tool(node, home)
        if isinstance(node, Dict) and self.low:
            return self.literal(node, home)
        return self._parts(parts, here)

    def _declared(self, parts: Parts, here: Here) -> tuple[Node, Here]:
        """What registers it: inside of a function of the project, with what that is given, where one stands between."""
        node, home = here.follow(parts.declared.node)
        if parts.by is not None and parts.by is not node and isinstance(node, Call):
            return parts.by, here.at(parts.name.where)
        return node, home

    def _registered(self, call: Call, here: Here, task: bool) -> dict[str, Any]:
        made = {"name": json(call.args[0].value, here)}
        config, home = here.follow(call.args[1].value)
        if not isinstance(config, Dict):
            return {**made, "*": UNSEEN}
        made.update(members(config, ("title",) if self.versions.has(TITLES) else (), home))
        made.update(members(config, ("description",), home))
        made["inputSchema"] = self._schema(member(config, "inputSchema", home), "input")
        made.update(members(config, ("annotations",), home))
        if self.versions.major == 2:
            made.update(members(config, ("icons",), home))
        elif self.versions.has(EXECUTION):
            made["execution"] = {"taskSupport": "required" if task else "forbidden"}
            said = member(config, "execution", home) if task else None
            if said is not None:
                execution = said if isinstance(said, Missing) else json(*said)
                made["execution"] = {**made["execution"], **execution} if isinstance(execution, dict) else execution
        made.update(members(config, ("_meta",) if self.versions.has(META) else (), home))
        output = member(config, "outputSchema", home)
        if output is not None:
            listed = self._schema(output, "output")
            if listed is not None:
                made["outputSchema"] = listed
        return made

    def _schema(self, found: tuple[Expr, Here] | Missing | None, side: Any) -> Any:
        if isinstance(found, Missing):
            return found
        if found is None or found[1].undefined(found[0]):
            return self.schemas.nothing if side == "input" else None
        return self.schemas.of(*found, side)

    def _tool(self, call: Call, here: Here) -> dict[str, Any]:
        """``tool(name[, description][, shape | annotations][, annotations], handler)``, told apart as SDK 1 does."""
        made: dict[str, Any] = {"name": json(call.args[0].value, here)}
        if self.versions.major == 2:
            return {**made, "*": Missing(GONE)}
        between = [arg.value for arg in call.args[1:-1]]
        if between:
            node, _ = here.follow(between[0])
            said = None if isinstance(node, Dict) else json(between[0], here)
            if isinstance(said, str):
                made["description"] = said
                del between[0]
            elif len(call.args) > 4 or isinstance(node, Join):
                made["description"] = said
                del between[0]
        made["inputSchema"] = self.schemas.nothing
        if between:
            kind = self._shape_or_hints(between[0], here)
            if kind is None:
                made["inputSchema"] = made["annotations"] = UNSEEN
            elif kind == "shape":
                made["inputSchema"] = self.schemas.of(between.pop(0), here, "input")
        if between and made.get("annotations") is None:
            made["annotations"] = json(between[0], here)
        if self.versions.has(EXECUTION):
            made["execution"] = {"taskSupport": "forbidden"}
        return made

    def _shape_or_hints(self, expr: Expr, here: Here) -> str | None:
        """A shape is empty, or has a schema in it; `None`: that is not seen."""
        node, _ = here.follow(expr)
        if not isinstance(node, Dict):
            whole = Schemas(self.versions).whole(Making(self.versions.zods[0]), expr, here)
            return None if whole.kind != "object" or not isinstance(node, (Attr, Call)) else "shape"
        if not node.pairs:
            return "shape"
        shape, more = Making(self.versions.zods[0]).shape(expr, here)
        if any(value.kind != "missing" for value in shape.values()):
            return "shape"
        if more is not None:
            return None
        value = json(expr, here)
        return "annotations" if isinstance(value, dict) and not _unknown(value) else None

    # ------------------------------------------------------------ prompts

    def prompt(self, parts: Parts, here: Here) -> dict[str, Any]:
        node, home = self._declared(parts, here)
        method = called(node) if isinstance(node, Call) else ""
        if isinstance(node, Call) and self.official and not any(arg.spread for arg in node.args):
            if method == "registerPrompt" and len(node.args) > 1:
                made: dict[str, Any] = {"name": json(node.args[0].value, home)}
                config, there = home.follow(node.args[1].value)
                if not isinstance(config, Dict):
                    return {**made, "*": UNSEEN}
                made.update(members(config, ("title", "description"), there))
                given = member(config, "argsSchema", there)
                if given is not None:
                    self._arguments(made, given)
                if self.versions.major == 2:
                    made.update(members(config, ("icons", "_meta"), there))
                return made
            if method == "prompt" and len(node.args) > 1:
                return self._prompt(node, home)
        if isinstance(node, Dict) and self.low:
            return self.literal(node, home)
        return {**self._name(parts, here), "*": UNSEEN}

    def _prompt(self, call: Call, here: Here) -> dict[str, Any]:
        made: dict[str, Any] = {"name": json(call.args[0].value, here)}
        if self.versions.major == 2:
            return {**made, "*": Missing(GONE)}
        between = [arg.value for arg in call.args[1:-1]]
        if between and not isinstance(here.follow(between[0])[0], Dict):
            made["description"] = json(between.pop(0), here)
        if between:
            self._arguments(made, (between[0], here))
        return made

    def _arguments(self, made: dict[str, Any], found: tuple[Expr, Here] | Missing) -> None:
        if isinstance(found, Missing):
            made["arguments"] = found
        elif not found[1].undefined(found[0]):
            made["arguments"] = self.schemas.arguments(*found)

    # ------------------------------------------------------------ resources

    def resource(self, parts: Parts, here: Here) -> dict[str, Any]:
        node, home = self._declared(parts, here)
        method = called(node) if isinstance(node, Call) else ""
        if isinstance(node, Call) and self.official and method in ("resource", "registerResource"):
            if len(node.args) > 1 and not any(arg.spread for arg in node.args):
                return self._resource(node, home, method)
        if isinstance(node, Dict) and self.low:
            return self.literal(node, home)
        return {**self._name(parts, here), "*": UNSEEN}

    def _resource(self, call: Call, here: Here, method: str) -> dict[str, Any]:
        name = json(call.args[0].value, here)
        address, home = here.follow(call.args[1].value)
        made: dict[str, Any]
        if isinstance(address, Call) and address.new and address.args:
            made = {"name": name, "uriTemplate": json(address.args[0].value, home)}
        elif isinstance(address, (Call, Name, Import)):
            made = {"uri": UNSEEN, "name": name}
        else:
            made = {"uri": json(call.args[1].value, here), "name": name}
        if method == "resource" and self.versions.major == 2:
            return {**made, "*": Missing(GONE)}
        if len(call.args) > 3 or (method == "registerResource" and len(call.args) > 2):
            metadata = json(call.args[2].value, here)
            if isinstance(metadata, dict):
                if self.versions.major == 2:
                    metadata = {k: v for k, v in metadata.items() if k not in ("cacheHint", "scopeChallenge")}
                made.update(metadata)
            else:
                made["*"] = UNSEEN
        return made

    # ------------------------------------------------------------ parts

    def literal(self, node: Dict, here: Here) -> dict[str, Any]:
        made = json(node, here)
        return made if isinstance(made, dict) else {"*": UNSEEN}

    def _name(self, parts: Parts, here: Here) -> dict[str, Any]:
        at = parts.name
        return {"name": json(at.node, here.at(at.where))} if not isinstance(at.node, Import) else {"name": UNSEEN}  # type: ignore[arg-type]

    def _parts(self, parts: Parts, here: Here) -> dict[str, Any]:
        """What is known of a definition whose registration is not seen, or not that of the official SDK."""
        made = self._name(parts, here)
        for key, at in (("title", parts.title), ("description", parts.description), ("annotations", parts.annotations)):
            if at is not None and not here.at(at.where).undefined(at.node):  # type: ignore[arg-type]
                made[key] = json(at.node, here.at(at.where))  # type: ignore[arg-type]
        if parts.schema is not None and not isinstance(parts.schema.node, (Function, Class, Param)):
            made["inputSchema"] = self._preview(parts.schema.node, here.at(parts.schema.where))
        made["*"] = UNSEEN
        return made

    def _preview(self, expr: Expr | Import, here: Here) -> Any:
        """A schema as it stands: JSON Schema as it is written, any other as the official SDK lists it."""
        node, home = here.follow(expr)
        if isinstance(node, Dict) and node.get("type") is not None:
            return json(node, home)
        if isinstance(node, Call) and called(node) in ("zodToJsonSchema", "toJSONSchema"):
            return home.called(node)
        return self.schemas.of(expr, here, "input")  # type: ignore[arg-type]


def member(config: Dict, key: str, here: Here) -> tuple[Expr, Here] | Missing | None:
    """A member of an object literal; `Missing` where something spread into it may set it."""
    for pair in reversed(config.pairs):
        if pair.key is None:
            inner, home = here.follow(pair.value)
            if not isinstance(inner, Dict):
                return Missing("what is spread into it is only known at run time")
            found = member(inner, key, home)
            if found is not None:
                return found
        elif isinstance(pair.key, Str):
            if pair.key.value == key:
                return pair.value, here
        elif json(pair.key, here) == key:
            return pair.value, here
    return None


def members(config: Dict, keys: tuple[str, ...], here: Here) -> dict[str, Any]:
    """The values of those members of an object literal that are there, in the order of ``keys``."""
    made: dict[str, Any] = {}
    for key in keys:
        found = member(config, key, here)
        if isinstance(found, Missing):
            made[key] = found
        elif found is not None and not found[1].undefined(found[0]):
            made[key] = json(*found)
    return made


def called(call: Call) -> str:
    return last_name(call.callee)


def _unknown(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_unknown, value.values()))
    return isinstance(value, Missing)
