"""The folder in which a program runs."""

from __future__ import annotations

from tests.flow.stories import check


def test_in_python() -> None:
    check(
        """
        import asyncio
        import os
        import subprocess

        ROOT = os.path.realpath("/srv/projects")

        @mcp.tool()
        async def f(a: str, b: str, c: str) -> str:
            subprocess.run(["terraform", "plan"], cwd=a)
            #                                         ^ a → folder
            await asyncio.create_subprocess_exec("make", "all", cwd=os.path.join(ROOT, b))
            #                                                       ^^^^^^^^^^^^^^^^^^^^^ b → folder
            folder = os.path.realpath(os.path.join(ROOT, c))
            if os.path.commonpath([ROOT, folder]) != ROOT:
                raise ValueError(c)
            subprocess.run(["terraform", "plan"], cwd=folder)
            #                                         ^^^^^^ c → folder / confined, resolved
            return ""
        """
    )


def test_in_node() -> None:
    check(
        """
        import { exec, execFile } from "node:child_process";

        server.tool("f", { a: z.string(), b: z.string() }, async ({ a, b }) => {
          exec("make all", { cwd: a });
          //               ^^^^^^^^^^ a → folder
          execFile("make", ["all"], { cwd: b });
          //                        ^^^^^^^^^^ b → folder
          return { content: [] };
        });
        """,
        "typescript",
    )
