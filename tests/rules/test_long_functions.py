"""What rules do for a function grows with its length, also where one variable is set again and again: counted as calls
of Python functions."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis

HEAD = """\
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("notes")


def page(request, host):
"""
STEPS = {
    "an origin that is compared": """\
    origin = origin or request.headers.get("origin") or fallback
    fallback = origin if host else fallback
    if origin == host:
        return {n}
""",
    "a secret that is compared": """\
    token = token or request.headers.get("authorization") or default
    default = token if host else default
    if token == host or not token:
        return {n}
""",
    "an address that is made": """\
    url = url or request.headers.get("x-forwarded-host") or base
    base = f"{{url}}/{{base}}" if host else base
    client.get(base)
""",
}


def calls(step: str, steps: int) -> int:
    text = HEAD + "".join(step.format(n=n) for n in range(steps))
    count = 0

    def counting(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        if event == "call":
            count += 1

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        Analysis(syntax.Document("file:///x.py", text, "python"))
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("kind", STEPS)
def test_a_variable_that_is_set_again_and_again(kind: str) -> None:
    step = STEPS[kind]
    calls(step, 1)  # what is found out once for all files
    first, second, third = (calls(step, steps) for steps in (32, 64, 128))
    assert third - second < 3 * (second - first), (first, second, third)
