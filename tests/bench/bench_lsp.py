"""What the language server costs: from a keystroke to its diagnostics over standard input and output, start-up, memory.

    python tests/bench/bench_lsp.py            # everything; about two minutes
    python tests/bench/bench_lsp.py --quick    # fewer keystrokes

Figures differ between computers: compare them with those of `ruff server`, pulled the same way in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.lsp.client import SERVER, Client, capabilities, insertion, position, running

TYPED = '    answer = lookup({"key": note, "all": [x for x in (1, 2)]}, f"{note}!")  # seen'


def python(lines: int) -> str:
    """A server of tools of 20 lines each; every fourth has something to be found."""
    out = [
        "import subprocess", "", "from mcp.server.fastmcp import FastMCP", "", 'mcp = FastMCP("bench")', "", "", "def lookup(table, note):", "    return table.get(note)", "", "",
    ]  # fmt: skip
    n = 0
    while len(out) < lines:
        n += 1
        bad = '    done = subprocess.run(f"ping {host} -c {count}", shell=True)'
        good = '    done = lookup({"host": host, "count": str(count)}, "host")'
        out += [
            "@mcp.tool()",
            f"async def tool_{n}(host: str, count: int = 3, note: str = '') -> str:",
            f'    """Ask a host, number {n}, and say what came back.',
            "",
            "    Args:",
            "        host: name of the host",
            "        count: how often to ask",
            "        note: what to put in front",
            '    """',
            "    if count > 10:",
            '        raise ValueError("too many")',
            bad if n % 4 == 0 else good,
            "    lines = []",
            '    for line in str(done).split("\\n"):',
            "        if line.strip():",
            "            lines.append(line.strip())",
            f'    lines.append(f"{{note}} {{len(lines)}} of {n}")',
            '    return "\\n".join(lines)',
            "",
            "",
        ]
    return "\n".join(out) + "\n"


def typescript(lines: int) -> str:
    out = [
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";',
        'import { execSync } from "node:child_process";', 'import { z } from "zod";', "",
        'const server = new McpServer({ name: "bench", version: "1" });', "",
        "function lookup(table: unknown, note: string) {", "  return [table, note];", "}", "",
    ]  # fmt: skip
    n = 0
    while len(out) < lines:
        n += 1
        bad = "    const done = execSync(`ping ${host} -c ${count}`);"
        good = '    const done = lookup({ host, count: String(count) }, "host");'
        out += [
            "server.registerTool(",
            f'  "tool_{n}",',
            "  {",
            f'    description: "Ask a host, number {n}",',
            "    inputSchema: {",
            '      host: z.string().describe("name of the host"),',
            '      count: z.number().describe("how often to ask"),',
            "    },",
            "  },",
            '  async ({ host, count, note = "" }) => {',
            "    if (count > 10) {",
            '      throw new Error("too many");',
            "    }",
            bad if n % 4 == 0 else good,
            '    const lines = String(done).split("\\n").filter((line) => line.trim());',
            f"    lines.push(`${{note}} ${{lines.length}} of {n}`);",
            '    return { content: [{ type: "text", text: lines.join("\\n") }] };',
            "  },",
            ");",
            "",
        ]
    return "\n".join(out) + "\n"


def registering(text: str, suffix: str) -> str:
    """The same tools in one function, which is given the server and something that they use."""
    first, head = ("@mcp.tool()", "def register(mcp: FastMCP, client: object) -> None:")
    if suffix != ".py":
        first, head = "server.registerTool(", "export function register(server: McpServer, client: Client) {"
    at = text.index(first)
    kept = [line for line in text[:at].split("\n") if not line.startswith(("mcp =", "const server"))]
    inside = textwrap.indent(text[at:], "    ").replace("lookup(", "lookup(client, ")
    return "\n".join([*kept[:-1], head, inside]) + ("" if suffix == ".py" else "}\n")


class Typist:
    """Types a line into the middle of a file, one character at a time, and takes it out again."""

    def __init__(self, client: Client, uri: str, text: str, language: str, marker: str, typed: str) -> None:
        self.client, self.uri, self.version, self.typed = client, uri, 1, typed
        lines = text.split("\n")
        self.line = next(i for i in range(len(lines) // 2, len(lines)) if lines[i].strip().startswith(marker))
        client.open(uri, text, language)
        client.pull(uri)

    def keystroke(self, change: dict) -> float:  # type: ignore[type-arg]
        self.version += 1
        start = time.perf_counter()
        self.client.change(self.uri, self.version, change)
        self.client.pull(self.uri)
        return (time.perf_counter() - start) * 1000

    def round(self) -> Iterator[float]:
        self.keystroke(insertion(self.line, 0, "\n"))
        for i, char in enumerate(self.typed):
            yield self.keystroke(insertion(self.line, i, char))
        whole = {"start": position(self.line, 0), "end": position(self.line + 1, 0)}
        self.keystroke({"range": whole, "text": ""})


def measure(
    name: str, command: list[str], text: str, suffix: str, language: str, rounds: int, inside: bool = False
) -> None:
    """``inside``: the tools stand in one function."""
    marker, typed = ("lines = []", TYPED) if suffix == ".py" else ("const lines", TYPED.strip() + ";")
    typed = typed if suffix == ".py" else typed.replace("# seen;", "// seen").replace('f"{note}!"', "`${note}!`")
    if inside:
        text, typed = registering(text, suffix), f"        {typed.strip()}"
    with running(command, quiet=True) as client:
        client.initialize(capabilities("neovim"), rootUri=None)
        typist = Typist(client, f"file:///bench/server{suffix}", text, language, marker, typed)
        times = [t for _ in range(rounds) for t in typist.round()]
        cut = statistics.quantiles(times, n=100)
        found = len(client.pull(typist.uri)["items"])
        print(
            f"{name:12} {language:10} {text.count(chr(10)):6} lines {found:4} diagnostics  "
            f"p50 {cut[49]:6.2f}  p95 {cut[94]:6.2f}  p99 {cut[98]:6.2f} ms   {memory(client):5.0f} MiB"
        )


def memory(client: Client) -> float:
    """Resident memory in MiB; 0 where the system does not say."""
    try:
        status = Path(f"/proc/{client.process.pid}/statm").read_text()
    except OSError:
        return 0.0
    return int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def cold(times: int) -> None:
    """From starting the process to the answer to `initialize`, and to the first diagnostics."""
    first, diagnosed = [], []
    text = python(500)
    for _ in range(times):
        start = time.perf_counter()
        with running(quiet=True) as client:
            client.initialize(capabilities("vscode"))
            first.append((time.perf_counter() - start) * 1000)
            client.open("file:///bench/a.py", text)
            client.pull("file:///bench/a.py")
            diagnosed.append((time.perf_counter() - start) * 1000)
    print(
        f"start        initialize answered after {statistics.median(first):.0f} ms (worst {max(first):.0f}), "
        f"500 lines diagnosed after {statistics.median(diagnosed):.0f} ms (worst {max(diagnosed):.0f})"
    )


def growth(edits: int) -> None:
    with running(quiet=True) as client:
        client.initialize(capabilities("neovim"), rootUri=None)
        typist = Typist(client, "file:///bench/server.py", python(2000), "python", "lines = []", TYPED)
        list(typist.round())
        before = memory(client)
        rounds = edits // len(TYPED)
        for _ in range(rounds):
            list(typist.round())
        print(f"memory       {before:.1f} MiB before and {memory(client):.1f} MiB after {rounds * len(TYPED)} edits")


def pointing(times: int) -> None:
    """The processor time of hovers over a file of 2,000 lines: of the first, once the pauses after the first diagnostics
    are over, and of later ones, each over another tool."""
    for text, suffix, language, word in (
        (python(2000), ".py", "python", "def tool_"), (typescript(2000), ".ts", "typescript", "registerTool("),
    ):  # fmt: skip
        with running(quiet=True) as client:
            client.initialize(capabilities("vscode"))
            uri = f"file:///bench/server{suffix}"
            client.open(uri, text, language)
            client.pull(uri)
            time.sleep(15)  # what a first hover needs is loaded in pauses
            lines = [i for i, line in enumerate(text.split("\n")) if word in line][:times]
            taken = []
            for line in lines:
                at = {"textDocument": {"uri": uri}, "position": position(line, 12 if suffix == ".py" else 10)}
                before = processor(client)
                assert client.request("textDocument/hover", at)
                taken.append(processor(client) - before)
            print(
                f"hover        {language}, 2,000 lines, processor time: first {taken[0]:.1f} ms, "
                f"later p50 {statistics.median(taken[1:]):.1f}, worst {max(taken[1:]):.1f} ms"
            )


def processor(client: Client) -> float:
    """Milliseconds that the server's main thread has run; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{client.process.pid}/schedstat").read_text().split()[0]) / 1e6
    except OSError:
        return 0.0


def meanwhile(files: int) -> None:
    """What a hover takes while the whole workspace is checked, by another process."""
    with tempfile.TemporaryDirectory() as folder, running(quiet=True, alone=True) as client:
        for i in range(files):
            (Path(folder) / f"server_{i}.py").write_text(python(200))
        root = Path(folder).as_uri()
        client.initialize(capabilities("vscode"), workspaceFolders=[{"uri": root, "name": "bench"}])
        text = python(500)
        client.open(f"{root}/open.py", text)
        client.pull(f"{root}/open.py")
        line = next(i for i, one in enumerate(text.split("\n")) if "def tool_" in one)
        at = {"textDocument": {"uri": f"{root}/open.py"}, "position": position(line, 12)}
        client.request("textDocument/hover", at)
        client.send("workspace/executeCommand", {"command": "mcp-lsp.check", "arguments": [{}]})
        client.wait("$/progress", lambda params: params["value"]["kind"] == "report")
        times: list[float] = []
        with contextlib.suppress(AssertionError):  # the answer to the order, which ends it
            while True:
                start = time.perf_counter()
                client.request("textDocument/hover", at)
                times.append((time.perf_counter() - start) * 1000)
        cut = statistics.quantiles(times, n=100)
        print(
            f"hover        while {files} files are checked: p50 {cut[49]:.2f}, p99 {cut[98]:.2f}, "
            f"worst {max(times):.1f} ms, of {len(times)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    rounds = 3 if quick else 10
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    ruff = shutil.which("ruff", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    for lines in (2000, 10000):
        measure("mcp-lsp", SERVER, python(lines), ".py", "python", rounds)
        measure("mcp-lsp", SERVER, typescript(lines), ".ts", "typescript", rounds)
        if ruff:
            measure("ruff server", [ruff, "server"], python(lines), ".py", "python", rounds)
        measure("a function", SERVER, python(lines), ".py", "python", rounds, inside=True)
        measure("a function", SERVER, typescript(lines), ".ts", "typescript", rounds, inside=True)
    cold(3 if quick else 10)
    pointing(20 if quick else 90)
    meanwhile(50 if quick else 300)
    growth(1000 if quick else 5000)


if __name__ == "__main__":
    main()
