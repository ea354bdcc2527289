"""What a docstring says of parameters, in a place where the SDK does not look for it."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import Describe, Fix
from ..flow import Handler
from ..pattern import pattern
from ..rule import Finding, Severity, rule

_HEADING = pattern(r"(?m)^[ \t]*(?:Args|Arguments|Params|Parameters):[ \t]*$")
_ENTRY = pattern(r"^([ \t]+)\*{0,2}(\w+)(?:[ \t]*\([^)\n]*\))?[ \t]*:[ \t]*(\S.*)$")
_FIELD = pattern(r"(?m)^[ \t]*:param(?:[ \t]+[\w.\[\], ]+?)?[ \t]+(\w+):[ \t]*(\S.*)$")


@rule(
    "MCP142",
    severity=Severity.HINT,
    opinion=True,
    references=("CWE-1059",),
    bad='''
    @mcp.tool()
    def forecast(city: str) -> str:
        #        ^^^^ `city` is described in the docstring alone, which does not reach the schema under mcp
        """Weather forecast.

        Args:
            city: name of the city, in English
        """
        return city
    ''',
    good='''
    from typing import Annotated
    from pydantic import Field


    @mcp.tool()
    def forecast(city: Annotated[str, Field(description="name of the city, in English")]) -> str:
        """Weather forecast."""
        return city
    ''',
)
def parameter_described_in_docstring(handler: Handler) -> Iterator[Finding]:
    """What a docstring says of a parameter does not become its description.

    The official SDK, and fastmcp 2, send the docstring as it is: its `Args:` section is a part of the tool's
    description, indented as in the source, and the schema has parameters without a word. Clients that show a form, and
    directories that count descriptions, see nothing. Since version 3, fastmcp moves such a section into the schema.

    Say it in the annotation: `Annotated[str, Field(description=…)]`.
    """
    tool, sdk = handler.tool, handler.server.sdk
    if tool is None or sdk.api == "low" or not (sdk.family == "mcp" or (sdk.family == "fastmcp" and sdk.major == 2)):
        return
    text = tool.description
    if text is None or not text.complete or tool.function is None or tool.function.doc is None or tool.home:
        return
    if ":" not in text.value or (tool.registered is not None and tool.registered.uri not in ("", tool.place.uri)):
        return
    entries: dict[str, str] | None = None
    for parameter in tool.parameters:
        if parameter.description is not None:
            continue
        entries = _entries(text.value) if entries is None else entries
        words = entries.get(parameter.name)
        if words:
            fix = Fix("Describe it in the schema", Describe(tool.declared, parameter.place, parameter.name, words))
            said = f"`{parameter.name}` is described in the docstring alone, which does not reach the schema under "
            yield Finding(parameter.place, said + sdk.family, fix=fix, detail=parameter.name)


def _entries(text: str) -> dict[str, str]:
    """Parameters with what a section of a docstring says of them, in Google's or Sphinx's way."""
    heading = _HEADING.search(text)
    if heading is None:
        return {name: said.strip() for name, said in _FIELD.findall(text)}
    found: dict[str, str] = {}
    margin, current = -1, ""
    for line in text[heading.end() + 1 :].split("\n"):
        indent = len(line) - len(line.lstrip())
        if not line.strip() or (margin >= 0 and indent < margin):
            break
        entry = _ENTRY.match(line)
        if entry is not None and (margin < 0 or indent == margin):
            margin, current = indent, entry[2]
            found[current] = entry[3].strip()
        elif current and indent > margin:
            found[current] += " " + line.strip()
        else:
            break
    return found
