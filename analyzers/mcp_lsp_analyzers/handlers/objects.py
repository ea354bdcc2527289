"""Objects made of bytes or text that a tool argument brings."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix import Fix, Replace
from ..flow import Handler
from ..rule import Example, Finding, Severity, rule
from . import judging
from .telling import Case, cases, finding


@rule(
    "MCP308",
    severity=Severity.ERROR,
    references=(
        "CWE-502", "MCP05:2025", "LLM05:2025", "LLM10:2026", "ASI05:2026", "SAFE-T1305", "CoSAI MCP-T3", "MCTS-T-1003",
    ),
    bad='''
    import base64
    import pickle

    import yaml


    @mcp.tool()
    def restore(state: str) -> str:
        """Restore a state."""
        return str(pickle.loads(base64.b64decode(state)))
        #                       ^^^^^^^^^^^^^^^^^^^^^^^ objects are made from `state` by `pickle.loads`


    @mcp.tool()
    def settings(text: str) -> str:
        """Read settings."""
        return str(yaml.load(text, Loader=yaml.UnsafeLoader))
        #                    ^^^^ objects are made from `text` by `yaml.load`
    ''',
    good='''
    import json

    import yaml


    @mcp.tool()
    def restore(state: str) -> str:
        """Restore a state."""
        return str(json.loads(state))


    @mcp.tool()
    def settings(text: str) -> str:
        """Read settings."""
        return str(yaml.load(text, Loader=yaml.SafeLoader))
    ''',
    typescript=Example(
        bad='''
        import serialize from "node-serialize";
        import { z } from "zod";

        const shape = { state: z.string() };

        server.registerTool("restore", { description: "Restore.", inputSchema: shape }, async ({ state }) => {
          const value = serialize.unserialize(state);
          //                                  ^^^^^ objects are made from `state` by `node-serialize.unserialize`
          return { content: [{ type: "text", text: String(value) }] };
        });
        ''',
        good='''
        import { z } from "zod";

        const shape = { state: z.string() };

        server.registerTool("restore", { description: "Restore.", inputSchema: shape }, async ({ state }) => {
          const value = JSON.parse(state);
          return { content: [{ type: "text", text: String(value) }] };
        });
        ''',
    ),
)  # fmt: skip
def objects_from_argument(handler: Handler) -> Iterator[Finding]:
    """A tool argument is deserialised into any object.

    Pickle and its kin run whatever the bytes say while they are read; so does YAML without a safe loader. Reading is
    enough: no check afterwards helps.

    Use a format that holds data only: `json.loads`, `yaml.safe_load`.
    """
    for case in cases(handler, ("deserialise",), judging.deserialise):
        names = ", ".join(f"`{name}`" for name in case.names[:3])
        yield finding(case, f"objects are made from {names} by `{case.flow.sink.call}`", None, _fix(case))


def _fix(case: Case) -> Fix | None:
    sink = case.flow.sink
    if sink.call in ("yaml.load", "yaml.unsafe_load", "yaml.full_load"):
        return Fix("Use the safe loader", Replace(sink.callee_place, "yaml.safe_load", "yaml", ("Loader", "1")))
    return None
