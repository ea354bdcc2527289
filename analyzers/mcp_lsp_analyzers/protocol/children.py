"""Programs that a stdio server starts, and the channel of the protocol that they inherit."""

from __future__ import annotations

from collections.abc import Iterator

from .. import code
from ..fix import NAMED, Edit, Edits, Fix, Pass
from ..flow import Call, Handler
from ..place import Span
from ..rule import Example, Finding, Severity, rule

_RUN = frozenset({"subprocess.run", "subprocess.call", "subprocess.check_call", "subprocess.Popen",
                  "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell"})  # fmt: skip
_CAPTURES = frozenset({"subprocess.check_output", "subprocess.getoutput", "subprocess.getstatusoutput", "os.popen"})
_NODE = frozenset({"child_process.spawn", "child_process.spawnSync", "child_process.execSync",
                   "child_process.execFileSync", "child_process.fork"})  # fmt: skip


@rule(
    "MCP120",
    severity=Severity.WARNING,
    references=("CWE-403",),
    bad='''
    import subprocess


    @mcp.tool()
    def build() -> str:
        """Build the project."""
        subprocess.run(["make"])
    #   ^^^^^^^^^^^^^^ the output of this program goes to standard output, which carries the protocol
        return "done"


    mcp.run()
    ''',
    good='''
    import subprocess


    @mcp.tool()
    def build() -> str:
        """Build the project."""
        return subprocess.run(["make"], stdin=subprocess.DEVNULL, capture_output=True, text=True).stdout


    mcp.run()
    ''',
    typescript=Example(
        bad="""
        import { spawn } from "node:child_process";
        import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

        server.registerTool("build", { description: "Build the project." }, async () => {
          spawn("make", [], { stdio: "inherit" });
        //^^^^^ the output of this program goes to standard output, which carries the protocol
          return { content: [{ type: "text", text: "started" }] };
        });
        await server.connect(new StdioServerTransport());
        """,
        good="""
        import { spawn } from "node:child_process";
        import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

        server.registerTool("build", { description: "Build the project." }, async () => {
          spawn("make", [], { stdio: ["ignore", "pipe", "inherit"] });
          return { content: [{ type: "text", text: "started" }] };
        });
        await server.connect(new StdioServerTransport());
        """,
    ),
)  # fmt: skip
def child_on_protocol_channel(handler: Handler) -> Iterator[Finding]:
    """A program that a stdio server starts inherits the channel of the protocol.

    Over stdio, standard input and output are the connection. A child process that is given nothing else writes its
    output between the messages, and one that reads its input takes messages away that the server then never answers:
    a `git` that asks for a password, a `cat` without a file. (The Python SDK 2 and fastmcp 4 give children other
    channels.)

    Capture the output, and pass `stdin=subprocess.DEVNULL`. Node gives children pipes unless told otherwise.
    """
    server = handler.server
    if "stdio" not in server.transports:
        return
    family, major = server.sdk.family, server.sdk.major or 0
    if (family == "mcp" and major >= 2) or (family == "fastmcp" and major >= 4):
        return
    for call in handler.calls:
        what = _inherits(call)
        if what == "stdout":
            said = "the output of this program goes to standard output, which carries the protocol"
            yield Finding(call.callee_place, said, fix=_elsewhere(call), detail=call.target)
        elif what == "stdin":
            said = "this program inherits standard input: what it reads of it are the client's messages"
            yield Finding(
                call.callee_place, said, fix=_devnull(call), detail=call.target, severity=Severity.INFORMATION
            )


def _inherits(call: Call) -> str:
    target = call.target
    if target in _NODE:
        options = next((a.value for a in reversed(call.expr.args) if isinstance(a.value, code.Dict)), None)
        wanted = options.get("stdio") if isinstance(options, code.Dict) else None
        if isinstance(wanted, code.Items) and len(wanted.items) > 1:
            wanted = wanted.items[1]
        return "stdout" if isinstance(wanted, code.Str) and wanted.value == "inherit" else ""
    if target == "os.system":
        return "stdout"
    if target not in _RUN and target not in _CAPTURES:
        return ""
    names = {argument.name for argument in call.arguments}
    if "**" in names:
        return ""
    if target in _RUN and names.isdisjoint({"stdout", "capture_output"}):
        return "stdout"
    return "stdin" if names.isdisjoint({"stdin", "input"}) else ""


def _elsewhere(call: Call) -> Fix | None:
    """What it prints goes where the server's own log goes, and it reads nothing."""
    title = "Send its output to standard error"
    if call.target in _NODE:
        options = next((a.value for a in reversed(call.expr.args) if isinstance(a.value, code.Dict)), None)
        wanted = options.get("stdio") if isinstance(options, code.Dict) else None
        if not isinstance(wanted, code.Str):
            return None
        place = call.place.part(Span(wanted.start, wanted.end))
        return Fix(title, Edits((Edit(place, '["ignore", 2, "inherit"]'),)))
    silent = _devnull(call)
    if call.target not in _RUN or silent is None or not isinstance(silent.change, Pass):
        return None
    names = {argument.name for argument in call.arguments}
    nothing = silent.change.keywords if names.isdisjoint({"stdin", "input"}) else ()
    return Fix(title, Pass(call.place, (*nothing, ("stdout", f"{NAMED}.stderr")), "sys"))


def _devnull(call: Call) -> Fix | None:
    callee = call.expr.callee
    if call.target not in _RUN and call.target != "subprocess.check_output":
        return None  # it takes no `stdin`
    if not isinstance(callee, code.Attr) or not isinstance(callee.value, code.Name) or not call.expr.args:
        return None
    home = callee.value.id + (".subprocess" if call.target.startswith("asyncio.") else "")
    return Fix("Give it an empty standard input", Pass(call.place, (("stdin", f"{home}.DEVNULL"),)))
