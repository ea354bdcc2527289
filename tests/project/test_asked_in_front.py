"""What stands in front of the routes of an app and asks who is calling, in another file of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.test_told_across_files import check

APP = """
import express from "express";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { front } from "./front.js";

const app = express();
app.use("/mcp", USED);
app.post("/mcp", async (req, res) => {
  await new StreamableHTTPServerTransport({}).handleRequest(req, res, req.body);
});
app.listen(3000);
"""
LET_IN = """
import jwt from "jsonwebtoken";

export function letIn(req, res, next) {
  const header = req.headers.authorization;
  if (!header) return res.status(401).end();
  jwt.verify(header.slice(7), KEY);
  next();
}
"""
ONE = LET_IN.replace("letIn", "front")
MADE = "export const front = (options) => requireAuth(options);\n"
LIST = 'import { letIn } from "./jwt.js";\nexport const front = [letIn, cors()];\n'
SENT = "export async function front(req, res, next) { req.token = req.headers.authorization; next(); }\n"
PACKAGE = '{"dependencies": {"@modelcontextprotocol/sdk": "1.25.0"}}'


@pytest.mark.parametrize(
    ("front", "used", "count"),
    [
        (ONE, "front", 0),
        (ONE, "limit, front", 0),
        (MADE, "front({ scopes })", 0),
        (LIST, "front", 0),
        (LIST.replace("letIn, cors", "helmet(), cors"), "front", 1),
        (SENT, "front", 1),
        (ONE, "other", 1),
    ],
)
def test_in_front_of_the_routes(tmp_path: Path, front: str, used: str, count: int) -> None:
    files = {"main__ts": APP.replace("USED", used), "front__ts": front, "jwt__ts": LET_IN, "package__json": PACKAGE}
    assert len(check("listening-everywhere-without-authentication", tmp_path, "main.ts", **files)) == count


SERVER = """
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";

export async function serve(req, res) {
  await new StreamableHTTPServerTransport({}).handleRequest(req, res, req.body);
}
"""
MOUNTED = """
import express from "express";
import { front } from "./front.js";
import { serve } from "./server.js";

const app = express();
app.use("/mcp", USED);
app.all("/mcp", serve);
app.listen(3000);
"""


@pytest.mark.parametrize(("used", "asked"), [("front", True), ("other", False)])
def test_in_front_of_what_another_file_serves(tmp_path: Path, used: str, asked: bool) -> None:
    files = {
        "server__ts": SERVER,
        "main__ts": MOUNTED.replace("USED", used),
        "front__ts": ONE,
        "package__json": PACKAGE,
    }
    (message,) = check("transport-without-host-check", tmp_path, "server.ts", **files)
    assert ("only the caller's token" in message) is asked
