"""What a service tells of the computer it runs on."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Expr, Function, Index, Name, Pair, Return
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, body, sites
from .routed import asks, routed
from .values import name_of


@rule(
    "MCP462",
    severity=Severity.INFORMATION,
    references=("CWE-200", "MCP07:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    words=("platform", "hostname", "getcwd", "process.", "sys.version", "_path", "_dir", "path", "homedir"),
    bad="""
    import platform
    import sys

    from fastapi import FastAPI

    from .store import store

    app = FastAPI()


    @app.get("/health")
    def health() -> dict:
        return {
            "status": "well",
            "python": sys.version,
            #         ^^^^^^^^^^^ whoever asks is told about this computer: `sys.version`, `platform.version`, `db_path`
            "system": platform.version(),
            "database": store.db_path,
        }
    """,
    good="""
    from fastapi import FastAPI

    from .store import store

    app = FastAPI()


    @app.get("/health")
    def health() -> dict:
        return {"status": "well" if store.answers() else "ill"}
    """,
    typescript=Example(
        bad="""
        import express from "express";
        import os from "node:os";

        const app = express();
        app.get("/health", (req, res) => {
          res.json({ status: "well", host: os.hostname(), node: process.version, folder: process.cwd() });
          //                               ^^^^^^^^^^^^^ whoever asks is told about this computer: …
        });
        """,
        good="""
        import express from "express";

        const app = express();
        app.get("/health", (req, res) => {
          res.json({ status: "well", seconds: process.uptime() });
        });
        """,
    ),
)
def computer_described_to_everybody(passage: Passage) -> Iterator[Finding]:
    """A route tells whoever asks about the computer that it runs on.

    Versions say which known faults to try, paths whose account it is and where the data lie, a name of a host where it
    stands in the network. Routes for monitoring are open as a rule, to everybody who reaches the port.

    Answer whether the service is well. What an operator needs beyond that belongs in the log, or behind a login.
    """
    if not passage.about.mcp or passage.about.asks or named_as_test(passage.about.uri):
        return
    for route in routed(passage):
        function = route.function
        head = function.unit.key[function.start : function.body[0].start if function.body else function.end]
        if _ASKS.search(head) or asks(route.guards):
            continue
        facts = {name: site for site in _told(function) if (name := _fact(site.node, passage))}
        if len(facts) >= _SEVERAL:
            first = min(facts.values(), key=lambda site: site.node.start)  # type: ignore[attr-defined]
            told = ", ".join(f"`{name}`" for name in list(facts)[:3])
            said = f"whoever asks is told about this computer: {told}"
            yield Finding(passage.at(first.unit, first.node), said, detail=function.name)


_SEVERAL = 2
"""One fact may be what a route is for; several describe the computer."""
_ASKS = pattern(r"(?i)auth|token|current_?user|require|admin|verify|api_?key|permission|login|scope")


def _told(function: Function) -> Iterator[Site]:
    """The values that stand under names of their own in what a function answers."""
    answers = [site._replace(node=site.node.value) for site in body(function, Return)]  # type: ignore[attr-defined]
    every = sites(function.body, function.unit, function, kinds=(Call, Assign))
    for site in every:
        if isinstance(site.node, Call) and name_of(site.node.callee) in _ANSWERS:
            answers += [site._replace(node=arg.value) for arg in site.node.args]
    shown = {name_of(answer.node) for answer in answers} | {name_of(a) for answer in answers for a in _given(answer)}
    for site in every:
        node = site.node
        if isinstance(node, Assign) and node.value is not None:
            if isinstance(node.target, Index) and name_of(node.target.value) in shown - {""}:
                yield site._replace(node=node.value)
            elif isinstance(node.target, Name) and node.target.id in shown:
                answers.append(site._replace(node=node.value))
    for answer in answers:
        for site in sites(answer.node, answer.unit, answer.function, kinds=(Pair,)):
            yield site._replace(node=site.node.value)  # type: ignore[attr-defined]


_ANSWERS = frozenset(("json", "send", "end", "write", "jsonify"))


def _given(answer: Site) -> list[Expr]:
    """What a call is given that makes an answer: ``JSONResponse(told)``."""
    return [arg.value for arg in answer.node.args] if isinstance(answer.node, Call) else []


_CALLS = frozenset(
    ("platform.platform", "platform.version", "platform.release", "platform.uname", "platform.node", "platform.system",
     "platform.machine", "platform.python_version", "socket.gethostname", "os.getcwd", "os.uname", "Path.cwd",
     "Path.home", "os.hostname", "os.release", "os.platform", "os.homedir", "os.userInfo", "os.networkInterfaces",
     "process.cwd", "getpass.getuser", "hostname", "homedir")
)  # fmt: skip
_READS = frozenset(
    ("sys.version", "sys.executable", "sys.path", "sys.platform", "sys.argv", "process.version", "process.platform",
     "process.execPath", "process.argv", "process.versions", "process.env", "os.environ")
)  # fmt: skip
_PLACES = frozenset(("path", "dir", "directory", "folder"))
_OURS = frozenset(("db", "database", "data", "storage", "config", "home", "root", "log", "vault", "cache", "workspace"))


def _fact(value: object, passage: Passage) -> str:
    """What of the computer a value is; "" for what is none."""
    if isinstance(value, Call):
        if name_of(value.callee) in ("str", "String") and value.args:
            return _fact(value.args[0].value, passage)
        name = _dotted(value.callee, passage)
        return name if name in _CALLS else ""
    if isinstance(value, Attr):
        if (name := _dotted(value, passage)) in _READS:
            return name
        said = words(value.name)
        return value.name if said[-1:] and said[-1] in _PLACES and not _OURS.isdisjoint(said) else ""
    return ""


def _dotted(expr: Expr, passage: Passage) -> str:
    """A name with its module as that is called where it comes from."""
    if isinstance(expr, Attr):
        return f"{_dotted(expr.value, passage)}.{expr.name}"
    return passage.word(expr)
