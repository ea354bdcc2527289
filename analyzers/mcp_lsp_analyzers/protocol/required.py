"""Arguments that a schema asks for and does not describe."""

from __future__ import annotations

from collections.abc import Iterator

from ..code import Dict, Items, Str, Unit
from ..fix import Edit, Edits, Fix
from ..passage import Passage
from ..place import Span
from ..rule import Example, Finding, Severity, rule
from ..testing import named_as_test
from .schemas import schemas


@rule(
    "MCP150",
    severity=Severity.WARNING,
    references=("CWE-573",),
    words=("required",),
    bad="""
    from mcp.server import Server
    from mcp.types import Tool

    server = Server("notes")


    @server.list_tools()
    async def list_tools() -> list[Tool]:
        return [
            Tool(
                name="read_note",
                description="Read a note.",
                inputSchema={
                    "type": "object",
                    "properties": {"note_id": {"type": "string", "description": "Its id"}},
                    "required": ["noteid"],
    #                            ^^^^^^^^ `noteid` is required, and there is no property of that name
                },
            )
        ]
    """,
    good="""
    from mcp.server import Server
    from mcp.types import Tool

    server = Server("notes")


    @server.list_tools()
    async def list_tools() -> list[Tool]:
        return [
            Tool(
                name="read_note",
                description="Read a note.",
                inputSchema={
                    "type": "object",
                    "properties": {"note_id": {"type": "string", "description": "Its id"}},
                    "required": ["note_id"],
                },
            )
        ]
    """,
    typescript=Example(
        bad="""
        const tool = {
          name: "read_note",
          description: "Read a note.",
          inputSchema: { type: "object", properties: { noteId: { type: "string" } }, required: ["noteId", "folder"] },
          //                                                                                              ^^^^^^^^ …
        };
        """,
        good="""
        const tool = {
          name: "read_note",
          description: "Read a note.",
          inputSchema: { type: "object", properties: { noteId: { type: "string" } }, required: ["noteId"] },
        };
        """,
    ),
)
def required_without_property(passage: Passage) -> Iterator[Finding]:
    """A schema requires an argument that it does not describe.

    It is valid JSON Schema, and nearly always a name that was changed in one of two places. The model has to make
    something up for an argument it knows nothing of, a call without it is refused, and Gemini's API and the strict mode
    of OpenAI's refuse the whole tool.

    Describe the property, or leave it out of `required`.
    """
    if not passage.about.mcp or named_as_test(passage.about.uri):
        return
    for schema, unit, _ in schemas(passage):
        yield from _in(passage, schema, unit)


def _in(passage: Passage, schema: Dict, unit: Unit) -> Iterator[Finding]:
    properties, required = schema.get("properties"), schema.get("required")
    if not isinstance(properties, Dict):
        return
    known = {pair.key.value for pair in properties.pairs if isinstance(pair.key, Str)}
    whole = len(known) == len(properties.pairs) and all(pair.key is not None for pair in schema.pairs)
    if whole and isinstance(required, Items) and schema.get("patternProperties") is None:
        for name in required.items:
            if isinstance(name, Str) and name.value not in known:
                said = f"`{name.value[:40]}` is required, and there is no property of that name"
                fix = _fix(passage, unit, name, required, known)
                yield Finding(passage.at(unit, name), said, fix=fix, detail=name.value)
    for pair in properties.pairs:
        if isinstance(pair.value, Dict):
            yield from _in(passage, pair.value, unit)


def _fix(passage: Passage, unit: Unit, name: Str, required: Items, known: set[str]) -> Fix:
    """The property that is most like it and not required yet; where there is none, it goes."""
    import difflib  # as slow to load as all of this file, and rarely needed

    asked = {item.value for item in required.items if isinstance(item, Str)}
    plain = {one.replace("_", "").replace("-", "").lower(): one for one in sorted(known - asked)}
    near = difflib.get_close_matches(name.value.replace("_", "").replace("-", "").lower(), plain, 1, 0.75)
    if near:
        inner = passage.place(unit, name.start + 1, name.end - 1)
        return Fix(f"Require `{plain[near[0]]}`", Edits((Edit(inner, plain[near[0]]),)))
    i = required.items.index(name)
    start = required.items[i - 1].end if i else name.start
    end = name.end if i or len(required.items) == 1 else required.items[1].start
    span = Span(start, end)
    return Fix(f"Do not require `{name.value[:30]}`", Edits((Edit(passage.place(unit, span.start, span.end), ""),)))
