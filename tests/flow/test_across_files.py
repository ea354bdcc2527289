"""Flows through other files of a project, and what is kept of one reading for the next."""

from __future__ import annotations

import pytest

from mcp_lsp import flow, read, syntax
from mcp_lsp_analyzers.scope import Scope
from tests.flow.stories import PYTHON, Files, check, handlers, module


def test_a_function_of_another_file() -> None:
    check(
        """
        import os
        from helpers import run, confine

        @mcp.tool()
        def f(a: str, b: str) -> None:
            run(a)
            open(confine(b))
            #    ^^^^^^^^^^ b → path-read / confined, resolved
        """,
        others={
            "helpers.py": "from pathlib import Path\n\nROOT = Path('/srv').resolve()\n\n\n"
            "def run(x):\n    return len(x)\n\n\n"
            "def confine(name):\n    path = (ROOT / name).resolve()\n    path.relative_to(ROOT)\n    return path\n"
        },
    )


def test_a_position_in_another_file_is_told_with_its_way() -> None:
    text = (
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        'import { z } from "zod";\nimport { Runner } from "./runner.js";\nimport * as tools from "./tools.js";\n'
        'const server = new McpServer({ name: "story", version: "1.0.0" });\n'
        'server.tool("a", { host: z.string() }, async ({ host }) => {\n'
        "  await Runner.run({ host, times: tools.TIMES });\n  return { content: [] };\n});\n"
    )
    runner = (
        'import { exec } from "child_process";\nexport class Runner {\n'
        "  static async run({ host, times }: { host: string; times: number }) {\n"
        "    return exec(`ping -c${times} ${host}`);\n  }\n}\n"
    )
    (handler,) = handlers(text, "typescript", {"runner.ts": runner, "tools.ts": "export const TIMES = 3;\n"})
    (one,) = handler.flows
    assert one.sink.place.uri == "file:///runner.ts"
    assert one.before == "ping -c3 "
    assert [step.message for step in one.steps] == ["passed to `run` as `host`", "arrives in `run`"]
    assert [step.place.uri for step in one.steps] == ["file:///story.ts", "file:///runner.ts"]


CALLER = (
    'from mcp.server.fastmcp import FastMCP\nfrom helpers import run\n\nmcp = FastMCP("story")\n\n\n'
    "@mcp.tool()\ndef ping(host: str):\n    return run(host)\n"
)

PARTS = {
    "head": 'import os\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("story")\n\n\n',
    "helper": "def run(command):\n    return os.system(command)\n\n\n",
    "other": "def unrelated():\n    return 1\n\n\n",
    "tool": '@mcp.tool()\ndef ping(host: str):\n    """Ping."""\n    return run("ping " + host)\n',
}


def test_what_a_handler_depends_on_is_recorded() -> None:
    tree = syntax.parse(syntax.Document("file:///story.py", "".join(PARTS.values()), "python"))
    here = read.module(tree)
    (server,) = read.servers(here).servers
    scope = Scope(here)
    flow.handler(server.tools[0], server, here, scope)
    assert set(scope.seen.names) == {"run", "os", "str", "*"}  # nobody binds `str`: a file may be taken over that does

    def edited(name: str, text: str) -> bool:
        changed = "".join(text if part == name else old for part, old in PARTS.items())
        document = syntax.Document("file:///story.py", changed, "python")
        return scope.seen.holds(read.module(syntax.parse(document), here))

    assert not edited("helper", PARTS["helper"].replace("os.system", "len"))


def test_an_edit_in_a_helper_changes_the_flows_of_its_callers() -> None:
    helper = {"helpers.py": "import os\n\n\ndef run(x):\n    return os.system(x)\n"}
    text = CALLER
    (before,) = handlers(text, others=helper)
    (after,) = handlers(text, others={"helpers.py": helper["helpers.py"].replace("os.system", "print")})
    assert [one.sink.kind for one in before.flows] == ["shell"]
    assert after.flows == ()


def test_a_scope_fails_when_another_file_changes() -> None:
    text = CALLER
    here = module("file:///story.py", text)
    helper = "import os\n\n\ndef run(x):\n    return os.system(x)\n\n\ndef other():\n    return 1\n"
    files = Files({"file:///story.py": here, "file:///helpers.py": module("file:///helpers.py", helper)})
    (server,) = read.servers(here).servers
    scope = Scope(here, files)
    flow.handler(server.tools[0], server, here, scope)
    assert scope.seen.holds(here)
    tree = syntax.parse(syntax.Document("file:///helpers.py", helper, "python"))
    changes = [syntax.Change(helper.index("return 1"), helper.index("return 1") + 8, "return 2")]
    document = syntax.Document("file:///helpers.py", helper, "python").edited(changes, 2)
    first = read.module(tree)
    files.modules = {**files.modules, "file:///helpers.py": first}
    scope = Scope(here, files)
    flow.handler(server.tools[0], server, here, scope)
    files.modules = {**files.modules, "file:///helpers.py": read.module(syntax.edit(tree, changes, document), first)}
    assert scope.seen.holds(here), "a change of another function of that file"
    changes = [syntax.Change(helper.index("os.system"), helper.index("os.system") + 9, "print")]
    document = syntax.Document("file:///helpers.py", helper, "python").edited(changes, 2)
    files.modules = {**files.modules, "file:///helpers.py": read.module(syntax.edit(tree, changes, document), first)}
    assert not scope.seen.holds(here), "a change of the function itself"


@pytest.mark.parametrize(
    "compat",
    [
        "import httpx\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import httpx\nelse:\n    httpx = late()\n",
        "try:\n    import httpx\nexcept ImportError:\n    httpx = None\n",
    ],
)
@pytest.mark.parametrize(
    "use", ["from compat import httpx\n{}httpx.get(url)\n", "import compat\n{}compat.httpx.get(url)\n"]
)
def test_a_library_that_another_file_hands_on(compat: str, use: str) -> None:
    before, call = use.split("{}")
    text = f"{before}{PYTHON}\n@mcp.tool()\ndef fetch(url: str) -> str:\n    return {call}"
    (handler,) = handlers(text, others={"compat.py": compat})
    assert [one.sink.kind for one in handler.flows] == ["url"]
