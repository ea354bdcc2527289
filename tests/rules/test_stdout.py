"""When output on stdout is on the wire: by SDK, transport, and where it stands."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp.syntax import Document
from mcp_lsp_analyzers import registry

RULE = registry.by_name()["output-on-stdout"]


def check(source: str, requirement: str = "mcp==1.30.0") -> list[str]:
    """Each finding as ``severity: code``. A source with braces and semicolons is TypeScript."""
    text = dedent(source).lstrip("\n")
    language = "typescript" if ";" in text else "python"
    found = Analysis(
        Document("file:///server." + ("py" if language == "python" else "ts"), text, language),
        dependencies({"requirements.txt": requirement}),
        rules=[RULE],
    ).diagnostics
    lines = []
    for diagnostic in found:
        span = diagnostic.finding.place.span
        assert span is not None
        lines.append(f"{diagnostic.severity.value}: {text[span.start : span.end]}")
    return lines


V1 = 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n'
TOOL = '@mcp.tool()\ndef ping() -> str:\n    """Answer."""\n    print("hi")\n    return "pong"\n'
RUN = 'if __name__ == "__main__":\n    mcp.run()\n'


def test_a_tool_prints() -> None:
    assert check(V1 + TOOL + RUN) == ['error: print("hi")']


def test_without_a_visible_transport_it_is_likely() -> None:
    assert check(V1 + TOOL) == ['warning: print("hi")']


def test_over_http_it_is_harmless() -> None:
    assert check(V1 + TOOL + 'mcp.run(transport="streamable-http")\n') == []


@pytest.mark.parametrize(
    ("head", "requirement", "diverted"),
    [
        ('from mcp.server import MCPServer\nmcp = MCPServer("x")\n', "mcp==2.3.0", True),
        ('from fastmcp import FastMCP\nmcp = FastMCP("x")\n', "fastmcp==3.4.0", False),
        ('from fastmcp import FastMCP\nmcp = FastMCP("x")\n', "fastmcp==4.1.0", True),
    ],
)
def test_newer_sdks_divert_what_tools_print(head: str, requirement: str, diverted: bool) -> None:
    assert bool(check(head + TOOL + RUN, requirement)) is not diverted
    assert check(head + 'print("starting")\n' + RUN, requirement) == ['warning: print("starting")']


@pytest.mark.parametrize(
    "line",
    [
        'print("x", file=sys.stderr)',
        'logging.basicConfig(level="INFO")',
        'sys.stderr.write("x")',
        'click.echo("x", err=True)',
        'os.write(2, b"x")',
        'print("x", **options)',
    ],
)
def test_what_goes_elsewhere_is_fine(line: str) -> None:
    assert check(f"import sys, os, click, logging\n{V1}{TOOL}{RUN}".replace('print("hi")', line)) == []


@pytest.mark.parametrize(
    "line",
    [
        'sys.stdout.write("x")',
        'print("x", file=sys.stdout)',
        "logging.basicConfig(stream=sys.stdout)",
        'click.echo("x")',
        'os.write(1, b"x")',
    ],
)
def test_other_ways_to_the_wire(line: str) -> None:
    source = f"import sys, os, click, logging\n{V1}{TOOL}{RUN}".replace('print("hi")', line)
    assert check(source) == [f"error: {line}"]


def test_what_stands_before_serving() -> None:
    main = """
    def main():
        print("starting")
        mcp.run()
        print("bye")
    main()
    """
    assert check(V1 + dedent(main)) == ['warning: print("starting")']


@pytest.mark.parametrize(
    "body",
    [
        """
        if "--version" in sys.argv:
            print("1.0")
            sys.exit(0)
        mcp.run()
        """,
        """
        if args.transport == "sse":
            print("listening")
            mcp.run(transport="sse")
        else:
            mcp.run()
        """,
        """
        try:
            mcp.run()
        except KeyboardInterrupt:
            print("bye")
        """,
        """
        if command == "list":
            print("tools")
        else:
            mcp.run()
        """,
        """
        if args.listed:
            show_all()
            raise SystemExit(0)
        mcp.run()
        """,
    ],
)
def test_what_is_printed_instead_of_serving_is_fine(body: str) -> None:
    listed = 'def show_all():\n    print("tools")\n\n\n'
    source = f"import sys\n{V1}{listed}def main():\n" + "".join(
        f"    {line}\n" for line in dedent(body).strip().split("\n")
    )
    assert check(source + "main()\n") == []


@pytest.mark.parametrize("line", ["sys.stdout = sys.stderr", 'sys.stdout = open("log.txt", "w")'])
def test_after_standard_output_was_turned_elsewhere_all_is_fine(line: str) -> None:
    assert check(f"import sys\n{line}\n{V1}{TOOL}{RUN}") == []


def test_putting_standard_output_back_is_no_turning() -> None:
    assert check(f"import sys\nsys.stdout = sys.__stdout__\n{V1}{TOOL}{RUN}") == ['error: print("hi")']


def test_a_last_word_before_an_exception_is_a_warning() -> None:
    tool = TOOL.replace('print("hi")', "try:\n        work()\n    except OSError:\n        print('no')\n        raise")
    assert check(V1 + tool + RUN) == ["warning: print('no')"]


SCRIPT = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
const server = new McpServer({ name: "x", version: "1" });
server.registerTool("ping", { description: "Answer." }, async () => {
  CODE;
  return { content: [] };
});
await server.connect(new StdioServerTransport());
"""


def test_a_console_that_was_turned_elsewhere_is_fine() -> None:
    script = SCRIPT.replace("CODE", 'console.log("x")')
    assert check("console.log = console.error;\n" + script) == []
    assert check("console.log = (...args) => console.error(...args);\n" + script) == []


def test_the_console_writes_to_stdout_except_for_errors() -> None:
    for code in ('console.log("x")', 'console.info("x")', 'process.stdout.write("x")'):
        assert check(SCRIPT.replace("CODE", code)) == [f"error: {code}"]
    for code in ('console.error("x")', 'console.warn("x")', 'process.stderr.write("x")', "logger.log(1)"):
        assert check(SCRIPT.replace("CODE", code)) == []


TS = """
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
"""
MADE = 'const server = new McpServer({ name: "x", version: "1.0.0" });\n'


def test_in_node_connecting_comes_back_at_once() -> None:
    main = """
    async function main() {
      const transport = new StdioServerTransport();
      await server.connect(transport);
      console.log("running");
    }
    main();
    """
    assert check(TS + MADE + dedent(main), "") == ['warning: console.log("running")']


@pytest.mark.parametrize(
    "serving",
    [
        'await server.connect(new StreamableHTTPServerTransport({})); console.log("on port 3000");',
        'app.listen(3000); console.log("on port 3000");',
    ],
)
def test_in_node_what_follows_another_transport_is_harmless(serving: str) -> None:
    main = f"""
    async function main(remote) {{
      if (remote) {{ {serving} }} else {{ await server.connect(new StdioServerTransport()); }}
    }}
    main(process.argv[2]);
    """
    assert check(TS + MADE + dedent(main), "") == []


def test_the_branch_without_a_port_is_the_one_for_stdio() -> None:
    main = """
    import { createServer, listen } from "./server.js";
    import { serveStdio } from "@modelcontextprotocol/server/stdio";

    if (values.port) {
      listen(values.port);
      console.log("on a port");
    } else {
      serveStdio(() => createServer());
      console.log("over stdio");
    }
    """
    assert check(main, "") == ['warning: console.log("over stdio")']


def test_the_file_that_starts_a_server_made_elsewhere_prints() -> None:
    main = """
    import { createServer } from "./server.js";
    import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

    async function main() {
      if (process.argv.includes("--version")) { console.log("1.0"); return; }
      const server = createServer();
      await server.connect(new StdioServerTransport());
      console.log("running");
    }
    main();
    """
    assert check(main, "") == ['warning: console.log("running")']
    script = """
    import logging
    import sys
    from notes.server import create_server
    from mcp.server.fastmcp import FastMCP

    def main() -> None:
        logging.basicConfig(stream=sys.stdout)
        create_server().run(transport="stdio")
        print("good bye")

    def version() -> None:
        print("1.0")
    """
    assert check(script) == ["warning: logging.basicConfig(stream=sys.stdout)"]


def test_another_branch_of_a_long_start_prints() -> None:
    filler = "".join(f"    await step{n}();\n" for n in range(90))
    assert (
        check(
            'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";\n'
            'import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";\n'
            'if (process.argv.includes("--deploy")) {\n  (async () => {\n    console.log("deploying");\n'
            + filler
            + "  })();\n} else {\n"
            '  const server = new McpServer({ name: "a", version: "1.0.0" });\n'
            "  server.connect(new StdioServerTransport());\n}\n"
        )
        == []
    )


SIGN_IN = """
    import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
    const server = new McpServer({ name: "drive", version: "1" });
    async function signIn() { console.log("Opening the browser"); }
    async function runServer() { await server.connect(new StdioServerTransport()); }
    %s
"""


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ('if (process.argv[2] === "auth") { signIn().catch(console.error); } else { runServer().catch(fail); }', 0),
        ('if (process.argv[2] !== "auth") { runServer(); } else { signIn(); }', 0),
        ("if (process.argv[2]) { signIn(); } else { console.error(1); }\nrunServer();", 1),
        ("if (process.argv[2]) { signIn().then(runServer); } else { runServer(); }", 1),
        ("signIn();\nrunServer();", 1),
    ],
)
def test_a_function_called_where_the_server_is_not_started(start: str, found: int) -> None:
    assert check(SIGN_IN % start) == ['warning: console.log("Opening the browser")'] * found


@pytest.mark.parametrize(("start", "found"), [("if args.login:\n    login()\nelse:\n    serve()\n", 0),
                                              ("if args.login:\n    login()\nserve()\n", 1)])  # fmt: skip
def test_a_function_called_where_the_server_is_not_started_in_python(start: str, found: int) -> None:
    functions = 'def login():\n    print("open")\ndef serve():\n    mcp.run()\n'
    assert check(V1 + functions + start) == ['warning: print("open")'] * found


def test_a_function_that_prints_is_told_of_once() -> None:
    story = (
        V1
        + 'def helper() -> None:\n    print("a")\n    print("b")\n\n'
        + '@mcp.tool()\ndef ping() -> str:\n    """Answer."""\n'
        + '    print("c")\n    helper()\n    print("d")\n    return "pong"\n'
        + '@mcp.tool()\ndef pong() -> str:\n    """Answer."""\n    print("e")\n    return "ping"\n'
        + RUN
    )
    assert sorted(check(story)) == [
        'error: print("a")', 'error: print("c")', 'error: print("e")', 'information: print("b")',
        'information: print("d")',
    ]  # fmt: skip
    start = 'if __name__ == "__main__":\n    print("a")\n    print("b")\n    mcp.run()\n'
    assert check(V1 + start) == ['warning: print("a")', 'information: print("b")']


@pytest.mark.parametrize(
    ("test", "silent"),
    [
        ('process.env.NODE_ENV === "test"', True),
        ('asked && process.env["NODE_ENV"] === "test"', True),
        ("process.env.VITEST", True),
        ('process.env.NODE_ENV !== "test"', False),
        ("!process.env.VITEST", False),
        ('process.env.NODE_ENV === "development"', False),
    ],
)
@pytest.mark.parametrize("lines", [0, 90])
def test_what_only_tests_print(test: str, silent: bool, lines: int) -> None:
    counted = "\n".join("  count(text);" for _ in range(lines))
    said = (
        f"function told(text) {{\n{counted}\n"
        f"  if ({test}) {{\n    console.log(text);\n  }} else {{\n    console.error(text);\n  }}\n}}\n"
    )
    assert (check(said + SCRIPT.replace("CODE", 'told("x")')) == []) is silent


@pytest.mark.parametrize(
    ("test", "silent"),
    [
        ("'pytest' in sys.modules", True),
        ("'PYTEST_CURRENT_TEST' in os.environ", True),
        ("'pytest' not in sys.modules", False),
    ],
)
def test_what_only_tests_of_python_print(test: str, silent: bool) -> None:
    tool = TOOL.replace('    print("hi")\n', f'    if {test}:\n        print("hi")\n')
    assert (check("import os, sys\n" + V1 + tool) == []) is silent


@pytest.mark.parametrize(("base", "found"), [("McpAgent<Env>", 0), ("Base", 1)])
def test_a_worker_has_no_standard_output(base: str, found: int) -> None:
    source = f"""
    import {{ McpServer }} from "@modelcontextprotocol/sdk/server/mcp.js";
    import {{ McpAgent }} from "agents/mcp";
    export class Notes extends {base} {{
      server = new McpServer({{ name: "notes", version: "1" }});
      async init() {{
        this.server.tool("ping", "Answers.", {{}}, async () => {{ console.log("x"); return {{ content: [] }}; }});
      }}
    }}
    """
    assert len(check(source)) == found
