"""JSON that schema libraries give when a definition calls them: ``zodToJsonSchema(S)``, ``z.toJSONSchema(S)``."""

from __future__ import annotations

from typing import Any, Literal, cast

from mcp_lsp.predict.values import RUN_TIME, json
from mcp_lsp_analyzers.code import Attr, Call, Expr, Name, last_name
from mcp_lsp_analyzers.definition import Missing

from .four import Four
from .here import Here
from .listed import agreed
from .making import Making
from .three import SCHEMA, Three
from .versions import Versions
from .zod import FAILS, Refused, Version


class Library:
    def __init__(self, versions: Versions) -> None:
        self.versions = versions

    def json(self, call: Call, here: Here) -> Any:
        """The JSON that a call gives; `Missing` where no library is known to give any."""
        versions = self.versions.zods
        word = call.callee.id if isinstance(call.callee, Name) else ""
        if word == "zodToJsonSchema" and len(versions) > 1:
            versions = tuple(version for version in versions if version.major == 3)  # it does not know zod 4
        return agreed([self._under(version, call, here) for version in versions])

    def _under(self, version: Version, call: Call, here: Here) -> Any:
        callee = call.callee
        making = Making(version)
        word = last_name(callee)
        if isinstance(callee, Attr) and word in ("options", "enum", "Enum", "Values"):
            schema = making.schema(callee.value, here)
            if schema.kind not in ("enum", "native") or not isinstance(schema.value, list):
                return Missing(RUN_TIME)
            if word == "options":
                return schema.value
            return schema.entries or {str(value): value for value in schema.value}
        try:
            if word == "zodToJsonSchema" and call.args:
                return self._converted(making, call, here)
            if word == "toJSONSchema":
                if making.library(callee, here):
                    return self._own(making, [arg.value for arg in call.args], here)
                if isinstance(callee, Attr):
                    return self._own(making, [callee.value, *(arg.value for arg in call.args)], here)
        except Refused as error:
            return Missing(f"{FAILS}{error}")
        return Missing(RUN_TIME)

    def _converted(self, making: Making, call: Call, here: Here) -> Any:
        """The package zod-to-json-schema called by the server itself."""
        options = json(call.args[1].value, here) if len(call.args) > 1 else {}
        if not isinstance(options, dict) or options.keys() - {"strictUnions", "pipeStrategy"}:
            return Missing("its options decide how it is listed")
        schema = making.schema(call.args[0].value, here)
        if schema.kind == "missing":
            return schema.value
        if making.version.major == 4:
            return {"$schema": SCHEMA}  # it finds nothing that it knows in schemas of zod 4
        return Three(options.get("pipeStrategy", "all"), bool(options.get("strictUnions", False))).root(schema)

    def _own(self, making: Making, args: list[Expr], here: Here) -> Any:
        """zod 4's own."""
        options = json(args[1], here) if len(args) > 1 else {}
        if not args or not isinstance(options, dict) or options.keys() - {"target", "io"}:
            return Missing("its options decide how it is listed")
        schema = making.schema(args[0], here)
        if schema.kind == "missing":
            return schema.value
        if making.version.major == 3:
            return Missing("zod 3 has no toJSONSchema")
        target = options.get("target", "draft-2020-12")
        if target not in ("draft-7", "draft-07", "draft-2020-12"):
            return Missing("the draft it is made for is not known")
        side = cast("Literal['input', 'output']", options.get("io", "output"))
        return Four(making.version.minor, side, 2020 if target == "draft-2020-12" else 7).root(schema)
