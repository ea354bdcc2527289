"""How tokens are made and compared."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import (
    Assign,
    Attr,
    Await,
    Call,
    Compare,
    Const,
    Define,
    Expr,
    Lambda,
    Name,
    Pair,
    Return,
    Str,
)
from ..identifier import words
from ..passage import Passage
from ..place import Place
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Site, sites
from .values import from_request, is_secret, name_of, parameter, parts

_WEAK = frozenset(
    ("Math.random", "random.random", "random.randint", "random.choice", "random.choices", "random.getrandbits",
     "random.randrange", "random.sample", "random.uniform", "random.randbytes", "numpy.random.randint", "uuid.uuid1",
     "uuid.v1", "lodash.random")
)  # fmt: skip


@rule(
    "MCP405",
    severity=Severity.WARNING,
    references=("CWE-338", "CWE-330", "MCP07:2025", "CoSAI MCP-T1"),
    words=("random", "uuid1", "v1", "choice", "randint", "getrandbits", "randrange", "sample", "uniform", "randbytes"),
    bad="""
    import random
    import string


    def new_session_id() -> str:
        return "".join(random.choices(string.ascii_letters, k=32))
        #              ^^^^^^^^^^^^^^ `new_session_id` is made by `random.choices`, whose results can be foretold
    """,
    good="""
    import secrets


    def new_session_id() -> str:
        return secrets.token_urlsafe(32)
    """,
    typescript=Example(
        bad="""
        export function authorizeUrl(base: string) {
          const state = Math.random().toString(36).slice(2);
          //            ^^^^^^^^^^^ `state` is made by `Math.random`, whose results can be foretold
          return `${base}?state=${state}`;
        }
        """,
        good="""
        import { randomUUID } from "node:crypto";

        export function authorizeUrl(base: string) {
          const state = randomUUID();
          return `${base}?state=${state}`;
        }
        """,
    ),
)
def guessable_secret(passage: Passage) -> Iterator[Finding]:
    """A token, a session id or an OAuth state comes from a generator that can be foretold.

    `Math.random` and Python's `random` are made for simulations: whoever sees some of their results can compute the
    next ones, and with them take over a session or forge the answer of an OAuth flow. `uuid1` holds the time and the
    network address.

    Use `secrets` in Python; `crypto.randomUUID`, `crypto.randomBytes` or `crypto.getRandomValues` in JavaScript.
    """
    seen: set[Call] = set()
    found: dict[tuple[str, object, str], list[Place]] = {}
    for name, value, site in _made(passage):
        if not _must_be_secret(name, passage.unit.key) or _marks_a_process(value, site):
            continue
        for inner in _giving(value, site) if isinstance(site.node, Define) else sites(value, site.unit, site.function):
            call = inner.node
            if isinstance(call, Call) and call not in seen and passage.target(call, inner.function) in _WEAK:
                seen.add(call)
                target = passage.target(call, inner.function)
                found.setdefault((name, site.function, target), []).append(passage.at(inner.unit, call.callee))
    for (name, _, target), (first, *others) in found.items():  # one secret may be made of several calls
        said = f"`{name}` is made by `{target}`, whose results can be foretold"
        yield Finding(first, said, related=tuple(Related(each, "so is this part") for each in others), detail=name)


def _marks_a_process(value: object, site: Site) -> bool:
    """Whether the number of a process is part of it: that tells who holds a lock, and is secret to nobody."""
    return any(
        isinstance(each.node, Attr) and each.node.name in ("pid", "getpid")
        for each in sites(value, site.unit, site.function)
    )


def _giving(body: object, site: Site) -> list[Site]:
    """What stands in a function, without what it only sends to somebody whose answer it gives: the name under which a
    service is asked to make a token is no token."""
    found = sites(body, site.unit, site.function)
    sent: set[str] = set()
    for inner in found:
        if isinstance(inner.node, Await) and isinstance(inner.node.value, Call):
            sent.update(each.node.id for each in sites(inner.node.value, inner.unit) if isinstance(each.node, Name))
    if not sent:
        return found
    for _ in range(3):  # what the variables that are sent are made of
        for inner in found:
            if isinstance(inner.node, Assign) and name_of(inner.node.target) in sent and inner.node.value is not None:
                sent.update(each.node.id for each in sites(inner.node.value, inner.unit) if isinstance(each.node, Name))
    given = {
        each.node.id
        for inner in found
        if isinstance(inner.node, Return)
        for each in sites(inner.node.value, inner.unit)
        if isinstance(each.node, Name)
    }
    away: set[object] = set()
    for inner in found:
        if isinstance(inner.node, Assign) and name_of(inner.node.target) in sent - given:
            away.update(each.node for each in sites(inner.node.value, inner.unit))
    return [inner for inner in found if inner.node not in away]


def _made(passage: Passage) -> Iterator[tuple[str, object, Site]]:
    """Names, and what they are made of: variables, keys, keyword arguments, what a function of this name returns."""
    for site in passage.of(Assign, Pair, Define, Call):
        node = site.node
        if isinstance(node, Assign) and node.value is not None:
            yield name_of(node.target), node.value, site
            if isinstance(node.value, Lambda):
                yield name_of(node.target), node.value.function.body, site
        elif isinstance(node, Pair) and isinstance(node.key, Str):
            yield node.key.value, node.value, site
        elif isinstance(node, Define):
            yield node.function.name, node.function.body, site._replace(function=node.function)
        elif isinstance(node, Call):
            for arg in node.args:
                if arg.name:
                    yield arg.name, arg.value, site


def _must_be_secret(name: str, text: str) -> bool:
    said = words(name)
    if not said or not {
        "max",
        "num",
        "count",
        "tokens",
        "delay",
        "jitter",
        "color",
        "mock",
        "fake",
        "random",
    }.isdisjoint(said):
        return False
    if said in (("state",), ("nonce",)):
        return any(word in text.lower() for word in ("oauth", "authoriz", "redirect"))
    if said in (("oauth", "state"), ("auth", "state"), ("sid",), ("otp",)):
        return True
    together = "".join(said)
    return (
        is_secret(name)
        or "sessionid" in together
        or "sessiontoken" in together
        or "verifier" in said
        or said[-2:] in (("auth", "code"), ("authorization", "code"), ("client", "secret"), ("csrf", "token"))
        or together in ("generatetoken", "createtoken", "generatestate", "generatenonce", "generatesecret")
    )


@rule(
    "MCP406",
    severity=Severity.INFORMATION,
    references=("CWE-208", "MCP07:2025"),
    words=("token", "secret", "passw", "key", "credential", "jwt", "authorization", "bearer"),
    bad="""
    import os

    from starlette.requests import Request

    TOKEN = os.environ["NOTES_TOKEN"]


    def allowed(request: Request) -> bool:
        return request.headers.get("authorization") == f"Bearer {TOKEN}"
        #                                           ^^ how long this takes tells how much of the secret was right
    """,
    good="""
    import hmac
    import os

    from starlette.requests import Request

    TOKEN = os.environ["NOTES_TOKEN"]


    def allowed(request: Request) -> bool:
        return hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {TOKEN}")
    """,
    typescript=Example(
        bad="""
        export function allowed(req) {
          return req.headers["x-api-key"] === process.env.NOTES_API_KEY;
          //                              ^^^ how long this takes tells how much of the secret was right
        }
        """,
        good="""
        import { createHash, timingSafeEqual } from "node:crypto";

        const digest = (text) => createHash("sha256").update(text).digest();

        export function allowed(req) {
          return timingSafeEqual(digest(req.headers["x-api-key"] ?? ""), digest(process.env.NOTES_API_KEY ?? ""));
        }
        """,
    ),
)
def secret_compared_in_varying_time(passage: Passage) -> Iterator[Finding]:
    """What a caller sent is compared with a secret by `==`.

    The comparison ends at the first character that differs. Whoever can measure that finds the secret one character
    after the other; over a network it takes many tries, on the same machine few.

    Use `hmac.compare_digest` in Python, `crypto.timingSafeEqual` (on digests, which are equally long) in Node.
    """
    for site in passage.of(Compare):
        node = site.node
        assert isinstance(node, Compare)
        if node.op not in ("==", "!="):
            continue
        sides = (node.left, node.right)
        if any(isinstance(side, (Const, Str)) for side in sides):
            continue
        given = [side for side in sides if from_request(side, site.function) or _handed_in(side, site)]
        if len(given) != 1:
            continue
        other = sides[0] if given[0] is sides[1] else sides[1]
        if any(is_secret(name_of(part)) for part in (other, *parts(other, site.function))):
            text = site.unit.key[node.left.end : node.right.start]
            at = node.left.end + len(text) - len(text.lstrip())
            length = len(text.strip()) or 2
            yield Finding(
                passage.place(site.unit, at, at + length),
                "how long this takes tells how much of the secret was right",
                detail=name_of(other),
            )


def _handed_in(value: Expr, site: Site) -> bool:
    """Whether it is what a function is given to judge who is calling: ``isAuthorized(header, config)``."""
    if not isinstance(value, Name) or site.function is None or parameter(value.id, site.function) is None:
        return False
    return not _HEADERS.isdisjoint(words(value.id)) and not _DECIDES.isdisjoint(words(site.function.name))


_HEADERS = frozenset(("header", "authorization", "bearer", "provided", "presented"))
_DECIDES = frozenset(
    ("authorized", "authorize", "authenticated", "authenticate", "auth", "verify", "valid", "validate")
)
