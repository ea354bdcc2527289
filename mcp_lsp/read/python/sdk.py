"""Which Python SDK a line belongs to: what counts as a server, a decorator, a Context, and which major it is."""

from __future__ import annotations

from mcp_lsp_analyzers.code import Import, Unit, flat
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.once import once
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module, Modules

from ..manifests import NOTHING, Dependencies

# What a class of servers is called where it comes from an SDK, and whether it takes decorators or handlers.
SERVERS = {
    "FastMCP": "high", "MCPServer": "high", "FastMCPApp": "high", "LocalProvider": "high", "FastMCPProxy": "high",
    "FastMCPOpenAPI": "high", "Server": "low",
}  # fmt: skip

# Packages whose own ``tool`` decorators, servers and agents have nothing to do with MCP servers.
STRANGERS = frozenset({
    "agents", "anthropic", "autogen", "autogen_agentchat", "autogen_core", "beeai_framework", "bottle",
    "claude_agent_sdk", "click", "crewai", "discord", "dspy", "fastapi", "flask", "google", "grpc", "haystack",
    "instructor", "langchain", "langchain_classic", "langchain_community", "langchain_core", "langchain_mcp_adapters",
    "langgraph", "letta", "litellm", "llama_index", "microsoft", "openai", "phi", "pydantic_ai", "pydantic", "pytest",
    "semantic_kernel", "slack_bolt", "smolagents", "starlette", "strands", "typer", "uvicorn", "agno", "sanic",
    "aiohttp", "django",
})  # fmt: skip

# Decorators that register nothing.
COMMON = frozenset({
    "property", "staticmethod", "classmethod", "dataclass", "dataclasses", "functools", "contextmanager",
    "asynccontextmanager", "override", "abstractmethod", "pytest", "overload", "cache", "lru_cache", "click", "typer",
    "app_route", "cached_property", "wraps",
})  # fmt: skip

INJECTED = frozenset({
    "Depends", "CurrentContext", "CurrentFastMCP", "CurrentRequest", "CurrentHeaders", "CurrentAccessToken",
    "CurrentDocket", "CurrentWorker", "CurrentServer", "Progress", "TokenClaim", "UserSession", "CallArgument",
    "Resolve", "Shared", "Timeout", "Retry", "Perpetual", "ExponentialRetry",
})  # fmt: skip
"""Defaults (and ``Annotated`` extras) whose parameter is filled in by the SDK."""


class Ref(NamedTuple):
    """A server that a name stands for. ``key``: the same for every name of the same server. ``made``: constructed in
    this file; otherwise it comes in as a parameter or by an import, and is known by its looks. ``own``: its class is
    none of the SDK's."""

    key: tuple[object, ...]
    family: str
    api: str
    made: bool
    name: str
    own: bool = False

    def abroad(self) -> Ref:
        """The same server, made in another file than the one that is read."""
        return Ref(("given", self.name), self.family, self.api, False, self.name, self.own)


def somebodys(family: str) -> Ref:
    """A server of another file, of which nothing more is known."""
    return Ref(("given", ""), family, "high", False, "")


class File:
    """What is known of the file as a whole while its units are read."""

    __slots__ = (
        "about", "called", "dependencies", "given", "is_test", "module", "modules", "others", "roots", "steady",
        "tokens", "uri", "visited",
    )  # fmt: skip

    def __init__(self, module: Module, dependencies: Dependencies | None, roots: frozenset[str]) -> None:
        self.module = module
        self.uri = module.uri
        self.dependencies = self.given = dependencies or NOTHING
        """``given``: without what the file itself says."""
        self.roots = roots
        self.is_test = _is_test(module.uri)
        self.steady = False
        """While an edit is read: all names of the module that were looked up before mean what they meant."""
        self.tokens: dict[tuple[str, ...], dict[str, object]] = {}
        """What the names looked up in containers meant when they were read last (`scopes.Frame.same`)."""
        self.visited: dict[tuple[str, ...], object] = {}
        self.modules: Modules | None = None
        self.others: dict[str, File] = {}
        """Files that imports led to, by uri."""
        self.about = bool(roots & _ABOUT)
        """Whether the file imports an SDK."""
        self.called = tuple([name.removeprefix(_AS) for name in roots if name.startswith(_AS)])
        """What it imports of an SDK under another name: ``from mcp.server.fastmcp import FastMCP as Notes``."""

    def other(self, module: Module) -> File:
        """Another file of the same project."""
        kept = self.others.get(module.uri)
        if kept is None or kept.module is not module:
            kept = File(module, self.dependencies, frozenset().union(*(roots(unit) for unit in module.units)))
            kept.others = self.others
            self.others[module.uri] = kept
        return kept

    @property
    def family(self) -> str:
        """The SDK of a server that comes from elsewhere."""
        for name in ("fastmcp", "mcp"):
            if name in self.roots:
                return name
        if "mcp.server.fastmcp" in self.roots or "mcp.server" in self.roots:
            return "mcp"
        for name in ("fastmcp", "mcp"):
            if name in self.dependencies.python:
                return name
        return "unknown"

    @property
    def in_project(self) -> bool:
        """Whether the project depends on an SDK."""
        python = self.dependencies.python
        return "mcp" in python or "fastmcp" in python

    def sdk(self, family: str, api: str, imports: int | None = None) -> Sdk:
        """``imports``: the major that the spelling tells, where the project does not."""
        version = self.dependencies.python.get(family)
        wanted = self.dependencies.open.get(family)
        open_to = None if wanted is None else (f"{family}{wanted.text}", wanted.evidence)
        if version is not None and version.major is not None:
            exact = self.dependencies.exactly(family)
            return Sdk(family, version.major, api, version.evidence, exact, open_to)
        if imports is None and family == "mcp":
            if "mcp.server.fastmcp" in self.roots:
                imports = 1
            elif "mcp.MCPServer" in self.roots:
                imports = 2
        return Sdk(family, imports, api, open_to=open_to)


_ABOUT = frozenset({"mcp", "fastmcp", "mcp_types"})
_AS = "as "


def _is_test(uri: str) -> bool:
    parts = uri.lower().split("/")
    name = parts[-1]
    return (
        name.startswith("test_")
        or name.endswith("_test.py")
        or name == "conftest.py"
        or not {"tests", "test", "testing"}.isdisjoint(parts[:-1])
    )


@once
def roots(unit: Unit) -> frozenset[str]:
    """The packages a unit imports, also inside its functions, as far as they tell something about MCP."""
    text = unit.key
    found = {OWN_WAYS} if ".tool" in text and _REBOUND.search(text) else set()
    if "import" not in text or "mcp" not in text:
        return frozenset(found)
    for line in _IMPORTING.findall(text):
        words = line.split()
        if len(words) > 1:
            modules = (
                [words[1]]
                if words[0] == "from"
                else [part.split()[0] for part in line.split("import", 1)[1].split(",") if part.split()]
            )
            for module in modules:
                root = module.partition(".")[0]
                if root in _ABOUT:
                    found.add(root)
                    if module.startswith("mcp.server.fastmcp") or (root == "mcp" and "FastMCP" in line):
                        found.add("mcp.server.fastmcp")
                    elif root == "mcp" and "MCPServer" in text:
                        found.add("mcp.MCPServer")
    if " as " in text:
        found.update(
            _AS + s.local
            for s, _ in flat(unit.statements)
            if isinstance(s, Import) and s.name not in (None, s.local) and s.module.partition(".")[0] in _ABOUT
        )
    return frozenset(found)


OWN_WAYS = "own ways"
"""Stands among the roots of a file that gives a server decorators of its own: ``mcp.tool = checked(mcp.tool)``."""


_IMPORTING = pattern(r"^[^\S\n]*(?:from|import)[^\S\n].*", flags=8)  # re.MULTILINE
_REBOUND = pattern(r"\.tool(?<=\w\.tool)\s*(?::[^=\n]+)?=(?!=)")


def root(dotted: str) -> str:
    return dotted.replace(":", ".").partition(".")[0]


def last(dotted: str) -> str:
    return dotted.replace(":", ".").rpartition(".")[2]


def server_class(dotted: str, file: File) -> tuple[str, str] | None:
    """Family and api of a class of server, by its full name."""
    package, name = root(dotted), last(dotted)
    api = SERVERS.get(name)
    if package == "mcp":
        return ("mcp", api) if api is not None and "client" not in dotted else None
    if package == "fastmcp":
        return ("fastmcp", api) if api is not None and api != "low" else None
    if package in STRANGERS:
        return None
    if name == "MCPServer" and not dotted.startswith(".") and "mcp" not in dotted[: -len(name)].lower():
        return None  # a client's or a test library's word for the servers it talks to
    if name == "MCPServer":
        # Through a module of the project, or by a star import; other packages have a class of their own by that name.
        return ("mcp" if package in (name, "") else "unknown", "high")
    if name == "FastMCP":
        return (file.family if file.family != "unknown" else "fastmcp", "high")
    return None


def foreign(dotted: str) -> bool:
    """Whether a class comes from a package that is no SDK: what its servers take and do, no version of one tells."""
    package, name = root(dotted), last(dotted)
    return package not in ("mcp", "fastmcp", name, "") and name[:1].isupper() and name not in SERVERS


def own_class(dotted: str) -> bool:
    """Whether a class of an SDK is one of its servers; of classes from elsewhere, yes."""
    return root(dotted) not in ("mcp", "fastmcp") or last(dotted) in ("FastMCP", "MCPServer", "Server")


def not_a_server(name: str) -> bool:
    """Whether a name says that it is something else, or stands in for a server in a test."""
    lower = name.lower()
    return any(word in lower for word in ("client", "agent", "fake", "mock", "dummy", "stub"))


def looks_like_server(name: str, file: File, come_from: str = "") -> bool:
    """Whether a name that stands for something unknown is that of an MCP server, in a file or project about MCP."""
    if come_from and root(come_from) in STRANGERS:
        return False
    lower = name.lower().strip("_")
    if not_a_server(lower):
        return False
    if "mcp" in lower:
        return True
    if lower in ("server", "app", "srv") or lower.endswith(("server", "_app")):
        return file.about or file.in_project or "mcp" in come_from.lower()
    return False
