"""How a file puts servers on the network: the calls that listen, mount and configure, wherever they stand in it."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from .flow import Call
from .identifier import names_mcp
from .model import Sdk
from .pattern import pattern
from .record import dataclass

# Fixed words first, and expressions that begin with one: anything else takes a hundred times as long, and this looks at
# every declaration of every file. Texts are in lower case, except those of `interesting`.
_SERVING = (
    "listen(", "Transport(", "SessionManager(", "cors(", "CORSMiddleware", "FastMCP(", "MCPServer(",
    "TransportSecuritySettings(", "_app(", "add_argument(", "getenv(", "environ", "process.env", "option(",
    ".connect(t", ".connect(new", "Mount(", ".mount(", "Starlette(", "FastAPI(", "handlePostMessage(",
    "express.json(", "handleRequest(", "createMcpExpressApp(", "createMcpExpressApp)(", "cors_1", "default.json(",
    "WebSocketServer(", "WebSocket.Server(", "HTTPServer(", "TCPServer(", "bind(", "AuthSettings(",
    "TCPSite(", "start_server(", "create_server(", "createServer(", "make_server(", "add_insecure_port(",
)  # fmt: skip
# Compilers write ``(0, module_1.serve)(app)`` for ``serve(app)``.
_STARTS = (pattern(r"run\w*\)?\("), pattern(r"serve\w*\)?\("))

_HOST_WORDS = (
    "hostheadervalidation", "localhosthostvalidation", "createmcpexpressapp",
    "createmcphonoapp", "trustedhost", "host_origin_protection", "dns_rebinding_protection", "dnsrebindingprotection",
    "validateorigin", "originvalidat", "hostvalidat",
)  # fmt: skip
_HOSTS_GIVEN = pattern(r"(?<![\w\"'.-])(?<!const )(?<!let )(?<!var )allowed_?hosts\s*[:=,}]")
"""An option or a field: `GITLAB_ALLOWED_HOSTS`, or a variable of that name, may be about hosts that are asked."""

_HOST_HEADERS = (
    pattern(r"headers\??\.(?:host|origin)\b"),
    pattern(r"headers?[\[(]\s*[\"'](?:host|origin)[\"']"),
    pattern(r"get[\[(]\s*[\"'](?:host|origin)[\"']"),
    pattern(r"\breq(?:uest)?\??\.(?:url\.)?host(?:name)?(?:\.split\([^)]*\)\[0\])?\s*(?:(?:not\s+)?in\b|[!=]=)"),
    pattern(r"(?:\.(?:includes|has|test)|\b(?:check|valid|allow|is)\w*)\(\s*req(?:uest)?\.(?:url\.)?host(?:name)?\b"),
)

_CALLER_WORDS = (
    "requirebearerauth", "verifyaccesstoken", "withmcpauth", "authmiddleware", "requireauth", "isauthenticated",
    "ensureauth", "checkauth", "bearerauth", "auth_middleware", "require_auth", "check_auth",
    "bearer_auth", "verify_token", "validate_token", "api_key_header", "oauth2passwordbearer",
    "oauth2_scheme", "oauth2authorizationcodebearer", "oauth2passwordrequest", "authhook", "auth_hook", "authguard",
    "auth_guard", "authplugin",
)  # fmt: skip
_CALLER_HEADERS = pattern(
    r"[\"'](?:x-)?(?:authorization|api-key|mcp-auth)[\"']|headers\??\.authorization\b"
    r"|(?<=headers\[[\"'])x-[\w-]*(?:secret|token|api-?key|access-key)[\"']"
    r"|(?:headers\.get|\.header)\([\"']x-[\w-]*(?:secret|token|api-?key|access-key)[\"']"
)
_CALLER_SETTINGS = (
    pattern(r"token_verifier\s*="),
    pattern(r"auth_server_provider\s*="),
    pattern(r"(?<!const )(?<!let )(?<!var )auth(?<!\wauth)\s*="),
    pattern(
        r"(?:validate|verify|check|require|enforce|ensure)_?"
        r"(?:(?:remote|request|client|caller|http|mcp|api|user|bind)_?)+auth\w*\("
    ),
    # as the header itself: the token that a caller brings
    pattern(
        r"\b(?:extract|get|parse|read|require)_?(?:bearer|access|auth\w*|api)_?(?:token|key)"
        r"\(\s*(?:req|request|headers|ctx|c)\b"
    ),
)


def _has(text: str, words: Sequence[str], expressions: Sequence[re.Pattern[str]]) -> bool:
    for word in words:
        if word in text:
            return True
    return any(expression.search(text) for expression in expressions)


_CALLS = pattern(
    r"listen|bind|run\w*|serve\w*|\w*Server|\w*Transport\w*|\w*SessionManager|FastMCP|Config|cors|use|add_middleware|\w*Middleware"
    r"|TCPSite|(?:start|create|make)_server|add_insecure_port"
    r"|Starlette|FastAPI|[mM]ount|connect|handlePostMessage|handleRequest|createMcpExpressApp"
    r"|TransportSecuritySettings|AuthSettings|\w*_app|getenv|get|add_argument|[oO]ption"
)


@functools.lru_cache(maxsize=1024)
def serves(name: str) -> bool:
    """Whether a call of this name (its last word) may have to do with serving: only these are in `Wiring.calls`."""
    return _CALLS.fullmatch(name) is not None


def interesting(text: str) -> bool:
    """Whether some rule may want to see the calls of a declaration: most declarations are never walked."""
    return _has(text, _SERVING, _STARTS)


def checks_host(text: str) -> bool:
    """Whether code has words that look at the ``Host`` or ``Origin`` header, or have it looked at."""
    text = text.lower()
    likely = "host" in text or "origin" in text or "rebinding" in text or "createmcp" in text
    if not likely:
        return False
    if _has(text, _HOST_WORDS, ()) or _HOSTS_GIVEN.search(text) is not None:
        return True
    if any(
        not _in_address(text, found.start()) and not _only_repeated(text, found)
        for one in _HOST_HEADERS
        for found in one.finditer(text)
    ):
        return True
    return any(_looked_at(text, found) for found in _ORIGIN.finditer(text))


_ORIGIN = pattern(r"origin(?=\s*(?:[,)]|[!=]==|(?:not\s+)?in\b))")
_LOOKING = pattern(r"\b(?:(?:includes|has|test|match|indexof|startswith|url)|(?:check|valid|allow|is)\w*)\(\s*\w*\Z")


def _looked_at(text: str, found: re.Match[str]) -> bool:
    """Whether an origin that was kept before is compared, or given to something that judges it."""
    if text[found.end() : found.end() + 8].lstrip()[:1] in (",", ")"):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        return _LOOKING.search(line) is not None and _ALLOWS not in line
    return text[max(0, found.start() - 1) : found.start()] not in (".", "-", "_", '"', "'")


_KEPT = pattern(r"(?:const|let|var)?\s*(\w+)(?:\s*:\s*[\w .|]+)?\s*=\s*[\w.\[\]]*\Z")
_KEEPS = pattern(
    r"\s*(?:const|let|var)\s+\w+(?:\s*:\s*[\w .|]+)?\s*=\s*[\w.?\[\]\"']*origin[\"'\])]*(?:\s+as\s+[\w .|]+)?;?\s*"
)
_ALLOWS = "access-control-allow-origin"


def _only_repeated(text: str, found: re.Match[str]) -> bool:
    """Whether what a page says it is (``Origin``) goes into the header that allows it, and nowhere else."""
    if not found[0].rstrip("\"'").endswith("origin"):
        return False
    if _KEEPS.fullmatch(text) is not None:
        return True  # a statement of its own: what is done with it stands elsewhere
    if _ALLOWS not in text:
        return False
    begin = text.rfind("\n", 0, found.start()) + 1
    if _ALLOWS in text[begin : found.start()]:
        return True
    kept = _KEPT.search(text[begin : found.start()])
    if kept is None:
        return False
    word = re.compile(rf"(?<![\w.\"'-]){re.escape(kept[1])}(?![\w\"'-])(?!\s*:)")
    used = False
    for line in text[found.end() :].split("\n"):
        if word.search(line) is not None:
            used = _ALLOWS in line
            if not used and _ASKED_FOR.fullmatch(line) is None:
                return False
    return used


_ASKED_FOR = pattern(r"\s*\}?\s*(?:else\s+)?if\s*\(?\w+\)?\s*[{:]?\s*")


def _in_address(text: str, at: int) -> bool:
    """Whether a header stands behind ``http://${``: to take the address of a request apart, whoever sent it."""
    before = text[max(0, at - 60) : at]
    opened = before.rfind("//${")
    if opened >= 0:
        return "}" not in before[opened:]
    return _AFTER_SCHEME.search(before) is not None


_AFTER_SCHEME = pattern(r"//[\"']\s*\+\s*\(?[\w.?]*\Z")


def checks_caller(text: str) -> bool:
    """Whether code has words that ask who is calling, or reads what a caller shows to be let in."""
    return asks_callers(text) or reads_credentials(text)


def asks_callers(text: str) -> bool:
    """Whether code has words that ask who is calling."""
    text = text.lower()
    return ("auth" in text or "token" in text or "api" in text) and _has(text, _CALLER_WORDS, _CALLER_SETTINGS)


def reads_credentials(text: str) -> bool:
    """Whether code reads what a caller shows to be let in; whether it is looked at, another part may say."""
    text = text.lower()
    if not ("auth" in text or "api" in text or '"x-' in text or "'x-" in text):
        return False
    return any(not _sent_or_listed(text, found) for found in _CALLER_HEADERS.finditer(text))


def judges(text: str) -> bool:
    """Whether code refuses somebody, or calls what by its name looks at something: without that, a credential is but
    taken over from a caller and sent on (``store.run({ token }, …)``)."""
    return _JUDGES.search(text.lower()) is not None


_JUDGES = pattern(
    r"\b40[13]\b|forbidden|www-authenticate|(?:auth|valid|verif|check|compar|equal|guard|protect|jwt|jose|introspect"
    r"|reject|deny|denied|ensure|require|assert)\w*\s*\(|raise\b|throw\b|[!=]==?\s*(?:this\.|self\.|process\.)?\w*(?:token|key|secret|expected)"
    r"|depends\(|\.use\(\s*\w*auth"
)


def _sent_or_listed(text: str, found: re.Match[str]) -> bool:
    """Whether the name of a header stands where one is sent (``{ "Authorization": … }``, ``headers["x-api-key"] = …``,
    ``headers.set("Authorization", …)``) or is one of a list of names (``allowedHeaders: ["Authorization"]``): nobody is
    asked there."""
    if text[found.end() : found.end() + 8].lstrip()[:1] == "," and _SET_BEFORE.search(
        text, max(0, found.start() - 24), found.start()
    ):
        return True
    if _DESCRIBED_AFTER.match(text, found.end()) is not None:
        return _NAMED_BEFORE.search(text, max(0, found.start() - 24), found.start()) is not None
    return _SENT_AFTER.match(text, found.end()) is not None or (
        _LISTED_BEFORE.search(text, max(0, found.start() - _LINE), found.start()) is not None
        and _LISTED_AFTER.match(text, found.end()) is not None
    )


_LINE = 120  # the next item of a list may stand on a line of its own
_SENT_AFTER = pattern(r"\s*:(?![^{}\n]{0,60}\}\s*=)|\]?\s*=[^=>]")
_NAMED_BEFORE = pattern(r"\bname[\"']?\s*:\s*\Z")
_DESCRIBED_AFTER = pattern(r"\s*,\s*[\"']?in[\"']?\s*:")
_SET_BEFORE = pattern(r"\.(?:set|append|add|setheader|set_header|header)\(\s*\Z")
_LISTED_BEFORE = pattern(r"(?:[^\w\])?.]\s*\[|,)\s*\Z")
_LISTED_AFTER = pattern(r"\s*[,\]]")


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """All calls of a file that may have to do with serving, in the order of the text.

    ``sdk`` is ``None`` where the file declares no server of its own. ``imports``: the modules it imports as written.
    ``checks_host``, ``checks_caller``: something in the file looks like it (see the functions of these names).
    """

    uri: str
    language: str
    sdk: Sdk | None
    imports: frozenset[str]
    calls: tuple[Call, ...]
    checks_host: bool = False
    checks_caller: bool = False
    project: bool = False
    version: tuple[int, int] | None = None  # of the official Python SDK, where it is known exactly
    checks_audience: bool = False  # the project's own verifier of tokens asks whom they were issued for
    left_open: bool = False  # other files listen for it and ask nobody either, on an address that may be any

    @property
    def about_mcp(self) -> bool:
        """Whether the file has to do with MCP at all, by what it imports and by what its ``project`` depends on."""
        return self.project or self.sdk is not None or any(names_mcp(module) for module in self.imports)
