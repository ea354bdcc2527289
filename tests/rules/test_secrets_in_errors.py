"""What the text of an error has of a secret."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text


def told(uri: str, text: str) -> list[str]:
    return [d.finding.detail for d in check_text(uri, text) if d.rule.id == "MCP453"]


PYTHON = "import logging\nimport httpx\nimport requests\nfrom mcp.server.fastmcp import FastMCP\n\nlog = logging.getLogger(__name__)\nAPI_KEY = read()\nBEARER_TOKEN = 'NOTES_TOKEN'\n\n\n"
ASKED = "requests.get(BASE, params={'key': API_KEY})"


@pytest.mark.parametrize(
    ("asked", "caught", "shown", "found"),
    [
        (ASKED, "Exception", "return f'failed: {e}'", True),
        (ASKED, "Exception", "return json.dumps({'error': str(e)})", True),
        (ASKED, "requests.RequestException", "raise RuntimeError(f'failed: {e}') from e", True),
        (ASKED, "(ValueError, requests.HTTPError)", "log.error('failed: %s', e)", True),
        (ASKED, "Exception", "return f'failed: {redact(str(e))}'", False),
        (ASKED, "Exception", "return f'failed: {type(e).__name__}'", False),
        (ASKED, "ValueError", "return f'failed: {e}'", False),
        (ASKED, "requests.HTTPError", "return {'url': str(e.response.url)}", True),
        (ASKED, "requests.HTTPError", "seen = {'url': e.request.url}; return {'error': seen}", True),
        (ASKED, "requests.HTTPError", "said = str(e); return {'error': said}", True),
        (ASKED, "requests.HTTPError", "return {'status': e.response.status_code}", False),
        (ASKED, "requests.HTTPError", "seen = {'url': redact(e.request.url)}; return {'error': seen}", False),
        (ASKED, "Exception", "return 'failed'", False),
        ("requests.get(BASE, headers={'key': API_KEY})", "Exception", "return f'failed: {e}'", False),
        ("requests.get(f'{BASE}?key={API_KEY}')", "Exception", "return f'failed: {e}'", True),
        ("httpx.get(f'{BASE}?key={API_KEY}')", "Exception", "return f'failed: {e}'", False),
        ("httpx.get(f'{BASE}?key={API_KEY}').raise_for_status()", "Exception", "return f'failed: {e}'", True),
        ("client.request('GET', BASE, params={'key': API_KEY}).raise_for_status()", "Exception", "return str(e)", True),
        ("cache.get(API_KEY).raise_for_status()", "Exception", "return str(e)", False),
    ],
)
def test_of_a_request_that_failed(asked: str, caught: str, shown: str, found: bool) -> None:
    text = f"{PYTHON}def ask(client):\n    try:\n        return {asked}\n    except {caught} as e:\n        {shown}\n"
    assert told("file:///server.py", text) == (["API_KEY"] if found else [])


@pytest.mark.parametrize(
    ("raised", "found"),
    [
        ("raise ValueError(f'bad key {api_key}')", True),
        ("raise ValueError('bad key ' + api_key)", True),
        ("raise ValueError(f'bad key {mask(api_key)}')", False),
        ("raise ValueError(f'bad key {api_key[:4]}')", False),
        ("raise TypeError(f'bad key {api_key}')", False),
        ("raise ValueError(f'cannot connect to {connection_string}')", True),
        ("raise ValueError(f'cannot connect to {connection_name}')", False),
        ("raise ValueError(f'cannot connect to {connection_url}')", False),
        ("raise ValueError(Codes.INVALID_API_KEY)", False),
        ("raise ValueError(f'unexpected token {token}')", False),
        ("raise ValueError([name for name, value in {'a': api_key}.items() if not value])", False),
        ("raise ValueError([value for name, value in {'a': api_key}.items() if value])", True),
        ("raise ValueError(f'set {BEARER_TOKEN}, not {api_name}')", False),
    ],
)
def test_put_into_the_text(raised: str, found: bool) -> None:
    given = "token" if "{token}" in raised else "api_key"
    assert bool(told("file:///server.py", f"{PYTHON}def ask({given}):\n    {raised}\n")) == found


@pytest.mark.parametrize(
    ("raised", "found"),
    [
        ("throw new Error(`no answer from ${url}`);", True),
        ("throw new Error(`no answer from ${url.host}`);", False),
        ("throw new Error(`no answer from ${redact(url)}`);", False),
    ],
)
def test_in_typescript(raised: str, found: bool) -> None:
    head = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
    body = 'const url = new URL(base); url.searchParams.set("key", apiKey);'
    text = f"{head}export async function ask(base: string, apiKey: string) {{ {body} {raised} }}\n"
    assert bool(told("file:///server.ts", text)) == found


@pytest.mark.parametrize(
    ("looked", "found"),
    [
        ("Path(private_key).is_file()", []),
        ("os.path.isfile(private_key)", []),
        ("load_bytes(private_key)", []),
        ("load_balance(private_key)", ["private_key"]),
        ("cache.exists(private_key)", ["private_key"]),
        ("private_key.startswith('-----')", ["private_key"]),
    ],
)
def test_where_a_key_is_kept(looked: str, found: list[str]) -> None:
    made = "    raise ValueError(f'no such key: {private_key}')\n"
    text = f"{PYTHON}def load(env):\n    private_key = env.get('NOTES_KEY')\n    if not {looked}:\n    {made}"
    assert told("file:///server.py", text) == found
    logged = text.replace("raise ValueError(", "log.error(")
    assert any(d.rule.id == "MCP409" for d in check_text("file:///server.py", logged)) is bool(found)


QUERY = 'query = {"access_token": self.token}\n        '


@pytest.mark.parametrize(
    ("made", "found"),
    [
        ('return f"{BASE}/{path}?key={self.api_key}"', True),
        (QUERY + 'return f"{BASE}/{path}?{urlencode(query)}"', True),
        (QUERY + "return BASE + urlencode({k: v for k, v in query.items() if v is not None})", True),
        (QUERY + "return BASE + urlencode({k: v for k, v in query.items() if k not in HIDDEN})", False),
        ('return f"{BASE}/{path}"', False),
        ('return f"{BASE}/{path}?by={self.name}"', False),
    ],
)
def test_an_address_that_a_method_puts_together(made: str, found: bool) -> None:
    text = (
        f"{PYTHON}class Client:\n    def build_url(self, path):\n        {made}\n\n"
        "    def ask(self, path):\n        url = self.build_url(path)\n        try:\n"
        "            return requests.get(url)\n        except Exception as e:\n"
        "            raise RuntimeError(f'failed: {e}') from e\n"
    )
    assert bool(told("file:///server.py", text)) == found


@pytest.mark.parametrize(("library", "found"), [("httpx", False), ("requests", True)])
def test_what_is_caught_after_the_answer_was(library: str, found: bool) -> None:
    text = (
        f"{PYTHON}def ask():\n    try:\n"
        f"        {library}.get(BASE, params={{'key': API_KEY}}).raise_for_status()\n"
        f"    except {library}.HTTPError as e:\n        return e.response.status_code\n"
        "    except Exception as e:\n        return str(e)\n"
    )
    assert bool(told("file:///server.py", text)) == found


def test_a_long_function_of_which_each_part_is_kept_by_itself() -> None:
    long = "".join(f"    if city == {n}:\n        note({n})\n" for n in range(60))
    asks = "    try:\n        if city:\n            answer = requests.get(BASE, params={'key': API_KEY})\n"
    tells = (
        "    except requests.HTTPError as e:\n        seen = {'url': e.request.url}\n        return {'error': seen}\n"
    )
    assert told("file:///server.py", f"{PYTHON}def ask(city):\n{long}{asks}{tells}") == ["API_KEY"]
