"""Authentication that a switch turns off, on a service that all of its network reaches either way."""

from __future__ import annotations

from collections.abc import Iterator

from .. import inside
from ..code import Attr, Call, Expr, Function, If, Lambda, Logic, Name, Not, Unit
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Site, sites
from .interfaces import HOST_NAMES, opened
from .optional import open_without
from .values import is_secret, name_of


@rule(
    "MCP437",
    severity=Severity.INFORMATION,
    references=("CWE-306", "CWE-1327", "CWE-636", "MCP07:2025", "SAFE-T1005"),
    words=("disableauth", "disable_auth", "disabledauth", "noauth", "no_auth", "skipauth", "skip_auth", "omitauth",
           "omit_auth", "bypassauth", "bypass_auth", "withoutauth", "without_auth", "insecureauth", "authdisabled",
           "auth_disabled", "authenticationdisabled", "authentication_disabled", "requireauth", "require_auth",
           "requiresauth", "authrequired", "auth_required", "enableauth", "enable_auth", "authenabled", "auth_enabled",
           "authentication_enabled", "authenticationenabled", "useauth", "use_auth", "enableoauth", "enable_oauth",
           "add_middleware(", ".use("),
    bad="""
    import uvicorn
    from mcp.server.fastmcp import FastMCP

    from .asking import AskForToken

    mcp = FastMCP("notes")


    def serve(disable_auth: bool) -> None:
        app = mcp.streamable_http_app()
        if not disable_auth:
            app.add_middleware(AskForToken)
        uvicorn.run(app, host="0.0.0.0", port=8000)
        #                     ^^^^^^^^^ every network interface is reached, also where `disable_auth` …
    """,
    good="""
    import uvicorn
    from mcp.server.fastmcp import FastMCP

    from .asking import AskForToken

    mcp = FastMCP("notes")


    def serve(disable_auth: bool) -> None:
        app = mcp.streamable_http_app()
        if not disable_auth:
            app.add_middleware(AskForToken)
        uvicorn.run(app, host="127.0.0.1", port=8000)
    """,
    typescript=Example(
        bad="""
        import express from "express";
        import { askForToken } from "./asking.js";

        export function serve(options: { port: number; disableAuth: boolean }) {
          const app = express();
          if (!options.disableAuth) {
            app.use("/mcp", askForToken);
          }
          app.listen(options.port, "0.0.0.0");
          //                       ^^^^^^^^^ every network interface is reached, also where `disableAuth` …
        }
        """,
        good="""
        import express from "express";
        import { askForToken } from "./asking.js";

        export function serve(options: { port: number; disableAuth: boolean }) {
          const app = express();
          if (!options.disableAuth) {
            app.use("/mcp", askForToken);
          }
          app.listen(options.port, "127.0.0.1");
        }
        """,
    ),
)  # fmt: skip
def everywhere_with_authentication_switched_off(passage: Passage) -> Iterator[Finding]:
    """A switch turns authentication off, and the whole network reaches the service all the same.

    Whoever sets it to try something out on one machine has opened the tools to everybody around. So has who starts the
    server without the secret, where callers are asked for one only if it is set.

    Listen on `127.0.0.1` as long as nobody is asked who they are, or refuse to start with another host.
    """
    if not passage.about.mcp:
        return
    for site in passage.of(If):
        node = site.node
        assert isinstance(node, If)
        switch = _switch(node.test)
        if switch is None or not _mounts(node, site.unit):
            continue
        name = name_of(switch)
        unset = is_secret(name)
        yield from _reached(passage, site, Site(switch, site.unit, site.function), name, unset)
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        if name_of(call.callee) in _MOUNTING:
            held = next(filter(None, (_let_in_without(passage, arg.value, site.function) for arg in call.args)), None)
            if held is not None:
                yield from _reached(passage, site, held, name_of(held.node), True)


def _reached(passage: Passage, mounted: Site, held: Site, name: str, unset: bool) -> Iterator[Finding]:
    """Where the function in which middleware is ``mounted`` listens on every interface. ``held``: what decides whether
    callers are asked; ``unset``: they are not where that is not set."""
    for other in passage.of(Call):
        call = other.node
        assert isinstance(call, Call)
        at = _everywhere(passage, call, other.function) if _same(mounted.function, other.function) else None
        if at is not None:
            when = "is not set" if unset else "lets everybody in"
            yield Finding(
                passage.at(other.unit, at),
                f"every network interface is reached, also where `{name}` {when}",
                related=(Related(passage.at(held.unit, held.node), "whether anybody is asked"),),
                detail=name,
            )
            return


_MOUNTING = frozenset(("use", "add_middleware", "addHook", "register"))


_CODE = (Function, Lambda)


def _let_in_without(passage: Passage, mounted: Expr, around: Function | None) -> Site | None:
    """The secret without which middleware lets everybody in: a function, or a class of which a method is asked."""
    functions: list[Function] = []
    if isinstance(mounted, Lambda):
        functions = [mounted.function]
    elif isinstance(mounted, Name):
        local = [one.node for one in inside.meaning(mounted.id, around)]
        functions = [one.function if isinstance(one, Lambda) else one for one in local if isinstance(one, _CODE)]
        bound = None if local else passage.declared(mounted.id)
        if bound is not None and bound.cls is not None:
            functions = list(bound.cls.methods())
        elif bound is not None:
            made = bound.value.function if isinstance(bound.value, Lambda) else bound.function
            functions = [] if made is None else [made]
    return next(filter(None, (open_without(passage, function) for function in functions)), None)


_OFF = frozenset(
    ("disable", "disabled", "no", "skip", "without", "omit", "insecure", "unsafe", "dangerously", "bypass")
)
_ON = frozenset(("enable", "enabled", "require", "requires", "required", "use", "with"))
_AUTH = frozenset(("auth", "authentication", "authorization", "oauth"))


def _switch(test: Expr) -> Expr | None:
    """``!options.disableAuth``, ``requireAuth``, ``apiKey``: what decides whether callers are asked."""
    if isinstance(test, Logic) and test.op == "and":
        return _switch(test.left) or _switch(test.right)
    off = isinstance(test, Not)
    held = test.value if isinstance(test, Not) else test
    if not isinstance(held, (Name, Attr)):
        return None
    if not off and is_secret(name_of(held)):
        return held
    said = set(words(name_of(held)))
    return held if said & _AUTH and said & (_OFF if off else _ON) else None


def _mounts(node: If, unit: Unit) -> bool:
    """Whether middleware is put in front of what is served."""
    for site in sites(node.then, unit):
        call = site.node
        if isinstance(call, Call) and name_of(call.callee) in _MOUNTING:
            return True
    return False


def _same(one: Function | None, other: Function | None) -> bool:
    around = other
    while around is not None:
        if around is one:
            return True
        around = around.parent
    return one is None


def _everywhere(passage: Passage, call: Call, function: Function | None) -> Expr | None:
    """What makes a service listen on every interface, whatever is configured."""
    name = name_of(call.callee)
    if name in ("run", "serve", "listen"):
        for arg in call.args:
            if arg.name in HOST_NAMES:
                return opened(arg.value) if not _chosen(arg.value) else None
    if name != "listen" or not isinstance(call.callee, Attr) or passage.about.language == "python":
        return None
    if not call.args:
        return None
    host = call.positional(1)
    if host is None or isinstance(host, Lambda):
        served = passage.target(call, function).startswith(("express", "http.createServer", "koa", "polka"))
        return call.callee if served else None
    return opened(host) if not _chosen(host) else None


def _chosen(host: Expr) -> bool:
    """Whether something else may be listened on instead."""
    return isinstance(host, Logic) or opened(host) is not host
