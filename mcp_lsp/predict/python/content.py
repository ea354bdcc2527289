"""Content blocks of the protocol as types: mcp 1 makes output schemas of them as of any other model."""

from __future__ import annotations

from typing import Any

_NULL = {"type": "null"}
_META = {"anyOf": [{"type": "object", "additionalProperties": True}, _NULL], "default": None, "title": "Meta"}
_ROLES = {"type": "array", "items": {"enum": ["user", "assistant"], "type": "string"}}
_PRIORITY = {"type": "number", "minimum": 0.0, "maximum": 1.0}


def _text(title: str) -> dict[str, Any]:
    return {"type": "string", "title": title}


def _block(kind: str, name: str, description: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "title": name,
        "description": description,
        "additionalProperties": True,
        "properties": {
            "type": {"const": kind, "type": "string", "title": "Type"},
            **properties,
            "annotations": {"anyOf": [{"$ref": "#/$defs/Annotations"}, _NULL], "default": None},
            "_meta": _META,
        },
        "required": ["type", *properties],
    }


_DATA = {"data": _text("Data"), "mimeType": _text("Mimetype")}
BLOCKS: dict[str, dict[str, Any]] = {
    "TextContent": _block("text", "TextContent", "Text content for a message.", {"text": _text("Text")}),
    "ImageContent": _block("image", "ImageContent", "Image content for a message.", _DATA),
    "AudioContent": _block("audio", "AudioContent", "Audio content for a message.", _DATA),
}
"""As of mcp 1.30; those that carry resources grew with the releases and are not followed."""

ANNOTATIONS: dict[str, Any] = {
    "type": "object",
    "title": "Annotations",
    "additionalProperties": True,
    "properties": {
        "audience": {"anyOf": [_ROLES, _NULL], "default": None, "title": "Audience"},
        "priority": {"anyOf": [_PRIORITY, _NULL], "default": None, "title": "Priority"},
    },
}
