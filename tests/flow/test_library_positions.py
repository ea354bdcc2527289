"""Positions of libraries that take paths: documents, pictures, tables, browsers."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT

WRITTEN = ["`path` chooses which file is written"]
READ = ["`path` chooses which file is read"]


def said(text: str, uri: str) -> list[str]:
    return [d.finding.message for d in check_text(uri, text) if d.rule.id == "MCP305"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("docx.Document().save(path)", WRITTEN),
        ("openpyxl.load_workbook('a.xlsx').save(path)", WRITTEN),
        ("Image.open('a.png').save(path)", WRITTEN),
        ("figure.savefig(path)", WRITTEN),
        ("page.screenshot(path=path)", WRITTEN),
        ("page.set_input_files('#file', path)", READ),
        ("rdflib.Graph().parse(path, format='turtle')", READ),
        ("h5py.File(path)", READ),
        ("tempfile.mkstemp(dir=path)", WRITTEN),
        ("tempfile.NamedTemporaryFile(dir=os.path.dirname(path), delete=False)", WRITTEN),
        ("tempfile.mkstemp(suffix=os.path.basename(path))", []),
        ("figure.savefig(os.path.basename(path))", []),
        ("docx.Document().save('a.docx')", []),
        ("page.screenshot(path='a.png', text=path)", []),
    ],
)
def test_python(code: str, expected: list[str]) -> None:
    head = (
        "import os\nimport tempfile\nimport docx\nimport openpyxl\nimport rdflib\nimport h5py\nfrom PIL import Image\n"
        + PYTHON
    )
    story = f"""
        @mcp.tool()
        def f(path: str, page, figure) -> None:
            {code}
        """
    assert said(head + textwrap.dedent(story), "file:///story.py") == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("await page.screenshot({ path })", WRITTEN),
        ("await input.uploadFile(path)", READ),
        ("await sharp('a.png').toFile(path)", WRITTEN),
        ("await page.screenshot({ path: 'a.png', text: path })", []),
        ("await sharp('a.png').toFile(basename(path))", []),
        ("await vscode.workspace.openTextDocument(vscode.Uri.file(path))", READ),
        ("await vscode.workspace.fs.writeFile(vscode.Uri.file(path), new Uint8Array())", WRITTEN),
        ("await vscode.workspace.openTextDocument({ content: path })", []),
    ],
)
def test_typescript(code: str, expected: list[str]) -> None:
    head = (
        'import sharp from "sharp";\nimport * as vscode from "vscode";\nimport { basename } from "path";\n' + TYPESCRIPT
    )
    story = f"""
        server.tool("f", {{ path: z.string() }}, async ({{ path }}) => {{
          {code};
          return {{ content: [] }};
        }});
        """
    assert said(head + textwrap.dedent(story), "file:///story.ts") == expected


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("MarkItDown().convert_uri(address)", True),
        ("SPARQLWrapper(address)", True),
        ("sse_client(url=address)", True),
        ("SPARQLWrapper('https://query.example.org/sparql').setQuery(address)", False),
    ],
)
def test_addresses(code: str, told: bool) -> None:
    head = (
        "from markitdown import MarkItDown\nfrom SPARQLWrapper import SPARQLWrapper\n"
        "from mcp.client.sse import sse_client\n" + PYTHON
    )
    story = f"""
        @mcp.tool()
        def f(address: str) -> None:
            {code}
        """
    found = check_text("file:///story.py", head + textwrap.dedent(story))
    assert any(d.rule.id == "MCP306" for d in found) is told


PAGES = {
    "python": "@mcp.tool()\nasync def f(NAME: str) -> None:\n    await CALL\n",
    "typescript": """
        server.registerTool("f", { inputSchema: { NAME: z.string() } }, async ({ NAME }) => {
          await CALL;
          return { content: [] };
        });
        """,
}


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize(
    ("call", "name", "told"),
    [
        ("page.goto(where)", "where", True),
        ("(await opened()).goto(target)", "target", True),
        ("shown.goto(pageUrl)", "pageUrl", True),
        ("debugger.goto(binary, 'address')", "binary", False),
        ("editor.goto(line)", "line", False),
    ],
)
def test_pages_go_to_addresses(language: str, call: str, name: str, told: bool) -> None:
    head = PYTHON if language == "python" else TYPESCRIPT
    story = textwrap.dedent(PAGES[language]).replace("NAME", name).replace("CALL", call)
    found = check_text("file:///story." + ("py" if language == "python" else "ts"), head + story)
    assert any(d.rule.id == "MCP306" for d in found) is told


HOST = "`url` chooses which host is contacted"
CLIENTS = {
    "python": """
        import httpx
        import litellm
        import ollama
        from crawling import Config
        from openai import AzureOpenAI

        @mcp.tool()
        def f(url: str) -> None:
            CODE
        """,
    "typescript": """
        import OpenAI from "openai";
        import { S3Client } from "@aws-sdk/client-s3";
        import { HttpsProxyAgent } from "https-proxy-agent";
        import { Config } from "crawling";

        server.registerTool("f", { inputSchema: { url: z.string() } }, async ({ url }) => {
          CODE
          return { content: [] };
        });
        """,
}


@pytest.mark.parametrize(
    ("language", "code", "severity"),
    [
        ("python", "litellm.completion('x', api_base=url)", "warning"),
        ("python", "AzureOpenAI(azure_endpoint=url)", "warning"),
        ("python", "ollama.Client(url).list()", "warning"),
        ("python", "httpx.Client(proxy=url)", "warning"),
        ("python", "Config(base_url=url)", "information"),
        ("python", "Config(url)", ""),
        ("python", "Config(base_url=f'https://api.example.com/{url}')", ""),
        ("python", "litellm.completion(url, api_base='https://llm.example.com')", ""),
        ("typescript", "new OpenAI({ baseURL: url });", "warning"),
        ("typescript", "new S3Client({ endpoint: url });", "warning"),
        ("typescript", "new HttpsProxyAgent(url);", "warning"),
        ("typescript", "new Config({ retries: 3, baseUrl: url });", "information"),
        ("typescript", "new Config({ name: url });", ""),
        ("typescript", "new Config({ baseUrl: `https://api.example.com/${url}` });", ""),
        ("typescript", "new OpenAI({ baseURL: process.env.LLM, name: url });", ""),
    ],
)
def test_clients_that_are_told_where_to_ask(language: str, code: str, severity: str) -> None:
    head, uri = (PYTHON, "file:///story.py") if language == "python" else (TYPESCRIPT, "file:///story.ts")
    found = check_text(uri, head + textwrap.dedent(CLIENTS[language]).replace("CODE", code))
    said = [(d.severity.value, d.finding.message) for d in found if d.rule.id == "MCP306"]
    assert said == ([(severity, HOST)] if severity else [])
