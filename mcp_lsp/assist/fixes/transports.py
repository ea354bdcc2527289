"""Fixes of how a server is reached: its transport looks at who sent the request."""

from __future__ import annotations

from mcp_lsp_analyzers import code
from mcp_lsp_analyzers.code import Call
from mcp_lsp_analyzers.fix import CheckHosts

from . import brackets
from .calls import edit_call
from .draft import Draft
from .imports import Imports
from .locate import Site, Source

_OPTIONS = {"SSEServerTransport": 2}
"""Which argument holds the options of a transport of the TypeScript SDK; the first where it is not listed."""
_CHECKS = (
    "enableDnsRebindingProtection: true",
    'allowedHosts: ["127.0.0.1:3000", "localhost:3000"] /* the names and port clients use */',
)


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
    if len(call.args) > at:
        options = call.args[at].value
        if not isinstance(options, code.Dict):
            return False
        items = [(pair.start + base, pair.end + base) for pair in options.pairs]
        brackets.append(draft, text, options.start + base, items, options.end + base - 1, ", ".join(_CHECKS))
        return True
    if len(call.args) < at:
        return False
    end = call.end + base - 1
    if text[end : end + 1] != ")":
        return False
    items = [(arg.start + base, arg.end + base) for arg in call.args]
    opening = text.rfind("(", 0, items[0][0]) if items else end - 1
    brackets.append(draft, text, opening, items, end, f"{{ {', '.join(_CHECKS)} }}")
    return True
