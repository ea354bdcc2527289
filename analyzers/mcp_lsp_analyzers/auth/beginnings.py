"""Origins that are taken for known ones because of a part of them."""

from __future__ import annotations

from collections.abc import Iterator

from .. import inside
from ..code import (
    Assign,
    Attr,
    Call,
    Compare,
    Comprehension,
    Const,
    Dict,
    Expr,
    Function,
    Items,
    Lambda,
    Name,
    Pair,
    Raise,
    Regex,
    Str,
)
from ..identifier import words
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, body, holds, sites
from .values import from_request, name_of, origins


@rule(
    "MCP446",
    severity=Severity.WARNING,
    references=("CWE-346", "CWE-187", "MCP07:2025", "SAFE-T1005", "CoSAI MCP-T7"),
    words=("origin", "host"),
    bad="""
    from starlette.requests import Request
    from starlette.responses import PlainTextResponse

    from .server import mcp

    KNOWN = ("http://localhost", "https://notes.example")


    async def only_known(request: Request, call_next):
        origin = request.headers.get("origin")
        if origin and not origin.startswith(KNOWN):
            #             ^^^^^^^^^^^^^^^^^^^^^^^^ `http://localhost.evil.example` begins with `http://localhost` too
            return PlainTextResponse("not from there", 403)
        return await call_next(request)
    """,
    good="""
    from urllib.parse import urlsplit

    from starlette.requests import Request
    from starlette.responses import PlainTextResponse

    from .server import mcp

    KNOWN = ("localhost", "notes.example")


    async def only_known(request: Request, call_next):
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).hostname not in KNOWN:
            return PlainTextResponse("not from there", 403)
        return await call_next(request)
    """,
    typescript=Example(
        bad="""
        const known = ["http://localhost", "https://notes.example"];

        export function onlyKnown(req, res, next) {
          const origin = req.headers.origin;
          if (origin && !known.some((one) => origin.startsWith(one))) {
            //                               ^^^^^^^^^^^^^^^^^^^^^^ `http://localhost.evil.example` begins with …
            res.status(403).end();
            return;
          }
          next();
        }
        """,
        good="""
        const known = ["http://localhost:6274", "https://notes.example"];

        export function onlyKnown(req, res, next) {
          const origin = req.headers.origin;
          if (origin && !known.includes(origin)) {
            res.status(403).end();
            return;
          }
          next();
        }
        """,
    ),
)
def origin_known_by_a_part(passage: Passage) -> Iterator[Finding]:
    """A part of a page's origin decides whether the page is taken for a known one.

    Anybody can have a name that begins with `localhost.`, one that ends with the name of your own site, or one with a
    known word in it. A page there then reaches the server as if it were yours.

    Compare the whole origin with those you know, or take it apart (`new URL(origin).hostname`, `urlsplit`) and compare
    the host.
    """
    if not passage.about.mcp:
        return
    for site in passage.of(Call, Compare):
        node = site.node
        for text, how in _parts_looked_at(passage, site):
            assert isinstance(node, (Call, Compare))
            yield Finding(passage.at(site.unit, node), _SAID[how].format(_another(text, how), text), detail=how)
            break


_SAID = {
    "begins": "`{}` begins with `{}` too",
    "ends": "`{}` ends with `{}` too",
    "holds": "`{}` has `{}` in it too",
    "matches": "`{}` matches this too",
    "null": "pages in a sandboxed frame, of whoever, have the origin `null` too",
    "each": "whatever follows a known origin here: `{}` begins with one too",
}


def _another(known: str, how: str) -> str:
    """An origin that is somebody else's and looks like a known one."""
    if how == "ends":
        return f"https://evil-{known.removeprefix('https://')}"
    if how == "each":
        return "http://localhost.evil.example"
    if how == "begins":
        return f"{known.rstrip('.')}.evil.example"
    return f"http://{known}.evil.example" if how == "holds" else "http://localhost.evil.example"


_WAYS = {"startsWith": "begins", "startswith": "begins", "endsWith": "ends", "endswith": "ends", "includes": "holds"}


def _parts_looked_at(passage: Passage, site: Site) -> Iterator[tuple[str, str]]:
    """Texts that leave open what stands around them, and how an origin is compared with each."""
    node = site.node
    if isinstance(node, Compare):
        if node.op in ("in", "not in") and isinstance(node.left, Str) and _is_origin(node.right, site, passage):
            if _HOSTS.search(node.left.value):
                yield node.left.value, "holds"
        elif node.op == "==" and isinstance(node.right, Str) and node.right.value == "null":
            if _is_origin(node.left, site, passage) and _decides(node, site, passage):
                yield "", "null"
        return
    assert isinstance(node, Call)
    if passage.word(node.callee) == "cors":
        yield from _of_options(node)
        return
    callee, given = node.callee, node.positional(0)
    if not isinstance(callee, Attr) or given is None:
        return
    if callee.name in ("test", "match", "search") and isinstance(node.args[-1].value, (Name, Attr)):
        expression = callee.value if callee.name == "test" else given
        if _is_origin(node.args[-1].value, site, passage) and _open_ended(expression):
            yield "", "matches"
        return
    how = _WAYS.get(callee.name, "")
    if how and _is_origin(callee.value, site, passage):
        known = [*_texts(given, site, passage, 0)]
        for text in known:
            if _leaves_open(text, how):
                yield text, how
        if not known and how == "begins" and _one_of_many(given, site):
            yield "", "each"


def _of_options(call: Call) -> Iterator[tuple[str, str]]:
    """``cors({ origin: /localhost/ })``: the library tries the expression on the origin."""
    options = call.positional(0)
    allowed = options.get("origin") if isinstance(options, Dict) else None
    for one in allowed.items if isinstance(allowed, Items) else (allowed,):
        if isinstance(one, Regex) and _open_ended(one):
            yield "", "matches"


def _one_of_many(given: Expr, site: Site) -> bool:
    """Whether it is each of some that are configured: ``for known in self.allowed: … origin.startswith(known)``."""
    if not isinstance(given, Name):
        return False
    found = inside.meaning(given.id, site.function)
    if found:
        return all(one.kind == "item" or _gone_through(one, site) for one in found)
    return _one_of(given.id, site) is not None


def _gone_through(one: inside.Local, site: Site) -> bool:
    return one.kind == "parameter" and one.function is not None and _tried(one.function, site) is not None


def _decides(node: Compare, site: Site, passage: Passage) -> bool:
    """Whether what is compared is kept as whether somebody may: ``const allowed = … || origin === "null"``."""
    for other in passage.of(Assign):
        kept = other.node
        if isinstance(kept, Assign) and kept.value is not None and holds(other, site.unit, node.start, node.end):
            return not _LETS.isdisjoint(words(name_of(kept.target))) and not isinstance(kept.value, Compare)
    return False


_LETS = frozenset(("allowed", "allow", "valid", "ok", "trusted", "permitted", "known", "accepted"))
_HOSTS = pattern(r"^(?:https?://)?(?:localhost|127\.0\.0\.1|[\w-]+(?:\.[\w-]+)+)$")


def _leaves_open(text: str, how: str) -> bool:
    if _HOSTS.search(text.lower()) is None:
        return False
    if how == "ends":
        return "://" not in text
    return how == "holds" or "://" in text or text in ("localhost", "127.0.0.1")


def _open_ended(expression: Expr | None) -> bool:
    """Whether an expression about this computer's names says nothing of what follows them."""
    source = expression.pattern if isinstance(expression, Regex) else ""
    if isinstance(expression, Str):
        source = expression.value
    return _NAMES.search(source) is not None and "$" not in source and not source.endswith((":", "/", "\\Z"))


_NAMES = pattern(r"localhost|127\\\.0\\\.0\\\.1")


def _is_origin(value: Expr, site: Site, passage: Passage) -> bool:
    """Whether a value is what a request says its origin is, or what a function that judges origins is given."""
    said = words(name_of(value))[-1:]
    if said == ("origin",) and from_request(value, site.function):
        return True
    if not isinstance(value, Name) or said not in (("origin",), ("host",), ("hostname",)):
        return False
    of = inside.meaning(value.id, site.function)
    if len(of) != 1:
        return False
    if of[0].kind != "parameter":
        return any(name_of(one).lower() == "host" and from_request(one, site.function) for one in _refused(value, site))
    return said == ("origin",) and not _JUDGES.isdisjoint(words(_name(of[0].function, passage)))


_JUDGES = frozenset(("origin", "origins", "cors"))


def _name(function: Function | None, passage: Passage) -> str:
    """What a function is called, or what it is kept as."""
    if function is None or function.name:
        return "" if function is None else function.name
    for site in passage.of(Assign, Pair):
        node = site.node
        assert isinstance(node, (Assign, Pair))
        if isinstance(node.value, Lambda) and node.value.function is function:
            kept = node.target if isinstance(node, Assign) else node.key
            return kept.value if isinstance(kept, Str) else name_of(kept)
    return ""


def _refused(value: Expr, site: Site) -> Iterator[Expr]:
    """What a value is made of, in a function that refuses somebody."""
    function = site.function
    if function is not None and any(
        isinstance(inner.node, Raise) or (isinstance(inner.node, Const) and inner.node.value in (401, 403))
        for inner in body(function)
    ):
        yield from origins(value, function)


def _texts(value: Expr | None, site: Site, passage: Passage, depth: int) -> Iterator[str]:
    """What a value may be, where that is written out in the file: one text, or each of some."""
    if value is None or depth > 4:
        return
    if isinstance(value, Str):
        yield value.value
    elif isinstance(value, Items):
        for item in value.items:
            yield from _texts(item, site, passage, depth + 1)
    elif isinstance(value, Attr) and isinstance(value.value, Name) and value.value.id == "self":
        cls = inside.class_around(site.function)
        for one in inside.members(cls).get(value.name, ()) if cls is not None else ():
            if one.kind == "value":
                yield from _texts(one.node, site._replace(function=one.function), passage, depth + 1)  # type: ignore[arg-type]
    elif isinstance(value, Name):
        found = inside.meaning(value.id, site.function)
        for one in found:
            if one.kind in ("value", "item"):
                yield from _texts(one.node, site._replace(function=one.function), passage, depth + 1)  # type: ignore[arg-type]
            elif one.kind == "parameter" and one.function is not None:
                yield from _texts(_tried(one.function, site), site, passage, depth + 1)
        if not found:
            bound = passage.declared(value.id)
            among = _one_of(value.id, site) if bound is None else bound.value
            yield from _texts(among, site, passage, depth + 1)


def _tried(function: Function, site: Site) -> Expr | None:
    """The list whose items a function is given: ``known.some((one) => …)``."""
    around = function.parent.body if function.parent is not None else site.unit.statements
    unit = function.parent.unit if function.parent is not None else site.unit
    for other in sites(around, unit, function.parent, kinds=(Call,)):
        call = other.node
        if isinstance(call, Call) and isinstance(call.callee, Attr) and call.callee.name in ("some", "find", "any"):
            if any(isinstance(arg.value, Lambda) and arg.value.function is function for arg in call.args):
                return call.callee.value
    return None


def _one_of(name: str, site: Site) -> Expr | None:
    """What a comprehension goes through under this name."""
    function = site.function
    if function is None:
        return None
    for other in sites(function.body, function.unit, function, kinds=(Comprehension,)):
        assert isinstance(other.node, Comprehension)
        for target, iterable, _ in other.node.clauses:
            if name_of(target) == name:
                return iterable
    return None
