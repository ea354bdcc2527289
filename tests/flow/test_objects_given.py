"""Objects that somebody else keeps and gives: containers by their class, properties of a class, what the lifespan made."""

from __future__ import annotations

import pytest

from tests.flow.stories import PYTHON, TYPESCRIPT, handlers

_RUNNER = 'class Runner { run(host: string) { return execSync("ping " + host); } }\n'
_NODE = 'import {{ execSync }} from "child_process";\n{before}\nserver.tool("ping", {{ host: z.string() }}, async ({{ host }}) => {{ {body} }});\n'
_PYTHON_RUNNER = "class Runner:\n    def run(self, host):\n        return subprocess.getoutput('ping ' + host)\n\n"


def told(text: str, language: str = "typescript") -> list[str]:
    head = "" if "FastMCP(" in text else PYTHON if language == "python" else TYPESCRIPT
    return [flow.sink.kind for handler in handlers(head + text, language) for flow in handler.flows]


@pytest.mark.parametrize(
    ("before", "body", "found"),
    [
        ('import { container } from "tsyringe";', "container.resolve(Runner).run(host);", True),
        ('import { Container } from "typedi";', "Container.get(Runner).run(host);", True),
        ('import { modules } from "./modules.js";', "const runner = modules.get(Runner); runner.run(host);", True),
        ('import { inject } from "@angular/core";', "inject(Runner).run(host);", True),
        ('import { factory } from "factory";', "(await factory.make(Runner)).run(host);", True),
        ('import { container } from "tsyringe";', "container.describe(Runner).run(host);", False),
        ('import { container } from "tsyringe";', "container.resolve(Other).run(host);", False),
        ("class Desk { static get current() { return new Runner(); } }", "Desk.current.run(host);", True),
        (
            (
                "class Desk { private static made?: Desk; runner = new Runner();"
                " static get current(): Desk { return (Desk.made ??= new Desk()); } }"
            ),
            "Desk.current.runner.run(host);",
            True,
        ),
    ],
)
def test_objects_of_a_container_and_of_a_class(before: str, body: str, found: bool) -> None:
    assert told(_NODE.format(before=_RUNNER + before, body=body)) == ["shell"] * found


@pytest.mark.parametrize(
    ("made", "used"),
    [
        ("yield Kept(runner=Runner())", "ctx.request_context.lifespan_context.runner"),
        ("kept = Kept(runner=Runner())\n    try:\n        yield kept\n    finally:\n        print()",
         "ctx.request_context.lifespan_context.runner"),
        ('yield {"runner": Runner()}', 'ctx.request_context.lifespan_context["runner"]'),
        ('runner = Runner()\n    yield {"runner": runner}', 'ctx.request_context.lifespan_context.get("runner")'),
        ("yield Runner()", "ctx.request_context.lifespan_context"),
    ],
)  # fmt: skip
def test_what_the_lifespan_made_where_the_context_does_not_say(made: str, used: str) -> None:
    story = (
        "import subprocess\nfrom contextlib import asynccontextmanager\nfrom dataclasses import dataclass\n"
        f"from mcp.server.fastmcp import Context, FastMCP\n\n{_PYTHON_RUNNER}@dataclass\nclass Kept:\n"
        f"    runner: Runner\n\n@asynccontextmanager\nasync def lifespan(server):\n    {made}\n\n"
        'mcp = FastMCP("story", lifespan=lifespan)\n\n@mcp.tool()\nasync def ping(host: str, ctx: Context) -> str:\n'
        f"    return {used}.run(host)\n"
    )
    assert told(story, "python") == ["shell"]
    assert told(story.replace("lifespan=lifespan", "debug=lifespan"), "python") == []


@pytest.mark.parametrize(
    "annotation", ['"Runner | None"', '"Runner"', "Runner | None", "Optional[Runner]", '"Optional[Runner]"']
)
def test_what_another_function_will_set(annotation: str) -> None:
    story = (
        f"import subprocess\nfrom typing import Optional\n\n{_PYTHON_RUNNER}_runner: {annotation} = None\n\n"
        "def start(runner):\n    global _runner\n    _runner = runner\n\ndef runner():\n    if _runner is None:\n"
        '        raise RuntimeError("not started")\n    return _runner\n\n@mcp.tool()\ndef ping(host: str) -> str:\n'
        "    return runner().run(host)\n"
    )
    assert told(story, "python") == ["shell"]
