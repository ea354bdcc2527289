"""How long a request waits is said where it is made, or where the client is that makes it."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

HEAD = """
import axios, { AxiosInstance } from "axios";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

const server = new McpServer({ name: "rates", version: "1.0.0" });
"""
TOOL = """
server.registerTool("rate", { description: "Exchange rate of the euro." }, async () => {
  const { data } = await CLIENT.get("/rates");
  return { content: [{ type: "text", text: data.text }] };
});
"""


def said(source: str) -> list[str]:
    found = check_text("file:///src/a.ts", HEAD + textwrap.dedent(source))
    return [d.finding.detail for d in found if d.rule.name == "request-without-timeout"]


@pytest.mark.parametrize(
    ("made", "details"),
    [
        ("axios.create()", ["axios.create"]),
        ('axios.create({ baseURL: "https://api.example" })', ["axios.create"]),
        ('axios.create({ baseURL: "https://api.example", timeout: 5000 })', []),
        ("axios.create({ ...settings })", []),
        ("axios.create(settings())", []),
    ],
)
def test_of_a_client_that_is_made(made: str, details: list[str]) -> None:
    tools = TOOL.replace("CLIENT", "client") + TOOL.replace("CLIENT", "client").replace('"rate"', '"other"')
    assert said(f"const client = {made};\n{tools}") == details


@pytest.mark.parametrize(("later", "count"), [("", 1), ("options.timeout = 5000;", 0)])
def test_of_what_a_client_is_made_with(later: str, count: int) -> None:
    made = f"""
        class Client {{
          private http: AxiosInstance;
          constructor() {{
            const options = {{ baseURL: "https://api.example" }};
            {later}
            this.http = axios.create(options);
          }}
          rates() {{
            return this.http.get("/rates");
          }}
        }}
        const api = new Client();
        """
    assert len(said(textwrap.dedent(made) + TOOL.replace("CLIENT.get", "api.rates"))) == count


def test_of_a_client_that_is_given() -> None:
    assert said("function register(http: AxiosInstance) {" + TOOL.replace("CLIENT", "http") + "}") == []
