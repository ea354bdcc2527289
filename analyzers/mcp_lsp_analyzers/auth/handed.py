"""What is handed to other programs along with what they need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import (
    Assign,
    Attr,
    Binary,
    Call,
    Compare,
    Comprehension,
    Dict,
    Expr,
    Function,
    If,
    Index,
    Items,
    Lambda,
    Loop,
    Name,
    Spread,
    Str,
    Unit,
    last_name,
)
from ..expressions import spelled
from ..passage import Passage
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Site, body, sites
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
    for site in passage.of(Call, Assign):
        node = site.node
        given = _environment(passage, node) if isinstance(node, Call) else _by_type(node)
        if given is None or _narrowed(name_of(given), site.function):
            continue
        started = node.callee if isinstance(node, Call) else node
        for origin in origins(given, site.function):
            whole = origin if _whole(origin) else _filled(given, origin, site.function)
            if whole is not None:
                yield Finding(
                    passage.at(_unit(whole, site), whole),
                    "the server that is started gets every credential in this environment",
                    related=(Related(passage.at(site.unit, started), "started here"),),
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


def _by_type(node: object) -> Expr | None:
    """The environment in what is declared to be how a server is started: ``const p: StdioServerParameters = {…}``."""
    if not isinstance(node, Assign) or not isinstance(node.value, Dict) or node.annotation is None:
        return None
    if last_name(node.annotation) not in _PARAMETERS or isinstance(node.value.get("command"), (Str, type(None))):
        return None
    return node.value.get("env")


def _filled(given: Expr, made: Expr, function: Function | None) -> Expr | None:
    """Where an object that is made empty, or of something else, takes in the whole environment: ``Object.assign(env,
    process.env)``, ``env.update(os.environ)``, a loop over all variables that leaves none out."""
    if function is None or not isinstance(given, Name) or not isinstance(made, (Dict, Call)):
        return None
    for site in body(function, Call, Loop):
        node = site.node
        if isinstance(node, Call) and isinstance(node.callee, Attr):
            held = node.callee.value if node.callee.name == "update" else None
            if node.callee.name == "assign":
                held = node.positional(0)
            if isinstance(held, Name) and held.id == given.id and any(_whole(arg.value) for arg in node.args):
                return node
        elif isinstance(node, Loop) and node.iterable is not None and _variables(node.iterable):
            inside = sites(node.body, site.unit, function, kinds=(Assign, If))
            takes = any(
                isinstance(one.node, Assign)
                and isinstance(one.node.target, Index)
                and name_of(one.node.target.value) == given.id
                for one in inside
            )
            if takes and not any(isinstance(one.node, If) and _chooses(one.node.test, one) for one in inside):
                return node.iterable
    return None


def _variables(value: Expr) -> bool:
    """``Object.entries(process.env)``, ``os.environ.items()``"""
    if not isinstance(value, Call) or not isinstance(value.callee, Attr):
        return False
    if value.callee.name in ("entries", "keys"):
        return any(_whole(arg.value) for arg in value.args) or _whole(value.callee.value)
    return value.callee.name == "items" and _whole(value.callee.value)


def _chooses(test: Expr, at: Site) -> bool:
    """Whether a test looks at the name of a variable, and not only at whether it is set."""
    inner = sites(test, at.unit, at.function, kinds=(Call, Compare))
    return any(isinstance(one.node, Call) or one.node.op in ("in", "not in") for one in inner)  # type: ignore[attr-defined]


def _whole(value: Expr) -> bool:
    """``os.environ``, ``os.environ.copy()``, ``dict(os.environ)``, ``{**os.environ, …}``, ``os.environ | …``; all of it
    in pairs, of which those that are not set are left out."""
    if isinstance(value, Attr):
        return (value.name == "environ" and isinstance(value.value, Name)) or spelled(value) == "process.env"
    if isinstance(value, Name):
        return value.id == "environ"
    if isinstance(value, Call):
        callee = value.callee
        if isinstance(callee, Attr) and callee.name == "copy":
            return _whole(callee.value)
        first = value.positional(0)
        if isinstance(callee, Attr) and callee.name == "fromEntries":
            return first is not None and _every_pair(first)
        return name_of(callee) in ("dict", "copy", "deepcopy") and first is not None and _whole(first)
    if isinstance(value, Comprehension):
        _, iterable, conditions = value.clauses[0]
        return len(value.clauses) == 1 and value.kind == "dict" and _variables(iterable) and not conditions
    if isinstance(value, Dict):
        spread = [pair.value for pair in value.pairs if pair.key is None]
        return any(_whole(each.value if isinstance(each, Spread) else each) for each in spread)
    return isinstance(value, Binary) and value.op == "|" and (_whole(value.left) or _whole(value.right))


def _every_pair(value: Expr) -> bool:
    """``Object.entries(process.env)``, where no more than what is not set is filtered out."""
    if isinstance(value, Call) and isinstance(value.callee, Attr) and value.callee.name == "filter":
        test = value.positional(0)
        if not isinstance(test, Lambda):
            return False
        function = test.function
        looks = sites(function.body, function.unit, function, kinds=(Call,))
        return not looks and _variables(value.callee.value)
    return _variables(value)


def _narrowed(name: str, function: Function | None) -> bool:
    """Whether variables are taken out of what is called so: ``env.pop("NOTES_KEY")``, ``del env["NOTES_KEY"]``."""
    if function is None or not name:
        return False
    taken = rf"\b{re.escape(name)}\.pop\(|\b(?:del|delete)\s+{re.escape(name)}[.\[]"
    return re.search(taken, function.text) is not None


def _unit(node: Expr, site: Site) -> Unit:
    """The unit that a node of the function around stands in."""
    function = site.function
    if function is not None:
        for each in sites(function.body, function.unit, function):
            if each.node is node:
                return each.unit
    return site.unit
