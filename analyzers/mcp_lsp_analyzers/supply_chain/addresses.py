"""Packages from addresses: what is fetched there may be something else tomorrow, or come from somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rule import FileExample, Finding, Severity, rule
from ..supply import Fetched, FurtherIndex, Locked

_REFERENCES = ("CWE-829", "CWE-494", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "SAFE-T1002",
               "CoSAI MCP-T11", "MCTS-T-1014")  # fmt: skip


@rule(
    "MCP611",
    severity=Severity.WARNING,
    references=_REFERENCES,
    files=(
        FileExample(
            "requirements.txt",
            bad='''
            # tools
              notes @ git+https://example.com/team/notes.git@main
            #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `notes` is whatever `main` is when it is installed
              git+http://example.com/team/other.git@8f4b7f84864484a7bf31766abe9204da3cbe65b3#egg=other
            # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ …without encryption…
            ''',
            good='''
            notes @ git+https://example.com/team/notes.git@8f4b7f84864484a7bf31766abe9204da3cbe65b3
            -e .
            ''',
        ),
        FileExample(
            "package.json",
            bad='''
            {
              "dependencies": { "notes": "github:team/notes" }
            //                            ^^^^^^^^^^^^^^^^^ `notes` is whatever its default branch is when it is…
            }
            ''',
            good='''
            {
              "dependencies": { "notes": "github:team/notes#8f4b7f84864484a7bf31766abe9204da3cbe65b3" }
            }
            ''',
        ),
        FileExample(
            "pyproject.toml",
            bad='''
            [project]
            name = "x"
            version = "1"
            dependencies = ["notes>=1,<2"]

            [tool.uv.sources]
            notes = { git = "https://example.com/team/notes", branch = "main" }
            #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `notes` is whatever `main` is when it is installed
            ''',
            good='''
            [project]
            name = "x"
            version = "1"
            dependencies = ["notes>=1,<2"]

            [tool.uv.sources]
            notes = { git = "https://example.com/team/notes", rev = "8f4b7f84864484a7bf31766abe9204da3cbe65b3" }
            ''',
        ),
    ),
)  # fmt: skip
def source_that_moves(package: Fetched) -> Iterator[Finding]:
    """A package is fetched from an address that gives something else tomorrow.

    A branch is whatever was pushed last, a tag can be moved, and an archive can be replaced: whoever can do that is in
    the server at its next installation, and no version number tells of it. Without encryption, so is everybody on the
    way.

    Name the commit, or the digest of the archive; better, publish a version. A tag is information, and nothing is said
    where a lock file holds the commit.
    """
    value = package.address.value
    place = package.address.at(0, len(value))
    name = f"`{package.name}`" if package.name else "a package"
    if re.match(r"(?:git\+)?http://(?!localhost\b|127\.)", value):
        yield Finding(place, f"{name} is fetched without encryption", detail="http")
        return
    if package.locked or re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", package.revision):
        return
    if package.kind == "archive":
        if not package.revision:
            said = f"{name} is whatever this address gives when it is installed"
            yield Finding(place, said, severity=Severity.INFORMATION)
        return
    moves = f"`{package.revision}`" if package.revision else "its default branch"
    tag = re.fullmatch(r"v?\d+(?:\.\d+)+[\w.-]*|[0-9a-f]{7,39}", package.revision) is not None
    yield Finding(
        place, f"{name} is whatever {moves} is when it is installed", severity=Severity.INFORMATION if tag else None
    )


@rule(
    "MCP612",
    severity=Severity.ERROR,
    references=("CWE-345", "CWE-494", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "SAFE-T1002",
                "CoSAI MCP-T11"),
    files=(
        FileExample(
            "package-lock.json",
            bad='''
            {
              "lockfileVersion": 3,
              "packages": {
                "node_modules/zod": {
                  "version": "3.25.0",
                  "resolved": "https://registry.example/zod-helper/-/zod-helper-1.0.0.tgz"
            //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ …`zod-helper`, not of `zod`
                },
                "node_modules/express": {
                  "version": "5.1.0",
                  "resolved": "http://registry.example/express/-/express-5.1.0.tgz"
            //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `express` is fetched without…
                }
              }
            }
            ''',
            good='''
            {
              "lockfileVersion": 3,
              "packages": {
                "node_modules/zod": {
                  "version": "3.25.0",
                  "resolved": "https://registry.example/zod/-/zod-3.25.0.tgz"
                },
                "node_modules/@types/node": {
                  "version": "22.0.0",
                  "resolved": "https://registry.example/@types/node/-/node-22.0.0.tgz"
                }
              }
            }
            ''',
        ),
    ),
)  # fmt: skip
def locked_from_elsewhere(package: Locked) -> Iterator[Finding]:
    """A lock file fetches something else under a package's name.

    Nobody reads the thousand lines that a lock file changes by. One in which the address of one package stands under
    the name of another installs that one, with its own digest, whatever the manifest asks for. Without encryption (a
    warning), everybody on the way can do the same.

    Delete the entry and lock again, and look at who wrote it.
    """
    source = package.source
    if source is None or not source.value or package.ecosystem != "npm":
        return
    value = source.value
    place = source.at(0, len(value))
    tarball = re.search(r"/((?:@[^/]+(?:/|%2[fF]))?[^/@]+)/-/[^?#]+\.tgz", value)
    if tarball is not None:
        fetched = re.sub("%2[fF]", "/", tarball[1])
        if fetched != package.name and not fetched.endswith("/" + package.name):
            yield Finding(place, f"this is an archive of `{fetched}`, not of `{package.name}`", detail="name")
            return
    if re.match(r"http://(?!localhost\b|127\.)", value):
        said = f"`{package.name}` is fetched without encryption"
        yield Finding(place, said, detail="http", severity=Severity.WARNING)


@rule(
    "MCP613",
    severity=Severity.WARNING,
    references=("CWE-427", "CWE-829", "MCP04:2025", "LLM03:2025", "LLM04:2026", "ASI04:2026", "SAFE-T1002",
                "CoSAI MCP-T11", "MCTS-T-1015"),
    files=(
        FileExample(
            "requirements.txt",
            bad='''
            --extra-index-url https://packages.example.com/simple
            #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ any package may come from there, or be replaced…
            notes==1.2.0
            ''',
            good='''
            --index-url https://packages.example.com/simple
            notes==1.2.0
            ''',
        ),
        FileExample(
            "pyproject.toml",
            bad='''
            [tool.uv]
            index-strategy = "unsafe-best-match"
            #                 ^^^^^^^^^^^^^^^^^ any package may come from any of the indexes
            ''',
            good='''
            [[tool.uv.index]]
            name = "own"
            url = "https://packages.example.com/simple"
            explicit = true
            ''',
        ),
    ),
)  # fmt: skip
def index_open_to_confusion(index: FurtherIndex) -> Iterator[Finding]:
    """Packages are looked for in several indexes at once.

    pip takes the highest version that any of them has. Whoever publishes your private package's name with a higher
    number in the public index is installed instead of it ("dependency confusion"), on every machine that builds the
    server.

    Use one index that passes others through, or say for each package which index it comes from (uv: `explicit = true`
    with `tool.uv.sources`). Digests of packages (`--hash`) hold as well.
    """
    value = index.address.value
    where = index.address.at(0, len(value))
    if index.how == "index-strategy":
        yield Finding(where, "any package may come from any of the indexes")
    else:
        yield Finding(where, "any package may come from there, or be replaced by one of its name elsewhere")
