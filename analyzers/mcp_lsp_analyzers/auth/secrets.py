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
from ..record import NamedTuple
from ..rule import Example, Finding, Severity, rule
from ..testing import is_test, named_as_test

_PEM = r"-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----[\s\\nrA-Za-z0-9+/=:,.-]{64,}"
_URL = (
    r"(?:postgres(?:ql)?|mysql|mariadb|mongodb|rediss?|amqps?|mssql|clickhouse|oracle|ftps?|https?)(?:\+\w+)?"
    r"://(?P<user>[^\s:/@'\"<>{}$]{0,64}):(?P<password>[^\s/@'\"<>{}$%*]{4,128}|[^\s@'\"<>{}$*/]{8,128})"
    r"@(?P<host>[\w.-]+)"
)


class _Form(NamedTuple):
    """How an issuer writes a credential. ``cues``: one of them is in every text that has it, so that ordinary strings
    cost a few searches for substrings and no expression. Lengths are lower bounds of what is issued today."""

    what: str
    variable: str  # the environment variable it is read from by convention
    cues: tuple[str, ...]
    expression: str


_FORMS = (
    _Form("an Anthropic API key", "ANTHROPIC_API_KEY", ("sk-ant-",), r"sk-ant-[a-z0-9]{3,8}-[\w-]{20,}"),
    _Form("an OpenAI API key", "OPENAI_API_KEY", ("sk-proj-", "sk-svcacct-", "sk-admin-", "T3BlbkFJ"),
          r"sk-(?:proj|svcacct|admin)-[\w-]{20,}|sk-\w{20}T3BlbkFJ\w{20}"),
    _Form("an OpenRouter API key", "OPENROUTER_API_KEY", ("sk-or-",), r"sk-or-v1-[0-9a-f]{40,}"),
    _Form("an API key", "API_KEY", ("sk-",), r"sk-[A-Za-z0-9]{32,}"),
    _Form("a GitHub token", "GITHUB_TOKEN", ("github_pat_",), r"github_pat_\w{50,}"),
    _Form("a GitHub token", "GITHUB_TOKEN", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9]{30,}"),
    _Form("a GitLab token", "GITLAB_TOKEN", ("glpat-", "gldt-", "glrt-", "glptt-"), r"gl(?:pat|dt|rt|ptt)-[\w-]{20,}"),
    _Form("an AWS access key id", "AWS_ACCESS_KEY_ID", ("AKIA", "ASIA"), r"(?:AKIA|ASIA)[A-Z2-7]{16}"),
    _Form("a Slack token", "SLACK_TOKEN", ("xox", "xapp-"), r"xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{20,}"),
    _Form("a Slack webhook", "SLACK_WEBHOOK_URL", ("hooks.slack.com",),
          r"https://hooks\.slack\.com/(?:services|workflows)/T\w{6,}/\w{6,}/\w{16,}"),
    _Form("a Google API key", "GOOGLE_API_KEY", ("AIza",), r"AIza[\w-]{35}"),
    _Form("a Google OAuth client secret", "GOOGLE_CLIENT_SECRET", ("GOCSPX-",), r"GOCSPX-[\w-]{28}"),
    _Form("a Stripe key", "STRIPE_API_KEY", ("k_live_",), r"[rs]k_live_[A-Za-z0-9]{20,}"),
    _Form("a SendGrid key", "SENDGRID_API_KEY", ("SG.",), r"SG\.[\w-]{16,}\.[\w-]{32,}"),
    _Form("an npm token", "NPM_TOKEN", ("npm_",), r"npm_[A-Za-z0-9]{36}"),
    _Form("a PyPI token", "PYPI_TOKEN", ("pypi-AgE",), r"pypi-AgE[\w-]{50,}"),
    _Form("a Hugging Face token", "HF_TOKEN", ("hf_",), r"hf_[A-Za-z0-9]{30,}"),
    _Form("a Groq API key", "GROQ_API_KEY", ("gsk_",), r"gsk_[A-Za-z0-9]{40,}"),
    _Form("an xAI API key", "XAI_API_KEY", ("xai-",), r"xai-[A-Za-z0-9]{60,}"),
    _Form("a Perplexity API key", "PERPLEXITY_API_KEY", ("pplx-",), r"pplx-[A-Za-z0-9]{40,}"),
    _Form("a Tavily API key", "TAVILY_API_KEY", ("tvly-",), r"tvly-(?:dev-|prod-)?[A-Za-z0-9-]{24,}"),
    _Form("a Notion token", "NOTION_TOKEN", ("ntn_", "secret_"), r"(?:ntn_|secret_)[A-Za-z0-9]{40,}"),
    _Form("a Figma token", "FIGMA_TOKEN", ("figd_",), r"figd_[\w-]{30,}"),
    _Form("a Linear API key", "LINEAR_API_KEY", ("lin_api_",), r"lin_api_[A-Za-z0-9]{32,}"),
    _Form("an Atlassian token", "ATLASSIAN_TOKEN", ("ATATT3x",), r"ATATT3x[\w=-]{60,}"),
    _Form("a Databricks token", "DATABRICKS_TOKEN", ("dapi",), r"dapi[0-9a-f]{32}"),
    _Form("a DigitalOcean token", "DIGITALOCEAN_TOKEN", ("_v1_",), r"do[opr]_v1_[0-9a-f]{64}"),
    _Form("a Docker token", "DOCKER_TOKEN", ("dckr_",), r"dckr_(?:pat|oat)_[\w-]{20,}"),
    _Form("a Shopify token", "SHOPIFY_TOKEN", ("shpat_", "shpca_", "shppa_", "shpss_"),
          r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    _Form("a Supabase token", "SUPABASE_ACCESS_TOKEN", ("sbp_", "sb_secret_"), r"sb(?:p|_secret)_[A-Za-z0-9_-]{30,}"),
    _Form("a Telegram bot token", "TELEGRAM_BOT_TOKEN", (":AA",), r"\d{8,10}:AA[\w-]{33}"),
    _Form("an Azure storage key", "AZURE_STORAGE_KEY", ("AccountKey=",), r"(?<=AccountKey=)[A-Za-z0-9+/]{80,}={0,2}"),
    _Form("a private key", "PRIVATE_KEY", ("PRIVATE KEY",), _PEM),
    _Form("a password in a URL", "DATABASE_URL", ("://",), _URL),
    _Form("a signed token (JWT)", "AUTH_TOKEN", ("eyJ",), r"eyJ[\w-]{12,}\.(?P<claims>eyJ[\w-]{12,})\.[\w-]{20,}"),
)  # fmt: skip
_SHORTEST = 16  # ftp://me:pass@a.b; every other form is longer
_CUES = tuple((cue, form) for form in _FORMS for cue in form.cues)


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
    if len(value) < _SHORTEST:
        return
    forms = [form for cue, form in _CUES if cue in value]
    if (
        not forms
        or is_test(literal.file)
        or named_as_test(literal.text.place.uri)
        or is_placeholder(literal.name, by_name=True)
    ):
        return
    done = 0
    for start, end, form, severity in sorted(_found(value, forms), key=lambda each: (each[0], -each[1])):
        if start < done or is_placeholder(value[start:end]):
            continue
        done = end
        shown = _prefix(value[start:end])
        # A password is a part of the address that is read from the environment as a whole.
        place = literal.text.at(*((0, len(value)) if form.expression is _URL else (start, end)))
        yield Finding(
            literal.text.at(start, end),
            f"`{shown}…` is {form.what} in the source code" if shown else f"{form.what} in the source code",
            fix=Fix("Read it from the environment", FromEnvironment(place, _variable(literal.name, form.variable))),
            detail=form.what,
            severity=severity,
        )


def known_form(value: str) -> bool:
    """Whether `secret_in_source` judges the value, by a form that an issuer gives."""
    forms = [form for cue, form in _CUES if cue in value]
    return bool(forms) and any(True for _ in _found(value, forms))


def _found(value: str, forms: list[_Form]) -> Iterator[tuple[int, int, _Form, Severity | None]]:
    for form in forms:
        if form.expression is _URL and "@" not in value:
            continue
        for match in _compiled(form.expression).finditer(value):
            start, end = match.span()
            if start and (value[start - 1].isalnum() or value[start - 1] in "_-") and value[start].isalnum():
                continue  # inside a longer word
            if form.expression is _URL:
                if not _local(match["host"], match["user"], match["password"]):
                    yield *match.span("password"), form, None
            elif "claims" in form.expression:
                if not _public(match["claims"]):
                    yield start, end, form, Severity.WARNING
            else:
                yield start, end, form, None


_compiled = functools.cache(re.compile)


def _prefix(secret: str) -> str:
    """What may be shown of it: the issuer's prefix."""
    match = re.match(r"sk-(?:ant|proj|or)-|github_pat_|[rs]k_live_|AKIA|ASIA|AIza|(?!eyJ)[A-Za-z]{2,6}[-_]", secret)
    return match[0] if match else ""


def _variable(name: str, usual: str) -> str:
    """The environment variable to read: named like what the literal is assigned to, where that says enough."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", name).strip("_").upper()
    return snake if re.fullmatch(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+", snake) and len(snake) <= 40 else usual


_PLACEHOLDER = (
    "example", "placeholder", "your", "dummy", "fake", "sample", "changeme", "change-me", "redacted", "insert",
    "replace", "mock", "todo", "foobar", "secret-key", "api-key", "test", "xxx", "...", "***", "___", "<", "${", "{{",
)  # fmt: skip


_NAMED = ("example", "placeholder", "sample", "dummy", "demo", "fake", "mock", "regex")


def is_placeholder(value: str, by_name: bool = False) -> bool:
    """Whether a value stands for a secret and is none: words people use for that, one character repeated, a count."""
    lower = value.lower()
    if by_name:
        return any(word in lower for word in _NAMED)
    if any(word in lower for word in _PLACEHOLDER):
        return True
    if re.search(r"([^-])\1{4,}", lower):
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
     "test", "example", "changeme", "pwd", "token", "username", "default", "minio", "neo4j", "abc123", "mypassword",
     "password123", "pass123", "secret123", "123456"}
)  # fmt: skip


def _local(host: str, user: str, password: str) -> bool:
    """Whether a URL is one of those every developer has: a local host, a container's name, a usual password."""
    if host in ("127.0.0.1", "0.0.0.0", "host.docker.internal", "example.com") or "." not in host:
        return True
    return (
        host.endswith((".local", ".localhost", ".test", ".example.com"))
        or password.lower() in _USUAL
        or password == user
    )


def _public(claims: str) -> bool:
    """Whether a JWT is the one of every tutorial, or a key made to be public (Supabase's "anon")."""
    import base64  # with binascii it takes as long to load as this file

    try:
        said = base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)).decode("utf-8", "replace")
    except ValueError:
        return True
    return '"1234567890"' in said or '"anon"' in said or "John Doe" in said
