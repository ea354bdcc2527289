"""Objects that are read back from a file whose name an argument gives: which file it is, and what is in it."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

STORY = """
    from pathlib import Path

    import joblib
    import pandas as pd
    import torch
    from mcp.server.fastmcp import FastMCP

    MODELS = Path("/srv/models").resolve()
    mcp = FastMCP("story")


    @mcp.tool()
    def predict(name: str) -> str:
        \"\"\"Predict.\"\"\"
        path = (MODELS / name).resolve()
        CHECK
        return str(LOAD)
    """


@pytest.mark.parametrize("load", ["joblib.load(path)", "torch.load(path)", "pd.read_pickle(path)"])
@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("pass", {"MCP305", "MCP308"}),
        ("assert path.exists()", {"MCP305", "MCP308"}),
        ("assert path.is_relative_to(MODELS)", set()),
    ],
)
def test_a_folder_that_the_author_fills(load: str, check: str, told: set[str]) -> None:
    text = textwrap.dedent(STORY).replace("CHECK", check).replace("LOAD", load)
    found = {d.rule.id for d in check_text("file:///story.py", text)}
    assert found & {"MCP305", "MCP308"} == told
