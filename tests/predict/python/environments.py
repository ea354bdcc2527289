"""The Python SDKs that shapes are listed with, each in a virtual environment of its own, and the listings recorded.

``python -m tests.predict.python.environments`` records anew with the newest release of each major; the slow test does
the same without writing.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from mcp_lsp import read, syntax
from mcp_lsp.predict import Listing, Sources, listing
from mcp_lsp.project.index import Index
from mcp_lsp.read.manifests import Dependencies, Version
from mcp_lsp.uri import from_path
from tests.alone import alone

HERE = Path(__file__).parent
SHAPES = HERE / "shapes"
RECORDED = HERE / "recorded"
_LONGEST = 1200.0  # seconds until a program that hangs is ended: on a busy computer an environment takes minutes
KINDS = ("tools", "prompts", "resources", "resourceTemplates")


class Environment(NamedTuple):
    """``heading``: what a server imports; ``words``: what the shapes leave open between the SDKs; ``text``: whether
    ``from __future__ import annotations`` stands above all of them."""

    package: str
    major: int
    heading: str
    words: dict[str, str]
    files: tuple[str, ...]
    text: bool = False

    @property
    def requirement(self) -> str:
        return f"{self.package}=={self.major}.*"


_TYPES = "from mcp.types import Icon, TextContent, ToolAnnotations\n"
_MCP = "from mcp.types import CallToolResult\n" + _TYPES
_ONE = "from mcp.server.fastmcp import Context, FastMCP, Image\n" + _MCP
_TWO = "from mcp.server import MCPServer as FastMCP\nfrom mcp.server.mcpserver import Context, Image\n" + _MCP
_FAST = (
    "from fastmcp import Context, FastMCP\nfrom fastmcp.dependencies import Depends\n"
    "from fastmcp.tools{} import Tool, ToolResult\nfrom fastmcp.utilities.types import Image\n" + _TYPES
)
_OLD = {"READ_ONLY_HINT": "readOnlyHint", "MIME_TYPE": "mimeType"}
_NEW = {"READ_ONLY_HINT": "read_only_hint", "MIME_TYPE": "mime_type"}
_BARE = {"ADDED": "added", "IN_CLASS": "self.look_in"}
_MADE = {"ADDED": "Tool.from_function(added)", "IN_CLASS": "Tool.from_function(self.look_in)"}
_OF_MCP = ("common", "more", "nested", "mcp_only", "unseen", "unseen_deep")
_OF_FAST = ("common", "more", "nested", "fastmcp_only", "unseen")
_TEXT = ("common", "more", "mcp_only", "unseen", "unseen_deep")
_FAST_TEXT = ("common", "more", "fastmcp_only", "unseen", "texts")

ENVIRONMENTS = {
    "mcp1": Environment("mcp", 1, _ONE, {**_OLD, **_BARE}, _OF_MCP),
    "mcp2": Environment("mcp", 2, _TWO, {**_NEW, **_BARE}, _OF_MCP),
    "fastmcp2": Environment("fastmcp", 2, _FAST.format(".tool"), {**_OLD, **_MADE}, _OF_FAST),
    "fastmcp3": Environment(
        "fastmcp", 3, _FAST.format(".tool"), {**_OLD, **_MADE}, (*_OF_FAST, "fastmcp_later", "unseen_deep")
    ),
    "fastmcp4": Environment(
        "fastmcp", 4, _FAST.format(""), {**_NEW, **_MADE}, (*_OF_FAST, "fastmcp_later", "unseen_deep")
    ),
    "mcp1-text": Environment("mcp", 1, _ONE, {**_OLD, **_BARE}, _TEXT, True),
    "mcp2-text": Environment("mcp", 2, _TWO, {**_NEW, **_BARE}, _TEXT, True),
    "fastmcp2-text": Environment("fastmcp", 2, _FAST.format(".tool"), {**_OLD, **_MADE}, ("texts",), True),
    "fastmcp3-text": Environment("fastmcp", 3, _FAST.format(".tool"), {**_OLD, **_MADE}, ("texts",), True),
    "fastmcp4-text": Environment("fastmcp", 4, _FAST.format(""), {**_NEW, **_MADE}, (*_FAST_TEXT, "unseen_deep"), True),
}
# Shapes of real servers, on their own: what they import and call things is what they would.
ENVIRONMENTS.update(
    {
        f"{name}-{file}": ENVIRONMENTS[name]._replace(files=(file,))
        for name in ("mcp1", "mcp2", "fastmcp2", "fastmcp3", "fastmcp4")
        for file in ("servers", "fresh")
    }
)


def source(environment: Environment) -> str:
    """The server with all shapes, as it is written for one SDK."""
    future = "from __future__ import annotations\n" if environment.text else ""
    bodies = [(SHAPES / f"{name}.txt").read_text("utf-8") for name in environment.files]
    text = "\n\n".join([f'{future}{environment.heading}\nmcp = FastMCP("shapes")\n', *bodies])
    for word, meaning in environment.words.items():
        text = text.replace(word, meaning)
    return text


def project(environment: Environment, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "server.py").write_text(source(environment), "utf-8")
    (folder / "models.py").write_text((SHAPES / "models.txt").read_text("utf-8"), "utf-8")


def predicted(environment: Environment, folder: Path, python: tuple[int, int]) -> Listing:
    """What we say of the shapes, nothing of which is imported here."""
    project(environment, folder)
    path = folder / "server.py"
    index = Index(str(folder))
    version = Version(environment.major, environment.requirement, "requirements.txt")
    dependencies = Dependencies({environment.package: version}, {})
    document = syntax.Document(from_path(str(path)), path.read_text("utf-8"), "python")
    reading = read.servers(read.module(syntax.parse(document)), dependencies, None, index)
    server = max(reading.servers, key=lambda one: len(one.tools))
    return listing(server, Sources(dependencies, index, python))


# ---------------------------------------------------------------- the real ones


@functools.cache
def interpreter(requirement: str) -> Path:
    """The interpreter of an environment that has the newest release that fulfils the requirement; kept between runs."""
    named = hashlib.blake2b(f"{requirement} {sys.version}".encode(), digest_size=8).hexdigest()
    base = Path(os.environ.get("MCP_LSP_TEST_ENVIRONMENTS") or Path(tempfile.gettempdir()) / "mcp-lsp-environments")
    folder = base / named
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready = folder / "ready"
    with alone(folder):
        if not ready.exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True, timeout=_LONGEST)
            command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
            subprocess.run(command, check=True, timeout=_LONGEST, capture_output=True)
            ready.write_text(requirement, "utf-8")
    return python


def listed(environment: Environment, folder: Path) -> dict[str, Any]:
    """What the real SDK lists of the shapes."""
    project(environment, folder)
    command = [str(interpreter(environment.requirement)), "-P", str(HERE / "dump.py"), "server"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_LONGEST, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text("utf-8"))
    return found


def lines(found: dict[str, Any]) -> str:
    """A listing with one entry in each line."""
    parts = [f'"versions": {json.dumps(found["versions"])}']
    for kind in KINDS:
        entries = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in found[kind])
        parts.append(f'"{kind}": [\n{entries}\n]')
    return "{" + ",\n".join(parts) + "}\n"


def python_of(found: dict[str, Any]) -> tuple[int, int]:
    major, minor = map(int, found["versions"]["python"].split("."))
    return major, minor


if __name__ == "__main__":
    # Docstrings are other ones since Python 3.13: recordings from there stand beside those of older ones.
    ending = "-python{}{}".format(*sys.version_info[:2]) if sys.version_info >= (3, 13) else ""
    for chosen in sys.argv[1:] or ENVIRONMENTS:
        with tempfile.TemporaryDirectory() as scratch:
            (RECORDED / f"{chosen}{ending}.json").write_text(
                lines(listed(ENVIRONMENTS[chosen], Path(scratch))), "utf-8"
            )
            print(chosen)
