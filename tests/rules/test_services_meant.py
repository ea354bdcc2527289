"""What right services do that only looks like a fault: each beside what differs from it in one word."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

PYTHON = "from mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('demo')\n\n"
TYPESCRIPT = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n\n'


def count(name: str, source: str, uri: str) -> int:
    head = PYTHON if uri.endswith(".py") else TYPESCRIPT
    return sum(d.rule.name == name for d in check_text(uri, head + textwrap.dedent(source)))


@pytest.mark.parametrize(
    ("port", "then", "found"), [("port", "s.listen()", 1), ("port", "return True", 0), ("0", "s.listen()", 0)]
)
def test_whether_a_port_is_free(port: str, then: str, found: int) -> None:
    source = f"""
        import socket


        def free(port: int) -> bool:
            with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
                s.bind(("0.0.0.0", {port}))
                {then}
        """
    assert count("listening-everywhere-without-authentication", source, "file:///src/a.py") == found


@pytest.mark.parametrize(
    ("then", "found"), [("refused(res); return;", 0), ("refused(res);", 1), ("next(); return;", 1)]
)
def test_a_branch_that_goes_back(then: str, found: int) -> None:
    source = f"""
        export function asked(req, res, next) {{
          const apiKey = given(req);
          if (!apiKey) {{
            {then}
          }}
          next();
        }}
        """
    assert count("authentication-that-lets-everyone-through", source, "file:///src/a.ts") == found


@pytest.mark.parametrize(
    ("value", "found"),
    [("`${process.pid}-${Math.random()}`", 0), ("`${Date.now()}-${Math.random()}`", 1)],
)
def test_who_holds_a_lock(value: str, found: int) -> None:
    source = f"export function locked(file: string) {{\n  const token = {value};\n  keep(file, token);\n}}\n"
    assert count("guessable-secret", source, "file:///src/a.ts") == found


@pytest.mark.parametrize(("use", "found"), [("secrets[auth_key]", 0), ("jwt.decode(token, auth_key)", 1)])
def test_under_which_name_a_secret_is_kept(use: str, found: int) -> None:
    source = f"""
        import os


        def secret(token: str, secrets: dict) -> str:
            auth_key = os.getenv("NOTES_AUTH_KEY", "notesToken")
            return {use}
        """
    assert count("secret-with-a-known-stand-in", source, "file:///src/a.py") == found


@pytest.mark.parametrize(("test", "found"), [("process.stdout.isTTY", 0), ("process.env.NOTES", 1)])
def test_what_a_person_at_the_terminal_reads(test: str, found: int) -> None:
    source = f"""
        import {{ StdioServerTransport }} from "@modelcontextprotocol/sdk/server/stdio.js";

        export async function start(server) {{
          if ({test}) {{
            console.log("ready");
          }}
          await server.connect(new StdioServerTransport());
        }}
        """
    assert count("output-on-stdout", source, "file:///src/a.ts") == found


@pytest.mark.parametrize(("named", "found"), [("redirect_handler", 0), ("on_address", 1)])
def test_an_address_that_the_sdk_looked_at(named: str, found: int) -> None:
    source = f"""
        import webbrowser


        async def sign_in(url: str):
            async def shown(authorization_url: str) -> None:
                webbrowser.open(authorization_url)

            return OAuthClientProvider(server_url=url, {named}=shown)
        """
    assert count("address-opened-unchecked", source, "file:///src/a.py") == found
