"""What a thing is by what it is called: all that it takes to sign in, or to connect to a database; covered before."""

from __future__ import annotations

from ..identifier import words

CARRIERS = ("authorization", "x-api-key", "api-key", "cookie", "set-cookie", "proxy-authorization")
"""Headers that let in whoever sends them."""
COVERED = frozenset(
    ("masked", "redacted", "hashed", "hidden", "sanitized", "obfuscated", "encrypted", "safe", "fake", "scrubbed",
     "preview", "hash", "fingerprint", "short", "length")
)  # fmt: skip


def all_about_credentials(name: str) -> bool:
    """Whether a thing of this name is what somebody signs in with, all of it: ``authConfig``, ``oauth_params``."""
    said = words(name)
    if len(said) < 2 or not COVERED.isdisjoint(said):
        return False
    return said[-2] in _OF_CREDENTIALS and said[-1] in _ALL


_OF_CREDENTIALS = frozenset(("auth", "oauth", "authentication", "credential", "credentials", "login"))
_ALL = frozenset(("config", "configuration", "options", "opts", "params", "payload", "data", "info"))


def leads_to_a_database(name: str) -> bool:
    """Whether a value of this name is all that it takes to connect: ``conn_params``, ``DATABASE_URL``."""
    said = words(name)
    if said in (("dsn",), ("connection", "string"), ("conn", "string"), ("conn", "str")):
        return True
    return len(said) > 1 and said[-2] in _DATABASES and said[-1] in _CONNECTS and COVERED.isdisjoint(said)


_DATABASES = frozenset(("conn", "connection", "database", "db", "postgres", "postgresql", "mysql", "mongo", "mongodb"))
_CONNECTS = frozenset(("params", "string", "str", "uri", "url", "dsn", "kwargs"))
