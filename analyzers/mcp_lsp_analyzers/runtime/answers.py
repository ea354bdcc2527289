"""Whether a running server answers what it is asked, all of it, the same each time, and ends when it is told to."""

from __future__ import annotations

from collections.abc import Iterator

from ..live import Asked, Session
from ..pattern import pattern
from ..record import replace
from ..rule import FileExample, Finding, Severity, rule

_RECORD = "notes.mcp-session.jsonl"
_LISTS = {"tools/list": ("tools", "tools"), "prompts/list": ("prompts", "prompts"),
          "resources/list": ("resources", "resources")}  # fmt: skip


@rule(
    "MCP805",
    severity=Severity.ERROR,
    references=("CWE-684",),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"sent": {"id": 2, "method": "tools/list"}}
            {"silence": {"waiting": "tools/list", "id": 2, "seconds": 20}}
            //^^^^^^^ `tools/list` was not answered within 20 seconds
            """,
            good="""
            {"sent": {"id": 2, "method": "tools/list"}}
            {"received": {"id": 2, "result": {"tools": []}}}
            """,
        ),
    ),
)
def unanswered_request(session: Session) -> Iterator[Finding]:
    """A running server does not answer.

    Clients wait for some seconds and then show the server as broken, or leave it out without a word. Nothing is known
    of what was asked: it is not as if there were nothing.

    Look at what the server does before it serves: what takes long (a model, an index, a login) belongs behind the first
    answer, and code that blocks does not belong into an event loop.
    """
    for asked in session.asked:
        if asked.silent is not None and asked.answer is None:
            within = f"was not answered within {asked.silent:g} seconds"
            said = f"`{asked.method}` {within if asked.silent else 'was answered with something else'}"
            yield Finding(asked.place, said)


@rule(
    "MCP806",
    severity=Severity.ERROR,
    references=("CWE-684",),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"sent": {"id": 1, "method": "initialize"}}
            {"stderr": "KeyError: 'API_KEY'"}
            {"ended": {"how": "by itself", "code": 1}}
            //^^^^^ the server ended with code 1 before it answered `initialize`: KeyError: 'API_KEY'
            """,
            good="""
            {"sent": {"id": 1, "method": "initialize"}}
            {"received": {"id": 1, "result": {"serverInfo": {"name": "notes"}}}}
            {"ended": {"how": "when its input ended", "code": 0}}
            """,
        ),
    ),
)
def ended_early(session: Session) -> Iterator[Finding]:
    """A running server ends before it has answered.

    What it wrote to standard error last is the likely reason: a variable of the environment that is not set, a package
    that is not installed, a file that is not there. Clients show their users "failed to start", at most.

    Start without what only some tools need, and let these tools say what is missing when they are called.
    """
    end = session.ended_early
    if end is None:
        return
    waiting = next((asked for asked in session.asked if asked.answer is None), None)
    before = f" before it answered `{waiting.method}`" if waiting is not None else " while it was being asked"
    said = [str(event.value) for event in session.of("stderr")]
    reason = _reason("\n".join(said).split("\n"))
    why = f": {reason[:120]}" if reason else ""
    code = end.value.get("code")
    how = "" if code is None else f" with code {code}"
    place = replace(end.place, pointer="/session/ended")
    yield Finding(place, f"the server ended{how}{before}{why}")


_EXCEPTION = pattern(r"(?:\w+\.)*[A-Z]\w*(?: \[\w+\])?: ?\S.*|(?:\w+\.)*\w*(?:Error|Exception|Exit|Interrupt)")
_NODE = pattern(r"Node\.js v\d[\d.]*")


def _reason(lines: list[str]) -> str:
    """What a process wrote last of why it ended: the last line with words in it, and where that only closes a frame
    (Python's around a group of exceptions, the version of Node) the last that names an exception."""
    told = [line.strip(" |+\t\r") for line in lines]
    told = [line for line in told if line.strip("-^~=* ")]
    framed = any(line.lstrip().startswith(("|", "+-")) for line in lines)
    if framed or (told and _NODE.fullmatch(told[-1])):
        told = [line for line in told if _EXCEPTION.fullmatch(line)] or told
    return told[-1] if told else ""


@rule(
    "MCP807",
    severity=Severity.ERROR,
    references=("CWE-573",),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"sent": {"id": 1, "method": "initialize"}}
            {"received": {"id": 1, "result": {"capabilities": {"prompts": {}}}}}
            {"sent": {"id": 2, "method": "prompts/list"}}
            {"received": {"id": 2, "error": {"code": -32601, "message": "Method not found"}}}
            //^^^^^^^^ `prompts/list` fails: Method not found (-32601); the server says that it has prompts
            """,
            good="""
            {"sent": {"id": 1, "method": "initialize"}}
            {"received": {"id": 1, "result": {"capabilities": {"prompts": {}}}}}
            {"sent": {"id": 2, "method": "prompts/list"}}
            {"received": {"id": 2, "result": {"prompts": []}}}
            """,
        ),
    ),
)
def refused_list(session: Session) -> Iterator[Finding]:
    """A running server answers with an error where it is asked what it has.

    It says in its capabilities that it has tools, prompts or resources, and then does not list them: clients show none
    of them, and some drop the connection.

    Register the handler that lists, or leave the capability out.
    """
    told = _capabilities(session)
    for asked in session.asked:
        if asked.error is None or asked.method not in _LISTS:
            continue
        if _LISTS[asked.method][0] in told:
            what = _LISTS[asked.method][1]
            message, code = str(asked.error.get("message", ""))[:100], asked.error.get("code")
            said = f"`{asked.method}` fails: {message} ({code}); the server says that it has {what}"
            yield Finding(asked.place, said)


@rule(
    "MCP808",
    severity=Severity.ERROR,
    references=("CWE-684", "CWE-770"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"sent": {"id": 2, "method": "tools/list"}}
            {"received": {"id": 2, "result": {"tools": [], "nextCursor": "1"}}}
            {"sent": {"id": 3, "method": "tools/list", "params": {"cursor": "1"}}}
            {"received": {"id": 3, "result": {"tools": [], "nextCursor": "1"}}}
            //^^^^^^^^ the pages of `tools/list` have no end: the cursor "1" leads to itself
            """,
            good="""
            {"sent": {"id": 2, "method": "tools/list"}}
            {"received": {"id": 2, "result": {"tools": [], "nextCursor": "1"}}}
            {"sent": {"id": 3, "method": "tools/list", "params": {"cursor": "1"}}}
            {"received": {"id": 3, "result": {"tools": []}}}
            """,
        ),
    ),
)
def endless_pages(session: Session) -> Iterator[Finding]:
    """The pages of a running server's list have no end.

    A client that reads page after page, as the protocol wants it, never comes to use the server.

    Leave `nextCursor` out of the last page; an empty string is a cursor as well.
    """
    seen: dict[str, set[str]] = {}
    for asked in session.asked:
        cursors = seen.setdefault(asked.method, set())
        if isinstance(asked.params.get("cursor"), str):
            cursors.add(asked.params["cursor"])
        after = asked.result.get("nextCursor") if asked.result is not None else None
        if isinstance(after, str) and after in cursors:
            said = f'the pages of `{asked.method}` have no end: the cursor "{after[:40]}" leads to itself'
            yield Finding(asked.place, said)
            return
    for event in session.of("excess"):
        if isinstance(event.value, dict) and event.value.get("of") == "pages":
            said = f"the pages of `{event.value.get('in')}` have no end: {event.value.get('limit')} were read"
            yield Finding(replace(event.place, pointer="/session/pages"), said)


@rule(
    "MCP809",
    severity=Severity.WARNING,
    references=("CWE-439", "MCTS-T-1013", "MCTS-T-1040", "SAFE-T1201"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"sent": {"id": 2, "method": "prompts/list"}}
            {"received": {"id": 2, "result": {"prompts": [{"name": "add", "description": "Adds."}]}}}
            {"sent": {"id": 3, "method": "prompts/list"}}
            {"received": {"id": 3, "result": {"prompts": [{"name": "add", "description": "Adds, and sends."}]}}}
            //^^^^^^^^ asked twice, `prompts/list` answers two things: `add` differs
            """,
            good="""
            {"sent": {"id": 2, "method": "prompts/list"}}
            {"received": {"id": 2, "result": {"prompts": [{"name": "add", "description": "Adds."}]}}}
            {"sent": {"id": 3, "method": "prompts/list"}}
            {"received": {"id": 3, "result": {"prompts": [{"name": "add", "description": "Adds."}]}}}
            """,
        ),
    ),
)
def changing_list(session: Session) -> Iterator[Finding]:
    """A running server lists other tools when it is asked again.

    Whoever approved the tools has seen the first list; the model gets the second. Nothing happened between the two that
    could have changed them. Since protocol 2026-07-28 a list must not vary from call to call.

    List what there is, in the same order each time; announce real changes with `notifications/tools/list_changed`.
    """
    first: dict[str, Asked] = {}
    for asked in session.asked:
        result = asked.result
        if asked.method not in _LISTS or result is None or asked.params.get("cursor") is not None:
            continue
        before = first.setdefault(asked.method, asked)
        key = _LISTS[asked.method][0]
        was = before.result.get(key) if before.result is not None else None
        now = result.get(key)
        if before is not asked and isinstance(was, list) and isinstance(now, list) and was != now:
            said = f"asked twice, `{asked.method}` answers two things: {_changed(was, now)}"
            yield Finding(asked.place, said, detail="twice")


@rule(
    "MCP810",
    severity=Severity.WARNING,
    references=("CWE-400",),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"ended": {"how": "it was killed", "code": null}}
            //^^^^^ the server does not end when its input ends; it had to be killed
            """,
            good="""
            {"ended": {"how": "when its input ended", "code": 0}}
            """,
        ),
    ),
)
def outlives_its_client(session: Session) -> Iterator[Finding]:
    """A running server stays when its client has gone.

    Over stdio the end of standard input is the end of the session. Servers that stay pile up in the background of their
    users' computers, with what they hold open.

    End the process when the transport closes; stop threads, timers and children that keep it alive. Handle `SIGTERM`
    by ending, not by ignoring it.
    """
    if session.asked and all(asked.answer is None for asked in session.asked):
        return  # it was busy with something else from the beginning
    for event in session.of("ended"):
        how = event.value.get("how") if isinstance(event.value, dict) else None
        what = _PUSHED.get(str(how))
        if what is not None:
            said = f"the server does not end when its input ends; {what}"
            yield Finding(replace(event.place, pointer="/session/ended"), said)
        elif isinstance(event.value, dict) and event.value.get("left"):
            said = f"the server ends and leaves {event.value['left']} processes of its own behind"
            yield Finding(replace(event.place, pointer="/session/ended"), said, detail="left")


_PUSHED = {"it was killed": "it had to be killed", "it was asked to": "it had to be asked to (SIGTERM)"}


@rule(
    "MCP811",
    severity=Severity.ERROR,
    references=("CWE-400", "CWE-770", "LLM10:2025", "LLM06:2026"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"excess": {"of": "processes", "limit": 64}}
            //^^^^^^ the server was stopped when it had more than 64 processes
            """,
            good="""
            {"ended": {"how": "when its input ended", "code": 0}}
            """,
        ),
    ),
)
def takes_too_much(session: Session) -> Iterator[Finding]:
    """A running server takes more of the computer than answering a few questions can need.

    It was asked for its tools, prompts and resources, and nothing was called. What was too much (output, processes,
    memory) is in the message, with the limit at which it was stopped.

    Find the loop. Where the server needs that much, raise the limit for the scan.
    """
    for event in session.of("excess"):
        value = event.value if isinstance(event.value, dict) else {}
        said = _EXCESS.get(str(value.get("of")))
        if said is not None:
            what = str(value["of"])
            place = replace(event.place, pointer=f"/session/{what}")
            yield Finding(place, f"the server was stopped when {said.format(value.get('limit'))}", detail=what)


_EXCESS = {
    "processes": "it had more than {} processes",
    "memory": "it had taken more than {} bytes of memory",
    "output": "it had written more than {} bytes to standard output",
    "errors": "it had written more than {} bytes to standard error",
    "messages": "it had sent more than {} messages that nobody asked for",
    "time": "all {} seconds were used up",
}


def _capabilities(session: Session) -> dict[str, object]:
    for asked in session.asked:
        found = asked.result.get("capabilities") if asked.result is not None else None
        if isinstance(found, dict):
            return found
    return {}


def _changed(was: list[object], now: list[object]) -> str:
    before = {_named(entry): entry for entry in was}
    after = {_named(entry): entry for entry in now}
    for name in after:
        if name not in before:
            return f"`{name}` is new"
        if before[name] != after[name]:
            return f"`{name}` differs"
    gone = [name for name in before if name not in after]
    return f"`{gone[0]}` is gone" if gone else "the order differs"


def _named(entry: object) -> str:
    return str(entry.get("name") or entry.get("uri")) if isinstance(entry, dict) else str(entry)
