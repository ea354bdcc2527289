"""Regular expressions that some texts keep busy for minutes."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Call, Regex, Str, Unit, last_name
from ..passage import Passage
from ..pattern import pattern
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from ..walk import Site
from .ambiguity import Loop, exponential

_PROSE = pattern(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")


@rule(
    "MCP312",
    severity=Severity.WARNING,
    references=("CWE-1333", "CWE-400", "MCP05:2025", "LLM10:2025", "LLM06:2026", "CoSAI MCP-T3"),
    # What the text of a repeated group has behind it.
    words=(")*", ")+", "){0,}", "){1,}", "){2,}"),
    bad=r"""
    import re

    WORDS = re.compile(r"^([\w-]+\s?)*$")
    #                  ^^^^^^^^^^^^^^^^^ `([\w-]+\s?)*` reads a text in ever more ways the longer it is: …


    @mcp.tool()
    def tag(title: str) -> str:
        '''Tag a title.'''
        return "words" if WORDS.match(title) else "other"
    """,
    good=r"""
    import re

    WORDS = re.compile(r"^[\w-]+(?:\s[\w-]+)*\s?$")


    @mcp.tool()
    def tag(title: str) -> str:
        '''Tag a title.'''
        return "words" if WORDS.match(title) else "other"
    """,
    typescript=Example(
        bad=r"""
        const QUOTED = /^"(?:[^"]|\\.)*"$/;
        //                ^^^^^^^^^^^^^ `(?:[^"]|\\.)*` reads a text in ever more ways the longer it is: …

        server.registerTool("tag", { description: "Tag.", inputSchema: { title: z.string() } }, async ({ title }) => {
          return { content: [{ type: "text", text: QUOTED.test(title) ? "quoted" : "plain" }] };
        });
        """,
        good=r"""
        const QUOTED = /^"(?:[^"\\]|\\.)*"$/;

        server.registerTool("tag", { description: "Tag.", inputSchema: { title: z.string() } }, async ({ title }) => {
          return { content: [{ type: "text", text: QUOTED.test(title) ? "quoted" : "plain" }] };
        });
        """,
    ),
)
def expression_that_backtracks(passage: Passage) -> Iterator[Finding]:
    """A regular expression can take exponential time.

    A part of it is repeated, and what one round matches can be matched by two rounds as well, so that each character
    doubles the ways to read a text. Where the text does not match in the end, all of them are tried: thirty characters
    that a model, a page or a file brings keep the server busy for minutes, and it answers nobody meanwhile.

    Let only one thing match at each place: take the separator out of the class that stands beside it (`[^/,]` beside
    `,`), make it a must (`\\s` instead of `\\s?`), or exclude in one alternative what the other begins with.
    """
    built = False
    for site in passage.of(Call, Regex):
        node = site.node
        if isinstance(node, Regex):
            found = exponential(node.pattern)
            if found is not None:
                start = node.start + len("/")
                yield _finding(passage, site.unit, Span(start + found.start, start + found.end), node.pattern, found)
        elif isinstance(node, Call) and node.args and _compiles(passage, node, site):
            given = node.args[0].value
            if not isinstance(given, Str):
                built = True
                continue
            found = exponential(given.value, ends=last_name(node.callee) == "fullmatch")
            if found is not None:
                yield _finding(passage, site.unit, given, given.value, found)
    if built:
        yield from _parts(passage, passage.unit)


def _compiles(passage: Passage, call: Call, site: Site) -> bool:
    if last_name(call.callee) == "RegExp":
        return passage.about.language != "python"
    return passage.target(call, site.function).startswith(("re.", "regex."))


def _parts(passage: Passage, unit: Unit) -> Iterator[Finding]:
    """Texts beside an expression that is put together from some. A sentence about expressions is none of them."""
    for text in unit.strings:
        found = exponential(text.value, ends=True)
        if found is not None and not _PROSE.search(text.value):
            yield _finding(passage, unit, text, text.value, found)
    for inner in unit.nested:
        yield from _parts(passage, inner)


def _finding(passage: Passage, unit: Unit, where: Span | Str, pattern: str, loop: Loop) -> Finding:
    part = pattern[loop.start : loop.end]
    return Finding(
        passage.at(unit, where),
        f"`{part}` reads a text in ever more ways the longer it is: thirty characters that do not fit in the end keep "
        "the server busy for minutes",
        detail=part,
    )
