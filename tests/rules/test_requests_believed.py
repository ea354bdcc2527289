"""What a service believes of a request: the address in a header, that it comes from near; and what it hands on."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = "import os\n\nfrom fastmcp import FastMCP\n\nmcp = FastMCP('notes')\n\n\n"


def found(name: str, source: str) -> list[str]:
    return [d.message for d in check_text("file:///src/serve.py", HEAD + source) if d.rule.name == name]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ('client(request.headers.get("x-notes-url"))', 1),
        ('client(request.headers["X-Notes-Base-Url"])', 0),  # not kept anywhere: only what is kept or asked for by get
        ('address = request.headers["X-Notes-Base-Url"]\n    client(address)', 1),
        ('address = get_http_headers().get("x-notes-host")\n    client(address)', 1),
        ('raw = dict(scope["headers"]).get(b"x-notes-url")\n    client(raw)', 0),
        ('headers = dict(scope["headers"])\n    raw = headers.get(b"x-notes-url")\n    client(raw.decode())', 1),
        ('address = request.headers.get("x-notes-url")\n    if address:\n        log("given")', 0),
        ('if request.headers.get("x-notes-url"):\n        log("given")', 0),
        ('address = request.headers.get("x-notes-url")\n    validate_url(address)\n    client(address)', 0),
        (
            'address = request.headers.get("x-notes-url")\n    if address in HOSTS and is_public(address): client(address)',
            0,
        ),
        ('client(request.headers.get("x-forwarded-host"))', 0),
        ('client(request.headers.get("host"))', 0),
        ('client(request.headers.get("x-notes-token"))', 0),
        ('client(settings.get("x-notes-url"))', 0),
    ],
)
def test_addresses_in_headers(body: str, count: int) -> None:
    assert len(found("address-out-of-a-header", f"def answer(request, scope):\n    {body}\n")) == count


def test_where_the_address_goes_is_shown() -> None:
    source = (
        'def answer(request):\n    url = request.headers.get("x-notes-url")\n    held = url.strip()\n    client(url)\n'
    )
    [told] = [d for d in check_text("file:///src/serve.py", HEAD + source) if d.rule.name == "address-out-of-a-header"]
    assert len(told.finding.related) == 2


MIDDLEWARE = """class Ask:
    async def dispatch(self, request, call_next):
        client_host = request.client.host if request.client else ""
        {test}
            return {then}
        if request.headers.get("Authorization") != f"Bearer {{self.token}}":
            return Response(status_code=401)
        return await call_next(request)
"""


@pytest.mark.parametrize(
    ("test", "then", "count"),
    [
        ('if client_host in {"127.0.0.1", "::1"}:', "await call_next(request)", 1),
        ('if client_host == "127.0.0.1":', "await call_next(request)", 1),
        ("if self._allow_localhost and self._is_localhost(client_host):", "await call_next(request)", 1),
        ("if client_host in LOCAL_HOSTS:", "await call_next(request)", 1),
        ("if not is_loopback(client_host):", "Response(status_code=403)", 0),
        ('if client_host in {"127.0.0.1"}:', "Response(status_code=401)", 0),
        (
            'if client_host in {"127.0.0.1"} and "x-forwarded-for" not in request.headers:',
            "await call_next(request)",
            0,
        ),
        ('if client_host in {"127.0.0.1", "10.0.0.7"}:', "await call_next(request)", 0),
        ('if request.headers.get("host") in {"127.0.0.1"}:', "await call_next(request)", 0),
        ('if request.url.path == "/health":', "await call_next(request)", 0),
    ],
)
def test_callers_from_near(test: str, then: str, count: int) -> None:
    source = MIDDLEWARE.format(test=test, then=then)
    assert len(found("nearness-instead-of-authentication", source)) == count


@pytest.mark.parametrize(
    ("made", "start", "count"),
    [
        ("env = os.environ.copy()\n    env.update(config.env)", "Popen([config.command], env=env)", 0),
        ("env = os.environ.copy()\n    env.update(config.env)", "Popen(config.command, env=env)", 1),
        ("env = os.environ.copy()\n    env.pop('NOTES_KEY')", "Popen(config.command, env=env)", 0),
        ("env = clean(os.environ)", "Popen(config.command, env=env)", 0),
        ("env = {k: v for k, v in os.environ.items() if k in KEPT}", "Popen(config.command, env=env)", 0),
        ("env = dict(os.environ)", "StdioServerParameters(command=config.command, env=env)", 1),
        ("env = os.environ | config.env", "StdioServerParameters(command=config.command, env=env)", 1),
        ("env = {**os.environ}", "StdioServerParameters(command=config.command, env={'A': env['A']})", 0),
        ("env = {**os.environ}", "StdioServerParameters(command='notes-server', env=env)", 0),
    ],
)
def test_environments_handed_on(made: str, start: str, count: int) -> None:
    assert len(found("whole-environment-handed-on", f"def run(config):\n    {made}\n    return {start}\n")) == count


@pytest.mark.parametrize(
    ("shown", "count"),
    [
        ("{token_str[:20]}...", 1),
        ("{access_token[0:16]}", 1),
        ("{access_token[0:4]}", 0),
        ("{access_token[:6]}...{access_token[-4:]}", 0),
        ("{access_token[:4]}", 0),
        ("{api_key_value}", 1),
        ("{page_token[:20]}", 0),
        ("{name[:20]}", 0),
    ],
)
def test_how_much_of_a_secret_is_in_the_log(shown: str, count: int) -> None:
    source = f'def tell(token_str, access_token, api_key_value, page_token, name):\n    logger.info(f"with {shown}")\n'
    assert len(found("secret-in-log", source)) == count


READS = """def run(sql):
    {listed}
    allowed = any(sql.upper().startswith(word) for word in {words})
    if READ_ONLY and {test}:
        {then}
    return cursor.execute(sql)
"""


@pytest.mark.parametrize(
    ("listed", "words", "test", "then", "count"),
    [
        ("first = ('SELECT', 'SHOW', 'USE')", "first", "not allowed", "raise PermissionError('reads only')", 1),
        ("pass", "('SELECT', 'SHOW')", "not allowed", "raise PermissionError('reads only')", 1),
        ("first = ('SELECT', 'SHOW', 'GRANT')", "first", "not allowed", "raise PermissionError('reads only')", 0),
        ("first = ('SELECT', 'SHOW')", "first", "not other", "raise PermissionError('reads only')", 0),
        ("first = ('SELECT', 'SHOW')", "first", "not allowed", "log(sql)", 0),
    ],
)
def test_words_that_are_gone_through(listed: str, words: str, test: str, then: str, count: int) -> None:
    source = READS.format(listed=listed, words=words, test=test, then=then)
    assert len(found("read-only-by-words", source)) == count


def test_a_complete_list_of_what_is_forbidden_is_one() -> None:
    words = (
        "INSERT UPDATE DELETE MERGE EXEC DROP ALTER CREATE TRUNCATE DENY KILL BACKUP RESTORE OPENQUERY WRITETEXT DBCC "
    )
    more = "SHUTDOWN RECONFIGURE WAITFOR SP_EXECUTESQL XP_CMDSHELL UPDATETEXT OPENROWSET"
    source = f"FORBIDDEN_TOKENS = frozenset({{{', '.join(repr(word) for word in (words + more).split())}}})\n"
    assert len(found("read-only-by-words", source)) == 1


@pytest.mark.parametrize(
    ("held", "imported", "count"),
    [
        (r"""WRITE_PATTERNS = [r"\bINSERT\b", r"\b(?:UPDATE|DELETE)\b", r"\bDROP\s+TABLE"]""", "", 1),
        (r"""WRITE_PATTERNS = [r"\bINSERT\b", r"\b(?:UPDATE|DELETE)\b", r"\bDROP\s+TABLE"]""", "import sqlglot", 0),
        (r"""WRITE_PATTERNS = [r"\bINSERT\b", r"\bnotes\b", r"\bwords\b"]""", "", 0),
        (r"""TITLES = [r"\bINSERT\b", r"\b(?:UPDATE|DELETE)\b", r"\bDROP\s+TABLE"]""", "", 0),
    ],
)
def test_expressions_that_find_what_writes(held: str, imported: str, count: int) -> None:
    assert len(found("read-only-by-words", f"{imported}\n\n{held}\n")) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('SECRET = os.getenv("JWT_SECRET", "notes")', 1),
        ('SECRET = os.getenv("JWT_SECRET") or "notes"', 1),
        ('class Settings:\n    server_secret: str = Field(default="dev", alias="NOTES")', 1),
        ('def app(auth_secret=None):\n    if auth_secret is None:\n        auth_secret = "dev"', 1),
        ("def app(auth_secret=None):\n    if not auth_secret:\n        auth_secret = token_hex()", 0),
        ('def app(auth_secret=None):\n    if not auth_secret:\n        name = "dev"', 0),
        ('SECRET = os.getenv("JWT_SECRET", "")', 0),
        ('SHOWN = os.getenv("AUTH_SECRET", "<AUTH_SECRET>")', 0),
        ('SECRET = os.getenv("JWT_SECRET")', 0),
        ('SECRET = os.getenv("CLIENT_SECRET", "notes")', 0),
        ('NAME = os.getenv("AUTH_SECRET_NAME", "notes")', 0),
        ('KEY = os.getenv("API_KEY", "notes")', 0),
        ('FILE = os.getenv("SESSION_KEY", "/run/secrets/key")', 0),
        ('TITLE = os.getenv("SESSION_TITLE", "notes")', 0),
    ],
)
def test_secrets_with_a_stand_in(source: str, count: int) -> None:
    assert len(found("secret-with-a-known-stand-in", source + "\n")) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (
            "if not sql.upper().startswith('SELECT'):\n        raise ValueError('read only')\n    return db.fetch(sql)",
            1,
        ),
        (
            (
                "if not sql.upper().startswith('SELECT'):\n        raise ValueError('no')\n"
                "    db.execute('BEGIN TRANSACTION READ ONLY')\n    return db.fetch(sql)"
            ),
            0,
        ),
        (
            (
                "for word in ('DROP', 'DELETE', 'INSERT'):\n        if word in sql.upper():\n"
                "            raise ValueError('read only')\n    return db.fetch(sql)"
            ),
            1,
        ),
        (
            (
                "if any(word in sql for word in ('DROP', 'DELETE', 'INSERT')):\n        raise ValueError('no')\n"
                "    return db.fetch(sql)"
            ),
            1,
        ),
        ("for word in ('DROP', 'DELETE', 'INSERT'):\n        db.execute(f'{word} x')", 0),
    ],
)
def test_what_an_error_says_does_not_hold(body: str, count: int) -> None:
    assert len(found("read-only-by-words", f"def query(db, sql: str):\n    {body}\n")) == count


@pytest.mark.parametrize(
    ("test", "then", "count"),
    [
        ("isLocalRequest(request) || (await hasValidToken(request))", "return NextResponse.next();", 1),
        ("isLocal || isAuthenticated(request)", "return NextResponse.next();", 1),
        ("hasValidToken(request) || hasSession(request)", "return NextResponse.next();", 0),
        ("isLocalRequest(request) || isPreview(request)", "return NextResponse.next();", 0),
        ("isLocal || hasValidToken(request)", "return NextResponse.next();", 1),
        ("isLocalDevelopment() || hasValidToken(request)", "return NextResponse.next();", 0),
        ("isLocalhost(target.hostname) || hasValidToken(request)", "return NextResponse.next();", 0),
        ("isLocalRequest(request) || hasValidToken(request)", "log(request);", 0),
    ],
)
def test_near_or_known(test: str, then: str, count: int) -> None:
    source = f"""
        import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";

        export async function proxy(request) {{
          const isLocal = isLocalRequest(request);
          if ({test}) {{ {then} }}
          return NextResponse.json({{ error: "who are you?" }}, {{ status: 401 }});
        }}
        """
    rules = [d.rule.name for d in check_text("file:///src/serve.ts", source)]
    assert rules.count("nearness-instead-of-authentication") == count
