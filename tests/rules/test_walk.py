"""What is found inside of a function is the same whether its whole declaration was walked before or not."""

from __future__ import annotations

import pytest

from mcp_lsp import read, syntax
from mcp_lsp_analyzers import code, walk
from mcp_lsp_analyzers.walk import Site, body, forget, sites

NESTED = """
def outer(take: Callable[[int], str] = lambda n: use(n)):
    before()
    @wraps(outer)
    def inner(given=preset()):
        return [deep(each) for each in given]
    def beside(): within()
    return after(lambda: later(), inner)
"""
TYPED = """
class Server {
  route(path: string, handler: (request: Request) => void) {
    this.routes.set(path, handler);
  }
  reset() { this.route("/", () => answer()); }
}
"""


def _units(text: str, language: str) -> list[code.Unit]:
    return read.module(syntax.parse(syntax.Document(f"file:///a.{language}", text, language))).units


def _functions(unit: code.Unit) -> list[code.Function]:
    found = sites(unit.statements, unit, kinds=(code.Define, code.Lambda))
    return [site.node.function for site in found]  # type: ignore[attr-defined]


def _called(found: list[Site]) -> list[str]:
    return [code.last_name(site.node.callee) for site in found if isinstance(site.node, code.Call)]


@pytest.mark.parametrize(("text", "language"), [(NESTED, "python"), (TYPED, "typescript")])
@pytest.mark.parametrize("functions", [True, False])
@pytest.mark.parametrize("kinds", [None, (code.Call,), (code.Name, code.Return)])
def test_a_body_is_the_same_alone(text: str, language: str, functions: bool, kinds: tuple[type, ...] | None) -> None:
    for unit in _units(text, language):
        for function in _functions(unit):
            found = sites(function.body, unit, function, functions=functions, kinds=kinds)
            forget()
            assert found == sites([*function.body], unit, function, functions=functions, kinds=kinds)


def test_what_stands_in_functions_inside_is_left_out() -> None:
    (unit,) = _units(NESTED, "python")
    outer = _functions(unit)[0]
    assert _called(body(outer)) == ["before", "wraps", "preset", "after"]
    assert _called(sites(outer.body, unit, outer)) == [
        "before", "wraps", "preset", "deep", "within", "after", "later",
    ]  # fmt: skip
    (unit,) = _units(TYPED, "typescript")
    assert _called(sites(unit.statements, unit, functions=False)) == []


def test_a_declaration_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[object] = []
    made = walk._Walk.__init__

    def counted(self: walk._Walk, root: object, *rest: object) -> None:
        walked.append(root)
        made(self, root, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(walk._Walk, "__init__", counted)
    (unit,) = _units(NESTED, "python")
    forget()
    for function in _functions(unit):
        body(function, code.Call)
        sites(function.body, unit, function, kinds=(code.If, code.Regex))
    assert walked == [unit.statements]
    body(_functions(unit)[0], code.Name)
    assert walked == [unit.statements, unit.statements]
