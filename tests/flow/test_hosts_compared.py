"""Hosts that are compared with those of addresses that the author or a setting gave."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_PYTHON = """
    from urllib.parse import urlparse

    import httpx
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("story")

    class Origin:
        def __init__(self, address):
            parsed = urlparse(address)
            self.scheme = parsed.scheme
            self.host = parsed.hostname or ""

        def matches(self, scheme, host):
            if self.scheme != scheme or {compared}:
                return False
            return True

    class Guard:
        def __init__(self, addresses):
            self.origins = [Origin(address) for address in addresses]

        def admits(self, address):
            parsed = urlparse(address)
            for origin in self.origins:
                if origin.matches(parsed.scheme, parsed.hostname or ""):
                    return True
            return False

    guard = Guard(["https://notes.example.com/", "https://files.example.com"])

    @mcp.tool()
    def show(address: str) -> str:
        if not guard.admits(address):
            raise ValueError("not one of ours")
        return httpx.get(address).text
    """

_NODE = """
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import {{ z }} from "zod";

    const server = new McpServer({{ name: "story", version: "1.0.0" }});

    class Origin {{
      scheme: string;
      host: string;
      constructor(address: string) {{
        const parsed = new URL(address);
        this.scheme = parsed.protocol;
        this.host = parsed.hostname || "";
      }}
      matches(scheme: string, host: string) {{
        if (this.scheme !== scheme || {compared}) return false;
        return true;
      }}
    }}

    const origins = ["https://notes.example.com/", "https://files.example.com"].map((one) => new Origin(one));

    server.registerTool("show", {{ inputSchema: {{ address: z.string() }} }}, async ({{ address }}) => {{
      const parsed = new URL(address);
      if (!origins.some((one) => one.matches(parsed.protocol, parsed.hostname))) throw new Error("not one of ours");
      return {{ content: [{{ type: "text", text: await (await fetch(address)).text() }}] }};
    }});
    """


def told(text: str, name: str) -> bool:
    return any(d.rule.id == "MCP306" for d in check_text(f"file:///{name}", textwrap.dedent(text)))


@pytest.mark.parametrize(("compared", "open_"), [("self.host != host", False), ("not self.host", True)])
def test_an_origin_in_python(compared: str, open_: bool) -> None:
    assert told(_PYTHON.format(compared=compared), "story.py") is open_


@pytest.mark.parametrize(("compared", "open_"), [("this.host !== host", False), ("!this.host", True)])
def test_an_origin_in_node(compared: str, open_: bool) -> None:
    assert told(_NODE.format(compared=compared), "story.ts") is open_
