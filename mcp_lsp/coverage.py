"""What other checkers look for, row by row, and which rule finds it here: ``analyzers/catalogue.toml`` as a table.

The file stands in the repository only; ``python -m mcp_lsp.explain --write`` makes ``analyzers/CATALOGUE.md`` of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.record import NamedTuple

from . import explain, toml

HOME = Path(registry.__file__).parent.parent


class Row(NamedTuple):
    """``key``: its name there. ``sought``: what it looks for. ``rules``: our ids; without any, ``remark`` says why."""

    key: str
    sought: str
    rules: tuple[str, ...]
    remark: str


class Table(NamedTuple):
    title: str
    about: str
    rows: tuple[Row, ...]


class Example(NamedTuple):
    """Of a row: a whole ``file`` in which one of its rules finds something, and one in which nothing is found."""

    row: str
    file: str
    bad: str
    good: str


def tables() -> tuple[Table, ...]:
    """Raises ``ValueError`` where a row does not have its four cells."""
    return tuple(
        Table(each["title"], each["about"], tuple(_row(row) for row in each["rows"])) for each in _read()["table"]
    )


def examples() -> tuple[Example, ...]:
    return tuple(Example(each["row"], each["file"], each["bad"], each["good"]) for each in _read()["example"])


def written() -> str:
    """The tables in Markdown, and the rules that none of the others has."""
    shown = {example.row for example in examples()}
    lines = [
        "# The catalogue of checks",
        "",
        "<!-- Written by `python -m mcp_lsp.explain --write` from `catalogue.toml`. -->",
        "",
        "What the known checkers of MCP servers look for, and which rule finds it here. The words are ours: a row says",
        "what a check is for, not how it is done there. The page of a rule shows what it finds and what it",
        "leaves alone, and both are tests; rows marked with * have one of their own in `catalogue.toml`.",
        "",
    ]
    used: set[str] = set()
    for table in tables():
        lines += [f"## {table.title}", ""]
        lines += [table.about, ""] if table.about else []
        lines += ["| row | looks for | here | remark |", "|---|---|---|---|"]
        for row in table.rows:
            used.update(row.rules)
            mark = " *" if row.key in shown else ""
            lines.append(
                f"| `{row.key}`{mark} | {row.sought} | {', '.join(map(_link, row.rules)) or '–'} | {row.remark} |"
            )
        lines.append("")
    alone = [rule for rule in registry.rules() if rule.id not in used and not rule.id.startswith("MCP99")]
    lines += ["## Only here", "", "Rules that stand for no row above.", ""]
    lines += [f"- {_link(rule.id)} {rule.title}" for rule in alone]
    return "\n".join(lines) + "\n"


def _link(rule: str) -> str:
    return f"[{rule}](README.md#{explain.anchor(registry.by_name()[rule])})"


def _row(cells: list[str]) -> Row:
    key, sought, rules, remark = cells
    return Row(key, sought, tuple(rules.split()), remark)


def _read() -> dict[str, list[dict[str, Any]]]:
    return toml.loads((HOME / "catalogue.toml").read_text(encoding="utf-8"))
