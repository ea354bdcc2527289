"""Where an authorization server sends its codes: the addresses that clients ask for, and which of them it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from ..code import (
    Assign,
    Attr,
    Call,
    Compare,
    Define,
    Expr,
    Function,
    Index,
    Items,
    Lambda,
    Name,
    Pair,
    Return,
    Spread,
    Str,
    Unit,
    last_name,
)
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, body, sites
from .values import from_request, is_parameter, name_of, origins, parameter


@rule(
    "MCP438",
    severity=Severity.INFORMATION,
    references=("CWE-601", "CWE-863", "MCP07:2025", "SAFE-T1507", "CoSAI MCP-T1"),
    words=("redirect_uri", "redirecturi"),
    bad="""
    from starlette.requests import Request


    class Authorization:
        async def authorize(self, request: Request) -> str:
            asked = request.query_params
            redirect_uri = asked["redirect_uri"]
            #              ^^^^^^^^^^^^^^^^^^^^^ nothing here says that `redirect_uri` is one that the client registered
            code = self.remember(asked["client_id"], asked["code_challenge"])
            return f"{redirect_uri}?code={code}"
    """,
    good="""
    from starlette.requests import Request


    class Authorization:
        async def authorize(self, request: Request) -> str:
            asked = request.query_params
            redirect_uri = asked["redirect_uri"]
            if redirect_uri not in self.client(asked["client_id"]).redirect_uris:
                raise ValueError("not registered")
            code = self.remember(asked["client_id"], asked["code_challenge"])
            return f"{redirect_uri}?code={code}"
    """,
    typescript=Example(
        bad="""
        export class Authorization {
          parse(request: Request) {
            const asked = new URL(request.url).searchParams;
            const redirectUri = asked.get("redirect_uri") ?? "";
            //                  ^^^^^^^^^^^^^^^^^^^^^^^^^ nothing here says that `redirect_uri` is one that …
            return { clientId: asked.get("client_id"), challenge: asked.get("code_challenge"), redirectUri };
          }
        }
        """,
        good="""
        export class Authorization {
          async parse(request: Request) {
            const asked = new URL(request.url).searchParams;
            const redirectUri = asked.get("redirect_uri") ?? "";
            const client = await this.client(asked.get("client_id"));
            if (!client.redirectUris.includes(redirectUri)) {
              throw new Error("not registered");
            }
            return { clientId: asked.get("client_id"), challenge: asked.get("code_challenge"), redirectUri };
          }
        }
        """,
    ),
)
def return_address_of_nobody(passage: Passage) -> Iterator[Finding]:
    """An authorization request is taken with whatever address the answer shall go to.

    The code goes where `redirect_uri` says. A link with somebody else's address there hands them the code, and with it
    the account, of whoever follows it and presses "Allow" (CVE-2025-4143).

    Look the client up, and refuse every address that is not exactly one of those it registered, where the request is
    read as well as where it is answered. Where clients may register what they like, `https://*` admits anybody's host,
    and an address that is added to the registered ones when it is asked for is anybody's as well.
    """
    if not passage.about.mcp:
        return
    for site in passage.of(Pair, Assign, Call):
        for value in _admitted(site.node):
            said = f"`{value.value}` lets the answer go to any host"
            yield Finding(passage.at(site.unit, value), said, detail="any")
    functions: list[Function] = [site.node.function for site in passage.of(Define, Lambda)]  # type: ignore[attr-defined]
    for function in functions:
        for node, unit in (*_added(function), *_let_through(function)):
            said = f"`{name_of(node)}` becomes one of the addresses that a client registered, whatever it is"
            yield Finding(passage.at(unit, node), said, detail="added")
    taking = [function for function in functions if _authorizes(function)]
    asking = [[site for site in body(function) if _asked_for(site.node, function)] for function in taking]
    looked = [_looked_at(function) for function in taking]
    helping = {
        name
        for function, asked, seen in zip(taking, asking, looked, strict=True)
        if asked or seen
        for name in _given_all(function)
    }
    for function, asked, seen in zip(taking, asking, looked, strict=True):
        if not asked or seen or function.name in helping or _sends_one(body(function)):
            continue
        first = min(asked, key=lambda one: one.node.start)  # type: ignore[attr-defined]
        said = f"nothing here says that `{_key(first.node)}` is one that the client registered"
        yield Finding(passage.at(first.unit, first.node), said, detail="redirect")


def _admitted(node: object) -> Iterator[Str]:
    """Addresses that stand for those of every host, among the ones to which answers may go:
    ``allowed_redirect_uris=["https://*"]``."""
    named: list[tuple[str, Expr | None]] = []
    if isinstance(node, Pair):
        named.append((node.key.value if isinstance(node.key, Str) else "", node.value))
    elif isinstance(node, Assign):
        named.append((name_of(node.target), node.value))
    elif isinstance(node, Call):
        named += [(arg.name, arg.value) for arg in node.args if arg.name]
    for name, value in named:
        if isinstance(value, Items) and {"redirect", "redirects"} & set(words(name)):
            yield from (one for one in value.items if isinstance(one, Str) and _ANYWHERE.fullmatch(one.value))


def _added(function: Function) -> Iterator[tuple[Name, Unit]]:
    """An address that a function is given, where it is added to those that a client registered before it was judged:
    ``client.redirect_uris.append(uri)``."""
    for site in body(function, Call, Assign):
        node = site.node
        if isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name in ("push", "append", "add"):
            kept, given = node.callee.value, node.positional(0)
        elif isinstance(node, Assign) and isinstance(node.value, Items) and node.value.items:
            kept, given = node.target, node.value.items[-1]
            if not any(isinstance(item, Spread) for item in node.value.items):
                continue
        else:
            continue
        while isinstance(given, Call) and given.args:
            given = given.args[0].value
        if not isinstance(given, Name) or not isinstance(kept, Attr) or words(kept.name) not in _REGISTERED:
            continue
        if parameter(given.id, function) is not None and not _judged(given.id, function):
            yield given, site.unit


_REGISTERED = (("redirect", "uris"), ("redirect", "urls"), ("redirect", "uri", "list"))


def _judged(name: str, function: Function) -> bool:
    """Whether what is called so is given to something that judges it. Whether it is there already says nothing."""
    return any(
        _CHECKS.search(name_of(site.node.callee)) is not None  # type: ignore[attr-defined]
        and any(_mentions(arg.value, {name}, site) for arg in site.node.args)  # type: ignore[attr-defined]
        for site in sites(function.body, function.unit, function, kinds=(Call,))
    )


def _let_through(function: Function) -> Iterator[tuple[Name, Unit]]:
    """What a client of the SDK answers when it is asked whether an address is one of its own, where that is the
    address itself."""
    if words(function.name) != ("validate", "redirect", "uri") or _looked_at(function):
        return
    for site in body(function, Return):
        assert isinstance(site.node, Return)
        value = site.node.value
        if isinstance(value, Name) and value.id in _URI and parameter(value.id, function) is not None:
            yield value, site.unit
            return


_ANYWHERE = pattern(r"(?:(?:https?|\*):/?/?)?\*(?::\*)?(?:/\*{0,2})?|\.\*|https\?://\.\*")


def _given_all(function: Function) -> Iterator[str]:
    """The functions that are given the whole request, and read in it what was looked at before."""
    for site in body(function):
        if isinstance(site.node, Call) and any(_whole(arg.value, function) for arg in site.node.args):
            yield name_of(site.node.callee)


_URI = frozenset(("redirect_uri", "redirectUri"))
_OTHERS = frozenset(("response_type", "responseType", "code_challenge", "codeChallenge"))
_CODES = frozenset(("code", "token", "exchange", "register", "registration", "client", "refresh"))
_COMPLETES = frozenset(("complete", "finish", "approve", "grant"))


def _authorizes(function: Function) -> bool:
    """Whether a function takes what a client asks of an authorization server: it reads more of such a request than
    the address, or completes one. What a provider of the SDK is given was looked at by its handler, with the client."""
    if any("client" in words(param.name) for param in function.params):
        return False
    said = set(words(function.name))
    if "authorization" in said and _COMPLETES & said:
        return True
    return not _CODES & said and any(_key(site.node) in _OTHERS for site in body(function))


def _key(node: object) -> str:
    """The name under which something is read from another thing."""
    if isinstance(node, Attr):
        return node.name
    if isinstance(node, Index) and isinstance(node.index, Str):
        return node.index.value
    if isinstance(node, Call) and last_name(node.callee) == "get":
        first = node.positional(0)
        return first.value if isinstance(first, Str) else ""
    return ""


def _asked_for(node: object, function: Function) -> bool:
    """Whether a node reads the address of an authorization request: out of an HTTP request, or out of what a function
    is given that has the other words of the protocol."""
    if _key(node) not in _URI:
        return False
    base: Expr = node.callee if isinstance(node, Call) else node  # type: ignore[assignment]
    if isinstance(base, Attr) and isinstance(node, Call) and from_request(base, function):
        return True
    said: set[str] = set()
    while isinstance(base, (Attr, Index)):
        base = base.value
        said.update(words(name_of(base)))
    if isinstance(base, Name):
        if parameter(base.id, function) is not None:
            return not {"config", "options", "settings"} & said or "request" in said
        return any(from_request(origin, function) for origin in origins(base, function))
    return False


_CHECKS = pattern(r"valid|check|verif|allow|regist|match|assert|ensure|same|equal", re.IGNORECASE)
_HOLDS = frozenset(("includes", "has", "some", "find", "get", "index", "count", "any"))


def _looked_at(function: Function) -> bool:
    """Whether the address is compared, looked for among others, or given to something that judges it; or the whole
    request is."""
    every = sites(function.body, function.unit, function)
    names = set(_URI)
    for site in every:
        if isinstance(site.node, Assign) and site.node.value is not None and _mentions(site.node.value, _URI, site):
            names.add(name_of(site.node.target))
    for site in every:
        node = site.node
        if isinstance(node, Compare) and not _empty(node):
            if any(_mentions(side, names, site) for side in (node.left, node.right)):
                return True
        elif isinstance(node, Call):
            name = name_of(node.callee)
            judges = _CHECKS.search(name) is not None
            if (judges or name in _HOLDS) and any(_mentions(arg.value, names, site) for arg in node.args):
                return True
            if judges and any(_whole(arg.value, function) for arg in node.args):
                return True
    return False


def _empty(node: Compare) -> bool:
    sides = (node.left, node.right)
    return any(isinstance(side, Str) or getattr(side, "value", 1) is None for side in sides)


def _mentions(expr: Expr, names: Set[str], site: Site) -> bool:
    for inner in sites(expr, site.unit, site.function):
        node = inner.node
        if (isinstance(node, Name) and node.id in names) or _key(node) in names:
            return True
    return False


def _whole(value: Expr, function: Function) -> bool:
    """Whether it is the request itself."""
    return is_parameter(value, function)


def _sends_one(inside: list[Site]) -> bool:
    """Whether the address is put into a request to another server: then this is a client."""
    for site in inside:
        node = site.node
        if isinstance(node, Call) and name_of(node.callee) in ("set", "append") and len(node.args) == 2:
            first = node.args[0].value
            if isinstance(first, Str) and first.value == "redirect_uri":
                return True
        if isinstance(node, Items) and len(node.items) == 2 and isinstance(node.items[0], Str):
            if node.items[0].value == "redirect_uri":
                return True
    return False
