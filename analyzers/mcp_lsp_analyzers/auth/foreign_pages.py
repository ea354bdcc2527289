"""Which pages a browser lets read what a service answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .. import inside
from ..code import (
    Assign,
    Attr,
    Call,
    Choice,
    Comprehension,
    Const,
    Dict,
    Expr,
    If,
    Index,
    Items,
    Logic,
    Name,
    Pair,
    Param,
    Str,
)
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..walk import Nodes, Site, body
from .values import from_request, mentions, name_of, origins


@rule(
    "MCP436",
    severity=Severity.INFORMATION,
    references=("CWE-942", "CWE-346", "MCP07:2025", "SAFE-T1005"),
    words=(
        "access-control-allow-origin",
        "cors(",
        "cors_1",
        "corsmiddleware",
        "register(cors",
        "register(fastifycors",
        "cors.setup(",
        "cors_origin",
        "corsorigin",
        "cors_allow",
        "corsallow",
    ),
    bad="""
    from mcp.server.fastmcp import FastMCP
    from starlette.middleware.cors import CORSMiddleware

    mcp = FastMCP("notes")
    app = mcp.streamable_http_app()
    app.add_middleware(CORSMiddleware, allow_origins=["*"])
    #                                                ^^^^^ pages of any origin may read what is answered here
    """,
    good="""
    from mcp.server.fastmcp import FastMCP
    from starlette.middleware.cors import CORSMiddleware

    mcp = FastMCP("notes")
    app = mcp.streamable_http_app()
    app.add_middleware(CORSMiddleware, allow_origins=["http://localhost:6274"])
    """,
    typescript=Example(
        bad="""
        import cors from "cors";
        import express from "express";

        const app = express();
        app.use(cors());
        //      ^^^^ pages of any origin may read what is answered here

        app.get("/notes", (req, res) => {
          res.setHeader("Access-Control-Allow-Origin", "*");
          //                                           ^^^ pages of any origin may read what is answered here
          res.json([]);
        });
        """,
        good="""
        import cors from "cors";
        import express from "express";

        const app = express();
        app.use(cors({ origin: ["http://localhost:6274"] }));

        app.get("/notes", (req, res) => {
          res.setHeader("Access-Control-Allow-Origin", "http://localhost:6274");
          res.json([]);
        });
        """,
    ),
)
def answers_for_any_origin(passage: Passage) -> Iterator[Finding]:
    """Browsers are told that pages of any origin may read the answers.

    A browser keeps what a server on this computer or in its network answers from foreign pages, unless the server says
    otherwise. `Access-Control-Allow-Origin: *`, which is what `cors()` sends where nobody names origins, says so: any
    page that is opened beside it can list the tools, call them and read what they answer. A token keeps it out only
    where one is asked for. Where the origin that asks is repeated and credentials are allowed, a foreign page even
    comes with the user's own, which is a warning.

    Name the origins that have a reason to ask; a client that is no browser needs none of it.
    """
    if not passage.about.mcp:
        return
    said = Nodes()
    for site in passage.of(Call, Pair, Assign):
        at = _opened(passage, site) or _set_up(passage, site)
        around = site.function or site.unit
        if at is not None and around not in said:
            said.add(around)
            if _sent_along(site.node) or (_repeated(at, site) and _with_credentials(passage, site)):
                message = "pages of any origin may call this server with credentials"
                yield Finding(passage.at(site.unit, at), message, detail="credentials", severity=Severity.WARNING)
                continue
            message = "pages of any origin may read what is answered here"
            yield Finding(passage.at(site.unit, at), message, detail="any-origin")


_ALLOWING = frozenset(("fastapi.middleware.cors", "starlette.middleware.cors", "flask_cors", "aiohttp_cors", "cors",
                       "hono/cors", "@koa/cors", "@fastify/cors"))  # fmt: skip


def _set_up(passage: Passage, site: Site) -> Expr | None:
    """What a setting about CORS stands for where nothing is set: ``CORS_ORIGINS = os.getenv("CORS_ORIGINS", "*")``.
    Where browsers are told beside it, that is reported there."""
    node = site.node
    if not isinstance(node, (Assign, Pair)) or not _ALLOWING.isdisjoint(passage.about.imports):
        return None
    if "access-control-allow-origin" in passage.words:
        return None
    name, value = (name_of(node.target), node.value) if isinstance(node, Assign) else (name_of(node.key), node.value)
    if isinstance(node, Pair) and isinstance(node.key, Str):
        name = node.key.value
    found = words(name)
    if "cors" not in found or found[-1] not in ("origin", "origins") or value is None:
        return None
    if isinstance(value, Call) and name_of(value.callee) == "Field":
        value = value.keyword("default") or value.positional(0)
    return value if value is not None and _any(value, site, passage) else None


def _sent_along(node: object) -> bool:
    """Whether the library is told to let browsers send cookies and saved authorisation along."""
    given = node.keyword("allow_credentials") if isinstance(node, Call) else None
    return isinstance(given, Const) and given.value is True


def _with_credentials(passage: Passage, beside: Site) -> bool:
    """Whether the same function lets browsers send cookies and saved authorisation along."""
    for site in passage.of(Call, Pair, Assign):
        header, value = _set(site.node)
        if site.function is beside.function and _is_header(header, "access-control-allow-credentials"):
            return isinstance(value, (Str, Const)) and value.value in ("true", True)
    return False


def _set(node: object) -> tuple[Expr | None, Expr | None]:
    """The name and the value of a header that is set, however that is written."""
    if isinstance(node, Pair):
        return node.key, node.value
    if isinstance(node, Assign):
        return (node.target.index if isinstance(node.target, Index) else None), node.value
    assert isinstance(node, Call)
    return (node.positional(0), node.positional(1)) if len(node.args) == 2 else (None, None)


_LIBRARIES = frozenset(("cors", "cors.default", "hono/cors.cors", "@koa/cors", "@koa/cors.default"))


def _opened(passage: Passage, site: Site) -> Expr | None:
    """What says that pages of any origin may read."""
    node = site.node
    header, value = _set(node)
    if _is_header(header):
        return value if value is not None and _any(value, site, passage) else None
    if not isinstance(node, Call):
        return None
    if passage.about.language == "python":
        if passage.word(node.callee) in ("CORS", "setup"):
            return _for_all_routes(node, passage.target(node, site.function), site, passage)
        value = node.keyword("allow_origins")
        if value is None:
            return None
        if node.keyword("allow_credentials") is not None:
            # What is written there is for a rule of its own; without credentials, somebody has thought of who may read.
            written = any(isinstance(one, (Items, Str, Logic)) for one in origins(value, site.function))
            return value if _sent_along(node) and not written and _configured(value, site, passage) else None
        return value if _any(value, site, passage) else None
    if name_of(node.callee) == "register" and "@fastify/cors" in passage.about.imports:
        if "cors" not in words(name_of(node.positional(0))):
            return None
        options = node.positional(1)
        allowed = options.get("origin") if isinstance(options, Dict) else None
        return allowed if allowed is not None and _any(allowed, site, passage) else None
    if passage.word(node.callee) not in ("cors", "default") or passage.target(node, site.function) not in _LIBRARIES:
        return None
    options = node.positional(0)
    if options is None:
        return node.callee
    if not isinstance(options, Dict) or any(pair.key is None for pair in options.pairs):
        return None
    origin = options.get("origin")
    if options.get("credentials") is not None:
        return None  # as above
    return node.callee if origin is None else origin if _any(origin, site, passage) else None


def _for_all_routes(call: Call, target: str, site: Site, passage: Passage) -> Expr | None:
    """What says so in the libraries for Flask, where it is so unless origins are named, and for aiohttp."""
    if target == "flask_cors.CORS":
        named = call.keyword("origins")
        if named is None and call.keyword("resources") is None and not any(arg.spread for arg in call.args):
            return call.callee
        return named if named is not None and _any(named, site, passage) else None
    if target == "aiohttp_cors.setup":
        given = call.keyword("defaults")
        for pair in given.pairs if isinstance(given, Dict) else ():
            if isinstance(pair.key, Str) and pair.key.value == "*":
                return pair.key
    return None


def _is_header(key: Expr | None, name: str = "access-control-allow-origin") -> bool:
    return isinstance(key, Str) and key.value.lower() == name


def _any(value: Expr, site: Site, passage: Passage) -> bool:
    """Whether it is any origin: always, where nothing else is configured, or the one that asks, whoever that is."""
    if isinstance(value, Items):
        return any(_any(item, site, passage) for item in value.items)
    if isinstance(value, Logic):
        return value.op in ("or", "??") and (_any(value.left, site, passage) or _any(value.right, site, passage))
    if isinstance(value, Str):
        return value.value == "*"
    if isinstance(value, Const):
        return value.value is True
    return _configured(value, site, passage) or _repeated(value, site)


def _configured(value: Expr, site: Site, passage: Passage, depth: int = 0) -> bool:
    """Whether a setting means any origin unless something else is said: ``process.env.ORIGIN || "*"``,
    ``os.getenv("ORIGINS", "*").split(",")``, ``origins or ["*"]``, or a variable or field that is that."""
    if depth > 6:
        return False

    def so(inner: Expr | None, where: Site = site) -> bool:
        return inner is not None and _configured(inner, where, passage, depth + 1)

    if isinstance(value, Str):
        return value.value == "*"
    if isinstance(value, Items):
        return any(map(so, value.items))
    if isinstance(value, Name):
        local = inside.meaning(value.id, site.function)
        if not local:
            bound = passage.declared(value.id)
            return bound is not None and not isinstance(bound.value, Name) and so(bound.value)
        return any(_kept(one, site, so) for one in local)
    if isinstance(value, Attr) and isinstance(value.value, Name) and value.value.id == "self":
        cls = inside.class_around(site.function)
        fields = inside.members(cls).get(value.name, ()) if cls is not None else ()
        return any(_kept(one, site, so) for one in fields)
    if isinstance(value, Logic):
        return value.op in ("or", "??") and so(value.right)
    if isinstance(value, Choice):
        return so(value.then) or so(value.otherwise)
    if isinstance(value, Call) and isinstance(value.callee, Attr) and value.callee.name in ("split", "strip"):
        return so(value.callee.value)
    if isinstance(value, Call) and name_of(value.callee) in ("getenv", "get"):
        return so(value.positional(1))
    return isinstance(value, Comprehension) and len(value.clauses) == 1 and so(value.clauses[0][1])


def _kept(one: inside.Local, site: Site, so: Callable[[Expr | None, Site], bool]) -> bool:
    """Whether what a name or a field is set to means that; of a parameter, what it is where it is left out."""
    if one.kind == "parameter":
        return isinstance(one.node, Param) and so(one.node.default, site)
    return one.kind == "value" and not one.path and so(one.node, site._replace(function=one.function))  # type: ignore[arg-type]


def _repeated(value: Expr, site: Site) -> bool:
    """Whether it is what the request says its origin is, and nothing in the function looks at that."""
    function = site.function
    if function is None:
        return False
    if isinstance(value, Logic):
        return _repeated(value.left, site)
    if not any(name_of(one).lower() == "origin" and from_request(one, function) for one in origins(value, function)):
        return False
    names = {name_of(value)}
    for other in body(function):
        node = other.node
        if isinstance(node, Assign) and isinstance(node.target, Name) and from_request(node.value, function):
            if name_of(node.value).lower() == "origin":
                names.add(node.target.id)
    for other in body(function):
        node = other.node
        if isinstance(node, (If, Choice)) and not isinstance(node.test, Name) and mentions(node.test, names, other):
            return False
        if isinstance(node, Call) and not _is_header(node.positional(0)):
            if mentions(node.args, names, other):
                return False
    return True
