"""The server with rules of its own, about string literals, so that what it does with findings can be seen by itself.

`needle` is found, and safely replaced by `thread`; `knot` is found and may be replaced by `loop`. `crash` makes a rule
fail, `shout` makes one print, to standard output and around it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

from mcp_lsp.lsp import serve
from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.fix import Edit, Edits, Fix
from mcp_lsp_analyzers.model import StringLiteral
from mcp_lsp_analyzers.rule import RULES, Finding, Related, Rule, Severity

WORDS = {"needle": ("thread", True), "knot": ("loop", False)}


def found(literal: StringLiteral) -> Iterator[Finding]:
    text = literal.text
    for word, (other, safe) in WORDS.items():
        for match in re.finditer(word, text.value):
            at = match.start()
            place = text.at(at, at + len(word))
            fix = Fix(f"Use a {other}", Edits((Edit(place, other),)), safe)
            yield Finding(place, f"a {word}", fix, (Related(text.place, "in this string"),), detail=str(at))


def crashing(literal: StringLiteral) -> Iterator[Finding]:
    if "crash" in literal.text.value:
        raise RuntimeError("this rule is broken")
    yield from ()


def shouting(literal: StringLiteral) -> Iterator[Finding]:
    if "shout" in literal.text.value:
        print("printed by a rule")
        os.write(1, b"written by a rule\n")
        subprocess.run([sys.executable, "-c", "print('said by a child')"], check=True)
    yield from ()


def rule(id: str, name: str, check: object, tags: tuple[str, ...] = ()) -> Rule:
    why = "It **pricks**. See [the manual](https://example.com/needles)."
    return Rule(
        id, name, f"A {name}", why, Severity.WARNING, ("CWE-78",), (StringLiteral,), check, "metadata",  # type: ignore[arg-type]
        "x = 1\n", "x = 2\n", None, __name__, tags=tags,
    )  # fmt: skip


RULES[:] = [rule("MCP002", "crashing", crashing), rule("MCP001", "needle", found, ("unnecessary",))]
RULES.append(rule("MCP003", "shouting", shouting))
registry.rules = lambda: tuple(RULES)  # type: ignore[assignment]
if __name__ == "__main__":
    sys.exit(serve())
