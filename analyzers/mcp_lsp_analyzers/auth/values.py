"""What a value of a service is made of, and what its name says: shared by the rules of this room."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .. import inside
from ..code import (
    Assign,
    Attr,
    Await,
    Call,
    Choice,
    Compare,
    Const,
    Expr,
    Function,
    If,
    Index,
    Logic,
    Name,
    Not,
    Pair,
    Param,
    Spread,
    Str,
)
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..routes import path_of
from ..walk import Site, body, holds, sites
from .called import CARRIERS


def name_of(expr: object) -> str:
    """The last name in an expression: of a variable, an attribute, a key that is written out."""
    if isinstance(expr, (Await, Spread)):
        return name_of(expr.value)
    if isinstance(expr, Name):
        return expr.id
    if isinstance(expr, Attr):
        return expr.name
    if isinstance(expr, Index) and isinstance(expr.index, Str):
        return expr.index.value
    if isinstance(expr, Call):
        # headers.get("authorization"), os.getenv("TOKEN")
        first = expr.positional(0)
        if isinstance(first, Str) and name_of(expr.callee) in ("get", "getenv", "header", "getHeader", "get_header"):
            return first.value
    return ""


_SECRETS = frozenset(
    ("token", "secret", "password", "passwd", "apikey", "credential", "credentials", "jwt", "authorization", "bearer")
)
_PAIRS = frozenset((("api", "key"), ("access", "key"), ("private", "key"), ("secret", "key"), ("auth", "key")))
_OTHERS = frozenset(
    ("next", "page", "pagination", "continuation", "sync", "cursor", "start", "eos", "bos", "pad", "max", "min",
     "cancellation", "cancel", "progress", "abort", "per", "rollback", "undo", "resume", "checkpoint")
)  # fmt: skip


_ASKS = frozenset(("has", "is", "needs", "requires", "should", "can", "missing"))
"""Names that begin so say whether there is one."""


def is_secret(name: str) -> bool:
    """Whether a thing of this name is a secret by which somebody is let in."""
    found = words(name)
    if not found or not _OTHERS.isdisjoint(found) or found[0] in _ASKS:
        return False
    return found[-1] in _SECRETS or found[-2:] in _PAIRS


_FILES = frozenset(
    ("Path", "open", "isfile", "expanduser", "realpath", "readFile", "readFileSync", "existsSync", "accessSync")
)

_READ_OF = frozenset((verb, what) for verb in ("load", "read") for what in ("bytes", "file", "text", "pem"))


def names_a_file(name: str, function: Function | None) -> bool:
    """Whether a thing that is called a secret is where one is kept: ``Path(private_key).is_file()``,
    ``load_bytes(private_key)``."""
    return function is not None and any(
        isinstance(site.node, Call)
        and name_of(site.node.positional(0)) == name
        and (name_of(site.node.callee) in _FILES or words(name_of(site.node.callee)) in _READ_OF)
        for site in body(function, Call)
    )


def origins(expr: Expr | None, function: Function | None) -> Iterator[Expr]:
    """What an expression may be, each once, with the variables of the functions around it replaced by what they are
    set to."""
    return _origins(expr, function, set(), 0)


def _origins(expr: Expr | None, function: Function | None, seen: set[Expr], depth: int) -> Iterator[Expr]:
    if expr is None or depth > 6 or expr in seen:
        return
    seen.add(expr)
    if isinstance(expr, (Await, Spread)):
        yield from _origins(expr.value, function, seen, depth)
    elif isinstance(expr, Logic):
        yield from _origins(expr.left, function, seen, depth)
        yield from _origins(expr.right, function, seen, depth)
    elif isinstance(expr, Choice):
        yield from _origins(expr.then, function, seen, depth)
        yield from _origins(expr.otherwise, function, seen, depth)
    elif isinstance(expr, Name):
        found = inside.meaning(expr.id, function)
        values = [one for one in found if one.kind == "value" and one.node is not expr]
        for one in values:
            yield from _origins(one.node, one.function, seen, depth + 1)  # type: ignore[arg-type]
        if not found or len(values) < len(found):
            yield expr
    else:
        yield expr


def parts(expr: Expr | None, function: Function | None) -> Iterator[Expr]:
    """Every expression inside of what a value is made of, variables replaced once."""
    for origin in origins(expr, function):
        for site in sites(origin, function.unit if function else None, functions=False):  # type: ignore[arg-type]
            yield site.node  # type: ignore[misc]


def operands(test: Expr) -> Iterator[Expr]:
    """The conditions that are put together with ``and``, ``or`` and the like, to whatever depth."""
    if isinstance(test, Logic):
        yield from operands(test.left)
        yield from operands(test.right)
    else:
        yield test


def is_constant(value: Expr | None, constant: object) -> bool:
    return isinstance(value, Const) and value.value is constant


def is_nothing(value: Expr | None) -> bool:
    """``None``, ``null``, ``undefined``, or nothing written."""
    return value is None or is_constant(value, None) or (isinstance(value, Name) and value.id == "undefined")


def missing(test: Expr) -> Expr | None:
    """What a test finds not to be there: ``claims.aud === undefined``, ``not claims.get("aud")``, ``state is None``."""
    if isinstance(test, Not):
        return test.value
    if isinstance(test, Compare) and test.op in ("is", "==", "==="):
        return test.left if is_nothing(test.right) else None
    return None


REQUESTS = frozenset(("req", "request", "ctx", "context", "c", "event", "scope", "flask", "conn", "connection", "info"))
_PARTS = frozenset(
    ("query", "body", "params", "headers", "cookies", "query_params", "form", "args", "json", "path_params", "header",
     "match_info", "rel_url", "values", "data", "searchParams", "get_json", "url", "rawHeaders", "formData", "post")
)  # fmt: skip
_READ = frozenset(
    ("searchParams", "query_params", "path_params", "match_info", "rawHeaders",
     "client_name", "clientName", "client_uri", "clientUri", "logo_uri", "logoUri")
)  # fmt: skip
"""Whatever they are read from; what a client of OAuth says of itself is what it registered with a request."""
_TEXT = frozenset(
    ("slice", "substring", "substr", "trim", "trimStart", "trimEnd", "toLowerCase", "split", "replace", "strip",
     "lstrip", "rstrip", "lower", "removeprefix", "partition", "decode", "toString")
)  # fmt: skip
"""Methods of a text that give what is in it: ``header.slice(7)`` of a header is what the caller sent."""


def from_request(expr: Expr | None, function: Function | None, depth: int = 0) -> bool:
    """Whether a value comes from the HTTP request that is being answered."""
    return depth < 4 and any(_requested(part, function, depth) for part in parts(expr, function))


def _requested(expr: object, function: Function | None, depth: int) -> bool:
    if not isinstance(expr, Attr):
        return False
    if expr.name in _READ:
        return True
    base = expr.value
    if expr.name in _TEXT:
        return from_request(base, function, depth + 1)
    if expr.name not in _PARTS:
        # ``const query = url.parse(req.url, true).query``, then ``query.error``.
        return isinstance(base, Name) and any(
            isinstance(origin, Attr) and origin.name in _PARTS and from_request(origin, function, depth + 1)
            for origin in origins(base, function)
        )
    while isinstance(base, (Attr, Call)):
        if isinstance(base, Attr) and base.name in REQUESTS:
            return True
        if isinstance(base, Call) and any(from_request(arg.value, function, depth + 1) for arg in base.args):
            return True
        base = base.value if isinstance(base, Attr) else base.callee
    if not isinstance(base, Name):
        return False
    if base.id in REQUESTS:
        return True
    return any(origin is not base and from_request(origin, function, depth + 1) for origin in origins(base, function))


def brought(value: Expr | None, function: Function | None) -> bool:
    """Whether it is the credential that a request came with."""
    if value is None or not from_request(value, function):
        return False
    return any(
        is_secret(name) or name.lower() in CARRIERS
        for part in parts(value, function)
        for inner in parts(part, function)
        if (name := name_of(inner))
    ) and words(name_of(value))[-1:] != ("url",)


def secret_in_query(request: Expr, function: Function | None, passage: Passage) -> str:
    """A credential that is read of the query of a request, in the function around or one that is given the request;
    "" where none is."""
    if not isinstance(request, Name) or function is None:
        return ""
    texts = [function.text]
    for site in body(function, Call):
        assert isinstance(site.node, Call)
        if any(isinstance(arg.value, Name) and arg.value.id == request.id for arg in site.node.args):
            bound = passage.declared(site.node.callee.id) if isinstance(site.node.callee, Name) else None
            if bound is not None and bound.function is not None:
                texts.append(bound.unit.key)
    asked = (found[1] or found[2] for text in texts for found in _ASKED_OF_QUERY.finditer(text))
    return next((name for name in asked if is_secret(name)), "")


_ASKED_OF_QUERY = pattern(
    r"\b(?:searchParams|params|query|query_params|args)\??\.?(?:(?:get)?[(\[]\s*[\"']([\w-]+)[\"']|(\w+))"
)


def mentions(part: object, names: Collection[str], at: Site) -> bool:
    """Whether something of one of these names stands in a part of what stands ``at`` some place."""
    return any(name_of(site.node) in names for site in sites(part, at.unit, at.function))


def parameter(name: str, function: Function | None) -> Param | None:
    """The parameter that a name is in the functions around, if it is one and never set to something else."""
    found = inside.meaning(name, function)
    return found[0].node if len(found) == 1 and isinstance(found[0].node, Param) else None


def is_parameter(value: Expr, function: Function | None) -> bool:
    return isinstance(value, Name) and parameter(value.id, function) is not None


def given_by_route(name: Name, function: Function | None) -> bool:
    """Whether it is what a function asks of the request as its parameter: ``@app.get("/done")``."""
    routed = function is not None and any(path_of(decorator) is not None for decorator in function.decorators)
    return routed and is_parameter(name, function)


def conditional(passage: Passage, site: Site) -> bool:
    """Whether a node only counts under a condition: the author left it to who runs the server."""
    start, end = site.node.start, site.node.end  # type: ignore[attr-defined]
    for other in passage.of(If):
        node = other.node
        assert isinstance(node, If)
        if not isinstance(node.test, Const) and other.function is site.function and holds(other, site.unit, start, end):
            return True
    return any(
        (isinstance(chosen, Choice) or (isinstance(chosen, Logic) and chosen.op == "and"))
        and chosen.start <= start
        and end <= chosen.end
        for other in passage.of(Assign, Call, Pair)
        if other.unit is site.unit
        for chosen in _choices(other.node)
    )


def _choices(node: object) -> list[Expr | None]:
    """Where in a statement or expression a choice may stand: ``insecure ? {…} : {}``, ``...(insecure && {…})``."""
    if isinstance(node, Call):
        return [arg.value for arg in node.args]
    return [node.value] if isinstance(node, (Assign, Pair)) else []


def holder(passage: Passage, site: Site) -> str:
    """The name of what a node is assigned to."""
    start, end = site.node.start, site.node.end  # type: ignore[attr-defined]
    for other in passage.of(Assign):
        node = other.node
        assert isinstance(node, Assign)
        if other.unit is site.unit and node.value is not None and node.value.start <= start and end <= node.value.end:
            return name_of(node.target)
    return ""
