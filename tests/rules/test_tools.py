"""What a tool destroys, and what its model is not told: the hard cases."""

from __future__ import annotations

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

HEAD = 'import os, shutil, tempfile\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n'


def check(rule: str, source: str) -> list[str]:
    document = Document("file:///server.py", HEAD + source, "python")
    return [d.message for d in Analysis(document, rules=[registry.by_name()[rule]]).diagnostics]


def tool(name: str, body: str = 'return ""', parameters: str = "", doc: str = "Text.") -> str:
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return f'@mcp.tool()\ndef {name}({parameters}) -> str:\n    """{doc}"""\n{lines}'


@pytest.mark.parametrize(
    "name", ["delete_user", "github_delete_repo", "deleteUser", "DropTable", "purge_queue", "uninstall_chart", "rm"]
)
def test_a_destructive_name(name: str) -> None:
    assert [m.split(" is named")[0] for m in check("destructive-tool-without-hint", tool(name))] == [f"`{name}`"]


@pytest.mark.parametrize(
    "name",
    [
        "list_deleted_users",
        "undelete_user",
        "cancel_delete",
        "preview_delete",
        "remove_background",
        "get_drop_rate",
        "kilo",
    ],
)
def test_a_name_that_only_sounds_destructive(name: str) -> None:
    assert check("destructive-tool-without-hint", tool(name)) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("os.remove('/srv/x')", "deletes (`os.remove`)"),
        ("shutil.rmtree('/srv/x')", "deletes (`shutil.rmtree`)"),
        ("db.execute('DELETE FROM notes')", "deletes (`DELETE FROM`)"),
        ("open(path, 'w').write('x')", "writes files (`open`)"),
        ("os.system(path)", "runs any command (`os.system`)"),
    ],
)
def test_a_handler_that_destroys(body: str, says: str) -> None:
    found = check("destructive-tool-without-hint", tool("tidy", body, "path: str"))
    assert found == [f"`tidy` {says} and has no `destructiveHint`"]


@pytest.mark.parametrize(
    "body",
    [
        "return open(path).read()",
        "open(path, 'a').write('x')",
        "os.makedirs(path)",
        "db.execute('SELECT 1')",
        "name = tempfile.mktemp()\nos.unlink(name)",
    ],
)
def test_a_handler_that_loses_nothing(body: str) -> None:
    assert check("destructive-tool-without-hint", tool("tidy", body, "path: str")) == []


@pytest.mark.parametrize(
    "doc",
    [
        "Args:\n        city: its name",
        "`city` is a name",
        "- **city** (str): its name",
        ":param city: its name",
        "city - a name",
    ],
)
def test_a_parameter_explained_in_the_description_is_described(doc: str) -> None:
    assert check("parameter-without-description", tool("weather", parameters="city: str", doc=doc)) == []


@pytest.mark.parametrize("name", ["city", "path", "file_name", "url", "weather_city"])
def test_a_name_that_says_it_all_needs_no_description(name: str) -> None:
    assert check("parameter-without-description", tool("weather", parameters=f"{name}: str", doc="Of a city.")) == []


@pytest.mark.parametrize("name", ["city_id", "days", "date", "mode", "a", "data"])
def test_a_name_that_leaves_something_to_guess_does(name: str) -> None:
    found = check("parameter-without-description", tool("weather", parameters=f"{name}: str", doc="A city's weather."))
    assert found == [f"the model is not told what `{name}` means"]


@pytest.mark.parametrize("kind", ["Literal['json', 'text']", "Inner"])
def test_values_and_members_that_say_it(kind: str) -> None:
    head = (
        "from typing import Annotated, Literal\nfrom pydantic import BaseModel, Field\n"
        "class Inner(BaseModel):\n    a: Annotated[str, Field(description='what')]\n"
    )
    assert check("parameter-without-description", head + tool("weather", parameters=f"mode: {kind}", doc="It.")) == []


def test_a_word_that_holds_the_name_explains_nothing() -> None:
    found = check("parameter-without-description", tool("weather", parameters="city: str", doc="By velocity: fast."))
    assert found == ["the model is not told what `city` means"]
