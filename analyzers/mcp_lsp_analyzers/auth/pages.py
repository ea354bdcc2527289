"""What a service shows in a browser: pages, and the engines that make them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import (
    Attr,
    Binary,
    Call,
    Catch,
    Compare,
    Const,
    Dict,
    Expr,
    Function,
    Items,
    Join,
    Logic,
    Name,
    Str,
    last_name,
)
from ..fix import Change, Edit, Edits, Fix, Pass
from ..passage import Passage
from ..pattern import pattern
from ..place import Anchor, Place
from ..rule import Example, Finding, Related, Severity, rule
from ..walk import Nodes, Site, body, sites
from .scripted import ends_script
from .values import REQUESTS, from_request, given_by_route, name_of, origins, parameter

# ``<body too large>`` in a line of a log is no tag: what follows the name of one is its end or ``attribute=``.
_PAGE = pattern(
    r"<(?:!doctype html|(?:html|head|body|form|title|h[1-6]|div|p|script|input|a)(?:\s*/?>|\s+[\w:@-]+\s*=|\s*$))",
    re.IGNORECASE,
)
_WHOLE = pattern(r"<!doctype html|<(?:html|body|form)(?:\s*>|\s+[\w:@-]+\s*=|\s*$)", re.IGNORECASE)
_ESCAPES = pattern(r"esc|sanitiz|encode|clean|safe|quote|number|int|float|len$|dumps|stringify|isoformat|format|date")


@rule(
    "MCP410",
    severity=Severity.WARNING,
    references=("CWE-79", "CWE-116", "MCP07:2025", "LLM05:2025", "LLM10:2026", "CoSAI MCP-T3"),
    words=(
        "<!doctype",
        "<h",
        "<body",
        "<form",
        "<title",
        "<div",
        "<p",
        "<script",
        "<input",
        "<a",
        ".send(",
        "htmlresponse(",
        ".html(",
    ),
    bad="""
    from starlette.requests import Request
    from starlette.responses import HTMLResponse


    async def callback(request: Request) -> HTMLResponse:
        error = request.query_params.get("error", "")
        return HTMLResponse(f"<html><body><h1>Login failed</h1><p>{error}</p></body></html>")
        #                                                          ^^^^^ `error` becomes part of a page …
    """,
    good="""
    import html

    from starlette.requests import Request
    from starlette.responses import HTMLResponse


    async def callback(request: Request) -> HTMLResponse:
        error = html.escape(request.query_params.get("error", ""))
        return HTMLResponse(f"<html><body><h1>Login failed</h1><p>{error}</p></body></html>")
    """,
    typescript=Example(
        bad="""
        export function consentPage(clientName: string): string {
          return `<!DOCTYPE html><html><body><h1>${clientName} wants to use your notes</h1></body></html>`;
          //                                       ^^^^^^^^^^ `clientName` becomes part of a page without being escaped
        }
        """,
        good="""
        const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

        export function consentPage(clientName: string): string {
          return `<!DOCTYPE html><html><body><h1>${escapeHtml(clientName)} wants to use your notes</h1></body></html>`;
        }
        """,
    ),
)
def html_without_escaping(passage: Passage) -> Iterator[Finding]:
    """Text that a caller chose becomes part of an HTML page as it is.

    Login and consent pages are opened in the user's browser with whatever stands in the address: an error text, the
    name under which a client registered itself. A `<script>` in it runs on the server's own origin, where it can press
    "Allow" or read the token.

    Escape every value on its way into the page (`html.escape`, a template engine with escaping on, an `escapeHtml`
    function), or answer with JSON.
    """
    seen: set[str] = set()
    within = Nodes()
    sent = set(_sent_as_page(passage))
    raw = set(_put_in_as_it_is(passage))
    for site in passage.of(Join, Binary, Call):
        node = site.node
        if site.function is None:
            continue
        holes: list[Expr]
        if isinstance(node, Join):
            if node.tag is not None and name_of(node.tag) == "html" and not _ESCAPING.isdisjoint(passage.about.imports):
                continue
            known = [part.value for part in node.parts if isinstance(part, Str)]
            holes = [part for part in node.parts if not isinstance(part, Str)]
        elif isinstance(node, Binary) and node.op == "+":
            pieces = list(_added(node))
            known = [part.value for part in pieces if isinstance(part, Str)]
            holes = [part for part in pieces if not isinstance(part, Str)]
        elif isinstance(node, Binary) and node.op == "%" and isinstance(node.left, Str):
            known, right = [node.left.value], node.right
            holes = right.items if isinstance(right, Items) else [right]
        elif isinstance(node, Call) and isinstance(node.callee, Attr) and node.callee.name in _FILLS:
            template = _text(node.callee.value, site.function, passage)
            if template is None:
                continue
            known, holes = [template], [arg.value for arg in node.args if arg.name or node.callee.name == "format"]
            if not holes and len(node.args) > 1 and isinstance(node.args[0].value, Str):
                holes = [node.args[1].value]  # ``PAGE.replace("{{error}}", error)``
        else:
            continue
        text = " ".join(known)
        if not _PAGE.search(text) and (site.unit.anchor, node.start, node.end) not in sent:
            continue
        whole = node in within or bool(_WHOLE.search(text)) or (site.unit.anchor, node.start, node.end) in raw
        if whole:
            for inner in sites(holes, site.unit, site.function, functions=False):
                within.add(inner.node)
        for hole in holes:
            name = _called(hole.left if isinstance(hole, Logic) else _as_text(hole), site.function)
            if (
                not name
                or name in seen
                or _MADE_HERE.search(name)
                or not (_unescaped(hole, site, whole) or ends_script(hole, node, site, whole and _given_text))
            ):
                continue
            seen.add(name)
            opening = passage.place(site.unit, node.start, min(node.end, node.start + 4))
            yield Finding(
                passage.at(site.unit, hole),
                f"`{name}` becomes part of a page without being escaped",
                related=(Related(opening, "the page that it becomes part of"),),
                detail=name,
            )


_ESCAPING = frozenset(
    ("hono/html", "lit", "lit-html", "uhtml", "ghtml", "html-template-tag", "@worker-tools/html", "nanohtml")
)
"""Modules whose ``html``, put in front of a template, escapes what stands in it."""
_FILLS = frozenset(("format", "replace", "replaceAll"))


def _text(value: Expr, function: Function, passage: Passage) -> str | None:
    """A text that is written out, here or under a name."""
    while isinstance(value, Call) and isinstance(value.callee, Attr) and value.callee.name in _FILLS:
        value = value.callee.value
    for origin in origins(value, function):
        declared = passage.declared(origin.id) if isinstance(origin, Name) else None
        one = declared.value if declared is not None and not declared.path else origin
        if isinstance(one, Str):
            return one.value
    return None


def _called(hole: Expr, function: Function) -> str:
    """What a value is called: ``c.req.query("error")`` is called what is asked for."""
    if isinstance(hole, Call) and last_name(hole.callee) in ("query", "param") and from_request(hole.callee, function):
        first = hole.positional(0)
        return first.value if isinstance(first, Str) else ""
    return name_of(hole)


def _sent_as_page(passage: Passage) -> Iterator[tuple[Anchor, int, int]]:
    """The texts that are sent as HTML; Express does that with every string whose type nobody says."""
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        name = passage.word(call.callee)
        if call.args and (name == "HTMLResponse" or (name == "html" and _of_request(call.callee))):
            yield site.unit.anchor, call.args[0].value.start, call.args[0].value.end
            continue
        if "express" not in passage.about.imports or not (
            isinstance(call.callee, Attr) and call.callee.name == "send" and len(call.args) == 1
        ):
            continue
        at: Expr = call.callee.value
        said: set[str] = set()
        while isinstance(at, (Attr, Call)):
            said.add(at.name if isinstance(at, Attr) else "")
            at = at.value if isinstance(at, Attr) else at.callee
        around = site.function
        text = "" if around is None else around.unit.key[around.start : around.end]
        if isinstance(at, Name) and at.id in ("res", "response") and said.isdisjoint(_TYPED):
            if "text/plain" not in text and "application/json" not in text:
                yield site.unit.anchor, call.args[0].value.start, call.args[0].value.end


def _put_in_as_it_is(passage: Passage) -> Iterator[tuple[Anchor, int, int]]:
    """What is kept from being escaped by a template that escapes: ``html`<p>${raw(`<b>${name}</b>`)}</p>` ``."""
    if not _ESCAPING.isdisjoint(passage.about.imports):
        for site in passage.of(Call):
            call = site.node
            if isinstance(call, Call) and call.args and passage.word(call.callee) in ("raw", "unsafeHTML"):
                yield site.unit.anchor, call.args[0].value.start, call.args[0].value.end


def _of_request(callee: Expr) -> bool:
    """``c.html(…)``"""
    return isinstance(callee, Attr) and isinstance(callee.value, Name) and callee.value.id in REQUESTS


_TYPED = frozenset(("type", "contentType", "set", "header", "json"))


_MADE_HERE = pattern(r"csrf|xsrf|nonce", re.IGNORECASE)
"""Values that the server itself makes, so that it recognises its own page."""


def _added(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Binary) and node.op == "+":
        yield from _added(node.left)
        yield from _added(node.right)
    elif isinstance(node, Join):
        yield from node.parts
    else:
        yield node


def _unescaped(hole: Expr, site: Site, page: bool) -> bool:
    """Whether a value that a caller chose stands there as it came: out of the request, or, in a whole page, a text
    that the function around is given."""
    function = site.function
    assert function is not None
    direct = False
    for origin in origins(hole, function):
        if page and _caught(origin, function):
            direct = True
            continue
        if isinstance(origin, Attr) and origin.name in _ENCODED_PARTS and _parsed(origin.value, function):
            return False
        if isinstance(origin, Call) and not from_request(origin.callee, function):
            if _ESCAPES.search(name_of(origin.callee).lower()) or not from_request(origin, function):
                return False
        if from_request(origin, function):
            direct = True
        elif page and isinstance(origin, Name) and _given_text(origin.id, function):
            direct = direct or not _MADE_OF_HTML.search(name_of(hole))  # a field of what the function is given
        elif isinstance(origin, Name) and given_by_route(origin, function) and _given_text(origin.id, function):
            direct = True
    return direct and not _replaced(hole, function)


def _as_text(value: Expr) -> Expr:
    """What is made a text of: ``str(error)``"""
    if isinstance(value, Call) and name_of(value.callee) in ("str", "repr", "String") and len(value.args) == 1:
        return value.args[0].value
    return value


def _caught(value: Expr, function: Function) -> bool:
    """Whether it is an exception, or its text: that often repeats what was sent. (``str(error)``, ``error.message``)"""
    value = _as_text(value)
    if isinstance(value, Attr) and value.name in ("message", "args"):
        value = value.value
    if not isinstance(value, Name):
        return False
    return any(
        isinstance(site.node, Catch) and isinstance(site.node.target, Name) and site.node.target.id == value.id
        for site in body(function)
    )


_ENCODED_PARTS = frozenset(("pathname", "origin", "host", "hostname", "port", "protocol"))
"""Parts of a parsed URL in which JavaScript percent-encodes quotes and angle brackets."""


def _parsed(value: Expr, function: Function) -> bool:
    return any(isinstance(o, Call) and o.new and name_of(o.callee) == "URL" for o in origins(value, function))


_HARMLESS = pattern(r"\b(?:int|float|bool|number|boolean|datetime|date|Path|Html|HTML|Markup|SafeString)\b")


def _given_text(name: str, function: Function) -> bool:
    param = parameter(name, function)
    if param is None or name in ("self", "cls") or _MADE_OF_HTML.search(name):
        return False
    note = param.annotation
    if note is None:
        return not isinstance(param.default, Const) or param.default.value is None
    text = function.unit.key[note.start : note.end] if note.end <= len(function.unit.key) else ""
    return not _HARMLESS.search(text)


_MADE_OF_HTML = pattern(
    r"html|body|content|css|csp|policy|attr|class|style|script|nonce|svg|markup|template|children|icon|port|color|rows?$|items?$|safe|escaped",
    re.IGNORECASE,
)


def _replaced(hole: Expr, function: Function) -> bool:
    """Whether the variable is tested to be one of known texts."""
    name = name_of(hole)
    for site in body(function):
        node = site.node
        if isinstance(node, Compare) and node.op in ("in", "not in") and name_of(node.left) == name:
            return True
    return False


@rule(
    "MCP430",
    severity=Severity.WARNING,
    references=("CWE-79", "CWE-116", "MCP07:2025", "LLM05:2025", "LLM10:2026", "CoSAI MCP-T3"),
    words=("environment(", "nunjucks", "noescape"),
    bad="""
    from jinja2 import Environment, FileSystemLoader
    from starlette.responses import HTMLResponse

    pages = Environment(loader=FileSystemLoader("templates"))
    #       ^^^^^^^^^^^ these templates put values into pages without escaping them


    async def consent(request) -> HTMLResponse:
        return HTMLResponse(pages.get_template("consent.html").render(client=request.query_params["client"]))
    """,
    good="""
    from jinja2 import Environment, FileSystemLoader, select_autoescape
    from starlette.responses import HTMLResponse

    pages = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape())


    async def consent(request) -> HTMLResponse:
        return HTMLResponse(pages.get_template("consent.html").render(client=request.query_params["client"]))
    """,
    typescript=Example(
        bad="""
        import express from "express";
        import nunjucks from "nunjucks";

        const app = express();
        nunjucks.configure("views", { autoescape: false, express: app });
        //                                        ^^^^^ these templates put values into pages without escaping them
        """,
        good="""
        import express from "express";
        import nunjucks from "nunjucks";

        const app = express();
        nunjucks.configure("views", { express: app });
        """,
    ),
)
def templates_without_escaping(passage: Passage) -> Iterator[Finding]:
    """A service renders its pages with a template engine that escapes nothing.

    Jinja2 escapes only where it is told to: in `{{ client_name }}` a `<script>` stays one, and the name of a client, an
    error text or a display name comes from somebody else. On a login or consent page such a script presses "Allow".

    Switch escaping on (`autoescape=select_autoescape()`), and mark as safe only what the service made itself.
    Environments that render no pages (prompts, code) need none: this looks only at files that serve pages.
    """
    if not _SERVE_PAGES & {module.partition("/")[0].partition(".")[0] for module in passage.about.imports}:
        return
    for site in passage.of(Call):
        call = site.node
        assert isinstance(call, Call)
        target = passage.target(call, site.function)
        if site.function is not None and _renders_a_text(site.function):
            continue
        if target in _ENGINES:
            value = call.keyword("autoescape")
            if value is None and not any(arg.spread for arg in call.args):
                change = Pass(passage.at(site.unit, call), (("autoescape", "True"),))
                yield _not_escaped(passage.at(site.unit, call.callee), change)
            elif isinstance(value, Const) and value.value is False:
                place = passage.at(site.unit, value)
                yield _not_escaped(place, Edits((Edit(place, "True"),)))
        elif target.startswith(("nunjucks.", "handlebars.")):
            for options in (arg.value for arg in call.args if isinstance(arg.value, Dict)):
                for name, unsafe in (("autoescape", False), ("noEscape", True)):
                    value = options.get(name)
                    if isinstance(value, Const) and value.value is unsafe:
                        place = passage.at(site.unit, value)
                        yield _not_escaped(place, Edits((Edit(place, "false" if unsafe else "true"),)))


def _renders_a_text(function: Function) -> bool:
    """Whether templates are made and rendered in one function, and what comes of it is no page: a configuration."""
    while function.parent is not None:
        function = function.parent
    source = function.text.lower()
    return "render(" in source and not any(word in source for word in ("html", "page", "response"))


_ENGINES = frozenset(("jinja2.Environment", "jinja2.environment.Environment"))
_SERVE_PAGES = frozenset(("starlette", "fastapi", "flask", "quart", "aiohttp", "sanic", "express", "hono", "fastify"))


def _not_escaped(place: Place, change: Change) -> Finding:
    message = "these templates put values into pages without escaping them"
    return Finding(place, message, Fix("Escape values in templates", change))
