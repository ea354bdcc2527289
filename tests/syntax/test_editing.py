"""What typing does to segments: which are parsed again, which stay, where borders move.

``|`` in a text is where something is typed, character by character. The result is compared segment by segment, with
marks as in ``test_segments``: ``----`` above a segment, ``-x--`` above a broken one.
"""

import pytest

from mcp_lsp.syntax import Change, Document, edit, parse, settle
from mcp_lsp.syntax.segment import mends

THREE = """\
import os

@mcp.tool()
def one(a: str) -> str:
    return a

@mcp.tool()
def two(b: str) -> str:
    return b|

@mcp.tool()
def three(c: str) -> str:
    return c
"""


def marked(tree):
    return "".join(("-x--\n" if segment.broken else "----\n") + segment.text for segment in tree.segments)


def whole(tree):
    """The tree, once it is made sure that its segments are the document."""
    at = 0
    for segment in tree.segments:
        assert segment.anchor.start == at
        at += len(segment.text)
    assert "".join(segment.text for segment in tree.segments) == tree.document.text
    return tree


def changed(tree, *changes):
    return whole(edit(tree, changes, tree.document.edited(changes)))


def typed(text, keys, language="python", each=lambda tree: None):
    """The tree after typing, and how many segments were parsed for each key. A key "<" deletes to the left."""
    at = text.index("|")
    tree = parse(Document("file:///x", text.replace("|", "", 1), language))
    parsed = []
    for key in keys:
        tree = changed(tree, Change(at - 1, at, "") if key == "<" else Change(at, at, key))
        at += -1 if key == "<" else len(key)
        parsed.append(tree.parsed)
        each(tree)
    return tree, parsed


def check(text, keys, expected, language="python"):
    tree, _ = typed(text, keys, language)
    assert marked(tree) == expected
    assert marked(settle(tree)) == marked(parse(tree.document)) == expected


def test_a_keystroke_parses_one_segment():
    tree = parse(Document("a", THREE.replace("|", ""), "python"))
    before = list(tree.segments)
    at = THREE.index("|")
    for key in "\n    name":
        tree = changed(tree, Change(at, at, key))
        at += 1
        assert tree.parsed == 1
        assert tree.settled
        assert [new is old for new, old in zip(tree.segments, before, strict=True)] == [True, True, False, True]
    assert tree.segments[2].anchor is before[2].anchor
    assert settle(tree) is tree


@pytest.mark.parametrize("keys", ["\n    x = foo(", '\n    """', "\n    x = [1, {", '\n    f"{', "\n    if"])
def test_neighbours_of_broken_typing_stay(keys):
    tree = parse(Document("a", THREE.replace("|", ""), "python"))
    before = list(tree.segments)
    at = THREE.index("|")
    for key in keys:
        tree = changed(tree, Change(at, at, key))
        at += 1
        assert tree.parsed == 1
    assert [segment.broken for segment in tree.segments] == [False, False, True, False]
    assert not tree.settled
    calm = settle(tree)
    assert calm.settled
    for state in (tree, calm):
        assert [new is old for new, old in zip(state.segments, before, strict=True)] == [True, True, False, True]
    for _ in keys:
        calm = changed(calm, Change(at - 1, at, ""))
        at -= 1
    assert marked(settle(calm)) == marked(parse(Document("a", THREE.replace("|", ""), "python")))


def test_an_edit_leaves_the_nodes_of_before_alone():
    tree = parse(Document("a", THREE.replace("|", ""), "python"))
    for _ in range(3):
        old = tree.segments[1]
        nodes = old.nodes
        tree = changed(tree, Change(14, 14, "\n\n"))
        tree = changed(tree, Change(tree.segments[1].anchor.start + 20, tree.segments[1].anchor.start + 21, "_"))
        assert [old.slice(node) for node in nodes] == [old.text.strip()]
        assert tree.segments[1] is not old


def test_a_new_statement_is_a_segment_of_its_own():
    text = "def f():\n    pass\n|\ndef g():\n    pass\n"
    tree, parsed = typed(text, "\nx = 1\n")
    assert marked(tree) == "----\ndef f():\n    pass\n\n----\nx = 1\n\n----\ndef g():\n    pass\n"
    assert max(parsed) <= 2
    check("a = 1\n|\nb = 2\n", "def f(x", "----\na = 1\n-x--\ndef f(x\n----\nb = 2\n")
    check("a = 1\n|\nb = 2\n", "@x()\ndef f(x): ...\n", "----\na = 1\n----\n@x()\ndef f(x): ...\n\n----\nb = 2\n")
    check("f();\n|g();\n", "h();", "----\nf();\n----\nh();----\ng();\n", "javascript")
    check("f();\n|\ng();\n", "const x = `a${b}`", "----\nf();\n----\nconst x = `a${b}`\n----\ng();\n", "javascript")


def test_what_is_typed_above_a_function_can_become_part_of_it():
    function = "def f():\n    pass\n"
    check(f"x = 1\n\n|\n{function}", "@mcp.tool()", f"----\nx = 1\n\n----\n@mcp.tool()\n{function}")
    check(f"x = 1\n|\n{function}", "# about", f"----\nx = 1\n----\n# about\n{function}")
    check(f"x = 1\n\n|{function}", "async ", f"----\nx = 1\n\n----\nasync {function}")
    check(f"x = 1\n\n|{function}", "\n", f"----\nx = 1\n\n\n----\n{function}")
    check("f();\n|\ng();\n", "/** about */", "----\nf();\n----\n/** about */\ng();\n", "typescript")
    check("f();\n|\nclass A {}\n", "@dec()", "----\nf();\n----\n@dec()\nclass A {}\n", "typescript")
    check("f();\n|class A {}\n", "export ", "----\nf();\n----\nexport class A {}\n", "typescript")


def test_what_is_typed_below_can_become_part_of_what_is_above():
    check("if x:\n    y\n|", "else:\n    z\n", "----\nif x:\n    y\nelse:\n    z\n")
    check("if x:\n    y\n|z\n", "el", "----\nif x:\n    y\n----\nelz\n")
    check("def f():\n    x\n\n\n|\ny = 1\n", "    z", "----\ndef f():\n    x\n\n\n    z\n----\ny = 1\n")
    check("def f():\n    x\n|y = 1\n", "    ", "----\ndef f():\n    x\n    y = 1\n")
    check("x = 1|\ny = 2\n", " +\\", "-x--\nx = 1 +\\\ny = 2\n")
    check("a\n|b\n", "(", "-x--\na\n(b\n", "javascript")
    check("a\n|b()\n", ".", "----\na\n.b()\n", "javascript")
    check("if (a) b\n|", "else c", "----\nif (a) b\nelse c", "javascript")


def test_borders_that_vanish():
    check("a = 1\n|b = 2\n", "<", "-x--\na = 1b = 2\n")
    check("a = 1\n|# c\nb = 2\n", "<", "----\na = 1# c\n----\nb = 2\n")
    check("a();|b()\n", "<", "-x--\na()b()\n", "javascript")
    check("a();\n|\n// c\n", "<", "----\na();\n// c\n", "javascript")
    check("# c\n|\n", "x", "----\n# c\nx\n")


def test_removing_and_pasting_statements():
    tree = parse(Document("a", "a = 1\nb = 2\nc = 3\nd = 4\n", "python"))
    a, _, _, d = tree.segments
    tree = changed(tree, Change(6, 18, ""))
    assert tree.segments == [a, d]
    assert tree.settled
    tree = changed(tree, Change(6, 6, "x = 1\n\ndef f():\n    pass\n"))
    assert [segment.text for segment in tree.segments] == ["a = 1\n", "x = 1\n\n", "def f():\n    pass\n", "d = 4\n"]
    assert (tree.segments[0], tree.segments[-1]) == (a, d)
    tree = changed(tree, Change(0, tree.document.length, ""))
    assert [segment.text for segment in tree.segments] == [""]
    assert changed(tree, Change(0, 0, "x = 1\ny = 2\n")).settled


def test_several_changes_at_once():
    text = "".join(f"name_{i} = {i}\n" for i in range(100))
    tree = parse(Document("a", text, "python"))
    before = list(tree.segments)
    two = [Change(0, 4, "other"), Change(text.index("name_50") + 1, text.index("name_50") + 5, "other")]
    tree = changed(tree, *two)
    assert tree.document.text == text.replace("name_0 ", "other_0 ").replace("name_50", "other_50")
    assert tree.parsed == 2
    assert [i for i, (new, old) in enumerate(zip(tree.segments, before, strict=True)) if new is not old] == [0, 50]
    everywhere, grown = [], 0
    for i, segment in enumerate(tree.segments):
        if 10 <= i < 49:
            everywhere.append(Change(segment.anchor.start + grown, segment.anchor.start + grown + 4, "renamed"))
            grown += 3
    tree = changed(tree, *everywhere)
    assert tree.document.text.count("renamed") == 39
    assert [new is old for new, old in zip(tree.segments, before, strict=True)].count(True) == 100 - 39 - 2
    assert marked(settle(tree)) == marked(parse(tree.document))


def test_the_same_text_twice():
    tree = parse(Document("a", "x = 1\nx = 1\nx = 1\n", "python"))
    tree = changed(tree, Change(6, 6, "x = 1\n"), Change(0, 0, "x = 1\n"))
    assert [segment.text for segment in tree.segments] == ["x = 1\n"] * 5
    assert len({id(segment) for segment in tree.segments}) == 5


def test_nothing_changes():
    tree = parse(Document("a", "x = 1\n", "python"))
    after = changed(tree, Change(2, 2, ""))
    assert (after.parsed, after.settled, after.segments) == (0, True, tree.segments)
    assert settle(after) is after


def test_typing_the_whole_file():
    text = THREE.replace("|", "")
    tree, parsed = typed("|", text)
    assert marked(settle(tree)) == marked(parse(Document("a", text, "python")))
    assert max(parsed) <= 3


def function(language, statements):
    if language == "python":
        body = "".join(f"    if x{i}:\n        call({i}, 'a', [{i}])\n        more()\n" for i in range(statements))
        return f"def make():\n{body}"
    body = "".join(f"  if (x{i}) {{\n    call({i}, 'a', `${{x}}`);\n    more();\n  }}\n" for i in range(statements))
    return f"function make() {{\n{body}}}\n"


@pytest.mark.parametrize("language", ["python", "typescript"])
@pytest.mark.parametrize(
    "keys", ['\ncall("a", [b, (c', "\nx = {a: '", '\nif x:\ny = """a', "\n`${a}", "\nf)", '\nf"{x']
)
def test_broken_typing_in_a_long_function(language, keys):
    """Only lines around are looked at, so what is found there has to be right: nothing else may look broken."""
    text = function(language, 300)
    at = text.index("'a'", len(text) // 2)
    at = text.index("\n", at)
    before = parse(Document("a", f"x = 1;\n{text}y = 2;\n", language))
    tree, first, last = before, before.segments[0], before.segments[2]
    at += first.anchor.start + len(first.text)
    for key in keys:
        key = "\n        " if key == "\n" else key
        tree = changed(tree, Change(at, at, key))
        at += len(key)
        assert tree.parsed == 1
        assert (tree.segments[0], tree.segments[2]) == (first, last)
        errors = [node for node in tree.segments[1].nodes[0].children[-1].children if node.has_error]
        assert len(errors) <= 2, key
    calm = settle(tree)
    assert marked(calm) == marked(parse(tree.document))
    assert calm.segments[1].broken == (calm.broken > 0)


@pytest.mark.parametrize("language", ["python", "typescript"])
@pytest.mark.parametrize("keys", ["value = call(name, [1, 2])", "value = {name: [(", "call(x => [1, {a: 2}])"])
def test_what_stands_in_for_brackets_leaves_the_line_below_alone(language, keys):
    """As it would be if all of the text was looked at: the end of the line stays, or what is below belongs to it."""
    text = function(language, 300)
    at = text.index("more()", len(text) // 2)
    tree = parse(Document("a", text[:at] + "\n        " + text[at:], language))
    for key in keys:
        tree = changed(tree, Change(at, at, key))
        at += 1
        (segment,) = tree.segments
        assert segment.mends == mends(segment.text, language), segment.text[at - 40 : at + 20]
        assert segment.kinds == ["function_definition" if language == "python" else "function_declaration"]
