"""Connections that somebody else opened: what is read from them was sent, as a request is."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

_PYTHON = """
import asyncio
import json
import socketserver
import subprocess
import threading

class Desk:
    def listen(self):
        client, _ = self.socket.accept()
        threading.Thread(target=self.answer, args=(client,)).start()

    def run(self, command):
        handlers = {"look": self.look}
        return handlers.get(command["type"])(**command["params"])

    def look(self, path=""):
        return subprocess.getoutput("ls " + path)

"""


def told(text: str, name: str) -> bool:
    """Whether something that was sent reaches a shell."""
    return any(d.rule.id == "MCP301" for d in check_text(f"file:///mcp/{name}", text))


@pytest.mark.parametrize(
    "answer",
    [
        """
    def answer(self, client):
        answer = self.run(json.loads(client.recv(8192).decode("utf-8")))
        client.sendall(answer)
        """,
        """
    def answer(self, client):
        buffer = b""
        while True:
            data = client.recv(8192)
            if not data:
                break
            buffer += data
            try:
                client.send(self.run(json.loads(buffer.decode())))
            except json.JSONDecodeError:
                continue
        """,
        """
class Answer(socketserver.BaseRequestHandler):
    def handle(self):
        Desk().run(json.loads(self.request.recv(1024)))
        """,
        """
class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        Desk().run(json.loads(self.rfile.readline()))
        """,
        """
async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
    Desk().run(json.loads(await reader.readline()))
        """,
    ],
)
def test_sockets_of_python(answer: str) -> None:
    assert told(_PYTHON + answer, "story.py")


@pytest.mark.parametrize(
    "asked",
    [
        """
    def ask(self, client):
        client.sendall(b"what next?")
        return self.run(json.loads(client.recv(8192)))
        """,
        """
    def receive(self, client):
        return self.run(json.loads(client.recv(8192)))
        """,
        """
    def receive(self, other_client, client):
        found = self.run(json.loads(other_client.recv(8192)))
        client.sendall(found)
        """,
        """
class Answer(Desk):
    def handle(self):
        self.run(json.loads(self.request.recv(1024)))
        """,
    ],
)
def test_what_others_answer_is_no_request(asked: str) -> None:
    assert not told(_PYTHON + asked, "story.py")


@pytest.mark.parametrize(
    ("opened", "sent"),
    [
        (("net.createServer((socket) => {", "});"), True),
        (("net.createServer(async function (socket) {", "});"), True),
        (('server.on("connection", (socket) => {', "});"), True),
        (("net.createServer({ allowHalfOpen: true }, (socket) => {", "});"), True),
        (('pool.on("connect", (socket) => {', "});"), False),
        (("const look = (socket) => {", "};"), False),
        (("const socket = net.connect(80); {", "}"), False),
    ],
)
def test_sockets_of_node(opened: tuple[str, str], sent: bool) -> None:
    story = f"""
        import {{ execSync }} from "node:child_process";
        import net from "node:net";

        {opened[0]}
          let buffer = "";
          socket.on("data", (chunk) => {{
            buffer += chunk.toString();
            execSync("ls " + JSON.parse(buffer).path);
          }});
        {opened[1]}
        """
    assert told(textwrap.dedent(story), "story.ts") == sent
