"""Whose a session is that a request names."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Compare, Const, Expr, Function, Index, Name, Str, last_name
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Related, Severity, rule
from ..testing import named_as_test
from .values import name_of, origins


@rule(
    "MCP458",
    severity=Severity.INFORMATION,
    references=("CWE-863", "CWE-639", "CWE-287", "MCP07:2025", "CoSAI MCP-T1"),
    words=("mcp-session-id",),
    bad="""
    from starlette.requests import Request

    from .callers import caller
    from .transports import transports


    async def answer(request: Request):
        who = caller(request.headers.get("authorization"))
        session_id = request.headers.get("mcp-session-id")
        transport = transports.get(session_id)
        #           ^^^^^^^^^^^^^^^^^^^^^^^^^^ a session is whose caller knows its id, whoever began it
        return await transport.handle_request(request.scope, request.receive, who)
    """,
    good="""
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

    from .callers import caller
    from .transports import transports


    async def answer(request: Request):
        who = caller(request.headers.get("authorization"))
        session_id = request.headers.get("mcp-session-id")
        session = transports.get(session_id)
        if session.owner != who:
            raise HTTPException(404)
        return await session.transport.handle_request(request.scope, request.receive, who)
    """,
    typescript=Example(
        bad="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { caller } from "./callers.js";
        import { transports } from "./transports.js";

        export async function answer(req, res) {
          const who = await caller(req.headers.authorization);
          const sessionId = req.headers["mcp-session-id"];
          const transport = transports[sessionId];
          //                ^^^^^^^^^^^^^^^^^^^^^ a session is whose caller knows its id, whoever began it
          await transport.handleRequest(req, res, { who });
        }
        """,
        good="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
        import { caller } from "./callers.js";
        import { sessions } from "./sessions.js";

        export async function answer(req, res) {
          const who = await caller(req.headers.authorization);
          const session = sessions[req.headers["mcp-session-id"]];
          if (session.owner !== who) {
            res.status(404).end();
            return;
          }
          await session.transport.handleRequest(req, res, { who });
        }
        """,
    ),
)
def session_of_whoever_names_it(passage: Passage) -> Iterator[Finding]:
    """Callers are told apart, and a session is given to whoever names it.

    Ids of sessions stand in logs, in proxies and in what clients show. Whoever learns one goes on in somebody else's
    session with a token of their own, or ends it: the server answers with what the other one was let see. The
    specification says that servers MUST NOT use sessions for authentication and SHOULD bind them to a user.

    Keep with each session who began it (the subject of the token, or a digest of it), and answer 404 to anybody else.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    found = [
        site
        for site in passage.of(Assign)
        if site.function is not None
        and _looked_up(site.node.value, site.function)  # type: ignore[attr-defined]
        and (passage.about.asks or _CALLER.search(site.function.text) is not None)
    ]
    if not found or _begun_by_somebody(passage):
        return
    places = [passage.at(site.unit, site.node.value) for site in found]  # type: ignore[attr-defined]
    yield Finding(
        places[0],
        "a session is whose caller knows its id, whoever began it",
        related=tuple(Related(place, "and here") for place in places[1:]),
        detail=name_of(found[0].node.target),  # type: ignore[attr-defined]
    )


_CALLER = pattern(r"authorization|bearer|access_?token|req(?:uest)?\.auth\b", flags=2)
_OWNED = pattern(
    r"owner|\w(?:hash|digest|fingerprint)\b|user_?id|\bsub\b|subject|client_?id|tenant|principal|identity|\.user\b",
    flags=2,
)
"""Words of what a session is bound to."""
_CHECKS = pattern(
    r"own(?:s|ed|er|ership)\b|_?owner|belongs|mismatch|principal|identity|(?:same|match(?:es)?)_?(?:user|client|caller|token)",
    flags=2,
)
"""Words of functions that ask whose a session is."""
_EQUAL = frozenset(("timingSafeEqual", "compare_digest", "timing_safe_equal", "safeEqual", "constantTimeEqual"))


def _begun_by_somebody(passage: Passage) -> bool:
    """Whether who asks is compared with who began the session, here or in what is called."""
    for site in passage.of(Compare, Call):
        node = site.node
        assert isinstance(node, (Compare, Call))
        written = site.unit.key[node.start : node.end]
        if isinstance(node, Call):
            name = last_name(node.callee)
            if _CHECKS.search(name) is not None or (name in _EQUAL and _OWNED.search(written) is not None):
                return True
        elif _OWNED.search(written) is not None and not any(
            isinstance(side, (Str, Const)) for side in (node.left, node.right)
        ):
            return True
    return False


_ANSWERS = pattern(r"\bhandle_?(?:request|post_?message)\b", flags=2)
_KEPT = frozenset(("session", "sessions", "transport", "transports"))
_OF_CLIENTS = _KEPT | frozenset(
    ("active", "open", "live", "known", "connected", "current", "all", "http", "mcp", "sse", "stream", "streamable",
     "client", "server", "user", "legacy")
)  # fmt: skip


def _looked_up(value: Expr | None, function: Function) -> bool:
    """``transports[sessionId]``, ``sessions.get(request.headers["mcp-session-id"])``"""
    for one in origins(value, function):
        if isinstance(one, Index):
            base, key = one.value, one.index
        elif isinstance(one, Call) and isinstance(one.callee, Attr) and one.callee.name == "get" and one.args:
            base, key = one.callee.value, one.args[0].value
        else:
            continue
        if (
            isinstance(base, (Name, Attr))
            and _holds_sessions(base, function)
            and any(name_of(given).lower() == "mcp-session-id" for given in origins(key, function))
        ):
            return True
    return False


def _holds_sessions(base: Expr, function: Function) -> bool:
    """By its name, or where the function has a transport answer. What else is known of a session by its id is none:
    when it was last seen, what is counted of it."""
    said = words(name_of(base))
    if _KEPT.isdisjoint(said):
        return _ANSWERS.search(function.text) is not None
    return said[-1] in _KEPT and _OF_CLIENTS.issuperset(said)
