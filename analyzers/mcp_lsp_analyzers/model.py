"""A server as a model and a client see it: the one form into which every reader turns what it reads.

Instances are immutable and compared by identity. Nothing here says which language or transport it came from, except
`Sdk`, because the same line means different things under different SDKs.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Literal, Union

from .code import Call as CallExpr
from .code import Expr, Function, Unit
from .identifier import words
from .place import Place, Text
from .record import NamedTuple, dataclass, field
from .scope import Module


@dataclass(frozen=True, slots=True)
class Sdk:
    """``family``: "mcp" (the official Python SDK), "fastmcp" (PrefectHQ's), "typescript-sdk" (the official one),
    "fastmcp-ts", "mcp-framework", "xmcp", "mcp-use", "mcp-nest", "frontmcp", "unknown". ``major`` is ``None`` where
    unknown. ``api``: "high" (decorators, registerTool), "low" (list and call handlers), "table" (found by shape).
    ``evidence``: where the version comes from ("uv.lock", "pyproject.toml", "imports", ...). ``version``: major and
    minor, where they are known exactly. ``open_to``: the requirement of the project that admits the newest major as
    well, and the file it stands in: ("mcp>=1.6", "pyproject.toml"). ``beside``: other packages whose major decides what
    a line means (npm: "zod", "dotenv"), by name."""

    family: str
    major: int | None = None
    api: str = "high"
    evidence: str = "imports"
    version: tuple[int, int] | None = None
    open_to: tuple[str, str] | None = None
    beside: tuple[tuple[str, int], ...] = ()

    def of(self, package: str) -> int | None:
        """The major of a package beside the SDK."""
        return dict(self.beside).get(package)

    def __str__(self) -> str:
        return self.family if self.major is None else f"{self.family} {self.major}"


class Refined(NamedTuple):
    """A function of a schema, or an expression for one: one that must be true of a value ("refine"), that names what is
    wrong with it ("superRefine"), or that makes of it what the handler gets ("transform")."""

    how: str
    by: object


@dataclass(frozen=True, slots=True)
class Type:
    """What values a parameter admits, as far as known. ``kinds``: JSON types ("string", "integer", "number",
    "boolean", "null", "array", "object"), or "any". ``closed``: only a fixed set or form of values (enum, literal,
    UUID, date, number, boolean): such a value cannot carry a payload. ``format``: "path", "uri", "bytes" ...
    ``pattern``: a regular expression the value must match, as written. ``refined``: what else it is held to.
    ``entries``: those of an object that are known, where no others can take their place."""

    kinds: frozenset[str] = frozenset({"any"})
    choices: tuple[str, ...] | None = None
    closed: bool = False
    format: str = ""
    pattern: str | None = None
    items: Type | None = None
    refined: tuple[Refined, ...] = ()
    entries: tuple[tuple[str, Type], ...] = ()

    def held(self, deep: int = 2) -> Iterator[str]:
        """Entries that cannot carry a payload, also those of entries, and of the items of lists: ``"limits.depth"``."""
        inner = self
        while inner.items is not None:
            inner = inner.items
        for name, entry in inner.entries:
            if entry.closed:
                yield name
            elif deep:
                yield from (f"{name}.{further}" for further in entry.held(deep - 1))


@dataclass(frozen=True, slots=True, eq=False)
class Parameter:
    """One argument a model may choose. Injected parameters (``ctx: Context``, ``Depends``) are not parameters."""

    name: str
    place: Place  # of the declaration; span: its name
    description: Text | None = None
    type: Type = Type()
    required: bool = True
    texts: tuple[Text, ...] = ()  # further texts the model reads: enum values, defaults, titles, nested descriptions


@dataclass(frozen=True, slots=True, eq=False)
class Hint:
    """One annotation (``readOnlyHint``) as written. ``value`` is ``None`` where it is not a literal."""

    name: str  # as it goes over the wire: readOnlyHint, destructiveHint, idempotentHint, openWorldHint, title
    value: object
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Annotations:
    """``complete`` is false where some hints are computed and cannot be known."""

    hints: tuple[Hint, ...]
    place: Place
    complete: bool = True

    def get(self, name: str) -> Hint | None:
        return next((hint for hint in self.hints if hint.name == name), None)


class Held(NamedTuple):
    """An expression for a schema, and where it stands: in which file, and function."""

    uri: str
    schema: Expr
    unit: Unit
    function: Function | None


@dataclass(frozen=True, slots=True)
class Registered:
    """What of the source declares a tool, prompt or resource: the decorator, the call, or the literal that is its
    entry. ``unit``: where that stands; ``uri``: in which file, where it is another one than the server's."""

    node: Expr
    unit: Unit
    uri: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Tool:
    """``place``: span of the name literal where there is one, else of the function's name. ``declared``: the whole
    declaration (decorator and function header, or the call). ``function`` is ``None`` where the handler was not found.
    ``arguments``: parameter of ``function`` -> the tool parameter it receives; ("args", "*") means all of them as one
    object. ``name_complete`` is false where the name is computed; ``name`` then holds what is known of it.
    ``name_written``: it stands at its place as it is."""

    name: str
    place: Place
    declared: Place
    title: Text | None = None
    description: Text | None = None
    parameters: tuple[Parameter, ...] = ()
    parameters_known: bool = True
    annotations: Annotations | None = None
    has_output_schema: bool = False
    function: Function | None = None
    arguments: tuple[tuple[str, str], ...] = ()
    branch: tuple[str, ...] = ()  # for a shared call_tool: the names under which its branch is reached
    name_complete: bool = True
    home: Module | None = None  # the file in which ``function`` stands, where it is another one
    by: Expr | None = None  # the SDK's own decorator or call by which it is registered, as written
    registered: Registered | None = None
    parts: object = None  # what its reader saw it made of; for whoever predicts its definition, not for rules
    held: Held | None = None  # the schema of its arguments, where this file alone does not say what that admits
    name_written: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Prompt:
    name: str
    place: Place
    declared: Place
    title: Text | None = None
    description: Text | None = None
    parameters: tuple[Parameter, ...] = ()
    function: Function | None = None
    arguments: tuple[tuple[str, str], ...] = ()
    home: Module | None = None
    by: Expr | None = None
    registered: Registered | None = None
    parts: object = None  # what its reader saw it made of; for whoever predicts its definition, not for rules


@dataclass(frozen=True, slots=True, eq=False)
class Resource:
    """``uri`` with ``{}`` is a template, whose variables are ``parameters``. ``name`` is what listings show."""

    name: str
    uri: Text
    place: Place
    declared: Place
    title: Text | None = None
    description: Text | None = None
    parameters: tuple[Parameter, ...] = ()
    function: Function | None = None
    arguments: tuple[tuple[str, str], ...] = ()
    home: Module | None = None
    by: Expr | None = None
    registered: Registered | None = None
    parts: object = None  # what its reader saw it made of; for whoever predicts its definition, not for rules

    @property
    def is_template(self) -> bool:
        return "{" in self.uri.value


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint:
    """A function beside the tools that a client reaches over the network: it answers requests for a path (``name``),
    or looks at a caller's token. ``arguments`` and ``branch`` as of a tool; ("request", "*") is the whole request."""

    name: str
    place: Place
    function: Function
    arguments: tuple[tuple[str, str], ...] = ()
    branch: tuple[str, ...] = ()  # the tools for which something else answers, or which are read themselves


Item = Union[Tool, Prompt, Resource]

Transport = Literal["stdio", "sse", "streamable-http"]


@dataclass(frozen=True, slots=True, eq=False)
class Server:
    """``transports``: those the file visibly starts; empty means not known. ``module`` is ``None`` for a listing.
    ``name`` is what it calls itself, or the variable, or "". ``constructed``: the call that makes it, with its unit.
    ``heir``: its class is one of the project's, and may do otherwise than the SDK's. ``takes_statements``: of a server
    without its parts, whether one of its tools is for any statement of a database (`is_for_statements`)."""

    uri: str
    name: str
    sdk: Sdk
    place: Place
    tools: tuple[Tool, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    resources: tuple[Resource, ...] = ()
    instructions: Text | None = None
    transports: frozenset[str] = frozenset()
    module: Module | None = None
    constructed: tuple[CallExpr, Unit] | None = None
    unread: tuple[tuple[Place, str], ...] = ()  # what could not be read, and why
    diverted: frozenset[str] = frozenset()  # ways to standard output that the file turned elsewhere: "console.log"
    heir: bool = False
    takes_statements: bool = False

    @property
    def descriptions(self) -> tuple[str, ...]:
        """The text of each tool's description, empty where it has none: what rules that compare tools may remember an
        answer by, since most keys of an author change none of them."""
        kept = self.module.kept if self.module is not None else {}
        known = kept.get("descriptions")
        if not isinstance(known, tuple) or known[0] is not self.tools:
            told = tuple([tool.description.value if tool.description is not None else "" for tool in self.tools])
            known = kept["descriptions"] = (self.tools, told)
        return known[1]  # type: ignore[no-any-return]

    @property
    def items(self) -> tuple[Item, ...]:
        """Its tools, prompts and resources, in this order."""
        return (*self.tools, *self.prompts, *self.resources)

    def walk(self) -> Iterator[Subject]:
        """Everything in the server that a rule can judge without its source: itself, its parts, every text."""
        yield self
        if self.instructions:
            yield self.instructions
        for item in self.items:
            yield from parts(item)


@functools.lru_cache(maxsize=4096)
def _says_it_runs(name: str) -> bool:
    return not _RUNS.isdisjoint(words(name))


_RUNS = frozenset(("execute", "run", "exec", "query"))
_STATEMENTS = frozenset(("sql", "query", "statement", "dql", "cypher", "kql", "flux"))


def is_for_statements(tool: Tool) -> bool:
    """Whether a tool says by its name and its arguments that it runs whatever statement it is given."""
    return _says_it_runs(tool.name) and any(
        not _STATEMENTS.isdisjoint(words(parameter.name)) for parameter in tool.parameters
    )


def parts(item: Item) -> Iterator[Subject]:
    """A tool, prompt or resource, its parameters, and every text of it that a model reads."""
    yield item
    for text in (item.title, item.description):
        if text is not None:
            yield text
    for parameter in item.parameters:
        yield parameter
        if parameter.description is not None:
            yield parameter.description
        yield from parameter.texts


@dataclass(frozen=True, slots=True, eq=False)
class StringLiteral:
    """A string literal of a source file, as the rules about secrets see it. ``name``: what it is assigned to, passed
    as, or the key it stands under; "" where there is none. ``file``: the path of the file inside its project."""

    text: Text
    name: str
    file: str = ""


Subject = Union[Server, Tool, Prompt, Resource, Parameter, Text, StringLiteral]

__all__ = [
    "Annotations", "Endpoint", "Expr", "Hint", "Item", "Parameter", "Prompt", "Registered", "Resource", "Sdk", "Server",
    "StringLiteral", "Subject", "Tool", "Transport", "Type", "field", "parts",
]  # fmt: skip
