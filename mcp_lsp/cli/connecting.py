"""What stands before a conversation: a server that is started and then reached, and a token to be let in with."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from mcp_lsp.outside import oauth, serving
from mcp_lsp.outside.consent import Consent, NotAgreed, origin, reaching
from mcp_lsp.outside.limits import Limits, waiting
from mcp_lsp.outside.probes import is_local
from mcp_lsp.outside.process import Start
from mcp_lsp.outside.record import Record
from mcp_lsp.project.way import Way

from .arguments import Wrong


def both(way: Way, arguments: argparse.Namespace) -> Way:
    """What starts a server, with the address it listens at, where one is given. Raises `Wrong`."""
    if not arguments.url:
        return way
    if not is_local(arguments.url):
        raise Wrong(f"--url {arguments.url}: what --command starts listens on this computer (127.0.0.1, localhost)")
    return way._replace(url=arguments.url)


@contextlib.contextmanager
def there(
    arguments: argparse.Namespace,
    way: Way,
    start: Callable[[argparse.Namespace, Way], Start],
    record: Record,
) -> Iterator[bool]:
    """Whether the server can be talked to; one that has to be started before it is reached runs inside the block."""
    if not (way.command and way.url):
        yield True
        return
    begun = start(arguments, way)
    if begun.confine and not begun.network:
        raise Wrong("a server that listens can only be reached with --allow-network (or --no-confine)")
    consent, limits = Consent(way.command, frozenset({origin(way.url)})), waiting(arguments.timeout)
    listens: AbstractContextManager[bool] = serving.listening(begun, way.url, consent, limits, record)
    with listens as found:
        yield found


def granted(arguments: argparse.Namespace, way: Way, limits: Limits) -> None:
    """Gets the token that the options of a client ask for, and keeps it in ``arguments.token``; one that is for another
    audience in ``arguments.foreign``, where one is given out. Raises `Wrong`."""
    arguments.token = arguments.foreign = ""
    if arguments.authorization_server and not way.url:
        raise Wrong("--authorization-server needs the address of a server (--url)")
    if not arguments.client_id:
        if arguments.client_secret or arguments.scope:
            raise Wrong("--client-secret and --scope belong to --client-id")
        return
    if not way.url or way.command:
        raise Wrong("--client-id needs the address of a server that runs (--url)")
    name = arguments.client_secret.removeprefix("$")
    if not name or not os.environ.get(name):
        raise Wrong(f"--client-secret NAME: name a variable that holds the secret{name and f'; there is no {name}'}")
    client = oauth.Client(arguments.client_id, os.environ[name], arguments.scope)
    try:
        consent = agreed(arguments, way)
        arguments.token = oauth.token(way.url, client, consent, limits)
        arguments.foreign = oauth.foreign(way.url, client, consent, limits)
    except (oauth.NoToken, NotAgreed, ValueError) as error:
        raise Wrong(f"no token: {error}") from None


def agreed(arguments: argparse.Namespace, way: Way) -> Consent:
    """To the endpoint, and to the authorization server that the user names. Raises ``ValueError`` for no address."""
    return reaching(way.url, *([arguments.authorization_server] if arguments.authorization_server else []))
