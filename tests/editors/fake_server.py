"""A language server of one page, so that an editor's side can be tried without mcp-lsp: it marks `shell=True`.

Pulls or pushes by what the client can, offers one quick fix that is computed in `codeAction/resolve`, and a
`source.fixAll.mcp-lsp`. `FAKE=hang` never answers `initialize`; `FAKE=crash` ends at the first change of a document, `FAKE=refuse` when one opens.
Everything it receives is written to the file named in `FAKE_LOG`, one JSON message per line.
"""

import json
import os
import sys

MARK, INSTEAD = "shell=True", "shell=False"
documents: dict[str, tuple[int, str]] = {}
pulls = False


def receive():
    length = 0
    while (line := sys.stdin.buffer.readline().strip()) != b"":
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(sys.stdin.buffer.read(length)) if length else None


def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    sys.stdout.buffer.flush()


def diagnostics(uri):
    for row, line in enumerate(documents[uri][1].split("\n")):
        column = line.find(MARK)  # ASCII lines only: every encoding counts them alike
        if column >= 0:
            span = {"start": {"line": row, "character": column}, "end": {"line": row, "character": column + len(MARK)}}
            yield {
                "range": span,
                "severity": 1,
                "code": "MCP000",
                "source": "mcp-lsp",
                "message": "`shell=True` is marked",
            }


def edit(uri, spans):
    changes = [{"range": span, "newText": INSTEAD} for span in spans]
    return {"documentChanges": [{"textDocument": {"uri": uri, "version": documents[uri][0]}, "edits": changes}]}


def initialize(params):
    global pulls
    text = params["capabilities"].get("textDocument", {})
    pulls = "diagnostic" in text
    kinds = ["quickfix", "source.fixAll.mcp-lsp"]
    capabilities = {"textDocumentSync": 1, "codeActionProvider": {"codeActionKinds": kinds, "resolveProvider": True}}
    if pulls:
        capabilities["diagnosticProvider"] = {"interFileDependencies": False, "workspaceDiagnostics": False}
    return {"capabilities": capabilities, "serverInfo": {"name": "mcp-lsp", "version": "0.0.0-fake"}}


def actions(params):
    uri, only = params["textDocument"]["uri"], params["context"].get("only") or ["quickfix", "source.fixAll"]
    asked = params["range"]
    if any(kind.startswith("source.fixAll") or kind == "source" for kind in only):
        yield {"title": "Fix all", "kind": "source.fixAll.mcp-lsp", "data": {"uri": uri, "spans": None}}
    if any("quickfix".startswith(kind) for kind in only):
        for found in diagnostics(uri):
            if asked["start"]["line"] <= found["range"]["start"]["line"] <= asked["end"]["line"]:
                data = {"uri": uri, "spans": [found["range"]]}
                yield {
                    "title": "Run it without a shell",
                    "kind": "quickfix",
                    "isPreferred": True,
                    "diagnostics": [found],
                    "data": data,
                }


def resolve(action):
    uri, spans = action["data"]["uri"], action["data"]["spans"]
    return {**action, "edit": edit(uri, spans or [found["range"] for found in diagnostics(uri)])}


def answer(method, params):
    if method == "initialize":
        return initialize(params)
    if method == "textDocument/diagnostic":
        return {"kind": "full", "items": list(diagnostics(params["textDocument"]["uri"]))}
    if method == "textDocument/codeAction":
        return list(actions(params))
    return resolve(params) if method == "codeAction/resolve" else None  # also to every order: it knows none


def main():
    log = os.environ.get("FAKE_LOG")
    manner = os.environ.get("FAKE")
    while (message := receive()) is not None:
        method, params = message.get("method"), message.get("params") or {}
        if log:
            with open(log, "a", encoding="utf-8") as file:
                file.write(json.dumps({"pid": os.getpid(), **message}) + "\n")
        if method == "exit" or (manner == "crash" and method == "textDocument/didChange"):
            return
        if method == "initialize" and manner == "hang":
            continue
        if method == "textDocument/didOpen" and manner == "refuse":
            return
        if method in ("textDocument/didOpen", "textDocument/didChange"):
            document = params["textDocument"]
            text = document["text"] if "text" in document else params["contentChanges"][-1]["text"]
            documents[document["uri"]] = (document["version"], text)
            if not pulls:
                found = {
                    "uri": document["uri"],
                    "version": document["version"],
                    "diagnostics": list(diagnostics(document["uri"])),
                }
                send({"method": "textDocument/publishDiagnostics", "params": found})
        if "id" in message and method is not None:
            send({"id": message["id"], "result": answer(method, params)})


if __name__ == "__main__":
    main()
