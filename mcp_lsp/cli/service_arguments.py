"""What ``lsp`` and ``doctor`` can be asked for: what editors start, and whom to ask when that goes wrong."""

from __future__ import annotations

from typing import Any


def lsp(commands: Any, form: Any) -> None:
    parser = commands.add_parser(
        "lsp",
        help="start the language server on standard input and output",
        description="Start the language server on standard input and output; editors do this.",
        formatter_class=form,
        allow_abbrev=False,
    )
    parser.add_argument("--log-file", metavar="FILE", help="write there what is asked and answered, and when")
    parser.add_argument(
        "--trace", action="store_true", help="with --log-file: whole messages, and with them the text of open files"
    )


def doctor(commands: Any, form: Any) -> None:
    parser = commands.add_parser(
        "doctor",
        help="say what is seen of an installation and a folder, and why a file has no findings",
        description=(
            "Say which versions are at work, which settings and which SDK were found and where, which files are "
            "looked at or left out and why, and what was seen in each."
        ),
        epilog="Exit codes: 0 all is well; 1 something is missing or could not be read; 2 wrong usage.",
        formatter_class=form,
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", default=None, help='files and folders (default: ".")')
    parser.add_argument("--config", metavar="FILE", help="use these settings for every file")
    parser.add_argument("--isolated", action="store_true", help="use no settings files at all")
    parser.add_argument(
        "--all", action="store_true", help="list every file, also those that have nothing to do with MCP"
    )
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", metavar="FORMAT", help="text or json"
    )
