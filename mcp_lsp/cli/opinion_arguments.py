"""What ``opinions`` can be asked for: it sends something away, so it says what, and to whom."""

from __future__ import annotations

from typing import Any

from . import report_arguments


def opinions(commands: Any, help_format: Any) -> None:
    parser = commands.add_parser(
        "opinions",
        help="ask a language model about texts, or VirusTotal about files",
        description=(
            "Send the texts that servers show to a model (descriptions, prompts, instructions) to a language model, "
            "and show its opinion where they stand in the source; or ask VirusTotal about the SHA-256 of programs and "
            "archives that stand beside the source. Nothing is sent without --i-understand."
        ),
        epilog=(
            "Exit codes: 0 nothing found; 1 findings; 2 wrong usage, nobody agreed, or a failure of mcp-lsp itself; 3 "
            "nothing found, and not all could be asked."
        ),
        formatter_class=help_format,
        allow_abbrev=False,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", default=None, help='files and folders (default: ".")')
    model = parser.add_argument_group("a language model")
    model.add_argument(
        "--judge",
        default="",
        metavar="URL",
        help="ask the model there: an address that ends with /chat/completions (OpenAI's interface, also of models on "
        "this computer) or with /messages (Anthropic's)",
    )
    model.add_argument("--model", default="", metavar="NAME", help="which of its models")
    model.add_argument("--key", default="", metavar="NAME", help="the variable that holds its key")
    known = parser.add_argument_group("VirusTotal")
    known.add_argument(
        "--virustotal", default="", metavar="NAME", help="ask it, with the key that the variable NAME holds"
    )
    known.add_argument("--virustotal-url", default="", metavar="URL", help="another server of its interface")
    parser.add_argument("--i-understand", action="store_true", help="yes, what is shown without this may be sent")
    output = report_arguments.output(parser, text=True)
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 even when something was found")
