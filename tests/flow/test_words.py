"""Words are looked for in all of a file before they are looked for in each declaration: nothing may be lost by that."""

from __future__ import annotations

import pytest

from mcp_lsp import read, syntax
from mcp_lsp.flow.nodes import look_for, words_in
from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.gates import MODE, tells_mode

WORDS = ("token", "verify", ".tool", "absent", "line_9")
TEXT = "import os\nTOKEN = os.environ\n@mcp.tool()\ndef Verify(token):\n    pass\ndef long():\n" + "".join(
    f"    line_{i} = Token({i})\n    if line_{i}:\n        print(line_{i})\n" for i in range(90)
)


def units() -> list[Unit]:
    return read.module(syntax.parse(syntax.Document("file:///server.py", TEXT, "python"))).units


def test_words_are_the_same_whether_all_of_the_file_is_looked_at_or_one_declaration() -> None:
    one_by_one = [words_in(unit, WORDS) for unit in units()]
    at_once = units()
    look_for(WORDS, at_once)
    assert [words_in(unit, WORDS) for unit in at_once] == one_by_one
    assert any(unit.nested for unit in at_once)
    assert one_by_one == [set(), {"token"}, {"token", "verify", ".tool"}, {"token", "line_9"}]


@pytest.mark.parametrize(
    "name",
    ["read_only", "ReadOnly", "writes_enabled", "writeAccess", "allowWrites", "require_writing", "checkMutations",
     "assert_modified", "can_changes", "ensure_destructive", "mutation_allowed", "destructiveEnabled", "WRITABLE"],
)  # fmt: skip
def test_names_of_a_mode_have_one_of_the_words_that_are_looked_for_first(name: str) -> None:
    assert MODE.search(name)
    assert tells_mode(name)
