"""Where segments begin: one per top-level statement, also around what is half typed.

In the texts a line ``----`` stands where a segment begins, ``-x--`` where a broken one does (neither is in the text).
"""

import pytest

from mcp_lsp.syntax import Change, Document, edit, parse


def marked(tree):
    return "".join(("-x--\n" if segment.broken else "----\n") + segment.text for segment in tree.segments)


def check(expected, language="python", ends="\n"):
    text = "".join(line for line in expected.splitlines(keepends=True) if line not in ("----\n", "-x--\n"))
    tree = parse(Document("file:///x", text.replace("\n", ends), language))
    assert marked(tree).replace(ends, "\n") == expected
    for segment in tree.segments:
        assert all(segment.slice(node) in segment.text for node in segment.nodes)
    return tree


PYTHON = '''\
----
"""What it is."""
----
import os

# not directly above

----
# directly above
# the decorator
@mcp.tool()
async def ping(host: str) -> str:
    """Ping."""
    # in the body
    return """
def not_code(): ...
"""

    # behind, but deeper

----
if x:
    y
else:
    z
----
a = 1; b = 2  # one line
----
c = (
1,
)
----
d = 1 + \\
2
----
class A:
    pass
# at the end
'''


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_python(ends):
    check(PYTHON, ends=ends)


TYPESCRIPT = """\
----
#!/usr/bin/env node
import { a } from "a";
----
import "b"; // on its line

/* alone */

----
/**
 * A tool.
 */
// and more
server.registerTool("a", {
  description: `x ${y}
export const not = code;
`,
}, async () => {
});
----
export function f() {
}

----
@dec()
export class A {}
----
const x = /[/"`]/.test(y) ? 1 : 2
----
if (x) { y }
else { z }
----
type X =
  | "a"
  | "b";
----
{ block }
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_typescript(ends):
    check(TYPESCRIPT, "typescript", ends)


def test_several_statements_on_a_line():
    tree = parse(Document("a", 'a(); b();/* c */ function f(){};"d"', "javascript"))
    assert [segment.text for segment in tree.segments] == ["a(); ", "b();/* c */ ", "function f(){};", '"d"']


@pytest.mark.parametrize("text", ["", "\n\n", "# only this\n", "   "])
def test_there_is_always_a_segment(text):
    assert [segment.text for segment in parse(Document("a", text, "python")).segments] == [text]


@pytest.mark.parametrize(
    "half_typed",
    [
        "    out = run(host\n    return out\n",
        '    out = "half\n    return out\n',
        '    """Half typed\n    return out\n',
        '    """\n    Half typed\n    return out\n',
        '    x = {"a": [1, (2\n    return out\n',
        "    return out)\n",
        '    f"{out\n    return 1\n',
        '    out = [run(f"{not\n    return 1\n',
        '    out = [run(rf"{{x}} {lambda\n    return 1\n',
        "    if\n    return 1\n",
        "    return (\n",
        "    x = [\n",
    ],
)
@pytest.mark.parametrize("docstring", ['"""Ping."""', '"""\n    Ping.\n    """'])
def test_a_half_typed_tool_leaves_the_others_alone(half_typed, docstring):
    check(
        f"""\
----
import os
----
@mcp.tool()
def before(host: str) -> str:
    {docstring}
    return host

-x--
@mcp.tool()
def half(host: str) -> str:
{half_typed}
----
@mcp.tool()
def after(host: str) -> str:
    {docstring}
    return host

----
@mcp.tool()
def last(host: str) -> str:
    {docstring}
    return host
----
x = 1
"""
    )


@pytest.mark.parametrize(
    "half_typed",
    [
        '  description: "half,\n',
        "  description: `half,\n",
        "  description: `half ${x\n",
        "  inputSchema: { a: z.object({\n",
        "  x: [1, (2\n",
        "  ] x\n",
    ],
)
def test_a_half_typed_registration_leaves_the_others_alone(half_typed):
    check(
        f"""\
----
import {{ a }} from "a";

----
/** Before. */
server.registerTool("before", {{ description: `it's ${{a}}` }}, async () => {{
  return 'x';
}});

-x--
// Half.
server.registerTool("half", {{
{half_typed}
}}, async () => {{
  return "x";
}});

----
/** After. */
server.registerTool("after", {{ description: `a
b` }}, async () => {{
  return "`";
}});

----
export function last() {{
}}
----
const x = 1;
""",
        "typescript",
    )


def test_an_open_comment_ends_where_the_language_ends_it():
    check("-x--\nf(1, {\n----\n  /* half\n}\n/** After. */\ng();\n----\nh();\n", "typescript")
    check("-x--\nf();\n/* half\n----\ng();\n", "typescript")


def test_an_open_bracket_above_simple_statements():
    check('-x--\nserver = FastMCP("x"\n----\nPORT = 80\n----\n@server.tool()\ndef f(): ...\n')
    check('-x--\nconst server = new McpServer({\n----\nconst port = 80;\n----\nserver.tool("a", f);\n', "javascript")


def test_decorators_keep_their_function():
    tree = check("-x--\n@mcp.tool(\ndef f(x: str):\n    return x\n\n----\n@mcp.tool()\ndef g(): ...\n")
    definition = tree.segments[0].nodes[0]
    assert definition.type == "decorated_definition"
    check("-x--\n@mcp.tool(\n\n----\nx = 1\n")


def test_lines_at_the_margin_inside_brackets_and_templates():
    """Everything is whole but the last line, so nothing of it may be cut."""
    check('----\nx = [\n1,\n2]\n----\ny = """\nimport os\n@tool\ndef f(): ...\n"""\n-x--\nz = (\n')
    check("----\nmain(() => {\nconst x = `\nexport class A\n`;\nfoo();\n});\n-x--\nz = (\n", "typescript")


def test_nodes_of_a_broken_segment_stand_where_their_text_stands():
    tree = parse(Document("a", 'def f():\n    é = call(a, "日本\n    return é\n', "python"))
    (segment,) = tree.segments
    assert segment.broken
    found, todo = [], segment.nodes
    while todo:
        node = todo.pop(0)
        todo = node.children + todo
        if not node.child_count and node.type == "identifier":
            found.append(segment.slice(node))
    assert found == ["f", "é", "call", "a", "é"]


def test_code_points_and_bytes():
    text = 'x = "aé日\U0001f600b"\n'
    (segment,) = parse(Document("a", text, "python")).segments
    offsets = [len(text[:i].encode()) for i in range(len(text) + 1)]
    assert [segment.at(offset + segment.base) for offset in offsets] == list(range(len(text) + 1))
    assert not segment.ascii


def test_a_segment_of_a_shared_tree_counts_from_its_own_start():
    tree = parse(Document("a", "é = 1\nname = 2\nlast = 3\n", "python"))
    for segment, name in zip(tree.segments, ["é", "name", "last"], strict=True):
        (node,) = segment.nodes
        assert segment.text.startswith(name)
        assert segment.slice(node) == segment.text.strip()
        assert segment.slice(segment.root) == segment.text  # by a tree of its own
        assert [segment.slice(each) for each in segment.nodes] == [segment.text.strip()]


def test_released_trees_come_back():
    tree = parse(Document("a", "x = 1\ny = (\n", "python"))
    before = [[str(node) for node in segment.nodes] for segment in tree.segments]
    tree.release()
    assert [[str(node) for node in segment.nodes] for segment in tree.segments] == before


def test_the_type_of_a_module_where_a_call_is_given_types():
    text = 'const log = await original<typeof import("./lög.js")>();\nconst more = await original<\n  typeof import("./b")\n>();\n'
    tree = parse(Document("file:///a.ts", text, "typescript"))
    assert not any(segment.broken for segment in tree.segments)
    assert "".join(segment.text for segment in tree.segments) == text
    at = text.index("original")
    change = Change(at, at + len("original"), "given")
    after = edit(tree, [change], tree.document.edited([change]))
    assert not any(segment.broken for segment in after.segments)
    half = text.replace("();", "(;", 1)
    assert parse(Document("file:///a.ts", half, "typescript")).segments[0].broken
