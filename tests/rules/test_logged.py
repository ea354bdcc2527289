"""What of a service is written to its log."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text


def said(text: str, uri: str) -> bool:
    return any(d.rule.id == "MCP409" for d in check_text(uri, text))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('self.log("info", f"connecting: {conn_params}")', True),
        ('self.log("info", f"connecting: {safe_conn_params}")', False),
        ('self.log("info", f"connecting: {masked_db_url}")', False),
        ('self.log("notes", f"connecting: {conn_params}")', False),
        ('logger.error("cannot connect to %s", self.database_url)', True),
        ('logger.error("cannot connect to %s", self.base_url)', False),
        ('logger.debug(f"asking with {request.headers}")', True),
        ('logger.debug(f"asking with {dict(request.headers)}")', True),
        ('logger.debug(f"answered with {response.headers}")', False),
        ('logger.debug(f"asking with {list(request.headers)}")', False),
        ('logger.debug("asking with %s", self.client.headers)', True),
        ('logger.debug("asking with %s", request.headers.get("cookie", "")[:40])', True),
        ('logger.debug("asking with %s", request.headers.get("accept", "")[:40])', False),
        ('logger.debug("with %s", self.api_key if debug else "***")', True),
        ('client.get(URL, params={"access_token": key()}); logger.error("failed: %s", response.url)', False),
        ('client.get(URL, params={"q": self.access_token}); logger.error("failed: %s", response.url)', True),
        ('client.get(URL, params={"q": self.word}); logger.error("failed: %s", response.url)', False),
        ('logger.debug("%s", ", ".join(f"{k}={v}" for k, v in os.environ.items()))', True),
        (
            'logger.debug("%s", ", ".join([f"{k}={v[:2]}" if k in X else f"{k}={v}" for k, v in os.environ.items()]))',
            True,
        ),
        ('logger.debug("%s", ", ".join(f"{k}={len(v)}" for k, v in os.environ.items()))', False),
        ('logger.debug("%s", ", ".join(k for k in os.environ.keys()))', False),
        ('said = request.headers["authorization"].split(" "); kind = said[0]; logger.debug("not %s", kind)', False),
        ('said = request.headers["authorization"].split(" "); shown = said[1]; logger.debug("not %s", shown)', True),
    ],
)
def test_in_python(line: str, found: bool) -> None:
    text = f"import logging\n\nfrom mcp.server.fastmcp import FastMCP\n\nlogger = logging.getLogger(__name__)\n\n\ndef connect(self, request):\n    {line}\n"
    assert said(text, "file:///server.py") == found


@pytest.mark.parametrize(
    ("name", "shown", "found"),
    [
        ("createAuthConfig", "JSON.stringify(args)", True),
        ("login", "JSON.stringify(args)", True),
        ("createAuthConfig", 'JSON.stringify({ ...args, password: "***" })', False),
        ("createAuthConfig", "JSON.stringify({ ...args, url: args.url })", True),
        ("listCredentials", "JSON.stringify(args)", False),
        ("createNote", "JSON.stringify(args)", False),
    ],
)
def test_everything_that_a_function_is_given(name: str, shown: str, found: bool) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    text = f"{head}export async function {name}(args) {{\n  logger.info(`asked: ${{{shown}}}`);\n}}\n"
    assert said(text, "file:///server.ts") == found


@pytest.mark.parametrize(
    ("uri", "line", "severity"),
    [
        ("file:///server.py", 'logger.info(f"starting with {config}")', ["information"]),
        ("file:///server.py", "logger.info(config.api_token)", ["warning"]),
        ("file:///server.ts", "console.error(`starting with ${config}`);", []),
        ("file:///server.ts", "console.error(`starting with ${JSON.stringify(config)}`);", ["information"]),
        ("file:///server.ts", "console.error(config.apiToken);", ["warning"]),
    ],
)
def test_an_object_with_a_secret(uri: str, line: str, severity: list[str]) -> None:
    if uri.endswith(".py"):
        text = (
            f"from mcp.server.fastmcp import FastMCP\n\n\ndef start(config):\n    {line}\n    use(config.api_token)\n"
        )
    else:
        head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
        text = f"{head}export function start(config) {{\n  {line}\n  use(config.apiToken);\n}}\n"
    assert [d.severity.value for d in check_text(uri, text) if d.rule.id == "MCP409"] == severity


@pytest.mark.parametrize(("shown", "found"), [('export NOTES_TOKEN="${token}"', False), ("token is ${token}", True)])
def test_what_a_shell_is_given(shown: str, found: bool) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    text = f"{head}export async function show(accessToken) {{\n  const token = await fresh();\n  console.log(`{shown}`);\n  use(`Bearer ${{token}}`);\n}}\n"
    assert said(text, "file:///token.ts") == found


ASKING = "import logging\nfrom dataclasses import dataclass\n\nfrom mcp.server.fastmcp import FastMCP\nfrom pydantic import BaseModel, SecretStr\n\nlogger = logging.getLogger(__name__)\n"


@pytest.mark.parametrize(
    ("declared", "found"),
    [
        ("@dataclass\nclass Asking:\n    url: str\n    api_key: str", True),
        ("class Asking(BaseModel):\n    url: str\n    api_key: str | None = None", True),
        ("class Asking(BaseModel):\n    url: str\n    api_key: SecretStr", False),
        ("@dataclass\nclass Asking:\n    url: str\n    api_key: str = field(repr=False)", False),
        ("@dataclass\nclass Asking:\n    api_key: str\n\n    def __repr__(self):\n        return 'Asking'", False),
        ("class Asking:\n    api_key: str", False),
        ("@dataclass\nclass Asking:\n    url: str\n    max_tokens: int", False),
    ],
)
def test_what_a_parameter_has_by_its_class(declared: str, found: bool) -> None:
    text = (
        f'{ASKING}\n\n{declared}\n\n\ndef ask(options: Asking) -> None:\n    logger.info(f"asking with {{options}}")\n'
    )
    assert said(text, "file:///server.py") == found


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("JSON.stringify(options)", True),
        ("options", False),
        ("JSON.stringify(options.url)", False),
        ("Object.keys(options)", False),
    ],
)
def test_what_a_parameter_has_by_its_interface(shown: str, found: bool) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    declared = "interface Asking {\n  url: string;\n  accessToken?: string;\n}\n"
    text = (
        f"{head}{declared}export function ask(options: Asking = {{}}) {{\n  logger.info(`asking: ${{{shown}}}`);\n}}\n"
    )
    assert said(text, "file:///server.ts") == found


PYTHON = "import logging\nimport os\n\nfrom mcp.server.fastmcp import FastMCP\n\nlogger = logging.getLogger(__name__)\nCONFIG = {'host': 'db', 'password': os.environ['DB_PASSWORD']}\n\n\n"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('logger.info("key " + api_key)', True),
        ('logger.info("key %s" % api_key)', True),
        ('logger.info("key {}".format(api_key))', True),
        ('print(f"key {api_key}", file=sys.stderr)', True),
        ('sys.stderr.write(f"key {api_key}")', True),
        ('await ctx.info(f"key {api_key}")', True),
        ('log_message(f"key {api_key}")', True),
        ('url = f"https://notes.example/?key={api_key}"\n    logger.info("asking %s", url)', True),
        ('url = hide(f"https://notes.example/?key={api_key}")\n    logger.info("asking %s", url)', False),
        ('url = redact(f"https://notes.example/?key={api_key}")\n    logger.info("asking %s", url)', False),
        ('shown = f"?key={api_key}".replace(api_key, "***")\n    logger.info("asking %s", shown)', False),
        ('params = {"page": 1}\n    params["api_key"] = api_key\n    logger.info("with %s", params)', True),
        ('params = {"page": 1}\n    params["next_page_token"] = cursor\n    logger.info("with %s", params)', False),
        ('logger.info("with %s", CONFIG)', True),
        ('logger.info("with %s", CONFIG["host"])', False),
        ('logger.info("with %s", dict(os.environ))', True),
        ('logger.info("with %s", os.environ["NOTES_API_KEY"])', True),
        ('logger.info("key %s", api_key[:4])', False),
        ('logger.info("key ends in %s", api_key[-4:])', False),
        ('key = os.getenv("NOTES_API_KEY")\n    logger.info("key %s", key)', True),
        ('key = "given" if api_key else "missing"\n    logger.info("key %s", key)', False),
        ('masked_key = api_key[:2] + "***"\n    logger.info("key %s", masked_key)', False),
        (
            'header = request.headers.get("authorization").strip()\n    kind = header.split(" ")[0] if " " in header else header\n    logger.info("kind %s", kind)',
            True,
        ),
        ('kind = request.headers.get("authorization").split(" ")[0]\n    logger.info("kind %s", kind)', False),
        ('logger.info("asked %s", LogId.checkCredentials)', False),
        ('made = {"api_key": self.settings.get_api_key()}\n    logger.info("with %s", made)', True),
        ('made = {"api_key": self.settings.has_api_key()}\n    logger.info("with %s", made)', False),
        ('key = self.settings.get_api_key()\n    logger.info("with %s", key)', True),
        ('kept = {k: v for k, v in os.environ.items() if "DB" in k}\n    logger.info("with %s", kept)', True),
        ('kept = sorted(k for k in os.environ if "DB" in k)\n    logger.info("with %s", kept)', False),
        ('logger.debug(f"configured: {env_vars}")', True),
        ('url = f"http://localhost/?key={api_key}"\n    logger.info("settings are ready at %s", url)', False),
        ('logger.debug(f"configured: {list(env_vars)}")', False),
        ('logger.debug(f"configured: {env_var_names}")', False),
    ],
)
def test_what_a_value_is_made_of(body: str, found: bool) -> None:
    assert (
        said(f"{PYTHON}async def connect(api_key, request, cursor, ctx):\n    {body}\n", "file:///server.py") == found
    )


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('console.error("key " + apiKey);', True),
        ("debugLog(`key ${apiKey}`);", True),
        ("process.stderr.write(`key ${apiKey}`);", True),
        ('server.sendLoggingMessage({ level: "info", data: `key ${apiKey}` });', True),
        ('const url = new URL(base); url.searchParams.set("key", apiKey); console.error(`asking ${url}`);', True),
        ('const url = new URL(base); url.searchParams.set("page", "2"); console.error(`asking ${url}`);', False),
        ("const { apiKey: key } = settings; console.error(key);", True),
        ("const shown = { user: settings.user, key: settings.apiKey }; console.error(shown);", True),
        ('const shown = { user: settings.user, key: settings.apiKey ? "***" : "" }; console.error(shown);', False),
        ('console.error({ ...settings, server: { ...settings.server, apiKey: "***" } });', False),
        ("console.error(JSON.stringify(process.env));", True),
        ("console.error(apiKey.slice(-4));", False),
        ("console.error(apiKey.length);", False),
        ("console.error({ headers: error.config?.headers });", True),
        ("console.error({ headers: answer.headers });", False),
        (
            "const all = Object.keys(process.env).reduce((a, k) => ({ ...a, [k]: process.env[k] }), {}); console.error(all);",
            True,
        ),
        ("const all = Object.keys(process.env).filter((k) => k.startsWith('DB')); console.error(all);", False),
        ("const shown = mask(apiKey); console.error(shown);", False),
    ],
)
def test_what_a_value_is_made_of_in_typescript(body: str, found: bool) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    assert (
        said(f"{head}export async function connect(apiKey, base, settings) {{ {body} }}\n", "file:///server.ts")
        == found
    )


OPTIONS = """
export enum Options {
  ApiKey = WRITTEN,
}
const given = { ApiKey: WRITTEN };

export function usage(options: Given) {
  console.error(`notes --${WHAT} <your key>`);
}
"""


@pytest.mark.parametrize(
    ("what", "written", "found"),
    [
        ("Options.ApiKey", '"apiKey"', False),
        ("Options.ApiKey", '"--api-key"', False),
        ("given.ApiKey", '"m7x2k9q4v8w1"', True),
        ("given.ApiKey", "process.env.API_KEY", True),
        ("options.apiKey", '"apiKey"', True),
        ("options.grantHasRefreshToken", '"apiKey"', False),
        ("options.refreshToken", '"apiKey"', True),
    ],
)
def test_what_an_option_is_called(what: str, written: str, found: bool) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    text = head + OPTIONS.replace("WRITTEN", written).replace("WHAT", what)
    assert said(text, "file:///src/server.ts") == found


def test_a_member_of_an_enumeration() -> None:
    text = """
        import logging
        from enum import Enum
        from mcp.server.fastmcp import FastMCP

        logger = logging.getLogger(__name__)

        class Names(str, Enum):
            API_KEY = "api_key"

        def usage(config):
            logger.info(f"set {WHAT}")
        """
    for what, found in (("Names.API_KEY", False), ("config.api_key", True)):
        assert said(textwrap.dedent(text).replace("WHAT", what), "file:///server.py") == found


@pytest.mark.parametrize(
    ("name", "found"), [("rollback_token", False), ("checkpoint_token", False), ("access_token", True)]
)
def test_tokens_that_only_name_a_state(name: str, found: bool) -> None:
    text = f"import logging\n\nfrom mcp.server.fastmcp import FastMCP\n\nlogger = logging.getLogger(__name__)\n\n\ndef undo({name}):\n    logger.warning('undone', {name}={name})\n"
    assert said(text, "file:///server.py") == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("logger.info(f'session {session_token}')", True),
        ("logger.info('signing in with %s', auth_config)", True),
        ("logger.info('signing in with %s', auth_config.kind)", False),
        ("logger.info('signing in with %s', masked_auth_config)", False),
    ],
)
def test_all_that_somebody_signs_in_with(line: str, found: bool) -> None:
    text = "import logging\n\nfrom mcp.server.fastmcp import FastMCP\n\nlogger = logging.getLogger(__name__)\n\n\n"
    text += f"def connect(session_token, auth_config, masked_auth_config):\n    {line}\n"
    assert said(text, "file:///server.py") is found


ASKED = """
import {{ createMcpHandler }} from "mcp-handler";

function settings(request) {{
  const params = new URL(request.url).searchParams;
  return {{ {asked} }};
}}

export async function answer(request) {{
  const given = settings({with_it});
  console.error(`asked for ${{request.url}}`);
  return createMcpHandler(given)(request);
}}
"""


@pytest.mark.parametrize(
    ("asked", "with_it", "found"),
    [
        ('apiKey: params.get("apiKey")', "request", True),
        ('tools: params.get("tools")', "request", False),
        ('apiKey: params.get("apiKey")', "other", False),
    ],
)
def test_an_address_that_a_key_is_read_of(asked: str, with_it: str, found: bool) -> None:
    assert said(ASKED.format(asked=asked, with_it=with_it), "file:///route.ts") is found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ('url = config.get("url")', False),
        ('key = config.get("api_key")', True),
        ('key = config["api_key"]', True),
        ('sent = config.get("authentication", {})\n    key = sent.get("credentials")', True),
        ('sent = config.get("authentication", {})\n    key = sent.get("schemes")', False),
        ('config["api_key"] = "set" if config["api_key"] else "missing"', False),
        ('key = config.pop("api_key")\n    other = config["token"]', False),
        ('key = other.get("api_key")', False),
        ('given = config.get("has_password")', False),
    ],
)
def test_an_object_of_which_a_secret_is_read(lines: str, found: bool) -> None:
    text = f"import logging\n\nfrom mcp.server.fastmcp import FastMCP\n\nlogger = logging.getLogger(__name__)\n\n\ndef connect(config, other):\n    logger.info(f'with {{config}}')\n    {lines}\n"
    assert said(text, "file:///server.py") == found
    assert not said(text.replace("{config}", "{len(config)}"), "file:///server.py")


@pytest.mark.parametrize(
    ("entry", "found"),
    [("state", 0), ("code_challenge: made", 0), ("client_secret: C.clientSecret", 1), ("...more", 1)],
)
def test_parameters_of_a_sign_in_are_what_their_entries_say(entry: str, found: int) -> None:
    text = f"""
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    export function signIn(C, state, made, more) {{
      const authParams = {{ client_id: C.id, response_type: "code", {entry} }};
      const authUrl = `${{C.host}}/authorize?${{querystring.stringify(authParams)}}`;
      console.error(`Redirecting to: ${{authUrl}}`);
    }}
    """
    said = [d.message for d in check_text("file:///a.ts", text) if d.rule.id == "MCP409"]
    assert len(said) == found, said


@pytest.mark.parametrize(("entry", "found"), [("'state': state", 0), ("'password': password", 1), ("**more", 1)])
def test_parameters_of_a_sign_in_in_python(entry: str, found: int) -> None:
    text = f"""
import logging
import mcp

def sign_in(state, password, more):
    auth_params = {{"client_id": "notes", {entry}}}
    logging.info("asking with %s", auth_params)
"""
    said = [d.message for d in check_text("file:///a.py", text) if d.rule.id == "MCP409"]
    assert len(said) == found, said
