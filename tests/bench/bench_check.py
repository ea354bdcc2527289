"""Figures for ``mcp-lsp check``: start-up, one file, and a thousand handler files beside ``ruff check --select ALL``.

``python tests/bench/bench_check.py [FILES]``. The tree is made anew in a temporary folder; nothing is installed.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LINES = 139
"""Lines per file. A thousand of them are 139,000 lines, the size for which figures of other tools are known."""

_HEAD = '''\
"""Server number {n}: reports about hosts, files and records."""

import asyncio
import json
import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Annotated

import httpx
from mcp.server.fastmcp import Context, FastMCP
from pydantic import Field

mcp = FastMCP("server-{n}", instructions="Ask for hosts first, then for their reports.")
ROOT = Path("/srv/data-{n}").resolve()
TIMEOUT = {n} % 30 + 1


def _read(path: Path) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _run(command: list[str], timeout: float = TIMEOUT) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip())
    return done.stdout


'''

_TOOLS = (
    '''\
@mcp.tool()
def ping_{i}(host: str, count: int = 1) -> str:
    """Ping a host.

    Args:
        host: Name or address of the host.
        count: How many packets to send.
    """
    return subprocess.getoutput(f"ping -c{{count}} {{host}}")


''',
    '''\
@mcp.tool()
async def fetch_{i}(url: Annotated[str, Field(description="Address of the page")], ctx: Context) -> str:
    """Fetch a page and return its text."""
    await ctx.info(f"fetching {{url}}")
    async with httpx.AsyncClient(timeout=TIMEOUT) as client:
        answer = await client.get(url)
        answer.raise_for_status()
        return answer.text[:2000]


''',
    '''\
@mcp.tool(annotations={{"readOnlyHint": True}})
def report_{i}(name: str, lines: int = 20) -> str:
    """The last lines of a report."""
    path = (ROOT / name).resolve()
    if not path.is_relative_to(ROOT):
        raise ValueError("outside of the reports")
    text = _read(path)
    return "\\n".join(text.split("\\n")[-lines:])


''',
    '''\
@mcp.tool()
def records_{i}(table: str, limit: int = 10) -> list[dict[str, str]]:
    """Records of a table, as objects."""
    connection = sqlite3.connect(os.environ.get("DB_{i}", "data.db"))
    try:
        rows = connection.execute(f"SELECT * FROM {{table}} LIMIT ?", (limit,)).fetchall()
    finally:
        connection.close()
    found = []
    for row in rows:
        found.append({{str(k): json.dumps(v) for k, v in enumerate(row)}})
    return found


''',
    '''\
@mcp.resource("reports://{i}/{{name}}")
def stored_{i}(name: str) -> str:
    """A stored report."""
    return _read(ROOT / Path(name).name)


@mcp.prompt()
def summarise_{i}(topic: str) -> str:
    """Ask for a summary."""
    return f"Summarise what is known about {{topic}} in three sentences."


''',
)


def handler_file(n: int) -> str:
    """A server of `LINES` lines. No two files are alike, so that nothing is found in a cache by chance."""
    text = _HEAD.format(n=n)
    i = 0
    while text.count("\n") + (part := _TOOLS[(n + i) % len(_TOOLS)].format(i=f"{n}_{i}")).count("\n") < LINES - 2:
        text += part
        i += 1
    text = text.rstrip("\n") + "\n\n\n" + 'if __name__ == "__main__":\n    mcp.run()\n'
    return text + "# filler\n" * (LINES - text.count("\n"))


def tree(folder: Path, files: int) -> None:
    for n in range(files):
        path = folder / f"team{n // 100:02}" / f"server_{n:04}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(handler_file(n), encoding="utf-8")


def measured(argv: list[str], runs: int = 3) -> tuple[float, float]:
    """Wall and processor seconds, the best of some runs."""
    best = (float("inf"), float("inf"))
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        subprocess.run(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wall = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best[0], wall), min(best[1], cpu)
    return best


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # it would measure the compiler
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    mcp_lsp = (
        [sys.executable, "-P", "-m", "mcp_lsp"] if sys.version_info >= (3, 11) else [sys.executable, "-m", "mcp_lsp"]
    )
    ruff = shutil.which("ruff", path=os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"])
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder, "one.py")
        one.write_text(handler_file(0))
        print("                                          wall      CPU  (best of 3)")

        def show(name: str, argv: list[str], runs: int = 3) -> float:
            wall, cpu = measured(argv, runs)
            print(f"{name:38} {wall * 1000:6.0f} ms {cpu * 1000:6.0f} ms")
            return wall

        show("python -c pass", [sys.executable, "-c", "pass"], 10)
        show("mcp-lsp check one_file.py", [*mcp_lsp, "check", str(one)], 10)
        show("mcp-lsp check one_file.py, JSON", [*mcp_lsp, "check", "--output-format", "json", str(one)])
        home = Path(folder, "tree")
        home.mkdir()
        tree(home, files)
        os.environ["MCP_LSP_CACHE_DIR"] = str(Path(folder, "cache"))
        anew = [*mcp_lsp, "check", "--no-cache"]
        ours = show(f"mcp-lsp check, {files} files", [*anew, str(home)])
        show(f"mcp-lsp check, {files} files, one process", [*anew, "--jobs", "1", str(home)], 1)
        show(f"mcp-lsp check, {files} files, JSON", [*anew, "--output-format", "json", str(home)], 1)
        show(f"mcp-lsp check, {files} files, and keep", [*mcp_lsp, "check", str(home)], 1)
        again = show(f"mcp-lsp check, {files} files, again", [*mcp_lsp, "check", str(home)])
        some = home / "team00" / "server_0000.py"
        some.write_text(some.read_text() + "# changed\n")
        show(f"mcp-lsp check, {files} files, 1 changed", [*mcp_lsp, "check", str(home)], 1)
        if ruff is None:
            print("ruff is not installed: nothing to compare with")
            return
        theirs = show(
            f"ruff check --select ALL, {files} files",
            [ruff, "check", "--isolated", "--no-cache", "--select", "ALL", str(home)],
        )
        print(
            f"mcp-lsp takes {ours / theirs:.2f} times as long as ruff with all rules where nothing is kept, "
            f"{again / theirs:.2f} times from the second run on (target: at most 2; ruff keeps nothing here)"
        )


if __name__ == "__main__":
    main()
