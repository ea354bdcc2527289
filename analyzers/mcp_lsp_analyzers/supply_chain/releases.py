"""How a server is handed to others: entries for the registry that it refuses, and secrets asked for in the open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..place import Text
from ..rule import FileExample, Finding, Severity, rule
from ..supply import Release, Wanted

_LONGEST = 100  # characters of a description, by the schema of 2025-12-11
_RANGE = r"[\^~<>=*|]|\.[xX]\b|^latest$|\s-\s|^\s*$"
_NAME = r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?/[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?"


@rule(
    "MCP614",
    severity=Severity.WARNING,
    references=("CWE-1357", "CWE-494", "MCP04:2025", "ASI04:2026", "CoSAI MCP-T11"),
    files=(
        FileExample(
            "server.json",
            bad='''
            {
              "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
              "name": "notes",
            //         ^^^^^ the registry takes names such as `io.github.you/notes`
              "description": "Notes.",
              "version": "latest",
            //            ^^^^^^ the registry takes one version, not `latest`
              "packages": [
                { "registryType": "npm", "identifier": "notes", "version": "^1.0.0", "transport": { "type": "stdio" } },
            //                                                              ^^^^^^ …one version, not `^1.0.0`
                { "registryType": "mcpb", "identifier": "https://example.com/x.mcpb", "transport": { "type": "stdio" } }
            //                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ this bundle has no `fileSha256`…
              ],
              "remotes": [{ "type": "streamable-http", "url": "http://mcp.example.com/" }]
            //                                                 ^^^^^^^^^^^^^^^^^^^^^^^ …without encryption…
            }
            ''',
            good='''
            {
              "$schema": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
              "name": "io.github.you/notes",
              "description": "Notes.",
              "version": "1.0.0",
              "packages": [
                { "registryType": "npm", "identifier": "notes", "version": "1.0.0", "transport": { "type": "stdio" } }
              ],
              "remotes": [{ "type": "streamable-http", "url": "https://mcp.example.com/" }]
            }
            ''',
        ),
    ),
)  # fmt: skip
def entry_that_the_registry_refuses(release: Release) -> Iterator[Finding]:
    """An entry for the MCP registry is refused there, or leaves open what is installed.

    The registry takes names of the form `io.github.you/notes`, descriptions of up to 100 characters, and exact versions
    only: what was reviewed under a number stays what it is. Of a bundle it wants the digest, because an address can
    give another file tomorrow.

    By the schema of 2025-12-11 and the registry's rules for publishing.
    """
    version = release.version
    if version is not None and re.search(_RANGE, version.value):
        yield _at(version, f"the registry takes one version, not `{version.value[:30]}`", "version")
    if release.kind:
        if release.kind == "mcpb" and not release.digest:
            said = "this bundle has no `fileSha256`: the address can give another one tomorrow"
            yield Finding(release.place, said, detail="digest")
        elif version is None and release.kind in ("npm", "pypi", "nuget", "cargo"):
            yield Finding(release.place, f"this {release.kind} package has no `version`", detail="version")
        return
    if release.name is None or not re.fullmatch(_NAME, release.name.value):
        said = "the registry takes names such as `io.github.you/notes`"
        yield _at(release.name, said, "name") if release.name is not None else Finding(release.place, said)
    if version is None:
        yield Finding(release.place, "this entry has no `version`", detail="version")
    if release.description is not None and len(release.description.value) > _LONGEST:
        said = f"the registry takes {_LONGEST} characters, and this has {len(release.description.value)}"
        yield Finding(release.description.at(_LONGEST, len(release.description.value)), said, detail="description")
    for remote in release.remotes:
        if re.match(r"http://(?!localhost\b|127\.|\[::1\])", remote.value):
            yield _at(remote, "clients would reach this server without encryption", "remote")


def _at(text: Text, said: str, detail: str) -> Finding:
    return Finding(text.at(0, len(text.value)), said, detail=detail)


_SECRET = (
    r"(?i)(?:^|[_-])(?:(?:api|access|secret|private|auth|bearer|client)[_-]?)?"
    r"(?:key|token|secret|password|passwd|credentials?)$|apikey$|password$|^authorization$"
)
_WHERE = r"(?i)\b(?:file ?)?path (?:to|of)\b|\bfile ?path\b|\blocation of\b|\bname of the (?:file|secret|variable)\b"
_PUBLIC = (
    r"(?i)public|publishable|key[_-]?(?:id|path|file|name)|max[_-]?tokens?"
    r"|(?:^|[_-])(?:sort|primary|foreign|cache|partition|project|workspace|space|tenant|site|store|board|issue)[_-]?key"
    r"|(?:^|[_-])(?:search|look|ask|prompt|scan|use|using|enable|disable|allow|require|skip|check|validate|verify)[_-]"
)


@rule(
    "MCP615",
    severity=Severity.WARNING,
    references=("CWE-522", "CWE-312", "MCP01:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    files=(
        FileExample(
            "manifest.json",
            bad='''
            {
              "manifest_version": "0.3", "name": "notes", "version": "1.0.0", "description": "Notes.",
              "author": { "name": "You" },
              "server": {
                "type": "node", "entry_point": "index.js", "mcp_config": { "command": "node", "args": ["index.js"] }
              },
              "user_config": { "api_key": { "type": "string", "title": "Key", "description": "Of the service" } }
            //                  ^^^^^^^ `api_key` is a secret, and is kept and shown as plain text
            }
            ''',
            good='''
            {
              "manifest_version": "0.3", "name": "notes", "version": "1.0.0", "description": "Notes.",
              "author": { "name": "You" },
              "server": {
                "type": "node", "entry_point": "index.js", "mcp_config": { "command": "node", "args": ["index.js"] }
              },
              "user_config": {
                "api_key": { "type": "string", "title": "Key", "description": "Of the service", "sensitive": true },
                "folder": { "type": "string", "title": "Folder", "description": "Your notes" }
              }
            }
            ''',
        ),
        FileExample(
            "server.json",
            bad='''
            {
              "name": "io.github.you/notes", "description": "Notes.", "version": "1.0.0",
              "packages": [
                {
                  "registryType": "npm", "identifier": "notes", "version": "1.0.0", "transport": { "type": "stdio" },
                  "environmentVariables": [{ "name": "NOTES_TOKEN", "isSecret": false }]
            //                                        ^^^^^^^^^^^ `NOTES_TOKEN` is a secret, and is kept and…
                }
              ]
            }
            ''',
            good='''
            {
              "name": "io.github.you/notes", "description": "Notes.", "version": "1.0.0",
              "packages": [
                {
                  "registryType": "npm", "identifier": "notes", "version": "1.0.0", "transport": { "type": "stdio" },
                  "environmentVariables": [{ "name": "NOTES_TOKEN", "isSecret": true }, { "name": "NOTES_HOME" }]
                }
              ]
            }
            ''',
        ),
    ),
)  # fmt: skip
def secret_asked_in_the_open(wanted: Wanted) -> Iterator[Finding]:
    """Whoever installs a server is asked for a secret as if it were none.

    Clients keep values that a manifest marks (`sensitive` in a bundle, `isSecret` in an entry for the registry) in the
    system's key store and show dots. The others stand in a file that is readable for every program, and on the screen.

    Mark it.
    """
    if wanted.secret or not re.search(_SECRET, wanted.name) or re.search(_PUBLIC, wanted.name):
        return
    if re.search(_WHERE, wanted.description):
        return  # where the secret is, and not the secret
    yield Finding(
        wanted.place,
        f"`{wanted.name}` is a secret, and is kept and shown as plain text",
        fix=Fix("Say that it is a secret", Edits((Edit(wanted.inside, f'{wanted.gap}"{wanted.word}": true,'),)))
        if wanted.secret is None
        else None,
    )
