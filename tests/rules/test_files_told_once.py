"""Files that an argument chooses: one fault is told once."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from mcp_lsp.check import Analysis, check_text
from mcp_lsp.project.index import Index
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.related import ANYWAY, AS_WELL, REACHES

ROUTE = """
    from pathlib import Path

    from fastapi import APIRouter
    from fastapi.responses import FileResponse
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("logs")
    router = APIRouter()
    LOGS = Path("/srv/logs")


    @router.get("/logs/{name}")
    def log(name: str):
        file = LOGS / name
        BODY
    """


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("if file.exists() and file.is_file(): return FileResponse(path=file)", ["file"]),
        ("return FileResponse(path=file, stat_result=file.stat())", ["file"]),
    ],
)
def test_asking_for_a_file_is_no_other_fault_than_opening_it(body: str, told: list[str]) -> None:
    text = textwrap.dedent(ROUTE).replace("BODY", body)
    found = []
    for diagnostic in check_text("file:///app.py", text):
        if diagnostic.rule.id == "MCP305":
            span, anchor = diagnostic.finding.place.span, diagnostic.finding.place.anchor
            assert span is not None
            start = 0 if anchor is None else anchor.start
            found.append((text[span.start : span.end], start))
    assert [word for word, _ in found] == told


TOOL = """
from mcp.server.fastmcp import FastMCP
from store import keep

mcp = FastMCP("notes")


@mcp.tool()
def save(folder: str, name: str) -> str:
    \"\"\"Save a note.\"\"\"
    return keep(folder, name)
"""
STORE = """
import os


def keep(folder, name):
    os.makedirs(folder)
    with open(folder + "/" + name, "w") as file:
        file.write("")
    {more}
    return ""
"""


@pytest.mark.parametrize(("more", "count"), [("", 1), ("os.remove(name)", 1), ("open(name).read()", 2)])
def test_what_another_file_writes_is_told_once_at_the_handler(tmp_path: Path, more: str, count: int) -> None:
    (tmp_path / "server.py").write_text(TOOL)
    (tmp_path / "store.py").write_text(STORE.format(more=more))
    document = Document((tmp_path / "server.py").as_uri(), TOOL, "python")
    analysis = Analysis(document, rules=[registry.by_name()["path-from-argument"]], modules=Index(str(tmp_path)))
    assert len(analysis.diagnostics) == count, [d.message for d in analysis.diagnostics]
    more = {"": ["os.makedirs"], "os.remove(name)": ["os.makedirs", "os.remove"], "open(name).read()": ["os.makedirs"]}[
        more
    ]
    assert as_well(analysis) == more


def as_well(analysis: Analysis) -> list[str]:
    """The calls to which the same comes, of all findings."""
    found = []
    for diagnostic in analysis.diagnostics:
        *way, end = diagnostic.finding.related
        assert end.message.startswith(REACHES)
        found += [one.message[len(AS_WELL) :].split("`")[1] for one in way if one.message.startswith(AS_WELL)]
    return found


BOTH = {
    "server.py": """
from mcp.server import Server
from mcp.types import Tool
from store import keep, read, size

server = Server("notes")
LISTED

@server.call_tool()
async def call(name: str, arguments: dict):
    file = arguments["file"]
    if name == "read":
        return read(file)
    if name == "size":
        return size(file)
    if name == "keep":
        return keep(file)
""",
    "store.py": """
import os


def read(file):
    return open(file).read()


def size(file):
    return os.listdir(file)


def keep(file):
    if file != "index":
        raise ValueError(file)
    return os.scandir(file)
""",
}


LISTED = """
@server.list_tools()
async def tools():
    schema = {"type": "object", "properties": {"file": {"type": "string"}}}
    return [
        Tool(name="read", description="Reads.", inputSchema=schema),
        Tool(name="size", description="Measures.", inputSchema=schema),
        Tool(name="keep", description="Keeps.", inputSchema=schema),
    ]

"""


CONFINED = """    file = os.path.normpath("/srv/notes/" + file)
    if not file.startswith("/srv/notes/"):
        raise ValueError(file)
    return"""
"""Only a link leads out, and that is repaired once for all."""


@pytest.mark.parametrize("listed", ["", LISTED])
@pytest.mark.parametrize(("body", "more"), [("    return", ["os.listdir"]), (CONFINED, [])])
def test_where_the_tools_of_one_function_lead_is_told_at_the_first(
    tmp_path: Path, listed: str, body: str, more: list[str]
) -> None:
    for name, text in BOTH.items():
        (tmp_path / name).write_text(text.replace("LISTED", listed).replace("    return open", f"{body} open"))
    if not more:
        store = tmp_path / "store.py"
        store.write_text(store.read_text().replace("    return os.listdir", f"{CONFINED} os.listdir"))
    document = Document((tmp_path / "server.py").as_uri(), (tmp_path / "server.py").read_text(), "python")
    analysis = Analysis(document, rules=[registry.by_name()["path-from-argument"]], modules=Index(str(tmp_path)))
    assert len(analysis.diagnostics) == 1
    assert as_well(analysis) == more
    assert analysis.diagnostics[0].finding.related[-1].message.endswith(ANYWAY) == (not more)


WRITES = """
from pathlib import Path
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


@mcp.tool()
def save(folder: str, text: str) -> str:
    \"\"\"Save a note.\"\"\"
    Path(folder).mkdir(parents=True, exist_ok=True)
    {then}
    return "saved"
"""


@pytest.mark.parametrize(
    ("then", "told", "beside"),
    [
        ("(Path(folder) / 'note.md').write_text(text)", 1, True),
        ("(Path(folder) / 'note.md').unlink()", 2, False),
        ("shown = (Path(folder) / 'note.md').read_text()", 2, False),
        ("Path('/srv/note.md').write_text(text)", 1, False),
    ],
)
def test_making_the_folder_of_what_is_written_is_no_other_fault(then: str, told: int, beside: bool) -> None:
    found = [d for d in check_text("file:///app.py", WRITES.format(then=then)) if d.rule.id == "MCP305"]
    assert len(found) == told
    assert any("mkdir` here" in one.message for d in found for one in d.finding.related) is beside
