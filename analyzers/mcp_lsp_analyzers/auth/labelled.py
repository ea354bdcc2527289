"""Credentials told by what they are called, where their form says nothing: ``password = "…"``, ``API key: …``."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ..code import Arg, Assign, Call, Default, Define, Function, Lambda, Pair, Str, Unit
from ..fix import Fix, FromEnvironment
from ..identifier import words
from ..model import StringLiteral
from ..passage import Passage
from ..pattern import pattern
from ..record import NamedTuple
from ..rule import Example, Finding, Severity, rule
from ..testing import is_test, named_as_test
from .secrets import is_placeholder, known_form
from .values import is_secret, name_of

_PASSWORDS = frozenset(("password", "passwd", "pwd", "passphrase"))
_FORM = pattern(r"[A-Za-z0-9+/=_.~!@#$%^&*?-]{8,200}")
# Words, paths, names of variables, and keys that are made to be public (PostHog's, Stripe's publishable ones).
_NO_SECRET = pattern(
    r"^(?:phc_|pk_|/|\./|\.\.|https?:|[a-z_]+\.[a-z_.]+$|process\.|os\.|env[.:]|[xX]-|[bB]earer$|[bB]asic$|[oO][aA]uth2?$|"
    r"[rhs]s\d+|sha\d+|"
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$|[a-zA-Z]+(?:[-_][a-zA-Z]+)*\d?$|v\d)"
)


_AT_HOME = frozenset(("local", "localhost", "emulator"))
"""What a name begins with whose value opens only what runs on one's own computer, the same for everybody."""


class _Named(NamedTuple):
    name: str
    value: Str
    unit: Unit


@rule(
    "MCP423",
    severity=Severity.WARNING,
    references=("CWE-798", "CWE-540", "MCP01:2025", "LLM02:2025", "LLM02:2026", "ASI03:2026", "AML.T0055",
                "CoSAI MCP-T5", "MCTS-T-1004", "MCTS-T-1022"),
    words=("password", "passwd", "pwd", "passphrase", "key", "token", "secret", "apikey", "credential"),
    bad="""
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("mail")
    SERVICE = {"host": "mail.example.com", "api_key": "m7x2k9q4v8w1z3r5"}
    #                                                  ^^^^^^^^^^^^^^^^ the value of `api_key` stands in the source
    """,
    good="""
    import os

    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("mail")
    SERVICE = {"host": "mail.example.com", "api_key": os.environ["MAIL_API_KEY"]}
    HEADERS = {"password_field": "user_password", "token": "access_token", "api_key": "your-api-key-1"}
    """,
    typescript=Example(
        bad="""
        const db = { host: "db.example.net", user: "app", password: "Kw4-pLq82-xY" };
        //                                                           ^^^^^^^^^^^^ the value of `password` stands…
        """,
        good="""
        const db = { host: "localhost", user: "app", password: process.env.DB_PASSWORD ?? "postgres" };
        """,
    ),
)  # fmt: skip
def credential_written_out(passage: Passage) -> Iterator[Finding]:
    """Something called a password, key or token is written into the source code.

    It has no form that an issuer gives, so it may be anything; but what is called a password, has letters and digits
    that make no word, and is compared or sent, is one. Whoever can read the file can use it.

    Take it back and read it from the environment or a secret store. Test files, placeholders, words and the usual
    passwords of local databases are not reported.
    """
    uri = passage.about.uri
    if named_as_test(uri) or is_test(uri):
        return
    for name, value, unit in _named(passage):
        said = words(name)
        if not is_secret(name) and said[-1:] not in (("pwd",), ("passphrase",)):
            continue
        if not _looks_secret(value.value, not _PASSWORDS.isdisjoint(said)) or is_placeholder(name, by_name=True):
            continue
        if said[0] in _AT_HOME:
            continue
        place = passage.place(unit, value.start + 1, value.end - 1)
        yield Finding(
            place,
            f"the value of `{name}` stands in the source",
            fix=None
            if place.uri.endswith(".json")  # which cannot read anything
            else Fix("Read it from the environment", FromEnvironment(place, "_".join(said).upper())),
            detail=name,
        )


def _named(passage: Passage) -> Iterator[_Named]:
    for site in passage.of(Assign, Pair, Call, Define, Lambda):
        node = site.node
        if isinstance(node, Assign) and isinstance(node.value, Str):
            yield _Named(name_of(node.target), node.value, site.unit)
        elif isinstance(node, Pair) and isinstance(node.key, Str) and isinstance(node.value, Str):
            yield _Named(node.key.value, node.value, site.unit)
        elif isinstance(node, Call):
            yield from (_Named(arg.name, arg.value, site.unit) for arg in node.args if _given(arg))  # type: ignore[arg-type]
        elif isinstance(node, (Define, Lambda)):
            yield from _defaults(node.function, site.unit)


def _given(arg: Arg) -> bool:
    return bool(arg.name) and isinstance(arg.value, Str)


def _defaults(function: Function, unit: Unit) -> Iterator[_Named]:
    for param in function.params:
        value = param.default.value if isinstance(param.default, Default) else param.default
        if isinstance(value, Str):
            yield _Named(param.name, value, unit)


def _looks_secret(value: str, password: bool) -> bool:
    if not _FORM.fullmatch(value) or _NO_SECRET.search(value) or is_placeholder(value) or known_form(value):
        return False
    if not any(c.isdigit() for c in value) or not any(c.isalpha() for c in value):
        return False
    turns = sum(a.isdigit() != b.isdigit() for a, b in itertools.pairwise(value))
    if password:
        return turns >= 2 or (turns == 1 and len(value) >= 12)
    return turns >= 5 and len(value) >= 12


# ---------------------------------------------------------------- in a text

_LABEL = pattern(
    r"(?im)^[\s*•-]*(?:[\w/() ]{0,30}\s)?(?P<label>password|passwd|passphrase|api[ _-]?key|"
    r"secret(?:[ _-]access)?[ _-]?key|(?:access|auth|refresh|session|bearer|api)[ _-]token|client[ _-]secret|secret|"
    r"private[ _-]key|encryption[ _-]key)\s*[:=]\s*(?P<value>[^\s'\"`{}<>]{8,128})\s*$"
)


@rule(
    "MCP424",
    severity=Severity.WARNING,
    references=("CWE-798", "CWE-540", "CWE-200", "MCP01:2025", "LLM02:2025", "LLM02:2026", "ASI03:2026", "AML.T0055",
                "CoSAI MCP-T5", "MCTS-T-1004"),
    bad='''
    @mcp.resource("internal://system")
    def system() -> str:
        """How the system is reached."""
        return """
        Host: db.example.net
        Database password: Pr0d-Db-k4Qz-773
        #                  ^^^^^^^^^^^^^^^^ the password is written out in this text
        """
    ''',
    good='''
    @mcp.resource("internal://system")
    def system() -> str:
        """How the system is reached."""
        return """
        Host: db.example.net
        Database password: see the vault, entry `database`
        API key: <your key>
        """
    ''',
    typescript=Example(
        bad="""
        const HELP = `Connect to the gateway_of_the_team:
          API key: apg-8a7b6c5d4e3f2g1h
        //         ^^^^^^^^^^^^^^^^^^^^ the api key is written out in this text
        `;
        """,
        good="""
        const HELP = `Connect to the gateway_of_the_team:
          API key: $GATEWAY_API_KEY
        `;
        """,
    ),
)  # fmt: skip
def credential_in_text(literal: StringLiteral) -> Iterator[Finding]:
    """A text of several lines names a credential and gives it.

    What a handler answers goes to the model, to the provider of the model and into the client's log. What is written to
    a file at the start is in the source code all the same.

    Take it back. Name where it is kept instead.
    """
    value = literal.text.value
    if "\n" not in value or is_test(literal.file) or named_as_test(literal.text.place.uri):
        return
    lower = value.lower()
    if not ("passw" in lower or "key" in lower or "token" in lower or "secret" in lower or "passphrase" in lower):
        return
    for match in _LABEL.finditer(value):
        label = " ".join(match["label"].lower().replace("_", " ").replace("-", " ").split())
        if _looks_secret(match["value"], label.startswith("pass")):
            yield Finding(
                literal.text.at(*match.span("value")), f"the {label} is written out in this text", detail=label
            )
