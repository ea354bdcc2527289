"""Each of the ranked list of mistakes, as it is, with the real SDKs: it goes wrong where the rule says so, and not under
the SDKs of which the rule says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document, language_of
from mcp_lsp_analyzers import registry
from tests.protocol.sdks import LIST, run, serve
from tests.protocol.symptoms import SDKS, provoked, refused, shows
from tests.rules.mistakes import MISTAKES, SHOWN, Mistake
from tests.rules.test_mistakes import written

pytestmark = pytest.mark.long


def cases(silent: bool) -> list[Any]:
    return [
        pytest.param(mistake, sdk, id=f"{mistake.number}-{mistake.rule}-{i}-{sdk}".replace(" ", "-"))
        for i, mistake in enumerate(MISTAKES)
        if mistake.shows.partition(":")[0] in SHOWN
        for sdk in (mistake.silent if silent else mistake.where if mistake.run is None else mistake.run)
    ]


@pytest.mark.parametrize(("mistake", "sdk"), cases(silent=False))
def test_it_goes_wrong(mistake: Mistake, sdk: str, tmp_path: Path) -> None:
    assert goes_wrong(mistake, sdk, tmp_path)


@pytest.mark.parametrize(("mistake", "sdk"), cases(silent=True))
def test_it_does_not_go_wrong_elsewhere(mistake: Mistake, sdk: str, tmp_path: Path) -> None:
    assert not goes_wrong(mistake, sdk, tmp_path)


def goes_wrong(mistake: Mistake, sdk: str, folder: Path) -> bool:
    text, real = written(mistake, sdk, mistake.source), SDKS.get(sdk, sdk)
    what = mistake.shows.partition(":")[0]
    if what == "answers":
        return mistake.prints not in run(real, text, folder).strange
    if what == "refused":
        return refused(sdk, text, folder)
    outcome = serve(real, text, folder, LIST, provoked(mistake), asked=what == "unasked")
    if outcome.code is not None:
        assert what.startswith("start") or what == "lost", outcome.errors[-2000:]
        return True
    return shows(mistake, outcome)


# ---------------------------------------------------------------- what a client starts

START = """
import asyncio, json, sys
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
async def main():
    entry = json.load(open("entry.json"))
    try:
        async with stdio_client(StdioServerParameters(**entry)) as (read, write):
            async with ClientSession(read, write) as session:
                await session.initialize()
                print(len((await session.list_tools()).tools))
    except BaseException as error:
        print(type(error).__name__)
asyncio.run(main())
"""
SERVER = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\n@mcp.tool()\ndef f() -> str:\n    return ''\nmcp.run()\n"


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ('{ "command": "PYTHON FILE" }', '{ "command": "PYTHON", "args": ["FILE"] }'),
        ('{ "command": "python3", "args": ["~/FILE"] }', '{ "command": "PYTHON", "args": ["FILE"] }'),
        ('{ "command": "python3", "args": ["FILE"], "env": { "PATH": "/srv/tools" } }', '{ "command": "PYTHON", "args": ["FILE"], "env": { "PATH": "/usr/bin:/bin" } }'),
    ],
    ids=["a whole line", "a home", "a path"],
)  # fmt: skip
def test_what_no_client_can_start(bad: str, good: str, tmp_path: Path) -> None:
    """With the client of the SDK: the mistake of the ranked list that stands in a client's configuration."""
    from tests.protocol.sdks import environment

    here = tmp_path / "mcp-1"
    here.mkdir()
    (here / "notes.py").write_text(SERVER, encoding="utf-8")
    python = str(environment("mcp 1") / "bin" / "python")
    said = []
    for entry in (bad, good):
        text = entry.replace("PYTHON", python).replace("FILE", str(here / "notes.py"))
        (here / "entry.json").write_text(text, encoding="utf-8")
        said.append(run("mcp 1", START, tmp_path).strange[0])
        shown = entry.replace("PYTHON", "python").replace("~/FILE", "~/notes.py").replace("FILE", "/srv/notes.py")
        name = "claude_desktop_config.json"
        document = Document(f"file:///{name}", f'{{ "mcpServers": {{ "n": {shown} }} }}', language_of(name))
        found = Analysis(document, rules=[registry.by_name()["server-that-cannot-start"]]).diagnostics
        assert bool(found) is (entry is bad)
    assert said[0] != "1"
    assert said[1] == "1"
