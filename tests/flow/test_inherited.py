"""Methods asked for by ``super``, and what functions give piece by piece: generators, context managers, callbacks that
are queued."""

from __future__ import annotations

import textwrap

import pytest

from tests.flow.stories import PYTHON, TYPESCRIPT, check, handlers

_PYTHON = """
import subprocess
from asyncio import Queue
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager

{before}

@mcp.tool()
async def run(command: str) -> str:
    {body}
"""
_TYPESCRIPT = """
import {{ execSync }} from "child_process";
import PQueue from "p-queue";
{before}
server.tool("run", {{ command: z.string() }}, async ({{ command }}) => {{
  {body}
  return {{ content: [] }};
}});
"""
_BASE = "class Base:\n    def __init__(self, command):\n        self.command = command\n\n    def run(self, command):\n"
_BASE += "        return subprocess.run(command, shell=True)\n\n    def again(self):\n        return self.run(self.command)\n\n"
_NODE_BASE = (
    "class Base { constructor(protected command: string) {} run(command: string) { return execSync(command); }\n"
)
_NODE_BASE += "  again() { return this.run(this.command); } }\n"


def told(text: str, language: str = "python") -> list[str]:
    head = PYTHON if language == "python" else TYPESCRIPT
    return sorted({flow.sink.kind for handler in handlers(head + text, language) for flow in handler.flows})


@pytest.mark.parametrize(
    ("own", "body"),
    [
        ("def run(self, command):\n        return super().run(command)", 'Own("").run(command)'),
        ("def run(self, command):\n        return super(Own, self).run(command)", 'Own("").run(command)'),
        ("def go(me, command):\n        return super().run(command)", 'Own("").go(command)'),
        ("def __init__(self, command):\n        super().__init__(command)", "Own(command).again()"),
        ("def __init__(self, command):\n        super().__init__(command=command)", "Own(command).again()"),
        ("def again(self):\n        for _ in (1, 2):\n            super().again()", "Own(command).again()"),
        ("def go(self, command):\n        return [super(Own, self).run(c) for c in [command]]", 'Own("").go(command)'),
    ],
)
def test_super_of_python(own: str, body: str) -> None:
    before = f"{_BASE}class Between(Base):\n    pass\n\nclass Own(Between):\n    {own}\n"
    assert told(_PYTHON.format(before=before, body=body)) == ["shell"]
    assert told(_PYTHON.format(before=before.replace("Own(Between)", "Own(object)"), body=body)) == []


@pytest.mark.parametrize(
    ("own", "body"),
    [
        ("run(command: string) { return super.run(command); }", 'new Own("").run(command);'),
        ("async go(command: string) { return await super.run(command); }", 'await new Own("").go(command);'),
        ("constructor(command: string) { super(command); }", "new Own(command).again();"),
        ("constructor(command: string) { super(command.trim()); this.ready = true; }", "new Own(command).again();"),
        ("go(commands: string[]) { commands.forEach((one) => super.run(one)); }", 'new Own("").go([command]);'),
    ],
)
def test_super_of_typescript(own: str, body: str) -> None:
    before = f"{_NODE_BASE}class Between extends Base {{}}\nclass Own extends Between {{ {own} }}\n"
    assert told(_TYPESCRIPT.format(before=before, body=body), "typescript") == ["shell"]
    assert told(_TYPESCRIPT.format(before=before.replace("extends Between", ""), body=body), "typescript") == []


def test_what_is_above_calls_what_the_instance_has() -> None:
    check(
        """
        import subprocess

        class Base:
            def run(self, command):
                return self.words(command)

            def words(self, command):
                return subprocess.run(command, shell=True)

        class Own(Base):
            def run(self, command):
                return super().run(command)

            def words(self, command):
                return subprocess.run(["echo", command])

        class Loud(Base):
            def run(self, command):
                return super().run(command)

            def words(self, command):
                return subprocess.run("echo " + command, shell=True)
                #                     ^^^^^^^^^^^^^^^^^ command → shell

        @mcp.tool()
        def quiet(command: str) -> None:
            Own().run("echo")

        @mcp.tool()
        def loud(command: str) -> None:
            Loud().run(command)
        """
    )


_DESK = """
class Desk:
    def run(self, command):
        return subprocess.run(command, shell=True)

"""


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ("@contextmanager\ndef desk():\n    yield Desk()\n", "with desk() as one:\n        one.run(command)"),
        (
            (
                "@asynccontextmanager\nasync def desk():\n    one = Desk()\n    try:\n        yield one\n    finally:\n"
                "        print()\n"
            ),
            "async with desk() as one:\n        one.run(command)",
        ),
        ("def desks():\n    yield Desk()\n", "for one in desks():\n        one.run(command)"),
        ("async def desks():\n    yield Desk()\n", "async for one in desks():\n        one.run(command)"),
        ("def desks():\n    yield Desk()\n", "next(desks()).run(command)"),
        ("", "with ThreadPoolExecutor() as pool:\n        list(pool.map(Desk().run, [command]))"),
        ("def words(command):\n    yield command\n", "for word in words(command):\n        Desk().run(word)"),
    ],
)
def test_what_comes_piece_by_piece(before: str, body: str) -> None:
    assert told(_PYTHON.format(before=_DESK + before, body=body)) == ["shell"]


def test_what_is_checked_before_it_is_given() -> None:
    before = "def words(command):\n    if command not in ('ls', 'pwd'):\n        return\n    yield command\n"
    story = _PYTHON.format(before=_DESK + before, body="for word in words(command):\n        Desk().run(word)")
    (handler,) = handlers(PYTHON + story)
    assert [flow.guarded("choices") for flow in handler.flows] == [True]


@pytest.mark.parametrize("queue", ["new PQueue()", "new Limiter({ most: 1 })", "makeQueue()"])
def test_what_is_queued_is_done(queue: str) -> None:
    body = "await queue.add(async () => { execSync(command); });"
    text = _TYPESCRIPT.format(before=f"const queue = {queue};", body=body)
    assert told(textwrap.dedent(text), "typescript") == ["shell"]
