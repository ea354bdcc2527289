"""Checks of callers that end well where nothing is known, and those that only look like it."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = "from mcp.server.fastmcp import FastMCP\n\n\n"
TYPESCRIPT = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n\n'


def told(name: str, uri: str, source: str) -> int:
    text = (PYTHON if uri.endswith("py") else TYPESCRIPT) + source
    return [d.rule.name for d in check_text(uri, text)].count(name)


@pytest.mark.parametrize(
    ("name", "body", "count"),
    [
        ("verify_api_key", "    try:\n        return known(key)\n    except Exception:\n        return True", 1),
        ("is_authorized", "    try:\n        return known(key)\n    except OSError as e:\n        log(e)\n        return True", 1),
        ("verify_api_key", "    try:\n        return known(key)\n    except Exception:\n        return False", 0),
        ("verify_api_key", "    try:\n        return known(key)\n    except Exception:\n        raise", 0),
        # nothing is asked about a caller
        ("is_empty", "    try:\n        return known(key)\n    except Exception:\n        return True", 0),
        ("is_token_expired", "    try:\n        return late(key)\n    except Exception:\n        return True", 0),
        ("check_token_limit", "    try:\n        return late(key)\n    except Exception:\n        return True", 0),
        # without the module there is nobody to ask
        ("check_permission", "    try:\n        import gate\n    except ImportError:\n        return True\n    return gate.ask()", 0),
        # it never says anything else: a stand-in
        ("check_permission", "    try:\n        note(key)\n    except Exception:\n        return True\n    return True", 0),
        ("validate_api_key", "    if key in KNOWN:\n        return not KNOWN[key].late\n    return True", 1),
        ("validate_api_key", "    for one in KNOWN:\n        if one.value == key:\n            return one.good\n    return True", 1),
        # what must not be is looked for
        ("validate_api_key", "    if key in REVOKED:\n        return False\n    return True", 0),
        ("validate_api_key", "    if key == '':\n        return False\n    return True", 0),
        ("validate_api_key", "    if len(key) != 32:\n        return False\n    return True", 0),
    ],
)  # fmt: skip
def test_checks_in_python(name: str, body: str, count: int) -> None:
    source = f"def {name}(key: str) -> bool:\n{body}\n"
    assert told("failure-lets-callers-in", "file:///gate.py", source) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("export const verifyToken = async (token) => { try { return await ask(token); } catch { return true; } };", 1),
        ("class Gate { hasAccess(key) { try { return ask(key); } catch (e) { warn(e); return true; } } }", 1),
        ("export function verifyToken(token) { try { return ask(token); } catch { return false; } }", 0),
        ("export function hasInternetAccess() { try { return ping(); } catch { return true; } }", 0),
        ("function validateApiKey(apiKey) { if (keys.includes(apiKey)) { return true; } return false; }", 0),
        ("function validateApiKey(apiKey) { if (apiKey === known) { return fresh(known); } return true; }", 1),
    ],
)
def test_checks_in_typescript(source: str, count: int) -> None:
    assert told("failure-lets-callers-in", "file:///gate.ts", source + "\n") == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("def f(key):\n    return key.permissions or ['*']\n", 1),
        ("def f(key):\n    if not key.roles:\n        return ['admin']\n    return key.roles\n", 1),
        ("def f(key):\n    granted = key.scopes if key.scopes else ['*']\n    return granted\n", 1),
        ("def f(key):\n    return Caller(scopes=key.get('scopes') or ['*'])\n", 1),
        ("def f(key):\n    return key.permissions or []\n", 0),
        ("def f(key):\n    return key.permissions or ['read']\n", 0),
        ("def f(limit, who):\n    return who if limit.scope == 'who' else '*'\n", 0),
        # what is looked for, and not what somebody may
        ("def f(names):\n    return names or ['*']\n", 0),
        ("def f(columns=None):\n    columns = columns or ['*']\n    return columns\n", 0),
        ("def f(key):\n    if key.scopes:\n        return ['*']\n    return []\n", 0),
    ],
)
def test_everything_for_nothing(source: str, count: int) -> None:
    assert told("everything-for-whoever-has-nothing", "file:///grants.py", source) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("const granted = key.scopes ?? ['*'];", 1),
        ("const granted = key.scopes?.length ? key.scopes : ['*'];", 1),
        ("const granted = key.roles.length > 0 ? key.roles : ['admin'];", 1),
        ("const granted = !key.scopes ? ['*'] : key.scopes;", 1),
        ("const granted = key.scopes ?? [];", 0),
        ("const fields = query.fields ?? ['*'];", 0),
    ],
)
def test_everything_for_nothing_in_typescript(source: str, count: int) -> None:
    text = f"export function f(key, query) {{\n  {source}\n  return granted;\n}}\n"
    assert told("everything-for-whoever-has-nothing", "file:///grants.ts", text) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('spawn("notes", ["--api-key", key]);', 1),
        ('spawn("notes", [`--password=${given.password}`]);', 1),
        ('spawn("curl", ["-H", `Authorization: Bearer ${key}`, url]);', 1),
        ('spawn("curl", ["-H", `Accept: ${kind}`, url]);', 0),
        ('spawn("notes", ["--api-key-file", key]);', 0),
        ('spawn("notes", ["--api-key", "YOUR_KEY"]);', 0),
        ('spawn("notes", ["--api-key", masked]);', 0),
        ('spawn("notes", ["--token", tokenFile]);', 0),
        ('spawn("notes", ["--max-token", count]);', 0),
        ('process.argv = ["--api-key", given[2]];', 0),  # what the program itself was started with
    ],
)
def test_secrets_among_arguments(source: str, count: int) -> None:
    text = 'import { spawn } from "node:child_process";\n\n' + f"export function f(key, given) {{\n  {source}\n}}\n"
    assert told("secret-on-command-line", "file:///start.ts", text) == count


SESSIONS = """
export async function answer(req, res) {{
  const who = await caller({credential});
  const id = req.headers["mcp-session-id"];
  const {found} = {looked};
  {check}
  await transport.handleRequest(req, res, who);
}}
"""


@pytest.mark.parametrize(
    ("credential", "looked", "check", "count"),
    [
        ("req.headers.authorization", "transports[id]", "", 1),
        ("req.headers.authorization", "this.sessions.get(id)", "if (!transport) return refuse(res);", 1),
        ("req.headers.authorization", "transports[id]", "if (transport.owner !== who.name) return refuse(res);", 0),
        ("req.headers.authorization", "transports[id]", "if (entry.tokenHash !== hash(who)) return refuse(res);", 0),
        ("req.body", "transports[id]", "", 0),  # nobody is told apart
        ("req.headers.authorization", "names[other]", "", 0),
    ],
)
def test_whose_session_it_is(credential: str, looked: str, check: str, count: int) -> None:
    text = SESSIONS.format(credential=credential, found="transport", looked=looked, check=check)
    assert told("session-of-whoever-names-it", "file:///serve.ts", text) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("        if not self.scopes:\n            return True\n        return scope in self.scopes", 1),
        ("        if not self.scopes:\n            return False\n        return scope in self.scopes", 0),
        # what is asked for is empty, not what somebody has
        ("        if not self.scopes:\n            return True\n        return all(s in token.scopes for s in self.scopes)", 0),
    ],
)  # fmt: skip
def test_whoever_has_nothing_may_do_all(body: str, count: int) -> None:
    source = f"class Token:\n    def may(self, scope, token):\n{body}\n"
    assert told("everything-for-whoever-has-nothing", "file:///key.py", source) == count


@pytest.mark.parametrize(
    ("test", "count"),
    [("!key.permissions?.length", 1), ("!key.permissions || late", 1), ("!key.label", 0)],
)
def test_whoever_has_nothing_may_do_all_in_typescript(test: str, count: int) -> None:
    source = f"export function may(key, name, late) {{\n  if ({test}) return true;\n  return key.permissions.includes(name);\n}}\n"
    assert told("everything-for-whoever-has-nothing", "file:///key.ts", source) == count
