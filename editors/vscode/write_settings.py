"""Writes the server's settings into `package.json`, from `mcp_lsp/settings.py`: `python editors/vscode/write_settings.py`.

Every setting of the project file can be set in the editor under the same name. None has a default here (`null`): what
is not set in the editor is left to the project file, and to the server's own defaults behind it.
"""

import json
import sys
from pathlib import Path

MANIFEST = Path(__file__).parent / "package.json"

TEXTS = {"type": "array", "items": {"type": "string"}}
KINDS = {
    "selectors": TEXTS,
    "patterns": TEXTS,
    "selectors by pattern": {"type": "object", "additionalProperties": TEXTS},
    "severity by selector": {
        "type": "object",
        "additionalProperties": {"type": "string", "enum": ["error", "warning", "information", "hint"]},
    },
    "bytes": {"type": "integer", "minimum": 1},
    "switch": {"type": "boolean"},
    "sinks": {"type": "object", "additionalProperties": {"type": "string"}},
    "kinds by name": {"type": "object", "additionalProperties": TEXTS},
    "names": TEXTS,
    "plugins": TEXTS,
    "sensitivity": {"type": "string", "enum": ["strict", "moderate", "loose"]},
    "profiles": {
        "type": "array",
        "items": {"type": "string", "enum": ["anthropic-directory", "openai", "vscode", "gemini"]},
    },
}


def properties() -> dict[str, object]:
    """The settings of `mcp_lsp/settings.py` as VS Code wants them declared."""
    from mcp_lsp import settings

    declared = {}
    for name, field in settings.names().items():
        kind = dict(KINDS[field.metadata["kind"]])
        about = f"{field.metadata['about']} In `mcp-lsp.toml`: `{field.metadata['example']}`"
        declared[f"mcp-lsp.{name}"] = {
            **kind,
            "type": [kind["type"], "null"],
            "default": None,
            "scope": "resource",
            "markdownDescription": about,
        }
    return declared


def written() -> dict[str, object]:
    """The manifest as it should be."""
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    _finding, checking = manifest["contributes"]["configuration"]
    checking["properties"] = properties()
    return manifest


if __name__ == "__main__":
    sys.path.insert(0, str(MANIFEST.parent.parent.parent))
    sys.path.insert(1, str(MANIFEST.parent.parent.parent / "analyzers"))
    MANIFEST.write_text(json.dumps(written(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
