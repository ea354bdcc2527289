"""What an authorization server makes of the address that a client asks for, and whose own words are taken on trust."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text

HEAD = 'import { OAuthServerProvider } from "@modelcontextprotocol/sdk/server/auth/provider.js";\n'


def found(name: str, source: str) -> list[str]:
    return [d.message for d in check_text("file:///src/a.ts", HEAD + source) if d.rule.name == name]


@pytest.mark.parametrize(
    ("check", "count"),
    [
        ("", 1),
        ("if (!asked.redirect_uri) throw new Error('missing');", 1),
        ("if (!this.registered.has(asked.redirect_uri)) throw new Error('unknown');", 0),
        ("if (!client.redirect_uris.some((known) => known === asked.redirect_uri)) throw new Error('unknown');", 0),
        ("this.validateRequest(asked);", 0),
        ("assertRegistered(asked.redirect_uri);", 0),
    ],
)
def test_an_address_is_looked_for_among_the_registered_ones(check: str, count: int) -> None:
    source = f"""
    export class Proxy {{
      async authorize(asked: AuthorizationParams) {{
        if (asked.response_type !== "code") throw new Error("unsupported");
        {check}
        return this.remember(asked);
      }}
      remember(asked: AuthorizationParams) {{
        return {{ back: asked.redirect_uri, challenge: asked.code_challenge }};
      }}
    }}
    """
    assert len(found("return-address-of-nobody", source)) == count


@pytest.mark.parametrize(
    "source",
    [
        # The handler of the SDK has compared it with the client's.
        "class A { async authorize(client, params, res) { res.redirect(params.redirectUri + params.codeChallenge); } }",
        # A client asks another server.
        'function ask(options) { url.searchParams.set("redirect_uri", options.redirect_uri + options.code_challenge); }',
        # The token endpoint is asked with a code.
        "class A { exchangeCode(asked) { return this.issue(asked.redirect_uri, asked.code_challenge); } }",
    ],
)
def test_others_have_the_address_as_well(source: str) -> None:
    assert found("return-address-of-nobody", source) == []


@pytest.mark.parametrize(
    ("name", "count"),
    [("client.client_name || client.client_id", 1), ("escapeHtml(client.client_name)", 0), ("client.version", 0)],
)
def test_a_client_says_its_own_name(name: str, count: int) -> None:
    source = f"""
    export function consent(client: Client): string {{
      const shown = {name};
      return `<!DOCTYPE html><html><body><h1>${{shown}} wants to read your notes</h1></body></html>`;
    }}
    """
    assert len(found("html-without-escaping", source)) == count


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("{ context: session }", 1),
        ("session", 1),
        ("{ id: session.id, header: session.header }", 0),
        ("{ given: !!session.token }", 0),
        ("{ token: session.token }", 1),
    ],
)
def test_an_object_is_written_to_the_log_with_the_token_that_is_in_it(written: str, count: int) -> None:
    source = f"""
    export function headers() {{
      const session = sessions.current();
      logger.debug({written}, "who is asking");
      return {{ Authorization: `Bearer ${{session.token}}` }};
    }}
    """
    assert len(found("secret-in-log", source)) == count


@pytest.mark.parametrize(
    ("test", "host", "count"),
    [
        ("!options.disableAuth", ', "0.0.0.0"', 1),
        ("options.requireAuth", ', "0.0.0.0"', 1),
        ("!options.disableAuth", "", 1),
        ("!options.disableAuth", ', "127.0.0.1"', 0),
        ("!options.disableAuth", ", options.host", 0),
        ("!options.disableAuth", ', options.disableAuth ? "127.0.0.1" : "0.0.0.0"', 0),
        ("!options.verbose", ', "0.0.0.0"', 0),
    ],
)
def test_a_switch_and_who_reaches_what_it_opens(test: str, host: str, count: int) -> None:
    source = f"""
    import express from "express";
    export function serve(options) {{
      const app = express();
      if ({test}) {{
        app.use("/mcp", requireBearerAuth(options));
      }}
      app.listen(options.port{host});
    }}
    """
    assert len(found("everywhere-with-authentication-switched-off", source)) == count


@pytest.mark.parametrize(
    ("imports", "name", "test", "count"),
    [
        ("", "isPrivateHost", 'host === "localhost"', 1),
        ("", "isPrivateHost", '["localhost", "127.0.0.1"].includes(host)', 0),
        ("", "isLoopbackHost", 'host === "localhost"', 0),
        ('import dns from "node:dns/promises";', "isPrivateHost", 'host === "localhost"', 0),
    ],
)
def test_a_name_may_lead_anywhere(imports: str, name: str, test: str, count: int) -> None:
    source = f"{imports}\nexport function {name}(host: string) {{ return {test} || PRIVATE.test(host); }}\n"
    assert len(found("hosts-as-written", source)) == count


@pytest.mark.parametrize(
    ("secret", "answer", "count"),
    [
        ("this.config.upstreamClientSecret", "client_secret_expires_at: 0", 1),
        ("process.env.PROVIDER_CLIENT_SECRET", "client_id_issued_at: now()", 1),
        ("this.made(client_id).secret", "client_secret_expires_at: 0", 0),
        ('randomBytes(32).toString("hex")', "client_secret_expires_at: 0", 0),
        # What is sent to the provider has to have it.
        ("this.config.upstreamClientSecret", 'grant_type: "authorization_code"', 0),
    ],
)
def test_the_secret_that_a_server_has_itself(secret: str, answer: str, count: int) -> None:
    source = f"""
    export class Registration {{
      register(client_id: string) {{
        return {{ client_id, client_secret: {secret}, {answer} }};
      }}
    }}
    """
    assert len(found("own-secret-for-whoever-registers", source)) == count


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ('{ allowedRedirectUriPatterns: ["https://*", "http://localhost:*"] }', 1),
        ('{ allowedRedirectUriPatterns: ["*"] }', 1),
        ("{ allowedRedirectUriPatterns: [] }", 0),
        ('{ allowedRedirectUriPatterns: ["https://*.example.com/back", "http://localhost:*"] }', 0),
        ('{ allowedOrigins: ["https://*"] }', 0),
    ],
)
def test_addresses_of_every_host_are_admitted(given: str, count: int) -> None:
    source = f"import {{ FastMCP }} from 'fastmcp';\nexport const proxy = new OAuthProxy({given});\n"
    assert len(found("return-address-of-nobody", source)) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("client.redirect_uris.push(uri);", 1),
        ("if (!client.redirect_uris.includes(uri)) client.redirect_uris.push(uri);", 1),
        ("client.redirect_uris = [...client.redirect_uris, uri];", 1),
        ("if (!isAllowed(uri)) return; client.redirect_uris.push(uri);", 0),
        ("if (PATTERNS.some((one) => matches(one, uri))) client.redirect_uris.push(uri);", 0),
        ("client.redirect_uris.push(LOCAL);", 0),
        ("client.scopes.push(uri);", 0),
        ("client.redirect_uris = [uri];", 0),
    ],
)
def test_an_address_becomes_a_registered_one(body: str, count: int) -> None:
    source = f"export class Clients {{ ensureRedirectUri(client, uri) {{ {body} }} }}"
    assert len(found("return-address-of-nobody", source)) == count


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("return redirect_uri", 1),
        ("if redirect_uri is None:\n            raise ValueError()\n        return redirect_uri", 1),
        ("if redirect_uri in self.redirect_uris:\n            return redirect_uri\n        raise ValueError()", 0),
        ("return super().validate_redirect_uri(redirect_uri)", 0),
        ("check(redirect_uri)\n        return redirect_uri", 0),
    ],
)
def test_a_client_whose_every_address_is_right(body: str, count: int) -> None:
    head = "from mcp.shared.auth import OAuthClientInformationFull\n\n\nclass Client(OAuthClientInformationFull):\n"
    text = f"{head}    def validate_redirect_uri(self, redirect_uri):\n        {body}\n"
    assert len([d for d in check_text("file:///src/a.py", text) if d.rule.id == "MCP438"]) == count
