"""How a file puts servers on the network: the calls that listen, mount and configure, wherever they stand in it."""

from __future__ import annotations

import re

from .flow import Call
from .model import Sdk
from .record import dataclass

INTERESTING = re.compile(
    r"\blisten\(|\bserve\(|\brun\w*\(|\bserve\w*\(|Transport\(|SessionManager\(|\bcors\(|CORSMiddleware|FastMCP\(|MCPServer\("
    r"|TransportSecuritySettings\(|\b\w*_app\(|add_argument\(|getenv\(|environ\b|process\.env|\boption\("
)
"""What a declaration contains if some rule may want to see its calls: most declarations are never walked."""

HOST_CHECKS = re.compile(
    r"allowed_?hosts|hostHeaderValidation|localhostHostValidation|createMcpExpressApp|createMcpHonoApp|TrustedHost"
    r"|host_origin_protection|enable_?dns_?rebinding_?protection|headers\??\.host\b|headers\??\.origin\b"
    r"|(?:headers?|get|header)[\[(]\s*[\"'](?:host|origin)[\"']|validateOrigin|originValidat|hostValidat",
    re.IGNORECASE,
)
"""Words of code that looks at the ``Host`` or ``Origin`` header, or has it looked at."""

AUTH_CHECKS = re.compile(
    r"requireBearerAuth|verifyAccessToken|withMcpAuth|authMiddleware|requireAuth|isAuthenticated|ensureAuth|checkAuth"
    r"|bearerAuth|headers\??\.authorization|[\"'](?:x-)?(?:authorization|api-key|mcp-auth)[\"']|token_verifier\s*="
    r"|auth_server_provider\s*=|\bauth\s*=|AuthMiddleware|BearerAuth|verify_token|validate_token|api_key_header|OAuth2",
    re.IGNORECASE,
)
"""Words of code that asks who is calling."""


@dataclass(frozen=True, slots=True, eq=False)
class Wiring:
    """All calls of a file that may have to do with serving, in the order of the text.

    ``sdk`` is ``None`` where the file declares no server of its own. ``imports``: the modules it imports as written.
    ``checks_host``, ``checks_caller``: something in the file looks like it (see `HOST_CHECKS`, `AUTH_CHECKS`).
    """

    uri: str
    language: str
    sdk: Sdk | None
    imports: frozenset[str]
    calls: tuple[Call, ...]
    checks_host: bool = False
    checks_caller: bool = False

    @property
    def about_mcp(self) -> bool:
        """Whether the file has to do with MCP at all, by what it imports."""
        return self.sdk is not None or any("mcp" in module.lower() for module in self.imports)
