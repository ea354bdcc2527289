"""What an expression stands for in MCP's terms: a server of this file, one that comes from elsewhere, or neither."""

from __future__ import annotations

from mcp_lsp_analyzers.code import (
    Attr,
    Await,
    Binary,
    Call,
    Choice,
    Class,
    Const,
    Expr,
    Function,
    Index,
    Logic,
    Name,
    Return,
    Str,
    last_name,
)
from mcp_lsp_analyzers.scope import imported

from .known import Known
from .scopes import DEEP, Env, Frame
from .sdk import (
    OWN_WAYS,
    SERVERS,
    STRANGERS,
    Ref,
    foreign,
    last,
    looks_like_server,
    not_a_server,
    own_class,
    root,
    server_class,
)
from .statements import inside
from .types import forward
from .values import function_of


def server(expr: Expr, env: Env, depth: int = 0) -> Ref | None:
    """The server that an expression is; ``None`` where it is none, or nothing says that it is one."""
    if depth > DEEP:
        return None
    if isinstance(expr, Name):
        return _named(expr, env, depth)
    if isinstance(expr, Attr):
        return _attribute(expr, env, depth)
    if isinstance(expr, Await):
        return server(expr.value, env, depth + 1)
    if isinstance(expr, Choice):
        return server(expr.then, env, depth + 1) or server(expr.otherwise, env, depth + 1)
    if isinstance(expr, Logic):
        return server(expr.left, env, depth + 1) or server(expr.right, env, depth + 1)
    if isinstance(expr, Call):
        return _called(expr, env, depth)
    return None


def _named(expr: Name, env: Env, depth: int) -> Ref | None:
    name = expr.id
    if env.is_self(expr):
        around = env.cls()
        kind = class_kind(around, env) if around is not None else None
        if around is not None and kind is not None:
            return Ref(("class", *around.env.path, around.label), kind[0], kind[1], True, around.label, True)
        return None
    known = env.find(name)
    if known is None:
        # Unbound here: a star import, or half of a file.
        return _given(name, env) if looks_like_server(name, env.file) else None
    if known.param is not None:
        return _parameter(known, name, env)
    if known.imported is not None:
        return _imported(known, name, env, depth)
    if known.function is not None or known.cls is not None:
        return None
    if known.value is None or known.index:
        return _given(name, env) if looks_like_server(name, env.file) else None
    if known.iterated:
        return None
    return _assigned(known, ("var", *known.env.path, name), name, env, depth)


def _imported(known: Known, name: str, env: Env, depth: int) -> Ref | None:
    """A server of another file: known by what it is there, or by its name where that cannot be told."""
    assert known.imported is not None
    there = env.follow(known)
    if there is not None:
        found = None
        if there.value is not None and not there.index:
            found = _assigned(there, ("given", name), name, there.env, depth + 1)
        if found is not None:
            return found.abroad()._replace(name=name)
        if there.function is not None or there.cls is not None or "mcp" not in name.lower():
            return None
    return _given(name, env) if looks_like_server(name, env.file, imported(known.imported)) else None


def _assigned(known: Known, key: tuple[object, ...], name: str, env: Env, depth: int) -> Ref | None:
    """What a variable or attribute holds."""
    found = _held(known, key, name, env, depth)
    if found is not None and OWN_WAYS in env.beside(known).file.roots:
        return found._replace(own=True)
    return found


def _held(known: Known, key: tuple[object, ...], name: str, env: Env, depth: int) -> Ref | None:
    value = known.value
    assert value is not None
    home = env.beside(known)
    while isinstance(value, Await):
        value = value.value
    if isinstance(value, Call):
        kind = construction(value, home)
        if kind is not None:
            local = local_class(value, home)
            if local is not None:  # every instance of a class that registers its own tools has these
                key = ("class", *local.env.path, local.label)
            return Ref(key, kind[0], kind[1], True, name, _of_its_own(value, home))
    found = server(value, home, depth + 1)
    if found is not None:
        return found
    if isinstance(value, Const) and value.value is None:
        return _given(name, env) if looks_like_server(name, env.file) else None
    origin = home.dotted(value)
    if isinstance(value, Call) and _is_local(value, home):
        return None  # made by a class or function of this file, which is no server and returns none
    if origin is None:
        return _given(name, env) if looks_like_server(name, env.file) and not isinstance(value, Call) else None
    made = last(origin.replace("()", ""))
    if root(origin) in STRANGERS:
        return None
    if root(origin) in ("mcp", "fastmcp") and isinstance(value, Call):
        # Whatever else an SDK has that takes tools: extensions, providers.
        return None if "lient" in made or made.endswith("Manager") else Ref(key, root(origin), "high", False, name)
    if looks_like_server(name, env.file, origin) or (isinstance(value, Call) and _is_mcp_class(made)):
        return _made_abroad(name, value, origin, home, env) if isinstance(value, Call) else _given(name, env)
    return None


def _of_its_own(call: Call, env: Env) -> bool:
    """Whether the class that is called is none of the SDKs'; it may have decorators of its own."""
    callee = call.callee.value if isinstance(call.callee, Index) else call.callee
    return last(env.dotted(callee) or "") not in SERVERS


def _is_mcp_class(name: str) -> bool:
    return "MCP" in name and not not_a_server(name)


def _is_local(call: Call, env: Env) -> bool:
    callee = call.callee
    if not isinstance(callee, Name):
        return False
    known = env.find(callee.id)
    return known is not None and (known.cls is not None or known.function is not None)


def _parameter(known: Known, name: str, env: Env) -> Ref | None:
    annotation = known.param.annotation if known.param is not None else None
    if annotation is None:
        return _given(name, env) if looks_like_server(name, env.file) else None
    kind, decided = _annotated(annotation, known.env)
    if kind is not None:
        return Ref(("given", name), kind[0], kind[1], False, name)
    if decided:
        return None
    return _given(name, env) if looks_like_server(name, env.file) else None


def _annotated(annotation: Expr, env: Env) -> tuple[tuple[str, str] | None, bool]:
    """Whether an annotation names a server, and whether it settles the matter."""
    if isinstance(annotation, Str):
        parsed = forward(annotation)
        return _annotated(parsed, env) if parsed is not None else (None, False)
    if isinstance(annotation, Binary):
        left = _annotated(annotation.left, env)
        return left if left[0] is not None else _annotated(annotation.right, env)
    if isinstance(annotation, Index):
        inner = annotation.index if last(env.dotted(annotation.value) or "") in ("Optional", "Annotated") else None
        return _annotated(inner, env) if inner is not None else _annotated(annotation.value, env)
    if isinstance(annotation, Const):
        return None, False
    dotted = env.dotted(annotation)
    if dotted is None:
        return None, False
    kind = server_class(dotted, env.file)
    if kind is None and isinstance(annotation, Name):
        known = env.meant(annotation)
        if known is not None and known.cls is not None:
            kind = class_kind(_frame(known), known.env)
    if kind is not None:
        return kind, True
    if last(dotted) in ("Any", "object"):
        return None, False
    name = last(dotted)
    if root(dotted) in STRANGERS or not_a_server(name):
        return None, True
    return (("unknown" if foreign(dotted) else env.file.family, "high"), True) if "MCP" in name else (None, False)


def _attribute(expr: Attr, env: Env, depth: int) -> Ref | None:
    if expr.name == "local_provider":  # of fastmcp 3: where what is added to a server itself goes
        return server(expr.value, env, depth + 1)
    if expr.name in ("_mcp_server", "_server", "server") and not env.is_self(expr.value):
        below = server(expr.value, env, depth + 1)  # the low-level server inside a high-level one
        if below is not None:
            return below
    if env.is_self(expr.value):
        around = env.cls()
        assert around is not None
        key = ("self", *around.env.path, around.label, expr.name)
        known = env.own(expr.name)
        if known is None:
            return _given(expr.name, env) if looks_like_server(expr.name, env.file) else None
        if known.value is None:
            return _parameter(known, expr.name, env) if known.param is not None else None
        found = _assigned(known, key, expr.name, env, depth)
        return found
    origin = env.dotted(expr)
    if origin is not None and looks_like_server(expr.name, env.file, origin):
        return _given(expr.name, env)
    if origin is None and looks_like_server(expr.name, env.file):
        return _given(expr.name, env)
    return None


def _called(expr: Call, env: Env, depth: int) -> Ref | None:
    kind = construction(expr, env)
    if kind is not None:
        local = local_class(expr, env)
        if local is not None:
            return Ref(("class", *local.env.path, local.label), kind[0], kind[1], True, local.label, True)
        return Ref(("made", env.unit, expr.start), kind[0], kind[1], True, "", _of_its_own(expr, env))
    known = function_of(expr.callee, env, depth + 1)
    if known is not None and known.function is not None:
        if known.wrapped:
            return None
        return returned_server(known.function, known.env, depth + 1)
    name = last_name(expr.callee)
    origin = env.dotted(expr.callee)
    if known is not None and known.imported is None:
        return None
    if "mcp" in name.lower() and origin is not None and looks_like_server(name, env.file, origin):
        return _made_abroad(name, expr, origin, env, env)
    return None


def returned_server(function: Function, env: Env, depth: int) -> Ref | None:
    """The server that a factory of this file returns."""
    inner = env.within(function, function.unit)
    found = None
    for statement, unit in inside(function.body, function.unit):
        if isinstance(statement, Return) and statement.value is not None:
            value = statement.value
            here = inner.at(unit)
            found = server(value, here, depth + 1) or found
    return found


def _given(name: str, env: Env) -> Ref:
    return Ref(("given", name), env.file.family, "high", False, name)


def _made_abroad(name: str, call: Call, origin: str, home: Env, env: Env) -> Ref:
    """A server made by what stands in another package, ``origin``."""
    given = _given(name, env)._replace(own=_of_its_own(call, home))
    return given._replace(family="unknown") if foreign(origin.replace("()", "")) else given


def own_method(receiver: Expr, env: Env) -> bool:
    """Whether a method of this is that of a server, not of what else an SDK has that takes tools: extensions, apps, a
    server's provider of its own parts."""
    if isinstance(receiver, Attr) and receiver.name == "local_provider":
        return False
    origin = env.dotted(receiver)
    return origin is None or not origin.endswith("()") or own_class(origin[:-2])


# ---------------------------------------------------------------- classes of servers


def construction(call: Call, env: Env) -> tuple[str, str] | None:
    """Family and api of the server that a call makes."""
    callee = call.callee.value if isinstance(call.callee, Index) else call.callee  # MCPServer[State]()
    dotted = env.dotted(callee)
    if dotted is None:
        return None
    kind = server_class(dotted, env.file)
    if kind is not None:
        return kind
    if last(dotted) in _MADE_OF and root(dotted) in ("mcp", "fastmcp"):
        of = server_class(dotted.rpartition(".")[0], env.file)
        return of if of is not None or last(dotted) != "create_proxy" else ("fastmcp", "high")
    known = env.meant(callee)
    return None if known is None or known.cls is None else class_kind(_frame(known), known.env)


_MADE_OF = frozenset(("from_openapi", "from_fastapi", "as_proxy", "from_client", "create_proxy"))


def local_class(call: Call, env: Env) -> Frame | None:
    """The class of this file that a call makes an instance of, where it is a server."""
    if not isinstance(call.callee, Name):
        return None
    known = env.find(call.callee.id)
    if known is None or known.cls is None:
        return None
    frame = _frame(known)
    return frame if class_kind(frame, known.env) is not None else None


def _frame(known: Known) -> Frame:
    return Frame(known.env, known.unit, None, known.cls)


def class_kind(frame: Frame, env: Env, depth: int = 0) -> tuple[str, str] | None:
    """Family and api of a class of this file that derives from a server."""
    cls: Class | None = frame.cls
    for written in cls.bases if cls is not None and depth < DEEP else ():
        base = written.value if isinstance(written, Index) else written  # Server[Lifespan]
        dotted = frame.env.dotted(base)
        kind = server_class(dotted, env.file) if dotted is not None else None
        if kind is not None:
            return kind
        known = frame.env.meant(base)
        if known is not None and known.cls is not None and known.cls is not cls:
            kind = class_kind(_frame(known), known.env, depth + 1)
            if kind is not None:
                return kind
    return None
