"""Files with credentials in them, and who may read them."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

PYTHON = "import json\nimport os\n\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('notes')\n\n\n"
TYPESCRIPT = """
import fs from "node:fs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";

export const server = new McpServer({ name: "notes", version: "1.0.0" });

"""


def told(uri: str, source: str) -> int:
    return [d.rule.name for d in check_text(uri, source)].count("credentials-file-for-all-users")


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("with open(token_file, 'w') as file:\n        json.dump({'access_token': given}, file)", 1),
        ("with open(path, 'w') as file:\n        file.write(access_token)", 1),
        ("with open(path, 'w') as token_file:\n        token_file.write(given)  # oauth", 1),
        ("with open(path, mode='w') as file:\n        json.dump(credentials, file)", 1),
        ("(folder / 'credentials.json').write_text(given)  # oauth", 1),
        ("with open(token_file) as file:\n        return json.load(file)['access_token']", 0),
        ("with open(token_file, 'w') as file:\n        json.dump(given, file)\n    os.chmod(token_file, 0o600)", 0),
        ("with open(token_file, 'w', opener=private) as file:\n        file.write(access_token)", 0),
        ("with open(path, 'w') as file:\n        json.dump(notes, file)  # no credentials in it", 0),
        (
            "given['env'] = {'NOTES_API_KEY': api_key}\n    with open(path, 'w') as file:\n        json.dump(given, file)",
            1,
        ),
        (
            "env = {}\n    env['NOTES_API_KEY'] = api_key\n    given = {}\n    given['servers']['notes'] = env\n    with open(path, 'w') as file:\n        json.dump(given, file)",
            1,
        ),
        (
            "env = {'NOTES_API_KEY': 'your key'}\n    given = {'env': env}  # api_key\n    with open(path, 'w') as file:\n        json.dump(given, file)",
            0,
        ),
        ("with open('token_counts.json', 'w') as file:\n        json.dump(given, file)  # not of a login", 0),
        ("with open('tokens.txt', 'w') as file:\n        file.write(given)", 0),
    ],
)
def test_in_python(body: str, count: int) -> None:
    assert told("file:///src/keep.py", f"{PYTHON}def keep(path, folder, token_file, given):\n    {body}\n") == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("fs.writeFileSync(tokenPath, JSON.stringify(given)); // oauth", 1),
        ("await fs.promises.writeFile(path, JSON.stringify(credentials), 'utf8');", 1),
        ("fs.writeFileSync(path, JSON.stringify({ tokens })); // oauth", 1),
        ("fs.writeFileSync(tokenPath, JSON.stringify(given), { mode: 0o600 }); // oauth", 0),
        ("fs.writeFileSync(tokenPath, JSON.stringify(given), options); // oauth", 0),
        ("fs.writeFileSync(tokenPath, JSON.stringify(given)); fs.chmodSync(tokenPath, 0o600); // oauth", 0),
        ("fs.writeFileSync(path, JSON.stringify(given)); // oauth", 0),
        ("fs.writeFileSync(path, JSON.stringify({ tokenUsage })); // oauth", 0),
    ],
)
def test_in_typescript(body: str, count: int) -> None:
    source = f"{TYPESCRIPT}export async function keep(path, tokenPath, tokens, given, options) {{\n  {body}\n}}\n"
    assert told("file:///src/keep.ts", source) == count
