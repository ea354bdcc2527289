"""Ways by which a choice gets where a plain reading loses it, and checks that come too early or say something."""

from __future__ import annotations

import pytest

from mcp_lsp.check import check_text
from tests.flow.stories import PYTHON, TYPESCRIPT, check

SAFE = """
import fs from "fs/promises";
import os from "os";
import path from "path";

const ROOT = "/srv/notes";

function expanded(file: string): string {
  return file.startsWith("~/") ? path.join(os.homedir(), file.slice(1)) : file;
}

function inside(file: string): boolean {
  return file === ROOT || file.startsWith(ROOT + path.sep);
}
"""


def test_what_comes_after_a_callback_that_always_throws_is_still_read() -> None:
    check(
        """
        import { execSync } from "child_process";
        import { promises as fs } from "fs";

        class Missing extends Error {}

        async function located(name: string): Promise<string> {
          await fs.access("/srv").catch(() => {
            throw new Missing(name);
          });
          [1, 2].forEach(() => { throw new Missing("never"); });
          return "/srv";
        }

        server.tool("show", { name: z.string(), file: z.string() }, async ({ name, file }) => {
          const folder = await located(name);
          execSync(`git -C ${folder} show ${file}`);
          //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ file → shell
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_a_promise_gives_what_its_callbacks_resolve_it_with() -> None:
    check(
        """
        import { execSync } from "child_process";

        function patiently<T>(operation: Promise<T>): Promise<T> {
          return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error("late")), 1000);
            operation.then((found) => { clearTimeout(timer); resolve(found); }).catch(reject);
          });
        }

        async function command(host: string) {
          return `ping ${host}`;
        }

        server.tool("ping", { host: z.string() }, async ({ host }) => {
          execSync(await patiently(command(host)));
          //       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ host → shell
          execSync(await new Promise((resolve) => resolve("uptime")));
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_links_followed_after_the_comparison_lead_out_again() -> None:
    check(
        SAFE
        + """
        server.tool("read", { file: z.string() }, async ({ file }) => {
          const asked = path.resolve(process.cwd(), expanded(file));
          if (!inside(asked)) throw new Error("outside");
          return fs.readFile(await fs.realpath(asked));
          //                 ^^^^^^^^^^^^^^^^^^^^^^^^ file → path-read / choices, confined, resolved; file → path-read / confined, resolved
        });
        """.replace("\n        ", "\n"),
        "typescript",
    )


def test_what_is_compared_as_it_is_spelled_is_said_of_links_only() -> None:
    def severities(handed: str) -> list[str]:
        tool = (
            'server.tool("read", { file: z.string() }, async ({ file }) => {\n'
            f"  const asked = {handed};\n"
            '  if (!inside(asked)) throw new Error("outside");\n'
            "  return fs.readFile(await fs.realpath(asked));\n});\n"
        )
        found = check_text("file:///story.ts", TYPESCRIPT + SAFE + tool)
        return [d.severity.value for d in found if d.rule.id == "MCP305"]

    assert severities("path.resolve(expanded(file))") == ["information"]
    assert severities("await fs.realpath(expanded(file))") == []


def test_a_shell_behind_another_program() -> None:
    check(
        """
        import subprocess

        @mcp.tool()
        def run(box: str, command: str) -> str:
            subprocess.run(["docker", "exec", "box", "/bin/sh", "-c", command])
            #                                                         ^^^^^^^ command → shell / option-value
            subprocess.run(["sudo", "-u", "nobody", "bash", "-lc", f"cd /srv && {command}"])
            #                                                      ^^^^^^^^^^^^^^^^^^^^^^^ command → shell / option-value
            subprocess.run(["which", "sh", command])
            #                              ^^^^^^^ command → argv
        """
    )
    check(
        """
        import { execFileSync } from "child_process";
        server.tool("run", { command: z.string() }, async ({ command }) => {
          execFileSync("kubectl", ["exec", "pod", "--", "sh", "-c", command]);
          //                                                        ^^^^^^^ command → shell / not-option
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_a_text_with_fixed_words_says_that_something_is_wrong() -> None:
    check(
        """
        from pathlib import Path

        ROOT = Path("/srv/notes")

        def wrong(file: str) -> str | None:
            path = Path(file)
            size = path.stat().st_size
            if size > 1000:
                return f"too large: {size} bytes"
            if not path.resolve().is_relative_to(ROOT):
                return "outside"
            return None

        @mcp.tool()
        def read(file: str) -> str:
            problem = wrong(file)
            if problem:
                return problem
            return open(file).read()
            #           ^^^^ file → path-read / confined
        """
    )


def test_a_shell_on_one_system_only() -> None:
    check(
        """
        import { spawn } from "child_process";
        server.tool("run", { file: z.string() }, async ({ file }) => {
          spawn("convert", [file], { shell: process.platform === "win32" });
          //               ^^^^^^ file → shell
          return { content: [] };
        });
        """,
        "typescript",
    )


def test_quotes_of_a_shell_written_by_hand() -> None:
    def found(command: str) -> list[str]:
        story = (
            "import { execSync } from 'child_process';\n"
            "const inside = (text: string) => text.replace(/'/g, \"'\\\\''\");\n"
            'server.tool("show", { name: z.string() }, async ({ name }) => {\n'
            f"  execSync({command});\n"
            "  return { content: [] };\n});\n"
        )
        return [d.rule.id for d in check_text("file:///story.ts", TYPESCRIPT + story) if d.rule.id == "MCP301"]

    assert found("`show -- '${inside(name)}'`") == []
    assert found('"show -- \'" + inside(name) + "\'"') == []
    assert found("`show -- ${inside(name)}`") == ["MCP301"]
    assert found('`show -- "${inside(name)}"`') == ["MCP301"]


def test_expressions_and_names() -> None:
    check(
        """
        import re
        import importlib

        KNOWN = ("a", "b")

        @mcp.tool()
        def f(a: str, b: str, c: str, d: str) -> None:
            re.search(a, "")
            #         ^ a → regex
            re.search(re.escape(b), "")
            #         ^^^^^^^^^^^^ b → regex / literal
            importlib.import_module(c)
            #                       ^ c → reflect
            if d in KNOWN:
                importlib.import_module(d)
                #                       ^ d → reflect / choices
        """
    )


def test_code_in_a_query() -> None:
    check(
        """
        from pymongo import MongoClient

        notes = MongoClient().db.notes

        @mcp.tool()
        def f(test: str, name: str) -> None:
            notes.find({"$where": test})
            #          ^^^^^^^^^^^^^^^^ test → code
            notes.find({"name": name})
        """
    )


@pytest.mark.parametrize(
    ("check", "path", "found"),
    [
        ('".." in name', "ROOT / name", ["information"]),
        ('".." in name', 'os.path.join("/srv/notes", name)', ["information"]),
        ('".." in name', 'ROOT / f"{name}.md"', ["information"]),
        ('".." in Path(name).parts', "ROOT / name", ["information"]),
        ('".." in name', 'f"/srv/notes/{name}"', []),
        ('".." in name or name.startswith("/")', "ROOT / name", []),
        ('".." in name or os.path.isabs(name)', "ROOT / name", []),
        ('".." in name or Path(name).is_absolute()', "ROOT / name", []),
    ],
)
def test_an_absolute_path_throws_away_what_it_is_joined_to(check: str, path: str, found: list[str]) -> None:
    source = f"""
import os
from pathlib import Path
{PYTHON}
ROOT = Path("/srv/notes")


@mcp.tool()
def read(name: str) -> str:
    if {check}:
        raise ValueError(name)
    return open({path}).read()
"""
    told = check_text("file:///story.py", source)
    assert [d.severity.value for d in told if d.rule.id == "MCP305"] == found


def test_an_address_in_front_of_its_interface() -> None:
    check(
        """
        import httpx
        import ipaddress
        import socket
        from urllib.parse import urlsplit

        @mcp.tool()
        def f(url: str, other: str) -> None:
            found = socket.getaddrinfo(urlsplit(url).hostname, 443)
            addresses = tuple(dict.fromkeys(one[4][0].split("%", 1)[0] for one in found))
            if any(not ipaddress.ip_address(address).is_global for address in addresses):
                raise ValueError(url)
            httpx.get(url)
            #         ^^^ url → url / private-refused
            found = socket.getaddrinfo(urlsplit(other).hostname, 443)
            addresses = [one[4][0].split("%", 1)[1] for one in found]
            if any(not ipaddress.ip_address(address).is_global for address in addresses):
                raise ValueError(other)
            httpx.get(other)
            #         ^^^^^ other → url
        """
    )
