"""The entry of one resource or resource template."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mcp_lsp_analyzers.code import Call, last_name
from mcp_lsp_analyzers.definition import Definition, Missing
from mcp_lsp_analyzers.definition import definition as settled
from mcp_lsp_analyzers.model import Resource, Server
from mcp_lsp_analyzers.pattern import pattern

from ..values import RUN_TIME
from .declared import Declared, text_value
from .docs import docstring
from .release import Release, release
from .sight import around_function, file_of
from .texts import cleaned
from .tools import description, meta

if TYPE_CHECKING:
    from .. import Sources

_SPECIAL = frozenset({"http", "https", "ws", "wss", "ftp", "file"})
_URL = pattern(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)\Z", re.DOTALL)
_SAFE = pattern(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*\Z")


def resource(item: Resource, server: Server, sources: Sources) -> Definition:
    version = release(server, sources)
    said = Declared(item, server, sources)
    function, module = item.function, item.home or server.module
    uri: Any = item.uri.value if item.uri.complete else Missing("its URI is computed at run time")
    template = _is_template(item, version)
    entry: dict[str, Any] = {"uriTemplate" if template else "uri": uri if template else normal(uri, version)}
    doc = None
    if function is not None and module is not None:
        around_function(function, file_of(module, sources))
        doc = docstring(function.doc, function.unit, sources.python)
        if version.fast and doc is not None:
            doc = cleaned(doc)
    entry["name"] = _name(item, said)
    entry["title"] = said.value("title") if said.whole else text_value(item.title)
    entry["mimeType"] = _mime(said)
    if function is not None:
        entry["description"] = description(item, said, doc, version)
    else:
        entry["description"] = said.value("description") if said.whole else text_value(item.description)
    entry["icons"] = said.model("icons", "Icon", not version.new)
    entry["annotations"] = said.model("annotations", "Annotations", not version.new)
    entry["_meta"] = meta(said, version)
    if said.given("app"):
        entry["_meta"] = Missing("what an app adds is not followed")
    kind = "resourceTemplate" if template else "resource"
    return settled(kind, {key: value for key, value in entry.items() if value is not None})  # type: ignore[arg-type]


def _is_template(item: Resource, version: Release) -> bool:
    if "{" in item.uri.value and "}" in item.uri.value:
        return True
    if version.family == "mcp" and version.major == 1 and item.function is not None:
        params = item.function.params
        return len(params) > (item.function.cls is not None)  # a static URI with a context is a template here
    return False


def _name(item: Resource, said: Declared) -> Any:
    if said.given("name"):
        name = said.value("name")
        if name:
            return name
    return item.name


def _mime(said: Declared) -> Any:
    node = said.node
    callee = node.callee if isinstance(node, Call) else None
    made = last_name(callee)
    if said.given("mime_type") or said.given("mimeType"):
        given = said.value("mime_type" if said.given("mime_type") else "mimeType")
        if given:
            return given
    if not said.whole:
        return Missing(RUN_TIME)
    if made.endswith("Resource") and made not in ("TextResource", "FunctionResource"):
        return Missing("the type of its content is not followed")
    return "text/plain"


def normal(uri: Any, version: Release) -> Any:
    """A URI as the SDK sends it: all but mcp 2 parse it first, which writes some of them anew."""
    if not isinstance(uri, str) or (version.family == "mcp" and version.major >= 2):
        return uri
    match = _URL.match(uri)
    if match is None or not _SAFE.match(uri):
        return uri if match is None and _SAFE.match(uri) else Missing("how this URI is written is not followed")
    scheme, host, rest = match[1].lower(), match[2], match[3]
    if scheme in _SPECIAL:
        if "@" in host or "%" in host or "/." in rest:
            return Missing("how this URI is written is not followed")
        return f"{scheme}://{host.lower()}{rest if rest.startswith('/') else '/' + rest}"
    return f"{scheme}://{host}{rest}"
