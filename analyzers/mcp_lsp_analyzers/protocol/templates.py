"""URIs of resources: what the SDK accepts as one, and whether a template fits the function that answers for it."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..fix import Edit, Edits, Fix, Wrap
from ..flow import Handler
from ..model import Resource, Sdk
from ..pattern import pattern
from ..place import Place
from ..rule import Example, Finding, Severity, rule

_VARIABLE = pattern(r"\{([+#./;?&]?)([^{}]*)\}")
_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")


@rule(
    "MCP119",
    severity=Severity.ERROR,
    references=("CWE-628",),
    bad='''
    @mcp.resource("notes://{id}")
    #                       ^^ `{id}` is no parameter of `note`: the import fails
    def note(note_id: str) -> str:
        """One note."""
        return note_id
    ''',
    good='''
    @mcp.resource("notes://{note_id}")
    def note(note_id: str) -> str:
        """One note."""
        return note_id
    ''',
    typescript=Example(
        bad="""
        server.registerResource("note", "notes://{id}", { title: "A note" }, async (uri) => ({
          //                            ^^^^^^^^^^^^^^ a text is no template: …
          contents: [{ uri: uri.href, text: "" }],
        }));
        """,
        good="""
        import { ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";

        const note = new ResourceTemplate("notes://{id}", { list: undefined });
        server.registerResource("note", note, { title: "A note" }, async (uri) => ({
          contents: [{ uri: uri.href, text: "" }],
        }));
        """,
    ),
)  # fmt: skip
def template_unlike_function(handler: Handler) -> Iterator[Finding]:
    """The URI of a resource does not fit the function that answers for it.

    A URI with `{variables}` is a template, and the SDK hands each variable to the parameter of its name. The Python
    SDKs compare the two at registration and raise `ValueError` where they differ; the spelling they take
    differs as well (`{path*}` is of fastmcp, `{+path}` of version 2 of the official SDK). The TypeScript SDK takes a
    text for the URI of one resource, braces and all, so that no client ever reads it.

    Give variables and parameters the same names (Python), pass a `ResourceTemplate` (TypeScript).
    """
    of, sdk = handler.of, handler.server.sdk
    if not isinstance(of, Resource) or not isinstance(of.by, code.Call) or not of.uri.complete:
        return
    if sdk.family == "typescript-sdk":
        yield from _text_as_template(handler, of, of.by)
    elif sdk.family in ("mcp", "fastmcp") and sdk.api == "high":
        yield from _malformed(of, sdk) or _unlike(handler, of, sdk)


def _text_as_template(handler: Handler, of: Resource, by: code.Call) -> Iterator[Finding]:
    uri = by.positional(1)
    if not isinstance(uri, code.Str) or not _VARIABLE.search(uri.value):
        return
    span = of.declared.local
    if span is None:
        return
    place = Place(of.declared.uri, of.place.pointer, type(span)(uri.start, uri.end), of.declared.anchor)
    home = "@modelcontextprotocol/server"
    if handler.server.sdk.major != 2:
        home = "@modelcontextprotocol/sdk/server/mcp.js"
    wrap = Wrap(place, "new {}(", ", { list: undefined })", "ResourceTemplate", home)
    said = "a text is no template: this is one resource with braces in its URI"
    yield Finding(place, said, fix=Fix("Make it a template", wrap))


def _malformed(of: Resource, sdk: Sdk) -> list[Finding]:
    """What is wrong with the URI by itself."""
    uri = of.uri.value
    if not _SCHEME.match(uri) and "{" not in uri:
        if sdk.family == "mcp" and sdk.major == 2:
            return []
        return [Finding(of.uri.place, f"`{uri[:40]}` has no scheme such as `notes://`: the import fails")]
    rest = _VARIABLE.sub("", uri)
    if "{" in rest or "}" in rest:
        return [Finding(of.uri.place, f"the braces in `{uri[:60]}` do not close: the import fails")]
    found = []
    for match in _VARIABLE.finditer(uri):
        operator, name = match.group(1), match.group(2)
        said = ""
        if name.endswith("*") and not operator and sdk.family == "mcp":
            better = "; version 2 writes `{+path}`" if sdk.major == 2 else ""
            said = f"`{match.group()[:30]}` is of fastmcp; mcp does not know it{better}: the import fails"
        elif operator == "+" and (sdk.family == "fastmcp" or sdk.major == 1):
            said = f"`{match.group()[:30]}` is of version 2 of mcp; {sdk} does not know it: the import fails"
        elif operator == "?" and sdk.family == "mcp" and sdk.major == 1:
            said = f"`{match.group()[:30]}` is of version 2 of mcp; {sdk} does not know it: the import fails"
        if said:
            found.append(Finding(of.uri.at(*match.span()), said, detail=name))
    return found


def _unlike(handler: Handler, of: Resource, sdk: Sdk) -> list[Finding]:
    function = handler.function
    if any(param.kind in ("*", "**") for param in function.params) or function.decorators[-1:] != [of.by]:
        return []  # another decorator may change the signature
    given = {name for name, _ in of.arguments}
    params = [param for param in function.params if param.name in given]
    required = {param.name for param in params if param.default is None}
    names: dict[str, tuple[int, int]] = {}
    for match in _VARIABLE.finditer(of.uri.value):
        start = match.start(2)
        for part in match.group(2).split(","):
            name = part.strip().rstrip("*")
            if sdk.family == "fastmcp":
                name = name.replace("-", "_")  # it finds `user_id` for `{user-id}`
            names.setdefault(name, (start, start + len(part.rstrip("*"))))
            start += len(part) + 1
    wanted = given if sdk.family == "mcp" else required
    unknown = [name for name in names if name not in given]
    unfilled = [param for param in params if param.name in wanted and param.name not in names]
    found = []
    for name in unknown:
        fix = None
        place = of.uri.at(*names[name])
        if len(unknown) == len(unfilled) == 1:
            fix = Fix(f"Call it `{unfilled[0].name}`", Edits((Edit(place, unfilled[0].name),)))
        said = f"`{{{name[:30]}}}` is no parameter of `{function.name}`: the import fails"
        found.append(Finding(place, said, fix=fix, detail=name))
    if not unknown:
        for param in unfilled:
            place = function.unit.place(handler.place.uri, of.place.pointer, param.target)
            said = f"`{param.name}` is not in the URI `{of.uri.value[:40]}`: the import fails"
            found.append(Finding(place, said, detail=param.name))
    return found
