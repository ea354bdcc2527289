"""Which command does what, and what becomes of the errors on the way."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys

from .arguments import Wrong, parse

FOUND, WRONG = 1, 2


def run(argv: list[str]) -> int:
    _prepare()
    try:
        status = _run(argv)
        sys.stdout.flush()  # what goes wrong with it is to be said here, and not by the interpreter's end
        return status
    except Wrong as error:
        return _complain(str(error))
    except BrokenPipeError:
        # Whoever read has heard enough (`| head`).
        _nowhere()
        return FOUND
    except KeyboardInterrupt:
        return _complain("interrupted") and 130
    except SystemExit as error:  # argparse, after --help and --version
        return error.code if isinstance(error.code, int) else 0
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            _nowhere()
            return _complain(f"what there is to say cannot be written: {error.strerror}")
        if os.environ.get("MCP_LSP_DEBUG"):
            raise
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        at = f" ({os.path.basename(where.tb_frame.f_code.co_filename)}:{where.tb_lineno})" if where else ""
        said = f"internal failure, please report it: {type(error).__name__}: {error}{at}"
        return _complain(said + "; MCP_LSP_DEBUG=1 shows where")


def _prepare() -> None:
    """Streams that can be written to. What goes into a file or another program is UTF-8 with ``\\n`` on every system:
    patches, XML and fixed sources are broken otherwise."""
    if sys.stdout is None or sys.stderr is None:  # closed by whoever started this
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - until the end
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal without Unicode must not keep a finding from being shown.
            stream.reconfigure(errors="backslashreplace")
            if not stream.isatty():
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _nowhere() -> None:
    """Nothing more may be written, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: list[str]) -> int:
    arguments = parse(argv)
    if arguments.command == "check":
        from .checking import check

        return check(arguments)
    if arguments.command == "inspect":
        from .inspecting import inspect

        return inspect(arguments)
    if arguments.command in ("scan", "call"):
        from . import scanning

        return scanning.scan(arguments) if arguments.command == "scan" else scanning.call(arguments)
    if arguments.command == "inventory":
        from .inventory import inventory

        return inventory(arguments)
    if arguments.command == "approve":
        from .approving import approve

        return approve(arguments)
    if arguments.command == "doctor":
        from .doctor import doctor

        return doctor(arguments)
    if arguments.command == "advisories":
        from .advising import advise

        return advise(arguments)
    if arguments.command == "sbom":
        from .materials import sbom

        return sbom(arguments)
    if arguments.command == "opinions":
        from .opinions import opinions

        return opinions(arguments)
    if arguments.command == "rule":
        return _rule(arguments)
    # Loads half of the standard library; a check has no use for it.
    from mcp_lsp.lsp import serve

    if arguments.trace and not arguments.log_file:
        raise Wrong("--trace needs --log-file: standard output belongs to the editor")
    try:
        return serve(arguments.log_file, arguments.trace)
    except OSError as error:
        raise Wrong(f"--log-file {arguments.log_file}: {error.strerror}") from None


def _rule(arguments: argparse.Namespace) -> int:
    from mcp_lsp import explain, selectors
    from mcp_lsp.project.configuration import Configuration
    from mcp_lsp.settings import SettingsError
    from mcp_lsp_analyzers import registry

    if arguments.all == bool(arguments.rule):
        raise Wrong("say which rule, or --all")
    try:
        Configuration().at(os.getcwd())  # the settings may bring rules of other packages
    except SettingsError as error:
        raise Wrong(str(error)) from None
    if arguments.all:
        rules = list(registry.rules())
    else:
        wanted = registry.by_name().get(arguments.rule) or registry.by_name().get(arguments.rule.upper())
        if wanted is None:
            raise Wrong(f'there is no rule "{arguments.rule}"{selectors.suggestion(arguments.rule)}')
        rules = [wanted]
    if arguments.output_format == "json":
        from mcp_lsp.report import json

        print(json.rules(rules) if arguments.all else json.rule(rules[0]))
    elif arguments.output_format == "html":
        from mcp_lsp.report import rules_page

        try:
            print(rules_page.render(rules), end="")
        except ModuleNotFoundError:
            raise Wrong("--output-format html: needs markdown-it-py; pip install 'mcp-lsp[pages]' brings it") from None
    else:
        print("\n\n".join(explain.page(rule).strip() for rule in rules))
    return 0


def _complain(message: str) -> int:
    for line in message.split("\n"):
        print(f"mcp-lsp: {line}", file=sys.stderr)
    return WRONG
