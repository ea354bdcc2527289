"""Policies that a server makes for itself and that do not hold: masking by name, open lists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..code import Assign, Call, Compare, Expr, Function, If, Items, Name, Str
from ..identifier import words
from ..passage import Passage
from ..rule import Example, Finding, Severity, rule
from ..walk import Site, sites
from .values import holder, name_of, operands


@rule(
    "MCP418",
    severity=Severity.WARNING,
    references=("CWE-200", "CWE-184", "MCP10:2025", "LLM02:2025", "LLM02:2026", "CoSAI MCP-T5"),
    words=("secret",),
    bad='''
    import subprocess


    @mcp.tool()
    def show(resource: str) -> str:
        """Show a resource of the cluster."""
        shown = subprocess.check_output(["kubectl", "get", "-o", "yaml", "--", resource], text=True)
        must_mask = resource == "secret" or resource == "secrets"
        #           ^^^^^^^^^^^^^^^^^^^^ other spellings of `resource` are not masked
        return "***" if must_mask else shown
    ''',
    good='''
    import json
    import subprocess


    @mcp.tool()
    def show(resource: str) -> str:
        """Show a resource of the cluster."""
        shown = json.loads(subprocess.check_output(["kubectl", "get", "-o", "json", "--", resource]))
        must_mask = shown["kind"] == "Secret"
        return "***" if must_mask else json.dumps(shown)
    ''',
    typescript=Example(
        bad="""
        export function shown(resourceType: string, text: string) {
          const maskSecrets = resourceType === "secret" || resourceType === "secrets";
          //                  ^^^^^^^^^^^^^^^^^^^^^^^^^ other spellings of `resourceType` are not masked
          return maskSecrets ? "***" : text;
        }
        """,
        good="""
        export function shown(answer: { kind: string; text: string }) {
          const maskSecrets = answer.kind === "Secret";
          return maskSecrets ? "***" : answer.text;
        }
        """,
    ),
)
def masking_by_exact_name(passage: Passage) -> Iterator[Finding]:
    """Whether an answer is masked depends on the exact spelling of what was asked for.

    The program that is asked takes more spellings than the comparison knows (`secret/name`, `secrets.v1.`,
    `secret,configmap` for kubectl): what should be masked is shown.

    Decide by what came back, not by what was asked for; or take only names from a fixed list.
    """
    for site in passage.of(Assign, If):
        node = site.node
        if site.function is not None and _masks(site.function.name):
            continue  # it looks at what came back
        if isinstance(node, Assign):
            if node.value is None or not _masks(name_of(node.target)):
                continue
            test: Expr = node.value
        else:
            assert isinstance(node, If)
            test = node.test
            if not any(_compared(test)) or not any(_masks(name_of(call.callee)) for call in _direct(node, site)):
                continue
        compared = [c for c in _compared(test) if isinstance(c.left, Name) and _chosen(c.left.id, site.function)]
        if compared:
            left = compared[0].left
            yield Finding(
                passage.at(site.unit, compared[0]),
                f"other spellings of `{name_of(left)}` are not masked",
                detail=name_of(left),
            )


def _direct(node: If, site: Site) -> Iterator[Call]:
    for inner in sites(node.then, site.unit, site.function, functions=False, kinds=(Call,)):
        assert isinstance(inner.node, Call)
        yield inner.node


def _masks(name: str) -> bool:
    return not {"mask", "redact", "censor", "scrub"}.isdisjoint(words(name))


def _compared(test: Expr) -> Iterator[Compare]:
    """Comparisons with a secret's kind, on any side of and/or."""
    for part in operands(test):
        if isinstance(part, Compare) and part.op in ("==", "in"):
            right = part.right
            texts = [right] if isinstance(right, Str) else right.items if isinstance(right, Items) else []
            if any(isinstance(text, Str) and "secret" in text.value.lower() for text in texts):
                yield part


def _chosen(name: str, function: Function | None) -> bool:
    """Whether a name is a parameter, or made of one: chosen by whoever calls."""
    from .values import origins, parameter

    if function is None:
        return False
    if parameter(name, function) is not None:
        return True
    for origin in origins(Name(0, 0, name), function):
        for site in sites(origin, function.unit, function):
            if isinstance(site.node, Name) and parameter(site.node.id, function) is not None:
                return True
    return False


@rule(
    "MCP419",
    severity=Severity.WARNING,
    references=("CWE-184", "CWE-200", "MCP02:2025", "MCP05:2025", "LLM06:2025", "LLM03:2026", "ASI02:2026"),
    words=("allow", "safe", "permit", "read", "white", "valid"),
    bad='''
    import subprocess


    @mcp.tool()
    def kubectl(arguments: list[str]) -> str:
        """Run a kubectl command that only reads."""
        allowed = ["get", "describe", "logs", "config"]
        #                                     ^^^^^^^^ `kubectl config` gives out credentials or runs programs
        if arguments[0] not in allowed:
            raise ValueError("not allowed")
        return subprocess.check_output(["kubectl", arguments[0], "--", *arguments[1:]], text=True)
    ''',
    good='''
    import subprocess


    @mcp.tool()
    def kubectl(arguments: list[str]) -> str:
        """Run a kubectl command that only reads."""
        allowed = ["get", "describe", "logs"]
        if arguments[0] not in allowed:
            raise ValueError("not allowed")
        return subprocess.check_output(["kubectl", arguments[0], "--", *arguments[1:]], text=True)
    ''',
    typescript=Example(
        bad="""
        const allowedCommands = ["status", "log", "diff", "config"];
        //                                                ^^^^^^^^ `git config` gives out credentials or runs programs

        export function mayRun(command: string[]) {
          return command[0] === "git" && allowedCommands.includes(command[1]);
        }
        """,
        good="""
        const allowedCommands = ["status", "log", "diff"];

        export function mayRun(command: string[]) {
          return command[0] === "git" && allowedCommands.includes(command[1]);
        }
        """,
    ),
)
def allowed_command_gives_secrets(passage: Passage) -> Iterator[Finding]:
    """A list of harmless subcommands holds one that is not.

    `kubectl config view --raw` prints every credential of the user, `kubectl create token` makes one, `git config` sets
    programs to run, `docker exec` and `docker run` are a shell. In a list of commands that "only read", they give a
    model what it must not have.

    Leave them out, or allow single forms with all their options (`config current-context`).
    """
    for site in passage.of(Items):
        node = site.node
        assert isinstance(node, Items)
        texts = {item.value: item for item in node.items if isinstance(item, Str)}
        if len(texts) < 3 or len(texts) != len(node.items):
            continue
        for program, (usual, risky) in _PROGRAMS.items():
            named = program in passage.unit.key
            if len(usual & texts.keys()) < (2 if named else 3) or not _allows(passage, site):
                continue
            for word in sorted(risky & texts.keys(), key=lambda w: texts[w].start):
                yield Finding(
                    passage.at(site.unit, texts[word]),
                    f"`{program} {word}` gives out credentials or runs programs",
                    detail=f"{program} {word}",
                )


_PROGRAMS = {
    "kubectl": (
        {"get", "describe", "logs", "top", "explain", "version", "api-resources"},
        {"config", "auth", "exec", "cp", "proxy", "attach", "debug", "run", "create", "port-forward", "edit"},
    ),
    "git": ({"status", "log", "diff", "show", "branch", "blame"}, {"config", "daemon", "filter-branch", "bisect"}),
    "docker": ({"ps", "images", "inspect", "logs", "stats", "version"}, {"exec", "run", "cp", "login", "context"}),
    "helm": ({"list", "status", "history", "version", "search"}, {"plugin", "install", "upgrade"}),
    "gcloud": ({"compute", "projects", "container", "info"}, {"auth", "config", "iam"}),
}


def _allows(passage: Passage, site: Site) -> bool:
    """Whether a list is what is let through, by the name of what holds it."""
    return re.search(r"allow|safe|permit|read|white|valid", holder(passage, site), re.IGNORECASE) is not None
