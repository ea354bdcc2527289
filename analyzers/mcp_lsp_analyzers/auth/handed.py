"""What is handed to other programs along with what they need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Attr, Binary, Call, Dict, Expr, Function, Index, Items, Name, Spread, Str, Unit
from ..expressions import spelled
from ..passage import Passage
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Site, sites
from .values import name_of, origins


@rule(
    "MCP443",
    severity=Severity.INFORMATION,
    references=("CWE-200", "CWE-522", "MCP01:2025", "MCP10:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    words=("environ", "process.env"),
    bad="""
    import os

    from mcp import StdioServerParameters


    def parameters(server) -> StdioServerParameters:
        env = {**os.environ, **server.env}
        #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the server that is started gets every credential in this environment
        return StdioServerParameters(command=server.command, args=server.args, env=env)
    """,
    good="""
    from mcp import StdioServerParameters
    from mcp.client.stdio import get_default_environment


    def parameters(server) -> StdioServerParameters:
        env = {**get_default_environment(), **server.env}
        return StdioServerParameters(command=server.command, args=server.args, env=env)
    """,
    typescript=Example(
        bad="""
        import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

        export function start(server) {
          return new StdioClientTransport({
            command: server.command,
            args: server.args,
            env: { ...process.env, ...server.env },
            //   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the server that is started gets every credential in …
          });
        }
        """,
        good="""
        import { getDefaultEnvironment, StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

        export function start(server) {
          return new StdioClientTransport({
            command: server.command,
            args: server.args,
            env: { ...getDefaultEnvironment(), ...server.env },
          });
        }
        """,
    ),
)
def whole_environment_handed_on(passage: Passage) -> Iterator[Finding]:
    """A server that a configuration names is started with the whole environment of this process.

    The environment holds the keys of every other service. A server that somebody else wrote can read them all, and the
    clients of the SDKs hand on but a few variables for that reason.

    Hand on what the configuration says beside the SDK's default environment (`get_default_environment()`,
    `getDefaultEnvironment()`).
    """
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        given = _environment(passage, call)
        if given is None:
            continue
        for origin in origins(given, site.function):
            if _whole(origin) and not _narrowed(name_of(given), site.function):
                yield Finding(
                    passage.at(_unit(origin, site), origin),
                    "the server that is started gets every credential in this environment",
                    related=(Related(passage.at(site.unit, call.callee), "started here"),),
                    detail="env",
                )
                break


_PARAMETERS = ("StdioServerParameters", "StdioClientTransport", "MCPServerStdio", "StdioTransport")
_STARTS = ("create_subprocess_exec", "Popen", "spawn", "execa")


def _environment(passage: Passage, call: Call) -> Expr | None:
    """What a call starts a server with, where the server is not one that the author wrote down."""
    word = passage.word(call.callee)
    options = next((arg.value for arg in call.args if isinstance(arg.value, Dict)), None)
    if word.endswith(_PARAMETERS):
        command = call.keyword("command") or (options.get("command") if options is not None else None)
    elif word in _STARTS:
        command = call.positional(0)
        if not isinstance(command, (Attr, Index)) or name_of(command) not in ("command", "cmd"):
            return None
    else:
        return None
    if command is None or isinstance(command, (Str, Items)):
        return None
    return call.keyword("env") or (options.get("env") if options is not None else None)


def _whole(value: Expr) -> bool:
    """``os.environ``, ``os.environ.copy()``, ``dict(os.environ)``, ``{**os.environ, …}``, ``os.environ | …``"""
    if isinstance(value, Attr):
        return (value.name == "environ" and isinstance(value.value, Name)) or spelled(value) == "process.env"
    if isinstance(value, Name):
        return value.id == "environ"
    if isinstance(value, Call):
        callee = value.callee
        if isinstance(callee, Attr) and callee.name == "copy":
            return _whole(callee.value)
        first = value.positional(0)
        return name_of(callee) in ("dict", "copy", "deepcopy") and first is not None and _whole(first)
    if isinstance(value, Dict):
        spread = [pair.value for pair in value.pairs if pair.key is None]
        return any(_whole(each.value if isinstance(each, Spread) else each) for each in spread)
    return isinstance(value, Binary) and value.op == "|" and (_whole(value.left) or _whole(value.right))


def _narrowed(name: str, function: Function | None) -> bool:
    """Whether variables are taken out of what is called so: ``env.pop("NOTES_KEY")``, ``del env["NOTES_KEY"]``."""
    if function is None or not name:
        return False
    taken = rf"\b{re.escape(name)}\.pop\(|\b(?:del|delete)\s+{re.escape(name)}[.\[]"
    return re.search(taken, function.unit.key[function.start : function.end]) is not None


def _unit(node: Expr, site: Site) -> Unit:
    """The unit that a node of the function around stands in."""
    function = site.function
    if function is not None:
        for each in sites(function.body, function.unit, function):
            if each.node is node:
                return each.unit
    return site.unit
