"""Why a server ended: what its last words on standard error say, however Python or Node frames them."""

from __future__ import annotations

import json

import pytest

from mcp_lsp.check import check_text

GROUP = """
  + Exception Group Traceback (most recent call last):
  |   File "server.py", line 1, in <module>
  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "store.py", line 40, in __init__
    | sqlite3.OperationalError: unable to open database file
    +------------------------------------
"""
NODE = """
node:internal/modules/esm/resolve:1000
Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod'
Node.js v20.20.2
"""


def told(stderr: str) -> str:
    events = [
        {"sent": {"id": 1, "method": "initialize"}},
        *({"stderr": line} for line in stderr.strip("\n").split("\n")),
        {"ended": {"how": "by itself", "code": 1}},
    ]
    text = "\n".join(json.dumps(event) for event in events)
    (found,) = [d for d in check_text("file:///notes.mcp-session.jsonl", text) if d.rule.id == "MCP806"]
    return found.finding.message


@pytest.mark.parametrize(
    ("stderr", "reason"),
    [
        ("Traceback (most recent call last):\nKeyError: 'API_KEY'\n", ": KeyError: 'API_KEY'"),
        (GROUP, ": sqlite3.OperationalError: unable to open database file"),
        (NODE, ": Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'zod'"),
        ("usage: notes [-h] --book BOOK\nnotes: error: --book is required\n", ": notes: error: --book is required"),
        ("-------\n", ""),
    ],
)
def test_the_reason_is_the_line_that_gives_one(stderr: str, reason: str) -> None:
    assert told(stderr) == f"the server ended with code 1 before it answered `initialize`{reason}"
