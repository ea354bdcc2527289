"""Secrets in the texts of errors: put there, or brought along by the address of a request that failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..code import (
    Assign,
    Attr,
    Await,
    Call,
    Catch,
    Choice,
    Define,
    Dict,
    Expr,
    Function,
    Items,
    Join,
    Lambda,
    Name,
    Raise,
    Return,
    Str,
    Try,
    Unit,
    last_name,
)
from ..expressions import spelled
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Site, body, holds, sites
from .carrying import secret_in
from .logs import declared_secret, logs
from .values import name_of, names_a_file, origins


@rule(
    "MCP453",
    severity=Severity.WARNING,
    references=("CWE-209", "CWE-532", "CWE-200", "MCP01:2025", "MCP10:2025", "LLM02:2025", "LLM02:2026",
                "CoSAI MCP-T5"),
    words=("token", "secret", "passw", "key", "credential", "jwt", "authorization", "bearer", "cookie"),
    bad='''
    import os

    import httpx

    API_KEY = os.environ["WEATHER_API_KEY"]


    @mcp.tool()
    async def forecast(city: str) -> str:
        """Weather of tomorrow."""
        async with httpx.AsyncClient() as client:
            try:
                answer = await client.get("https://weather.example/v1", params={"q": city, "key": API_KEY})
                answer.raise_for_status()
                return answer.text
            except httpx.HTTPError as error:
                return f"unknown: {error}"
    #                              ^^^^^ `error` has the address that was asked, with the `API_KEY` in it
    ''',
    good='''
    import os

    import httpx

    API_KEY = os.environ["WEATHER_API_KEY"]


    @mcp.tool()
    async def forecast(city: str) -> str:
        """Weather of tomorrow."""
        async with httpx.AsyncClient() as client:
            try:
                answer = await client.get("https://weather.example/v1", params={"q": city}, headers={"X-Key": API_KEY})
                answer.raise_for_status()
                return answer.text
            except httpx.HTTPError as error:
                return f"unknown: {error}"
    ''',
    typescript=Example(
        bad="""
        export async function connect(databaseUser: string, databasePassword: string) {
          const url = `postgres://${databaseUser}:${databasePassword}@db.example.net/notes`;
          if (!URL.canParse(url)) {
            throw new Error(`cannot connect to ${url}`);
            //              ^^^^^^^^^^^^^^^^^^^^^^^^^^ the `databasePassword` goes into the text of an error
          }
        }
        """,
        good="""
        export async function connect(databaseUser: string, databasePassword: string) {
          const url = `postgres://${databaseUser}:${databasePassword}@db.example.net/notes`;
          if (!URL.canParse(url)) {
            throw new Error(`cannot connect to db.example.net as ${databaseUser}`);
          }
        }
        """,
    ),
)  # fmt: skip
def secret_in_error(passage: Passage) -> Iterator[Finding]:
    """The text of an error has a token, key or password in it.

    What an error says is answered to the model, shown to the user and written to the log. HTTP libraries of Python name
    the whole address of a request that failed: what was sent in its query is in the text.

    Send secrets in a header, and say in errors what was asked for in words of your own.
    """
    for site in passage.of(Define, Lambda):
        assert isinstance(site.node, (Define, Lambda))
        function = site.node.function
        yield from _raised(function, passage)
        if passage.about.language == "python":
            yield from _of_requests(function, passage)


def _raised(function: Function, passage: Passage) -> Iterator[Finding]:
    """Errors that are made with a secret in their text."""
    for site in body(function, Raise):
        assert isinstance(site.node, Raise)
        raised = site.node.value
        if not isinstance(raised, Call) or last_name(raised.callee) == "TypeError":
            continue  # what is of a wrong type is no secret
        for arg in raised.args:
            if isinstance(arg.value, (Str, Name, Attr)) and not _is_text(arg.value, function):
                continue
            secret = secret_in(arg.value, function)
            if secret and not names_a_file(secret, function) and not _names_a_variable(secret, passage):
                said = f"the `{secret}` goes into the text of an error"
                yield Finding(passage.at(site.unit, arg.value), said, detail=secret)
                break


def _names_a_variable(name: str, passage: Passage) -> bool:
    """Whether a name of the file stands for that of a variable of the environment: ``TOKEN = "NOTES_TOKEN"``."""
    bound = passage.declared(name)
    return bound is not None and isinstance(bound.value, Str) and _VARIABLE.fullmatch(bound.value.value) is not None


_VARIABLE = pattern(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")


def _is_text(value: Expr, function: Function) -> bool:
    return any(isinstance(origin, Join) for origin in origins(value, function))


_SENDS = frozenset(("get", "post", "put", "patch", "delete", "head", "request", "send", "stream", "urlopen", "fetch"))
_CLIENTS = frozenset(("requests", "httpx", "client", "session", "http", "aiohttp", "urllib", "self", "asyncclient"))


def _of_requests(function: Function, passage: Passage) -> Iterator[Finding]:
    """Requests with a secret in their address, and what is said of them where they fail."""
    tries = [site for site in body(function, Try) if isinstance(site.node, Try) and site.node.catches]
    if not tries:
        return
    for site in body(function, Call):
        call = site.node
        assert isinstance(call, Call)
        if not isinstance(call.callee, Attr) or call.callee.name not in _SENDS or not _by_http(call, function, passage):
            continue
        secret = _in_address(call, function, passage)
        if not secret:
            continue
        for outer in tries:
            tried = outer.node
            assert isinstance(tried, Try)
            if not any(holds(Site(part, outer.unit, function), site.unit, call.start, call.end) for part in tried.body):
                continue
            for catch in tried.catches:
                if (said := _said_of(catch, outer, function)) is not None:
                    shown, unit = said
                    sent = passage.at(site.unit, call.callee)
                    yield Finding(
                        passage.at(unit, shown),
                        f"`{name_of(shown)}` has the address that was asked, with the `{secret}` in it",
                        related=(Related(sent, "asked here"),),
                        detail=secret,
                    )
                if _ANSWERED.intersection(_types(catch.types)) and not _by_requests(call, function, passage):
                    break  # what is left failed before there was an answer, and names no address


_ANSWERED = frozenset(("HTTPStatusError", "HTTPError", "ClientResponseError"))


def _by_requests(call: Call, function: Function, passage: Passage) -> bool:
    """Whether it is the library all errors of which name the address."""
    return passage.target(call, function).startswith("requests.") or spelled(call.callee).startswith("requests.")


def _by_http(call: Call, function: Function, passage: Passage) -> bool:
    """Whether a library sends a request, the errors of which name the whole address."""
    assert isinstance(call.callee, Attr)
    base = call.callee.value
    held = spelled(base).rpartition(".")[2].lower() if not isinstance(base, Call) else last_name(base.callee).lower()
    target = passage.target(call, function)
    if target.startswith("requests.") or held in ("requests",):
        return True
    text = function.text
    known = target.startswith(("httpx.", "aiohttp.")) or not _CLIENTS.isdisjoint(words(held))
    return known and "raise_for_status" in text


def _in_address(call: Call, function: Function, passage: Passage) -> str:
    """A secret in the address of a request, or in its query."""
    address = call.positional(0) or call.keyword("url")
    if last_name(call.callee) == "request" and call.positional(1) is not None:
        address = call.positional(1)
    return _known(address, function, passage) or _known(call.keyword("params"), function, passage)


def _known(value: Expr | None, function: Function, passage: Passage) -> str:
    if value is None:
        return ""
    if found := secret_in(value, function):
        return found
    return declared_secret(value, passage) if isinstance(value, Name) else ""


_BROAD = frozenset(
    ("Exception", "BaseException", "HTTPError", "HTTPStatusError", "RequestException", "RequestError", "ClientError",
     "ClientResponseError", "ConnectionError", "HTTPException", "TransportError", "OSError", "IOError")
)  # fmt: skip


def _said_of(catch: Catch, outer: Site, function: Function) -> tuple[Name, Unit] | None:
    """What a caught error of a request says of itself, where that is answered, raised again or logged."""
    target = catch.target
    if not isinstance(target, Name) or not _BROAD.intersection(_types(catch.types)):
        return None
    kept = {
        site.node.target.id: (site.node.value, site.unit)
        for site in sites(catch.body, outer.unit, function, kinds=(Assign,))
        if isinstance(site.node, Assign) and isinstance(site.node.target, Name) and site.node.value is not None
    }
    for site in sites(catch.body, outer.unit, function, kinds=(Return, Raise, Call)):
        node = site.node
        given: list[Expr] = []
        if isinstance(node, Call):
            given = [arg.value for arg in node.args] if logs(node) else []
        elif isinstance(node, Return):
            given = [node.value] if node.value is not None else []
        elif isinstance(node, Raise) and isinstance(node.value, Call):
            given = [arg.value for arg in node.value.args]
        for value in given:
            if (shown := _shown(value, site.unit, target.id, kept, 0)) is not None:
                return shown
    return None


def _types(types: Expr | None) -> set[str]:
    if types is None:
        return set()
    return {last_name(one) for one in (types.items if isinstance(types, Items) else [types])}


def _shown(
    value: Expr, unit: Unit, caught: str, kept: Mapping[str, tuple[Expr, Unit]], depth: int
) -> tuple[Name, Unit] | None:
    """Where the text of what was caught, or the address that it names, stands in a value. ``kept``: what variables were
    set to since."""
    if depth > 6:
        return None
    inner: list[Expr] = []
    if isinstance(value, Name):
        if value.id == caught:
            return value, unit
        if value.id in kept:
            made, unit = kept[value.id]
            inner = [made]
    elif isinstance(value, Attr):
        asked = value.value
        if value.name == "url" and isinstance(asked, Attr) and asked.name in ("request", "response"):
            inner = [asked.value]
    elif isinstance(value, Join):
        inner = value.parts
    elif isinstance(value, Items):
        inner = value.items
    elif isinstance(value, Dict):
        inner = [pair.value for pair in value.pairs]
    elif isinstance(value, Choice):
        inner = [value.then, value.otherwise]
    elif isinstance(value, Await):
        inner = [value.value]
    elif isinstance(value, Call) and _COVER.isdisjoint(words(last_name(value.callee))):
        inner = [arg.value for arg in value.args]
    return next((found for one in inner if (found := _shown(one, unit, caught, kept, depth + 1)) is not None), None)


_COVER = frozenset(("mask", "redact", "scrub", "sanitize", "clean", "safe", "type", "isinstance", "hide", "getattr"))
