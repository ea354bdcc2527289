"""Decorators around a tool that the SDK never gets to see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .. import code
from ..code import Expr
from ..fix import Edit, Edits, Fix
from ..flow import Handler
from ..model import Endpoint
from ..pattern import pattern
from ..rule import Finding, Severity, rule

# Words of decorators that change what a call does. Others may register or mark the function, which works anywhere.
_WRAPS = pattern(
    r"retry|retries|cache|memo|log|trace|time|limit|throttle|auth|requir|permission|valid|catch|handle|guard|safe|error"
    r"|backoff|sync|debounce|audit",
    re.IGNORECASE,
)
_REGISTERS = frozenset({"tool", "prompt", "resource", "route", "custom_route", "get", "post", "put", "delete", "patch",
                        "command", "task", "fixture", "on_event", "completion", "event"})  # fmt: skip


@rule(
    "MCP132",
    severity=Severity.WARNING,
    references=("CWE-696",),
    bad='''
    import tenacity


    @tenacity.retry(stop=tenacity.stop_after_attempt(3))
    #^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `retry` does not run when the tool is called: it stands above …
    @mcp.tool()
    def load(path: str) -> str:
        """Load a note."""
        return path
    ''',
    good='''
    import tenacity


    @mcp.tool()
    @tenacity.retry(stop=tenacity.stop_after_attempt(3))
    def load(path: str) -> str:
        """Load a note."""
        return path
    ''',
)
def decorator_above_registration(handler: Handler) -> Iterator[Finding]:
    """A decorator stands above the one that registers the tool.

    Decorators are applied from below. `@mcp.tool()` registers the function as it is then, and what stands above wraps
    it afterwards, for callers in Python only: when a model calls the tool, nothing is retried, cached, checked or
    logged.

    Put the registration on top.
    """
    of, decorators = handler.of, handler.function.decorators
    if isinstance(of, Endpoint) or of.by is None or handler.server.sdk.family not in ("mcp", "fastmcp"):
        return
    position = next((i for i, decorator in enumerate(decorators) if decorator is of.by), 0)
    unit = handler.function.unit
    for i in range(position):
        above = decorators[i]
        name = _last(above)
        if name in _REGISTERS or _WRAPS.search(name) is None:
            continue
        place = unit.place(handler.place.uri, handler.place.pointer, above)
        fix = None
        if position == 1:
            own = decorators[1]
            texts = [unit.key[node.start : node.end] for node in (above, own)]
            there = unit.place(handler.place.uri, handler.place.pointer, own)
            fix = Fix("Put the registration on top", Edits((Edit(place, texts[1]), Edit(there, texts[0]))))
        said = f"`{name}` does not run when the tool is called: it stands above `@{_last(decorators[position])}`"
        yield Finding(place, said, fix=fix, detail=name)


def _last(decorator: Expr) -> str:
    while isinstance(decorator, code.Call):
        decorator = decorator.callee
    return code.last_name(decorator)
