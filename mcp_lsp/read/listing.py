"""What a server answered to ``tools/list``, ``prompts/list`` and ``resources/list``, kept in a file: a server without
source, judged by every rule that needs none."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Dict, Do, Expr, Items, Unit
from mcp_lsp_analyzers.model import Prompt, Registered, Resource, Sdk, Server, Tool
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import replace
from mcp_lsp_analyzers.scope import Module

from .reading import Reading, literals
from .typescript.definitions import Maker, Parts
from .typescript.sight import At, Sight, Where


def servers(module: Module) -> Reading:
    """The server a listing describes: ``{"tools": [...]}``, also inside ``{"result": …}``, or the list alone."""
    unit = module.units[0]
    root = unit.statements[0].value if unit.statements and isinstance(unit.statements[0], Do) else None
    if isinstance(root, Dict) and isinstance(inner := root.get("result"), Dict):
        root = inner
    lists: dict[str, Items] = {}
    if isinstance(root, Items):
        lists["tools"] = root
    elif isinstance(root, Dict):
        for key in ("tools", "prompts", "resources", "resourceTemplates"):
            value = root.get(key)
            if isinstance(value, Items):
                lists[key] = value
    if not lists:
        return Reading()
    found = {key: list(value.items) for key, value in lists.items()}
    return Reading((assembled(module, unit, found, root if isinstance(root, Dict) else None),), literals(module))


def assembled(module: Module, unit: Unit, lists: dict[str, list[Expr]], root: Dict | None) -> Server:
    """The server with the entries of ``lists``; ``root``: where its name and its instructions stand."""
    reader = _Reader(module, unit)
    instructions = None
    named = ""
    if root is not None:
        instructions = reader.maker.text(reader.at(root.get("instructions")), "/instructions", "server instructions")
        info = root.get("serverInfo")
        given = reader.maker.text(reader.at(info.get("name")), "", "") if isinstance(info, Dict) else None
        named = given.value if given is not None else ""
    tools = [reader.tool(entry) for entry in _entries(lists.get("tools"))]
    prompts = [reader.prompt(entry) for entry in _entries(lists.get("prompts"))]
    resources = [reader.resource(e) for key in ("resources", "resourceTemplates") for e in _entries(lists.get(key))]
    return Server(
        module.uri,
        named,
        Sdk("unknown", None, "low", "listing"),
        Place(module.uri, "/serverInfo/name", Span(0, 0), unit.anchor),
        tuple(tools),
        tuple(prompts),
        tuple(resources),
        instructions,
    )


def _entries(listed: list[Expr] | None) -> list[Dict]:
    """The entries that have a name; what has none is nothing a client could use."""
    return [e for e in listed or () if isinstance(e, Dict) and (e.get("name") is not None or e.get("uri") is not None)]


class _Reader:
    def __init__(self, module: Module, unit: Unit) -> None:
        self.where = Where(unit)
        self.maker = Maker(Sight(module, unit, None, None), module.uri)

    def at(self, node: object) -> At | None:
        return None if node is None else At(node, self.where)  # type: ignore[arg-type]

    def parts(self, entry: Dict, name: str = "name") -> Parts:
        where = self.where
        return Parts(
            At(entry.get(name) or entry, where),
            At(entry, where),
            self.at(entry.get("description")),
            self.at(entry.get("title")),
            self.at(entry.get("inputSchema") or entry.get("arguments")),
            None,
            self.at(entry.get("annotations")),
            False,
            self.at(entry.get("outputSchema")),
            None,
            self.at(entry.get("uri") or entry.get("uriTemplate")),
        )

    def tool(self, entry: Dict) -> Tool:
        return replace(self.maker.tool(self.parts(entry)), registered=self.registered(entry))

    def prompt(self, entry: Dict) -> Prompt:
        return replace(self.maker.prompt(self.parts(entry)), registered=self.registered(entry))

    def resource(self, entry: Dict) -> Resource:
        made = self.maker.resource(self.parts(entry, "name" if entry.get("name") is not None else "uri"))
        return replace(made, registered=self.registered(entry))

    def registered(self, entry: Dict) -> Registered:
        return Registered(entry, self.where.unit)
