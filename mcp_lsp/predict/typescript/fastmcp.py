"""Entries of the listings of `fastmcp` for TypeScript: ``addTool({ name, parameters, execute })`` and its sisters.

It lists parameters as `xsschema` converts them: what zod 4.2 and later say themselves of the input; what `toJSONSchema`
of earlier ones says of the output; zod 3 by `zod-to-json-schema`. Version 4 adds that there are no further properties.
(fastmcp 3.35.0 and 4.20.16 with xsschema 0.4.4, read and run.)
"""

from __future__ import annotations

from typing import Any

from mcp_lsp.predict.values import json
from mcp_lsp.read.typescript.definitions import Parts
from mcp_lsp_analyzers.code import Call, Dict, Expr
from mcp_lsp_analyzers.definition import Missing

from .entries import UNSEEN, member, members
from .four import Four
from .here import Here
from .listed import agreed
from .making import Making
from .three import Three
from .versions import Versions
from .zod import FAILS, Refused, Version

SAYS_ITSELF = 2
"""The first minor of zod 4 that has `~standard.jsonSchema`."""
OTHER = "what this version of fastmcp makes of it is not known"


class FastmcpEntries:
    """What one server lists. ``major``: of fastmcp."""

    def __init__(self, versions: Versions, major: int) -> None:
        self.versions = versions
        self.major = major

    def tool(self, parts: Parts, here: Here) -> dict[str, Any]:
        found = self._config(parts, here)
        if found is None:
            return {**_name(parts, here), "*": UNSEEN}
        config, home = found
        made = members(config, ("name", "description", "annotations", "_meta"), home)
        made["inputSchema"] = self._parameters(member(config, "parameters", home))
        output = member(config, "outputSchema", home)
        if output is not None:
            made["outputSchema"] = output if isinstance(output, Missing) else self._schema(*output)
        return made

    def prompt(self, parts: Parts, here: Here) -> dict[str, Any]:
        found = self._config(parts, here)
        if found is None:
            return {**_name(parts, here), "*": UNSEEN}
        made = members(found[0], ("name", "description"), found[1])
        given = member(found[0], "arguments", found[1])
        if given is not None:
            made["arguments"] = given if isinstance(given, Missing) else json(*given)
        return made

    def resource(self, parts: Parts, here: Here) -> dict[str, Any]:
        found = self._config(parts, here)
        if found is None:
            return {**_name(parts, here), "*": UNSEEN}
        return members(found[0], ("uri", "uriTemplate", "name", "description", "mimeType"), found[1])

    # ------------------------------------------------------------ parts

    def _config(self, parts: Parts, here: Here) -> tuple[Dict, Here] | None:
        node, home = here.follow(parts.declared.node)
        if isinstance(node, Call) and node.args and not node.args[0].spread:
            node, home = home.behind(node.args[0].value)
        return (node, home) if isinstance(node, Dict) else None

    def _parameters(self, found: tuple[Expr, Here] | Missing | None) -> Any:
        if isinstance(found, Missing):
            return found
        if found is None or found[1].undefined(found[0]):
            return {"type": "object", "properties": {}, "additionalProperties": False}
        made = self._schema(*found)
        return _strict(made) if self.major >= 4 and isinstance(made, dict) else made

    def _schema(self, expr: Expr, here: Here) -> Any:
        if self.major not in (3, 4):
            return Missing(OTHER)
        return agreed([_under(version, expr, here) for version in self.versions.zods])


def _under(version: Version, expr: Expr, here: Here) -> Any:
    making = Making(version)
    schema = making.schema(expr, here)
    if schema.kind == "missing":
        return schema.value
    try:
        if making.version.major == 3:
            return Three("all", strict=False).root(schema)
        minor = making.version.minor
        return Four(minor, "input" if minor >= SAYS_ITSELF else "output", 7).root(schema)
    except Refused as error:
        return Missing(f"{FAILS}{error}")


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Nothing more at the root, and in objects that are properties of it, and of these."""
    made = {**schema, "additionalProperties": False}
    properties = schema.get("properties")
    if isinstance(properties, dict):
        made["properties"] = {
            name: _strict(value) if isinstance(value, dict) and value.get("type") == "object" else value
            for name, value in properties.items()
        }
    return made


def _name(parts: Parts, here: Here) -> dict[str, Any]:
    return {"name": json(parts.name.node, here.at(parts.name.where))}  # type: ignore[arg-type]
