"""Transports that one file makes and another one listens for: who asks, and where it listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.test_told_across_files import check

TRANSPORT = """
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { notes } from "./notes.js";

export const answer = async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await notes().connect(transport);
  await transport.handleRequest(req, res, req.body);
};
"""
SERVE = """
import express from "express";
import {{ answer }} from "./transport.js";
import {{ ask, config }} from "./config.js";

const app = express();
{first}
app.post("/mcp", answer);
app.listen({listens});
"""
NOTES = "export const notes = () => undefined;\n"
SAID = ["no caller is asked who it is, here or where this is mounted"]


def told(
    folder: Path, serve: str, config: str = "export const config = {};\n", transport: str = TRANSPORT
) -> list[str]:
    files = {"transport__ts": transport, "config__ts": config, "notes__ts": NOTES, "package__json": PACKAGE}
    return check(
        "chosen-address-without-authentication",
        folder,
        "transport.ts",
        **files,
        **({"serve__ts": serve} if serve else {}),
    )


PACKAGE = '{"name": "notes", "dependencies": {"@modelcontextprotocol/sdk": "^1.20.0"}}\n'


@pytest.mark.parametrize(
    ("first", "listens", "count"),
    [
        ("", "config.port, config.host", 1),
        ("", "config.port", 1),
        ("", 'config.port, "127.0.0.1"', 0),
        ("app.use(requireAuth);", "config.port, config.host", 0),
        ("app.use((req, res, next) => check(req.headers.authorization, next));", "config.port, config.host", 0),
        ("app.use(createAuthHook(config));", "config.port, config.host", 0),
        ('app.use(docs({ schemes: { key: { type: "apiKey", name: "X-API-Key", in: "header" } } }));', "config.port", 1),
    ],
)
def test_who_asks_where_a_transport_is_mounted(first: str, listens: str, count: int, tmp_path: Path) -> None:
    assert told(tmp_path, SERVE.format(first=first, listens=listens)) == SAID * count


def test_a_file_of_those_that_mount_it_asks(tmp_path: Path) -> None:
    serve = SERVE.format(first="app.use(ask);", listens="config.port, config.host")
    config = "export const ask = (req, res, next) => (req.headers.authorization === KEY ? next() : res.end());\n"
    assert told(tmp_path, serve, config) == []


def test_who_knows_where_it_is_mounted(tmp_path: Path) -> None:
    assert told(tmp_path, "") == []
    assert told(tmp_path, SERVE.format(first="", listens="config.port").replace("app.listen", "export_")) == []


APP = """
from fastmcp import FastMCP

mcp = FastMCP("notes")
app = mcp.http_app()
"""
MAIN = """
import uvicorn
from server import app

uvicorn.run(app, host={host}, port=8000)
"""


@pytest.mark.parametrize(("host", "count"), [("settings.host", 1), ("'127.0.0.1'", 0)])
def test_in_python(host: str, count: int, tmp_path: Path) -> None:
    files = {"server__py": APP, "main__py": MAIN.format(host=host), "requirements__txt": "fastmcp==3.0.0\n"}
    assert check("chosen-address-without-authentication", tmp_path, "server.py", **files) == SAID * count
