"""Which names are called with which names, looked for from the brackets on."""

from __future__ import annotations

import pytest

from mcp_lsp.flow.wiring import _calls


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("routes(app)", [("routes", "app")]),
        ("await routes(\n    app, 1)", [("routes", "app")]),
        ("routes()", [("routes", "")]),
        ('run("x")', [("run", "")]),
        ("app.use(router)", []),
        ("express_1.json(app)", [("json", "app")]),
        ("(0, lib_1.run)(app)", [("run", "app")]),
        ("lib_x.run(app)", []),
        ("outer(inner(app))", [("outer", "inner")]),
        ("outer((inner(app)))", [("outer", ""), ("inner", "app")]),
        ("(app)", []),
        ("() => (x)", []),
        ("(x)", []),
        ("x)", []),
        ("größe(ñame)", [("größe", "ñame")]),
        ("((a))", []),
    ],
)
def test_what_stands_in_front_of_a_bracket_is_called(text: str, found: list[tuple[str, str]]) -> None:
    assert list(_calls(text)) == found
