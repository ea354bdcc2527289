"""Arguments with an effect: what a tool should not do with them is seen to happen, and is not claimed otherwise."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from mcp_lsp.outside.fuzz import places
from mcp_lsp.outside.fuzz.canaries import Canary, effect
from mcp_lsp.outside.fuzz.wires import Reply
from tests.outside.servers import Scan
from tests.outside.test_fuzz_calls import calls

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="these servers use what POSIX offers"),
]

SCHEMA = {
    "type": "object",
    "properties": {"title": {"type": "string", "description": "Of the book."}},
    "required": ["title"],
}
CHECKED = "def checked(a): return '' if set(a) == {'title'} and isinstance(a['title'], str) else 'title is wrong'\n"


def aggressive(folder: Path, body: str, network: bool = False) -> Scan:
    """What is found of a tool ``find`` that does ``body`` with ``title`` where that is a text, and says ``said``."""
    lines = "".join(f"  {line}\n" for line in body.split("\n"))
    call = f"def call(name, a):\n if checked(a): return text('no', True)\n title, said = a['title'], 'done'\n try:\n{lines}"
    fails = " except Exception as error: return text(f'{type(error).__name__}: {error}', True)\n return text(said)\n"
    return calls(folder, CHECKED + call + fails, "aggressive", False, network, inputSchema=SCHEMA)


SHELL = "import subprocess\nsaid = subprocess.run('echo ' + title, shell=True, capture_output=True, text=True).stdout"
NO_SHELL = "import subprocess\nsaid = subprocess.run(['echo', title], capture_output=True, text=True).stdout"
CODE = "said = str(eval(title))"
LITERAL = "import ast\nsaid = str(ast.literal_eval(title))"
TEMPLATE = "import re\nsaid = re.sub(r'{{([0-9*]+)}}', lambda m: str(eval(m[1])), title)"
SAME = "said = title"
FILE = "said = open(title).read()"
WITHIN = "import pathlib\nassert pathlib.Path(title).resolve().is_relative_to(pathlib.Path.cwd()), 'outside'\nsaid = open(title).read()"
STATEMENT = "import sqlite3\nsaid = str(sqlite3.connect(':memory:').execute(f\"SELECT '{title}'\").fetchall())"
PARAMETER = "import sqlite3\nsaid = str(sqlite3.connect(':memory:').execute('SELECT ?', [title]).fetchall())"
SQL = "import sqlite3\nsaid = str(sqlite3.connect(':memory:').execute(title).fetchall())"
FETCH = "import urllib.request\nsaid = urllib.request.urlopen(title, timeout=60).read().decode()"
PUBLIC = "assert title.startswith('http') and '127.0.0.1' not in title, 'not public'\n" + FETCH


@pytest.mark.parametrize(
    ("wrong", "right", "rule", "message"),
    [
        (SHELL, NO_SHELL, "runs-its-arguments", "`find` runs what stands in `title`: `{\"title\": \"test; touch ~/made-"),
        (CODE, LITERAL, "runs-its-arguments", "`find` runs what stands in `title`: `{\"title\": \"__import__("),
        (TEMPLATE, SAME, "works-out-templates", "`find` works out the template in `title`: `{\"title\": \"{{"),
        (FILE, WITHIN, "hands-out-foreign-files", "`find` hands out a file outside of its folder: `{\"title\": \".."),
        (STATEMENT, PARAMETER, "quotes-reach-the-database", "a quote in `title` of `find` becomes part of a statement"),
    ],
)  # fmt: skip
def test_an_effect_is_seen(tmp_path: Path, wrong: str, right: str, rule: str, message: str) -> None:
    found = aggressive(tmp_path, wrong)
    assert message in " ".join(found.said.get(rule, ())), found.said
    assert "mcp-lsp-" not in found.said[rule][0]  # the temporary home has another name each time
    assert aggressive(tmp_path, right).said == {}


NESTED = {
    "type": "object",
    "properties": {
        "filter": {
            "description": "Which books.",
            "anyOf": [
                {
                    "type": "object",
                    "properties": {
                        "limit": {"type": "integer"},
                        "all": {"type": "array", "items": {"$ref": "#/$defs/One"}},
                    },
                    "required": ["limit"],
                },
                {"type": "null"},
            ],
        }
    },
    "$defs": {
        "One": {
            "type": "object",
            "properties": {"field": {"enum": ["title", "year"]}, "value": {"type": "string"}},
            "required": ["field", "value"],
        }
    },
}


def test_a_text_in_an_object_in_a_list_in_an_object(tmp_path: Path) -> None:
    call = (
        "def call(name, a):\n import subprocess\n try:\n"
        "  filter = a['filter']\n"
        "  assert set(a) == {'filter'} and isinstance(filter['limit'], int)\n"
        "  (one,) = filter['all']\n"
        "  assert one['field'] in ('title', 'year')\n"
        "  value = one['value']\n"
        "  return text(subprocess.run(%s, capture_output=True, text=True).stdout)\n"
        " except Exception as error: return text('wrong', True)\n"
    )
    wrong, right = (call % how for how in ("'echo ' + value, shell=True", "['echo', value]"))
    (said,) = calls(tmp_path, wrong, "aggressive", False, inputSchema=NESTED).said["runs-its-arguments"]
    assert said.startswith('`find` runs what stands in `filter.all[0].value`: `{"filter": {'), said
    assert calls(tmp_path, right, "aggressive", False, inputSchema=NESTED).said == {}


def test_the_places_of_texts() -> None:
    assert [places.said(path) for path in places.texts(NESTED)] == ["filter.all[0].value"]
    assert [places.said(path) for path in places.texts(SCHEMA)] == ["title"]
    deep: dict[str, Any] = {"type": "object", "properties": {"a": {"$ref": "#"}, "b": {"type": "array"}}}
    assert [places.said(path) for path in places.texts(deep)][:2] == ["b[0]", "a.b[0]"]
    assert places.put(SCHEMA, {"title": "x"}, ("title",), "y") == {"title": "y"}


def test_a_tool_whose_argument_is_a_statement_may_complain_of_quotes(tmp_path: Path) -> None:
    assert aggressive(tmp_path, SQL).said == {}


def test_an_address_of_this_computer(tmp_path: Path) -> None:
    found = aggressive(tmp_path, FETCH, network=True)
    assert found.said["calls-addresses-within"] == ["`find` calls addresses of this computer that stand in `title`"]
    assert '`{"title": "file://~/' in found.said["hands-out-foreign-files"][0]  # what reaches addresses opens files too
    assert aggressive(tmp_path, PUBLIC, network=True).said == {}


@pytest.mark.skipif(sys.platform != "linux", reason="the network is taken away where the kernel offers it")
def test_without_a_network_addresses_are_said_not_to_be_tried(tmp_path: Path) -> None:
    found = aggressive(tmp_path, FETCH)
    if "no network" not in found.of("started")[0]["confined"]:
        pytest.skip("this kernel takes no network away")
    (tries,) = found.of("tries")
    assert tries["untried"] == [
        {"what": "addresses as arguments", "why": "the server cannot reach this computer (--allow-network)"}
    ]


def test_what_is_only_said_back_is_no_effect() -> None:
    for canary in (
        Canary("shell", "; echo $((3*4))", "", "12"),
        Canary("path", "../canary", "", "secret"),
        Canary("quote", "a'"),
        Canary("address", "http://127.0.0.1:1/token", called="token"),
        Canary("code", "open('/nowhere/canary')", "/nowhere/canary"),
    ):
        assert effect(canary, Reply("result", text=f"you said {canary.text}"), None) == ""


def test_what_runs_its_argument_is_told_once(tmp_path: Path) -> None:
    braces = "said = str(eval(title.strip('{}')))"
    assert list(aggressive(tmp_path, braces).said) == ["runs-its-arguments"]


def test_a_shell_that_complains_of_a_quote_is_no_database() -> None:
    for said, expected in (
        ("/bin/sh: 1: Syntax error: Unterminated quoted string", ""),
        ('unterminated quoted string at or near "\'a"', "error"),
        ('unrecognized token: "\'a"', "error"),
        ("SyntaxError: Invalid or unexpected token", ""),
    ):
        assert effect(Canary("quote", "a'"), Reply("result", text=said), None) == expected


def test_nothing_stays_behind(tmp_path: Path) -> None:
    before = {path.name for path in Path(tmp_path.parent).iterdir()}
    found = aggressive(tmp_path, SHELL)
    assert found.said
    assert {path.name for path in tmp_path.iterdir()} <= {"tried.py", "late"}
    assert {path.name for path in Path(tmp_path.parent).iterdir()} == before
