"""What a file's imports, its types and its project's dependencies say: whether it is about MCP, and under which SDK."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Attr, Dict, Export, Expr, Import, Index, Items, Name, Unit, flat
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import dataclass
from mcp_lsp_analyzers.scope import Module

if TYPE_CHECKING:
    from ..manifests import Dependencies

# npm package -> (family, major where the package has only one).
FAMILIES: dict[str, tuple[str, int | None]] = {
    "@modelcontextprotocol/server": ("typescript-sdk", 2),
    "@modelcontextprotocol/node": ("typescript-sdk", 2),
    "@modelcontextprotocol/express": ("typescript-sdk", 2),
    "@modelcontextprotocol/hono": ("typescript-sdk", 2),
    "@modelcontextprotocol/fastify": ("typescript-sdk", 2),
    "@modelcontextprotocol/core": ("typescript-sdk", 2),
    "@modelcontextprotocol/server-legacy": ("typescript-sdk", 2),
    "@modelcontextprotocol/sdk": ("typescript-sdk", 1),
    "fastmcp": ("fastmcp-ts", None),
    "firecrawl-fastmcp": ("fastmcp-ts", None),
    "litemcp": ("fastmcp-ts", None),
    "mcp-framework": ("mcp-framework", None),
    "xmcp": ("xmcp", None),
    "mcp-use": ("mcp-use", None),
    "@rekog/mcp-nest": ("mcp-nest", None),
    "@frontmcp/sdk": ("frontmcp", None),
    "mcp-handler": ("typescript-sdk", None),
    "@vercel/mcp-adapter": ("typescript-sdk", None),
    "agents": ("typescript-sdk", None),
    "@hono/mcp": ("typescript-sdk", None),
    "@modelcontextprotocol/ext-apps": ("typescript-sdk", None),
}

# Packages that are about MCP from the client's side, or about tools of models without MCP.
CLIENTS = pattern(
    r"^(?:ai|openai|@anthropic-ai/sdk|@google/gen(?:ai|erative-ai)|@langchain/.*|langchain|@ai-sdk/.*|@openai/.*|"
    r"@modelcontextprotocol/(?:client|inspector.*)|vscode|@mariozechner/pi.*|@earendil-works/pi.*|ollama|groq-sdk|"
    r"@mistralai/.*|cohere-ai|@aws-sdk/.*|@opencode-ai/.*)$"
)
ABOUT = pattern(r"(?:^|[/@_-])(?:mcp|fastmcp|modelcontextprotocol|xmcp|tmcp|litemcp|muppet)(?:$|[/_-])", re.I)
# Packages whose major decides what a line of a server means.
BESIDE = ("zod", "dotenv", "@modelcontextprotocol/sdk", "@modelcontextprotocol/server")
# Types and makers of tool definitions, imported from the project itself.
TOOLISH = pattern(
    r"^(?:\w*Mcp\w*|\w*MCP\w*|(?:define|create|make)?\w*Tool(?:s|Def|Definition|Schema|Spec|Config|Base)?)$"
)

MAKES = pattern(r"[mM][cC][pP]|Server|Transport|Muppet")
"""Names of what makes servers and transports, and of much else."""


@dataclass(frozen=True)
class About:
    """``sure``: a package for MCP servers is imported. ``likely``: the project depends on one, or the file imports what
    looks like tool definitions from its own project. ``client``: packages for the other side are imported. ``renamed``:
    what is imported under another name, by that name, as far as it may make a server."""

    family: str = "unknown"
    major: int | None = None
    evidence: str = "imports"
    sure: bool = False
    likely: bool = False
    client: bool = False
    beside: tuple[tuple[str, int], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    def sdk(self, api: str) -> Sdk:
        return Sdk(self.family, self.major, api, self.evidence, beside=self.beside)


def about(module: Module, dependencies: Dependencies | None) -> About:
    imported: dict[str, bool] = {}
    renamed: list[tuple[str, str]] = []
    for unit in module.units:
        for source, toolish, others in sources(unit):
            imported[source] = imported.get(source, False) or toolish
            renamed += others
    names = {package(source) for source in imported if not source.startswith((".", "/"))}
    family, evidence = "unknown", "imports"
    major: int | None = None
    for name, (known, only) in FAMILIES.items():
        if name in names and not (name == "agents" and not any(s.startswith("agents/mcp") for s in imported)):
            family, major = known, only
            if dependencies is not None and name in dependencies.npm:
                version = dependencies.npm[name]
                if version.major is not None:
                    major, evidence = version.major, version.evidence
            break
    if family == "typescript-sdk" and major is None and dependencies is not None:
        # mcp-handler and the like work with the SDK that is installed beside them.
        for name in ("@modelcontextprotocol/server", "@modelcontextprotocol/sdk"):
            if name in dependencies.npm and dependencies.npm[name].major is not None:
                major, evidence = dependencies.npm[name].major, dependencies.npm[name].evidence
                break
    sure = family != "unknown" or any(ABOUT.search(name) and not CLIENTS.match(name) for name in names)
    npm = dependencies.npm if dependencies is not None else {}
    likely = sure or any(name in npm for name in FAMILIES)
    if family == "unknown":
        for name, (known, only) in FAMILIES.items():
            if name in npm:
                family, major, evidence = known, npm[name].major or only, npm[name].evidence
                break
    likely = likely or any(
        source.startswith(".") and (toolish or ABOUT.search(source)) for source, toolish in imported.items()
    )
    client = any(CLIENTS.match(name) for name in names)
    beside = tuple((name, only) for name in BESIDE if name in npm and (only := npm[name].major) is not None)
    return About(family, major, evidence, sure, likely, client, beside, tuple(renamed))


def package(source: str) -> str:
    """The npm package of a module: "@a/b" of "@a/b/c.js"."""
    for scheme in ("npm:", "jsr:"):  # Deno: "npm:@a/b@^1.2/c.js"
        source = source.removeprefix(scheme)
    parts = source.split("/")
    name = "/".join(parts[:2]) if source.startswith("@") else parts[0]
    return name[0] + name[1:].split("@")[0] if name else name


Renamed = tuple[tuple[str, str], ...]


@once
def sources(unit: Unit) -> tuple[tuple[str, bool, Renamed], ...]:
    """The modules a unit imports, whether something that looks like a tool definition comes from there, and what makes
    servers and has another name here."""
    known: dict[str, bool] = {}
    renamed: dict[str, Renamed] = {}
    for statement, _ in flat(unit.statements):
        if isinstance(statement, Import):
            name = statement.name or ""
            toolish = bool(TOOLISH.match(name) or TOOLISH.match(statement.local))
            known[statement.module] = known.get(statement.module, False) or toolish
            if name != statement.local and MAKES.search(name):
                renamed[statement.module] = (*renamed.get(statement.module, ()), (statement.local, name))
        elif isinstance(statement, Export) and statement.module is not None:
            known.setdefault(statement.module, False)
    return tuple((source, toolish, renamed.get(source, ())) for source, toolish in known.items())


# Types of tool definitions that are not MCP's: what clients hand to a model's API.
FOREIGN = pattern(r"ChatCompletion|FunctionDeclaration|Anthropic|OpenAI|Gemini|FunctionTool|ToolUnion|LanguageModel")


def type_name(node: Expr) -> str:
    """A type as far as it has a name: ``ToolBase<Schema>``."""
    if isinstance(node, Name):
        return node.id
    if isinstance(node, Attr):
        return f"{type_name(node.value)}.{node.name}"
    if isinstance(node, Index):
        return f"{type_name(node.value)}<{type_name(node.index)}>"
    return ""


def typed(value: Expr | None, annotation: Expr) -> Iterator[tuple[Dict, str]]:
    """Object literals and what their types are called: "Tool" of ``const a: Tool``, and "Tool[]" of all that stand in a
    ``const all: Tool[]`` or ``Record<string, Tool>``."""
    if isinstance(value, Dict):
        yield value, type_name(annotation)
    if not isinstance(annotation, Index) or type_name(annotation.value) not in ("Record", "Array", "ReadonlyArray"):
        return
    of = annotation.index
    of = of.items[-1] if isinstance(of, Items) and of.items else of
    many = [pair.value for pair in value.pairs] if isinstance(value, Dict) else []
    for one in value.items if isinstance(value, Items) else many:
        if isinstance(one, Dict):
            yield one, f"{type_name(of)}[]"


def is_tool_type(declared: str) -> bool:
    """Whether a type is one of tools, by the name of it: ``Tool``, ``Tool<Schema>``, ``NotesTool[]``."""
    return "Tool" in declared and (declared.endswith("[]") or declared.partition("<")[0] == "Tool")


def foreign(declared: str) -> bool:
    return bool(FOREIGN.search(declared))
