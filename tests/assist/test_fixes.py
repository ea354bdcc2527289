"""Each recipe, applied to a small file: which lines go, which come. ``«»`` mark the places a recipe is given."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from textwrap import dedent

import pytest

from mcp_lsp import read, syntax
from mcp_lsp.assist.fixes import applied, render
from mcp_lsp.read import units
from mcp_lsp_analyzers import fix as recipes
from mcp_lsp_analyzers.code import Unit
from mcp_lsp_analyzers.model import Sdk
from mcp_lsp_analyzers.place import Place, Span
from mcp_lsp_analyzers.scope import Module


@pytest.fixture(autouse=True, params=["in one piece", "in parts"])
def as_read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The statements of a long class or function are kept one by one; what a fix writes is the same there."""
    if request.param == "in parts":
        for lines in ("LONG", "SHORT", "FEW"):
            monkeypatch.setattr(units, lines, 0)


def check(recipe: Callable[..., object], before: str, expect: str | None, sdk: Sdk | None = None) -> None:
    """``expect``: the lines that go (``-``) and come (``+``); ``None``: the fix must not be offered."""
    drawn = dedent(before).lstrip("\n")
    text, after = fixed(recipe, drawn, sdk)
    if expect is None:
        assert after is None
        return
    assert after is not None
    diff = list(difflib.unified_diff(text.split("\n"), after.split("\n"), n=0, lineterm=""))[2:]
    lines = [f"{line[0]} {line[1:]}".rstrip() for line in diff if line[0] in "+-"]
    assert lines == dedent(expect).strip("\n").split("\n"), after
    assert fixed(recipe, drawn.replace("\n", "\r\n"), sdk)[1] == after.replace("\n", "\r\n")


def fixed(recipe: Callable[..., object], drawn: str, sdk: Sdk | None) -> tuple[str, str | None]:
    """The text without marks, and the text with the fix."""
    text, spans = marked(drawn)
    python = re.search(r"(?m)^ *(async )?(def|import \w+(?=\r?$)|from)\b", text) is not None
    uri, language = ("file:///server.py", "python") if python else ("file:///server.ts", "typescript")
    document = syntax.Document(uri, text, language)
    module = read.module(syntax.parse(document))
    change = recipe(*(place(module, span) for span in spans))
    changes = render(recipes.Fix("fix it", change), document, module, sdk)  # type: ignore[arg-type]
    if changes is None:
        return text, None
    after = applied(text, changes)
    assert not [s.text for s in syntax.parse(syntax.Document(uri, after, language)).segments if s.broken]
    return text, after


def marked(text: str) -> tuple[str, list[Span]]:
    """The text without marks, and the marked spans in the order of their ends."""
    plain, starts, spans = "", [], []
    for char in text:
        if char == "«":
            starts.append(len(plain))
        elif char == "»":
            spans.append(Span(starts.pop(), len(plain)))
        else:
            plain += char
    return plain, spans


def place(module: Module, span: Span) -> Place:
    units, innermost = module.units, None
    while units and (units := [u for u in units if u.anchor.start <= span.start and span.end <= end_of(u)]):
        innermost = units[-1]
        units = innermost.nested
    assert innermost is not None
    start = innermost.anchor.start
    return Place(module.uri, "/x", Span(span.start - start, span.end - start), innermost.anchor)


def end_of(unit: Unit) -> int:
    return unit.anchor.start + len(unit.key)


# ---------------------------------------------------------------- standard error


def test_a_print_goes_to_stderr_and_brings_its_import_in_order() -> None:
    check(
        recipes.SendToStderr,
        '''
        """A server."""

        from mcp.server.fastmcp import FastMCP

        def f(a):
            «print("x", a)»
        ''',
        """
        +
        + import sys
        -     print("x", a)
        +     print("x", a, file=sys.stderr)
        """,
    )


def test_an_alias_is_used_and_a_generator_gets_its_parentheses() -> None:
    check(
        recipes.SendToStderr,
        """
        import sys as system

        def f(a):
            «print(x for x in a)»
        """,
        """
        -     print(x for x in a)
        +     print((x for x in a), file=system.stderr)
        """,
    )


def test_a_shadowed_module_is_imported_under_another_name() -> None:
    check(
        recipes.SendToStderr,
        """
        import os

        def f(sys):
            «print(sys)»
        """,
        """
        + import sys as sys_module
        -     print(sys)
        +     print(sys, file=sys_module.stderr)
        """,
    )


def test_an_import_below_the_line_that_needs_it_does_not_count() -> None:
    check(
        recipes.SendToStderr,
        """
        import os
        «print("start")»
        from sys import path

        def f(): ...
        """,
        """
        - print("start")
        + import sys
        + print("start", file=sys.stderr)
        """,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("sys.stdout.write(a)", "sys.stderr.write(a)"),
        ("logging.StreamHandler(sys.stdout)", "logging.StreamHandler(sys.stderr)"),
        ("print(a, file=sys.stdout)", "print(a, file=sys.stderr)"),
        ("os.write(1, a)", "os.write(2, a)"),
        ("click.echo(a)", "click.echo(a, err=True)"),
        ("pprint.pprint(a)", "pprint.pprint(a, stream=sys.stderr)"),
    ],
)
def test_what_writes_to_stdout_in_python(before: str, after: str) -> None:
    check(
        recipes.SendToStderr,
        f"import sys, os, logging, click, pprint\ndef f(a):\n    «{before}»\n",
        f"-     {before}\n+     {after}",
    )


def test_a_printer_with_a_file_of_its_own_is_left_alone() -> None:
    check(recipes.SendToStderr, "def f(a, out):\n    «print(a, file=out)»\n", None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("console.log(a)", "console.error(a)"),
        ("console.info(a)", "console.error(a)"),
        ("process.stdout.write(a)", "process.stderr.write(a)"),
        ("console.table(a)", None),
    ],
)
def test_what_writes_to_stdout_in_typescript(before: str, after: str | None) -> None:
    expect = None if after is None else f"-   {before};\n+   {after};"
    check(recipes.SendToStderr, f"function f(a) {{\n  «{before}»;\n}}\n", expect)


# ---------------------------------------------------------------- annotations


def annotate(declared: Place) -> recipes.Annotate:
    return recipes.Annotate(declared, "f", (("destructiveHint", True),))


def test_what_makes_several_tools_gets_no_hints_of_one() -> None:
    check(annotate, "def f(a):\n    return a\n\n\n«create_api_tools(mcp, [f])»\n", None)


def test_hints_on_a_decorator_of_the_official_sdk() -> None:
    check(
        annotate,
        """
        from mcp.server.fastmcp import FastMCP

        «@mcp.tool()
        def f(a: str) -> str:»
            return a
        """,
        """
        + from mcp.types import ToolAnnotations
        - @mcp.tool()
        + @mcp.tool(annotations=ToolAnnotations(destructiveHint=True))
        """,
    )


def test_hints_are_spelt_as_the_file_spells_those_of_its_other_tools() -> None:
    check(
        annotate,
        """
        from fastmcp import FastMCP
        from mcp.types import ToolAnnotations

        «@mcp.tool
        def f(a: str) -> str:»
            return a
        """,
        """
        - @mcp.tool
        + @mcp.tool(annotations=ToolAnnotations(destructiveHint=True))
        """,
    )


def test_a_decorator_of_the_project_gets_no_argument_it_may_not_have() -> None:
    check(
        annotate,
        """
        from mcp.server.fastmcp import FastMCP
        from .rpc import tool

        «@tool
        def f(a: str) -> str:»
            return a
        """,
        None,
    )


def test_the_shape_of_the_arguments_gets_no_hints() -> None:
    check(annotate, 'const t = «OurTool("f", "Do f.", { a: z.string(), title: z.string() }, run)»;\n', None)
    check(
        annotate,
        'const t = «OurTool({ name: "f", description: "Do f." }, run)»;\n',
        """
        - const t = OurTool({ name: "f", description: "Do f." }, run);
        + const t = OurTool({ name: "f", description: "Do f.", annotations: { destructiveHint: true } }, run);
        """,
    )


def test_hints_on_a_bare_decorator_of_fastmcp_are_a_dictionary() -> None:
    check(
        annotate,
        """
        from fastmcp import FastMCP

        «@mcp.tool
        def f(a: str) -> str:»
            return a
        """,
        """
        - @mcp.tool
        + @mcp.tool(annotations={"destructiveHint": True})
        """,
    )


def test_hints_beside_others_are_spelt_like_them() -> None:
    check(
        annotate,
        """
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations

        «@mcp.tool(
            title="a",
            annotations=ToolAnnotations(read_only_hint=False),  # seen by clients
        )
        def f(a: str) -> str:»
            return a
        """,
        """
        -     annotations=ToolAnnotations(read_only_hint=False),  # seen by clients
        +     annotations=ToolAnnotations(read_only_hint=False, destructive_hint=True),  # seen by clients
        """,
    )


def test_hints_that_are_a_constant_of_their_own_are_not_touched() -> None:
    check(annotate, "«@mcp.tool(annotations=READ_ONLY)\ndef f(a): »\n    return a\n", None)


def test_hints_on_a_call_that_registers() -> None:
    check(
        annotate,
        """
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
        def f(): ...
        «mcp.add_tool(f, name="f")»
        """,
        """
        - mcp.add_tool(f, name="f")
        + mcp.add_tool(f, name="f", annotations=ToolAnnotations(destructive_hint=True))
        """,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'server.registerTool("f", { title: "x", x: {} }, async () => 1)',
            'server.registerTool("f", { title: "x", annotations: { destructiveHint: true }, x: {} }, async () => 1)',
        ),
        (
            'server.registerTool("f", { annotations: { readOnlyHint: false } }, async () => 1)',
            'server.registerTool("f", { annotations: { readOnlyHint: false, destructiveHint: true } }, async () => 1)',
        ),
        (
            'server.registerTool("f", { annotations: { destructiveHint: false } }, async () => 1)',
            'server.registerTool("f", { annotations: { destructiveHint: true } }, async () => 1)',
        ),
        (
            'server.tool("f", "d", { a: z.string() }, async () => 1)',
            'server.tool("f", "d", { a: z.string() }, { destructiveHint: true }, async () => 1)',
        ),
        (
            'server.tool("f", "d", { readOnlyHint: false }, async () => 1)',
            'server.tool("f", "d", { readOnlyHint: false, destructiveHint: true }, async () => 1)',
        ),
        (
            'server.addTool({ name: "f", execute: async () => 1 })',
            'server.addTool({ name: "f", annotations: { destructiveHint: true }, execute: async () => 1 })',
        ),
    ],
)
def test_hints_in_typescript(before: str, after: str) -> None:
    check(annotate, f"«{before}»;\n", f"- {before};\n+ {after};")


def test_hints_in_a_table_of_tools_stand_on_a_line_of_their_own() -> None:
    check(
        annotate,
        """
        const TOOLS = [
          «{
            name: "f", // the name
            inputSchema: { type: "object" }, // and more
          }»,
        ];
        """,
        """
        +     annotations: { destructiveHint: true },
        """,
    )


# ---------------------------------------------------------------- descriptions


def describe(parameter: Place) -> recipes.Describe:
    return recipes.Describe(parameter, parameter, "a", "The a")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("«a»: str", 'a: Annotated[str, Field(description="The a")]'),
        ("«a»: str = ''", "a: Annotated[str, Field(description=\"The a\")] = ''"),
        ("«a»", 'a: Annotated[str, Field(description="The a")]'),
        ("«a»=3", 'a: Annotated[int, Field(description="The a")] = 3'),
        ("«a»: Annotated[int, Field(gt=3)] = 4", 'a: Annotated[int, Field(gt=3, description="The a")] = 4'),
        ("«a»: int = Field(default=3)", 'a: int = Field(default=3, description="The a")'),
        ('«a»: Annotated[int, "x"]', 'a: Annotated[int, "x", Field(description="The a")]'),
        ("«a»=[]", None),
    ],
)
def test_a_parameter_is_described(before: str, after: str | None) -> None:
    head = 'from typing import Annotated\nfrom pydantic import Field\n\nLINES = "a", "b"\n\n\n'
    old = before.replace("«", "").replace("»", "")
    expect = None if after is None else f"- def f({old}): ...\n+ def f({after}): ..."
    check(describe, f"{head}def f({before}): ...\n", expect)


def test_the_imports_of_a_description_are_sorted_in() -> None:
    check(
        describe,
        """
        from __future__ import annotations

        import os
        from typing import (
            Any,  # anything
            Literal
        )

        from mcp.server import MCPServer

        def f(«a»: int): ...
        """,
        """
        +     Annotated,
        + from pydantic import Field
        - def f(a: int): ...
        + def f(a: Annotated[int, Field(description="The a")]): ...
        """,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("«a»: z.string()", 'a: z.string().describe("The a")'),
        ("«a»: z.string().describe('')", 'a: z.string().describe("The a")'),
        ('«a»: { type: "string" }', 'a: { type: "string", description: "The a" }'),
        ('«a»: { type: "string", description: "" }', 'a: { type: "string", description: "The a" }'),
    ],
)
def test_a_property_is_described(before: str, after: str) -> None:
    old = before.replace("«", "").replace("»", "")
    check(
        describe,
        f'const s = "{{" + {{ {before}, b: 1 }};\n',
        f'- const s = "{{" + {{ {old}, b: 1 }};\n+ const s = "{{" + {{ {after}, b: 1 }};',
    )


# ---------------------------------------------------------------- quotes


def test_what_is_written_stands_in_the_quotes_of_the_file() -> None:
    check(
        lambda at: recipes.RefuseOption(at, "ref"),
        """
        import subprocess

        def log(ref):
            # what the user's log is
            «subprocess.run(['git', 'log', ref])»
        """,
        """
        +     if ref.startswith('-'):
        +         raise ValueError(f'{ref} begins with a dash')
        """,
    )
    check(
        lambda at: recipes.RefuseOption(at, "ref"),
        """
        import { execFileSync } from 'child_process';
        export function log(ref: string) {
          return «execFileSync('git', ["log", ref])»;
        }
        """,
        """
        +   if (ref?.startsWith('-')) {
        +     throw new Error(`${ref} begins with a dash`);
        +   }
        """,
    )


def test_a_text_is_replaced_in_the_quotes_it_has() -> None:
    check(
        lambda at: recipes.Edits((recipes.Edit(at, '"127.0.0.1"'),)),
        'import os\n\nPORT = "80"\nLEVEL = "info"\nHOST = os.getenv("HOST", «\'0.0.0.0\'»)\n',
        "- HOST = os.getenv(\"HOST\", '0.0.0.0')\n+ HOST = os.getenv(\"HOST\", '127.0.0.1')",
    )


@pytest.mark.parametrize(
    ("port", "said"),
    [
        ("3000", "3000"),
        ("PORT", "Number(PORT)"),
        ("KNOWN", "KNOWN"),
        ("process.env.PORT || 80", "Number(process.env.PORT || 80)"),
        ("parseInt(process.env.PORT)", "parseInt(process.env.PORT)"),
        ("settings.port", "settings.port"),
    ],
)
def test_a_port_with_a_host_behind_it_is_a_number(port: str, said: str) -> None:
    text = f"""
        import express from 'express';
        const PORT = process.env.PORT || 3000;
        const KNOWN = process.env.PORT ? Number(process.env.PORT) : 3000;
        express().listen(«{port}», () => ready());
        """
    expect = f"- express().listen({port}, () => ready());\n+ express().listen({said}, '127.0.0.1', () => ready());"
    check(lambda at: recipes.ListenHere(at), text, expect)


def test_javascript_hands_its_port_on_as_it_is() -> None:
    text = "const port = process.env.PORT || 80;\napp.listen(port);\n"
    document = syntax.Document("file:///server.js", text, "javascript")
    module = read.module(syntax.parse(document))
    port = place(module, Span(text.index("port);"), text.index(");")))
    changes = render(recipes.Fix("fix it", recipes.ListenHere(port)), document, module)
    assert applied(text, changes or []).endswith('app.listen(port, "127.0.0.1");\n')


def test_a_file_without_semicolons_gets_none() -> None:
    check(
        lambda at: recipes.Confine(at, "name", at),
        """
        import { readFile } from "node:fs/promises"

        export async function load(name: string) {
          return await readFile(«name»)
        }
        """,
        """
        - import { readFile } from "node:fs/promises"
        + import { readFile, realpath } from "node:fs/promises"
        + import * as path from "node:path"
        +
        + // Choose the folder whose files this tool may use.
        + const ALLOWED_ROOT = path.resolve("data")
        -   return await readFile(name)
        +   const resolved = await realpath(path.resolve(ALLOWED_ROOT, name))
        +   if (resolved !== ALLOWED_ROOT && !resolved.startsWith(ALLOWED_ROOT + path.sep)) {
        +     throw new Error(`${name} is outside the allowed folder`)
        +   }
        +   return await readFile(resolved)
        """,
    )


def test_an_import_stands_by_itself_where_groups_do() -> None:
    text = """
        import os
        SEPARATEDfrom .notes import keys

        LEVEL = «yaml.load(keys(os))»
        """
    change = """
        - LEVEL = yaml.load(keys(os))
        + LEVEL = load_safely(keys(os))
        """
    recipe = recipes.Replace

    def replaced(call: Place) -> object:
        return recipe(
            call.part(Span(call.local.start, call.local.start + len("yaml.load"))), "load_safely", "safe", (), True
        )

    together = "\n        + from safe import load_safely"
    check(replaced, text.replace("SEPARATED", ""), together + change)
    check(replaced, text.replace("SEPARATED", "\n        "), "\n        +" + together + change)


def test_an_import_stands_with_the_sdk_not_with_packages_of_the_project() -> None:
    check(
        annotate,
        """
        import os

        from mcp.server.fastmcp import FastMCP
        from pydantic import Field

        from acme_notes.store import notes
        from wonder import more

        «@mcp.tool()
        def f(a: str) -> str:»
            return a
        """,
        """
        + from mcp.types import ToolAnnotations
        - @mcp.tool()
        + @mcp.tool(annotations=ToolAnnotations(destructiveHint=True))
        """,
    )
    check(
        describe,
        """
        from mcp.server.fastmcp import FastMCP

        from acme_notes.store import notes

        def f(«a»: int): ...
        """,
        """
        + from typing import Annotated
        +
        + from pydantic import Field
        - def f(a: int): ...
        + def f(a: Annotated[int, Field(description="The a")]): ...
        """,
    )


def test_a_call_in_a_thread_keeps_its_lines() -> None:
    check(
        recipes.RunInThread,
        """
        import asyncio, subprocess

        async def f(args):
            return «subprocess.run(
                args,
                check=True,
            )»
        """,
        """
        -     return subprocess.run(
        +     return await asyncio.to_thread(
        +         subprocess.run,
        """,
    )


# ---------------------------------------------------------------- keywords


def waits(call: Place) -> recipes.Pass:
    return recipes.Pass(call, (("timeout", "30"),))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("get()", "get(timeout=30)"),
        ("get((url))", "get((url), timeout=30)"),
        ("get(*url, **more)", "get(*url, **more, timeout=30)"),
        ("get(x for x in url)", "get((x for x in url), timeout=30)"),
    ],
)
def test_a_call_gets_a_keyword(before: str, after: str) -> None:
    check(waits, f"def f(url):\n    return «{before}»\n", f"-     return {before}\n+     return {after}")


def test_a_keyword_stands_on_a_line_of_its_own_where_the_others_do() -> None:
    check(
        waits,
        """
        def f(url):
            return «get(
                url,
                headers={},  # none
            )»
        """,
        """
        +         timeout=30,
        """,
    )


# ---------------------------------------------------------------- commands


TRIMMED = '.removesuffix("\\n")'


def command(before: str, expect: str | None) -> None:
    head = 'import os, subprocess, asyncio\n\nLINES = "a", "b", "c"\n\nasync def ping(host: str, count: int = 1):\n'
    check(recipes.RunWithoutShell, head + "".join(f"    {line}\n" for line in before.split("\n")), expect)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("subprocess.run(f'ping -c1 {host}', shell=True)", 'subprocess.run(["ping", "-c1", host])'),
        (
            """subprocess.run(f"ping -c {count} '{host}' --x={host}", check=True, shell=True)""",
            'subprocess.run(["ping", "-c", str(count), host, f"--x={host}"], check=True)',
        ),
        ("subprocess.check_output('ping ' + host, shell=True)", 'subprocess.check_output(["ping", host])'),
        (
            "subprocess.getoutput('ping %s' % host)",
            'subprocess.run(["ping", host], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout'
            + TRIMMED,
        ),
        ("os.system('ping {}'.format(host))", 'subprocess.run(["ping", host], check=False)'),
        (
            "await asyncio.create_subprocess_shell(f'ping {host}', stdout=1)",
            'await asyncio.create_subprocess_exec("ping", host, stdout=1)',
        ),
        ("subprocess.run(f'ping {host!r:>9}', shell=True)", 'subprocess.run(["ping", f"{host!r:>9}"])'),
        ("subprocess.run(f'ping {host} | head', shell=True)", None),
        ("subprocess.run(f'ping $HOME {host}', shell=True)", None),
        ("subprocess.run(f'{host} -c1', shell=True)", None),
        ("subprocess.run(host, shell=True)", None),
        ("subprocess.run(f'A=1 ping {host}', shell=True)", None),
        ("subprocess.run(f'ping {host}', shell=True, executable='/bin/zsh')", None),
        ("subprocess.run(f'ping {options} {host}', shell=True)", None),
        ("subprocess.run(f'ping {extra_args} {host}', shell=True)", None),
        ("subprocess.run(f'ping {' '.join(hosts)}', shell=True)", None),
        ("""subprocess.run(f"ping {'-q' if count else ''} {host}", shell=True)""", None),
        ("""subprocess.run(f"say '{options}'", shell=True)""", 'subprocess.run(["say", str(options)])'),
        ("subprocess.run(f'ping {host}', shell=count)", None),
        ("subprocess.getstatusoutput(f'ping {host}')", None),
    ],
)
def test_a_shell_command_becomes_an_argument_vector(before: str, after: str | None) -> None:
    call = before.removeprefix("await ")
    command(before.replace(call, f"«{call}»"), None if after is None else f"-     {before}\n+     {after}")


def test_what_a_call_answers_stays_what_it_was() -> None:
    command(
        "code = «os.system(f'ping {host}')»",
        """
        -     code = os.system(f'ping {host}')
        +     code = subprocess.run(["ping", host], check=False).returncode
        """,
    )
    command(
        "return «os.popen(f'ping {host}')».read()",
        """
        -     return os.popen(f'ping {host}').read()
        +     return subprocess.run(["ping", host], stdout=subprocess.PIPE, text=True).stdout
        """,
    )
    command("return «os.popen(f'ping {host}')»", None)


def test_a_command_in_a_variable_is_changed_where_it_is_built() -> None:
    command(
        'cmd = "ping " + host\nreturn «subprocess.run(cmd, shell=True)»',
        """
        -     cmd = "ping " + host
        -     return subprocess.run(cmd, shell=True)
        +     cmd = ["ping", host]
        +     return subprocess.run(cmd)
        """,
    )
    command(
        'cmd = "ping " + host\nlog(cmd)\nreturn «subprocess.run(cmd, shell=True)»',
        """
        -     return subprocess.run(cmd, shell=True)
        +     return subprocess.run(["ping", host])
        """,
    )


def test_what_a_shell_takes_for_several_words_is_not_made_one() -> None:
    command('words = f"-c {count} {host}"\n«os.system(f"ping {words}")»', None)
    command('words = "-q"\nwords += " -v"\n«os.system(f"ping {words}")»', None)
    command('quiet = "-q" if count else ""\n«os.system(f"ping {quiet} {host}")»', None)
    check(
        recipes.RunWithoutShell,
        """
        import { execSync } from "child_process";
        function list(kinds) {
          const command = kinds.slice(1).join(" ");
          return «execSync(`kubectl ${command}`)»;
        }
        """,
        None,
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("exec(`ping -c1 ${host}`, done)", 'execFile("ping", ["-c1", host], done)'),
        ("execSync('ping ' + host, { cwd })", 'execFileSync("ping", [host], { cwd })'),
        ("exec(`ping ${host} > log`)", None),
        ("exec(host)", None),
        ("exec(`ping ${host}`, { shell: '/bin/zsh' })", None),
    ],
)
def test_exec_becomes_exec_file(before: str, after: str | None) -> None:
    lines = 'import { exec, execFile, execFileSync, execSync } from "node:child_process";\nfunction f(host) {\n'
    expect = None if after is None else f"-   {before};\n+   {after};"
    check(recipes.RunWithoutShell, f"{lines}  «{before}»;\n}}\n", expect)


def test_a_promisified_exec_gets_a_sibling() -> None:
    check(
        recipes.RunWithoutShell,
        """
        const { exec } = require("child_process");
        const util = require("util");
        const execAsync = util.promisify(exec);

        const ping = async (host) => {
          return await «execAsync(`ping "${host}"`)»;
        };
        """,
        """
        - const { exec } = require("child_process");
        + const { exec, execFile } = require("child_process");
        + const execFileAsync = util.promisify(execFile);
        -   return await execAsync(`ping "${host}"`);
        +   return await execFileAsync("ping", [host]);
        """,
    )


def test_spawn_loses_its_shell() -> None:
    check(
        recipes.RunWithoutShell,
        """
        import * as cp from "child_process";
        function f(host) {
          «cp.spawn(`ping ${host}`, { stdio: "pipe", shell: true })»;
        }
        """,
        """
        -   cp.spawn(`ping ${host}`, { stdio: "pipe", shell: true });
        +   cp.spawn("ping", [host], { stdio: "pipe" });
        """,
    )


# ---------------------------------------------------------------- guards


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("httpx.get(«url», follow_redirects=True)", "httpx.get(url, follow_redirects=False)"),
        ("client.get(«url», timeout=9)", "client.get(url, timeout=9, follow_redirects=False)"),
        ("client.get(«url», follow_redirects=False)", ""),
        ("other.get(«url»)", ""),
    ],
)
def test_where_only_some_hosts_are_admitted_no_redirect_leads_elsewhere(before: str, after: str) -> None:
    plain = before.replace("«", "").replace("»", "")
    changed = f"""
        -         return {plain}
        +         if urlsplit(url).hostname not in ALLOWED_HOSTS:
        +             raise ValueError(f"{{url}} is not an allowed host")
        +         return {after}
        """
    kept = """
        +         if urlsplit(url).hostname not in ALLOWED_HOSTS:
        +             raise ValueError(f"{url} is not an allowed host")
        """
    check(
        lambda at: recipes.AllowList(at, "url", "hosts"),
        f"""
        from urllib.parse import urlsplit

        def fetch(url: str):
            with httpx.Client(follow_redirects=True) as client:
                return {before}
        """,
        """
        +
        + # Fill in the hosts this tool may reach; until then every call is refused.
        + ALLOWED_HOSTS: frozenset[str] = frozenset()
        """.rstrip()
        + (changed if after else kept),
    )


def test_where_only_some_hosts_are_admitted_a_fetch_stays_there() -> None:
    check(
        lambda at: recipes.AllowList(at, "url", "hosts"),
        """
        async function load(url) {
          return await fetch(«url», { redirect: 'follow' });
        }
        """,
        """
        + // Fill in the hosts this tool may reach; until then every call is refused.
        + const ALLOWED_HOSTS = new Set<string>([]);
        +
        -   return await fetch(url, { redirect: 'follow' });
        +   if (!ALLOWED_HOSTS.has(new URL(url).hostname)) {
        +     throw new Error(`${url} is not an allowed host`);
        +   }
        +   return await fetch(url, { redirect: 'error' });
        """,
    )


@pytest.mark.parametrize(
    ("parameter", "test"),
    [
        ("ref: str", 'ref.startswith("-")'),
        ("ref", 'ref.startswith("-")'),
        ("ref: str | None = None", 'ref and ref.startswith("-")'),
        ("ref: list[str]", None),
    ],
)
def test_what_begins_with_a_dash_is_refused(parameter: str, test: str | None) -> None:
    check(
        lambda at: recipes.RefuseOption(at, "ref"),
        f"""
        import subprocess

        @mcp.tool()
        def show({parameter}) -> str:
            return subprocess.check_output(["git", "show", «ref»])
        """,
        test
        and f"""
        +     if {test}:
        +         raise ValueError(f"{{ref}} begins with a dash")
        """,
    )


def test_what_begins_with_a_dash_is_refused_in_typescript() -> None:
    check(
        lambda at: recipes.RefuseOption(at, "name"),
        """
        import { execFileSync } from "node:child_process";

        server.registerTool("get", { inputSchema }, async ({ name }) => {
          const text = execFileSync("kubectl", ["get", «name»]);
          return { content: [{ type: "text", text }] };
        });
        """,
        """
        +   if (name?.startsWith("-")) {
        +     throw new Error(`${name} begins with a dash`);
        +   }
        """,
    )


def test_a_host_is_refused_until_the_list_is_filled_in() -> None:
    check(
        lambda at: recipes.AllowList(at, "host", "hosts"),
        """
        import httpx

        # Fetches.
        @mcp.tool()
        def fetch(host: str) -> str:
            if host:
                return httpx.get(«f"https://{host}/"»).text
        """,
        """
        +
        + # Fill in the hosts this tool may reach; until then every call is refused.
        + ALLOWED_HOSTS: frozenset[str] = frozenset()
        +         if host not in ALLOWED_HOSTS:
        +             raise ValueError(f"{host} is not an allowed host")
        """,
    )


def test_of_a_url_the_host_is_asked_and_the_model_hears_why() -> None:
    check(
        lambda at: recipes.AllowList(at, "url", "hosts"),
        """
        import httpx
        from mcp.server import MCPServer

        ALLOWED_HOSTS = 3

        @mcp.tool()
        def fetch(url: str) -> str:
            return httpx.get(«url»).text
        """,
        """
        + from urllib.parse import urlsplit
        +
        + from mcp.server.mcpserver.exceptions import ToolError
        +
        + # Fill in the hosts this tool may reach; until then every call is refused.
        + ALLOWED_HOSTS_FOR_URL: frozenset[str] = frozenset()
        +     if urlsplit(url).hostname not in ALLOWED_HOSTS_FOR_URL:
        +         raise ToolError(f"{url} is not an allowed host")
        """,
    )


def test_a_guard_stands_in_front_of_a_statement_that_admits_one() -> None:
    check(
        lambda at: recipes.AllowList(at, "cmd", "commands"),
        """
        import { exec } from "child_process";

        server.tool("x", async ({ cmd }) => {
          if (cmd)
            return exec(«cmd»);
        });
        """,
        """
        + // Fill in the commands this tool may run; until then every call is refused.
        + const ALLOWED_COMMANDS = new Set<string>([]);
        +
        +   if (!ALLOWED_COMMANDS.has(cmd)) {
        +     throw new Error(`${cmd} is not an allowed command`);
        +   }
        """,
    )
    check(lambda at: recipes.AllowList(at, "cmd", "commands"), "x(({ cmd }) => exec(«cmd»));\n", None)
    check(
        lambda at: recipes.AllowList(at, "x", "values"),
        "def f(xs):\n    return [eval(«x») for x in xs]\n",
        None,
    )


def test_a_path_is_confined() -> None:
    check(
        lambda value: recipes.Confine(value, "name", value),
        """
        import os

        @mcp.tool()
        def read(name: str) -> str:
            with open(«os.path.join(BASE, name)») as file:
                return file.read()
        """,
        """
        + from pathlib import Path
        -     with open(os.path.join(BASE, name)) as file:
        +     path = os.path.join(BASE, name)
        +     if not Path(path).resolve().is_relative_to(Path(BASE).resolve()):
        +         raise ValueError(f"{name} is outside the allowed folder")
        +     with open(path) as file:
        """,
    )


def test_a_path_that_has_a_name_is_checked_where_it_gets_it() -> None:
    check(
        lambda value: recipes.Confine(value, "name", value),
        """
        NOTES = Path("/srv/notes")

        def read(user: str, name: str) -> str:
            folder = NOTES / "of" / user
            path = folder / name  # the note
            if path.exists():
                return «path».read_text()
        """,
        """
        +     if not path.resolve().is_relative_to((NOTES / "of").resolve()):
        +         raise ValueError(f"{name} is outside the allowed folder")
        """,
    )
    check(
        lambda value: recipes.Confine(value, "name", value),
        """
        from pathlib import Path

        def read(name: str) -> str:
            where = os.path.expanduser("~/.notes")
            file = str(
                Path(where) / name
            )
            with open(«file») as opened:
                return opened.read()
        """,
        """
        +     if not Path(file).resolve().is_relative_to(Path(where).resolve()):
        +         raise ValueError(f"{name} is outside the allowed folder")
        """,
    )


@pytest.mark.parametrize(
    ("value", "root"),
    [
        ('f"{BASE}/notes/{name}.md"', 'Path(f"{BASE}/notes")'),
        ('"/srv/notes/" + name', 'Path("/srv/notes")'),
        ('"%s/%s" % (self.folder, name)', "Path(self.folder)"),
        ("os.path.abspath(os.path.join(BASE, kind, name))", "Path(BASE)"),
        ('Path(BASE, "a", name)', 'Path(BASE, "a")'),
        ('BASE.joinpath("a", name)', 'BASE.joinpath("a")'),
    ],
)
def test_the_folder_is_what_a_path_is_joined_to(value: str, root: str) -> None:
    is_path = value.startswith(("BASE.", "Path("))
    check(
        lambda value: recipes.Confine(value, "name", value),
        f"""
        import os
        from pathlib import Path

        def read(self, kind: str, name: str) -> str:
            with open(«{value}») as file:
                return file.read()
        """,
        f"""
        -     with open({value}) as file:
        +     path = {value}
        +     if not {"path" if is_path else "Path(path)"}.resolve().is_relative_to({root}.resolve()):
        +         raise ValueError(f"{{name}} is outside the allowed folder")
        +     with open(path) as file:
        """,
    )


@pytest.mark.parametrize(
    "value",
    [
        'f"{name}.md"',
        'f"/{name}"',
        "os.path.join(kind, name)",
        "os.path.join(tempfile.mkdtemp(), name)",
        "where / name",
    ],
)
def test_where_no_folder_is_fixed_the_author_chooses_one(value: str) -> None:
    check(
        lambda value: recipes.Confine(value, "name", value),
        f"""
        import os
        from pathlib import Path

        def read(kind: str, name: str) -> str:
            for where in folders():
                with open(«{value}») as file:
                    return file.read()
        """,
        f"""
        + # Choose the folder whose files this tool may use.
        + ALLOWED_ROOT = Path("data").resolve()
        +
        -         with open({value}) as file:
        +         resolved = (ALLOWED_ROOT / {f"({value})" if value == "where / name" else value}).resolve()
        +         if not resolved.is_relative_to(ALLOWED_ROOT):
        +             raise ValueError(f"{{name}} is outside the allowed folder")
        +         with open(resolved) as file:
        """,
    )


def test_a_path_between_brackets_takes_them_along() -> None:
    check(
        lambda value: recipes.Confine(value, "names", value),
        """
        def read(names: list[str]) -> str:
            return [
                1,
                2,
            ]

        def all(names: list[str]) -> str:
            for name in names:
                return («NOTES / name»).read_text()
        """,
        """
        -         return (NOTES / name).read_text()
        +         path = NOTES / name
        +         if not path.resolve().is_relative_to(NOTES.resolve()):
        +             raise ValueError(f"{path} is outside the allowed folder")
        +         return path.read_text()
        """,
    )


def test_a_path_stays_in_its_folder_in_typescript() -> None:
    check(
        lambda value: recipes.Confine(value, "name", value),
        """
        import fs from "fs";
        import { join } from "path";

        server.tool("x", async ({ name, user }) => {
          const folder = join(NOTES, user);
          return fs.writeFileSync(«join(folder, name)», "x");
        });
        """,
        """
        - import { join } from "path";
        + import { join, resolve, sep, dirname, basename } from "path";
        -   return fs.writeFileSync(join(folder, name), "x");
        +   const root = fs.realpathSync(NOTES);
        +   const target = resolve(join(folder, name));
        +   const resolved = join(fs.realpathSync(dirname(target)), basename(target));
        +   if (resolved !== root && !resolved.startsWith(root + sep)) {
        +     throw new Error(`${name} is outside the allowed folder`);
        +   }
        +   return fs.writeFileSync(resolved, "x");
        """,
    )


def test_a_path_is_confined_in_typescript_though_an_argument_is_named_path() -> None:
    check(
        lambda value: recipes.Confine(value, "path", value),
        """
        import fs from "node:fs";

        server.tool("x", async ({ path }) => {
          return fs.readFileSync(«path», "utf8");
        });
        """,
        """
        + import * as path_module from "node:path";
        +
        + // Choose the folder whose files this tool may use.
        + const ALLOWED_ROOT = path_module.resolve("data");
        -   return fs.readFileSync(path, "utf8");
        +   const resolved = fs.realpathSync(path_module.resolve(ALLOWED_ROOT, path));
        +   if (resolved !== ALLOWED_ROOT && !resolved.startsWith(ALLOWED_ROOT + path_module.sep)) {
        +     throw new Error(`${path} is outside the allowed folder`);
        +   }
        +   return fs.readFileSync(resolved, "utf8");
        """,
    )


def test_a_path_of_a_list_is_named_and_a_root_that_is_there_is_used() -> None:
    check(
        lambda value: recipes.Confine(value, "names", value),
        """
        from pathlib import Path

        # Choose the folder whose files this tool may use.
        ALLOWED_ROOT = Path("notes").resolve()

        def read(names: list[str]) -> str:
            resolved = resolved_path = confined = confined_path = ""
            for name in names:
                with open(«name») as file:
                    return file.read()
        """,
        """
        -         with open(name) as file:
        +         resolved_2 = (ALLOWED_ROOT / name).resolve()
        +         if not resolved_2.is_relative_to(ALLOWED_ROOT):
        +             raise ValueError(f"{name} is outside the allowed folder")
        +         with open(resolved_2) as file:
        """,
    )


def test_a_file_that_is_made_is_confined_by_its_folder() -> None:
    check(
        lambda value: recipes.Confine(value, "name", value),
        """
        import * as fs from "node:fs/promises";
        import * as path from "node:path";

        server.tool("x", async ({ name }) => {
          await fs.writeFile(«name», "");
        });
        """,
        """
        + // Choose the folder whose files this tool may use.
        + const ALLOWED_ROOT = path.resolve("data");
        +
        -   await fs.writeFile(name, "");
        +   const target = path.resolve(ALLOWED_ROOT, name);
        +   const resolved = path.join(await fs.realpath(path.dirname(target)), path.basename(target));
        +   if (resolved !== ALLOWED_ROOT && !resolved.startsWith(ALLOWED_ROOT + path.sep)) {
        +     throw new Error(`${name} is outside the allowed folder`);
        +   }
        +   await fs.writeFile(resolved, "");
        """,
    )


# ---------------------------------------------------------------- databases


@pytest.mark.parametrize(
    ("driver", "before", "after"),
    [
        (
            "sqlite3",
            """f"SELECT * FROM t WHERE a = '{name}' AND b > {n} LIMIT 5\"""",
            '"SELECT * FROM t WHERE a = ? AND b > ? LIMIT 5", (name, n)',
        ),
        (
            "sqlite3",
            """f"SELECT 1 FROM t WHERE a LIKE '%{name}%'\"""",
            '"SELECT 1 FROM t WHERE a LIKE ?", (f"%{name}%",)',
        ),
        (
            "sqlite3",
            """"INSERT INTO t (a, b) VALUES ('" + name + "', " + str(n) + ")\"""",
            '"INSERT INTO t (a, b) VALUES (?, ?)", (name, str(n))',
        ),
        ("psycopg", 'f"SELECT 5 % 3 FROM t WHERE a = {n}"', '"SELECT 5 %% 3 FROM t WHERE a = %s", (n,)'),
        ("asyncpg", 'f"SELECT 1 FROM t WHERE a = {n} OR b = {n}"', '"SELECT 1 FROM t WHERE a = $1 OR b = $2", n, n'),
        ("sqlite3", 'f"SELECT * FROM {name}"', None),
        ("sqlite3", 'f"SELECT * FROM t ORDER BY {name}"', None),
        ("sqlite3", 'f"INSERT INTO t ({name}) VALUES (1)"', None),
        ("os", 'f"SELECT 1 FROM t WHERE a = {n}"', None),
    ],
)
def test_values_are_bound(driver: str, before: str, after: str | None) -> None:
    expect = None if after is None else f"-     cur.execute({before})\n+     cur.execute({after})"
    check(
        lambda call: recipes.BindParameters(call, call),
        f"import {driver}\n\ndef f(cur, name, n):\n    «cur.execute({before})»\n",
        expect,
    )


def test_values_are_bound_where_the_statement_is_built() -> None:
    check(
        lambda statement, call: recipes.BindParameters(call, statement),
        """
        import sqlite3

        def f(cur, n):
            query = «f"SELECT 1 FROM t WHERE a = {n}"»
            «cur.execute(query)»
        """,
        """
        -     query = f"SELECT 1 FROM t WHERE a = {n}"
        -     cur.execute(query)
        +     query = "SELECT 1 FROM t WHERE a = ?"
        +     cur.execute(query, (n,))
        """,
    )


@pytest.mark.parametrize(
    ("driver", "before", "after"),
    [
        ("pg", "pool.query(`SELECT 1 FROM t WHERE a = '${a}'`)", 'pool.query("SELECT 1 FROM t WHERE a = $1", [a])'),
        ("better-sqlite3", "db.prepare(`SELECT ${a}`).all()", 'db.prepare("SELECT ?").all(a)'),
        ("mysql2/promise", "db.query(`SELECT ${a}`, (e) => {})", 'db.query("SELECT ?", [a], (e) => {})'),
        ("mysql2/promise", "db.query(`SELECT * FROM ${a}`)", None),
    ],
)
def test_values_are_bound_in_typescript(driver: str, before: str, after: str | None) -> None:
    marked = before.replace("db.prepare(`SELECT ${a}`)", "«db.prepare(`SELECT ${a}`)»")
    marked = marked if "«" in marked else f"«{before}»"
    check(
        lambda call: recipes.BindParameters(call, call),
        f'import x from "{driver}";\nfunction f(a) {{\n  {marked};\n}}\n',
        None if after is None else f"-   {before};\n+   {after};",
    )


# ---------------------------------------------------------------- other calls, literals, answers


def test_another_api_is_called() -> None:
    check(
        lambda callee: recipes.Replace(callee, "yaml.safe_load", "yaml", ("Loader",)),
        "import yaml as y\n\ndef f(x):\n    return «y.load»(x, Loader=y.Loader)\n",
        "-     return y.load(x, Loader=y.Loader)\n+     return y.safe_load(x)",
    )
    check(
        lambda callee: recipes.Replace(callee, "yaml.safe_load", "yaml", ("Loader", "1")),
        "from yaml import Loader, load\n\ndef f(x):\n    return «load»(x, Loader)\n",
        """
        - from yaml import Loader, load
        + from yaml import Loader, load, safe_load
        -     return load(x, Loader)
        +     return safe_load(x)
        """,
    )
    check(
        lambda callee: recipes.Replace(callee, "ast.literal_eval", "ast"),
        "import os\n\ndef f(x):\n    return «eval»(x)\n",
        "+ import ast\n-     return eval(x)\n+     return ast.literal_eval(x)",
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('key = «"sk-ant-1"»', 'key = os.environ["API_KEY"]'),
        ('key = "«sk-ant-1»"', 'key = os.environ["API_KEY"]'),
        ('key = "Bearer «sk-ant-1»"', "key = f'Bearer {os.environ[\"API_KEY\"]}'"),
        ('key = b"«sk-ant-1»"', None),
        ('key = {"«sk-ant-1»": 1}', None),
    ],
)
def test_a_secret_comes_from_the_environment(before: str, after: str | None) -> None:
    old = before.replace("«", "").replace("»", "")
    check(
        lambda literal: recipes.FromEnvironment(literal, "API_KEY"),
        f"import os\n{before}\n",
        None if after is None else f"- {old}\n+ {after}",
    )


def test_a_secret_comes_from_the_environment_in_typescript() -> None:
    check(
        lambda literal: recipes.FromEnvironment(literal, "API_KEY"),
        'const headers = { auth: "Bearer «sk-ant-1»" };\n',
        """
        - const headers = { auth: "Bearer sk-ant-1" };
        + const headers = { auth: `Bearer ${process.env.API_KEY!}` };
        """,
    )


def answer(body: str, expect: str | None, head: str = "from fastmcp import FastMCP") -> None:
    check(
        lambda place: recipes.RaiseToolError(place, None),
        f"{head}\n\n@mcp.tool()\ndef f(x):\n    try:\n        go(x)\n    except OSError as e:\n        «{body}»\n",
        expect,
    )


def test_a_failure_is_raised() -> None:
    answer(
        'return f"Error: {e}"',
        """
        + from fastmcp.exceptions import ToolError
        -         return f"Error: {e}"
        +         raise ToolError(f"Error: {e}") from e
        """,
    )
    answer(
        'return {"error": str(e), "code": 3}',
        """
        + from mcp.server.fastmcp.exceptions import ToolError
        -         return {"error": str(e), "code": 3}
        +         raise ToolError(str(e)) from e
        """,
        "from mcp.server.fastmcp import FastMCP",
    )
    answer('return "Error"', None, "import os")


@pytest.mark.parametrize(
    ("answered", "raised"),
    [
        ('{"success": False, "error": f"no {x}", "status": "failed"}', 'ToolError(f"no {x}") from e'),
        ('{"error": {"message": "No such note", "code": 404}}', 'ToolError("No such note") from e'),
        ('json.dumps({"error": str(e)})', "ToolError(str(e)) from e"),
        (
            '{"error": str(e), "hint": "List them first"}',
            'ToolError(json.dumps({"error": str(e), "hint": "List them first"})) from e',
        ),
        ('json.dumps({"error": str(e), "name": x})', 'ToolError(json.dumps({"error": str(e), "name": x})) from e'),
        ('[TextContent(type="text", text=f"Error: {e}")]', 'ToolError(f"Error: {e}") from e'),
        ('[TextContent(type="text", text="Error"), *more]', None),
    ],
)
def test_all_that_was_said_of_a_failure_is_in_the_error(answered: str, raised: str | None) -> None:
    head = "import json\n\nfrom fastmcp.exceptions import ToolError"
    expect = None if raised is None else f"-         return {answered}\n+         raise {raised}"
    answer(f"return {answered}", expect, head)


def test_an_error_that_the_function_itself_would_catch_is_not_raised() -> None:
    for caught, offered in (("Exception as e", False), ("(OSError, Exception)", False), ("OSError", True)):
        check(
            lambda place: recipes.RaiseToolError(place, None),
            f"""
            from fastmcp.exceptions import ToolError

            def f(x):
                try:
                    if not x:
                        «return "Error: x is missing"»
                    return go(x)
                except {caught}:
                    return "Error"
            """,
            """
            -             return "Error: x is missing"
            +             raise ToolError("Error: x is missing")
            """
            if offered
            else None,
        )


def test_a_failure_of_a_low_level_server_is_raised_or_marked() -> None:
    check(
        lambda place: recipes.RaiseToolError(place, None),
        """
        from mcp.server.lowlevel import Server

        @server.call_tool()
        async def call_tool(name, arguments):
            «return [TextContent(type="text", text="Error")]»
        """,
        """
        -     return [TextContent(type="text", text="Error")]
        +     raise ValueError("Error")
        """,
        Sdk("mcp", 1, "low"),
    )
    check(
        lambda place: recipes.RaiseToolError(place, None),
        """
        from mcp.types import CallToolResult

        async def call_tool(ctx, params):
            «return CallToolResult(content=[])»
        """,
        """
        -     return CallToolResult(content=[])
        +     return CallToolResult(content=[], is_error=True)
        """,
        Sdk("mcp", 2, "low"),
    )


def test_what_is_text_already_is_not_made_text_again() -> None:
    for answer in ("str(error)", '{"error": str(error)}'):
        check(
            lambda place: recipes.RaiseToolError(place, place.part(Span(place.span.start + 7, place.span.end))),
            f"""
            from mcp.server.fastmcp.exceptions import ToolError

            def load(name):
                try:
                    return notes[name]
                except KeyError as error:
                    «return {answer}»
            """,
            f"""
            -         return {answer}
            +         raise ToolError(str(error)) from error
            """,
        )


def test_a_failure_is_marked_in_typescript() -> None:
    check(
        lambda place: recipes.RaiseToolError(place, None),
        """
        server.tool("x", async () => {
          «return {
            content: [{ type: "text", text: "Error" }], // why
          };»
        });
        """,
        "+     isError: true,",
    )
    check(
        lambda place: recipes.RaiseToolError(place, None),
        """
        import { FastMCP } from "fastmcp";
        server.addTool({ execute: async () => {
          «return `Error`;»
        } });
        """,
        """
        - import { FastMCP } from "fastmcp";
        + import { FastMCP, UserError } from "fastmcp";
        -   return `Error`;
        +   throw new UserError(`Error`);
        """,
    )


def test_a_type_that_says_what_is_returned_admits_errors() -> None:
    check(
        lambda place: recipes.RaiseToolError(place, None),
        """
        async function load(name: string): Promise<{ content: { type: string; text: string }[] }> {
          «return { content: [{ type: "text", text: "Error" }] };»
        }
        """,
        """
        - async function load(name: string): Promise<{ content: { type: string; text: string }[] }> {
        -   return { content: [{ type: "text", text: "Error" }] };
        + async function load(name: string): Promise<{ content: { type: string; text: string }[]; isError?: boolean }> {
        +   return { content: [{ type: "text", text: "Error" }], isError: true };
        """,
    )


def test_a_guard_stands_in_front_of_a_declaration_and_a_program_may_be_in_a_variable() -> None:
    check(
        lambda at: recipes.AllowList(at, "url", "hosts"),
        """
        import { z } from "zod";

        server.tool("x", async ({ url }) => {
          const a = 1,
            res = await fetch(«url»);
          const b = await fetch(url);
        });
        """,
        None,
    )
    check(
        lambda at: recipes.AllowList(at, "url", "hosts"),
        """
        import { z } from "zod";

        server.tool("x", async ({ url }) => {
          const res = await fetch(«url»);
        });
        """,
        """
        + // Fill in the hosts this tool may reach; until then every call is refused.
        + const ALLOWED_HOSTS = new Set<string>([]);
        +
        +   if (!ALLOWED_HOSTS.has(new URL(url).hostname)) {
        +     throw new Error(`${url} is not an allowed host`);
        +   }
        """,
    )
    command(
        "ping = find()\nreturn «subprocess.check_output(f'{ping} -c1 {host}', shell=True)»",
        """
        -     return subprocess.check_output(f'{ping} -c1 {host}', shell=True)
        +     return subprocess.check_output([str(ping), "-c1", host])
        """,
    )
    command("ping = find()\nreturn «subprocess.check_output(ping, shell=True)»", None)


# ---------------------------------------------------------------- transports


def test_a_python_transport_checks_hosts() -> None:
    check(
        recipes.CheckHosts,
        """
        from mcp.server.sse import SseServerTransport

        sse = «SseServerTransport»("/messages/")
        """,
        """
        + from mcp.server.transport_security import TransportSecuritySettings
        - sse = SseServerTransport("/messages/")
        + sse = SseServerTransport("/messages/", security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=True, allowed_hosts=["127.0.0.1:*", "localhost:*"], allowed_origins=["http://127.0.0.1:*", "http://localhost:*"]))
        """,
    )


GIVEN = """{
  enableDnsRebindingProtection: true,
  // The names and the port under which clients reach this server.
  allowedHosts: ["127.0.0.1:3000", "localhost:3000"],
}"""
ADDED = (
    'enableDnsRebindingProtection: true, allowedHosts: ["127.0.0.1:3000", "localhost:3000"] '
    "/* The names and the port under which clients reach this server. */"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('new «SSEServerTransport»("/m", res)', 'new SSEServerTransport("/m", res, GIVEN)'),
        ("new «StreamableHTTPServerTransport»()", "new StreamableHTTPServerTransport(GIVEN)"),
        ("new «StreamableHTTPServerTransport»({ a: 1 })", "new StreamableHTTPServerTransport({ a: 1, ADDED })"),
        ("new «StreamableHTTPServerTransport»(options)", None),
        ("new «SSEServerTransport»('/m')", None),
    ],
)
def test_a_typescript_transport_checks_hosts(before: str, after: str | None) -> None:
    plain = before.replace("«", "").replace("»", "")
    lines = f"const transport = {(after or '').replace('ADDED', ADDED).replace('GIVEN', GIVEN)};".split("\n")
    check(
        recipes.CheckHosts,
        f"const transport = {before};\n",
        after and f"- const transport = {plain};\n" + "\n".join(f"+ {line}" for line in lines),
    )


@pytest.mark.parametrize(
    ("listens", "host"),
    [
        ("app.listen(3333, () => ready());", "'127.0.0.1:3333', 'localhost:3333'"),
        ("app.listen(Number(PORT));", "`127.0.0.1:${PORT}`, `localhost:${PORT}`"),
        ("function start(port) { app.listen(port); }", "'127.0.0.1:3000', 'localhost:3000'"),
        ("app.listen(settings.port);", "'127.0.0.1:3000', 'localhost:3000'"),
    ],
)
def test_the_hosts_of_a_transport_have_the_port_on_which_the_file_listens(listens: str, host: str) -> None:
    check(
        recipes.CheckHosts,
        f"""
        const PORT = process.env.PORT;
        app.post('/mcp', async (req, res) => {{
          const transport = new «StreamableHTTPServerTransport»({{
            sessionIdGenerator: undefined,
          }});
        }});
        {listens}
        """,
        f"""
        +     enableDnsRebindingProtection: true,
        +     allowedHosts: [{host}] /* The names and the port under which clients reach this server. */,
        """,
    )
