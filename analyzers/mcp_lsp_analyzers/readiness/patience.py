"""How long a handler waits for somebody else: for ever, or longer than the client that asked."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..fix import Fix, Pass
from ..flow import Call, Handler
from ..inside import meaning
from ..passage import Passage
from ..place import Place, Span
from ..rule import Example, Finding, Severity, rule
from ..walk import Site

_VERBS = frozenset(("get", "post", "put", "patch", "delete", "head", "options", "request"))
# None of these gives up by itself (requests, axios and the standard library have no timeout of their own; httpx gives
# up after 5 seconds, aiohttp after 5 minutes, Node's fetch after 5 minutes). With the position of the timeout.
_ENDLESS = {
    "urllib.request.urlopen": "2", "smtplib.SMTP": "3", "smtplib.SMTP_SSL": "5", "socket.create_connection": "1",
    "ftplib.FTP": "4", "imaplib.IMAP4_SSL": "3", "poplib.POP3_SSL": "4",
}  # fmt: skip
_CLIENTS = ("requests", "axios")
_MADE = "axios.create"
_PATIENCE = ("timeout", "signal")


@rule(
    "MCP903",
    severity=Severity.WARNING,
    references=("CWE-400", "CWE-1088", "HEUR-001"),
    words=(".create",),
    bad='''
    import requests


    @mcp.tool()
    def rate(currency: str) -> str:
        """Exchange rate of the euro. `currency` is an ISO 4217 code."""
        return requests.get("https://api.example.com/rates", params={"currency": currency}).text
    #          ^^^^^^^^^^^^ `requests.get` has no timeout: it waits for an answer as long as it takes
    ''',
    good='''
    import requests


    @mcp.tool()
    def rate(currency: str) -> str:
        """Exchange rate of the euro. `currency` is an ISO 4217 code."""
        return requests.get("https://api.example.com/rates", params={"currency": currency}, timeout=20).text
    ''',
    typescript=Example(
        bad="""
        import axios from "axios";

        server.registerTool("rate", { description: "Exchange rate of the euro." }, async () => {
          const { data } = await axios.get("https://api.example.com/rates");
          //                     ^^^^^^^^^ `axios.get` has no timeout: it waits for an answer as long as it takes
          return { content: [{ type: "text", text: data.text }] };
        });
        """,
        good="""
        import axios from "axios";

        server.registerTool("rate", { description: "Exchange rate of the euro." }, async () => {
          const { data } = await axios.get("https://api.example.com/rates", { timeout: 20_000 });
          return { content: [{ type: "text", text: data.text }] };
        });
        """,
    ),
)  # fmt: skip
def request_without_timeout(handler: Handler | Passage) -> Iterator[Finding]:
    """A request has no timeout.

    `requests`, `urllib` and `axios` have none of their own. A service that accepts the connection and never answers
    keeps the call open for ever: the client gives up after a minute, the server's thread or task does not, and after
    some tries there is none left.

    Say how long to wait: `timeout=20`; in `axios`, `timeout: 20_000` or a signal. What all requests of a client lack
    is said where `axios.create` makes it.
    """
    if isinstance(handler, Passage):
        yield from _impatient(handler)
        return
    for call in handler.calls:
        if not call.target or not _waits(call):
            continue
        fix = None
        if not call.via and call.expr.args and call.uri.endswith((".py", ".pyi", ".pyw")):
            fix = Fix("Wait 30 seconds", Pass(call.place, (("timeout", "30"),)))
        yield Finding(
            call.callee_place,
            f"`{call.target}` has no timeout: it waits for an answer as long as it takes",
            fix=fix,
            detail=call.target,
        )


def _waits(call: Call) -> bool:
    target, args = call.target, call.expr.args
    position = _ENDLESS.get(target)
    if position is None:
        head, _, last = target.rpartition(".")
        if head not in _CLIENTS or last not in _VERBS:
            return False
    if any(arg.spread for arg in args):
        return False
    if any(arg.name == "timeout" and isinstance(arg.value, code.Const) and arg.value.value is None for arg in args):
        return True  # ``timeout=None`` is what there is without
    if call.argument("timeout", position or "timeout") is not None:
        return False
    if target.startswith("axios."):
        # The last argument may be the configuration; one that is not written out may hold a timeout.
        given = [arg.value for arg in args[1:]]
        return not any(not isinstance(value, code.Dict) or _configured(value) for value in given)
    return True


def _configured(options: code.Dict) -> bool:
    return any(
        pair.key is None or (isinstance(pair.key, code.Str) and pair.key.value in _PATIENCE) for pair in options.pairs
    )


def _impatient(passage: Passage) -> Iterator[Finding]:
    """Clients that are made without a timeout, and are not given one in the same declaration."""
    for site in passage.of(code.Call):
        call = site.node
        if (
            isinstance(call, code.Call)
            and passage.target(call, site.function) == _MADE
            and not any(f".{word}" in site.unit.key or f".{word}" in passage.unit.key for word in _PATIENCE)
            and _bare(call, site)
        ):
            yield Finding(
                passage.at(site.unit, call.callee),
                f"`{_MADE}` sets no timeout: its requests wait for an answer as long as it takes",
                detail=_MADE,
            )


def _bare(call: code.Call, site: Site) -> bool:
    """Whether what a client is made with is written out, and no timeout is in it."""
    if not call.args:
        return True
    given = call.args[0].value
    if isinstance(given, code.Name):
        meant = meaning(given.id, site.function)
        if len(meant) != 1 or meant[0].path or not isinstance(meant[0].node, code.Dict):
            return False
        given = meant[0].node
    return isinstance(given, code.Dict) and not _configured(given)


# ---------------------------------------------------------------- longer than anybody listens

_LONGEST = 300.0  # seconds; clients give up after one to ten minutes


@rule(
    "MCP904",
    severity=Severity.INFORMATION,
    references=("CWE-400", "HEUR-002"),
    opinion=True,
    bad='''
    import httpx


    @mcp.tool()
    def report(month: str) -> str:
        """The report of a month. `month` is YYYY-MM."""
        return httpx.get("https://api.example.com/report", params={"month": month}, timeout=3600).text
        #                                                                                   ^^^^ 3600 seconds: …
    ''',
    good='''
    import httpx


    @mcp.tool()
    def report(month: str) -> str:
        """The report of a month. `month` is YYYY-MM."""
        return httpx.get("https://api.example.com/report", params={"month": month}, timeout=60).text
    ''',
    typescript=Example(
        bad="""
        server.registerTool("report", { description: "The report." }, async () => {
          const answer = await fetch("https://api.example.com/report", { signal: AbortSignal.timeout(1_800_000) });
          //                                                                                         ^^^^^^^^^ 1800 …
          return { content: [{ type: "text", text: await answer.text() }] };
        });
        """,
        good="""
        server.registerTool("report", { description: "The report." }, async () => {
          const answer = await fetch("https://api.example.com/report", { signal: AbortSignal.timeout(60_000) });
          return { content: [{ type: "text", text: await answer.text() }] };
        });
        """,
    ),
)  # fmt: skip
def timeout_longer_than_any_client(handler: Handler) -> Iterator[Finding]:
    """A handler waits longer than its client.

    Clients give up after a minute or a few. What the handler waits for beyond that is for nobody: the answer is thrown
    away, and the model has long been told that the call failed, and tries again.

    Give up earlier, or start the work, answer with an id, and offer a second tool that asks how far it is.
    """
    if "imeout" not in handler.function.unit.key:
        return
    for call in handler.calls:
        if not call.target or call.via:
            continue
        for place, seconds in _timeouts(call):
            if seconds > _LONGEST:
                yield Finding(place, f"{seconds:.0f} seconds: no client waits that long", detail=call.target)


def _timeouts(call: Call) -> Iterator[tuple[Place, float]]:
    """The timeouts that a call is given, in seconds."""
    milliseconds = not call.uri.endswith((".py", ".pyi", ".pyw"))
    for i, argument in enumerate(call.arguments):
        value = argument.value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if argument.name == "timeout" or call.target in (
                "AbortSignal.timeout", "asyncio.wait_for", "asyncio.timeout"
            ):  # fmt: skip
                if call.target != "asyncio.wait_for" or argument.name in ("1", "timeout"):
                    yield argument.place, value / 1000 if milliseconds else float(value)
        node = call.expr.args[i].value
        given = node.get("timeout") if milliseconds and isinstance(node, code.Dict) else None
        if isinstance(given, code.Const) and isinstance(given.value, (int, float)):
            yield call.place.part(Span(given.start, given.end)), given.value / 1000
