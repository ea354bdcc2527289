"""What a keystroke costs in the syntax room: `Document.edited` and `edit` together, and what parsing and settling cost.

Run it: ``python tests/bench/bench_syntax.py [lines]``. "Raw" typing has no auto-closed pairs, so that most states are
broken; "pause" is the whole-file pass when typing stops. Figures are milliseconds of processor time.
"""

from __future__ import annotations

import gc
import re
import resource
import sys
import time
from collections.abc import Callable

from mcp_lsp.syntax import Change, Document, Tree, edit, parse, settle
from mcp_lsp.syntax.segment import fresh_parse

PYTHON = '''@mcp.tool()
async def tool_{i}(host: str, count: int = 3, verbose: bool = False) -> str:
    """Ping a host.

    Args:
        host: the host
    """
    result = []
    for i in range(count):
        if verbose:
            print("pinging", host, i)
        out = await asyncio.create_subprocess_exec("ping", "-c", str(count), host)
        data, err = await out.communicate()
        result.append(data.decode() + f"{{i}}: {{host!r}}")
    try:
        value = json.loads("".join(result))
    except ValueError as error:
        raise ToolError(f"bad {{error}}") from error
    return {{"ok": True, "value": value, "n": [x * 2 for x in range(10)]}}


'''
PYTHON_TYPED = '\n    done = subprocess.run(["ping", "-c", f"{count}", host], shell=(count > 3))\n    x = """a\n  b"""'
SCRIPT = """/** Pings a host. */
server.registerTool(
  "tool_{i}",
  {{
    title: "Tool {i}",
    description: `Pings a ${{kind}} once`,
    inputSchema: {{ host: z.string().describe("the host"), count: z.number().optional() }},
  }},
  async ({{ host, count }}) => {{
    const results: string[] = [];
    for (let i = 0; i < (count ?? 3); i++) {{
      const {{ stdout }} = await exec(`ping -c 1 ${{host}}`);
      if (!/\\d+ received/.test(stdout)) {{
        throw new Error("no answer: " + host);
      }}
      results.push(stdout.trim());
    }}
    return {{ content: [{{ type: "text", text: results.join("\\n") }}] }};
  }},
);

"""
SCRIPT_TYPED = (
    '\n      const out = await run("ping", [`-c ${count}`, host], { shell: count > (3) });\n      if (out) {\n      }'
)


def source(language: str, lines: int) -> str:
    one = PYTHON if language == "python" else SCRIPT
    return "".join(one.format(i=i) for i in range(lines // one.count("\n")))


def container(language: str, lines: int) -> str:
    head, tail = ("def make():\n", "    return 1\n") if language == "python" else ("function make() {\n", "}\n")
    inner = source(language, lines).split("\n")
    return head + "".join(f"  {line}\n" if line else "\n" for line in inner) + tail


def milliseconds(work: Callable[[], object]) -> float:
    start = time.thread_time()
    work()
    return (time.thread_time() - start) * 1000


def spread(figures: list[float]) -> str:
    figures = sorted(figures)
    return " / ".join(f"{figures[min(int(len(figures) * part), len(figures) - 1)]:.3f}" for part in (0.5, 0.95, 0.99))


def typed(tree: Tree, at: int, text: str, closed: bool) -> tuple[Tree, list[float], int, int]:
    """Type a text character by character; what each one cost, and how many states were broken."""
    figures, broken, most = [], 0, 0
    pairs = {"(": ")", "[": "]", "{": "}", '"': '"', "`": "`"}
    for char in re.findall(r"\n *|.", text):
        change = Change(at, at, char)
        if closed and char in pairs and tree.document.text[at] != pairs[char]:
            change = Change(at, at, char + pairs[char])
        elif closed and char in [*pairs.values()] and tree.document.text[at] == char:
            change = Change(at, at + 1, char)
        start = time.thread_time()
        document = tree.document.edited([change])
        tree = edit(tree, [change], document)
        figures.append((time.thread_time() - start) * 1000)
        at += len(char)
        broken += tree.broken > 0
        most = max(most, tree.parsed)
    return tree, figures, broken, most


def keystrokes(language: str, text: str, inside: str, added: str) -> None:
    indented = len(added) - len(added.lstrip()) - 1
    for closed in (True, False):
        every: list[float] = []
        states = most = 0
        for share in (0.1, 0.5, 0.9):
            tree = parse(Document("file:///x", text, language))
            line = text.index(inside, int(len(text) * share))
            indent = len(text[text.rfind("\n", 0, line) + 1 : line]) - len(
                text[text.rfind("\n", 0, line) + 1 : line].lstrip()
            )
            lines = added.replace("\n" + " " * indented, "\n" + " " * indent)
            tree, figures, broken, parsed = typed(tree, text.index("\n", line), lines, closed)
            every += figures
            states += broken
            most = max(most, parsed)
            assert len(settle(tree).segments) == len(parse(tree.document).segments)
        kind = "closed" if closed else "raw   "
        print(f"  {kind}  {spread(every)}   {states} of {len(every)} states broken, at most {most} segments parsed")


def main() -> None:
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for language, inside, added in (
        ("python", "data, err", PYTHON_TYPED),
        ("typescript", "const { stdout", SCRIPT_TYPED),
    ):
        text = source(language, lines)
        document = Document("file:///x", text, language)
        parse(document)
        gc.collect()
        gc.freeze()
        print(f"{language}, {text.count(chr(10))} lines (p50 / p95 / p99)")
        whole = [milliseconds(lambda: fresh_parse(text, language)) for _ in range(7)]  # noqa: B023
        cold = [milliseconds(lambda: parse(document)) for _ in range(7)]  # noqa: B023
        print(f"  cold    {sorted(cold)[3]:.1f}, tree-sitter alone {sorted(whole)[3]:.1f}")
        keystrokes(language, text, inside, added)
        middle = text.index(inside, len(text) // 2)
        for name, inserted in (("clean", "x"), ("broken", '"""' if language == "python" else "`")):
            change = Change(middle, middle, inserted)
            pauses = []
            for _ in range(5):
                tree = parse(document)
                tree = edit(tree, [change], document.edited([change]))
                tree.settled = False
                pauses.append(milliseconds(lambda: settle(tree)))  # noqa: B023
            print(f"  pause   {sorted(pauses)[2]:.1f} ({name})")
        print("  one function of 2,000 lines")
        keystrokes(language, container(language, 2000), inside, added)
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB at most")


if __name__ == "__main__":
    main()
