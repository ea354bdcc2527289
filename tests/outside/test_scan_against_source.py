"""What a running server shows is told at its place in the source, under the fingerprint a check of the source gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.check import fingerprints
from mcp_lsp.outside import scan
from mcp_lsp.outside.record import Record
from mcp_lsp.project import run
from mcp_lsp.project.dependencies import Projects
from mcp_lsp.project.files import File
from mcp_lsp.project.index import Index
from mcp_lsp.project.served import expected
from mcp_lsp.settings import Settings
from mcp_lsp_analyzers.model import Parameter, Prompt, Resource, Server, Text, Tool
from tests.rules.examples import Example, examples, said
from tests.rules.test_examples import _NEED_SOURCE as NEED_SOURCE

_LISTED = {Server, Tool, Prompt, Resource, Parameter, Text}
# What the SDK does not list: the second of two things of one name, a hint that the protocol does not know.
_NOT_LISTED = {"duplicate-tool-name", "duplicate-prompt-or-resource", "unknown-hint"}
FROM_LISTING = [
    e
    for e in examples("bad")
    if set(e.rule.judges) <= _LISTED and e.rule.name not in NEED_SOURCE | _NOT_LISTED and not e.file
]


def scanned(folder: Path, name: str, text: str, change: Any = None) -> tuple[scan.Scanned, scan.Source]:
    """A scan of a server that answers what its source foretells, but for ``change``, which gets the lists."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    job, index = run.Job(str(folder), str(folder)), Index(str(folder))
    file = File(str(path), Settings(), 0, True)
    (source,) = scan.sources([file], job, Projects(str(folder)), index)
    told = expected(source.owns)
    lists = {key: told[key] for key in ("tools", "prompts", "resources", "resourceTemplates")}
    if change is not None:
        change(lists)
    record = Record()
    record.add("started", {"transport": "stdio"})
    server = source.owns[0].server
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "serverInfo": {"name": server.name}}
    if server.instructions is not None:
        hello["instructions"] = server.instructions.value
    record.add("sent", {"id": 0, "method": "initialize"})
    record.add("received", {"id": 0, "result": hello})
    for i, (key, entries) in enumerate(lists.items(), 1):
        method = "resources/templates/list" if key == "resourceTemplates" else f"{key}/list"
        record.add("sent", {"id": i, "method": method})
        record.add("received", {"id": i, "result": {key: entries}})
    return scan.judged(record, "tried", [source], Settings(), job, index), source


@pytest.mark.parametrize("example", FROM_LISTING, ids=str)
def test_rules_that_need_no_source_say_the_same_at_the_same_place(example: Example, tmp_path: Path) -> None:
    name = "example.py" if example.language == "python" else "example.ts"
    found, source = scanned(tmp_path, name, example.text)
    static = said(source.analysis, example.rule)
    live = [each for each in found.found if each.code == example.rule.id]
    known = {pointer for definition in source.owns for pointer in _unknown(definition)}
    whole = [d for d in static if not any(d.finding.place.pointer.startswith(p) for p in known)]
    document = source.analysis.document
    wanted = {
        (fingerprint, document.position(d.finding.place.span.start)[0] + 1)
        for d, fingerprint in zip(static, fingerprints(static), strict=True)
        if d in whole and d.finding.place.span is not None
    }
    assert wanted <= {(each.fingerprint, each.region.start[0]) for each in live}
    assert not found.failures


def _unknown(own: Any) -> list[str]:
    return [
        f"/{kind}/{d.entry.get('name')}"
        for kind, found in (("tools", own.listing.tools), ("prompts", own.listing.prompts))
        for d in found
        if d.unknown
    ]


SERVER = '''\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("shop")


@mcp.tool()
def find(title: str) -> str:
    """Find a book."""
    return title


@mcp.tool()
def buy(title: str) -> str:
    """Buy a book."""
    return title
'''


def told(folder: Path, change: Any, text: str = SERVER) -> list[str]:
    found, _ = scanned(folder, "shop.py", text, change)
    return [f"{each.region.start[0]}: {each.message}" for each in found.found if each.code.startswith("MCP8")]


def test_what_equals_its_source_is_no_finding(tmp_path: Path) -> None:
    assert told(tmp_path, None) == []


def test_what_differs_from_its_source_is_told_there(tmp_path: Path) -> None:
    def change(lists: dict[str, Any]) -> None:
        find, _ = lists["tools"]
        lists["tools"] = [
            {**find, "description": "Find a book, then mail it."},
            {**find, "name": "extra", "description": "Not in the source."},
        ]

    assert told(tmp_path, change) == [
        "3: the tool `extra` is served, and nothing in the source declares it",
        '7: `find` is served otherwise than the source says: description is "Find a book, then mail it.", not "Find a book."',
        "13: the tool `buy` stands in the source, and the running server does not list it",
    ]


def test_what_was_written_to_standard_output_is_found_where_it_is_written(tmp_path: Path) -> None:
    text = SERVER.replace("@mcp.tool()\ndef buy", 'print("Loading the model ...")\n\n\n@mcp.tool()\ndef buy')
    (tmp_path / "shop.py").write_text(text)
    job, index = run.Job(str(tmp_path), str(tmp_path)), Index(str(tmp_path))
    sources = list(
        scan.sources([File(str(tmp_path / "shop.py"), Settings(), 0, True)], job, Projects(str(tmp_path)), index)
    )
    record = Record()
    record.add("started", {"transport": "stdio"})
    record.stray("Loading the model ...")
    (found,) = scan.judged(record, "tried", sources, Settings(), job, index).found
    assert (found.name, found.region.start, found.lines[0].text) == (
        "stray-output",
        (12, 8),
        'print("Loading the model ...")',
    )


def test_a_comment_in_the_source_allows_what_the_running_server_shows(tmp_path: Path) -> None:
    text = SERVER.replace(
        "def find(title: str) -> str:", "def find(title: str) -> str:  # mcp-lsp: ignore[served-otherwise] by design"
    )

    def change(lists: dict[str, Any]) -> None:
        lists["tools"][0] = {**lists["tools"][0], "description": "Other."}

    assert told(tmp_path, change, text) == []
    _, source = scanned(tmp_path, "shop.py", text)
    assert not {d.rule.room for d in source.analysis.diagnostics} - {"metadata", "readiness"}
    assert "unused-suppression" not in {d.rule.name for d in source.analysis.diagnostics}


def test_what_is_poisoned_while_it_runs_is_told_at_the_tool(tmp_path: Path) -> None:
    def change(lists: dict[str, Any]) -> None:
        lists["tools"][1] = {**lists["tools"][1], "description": "Buy a book.\u200b\U000e0041\U000e0042"}

    found, source = scanned(tmp_path, "shop.py", SERVER, change)
    (hidden,) = [each for each in found.found if each.name == "hidden-characters"]
    assert not said(source.analysis, None) or "hidden-characters" not in {d.rule.name for d in said(source.analysis)}
    assert (hidden.region.path, hidden.region.start[0], hidden.thing) == ("shop.py", 14, "/tools/buy/description")


def test_the_record_is_masked() -> None:
    record = Record(["s3cr3t-value", "x"])
    record.add("received", {"id": 1, "result": {"x": 'so "s3cr3t-value" it is'}})
    assert "s3cr3t" not in record.text
    assert json.loads(record.text)["received"]["result"]["x"] == 'so "***" it is'


def hello(record: Record, **capabilities: Any) -> None:
    record.add("started", {"transport": "stdio"})
    record.add("sent", {"id": 0, "method": "initialize"})
    record.add("received", {"id": 0, "result": {"protocolVersion": "2025-11-25", "capabilities": capabilities}})


@pytest.mark.parametrize(
    ("cursors", "missing", "outcome"),
    [
        ((), False, "not asked"),  # it was broken off before anything was asked for
        ((None,), True, "answered"),
        ((None, "more"), False, "answered in part"),  # broken off before the second page was answered
        (("next",), False, "answered in part"),  # and before it was asked for
    ],
)
def test_a_scan_that_was_broken_off_says_of_nothing_that_it_is_not_served(
    tmp_path: Path, cursors: tuple[str | None, ...], missing: bool, outcome: str
) -> None:
    (tmp_path / "shop.py").write_text(SERVER)
    job, index = run.Job(str(tmp_path), str(tmp_path)), Index(str(tmp_path))
    file = File(str(tmp_path / "shop.py"), Settings(), 0, True)
    sources = list(scan.sources([file], job, Projects(str(tmp_path)), index))
    record = Record()
    hello(record, tools={})
    entry = {"name": "find", "description": "Find a book.", "inputSchema": {"type": "object"}}
    for i, cursor in enumerate(cursors, 1):
        record.add("sent", {"id": i, "method": "tools/list", "params": {"cursor": cursor} if i > 1 else {}})
        if i == 1:
            more = {} if cursor is None and len(cursors) == 1 else {"nextCursor": "more"}
            record.add("received", {"id": i, "result": {"tools": [entry], **more}})
    found = scan.judged(record, "tried", sources, Settings(), job, index)
    assert any("does not list it" in each.message for each in found.found) is missing
    assert found.live.asked[0].outcome == outcome


def test_a_list_that_a_server_says_it_does_not_have_was_not_offered_and_another_was_not_asked_for(
    tmp_path: Path,
) -> None:
    record = Record()
    hello(record, resources={})
    job, index = run.Job(str(tmp_path), str(tmp_path)), Index(str(tmp_path))
    asked = scan.judged(record, "tried", [], Settings(), job, index).live.asked
    assert {each.method: each.outcome for each in asked} == {
        "tools/list": "not asked", "prompts/list": "not offered", "resources/list": "not asked",
        "resources/templates/list": "not asked",
    }  # fmt: skip
