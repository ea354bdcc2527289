"""Waiting done wrong: what stops every other request while it runs, and what is never waited for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Union

from .. import code, inside
from ..code import Unit
from ..fix import Edit, Edits, Fix, RunInThread
from ..flow import Call, Handler
from ..model import Item, Server, Tool
from ..once import once
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from ..scope import Module
from ..walk import body, sites
from .kept import found

_REQUESTS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request", "send"})
_CLIENTS = ("requests.", "requests.Session.", "requests.sessions.Session.", "httpx.", "httpx.Client.")
_NETWORK = frozenset({"urllib.request.urlopen", "urllib.request.urlretrieve", "socket.create_connection",
                      "socket.gethostbyname", "smtplib.SMTP", "smtplib.SMTP_SSL",
                      "paramiko.SSHClient.connect"})  # fmt: skip
_PROGRAMS = frozenset({"subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.check_output",
                       "subprocess.getoutput", "subprocess.getstatusoutput", "os.system", "child_process.execSync",
                       "child_process.spawnSync", "child_process.execFileSync"})  # fmt: skip
_SHORT = 0.5  # seconds: below, a pause is hardly noticed


@rule(
    "MCP111",
    severity=Severity.WARNING,
    references=("CWE-1322",),
    bad='''
    import time


    @mcp.tool()
    async def wait(seconds: int) -> str:
        """Wait for a while."""
        time.sleep(seconds)
    #   ^^^^^^^^^^ `time.sleep` in an async handler: until it returns, the server answers nobody
        return "done"
    ''',
    good='''
    import asyncio


    @mcp.tool()
    async def wait(seconds: int) -> str:
        """Wait for a while."""
        await asyncio.sleep(seconds)
        return "done"
    ''',
    typescript=Example(
        bad="""
        import { execSync } from "node:child_process";

        server.registerTool("status", { description: "State of the repository." }, async () => {
          const text = execSync("git status", { encoding: "utf8" });
          //           ^^^^^^^^ `execSync` in an async handler: until it returns, the server answers nobody
          return { content: [{ type: "text", text }] };
        });
        """,
        good="""
        import { execFile } from "node:child_process";
        import { promisify } from "node:util";

        server.registerTool("status", { description: "State of the repository." }, async () => {
          const { stdout } = await promisify(execFile)("git", ["status"]);
          return { content: [{ type: "text", text: stdout }] };
        });
        """,
    ),
)  # fmt: skip
def blocking_call_in_async_handler(handler: Handler) -> Iterator[Finding]:
    """An async handler makes a call that blocks the event loop.

    All requests of a server share one event loop. While `time.sleep`, `requests.get` or `subprocess.run` runs in it,
    no other call is answered, no cancellation is heard, no progress and no ping is sent, and over HTTP that is true
    for every other user: three calls of one second take three seconds.

    Await the asynchronous counterpart (`asyncio.sleep`, `httpx.AsyncClient`, `asyncio.create_subprocess_exec`), or hand
    the call to a thread: `await asyncio.to_thread(requests.get, url)`.
    """
    function = handler.function
    if not function.is_async or not handler.calls:
        return
    blocking = [call for call in handler.calls if len(call.via) < 2 and _blocks(call.target)]
    if not blocking:
        return
    own: set[code.Call] = set()
    called: set[str] = set()
    for node, _, _ in body(function, code.Call):
        if isinstance(node, code.Call):
            own.add(node)
            called.add(_word(node.callee))
    for call in blocking:
        here = call.expr in own
        if not here and not (call.via and call.via[0] in called):
            continue  # handed to a thread, or to somebody who calls it later
        what = _short(call.target)
        fix = None
        if here and call.uri.endswith((".py", ".pyi", ".pyw")):
            later = "asyncio.sleep" if call.target == "time.sleep" else "a thread"
            fix = Fix(f"Wait for it in {later}" if later == "a thread" else f"Use {later}", RunInThread(call.place))
        yield Finding(
            call.callee_place,
            f"`{what}` in an async handler: until it returns, the server answers nobody",
            fix=fix,
            detail=what,
            severity=Severity.INFORMATION if _brief(call) else None,
        )


def _blocks(target: str) -> bool:
    if target == "time.sleep" or target in _NETWORK or target in _PROGRAMS:
        return True
    head, dot, last = target.rpartition(".")
    return last in _REQUESTS and head + dot in _CLIENTS


def _brief(call: Call) -> bool:
    """What mostly takes no longer than a blink: a program that reads something on this computer."""
    if call.target in _PROGRAMS:
        return True
    seconds = call.argument("0", "secs") if call.target == "time.sleep" else None
    return seconds is not None and isinstance(seconds.value, (int, float)) and seconds.value < _SHORT


def _short(target: str) -> str:
    return target.removeprefix("child_process.").replace("requests.sessions.Session.", "requests.Session.")


def _word(callee: code.Expr) -> str:
    return code.last_name(callee)


# ---------------------------------------------------------------- never waited for

_OF_CONTEXT = frozenset({"info", "debug", "warning", "error", "log", "report_progress", "elicit", "elicit_url"})


@rule(
    "MCP112",
    severity=Severity.WARNING,
    references=("CWE-252",),
    bad='''
    from mcp.server.fastmcp import Context


    @mcp.tool()
    async def load(path: str, ctx: Context) -> str:
        """Load a note."""
        ctx.info(f"loading {path}")
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `ctx.info` is not awaited, so nothing is sent
        return path
    ''',
    good='''
    from mcp.server.fastmcp import Context


    @mcp.tool()
    async def load(path: str, ctx: Context) -> str:
        """Load a note."""
        await ctx.info(f"loading {path}")
        return path
    ''',
)
def context_call_not_awaited(handler: Handler) -> Iterator[Finding]:
    """What is told to the client through the context is never sent.

    `ctx.info`, `ctx.report_progress`, `ctx.elicit` and the like are coroutines. A call without `await` makes one and
    throws it away: the client sees no message, and Python only warns when the object is collected.

    Write `await`; a handler that does has to be `async def`.
    """
    if handler.server.sdk.family not in ("mcp", "fastmcp"):
        return
    chosen = {parameter.name for parameter in getattr(handler.of, "parameters", ())}
    names = {
        param.name
        for param in handler.function.params
        if param.annotation is not None
        and (_is_context(param.annotation, param.name in chosen) or _filled_in(param, handler, chosen))
    }
    if not names:
        return
    for node, unit, _ in body(handler.function, code.Do):
        value = node.value if isinstance(node, code.Do) else None
        if not isinstance(value, code.Call) or not isinstance(value.callee, code.Attr):
            continue
        callee = value.callee
        if callee.name in _OF_CONTEXT and isinstance(callee.value, code.Name) and callee.value.id in names:
            place = unit.place(handler.place.uri, handler.place.pointer, value)
            start = Span(value.start, value.start)
            fix = Fix("Await it", Edits((Edit(place.part(start), "await "),)), safe=True)
            yield Finding(
                place,
                f"`{callee.value.id}.{callee.name}` is not awaited, so nothing is sent",
                fix=fix if handler.function.is_async else None,
                detail=callee.name,
            )


def _is_context(annotation: code.Expr, chosen: bool) -> bool:
    """Whether a parameter is the context of the request. ``chosen``: a model fills it, so that a name which only ends
    like it (``NotesContext = Context[ServerSession, Notes]``) stands for something else."""
    if isinstance(annotation, code.Index):
        return _is_context(annotation.value, chosen)
    if isinstance(annotation, code.Binary):
        return _is_context(annotation.left, chosen) or _is_context(annotation.right, chosen)
    word = _word(annotation)
    return word == "Context" or (word.endswith("Context") and not chosen)


def _filled_in(param: code.Param, handler: Handler, chosen: AbstractSet[str]) -> bool:
    """Whether the SDK knows a parameter by its type, under whatever name that was imported, and fills it in."""
    tool, annotation = handler.tool, param.annotation
    if tool is None or not tool.parameters_known or param.name in chosen or param.name in ("self", "cls"):
        return False
    dependency = isinstance(annotation, code.Index) and _word(annotation.value) == "Annotated"
    return param.default is None and not param.kind and not dependency


@rule(
    "MCP153",
    severity=Severity.ERROR,
    references=("CWE-252",),
    bad='''
    async def save(text: str) -> None:
        notes.append(text)


    @mcp.tool()
    async def remember(text: str) -> str:
        """Keep a note."""
        save(text)
    #   ^^^^^^^^^^ `save` is not awaited, so it never runs
        return "kept"
    ''',
    good='''
    async def save(text: str) -> None:
        notes.append(text)


    @mcp.tool()
    async def remember(text: str) -> str:
        """Keep a note."""
        await save(text)
        return "kept"
    ''',
)
def coroutine_never_awaited(server: Server) -> Iterator[Finding]:
    """A handler calls a coroutine of its own file and does not wait for it.

    Calling an `async def` makes a coroutine and runs nothing. As a statement, the work is never done, and the tool says
    that it is. Returned from a tool, it is no result: the model reads `<coroutine object …>`, or that the call failed.
    (fastmcp awaits what a tool returns that is no `async def` itself.)

    Write `await`; a handler that does has to be `async def`.
    """
    module = server.module
    if module is None or module.language != "python":
        return
    names = {name for _, every in found(module, _coroutines) for name in every}
    for _, every in found(module, _unwaited) if names else ():
        for name, statement, unit, function in every:
            call = statement.value
            if name not in names or not isinstance(call, code.Call) or not _is_coroutine(call.callee, function, module):
                continue
            items: tuple[Item, ...] = (*server.resources, *server.prompts, *server.tools)
            item = next((item for item in items if item.function is function), None)
            returned = isinstance(statement, code.Return)
            sdk, family = server.sdk, server.sdk.family
            shown = isinstance(item, Tool) and sdk.api == "high"
            shown = shown and (family == "mcp" or (family == "fastmcp" and function.is_async))
            if item is None or (returned and not shown):
                continue
            place = unit.place(server.uri, item.place.pointer, call)
            fix = Fix("Await it", Edits((Edit(place.part(Span(call.start, call.start)), "await "),)))
            what = "the tool answers a coroutine" if returned else "it never runs"
            said = f"`{name}` is not awaited, so {what}"
            yield Finding(place, said, fix=fix if function.is_async else None, detail=name)


@once
def _coroutines(unit: Unit) -> Sequence[str]:
    """The names of the functions of a declaration that are ``async def`` and wrapped by nothing."""
    if unit.key.count("async def") <= unit.key.startswith("@"):
        return ()  # none, or one that is decorated
    defined = sites(unit.statements, unit, kinds=(code.Define,))
    functions = [site.node.function for site in defined if isinstance(site.node, code.Define)]
    return [function.name for function in functions if function.is_async and not function.decorators]


_Unwaited = tuple[str, Union[code.Do, code.Return], Unit, code.Function]


@once
def _unwaited(unit: Unit) -> Sequence[_Unwaited]:
    """The calls of a declaration that are statements, or are returned: of names, and of methods of an instance."""
    return [
        (_word(site.node.value.callee), site.node, site.unit, site.function)
        for site in sites(unit.statements, unit, kinds=(code.Do, code.Return))
        if isinstance(site.node, (code.Do, code.Return)) and site.function is not None
        if isinstance(site.node.value, code.Call) and _is_bare(site.node.value)
    ]


def _is_bare(value: object) -> bool:
    callee = value.callee if isinstance(value, code.Call) else None
    return isinstance(callee, code.Name) or (isinstance(callee, code.Attr) and isinstance(callee.value, code.Name))


def _is_coroutine(callee: code.Expr, function: code.Function, module: Module) -> bool:
    """Whether a name or a method of `self` is an ``async def`` of this file that nothing wraps."""
    known: code.Function | None = None
    if isinstance(callee, code.Name) and not inside.variables(function).get(callee.id):
        local = inside.meaning(callee.id, function.parent)
        if local:
            known = local[0].node if len(local) == 1 and isinstance(local[0].node, code.Function) else None
        else:
            binding = module.binding(callee.id)
            known = binding.function if binding is not None else None
    elif isinstance(callee, code.Attr) and isinstance(callee.value, code.Name) and function.cls is not None:
        if function.params and callee.value.id == function.params[0].name and not function.is_static:
            methods = inside.members(function.cls).get(callee.name, ())
            only = methods[0].node if len(methods) == 1 else None
            known = only if isinstance(only, code.Function) else None
    return known is not None and known.is_async and not known.decorators
