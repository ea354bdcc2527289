"""Defaults that do harm: what a tool does when the model says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Parameter
from ..pattern import pattern
from ..rule import Example, Finding, Severity, rule

# Nobody's working folder, somebody's secrets, and text that a shell takes for more than a word.
_HARMFUL = (
    (pattern(r"(?:^|[/\\])\.\.[/\\]"), "leads out of its folder"),
    (pattern(r"^(?:/etc/(?:passwd|shadow|sudoers)|/root(?:/|$)|/proc/)|[/\\]?\.(?:ssh|aws|gnupg)(?:[/\\]|$)|id_(?:rsa|ed25519)\b"
             r"|(?:^|[/\\])\.env$"), "is a place where secrets are kept"),
    (pattern(r"[;&|]\s*(?:rm|curl|wget|nc|bash|sh|python\d?|powershell|chmod|cat)\b|\$\([^)]*\)|\|\s*(?:ba)?sh\b|^rm\s+-"),
     "holds a command"),
)  # fmt: skip
_RIGHTS = frozenset(
    ("role", "roles", "user_role", "permission", "permissions", "scope", "scopes", "access", "access_level")
)
_ALL_RIGHTS = frozenset(("admin", "administrator", "root", "superuser", "*", "full_access"))


@rule(
    "MCP251",
    severity=Severity.WARNING,
    references=("CWE-73", "CWE-78", "CWE-250", "MCP02:2025", "MCP03:2025", "LLM06:2025", "LLM03:2026", "SAFE-T1501",
                "CoSAI MCP-T3", "MCTS-T-1001.002"),
    bad='''
    @mcp.tool()
    def read(path: str = "../../../etc/passwd") -> str:
    #                     ^^^^^^^^^^^^^^^^^^^ without an argument, `path` leads out of its folder
        """A file of the workspace. `path` is relative to it."""
        return path
    ''',
    good='''
    @mcp.tool()
    def read(path: str = "README.md", folder: str = "./notes", role: str = "viewer") -> str:
        """A file of the workspace. `path` is relative to `folder`; `role` is the reader's."""
        return path + folder + role
    ''',
    typescript=Example(
        bad="""
        server.registerTool(
          "invite",
          { description: "Invite.", inputSchema: { role: z.string().default("admin") } },
          //                                                                 ^^^^^ without an argument, `role` gives …
          async () => ({ content: [] }),
        );
        """,
        good="""
        server.registerTool(
          "invite",
          { description: "Invite.", inputSchema: { role: z.string().default("guest") } },
          async () => ({ content: [] }),
        );
        """,
    ),
)  # fmt: skip
def harmful_default(parameter: Parameter) -> Iterator[Finding]:
    """A parameter's default does harm.

    A model leaves out what it may leave out, and clients fill in the default without showing it. A default that leads
    to somebody's keys, runs a command or gives all rights is used by every call that says nothing.

    Default to the least, or make the parameter required.
    """
    for text in parameter.texts:
        if text.role != "default value" or not text.value:
            continue
        # Of a field within the argument, its own name says what it is: the database of a role may be called "admin".
        of = text.place.pointer.split("/")[-2:-1] or [parameter.name]
        if of[0].lower() in _RIGHTS and text.value.lower() in _ALL_RIGHTS:
            place = text.at(0, len(text.value))
            yield Finding(place, f"without an argument, `{parameter.name}` gives all rights")
            continue
        for expression, what in _HARMFUL:
            if expression.search(text.value):
                yield Finding(text.at(0, len(text.value)), f"without an argument, `{parameter.name}` {what}")
                break
