"""Secrets that every user of a computer can read in its list of processes."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Const, Expr, Items, Join, Str
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from ..walk import Site
from .called import CARRIERS, COVERED
from .carrying import secret_in
from .values import is_secret, name_of


@rule(
    "MCP457",
    severity=Severity.INFORMATION,
    references=("CWE-214", "CWE-522", "MCP01:2025", "CoSAI MCP-T5"),
    words=("--", '"-h"', "'-h'"),
    bad="""
    import subprocess


    def start(api_key: str, password: str) -> None:
        subprocess.Popen(["notes-server", "--api-key", api_key])
        #                                              ^^^^^^^ `api_key` stands in the list of processes
        subprocess.run(["mysqldump", f"--password={password}", "notes"], check=True)
        #                            ^^^^^^^^^^^^^^^^^^^^^^^^ `password` stands in the list of processes
    """,
    good="""
    import os
    import subprocess


    def start(api_key: str, password: str) -> None:
        subprocess.Popen(["notes-server", "--api-key-file", "/run/secrets/notes"])
        given = {**os.environ, "MYSQL_PWD": password}
        subprocess.run(["mysqldump", "notes"], check=True, env=given)
    """,
    typescript=Example(
        bad="""
        import { spawn } from "node:child_process";

        export function start(apiKey: string) {
          return spawn("notes-server", ["serve", "--token", apiKey]);
          //                                                ^^^^^^ `apiKey` stands in the list of processes
        }
        """,
        good="""
        import { spawn } from "node:child_process";

        export function start(apiKey: string) {
          return spawn("notes-server", ["serve"], { env: { PATH: process.env.PATH, NOTES_TOKEN: apiKey } });
        }
        """,
    ),
)
def secret_on_command_line(passage: Passage) -> Iterator[Finding]:
    """A program is started with a token, key or password among its arguments.

    The arguments of a running program are there for every user of the computer to read (`ps`, `/proc`), and for tools
    that watch processes and write down what they were started with.

    Hand the secret over in the environment of that program, in a file that only its user may read, or on its standard
    input.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for site in passage.of(Items):
        node = site.node
        assert isinstance(node, Items)
        flag = ""
        for item in node.items:
            held = _after(flag, item)
            flag = item.value if isinstance(item, Str) else ""
            if held is not None and not isinstance(held, (Str, Const)) and _may_be_one(held, site):
                name = name_of(held) or secret_in(held, site.function)
                yield Finding(passage.at(site.unit, item), f"`{name}` stands in the list of processes", detail=name)


def _after(flag: str, item: Expr) -> Expr | None:
    """What is given after a flag that asks for a secret, in an item of its own or in the same one, or in a header that
    a program is to send."""
    if isinstance(item, Join) and len(item.parts) > 1 and isinstance(first := item.parts[0], Str):
        if first.value.endswith("=") and _asks(first.value[:-1]):
            return item.parts[1]
        if flag in ("-H", "--header") and first.value.partition(":")[0].lower() in CARRIERS:
            return item.parts[1]
    return item if _asks(flag) else None


def _asks(flag: str) -> bool:
    return flag.startswith("--") and " " not in flag and is_secret(flag)


def _may_be_one(held: Expr, site: Site) -> bool:
    """Whether a value is the secret, by its name or what it is made of: not covered, and not where it is kept."""
    said = words(name_of(held))
    if not said and not secret_in(held, site.function):
        return False
    return COVERED.isdisjoint(said) and said[-1:] not in (("file",), ("path",), ("name",), ("env",), ("flag",))
