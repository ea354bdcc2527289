"""Manifests that are written otherwise than their format wants."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..rule import FileExample, Finding, Severity, rule
from ..supply import Unfit

_KINDS = {"text": "a text", "flag": "true or false", "number": "a number", "object": "an object", "list": "a list"}


@rule(
    "MCP147",
    severity=Severity.WARNING,
    references=("CWE-573",),
    files=(
        FileExample(
            "manifest.json",
            bad="""
            {
              "manifest_version": "0.4",
              "name": "notes",
              "version": "1.0.0",
              "description": "Reads notes.",
              "author": {},
            // ^^^^^^ `mcpb` refuses `author` without `name`
              "homePage": "https://notes.example.com",
            // ^^^^^^^^ `mcpb` refuses `homePage`: there is no such member here, but `homepage`
              "server": {
                "type": "typescript",
            //           ^^^^^^^^^^ `mcpb` refuses `typescript`: `type` is one of python, node, binary, uv
                "entry_point": "index.js",
                "mcp_config": { "command": "node", "args": "index.js" }
            //                                              ^^^^^^^^ `args` has to be a list
              }
            }
            """,
            good="""
            {
              "manifest_version": "0.4",
              "name": "notes",
              "version": "1.0.0",
              "description": "Reads notes.",
              "author": { "name": "You" },
              "homepage": "https://notes.example.com",
              "server": {
                "type": "node",
                "entry_point": "index.js",
                "mcp_config": { "command": "node", "args": ["index.js"] }
              }
            }
            """,
        ),
        FileExample(
            "server.json",
            bad="""
            {
              "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
              "name": "io.github.you/notes",
              "description": "Reads notes.",
              "version": "1.0.0",
              "packages": [
                { "registryType": "npm", "identifier": "notes", "version": "1.0.0",
                  "transport": { "type": "http" } }
            //                            ^^^^ the registry refuses `http`: `type` is one of stdio, …
              ]
            }
            """,
            good="""
            {
              "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
              "name": "io.github.you/notes",
              "description": "Reads notes.",
              "version": "1.0.0",
              "packages": [
                { "registryType": "npm", "identifier": "notes", "version": "1.0.0", "transport": { "type": "stdio" } }
              ]
            }
            """,
        ),
    ),
)  # fmt: skip
def manifest_unlike_its_format(unfit: Unfit) -> Iterator[Finding]:
    """A manifest has what its format does not take, or lacks what it wants.

    `mcpb pack` and the MCP registry compare the file with a schema and refuse it as a whole; what is merely ignored is
    worse, because nobody is told. Schemas: 2025-12-11 of the registry, 0.1 to 0.4 of bundles.
    """
    shown, fix = unfit.name[:40], None
    if unfit.what == "missing":
        message = f"{unfit.refuses} {f'`{unfit.said[:30]}`' if unfit.said else 'what stands here'} without `{shown}`"
    elif unfit.what == "kind":
        message = f"`{shown}` has to be {_KINDS.get(unfit.allowed[0], unfit.allowed[0])}"
    elif unfit.what == "value":
        said = unfit.said[:30]
        message = f"{unfit.refuses} `{said}`: `{shown}` is one of {', '.join(unfit.allowed)}"
        near = _near(unfit.said, unfit.allowed)
        fix = Fix(f"Say {near}", Edits((Edit(unfit.place, near),))) if near else None
    else:
        near = _near(unfit.name, unfit.allowed)
        message = f"{unfit.refuses} `{shown}`: there is no such member here" + (f", but `{near}`" if near else "")
        fix = Fix(f"Call it {near}", Edits((Edit(unfit.place, near),))) if near else None
    yield Finding(unfit.place, message, fix=fix, detail=unfit.name)


def _near(word: str, known: tuple[str, ...]) -> str:
    """The only word that is meant, as far as spelling tells."""
    plain = {each.replace("_", "").replace("-", "").lower(): each for each in known}
    same = plain.get(word.replace("_", "").replace("-", "").lower())
    if same is not None:
        return same
    import difflib  # loads for what hardly ever happens

    near = difflib.get_close_matches(word, known, n=2, cutoff=0.8)
    return near[0] if len(near) == 1 else ""
