"""Functions that are none any more: a decorator made something else of them, or hid what they are called with."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..code import Function, Unit, flat
from ..fix import NAMED, Edit, Edits, Fix, Write
from ..inside import meaning
from ..model import Server
from ..once import once
from ..place import Span
from ..record import NamedTuple
from ..rule import Finding, Severity, rule
from ..walk import sites
from .kept import found


class _Called(NamedTuple):
    name: str
    span: Span
    unit: Unit
    function: Function | None


@rule(
    "MCP139",
    severity=Severity.ERROR,
    references=("CWE-628",),
    bad='''
    # /// script
    # dependencies = ["fastmcp>=2.10,<3"]
    # ///
    from fastmcp import FastMCP

    mcp = FastMCP("notes")


    @mcp.tool
    def read(path: str) -> str:
        """Read a note."""
        return path


    @mcp.tool
    def first() -> str:
        """Read the first note."""
        return read("1")
    #          ^^^^ `read` is a `FunctionTool` under fastmcp 2, which cannot be called: this raises TypeError
    ''',
    good='''
    # /// script
    # dependencies = ["fastmcp>=2.10,<3"]
    # ///
    from fastmcp import FastMCP

    mcp = FastMCP("notes")


    def note(path: str) -> str:
        return path


    @mcp.tool
    def read(path: str) -> str:
        """Read a note."""
        return note(path)


    @mcp.tool
    def first() -> str:
        """Read the first note."""
        return note("1")
    ''',
)
def decorated_function_called(server: Server) -> Iterator[Finding]:
    """A function is called that the decorator made a tool of.

    Up to version 2, `@mcp.tool` of fastmcp puts a `FunctionTool` in the place of the function, and
    `@mcp.resource` and `@mcp.prompt` do the like. Whoever calls it gets `TypeError: 'FunctionTool' object is not
    callable`. Since version 3, and in the official SDK, the function stays what it was.

    Move what both need to a function without decorator, or call `read.fn(…)`.
    """
    module, sdk = server.module, server.sdk
    if module is None or sdk.family != "fastmcp" or sdk.major != 2 or sdk.evidence == "imports":
        return
    made = {}
    for item in server.items:
        function = item.function
        if function is not None and item.home is None and item.by is not None and item.by in function.decorators:
            if function.decorators[0] is item.by and module.names.get(function.name) is function.unit:
                made[function.name] = type(item).__name__
    for _, calls in found(module, _calls) if made else ():
        for call in calls:
            kind = made.get(call.name)
            if kind is not None and not meaning(call.name, call.function):
                place = call.unit.place(server.uri, server.place.pointer, call.span)
                what = f"Function{kind}"
                said = f"`{call.name}` is a `{what}` under fastmcp 2, which cannot be called: this raises TypeError"
                end = place.part(Span(call.span.end, call.span.end))
                yield Finding(place, said, fix=Fix("Call its function", Edits((Edit(end, ".fn"),))), detail=call.name)


@once
def _calls(unit: Unit) -> tuple[_Called, ...]:
    """The calls by a plain name in a unit."""
    return tuple(
        _Called(callee.id, Span(callee.start, callee.end), site.unit, site.function)
        for site in sites(unit.statements, unit, kinds={code.Call})
        if isinstance(callee := site.node.callee, code.Name)  # type: ignore[attr-defined]
    )


# ---------------------------------------------------------------- wrappers


@rule(
    "MCP140",
    severity=Severity.ERROR,
    references=("CWE-628",),
    bad='''
    import sys


    def logged(function):
        def inner(*args, **kwargs):
            print(function.__name__, file=sys.stderr)
            return function(*args, **kwargs)

        return inner


    @mcp.tool()
    @logged
    #^^^^^^ `logged` hides the function: the tool is called `inner`, with the arguments `args`, `kwargs`
    def read(path: str) -> str:
        """Read the note at `path`."""
        return path
    ''',
    good='''
    import functools
    import sys


    def logged(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            print(function.__name__, file=sys.stderr)
            return function(*args, **kwargs)

        return inner


    @mcp.tool()
    @logged
    def read(path: str) -> str:
        """Read a note."""
        return path
    ''',
)
def wrapper_without_wraps(server: Server) -> Iterator[Finding]:
    """A decorator below the registration hides the function from it.

    The SDKs read name, docstring and parameters from the function they are given. A wrapper `inner(*args, **kwargs)`
    without `functools.wraps` has none of these: the official SDK registers a tool `inner` that needs `args` and
    `kwargs`, which no call can give; fastmcp refuses it while it is imported.

    Put `@functools.wraps(function)` above the inner function.
    """
    module, sdk = server.module, server.sdk
    if module is None or sdk.family not in ("mcp", "fastmcp") or sdk.api == "low":
        return
    # Every keystroke comes by here: nearly all have one decorator, which is the registration.
    for item in server.items if module.having(_several_decorators) else ():
        function, by = item.function, item.by
        if function is None or by is None or item.home is not None or by not in function.decorators:
            continue
        for decorator in function.decorators[function.decorators.index(by) + 1 :]:
            name = decorator.callee if isinstance(decorator, code.Call) else decorator
            binding = module.binding(name.id) if isinstance(name, code.Name) else None
            made = binding.function if binding is not None else None
            inner = _returned(made) if made is not None else None
            if isinstance(decorator, code.Call) and inner is not None:
                inner = _returned(inner)
            if inner is None or inner.decorators or not _swallows(inner) or _names_it(made):
                continue
            names = ", ".join(f"`{param.name}`" for param in inner.params)
            said = f"`{name.id if isinstance(name, code.Name) else ''}` hides the function: "
            if sdk.family == "mcp":
                said += f"the tool is called `{inner.name}`, with the arguments {names}"
            else:
                said += f"fastmcp registers no `{inner.name}(*args, **kwargs)`, and the import fails"
            place = function.unit.place(server.uri, item.place.pointer, decorator)
            yield Finding(place, said, fix=_wrapped(server, inner), detail=inner.name)


@once
def _several_decorators(unit: Unit) -> bool:
    found = sites(unit.statements, unit, nested=False, kinds=(code.Define,))
    own = any(len(site.node.function.decorators) > 1 for site in found)  # type: ignore[attr-defined]
    return own or any(map(_several_decorators, unit.nested))


def _wrapped(server: Server, inner: Function) -> Fix | None:
    outer = inner.parent
    if outer is None or not outer.params or not outer.params[0].name:
        return None
    unit = inner.unit
    line = unit.key[unit.key.rfind("\n", 0, inner.start) + 1 : inner.start]
    if line.strip():
        return None
    place = unit.place(server.uri, server.place.pointer, Span(inner.start, inner.start))
    text = f"@{NAMED}({outer.params[0].name})\n{line}"
    return Fix("Let it look like what it wraps", Write((Edit(place, text),), "functools", "wraps"))


def _returned(function: Function) -> Function | None:
    """The function inside of another that it returns."""
    inner = {s.function.name: s.function for s, _ in flat(function.body) if isinstance(s, code.Define)}
    last = function.body[-1] if function.body else None
    value = last.value if isinstance(last, code.Return) else None
    return inner.get(value.id) if isinstance(value, code.Name) else None


def _swallows(function: Function) -> bool:
    kinds = [param.kind for param in function.params]
    return bool(kinds) and "**" in kinds and all(kind in ("*", "**") for kind in kinds)


def _names_it(outer: Function | None) -> bool:
    """Whether the wrapper is made to look like what it wraps in another way."""
    words = ("__signature__", "__wrapped__", "update_wrapper", "wraps", "__annotations__")
    return outer is not None and any(word in outer.unit.key for word in words)
