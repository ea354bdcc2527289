"""The real SDKs, each in an environment of its own, and a client that only speaks JSON-RPC over standard streams.

Environments are made once, below a cache directory (``MCP_LSP_SDKS``, or one in the user's cache), from the package
registries. The client is none of an SDK: it takes what an SDK's own client would refuse, and its user says no to whatever
a server asks.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import shutil
import subprocess
import venv
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

import pytest

from tests.alone import alone

HOME = Path(os.environ.get("MCP_LSP_SDKS") or Path.home() / ".cache" / "mcp-lsp" / "sdks")
SDKS = {
    "mcp 1": ("mcp-1.30.0", ["mcp==1.30.0"]),
    "mcp 2": ("mcp-2.3.0", ["mcp==2.3.0"]),
    "fastmcp 2": ("fastmcp-2.14.7", ["fastmcp==2.14.7"]),
    "fastmcp 3": ("fastmcp-3.4.10", ["fastmcp==3.4.10"]),
    "fastmcp 4": ("fastmcp-4.1.6", ["fastmcp==4.1.6"]),
    "typescript 1": ("ts-1.32.2", ["@modelcontextprotocol/sdk@1.32.2", "zod@3.25.76"]),
    "typescript with dotenv": (
        "ts-1.32.2-dotenv-17", ["@modelcontextprotocol/sdk@1.32.2", "zod@3.25.76", "dotenv@17.2.3"],
    ),
    "typescript 2": ("ts-2.4.0", ["@modelcontextprotocol/server@2.4.0", "@modelcontextprotocol/client@2.4.0", "zod@4"]),
    "typescript 2 with dotenv": ("ts-2.4.0-dotenv-17", ["@modelcontextprotocol/server@2.4.0", "zod@4", "dotenv@17.2.3"]),
}  # fmt: skip
_LONGEST = 300.0  # seconds until a server that says nothing is ended: on a busy computer some take one to start


@functools.cache
def environment(sdk: str) -> Path:
    """The folder in which an SDK is installed. Skips the test where it cannot be."""
    name, packages = SDKS[sdk]
    home = HOME / name
    with alone(home):
        if not (home / "installed").exists():
            _install(sdk, home, packages)
    return home


def _install(sdk: str, home: Path, packages: list[str]) -> None:
    home.mkdir(parents=True, exist_ok=True)
    if sdk.startswith("typescript"):
        if shutil.which("npm") is None:
            pytest.skip("no npm")
        (home / "package.json").write_text('{"private": true, "type": "module"}')
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *packages]
    else:
        venv.create(home, with_pip=True)
        command = [str(home / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{sdk} cannot be installed: {done.stderr[-200:]}")
    (home / "installed").touch()


def command(sdk: str, source: str, folder: Path) -> tuple[list[str], Path]:
    """What runs a source with an SDK, and where."""
    home = environment(sdk)
    folder = folder / sdk.replace(" ", "-")
    folder.mkdir(exist_ok=True)
    if sdk.startswith("typescript"):
        packages = folder / "node_modules"  # a module finds its packages from where it stands
        if not packages.exists():
            packages.symlink_to(home / "node_modules", target_is_directory=True)
        file = folder / "server.mjs"
        file.write_text(source, encoding="utf-8")
        return ["node", str(file)], folder
    file = folder / "server.py"
    file.write_text(source, encoding="utf-8")
    return [str(home / "bin" / "python"), "-W", "ignore", str(file)], folder


class Outcome(NamedTuple):
    """What a server did. ``answers``: by id, in the order of ``order``; ``strange``: lines that are no messages."""

    code: int | None
    errors: str
    answers: dict[int, Any]
    order: list[int]
    notices: list[Any]
    strange: list[str]

    def result(self, id: int) -> Any:
        return self.answers[id].get("result", {})

    def text(self, id: int) -> str:
        content = self.result(id).get("content") or [{}]
        return str(content[0].get("text", ""))

    def failed(self, id: int) -> bool:
        return "error" in self.answers[id] or bool(self.result(id).get("isError"))


def run(sdk: str, source: str, folder: Path) -> Outcome:
    """A program that ends by itself."""
    argv, cwd = command(sdk, source, folder)
    done = subprocess.run(argv, cwd=cwd, capture_output=True, text=True, timeout=_LONGEST, check=False)
    return Outcome(done.returncode, done.stderr, {}, [], [], done.stdout.split("\n"))


def serve(sdk: str, source: str, folder: Path, *requests: tuple[str, dict[str, Any]], asked: bool = False) -> Outcome:
    """A server over standard streams: what it answers to ``requests``, which get the ids 1, 2, … ``asked``: its client
    can ask a user, who says no."""
    argv, cwd = command(sdk, source, folder)
    process = subprocess.Popen(
        argv,
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    end = Timer(_LONGEST, process.kill)
    end.start()
    outcome = Outcome(None, "", {}, [], [], [])
    able = {"elicitation": {}} if asked else {}
    hello = {"protocolVersion": "2025-06-18", "capabilities": able, "clientInfo": {"name": "test", "version": "1"}}
    try:
        with contextlib.suppress(BrokenPipeError):
            _send(process.stdin, {"id": 0, "method": "initialize", "params": hello})
        waiting = {0}
        for line in process.stdout:
            try:
                message = json.loads(line)
            except ValueError:
                outcome.strange.append(line.rstrip("\n"))
                continue
            if "method" in message and "id" in message:  # the server asks this client
                no: dict[str, Any] = {"error": {"code": -32601, "message": "not supported"}}
                if asked and message["method"] == "elicitation/create":
                    no = {"result": {"action": "decline"}}
                _send(process.stdin, {"id": message["id"], **no})
                continue
            if "id" not in message:
                outcome.notices.append(message)
                continue
            waiting.discard(message["id"])
            outcome.answers[message["id"]] = message
            outcome.order.append(message["id"])
            if message["id"] == 0:
                _send(process.stdin, {"method": "notifications/initialized"})
                for id, (method, params) in enumerate(requests, 1):
                    waiting.add(id)
                    _send(process.stdin, {"id": id, "method": method, "params": params})
            if not waiting:
                break
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        if waiting:  # it ended before it answered
            return outcome._replace(code=process.wait(), errors=process.stderr.read())
    finally:
        end.cancel()
        process.kill()
        process.stdout.close()
        process.stderr.close()
        process.wait()
    return outcome


def _send(stream: Any, message: dict[str, Any]) -> None:
    stream.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    stream.flush()


LIST: tuple[str, dict[str, Any]] = ("tools/list", {})


def call(name: str, /, **arguments: Any) -> tuple[str, dict[str, Any]]:
    return ("tools/call", {"name": name, "arguments": arguments})
