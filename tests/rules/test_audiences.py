"""Audiences that a verifier of tokens is told, and those that may be nothing."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

TYPESCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { jwtVerify } from "jose";
import { settings } from "./settings.js";

const NONE = undefined;
const OWN = "https://notes.example/mcp";
"""
PYTHON = """
import os

from fastmcp.server.auth.providers.jwt import JWTVerifier

OWN = "https://notes.example/mcp"
"""


def told(uri: str, text: str) -> bool:
    return any(d.rule.id == "MCP407" for d in check_text(uri, text))


@pytest.mark.parametrize(
    ("before", "audience", "found"),
    [
        ("", "NONE", True),
        ("", "OWN", False),
        ("", "settings.audience", False),
        ("", "process.env.AUDIENCE", True),
        ("", "process.env.AUDIENCE ?? OWN", False),
        ("", "process.env.AUDIENCE || undefined", True),
        ("const audience = process.env.AUDIENCE;", "audience", True),
        ("const audience = process.env.AUDIENCE; if (!audience) throw new Error();", "audience", False),
        ("const audience = process.env.AUDIENCE; if (!audience) console.error('none');", "audience", True),
        ("const audience = process.env.AUDIENCE ?? OWN;", "audience", False),
    ],
)
def test_in_typescript(before: str, audience: str, found: bool) -> None:
    check = f"return await jwtVerify(token, keys, {{ issuer, audience: {audience} }});"
    text = f"{TYPESCRIPT}export async function verify(token, keys, issuer) {{ {before} {check} }}\n"
    assert told("file:///src/a.ts", text) == found


@pytest.mark.parametrize(
    ("before", "audience", "found"),
    [
        ("pass", "audience", True),
        ("audience = audience or OWN", "audience", False),
        ("if audience is None:\n        raise ValueError()", "audience", False),
        ("if audience is None:\n        print('any')", "audience", True),
        ("pass", "os.getenv('AUDIENCE')", True),
        ("pass", "os.environ['AUDIENCE']", False),
        ("pass", "os.getenv('AUDIENCE', OWN)", False),
        ("pass", "OWN", False),
    ],
)
def test_in_python(before: str, audience: str, found: bool) -> None:
    text = f"{PYTHON}\n\ndef verifier(keys: str, audience: str | None = None):\n    {before}\n    return JWTVerifier(jwks_uri=keys, audience={audience})\n"
    assert told("file:///src/a.py", text) == found


def test_an_audience_that_is_set_later() -> None:
    made = "        self.verifier = JWTVerifier(jwks_uri=keys)\n"
    text = f"{PYTHON}\n\nclass Provider:\n    def __init__(self, keys):\n{made}"
    later = "\n    def at(self, url):\n        self.verifier.audience = url\n"
    assert told("file:///src/a.py", text)
    assert not told("file:///src/a.py", text + later)


@pytest.mark.parametrize(
    ("claims", "check", "found"),
    [
        ("{ payload }", "payload.aud !== OWN", False),
        ("{ payload }", "![payload.aud].flat().includes(OWN)", False),
        ("{ payload: { aud } }", "aud !== OWN", False),
        ("{ payload }", "payload.sub !== OWN", True),
        ("{ payload }", "!payload.aud", True),
    ],
)
def test_the_audience_is_compared_afterwards(claims: str, check: str, found: bool) -> None:
    text = f"const {claims} = await jwtVerify(token, keys, {{ issuer }}); if ({check}) throw new Error();"
    text = f"{TYPESCRIPT}export async function verify(token, keys, issuer) {{ {text} }}\n"
    assert told("file:///src/a.ts", text) == found
