"""What of a manifest its format does not take: members that there are none of, values and kinds that are others, and
what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mcp_lsp_analyzers.code import Const, Dict, Do, Expr, Items, Str, Unit
from mcp_lsp_analyzers.formats import FORMATS, Member, table
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.supply import Unfit

from .reading import escaped

# Before 2025-09-29 the registry's members were written with underscores.
_EDITION = pattern(r"modelcontextprotocol.*/(?:2025-09-29|2025-1[0-2]-\d\d|20(?:2[6-9]|[3-9]\d)-\d\d-\d\d)/")
_REFUSES = {"bundle": "`mcpb` refuses", "registry": "the registry refuses"}


def unfit(uri: str, unit: Unit, kind: str) -> Iterator[Unfit]:
    """``kind``: "bundle" or "registry". Files of other editions, and other files of these names, say nothing."""
    root = unit.statements[0].value if unit.statements and isinstance(unit.statements[0], Do) else None
    if isinstance(root, Dict) and not unit.broken and _is(root, kind):
        yield from _Fit(uri, unit, kind).object(root, table(FORMATS[kind].root), "")


def _is(root: Dict, kind: str) -> bool:
    if kind == "bundle":
        said = root.get("manifest_version") or root.get("dxt_version")
        known = table("bundle")["manifest_version"].values
        return isinstance(said, Str) and said.value in known and isinstance(root.get("server"), Dict)
    schema = root.get("$schema")
    return isinstance(schema, Str) and _EDITION.search(schema.value) is not None


class _Fit:
    def __init__(self, uri: str, unit: Unit, kind: str) -> None:
        self.uri, self.unit, self.refuses = uri, unit, _REFUSES[kind]
        self.closed = FORMATS[kind].closed

    def object(
        self, node: Dict, members: Mapping[str, Member], pointer: str, owner: Str | None = None
    ) -> Iterator[Unfit]:
        """``owner``: the name of the member that it is."""
        given = {pair.key.value for pair in node.pairs if isinstance(pair.key, Str)}
        for pair in node.pairs:
            if not isinstance(pair.key, Str):
                continue
            name = pair.key.value
            member = members.get(name) or members.get("*")
            below = f"{pointer}/{escaped(name)}"
            if member is not None:
                yield from self.value(pair.key, pair.value, member, below)
            elif self.closed or _camel(name) in members:
                left = tuple(each for each in members if each not in given)
                yield self._unfit("member", name, pair.key, below, left)
        for name, member in members.items():
            if member.needed and name not in given:
                span = Span(node.start, node.start + 1) if owner is None else Span(owner.start + 1, owner.end - 1)
                place = Place(self.uri, f"{pointer}/{name}", span, self.unit.anchor)
                yield Unfit("missing", name, place, (), self.refuses, "" if owner is None else owner.value)

    def value(self, key: Str, node: Expr, member: Member, pointer: str) -> Iterator[Unfit]:
        if member.kind == "list" and isinstance(node, Items):
            for i, item in enumerate(node.items):
                if not member.inside:
                    yield from self.value(key, item, member._replace(kind="text"), f"{pointer}/{i}")
                elif isinstance(item, Dict):
                    yield from self.object(item, table(member.inside), f"{pointer}/{i}")
        elif member.kind == "object" and isinstance(node, Dict):
            yield from self.object(node, table(member.inside), pointer, key) if member.inside else ()
        elif not _of_kind(node, member.kind):
            yield self._unfit("kind", key.value, node, pointer, (member.kind,))
        elif isinstance(node, Str) and member.values and not member.other:
            if node.value not in member.values and "${" not in node.value:
                yield self._unfit("value", key.value, node, pointer, member.values)

    def _unfit(self, what: str, name: str, node: Expr, pointer: str, allowed: tuple[str, ...]) -> Unfit:
        span = Span(node.start + 1, node.end - 1) if isinstance(node, Str) else Span(node.start, node.end)
        said = node.value if isinstance(node, Str) else ""
        return Unfit(what, name, Place(self.uri, pointer, span, self.unit.anchor), allowed, self.refuses, said)


def _of_kind(node: Expr, kind: str) -> bool:
    if kind == "text":
        return isinstance(node, Str)
    if kind == "flag":
        return isinstance(node, Const) and isinstance(node.value, bool)
    if kind == "number":
        return isinstance(node, Const) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
    return kind == "any"


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda m: m[1].upper(), name) if "_" in name[1:] else ""
