"""How a report can be asked for: one group of options for every command that makes one."""

from __future__ import annotations

import argparse
from typing import Any

from mcp_lsp.report import formats

FORMATS = (*formats.PRINTED, *formats.WRITTEN)


def output(parser: Any, *, text: bool) -> Any:
    """The group "output", with what all reports have; more may be added to it. ``text``: whether the format is called
    "text" where none is asked for (which is full)."""
    forms = ("text", *FORMATS) if text else FORMATS
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output-format",
        choices=forms,
        default=forms[0],
        metavar="FORMAT",
        help=f"{', '.join(forms)} (default: {'text, which is full' if text else forms[0]})",
    )
    group.add_argument("--output-file", metavar="FILE", help="write the report there instead of to standard output")
    group.add_argument(
        "--report",
        action="append",
        type=_report,
        default=[],
        metavar="FORMAT=FILE",
        help="write another report besides, such as html=report.html; may be given several times",
    )
    group.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", metavar="WHEN", help="auto, always or never"
    )
    group.add_argument("-q", "--quiet", action="store_true", help="findings only, no summary")
    return group


def _report(text: str) -> tuple[str, str]:
    form, _, file = text.partition("=")
    if form not in formats.WRITTEN or not file:
        raise argparse.ArgumentTypeError(
            f'"{text}" is not FORMAT=FILE, such as html=report.html; the formats are {", ".join(formats.WRITTEN)}'
        )
    return form, file
