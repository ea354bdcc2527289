"""How a file puts servers on the network: the calls that listen, mount and configure, wherever they stand in it."""

from __future__ import annotations

import re

from .flow import Call
from .model import Sdk
from .record import dataclass

_INTERESTING = re.compile(
    r"\blisten\(|\bserve\(|\brun\w*\(|\bserve\w*\(|Transport\(|SessionManager\(|\bcors\(|CORSMiddleware|FastMCP\(|MCPServer\("
    r"|TransportSecuritySettings\(|\b\w*_app\(|add_argument\(|getenv\(|environ\b|process\.env|\boption\("
    r"|WebSocketServer\(|WebSocket\.Server\(|HTTPServer\(|TCPServer\(|\bbind\("
)
_SERVING = (
    "listen", "serve", "run", "Transport(", "SessionManager(", "cors(", "CORSMiddleware", "FastMCP(", "MCPServer(",
    "TransportSecuritySettings(", "_app(", "add_argument(", "getenv(", "environ", "process.env", "option(",
    "WebSocketServer(", "WebSocket.Server(", "HTTPServer(", "TCPServer(", "bind(",
)  # fmt: skip

_HOST_CHECKS = re.compile(
    r"allowed_?hosts|hostHeaderValidation|localhostHostValidation|createMcpExpressApp|createMcpHonoApp|TrustedHost"
    r"|host_origin_protection|enable_?dns_?rebinding_?protection|headers\??\.host\b|headers\??\.origin\b"
    r"|(?:headers?|get|header)[\[(]\s*[\"'](?:host|origin)[\"']|validateOrigin|originValidat|hostValidat",
    re.IGNORECASE,
)

_AUTH_CHECKS = re.compile(
    r"requireBearerAuth|verifyAccessToken|withMcpAuth|authMiddleware|requireAuth|isAuthenticated|ensureAuth|checkAuth"
    r"|bearerAuth|headers\??\.authorization|[\"'](?:x-)?(?:authorization|api-key|mcp-auth)[\"']|token_verifier\s*="
    r"|auth_server_provider\s*=|\bauth\s*=|AuthMiddleware|BearerAuth|verify_token|validate_token|api_key_header|OAuth2",
    re.IGNORECASE,
)


def interesting(text: str) -> bool:
    """Whether some rule may want to see the calls of a declaration: most declarations are never walked."""
    # Looking for fixed words first takes a hundredth of the time that the expression takes.
    return any(word in text for word in _SERVING) and _INTERESTING.search(text) is not None


def checks_host(text: str) -> bool:
    """Whether code has words that look at the ``Host`` or ``Origin`` header, or have it looked at."""
    text = text.lower()
    return any(word in text for word in ("host", "origin", "rebinding")) and _HOST_CHECKS.search(text) is not None


def checks_caller(text: str) -> bool:
    """Whether code has words that ask who is calling."""
    text = text.lower()
    return any(word in text for word in ("auth", "token", "api")) and _AUTH_CHECKS.search(text) is not None


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

    @property
    def about_mcp(self) -> bool:
        """Whether the file has to do with MCP at all, by what it imports and by what its ``project`` depends on."""
        return self.project or self.sdk is not None or any("mcp" in module.lower() for module in self.imports)
