"""What ``scan`` and ``call`` can be asked for: they start servers, so each says what it takes to agree to that."""

from __future__ import annotations

import argparse
from typing import Any

from . import report_arguments

_EXITS = (
    "Exit codes: 0 nothing found; 1 findings; 2 wrong usage, nobody agreed, or a failure of mcp-lsp itself; 3 the "
    "server could not be started, reached or asked, so that nothing is known of it; 130 interrupted (Ctrl-C): what was "
    "found until then is told."
)


def scan(commands: Any, help_format: Any) -> None:
    parser = commands.add_parser(
        "scan",
        help="start or reach a server, ask it everything, and judge that with its source",
        description=(
            "Start the server of a file or folder (or reach one), ask it for all it has, compare that with the source, "
            "and judge both. It is started with an empty home, few variables, limits, and without network."
        ),
        epilog=_EXITS,
        formatter_class=help_format,
        allow_abbrev=False,
    )
    parser.add_argument(
        "path", nargs="?", metavar="PATH", default=".", help='the file or folder of the server (default: ".")'
    )
    _reaching(parser)
    fuzz = parser.add_argument_group("trying out what nobody asks")
    fuzz.add_argument(
        "--fuzz",
        choices=("safe", "standard", "aggressive"),
        metavar="LEVEL",
        help="safe: odd messages, no tool is called; standard: also calls tools that say they only read; aggressive: "
        "calls all of them, with injections whose effects are harmless",
    )
    fuzz.add_argument(
        "--call-all-tools",
        action="store_true",
        help="yes, aggressive may call every tool, also those that change things",
    )
    fuzz.add_argument(
        "--fuzz-requests", type=_count, metavar="N", default=1500, help="send at most so many (default: 1500)"
    )
    fuzz.add_argument(
        "--fuzz-time", type=seconds, metavar="SECONDS", default=180.0, help="take at most so long (default: 180)"
    )
    parser.add_argument(
        "--approved", metavar="FILE", help="compare with what was approved there (default: the project's approval)"
    )
    output = report_arguments.output(parser, text=True)
    output.add_argument(
        "--record", metavar="FILE", help="keep all that was said, as NAME.mcp-session.jsonl, which check judges again"
    )
    output.add_argument("--tell-progress", action="store_true", help=argparse.SUPPRESS)  # for editors
    output.add_argument("--no-progress", action="store_true", help="show no progress on the terminal")
    output.add_argument("--exit-zero", action="store_true", help="exit with 0 even when something was found")


def call(commands: Any, help_format: Any) -> None:
    parser = commands.add_parser(
        "call",
        help="start a server and call one of its tools",
        description="Start the server of a file or folder (or reach one), call one of its tools, and show the answer.",
        epilog=_EXITS.replace("1 findings", "1 the tool says that it failed"),
        formatter_class=help_format,
        allow_abbrev=False,
    )
    parser.add_argument("path", metavar="PATH", help="the file or folder of the server")
    parser.add_argument("tool", metavar="TOOL", help="its name")
    parser.add_argument("--arguments", metavar="JSON", default="{}", help="an object (default: {})")
    parser.add_argument(
        "--timing", action="store_true", help="show an object with the result or error, and the milliseconds it took"
    )
    _reaching(parser)


def _reaching(parser: argparse.ArgumentParser) -> None:
    agreed = parser.add_argument_group("what you agree to")
    agreed.add_argument("--live", action="store_true", help="start or reach the server; it runs code of the project")
    agreed.add_argument(
        "--i-understand", action="store_true", help="yes, what is shown without this option may be started or reached"
    )
    agreed.add_argument("--allow-network", action="store_true", help="let the server use the network")
    agreed.add_argument("--allow-write", action="store_true", help="let the server write to its working directory")
    agreed.add_argument(
        "--no-confine", action="store_true", help="start it as you would yourself; its home stays empty, limits hold"
    )
    server = parser.add_argument_group("which server")
    server.add_argument("--command", dest="words", metavar="COMMAND", help="what starts it, in one argument")
    server.add_argument("--url", metavar="URL", help="reach it there; with --command: once that has started it")
    server.add_argument(
        "--env", action="append", default=[], metavar="NAME[=VALUE]", help="a variable it gets; without a value: yours"
    )
    server.add_argument(
        "--header", action="append", default=[], metavar="NAME:VALUE", help="a header for --url; $NAME is a variable"
    )
    client = parser.add_argument_group("a token of its own", "OAuth client credentials, for --url; it is never shown.")
    client.add_argument("--client-id", default="", metavar="ID", help="ask for a token as this client")
    client.add_argument(
        "--client-secret", default="", metavar="NAME", help="the variable that holds the client's secret"
    )
    client.add_argument("--scope", default="", metavar="SCOPES", help="what the token is for")
    client.add_argument(
        "--authorization-server", default="", metavar="URL", help="send the secret there, where the server names it"
    )
    server.add_argument(
        "--timeout", type=seconds, metavar="SECONDS", help="how long to wait for an answer (default: 20)"
    )


def seconds(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < 3600:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of seconds')
    return found


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 1_000_000:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of requests')
    return int(text)
