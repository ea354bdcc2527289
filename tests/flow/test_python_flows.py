"""Where choices go in Python: through variables, calls, classes and containers, into dangerous positions."""

from __future__ import annotations

from tests.flow.stories import check, handlers


def test_the_unsafe_examples_of_the_field_are_found() -> None:
    check(
        """
        import os, subprocess

        @mcp.tool()
        def run_query(command: str) -> str:
            return subprocess.run(command, shell=True, capture_output=True).stdout.decode()
            #                     ^^^^^^^ command → shell

        @mcp.tool()
        def read_file(path: str) -> str:
            return open(path).read()
            #           ^^^^ path → path-read

        @mcp.tool()
        def search_logs(pattern: str) -> str:
            os.system(f"grep '{pattern}' /var/log/app.log")
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pattern → shell
            return "done"

        @mcp.tool()
        def calculate(expression: str) -> str:
            return str(eval(expression))
            #               ^^^^^^^^^^ expression → code
        """
    )


def test_the_safe_examples_of_the_field_are_guarded() -> None:
    check(
        """
        import subprocess
        from pathlib import Path

        ALLOWED = frozenset(["status", "health", "version"])
        ROOT = Path("/data").resolve()

        @mcp.tool()
        def run_query(command: str) -> str:
            if command not in ALLOWED:
                raise ValueError("command not allowed")
            return subprocess.run(["/usr/bin/mcp-status", command], capture_output=True).text
            #                                             ^^^^^^^ command → argv / choices

        @mcp.tool()
        def read_file(path: str) -> str:
            target = (ROOT / path).resolve()
            if not target.is_relative_to(ROOT):
                raise ValueError("path outside sandbox")
            return target.read_text()
            #      ^^^^^^ path → path-read / confined, resolved
        """
    )


def test_closed_types_carry_nothing() -> None:
    check(
        """
        import subprocess
        from enum import Enum
        from typing import Literal

        class Kind(str, Enum):
            A = "a"

        @mcp.tool()
        def show(n: int, flag: bool, kind: Kind, mode: Literal["x", "y"], name: str) -> str:
            subprocess.getoutput(f"show {n} {flag} {kind} {mode}")
            return subprocess.getoutput(f"show {name} {int(name)} {len(name)}")
            #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name → shell / number
        """
    )


def test_text_is_followed_through_every_way_of_putting_it_together() -> None:
    check(
        """
        import os

        @mcp.tool()
        def f(a: str) -> None:
            os.system("x " + a)
            #         ^^^^^^^^ a → shell
            os.system("x %s" % a)
            #         ^^^^^^^^^^ a → shell
            os.system("x {}".format(a))
            #         ^^^^^^^^^^^^^^^^ a → shell
            os.system(" ".join(["x", a]))
            #         ^^^^^^^^^^^^^^^^^^ a → shell
            b = a.strip().lower()
            c = "x"
            c += b
            os.system(c)
            #         ^ a → shell
            parts = [p for p in a.split(",") if p]
            os.system(parts[0])
            #         ^^^^^^^^ a → shell
            first, *rest = a.split()
            os.system(rest[0])
            #         ^^^^^^^ a → shell
        """
    )


def test_helpers_are_read_once_and_joined_to_each_call() -> None:
    check(
        """
        import subprocess

        def run(command, shell=True):
            return subprocess.run(command, shell=shell)
            #                     ^^^^^^^ host → shell; host → argv

        def quietly(run_it, value):
            return run_it(value)

        @mcp.tool()
        def ping(host: str, n: int) -> str:
            command = f"ping -c{n} {host}"
            return quietly(run, command)

        @mcp.tool()
        def safe(host: str) -> str:
            return run(["ping", host], shell=False)

        @mcp.tool()
        def fixed(host: str) -> str:
            return run("uptime")
        """
    )


def test_fields_and_instances() -> None:
    check(
        """
        import httpx, sqlite3

        class Store:
            def __init__(self, path):
                self.database = sqlite3.connect("store.db")
                self.prefix = path

            def find(self, key):
                cursor = self.database.cursor()
                return cursor.execute(f"SELECT * FROM t WHERE k = '{key}'")
                #                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ key → sql

            def load(self):
                return open(self.prefix)
                #           ^^^^^^^^^^^ where → path-read

        store = Store("/data")

        @mcp.tool()
        def find(key: str) -> list:
            store.load()
            return store.find(key)

        @mcp.tool()
        def load(where: str) -> str:
            return Store(where).load()

        @mcp.tool()
        async def fetch(url: str) -> str:
            async with httpx.AsyncClient() as client:
                answer = await client.get(url)
                #                         ^^^ url → url
            return answer.text
        """
    )


def test_functions_handed_to_functions() -> None:
    check(
        """
        import asyncio, functools, subprocess

        def work(a, b):
            subprocess.getoutput(b)
            #                    ^ x → shell; y → shell; z → shell

        @mcp.tool()
        async def one(x: str) -> None:
            await asyncio.to_thread(work, 1, x)

        @mcp.tool()
        async def two(y: str) -> None:
            await asyncio.get_running_loop().run_in_executor(None, functools.partial(work, 1), y)

        @mcp.tool()
        async def three(z: str) -> None:
            await asyncio.gather(*[asyncio.to_thread(work, 1, one) for one in z.split(",")])
        """
    )


def test_closures_see_what_they_enclose() -> None:
    check(
        """
        import subprocess
        from mcp.server.fastmcp import FastMCP

        def create(program):
            mcp = FastMCP("inner")

            def run(command):
                return subprocess.getoutput(program + command)
                #                           ^^^^^^^^^^^^^^^^^ command → shell

            @mcp.tool()
            def execute(command: str) -> str:
                def attempt():
                    return run(command)
                return attempt()

            return mcp
        """
    )


def test_one_tool_of_a_shared_handler_has_its_own_branch() -> None:
    check(
        """
        import subprocess
        from enum import Enum
        from mcp.server import Server
        from mcp.types import Tool

        server = Server("low")

        class Names(str, Enum):
            PING = "ping"
            READ = "read"

        @server.list_tools()
        async def list_tools():
            text = {"type": "object", "properties": {"host": {"type": "string"}, "n": {"type": "integer"}}}
            path = {"type": "object", "properties": {"path": {"type": "string"}}}
            return [
                Tool(name="ping", description="Ping.", inputSchema=text),
                Tool(name="read", description="Read.", inputSchema=path),
            ]

        @server.call_tool()
        async def call_tool(name: str, arguments: dict):
            match name:
                case Names.PING:
                    host = arguments["host"]
                    return subprocess.getoutput(f"ping -c {arguments['n']} {host}")
                    #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ arguments["host"] → shell
                case Names.READ:
                    return open(arguments.get("path")).read()
                    #           ^^^^^^^^^^^^^^^^^^^^^ arguments["path"] → path-read
        """
    )


def test_a_dictionary_of_handlers() -> None:
    check(
        """
        import subprocess
        from mcp.server import Server
        from mcp.types import Tool

        server = Server("low")

        def ping(arguments):
            return subprocess.getoutput("ping " + arguments["host"])
            #                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ arguments["host"] → shell

        def status(arguments):
            return subprocess.getoutput("uptime")

        HANDLERS = {"ping": ping, "status": status}

        @server.list_tools()
        async def list_tools():
            return [
                Tool(name="ping", description="Ping.", inputSchema={"type": "object"}),
                Tool(name="status", description="Status.", inputSchema={"type": "object"}),
            ]

        @server.call_tool()
        async def call_tool(name, arguments):
            return HANDLERS[name](arguments)
        """
    )


def test_models_are_read_by_their_fields() -> None:
    check(
        """
        import subprocess
        from pydantic import BaseModel, Field

        class Order(BaseModel):
            name: str
            kind: str = Field(pattern="^[a-z]+$")
            count: int

        @mcp.tool()
        def order(orders: list[Order]) -> None:
            for one in orders:
                subprocess.getoutput(f"order {one.kind} {one.count}")
                subprocess.getoutput(f"order {one.name}")
                #                    ^^^^^^^^^^^^^^^^^^^ orders → shell
        """
    )


def test_argument_vectors() -> None:
    check(
        """
        import subprocess, shlex
        import git

        @mcp.tool()
        def f(a: str, words: list[str]) -> None:
            subprocess.run(["git", "show", a])
            #                              ^ a → argv
            subprocess.run(["git", "show", "--", a])
            #                                    ^ a → argv / not-option
            subprocess.run(["git", "log", "--since", a])
            #                                        ^ a → argv / option-value
            subprocess.run(["git", f"--format={a}"])
            #                      ^^^^^^^^^^^^^^^ a → argv
            subprocess.run([a, "x"])
            #               ^ a → program
            subprocess.run(["sh", "-c", a])
            #                           ^ a → shell / option-value
            subprocess.run(["python", "-c", a])
            #                               ^ a → code / option-value
            subprocess.run(shlex.split(a))
            #              ^^^^^^^^^^^^^^ a → program
            subprocess.run(("git " + a).split())
            #              ^^^^^^^^^^^^^^^^^^^^ a → argv
            command = ["git", "add"]
            command.extend(words)
            subprocess.run(command)
            #              ^^^^^^^ words → argv
            git.Repo("/srv").git.checkout(a)
            #                             ^ a → argv
        """
    )


def test_statements_are_known_by_how_they_begin() -> None:
    check(
        """
        @mcp.tool()
        def f(table: str, statement: str, database) -> None:
            database.execute(f"SELECT * FROM {table}")
            #                ^^^^^^^^^^^^^^^^^^^^^^^^ table → sql
            database.execute("SELECT * FROM t WHERE a = ?", (table,))
            database.send(f"SELECT * FROM {table}")
            print(f"SELECT * FROM {table}")
            tracker.execute(statement)
        """
    )


def test_what_a_handler_calls_and_answers() -> None:
    (handler,) = handlers(
        '''
import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("story")


def helper(x):
    print(x)


@mcp.tool()
async def tool(x: str):
    """Does it."""
    async with httpx.AsyncClient() as client:
        await client.post("https://example.com", data=x)
    helper(x)
    try:
        return {"ok": True}
    except ValueError as error:
        message = f"Error: {error}"
        return message
'''
    )
    assert [(call.target, call.via) for call in handler.calls] == [
        ("httpx.AsyncClient", ()),
        ("httpx.AsyncClient.post", ()),
        ("helper", ()),
        ("print", ("helper",)),
    ]
    assert [(answer.kind, answer.text, answer.keys, answer.caught) for answer in handler.answers] == [
        ("object", "", ("ok",), False),
        ("text", "Error: {error}", (), True),
    ]
    (post,) = [call for call in handler.calls if call.target.endswith("post")]
    assert [(argument.name, argument.value) for argument in post.arguments] == [
        ("0", "https://example.com"),
        ("data", None),
    ]


def test_recursion_ends() -> None:
    (handler,) = handlers(
        """
import os
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("story")


def a(x, n):
    os.system(x)
    return b(x, n - 1)


def b(x, n):
    return a(x, n) if n else x


@mcp.tool()
def tool(x: str) -> str:
    return a(b(x, 3), 3)
"""
    )
    assert {flow.sink.call for flow in handler.flows} == {"os.system"}
    assert handler.incomplete
