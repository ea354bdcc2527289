"""Tools that a function of another file of the project registers: where they stand."""

from __future__ import annotations

import pytest

from mcp_lsp.read import servers
from tests.read.test_python_across_files import ROOT, Files


def test_what_a_function_of_another_file_registers_stands_where_it_is_called() -> None:
    files = Files(
        {
            "audit.py": """
                import functools

                def audited_tool(mcp, name):
                    def decorator(run):
                        @functools.wraps(run)
                        async def wrapper(*args, **kwargs):
                            return await run(*args, **kwargs)

                        mcp.tool(name=name)(wrapper)
                        return wrapper

                    return decorator
                """,
            "server.py": """
                from mcp.server.fastmcp import FastMCP
                from audit import audited_tool

                mcp = FastMCP("x")

                async def ping(host: str) -> str:
                    return host

                audited_tool(mcp, "ping")(ping)
                """,
        }
    )
    here = files.modules["server.py"]
    (server,) = servers(here, None, None, files).servers
    (tool,) = server.tools
    span = tool.place.span
    assert tool.place.uri == ROOT + "server.py"
    assert span is not None
    assert tool.declared.span == span


NAMED = """
import subprocess

def made(operation):
    async def run(a: str) -> str:
        return subprocess.getoutput(a)
    run.__name__ = NAME
    return run
"""


@pytest.mark.parametrize(("decorator", "known"), [("@functools.wraps(run)", False), ("@timed", True)])
def test_what_poses_as_another_function_is_described_there(decorator: str, known: bool) -> None:
    files = Files(
        {
            "server.py": f"""
                import functools
                from mcp.server.fastmcp import FastMCP
                from notes import ALL

                mcp = FastMCP("x")

                def quiet(run):
                    {decorator}
                    async def wrapper(text: str):
                        return await run(text)
                    return wrapper

                def add(name: str):
                    mcp.add_tool(quiet(base=ALL[name]), name="find")
                """
        }
    )
    (tool,) = servers(files.modules["server.py"], None, None, files).servers[0].tools
    assert tool.name == "find"
    assert tool.parameters_known is known
