"""Credentials written into source code, told by the forms their issuers give them."""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator

from ..fix import Fix, FromEnvironment
from ..model import StringLiteral
from ..rule import Example, Finding, Severity, rule

_PEM = r"-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----[\s\\nrA-Za-z0-9+/=:,.-]{64,}"
_URL = (
    r"(?<![\w+])(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|clickhouse|oracle|ftps?|https?)(?:\+\w+)?"
    r"://[^\s:/@'\"<>{}$]{0,64}:(?P<password>[^\s/@'\"<>{}$%*]{4,128}|[^\s@'\"<>{}$*/]{8,128})@(?P<host>[\w.-]+)"
)

# (what it is, environment variable by convention, expression). An issuer's prefix makes a match certain: no entropy
# guess is needed. Lengths are lower bounds of what is issued today.
_FORMS = (
    ("an Anthropic API key", "ANTHROPIC_API_KEY", r"sk-ant-[a-z0-9]{3,8}-[\w-]{20,}"),
    ("an OpenAI API key", "OPENAI_API_KEY", r"sk-(?:proj|svcacct|admin)-[\w-]{20,}|sk-\w{20}T3BlbkFJ\w{20}"),
    ("an OpenRouter API key", "OPENROUTER_API_KEY", r"sk-or-v1-[0-9a-f]{40,}"),
    ("an API key", "API_KEY", r"sk-[A-Za-z0-9]{32,}"),
    ("a GitHub token", "GITHUB_TOKEN", r"github_pat_\w{50,}|gh[pousr]_[A-Za-z0-9]{30,}"),
    ("a GitLab token", "GITLAB_TOKEN", r"gl(?:pat|dt|rt|ptt)-[\w-]{20,}"),
    ("an AWS access key id", "AWS_ACCESS_KEY_ID", r"(?:AKIA|ASIA)[A-Z2-7]{16}"),
    ("a Slack token", "SLACK_TOKEN", r"xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{20,}"),
    ("a Slack webhook", "SLACK_WEBHOOK_URL", r"https://hooks\.slack\.com/(?:services|workflows)/T\w{6,}/\w{6,}/\w{16,}"),
    ("a Google API key", "GOOGLE_API_KEY", r"AIza[\w-]{35}"),
    ("a Google OAuth client secret", "GOOGLE_CLIENT_SECRET", r"GOCSPX-[\w-]{28}"),
    ("a Stripe key", "STRIPE_API_KEY", r"[rs]k_live_[A-Za-z0-9]{20,}"),
    ("a SendGrid key", "SENDGRID_API_KEY", r"SG\.[\w-]{16,}\.[\w-]{32,}"),
    ("an npm token", "NPM_TOKEN", r"npm_[A-Za-z0-9]{36}"),
    ("a PyPI token", "PYPI_TOKEN", r"pypi-AgE[\w-]{50,}"),
    ("a Hugging Face token", "HF_TOKEN", r"hf_[A-Za-z0-9]{30,}"),
    ("a Groq API key", "GROQ_API_KEY", r"gsk_[A-Za-z0-9]{40,}"),
    ("an xAI API key", "XAI_API_KEY", r"xai-[A-Za-z0-9]{60,}"),
    ("a Perplexity API key", "PERPLEXITY_API_KEY", r"pplx-[A-Za-z0-9]{40,}"),
    ("a Tavily API key", "TAVILY_API_KEY", r"tvly-(?:dev-|prod-)?[A-Za-z0-9-]{24,}"),
    ("a Notion token", "NOTION_TOKEN", r"(?:ntn_|secret_)[A-Za-z0-9]{40,}"),
    ("a Figma token", "FIGMA_TOKEN", r"figd_[\w-]{30,}"),
    ("a Linear API key", "LINEAR_API_KEY", r"lin_api_[A-Za-z0-9]{32,}"),
    ("an Atlassian token", "ATLASSIAN_TOKEN", r"ATATT3x[\w=-]{60,}"),
    ("a Databricks token", "DATABRICKS_TOKEN", r"dapi[0-9a-f]{32}"),
    ("a DigitalOcean token", "DIGITALOCEAN_TOKEN", r"do[opr]_v1_[0-9a-f]{64}"),
    ("a Docker token", "DOCKER_TOKEN", r"dckr_(?:pat|oat)_[\w-]{20,}"),
    ("a Shopify token", "SHOPIFY_TOKEN", r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    ("a Supabase token", "SUPABASE_ACCESS_TOKEN", r"sb(?:p|_secret)_[A-Za-z0-9_-]{30,}"),
    ("a Telegram bot token", "TELEGRAM_BOT_TOKEN", r"\d{8,10}:AA[\w-]{33}"),
    ("an Azure storage key", "AZURE_STORAGE_CONNECTION_STRING", r"AccountKey=[A-Za-z0-9+/]{80,}={0,2}"),
    ("a private key", "PRIVATE_KEY", _PEM),
    ("a password in a URL", "DATABASE_URL", _URL),
    ("a signed token (JWT)", "AUTH_TOKEN", r"eyJ[\w-]{12,}\.(?P<claims>eyJ[\w-]{12,})\.[\w-]{20,}"),
)  # fmt: skip

_CUES = (
    "sk-", "gh", "glpat-", "gldt-", "glrt-", "glptt-", "AKIA", "ASIA", "xox", "xapp-", "hooks.slack.com", "AIza",
    "GOCSPX-", "k_live_", "SG.", "npm_", "pypi-", "hf_", "gsk_", "xai-", "pplx-", "tvly-", "ntn_", "secret_", "figd_",
    "lin_api_", "ATATT3x", "dapi", "_v1_", "dckr_", "shp", "sbp_", "sb_secret_", ":AA", "AccountKey=", "PRIVATE KEY",
    "://", "eyJ",
)  # fmt: skip


@rule(
    "MCP401",
    severity=Severity.ERROR,
    references=("CWE-798", "CWE-540", "MCP01:2025", "LLM02:2025", "LLM02:2026", "ASI03:2026", "AML.T0055",
                "CoSAI MCP-T5", "MCTS-T-1004"),
    bad='''
    GITHUB_TOKEN = "ghp_q8Zt2LmX4vKc7RbN1sWd5FyH9jPa3GuE6oTi"
    #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `ghp_…` is a GitHub token in the source code
    DATABASE = "postgresql://app:Vt7-kQ92-wZx@db.example.net/notes"
    #                            ^^^^^^^^^^^^ a password in a URL in the source code
    ''',
    good='''
    import os

    GITHUB_TOKEN = os.environ["GITHUB_TOKEN"]
    EXAMPLE = "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    KEY_PREFIX = "sk-ant-api03-"
    DATABASE = "postgresql://postgres:postgres@localhost/notes"
    CONNECT = f"postgresql://app:{os.environ['DB_PASSWORD']}@db.example.net/notes"
    ''',
    typescript=Example(
        bad='''
        const client = connect({ apiKey: "sk-ant-api03-Xw4mT9bQ2LkP7sRd1VfH6nYc3ZgJ8uEa" });
        //                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ … is an Anthropic API key …
        ''',
        good='''
        const client = connect({ apiKey: process.env.ANTHROPIC_API_KEY, header: "Bearer <token>" });
        ''',
    ),
)  # fmt: skip
def secret_in_source(literal: StringLiteral) -> Iterator[Finding]:
    """A credential is written into the source code.

    Whoever can read the file can use it: in the repository and its history, in the published package, in a container
    image, in the context of a model that was asked to read the code. Servers are often published together with the
    keys their author tried them with.

    Take the credential back where it was issued, then read it from the environment or a secret store. Test files,
    placeholders and the usual passwords of local databases are not reported.
    """
    value = literal.text.value
    if not any(cue in value for cue in _CUES):
        return
    if _is_test(literal.text.place.uri):
        return
    for match in _forms().finditer(value):
        what, variable = _KINDS[match.lastgroup or ""]
        start, end = match.span()
        severity = None
        password = match["password"]
        if password is not None:
            if _local(match["host"], password, match[0]):
                continue
            start, end = match.span("password")
        elif match["claims"] is not None:
            severity = Severity.WARNING
            if _public(match["claims"]):
                continue
        if is_placeholder(value[start:end]) or is_placeholder(literal.name, by_name=True):
            continue
        shown = _prefix(value[start:end]) if password is None and match["claims"] is None else ""
        yield Finding(
            literal.text.at(start, end),
            f"`{shown}…` is {what} in the source code" if shown else f"{what} in the source code",
            fix=Fix("Read it from the environment", FromEnvironment(
                literal.text.at(*((0, len(value)) if password else (start, end))), _variable(literal.name, variable)
            )),
            detail=what,
            severity=severity,
        )  # fmt: skip


_KINDS = {f"k{n}": (what, variable) for n, (what, variable, _) in enumerate(_FORMS)}


@functools.cache
def _forms() -> re.Pattern[str]:
    # A form stands alone or between quotes, "=" and the like: not inside a longer word.
    return re.compile("|".join(rf"(?P<k{n}>(?<![A-Za-z0-9_-])(?:{form}))" for n, (_, _, form) in enumerate(_FORMS)))


def _prefix(secret: str) -> str:
    """What may be shown of it: the issuer's prefix."""
    if secret.startswith("-----"):
        return ""
    match = re.match(r"sk-(?:ant|proj|or)-|github_pat_|(?:AKIA|ASIA|AIza)|[A-Za-z]+(?:_v1)?[-_.=]", secret)
    return match[0] if match else ""


def _variable(name: str, usual: str) -> str:
    """The environment variable to read: named like what the literal is assigned to, where that says enough."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", name).strip("_").upper()
    return snake if re.fullmatch(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+", snake) and len(snake) <= 40 else usual


_PLACEHOLDER = (
    "example", "placeholder", "your", "dummy", "fake", "sample", "changeme", "change-me", "redacted", "insert",
    "replace", "mock", "todo", "foobar", "secret-key", "api-key", "test", "xxx", "...", "***", "___", "<", "${", "{{",
)  # fmt: skip


def is_placeholder(value: str, by_name: bool = False) -> bool:
    """Whether a value stands for a secret and is none: words people use for that, one character repeated, a count."""
    lower = value.lower()
    if by_name:
        return any(word in lower for word in ("example", "placeholder", "sample", "dummy", "fake", "mock", "regex"))
    if any(word in lower for word in _PLACEHOLDER):
        return True
    if re.search(r"(.)\1{4,}", lower):
        return True
    steps = 0
    for a, b in itertools.pairwise(lower):
        steps = steps + 1 if ord(b) - ord(a) == 1 else 0
        if steps >= 7:  # 12345678, abcdefgh
            return True
    return _entropy(value[-20:]) < 2.5


def _entropy(value: str) -> float:
    """Bits a character, by frequency."""
    if not value:
        return 0.0
    return -sum(n / len(value) * math.log2(n / len(value)) for n in Counter(value).values())


_USUAL = frozenset(
    {"password", "passwd", "pass", "postgres", "root", "admin", "user", "guest", "secret", "mysql", "mongo", "redis",
     "test", "example", "changeme", "pwd", "token", "username", "default", "minio", "neo4j"}
)  # fmt: skip


def _local(host: str, password: str, url: str) -> bool:
    """Whether a URL is one of those every developer has: a local host, a container's name, a usual password."""
    user = url.split("://", 1)[1].split(":", 1)[0]
    if host in ("localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal") or "." not in host:
        return True
    if host.endswith((".local", ".localhost", ".test")) or host == "example.com":
        return True
    return password.lower() in _USUAL or password == user or (len(password) > 5 and is_placeholder(password))


def _public(claims: str) -> bool:
    """Whether a JWT is the one of every tutorial, or a key made to be public (Supabase's "anon")."""
    import base64  # with binascii it takes as long to load as this file

    try:
        said = base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)).decode("utf-8", "replace")
    except ValueError:
        return True
    return '"1234567890"' in said or '"anon"' in said or "John Doe" in said


_TESTS = (
    r"/(?:tests?|__tests__|testing|fixtures?|__fixtures__|mocks?|__mocks__|testdata|spec)/"
    r"|/(?:test_[^/]*|[^/]*_test|conftest)\.py$|\.(?:test|spec)\.[cm]?[jt]sx?$"
)


@functools.lru_cache(maxsize=64)
def _is_test(uri: str) -> bool:
    return re.search(_TESTS, uri) is not None
