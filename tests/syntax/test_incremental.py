"""Incremental equals whole: after any chain of edits the segments are the document, and `settle` equals `parse`."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mcp_lsp.syntax import Change, Document, edit, parse, settle

PYTHON = '''"""Module."""
import os

mcp = FastMCP("x")  # note

# about
@mcp.tool()
async def ping(host: str, n: int = 3) -> str:
    """Ping a host.

    More.
    """
    # comment
    out = foo(host, [1, 2], {"a": f"{host!r}"})
    return """x
y"""


class A(B):
    x = 1 + \\
        1

if x:
    pass
else:
    pass
a = 1; b = 2
'''
SCRIPT = """#!/usr/bin/env node
import fs from 'node:fs';

const server = new McpServer({ name: "x" }); // note

/** Pings. */
server.registerTool("ping", {
  description: `Ping ${host} now`,
}, async ({ host }) => {
  const r = /[/"]x/.test(host);
  if (r) {
    return 'it\\'s';
  }
});

export function f(a) {
  switch (a) {
  case "x":
    break;
  }
}
// c1

@dec()
export class A extends B {
  m() { return this.x / 2; }
}
a(); b();
(async () => { await server.connect(t); })();
"""
ODD = [
    "x", " ", "(", ")", "[", "]", "{", "}", '"', "'", '"""', "`", "${", "#", "//", "/*", "*/", "\n", "\r\n", "\r", "\n\n",
    "\n    ", "    ", "\x0c", "\u2028", "é", "\U0001f600", "\x00", "\ud800", "\\", "\\\n", ".", ",", ";", ":", "=", "@",
]  # fmt: skip
LINES = [
    "# c\n", "// c\n", "/* c */\n", "    # c\n", "    y = 2\n", "@dec()\n", "async ", "else:\n    pass\n", "else { a }\n",
    "def g(a):\n    return 1\n", "class Q {}\n", "function g() {}\n", "x = 1\n", "x = [\n    1,\n]\n", "a; b\n", "(a)\n",
    ".foo()\n", "`t`\n", "import x\n", 'x = """\ndef a(): pass\n"""\n', "x = `\nexport class A\n`\n", "if x:\n    y\n",
    "x = () => {\n  a\n}\n", "é = '日\U0001f600'\n", "  \n", "#!x\n", "export ", "/re/.test(x)\n", "{ a }\n", "let\n",
]  # fmt: skip


@st.composite
def edits(draw):
    """A language, a text, and batches of changes, each change in terms of the text after the one before it."""
    language = draw(st.sampled_from(["python", "typescript", "javascript", "tsx"]))
    text = draw(st.sampled_from([PYTHON if language == "python" else SCRIPT, ""]))
    text += "".join(draw(st.lists(st.sampled_from(LINES), max_size=4)))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    first, batches = text, []
    for _ in range(draw(st.integers(1, 8))):
        changes = []
        for _ in range(draw(st.sampled_from([1, 1, 1, 1, 2, 3]))):
            start = draw(st.integers(0, len(text)))
            if draw(st.booleans()):
                start = text.rfind("\n", 0, start) + 1
            end = min(len(text), start + draw(st.sampled_from([0, 0, 0, 1, 1, 2, 7, 40])))
            inserted = draw(st.sampled_from(["", *ODD, *LINES]) if end > start else st.sampled_from([*ODD, *LINES]))
            changes.append(Change(start, end, inserted))
            text = text[:start] + inserted + text[end:]
        batches.append((changes, draw(st.sampled_from([False, False, True]))))
    return language, first, batches


def shape(segment):
    """Every node but comments: what it is, how deep, where. Without recursion: code can be nested deeply."""
    found, todo = [], [(node, 0) for node in reversed(segment.nodes)]
    while todo:
        node, depth = todo.pop()
        if node.type == "comment":
            continue
        if node.type == "expression_statement" and [child.type for child in node.children] == ["internal_module"]:
            # ``namespace a {}`` is one or the other, by what stands in the line behind it.
            node = node.children[0]
        found.append((node.type, depth, segment.at(node.start_byte), segment.at(node.end_byte), node.is_missing))
        todo += [(child, depth + 1) for child in reversed(node.children)]
    return found


def view(tree):
    return [(segment.text, segment.broken) for segment in tree.segments]


def check_whole(tree):
    at = 0
    for segment in tree.segments:
        assert segment.anchor.start == at
        at += len(segment.text)
    assert "".join(segment.text for segment in tree.segments) == tree.document.text
    assert tree.broken == sum(segment.broken for segment in tree.segments)


def check_same(tree, fresh):
    assert view(tree) == view(fresh)
    assert tree.settled
    for one, other in zip(tree.segments, fresh.segments, strict=True):
        assert shape(one) == shape(other)


@given(edits())
@example(("typescript", "#!x\n", [([Change(0, 0, "    # c\n")], True)]))
@example(("javascript", SCRIPT, [([Change(48, 48, "//")], False)]))
@example(("typescript", SCRIPT, [([Change(54, 54, "\n")], False), ([Change(55, 55, "/*")], False)]))
@example(("typescript", "", [([Change(0, 0, "a; b\n")], False), ([Change(2, 2, "class Q {}\n")], False)]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_incremental_equals_whole(case):
    language, text, batches = case
    tree = parse(Document("file:///x", text, language))
    check_whole(tree)
    for changes, pause in batches:
        document = tree.document.edited(changes)
        known = {id(segment) for segment in tree.segments}
        tree = edit(tree, changes, document)
        check_whole(tree)
        assert tree.parsed >= sum(id(segment) not in known for segment in tree.segments)
        fresh = parse(Document("file:///x", document.text, language))
        if tree.settled:  # it says that it is what a parse would give
            check_same(tree, fresh)
        elif pause:
            tree = settle(tree)
            check_whole(tree)
            check_same(tree, fresh)


@given(st.text(max_size=80), st.sampled_from(["python", "typescript", "tsx", "javascript"]))
@settings(deadline=None)
def test_any_text_is_parsed(text, language):
    tree = parse(Document("file:///x", text, language))
    check_whole(tree)
    for segment in tree.segments:
        assert all(0 <= segment.at(node.start_byte) <= len(segment.text) for node in segment.nodes)


@given(st.lists(st.sampled_from([*ODD, *LINES]), max_size=12), st.sampled_from(["python", "typescript"]))
@settings(max_examples=100, deadline=None)
def test_every_prefix_is_parsed(parts, language):
    text = "".join(parts)
    for i in range(0, len(text), 3):
        check_whole(parse(Document("file:///x", text[:i], language)))
