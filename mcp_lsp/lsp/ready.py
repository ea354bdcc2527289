"""What is needed soon, loaded while nobody waits: the analysis while the client still prepares its first message, and
what a first hover needs (pygls and what predicts take a quarter of a second to load) once the first answer is out.

One part at a time, each in a pause of its own, so that a message waits for one of them at most.
"""

from __future__ import annotations

import contextlib
import importlib
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .session import Session

_EARLY = (
    "mcp_lsp.syntax", "mcp_lsp.settings", "mcp_lsp.read", "mcp_lsp.flow", "mcp_lsp.check", "mcp_lsp.lsp.documents",
    "rules", "tomllib",
)  # fmt: skip
_SAMPLES = {
    "python": '''
from mcp.server.fastmcp import FastMCP
mcp = FastMCP("x")
@mcp.tool()
def f(a: str):
    """Find what is asked for. Always answer with the error, if there is one.

    Args:
        a: who
    """
    print(a)
    g(f"INSERT INTO t VALUES ({a})", "sk-none")
    return "error: no such thing"
''',
    "typescript": """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
const server = new McpServer({ name: "x", version: "1" });
const description = "Find what is asked for. Always answer with the error, if there is one.";
server.registerTool("f", { description, inputSchema: { a: z.string().describe("who") } }, async ({ a }) => {
  g(`INSERT INTO t VALUES (${a})`, "sk-none");
  return { content: [{ type: "text", text: "error: no such thing" }] };
});
""",
}
"""A server of each language: what looks at it is loaded by looking at it."""
_ANY = (
    "lsprotocol.types", "pygls.lsp.server", "mcp_lsp.lsp.desk", "mcp_lsp.assist.definitions", "mcp_lsp.explain",
)  # fmt: skip
_SCRIPT = "mcp_lsp.predict.typescript"
_PREDICTS = {"python": "mcp_lsp.predict.python", "typescript": _SCRIPT, "tsx": _SCRIPT, "javascript": _SCRIPT}


class Ready:
    """``parts``: what was loaded, in its order; "desk" is the desk itself, set up, "rules" are all of them,
    a language what looks at it."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def early(self, folders: Iterable[str]) -> str:
        """The part to load next before anything is open; "" where all is there. ``folders``: the workspace's, as far as
        they are known: by what stands there one sees in which language its servers will be."""
        every = (*_EARLY, *(_written_in(folder) for folder in folders))
        return next((part for part in every if part not in self.parts), "")

    def next(self, languages: Iterable[str]) -> str:
        """The part to load next for documents in these languages; "" where all is there, or nothing is needed."""
        wanted = [_PREDICTS[each] for each in languages if each in _PREDICTS]
        every = (*_ANY, "desk", *wanted) if wanted else ()
        return next((part for part in every if part not in self.parts), "")

    def load(self, part: str, session: Session) -> None:
        self.parts.append(part)  # once, whatever comes of it
        with contextlib.suppress(Exception):  # what fails here fails again where it is needed, and is told there
            self._load(part, session)

    def _load(self, part: str, session: Session) -> None:
        if part == "desk":
            session.desk  # noqa: B018 (makes it)
        elif part == "rules":
            from mcp_lsp_analyzers import registry

            registry.rules()
        elif part in _SAMPLES:
            from mcp_lsp.check import Analysis
            from mcp_lsp.syntax import Document

            Analysis(Document(f"untitled:{part}", _SAMPLES[part], part))
        elif part == "tomllib":
            from mcp_lsp import toml

            toml.loads("")
        else:
            importlib.import_module(part)


def _written_in(folder: str) -> str:
    """A guess."""
    script = os.path.exists(os.path.join(folder, "package.json"))
    return "typescript" if script and not os.path.exists(os.path.join(folder, "pyproject.toml")) else "python"
