"""What can be asked for on the command line, and how it is explained."""

from __future__ import annotations

import argparse
import os
import re
from typing import Any, NoReturn

from mcp_lsp import __version__

from . import inventory_arguments, opinion_arguments, report_arguments, scan_arguments, service_arguments


class Wrong(Exception):
    """The command line cannot be meant; the message says what and what instead."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        word = re.match(r"argument COMMAND: invalid choice: '(.*?)' ", message)
        if word:
            message = f'there is no command "{word[1]}"{_meant(word[1], message)}'
        raise Wrong(message.removeprefix("argument "))


def _meant(word: str, message: str) -> str:
    """What somebody may have meant who gave this for a command; ``message``: argparse's, which names all of them."""
    from mcp_lsp.selectors import nearest
    from mcp_lsp_analyzers import registry

    if os.path.exists(word):
        return f'; did you mean "mcp-lsp check {word}"?'
    if word.replace("-", "_") in registry.ROOMS:
        return f'; did you mean "mcp-lsp check --select {word}"?'
    if word in registry.by_name() or any(rule.id == word for rule in registry.rules()):
        return f'; did you mean "mcp-lsp rule {word}"?'
    return nearest(word, re.findall(r"\w+", message.partition("choose from")[2])) or "; mcp-lsp --help lists them"


class _Help(argparse.HelpFormatter):
    """Wider columns, and no capitals invented from option names."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=100)

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading[:1].upper() + heading[1:] if heading else heading)

    def _format_args(self, action: argparse.Action, default_metavar: str) -> str:
        return super()._format_args(action, default_metavar).replace("[PATH ...]", "[PATH…]")


class _Several(argparse.Action):
    """``--select A,B --select C``: one list."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: str | None = None) -> None:
        before = getattr(namespace, self.dest) or []
        setattr(namespace, self.dest, [*before, *(v.strip() for v in values.split(",") if v.strip())])


def parse(argv: list[str]) -> argparse.Namespace:
    """The arguments. Raises `Wrong`, and ``SystemExit`` after ``--help`` and ``--version``."""
    parser = _parser()
    found, unknown = parser.parse_known_args(argv)
    if unknown:
        from mcp_lsp.selectors import nearest

        option = unknown[0].split("=")[0]
        raise Wrong(f"there is no option {option}{nearest(option, _options(parser, found.command))}")
    if found.command is None:
        raise Wrong("say what to do: check, inspect, scan, rule or lsp (mcp-lsp --help explains)")
    return found


def _options(parser: argparse.ArgumentParser, command: str | None) -> list[str]:
    chosen = parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) and command in action.choices:
            chosen = action.choices[command]
    return [option for action in chosen._actions for option in action.option_strings]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="mcp-lsp",
        description="Checks MCP servers while they are written, and in CI.",
        formatter_class=_Help,
        epilog="mcp-lsp COMMAND --help explains a command.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"mcp-lsp {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _check(commands)
    _inspect(commands)
    _approve(commands)
    _advisories(commands)
    _sbom(commands)
    scan_arguments.scan(commands, _Help)
    scan_arguments.call(commands, _Help)
    inventory_arguments.inventory(commands, _Help)
    opinion_arguments.opinions(commands, _Help)
    _rule(commands)
    service_arguments.doctor(commands, _Help)
    service_arguments.lsp(commands, _Help)
    return parser


def _check(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="check files and folders",
        description="Check Python, TypeScript and JavaScript files and folders.",
        epilog=(
            "Exit codes: 0 nothing found; 1 findings (with --fail-on: of that kind), or a score below --min-score; "
            "2 wrong usage, a path that is missing or cannot be read, or a failure of mcp-lsp itself."
        ),
        formatter_class=_Help,
        allow_abbrev=False,
    )
    check.add_argument(
        "paths", nargs="*", metavar="PATH", default=None, help='files and folders (default: "."); - is standard input'
    )
    rules = check.add_argument_group("which rules", "RULES: ids, beginnings of ids, names, rooms or ALL; with commas")
    for option, text in (
        ("--select", "run these rules, whatever the settings say"),
        ("--extend-select", "run these rules besides those of the settings"),
        ("--ignore", "do not run these rules"),
    ):
        rules.add_argument(option, action=_Several, metavar="RULES", help=text)
    fixes = check.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="apply the safe fixes")
    fixes.add_argument(
        "--unsafe-fixes", action="store_true", help="with --fix and --diff: the others too; look at what they did"
    )
    fixes.add_argument(
        "--add-ignore",
        type=_reason,
        metavar="REASON",
        help="write a comment with this reason for each finding, so that it is allowed from now on",
    )
    fixes.add_argument(
        "--diff", action="store_true", help="show what --fix (or --add-ignore) would change, and change nothing"
    )
    output = report_arguments.output(check, text=False)
    output.add_argument(
        "--statistics", action="store_true", help="how often each rule found something, instead of each finding"
    )
    output.add_argument("--no-progress", action="store_true", help="show no progress on the terminal")
    part = check.add_argument_group("part of the findings")
    part.add_argument("--baseline", metavar="FILE", help="report only what is not accepted in this file")
    part.add_argument("--write-baseline", action="store_true", help="accept all that is found: write it to that file")
    part.add_argument(
        "--since", metavar="REVISION", help="report only what has to do with lines changed since a revision of git"
    )
    gates = check.add_argument_group("exit code")
    gates.add_argument("--exit-zero", action="store_true", help="exit with 0 even when something was found")
    gates.add_argument(
        "--fail-on",
        action=_Several,
        metavar="WHAT",
        help="exit with 1 only for these: error, warning, information or hint (and what is worse), or RULES",
    )
    gates.add_argument(
        "--min-score", type=_score, metavar="N", help="exit with 1 where the score (0 to 100) is lower; says why"
    )
    files = check.add_argument_group("files and settings")
    files.add_argument(
        "--stdin-filename", metavar="FILE", help="what standard input is called: its language, its settings, its place"
    )
    files.add_argument("--config", metavar="FILE", help="use these settings for every file")
    files.add_argument("--isolated", action="store_true", help="use no settings files at all")
    files.add_argument(
        "-j", "--jobs", type=_count, default=0, metavar="N", help="processes (default: one for each processor)"
    )
    files.add_argument(
        "--no-cache", action="store_true", help="check every file, also those that did not change since the last time"
    )


def _inspect(commands: Any) -> None:
    inspect = commands.add_parser(
        "inspect",
        help="show what a client will see of a server",
        description=(
            "Show what servers will list (tools, prompts, resources), computed from their source for the SDK version "
            "of their project. Nothing is imported or run; what cannot be known is said."
        ),
        epilog="Exit codes: 0 a server was found; 1 there is none; 2 wrong usage, or a path that cannot be read.",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    inspect.add_argument("paths", nargs="*", metavar="PATH", default=None, help='files and folders (default: ".")')
    inspect.add_argument(
        "--output-format",
        choices=("text", "json", "html"),
        default="text",
        metavar="FORMAT",
        help="text, json, or html: a page to browse",
    )
    inspect.add_argument(
        "--python",
        type=_version,
        metavar="VERSION",
        help="the Python that will run the server (default: 3.13); docstrings keep their indentation before 3.13",
    )


def _approve(commands: Any) -> None:
    approve = commands.add_parser(
        "approve",
        help="record what servers are now; differences from it are findings from then on",
        description=(
            "Record what the servers below some paths offer and do, what they install, and how clients launch them, in "
            "mcp-lsp.approved.json at the root of the project. Commit it: check and the editor judge every difference "
            "by what it means. Nothing is imported or run."
        ),
        epilog="Exit codes: 0 approved; 1 there was nothing to approve; 2 wrong usage, or a file that cannot be read.",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    approve.add_argument("paths", nargs="*", metavar="PATH", default=None, help='files and folders (default: ".")')
    approve.add_argument("--anew", action="store_true", help="forget what was approved before")


def _advisories(commands: Any) -> None:
    advisories = commands.add_parser(
        "advisories",
        help="look up known vulnerabilities of what manifests and lock files hold",
        description=(
            "Look up the versions that manifests and lock files hold in the OSV database, and write what is known of "
            "them to mcp-lsp.advisories.json at the root of the project. check and the editor show it where the "
            "versions stand, without reaching anything."
        ),
        epilog=(
            "Exit codes: 0 nothing known; 1 vulnerabilities, or versions that were taken back or are not there; 2 "
            "wrong usage, or not all could be asked."
        ),
        formatter_class=_Help,
        allow_abbrev=False,
    )
    advisories.add_argument("paths", nargs="*", metavar="PATH", default=None, help='files and folders (default: ".")')
    advisories.add_argument(
        "--from",
        dest="sources",
        action="append",
        metavar="FILE",
        help="OSV records from a file, a folder or a zip file of the database, without reaching anything",
    )
    advisories.add_argument("--online", action="store_true", help="ask OSV's interface; sends names and versions")
    advisories.add_argument("--i-understand", action="store_true", help="agree to what --online sends")
    advisories.add_argument("--url", default="", metavar="URL", help="another server of that interface")
    asked = advisories.add_argument_group(
        "registries", "With --online: yanked, deprecated and just-published versions, provenance, code run on install."
    )
    asked.add_argument(
        "--python-index", metavar="URL", help="the index of Python packages (default: as pip, uv or the lock file say)"
    )
    asked.add_argument(
        "--npm-registry", metavar="URL", help="the registry of npm packages (default: as npm or the lock file say)"
    )
    asked.add_argument(
        "--archives", action="store_true", help="also download versions without a wheel, and read their setup.py"
    )
    asked.add_argument("--no-registries", action="store_true", help="do not ask them")


def _sbom(commands: Any) -> None:
    sbom = commands.add_parser(
        "sbom",
        help="list what a project is made of, as CycloneDX",
        description=(
            "Write a software bill of materials in CycloneDX: the packages that manifests and lock files hold, the MCP "
            "servers of the project as services with their tools, and the vulnerabilities that were looked up."
        ),
        epilog="Exit codes: 0 written; 1 there is nothing to list; 2 wrong usage, or a path that cannot be read.",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    sbom.add_argument("paths", nargs="*", metavar="PATH", default=None, help='files and folders (default: ".")')
    sbom.add_argument("--output-format", choices=("json", "xml"), default="json", metavar="FORMAT", help="json or xml")
    sbom.add_argument("--output-file", metavar="FILE", help="write it there instead of to standard output")


def _rule(commands: Any) -> None:
    rule = commands.add_parser(
        "rule",
        help="explain a rule",
        description="Explain a rule: what it finds, why that matters, and what to do.",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    rule.add_argument("rule", nargs="?", metavar="RULE", help="its id or name")
    rule.add_argument("--all", action="store_true", help="every rule")
    rule.add_argument(
        "--output-format",
        choices=("text", "json", "html"),
        default="text",
        metavar="FORMAT",
        help="text, json, or html: a page to browse",
    )


def _version(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)\.(\d+)(\.\d+)?", text)
    if match is None:
        raise argparse.ArgumentTypeError(f'"{text}" is no version of Python, such as 3.12')
    return int(match[1]), int(match[2])


def _reason(text: str) -> str:
    if not text.strip() or not text.isprintable() or "*/" in text or "-->" in text:
        raise argparse.ArgumentTypeError("a reason is a line of text, which goes into a comment")
    return text.strip()


def _score(text: str) -> int:
    if not text.isdigit() or int(text) > 100:
        raise argparse.ArgumentTypeError(f'"{text}" is not a score from 0 to 100')
    return int(text)


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of processes')
    return int(text)
