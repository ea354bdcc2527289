"""Servers for tests, each a fork of one process that has loaded everything: there after some milliseconds, and with a
state of its own. ``python cradle.py`` or ``python cradle.py PROGRAM``, which sets up rules of its own.

Prints the port on which it listens, on loopback. Each connection gets a server; the cradle ends with its standard input.
"""

from __future__ import annotations

import importlib
import os
import runpy
import signal
import socket
import sys
import threading

LOADED = (
    "mcp_lsp.lsp.loop", "mcp_lsp.lsp.documents", "mcp_lsp.lsp.desk", "mcp_lsp.lsp.orders", "mcp_lsp.lsp.everywhere",
    "mcp_lsp.lsp.links", "mcp_lsp.assist.definitions", "mcp_lsp.predict", "mcp_lsp.project.fixing",
    "mcp_lsp.syntax.rewrite",
)  # fmt: skip


def load(program: str | None) -> None:
    for name in LOADED:
        importlib.import_module(name)
    if program is not None:
        runpy.run_path(program)
    else:
        importlib.import_module("mcp_lsp_analyzers.registry").rules()


def answer(connection: socket.socket) -> int:
    """Be a server, in a process of one's own, whose standard input and output are the connection."""
    os.dup2(connection.fileno(), 0)
    os.dup2(connection.fileno(), 1)
    connection.close()
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    from mcp_lsp.lsp import serve

    return serve()


def main() -> None:
    load(sys.argv[1] if len(sys.argv) > 1 else None)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    listening = socket.create_server(("127.0.0.1", 0), backlog=20)
    print(listening.getsockname()[1], flush=True)

    def end() -> None:
        sys.stdin.buffer.raw.read(1)  # type: ignore[attr-defined]
        os._exit(0)

    threading.Thread(target=end, daemon=True).start()
    while True:
        connection, _ = listening.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or each answer waits for 40 ms
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # a server starts others, and waits for them
            listening.close()
            os._exit(answer(connection))
        connection.close()


if __name__ == "__main__":
    main()
