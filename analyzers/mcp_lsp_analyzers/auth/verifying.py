"""What becomes of a token in a function that is there to verify it."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import (
    Assign,
    Attr,
    Call,
    Compare,
    Const,
    Define,
    Expr,
    Function,
    If,
    Index,
    Lambda,
    Match,
    Name,
    Not,
    Pair,
    Raise,
    Return,
    Str,
    Unit,
    flat,
    last_name,
    last_of,
)
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..place import Anchor, Span
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, sites
from .values import name_of


@rule(
    "MCP449",
    severity=Severity.WARNING,
    references=("CWE-287", "CWE-306", "MCP07:2025", "ASI03:2026", "CoSAI MCP-T1"),
    words=("verify", "load_access_token"),
    bad="""
    from mcp.server.auth.provider import AccessToken, TokenVerifier


    class Verifier(TokenVerifier):
        async def verify_token(self, token: str) -> AccessToken | None:
    #             ^^^^^^^^^^^^ every token is taken: nothing looks at `token`
            return AccessToken(token=token, client_id="notes", scopes=["notes"])
    """,
    good="""
    import hmac
    import os

    from mcp.server.auth.provider import AccessToken, TokenVerifier


    class Verifier(TokenVerifier):
        async def verify_token(self, token: str) -> AccessToken | None:
            if not hmac.compare_digest(token, os.environ["NOTES_TOKEN"]):
                return None
            return AccessToken(token=token, client_id="notes", scopes=["notes"])
    """,
    typescript=Example(
        bad="""
        import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";

        const verifier = {
          verifyAccessToken: async (token) => ({ token, clientId: "notes", scopes: ["notes"] }),
        //^^^^^^^^^^^^^^^^^ every token is taken: nothing looks at `token`
        };
        app.use("/mcp", requireBearerAuth({ verifier }));
        """,
        good="""
        import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";

        const verifier = {
          verifyAccessToken: async (token) => ({ ...(await introspect(token)), token }),
        };
        app.use("/mcp", requireBearerAuth({ verifier }));
        """,
    ),
)
def every_token_accepted(passage: Passage) -> Iterator[Finding]:
    """A verifier of tokens takes every token.

    It answers who is calling and what they may without having looked at what it was given: any text opens the server,
    and the middleware around it makes it look as if callers were asked.

    Compare the token with one that was handed out, check its signature, issuer and audience, or ask the login service
    (introspection). Where it must not be trusted, give `None` (Python) or throw `InvalidTokenError` (TypeScript).
    """
    for function, token, name, unit in verifiers(passage):
        if _answers(function) and followed(passage, function, token) == ():
            said = f"every token is taken: nothing looks at `{token}`"
            yield Finding(passage.place(unit, name.start, name.end), said, detail=token)


_VERIFIERS = frozenset("verify_token verify_access_token load_access_token verifyAccessToken verifyToken".split())  # noqa: SIM905
"""Under these names SDKs ask whose a token is."""


def verifiers(passage: Passage) -> Iterator[tuple[Function, str, Span, Unit]]:
    """Functions that SDKs ask whose a token is, with their parameter for it and the place of their name."""
    for function, name, unit in _named_so(passage):
        token = _token(function)
        if token:
            yield function, token, name, unit


def _named_so(passage: Passage) -> Iterator[tuple[Function, Span, Unit]]:
    for site in passage.of(Define, Pair, Assign):
        node = site.node
        if isinstance(node, Define):
            function, start = node.function, node.function.name_start
            if function.name in _VERIFIERS:
                yield function, Span(start, start + len(function.name)), site.unit
            continue
        assert isinstance(node, (Pair, Assign))
        held = node.key if isinstance(node, Pair) else node.target
        name = held.value if isinstance(held, Str) else name_of(held)
        if held is not None and name in _VERIFIERS and isinstance(node.value, Lambda):
            yield node.value.function, Span(held.start, held.end), site.unit


def _token(function: Function) -> str:
    """The parameter that is the token; "" where somebody says that the function is not meant for those who ask."""
    around = (function.name, function.cls.name if function.cls else "", function.parent.name if function.parent else "")
    if any(not _NOT_MEANT.isdisjoint(words(name)) for name in around):
        return ""
    return next((param.name for param in function.params if "token" in words(param.name)), "")


_NOT_MEANT = frozenset("test mock fake dummy stub debug dev development noop demo sample anonymous insecure".split())  # noqa: SIM905


def _answers(function: Function) -> bool:
    """Whether it ever says whose a token is."""
    found = sites(function.body, function.unit, function, functions=False, kinds=(Return,))
    given = [site.node.value for site in found if isinstance(site.node, Return)]
    return any(value is not None and not isinstance(value, Const) for value in given)


def followed(passage: Passage, function: Function, token: str) -> tuple[Expr, ...] | None:
    """What decodes a token without a key, where nothing in the function looks at it that may refuse it; else ``None``.
    What claims say of themselves refuses nobody: whoever writes a token writes them."""
    own, claims, decoded = {token}, set[str](), list[Expr]()
    for site in sites(function.body, function.unit, function):
        node = site.node
        if isinstance(node, Assign) and node.value is not None:
            into, names = _names(node.target), _names(node.value)
            if names & claims or (names & own and any(_decodes(one) for one in _calls(node.value))):
                claims |= into
            elif names & own:
                own |= into
        elif isinstance(node, Compare):
            sides = (node.left, node.right)
            if any(_is(side, own) for side in sides) and not any(_empty(side) for side in sides):
                return None
        elif isinstance(node, Index) and _names(node.index) & own and not _names(node.value) & own:
            return None
        elif isinstance(node, Match) and _is(node.subject, own):
            return None
        elif isinstance(node, Call):
            given, name = _names([arg.value for arg in node.args]), passage.word(node.callee)
            if _decodes(node):
                decoded += [node.callee] if (given | _names(node.callee)) & (own | claims) else []
            elif given & own and name not in _TAKES and _TELLS.isdisjoint(words(name)):
                return None
            elif _names(node.callee) & own and name not in _FORMS:
                return None
            elif given & claims and not _CHECKS.isdisjoint(words(name)):
                return None
    return tuple(decoded)


def _names(expr: object) -> set[str]:
    found = sites(expr, _NOWHERE, kinds=(Name,))
    return {site.node.id for site in found if isinstance(site.node, Name)}


def _calls(expr: Expr) -> list[Call]:
    return [site.node for site in sites(expr, _NOWHERE, kinds=(Call,)) if isinstance(site.node, Call)]


_NOWHERE = Unit("", Anchor())


def _decodes(call: Call) -> bool:
    """``base64.urlsafe_b64decode``, ``atob``, ``Buffer.from(…, "base64url")``"""
    name, form = name_of(call.callee), call.positional(1)
    if name == "from":
        return isinstance(form, Str) and form.value.startswith("base64")
    return name in ("b64decode", "urlsafe_b64decode", "atob", "base64url_decode")


def _is(side: Expr, own: set[str]) -> bool:
    """The text itself, and not how long it is, say."""
    while isinstance(side, Call) and isinstance(side.callee, Attr) and side.callee.name in ("strip", "trim"):
        side = side.callee.value
    return isinstance(side, Name) and side.id in own


def _empty(side: Expr) -> bool:
    return isinstance(side, Const) or (isinstance(side, Str) and not side.value)


_FORMS = frozenset(
    "split rsplit partition rpartition strip lstrip rstrip trim startswith startsWith endsWith endswith removeprefix "  # noqa: SIM905
    "replace slice substring toString encode decode padEnd ljust count at".split()
)
"""Methods of a text after which it is as good as before."""
_TAKES = frozenset("str String len bool Boolean isinstance loads parse AccessToken AuthInfo dict list".split())  # noqa: SIM905
_TELLS = frozenset("log debug info warn warning error print exception trace".split())  # noqa: SIM905
_CHECKS = frozenset(
    "verify verifies validate check hmac digest sign signature compare equal decrypt introspect authenticate".split()  # noqa: SIM905
)


def introspected(passage: Passage) -> Iterator[Site]:
    """Where a function refuses tokens of which a login service says that they hold no longer, and nothing in the
    declaration looks at whom they were issued for."""
    if _FOR_WHOM.search(passage.unit.key) is not None:
        return
    for site in passage.of(If):
        node = site.node
        assert isinstance(node, If)
        function = site.function
        if not isinstance(node.test, Not) or function is None or not node.then:
            continue
        if not isinstance(last_of(node.then), (Raise, Return)) or not _says_active(node.test.value):
            continue
        if "introspect" in function.text.lower():
            yield Site(node.test.value, site.unit, function)


_FOR_WHOM = pattern(r"(?i)\baud\b|audience|resource_?server|allowed_?clients|\bresource\b")


def _says_active(value: Expr) -> bool:
    """``answer["active"]``, ``answer.active``, ``answer.get("active")``"""
    return name_of(value) == "active"


def checked_before(call: Call, site: Site) -> bool:
    """Whether the token went through a check of another function before, and who did not pass it was sent away:
    ``ok, why = await provider.authenticate(token)``, ``if not ok: return None``."""
    token = call.positional(0)
    if not isinstance(token, Name) or site.function is None:
        return False
    answers: set[str] = set()
    for one in sites(site.function.body, site.unit, site.function, functions=False, kinds=(Assign, If)):
        node = one.node
        if node.start >= call.start:  # type: ignore[attr-defined]
            continue
        if isinstance(node, Assign) and _checks(node.value, token.id):
            answers |= _names(node.target)
        elif isinstance(node, If) and any(isinstance(s, (Return, Raise)) for s, _ in flat(node.then)):
            if not answers.isdisjoint(_names(node.test)) or _checks(node.test, token.id):
                return True
    return False


_AUTHENTICATES = frozenset(("authenticate", "verify", "validate"))


def _checks(value: Expr | None, token: str) -> bool:
    return any(
        not _AUTHENTICATES.isdisjoint(words(last_name(call.callee)))
        and any(token in _names(arg.value) for arg in call.args)
        for call in (_calls(value) if value is not None else ())
    )
