"""Programs that a tool argument can steer: shell commands, the program itself, options among its arguments."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import AllowList, Fix, RefuseOption, RunWithoutShell
from ..flow import Handler
from ..rule import Example, Finding, Severity, rule
from . import judging
from .telling import Case, cases, finding, handed_on, named, spelled


@rule(
    "MCP301",
    severity=Severity.ERROR,
    references=(
        "CWE-78", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI05:2026", "SAFE-T1101", "AML.T0050", "CoSAI MCP-T3",
        "MCTS-T-1003",
    ),
    bad='''
    import subprocess


    @mcp.tool()
    def ping(host: str) -> str:
        """Ping a host once."""
        return subprocess.getoutput(f"ping -c1 {host}")
        #                           ^^^^^^^^^^^^^^^^^^ `host` becomes part of a shell command


    @mcp.tool()
    def lines(pattern: str, file: str) -> str:
        """Lines of the log."""
        command = f"grep '{pattern}' {file}"
        return run(command)


    def run(command: str) -> str:
        return subprocess.run(command, shell=True, capture_output=True, text=True).stdout
        #                     ^^^^^^^ `pattern` and `file` become part of a shell command
    ''',
    good='''
    import re
    import shlex
    import subprocess


    @mcp.tool()
    def ping(host: str) -> str:
        """Ping a host once."""
        if not re.fullmatch(r"[\\w.-]+", host):
            raise ValueError("no host name")
        return subprocess.getoutput(f"ping -c1 -- {host}")


    @mcp.tool()
    def lines(pattern: str) -> str:
        """Lines of the log."""
        return subprocess.getoutput(f"grep -e {shlex.quote(pattern)} /var/log/app.log")


    @mcp.tool()
    def status(unit: str) -> str:
        """How a service is."""
        return subprocess.run(["systemctl", "status", "--", unit], capture_output=True, text=True).stdout
    ''',
    typescript=Example(
        bad='''
        import { exec } from "node:child_process";
        import { promisify } from "node:util";
        import { z } from "zod";

        const execAsync = promisify(exec);

        const shape = { host: z.string() };

        server.registerTool("ping", { description: "Ping.", inputSchema: shape }, async ({ host }) => {
          const { stdout } = await execAsync(`ping -c1 ${host}`);
          //                                 ^^^^^^^^^^^^^^^^^^ `host` becomes part of a shell command
          return { content: [{ type: "text", text: stdout }] };
        });
        ''',
        good='''
        import { execFile } from "node:child_process";
        import { promisify } from "node:util";
        import { z } from "zod";

        const execFileAsync = promisify(execFile);

        const shape = { host: z.string() };

        server.registerTool("ping", { description: "Ping.", inputSchema: shape }, async ({ host }) => {
          const { stdout } = await execFileAsync("ping", ["-c1", "--", host]);
          return { content: [{ type: "text", text: stdout }] };
        });
        ''',
    ),
)  # fmt: skip
def shell_command_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument becomes part of a shell command.

    Whoever can put words in front of the model chooses the argument: a web page it reads, an issue, an e-mail. With
    `; curl … | sh` in it the shell runs that too, with everything the server may do.

    Pass the program and its arguments as a list, without a shell; put `--` in front of an argument that could begin
    with a dash. Where a shell is needed, admit only known values, or match the whole value against an expression
    without spaces, quotes and `; | & $`, or quote it with `shlex.quote`. Filtering single characters out is not enough.
    """
    for case in cases(handler, ("shell",), judging.shell):
        whole = case.flow.how == "whole" and not case.flow.before
        if whole:
            message = named(case.names, "is run as a shell command", "are run as shell commands")
            yield finding(case, message, fix=_allowed(case, "commands"))
        else:
            message = named(case.names, "becomes part of a shell command", "become part of a shell command")
            fix = Fix("Run the program without a shell", RunWithoutShell(case.flow.sink.call_place))
            yield finding(case, message, fix=None if handed_on(case) else fix)


def _allowed(case: Case, what: str) -> Fix | None:
    name = spelled(case)
    if name is None or case.flow.sink.place.uri != case.handler.place.uri or case.flow.steps:
        return None
    return Fix("Admit only known commands", AllowList(case.flow.sink.place, name, what))


@rule(
    "MCP302",
    severity=Severity.ERROR,
    references=(
        "CWE-78", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI05:2026", "SAFE-T1101", "AML.T0050", "CoSAI MCP-T3",
        "MCTS-T-1003",
    ),
    bad='''
    import subprocess


    @mcp.tool()
    def start(program: str) -> str:
        """Start a program."""
        return subprocess.run([program, "--version"], capture_output=True, text=True).stdout
        #                      ^^^^^^^ `program` chooses which program is started
    ''',
    good='''
    import subprocess

    PROGRAMS = {"git": "/usr/bin/git", "hg": "/usr/bin/hg"}


    @mcp.tool()
    def start(program: str) -> str:
        """Which version of a program is there."""
        return subprocess.run([PROGRAMS[program], "--version"], capture_output=True, text=True).stdout
    ''',
    typescript=Example(
        bad='''
        import { spawn } from "node:child_process";
        import { z } from "zod";

        server.registerTool("start", { description: "Start.", inputSchema: { program: z.string() } }, async (args) => {
          spawn(args.program, ["--version"]);
          //    ^^^^^^^^^^^^ `args["program"]` chooses which program is started
          return { content: [] };
        });
        ''',
        good='''
        import { spawn } from "node:child_process";
        import { z } from "zod";

        server.registerTool(
          "start",
          { description: "Start.", inputSchema: { program: z.enum(["git", "hg"]) } },
          async (args) => {
            spawn(args.program, ["--version"]);
            return { content: [] };
          },
        );
        ''',
    ),
)  # fmt: skip
def program_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument chooses which program is started.

    An argument vector keeps a shell out, but not the program: `/bin/sh`, an interpreter, or a file that was written a
    moment ago are programs too.

    Admit only programs from a list of your own, by name, and look their paths up there.
    """
    for case in cases(handler, ("program",), judging.program):
        message = named(case.names, "chooses which program is started", "choose which program is started")
        yield finding(case, message, fix=_allowed(case, "commands"))


@rule(
    "MCP303",
    severity=Severity.WARNING,
    references=(
        "CWE-88", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI02:2026", "SAFE-T1101", "CoSAI MCP-T3", "MCTS-T-1003",
    ),
    bad='''
    import subprocess


    @mcp.tool()
    def show(revision: str) -> str:
        """Show a revision."""
        return subprocess.check_output(["git", "show", revision], text=True)
        #                                              ^^^^^^^^ `revision` can be taken for an option of `git`
    ''',
    good='''
    import subprocess


    @mcp.tool()
    def show(revision: str) -> str:
        """Show a revision."""
        if revision.startswith("-"):
            raise ValueError("no revision")
        return subprocess.check_output(["git", "show", revision], text=True)


    @mcp.tool()
    def log(path: str) -> str:
        """The history of a file."""
        return subprocess.check_output(["git", "log", "--", path], text=True)
    ''',
    typescript=Example(
        bad='''
        import { execFileSync } from "node:child_process";
        import { z } from "zod";

        const shape = { name: z.string() };

        server.registerTool("get", { description: "Get.", inputSchema: shape }, async ({ name }) => {
          const words = ["get", "pods"];
          words.push(name);
          const text = execFileSync("kubectl", words, { encoding: "utf8" });
          //                                   ^^^^^ `name` can be taken for an option of `kubectl`
          return { content: [{ type: "text", text }] };
        });
        ''',
        good='''
        import { execFileSync } from "node:child_process";
        import { z } from "zod";

        const shape = { name: z.string() };

        server.registerTool("get", { description: "Get.", inputSchema: shape }, async ({ name }) => {
          if (name.startsWith("-")) {
            throw new Error("no name");
          }
          const text = execFileSync("kubectl", ["get", "pods", name], { encoding: "utf8" });
          return { content: [{ type: "text", text }] };
        });
        ''',
    ),
)  # fmt: skip
def option_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument can be taken for an option of the program it is given to.

    Without a shell nothing is split or expanded, but the program still reads a word that begins with a dash as an
    option: `--output=/home/me/.bashrc` makes git write a file, `--server=…` makes kubectl send its token away.

    Put `--` in front of what is not an option, or refuse values that begin with a dash. Only programs are named some
    option of which runs something, writes a file or talks to a server of the option's choice.
    """
    for case in cases(handler, ("argv",), judging.option):
        program = case.flow.sink.program
        message = named(
            case.names, f"can be taken for an option of `{program}`", f"can be taken for options of `{program}`"
        )
        yield finding(case, message, fix=_dash_refused(case))


def _dash_refused(case: Case) -> Fix | None:
    name = spelled(case)
    if name is None or len(case.names) > 1 or case.flow.steps or case.flow.before:
        return None
    return Fix("Refuse values that begin with a dash", RefuseOption(case.flow.sink.place, name))
