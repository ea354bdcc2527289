"""How a mistake shows with a real SDK: in what a server lists and answers, and in what the SDK's own client takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.protocol.sdks import Outcome, call, command, run
from tests.rules.mistakes import Mistake

SDKS = {"ts 1": "typescript with dotenv", "ts 2": "typescript 2 with dotenv"}


def provoked(mistake: Mistake) -> tuple[str, dict[str, Any]]:
    """The request that shows it, the second after the list."""
    if mistake.shows == "read":
        return ("resources/read", {"uri": "a://b"})
    return call(mistake.provoke[0], **mistake.provoke[1])


def shows(mistake: Mistake, outcome: Outcome) -> bool:
    """Whether a server that started goes wrong so: id 1 is the list, 2 what was provoked."""
    what, _, about = (part.strip() for part in mistake.shows.partition(":"))
    tools = {tool["name"]: tool for tool in outcome.result(1).get("tools", [])}
    only: dict[str, Any] = next(iter(tools.values()), {})
    schema = only.get("inputSchema", {})
    given = schema.get("properties", {}).get(about, {})
    return {
        "stray": lambda: bool(outcome.strange),
        "start": lambda: False,
        "start or call": lambda: outcome.failed(2),
        "start or list": lambda: outcome.failed(1),
        "list": lambda: outcome.failed(1),
        "call": lambda: outcome.failed(2),
        "read": lambda: outcome.failed(2),
        "success": lambda: not outcome.failed(2),
        "unasked": lambda: not outcome.failed(2),
        "root": lambda: about in schema,
        "verbs": lambda: {"GET", "POST"} <= set(given.get("enum", [])),
        "hidden": lambda: outcome.failed(2) and about not in outcome.text(2),
        "told": lambda: "instructions" not in outcome.result(0),
        "required": lambda: about in schema.get("required", []),
        "undescribed": lambda: "description" not in given,
        "unhinted": lambda: "annotations" not in only,
        "name": lambda: " " in only["name"],
        "lost": lambda: len(tools) < int(about) if about.isdigit() else about not in tools,
        "nullable": lambda: {"type": "null"} in given.get("anyOf", []),
        "size": lambda: len(only["description"]) > 8_000,
    }[what]()


_CLIENT = {
    "ts 1": """
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
""",
    "ts 2": """
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
""",
}
_ASK = """
const client = new Client({ name: "t", version: "1" });
await client.connect(new StdioClientTransport({ command: "node", args: [FILE], stderr: "ignore" }));
const asked = client.listTools().then((list) => list.tools.length + " listed", () => "refused");
console.log(await asked);
await client.close();
process.exit(0);
"""


def refused(sdk: str, text: str, folder: Path) -> bool:
    """Whether the client of an SDK takes none of what a server lists."""
    real = {"ts 1": "typescript 1", "ts 2": "typescript 2"}[sdk]
    argv, _ = command(real, text, folder)
    server = Path(argv[-1]).rename(folder / real.replace(" ", "-") / "served.mjs")
    said = run(real, _CLIENT[sdk] + _ASK.replace("FILE", repr(str(server))), folder)
    assert said.strange[0] in ("refused", "1 listed"), said
    return said.strange[0] == "refused"
