"""The settings as a page and as a JSON schema, both from the fields of `Settings`, so that they cannot disagree.

``python -m mcp_lsp.cli.documentation --write`` writes ``docs/settings.md`` and ``docs/settings.schema.json`` anew.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from mcp_lsp import setting_values, settings
from mcp_lsp_analyzers.registry import ROOMS
from mcp_lsp_analyzers.rule import Severity
from mcp_lsp_analyzers.taught import GROUPS

_SELECTOR = {"type": "string", "pattern": r"^(ALL|MCP[0-9]*|[a-z][a-z0-9_-]*)$"}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "selectors": {"type": "array", "items": _SELECTOR},
    "patterns": {"type": "array", "items": {"type": "string"}},
    "selectors by pattern": {"type": "object", "additionalProperties": {"type": "array", "items": _SELECTOR}},
    "severity by selector": {
        "type": "object",
        "propertyNames": {"pattern": _SELECTOR["pattern"]},
        "additionalProperties": {"enum": [severity.value for severity in Severity]},
    },
    "bytes": {"type": "integer", "minimum": 1},
    "switch": {"type": "boolean"},
    "sinks": {"type": "object", "additionalProperties": {"type": "string"}},
    "kinds by name": {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"enum": list(GROUPS)}},
    },
    "names": {"type": "array", "items": {"type": "string"}},
    "plugins": {"type": "array", "items": {"type": "string"}},
    "sensitivity": {"enum": list(setting_values.SENSITIVITIES)},
    "profiles": {"type": "array", "items": {"enum": list(setting_values.PROFILES)}},
}


def schema() -> dict[str, Any]:
    """A JSON schema of ``mcp-lsp.toml``, for editors that complete and check TOML by one."""
    properties = {}
    for name, setting in settings.names().items():
        properties[name] = {
            "description": setting.metadata["about"].replace("`", ""),
            "default": _plain(settings.default(setting)),
            **_SCHEMAS[setting.metadata["kind"]],
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mcp-lsp.toml, and [tool.mcp-lsp] in pyproject.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def page() -> str:
    lines = [
        "# Settings",
        "",
        "<!-- Written by `python -m mcp_lsp.cli.documentation --write` from `mcp_lsp/settings.py`. -->",
        "",
        "They stand in `[tool.mcp-lsp]` of `pyproject.toml`, or without that header in `mcp-lsp.toml`, which wins",
        "where both are there. Each file is checked with the settings of the nearest folder upward that has any.",
        "`mcp-lsp check` takes `--select`, `--extend-select` and `--ignore`, which go before the settings,",
        "`--config FILE` and `--isolated`. `docs/settings.schema.json` describes the same for editors.",
        "",
        "Rules are named by id, by name, by the beginning of their ids, by room, or all together by `ALL`. The rooms:",
        f"{', '.join(f'`{room}`'.replace('_', '-') for room in ROOMS)}.",
        "",
        "| setting | default | what it does |",
        "|---|---|---|",
    ]
    for name, setting in settings.names().items():
        lines.append(f"| `{name}` | {_cell(settings.default(setting))} | {setting.metadata['about']} |")
    lines += ["", "```toml", "[tool.mcp-lsp]", *(s.metadata["example"] for s in settings.names().values()), "```", ""]
    return "\n".join(lines)


def files(root: str) -> dict[str, str]:
    """What is generated, by path."""
    return {
        os.path.join(root, "docs", "settings.md"): page(),
        os.path.join(root, "docs", "settings.schema.json"): json.dumps(schema(), indent=2) + "\n",
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value == settings.DEFAULT_EXCLUDE:
        return "the usual folders: " + ", ".join(f"`{name}`" for name in value)
    if isinstance(value, tuple):
        return f"`{json.dumps(list(value))}`"
    return "`{}`" if value == {} else f"`{value}`"


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        raise SystemExit("usage: python -m mcp_lsp.cli.documentation --write")
    here = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for path, text in files(here).items():
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
