"""A run over source that was written against its report: what every format has to survive."""

from __future__ import annotations

from mcp_lsp.project.outcome import Edit, Failure, Fix, Found, Line, NotAnalysed, Region, Related, Report, Seen
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["MCP301"]
SECRET = registry.by_name()["MCP401"]

NASTY = "</style><script>alert(1)</script><img src=x onerror=alert(1)> \"' onload=x ]]> --> \u202eevil\u2066 \x1b[2J\x00\x0b \ud800 &amp; @team #1 [x](http://evil.example) www.evil.example ``` | ~~s~~ \U000e0041\ufffe"
# Paths are printable by the time they are in a report, see `project.run.shown`.
PATH = NASTY.replace("\ud800", "")


def found(**changes: object) -> Found:
    region = Region("src/server.py", (3, 12), (3, 16))
    whole = Found(
        RULE.id,
        RULE.name,
        "error",
        "`host` becomes part of a shell command",
        region,
        RULE.references,
        (Related(Region("src/server.py", (2, 10), (2, 14)), "`host` is chosen", Line(2, "def ping(host):")),),
        "0123456789abcdef",
        Fix("Run the program without a shell", False, (Edit(region, "safe"),)),
        "/tools/ping",
        (Line(3, "    return host + 1"),),
    )
    return whole._replace(**changes)  # type: ignore[arg-type]


def hostile() -> Report:
    """Every text in it is nasty."""
    nasty = Region(f"src/{PATH}.py", (1, 1), (1, 9))
    evil = found(
        message=NASTY,
        region=nasty,
        related=(Related(nasty, NASTY, Line(1, NASTY)), Related(nasty, NASTY, None)),
        fix=Fix(NASTY, True, (Edit(nasty, NASTY), Edit(Region(PATH, (9, 1), (9, 2)), NASTY))),
        thing=f"/tools/{NASTY}",
        lines=(Line(1, NASTY), Line(2, NASTY)),
        fingerprint="fedcba9876543210",
    )
    return Report(
        found=[evil, found()],
        servers=[Seen(PATH, NASTY, (NASTY,), (NASTY,), (NASTY,))],
        not_analysed=[NotAnalysed(PATH, NASTY)],
        excluded=[NotAnalysed(PATH, NASTY)],
        failures=[Failure(PATH, NASTY, NASTY, NASTY)],
        files=2,
    )


def plain(**fields: object) -> Report:
    server = Seen("src/server.py", "mcp 1", ("ping", "pong"), (), ())
    whole = {"found": [found()], "servers": [server], "files": 1, **fields}
    return Report(**whole)  # type: ignore[arg-type]
