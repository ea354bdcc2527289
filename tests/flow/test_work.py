"""How much is read to follow what objects are made of: counted, since what is too much is only ever too slow."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from mcp_lsp.flow import evaluate
from mcp_lsp.flow.values import Value
from mcp_lsp_analyzers.code import Attr
from tests.flow.stories import PYTHON, TYPESCRIPT, handlers


def evaluated(text: str, language: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many attributes are looked at to read a file's handlers."""
    count = 0
    before = evaluate.EV[Attr]

    def counting(*given: Any) -> Value:
        nonlocal count
        count += 1
        return before(*given)

    monkeypatch.setitem(evaluate.EV, Attr, counting)
    handlers(text, language)
    return count


def fields(number: int, language: str, *, around: bool) -> str:
    """A class each of whose fields is made of the one before it, twice; ``around``: the first of them of the last."""
    names = [f"f{i}" for i in range(number)]
    if language == "python":
        first = f"self.f0 = self.f{number - 1}" if around else "self.f0 = load()"
        rest = [f"self.{b} = join(self.{a}, self.{a})" for a, b in pairwise(names)]
        body = "\n        ".join([first, *rest])
        use = f"\nkit = Kit()\n\n@mcp.tool()\ndef use(a: str):\n    return kit.f{number - 1}.run(a)\n"
        return f"{PYTHON}\nclass Kit:\n    def __init__(self):\n        {body}\n{use}"
    first = f"this.f0 = this.f{number - 1};" if around else "this.f0 = load();"
    body = " ".join([first, *(f"this.{b} = join(this.{a}, this.{a});" for a, b in pairwise(names))])
    called = f"async ({{ a }}) => kit.f{number - 1}.run(a)"
    use = f'server.registerTool("use", {{ inputSchema: {{ a: z.string() }} }}, {called});'
    return f"{TYPESCRIPT}class Kit {{ constructor() {{ {body} }} }}\nconst kit = new Kit();\n{use}\n"


@pytest.mark.parametrize("language", ["python", "typescript"])
@pytest.mark.parametrize("around", [False, True])
def test_what_an_object_is_made_of_is_looked_at_once(
    language: str, around: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    few, many = (evaluated(fields(n, language, around=around), language, monkeypatch) for n in (5, 11))
    assert few <= many < 8 * few
