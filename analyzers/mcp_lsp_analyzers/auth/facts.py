"""What a service tells of the computer it runs on."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Attr, Call, Define, Expr, Function, Index, Lambda, Pair, Str
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site, sites
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

    Answer whether the service is well. What an operator needs beyond that belongs into the log, or behind the question
    who is asking.
    """
    if not passage.about.mcp or passage.about.asks or named_as_test(passage.about.uri):
        return
    for function in _routed(passage):
        if _ASKS.search(function.unit.key[function.start : function.body[0].start if function.body else function.end]):
            continue
        facts = {name: site for site in _told(function) if (name := _fact(site.node, passage))}
        if len(facts) >= _SEVERAL:
            first = min(facts.values(), key=lambda site: site.node.start)  # type: ignore[attr-defined]
            told = ", ".join(f"`{name}`" for name in list(facts)[:3])
            said = f"whoever asks is told about this computer: {told}"
            yield Finding(passage.at(first.unit, first.node), said, detail=function.name)


_SEVERAL = 2
"""One fact may be what a route is for; several describe the computer."""
_METHODS = frozenset(("get", "route", "api_route", "custom_route", "all"))
_ASKS = pattern(r"(?i)auth|token|current_?user|require|admin|verify|api_?key|permission|login|scope")


def _routed(passage: Passage) -> Iterator[Function]:
    """The functions that answer requests: decorated, or given with a path."""
    for site in passage.of(Define, Call):
        node = site.node
        if isinstance(node, Define):
            if any(_is_route(decorator) for decorator in node.function.decorators):
                yield node.function
        elif isinstance(node, Call) and _is_route(node) and len(node.args) > 1:
            last = node.args[-1].value
            if isinstance(last, Lambda):
                yield last.function


def _is_route(call: Expr) -> bool:
    if not isinstance(call, Call) or not isinstance(call.callee, Attr) or call.callee.name not in _METHODS:
        return False
    path = call.positional(0)
    return isinstance(path, Str) and path.value.startswith("/")


def _told(function: Function) -> Iterator[Site]:
    """The values that a function puts into what it may answer, by name."""
    for site in sites(function.body, function.unit, function, kinds=(Pair, Assign)):
        node = site.node
        if isinstance(node, Pair) or (isinstance(node, Assign) and isinstance(node.target, Index)):
            if node.value is not None:
                yield Site(node.value, site.unit, site.function)


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
