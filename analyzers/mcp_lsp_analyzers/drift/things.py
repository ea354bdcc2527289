"""Tools, prompts, resources and servers that came or went, and what is installed and launched otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from ..changes import Appeared, Gone, Relaunched, Required
from ..rule import FileExample, Finding, Severity, rule

_REFERENCES = ("CWE-345", "MCP03:2025", "MCP04:2025", "SAFE-T1201", "AML.T0109", "CoSAI MCP-T6", "MCTS-T-1013")


@rule(
    "MCP711",
    severity=Severity.WARNING,
    references=_REFERENCES,
    approved='''
    @mcp.tool()
    def read(name: str) -> str:
        """Read a note."""
        return name
    ''',
    bad='''
    @mcp.tool()
    def read(name: str) -> str:
        """Read a note."""
        return name


    @mcp.tool()
    def share(name: str) -> str:
    #   ^^^^^ the tool `share` was not there when this server was approved
        """Share a note."""
        return name
    ''',
    good='''
    def share(name: str) -> str:
        return name


    @mcp.tool()
    def read(name: str) -> str:
        """Read a note."""
        return share(name)
    ''',
)  # fmt: skip
def added_since_approval(thing: Appeared) -> Iterator[Finding]:
    """A server offers something that it did not offer when it was approved.

    Whoever approved the server approved what it could do then. Clients that allow "all tools of this server" allow the
    new one as well.

    If it is meant, approve it: `mcp-lsp approve`. A prompt or a resource is information.
    """
    if thing.kind in ("prompt", "resource") and thing.sensitivity == "loose":
        return
    quiet = thing.kind in ("prompt", "resource") and thing.sensitivity == "moderate"
    said = "this server was approved" if thing.kind != "server" else "these were approved"
    yield Finding(
        thing.place,
        f"the {thing.kind} `{thing.name}` was not there when {said}"
        if thing.name
        else f"there were no {thing.kind} when {said}",
        severity=Severity.INFORMATION if quiet else None,
    )


@rule(
    "MCP712",
    severity=Severity.INFORMATION,
    references=_REFERENCES,
    approved='''
    @mcp.tool()
    def read(name: str) -> str:
        """Read a note."""
        return name


    @mcp.tool()
    def audit(name: str) -> str:
        """Who read a note."""
        return name
    ''',
    bad='''
    from mcp.server.fastmcp import FastMCP

    mcp = FastMCP("example")
    #             ^^^^^^^^^ the tool `audit` was approved and is gone


    @mcp.tool()
    def read(name: str) -> str:
        """Read a note."""
        return name
    ''',
    good='''
    @mcp.tool()
    def audit(name: str) -> str:
        """Who read a note."""
        return name


    @mcp.tool()
    def read(name: str) -> str:
        """Read a note."""
        return name
    ''',
)  # fmt: skip
def removed_since_approval(thing: Gone) -> Iterator[Finding]:
    """Something that was approved is gone.

    Clients, prompts and other tools' descriptions may still name it, and another server may take its name.

    If it is meant, approve it: `mcp-lsp approve`. The setting `drift-sensitivity = "loose"` leaves such changes alone.
    """
    if thing.sensitivity == "loose":
        return
    yield Finding(
        thing.place,
        f"the {thing.kind} `{thing.name}` was approved and is gone",
        detail=f"{thing.kind}\0{thing.name}",
        severity=Severity.WARNING if thing.sensitivity == "strict" else None,
    )


@rule(
    "MCP713",
    severity=Severity.WARNING,
    references=("CWE-494", "CWE-829", "MCP04:2025", "SAFE-T1201", "AML.T0109", "CoSAI MCP-T6", "CoSAI MCP-T11",
                "MCTS-T-1014"),
    files=(
        FileExample(
            ".mcp.json",
            approved='''
            {
              "mcpServers": {
                "notes": { "command": "node", "args": ["dist/index.js"], "env": { "NOTES": "notes" } }
              }
            }
            ''',
            bad='''
            {
              "mcpServers": {
                "notes": { "command": "node", "args": ["dist/index.js", "--share"], "env": { "NOTES": "notes" } }
            //                                                           ^^^^^^^ …is started with `--share`, which was…
              }
            }
            ''',
            good='''
            {
              "mcpServers": {
                "notes": {
                  "command": "node",
                  "args": ["dist/index.js"],
                  "env": { "NOTES": "other" }
                }
              }
            }
            ''',
        ),
    ),
)  # fmt: skip
def launch_changed_since_approval(launch: Relaunched) -> Iterator[Finding]:
    """A client's configuration starts or reaches a server otherwise than was approved.

    A client asks once whether it may start a server, and some go by its name from then on (CVE-2025-54136): whoever can
    change the line runs a program on the machine of everybody who pulls.

    If it is meant, approve it: `mcp-lsp approve`.
    """
    yield Finding(launch.place, f"{launch.of} {launch.said}", detail=launch.said)


@rule(
    "MCP714",
    severity=Severity.INFORMATION,
    references=("CWE-829", "CWE-1357", "MCP04:2025", "ASI04:2026", "SAFE-T1002", "CoSAI MCP-T11", "MCTS-T-1014"),
    files=(
        FileExample(
            "requirements.txt",
            approved='''
            mcp==1.27.0
            ''',
            bad='''
            mcp==1.27.0
              left-pad-tools==0.1.0
            # ^^^^^^^^^^^^^^^^^^^^^ `left-pad-tools` is asked for since this was approved
            ''',
            good='''
            # pinned
            mcp == 1.27.0
            ''',
        ),
    ),
)  # fmt: skip
def dependency_changed_since_approval(dependency: Required) -> Iterator[Finding]:
    """A package is asked for that was not when this was approved, or is held less firmly.

    What is installed runs with the rights of the server. A package more, or a version that is no longer held, is code
    that nobody looked at.

    Look at it, then approve it: `mcp-lsp approve`. A later version is said only with `drift-sensitivity = "strict"`.
    """
    if dependency.before is None:
        if dependency.sensitivity != "loose":
            yield Finding(dependency.place, f"`{dependency.name}` is asked for since this was approved")
    elif dependency.looser:
        yield Finding(
            dependency.place,
            f"`{dependency.name}` was held to `{dependency.before}` when this was approved",
            severity=Severity.WARNING,
        )
    elif dependency.sensitivity == "strict":
        yield Finding(dependency.place, f"`{dependency.name}` was `{dependency.before}` when this was approved")
