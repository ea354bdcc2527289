"""Fixes of how a server is reached: its transport looks at who sent the request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call
from mcp_lsp_analyzers.fix import CheckHosts, ListenHere
from mcp_lsp_analyzers.pattern import pattern

from . import brackets
from .calls import edit_call
from .draft import Draft
from .imports import Imports
from .literals import quoted
from .locate import Site, Source, assigned_once, bound, line_margin, step, walk

_OPTIONS = {"SSEServerTransport": 2}
"""Which argument holds the options of a transport of the TypeScript SDK; the first where it is not listed."""


def check_hosts(recipe: CheckHosts, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.callee)
    callee = site.node(code.Attr, code.Name) if site else None
    if site is None or callee is None:
        return False
    call = next((n for n in reversed(site.path) if isinstance(n, Call) and n.callee is callee), None)
    if call is None:
        return False
    if not source.python:
        return _in_script(site, call, callee, draft)
    if code.last_name(callee).startswith("run"):
        return _of_fastmcp(site, call, source, draft, imports)
    settings = imports.need("mcp.server.transport_security", "TransportSecuritySettings", site)
    if settings is None:
        return False
    value = (
        f'{settings}(enable_dns_rebinding_protection=True, allowed_hosts=["127.0.0.1:*", "localhost:*"], '
        'allowed_origins=["http://127.0.0.1:*", "http://localhost:*"])'
    )
    return edit_call(site, call, draft, keywords={"security_settings": value})


_GUARDED_SINCE = (3, 4)
"""The minor of fastmcp that has `host_origin_protection`; 3.2 has it not, and major 4 has it from the start."""
_HERE = ("localhost", "127.0.0.1", "::1")


def _of_fastmcp(site: Site, call: Call, source: Source, draft: Draft, imports: Imports) -> bool:
    """Where fastmcp can check by itself it is told to, else starlette checks the host. The name under which others
    reach it is for the author to fill in."""
    host = call.keyword("host")
    here = host is None or (isinstance(host, code.Str) and host.value in _HERE)
    sdk = source.sdk
    if sdk is not None and ((sdk.major or 0) > 3 or (sdk.version or (0, 0)) >= _GUARDED_SINCE):
        given = {"host_origin_protection": '"auto"'}
        if not here:
            given["allowed_hosts"] = '["your-host.example.com"]'
        return edit_call(site, call, draft, keywords=given)
    names = '"localhost", "127.0.0.1"' + ("" if here else ', "your-host.example.com"')
    middleware = imports.need("starlette.middleware", "Middleware", site)
    trusted = imports.need("starlette.middleware.trustedhost", "TrustedHostMiddleware", site)
    if middleware is None or trusted is None:
        return False
    value = f"[{middleware}({trusted}, allowed_hosts=[{names}])]"
    return edit_call(site, call, draft, keywords={"middleware": value})


def _in_script(site: Site, call: Call, callee: code.Expr, draft: Draft) -> bool:
    name = code.last_name(callee)
    at, base, text = _OPTIONS.get(name, 0), site.base, site.source.text
    hosts = ", ".join(_host(site, host) for host in ("127.0.0.1", "localhost"))
    switch, names = "enableDnsRebindingProtection: true", f"allowedHosts: [{hosts}]"
    if len(call.args) > at:
        options = call.args[at].value
        if not isinstance(options, code.Dict):
            return False
        items = [(pair.start + base, pair.end + base) for pair in options.pairs]
        names += f" /* {_FOR_THE_AUTHOR} */"
        brackets.append(draft, text, options.start + base, items, options.end + base - 1, switch, names)
        return True
    if len(call.args) < at:
        return False
    end = call.end + base - 1
    if text[end : end + 1] != ")":
        return False
    items = [(arg.start + base, arg.end + base) for arg in call.args]
    opening = text.rfind("(", 0, items[0][0]) if items else end - 1
    outer = line_margin(text, items[-1][0] if items else end)
    line = site.source.newline + outer + step(site)
    options_written = f"{{{line}{switch},{line}// {_FOR_THE_AUTHOR}{line}{names},{site.source.newline}{outer}}}"
    brackets.append(draft, text, opening, items, end, options_written)
    return True


_FOR_THE_AUTHOR = "The names and the port under which clients reach this server."


def _host(site: Site, name: str) -> str:
    """A name with the port on which the file listens: as it is written there, where the transport can name it too."""
    port = next(filter(None, (_port(site, call) for call in _listening(site))), "3000")
    return quoted(site.source, f"{name}:{port}") if port.isdigit() else f"`{name}:${{{port}}}`"


def _listening(site: Site) -> Iterator[Call]:
    for unit in site.source.module.units:
        for statement in unit.statements if "listen" in unit.key else ():
            for node in walk(statement):
                if isinstance(node, Call) and isinstance(node.callee, code.Attr) and node.callee.name == "listen":
                    yield node


def _port(site: Site, call: Call) -> str:
    port = call.positional(0)
    if isinstance(port, Call) and code.last_name(port.callee) in ("Number", "parseInt"):
        port = port.positional(0)
    if isinstance(port, code.Const):
        return str(port.value) if isinstance(port.value, int) else ""
    if not isinstance(port, code.Name):
        return ""
    known = port.id in site.source.module.names or any(port.id in bound(function) for function in site.functions)
    return port.id if known else ""


def listen_here(recipe: ListenHere, source: Source, draft: Draft, imports: Imports) -> bool:
    site = source.at(recipe.port)
    if site is None:
        return False
    if source.document.language in ("typescript", "tsx") and _may_be_text(site, site.path[-1]):
        # What listens on a port alone takes anything; with a host behind it the port has to be a number.
        draft.insert(site.start, "Number(")
        draft.insert(site.end, ")")
    draft.insert(site.end, f", {quoted(source, '127.0.0.1')}")
    return True


def _may_be_text(site: Site, port: code.Expr) -> bool:
    made, base = assigned_once(site, port), site.base
    value = made.value if made is not None else None
    binding = site.source.module.binding(port.id) if isinstance(port, code.Name) and made is None else None
    if binding is not None:
        value, base = binding.value, binding.unit.anchor.start
    value = value or port
    return _TEXT.match(site.source.text, value.start + base, value.end + base) is not None


_TEXT = pattern(r"(?!.*(?:Number|parseInt)\b).*(?:process\.env|['\"`])", re.S)
