"""Rules whose answer stands in another file of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.project.dependencies import Projects
from mcp_lsp.project.index import Index
from mcp_lsp.syntax import Change, Document, language_of
from mcp_lsp_analyzers import registry


def check(rule: str, folder: Path, name: str, **files: str) -> list[str]:
    """The messages of a rule about a file of a project whose other files are given by their names (``__`` for the
    dot and ``___`` for a slash)."""
    for each, text in files.items():
        path = folder / each.replace("___", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    path = folder / name
    document = Document(path.as_uri(), path.read_text(encoding="utf-8"), language_of(name))
    known = Projects(str(folder)).dependencies(str(folder))
    analysis = Analysis(document, known, rules=[registry.by_name()[rule]], modules=Index(str(folder)))
    assert not analysis.failures
    return [diagnostic.message for diagnostic in analysis.diagnostics]


# ---------------------------------------------------------------- whom tokens are for

SETTINGS = """
from mcp.server import MCPServer
from mcp.server.auth.settings import AuthSettings
from auth.introspection import Verifier

settings = AuthSettings(issuer_url="https://login.example.com", resource_server_url="https://notes.example.com")
mcp = MCPServer("notes", auth=settings, token_verifier=Verifier())
"""
VERIFIER = """
from mcp.server.auth.provider import AccessToken

class Verifier:
    async def verify_token(self, token):
        claims = await self.ask(token)
        {check}
        return AccessToken(token=token, client_id="c", scopes=[])
"""


@pytest.mark.parametrize(
    ("check_", "count"),
    [
        ('if claims["aud"] != MINE: return None', 0),
        ("jwt.decode(token, key, audience=MINE)", 0),
        ("jwt.decode(token, key, audience=None)", 1),
        ('jwt.decode(token, key, options={"verify_aud": False})', 1),
        ('if not claims["active"]: return None', 1),
    ],
)
def test_a_verifier_in_another_file_asks_for_the_audience(check_: str, count: int, tmp_path: Path) -> None:
    verifier = VERIFIER.replace("{check}", check_)
    found = check(
        "audience-not-checked",
        tmp_path,
        "server.py",
        server__py=SETTINGS,
        auth___introspection__py=verifier,
        requirements__txt="mcp==2.3.0\n",
    )
    assert len(found) == count


# ---------------------------------------------------------------- where hosts are looked at

MOUNTED = """
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

export function mount(app) {
  app.post("/mcp", async (req, res) => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await transport.handleRequest(req, res, req.body);
  });
}
"""
APP = """
import express from "express";
import {{ hostHeaderValidation }} from "@modelcontextprotocol/sdk/server/middleware/hostHeaderValidation.js";
import {{ {name} }} from "./{file}.js";

const app = express();
{check}
mount(app);
app.listen(3000, "127.0.0.1");
"""
CHECK = 'app.use(hostHeaderValidation(["localhost"]));'


@pytest.mark.parametrize(
    ("file", "check_", "count"),
    [("mounted", CHECK, 0), ("mounted", "app.use(express.json());", 1), ("other", CHECK, 1)],
)
def test_hosts_are_looked_at_where_a_transport_is_mounted(file: str, check_: str, count: int, tmp_path: Path) -> None:
    found = check(
        "transport-without-host-check",
        tmp_path,
        "mounted.ts",
        mounted__ts=MOUNTED,
        app__ts=APP.format(name="mount", file=file, check=check_),
        other__ts="export function mount(app) {}",
        package__json='{"dependencies": {"@modelcontextprotocol/sdk": "^1.20.0"}}',
    )
    assert len(found) == count


# ---------------------------------------------------------------- files that a server keeps for itself

READING = """
from fastmcp import FastMCP
from store import {function}

mcp = FastMCP("notes")


@mcp.tool(annotations={{"readOnlyHint": True}})
def last(name: str) -> str:
    \"\"\"The last note.\"\"\"
    return {function}({given})
"""
STORE = """
import os
import shutil


def read():
    os.unlink("/srv/notes/token.json")
    return ""


def forget(name):
    os.unlink("/srv/notes/" + os.path.basename(name))
    return ""


def clear():
    shutil.rmtree("/srv/notes")
    return ""


def renew():
    shelf = "/srv/cache/notes"
    shutil.rmtree(shelf)
    os.makedirs(shelf)
    return ""


def renew_another():
    shelf, other = "/srv/notes", "/srv/cache"
    shutil.rmtree(shelf)
    os.makedirs(other)
    return ""
"""


@pytest.mark.parametrize(
    ("function", "given", "count"),
    [("read", "", 0), ("forget", "name", 1), ("clear", "", 1), ("renew", "", 0), ("renew_another", "", 1)],
)
def test_a_file_of_its_own_that_a_server_takes_away(tmp_path: Path, function: str, given: str, count: int) -> None:
    text = READING.format(function=function, given=given)
    assert len(check("hint-denies-effect", tmp_path, "server.py", server__py=text, store__py=STORE)) == count


# ---------------------------------------------------------------- who asks, in front of the routes

TRANSPORT = """
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Web } from "./web.js";
export const open = () => new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
"""
WEB = """
import { onlyKnown } from "./known.js";
export class Web {
  prepare(names: string[]) {
    PUT;
  }
}
"""
KNOWN = """
export function onlyKnown(names: string[]) {
  return async (request, reply) => {
    if (!names.includes(request.headers.host)) reply.status(403).send();
  };
}
"""


@pytest.mark.parametrize(
    ("put", "known", "count"),
    [
        ('this.app.addHook("onRequest", onlyKnown(names))', KNOWN, 0),
        ("this.app.use(onlyKnown(names))", KNOWN, 0),
        ('this.app.addHook("onRequest", onlyKnown(names))', KNOWN.replace("headers.host", "ip"), 1),
        ("this.app.allowed = onlyKnown(names)", KNOWN, 1),
    ],
)
def test_hosts_are_looked_at_by_what_another_file_puts_in_front(
    tmp_path: Path, put: str, known: str, count: int
) -> None:
    files = {"open__ts": TRANSPORT, "web__ts": WEB.replace("PUT", put), "known__ts": known}
    assert len(check("transport-without-host-check", tmp_path, "open.ts", **files)) == count


STARTED = """
import express from "express";
import { onlyKnown } from "../known.js";
import { routes } from "./routes.js";

export class Web {
  private app = APP;

  prepare(names: string[]) {
    PUT
    routes(this.app);
  }
}
"""
JUDGED = """
function isKnown(host, names: string[]) {
  return names.includes(host);
}
function named(request) {
  return request.headers.host;
}
export function onlyKnown(names: string[]) {
  return async (request, reply) => {
    if (!isKnown(named(request), names)) reply.status(403).send();
  };
}
"""


@pytest.mark.parametrize(
    ("app", "put", "known", "count"),
    [
        ("express()", "this.app.use(onlyKnown(names));", JUDGED, 0),
        ("express()", "this.app.use(express.json());", JUDGED, 1),
        ("express()", "this.app.use(cors({ origin: names.includes(origin) }));", JUDGED, 1),  # for browsers to obey
        ("made()", "this.app.use(onlyKnown(names));", JUDGED, 1),
    ],
)
def test_hosts_are_looked_at_in_front_of_the_app_that_a_transport_is_given(
    tmp_path: Path, app: str, put: str, known: str, count: int
) -> None:
    given = MOUNTED.replace("export function mount(app)", "export function listen(app)")
    web = STARTED.replace("APP", app).replace("PUT", put)
    files = {"web___web__ts": web, "known__ts": known, "web___given__ts": given}
    assert len(check("transport-without-host-check", tmp_path, "web/given.ts", **files)) == count


MADE = """
import os
from fastmcp import FastMCP
from fastmcp.server.auth.providers.google import GoogleProvider

if os.environ.get("NOTES_CLIENT"):
    mcp = FastMCP("notes"AUTH)
else:
    mcp = FastMCP("notes")
"""
RUN = 'from made import mcp\n\n\ndef main():\n    mcp.run(transport="streamable-http", host="0.0.0.0", port=8000)\n'


@pytest.mark.parametrize(("auth", "count"), [(", auth=GoogleProvider(client_id=ID, client_secret=KEY)", 0), ("", 1)])
def test_a_server_that_asks_is_made_in_another_file(tmp_path: Path, auth: str, count: int) -> None:
    files = {"main__py": RUN, "made__py": MADE.replace("AUTH", auth), "requirements__txt": "fastmcp==2.14.0\n"}
    found = check("listening-everywhere-without-authentication", tmp_path, "main.py", **files)
    assert len(found) == count


MAKING = """
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from made import make


def main():
    app = Starlette(routes=[Mount("/", app=make().http_app())])
    uvicorn.run(app, host="0.0.0.0", port=8000)
"""
FACTORY = """
from fastmcp import FastMCP
from fastmcp.server.auth.providers.google import GoogleProvider


def make():
    return FastMCP("notes"AUTH)
"""


@pytest.mark.parametrize(("auth", "count"), [(", auth=GoogleProvider(client_id=ID, client_secret=KEY)", 0), ("", 1)])
def test_a_function_of_another_file_makes_a_server_that_asks(tmp_path: Path, auth: str, count: int) -> None:
    files = {"main__py": MAKING, "made__py": FACTORY.replace("AUTH", auth), "requirements__txt": "fastmcp==2.14.0\n"}
    found = check("listening-everywhere-without-authentication", tmp_path, "main.py", **files)
    assert len(found) == count


LISTENING = """
import express from "express";
import { routes } from "./routes.js";

const app = express();
routes(app);
app.listen(3000);
"""
ROUTES = """
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";

export function routes(app) {
  app.post("/mcp", WHO async (req, res) => {
    await new StreamableHTTPServerTransport({}).handleRequest(req, res, req.body);
  });
}
"""


@pytest.mark.parametrize(
    ("who", "given", "count"),
    [("requireBearerAuth({ verifier }),", "app", 0), ("", "app", 1), ("requireBearerAuth({ verifier }),", "other", 1)],
)
def test_a_function_of_another_file_asks_in_the_app_it_is_given(
    tmp_path: Path, who: str, given: str, count: int
) -> None:
    routes = ROUTES.replace("WHO", who)
    files = {"main__ts": LISTENING.replace("routes(app)", f"routes({given})"), "routes__ts": routes}
    files["package__json"] = '{"dependencies": {"@modelcontextprotocol/sdk": "1.25.0"}}'
    assert len(check("listening-everywhere-without-authentication", tmp_path, "main.ts", **files)) == count


# ---------------------------------------------------------------- where standard output leads

PRINTING = """
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { listed } from "./notes.js";
export function register(server: McpServer) {
  server.registerTool("list_notes", { description: "Lists the notes." }, async () => {
    console.log("listing");
    return { content: [{ type: "text", text: await listed() }] };
  });
}
"""
STARTING = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { register } from "./tools/register.js";
function quiet() {
  TURNED;
}
quiet();
const server = new McpServer({ name: "notes", version: "1.0.0" });
register(server);
await server.connect(new StdioServerTransport());
"""


@pytest.mark.parametrize(
    ("turned", "start", "count"),
    [
        ("console.log = console.error", "index__ts", 0),
        ("console.log = console.error", "index__test__ts", 1),
        ("console.info = console.error", "index__ts", 1),
    ],
)
def test_what_the_start_turns_elsewhere_a_tool_writes_there(
    tmp_path: Path, turned: str, start: str, count: int
) -> None:
    files = {"tools___register__ts": PRINTING, start: STARTING.replace("TURNED", turned)}
    assert len(check("output-on-stdout", tmp_path, "tools/register.ts", **files)) == count


@pytest.mark.parametrize(("way", "read"), [("console.log", True), ("console.error", False)])
def test_what_goes_to_the_log_leads_to_no_other_file(tmp_path: Path, way: str, read: bool) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "start.ts").write_text(STARTING.replace("TURNED", ""), encoding="utf-8")
    path = tmp_path / "tools" / "register.ts"
    path.write_text(PRINTING.replace("console.log", way), encoding="utf-8")
    index = Index(str(tmp_path))
    Analysis(Document(path.as_uri(), path.read_text(encoding="utf-8"), "typescript"), modules=index)
    assert (index.loaded > 0) is read


# ---------------------------------------------------------------- what a decorator of another file registers

HELPER = """
def guarded(mcp, name):
    def decorated(function):
        return mcp.tool(name=name)(function)
    return decorated
"""
TOOLS = '''
from mcp.server.fastmcp import FastMCP
from helper import guarded


def register(mcp: FastMCP) -> None:
    @guarded(mcp, "rename")
    def rename(note: str) -> str:
        """Rename a note.

        Args:
            note: The note.
        """
        return note
'''


def test_a_tool_of_a_decorator_elsewhere_stands_where_it_is_declared_after_an_edit_too(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text(HELPER, encoding="utf-8")
    document = Document((tmp_path / "tools.py").as_uri(), TOOLS, "python")
    analysis = Analysis(document, modules=Index(str(tmp_path)))
    before = [tool.place.uri for server in analysis.servers for tool in server.tools]
    at = TOOLS.index("return note")
    analysis.change([Change(at, at, "print()\n        ")])
    after = [tool.place.uri for server in analysis.servers for tool in server.tools]
    assert before == after == [document.uri]
