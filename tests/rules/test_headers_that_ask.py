"""Which words of a file look at a caller or at the name a server was called by, and which only repeat or send them."""

from __future__ import annotations

import pytest

from mcp_lsp_analyzers.wiring import checks_caller, checks_host


@pytest.mark.parametrize(
    ("text", "checked"),
    [
        ("const origin = req.headers.origin;\nres.header('Access-Control-Allow-Origin', origin || '*');\n", False),
        ("const origin = req.headers.origin;\nif (origin) {\n  allow('Access-Control-Allow-Origin', origin);\n}", False),
        ("res.setHeader('Access-Control-Allow-Origin', req.headers.origin || '*');", False),
        ('origin = headers.get("origin")\nanswer["Access-Control-Allow-Origin"] = origin or "*"\n', False),
        ("const origin = req.headers.origin;\nif (known(origin)) {\n  allow('Access-Control-Allow-Origin', origin);\n}", True),
        ('origin = headers.get("origin")\nif origin not in KNOWN:\n    raise Forbidden\n', True),
        ("const origin = req.headers.origin;", False),  # what is done with it stands in other statements
        ("if (origin && !KNOWN.includes(origin)) return refuse(res);", True),
        ("const known = origin === `http://localhost:${port}`;", True),
        ("app.use(cors({ origin: true }));", False),
        ("if (req.headers.host !== 'localhost:3000') return refuse(res);", True),
    ],
)  # fmt: skip
def test_an_origin_that_is_only_repeated_is_not_checked(text: str, checked: bool) -> None:
    assert checks_host(text) is checked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ('app.use(cors({ allowedHeaders: ["Content-Type", "Authorization"] }));', False),
        ('const PASSED_ON = ["authorization"];', False),
        ('await fetch(url, { headers: { "Authorization": `Bearer ${key}`, "Accept": "*/*" } });', False),
        ('headers["Authorization"] = f"Bearer {key}"', False),
        ("config.headers.authorization = `Bearer ${key}`;", False),
        ('headers.set("Authorization", `Basic ${btoa(key)}`);', False),
        ('answer = request.headers.get("authorization", "").removeprefix("Bearer ")', True),
        ('const given = c.req.header("Authorization");', True),
        ('const given = req.headers["authorization"] ?? "";', True),
        ('given = request.headers.get("authorization", "")', True),
        ('key: str = Header(None, alias="X-API-Key")', True),
        ("const { 'x-api-key': key } = req.headers;", True),
        ("if (req.headers.authorization !== expected) return refuse(res);", True),
    ],
)
def test_a_header_that_is_sent_or_listed_asks_nobody(text: str, asked: bool) -> None:
    assert checks_caller(text) is asked
