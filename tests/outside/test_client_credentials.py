"""A token for a client of its own: from which server, with which secret, and never to another one."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from mcp_lsp.outside import oauth
from mcp_lsp.outside.consent import NotAgreed, origin, reaching
from mcp_lsp.outside.oauth import Client, NoToken
from tests.cli.conftest import Run, run  # noqa: F401
from tests.outside.endpoints import Request, careful, serving
from tests.outside.servers import PATIENT

CLIENT = Client("scanner", "s3cret/+", "tools:read")
SECRET_BASIC = "Basic " + base64.b64encode(b"scanner:s3cret%2F%2B").decode()


class Tokens:
    """An authorization server. ``methods``: how clients may say who they are; ``asked``: the forms it was sent."""

    def __init__(self, methods: list[str] | None = None, **metadata: Any) -> None:
        self.methods = methods
        self.metadata = metadata
        self.asked: list[tuple[str | None, dict[str, list[str]]]] = []
        self.answer: Any = {"access_token": "given-token", "token_type": "Bearer"}
        self.status = 200

    def __call__(self, request: Request) -> None:
        home = f"http://{request.headers['Host']}"
        if request.path == "/.well-known/oauth-authorization-server/team":
            named = {"token_endpoint_auth_methods_supported": self.methods} if self.methods else {}
            request.answer(200, {"issuer": f"{home}/team", "token_endpoint": f"{home}/token", **named, **self.metadata})
        elif request.path == "/token":
            self.asked.append((request.headers.get("Authorization"), parse_qs(request.body)))
            request.answer(self.status, self.answer)
        else:
            request.answer(404)


def guarded(issuer: str, named: bool = True) -> Any:
    """An endpoint that wants a token and says where from; ``named``: in its refusal, else at the well-known place."""

    def answering(request: Request) -> None:
        home = f"http://{request.headers['Host']}"
        place = "/meta" if named else "/.well-known/oauth-protected-resource/mcp"
        if request.path == place:
            request.answer(200, {"resource": f"{home}/mcp", "authorization_servers": [issuer]})
        elif request.path.startswith("/.well-known/"):
            request.answer(404)
        else:
            said = f'Bearer resource_metadata="{home}/meta"' if named else "Bearer"
            request.answer(401, WWW_Authenticate=said)

    return answering


def token(tokens: Tokens, *, agreed: bool = True, named: bool = True) -> tuple[str, str]:
    """The token, and the address of the endpoint."""
    with serving(tokens) as server:
        issuer = f"{origin(server)}/team"
        with serving(guarded(issuer, named)) as url:
            consent = reaching(url, *([issuer] if agreed else []))
            return oauth.token(url, CLIENT, consent, PATIENT), url


@pytest.mark.parametrize("named", [True, False])
def test_the_server_that_the_metadata_name_is_asked(named: bool) -> None:
    tokens = Tokens()
    found, url = token(tokens, named=named)
    assert found == "given-token"
    ((authorization, form),) = tokens.asked
    assert authorization == SECRET_BASIC
    assert form == {"grant_type": ["client_credentials"], "resource": [url], "scope": ["tools:read"]}


def test_one_that_takes_secrets_in_the_form_alone() -> None:
    tokens = Tokens(["client_secret_post"])
    token(tokens)
    ((authorization, form),) = tokens.asked
    assert (authorization, form["client_id"], form["client_secret"]) == (None, ["scanner"], ["s3cret/+"])


def test_the_secret_goes_nowhere_that_nobody_agreed_to() -> None:
    tokens = Tokens()
    with pytest.raises(NotAgreed, match="agree with --authorization-server"):
        token(tokens, agreed=False)
    assert tokens.asked == []
    elsewhere = Tokens(token_endpoint="http://127.0.0.1:9/token")
    with pytest.raises(NotAgreed, match="nobody agreed to reach"):
        token(elsewhere)


@pytest.mark.parametrize(
    ("metadata", "answer", "status", "said"),
    [
        ({"issuer": "http://else.example"}, {}, 200, "the metadata of http://else.example, not of"),
        ({"token_endpoint": None}, {}, 200, "name no token_endpoint"),
        ({}, {"error": "invalid_client", "error_description": "no s3cret/+ here"}, 401, "gave no token: no *** here"),
        ({}, {"access_token": "a b"}, 200, "gave no token"),
        ({}, {"access_token": "x", "token_type": "DPoP"}, 200, "of the type DPoP"),
        ({}, ["x"], 500, "gave no token: status 500"),
    ],
)
def test_what_is_no_token_is_said(metadata: dict[str, Any], answer: Any, status: int, said: str) -> None:
    tokens = Tokens(None, **metadata)
    tokens.answer, tokens.status = answer, status
    with pytest.raises(NoToken) as error:
        token(tokens)
    assert said in str(error.value)
    assert "s3cret" not in str(error.value)


def test_a_scan_lets_itself_in_and_shows_no_token(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setenv("SECRET", CLIENT.secret)
    tokens = Tokens()
    with serving(tokens) as server:
        issuer = f"{origin(server)}/team"
        inner, outer = careful("given-token"), guarded(issuer)

        def both(request: Request) -> None:
            (inner if request.headers.get("Authorization") else outer)(request)

        with serving(both) as url:
            given = (
                "--url",
                url,
                "--client-id",
                "scanner",
                "--client-secret",
                "SECRET",
                "--record",
                "r.mcp-session.jsonl",
            )
            files = {"project/notes.txt": ""}
            ran = run("scan", "project", *given, "--live", "--i-understand", files=files)
            assert (ran.code, f"agree with --authorization-server {issuer}" in ran.err) == (2, True)
            ran = run("scan", "project", *given, "--live", "--i-understand", "--authorization-server", issuer)
            assert "tools/list answered (1)" in ran.out
            record = Path("r.mcp-session.jsonl").read_text()
            assert "given-token" not in ran.out + ran.err + record
            assert CLIENT.secret not in ran.out + ran.err + record


# ---------------------------------------------------------------- audience


def jwt(audience: str) -> str:
    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'RS256'})}.{part({'aud': audience})}.c2lnbmVk"


def giving(obeys: bool = True) -> Any:
    """An authorization server whose tokens are for the resource that is asked for, or (not ``obeys``) for one of its
    own choice."""
    tokens = Tokens()

    def answering(request: Request) -> None:
        if request.path == "/token":
            (resource,) = parse_qs(request.body)["resource"]
            tokens.answer = {"access_token": jwt(resource if obeys else "https://all.example"), "token_type": "Bearer"}
        tokens(request)

    return answering


@pytest.mark.parametrize(("checks", "said"), [(True, False), (False, True)])
def test_a_token_for_another_audience_is_refused(
    run: Run,  # noqa: F811
    checks: bool,
    said: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SCANNER_SECRET", "s3cret/+")
    with serving(giving()) as server:
        issuer = f"{origin(server)}/team"

        def answering(request: Request) -> None:
            own = jwt(f"http://{request.headers['Host']}/mcp")
            given = (request.headers.get("Authorization") or "").removeprefix("Bearer ")
            if given == own or (given == jwt(oauth.ELSEWHERE) and not checks):
                return careful()(request)
            return guarded(issuer)(request)  # type: ignore[no-any-return]

        with serving(answering) as url:
            options = ["--client-id", "scanner", "--client-secret", "SCANNER_SECRET", "--authorization-server", issuer]
            ran = run("scan", ".", "--url", url, *options, "--live", "--i-understand", files={"x.py": ""})
    assert ("a token for another audience is accepted (200)" in ran.out) is said, ran
    assert "tools/list answered (1)" in ran.out


def test_a_token_is_for_another_audience_only_where_it_says_so() -> None:
    with serving(giving(obeys=False)) as server:
        issuer = f"{origin(server)}/team"
        with serving(guarded(issuer)) as url:
            assert oauth.foreign(url, CLIENT, reaching(url, issuer), PATIENT) == ""
    with serving(giving()) as server:
        issuer = f"{origin(server)}/team"
        with serving(guarded(issuer)) as url:
            assert oauth.foreign(url, CLIENT, reaching(url, issuer), PATIENT) == jwt(oauth.ELSEWHERE)
