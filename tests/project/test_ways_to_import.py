"""Ways in which one part of a project gets at another: a choice that goes there is followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.project.index import Index
from mcp_lsp.syntax import Document, language_of

_PYTHON = (
    '{0}\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP("story")\n\n\n'
    '@mcp.tool()\ndef show(word: str) -> str:\n    """Show."""\n    return {1}\n'
)
_RUN = "import subprocess\n\n\ndef run(word):\n    return subprocess.getoutput(word)\n"
_NODE = (
    'import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";\nimport {{ z }} from "zod";\n{0}\n'
    'const server = new McpServer({{ name: "story", version: "1.0.0" }});\n'
    'server.registerTool("show", {{ description: "Show.", inputSchema: {{ word: z.string() }} }}, '
    "async ({{ word }}) => {1} as any);\n"
)
_EXEC = 'import { execSync } from "node:child_process";\nexport function run(word: string) { return execSync(word); }\n'


def told(folder: Path, name: str, text: str, files: dict[str, str]) -> bool:
    """Whether the argument of the tool is told to become a shell command."""
    for each, content in {**files, name: text}.items():
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        (folder / each).write_text(content, encoding="utf-8")
    document = Document((folder / name).as_uri(), text, language_of(name))
    analysis = Analysis(document, modules=Index(str(folder)))
    return any(diagnostic.rule.id == "MCP301" for diagnostic in analysis.diagnostics)


@pytest.mark.parametrize(
    ("imported", "called", "files"),
    [
        ("from .lib import *", "run(word)", {"app/lib.py": _RUN}),
        ("from .lib import *\nfrom .other import *", "run(word)", {"app/lib.py": _RUN, "app/other.py": "x = 1\n"}),
        ("from .lib import *", "run(word)", {"app/lib/__init__.py": "from .run import *\n", "app/lib/run.py": _RUN}),
        ("from . import run", "run.run(word)", {"app/run.py": _RUN}),
        ("from app import run", "run.run(word)", {"app/run.py": _RUN}),
        ("from app.lib import run", "run(word)", {"app/lib/__init__.py": "from .run import run\n", "app/lib/run.py": _RUN}),
        ("from app import lib", "lib.run.run(word)", {"app/lib/__init__.py": "from . import run", "app/lib/run.py": _RUN}),
        ("import app.lib.run", "app.lib.run.run(word)", {"app/lib/__init__.py": "", "app/lib/run.py": _RUN}),
        (
            "from app.lib import run",
            "run(word)",
            {"app/lib/__init__.py": "def __getattr__(name):\n    return load(name)\n", "app/lib/run.py": _RUN},
        ),
        ('import importlib\nlib = importlib.import_module("app.lib")', "lib.run(word)", {"app/lib.py": _RUN}),
        ('import importlib\nlib = importlib.import_module(".lib", __package__)', "lib.run(word)", {"app/lib.py": _RUN}),
    ],
)  # fmt: skip
def test_modules_of_python(imported: str, called: str, files: dict[str, str], tmp_path: Path) -> None:
    assert told(tmp_path, "app/server.py", _PYTHON.format(imported, called), {"app/__init__.py": "", **files})


@pytest.mark.parametrize(
    ("imported", "called", "files"),
    [
        ("from .lib import *", "len(word)", {"app/lib.py": _RUN}),
        ("from . import run", "run.look(word)", {"app/run.py": _RUN}),
        ("from .lib import run", "run(word)", {"app/lib/__init__.py": "def run(word): ...\n", "app/lib/run.py": _RUN}),
    ],
)
def test_something_else_of_that_name(imported: str, called: str, files: dict[str, str], tmp_path: Path) -> None:
    assert not told(tmp_path, "app/server.py", _PYTHON.format(imported, called), {"app/__init__.py": "", **files})


@pytest.mark.parametrize("home", ["packages/core/src", "packages/core", "core", "core/python"])
@pytest.mark.parametrize("manifest", ["pyproject.toml", "setup.py", "README.md"])
def test_distributions_beside_one_another(home: str, manifest: str, tmp_path: Path) -> None:
    folder = home.removesuffix("/src").removesuffix("/python")
    files = {f"{home}/acme/__init__.py": "", f"{home}/acme/run.py": _RUN, f"{folder}/{manifest}": ""}
    text = _PYTHON.format("from acme.run import run", "run(word)")
    assert told(tmp_path, "server/src/app/server.py", text, files) == (manifest != "README.md")


_CORE = "packages/core/"


@pytest.mark.parametrize(
    ("named", "manifest", "file"),
    [
        ("@acme/core", '"main": "dist/index.js"', "src/index.ts"),
        ("@acme/core/run", '"exports": {".": "./dist/index.js", "./run": {"import": "./dist/run.js"}}', "src/run.ts"),
        ("@acme/core/lib/run", '"exports": {"./lib/*": "./dist/lib/*.js"}', "src/lib/run.ts"),
        ("@acme/core/src/run", '"main": "dist/index.js"', "src/run.ts"),
        ("@acme/core/run.js", '"type": "module"', "run.ts"),
    ],
)
def test_packages_of_a_workspace(named: str, manifest: str, file: str, tmp_path: Path) -> None:
    files = {
        "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
        f"{_CORE}package.json": f'{{"name": "@acme/core", {manifest}}}',
        _CORE + file: _EXEC,
    }
    text = _NODE.format(f'import {{ run }} from "{named}";', "run(word)")
    assert told(tmp_path, "packages/server/src/index.ts", text, files)


@pytest.mark.parametrize("target", ["./dist/lib/*", "./src/lib/*", "./build/lib/*"])
def test_names_of_a_package_for_itself(target: str, tmp_path: Path) -> None:
    files = {"package.json": f'{{"imports": {{"#lib/*": "{target}"}}}}', "src/lib/run.ts": _EXEC}
    text = _NODE.format('import { run } from "#lib/run.js";', "run(word)")
    assert told(tmp_path, "src/index.ts", text, files)


@pytest.mark.parametrize(
    ("loaded", "called", "other"),
    [
        ('const run = require("./run");', "run(word)", "module.exports = (word) => execSync(word);"),
        ('const run = require("./run");', "run(word)", "function run(word) { return execSync(word); }\nmodule.exports = run;"),
        ('const Run = require("./run");', "new Run().run(word)", "class Run { run(word) { return execSync(word); } }\nmodule.exports = Run;"),
        ('const lib = require("./run");', "lib.run(word)", "module.exports = { run: (word) => execSync(word) };"),
        ('import * as lib from "./run.js";', "lib.default(word)", "export default (word) => execSync(word);"),
    ],
)  # fmt: skip
def test_what_a_module_is_itself(loaded: str, called: str, other: str, tmp_path: Path) -> None:
    files = {"src/run.js": f'const {{ execSync }} = require("child_process");\n{other}\n'}
    assert told(tmp_path, "src/index.ts", _NODE.format(loaded, called), files)
