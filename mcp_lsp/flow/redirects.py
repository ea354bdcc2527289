"""Whether a client that is sent on from an address goes there: as told, or as it does where nobody says anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcp_lsp_analyzers.code import Await, Call, Const, Expr, Str
from mcp_lsp_analyzers.pattern import pattern

from .connecting import clients
from .fetching import CONNECTS, FOLLOW, options
from .values import Rec

if TYPE_CHECKING:
    from .calls import At


def followed(at: At, name: str) -> bool:
    """Whether redirects are followed as far as the call and the client that is asked say, without somebody who looks at
    each connection. What else they are told has to be known: options that come from elsewhere may say anything."""
    said = dict(options(at.call))
    known = not any(arg.spread for arg in at.call.args) and _is_known(at)
    fields = at.args.options().shape
    told = {*said, *(fields.fields if type(fields) is Rec else ())}
    for client in clients(at):
        made = client.value if isinstance(client, Await) else client
        if isinstance(made, Call):
            said = {**dict(options(made)), **said}
            told.update(said)
            known = known and not any(arg.spread for arg in made.args)
    asked = [_follows(value) for option, value in said.items() if option in _SAY]
    if asked:
        return all(asked)
    return known and told.isdisjoint(_SAY) and told.isdisjoint(CONNECTS) and _BY_ITSELF.match(name) is not None


def _is_known(at: At) -> bool:
    """Whether the last of several arguments, where options stand, is an object whose entries are all known."""
    if at.f.run.language == "python" or len(at.args.plain) < 2:
        return True
    last = at.args.plain[-1][0].shape
    return type(last) is Rec and last.rest is None


def _follows(value: Expr) -> bool:
    if isinstance(value, Const):
        return bool(value.value)  # ``true``, or how many
    return isinstance(value, Str) and value.value == "follow"


_SAY = FOLLOW | {"maxRedirects", "max_redirects", "follow", "redirects", "beforeRedirect"}
_BY_ITSELF = pattern(
    r"(?:globalThis\.|window\.|undici\.)?fetch$|(?:node-fetch|cross-fetch|isomorphic-fetch|node-fetch-native|ofetch|axios"
    r"|got|got-scraping|ky|superagent|gaxios|follow-redirects|simple-get|requests|niquests|aiohttp|urllib\.request"
    r"|urllib3|curl_cffi|cloudscraper|wget)(?:\.|$)"
)
"""Clients that follow redirects unless they are told not to."""
