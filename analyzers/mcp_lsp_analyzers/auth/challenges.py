"""Requests for an authorization code: whoever sees the code on its way must not be able to use it."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Call, Dict, Join, Str, Unit
from ..passage import Passage
from ..pattern import pattern
from ..place import Place
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test

_ASKED = pattern(r"[?&]response_type=code(?![\w+%])")


@rule(
    "MCP431",
    severity=Severity.INFORMATION,
    references=("CWE-345", "MCP07:2025", "ASI03:2026", "SAFE-T1408", "CoSAI MCP-T1", "MCTS-T-1047"),
    words=("response_type", "code_challenge", "client_id"),
    bad="""
    from urllib.parse import urlencode

    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")


    def login(state: str) -> str:
        asked = {"client_id": "notes", "response_type": "code", "state": state}
        #                              ^^^^^^^^^^^^^^^^^^^^^^^ the code that is asked for has no challenge: whoever …
        return "https://login.example.com/authorize?" + urlencode(asked)
    """,
    good="""
    from urllib.parse import urlencode

    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")


    def login(state: str, challenge: str) -> str:
        asked = {"client_id": "notes", "response_type": "code", "state": state}
        proof = {"code_challenge": challenge, "code_challenge_method": "S256"}
        return "https://login.example.com/authorize?" + urlencode({**asked, **proof})
    """,
    typescript=Example(
        bad="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

        export const server = new McpServer({ name: "notes", version: "1.0.0" });

        export function login(state: string): string {
          return `https://login.example.com/authorize?client_id=notes&response_type=code&state=${state}`;
          //                                                         ^^^^^^^^^^^^^^^^^^^ the code that is asked for …
        }
        """,
        good="""
        import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

        export const server = new McpServer({ name: "notes", version: "1.0.0" });

        export function login(state: string, challenge: string): string {
          const url = new URL("https://login.example.com/authorize?client_id=notes&response_type=code");
          url.searchParams.set("state", state);
          url.searchParams.set("code_challenge", challenge);
          url.searchParams.set("code_challenge_method", "S256");
          return url.href;
        }
        """,
    ),
)
def code_without_challenge(passage: Passage) -> Iterator[Finding]:
    """An authorization code is asked for without a challenge (PKCE).

    The code comes back in an address that browsers, histories and other apps on the computer can see. With PKCE it is
    worth nothing without the verifier that only the asking program knows; MCP's authorization demands it of clients,
    and OAuth 2.1 of everyone, also of programs that have a secret.

    Make a random verifier for each request, send its SHA-256 as `code_challenge` with `code_challenge_method=S256`, and
    the verifier with the code (RFC 7636).
    """
    known = passage.words
    if "response_type" not in known or "client_id" not in known or "code_challenge" in known:
        return
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for place in _asked(passage):
        yield Finding(place, "the code that is asked for has no challenge: whoever sees it can use it (PKCE)")
        return  # a second way to write the same request


def _asked(passage: Passage) -> Iterator[Place]:
    for site in passage.of(Dict, Call, Join, Assign):
        node = site.node
        if isinstance(node, Dict):
            spread = any(pair.key is None for pair in node.pairs)  # the challenge may be in there
            for pair in node.pairs if not spread else ():
                if _is(pair.key, "response_type") and _is(pair.value, "code"):
                    yield passage.at(site.unit, pair)
        elif isinstance(node, Join):
            for part in node.parts:
                yield from _within(passage, site.unit, part)
        elif isinstance(node, Call):
            values = [arg.value for arg in node.args]
            if len(values) == 2 and _is(values[0], "response_type") and _is(values[1], "code"):
                yield passage.place(site.unit, values[0].start, values[1].end)
            for arg in node.args:
                if arg.name == "response_type" and _is(arg.value, "code"):
                    yield passage.at(site.unit, arg.value)
                yield from _within(passage, site.unit, arg.value)
        elif isinstance(node, Assign):
            yield from _within(passage, site.unit, node.value)


def _within(passage: Passage, unit: Unit, text: object) -> Iterator[Place]:
    if isinstance(text, Str):
        for match in _ASKED.finditer(text.value):
            for start, end, at, until in text.pieces:
                if start <= match.start() and match.end() <= end and end - start == until - at:
                    yield passage.place(unit, at + match.start() - start, at + match.end() - start)


def _is(node: object, value: str) -> bool:
    return isinstance(node, Str) and node.value == value
