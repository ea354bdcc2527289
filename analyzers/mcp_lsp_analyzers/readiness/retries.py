"""Trying again: for ever, or at once."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import (
    Assign,
    Attr,
    Await,
    Call,
    Catch,
    Const,
    Define,
    Do,
    If,
    Items,
    Jump,
    Lambda,
    Loop,
    Name,
    Raise,
    Return,
    Stmt,
    Try,
    flat,
    last_name,
)  # fmt: skip
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, sites

_TRIES = frozenset(("attempt", "attempts", "retry", "retries", "tries", "trial"))


@rule(
    "MCP905",
    severity=Severity.WARNING,
    references=("CWE-835", "CWE-400", "HEUR-003", "HEUR-004"),
    words=("while", "for"),
    bad='''
    import httpx


    @mcp.tool()
    async def rate(currency: str) -> str:
        """Exchange rate of the euro. `currency` is an ISO 4217 code."""
        async with httpx.AsyncClient() as client:
            while True:
    #       ^^^^^ what fails is tried again without end
                try:
                    return (await client.get("https://api.example.com/rates")).text
                except httpx.HTTPError:
                    continue
    ''',
    good='''
    import asyncio

    import httpx


    @mcp.tool()
    async def rate(currency: str) -> str:
        """Exchange rate of the euro. `currency` is an ISO 4217 code."""
        async with httpx.AsyncClient() as client:
            for attempt in range(3):
                try:
                    return (await client.get("https://api.example.com/rates")).text
                except httpx.HTTPError:
                    await asyncio.sleep(2**attempt)
        raise RuntimeError("the service does not answer")
    ''',
    typescript=Example(
        bad="""
        async function load(url: string) {
          for (;;) {
        //^^^ what fails is tried again without end
            try {
              return await fetch(url);
            } catch (error) {
              console.error(error);
            }
          }
        }
        """,
        good="""
        async function load(url: string) {
          for (let attempt = 0; ; attempt++) {
            try {
              return await fetch(url);
            } catch (error) {
              if (attempt === 3) throw error;
              await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 100));
            }
          }
        }
        """,
    ),
)  # fmt: skip
def retry_without_end(passage: Passage) -> Iterator[Finding]:
    """What fails is tried again without end.

    The loop is left when the call succeeds and on no other way. When it never does (a wrong key, a service that is
    gone, a name that does not exist) the call of the tool never ends, and the service is asked as fast as it refuses.

    Count the tries, and raise the last failure.
    """
    for loop, site in _loops(passage):
        if _endless(loop) and any(_until_success(s) for s, _ in flat(loop.body)) and not _given_up(loop, site):
            if _asks_somebody(loop, site):
                continue
            end = loop.start + (3 if site.unit.key[loop.start : loop.start + 3] == "for" else 5)
            yield Finding(passage.place(site.unit, loop.start, end), "what fails is tried again without end")


@rule(
    "MCP906",
    severity=Severity.INFORMATION,
    references=("CWE-400", "HEUR-005"),
    words=tuple(sorted(_TRIES)),
    bad='''
    import httpx


    def load(url: str) -> str:
        for attempt in range(5):
            try:
                return httpx.get(url).text
            except httpx.HTTPError as error:
                print(error)
    #           ^^^^^^^^^^^^ the next attempt follows at once
        raise RuntimeError("the service does not answer")
    ''',
    good='''
    import time

    import httpx


    def load(url: str) -> str:
        for attempt in range(5):
            try:
                return httpx.get(url).text
            except httpx.HTTPError:
                time.sleep(2**attempt)
        raise RuntimeError("the service does not answer")
    ''',
    typescript=Example(
        bad="""
        async function load(url: string) {
          for (let attempt = 0; attempt < 5; attempt++) {
            try {
              return await fetch(url);
            } catch (error) {
              console.error(error);
            //^^^^^^^^^^^^^^^^^^^^ the next attempt follows at once
            }
          }
          throw new Error("the service does not answer");
        }
        """,
        good="""
        async function load(url: string) {
          for (let attempt = 0; attempt < 5; attempt++) {
            try {
              return await fetch(url);
            } catch (error) {
              await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 100));
            }
          }
          throw new Error("the service does not answer");
        }
        """,
    ),
)  # fmt: skip
def retry_without_pause(passage: Passage) -> Iterator[Finding]:
    """A failed request is repeated at once.

    Five tries in five milliseconds meet the same failure five times. A service that refuses because it is asked too
    much is asked more.

    Wait between the tries, longer each time, and as long as a `Retry-After` says.
    """
    for loop, site in _loops(passage):
        if not (_names(loop) & _TRIES) or _pauses(loop, site):
            continue
        for inner, _ in flat(loop.body):
            if isinstance(inner, Try) and _until_success(inner) and _asks(inner, site):
                for catch in inner.catches:
                    if catch.body and not _leaves(catch.body):
                        last = catch.body[-1]
                        yield Finding(
                            passage.place(site.unit, last.start, _end(last)), "the next attempt follows at once"
                        )
                        break


def _loops(passage: Passage) -> Iterator[tuple[Loop, Site]]:
    """The loops of the functions of a declaration, each with the function it stands in."""
    for site in passage.of(Define, Lambda):
        function = site.node.function  # type: ignore[attr-defined]
        for inner in sites(function.body, site.unit, function, functions=False, kinds=(Loop,)):
            yield inner.node, inner  # type: ignore[misc]


def _endless(loop: Loop) -> bool:
    if loop.iterable is not None:
        return False
    return loop.test is None or (isinstance(loop.test, Const) and bool(loop.test.value))


def _until_success(statement: Stmt) -> bool:
    """A ``try`` that always leaves the loop when nothing fails, and stays in it when something does."""
    return (
        isinstance(statement, Try)
        and bool(statement.catches)
        and _leaves([*statement.body, *statement.otherwise])
        and not any(_leaves(catch.body) for catch in statement.catches)
        and not all(_interrupted(catch) for catch in statement.catches)
        and not statement.last
    )


def _interrupted(catch: Catch) -> bool:
    """Whether nothing failed: whoever waits was told to stop, and goes on waiting for what is under way."""
    types = catch.types.items if isinstance(catch.types, Items) else [catch.types]
    return all(each is not None and last_name(each) in ("CancelledError", "InterruptedError") for each in types)


def _leaves(statements: list[Stmt]) -> bool:
    return any(
        isinstance(s, (Return, Raise)) or (isinstance(s, Jump) and s.kind == "break") for s, _ in flat(statements)
    )


def _given_up(loop: Loop, site: Site) -> bool:
    """Whether something in the loop besides success ends it: under some condition, or in what a failure leads to."""
    for inner in sites(loop.body, site.unit, site.function, functions=False, kinds=(If, Raise)):
        node = inner.node
        if isinstance(node, Raise):
            return True
        if isinstance(node, If) and (_leaves(node.then) or _leaves(node.otherwise)):
            return True
    return False


def _asks_somebody(loop: Loop, site: Site) -> bool:
    """Whether each round waits for what a person at the terminal answers, who can stop it."""
    calls = sites(loop.body, site.unit, site.function, functions=False, kinds=(Call,))
    return any(isinstance(one.node, Call) and last_name(one.node.callee) in _ASKS_A_PERSON for one in calls)


_ASKS_A_PERSON = frozenset(("input", "getpass", "question", "readline", "confirm"))


def _names(loop: Loop) -> frozenset[str]:
    parts = [loop.target, loop.iterable, loop.test]
    return frozenset(
        word
        for part in parts
        if part is not None
        for site in sites([part], None, kinds=(Name, Attr))  # type: ignore[arg-type]
        for word in words(site.node.id if isinstance(site.node, Name) else site.node.name)  # type: ignore[attr-defined]
    )


_WAITING = ("sleep", "delay", "wait", "backoff", "timeout", "pause", "timer")


def _pauses(loop: Loop, site: Site) -> bool:
    return any(
        any(word in _called(inner.node).lower() for word in _WAITING)
        for inner in sites(loop.body, site.unit, site.function, kinds=(Call,))
    )


def _asks(tried: Try, site: Site) -> bool:
    """Whether what is tried is asking somebody: something is awaited, or called under a name that says it."""
    for inner in sites(tried.body, site.unit, site.function, functions=False, kinds=(Await, Call)):
        if isinstance(inner.node, Await):
            return True
        if _called(inner.node).lower() in ("get", "post", "request", "fetch", "urlopen", "connect", "execute", "send"):
            return True
    return False


def _called(node: object) -> str:
    callee = node.callee if isinstance(node, Call) else None
    return last_name(callee)


def _end(statement: Stmt) -> int:
    """Without the semicolon."""
    value = statement.value if isinstance(statement, (Do, Assign)) else None
    return statement.end if value is None else value.end
