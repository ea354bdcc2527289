"""What is carried in something else: statements in web requests, uploaded files, names of files in archives."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import check


def test_a_statement_in_the_body_of_a_request_is_a_statement() -> None:
    check(
        """
        import requests

        def run(statement: str) -> str:
            return requests.post("http://db/_/sql", json={"statementText": statement, "limit": 3}).text
            #                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ table → sql

        @mcp.tool()
        def columns(table: str, model: str) -> str:
            requests.post("http://llm/v1", json={"prompt": f"Select the best column of {model}"})
            requests.post("http://db/query", data=f"SELECT * FROM {table}")
            #                                     ^^^^^^^^^^^^^^^^^^^^^^^^ table → sql
            requests.post("http://db/query", json={"query": "SELECT * FROM t WHERE n = :n", "n": table})
            return run(f"SELECT name FROM columns WHERE of = '{table}'")
        """
    )
    check(
        """
        server.registerTool("columns", { inputSchema: { table: z.string() } }, async ({ table }) => {
          const body = JSON.stringify({ statement: `SELECT * FROM ${table}` });
          await fetch("https://db/query", { method: "POST", body });
          //                              ^^^^^^^^^^^^^^^^^^^^^^^^ table → sql / written
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_what_a_function_puts_into_a_text_is_in_it() -> None:
    check(
        """
        import re
        import subprocess

        def expand(line: str, names: dict[str, str]) -> str:
            def name(match):
                return names.get(match.group(1), "")
            return re.sub(r"[$](\\w+)", name, line)

        @mcp.tool()
        def f(names: dict[str, str]) -> None:
            subprocess.run(expand("echo $USER", names), shell=True)
            #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ names → shell
        """
    )
    check(
        """
        import { exec } from "node:child_process";
        server.registerTool("f", { inputSchema: { name: z.string() } }, async ({ name }) => {
          exec("echo USER".replace(/USER/, () => name));
          //   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name → shell
          return { content: [] };
        });
        """,
        "typescript",
    )


_ARCHIVE = '''
import zipfile
from pathlib import Path
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("story")


@mcp.tool()
def install() -> str:
    """Install what was downloaded."""
    target = Path("/srv/skills").resolve()
    with zipfile.ZipFile("/srv/skills.zip") as archive:
        for member in archive.infolist():
            WHAT
    return "installed"
'''


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("(target / member.filename).write_bytes(archive.read(member))", True),
        (("name = Path(member.filename).as_posix()\nif name.startswith('..'):\n    continue\n"
         "if name.startswith('/'):\n    continue\n(target / name).write_bytes(archive.read(member))"), True),
        (("path = (target / member.filename).resolve()\nif not path.is_relative_to(target):\n    continue\n"
         "path.write_bytes(archive.read(member))"), False),
        ("(target / Path(member.filename).name).write_bytes(archive.read(member))", False),
        ("archive.extract(member, target)\nprint((target / member.filename).read_text())", False),
    ],
)  # fmt: skip
def test_names_in_archives_lead_out_of_the_folder(what: str, told: bool) -> None:
    text = _ARCHIVE.replace("WHAT", what.replace("\n", "\n            "))
    found = [d.finding.message for d in check_text("file:///story.py", text) if d.rule.id == "MCP305"]
    assert found == (["`infolist()` can lead out of the folder it is joined to"] if told else [])


_UPLOAD = """
import os
from flask import Flask, request
from mcp.server.fastmcp import FastMCP

app = Flask(__name__)


@app.route("/upload", methods=["POST"])
def upload() -> str:
    file = request.files["notes"]
    file.save(os.path.join("/srv/up", WHAT))
    return "ok"
"""


@pytest.mark.parametrize(
    ("what", "told"), [("file.filename", 1), ("os.path.basename(file.filename)", 0), ('"n.txt"', 0)]
)
def test_uploaded_files_are_put_where_their_name_says(what: str, told: int) -> None:
    found = check_text("file:///story.py", _UPLOAD.replace("WHAT", what))
    assert len([d for d in found if d.rule.id == "MCP305"]) == told


def test_documents_of_graphql_are_built_from_text() -> None:
    check(
        """
        import json
        import httpx

        @mcp.tool()
        def f(name: str, client: object) -> None:
            query = f'query {{ people(named: ["{name}"], first: 3) {{ id }} }}'
            client.command("people", body={"query": query})
            #                             ^^^^^^^^^^^^^^^^ name → sql
            httpx.post("https://x", json={"query": f"mutation {{ add(n: {json.dumps(name)}) {{ id }} }}"})
            #                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ name → sql / written
            httpx.post("https://x", json={"query": "query($n: String!) { f(n: $n) }", "variables": {"n": name}})
        """
    )


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("f'query {{ people(named: \"{name}\") {{ id }} }}'", 1),
        ("f'query {{ people(named: {json.dumps(name)}) {{ id }} }}'", 0),
        ("'query { people(named: \"' + name.replace('\\\\', '\\\\\\\\').replace('\"', '\\\\\"') + '\") { id } }'", 0),
    ],
)
def test_what_ends_a_string_of_graphql_is_told(what: str, told: int) -> None:
    story = f'''
import json
import httpx
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("story")


@mcp.tool()
def find(name: str) -> str:
    """Find people."""
    return httpx.post("https://api.example.com/graphql", json={{"query": {what}}}, timeout=3).text
'''
    found = [d.finding.message for d in check_text("file:///story.py", story) if d.rule.id == "MCP307"]
    assert found == ["`name` becomes part of a GraphQL document"] * told


def test_a_method_that_is_handed_on_to_be_registered_has_its_instance() -> None:
    check(
        """
        import subprocess

        class Modules:
            def _add_tool(self, server, method, name):
                server.add_tool(method, name=f"all_{name}")

            def register(self) -> None:
                self._add_tool(mcp, self.run, "run")

            def run(self, command: str) -> str:
                return self._started(command)

            def _started(self, command):
                return subprocess.run(command, shell=True, text=True).stdout
                #                     ^^^^^^^ command → shell

        Modules().register()
        """
    )
