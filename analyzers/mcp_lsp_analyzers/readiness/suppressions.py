"""Comments that allow findings, judged like everything else: they should name a rule, be needed, and say why."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import Edit, Edits, Fix
from ..rule import Example, Finding, Severity, rule
from ..suppression import Suppression

_ORDERS = ("ignore", "ignore-file")


@rule(
    "MCP990",
    severity=Severity.WARNING,
    references=("CWE-1059",),
    tags=("unnecessary",),
    bad='''
    @mcp.tool()
    def ping() -> str:
        """Answer."""
        return "pong"  # mcp-lsp: ignore[shell-command-from-argument] our own hosts only
        #                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `shell-command-from-argument` finds nothing here
    ''',
    good='''
    @mcp.tool()
    def ping() -> str:
        """Answer."""
        return "pong"
    ''',
    typescript=Example(
        bad="""
        // mcp-lsp: ignore[shell-command-from-argument] our own hosts only
        //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^ `shell-command-from-argument` finds nothing here
        server.registerTool("ping", { description: "Answer." }, async () => ({ content: [] }));
        """,
        good="""
        server.registerTool("ping", { description: "Answer." }, async () => ({ content: [] }));
        """,
    ),
)
def unused_suppression(suppression: Suppression) -> Iterator[Finding]:
    """A comment allows a finding that is not there.

    It was needed once, or never. Left standing, it will hide the next fault on this line that nobody has looked at.
    Remove the comment, or the rule's name from its list.
    """
    unused = [allowed for allowed in suppression.allows if allowed.known and allowed.used is False]
    for allowed in unused:
        if len(unused) == len(suppression.allows):
            fix = Fix("Remove the comment", Edits((Edit(suppression.removal, ""),)), safe=True)
        else:
            fix = Fix(f"Remove `{allowed.name}`", Edits((Edit(allowed.removal, ""),)), safe=True)
        yield Finding(allowed.place, f"`{allowed.name}` finds nothing here", fix=fix, detail=allowed.name)


@rule(
    "MCP991",
    severity=Severity.WARNING,
    references=("CWE-1059",),
    bad='''
    # mcp-lsp: ignore-file[output-on-stdout, no-such-rule] printed by the command line, not by the server
    #                                        ^^^^^^^^^^^^ there is no rule `no-such-rule`
    @mcp.tool()
    def ping() -> str:
        """Answer."""
        return "pong"
    ''',
    good='''
    @mcp.tool()
    def ping() -> str:
        """Answer."""
        return "pong"
    ''',
)
def unknown_rule_in_suppression(suppression: Suppression) -> Iterator[Finding]:
    """A comment allows findings of a rule that does not exist.

    It allows nothing: the finding it was meant for is still reported, or the rule has another name by now. Rules are
    named by id (`MCP301`) or name, or with others by the beginning of their id (`MCP3`) or by their room (`handlers`).
    """
    for allowed in suppression.allows:
        if not allowed.known:
            near, fix = "", None
            if allowed.nearest:
                near = f"; did you mean `{allowed.nearest}`?"
                fix = Fix(f"Write `{allowed.nearest}`", Edits((Edit(allowed.place, allowed.nearest),)))
            yield Finding(allowed.place, f"there is no rule `{allowed.name[:60]}`{near}", fix=fix, detail=allowed.name)


@rule(
    "MCP992",
    severity=Severity.WARNING,
    references=("CWE-1059",),
    bad='''
    @mcp.tool()
    def ping() -> str:
        """Answer."""
        return "pong"  # mcp-lsp: ignore
        #                ^^^^^^^^^^^^^^^ the comment names no rule and so allows nothing
    ''',
    good='''
    @mcp.tool()
    def ping() -> str:
        """Answer."""
        return "pong"
    ''',
)
def suppression_without_rule(suppression: Suppression) -> Iterator[Finding]:
    """A comment meant to allow findings does not say which.

    A comment that allowed everything would also hide what is found on this line next year. Write the rules in
    brackets, and the reason behind them: `mcp-lsp: ignore[shell-command-from-argument] our own hosts only`.
    """
    if suppression.order not in _ORDERS:
        yield Finding(
            suppression.place,
            f"`{suppression.order[:60]}` allows nothing; `ignore` and `ignore-file` do",
            fix=Fix("Write `ignore`", Edits((Edit(suppression.ordered, "ignore"),))),
            detail=suppression.order,
        )
    elif not suppression.allows:
        yield Finding(suppression.place, "the comment names no rule and so allows nothing", detail=suppression.order)


@rule(
    "MCP993",
    severity=Severity.INFORMATION,
    references=("CWE-1059",),
    bad='''
    @mcp.tool()
    def run(command: str) -> str:
        """Run a command."""
        return subprocess.getoutput(command)  # mcp-lsp: ignore[shell-command-from-argument]
        #                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no reason is given
    ''',
    good='''
    @mcp.tool()
    def run(command: str) -> str:
        """Run a command."""
        return subprocess.getoutput(command)  # mcp-lsp: ignore[shell-command-from-argument] in a throw-away machine
    ''',
)
def suppression_without_reason(suppression: Suppression) -> Iterator[Finding]:
    """A comment allows a finding and does not say why.

    Whoever reads the line next has to find out again whether it is safe, and whether that still holds. Write the
    reason behind the brackets: `mcp-lsp: ignore[shell-command-from-argument] our own hosts only`.
    """
    if suppression.order in _ORDERS and suppression.allows and not suppression.reason:
        yield Finding(suppression.place, "no reason is given", detail=", ".join(a.name for a in suppression.allows))
