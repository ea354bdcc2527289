"""A value that is changed after it was declared is marked: what it was declared to be is not what is listed."""

from __future__ import annotations

import pytest

from mcp_lsp_analyzers.definition import Definition
from tests.predict.python.test_python_unknown import check as python
from tests.predict.typescript.test_typescript_unknown import listed as typescript


def marked(found: Definition) -> set[str]:
    return {one.pointer.split("/")[1] for one in found.unknown}


PYTHON = [
    "HELP = 'a'\nHELP += 'b'\n@mcp.tool(description=HELP)\ndef f(): ...\n",
    "HELP = {'a': 'b'}\nHELP['a'] = 'c'\n@mcp.tool(description=HELP['a'])\ndef f(): ...\n",
    "HELP = 'a'\ndef set_up():\n    global HELP\n    HELP = 'b'\n@mcp.tool(description=HELP)\ndef f(): ...\n",
    "class Help:\n    text = 'a'\nHelp.text = 'b'\n@mcp.tool(description=Help.text)\ndef f(): ...\n",
    "def make(mode):\n    text = 'a'\n    text += mode\n    @mcp.tool(description=text)\n    def f(): ...\n",
]
TYPESCRIPT = [
    """
    let help = 'a';
    help += 'b';
    server.registerTool('t', { description: help }, async () => ({}));
    """,
    """
    const help = { a: 'b' };
    help.a = 'c';
    server.registerTool('t', { description: help.a }, async () => ({}));
    """,
    """
    let help = 'a';
    function setUp() { help = 'b'; }
    server.registerTool('t', { description: help }, async () => ({}));
    """,
    """
    const words = ['a'];
    if (x) words.push('b');
    server.registerTool('t', { description: words.join() }, async () => ({}));
    """,
    """
    function text(x) { let t = 'a'; if (x) t += 'b'; return t; }
    server.registerTool('t', { description: text(1) }, async () => ({}));
    """,
    """
    const add = (name, text) => {
      text = text + x;
      server.registerTool(name, { description: text }, async () => ({}));
    };
    add("t", "a tool");
    """,
]


@pytest.mark.parametrize("source", PYTHON)
def test_python(source: str) -> None:
    assert marked(python(source)) == {"description"}


@pytest.mark.parametrize("source", TYPESCRIPT)
def test_typescript(source: str) -> None:
    assert marked(typescript(source)) == {"description"}


def test_what_has_the_same_name_elsewhere_changes_nothing() -> None:
    other = "def other(help):\n    help += 'b'\n    words = ['a']\n    words.append('c')\n"
    told = "help = 'a'\nwords = ['a']\n@mcp.tool(description=help, meta={'w': words})\ndef f(): ...\n"
    assert marked(python(other + told)) == set()
    other = "function other(help) { help += 'b'; const words = []; words.push('c'); }\n"
    told = "const help = 'a', words = ['a'];\n"
    call = "server.registerTool('t', { description: help + words.join() }, async () => ({}));"
    assert marked(typescript(other + told + call)) == set()


def test_through_a_function_of_the_project() -> None:
    """What registers is what is listed, and not how the function is called."""
    found = typescript(
        """
        const add = (name, title, text, shape, run) => {
          server.registerTool(name, { title, description: text, inputSchema: shape }, async (args) => run(args));
        };
        add("t", "A title", "A tool", { a: z.string() }, async ({ a }) => a);
        """
    )
    assert found.unknown == ()
    assert (found.entry["name"], found.entry["title"], found.entry["description"]) == ("t", "A title", "A tool")
    assert list(found.entry["inputSchema"]["properties"]) == ["a"]


def test_a_decorator_that_another_one_makes() -> None:
    wraps = (
        "import functools\ndef safely(kind):\n    def around(fn):\n        @functools.wraps(fn)\n"
        "        def inner(*a, **k):\n            return fn(*a, **k)\n        return inner\n    return around\n"
        "def told(kind='x'):\n    return safely(kind)\ndef tagged(fn):\n    fn.tag = 1\n    return fn\n"
    )
    assert marked(python(wraps + "@mcp.tool()\n@told(kind='y')\n@tagged\ndef f(a: int) -> int: ...\n")) == set()


def test_what_a_function_of_the_project_writes_out() -> None:
    written = "def about():\n    return {'a': 'b'}\ndef around():\n    return around()\n"
    assert python(written + "@mcp.tool(meta={**about()})\ndef f(): ...\n").entry["_meta"] == {"a": "b"}
    assert marked(python(written + "@mcp.tool(meta=around())\ndef f(): ...\n")) == {"_meta"}
