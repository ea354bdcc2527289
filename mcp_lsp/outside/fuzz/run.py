"""Fuzzing a server: what is tried in which order, what is made shorter, and when it is enough.

Everything that was tried goes to the record, what was not tried with the reason. The same server is asked the same
questions in the same order each time; there is no chance in it but the seed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mcp_lsp.outside.limits import Limits
from mcp_lsp.outside.record import Record
from mcp_lsp_analyzers.live import INSIDE
from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple

from . import places, values
from .canaries import Canaries, Canary, Listener, effect, from_database
from .effort import Effort
from .heard import Heard
from .oddities import NOWHERE, Oddity, json_text, oddities, shown
from .shorter import shorter
from .wires import Reply, Wire, encoded

_TEXT = 2_000
_BEGINNING = 300
_SHOWN = 80
_RESULT = 40_000
"""Characters of what a tool answered to harmless arguments, which are judged as text that a model reads."""
_CONFINED = pattern(
    r"EACCES|EPERM|EROFS|[Pp]ermission denied|Read-only file system|Network is unreachable|ENETUNREACH|ENOTFOUND|"
    r"EAI_AGAIN|getaddrinfo|Name or service not known|Temporary failure in name resolution"
)
"""What a server says that is kept from writing or from the network, as a scan keeps it: not its own doing."""
_LATER = {"resultType", "task", "toolResult"}
_RANKS = ("result", "error", "broken", "silence", "ended")


class Enough(Exception):
    """Nothing more is tried; the message says why."""


class Seen(NamedTuple):
    """What became of an input, as far as two inputs that show the same are alike in it. ``accepted``: a tool took it
    and does not say that it failed."""

    outcome: str
    alive: bool
    effect: str
    inside: bool
    accepted: bool


def fuzz(
    wire: Wire, heard: Heard, effort: Effort, limits: Limits, record: Record, folder: str, listener: Listener
) -> None:
    """Everything that ``effort`` allows, over a wire that this opens and closes. ``folder``: where the server works, ""
    where that is not known. Raises `NotAgreed`."""
    run = _Run(wire, heard, effort, limits, record, folder, listener)
    try:
        run.all()
    finally:
        wire.close()
        run.told()


class _Run:
    def __init__(
        self,
        wire: Wire,
        heard: Heard,
        effort: Effort,
        limits: Limits,
        record: Record,
        folder: str,
        listener: Listener,
    ) -> None:
        self.wire, self.heard, self.effort, self.limits, self.record = wire, heard, effort, limits, record
        self.folder, self.listener = folder, listener
        self.until = limits.clock() + effort.seconds
        self.requests = self.silences = self.starts = 0
        self.down = False
        self.called: list[str] = []
        self.kept: list[str] = []
        self.untried: list[tuple[str, str]] = []

    def all(self) -> None:
        if not self.wire.open():
            self.untried.append(("everything", "the server did not answer the handshake again"))
            return
        what = "messages that no client sends"
        tools: list[Mapping[str, Any]] = []
        try:
            for oddity in oddities(self.wire, self.heard.offered):
                self.odd(oddity)
            if self.effort.level == "safe":
                return
            what = "a tool that does not exist"
            self.unknown_tool()
            tools = self.allowed()
            while tools:
                what = f"the tool {tools[0]['name']}"
                self.tool(tools[0])
                tools.pop(0)
        except Enough as why:
            self.untried.append((f"the rest of {what}", str(why)))
            self.untried += [(f"the tool {tool['name']}", str(why)) for tool in tools[1:]]

    def told(self) -> None:
        if self.kept:
            why = "refused writing or the network here (--allow-write, --allow-network)"
            self.untried.append((f"{', '.join(self.kept)} unconfined", why))
        self.record.add("tries", {
            "level": self.effort.level, "requests": self.requests, "tools": self.called,
            "untried": [{"what": what, "why": why} for what, why in self.untried],
        })  # fmt: skip

    def allowed(self) -> list[Mapping[str, Any]]:
        """The tools that may be called; why the others may not is noted."""
        aggressive = self.effort.level == "aggressive" and self.effort.everything
        found: list[Mapping[str, Any]] = []
        others: list[Mapping[str, Any]] = []
        for tool in self.heard.tools:
            hints = tool.get("annotations")
            reads = isinstance(hints, Mapping) and hints.get("readOnlyHint") is True
            (found if reads or aggressive else others).append(tool)
        if others:
            names = ", ".join(str(tool["name"]) for tool in others[:12]) + (", …" if len(others) > 12 else "")
            self.untried.append((f"calls of {names}", "nothing says that they only read (readOnlyHint)"))
        return found

    # ------------------------------------------------------------ one question

    def put(self, lines: Sequence[bytes], wanted: Sequence[Any]) -> tuple[Reply, bool]:
        """The worst answer, and whether the server answers after it. Where it does not, the next question opens it
        anew."""
        self.ready()
        if self.requests >= self.effort.requests:
            raise Enough(f"{self.requests} requests were sent")
        if self.limits.clock() >= self.until:
            raise Enough(f"{self.effort.seconds:g} seconds were used up")
        if self.silences > self.effort.silences:
            raise Enough(f"{self.silences} requests were not answered")
        self.requests += 1
        replies = self.wire.put(lines, wanted)
        reply = max(replies, key=lambda each: _RANKS.index(each.kind), default=Reply(""))
        self.silences += reply.kind == "silence"
        alive = reply.kind != "ended"
        if alive:
            ping = self.wire.request("ping", {})
            (pong,) = self.wire.put([encoded(ping)], [ping["id"]])
            if pong.kind == "ended":
                reply, alive = pong, False
            elif pong.kind == "silence":
                alive = False
                self.silences += not reply.kind
                reply = reply if reply.kind else pong
        self.down = not alive
        if reply.kind == "silence" and not reply.why:
            reply = reply._replace(why=f"within {self.limits.answer:g} seconds")
        return reply, alive

    def ready(self) -> None:
        """A server that has gone is opened again. Raises `Enough` where it does not come back."""
        if not self.down:
            return
        self.starts += 1
        if self.starts > self.effort.starts:
            raise Enough(f"the server had to be started {self.starts} times")
        if not self.wire.open():
            raise Enough("the server did not come back")
        self.down = False

    def odd(self, oddity: Oddity) -> None:
        def tried(size: int) -> tuple[Seen, Reply]:
            reply, alive = self.put(oddity.lines(size), oddity.wanted)
            return _seen(reply, alive), reply

        size = oddity.sizes[-1]
        seen, reply = tried(size)
        if _telling(seen) and len(oddity.sizes) > 1:
            for smaller in oddity.sizes[:-1]:
                try:
                    again, answer = tried(smaller)
                except Enough:
                    break
                if again == seen:
                    size, reply = smaller, answer
                    break
        self.noted({
            "kind": "odd", "asks": oddity.asks, "wants": oddity.wants, "sent": shown(oddity.lines(size)),
            **_facts(seen, reply),
        })  # fmt: skip

    def noted(self, facts: dict[str, Any]) -> None:
        """The temporary home has another name each time, and the same server shows the same."""
        home = self.wire.home
        above, own = os.path.split(home)
        for key, value in facts.items() if home else ():
            if isinstance(value, str):  # a relative path leads through the folder above, which is as temporary
                value = value.replace(home, "~").replace(os.path.join(os.path.basename(above), own), "home")
                facts[key] = value.replace(own, "home")
        self.record.add("tried", {key: value for key, value in facts.items() if value not in ("", None, 0, False)})

    # ------------------------------------------------------------ calls

    def unknown_tool(self) -> None:
        request = self.wire.request("tools/call", {"name": NOWHERE, "arguments": {}})
        reply, alive = self.put([encoded(request)], [request["id"]])
        reply = Reply("error", reply.message, text=reply.text) if reply.failed else reply
        seen = _seen(reply, alive)
        self.noted({
            "kind": "odd", "asks": "a tool that does not exist", "wants": "error", "sent": shown([encoded(request)]),
            **_facts(seen, reply),
        })  # fmt: skip

    def tool(self, tool: Mapping[str, Any]) -> None:
        schema = tool.get("inputSchema")
        schema = schema if isinstance(schema, Mapping) else {}
        made = values.benign(schema)
        if not made:
            self.untried.append((f"the tool {tool['name']}", "no arguments could be made from its schema"))
            return
        self.called.append(str(tool["name"]))
        calls = _Calls(self, tool, schema)
        try:
            first = [calls.call("valid", each) for each in made]
            if all(reply.failed and _CONFINED.search(reply.text) for reply in first):
                self.kept.append(calls.name)
            base = made[0].arguments
            for each in values.boundaries(schema, base):
                calls.call("boundary", each)
            for each in _wrong(schema, base):
                calls.call("wrong", each)
            if self.effort.level == "aggressive":
                self.canaries(calls, schema, base, any(from_database(reply.text) for reply in first))
        except _Left as why:
            self.untried.append((f"the rest of the tool {tool['name']}", str(why)))

    def canaries(self, calls: _Calls, schema: Mapping[str, Any], base: Mapping[str, Any], speaks_sql: bool) -> None:
        found = places.texts(schema)
        if found and not self.wire.networked:
            self.once("addresses as arguments", "the server cannot reach this computer (--allow-network)")
        if found and not self.wire.home:
            self.once("files as arguments", "the server runs on another computer")
        home = self.wire.home
        roots = [w for w in (self.folder, *self.heard.words) if os.path.isabs(w)]
        within = [root for root in roots if home and _holds(root, home)]
        if found and within:
            self.once("paths that lead out", f"the temporary files stand in {within[0]}, which the server is given")
        address = self.listener.address if self.wire.networked else ""
        for path in found:
            name = places.said(path)
            usual = places.there(base, path)
            made = Canaries(home, self.folder or os.sep, address, f"{self.effort.seed} {calls.name} {name}")
            for canary in made.all(usual if isinstance(usual, str) else places.plain(schema, path)):
                if (canary.kind == "quote" and speaks_sql) or (canary.kind == "path" and within):
                    continue
                self.ready()
                if self.wire.home != home:  # it was started again, with another home
                    home = made.home = self.wire.home
                made.place()
                arguments = places.put(schema, base, path, canary.text)
                each = values.Made(arguments, None, str(path[0]), f"is `{canary.text}`", name)
                calls.call(canary.kind, each, canary)

    def once(self, what: str, why: str) -> None:
        if (what, why) not in self.untried:
            self.untried.append((what, why))


class _Left(Exception):
    """A tool is left alone from now on."""


class _Calls:
    """All calls of one tool. What shows the same as an earlier call is not made shorter, and told once."""

    def __init__(self, run: _Run, tool: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
        self.run = run
        self.tool = tool
        self.name = str(tool["name"])
        required = schema.get("required")
        self.required: list[Any] = required if isinstance(required, list) else []
        self.known: set[object] = set()
        self.count = self.ends = self.silences = 0

    def call(self, kind: str, made: values.Made, canary: Canary | None = None) -> Reply:
        if self.count >= self.run.effort.of_a_tool:
            raise _Left(f"it was called {self.count} times")
        self.count += 1
        seen, reply = self.once(made.arguments, canary)
        arguments = made.arguments
        faulty = _telling(seen) or (made.fits is False and seen.accepted)
        argument = made.within or made.argument
        alike = (seen, argument if faulty else "", kind)
        if faulty and alike not in self.known:
            self.known.add(alike)
            fixed = kind not in ("valid", "boundary")
            arguments, reply = self.shortest(made, seen, reply, canary, fixed)
        self.run.noted({
            "kind": kind, "tool": self.name, "argument": argument, "asks": made.said, "fits": _said(made.fits),
            "sent": json_text(arguments), **_facts(seen, reply), "accepted": seen.accepted,
            **_result(self.tool, reply, kind == "valid"),
        })  # fmt: skip
        self.ends += seen.outcome == "ended"
        self.silences += seen.outcome == "silence"
        if self.ends >= 3 or self.silences >= 2:
            raise _Left("it ended the server" if self.ends >= 3 else "it did not answer")
        return reply

    def once(self, arguments: Any, canary: Canary | None) -> tuple[Seen, Reply]:
        request = self.run.wire.request("tools/call", {"name": self.name, "arguments": arguments})
        reply, alive = self.run.put([encoded(request)], [request["id"]])
        reply = _checked(reply)
        seen = _seen(reply, alive)
        if canary is not None:
            seen = seen._replace(effect=effect(canary, reply, self.run.listener))
        return seen, reply

    def shortest(
        self, made: values.Made, seen: Seen, reply: Reply, canary: Canary | None, fixed: bool
    ) -> tuple[Any, Reply]:
        """The shortest arguments found that show the same. ``fixed``: the argument they are about stays as
        it is."""
        # An attempt that shows the same takes as long as an answer may, or a start of the server.
        few = {"silence": 2, "ended": 6}.get(seen.outcome, self.run.effort.shrinks)
        best, left = made.arguments, min(few, self.run.effort.shrinks)
        progress = True
        while progress and left > 0:
            progress = False
            for smaller in shorter(best, self.required, made.argument, fixed):
                if left <= 0:
                    break
                left -= 1
                try:
                    again, answer = self.once(smaller, canary)
                except Enough:
                    return best, reply
                if again == seen:
                    best, reply, progress = smaller, answer, True
                    break
        return best, reply


def _wrong(schema: Mapping[str, Any], base: Mapping[str, Any]) -> Iterator[values.Made]:
    yield from values.wrong(schema, base)
    yield values.Made([7], False, "", "its arguments are a list")
    yield values.Made("none", False, "", "its arguments are text")


def _holds(folder: str, path: str) -> bool:
    try:
        return os.path.commonpath((folder, path)) == os.path.normpath(folder)
    except ValueError:  # on another drive
        return False


def _seen(reply: Reply, alive: bool) -> Seen:
    accepted = reply.kind == "result" and not reply.failed
    told = (reply.kind in ("error", "broken") or reply.failed) and not _CONFINED.search(reply.text)
    return Seen(reply.kind, alive, "", told and INSIDE.search(reply.text) is not None, accepted)


def _telling(seen: Seen) -> bool:
    """Whether there is something to be made shorter."""
    return seen.outcome in ("ended", "silence", "broken") or not seen.alive or bool(seen.effect) or seen.inside


def _checked(reply: Reply) -> Reply:
    """An answer to a call has a list of contents; one that asks for more input, or names a task, has none yet."""
    result = reply.result
    if result is None or isinstance(result.get("content"), list) or _LATER & result.keys():
        return reply
    return reply._replace(kind="broken", why="its result has no list `content`")


def _facts(seen: Seen, reply: Reply) -> dict[str, Any]:
    match = INSIDE.search(reply.text) if seen.inside else None
    start = max(0, match.start() - 200) if match else 0
    return {
        "inside": reply.text[match.start() : match.start() + _SHOWN] if match else "",
        "outcome": "failed" if reply.failed else seen.outcome, "alive": "" if seen.alive else "no",
        "effect": seen.effect, "why": reply.why[:400], "text": reply.text[start : start + _TEXT],
    }  # fmt: skip


def _result(tool: Mapping[str, Any], reply: Reply, harmless: bool) -> dict[str, Any]:
    """What is known of a result besides: the beginning of its text, and for harmless arguments all of that, its size in
    characters, how long it took, and what it lacks."""
    result = reply.result
    if result is None:
        return {}
    content = result.get("content")
    parts = [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
    said = "\n".join(text for part in parts for text in _texts(part))
    if not harmless:
        return {"result": said[:_BEGINNING]}
    promised = isinstance(tool.get("outputSchema"), dict) and not reply.failed
    return {
        "seconds": round(reply.seconds, 3), "size": len(json.dumps(content)), "result": said[:_RESULT],
        "lacks": "structuredContent" if promised and "structuredContent" not in result else "",
    }  # fmt: skip


def _texts(part: Mapping[str, Any]) -> Iterable[str]:
    inside = part.get("resource")
    for each in (part.get("text"), inside.get("text") if isinstance(inside, dict) else None):
        if isinstance(each, str):
            yield each


def _said(fits: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[fits]
