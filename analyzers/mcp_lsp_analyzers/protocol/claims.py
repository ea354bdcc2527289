"""Manifests that say something else than the project they describe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..pattern import pattern
from ..rule import FileExample, Finding, Related, Severity, rule
from ..supply import Claim


@rule(
    "MCP143",
    severity=Severity.WARNING,
    references=("CWE-439",),
    files=(
        FileExample(
            "manifest.json",
            bad="""
            {
              "manifest_version": "0.4",
              "name": "notes",
              "version": "1.0.0",
              "description": "Reads notes.",
              "author": { "name": "You" },
              "server": {
                "type": "python",
                "entry_point": "server.py",
                "mcp_config": { "command": "python", "args": ["server.py", "${user_config.folder}"] }
            //                                                                            ^^^^^^ nobody is asked…
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
              "server": {
                "type": "python",
                "entry_point": "server.py",
                "mcp_config": { "command": "python", "args": ["server.py", "${user_config.folder}"] }
              },
              "user_config": { "folder": { "type": "directory", "title": "Folder", "description": "Your notes" } }
            }
            """,
        ),
    ),
)  # fmt: skip
def manifest_unlike_project(claim: Claim) -> Iterator[Finding]:
    """A manifest says something else than the files it describes.

    What a registry or a client shows of a server, and what it starts it with, comes from `server.json` or the
    `manifest.json` of its bundle. A version that was raised elsewhere publishes nothing or the wrong thing, a tool that
    was renamed is shown and cannot be called, and a setting that nobody is asked for reaches the server as it is
    written: `${user_config.folder}`. For a variable of the environment that no manifest names no client asks its user;
    told are credentials, and those without which the server fails. The registry refuses a name that the package does
    not confirm, and a package that is called otherwise now is one that nobody updates.

    Change both together.
    """
    if claim.said in claim.actual or (claim.what == "version" and _plain(claim.said) in map(_plain, claim.actual)):
        return
    fix: Fix | None = None
    said, detail = claim.said[:60], claim.what
    if claim.what == "version":
        actual = claim.actual[0]
        edits = (Edit(claim.place, actual), *(Edit(place, text) for place, text in claim.more))
        fix = Fix(f"Say {actual[:30]}", Edits(edits))
        message = f"version {said[:30]} here, and {actual[:30]} in {claim.source}"
    elif claim.what == "name":
        actual = claim.actual[0]
        fix = Fix(f"Say {actual[:60]}", Edits((Edit(claim.place, actual),)))
        message = f"`{claim.source}` is published as `{actual[:60]}`: the registry refuses another name"
    elif claim.what == "package":
        actual = claim.actual[0]
        fix = Fix(f"Say {actual[:60]}", Edits((Edit(claim.place, actual),)))
        message = f"`{claim.source}` is published as the package `{actual[:40]}`, not `{said[:30]}`"
    elif claim.what == "tool":
        message, detail = f"`{claim.source}` registers no tool `{said}`", claim.said
        near = _near(claim.said, claim.actual)
        fix = Fix(f"Say {near[:60]}", Edits((Edit(claim.place, near),))) if near else None
    elif claim.what == "variable":
        message, detail = f"`{claim.source}` reads `{said}`, and nobody who installs the server is asked for it", said
        if claim.more:
            fix = Fix(f"Ask for {said}", Edits(tuple(Edit(place, text) for place, text in claim.more)))
    else:
        message, detail = f"nobody is asked for `{said}`: the server gets the text as it is written here", claim.said
    severity = None if claim.needed else Severity.INFORMATION
    also = tuple(Related(place, "and here") for place, _ in claim.more) if claim.what == "version" else ()
    yield Finding(claim.place, message, fix=fix, detail=detail, severity=severity, related=also)


def _plain(version: str) -> str:
    """A version without what only one ecosystem writes: "2.0.0-rc.2" of one is "2.0.0rc2" in another."""
    return _EARLY.sub(_early, version.lower().partition("+")[0])


_EARLY = pattern(r"[-_.]?(alpha|beta|preview|pre|rc|[abc])[-_.]?(?=\d)")


def _early(found: re.Match[str]) -> str:
    return {"alpha": "a", "beta": "b", "a": "a", "b": "b"}.get(found[1], "rc")


def _near(name: str, known: tuple[str, ...]) -> str:
    import difflib  # loads for what hardly ever happens

    found = difflib.get_close_matches(name, known, n=2, cutoff=0.6)
    return found[0] if found else ""
