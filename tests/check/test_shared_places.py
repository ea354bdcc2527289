"""One place that several tools lead to is told once, and names them."""

from __future__ import annotations

from mcp_lsp import syntax
from mcp_lsp.check import Analysis, Diagnostic
from mcp_lsp_analyzers import registry
from tests.flow.stories import Files, module

RULE = registry.by_name()["shell-command-from-argument"]
HEAD = "import subprocess\nfrom mcp.server.fastmcp import FastMCP\n\nmcp = FastMCP('notes')\n"
HELPER = "\n\ndef run(command: str) -> str:\n    return subprocess.getoutput(command)\n"
TOOL = '\n\n@mcp.tool()\ndef {name}({argument}: str) -> str:\n    """Say."""\n    return run(f"say {{{argument}}}"){comment}\n'


def tool(name: str, argument: str, comment: str = "") -> str:
    return TOOL.format(name=name, argument=argument, comment=comment)


def analysed(*tools: str) -> Analysis:
    return Analysis(syntax.Document("file:///server.py", HEAD + "".join(tools) + HELPER, "python"), rules=[RULE])


def said(analysis: Analysis) -> list[tuple[str, list[str]]]:
    def others(diagnostic: Diagnostic) -> list[str]:
        return [r.message for r in diagnostic.finding.related if r.message.startswith("so does")]

    return [(d.message, others(d)) for d in analysis.diagnostics]


def test_the_first_tool_names_the_others() -> None:
    found = said(analysed(tool("one", "host"), tool("two", "name"), tool("three", "text")))
    assert found == [
        (
            "`host` becomes part of a shell command",
            [
                "so does `two`: `name` becomes part of a shell command",
                "so does `three`: `text` becomes part of a shell command",
            ],
        )
    ]


def test_places_of_their_own_stay_findings_of_their_own() -> None:
    own = tool("two", "name").replace("run(", "subprocess.getoutput(")
    assert said(analysed(tool("one", "host"), own)) == [
        ("`name` becomes part of a shell command", []),
        ("`host` becomes part of a shell command", []),
    ]


def test_an_edit_takes_a_tool_in_and_out_again() -> None:
    analysis = analysed(tool("one", "host"), tool("two", "name"), tool("own", "x").replace("run(", "eval("))
    before = said(analysis)
    text = analysis.document.text
    at = text.index('f"say {name}"')
    analysis.change([syntax.Change(at, at + len('f"say {name}"'), '"say it"')])
    assert said(analysis) == [("`host` becomes part of a shell command", [])]
    analysis.change([syntax.Change(at, at + len('"say it"'), 'f"say {name}"')])
    assert said(analysis) == before


def test_what_did_not_change_is_the_same_group() -> None:
    own = tool("own", "x").replace("run(", "subprocess.getoutput(")
    analysis = analysed(tool("one", "host"), tool("two", "name"), own)
    (told,) = [group for group in analysis.groups if "`host`" in group.diagnostics[0].message]
    at = analysis.document.text.rindex("Say.")
    analysis.change([syntax.Change(at, at, "Really ")])
    assert any(group is told for group in analysis.groups)


def test_texts_put_together_by_each_tool_for_a_helper_elsewhere_are_findings_of_their_own() -> None:
    text = HEAD.replace("import subprocess\n", "from helper import run\n")
    for name in ("one", "two"):
        text += tool(name, "text").replace(
            'return run(f"say {text}")', 'command = f"say {text}"\n    return run(command)'
        )
    helper = module("file:///helper.py", "import subprocess\n" + HELPER)
    files = Files({"file:///helper.py": helper})
    analysis = Analysis(syntax.Document("file:///server.py", text, "python"), rules=[RULE], modules=files)
    assert said(analysis) == [("`text` becomes part of a shell command", [])] * 2


BUILD = "import subprocess\n\n\ndef build() -> None:\n    subprocess.run(['make'])\n\n\ndef pack() -> None:\n    subprocess.run(['tar'])\n"


def builders(*calls: str) -> list[tuple[str, list[str], list[str]]]:
    """Of tools that call functions of another file: each finding with its tool, the others it names, and the lines that
    it points to there."""
    rule = registry.by_name()["child-on-protocol-channel"]
    tools = "".join(
        f'\n\n@mcp.tool()\ndef tool_{n}() -> str:\n    """Do it."""\n    {call}()\n    return "done"\n'
        for n, call in enumerate(calls)
    )
    text = HEAD.replace("import subprocess\n", "from builds import build, pack\n") + tools + "\n\nmcp.run()\n"
    files = Files({"file:///builds.py": module("file:///builds.py", BUILD)})
    document = syntax.Document("file:///server.py", text, "python")
    analysis = Analysis(document, rules=[rule], modules=files)
    found = []
    for each in analysis.diagnostics:
        related = each.finding.related
        others = [r.message.partition("`")[2].partition("`")[0] for r in related if r.message.startswith("so does")]
        lines = [str(r.place.span) for r in related if r.place.uri != document.uri]
        found.append((each.finding.place.pointer.rpartition("/")[2], others, lines))
    return found


def test_one_place_in_another_file_is_told_once_by_every_rule() -> None:
    ((tool_, others, lines),) = builders("build", "build", "build")
    assert (tool_, others, len(lines)) == ("tool_0", ["tool_1", "tool_2"], 1)


def test_two_places_in_another_file_are_two_findings() -> None:
    assert [(name, others) for name, others, _ in builders("build", "pack", "build")] == [
        ("tool_0", ["tool_2"]),
        ("tool_1", []),
    ]
