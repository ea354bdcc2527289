"""Decorators of the project around a handler: a check in one counts for what the handler then does."""

from __future__ import annotations

import pytest

from mcp_lsp import flow, read, syntax
from mcp_lsp_analyzers.scope import Scope
from tests.flow.stories import PYTHON, handlers

HEAD = """
import functools
import inspect
from pathlib import Path

ROOT = Path("/srv/notes").resolve()


def refused(path):
    if not Path(path).resolve().is_relative_to(ROOT):
        return {"error": "outside"}
    return None


def timed(function):
    @functools.wraps(function)
    async def wrapper(*args, **kwargs):
        return await function(*args, **kwargs)

    return wrapper


def inside(names="path"):
    def decorator(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for name in [names] if isinstance(names, str) else names:
                value = kwargs.get(name)
                if value is None:
                    continue
                error = refused(value)
                if error:
                    return error
            return function(*args, **kwargs)

        return wrapper

    return decorator


def bound(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        given = inspect.signature(function).bind(*args, **kwargs)
        if refused(given.arguments["path"]) is not None:
            raise ValueError("outside")
        return function(*args, **kwargs)

    return wrapper


def each(function):
    def wrapper(**kwargs):
        for value in kwargs.values():
            if refused(value):
                raise ValueError(value)
        return function(**kwargs)

    return wrapper


def replaced(function):
    def wrapper(path, **kwargs):
        return function(path=ROOT / Path(path).name, **kwargs)

    return wrapper
"""


def reaches(decorators: str, head: str = HEAD) -> list[list[str]]:
    """Guards of each flow of a handler that opens its argument."""
    lines = "\n".join(decorators.split("; "))
    (handler,) = handlers(f"{PYTHON}{head}\n\n{lines}\ndef read(path: str) -> str:\n    return open(path).read()\n")
    return [sorted(guard.kind for guard in one.guards) for one in handler.flows]


@pytest.mark.parametrize(
    "decorators",
    [
        "@mcp.tool(); @inside()",
        '@mcp.tool(); @inside("path")',
        '@mcp.tool(); @inside(["path"])',
        "@mcp.tool(); @timed; @inside()",
        "@mcp.tool(); @inside(); @timed",
        "@mcp.tool(); @functools.cache; @inside()",
        "@mcp.tool(); @bound",
        "@mcp.tool(); @each",
    ],
)
def test_what_a_decorator_checks_holds_in_the_handler(decorators: str) -> None:
    assert "confined" in reaches(decorators)[0]


def test_what_a_decorator_hands_on_is_what_arrives() -> None:
    assert "basename" in reaches("@mcp.tool(); @replaced")[0]


@pytest.mark.parametrize(
    "decorators",
    [
        "@mcp.tool()",
        "@mcp.tool(); @timed",
        '@mcp.tool(); @inside("other")',
        "@inside(); @mcp.tool()",  # what is registered is not what it makes
        "@mcp.tool(); @functools.cache",
        "@mcp.tool(); @unknown",
    ],
)
def test_other_decorators_change_nothing(decorators: str) -> None:
    assert reaches(decorators) == [[]]


def test_an_edit_in_a_decorator_reaches_the_handler() -> None:
    text = f"{PYTHON}{HEAD}\n\n@mcp.tool()\n@bound\ndef read(path: str) -> str:\n    return open(path).read()\n"
    here = read.module(syntax.parse(syntax.Document("file:///story.py", text, "python")))
    (server,) = read.servers(here).servers
    scope = Scope(here)
    flow.handler(server.tools[0], server, here, scope)
    changed = text.replace('given.arguments["path"]', "ROOT")
    after = read.module(syntax.parse(syntax.Document("file:///story.py", changed, "python")), here)
    assert not scope.seen.holds(after)
    assert reaches("@mcp.tool(); @bound", HEAD.replace('given.arguments["path"]', "ROOT")) == [[]]


def test_what_a_decorator_calls_besides_is_not_the_handlers() -> None:
    noisy = "def noisy(function):\n    def around(path):\n        print(path)\n        return function(path)\n    return around\n"
    head = f"{HEAD}\n\n{noisy}"
    story = f"{PYTHON}{head}\n\n@mcp.tool()\n@noisy\ndef read(path: str) -> str:\n    return open(path).read()\n"
    (one,) = handlers(story)
    assert [call.target for call in one.calls] == ["open", "open.read"]
