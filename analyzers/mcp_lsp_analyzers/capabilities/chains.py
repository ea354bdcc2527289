"""What the tools of a server allow together: what one reads leaves by another, what strangers write reaches a third.

A model reads what tools answer. Text in it that was written by a stranger can make the model call the other tools."""

from __future__ import annotations

from collections.abc import Iterator

from ..rule import Example, Finding, Related, Severity, rule
from ..together import Deed, Part, Together


@rule(
    "MCP508",
    severity=Severity.INFORMATION,
    references=("CWE-200", "CWE-441", "MCP10:2025", "LLM02:2025", "LLM02:2026", "LLM06:2025", "LLM03:2026",
                "ASI02:2026", "SAFE-T1910", "AML.T0086", "CoSAI MCP-T9", "MCTS-T-1005", "MCTS-T-1070"),
    bad='''
    import httpx


    @mcp.tool()
    def read_note(path: str) -> str:
        """The note at `path`."""
        with open(path) as note:
            return note.read()


    @mcp.tool()
    def post_webhook(url: str, body: str) -> str:
    #   ^^^^^^^^^^^^ `read_note` reads files, and `post_webhook` sends to any address: together they carry data out
        """Post `body` to a `url`."""
        return httpx.post(url, content=body).text
    ''',
    good='''
    import httpx


    @mcp.tool()
    def read_note(path: str) -> str:
        """The note at `path`."""
        with open(path) as note:
            return note.read()


    @mcp.tool()
    def post_report(body: str) -> str:
        """Post `body` to the team's channel."""
        return httpx.post("https://chat.example.com/hooks/team", content=body).text
    ''',
    typescript=Example(
        bad="""
        import { readFile } from "node:fs/promises";

        server.registerTool(
          "read_note",
          { description: "A note.", inputSchema: { path: z.string().describe("its path") } },
          async ({ path }) => ({ content: [{ type: "text", text: await readFile(path, "utf8") }] }),
        );
        server.registerTool(
          "open_page",
        //^^^^^^^^^^^ `read_note` reads files, and `open_page` sends to any address: together they carry data out
          { description: "A page.", inputSchema: { url: z.string().describe("its address") } },
          async ({ url }) => ({ content: [{ type: "text", text: await (await fetch(url)).text() }] }),
        );
        """,
        good="""
        import { readFile } from "node:fs/promises";

        server.registerTool(
          "read_note",
          { description: "A note.", inputSchema: { path: z.string().describe("its path") } },
          async ({ path }) => ({ content: [{ type: "text", text: await readFile(path, "utf8") }] }),
        );
        server.registerTool("news", { description: "What is new." }, async () => {
          const answer = await fetch("https://www.example.com/news");
          return { content: [{ type: "text", text: await answer.text() }] };
        });
        """,
    ),
)  # fmt: skip
def data_can_leave(together: Together) -> Iterator[Finding]:
    """One tool of a server reads what is private, and another sends to any address.

    A sentence in a web page, an issue or a mail is enough: a model that reads it can be made to fetch the data with the
    first tool and to carry it out with the second. Each of them alone is harmless, so nobody asks.

    Let the second tool send to a fixed set of hosts, put the two into servers that are not used together, or ask the
    user where data goes.
    """
    # Every pause comes by here: no call for each tool.
    outs = [part for part in together.parts if part.out is not None]
    owns = [part for part in together.parts if part.private is not None] if outs else []
    for out, own in [(out, own) for out in outs for own in owns if own is not out][:1]:
        assert out.out is not None
        assert own.private is not None
        strange = next((part for part in together.parts if part.strange is not None), None)
        told = f"`{own.name}` {own.private.says}, and `{out.name}` {out.out.says}"
        yield Finding(
            out.place,
            f"{told}: together they carry data out",
            related=(
                _related(own, own.private),
                _related(out, out.out),
                *([_related(strange, strange.strange)] if strange is not None and strange.strange is not None else []),
            ),
        )


def _related(part: Part, deed: Deed) -> Related:
    return Related(deed.place, f"`{part.name}` {deed.says} here")


@rule(
    "MCP509",
    severity=Severity.INFORMATION,
    references=("CWE-441", "CWE-250", "MCP05:2025", "LLM01:2025", "LLM01:2026", "LLM06:2025", "LLM03:2026",
                "ASI02:2026", "SAFE-T1102", "CoSAI MCP-T9", "MCTS-T-1005", "MCTS-T-1045"),
    bad='''
    import subprocess

    import httpx


    @mcp.tool()
    def open_page(url: str) -> str:
        """The page at `url`."""
        return httpx.get(url).text


    @mcp.tool()
    def shell(command: str) -> str:
    #   ^^^^^ `open_page` brings in what strangers wrote, and `shell` runs any command
        """Run a `command`."""
        return subprocess.check_output(command, shell=True, text=True)
    ''',
    good='''
    import subprocess

    import httpx


    @mcp.tool()
    def news() -> str:
        """What is new."""
        return httpx.get("https://www.example.com/news").text


    @mcp.tool()
    def uptime() -> str:
        """How long the machine runs."""
        return subprocess.check_output(["uptime"], text=True)
    ''',
    typescript=Example(
        bad="""
        import { execSync } from "node:child_process";

        server.registerTool(
          "open_page",
          { description: "A page.", inputSchema: { url: z.string().describe("its address") } },
          async ({ url }) => ({ content: [{ type: "text", text: await (await fetch(url)).text() }] }),
        );
        server.registerTool(
          "shell",
        //^^^^^^^ `open_page` brings in what strangers wrote, and `shell` runs any command
          { description: "Run a command.", inputSchema: { command: z.string().describe("of the shell") } },
          async ({ command }) => ({ content: [{ type: "text", text: execSync(command).toString() }] }),
        );
        """,
        good="""
        import { execFileSync } from "node:child_process";

        server.registerTool("news", { description: "What is new." }, async () => {
          const answer = await fetch("https://www.example.com/news");
          return { content: [{ type: "text", text: await answer.text() }] };
        });
        server.registerTool("uptime", { description: "How long the machine runs." }, () => ({
          content: [{ type: "text", text: execFileSync("uptime").toString() }],
        }));
        """,
    ),
)  # fmt: skip
def strangers_reach_commands(together: Together) -> Iterator[Finding]:
    """One tool of a server brings in what strangers wrote, and another runs any command.

    A page, a mail or an issue can hold a sentence that makes the model call the second tool. Whoever writes a page then
    runs commands where the server runs.

    Run only commands of a fixed set, or have the user approve each (`elicitation`), or keep the tools in servers that
    are not used together.
    """
    runs = [part for part in together.parts if part.runs is not None]
    strange = [part for part in together.parts if part.strange is not None] if runs else []
    for one, other in [(one, other) for one in runs for other in strange if one is not other][:1]:
        assert one.runs is not None
        assert other.strange is not None
        yield Finding(
            one.place,
            f"`{other.name}` {other.strange.says}, and `{one.name}` {one.runs.says}",
            related=(_related(other, other.strange), _related(one, one.runs)),
        )
