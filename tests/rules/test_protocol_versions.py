"""Under which SDK a mistake is one: found where it happens, silent where it does not."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

V1 = 'from mcp.server.fastmcp import Context, FastMCP\nmcp = FastMCP("x")\n'
V2 = 'from mcp.server.mcpserver import Context, MCPServer\nmcp = MCPServer("x")\n'
FM = 'from fastmcp import Context, FastMCP\nmcp = FastMCP("x")\n'
SDKS = {
    "mcp 1": (V1, "mcp==1.30.0"),
    "mcp 2.0": (V2, "mcp==2.0.1"),
    "mcp 2": (V2, "mcp==2.3.0"),
    "fastmcp 2": (FM, "fastmcp==2.14.7"),
    "fastmcp 3": (FM, "fastmcp==3.4.10"),
    "fastmcp 4": (FM, "fastmcp==4.1.0"),
}


def found(rule: str, source: str, sdk: str) -> list[str]:
    """What one rule says of a file that is made for an SDK: the code it points at."""
    head, requirement = SDKS[sdk]
    text = head + dedent(source).lstrip("\n")
    analysis = Analysis(
        Document("file:///server.py", text, "python"),
        dependencies({"requirements.txt": requirement}),
        rules=[registry.by_name()[rule]],
    )
    assert not analysis.failures
    return [text[slice(*d.finding.place.span)] for d in analysis.diagnostics if d.finding.place.span]


def where(rule: str, source: str) -> str:
    """The SDKs under which a rule says something."""
    return ", ".join(sdk for sdk in SDKS if found(rule, source, sdk))


EVERY = ", ".join(SDKS)
OFFICIAL = "mcp 1, mcp 2.0, mcp 2"


@pytest.mark.parametrize(
    ("rule", "source", "sdks"),
    [
        ("decorator-without-parentheses", "@mcp.tool\ndef f() -> str: ...", OFFICIAL),
        ("decorator-without-parentheses", "@mcp.prompt\ndef f() -> str: ...", OFFICIAL),
        ("decorator-without-parentheses", "@mcp.tool()\ndef f() -> str: ...", ""),
        ("unknown-registration-option", "@mcp.tool(tags={'a'})\ndef f() -> str: ...", OFFICIAL),
        ("unknown-registration-option", "@mcp.tool(enabled=False)\ndef f() -> str: ...", "mcp 1, mcp 2.0, mcp 2, fastmcp 3, fastmcp 4"),
        ("unknown-registration-option", "@mcp.local_provider.tool(enabled=False)\ndef f() -> str: ...", ""),
        ("unknown-registration-option", "@mcp.tool(exclude_args=['a'])\ndef f(a: str = '') -> str: ...", "mcp 1, mcp 2.0, mcp 2, fastmcp 4"),
        ("unknown-registration-option", "@mcp.tool(structured_output=True)\ndef f(): ...", EVERY),
        ("unknown-registration-option", "@mcp.tool(icons=['https://x/y.png'])\ndef f() -> str: ...", EVERY),
        ("unknown-registration-option", "@mcp.tool(name='a', title='b', meta={})\ndef f() -> str: ...", ""),
        ("parameter-no-call-can-fill", "@mcp.tool()\ndef f(*args) -> str: ...", EVERY),
        ("parameter-no-call-can-fill", "@mcp.tool()\ndef f(_x: str) -> str: ...", OFFICIAL),
        ("parameter-no-call-can-fill", "@mcp.tool()\ndef f(x: str, /) -> str: ...", "mcp 1, mcp 2.0, mcp 2, fastmcp 4"),
        ("parameter-no-call-can-fill", "class A:\n    @mcp.tool()\n    def f(self, x: str) -> str: ...", EVERY),
        ("parameter-no-call-can-fill", "@mcp.tool()\ndef f(x: str, *, y: str) -> str: ...", ""),
        ("context-in-schema", "@mcp.tool()\ndef f(ctx) -> str: ...", EVERY),
        ("context-in-schema", "@mcp.tool()\ndef f(context) -> str:\n    return context.request_id", EVERY),
        ("context-in-schema", "@mcp.tool()\ndef f(context) -> str:\n    return context.upper()", ""),
        ("context-in-schema", "@mcp.tool()\ndef f(ctx: Context) -> str: ...", ""),
        ("hidden-exception-text", "@mcp.tool()\ndef f() -> str:\n    raise ValueError('no')", "mcp 2"),
        ("hidden-exception-text", "@mcp.tool()\ndef f() -> str:\n    try:\n        raise ValueError('no')\n    except ValueError:\n        return 'x'", ""),
        ("hidden-exception-text", "@mcp.tool()\ndef f() -> str:\n    raise ValueError", ""),
        ("hidden-exception-text", "@mcp.resource('a://b')\ndef f() -> str:\n    raise ValueError('no')", ""),
        ("result-against-output-schema", "import json\n@mcp.tool()\ndef f() -> dict[str, int]:\n    return json.dumps({})", EVERY),
        ("result-against-output-schema", "import json\n@mcp.tool()\ndef f() -> list[str]:\n    return json.dumps([])", OFFICIAL),
        ("result-against-output-schema", "import json\n@mcp.tool()\ndef f() -> dict:\n    return json.dumps({})", ""),
        ("result-against-output-schema", "import json\n@mcp.tool()\ndef f() -> str:\n    return json.dumps({})", ""),
        ("result-that-is-none", "@mcp.tool()\nasync def f():\n    yield 1", "mcp 1, mcp 2.0, mcp 2, fastmcp 2"),
        ("result-that-is-none", "@mcp.tool()\ndef f():\n    yield 1", ""),
        ("template-unlike-function", "@mcp.resource('a://{x}')\ndef f(y: str) -> str: ...", EVERY),
        ("template-unlike-function", "@mcp.resource('a://{x}')\ndef f(x: str, y: str = '') -> str: ...", OFFICIAL),
        ("template-unlike-function", "@mcp.resource('a://{x}')\ndef f(x: str, ctx: Context) -> str: ...", ""),
        ("template-unlike-function", "@mcp.resource('a://b')\ndef f(x: str) -> str: ...", EVERY),
        ("template-unlike-function", "@mcp.resource('foo')\ndef f() -> str: ...", "mcp 1, fastmcp 2, fastmcp 3, fastmcp 4"),
        ("template-unlike-function", "@mcp.resource('a://{x*}')\ndef f(x: str) -> str: ...", OFFICIAL),
        ("template-unlike-function", "@mcp.resource('a://{+x}')\ndef f(x: str) -> str: ...", "mcp 1, fastmcp 2, fastmcp 3, fastmcp 4"),
        ("template-unlike-function", "@mcp.resource('a://b{?x}')\ndef f(x: str = '') -> str: ...", "mcp 1"),
        ("template-unlike-function", "@mcp.resource('a://{user-id}')\ndef f(user_id: str) -> str: ...", OFFICIAL),
        ("template-unlike-function", "@mcp.resource('a://{x')\ndef f(x: str) -> str: ...", EVERY),
        ("child-on-protocol-channel", "import subprocess\n@mcp.tool()\ndef f():\n    subprocess.run(['ls'])\nmcp.run()", "mcp 1, fastmcp 2, fastmcp 3"),
        ("child-on-protocol-channel", "import subprocess\n@mcp.tool()\ndef f():\n    subprocess.run(['ls'])\nmcp.run(transport='sse')", ""),
        ("server-run-inside-event-loop", "async def main():\n    mcp.run()", EVERY),
        ("server-run-inside-event-loop", "async def main():\n    await mcp.run()", EVERY),
        ("server-run-inside-event-loop", "def main():\n    mcp.run()", ""),
        ("server-run-inside-event-loop", "async def main():\n    await mcp.run_async()", ""),
        ("unknown-run-option", "mcp.run(transport='http')", OFFICIAL),
        ("unknown-run-option", "mcp.run(transport='streamable-http')", ""),
        ("unknown-run-option", "mcp.run(transport='sse', port=1)", "mcp 1"),
        ("duplicate-prompt-or-resource", "@mcp.prompt(name='a')\ndef f() -> str: ...\n@mcp.prompt(name='a')\ndef g() -> str: ...", EVERY),
        ("duplicate-prompt-or-resource", "@mcp.prompt(name='a', version='1')\ndef f() -> str: ...\n@mcp.prompt(name='a', version='2')\ndef g() -> str: ...", ""),
        ("duplicate-tool-name", "@mcp.tool(name='a', version='1')\ndef f() -> str: ...\n@mcp.tool(name='a', version='2')\ndef g() -> str: ...", ""),
        ("decorator-above-registration", "@retry(3)\n@mcp.tool()\ndef f() -> str: ...", EVERY),
        ("decorator-above-registration", "@mcp.tool()\n@retry(3)\ndef f() -> str: ...", ""),
        ("decorator-above-registration", "@app.get('/x')\n@mcp.tool()\ndef f() -> str: ...", ""),
        ("api-of-another-major", "other = FastMCP('x', port=1)", "mcp 2.0, mcp 2, fastmcp 3, fastmcp 4"),
        ("api-of-another-major", "other = FastMCP('x', version='1')", "mcp 1, mcp 2.0, mcp 2"),
        ("api-of-another-major", "other = FastMCP('x', tool_serializer=str)", "mcp 1, mcp 2.0, mcp 2, fastmcp 3, fastmcp 4"),
    ],
)  # fmt: skip
def test_where_it_is_a_mistake(rule: str, source: str, sdks: str) -> None:
    assert where(rule, source) == sdks


@pytest.mark.parametrize(
    ("decorator", "says"),
    [
        ("@server.call_tool", ["server.call_tool"]),
        ("@self.server.list_tools", ["self.server.list_tools"]),
        ("@server.call_tool()", []),
        ("@server.call_tool(validate_input=False)", []),
        ("@functools.cache", []),
    ],
)
def test_low_level_decorators_need_parentheses_as_well(decorator: str, says: list[str]) -> None:
    head = "import functools\nfrom mcp.server.lowlevel import Server\nserver = Server('notes')\n\n\n"
    assert found("decorator-without-parentheses", f"{head}{decorator}\nasync def f(*given): ...\n", "mcp 1") == says


def test_a_class_of_another_major_is_known_under_the_name_it_is_given() -> None:
    source = (
        "from mcp.server.fastmcp import FastMCP as Server\nmcp = Server('notes')\n@mcp.tool()\ndef f() -> str: ...\n"
    )
    rule = [registry.by_name()["api-of-another-major"]]
    for requirement, says in (("mcp==2.3.0", ["Server"]), ("mcp==1.30.0", [])):
        document = Document("file:///server.py", source, "python")
        told = Analysis(document, dependencies({"requirements.txt": requirement}), rules=rule).diagnostics
        assert [source[slice(*d.finding.place.span)] for d in told if d.finding.place.span] == says


def test_a_name_for_the_context_is_the_context() -> None:
    tool = """
    from mcp.server.session import ServerSession
    NotesContext = Context[ServerSession, dict]

    @mcp.tool()
    async def f(ctx: NotesContext) -> str:
        ctx.info("hello")
        await ctx.info("hello")
        return "x"
    """
    assert found("context-call-not-awaited", tool, "mcp 1") == ['ctx.info("hello")']


def test_a_context_of_the_other_sdk_is_an_argument() -> None:
    tool = "from fastmcp import Context as Other\n@mcp.tool()\ndef f(ctx: Other) -> str: ..."
    assert found("context-in-schema", tool, "mcp 1") == []  # what `Other` is called elsewhere is not looked up
    tool = "import fastmcp\n@mcp.tool()\ndef f(ctx: fastmcp.Context) -> str: ..."
    assert found("context-in-schema", tool, "mcp 1") == ["ctx: fastmcp.Context"]
    tool = "import mcp.server.fastmcp as m\n@mcp.tool()\ndef f(ctx: m.Context) -> str: ..."
    assert found("context-in-schema", tool, "fastmcp 3") == ["ctx: m.Context"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("requests.get('https://x')", "requests.get"),
        ("subprocess.run(['ls'])", "subprocess.run"),
        ("session.post('https://x')", "session.post"),
        ("load()", "requests.get"),
        ("await asyncio.to_thread(requests.get, 'https://x')", ""),
        ("await asyncio.to_thread(load)", ""),
        ("await asyncio.to_thread(lambda: requests.get('https://x'))", ""),
        ("await asyncio.get_running_loop().run_in_executor(None, load)", ""),
        ("await asyncio.sleep(1)", ""),
    ],
)
def test_what_blocks_an_async_handler(body: str, code: str) -> None:
    head = "import asyncio, requests, subprocess, time\nsession = requests.Session()\n"
    helper = "def load():\n    return requests.get('https://x')\n"
    source = f"{head}{helper}@mcp.tool()\nasync def f() -> str:\n    return {body}\n"
    for sdk in SDKS:
        assert found("blocking-call-in-async-handler", source, sdk) == ([code] if code else [])
    assert found("blocking-call-in-async-handler", source.replace("async def f", "def f"), "mcp 1") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("ctx.info('x')", "ctx.info('x')"),
        ("await ctx.info('x')", ""),
        ("asyncio.create_task(ctx.info('x'))", ""),
        ("log.info('x')", ""),
    ],
)
def test_what_is_never_sent(body: str, code: str) -> None:
    source = f"import asyncio, logging\nlog = logging\n@mcp.tool()\nasync def f(ctx: Context) -> str:\n    {body}\n    return ''"
    assert found("context-call-not-awaited", source, "mcp 1") == ([code] if code else [])


@pytest.mark.parametrize(
    ("requirement", "says"),
    [
        ("mcp", "`mcp` (requirements.txt) admits version 2, which has no `FastMCP`: a fresh install fails"),
        ("mcp[cli]>=1.6.0", "`mcp>=1.6.0` (requirements.txt) admits version 2, …"),
        ("mcp<2", ""),
        ("mcp>=1.6,<2.0.0", ""),
        ("mcp~=1.6", ""),
        ("mcp==1.*", ""),
        ("mcp>=1,<3", "`mcp>=1,<3` (requirements.txt) admits version 2, …"),
        ("mcp @ git+https://example.com/x", ""),
        ("httpx", ""),
    ],
)
def test_a_requirement_that_lets_the_next_major_in(requirement: str, says: str) -> None:
    document = Document("file:///server.py", V1, "python")
    rules = [registry.by_name()["sdk-without-upper-bound"]]
    said = [
        d.message for d in Analysis(document, dependencies({"requirements.txt": requirement}), rules=rules).diagnostics
    ]
    assert [s.replace("which has no `FastMCP`: a fresh install fails", "…") for s in said] == (
        [says.replace("which has no `FastMCP`: a fresh install fails", "…")] if says else []
    )


@pytest.mark.parametrize(
    ("other", "count"),
    [
        ("from mcp.server.mcpserver import MCPServer as FastMCP", 0),
        ("from fastmcp import FastMCP", 0),
        ("from mcp.server.fastmcp import FastMCP", 1),
        ("FastMCP = None", 1),
    ],
)
def test_a_class_that_is_taken_from_elsewhere_where_it_is_not_there(other: str, count: int) -> None:
    source = f"try:\n    from mcp.server.fastmcp import FastMCP\nexcept ImportError:\n    {other}\nmcp = FastMCP('x')\n"
    rules = [registry.by_name()["sdk-without-upper-bound"]]
    known = dependencies({"requirements.txt": "mcp>=1.12,<3"})
    assert len(Analysis(Document("file:///server.py", source, "python"), known, rules=rules).diagnostics) == count


def test_a_lock_file_helps_its_author_only() -> None:
    lock = '[[package]]\nname = "mcp"\nversion = "1.30.0"\n'
    project = '[project]\ndependencies = ["mcp>=1.2"]\n'
    document = Document("file:///server.py", V1, "python")
    rules = [registry.by_name()["sdk-without-upper-bound"]]
    known = dependencies({"pyproject.toml": project, "uv.lock": lock})
    assert len(Analysis(document, known, rules=rules).diagnostics) == 1


ASK = """
@mcp.tool()
async def wipe(ctx: Context) -> str:
{}
    return "wiped"
"""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("    try:\n        await ctx.elicit('?', A)\n    except Exception:\n        pass", "ctx.elicit"),
        ("    try:\n        await ctx.elicit('?', A)\n    except Exception:\n        print('no')", "ctx.elicit"),
        ("    try:\n        await ctx.elicit('?', A)\n    except Exception:\n        return 'kept'", "ctx.elicit"),
        ("    try:\n        r = await ctx.elicit('?', A)\n    except Exception:\n        return 'kept'", ""),
        (
            "    ok = True\n    try:\n        ok = await ctx.elicit('?', A)\n    except Exception:\n        ok = False",
            "",
        ),
        ("    try:\n        r = await ctx.elicit('?', A)\n    except ValueError:\n        pass", ""),
        ("    await ctx.elicit('?', A)", "ctx.elicit"),
    ],
)
def test_consent_that_is_none(body: str, code: str) -> None:
    # The third one leaves when it cannot ask, and goes on when the user declines.
    assert found("confirmation-that-fails-open", ASK.format(body), "mcp 1") == ([code] if code else [])


MOUNT = "from starlette.applications import Starlette\nfrom starlette.routing import Mount\n"


@pytest.mark.parametrize(
    ("app", "sdks"),
    [
        ("app = Starlette(routes=[Mount('/', app=mcp.streamable_http_app())])", OFFICIAL),
        ("app = Starlette(routes=[Mount('/', app=mcp.http_app())])", "fastmcp 2, fastmcp 3, fastmcp 4"),
        ("app = Starlette(routes=[Mount('/', app=mcp.http_app(transport='sse'))])", ""),
        ("app = Starlette(routes=[Mount('/', app=mcp.sse_app())])", ""),
        ("app = Starlette()\napp.mount('/', mcp.streamable_http_app())", OFFICIAL),
        ("inner = mcp.http_app()\napp = Starlette(routes=[Mount('/', app=inner)], lifespan=inner.lifespan)", ""),
        ("def add(app):\n    app.mount('/', mcp.streamable_http_app())", ""),
    ],
)
def test_an_app_that_nobody_starts(app: str, sdks: str) -> None:
    assert where("mounted-without-lifespan", MOUNT + app) == sdks


def test_options_of_one_call_are_told_of_together() -> None:
    source = "mcp.run(transport='sse', host='127.0.0.1', port=1)"
    assert len(found("unknown-run-option", source, "mcp 1")) == 1
