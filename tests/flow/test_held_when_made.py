"""Objects that are held to something when they are made: validators of their fields, and checks of the whole."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_STORY = """
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from mcp.server import Server
from pydantic import AfterValidator, BaseModel, field_validator, model_validator

server = Server("story")
ROOT = Path("/srv/notes").resolve()

def inside(value):
    if not Path(value).resolve().is_relative_to(ROOT):
        {refused}
    return value

{wanted}

def read(model, arguments):
    return model.model_validate(arguments)

def reader(model):
    def again(arguments):
        return model.model_validate(arguments)
    return again

@server.call_tool()
async def call(name, arguments):
    Path({made}.path).write_text("")
"""

_WANTED = [
    """
    class Wanted(BaseModel):
        path: str

        @field_validator("path")
        @classmethod
        def of_ours(cls, value):
            return inside(value)
    """,
    """
    class Wanted(BaseModel):
        path: Annotated[str, AfterValidator(inside)]
    """,
    """
    class Wanted(BaseModel):
        path: str

        @model_validator(mode="after")
        def of_ours(self):
            inside(self.path)
            return self
    """,
]

_MADE = """
    @dataclass
    class Wanted:
        path: str

        def __post_init__(self):
            self.path = inside(self.path)
    """


def told(wanted: str, made: str, refused: str) -> bool:
    text = _STORY.format(wanted=textwrap.dedent(wanted), made=made, refused=refused)
    return any(d.rule.id == "MCP305" for d in check_text("file:///story.py", text))


@pytest.mark.parametrize("wanted", _WANTED, ids=["field", "annotation", "whole"])
@pytest.mark.parametrize(
    "made",
    [
        "Wanted(**arguments)",
        'Wanted(path=arguments["path"])',
        "Wanted.model_validate(arguments)",
        "read(Wanted, arguments)",
        "reader(Wanted)(arguments)",
    ],
)
def test_models(wanted: str, made: str) -> None:
    assert not told(wanted, made, 'raise ValueError("outside")')
    assert told(wanted, made, "pass")


@pytest.mark.parametrize("made", ["Wanted(**arguments)", 'Wanted(arguments["path"])'])
def test_data_classes(made: str) -> None:
    assert not told(_MADE, made, 'raise ValueError("outside")')
    assert told(_MADE, made, "pass")


@pytest.mark.parametrize("mode", ["before", "wrap"])
def test_what_is_checked_of_something_else(mode: str) -> None:
    assert told(_WANTED[2].replace("after", mode), "Wanted(**arguments)", 'raise ValueError("outside")')


def test_an_argument_that_is_an_object() -> None:
    tool = """
        from mcp.server.fastmcp import FastMCP

        mcp = FastMCP("story")

        @mcp.tool()
        def write(wanted: Wanted) -> None:
            Path(wanted.path).write_text("")
        """
    for refused, expected in (('raise ValueError("outside")', False), ("pass", True)):
        text = _STORY.format(wanted=textwrap.dedent(_WANTED[2]), made="ROOT", refused=refused) + textwrap.dedent(tool)
        assert any(d.rule.id == "MCP305" for d in check_text("file:///story.py", text)) is expected
