"""What a request of OAuth has to repeat, and is compared only where it does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ..code import Attr, Call, Compare, Const, Expr, Function, If, Index, Logic, Name, Not, Raise, Return, Str
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, body, sites
from .values import from_request, is_nothing, missing, name_of, operands


@rule(
    "MCP464",
    severity=Severity.WARNING,
    references=("CWE-287", "CWE-601", "CWE-636", "MCP07:2025", "SAFE-T1507", "CoSAI MCP-T1"),
    words=("redirect_uri", "redirecturi", "verifier", "client_id", "clientid", "state", "client_secret", "clientsecret",
           "nonce"),
    bad='''
    from starlette.requests import Request

    from .store import codes, token_for


    async def token(request: Request) -> dict:
        form = await request.form()
        entry = codes.pop(form["code"])
        redirect_uri = form.get("redirect_uri")
        if redirect_uri and redirect_uri != entry.redirect_uri:
            #               ^^^^^^^^^^^^ `redirect_uri` is compared only where the request has one
            raise ValueError("invalid_grant")
        return token_for(entry)
    ''',
    good='''
    from starlette.requests import Request

    from .store import codes, token_for


    async def token(request: Request) -> dict:
        form = await request.form()
        entry = codes.pop(form["code"])
        redirect_uri = form.get("redirect_uri")
        if redirect_uri != entry.redirect_uri:
            raise ValueError("invalid_grant")
        return token_for(entry)
    ''',
    typescript=Example(
        bad="""
        import { tokenFor } from "./store.js";

        export async function callback(req, res) {
          const state = req.query.state;
          if (state && state !== req.session.oauthState) {
            //         ^^^^^ `state` is compared only where the request has one
            return res.status(400).send("unknown state");
          }
          return res.json(await tokenFor(req.query.code));
        }
        """,
        good="""
        import { tokenFor } from "./store.js";

        export async function callback(req, res) {
          const state = req.query.state;
          if (!state || state !== req.session.oauthState) {
            return res.status(400).send("unknown state");
          }
          return res.json(await tokenFor(req.query.code));
        }
        """,
    ),
)  # fmt: skip
def compared_only_where_given(passage: Passage) -> Iterator[Finding]:
    """What a request of an OAuth flow has to repeat is compared only where the request has it.

    Whoever asks decides what to send: somebody with a stolen code leaves `redirect_uri` or `code_verifier` out, and a
    link that signs a victim in as somebody else has no `state`. Nothing is compared then, and they are let in.

    Refuse a request in which it is missing, at least where something was kept to compare it with.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(If):
        node = site.node
        assert isinstance(node, If)
        for given, compared in _only_where(node):
            name = name_of(given)
            kept = _other_side(compared, given)
            if kept is None or not _repeated(name, kept) or not _brought(given, kept, site.function):
                continue
            if _of_oauth(site) and _refuses(node, site) and not _asked_for(name, node, site):
                loud = _KINDS[_kind(name)]
                at = _side(compared, given)
                said = f"`{name}` is compared only where the request has one"
                yield Finding(passage.at(site.unit, at), said, detail=name, severity=loud)


def _only_where(node: If) -> Iterator[tuple[Expr, Expr]]:
    """``if given and given != kept``, ``if given: if given != kept``"""
    inner = node.then[0] if len(node.then) == 1 else None
    if isinstance(inner, If) and not node.otherwise:
        both = [node.test, inner.test]
    elif isinstance(node.test, Logic) and node.test.op == "and":
        both = list(operands(node.test))
    else:
        return
    for given, compared in itertools.pairwise(both):
        there = _there(given)
        if there is not None and _unequal(compared) and _side(compared, there) is not None:
            yield there, compared


def _there(test: Expr) -> Expr | None:
    """What is asked to be there: ``state``, ``state is not None``, ``state !== undefined``."""
    if isinstance(test, Compare) and test.op in ("is not", "!=", "!=="):
        return test.left if is_nothing(test.right) else None
    return test if isinstance(test, (Name, Attr, Index)) else None


_EQUAL = frozenset(("timingSafeEqual", "compare_digest", "safeEqual", "safeCompare", "constantTimeEqual"))


def _unequal(test: Expr) -> bool:
    if isinstance(test, Not):
        return isinstance(test.value, Call) and name_of(test.value.callee) in _EQUAL
    return isinstance(test, Compare) and test.op in ("!=", "!==")


def _sides(compared: Expr) -> list[Expr]:
    if isinstance(compared, Compare):
        return [compared.left, compared.right]
    call = compared.value if isinstance(compared, Not) else compared
    return [arg.value for arg in call.args[:2]] if isinstance(call, Call) else []


def _side(compared: Expr, given: Expr) -> Expr | None:
    """The side of a comparison on which what is given stands, as it is or in what is made of it."""
    name = name_of(given)
    for side in _sides(compared):
        if name_of(side) == name and type(side) is type(given):
            return side
    for side in _sides(compared):
        if isinstance(side, Call) and any(name_of(arg.value) == name for arg in side.args):
            return side
    return None


def _other_side(compared: Expr, given: Expr) -> Expr | None:
    here = _side(compared, given)
    others = [side for side in _sides(compared) if side is not here]
    return others[0] if len(others) == 1 and not isinstance(others[0], (Str, Const)) else None


_KINDS = {
    "redirect": Severity.INFORMATION,  # OAuth 2.1 no longer asks for it where there is a challenge
    "client": Severity.INFORMATION,  # it may stand in another place of the request
    "nonce": Severity.INFORMATION,
    "secret": Severity.INFORMATION,  # a client may have none
    "verifier": None,
    "state": None,
}


def _kind(name: str) -> str:
    said = words(name)
    if said[-2:] in (("redirect", "uri"), ("redirect", "url")):
        return "redirect"
    if said[-2:] in (("client", "id"), ("client", "secret")):
        return {"id": "client", "secret": "secret"}[said[-1]]
    return said[-1] if said[-1:] in (("verifier",), ("nonce",), ("state",)) else ""


def _repeated(name: str, kept: Expr) -> bool:
    """Whether what is kept is of the same kind by its name."""
    kind = _kind(name)
    there = name_of(kept)
    if kind == "verifier":
        return not {"challenge", "verifier"}.isdisjoint(words(there))
    return bool(kind) and _kind(there) == kind


_KEPT = frozenset(("expected", "stored", "saved", "original", "session", "cookie", "pending", "registered", "known"))


def _brought(given: Expr, kept: Expr, function: Function | None) -> bool:
    """Whether the one is what a request has, and the other what was kept of an earlier one."""
    if isinstance(kept, (Attr, Index)) and isinstance(given, Name):
        return not from_request(kept, function) or not _KEPT.isdisjoint(words(name_of(getattr(kept, "value", None))))
    if isinstance(kept, Name) and not _KEPT.isdisjoint(words(kept.id)):
        return True
    return from_request(given, function) and not from_request(kept, function)


_OAUTH = pattern(
    r"(?i)oauth|authoriz|callback|csrf|redirect_?ur[il]|invalid_(?:grant|request|state|client)|exchange|challenge|\bgrant"
)


def _of_oauth(site: Site) -> bool:
    """Whether a function is about signing in: issues have a state and customers are clients as well."""
    return site.function is not None and _OAUTH.search(site.function.text) is not None


def _refuses(node: If, site: Site) -> bool:
    return any(sites(node.then, site.unit, site.function, functions=False, kinds=(Raise, Return)))


def _asked_for(name: str, node: If, site: Site) -> bool:
    """Whether the function refuses a request without it as well: ``if not state: raise``, ``if (!code || !state)``."""
    for other in body(site.function, If) if site.function is not None else ():
        asked = other.node
        if isinstance(asked, If) and asked is not node:
            if any(name_of(missing(part)) == name for part in operands(asked.test)):
                return True
    return False
