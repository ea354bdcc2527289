"""Records of conversations: whatever stands in one, it is read; what was served is compared with what was foretold."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcp_lsp import read, syntax
from mcp_lsp.check import Analysis
from mcp_lsp.read.sessions import differences
from mcp_lsp_analyzers.definition import Definition, Unknown
from mcp_lsp_analyzers.live import Served, Session

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["id", "method", "params", "result", "tools", "name", "nextCursor", "why", "how", "of", "waiting", "error",
             "capabilities", "status", "headers", "answered", "asks", "inputSchema", "unknown", "pointer", "cursor"]
        ), inner, max_size=4,
    ),
    max_leaves=15,
)  # fmt: skip
kinds = st.sampled_from(
    ["started", "sent", "received", "stray", "broken", "excess", "silence", "stderr", "ended", "unreachable", "expected",
     "exchange", "else"]
)  # fmt: skip


def read_lines(*lines: dict[str, Any]) -> read.Reading:
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    return read.servers(read.module(syntax.parse(syntax.Document("file:///x.mcp-session.jsonl", text, "session"))))


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.dictionaries(kinds, anything, min_size=1, max_size=2), max_size=6))
def test_nothing_makes_a_rule_fail(lines: list[dict[str, Any]]) -> None:
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    analysis = Analysis(syntax.Document("file:///x.mcp-session.jsonl", text, "session"))
    assert not analysis.failures, analysis.failures


def test_pages_are_one_list_and_the_second_asking_is_not_added() -> None:
    def page(id: int, name: str, cursor: str | None, after: str | None) -> list[dict[str, Any]]:
        result = {"tools": [{"name": name}], **({"nextCursor": after} if after else {})}
        params = {} if cursor is None else {"cursor": cursor}
        return [
            {"sent": {"id": id, "method": "tools/list", "params": params}},
            {"received": {"id": id, "result": result}},
        ]

    reading = read_lines(*page(1, "a", None, "x"), *page(2, "b", "x", None), *page(3, "a", None, "x"))
    (server,) = reading.servers
    assert [tool.name for tool in server.tools] == ["a", "b"]
    (session,) = [each for each in reading.subjects if isinstance(each, Session)]
    assert [asked.params for asked in session.asked] == [{}, {"cursor": "x"}, {}]
    assert [each.name for each in reading.subjects if isinstance(each, Served)] == ["a", "b"]


def test_what_was_not_answered_is_not_said_to_be_missing() -> None:
    expected = {"expected": {"tools": [{"name": "a"}], "prompts": [{"name": "p"}], "whole": True}}
    hello = [
        {"sent": {"id": 1, "method": "initialize"}},
        {"received": {"id": 1, "result": {"capabilities": {"tools": {}}}}},
    ]
    asking = {"sent": {"id": 2, "method": "tools/list"}}

    def missing(*lines: dict[str, Any]) -> list[str]:
        found = [each for each in read_lines(*lines, expected).subjects if isinstance(each, Served)]
        return [each.name for each in found if each.entry is None]

    assert missing() == []
    assert missing(*hello[:1]) == []
    assert missing(*hello, asking) == ["p"]
    assert missing(*hello, asking, {"received": {"id": 2, "error": {"code": 1}}}) == ["p"]
    assert missing(*hello, asking, {"received": {"id": 2, "result": {"tools": []}}}) == ["a", "p"]


@pytest.mark.parametrize(
    ("served", "expected", "unknown", "found"),
    [
        ({"a": 1}, {"a": 1}, [], []),
        ({"a": 1, "b": 2}, {"a": 1}, [], ["/b"]),
        ({"a": 1}, {"a": 1, "b": 2}, [], ["/b"]),
        ({"a": 1, "b": 2}, {"a": 1}, ["/b"], []),
        ({"a": 1, "b": 2}, {"a": 1}, ["/*"], []),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, [], ["/a/b/1"]),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, None]}}, ["/a/b/1"], []),
        ({"a": [1]}, {"a": [1, 2]}, [], ["/a"]),
        ({"a": "x\n  y"}, {"a": "x y"}, [], []),
        ({"a": "x y!"}, {"a": "x y"}, [], ["/a"]),
        ({"a": 1, "_meta": {"x": 1}}, {"a": 1}, [], []),
    ],
)
def test_differences(served: Any, expected: Any, unknown: list[str], found: list[str]) -> None:
    definition = Definition("tool", expected, tuple(Unknown(pointer, "") for pointer in unknown))
    assert [each.pointer for each in differences(served, definition)] == found
