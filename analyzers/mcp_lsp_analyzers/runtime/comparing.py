"""What a running server lists, beside what its source says it will list, and beside what clients accept."""

from __future__ import annotations

from collections.abc import Iterator

from ..live import Difference, Served
from ..rule import FileExample, Finding, Severity, rule

_RECORD = "notes.mcp-session.jsonl"
_WORDS = {"tool": "tool", "prompt": "prompt", "resource": "resource", "resourceTemplate": "resource template"}


@rule(
    "MCP812",
    severity=Severity.INFORMATION,
    references=("MCTS-T-1031", "CWE-439"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"expected": {"prompts": [], "whole": true}}
            {"received": {"result": {"prompts": [{"name": "run"}]}}}
            //                                             ^^^ the prompt `run` is served, …
            """,
            good="""
            {"expected": {"prompts": [{"name": "add"}], "whole": true}}
            {"received": {"result": {"prompts": [{"name": "add"}]}}}
            """,
        ),
    ),
)  # fmt: skip
def served_but_not_in_source(served: Served) -> Iterator[Finding]:
    """A running server offers a tool or prompt that its source does not declare.

    All that the source declares is known here, and this is not among it, nor does its name stand anywhere: it comes
    from a plugin, a package, a file read when the server starts, or another server behind this one. Whoever reviews the
    source does not see it.

    Where that is meant, say in the documentation where tools come from, and scan the running server in CI.
    """
    if served.kind in ("tool", "prompt") and served.entry is not None and served.expected is None and served.sure:
        yield Finding(
            served.place, f"the {_WORDS[served.kind]} `{served.name}` is served, and nothing in the source declares it"
        )


@rule(
    "MCP813",
    severity=Severity.INFORMATION,
    references=("CWE-684",),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"expected": {"prompts": [{"name": "add"}]}}
            //^^^^^^^^ the prompt `add` stands in the source, and the running server does not list it
            {"received": {"result": {"prompts": []}}}
            """,
            good="""
            {"expected": {"prompts": [{"name": "add"}]}}
            {"received": {"result": {"prompts": [{"name": "add"}]}}}
            """,
        ),
    ),
)
def in_source_but_not_served(served: Served) -> Iterator[Finding]:
    """A running server does not list something that its source declares.

    It is registered under a condition (a flag, a variable of the environment, a capability of the client), on another
    server, after the list was made, or not at all: a module that nobody imports registers nothing.

    Where it should be there, see to it that the module is imported and that it is registered before the server runs.
    """
    if served.entry is None and served.expected is not None:
        yield Finding(
            served.place,
            f"the {_WORDS[served.kind]} `{served.name}` stands in the source, and the running server does not list it",
        )


@rule(
    "MCP814",
    severity=Severity.INFORMATION,
    references=("CWE-439", "MCTS-T-1040"),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"expected": {"prompts": [{"name": "add", "description": "Adds."}]}}
            {"received": {"result": {"prompts": [{"name": "add", "description": "Adds more."}]}}}
            //                                             ^^^ …: description is "Adds more.", not "Adds."
            """,
            good="""
            {"expected": {"prompts": [{"name": "add", "title": "Add"}]}}
            {"received": {"result": {"prompts": [{"name": "add", "title": "Add"}]}}}
            """,
        ),
    ),
)  # fmt: skip
def served_otherwise(served: Served) -> Iterator[Finding]:
    """A running server describes something otherwise than its source says.

    What a review of the source shows is not what models are told: something changes the definition on the way (a
    wrapper, a middleware, another version of the SDK than the project names, code that was installed and is older).

    Find what changes it. Where the installed version of the SDK is another than the project asks for, install that.
    """
    if served.differences:
        first = served.differences[0]
        more = f" (and {len(served.differences) - 1} more)" if len(served.differences) > 1 else ""
        said = f"`{served.name}` is served otherwise than the source says: {_said(first)}{more}"
        yield Finding(served.place, said)


def _said(difference: Difference) -> str:
    what = difference.pointer.lstrip("/").replace("/", ".") or "it"
    if difference.served is None:
        return f"{what} is missing"
    if difference.expected is None:
        return f"{what} is there"
    return f"{what} is {_short(difference.served)}, not {_short(difference.expected)}"


def _short(value: object) -> str:
    text = f'"{" ".join(value.split())}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 50 else text[:49] + "…"


@rule(
    "MCP815",
    severity=Severity.ERROR,
    references=("CWE-573",),
    files=(
        FileExample(
            _RECORD,
            bad="""
            {"received": {"result": {"tools": [{"name": "add", "inputSchema": {"required": null}}]}}}
            //                                           ^^^ …of `add`: its inputSchema has no type
            """,
            good="""
            {"received": {"result": {"tools": [
              {"name": "add", "description": "Adds.", "inputSchema": {"type": "object"}}
            ]}}}
            """,
        ),
    ),
)  # fmt: skip
def refused_entry(served: Served) -> Iterator[Finding]:
    """A running server lists something for which clients refuse the whole list.

    Clients built on the SDKs check the answer as a whole: a schema without `type: "object"`, a `required` that is
    `null`, a description that is no string, and none of the server's tools is there for the model.

    Write the schema as `{"type": "object", "properties": {…}}`, and leave out what has no value.
    """
    if served.entry is None:
        return
    wrong = next(_wrong(served), None)
    if wrong is not None:
        yield Finding(served.place, f"clients refuse the whole list because of `{served.name}`: {wrong}")


def _wrong(served: Served) -> Iterator[str]:
    """What the types of the protocol do not admit, as far as the SDKs' clients look (mcp 2, TypeScript 1 and 2)."""
    entry = served.entry or {}
    for key in ("name", "title", "description", "uri", "uriTemplate", "mimeType"):
        if key in entry and not isinstance(entry[key], str):
            if not (entry[key] is None and key != "name"):
                yield f"its {key} is no string"
            elif key in ("description", "title", "mimeType"):
                yield f"its {key} is null"
    if served.kind == "tool":
        schema = entry.get("inputSchema")
        if not isinstance(schema, dict):
            yield "it has no inputSchema"
        for key in ("inputSchema", "outputSchema"):
            schema = entry.get(key)
            if not isinstance(schema, dict):
                continue
            if key == "inputSchema" and "type" not in schema:
                yield f"its {key} has no type"
            elif key == "inputSchema" and schema.get("type") != "object":
                yield f"its {key} is no object"
            if "properties" in schema and not isinstance(schema["properties"], dict):
                yield f"the properties of its {key} are no object"
            if "required" in schema and not isinstance(schema["required"], list):
                yield f"the `required` of its {key} is no list"
    elif served.kind in ("resource", "resourceTemplate") and not isinstance(entry.get("name"), str):
        yield "it has no name"
