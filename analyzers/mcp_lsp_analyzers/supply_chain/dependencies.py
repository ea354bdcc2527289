"""Dependencies that resolve to whatever is newest, and names that are a slip away from known ones."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..rule import FileExample, Finding, Severity, rule
from ..supply import Dependency

_LOCAL = ("file:", "link:", "workspace:", "catalog:", "portal:", "npm:", "patch:")
_NO_VERSION = {"python": ("", "*"), "npm": ("", "*", "x", "latest", "next", "beta", "canary")}


@rule(
    "MCP604",
    severity=Severity.INFORMATION,
    references=("CWE-1357", "CWE-829", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "SAFE-T1002",
                "CoSAI MCP-T11", "MCTS-T-1014"),
    files=(
        FileExample(
            "requirements.txt",
            bad='''
            # tools
              anyio>=4.9
            # ^^^^^^^^^^ `anyio` resolves to any later version
              httpx
            # ^^^^^ `httpx` resolves to any version
            ''',
            good='''
            # tools
            mcp==1.27.0
            httpx>=0.28,<1
            anyio~=4.9 ; python_version > "3.9"
            -r base.txt
            ''',
        ),
        FileExample(
            "package.json",
            bad='''
            {
              "dependencies": { "zod": "*", "express": "latest" }
            //                          ^ `zod` resolves to any version
            //                                          ^^^^^^ `express` resolves to any version
            }
            ''',
            good='''
            {
              "dependencies": { "zod": "^3.25.0", "express": "5.1.0", "shared": "workspace:*" }
            }
            ''',
        ),
        FileExample(
            "pyproject.toml",
            bad='''
            [project]
            name = "notes"
            version = "1"
            dependencies = ["httpx[http2]>=0.28"]
            #                ^^^^^^^^^^^^^^^^^^ `httpx` resolves to any later version
            ''',
            good='''
            [build-system]
            requires = ["hatchling"]

            [project]
            name = "notes"
            version = "1"
            dependencies = ["mcp[cli]>=1.9,<2", "tzdata>=2025.2"]

            [dependency-groups]
            dev = ["pytest"]
            ''',
        ),
    ),
)  # fmt: skip
def dependency_without_upper_bound(dependency: Dependency) -> Iterator[Finding]:
    """A dependency resolves to any later version, and no lock file holds it.

    Whoever installs the server tomorrow gets another program than the one that was tested: the next major, or a
    release of somebody who took the package over.

    Give an upper bound, and commit a lock file. Tools for development are not reported, nor is anything a lock file
    decides, nor what is numbered by dates (`tzdata>=2025.2`), where no bound says what breaks. Of `mcp` before version
    2, `sdk-without-upper-bound` speaks where the code needs that version.
    """
    if dependency.name == "mcp" and re.match(r">=?[01](?:\.|$)", dependency.requirement.replace(" ", "")):
        return
    if dependency.locked or dependency.use != "runtime" or dependency.requirement.startswith(_LOCAL):
        return
    says = dependency.requirement.replace(" ", "")
    if says in _NO_VERSION[dependency.ecosystem]:
        how = "any version"
    elif re.fullmatch(r">=?[\w.+-]+(?:,!=[\w.+*-]+)*", says):
        if re.match(r">=?(?:19|20)\d\d\b", says):
            return  # versions that are dates: no number says what breaks
        how = "any later version"
    else:
        return
    yield Finding(dependency.place, f"`{dependency.name}` resolves to {how}")


# Packages that MCP servers are built with, by downloads in November 2026, and servers that many configurations name.
_POPULAR = {
    "npm": """
        @modelcontextprotocol/sdk @modelcontextprotocol/inspector @modelcontextprotocol/server-filesystem
        @modelcontextprotocol/server-memory @modelcontextprotocol/server-everything
        @modelcontextprotocol/server-sequential-thinking @modelcontextprotocol/server-github
        @modelcontextprotocol/server-postgres @modelcontextprotocol/server-puppeteer @playwright/mcp
        @upstash/context7-mcp @anthropic-ai/sdk @anthropic-ai/claude-code openai fastmcp mcp-remote mcp-framework
        supergateway firecrawl-mcp tavily-mcp typescript express fastify axios lodash dotenv commander chalk
        node-fetch puppeteer playwright cheerio mongodb mongoose sqlite3 better-sqlite3 socket.io winston eslint
        prettier vitest cross-spawn zod-to-json-schema jsonwebtoken js-yaml undici
    """,
    "python": """
        fastmcp mcp-server-fetch mcp-server-git mcp-server-time mcp-server-sqlite anthropic openai httpx requests
        pydantic pydantic-settings starlette uvicorn fastapi aiohttp python-dotenv beautifulsoup4 sqlalchemy
        psycopg2 asyncpg pandas numpy langchain langchain-core cryptography pyyaml jinja2 urllib3 click typer pytest
        setuptools pillow boto3 playwright selenium matplotlib scikit-learn tensorflow websockets tiktoken
    """,
}
_SHORTEST = 6  # shorter names are all one letter from each other
# Names of their own that are one letter from a popular one.
_OWN = frozenset(
    """
    request requestes httpx2 httpx-sse aioredis expresso lodash-es axios-retry zod chalk-cli click8 typer-cli
    openapi preact typescript5 vite vitest prettierd eslint-d pytest5 pandas2 numpy1 fastapis undici-types
    commander2 mongoose2 pydantic2 fastify fastmcp fastmap faststream fastapi starlite starlette starlark urllib2
    urllib3 psycopg psycopg2 psycopg3 pg boto boto3 jinja jinja2 botocore dotenv dotenvx cheerio-httpcli openapi-ts
    opencv puppeteer3 sqlalchemy2 sqlite sqlite3 websocket websockets pillow-simd
    """.split()  # noqa: SIM905
)


@rule(
    "MCP605",
    severity=Severity.WARNING,
    references=("CWE-1357", "CWE-829", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "SAFE-T1003",
                "CoSAI MCP-T11", "MCTS-T-1015"),
    files=(
        FileExample(
            "requirements.txt",
            bad='''
            # tools
              python-dotnev==1.0.1
            # ^^^^^^^^^^^^^ `python-dotnev` is one letter away from `python-dotenv`
            ''',
            good='''
            python-dotenv==1.0.1
            requests==2.32.5
            request-id==1.0
            ''',
        ),
        FileExample(
            "package.json",
            bad='''
            {
              "dependencies": { "@modelcontextprotcol/sdk": "^1.20.0" }
            //                   ^^^^^^^^^^^^^^^^^^^^^^^^ …one letter away from `@modelcontextprotocol/sdk`
            }
            ''',
            good='''
            {
              "dependencies": { "@modelcontextprotocol/sdk": "^1.20.0", "vite": "^7.0.0" }
            }
            ''',
        ),
    ),
)  # fmt: skip
def name_like_a_popular_package(dependency: Dependency) -> Iterator[Finding]:
    """A dependency's name is one letter away from that of a popular package.

    Names like that are registered to catch slips of the finger, and what models misremember; what is installed then is
    chosen by somebody who hoped for it.

    Check the name. The list of popular names is short and offline: packages that MCP servers are built with.
    """
    known = _like(dependency.name.lower(), dependency.ecosystem)
    if known:
        place = dependency.named
        yield Finding(
            place,
            f"`{dependency.name}` is one letter away from `{known}`",
            fix=Fix(f"Use {known}", Edits((Edit(place, known),))),
        )


@functools.lru_cache(maxsize=4096)
def _like(name: str, ecosystem: str) -> str:
    """The popular package a name is one slip away from; "" where there is none."""
    if ecosystem == "python":
        name = re.sub(r"[-_.]+", "-", name)
    popular = _POPULAR[ecosystem].split()
    if len(name) < _SHORTEST or name in popular or name in _OWN:
        return ""
    return next((known for known in popular if len(known) >= _SHORTEST and _one_slip(name, known)), "")


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter was left out, added, replaced, or swapped with the next. A digit at the end is another
    edition, and no slip."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest, other = a[start:], b[start:]
    if len(rest) == len(other):
        return (rest[1:] == other[1:] and not (rest[:1] + other[:1]).isdigit()) or (
            rest[:2] == other[1::-1] and rest[2:] == other[2:] and len(rest) > 1
        )
    longer, shorter = (rest, other) if len(rest) > len(other) else (other, rest)
    return longer[1:] == shorter and not longer[:1].isdigit()
