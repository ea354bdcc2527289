"""Programs that read from their standard input what they are to do."""

from __future__ import annotations

from tests.flow.stories import check


def test_scripts_for_shells_and_interpreters() -> None:
    check(
        """
        import asyncio
        import subprocess

        @mcp.tool()
        async def f(a: str, b: str, c: str, d: str, e: str) -> str:
            subprocess.run(["bash", "-s"], input=f"ls {a}", text=True)
            #                                    ^^^^^^^^^ a → shell
            subprocess.run(["/usr/bin/osascript", "-"], input=f'say "{b}"', text=True)
            #                                                 ^^^^^^^^^^^^ b → code
            subprocess.run(["python3", "count.py"], input=c, text=True)
            subprocess.run(["wc", "-l"], input=c, text=True)
            subprocess.run(["bash", "-c", "wc -l"], input=c, text=True)
            process = subprocess.Popen(["osascript"], stdin=subprocess.PIPE, text=True)
            process.communicate(d)
            #                   ^ d → code
            other = await asyncio.create_subprocess_exec("sh", stdin=asyncio.subprocess.PIPE)
            other.stdin.write(e.encode())
            #                 ^^^^^^^^^^ e → shell
            return ""
        """
    )


def test_lines_for_a_program_that_is_not_known() -> None:
    check(
        """
        import os
        import subprocess

        PROGRAM = os.environ["PROGRAM"]

        @mcp.tool()
        def f(a: str, b: str) -> str:
            process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, text=True)
            process.communicate(input=f'load "{a}"\\nquit\\n')
            #                         ^^^^^^^^^^^^^^^^^^^^^ a → code
            other = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, text=True)
            other.communicate(input=b)
            return ""
        """
    )


def test_scripts_in_node() -> None:
    check(
        """
        import { execFileSync, spawn } from "node:child_process";

        server.tool("f", { a: z.string(), b: z.string(), c: z.string() }, async ({ a, b, c }) => {
          execFileSync("bash", ["-s"], { input: `ls ${a}` });
          //                           ^^^^^^^^^^^^^^^^^^^^ a → shell
          const child = spawn("osascript", ["-"]);
          child.stdin.write(`say "${b}"`);
          //                ^^^^^^^^^^^^ b → code
          execFileSync("sort", ["-u"], { input: c });
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_lines_for_a_program_that_another_method_started() -> None:
    check(
        """
        import os
        import subprocess
        import pexpect

        class Shell:
            def start(self) -> None:
                self.process = subprocess.Popen(["bash"], stdin=subprocess.PIPE, text=True)
                self.counter = subprocess.Popen(["wc", "-l"], stdin=subprocess.PIPE, text=True)
                self.child = pexpect.spawn(os.environ["PROGRAM"], timeout=9)
                self.screen = pexpect.spawn("bash --norc")

            def talk(self, a: str, b: str, c: str, d: str, e: str) -> None:
                self.process.stdin.write(a + "\\n")
                #                        ^^^^^^^^ a → shell
                self.counter.stdin.write(b)
                self.child.sendline(f"install {c}")
                #                   ^^^^^^^^^^^^^^ c → code
                self.child.sendline(d)
                self.screen.sendline(e)
                #                    ^ e → shell

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str, e: str) -> str:
            Shell().talk(a, b, c, d, e)
            return ""
        """
    )


def test_lines_for_a_program_that_another_method_started_in_node() -> None:
    check(
        """
        import { spawn } from "node:child_process";

        class Shell {
          start() { this.process = spawn("/bin/bash", [], { shell: false }); }
          talk(a) {
            this.process.stdin.write(`${a}\\n`);
            //                       ^^^^^^^^ a → shell
          }
        }
        const shell = new Shell();

        server.tool("f", { a: z.string() }, async ({ a }) => {
          shell.talk(a);
          return { content: [] };
        });
        """,
        "typescript",
    )
