"""Origins that are compared by a part of them, and comparisons that look like it."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

TYPESCRIPT = """
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import cors from "cors";

const KNOWN = ["http://localhost", "https://notes.example"];
const WHOLE = ["http://localhost:6274", "https://notes.example/"];

"""
PYTHON = """
from mcp.server.fastmcp import FastMCP

KNOWN = ["http://localhost", "https://notes.example"]

mcp = FastMCP("notes")

"""


def told(uri: str, source: str) -> int:
    return [d.rule.name for d in check_text(uri, source)].count("origin-known-by-a-part")


@pytest.mark.parametrize(
    ("test", "count"),
    [
        ("!KNOWN.some((one) => origin.startsWith(one))", 1),
        ("!KNOWN.some((one) => origin === one)", 0),
        ("!WHOLE.some((one) => origin.startsWith(one))", 0),  # a port does not go on as a name
        ("!KNOWN.includes(origin)", 0),
        ('!origin.startsWith("http://localhost")', 1),
        ('!origin.startsWith("http://localhost:")', 0),
        ('!origin.startsWith("http://localhost/")', 0),
        ('!origin.startsWith("https://")', 0),
        ('!origin.includes("localhost")', 1),
        ('!origin.endsWith("notes.example")', 1),
        ('!origin.endsWith(".notes.example")', 0),
        ('new URL(origin).hostname !== "localhost"', 0),
        ("!/^https?:\\/\\/localhost/.test(origin)", 1),
        ("!/^https?:\\/\\/localhost(:\\d+)?$/.test(origin)", 0),
        ("!/^https?:\\/\\/localhost:/.test(origin)", 0),
        ('!remote.startsWith("http://localhost")', 0),
    ],
)
def test_in_middleware(test: str, count: int) -> None:
    source = f"""{TYPESCRIPT}export function onlyKnown(req, res, next) {{
  const origin = req.headers.origin;
  const remote = settings.origin;
  if ({test}) {{
    res.status(403).end();
    return;
  }}
  next();
}}
"""
    assert told("file:///src/serve.ts", source) == count


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('export function isOriginAllowed(origin) { return origin.startsWith("http://localhost"); }', 1),
        ('export const allowsOrigin = (origin) => origin.startsWith("http://localhost");', 1),
        ('app.use(cors({ origin: (origin, done) => done(null, origin.startsWith("http://localhost")) }));', 1),
        ("app.use(cors({ origin: /localhost/ }));", 1),
        ('app.use(cors({ origin: "http://localhost" }));', 0),
        ("app.use(cors({ origin: [/^http:\\/\\/localhost:\\d+$/] }));", 0),
        ('export function isHosted(origin) { return origin.startsWith("https://github.com"); }', 0),
        ('export const hosted = repository.origin.startsWith("https://github.com");', 0),
    ],
)
def test_where_origins_are_judged(source: str, count: int) -> None:
    assert told("file:///src/serve.ts", f"{TYPESCRIPT}{source}\n") == count


@pytest.mark.parametrize(
    ("test", "count"),
    [
        ("not origin.startswith(tuple(KNOWN))", 0),  # not followed
        ("not any(origin.startswith(one) for one in KNOWN)", 1),
        ('"localhost" not in origin', 1),
        ("origin not in KNOWN", 0),
        ('not re.match(r"https?://localhost", origin)', 1),
        ('not re.match(r"https?://localhost(:\\d+)?$", origin)', 0),
        ('not host.startswith("localhost")', 1),
        ('not host.startswith("notes.")', 0),
    ],
)
def test_in_python(test: str, count: int) -> None:
    source = f"""{PYTHON}async def only_known(request, call_next):
    origin = request.headers.get("origin", "")
    host = request.headers.get("host", "")
    if {test}:
        raise HTTPException(403)
    return await call_next(request)
"""
    assert told("file:///src/serve.py", source) == count


@pytest.mark.parametrize(
    ("kept", "look", "count"),
    [
        ("known or []", "origin.startswith(one)", 1),
        ("known or []", "origin == one", 0),
        ('["http://localhost:", "https://notes.example/"]', "origin.startswith(one)", 0),
        ('["http://localhost"]', "origin.startswith(one)", 1),
        ("known or []", "origin.endswith(one)", 0),  # they may begin with a dot
        ("known or []", "origin.startswith(self.scheme)", 0),
    ],
)
def test_origins_that_are_configured(kept: str, look: str, count: int) -> None:
    source = f"""
class Transport:
    def __init__(self, known=None):
        self.known = {kept}

    def validate_origin(self, origin):
        for one in self.known:
            if {look}:
                return True
        return False
"""
    assert told("file:///transport.py", PYTHON + source) == count


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ('const allowed = KNOWN.includes(origin) || (local && origin === "null");', 1),
        ('const allowed = KNOWN.includes(origin) || (local && origin !== "null");', 0),
        ('if (origin === "null") { return refuse(res); }', 0),
        ('const allowed = KNOWN.includes(origin) || other === "null";', 0),
    ],
)
def test_the_origin_of_frames_without_one(line: str, count: int) -> None:
    source = f"export function ask(req, res, other, local) {{\n  const origin = req.headers.origin;\n  {line}\n}}\n"
    assert told("file:///ask.ts", TYPESCRIPT + source) == count
