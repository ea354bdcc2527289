"""Rules in words: the page of a rule, and the catalogue of all of them.

The page is what a hover shows, what ``mcp-lsp rule`` prints and what SARIF gives as help. ``python -m mcp_lsp.explain
--write`` writes the catalogue, ``analyzers/README.md``, anew, and beside it what other checkers look for (`coverage`).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from mcp_lsp_analyzers import registry, taxonomy
from mcp_lsp_analyzers.rule import Rule

ROOMS = {
    "protocol": ("MCP1xx", "will a client accept it, does the SDK do what the author means"),
    "metadata": ("MCP2xx", "what the model reads"),
    "handlers": ("MCP3xx", "what code does with arguments a model chose"),
    "auth": ("MCP4xx", "who may call, with whose authority; secrets"),
    "capabilities": ("MCP5xx", "what the tools can do, alone and together"),
    "supply_chain": ("MCP6xx", "what is installed and launched"),
    "drift": ("MCP7xx", "what changed since it was approved"),
    "runtime": ("MCP8xx", "what was seen to happen"),
    "readiness": ("MCP9xx", "correct, but not ready for production"),
}


@functools.lru_cache(maxsize=512)
def page(rule: Rule) -> str:
    """The page of a rule, in Markdown: what it finds, why it matters, what is wrong and what is right, references."""
    return f"# {rule.id} {rule.name}\n\n{_body(rule)}"


def _how(rule: Rule) -> str:
    return f"{rule.severity.value}, off" if rule.opinion else rule.severity.value


def _body(rule: Rule) -> str:
    said = f"**{rule.title}.** Severity: {rule.severity.value}."
    if rule.profiles:
        said += f' Off unless settings name who asks for it: `profile = ["{rule.profiles[0]}"]`'
        others = ", ".join(f"`{each}`" for each in rule.profiles[1:])
        said += f", or {others}." if others else "."
    elif rule.opinion:
        said += f' Off unless settings name it: `select = ["ALL", "{rule.name}"]`.'
    parts = [said, rule.why, _examples(rule), _references(rule)]
    parts.append(f"To allow it in one place: `# mcp-lsp: ignore[{rule.name}] reason`.")
    return "\n\n".join(parts) + "\n"


def _examples(rule: Rule) -> str:
    shown = [_code("Found", "python", rule.bad), _code("Right", "python", rule.good)] if rule.bad else []
    if rule.typescript is not None:
        shown += [_code("Found", "typescript", rule.typescript.bad), _code("Right", "typescript", rule.typescript.good)]
    for each in rule.files:
        fence = each.file.rpartition(".")[2] if "." in each.file else each.file.lower()
        shown += [_code(f"Found in `{each.file}`", fence, each.bad), _code("Right", fence, each.good)]
        shown += [_code(f"Beside it stands `{name}`", "json", text) for name, text in each.beside]
    return "\n\n".join(shown)


def _code(what: str, language: str, source: str) -> str:
    """A fenced block; the fence is longer than any run of backticks inside."""
    fence = "```"
    while fence in source:
        fence += "`"
    lines = [line if len(line) <= _WIDEST else f"{line[:80]} … {line[-40:]}" for line in source.rstrip().split("\n")]
    written = "\n".join(lines)
    return f"{what}:\n\n{fence}{language}\n{written}\n{fence}"


_WIDEST = 1_000
"""Characters of a line: the example of what is too long need not be read to its end."""


def _references(rule: Rule) -> str:
    lines = []
    for reference in rule.references:
        url = taxonomy.url(reference)
        named = f"[{reference}]({url})" if url else reference
        lines.append(f"- {named} {taxonomy.title(reference)}")
    return "References:\n\n" + "\n".join(lines)


# ---------------------------------------------------------------- the catalogue


def catalogue() -> str:
    """All rules: a table by room, then the page of each."""
    rules = registry.rules()
    lines = [
        "# Rules",
        "",
        "<!-- Written by `python -m mcp_lsp.explain --write` from the rules themselves. -->",
        "",
        f"{len(rules)} rules, each a function in a file below `mcp_lsp_analyzers/`. Their examples are their tests.",
        "**error**: it breaks or is exploitable; **warning**: likely a bug; **information**: probably not what was",
        "meant; **hint**: there is a simpler way; **off**: an opinion, which runs where settings name it.",
        "",
    ]
    for room, (ids, about) in ROOMS.items():
        mine = [rule for rule in rules if rule.room == room]
        if not mine:
            continue
        lines += [f"## `{room}/` {ids}: {about}", "", "| id | name | severity | what it finds |", "|---|---|---|---|"]
        lines += [
            f"| {rule.id} | [{rule.name}](#{anchor(rule)}) | {_how(rule)} | {_cell(rule.title)} |" for rule in mine
        ]
        lines.append("")
    for rule in rules:
        lines += [f"## {rule.id} {rule.name}", "", _body(rule)]
    return "\n".join(lines).rstrip() + "\n"


def anchor(rule: Rule) -> str:
    """The fragment by which the catalogue's page of a rule is reached."""
    return f"{rule.id.lower()}-{rule.name}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: Sequence[str]) -> int:
    from pathlib import Path

    home = Path(registry.__file__).parent.parent / "README.md"
    text = catalogue()
    if "--write" in arguments:
        from . import coverage

        home.write_text(text, encoding="utf-8")
        (home.parent / "CATALOGUE.md").write_text(coverage.written(), encoding="utf-8")
        return 0
    print(text, end="")
    return 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
