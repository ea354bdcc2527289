"""Each mistake made with the real Python SDK: it fails as the rule says, and what the fix makes of it works."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry
from tests.protocol.sdks import LIST, Outcome, call, run, serve
from tests.rules.mistakes import HEADS, MCP, RUN

pytestmark = pytest.mark.long

EVERY = tuple(HEADS)


def analysed(text: str, sdk: str, rule: str) -> Analysis:
    known = dependencies({"requirements.txt": HEADS[sdk][1]})
    return Analysis(Document("file:///server.py", text, "python"), known, rules=[registry.by_name()[rule]])


def bad_and_fixed(rule: str, sdk: str, source: str, fixed: str | None = None, tail: str = RUN) -> tuple[str, str]:
    """A source in which the rule finds something, and the same without: by the rule's own fix, or as given."""
    head = HEADS[sdk][0]
    bad = head + dedent(source).lstrip("\n") + tail
    analysis = analysed(bad, sdk, rule)
    assert analysis.diagnostics, "the rule sees nothing"
    if fixed is not None:
        good = head + dedent(fixed).lstrip("\n") + tail
    else:
        good = bad
        while left := analysed(good, sdk, rule).diagnostics:
            now = analysed(good, sdk, rule)
            fix = left[0].finding.fix
            assert fix is not None
            assert now.module is not None
            changes = render(fix, now.document, now.module, now.servers[0].sdk)
            assert changes is not None
            good = applied(good, changes)
    assert not analysed(good, sdk, rule).diagnostics
    return bad, good


def did_not_start(outcome: Outcome, said: str) -> None:
    assert outcome.code not in (0, None)
    assert said in outcome.errors


TODAY = 'def today() -> str:\n    return "2026-11-20"\n'


@pytest.mark.parametrize("sdk", MCP)
def test_a_decorator_without_parentheses(sdk: str, tmp_path: Path) -> None:
    bad, good = bad_and_fixed("decorator-without-parentheses", sdk, "@mcp.tool\n" + TODAY)
    did_not_start(serve(sdk, bad, tmp_path), "TypeError")
    assert serve(sdk, good, tmp_path, LIST, call("today")).text(2) == "2026-11-20"


@pytest.mark.parametrize("sdk", ["fastmcp 2", "fastmcp 3"])
def test_fastmcp_takes_it_without(sdk: str, tmp_path: Path) -> None:
    source = HEADS[sdk][0] + "@mcp.tool\n" + TODAY + RUN
    assert not analysed(source, sdk, "decorator-without-parentheses").diagnostics
    assert serve(sdk, source, tmp_path, call("today")).text(1) == "2026-11-20"


@pytest.mark.parametrize("sdk", EVERY)
def test_an_unknown_option(sdk: str, tmp_path: Path) -> None:
    bad, good = bad_and_fixed("unknown-registration-option", sdk, '@mcp.tool(desc="The date")\n' + TODAY)
    did_not_start(serve(sdk, bad, tmp_path), "TypeError")
    listed = serve(sdk, good, tmp_path, LIST).result(1)["tools"][0]
    assert listed["description"] == "The date"


@pytest.mark.parametrize("sdk", EVERY)
def test_keyword_arguments(sdk: str, tmp_path: Path) -> None:
    bad, good = bad_and_fixed(
        "parameter-no-call-can-fill",
        sdk,
        "@mcp.tool()\ndef search(query: str, **filters) -> str:\n    return query\n",
        "@mcp.tool()\ndef search(query: str, filters: dict[str, str] | None = None) -> str:\n    return query\n",
    )
    wrong = serve(sdk, bad, tmp_path, LIST, call("search", query="a"))
    if sdk.startswith("fastmcp"):
        did_not_start(wrong, "**kwargs")
    else:
        assert "filters" in wrong.result(1)["tools"][0]["inputSchema"]["required"]
        assert wrong.failed(2)
    assert serve(sdk, good, tmp_path, call("search", query="a")).text(1) == "a"


@pytest.mark.parametrize("sdk", MCP)
def test_a_name_with_an_underscore(sdk: str, tmp_path: Path) -> None:
    source = "@mcp.tool()\ndef f(_x: str) -> str:\n    return _x\n"
    bad, good = bad_and_fixed("parameter-no-call-can-fill", sdk, source, source.replace("_x", "x"))
    did_not_start(serve(sdk, bad, tmp_path), "InvalidSignature")
    assert serve(sdk, good, tmp_path, call("f", x="a")).text(1) == "a"


@pytest.mark.parametrize("sdk", EVERY)
def test_a_context_in_the_schema(sdk: str, tmp_path: Path) -> None:
    source = "@mcp.tool()\nasync def load(path: str, ctx) -> str:\n    await ctx.info(path)\n    return path\n"
    bad, good = bad_and_fixed("context-in-schema", sdk, source)
    wrong = serve(sdk, bad, tmp_path, LIST, call("load", path="a", ctx="b"))
    assert "ctx" in wrong.result(1)["tools"][0]["inputSchema"]["required"]
    assert wrong.failed(2)
    right = serve(sdk, good, tmp_path, LIST, call("load", path="a"))
    assert right.result(1)["tools"][0]["inputSchema"]["required"] == ["path"]
    assert right.text(2) == "a"


@pytest.mark.parametrize("sdk", EVERY)
def test_a_call_that_blocks(sdk: str, tmp_path: Path) -> None:
    """The answers come in another order, because the second call need not wait for the first."""
    source = """
        import time
        @mcp.tool()
        async def wait() -> str:
            time.sleep(1.5)
            return "waited"
        @mcp.tool()
        async def ping() -> str:
            return "pong"
    """
    bad, good = bad_and_fixed("blocking-call-in-async-handler", sdk, source)
    assert serve(sdk, bad, tmp_path, call("wait"), call("ping")).order == [0, 1, 2]
    assert serve(sdk, good, tmp_path, call("wait"), call("ping")).order == [0, 2, 1]


@pytest.mark.parametrize("sdk", EVERY)
def test_any_call_in_a_thread(sdk: str, tmp_path: Path) -> None:
    source = """
        import subprocess, sys
        @mcp.tool()
        async def version() -> str:
            return subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True, text=True).stdout.strip()
    """
    _, good = bad_and_fixed("blocking-call-in-async-handler", sdk, source)
    assert serve(sdk, good, tmp_path, call("version")).text(1) == "1"


@pytest.mark.parametrize("sdk", EVERY[:4])  # the last one sends it to clients that asked for it only
def test_a_message_that_is_not_awaited(sdk: str, tmp_path: Path) -> None:
    source = '@mcp.tool()\nasync def load(ctx: Context) -> str:\n    ctx.info("loading")\n    return "x"\n'
    bad, good = bad_and_fixed("context-call-not-awaited", sdk, source)
    sent = [len(serve(sdk, text, tmp_path, call("load")).notices) for text in (bad, good)]
    assert sent == [0, 1]


@pytest.mark.parametrize("sdk", EVERY)
def test_a_coroutine_that_is_not_awaited(sdk: str, tmp_path: Path) -> None:
    save = "kept = []\nasync def save(note: str) -> str:\n    kept.append(note)\n    return note\n"
    source = save + '@mcp.tool()\nasync def f() -> str:\n    save("x")\n    return str(kept)\n'
    bad, good = bad_and_fixed("coroutine-never-awaited", sdk, source)
    assert [serve(sdk, text, tmp_path, call("f")).text(1) for text in (bad, good)] == ["[]", "['x']"]
    source = save + '@mcp.tool()\nasync def f() -> str:\n    return save("x")\n'
    if sdk.startswith("fastmcp"):  # it awaits what a tool returns that is none itself
        plain = HEADS[sdk][0] + source.replace("async def f", "def f") + RUN
        assert not analysed(plain, sdk, "coroutine-never-awaited").diagnostics
        assert serve(sdk, plain, tmp_path, call("f")).text(1) == "x"
    bad, good = bad_and_fixed("coroutine-never-awaited", sdk, source)
    assert serve(sdk, bad, tmp_path, call("f")).text(1) != "x"
    assert serve(sdk, good, tmp_path, call("f")).text(1) == "x"


def test_a_hidden_exception(tmp_path: Path) -> None:
    source = '@mcp.tool()\ndef f(city: str) -> str:\n    raise ValueError(f"no such city: {city}")\n'
    bad, good = bad_and_fixed("hidden-exception-text", "mcp 2", source)
    assert "no such city" not in serve("mcp 2", bad, tmp_path, call("f", city="X")).text(1)
    assert "no such city: X" in serve("mcp 2", good, tmp_path, call("f", city="X")).text(1)


@pytest.mark.parametrize("sdk", ["mcp 1", "fastmcp 2", "fastmcp 3"])
def test_an_exception_that_is_shown(sdk: str, tmp_path: Path) -> None:
    source = HEADS[sdk][0] + '@mcp.tool()\ndef f() -> str:\n    raise ValueError("no such city")\n' + RUN
    assert not analysed(source, sdk, "hidden-exception-text").diagnostics
    assert "no such city" in serve(sdk, source, tmp_path, call("f")).text(1)


@pytest.mark.parametrize("sdk", EVERY)
def test_json_where_a_dictionary_is_declared(sdk: str, tmp_path: Path) -> None:
    source = 'import json\n@mcp.tool()\ndef f() -> dict[str, int]:\n    return json.dumps({"a": 1})\n'
    bad, good = bad_and_fixed("result-against-output-schema", sdk, source)
    assert serve(sdk, bad, tmp_path, call("f")).failed(1)
    assert serve(sdk, good, tmp_path, call("f")).result(1)["structuredContent"] == {"a": 1}


@pytest.mark.parametrize("sdk", MCP)
def test_json_where_a_list_is_declared(sdk: str, tmp_path: Path) -> None:
    source = 'import json\n@mcp.tool()\ndef f() -> list[str]:\n    return json.dumps(["a"])\n'
    bad, good = bad_and_fixed("result-against-output-schema", sdk, source)
    assert serve(sdk, bad, tmp_path, call("f")).failed(1)
    assert serve(sdk, good, tmp_path, call("f")).result(1)["structuredContent"] == {"result": ["a"]}


@pytest.mark.parametrize("sdk", ["mcp 1", "mcp 2"])
def test_an_async_generator(sdk: str, tmp_path: Path) -> None:
    source = '@mcp.tool()\nasync def f() -> str:\n    yield "a"\n'
    bad, good = bad_and_fixed("result-that-is-none", sdk, source, source.replace("yield", "return"))
    assert serve(sdk, bad, tmp_path, call("f")).failed(1)
    assert serve(sdk, good, tmp_path, call("f")).text(1) == "a"


@pytest.mark.parametrize("sdk", EVERY)
def test_a_template_unlike_its_function(sdk: str, tmp_path: Path) -> None:
    source = '@mcp.resource("notes://{id}")\ndef note(note_id: str) -> str:\n    return note_id\n'
    bad, good = bad_and_fixed("template-unlike-function", sdk, source)
    did_not_start(serve(sdk, bad, tmp_path), "ValueError")
    right = serve(sdk, good, tmp_path, ("resources/read", {"uri": "notes://a"}))
    assert right.result(1)["contents"][0]["text"] == "a"


@pytest.mark.parametrize(
    ("sdk", "uri", "starts"),
    [
        ("mcp 1", "a://{x*}", False), ("mcp 2", "a://{x*}", False), ("fastmcp 3", "a://{x*}", True),
        ("mcp 1", "a://{+x}", False), ("mcp 2", "a://{+x}", True), ("fastmcp 3", "a://{+x}", False),
        ("mcp 1", "a://b{?x}", False), ("mcp 2", "a://b{?x}", True), ("fastmcp 3", "a://b{?x}", True),
        ("mcp 1", "foo/{x}", True), ("mcp 2", "foo/{x}", True), ("fastmcp 3", "foo/{x}", True),
    ],
)  # fmt: skip
def test_which_templates_start(sdk: str, uri: str, starts: bool, tmp_path: Path) -> None:
    source = HEADS[sdk][0] + f'@mcp.resource("{uri}")\ndef f(x: str = "") -> str:\n    return x\n' + RUN
    outcome = serve(sdk, source, tmp_path, ("resources/templates/list", {}))
    assert (outcome.code is None) is starts, outcome.errors
    assert bool(analysed(source, sdk, "template-unlike-function").diagnostics) is not starts


@pytest.mark.parametrize(("sdk", "starts"), [("mcp 1", False), ("mcp 2", True), ("fastmcp 3", False)])
def test_a_uri_without_a_scheme(sdk: str, starts: bool, tmp_path: Path) -> None:
    source = HEADS[sdk][0] + '@mcp.resource("foo")\ndef f() -> str:\n    return ""\n' + RUN
    assert (serve(sdk, source, tmp_path, ("resources/list", {})).code is None) is starts
    assert bool(analysed(source, sdk, "template-unlike-function").diagnostics) is not starts


@pytest.mark.parametrize("sdk", EVERY)
def test_a_decorator_above_the_registration(sdk: str, tmp_path: Path) -> None:
    source = """
        import functools
        def audited(function):
            @functools.wraps(function)
            def inner(*args, **kwargs):
                return "audited " + function(*args, **kwargs)
            return inner
        @audited
        @mcp.tool()
        def f() -> str:
            return "x"
    """
    bad, good = bad_and_fixed("decorator-above-registration", sdk, source)
    assert serve(sdk, bad, tmp_path, call("f")).text(1) == "x"
    assert serve(sdk, good, tmp_path, call("f")).text(1) == "audited x"


@pytest.mark.parametrize(("sdk", "kept"), [("mcp 1", "first"), ("mcp 2", "first"), ("fastmcp 3", "second")])
def test_two_resources_at_one_uri(sdk: str, kept: str, tmp_path: Path) -> None:
    source = """
        @mcp.resource("a://b")
        def f() -> str:
            return "first"
        @mcp.resource("a://b")
        def g() -> str:
            return "second"
    """
    fixed = '@mcp.resource("a://b")\ndef f() -> str:\n    return ""\n'
    bad, _ = bad_and_fixed("duplicate-prompt-or-resource", sdk, source, fixed)
    right = serve(sdk, bad, tmp_path, ("resources/read", {"uri": "a://b"}))
    assert right.result(1)["contents"][0]["text"] == kept


@pytest.mark.parametrize("sdk", ["mcp 1", "fastmcp 2", "fastmcp 3"])
def test_a_child_on_the_channel(sdk: str, tmp_path: Path) -> None:
    source = """
        import subprocess, sys
        @mcp.tool()
        def build() -> str:
            subprocess.run([sys.executable, "-c", "print('made')"])
            return "done"
    """
    fixed = source.replace("made')\"]", "made')\"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL")
    bad, good = bad_and_fixed("child-on-protocol-channel", sdk, source, fixed)
    assert serve(sdk, bad, tmp_path, call("build")).strange == ["made"]
    assert serve(sdk, good, tmp_path, call("build")).strange == []


def test_a_child_with_another_channel(tmp_path: Path) -> None:
    source = HEADS["mcp 2"][0] + (
        "import subprocess, sys\n@mcp.tool()\ndef build() -> str:\n"
        "    subprocess.run([sys.executable, '-c', 'print(1)'])\n    return 'done'\n"
    ) + RUN  # fmt: skip
    assert not analysed(source, "mcp 2", "child-on-protocol-channel").diagnostics
    assert serve("mcp 2", source, tmp_path, call("build")).strange == []


@pytest.mark.parametrize("sdk", EVERY)
def test_consent_that_nobody_gave(sdk: str, tmp_path: Path) -> None:
    """The client of this test cannot ask anybody."""
    source = """
        from pydantic import BaseModel
        class Sure(BaseModel):
            sure: bool
        @mcp.tool()
        async def wipe(ctx: Context) -> str:
            try:
                await ctx.elicit("Delete all?", Sure)
            except Exception:
                pass
            return "deleted"
    """
    fixed = source.replace("await ctx", "answer = await ctx").replace("pass", 'return "kept"')
    fixed = fixed.replace('return "deleted"', 'return "deleted" if answer.action == "accept" else "kept"')
    bad, good = bad_and_fixed("confirmation-that-fails-open", sdk, source, fixed)
    assert serve(sdk, bad, tmp_path, call("wipe")).text(1) == "deleted"
    assert serve(sdk, good, tmp_path, call("wipe")).text(1) == "kept"


def test_code_of_version_1_under_version_2(tmp_path: Path) -> None:
    source = HEADS["mcp 1"][0] + "@mcp.tool()\n" + TODAY + RUN
    assert serve("mcp 1", source, tmp_path, call("today")).text(1) == "2026-11-20"
    did_not_start(serve("mcp 2", source, tmp_path), "mcp.server.fastmcp")
    rule = registry.by_name()["sdk-without-upper-bound"]
    for requirement, found in (("mcp>=1.2", 1), ("mcp>=1.2,<2", 0)):
        known = dependencies({"requirements.txt": requirement})
        assert len(Analysis(Document("file:///s.py", source, "python"), known, rules=[rule]).diagnostics) == found


def test_a_file_moved_to_version_2(tmp_path: Path) -> None:
    source = (
        "from mcp.server.fastmcp import Context, FastMCP\nfrom mcp.server.fastmcp.exceptions import ToolError\n"
        'mcp: FastMCP = FastMCP("x")\n@mcp.tool()\ndef f(ctx: Context) -> str:\n    raise ToolError("not today")\n'
        + RUN
    )
    did_not_start(serve("mcp 2", source, tmp_path), "mcp.server.fastmcp")
    analysis = analysed(source, "mcp 2", "api-of-another-major")
    (diagnostic,) = analysis.diagnostics
    assert diagnostic.finding.fix is not None
    assert analysis.module is not None
    changes = render(diagnostic.finding.fix, analysis.document, analysis.module, analysis.servers[0].sdk)
    assert changes is not None
    assert "not today" in serve("mcp 2", applied(source, changes), tmp_path, call("f")).text(1)


@pytest.mark.parametrize(
    ("sdk", "option"),
    [("mcp 1", 'version="1"'), ("mcp 2", "port=1"), ("mcp 2", "stateless_http=True"), ("fastmcp 3", "port=1")],
)
def test_an_option_of_another_major(sdk: str, option: str, tmp_path: Path) -> None:
    head = HEADS[sdk][0]
    bad = head.replace('("x")', f'("x", {option})') + RUN
    assert len(analysed(bad, sdk, "api-of-another-major").diagnostics) == 1
    did_not_start(serve(sdk, bad, tmp_path), "TypeError")
    assert serve(sdk, head + "@mcp.tool()\n" + TODAY + RUN, tmp_path, LIST).code is None


@pytest.mark.parametrize("sdk", EVERY)
def test_a_server_run_inside_a_loop(sdk: str, tmp_path: Path) -> None:
    source = "import asyncio\n@mcp.tool()\n" + TODAY + "async def main():\n    mcp.run()\nasyncio.run(main())\n"
    bad, good = bad_and_fixed("server-run-inside-event-loop", sdk, source, tail="")
    did_not_start(serve(sdk, bad, tmp_path), "RuntimeError")
    assert serve(sdk, good, tmp_path, call("today")).text(1) == "2026-11-20"


@pytest.mark.parametrize(("sdk", "error"), [("mcp 1", "ValueError"), ("mcp 2", "ValueError")])
def test_a_transport_of_another_sdk(sdk: str, error: str, tmp_path: Path) -> None:
    source = 'mcp.run(transport="http")\n'
    bad, _ = bad_and_fixed("unknown-run-option", sdk, source, tail="")
    did_not_start(run(sdk, bad, tmp_path), error)


def test_options_of_run(tmp_path: Path) -> None:
    bad, _ = bad_and_fixed("unknown-run-option", "mcp 1", "mcp.run(port=8080)\n", "mcp.run()\n", tail="")
    did_not_start(run("mcp 1", bad, tmp_path), "TypeError")


ASK_OVER_HTTP = """
from starlette.testclient import TestClient
with TestClient(app, base_url="http://127.0.0.1:8000") as client:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    headers = {"accept": "application/json, text/event-stream"}
    message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
    print(client.post("/mcp", json=message, headers=headers).status_code)
"""


@pytest.mark.parametrize("sdk", ["mcp 1", "fastmcp 2", "fastmcp 3"])
def test_an_app_that_nobody_starts(sdk: str, tmp_path: Path) -> None:
    made = "mcp.streamable_http_app()" if sdk == "mcp 1" else "mcp.http_app()"
    bad = f"""
        import contextlib
        from starlette.applications import Starlette
        from starlette.routing import Mount
        app = Starlette(routes=[Mount("/", app={made})])
    """
    if sdk == "mcp 1":
        good = bad.replace("())])", "())], lifespan=lifespan)").replace(
            "        app =",
            "        @contextlib.asynccontextmanager\n        async def lifespan(app):\n"
            "            async with mcp.session_manager.run():\n                yield\n        app =",
        )
    else:
        good = bad.replace("        app =", "        inner = mcp.http_app()\n        app =")
        good = good.replace(f"app={made})])", "app=inner)], lifespan=inner.lifespan)")
    wrong, right = bad_and_fixed("mounted-without-lifespan", sdk, bad, good, tail=ASK_OVER_HTTP)
    did_not_start(run(sdk, wrong, tmp_path), "Task group is not initialized")
    assert run(sdk, right, tmp_path).strange[0] == "200"
