"""What a model will see of the tool under the cursor, and what that costs it.

The cost is an estimate: the characters of the parts that hosts hand to a model (name, description and input schema, as
the tool calls of the Anthropic and OpenAI interfaces take them), written as compact JSON, four to a token. Four is the
rule of thumb that OpenAI gives for English text; a real tokenizer would have to be loaded over the network, and differs
from model to model anyway.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from mcp_lsp import predict
from mcp_lsp.predict import Sources
from mcp_lsp_analyzers.bindings import bindings
from mcp_lsp_analyzers.code import Function
from mcp_lsp_analyzers.definition import Definition
from mcp_lsp_analyzers.model import Item, Server, Tool
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.scope import Module

CHARACTERS = 4
"""Of JSON for a token."""
COUNTED = ("name", "description", "inputSchema")
LONGEST = 8_000
"""Characters of a definition that a hover shows: some schemas are longer than anybody reads."""


class Cost(NamedTuple):
    """``whole`` is false where a part is not known, so that it may be more."""

    tokens: int
    whole: bool

    def __str__(self) -> str:
        return f"{'≈' if self.whole else '≥'}{self.tokens:,} {'token' if self.tokens == 1 else 'tokens'}"


class Definitions:
    """The predicted definitions of one text, each computed when it is first asked for."""

    def __init__(
        self,
        servers: Sequence[Server],
        sources: Sources,
        module: Module | None = None,
        before: Definitions | None = None,
    ) -> None:
        """``before``: those of the text before an edit; what the edit cannot have changed is taken from there."""
        self.servers = servers
        self.computed = 0  # for tests
        self._sources = sources
        self._module = module
        self._found: dict[int, tuple[Item, Definition]] = {}
        if before is not None and module is not None and before._module is not None:
            if _aside(before._module, module):
                here = (id(item) for server in servers for item in server.items)
                self._found = {key: before._found[key] for key in here if key in before._found}

    def of(self, item: Item, server: Server) -> Definition:
        found = self._found.get(id(item))
        if found is None:
            self.computed += 1
            found = self._found[id(item)] = (item, predict.definition(item, server, self._sources))
        return found[1]

    def cost(self, tool: Tool, server: Server) -> Cost:
        return cost(self.of(tool, server))

    def total(self, server: Server) -> Cost:
        """What all tools of a server cost together."""
        each = [self.cost(tool, server) for tool in server.tools]
        return Cost(sum(one.tokens for one in each), all(one.whole for one in each))

    def at(self, offset: int) -> tuple[Item, Server] | None:
        """The item whose name or registration stands at an offset; the innermost, where one stands in another."""
        best: tuple[int, Item, Server] | None = None
        for server in self.servers:
            for item in server.items:
                span = zone(item)
                if span is not None and span.start <= offset <= span.end:
                    if best is None or span.end - span.start < best[0]:
                        best = (span.end - span.start, item, server)
        return None if best is None else best[1:]


def _aside(before: Module, now: Module) -> bool:
    """Whether an edit only touched declarations that no definition but their own looks at: statements that bind
    nothing, and decorated functions."""
    kept = {id(unit) for unit in before.units} & {id(unit) for unit in now.units}
    changed = [unit for module in (before, now) for unit in module.units if id(unit) not in kept]
    made = (binding.function for unit in changed for binding in bindings(unit).values())
    return all(function is not None and function.decorators for function in made)


def zone(item: Item) -> Span | None:
    """Where pointing means an item: its name, and what registers it up to where its handler begins."""
    name, declared = item.place.span, item.declared.span
    if declared is None or name is None:
        return declared or name
    if not (declared.start <= name.start and name.end <= declared.end):
        return name
    body = _body(item)
    return declared if body is None or body.start < name.end else Span(declared.start, min(body.start, declared.end))


def _body(item: Item) -> Span | None:
    """The handler, where it is written inside of the registration."""
    function = item.function
    if not isinstance(function, Function) or function.unit.anchor is not item.declared.anchor:
        return None
    start = function.start + function.unit.anchor.start
    declared = item.declared.span
    return Span(start, start) if declared is not None and declared.start < start < declared.end else None


def whole(item: Item) -> Place:
    """All that belongs to an item: its registration, with the handler where that follows it."""
    function, declared = item.function, item.declared
    local = declared.local
    if local is None or function is None or function.unit.anchor is not declared.anchor:
        return declared
    if function.start <= local.end and local.start <= function.end:
        return declared.part(Span(min(local.start, function.start), max(local.end, function.end)))
    return declared


# ---------------------------------------------------------------- words


def cost(definition: Definition) -> Cost:
    told = {key: definition.entry[key] for key in COUNTED if key in definition.entry}
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    heads = {unknown.pointer.split("/")[1] for unknown in definition.unknown}
    return Cost(-(-len(written) // CHARACTERS), heads.isdisjoint((*COUNTED, "*")))


def hover(item: Item, server: Server, definition: Definition, markdown: bool) -> str:
    """The entry as JSON, what it costs, and what of it is not known."""
    sdk = f"under {server.sdk}" if server.sdk.family != "unknown" else "under an SDK that is not known"
    lines = [f"What clients are told of this {NAMES[definition.kind]}, {sdk}"]
    if isinstance(item, Tool):
        lines[0] += f": {cost(definition)}"
    text = json.dumps(definition.entry, ensure_ascii=False, indent=2)
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition("\n")[0] + "\n…"
    # A fence must be longer than any run of backticks in the text.
    fence = "`" * max(3, 1 + max((len(run) for run in _runs(text)), default=0))
    lines.append(f"{fence}json\n{text}\n{fence}" if markdown else text)
    quoted = "`{}`" if markdown else "{}"
    notes = [f"- {quoted.format(_path(unknown.pointer))}: {unknown.reason}" for unknown in definition.unknown]
    if notes:
        lines.append("Not known from the source:\n" + "\n".join(notes[:8]) + ("\n- …" if len(notes) > 8 else ""))
    return "\n\n".join(lines)


NAMES = {
    "tool": "tool", "prompt": "prompt", "resource": "resource", "resourceTemplate": "resource template",
}  # fmt: skip


def _path(pointer: str) -> str:
    return "more of it" if pointer == "/*" else pointer


def _runs(text: str) -> Iterable[str]:
    run = ""
    for character in text:
        if character == "`":
            run += character
        elif run:
            yield run
            run = ""
    if run:
        yield run


def summary(server: Server, total: Cost) -> str:
    """What a server brings, in one line: "3 tools, 1 prompt: ≈1,203 tokens"."""
    resources = [resource for resource in server.resources if not resource.is_template]
    counts = (
        (len(server.tools), "tool"), (len(server.prompts), "prompt"), (len(resources), "resource"),
        (len(server.resources) - len(resources), "resource template"),
    )  # fmt: skip
    said = ", ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    return f"{said}: {total}" if server.tools else said
