"""Mistakes that show when a server starts, is deployed, or is asked for its list: made with the real Python SDKs."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.protocol.sdks import LIST, call, run, serve
from tests.protocol.test_python_mistakes import TODAY, analysed, bad_and_fixed, did_not_start
from tests.rules.mistakes import HEADS, RUN

pytestmark = pytest.mark.long


# ---------------------------------------------------------------- hosts

ASK_AS = """
from starlette.testclient import TestClient
with TestClient(app, base_url="http://notes.example.com") as client:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    headers = {"accept": "application/json, text/event-stream"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    print(client.post("/mcp", json=message, headers=headers).status_code)
"""
# uvicorn is given the app in another process; what it would be told stands in the source for the rule alone.
SERVED = 'import sys\nif "serve" in sys.argv:\n    import uvicorn\n    uvicorn.run(app, host="0.0.0.0")\n'


@pytest.mark.parametrize("sdk", ["mcp 1", "mcp 2"])
def test_a_deployed_app_that_refuses_its_own_name(sdk: str, tmp_path: Path) -> None:
    told = "from mcp.server.transport_security import TransportSecuritySettings\n"
    named = 'transport_security=TransportSecuritySettings(allowed_hosts=["notes.example.com"])'
    bad = "app = mcp.streamable_http_app()\n" + SERVED
    if sdk == "mcp 2":
        fixed = told + bad.replace("app()", f"app({named})")
        wrong, right = bad_and_fixed("host-refused-after-deployment", sdk, bad, fixed, tail=ASK_AS)
    else:
        wrong = HEADS[sdk][0] + bad + ASK_AS
        right = told + HEADS[sdk][0].replace('("x")', f'("x", {named})') + bad + ASK_AS
        assert len(analysed(wrong, sdk, "host-refused-after-deployment").diagnostics) == 1
        assert not analysed(right, sdk, "host-refused-after-deployment").diagnostics
    assert "421" in run(sdk, wrong, tmp_path).strange
    assert "200" in run(sdk, right, tmp_path).strange


def test_a_host_that_is_set_too_late(tmp_path: Path) -> None:
    late = 'mcp.settings.host = "0.0.0.0"\napp = mcp.streamable_http_app()\n' + ASK_AS
    wrong = HEADS["mcp 1"][0] + late
    right = HEADS["mcp 1"][0].replace('("x")', '("x", host="0.0.0.0")') + late
    assert len(analysed(wrong, "mcp 1", "host-refused-after-deployment").diagnostics) == 1
    assert not analysed(right, "mcp 1", "host-refused-after-deployment").diagnostics
    assert "421" in run("mcp 1", wrong, tmp_path).strange
    assert "200" in run("mcp 1", right, tmp_path).strange


# The server is run in a thread, and asked as if a page had given its own name this computer's address.
ASK_UNDER_ANOTHER_NAME = """
import http.client, json, socket, threading
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
threading.Thread(target=lambda: serve(port), daemon=True).start()
hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
def ask(name):
    headers = {"accept": "application/json, text/event-stream", "content-type": "application/json", "host": name}
    while True:  # until it listens
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("POST", "/mcp", json.dumps(message), headers)
            return connection.getresponse().status
        except ConnectionRefusedError:
            threading.Event().wait(0.1)
print("answered", ask("rebound.example"), ask(f"127.0.0.1:{port}"))
"""


@pytest.mark.parametrize("sdk", ["fastmcp 2", "fastmcp 3", "fastmcp 4"])
def test_a_server_that_answers_to_every_name(sdk: str, tmp_path: Path) -> None:
    source = 'def serve(port):\n    mcp.run(transport="http", host="127.0.0.1", port=port, show_banner=False)\n'
    bad, good = bad_and_fixed("transport-without-host-check", sdk, source, tail=ASK_UNDER_ANOTHER_NAME)
    said = [
        next(line for line in run(sdk, text, tmp_path).strange if line.startswith("answered")).split()[1:]
        for text in (bad, good)
    ]
    assert said[0] == ["200", "200"]
    assert said[1] == ["400" if sdk == "fastmcp 2" else "421", "200"]


# ---------------------------------------------------------------- at import


@pytest.mark.parametrize("sdk", ["mcp 1", "mcp 2", "fastmcp 2", "fastmcp 3"])
def test_a_secret_that_is_needed_to_list_the_tools(sdk: str, tmp_path: Path) -> None:
    ask = 'import os\nKEY = os.getenv("NO_SUCH_KEY")\n'
    refuse = 'if not KEY:\n    raise ValueError("NO_SUCH_KEY is not set")\n'
    bad, good = bad_and_fixed(
        "secret-required-at-import",
        sdk,
        ask + refuse + "@mcp.tool()\n" + TODAY,
        ask + "@mcp.tool()\n" + TODAY.replace("    return", "    if not KEY:\n        raise ValueError()\n    return"),
    )
    did_not_start(serve(sdk, bad, tmp_path, LIST), "NO_SUCH_KEY")
    assert serve(sdk, good, tmp_path, LIST).result(1)["tools"][0]["name"] == "today"


@pytest.mark.parametrize("sdk", ["mcp 1", "mcp 2", "fastmcp 2", "fastmcp 3"])
def test_a_wrapper_that_hides_the_function(sdk: str, tmp_path: Path) -> None:
    source = """
        import functools
        def logged(function):
            def inner(*args, **kwargs):
                return function(*args, **kwargs)
            return inner
        @mcp.tool()
        @logged
        def read(path: str) -> str:
            return path
    """
    fixed = source.replace("            def inner", "            @functools.wraps(function)\n            def inner")
    bad, good = bad_and_fixed("wrapper-without-wraps", sdk, source, fixed)
    wrong = serve(sdk, bad, tmp_path, LIST)
    if sdk.startswith("fastmcp"):
        did_not_start(wrong, "*args")
    else:
        assert [tool["name"] for tool in wrong.result(1)["tools"]] == ["inner"]
    assert serve(sdk, good, tmp_path, call("read", path="a")).text(1) == "a"


def test_a_function_that_is_a_tool_now(tmp_path: Path) -> None:
    source = """
        @mcp.tool
        def read(path: str) -> str:
            return path
        @mcp.tool
        def first() -> str:
            return read("1")
    """
    fixed = source.replace('read("1")', 'read.fn("1")')
    bad, good = bad_and_fixed("decorated-function-called", "fastmcp 2", source, fixed)
    assert "not callable" in serve("fastmcp 2", bad, tmp_path, call("first")).text(1)
    assert serve("fastmcp 2", good, tmp_path, call("first")).text(1) == "1"
    here = HEADS["fastmcp 3"][0] + dedent(source) + RUN
    assert not analysed(here, "fastmcp 3", "decorated-function-called").diagnostics
    assert serve("fastmcp 3", here, tmp_path, call("first")).text(1) == "1"


# ---------------------------------------------------------------- tasks


def test_a_task_that_is_not_async(tmp_path: Path) -> None:
    source = "@mcp.tool(task=True)\n" + TODAY
    bad, good = bad_and_fixed("task-without-support", "fastmcp 2", source, source.replace("def", "async def"))
    did_not_start(serve("fastmcp 2", bad, tmp_path), "async")
    assert serve("fastmcp 2", good, tmp_path, call("today")).text(1) == "2026-11-20"


def test_a_task_without_the_extension(tmp_path: Path) -> None:
    source = "@mcp.tool(task=True)\nasync " + TODAY
    bad, good = bad_and_fixed("task-without-support", "fastmcp 4", source, source.replace("task=True", ""))
    did_not_start(serve("fastmcp 4", bad, tmp_path, LIST), "tasks extension")
    assert serve("fastmcp 4", good, tmp_path, call("today")).text(1) == "2026-11-20"


# ---------------------------------------------------------------- names of version 1


def test_a_member_by_its_old_name(tmp_path: Path) -> None:
    source = """
        @mcp.tool()
        async def describe() -> str:
            return str([tool.inputSchema["type"] for tool in await mcp.list_tools()])
    """
    bad, good = bad_and_fixed("field-of-another-major", "mcp 2", source)
    assert serve("mcp 2", bad, tmp_path, call("describe")).failed(1)
    assert serve("mcp 2", good, tmp_path, call("describe")).text(1) == "['object']"
    here = HEADS["mcp 1"][0] + dedent(source) + RUN
    assert not analysed(here, "mcp 1", "field-of-another-major").diagnostics
    assert serve("mcp 1", here, tmp_path, call("describe")).text(1) == "['object']"


@pytest.mark.parametrize("sdk", ["mcp 1", "mcp 2", "fastmcp 2"])
def test_a_docstring_that_does_not_reach_the_schema(sdk: str, tmp_path: Path) -> None:
    source = '''
        @mcp.tool()
        def forecast(city: str, days: int = 1) -> str:
            """Weather forecast.

            Args:
                city: name of the city,
                    in English
                days (int): how many days
            """
            return city
    '''
    bad, good = bad_and_fixed("parameter-described-in-docstring", sdk, source)
    told = [
        {name: field.get("description") for name, field in tool["inputSchema"]["properties"].items()}
        for text in (bad, good)
        for tool in serve(sdk, text, tmp_path, LIST).result(1)["tools"]
    ]
    assert told == [
        {"city": None, "days": None},
        {"city": "name of the city, in English", "days": "how many days"},
    ]


def test_a_docstring_that_reaches_the_schema(tmp_path: Path) -> None:
    source = HEADS["fastmcp 3"][0] + (
        '@mcp.tool()\ndef forecast(city: str) -> str:\n    """Forecast.\n\n    Args:\n        city: in English\n    """\n'
        "    return city\n" + RUN
    )
    assert not analysed(source, "fastmcp 3", "parameter-described-in-docstring").diagnostics
    listed = serve("fastmcp 3", source, tmp_path, LIST).result(1)["tools"][0]
    assert listed["inputSchema"]["properties"]["city"]["description"] == "in English"


# ---------------------------------------------------------------- tokens

ASK_WITH_A_TOKEN = """
import os
os.environ["PYTHONWARNINGS"] = "ignore"
from pydantic import AnyHttpUrl
from starlette.testclient import TestClient
class Verifier:
    async def verify_token(self, token):
        return AccessToken(token=token, client_id="c", scopes=[], resource="https://other.example.com/mcp")
server = MAKE
app = server.streamable_http_app()
with TestClient(app, base_url="http://127.0.0.1:8000") as client:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    headers = {"accept": "application/json, text/event-stream", "authorization": "Bearer x"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    print(client.post("/mcp", json=message, headers=headers).status_code)
"""


@pytest.mark.parametrize("sdk", ["mcp 1", "mcp 2"])
def test_a_token_for_somebody_else(sdk: str, tmp_path: Path) -> None:
    source = (
        "from mcp.server.auth.settings import AuthSettings\nfrom mcp.server.auth.provider import AccessToken\n"
        'settings = AuthSettings(issuer_url="https://login.example.com", '
        'resource_server_url="https://notes.example.com/mcp")\n'
    )
    kind = "FastMCP" if sdk == "mcp 1" else "MCPServer"
    tail = ASK_WITH_A_TOKEN.replace("MAKE", f'{kind}("y", auth=settings, token_verifier=Verifier())')
    bad, good = bad_and_fixed("audience-not-checked", sdk, source, tail=tail)
    assert "200" in run(sdk, bad, tmp_path).strange
    assert "401" in run(sdk, good, tmp_path).strange
