"""Addresses of identity providers, and what is asked of them: look-alikes, scopes for everything, old flows."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Assign, Call, Items, Pair, Str, Unit
from ..model import StringLiteral
from ..passage import Passage
from ..pattern import pattern
from ..rule import Example, FileExample, Finding, Severity, rule
from ..testing import is_test, named_as_test
from .values import name_of

# Where people sign in, and under which names its owner has addresses.
_OWN = {
    "google": ("google.com", "googleapis.com", "googleusercontent.com", "google.dev", "withgoogle.com", "google.cn"),
    "github": ("github.com", "github.io", "github.dev", "githubusercontent.com", "githubcopilot.com", "ghe.com"),
    "gitlab": ("gitlab.com", "gitlab.io"),
    "microsoft": ("microsoft.com", "microsoftonline.com", "microsoftonline.us", "microsoft.us"),
    "microsoftonline": ("microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "microsoftonline.de"),
    "facebook": ("facebook.com", "facebook.net"),
    "linkedin": ("linkedin.com",),
    "dropbox": ("dropbox.com", "dropboxapi.com"),
    "discord": ("discord.com", "discordapp.com", "discord.gg"),
    "salesforce": ("salesforce.com",),
    "atlassian": ("atlassian.com", "atlassian.net"),
    "anthropic": ("anthropic.com",),
    "spotify": ("spotify.com",),
    "amazoncognito": ("amazoncognito.com",),
    "okta": ("okta.com", "oktapreview.com", "okta-emea.com"),
}
_HOST = pattern(r"(?i)^https?://(?:[^/@\s]*@)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d+)?(?P<path>[/?#]\S*)?$")
_SIGNS_IN = pattern(r"(?i)oauth|oidc|openid|authori[sz]|issuer|token|sso|log-?in|sign-?in")


@rule(
    "MCP427",
    severity=Severity.WARNING,
    references=("CWE-601", "CWE-346", "MCP07:2025", "MCP09:2025", "ASI03:2026", "SAFE-T1007", "SAFE-T1306",
                "CoSAI MCP-T1", "MCTS-T-1011", "MCTS-T-1017"),
    bad="""
    AUTHORIZATION_URL = "https://accounts-google.com/o/oauth2/v2/auth"
    #                            ^^^^^^^^^^^^^^^^^^^ `accounts-google.com` looks like google and …
    """,
    good="""
    AUTHORIZATION_URL = "https://accounts.google.com/o/oauth2/v2/auth"
    ISSUER = "https://google.auth.example.com/oauth/token"
    """,
    typescript=Example(
        bad="""
        const tokenUrl = "https://guthub.com/login/oauth/access_token";
        //                        ^^^^^^^^^^ `guthub.com` looks like github and is somebody else's
        """,
        good="""
        const tokenUrl = "https://github.com/login/oauth/access_token";
        """,
    ),
    files=(
        FileExample(
            ".mcp.json",
            bad='''
            {
              "mcpServers": {
                "notes": {
                  "url": "https://notes.example.com/mcp",
                  "oauth": { "authorizationUrl": "https://github.com.login-page.net/login/oauth/authorize" }
            //                                            ^^^^^^^^^^^^^^^^^^^^^^^^^ `github.com.login-page.net` looks …
                }
              }
            }
            ''',
            good='''
            {
              "mcpServers": {
                "notes": {
                  "url": "https://notes.example.com/mcp",
                  "oauth": { "authorizationUrl": "https://github.com/login/oauth/authorize" }
                }
              }
            }
            ''',
        ),
    ),
)  # fmt: skip
def address_like_that_of_a_provider(literal: StringLiteral) -> Iterator[Finding]:
    """People are sent to sign in at an address that only looks like that of a known provider.

    Whoever owns `accounts-google.com` or `guthub.com` reads the password, or passes the user on to the right page and
    keeps the code. One letter is enough, or the right name in front of another domain.

    Write the provider's own address; better, take it from its discovery document.
    """
    value = literal.text.value
    if not value.startswith("http") or "://" not in value[:9]:
        return
    match = _HOST.match(value)
    if match is None or not (_SIGNS_IN.search(literal.name) or _SIGNS_IN.search(match["path"] or "")):
        return
    host = match["host"].lower()
    brand = _taken_for(host)
    if brand:
        yield Finding(
            literal.text.at(*match.span("host")), f"`{host}` looks like {brand} and is somebody else's", detail=host
        )


def _taken_for(host: str) -> str:
    labels = host.split(".")
    domain = ".".join(labels[-2:])
    if any(domain == own or host.endswith(f".{own}") for owns in _OWN.values() for own in owns):
        return ""
    for brand, owns in _OWN.items():
        if any(f".{own}." in f".{host}." for own in owns):
            return brand  # github.com.example.net
        if brand in labels[-2].split("-") and labels[-2] != brand:
            return brand
        if len(brand) >= 6 and _one_off(labels[-2], brand):
            return brand
    return ""


def _one_off(a: str, b: str) -> bool:
    """Whether one letter is left out, added or exchanged, or two neighbours are."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    return a[i + 1 :] == b[i:] if len(a) > len(b) else a[i:] == b[i + 1 :]


# ---------------------------------------------------------------- what is asked for

_EVERYTHING = frozenset(
    ("*", "all", "full", "full_access", "fullaccess", "root", "superuser", "*:*", "admin", "admin:*")
)
_MUCH = {
    "https://www.googleapis.com/auth/drive": "every file of the user's Drive",
    "https://mail.google.com/": "reading, sending and deleting all mail for good",
    "https://www.googleapis.com/auth/cloud-platform": "everything in the user's Google Cloud",
    "https://www.googleapis.com/auth/admin.directory.user": "the accounts of an organisation",
    "delete_repo": "deleting repositories", "admin:org": "the organisation's administration",
    "admin:enterprise": "the enterprise's administration", "site_admin": "the site's administration",
    "Directory.ReadWrite.All": "the whole directory", "Files.ReadWrite.All": "every file that the user can reach",
    "Mail.ReadWrite.All": "everybody's mail", "sudo": "administration",
}  # fmt: skip
# A name for the scope that stands for everything is what others are compared with, not what is asked for.
_SCOPE = pattern(
    r"(?i)^(?!.*(?:\b|_)(?:all|any|every|wildcard)_)(?:\w*_)?(?:oauth_?)?(?:required_|requested_|default_|supported_|valid_)?scopes?$"
)


@rule(
    "MCP428",
    severity=Severity.INFORMATION,
    references=("CWE-250", "CWE-269", "MCP02:2025", "LLM06:2025", "LLM03:2026", "ASI03:2026", "SAFE-T1308",
                "CoSAI MCP-T2", "MCTS-T-1019"),
    words=("scope", "scopes"),
    bad="""
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("drive")
    SCOPES = ["openid", "https://www.googleapis.com/auth/drive"]
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ this scope stands for every file of the user's …
    """,
    good="""
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("drive")
    SCOPES = ["openid", "https://www.googleapis.com/auth/drive.file"]
    """,
    typescript=Example(
        bad="""
        const request = { client_id: process.env.CLIENT_ID, scope: "notes:read admin" };
        //                                                                     ^^^^^ this scope stands for everything
        """,
        good="""
        const request = { client_id: process.env.CLIENT_ID, scope: "notes:read" };
        """,
    ),
)  # fmt: skip
def scope_for_everything(passage: Passage) -> Iterator[Finding]:
    """A token is asked for that can do far more than the tools of a server need.

    Whoever gets hold of the token (by an injected sentence, a log, another server) can do all of it. Users grant what
    they are asked for.

    Ask for the scopes that the tools use, and for more when a tool is called that needs it.
    """
    if named_as_test(passage.about.uri) or is_test(passage.about.uri):
        return
    for site in passage.of(Assign, Pair, Call):
        node = site.node
        values: list[object] = []
        if isinstance(node, Assign) and _SCOPE.match(name_of(node.target)):
            values = [node.value]
        elif isinstance(node, Pair) and isinstance(node.key, Str) and _SCOPE.match(node.key.value):
            values = [node.value]
        elif isinstance(node, Call):
            values = [arg.value for arg in node.args if arg.name and _SCOPE.match(arg.name)]
        for value in values:
            for text in value.items if isinstance(value, Items) else [value]:
                if isinstance(text, Str):
                    for start, end, what in _asked(text.value):
                        yield Finding(
                            passage.place(site.unit, text.start + 1 + start, text.start + 1 + end),
                            f"this scope stands for {what}",
                            detail=text.value[start:end],
                            severity=Severity.WARNING if "*" in text.value[start:end] else None,
                        )


def _asked(scope: str) -> Iterator[tuple[int, int, str]]:
    for match in _WORD.finditer(scope):
        word = match[0]
        if word.lower() in _EVERYTHING:
            yield *match.span(), "everything"
        elif word in _MUCH:
            yield *match.span(), _MUCH[word]


_WORD = pattern(r"[^\s,]+")


# ---------------------------------------------------------------- flows

_OLD = {
    ("response_type", "token"): "the implicit flow sends the token in the address of a page",
    ("response_type", "id_token token"): "the implicit flow sends the token in the address of a page",
    ("code_challenge_method", "plain"): "a plain challenge is the verifier itself: it protects nothing",
    ("grant_type", "password"): "with this grant the server sees the user's password",
}


@rule(
    "MCP429",
    severity=Severity.WARNING,
    references=("CWE-522", "CWE-319", "MCP07:2025", "ASI03:2026", "SAFE-T1408", "CoSAI MCP-T1", "MCTS-T-1047",
                "MCTS-T-1052"),
    words=("response_type", "code_challenge_method", "grant_type"),
    bad="""
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")
    REQUEST = {"response_type": "token", "client_id": "notes"}
    #                            ^^^^^ the implicit flow sends the token in the address of a page
    """,
    good="""
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("notes")
    REQUEST = {"response_type": "code", "client_id": "notes", "code_challenge_method": "S256"}
    """,
    typescript=Example(
        bad="""
        const url = new URL("https://login.example.com/authorize?client_id=notes");
        url.searchParams.set("code_challenge_method", "plain");
        //                                             ^^^^^ a plain challenge is the verifier itself: …
        """,
        good="""
        const url = new URL("https://login.example.com/authorize?client_id=notes");
        url.searchParams.set("code_challenge_method", "S256");
        """,
    ),
)  # fmt: skip
def outdated_oauth_flow(passage: Passage) -> Iterator[Finding]:
    """An authorization is asked for in a way that OAuth 2.1 has given up.

    MCP builds on OAuth 2.1: authorization code with PKCE and `S256`. The implicit flow puts tokens into histories and
    referrers, a `plain` challenge can be read by whoever can read the code, the password grant shows the password to
    the server.

    Use `response_type=code` with `code_challenge_method=S256`.
    """
    if named_as_test(passage.about.uri):
        return  # which asks for what is to be refused
    for site in passage.of(Pair, Call):
        node = site.node
        key, value = None, None
        if isinstance(node, Pair):
            key, value = node.key, node.value
        elif isinstance(node, Call) and len(node.args) == 2:
            key, value = node.args[0].value, node.args[1].value
        if isinstance(node, Call):
            yield from _named(passage, node, site.unit)
        if isinstance(key, Str) and isinstance(value, Str) and (key.value, value.value) in _OLD:
            yield Finding(
                passage.place(site.unit, value.start + 1, value.end - 1), _OLD[key.value, value.value], detail=key.value
            )


def _named(passage: Passage, call: Call, unit: Unit) -> Iterator[Finding]:
    for arg in call.args:
        if arg.name and isinstance(arg.value, Str) and (arg.name, arg.value.value) in _OLD:
            place = passage.place(unit, arg.value.start + 1, arg.value.end - 1)
            yield Finding(place, _OLD[arg.name, arg.value.value], detail=arg.name)
