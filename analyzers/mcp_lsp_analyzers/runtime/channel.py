"""What a running server sends besides the answers it was asked for."""

from __future__ import annotations

from collections.abc import Iterator

from ..live import Event, Session
from ..place import Place
from ..record import replace
from ..rule import FileExample, Finding, Severity, rule

RECORD = "notes.mcp-session.jsonl"


@rule(
    "MCP801",
    severity=Severity.ERROR,
    references=("CWE-684",),
    files=(
        FileExample(
            RECORD,
            bad="""
            {"started": {"transport": "stdio"}}
            {"stray": "Loading the model ..."}
            //^^^^^ `Loading the model ...` stands on standard output, …
            """,
            good="""
            {"started": {"transport": "stdio"}}
            {"stderr": "Loading the model ..."}
            """,
        ),
    ),
)
def stray_output(session: Session) -> Iterator[Finding]:
    """A running server writes something to standard output that is no message.

    Over stdio the protocol has standard output for itself, a message a line. What a `print`, a progress bar or a
    library writes there is taken for a message: some clients drop the connection, others lose the answer next to it.

    Write to standard error. Where a library insists, turn standard output elsewhere before it is loaded.
    """
    found = [event for event in session.of("stray") if str(event.value).strip()]
    if found and session.transport in ("stdio", ""):
        more = f" (and {len(found) - 1} more lines)" if len(found) > 2 else ""
        said = f"`{_short(found[0].value)}` stands on standard output, which carries the protocol{more}"
        yield Finding(_at(found[0], "stray"), said)


@rule(
    "MCP802",
    severity=Severity.ERROR,
    references=("CWE-684", "CWE-176"),
    files=(
        FileExample(
            RECORD,
            bad="""
            {"broken": {"why": "it is not UTF-8", "text": "id: 2, result: Caf?"}}
            //^^^^^^ a message of this server cannot be read: it is not UTF-8
            """,
            good="""
            {"received": {"id": 2, "method": "ping"}}
            """,
        ),
    ),
)  # fmt: skip
def broken_message(session: Session) -> Iterator[Finding]:
    """A running server sends messages that cannot be read.

    A message is one JSON object in one line of UTF-8. What is encoded otherwise, has no end, or is no message of
    JSON-RPC is refused by clients, and the request it belongs to is never answered.

    Serialise with the SDK; set the encoding of standard output where you write to it yourself.
    """
    told: set[str] = set()
    for event in session.of("broken"):
        why = str(event.value.get("why")) if isinstance(event.value, dict) else "it is no message"
        if why not in told:
            told.add(why)
            yield Finding(_at(event, "message"), f"a message of this server cannot be read: {why}", detail=why)


@rule(
    "MCP803",
    severity=Severity.WARNING,
    references=("CWE-573",),
    files=(
        FileExample(
            RECORD,
            bad="""
            {"sent": {"id": 1, "method": "tools/list"}}
            {"received": {"id": "1", "result": {"tools": []}}}
            //^^^^^^^^ …"1", which nobody made (1 was asked)
            """,
            good="""
            {"sent": {"id": 1, "method": "tools/list"}}
            {"received": {"id": 1, "result": {"tools": []}}}
            """,
        ),
    ),
)  # fmt: skip
def answer_to_nobody(session: Session) -> Iterator[Finding]:
    """A running server answers with an id that no request has, or twice with the same.

    An answer carries the id of its request, of the same type: `1` is not `"1"`. Clients look the id up among the
    requests that wait; what they do not find there they drop or take for an error, and the request waits for ever.

    Hand the id on as it came, and answer each request once.
    """
    waiting = {}
    for event in session.events:
        value = event.value if isinstance(event.value, dict) else {}
        if event.kind == "sent" and "id" in value:
            waiting[str(value["id"])] = value["id"]
        elif event.kind == "received" and "method" not in value and value.get("id") is not None:
            asked = waiting.pop(str(value["id"]), None)
            if asked is None:
                said = f"this answers the request {_json(value['id'])}, which nobody made or which was answered before"
                yield Finding(_at(event, "message"), said, detail="nobody")
                return
            if type(asked) is not type(value["id"]):
                said = f"this answers the request {_json(value['id'])}, which nobody made ({_json(asked)} was asked)"
                yield Finding(_at(event, "message"), said, detail="type")
                return


@rule(
    "MCP804",
    severity=Severity.WARNING,
    references=("CWE-573",),
    files=(
        FileExample(
            RECORD,
            bad="""
            {"sent": {"id": 1, "method": "initialize", "params": {"capabilities": {}}}}
            {"received": {"id": 7, "method": "sampling/createMessage", "params": {}}}
            //^^^^^^^^ the server asks for `sampling/createMessage`, …
            """,
            good="""
            {"sent": {"id": 1, "method": "initialize", "params": {"capabilities": {"sampling": {}}}}}
            {"received": {"id": 7, "method": "sampling/createMessage", "params": {}}}
            """,
        ),
    ),
)  # fmt: skip
def uninvited_request(session: Session) -> Iterator[Finding]:
    """A running server asks the client for something that the client never offered.

    A client says at the beginning what it can be asked for: `sampling`, `elicitation`, `roots`. Whoever asks for
    something else waits for an answer that many clients never give, and works only with the client it was tried with.

    Look at the client's capabilities before you ask, and have a way without.
    """
    offered: dict[str, object] = {}
    told: set[str] = set()
    for asked in session.asked:
        given = asked.params.get("capabilities")
        if asked.method == "initialize" and isinstance(given, dict):
            offered = given
    for event in session.of("received"):
        method = event.value.get("method") if isinstance(event.value, dict) else None
        if not isinstance(method, str) or "id" not in event.value:
            continue
        needs = method.partition("/")[0]
        if needs in ("sampling", "elicitation", "roots") and needs not in offered and method not in told:
            told.add(method)
            said = f"the server asks for `{method}`, which this client never said it can do"
            yield Finding(_at(event, "message"), said, detail=method)


def _at(event: Event, below: str) -> Place:
    return replace(event.place, pointer=f"/session/{below}")


def _json(value: object) -> str:
    return f'"{_short(value)}"' if isinstance(value, str) else _short(value)


def _short(value: object) -> str:
    line = " ".join(str(value).split())
    return line if len(line) <= 60 else line[:59] + "…"
