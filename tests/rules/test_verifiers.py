"""Functions that say whose a token is: which of them look at it, and which believe whatever it says."""

from __future__ import annotations

import textwrap

import pytest

from mcp_lsp.check import check_text

PYTHON = """
import base64, hashlib, hmac, json, os
import httpx, jwt
from mcp.server.auth.provider import AccessToken, TokenVerifier


class Verifier(TokenVerifier):
    async def verify_token(self, token: str) -> AccessToken | None:
"""
TYPESCRIPT = """
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import jwt from "jsonwebtoken";
import { decodeJwt, jwtVerify } from "jose";

"""


def python(body: str, head: str = PYTHON) -> list[str]:
    source = head + textwrap.indent(textwrap.dedent(body), " " * 8)
    return [d.rule.id for d in check_text("file:///p/a.py", source) if d.rule.id in ("MCP407", "MCP449")]


def typescript(body: str) -> list[str]:
    found = check_text("file:///p/a.ts", TYPESCRIPT + textwrap.dedent(body))
    return [d.rule.id for d in found if d.rule.id in ("MCP407", "MCP449")]


@pytest.mark.parametrize(
    "body",
    [
        'return AccessToken(token=token, client_id="x", scopes=[])',
        """
        if not token:
            return None
        log.info("token of %s characters", len(token))
        return AccessToken(token=token.strip(), client_id="x", scopes=[])
        """,
        """
        if token is None or len(token) < 8:
            raise ValueError("no token")
        found = AccessToken(token=token, client_id="x", scopes=[])
        return found
        """,
    ],
)
def test_a_verifier_that_takes_everything(body: str) -> None:
    assert python(body) == ["MCP449"]


@pytest.mark.parametrize(
    "body",
    [
        "return self.tokens.get(token)",
        "return self.tokens[token]",
        'return AccessToken(token=token, client_id="x", scopes=[]) if token in TOKENS else None',
        """
        if token != os.environ["TOKEN"]:
            return None
        return AccessToken(token=token, client_id="x", scopes=[])
        """,
        """
        async with httpx.AsyncClient() as client:
            answer = await client.get(URL, headers={"Authorization": f"Bearer {token}"})
        answer.raise_for_status()
        return AccessToken(token=token, client_id="x", scopes=[])
        """,
        """
        headers = {"Authorization": "Bearer " + token}
        self.asked.get(URL, headers=headers)
        return AccessToken(token=token, client_id="x", scopes=[])
        """,
        """
        claims = jwt.decode(token, KEY, algorithms=["RS256"], audience="x")
        return AccessToken(token=token, client_id=claims["sub"], scopes=[])
        """,
        """
        digest = hashlib.sha256(token.encode()).hexdigest()
        return self.tokens.get(digest)
        """,
        """
        head, body, signature = token.split(".")
        if not hmac.compare_digest(signature, sign(head, body)):
            return None
        claims = json.loads(base64.urlsafe_b64decode(body))
        return AccessToken(token=token, client_id=claims["sub"], scopes=[])
        """,
        """
        claims = self.open(base64.b64decode(token))
        return AccessToken(token=token, client_id=claims["sub"], scopes=[])
        """,
        """
        match token:
            case "notes":
                return AccessToken(token=token, client_id="x", scopes=[])
        return None
        """,
        "raise NotImplementedError",
        "return None",
    ],
)
def test_a_verifier_that_looks(body: str) -> None:
    assert python(body) == []


def test_a_verifier_that_believes_what_it_decodes() -> None:
    body = """
        payload = token.split(".")[1]
        payload += "=" * (-len(payload) % 4)
        claims = json.loads(base64.urlsafe_b64decode(payload))
        if claims["exp"] < time.time() or claims["iss"] != ISSUER:
            return None
        return AccessToken(token=token, client_id=claims["sub"], scopes=[])
        """
    assert python(body) == ["MCP407"]


@pytest.mark.parametrize("name", ["DevelopmentVerifier", "FakeTokenVerifier"])
def test_what_is_not_meant_for_those_who_ask(name: str) -> None:
    head = PYTHON.replace("class Verifier", f"class {name}")
    assert python('return AccessToken(token=token, client_id="x", scopes=[])', head) == []


def test_verifiers_in_javascript() -> None:
    every = 'const it = { verifyAccessToken: async (token) => ({ token, clientId: "x", scopes: [] }) };\n'
    assert typescript(every) == ["MCP449"]
    assert typescript(every.replace("({ token, ", "({ ...(await introspect(token)), ")) == []
    own = """
        export class Provider {
          async verifyAccessToken(token: string) {
            const claims = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
            return { token, clientId: claims.sub, scopes: [] };
          }
        }
        """
    assert typescript(own) == ["MCP407"]
    assert typescript(own.replace("const claims", "await this.verify(token);\nconst claims")) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("const claims = jwt.decode(req.headers.authorization.slice(7));", ["MCP407"]),
        ("const claims = decodeJwt(token);", ["MCP407"]),
        ("await verifySession(req); const claims = decodeJwt(token);", []),
        ("const claims = decodeJwt(saved);", []),
    ],
)
def test_what_a_caller_sent_is_decoded_and_believed(line: str, told: list[str]) -> None:
    body = f"""
        app.use(async (req, res, next) => {{
          const token = req.headers.authorization?.split(" ")[1];
          {line}
          req.user = claims;
          next();
        }});
        """
    assert typescript(body) == told


@pytest.mark.parametrize(
    ("name", "option", "told"),
    [
        ("check", "ignoreExpiration: true", ["MCP407"]),
        ("check", "ignoreExpiration: false", []),
        ("refreshToken", "ignoreExpiration: true", []),
    ],
)
def test_tokens_that_are_too_old(name: str, option: str, told: list[str]) -> None:
    body = f"export function {name}(token: string) {{\n  return jwt.verify(token, KEY, {{ {option} }});\n}}\n"
    assert typescript(body) == told


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ('jwt.verify(token, "notes")', True),
        ('jwt.sign({ sub: "x" }, "notes")', True),
        ("jwt.verify(token, process.env.KEY)", False),
        ('jwt.verify(token, "-----BEGIN PUBLIC KEY-----")', False),
        ('other.verify(token, "notes")', False),
        ('jwt.decode(token, "")', False),
    ],
)
def test_keys_that_everybody_knows(call: str, told: bool) -> None:
    head = TYPESCRIPT + 'import other from "other";\n'
    found = check_text("file:///p/a.ts", head + f"export function who(token: string) {{\n  return {call};\n}}\n")
    assert ("MCP444" in [d.rule.id for d in found]) is told


@pytest.mark.parametrize(
    ("token", "read", "found"),
    [
        ("await this.login(name)", "decoded.exp", []),
        ("await this.login(name)", "decoded.sub", ["MCP407"]),
        ("given", "decoded.exp", ["MCP407"]),
    ],
)
def test_how_long_a_token_holds_that_was_just_fetched(token: str, read: str, found: list[str]) -> None:
    body = f"""
    export class Client {{
      async authenticate(name: string, given: string) {{
        const token = {token};
        const decoded = jwt.decode(token);
        this.kept.set(name, {read});
        return token;
      }}
    }}
    """
    assert typescript(body) == found


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ("", ["MCP407"]),
        ('if answer.get("aud") != HERE:\n            return None', []),
        ("self._check_audience(answer)", []),
    ],
)
def test_what_a_login_service_says_of_a_token(check: str, found: list[str]) -> None:
    body = f"""
        answer = await self.introspect(token)
        if not answer.get("active"):
            return None
        {check}
        return AccessToken(token=token, client_id=answer["client_id"], scopes=[])
"""
    assert python(body) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('if (!answer["active"]) { return undefined; }', ["MCP407"]),
        ("if (!answer.active) { throw new Error('over'); }", ["MCP407"]),
        ("if (!answer.active || answer.aud !== HERE) { throw new Error('over'); }", []),
        ("if (!answer.active) { note(answer); }", []),  # nobody is refused
    ],
)
def test_what_it_says_in_typescript(body: str, found: list[str]) -> None:
    text = f"async function asked(given) {{ const answer = await introspect(given); {body} return answer; }}"
    assert typescript(text) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('return self.own in claims.get("aud", [])', []),
        ('return claims["aud"] == self.own', []),
        ('return claims.get("sub") == self.own', ["MCP407"]),
        ('log.info("for %s", claims.get("aud"))', ["MCP407"]),
        ('many = set(claims.get("aud") or [])\n        return self.own in many', []),
        ('return any(one == self.own for one in claims["aud"])', []),
        ('return bool({self.own} & set(claims["aud"]))', []),
        ('return audience_matches(claims["aud"], self.own)', []),
        ('for one in claims["aud"]:\n            if one == self.own:\n                return True', []),
        ('return any(one == self.own for one in claims["sub"])', ["MCP407"]),
        ('return isinstance(claims["aud"], str)', ["MCP407"]),
        ('return bool(claims["aud"])', ["MCP407"]),
        ('return make(aud=claims["aud"]) if claims["sub"] == self.own else None', ["MCP407"]),
    ],
)
def test_the_audience_is_compared_by_hand(asked: str, found: list[str]) -> None:
    body = """
    claims = jwt.decode(token, self.key, algorithms=["RS256"], options={"verify_aud": False})
    return AccessToken(token=token, client_id="x", scopes=[]) if self.meant(claims) else None
    """
    head = f"{PYTHON}{textwrap.indent(textwrap.dedent(body), ' ' * 8)}\n    def meant(self, claims):\n"
    told = [d.rule.id for d in check_text("file:///p/a.py", f"{head}        {asked}\n")]
    assert [rule for rule in told if rule == "MCP407"] == found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ('ok, why = await self.provider.authenticate(f"Bearer {token}")\nif not ok:\n    return None', []),
        ("if not self.verify(token):\n    return None", []),
        ("ok = self.verify(token)\nlog.info(ok)", ["MCP407"]),
        ("ok = self.verify(other)\nif not ok:\n    return None", ["MCP407"]),
        ("if not self.known(token):\n    return None", ["MCP407"]),
        ("pass", ["MCP407"]),
    ],
)
def test_a_token_that_another_function_checked_before(before: str, found: list[str]) -> None:
    after = """
    claims = jwt.decode(token, options={"verify_signature": False})
    return AccessToken(token=token, client_id=claims["azp"], scopes=[])
    """
    assert [rule for rule in python(before + textwrap.dedent(after)) if rule == "MCP407"] == found
