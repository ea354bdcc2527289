"""Sessions that are begun under an id that whoever asks has thought of."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Choice, Expr, Function, Index, Lambda, Logic, Name, Pair, Return, Str
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, body
from .values import from_request, name_of, origins


@rule(
    "MCP466",
    severity=Severity.INFORMATION,
    references=("CWE-384", "CWE-284", "MCP07:2025", "CoSAI MCP-T1"),
    words=("session",),
    bad="""
    import uuid

    from starlette.requests import Request

    from .sessions import Session, sessions


    async def session_of(request: Request) -> Session:
        asked = request.headers.get("mcp-session-id")
        if asked in sessions:
            return sessions[asked]
        session_id = asked or str(uuid.uuid4())
        #            ^^^^^ a session is begun under the id that the request names
        sessions[session_id] = Session(session_id)
        return sessions[session_id]
    """,
    good="""
    import uuid

    from starlette.requests import Request

    from .sessions import Session, sessions


    async def session_of(request: Request) -> Session:
        asked = request.headers.get("mcp-session-id")
        if asked in sessions:
            return sessions[asked]
        session_id = str(uuid.uuid4())
        sessions[session_id] = Session(session_id)
        return sessions[session_id]
    """,
    typescript=Example(
        bad="""
        import { randomUUID } from "node:crypto";
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

        export function begin(req, allowedHosts: string[]) {
          return new StreamableHTTPServerTransport({
            sessionIdGenerator: () => req.headers["mcp-session-id"] ?? randomUUID(),
            //                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a session is begun under the id that the request …
            enableDnsRebindingProtection: true,
            allowedHosts,
          });
        }
        """,
        good="""
        import { randomUUID } from "node:crypto";
        import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

        export function begin(allowedHosts: string[]) {
          return new StreamableHTTPServerTransport({
            sessionIdGenerator: () => randomUUID(),
            enableDnsRebindingProtection: true,
            allowedHosts,
          });
        }
        """,
    ),
)
def session_id_chosen_by_the_caller(passage: Passage) -> Iterator[Finding]:
    """A session is begun under an id that the request brings, where none of that id is known.

    Whoever makes somebody else's client send an id of their choosing knows the session that the other one works in
    (session fixation): they can go on in it, read what it is answered, or end it.

    Make the id here, from a generator that cannot be foreseen, and answer 404 to an id that is not known.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Assign, Pair, Call):
        for asked, made in _either(site):
            if _new(made, passage) and _chosen(asked, site, passage):
                yield Finding(
                    passage.at(site.unit, asked),
                    "a session is begun under the id that the request names",
                    detail=name_of(asked),
                )


def _either(site: Site) -> Iterator[tuple[Expr, Expr]]:
    """``session_id = asked or new()``, ``{ sessionIdGenerator: () => asked ?? new() }``, ``Session(asked or new())``"""
    node = site.node
    held: list[tuple[str, Expr | None]] = []
    if isinstance(node, Assign):
        held = [(name_of(node.target), node.value)]
    elif isinstance(node, Pair):
        key = node.key.value if isinstance(node.key, Str) else name_of(node.key)
        held = [(key, _answered(node.value))]
    elif isinstance(node, Call):
        held = [(arg.name or name_of(node.callee), _answered(arg.value)) for arg in node.args]
    for name, value in held:
        if "session" not in words(name) and "sid" not in words(name):
            continue
        if isinstance(value, Logic) and value.op in ("or", "??"):
            yield value.left, value.right
        elif isinstance(value, Choice) and name_of(value.then) == name_of(value.test):
            yield value.then, value.otherwise


def _answered(value: Expr) -> Expr:
    """What a function without statements answers."""
    if isinstance(value, Lambda):
        last = value.function.body[0] if len(value.function.body) == 1 else None
        if isinstance(last, Return) and last.value is not None:
            return last.value
    return value


_MAKE = frozenset(
    ("uuid4", "uuid", "uuidv4", "randomUUID", "token_hex", "token_urlsafe", "nanoid", "randomBytes", "v4")
)


def _new(value: Expr, passage: Passage) -> bool:
    while isinstance(value, (Call, Attr)):
        if isinstance(value, Attr):
            value = value.value
            continue
        if passage.word(value.callee) in _MAKE:
            return True
        value = value.args[0].value if value.args and not isinstance(value.callee, Attr) else value.callee
    return False


def _chosen(asked: Expr, site: Site, passage: Passage) -> bool:
    """Whether it is the id that a request names as its session: of the header, or what is first looked for among the
    sessions, where the file asks callers who they are."""
    for one in origins(asked, site.function):
        if name_of(one).lower() == "mcp-session-id" or (
            isinstance(one, (Attr, Index, Call)) and from_request(one, site.function) and _of_session(name_of(one))
        ):
            return True
    if not isinstance(asked, Name) or not _of_session(asked.id) or site.function is None:
        return False
    given = any(param.name == asked.id for param in site.function.params)
    return given and passage.about.asks and _looked_for(asked, site.function)


def _of_session(name: str) -> bool:
    said = words(name)
    return "session" in said or said == ("sid",)


def _looked_for(asked: Name, function: Function) -> bool:
    """``sessions.get(session_id)``, ``sessions[session_id]``, before one is begun."""
    for site in body(function, Call, Index):
        node = site.node
        base: Expr | None = None
        key: Expr | None = None
        if isinstance(node, Index):
            base, key = node.value, node.index
        elif isinstance(node, Call) and isinstance(node.callee, Attr):
            base, key = node.callee.value, node.positional(0)
        if isinstance(key, Name) and key.id == asked.id and key.start < asked.start:
            if not {"sessions", "transports"}.isdisjoint(words(name_of(base))):
                return True
    return False
