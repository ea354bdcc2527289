"""What an authorization server answers to clients that register themselves."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Attr, Call, Dict, Expr, Index, Name
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from .values import name_of, origins


@rule(
    "MCP440",
    severity=Severity.WARNING,
    references=("CWE-200", "CWE-522", "MCP01:2025", "MCP07:2025", "CoSAI MCP-T1"),
    words=("client_secret_expires_at", "client_id_issued_at"),
    bad="""
    from starlette.responses import JSONResponse

    from .settings import settings


    async def register(request) -> JSONResponse:
        asked = await request.json()
        return JSONResponse(
            {
                "client_id": settings.upstream_client_id,
                "client_secret": settings.upstream_client_secret,
                #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whoever registers is given this server's own …
                "client_secret_expires_at": 0,
                "redirect_uris": asked["redirect_uris"],
            }
        )
    """,
    good="""
    import secrets

    from starlette.responses import JSONResponse


    async def register(request) -> JSONResponse:
        asked = await request.json()
        return JSONResponse(
            {
                "client_id": secrets.token_urlsafe(16),
                "client_secret": secrets.token_urlsafe(32),
                "client_secret_expires_at": 0,
                "redirect_uris": asked["redirect_uris"],
            }
        )
    """,
    typescript=Example(
        bad="""
        export class Registration {
          constructor(private config: { upstreamClientId: string; upstreamClientSecret: string }) {}

          register(asked: { redirect_uris: string[] }) {
            return {
              client_id: this.config.upstreamClientId,
              client_secret: this.config.upstreamClientSecret,
              //             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ whoever registers is given this server's own …
              client_id_issued_at: Math.floor(Date.now() / 1000),
              redirect_uris: asked.redirect_uris,
            };
          }
        }
        """,
        good="""
        import { randomBytes, randomUUID } from "node:crypto";

        export class Registration {
          register(asked: { redirect_uris: string[] }) {
            return {
              client_id: randomUUID(),
              client_secret: randomBytes(32).toString("base64url"),
              client_id_issued_at: Math.floor(Date.now() / 1000),
              redirect_uris: asked.redirect_uris,
            };
          }
        }
        """,
    ),
)
def own_secret_for_whoever_registers(passage: Passage) -> Iterator[Finding]:
    """Clients that register are given the secret that the server itself has at another provider.

    Anybody may register. With this secret they are the server: they exchange its codes, refresh its tokens, and ask its
    users for more.

    Make an id and a secret for each client, or none at all for public ones, and keep those of the provider to the
    requests that the server makes there.
    """
    for site in passage.of(Dict):
        answer = site.node
        assert isinstance(answer, Dict)
        if answer.get("client_id") is None or all(answer.get(word) is None for word in _OF_ANSWERS):
            continue
        given = answer.get("client_secret")
        own = next((one for one in origins(given, site.function) if _configured(one)), None)
        if given is not None and own is not None:
            said = f"whoever registers is given this server's own `{name_of(own)}`"
            yield Finding(passage.at(site.unit, given), said, detail="client_secret")


_OF_ANSWERS = ("client_secret_expires_at", "client_id_issued_at")
_KEPT = frozenset(("config", "configuration", "settings", "options", "opts", "env", "environ", "upstream", "provider"))


def _configured(value: Expr) -> bool:
    """``this.config.clientSecret``, ``settings.client_secret``, ``process.env.CLIENT_SECRET``, ``os.getenv("…")``"""
    name = name_of(value)
    if "secret" not in words(name):
        return False
    if "upstream" in words(name) or (isinstance(value, Name) and name.isupper()):
        return True
    at: Expr = value
    while isinstance(at, (Attr, Index, Call)):
        at = at.callee if isinstance(at, Call) else at.value
        if name_of(at) in ("getenv", "environ") or _KEPT & set(words(name_of(at))):
            return True
    return False
