"""Credentials in what a handler answers."""

from __future__ import annotations

from collections.abc import Iterator

from .. import inside
from ..code import (
    Attr,
    Await,
    Binary,
    Call,
    Choice,
    Dict,
    Expr,
    Function,
    Index,
    Items,
    Join,
    Logic,
    Name,
    Return,
    Str,
    Unit,
    last_name,
)
from ..flow import Handler
from ..identifier import words
from ..once import once
from ..rule import Example, Finding, Severity, rule
from ..walk import Nodes, body
from .values import is_secret, name_of, origins

_RENDERS = frozenset(("dumps", "stringify", "str", "String", "TextContent", "CallToolResult", "join", "format", "dict"))
_SAID_TO_BE_NONE = frozenset(
    ("has", "is", "masked", "redacted", "hashed", "hash", "encrypted", "public", "hidden", "no", "use", "requires",
     "safe", "obfuscated", "short", "preview", "count", "valid", "missing", "need", "needs", "sanitized", "placeholder")
)  # fmt: skip


@rule(
    "MCP425",
    severity=Severity.WARNING,
    references=("CWE-200", "CWE-522", "MCP01:2025", "MCP10:2025", "LLM02:2025", "LLM02:2026", "ASI03:2026", "AML.T0098",
                "CoSAI MCP-T5", "MCTS-T-1075"),
    bad='''
    @mcp.tool()
    def service_status(name: str) -> str:
        """State of a service."""
        service = load(name)
        return f"""
        Mail service: running
        Key: {service["api_key"]}
        #     ^^^^^^^^^^^^^^^^^^ `api_key` goes into the answer, and with it to the model
        """
    ''',
    good='''
    @mcp.tool()
    def service_status(name: str) -> str:
        """State of a service."""
        service = load(name)
        known = "known" if service["api_key"] else "missing"
        return f"Mail service: running, key {known}, next page {service['next_token']}"
    ''',
    typescript=Example(
        bad="""
        server.registerTool("whoami", { description: "Who is asking." }, async () => {
          const session = await load();
          return { content: [{ type: "text", text: `${session.user} has ${session.accessToken}` }] };
          //                                                              ^^^^^^^^^^^^^^^^^^^ … goes into …
        });

        server.registerTool("debug", { description: "What the server runs with." }, async () => {
          return { content: [{ type: "text", text: JSON.stringify(process.env) }] };
          //                                                      ^^^^^^^^^^^ … with every credential that is in it
        });
        """,
        good="""
        server.registerTool("whoami", { description: "Who is asking." }, async () => {
          const session = await load();
          return { content: [{ type: "text", text: JSON.stringify({ user: session.user }) }] };
        });

        server.registerTool("debug", { description: "What the server runs with." }, async () => {
          return { content: [{ type: "text", text: JSON.stringify({ level: process.env.LOG_LEVEL }) }] };
        });
        """,
    ),
)  # fmt: skip
def credential_in_answer(handler: Handler) -> Iterator[Finding]:
    """A handler answers with a token, key or password.

    An answer is read by the model and kept: in the conversation, in the client's log, at the provider of the model. Any
    text that the model reads later can ask it to pass the credential on.

    Answer whether there is one, or its last characters. A tool whose purpose is to hand one out hands it to the user by
    another way, or is allowed here.
    """
    if handler.of.name in ("tools/call", "resources/read"):
        return
    if not _names_some(handler.function.unit):
        return
    seen = Nodes()
    for site in body(handler.function, Return):
        if isinstance(site.node, Return) and site.node.value is not None:
            for shown, unit in _shown(site.node.value, site.unit, handler.function, 0):
                name = name_of(shown)
                if shown not in seen and _whole_environment(shown):
                    seen.add(shown)
                    said = f"`{'process.env' if name == 'env' else 'os.environ'}`"
                    yield Finding(
                        unit.place(handler.place.uri, handler.place.pointer, shown),
                        f"{said} goes into the answer, with every credential that is in it",
                        detail=name,
                    )
                elif shown not in seen and is_secret(name) and _SAID_TO_BE_NONE.isdisjoint(words(name)):
                    if _given(shown, handler):
                        continue
                    seen.add(shown)
                    yield Finding(
                        unit.place(handler.place.uri, handler.place.pointer, shown),
                        f"`{name}` goes into the answer, and with it to the model",
                        detail=name,
                    )


def _given(shown: Expr, handler: Handler) -> bool:
    """Whether it is what the model gave itself (``input.form_token``), or what a function makes of that and calls by
    the same name."""
    params = {param for param, _ in handler.of.arguments}
    if isinstance(shown, (Attr, Index)):
        return isinstance(shown.value, Name) and shown.value.id in params
    for origin in origins(shown, handler.function):
        made = origin.value if isinstance(origin, Await) else origin
        for arg in made.args if isinstance(made, Call) else ():
            if words(name_of(arg.value)) == words(name_of(shown)):
                return isinstance(arg.value, (Attr, Index)) and _given(arg.value, handler)
    return False


_WORDS = ("token", "secret", "passw", "key", "credential", "jwt", "authorization", "environ", "process.env")


@once
def _names_some(unit: Unit) -> bool:
    """Whether a declaration speaks of credentials at all."""
    text = unit.key.lower()
    return any(word in text for word in _WORDS)


def _whole_environment(shown: Expr) -> bool:
    return (
        isinstance(shown, Attr)
        and isinstance(shown.value, Name)
        and (shown.value.id, shown.name) in (("process", "env"), ("os", "environ"))
    )


_HANDED_ON = frozenset(("confirmation", "confirm", "continuation", "next", "page", "cursor", "resume", "progress"))
"""Tokens that are made for the model, to come back with its next call."""


def _shown(value: Expr, unit: Unit, function: Function, depth: int) -> Iterator[tuple[Expr, Unit]]:
    """What of a returned value is shown as it is: names, attributes and entries, and the unit in which each stands."""
    if depth > 8:
        return
    if isinstance(value, Await):
        yield from _shown(value.value, unit, function, depth)
    elif isinstance(value, Join):
        for part in value.parts:
            if not isinstance(part, Str):
                yield from _shown(part, unit, function, depth + 1)
    elif isinstance(value, (Binary, Logic)):
        yield from _shown(value.left, unit, function, depth + 1)
        yield from _shown(value.right, unit, function, depth + 1)
    elif isinstance(value, Choice):
        yield from _shown(value.then, unit, function, depth + 1)
        yield from _shown(value.otherwise, unit, function, depth + 1)
    elif isinstance(value, Dict):
        for pair in value.pairs:
            if not (isinstance(pair.key, Str) and _HANDED_ON.intersection(words(pair.key.value))):
                yield from _shown(pair.value, unit, function, depth + 1)
    elif isinstance(value, Items):
        for item in value.items:
            yield from _shown(item, unit, function, depth + 1)
    elif isinstance(value, Call):
        if last_name(value.callee) == "get" and is_secret(name_of(value)):
            yield value, unit
        elif last_name(value.callee) in _RENDERS:
            for arg in value.args:
                yield from _shown(arg.value, unit, function, depth + 1)
    elif isinstance(value, Name):
        yield from _of_variable(value, unit, function, depth)
    elif isinstance(value, (Attr, Index)):
        yield value, unit


def _of_variable(name: Name, unit: Unit, function: Function, depth: int) -> Iterator[tuple[Expr, Unit]]:
    found = inside.variables(function).get(name.id, ())
    if any(one.kind == "parameter" for one in found):
        return  # the model knows what it gave
    made = [
        shown
        for one in found
        if one.kind == "value" and isinstance(one.node, (Join, Dict, Binary, Choice, Call)) and not one.path
        for shown in _shown(one.node, one.unit, function, depth + 1)
    ]
    direct = any(one.kind == "value" and isinstance(one.node, (Call, Attr, Index, Await)) for one in found)
    if direct or (made and is_secret(name.id)):
        yield name, unit
    if not is_secret(name.id):  # else it is told of by its name
        yield from made
