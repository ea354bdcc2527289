"""A tool called by its author: the form of its arguments, the call after a yes, the answer where it can be read.

What an editor can show itself (VS Code a form, Neovim and Emacs questions) asks for `form`, and calls with arguments.
For all others a call without arguments opens a **sheet**, a file of JSON with the arguments to fill in, and a lens or
an action on the sheet makes the call; with ``show`` the answer is opened as a document as well.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mcp_lsp import scratch
from mcp_lsp.uri import from_path, to_path

if TYPE_CHECKING:
    from .documents import Open
    from .orders import Order
    from .session import Session

JSON = dict[str, Any]
Start = Callable[["Order", JSON, list[str], list[str], list[str], Callable[[str], None]], None]
SHEET = ".mcp-call.json"
"""How the name of a sheet ends."""
_ALLOWED = {"network": "--allow-network", "write": "--allow-write"}
_SHOWN = 300
"""Characters of an answer in a message, where the client shows no documents."""


class Calls:
    """``start``: see `orders.Orders.started`."""

    def __init__(self, session: Session, start: Start) -> None:
        self._session, self._start = session, start
        self._kept: str | None = None  # the folder of sheets and answers, gone with the session

    def form(self, order: Order, given: JSON) -> None:
        """What there is to fill in for a ``tool`` of the file ``uri``, see `form`."""
        opened, name = self._opened(str(given.get("uri", ""))), str(given.get("tool", ""))
        found = form(opened, name) if opened is not None else None
        if found is None:
            order.fail(f"there is no tool {name} in this file")
        else:
            order.finish(found)

    def call(self, order: Order, given: JSON) -> None:
        """Start the server of the file ``uri`` and call its ``tool`` with ``arguments``, an object; or what a sheet
        says. The answer: ``result`` or ``error``, ``milliseconds`` it took, and the server to be ``ready`` for it."""
        if str(given.get("uri", "")).endswith(SHEET):
            read = self._read(str(given["uri"]))
            if isinstance(read, str):
                order.fail(read)
                return
            given = {**read, "show": given.get("show")}
        if not self._session.client.trusted:
            order.fail("nothing of a workspace that is not trusted is started")
            return
        tool, arguments = str(given.get("tool", "")), given.get("arguments")
        if arguments is None:
            opened = self._opened(str(given.get("uri", "")))
            asked = form(opened, tool) if opened is not None else None
            if asked is None:
                order.fail(f"there is no tool {tool} in this file")
                return
            if asked["whole"] and not asked["inputSchema"].get("properties"):
                arguments = {}
            else:
                self._open_sheet(order, str(given["uri"]), asked)
                return
        if tool.startswith("-"):
            order.fail(f"{tool} is no name of a tool")  # it would be an option
            return
        words = [tool, f"--arguments={json.dumps(arguments)}"]
        more = ["--timing", *(flag for key, flag in _ALLOWED.items() if given.get(key) is True)]
        names = given.get("env")
        more += [f"--env={name}" for name in names if isinstance(name, str)] if isinstance(names, list) else []
        # What it is asked for with is a part of what the user agrees to.
        self._start(order, given, ["call"], [*words, *more], [], lambda said: self._answered(order, given, said))

    def _answered(self, order: Order, given: JSON, said: str) -> None:
        answer, tool = json.loads(said), str(given.get("tool", ""))
        failed = "error" in answer or answer.get("result", {}).get("isError") is True
        message = f"{tool} {'failed' if failed else 'answered'} after {answer['milliseconds']:g} ms"
        if given.get("show") is True:
            self._show(f"{_plain(tool)}.answer.json", {"tool": tool, **answer}, message)
        order.finish(answer, message)

    # ------------------------------------------------------------ sheets

    def _open_sheet(self, order: Order, uri: str, asked: JSON) -> None:
        if not self._session.client.shows:
            order.fail(f"{asked['name']} takes arguments: give them as `arguments`, an object")
            return
        sheet = {"server": uri, "tool": asked["name"], "arguments": asked["example"], "network": False, "write": False}
        self._show(f"{_plain(asked['name'])}{SHEET}", sheet, "")
        order.finish({"sheet": True}, "fill in the arguments, and call it from there")

    def _read(self, uri: str) -> JSON | str:
        """What a sheet says, as it stands in the editor; or what is wrong with it."""
        opened, path = self._session.documents.get(uri), to_path(uri)
        try:
            if opened is not None:
                text = opened.document.text
            else:
                with open(path or "", encoding="utf-8") as file:
                    text = file.read()
            said = json.loads(text)
        except (OSError, ValueError) as error:
            return f"the sheet cannot be read: {error}"
        if not isinstance(said, dict) or not isinstance(said.get("arguments"), dict):
            return 'a sheet is an object with "server", "tool" and "arguments"'
        return {**said, "uri": str(said.get("server", "")), "tool": str(said.get("tool", ""))}

    def _show(self, name: str, content: JSON, message: str) -> None:
        session = self._session
        if not session.client.shows:
            session.notify("window/showMessage", {"type": 3, "message": f"{message}: {_short(content)}"})
            return
        if self._kept is None:
            self._kept = scratch.folder("calls")
        path = os.path.join(self._kept, name)
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
        session.request("window/showDocument", {"uri": from_path(path), "takeFocus": name.endswith(SHEET)})

    # ------------------------------------------------------------ where tools stand

    def _opened(self, uri: str) -> Open | None:
        found = self._session.documents.get(uri)
        path = to_path(uri)
        if found is None and path:
            from .aside import glance

            found = glance(path, self._session.surroundings, self._session.client)
        return found


def form(opened: Open, name: str) -> JSON | None:
    """What is known of a tool's arguments from the source: ``name``, ``title``, ``description``, ``inputSchema``,
    ``readOnly`` and ``destructive`` (``None`` where it does not say), ``example`` arguments that fit, and ``whole``:
    whether all of the schema is known. ``None`` where there is no such tool."""
    from mcp_lsp.outside.fuzz import values

    known = opened.definitions
    named = ((server, tool) for server in (known.servers if known is not None else ()) for tool in server.tools)
    server, tool = next(((server, tool) for server, tool in named if name and tool.name == name), (None, None))
    if known is None or server is None or tool is None:
        return None
    definition = known.of(tool, server)
    entry = definition.entry
    hints, schema = _object(entry.get("annotations")), _object(entry.get("inputSchema"))
    made = values.benign(schema)
    return {
        "name": name,
        "title": entry.get("title") or hints.get("title") or "",
        "description": entry.get("description") or "",
        "inputSchema": schema,
        "readOnly": hints.get("readOnlyHint"),
        "destructive": hints.get("destructiveHint"),
        "example": made[-1].arguments if made else {},
        "whole": not any(unknown.pointer.split("/")[1] in ("inputSchema", "*") for unknown in definition.unknown),
    }


def _object(value: object) -> JSON:
    return dict(value) if isinstance(value, Mapping) else {}


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]", "_", name)[:80]


def _short(content: JSON) -> str:
    said = json.dumps(content.get("result", content.get("error")), ensure_ascii=False)
    return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
