"""What a project decides for itself: ``[tool.mcp-lsp]`` of ``pyproject.toml``, ``mcp-lsp.toml``, or an editor.

Validated by hand, because a headless run has no time to load a validation library and its messages would not name the
nearest right word. The documentation and the JSON schema are generated from the fields of `Settings`.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.record import MISSING, NamedTuple, dataclass, field, fields, replace
from mcp_lsp_analyzers.rule import Rule, Severity

from . import selectors, toml, uri
from .patterns import Patterns
from .setting_values import CHECKS, Problem, shown

if TYPE_CHECKING:
    from mcp_lsp_analyzers.metadata.custom import Matcher
    from mcp_lsp_analyzers.taught import Taught

DEFAULT_EXCLUDE = (
    "node_modules", "bower_components", "site-packages", ".venv", "venv", ".tox", ".nox", ".eggs", "__pypackages__",
    ".git", ".hg", ".svn", ".jj", "__pycache__", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis",
    ".ipynb_checkpoints", ".next", ".nuxt", ".svelte-kit", ".turbo", ".yarn", ".pnpm-store", ".vercel", ".wrangler",
    ".nyc_output", ".parcel-cache", ".direnv",
)  # fmt: skip


class SettingsError(ValueError):
    """Settings that cannot be meant. One line per problem, each naming file, key and value."""


def _setting(kind: str, default: Any, about: str, example: str) -> Any:
    """A field that a project may set. ``kind`` is one of `CHECKS`; ``about`` and ``example`` are documentation."""
    metadata = {"kind": kind, "about": about, "example": example}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=metadata)
    return field(default=default, metadata=metadata)


class Selection(NamedTuple):
    """What the command line says on top of the settings. ``select`` is ``None`` where it does not replace theirs."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Field ``max_file_size`` is the setting ``max-file-size``, and so on."""

    select: tuple[str, ...] = _setting(
        "selectors",
        ("ALL",),
        "Rules to run. A rule is named by its id (`MCP301`) or name, or with others by the beginning of its id "
        "(`MCP3`), by its room (`handlers`), or by `ALL`. Opinions are named by their id or name only. The more exact "
        "word wins over the broader one.",
        'select = ["handlers", "MCP204"]',
    )
    extend_select: tuple[str, ...] = _setting(
        "selectors", (), "Rules to run besides those of `select`.", 'extend-select = ["tool-without-hints"]'
    )
    profile: tuple[str, ...] = _setting(
        "profiles",
        (),
        "Directories and clients that the server is for (`anthropic-directory`, `openai`, `vscode`, `gemini`): what "
        "each of them asks of tools beyond the protocol is looked at as well.",
        'profile = ["anthropic-directory", "gemini"]',
    )
    ignore: tuple[str, ...] = _setting(
        "selectors",
        (),
        "Rules not to run, unless `select` names them more exactly.",
        'ignore = ["parameter-without-description"]',
    )
    per_file_ignores: Mapping[str, tuple[str, ...]] = _setting(
        "selectors by pattern",
        {},
        "Rules not to run on files that match a pattern. Patterns are written as in `.gitignore` and are relative to "
        "the folder of the settings file.",
        'per-file-ignores = { "tests/" = ["ALL"], "*.test.ts" = ["MCP3"] }',
    )
    severity: Mapping[str, str] = _setting(
        "severity by selector",
        {},
        "How bad a rule's findings are here: `error`, `warning`, `information` or `hint`.",
        'severity = { MCP204 = "error", readiness = "hint" }',
    )
    exclude: tuple[str, ...] = _setting(
        "patterns",
        DEFAULT_EXCLUDE,
        "Files and folders that are not looked at, written as in `.gitignore`. A path given on the command line is "
        "always looked at. Setting this replaces the list of usual folders; `extend-exclude` adds to it.",
        'exclude = ["node_modules", "vendor"]',
    )
    extend_exclude: tuple[str, ...] = _setting(
        "patterns",
        (),
        "Files and folders that are not looked at besides those of `exclude`.",
        'extend-exclude = ["fixtures/"]',
    )
    respect_gitignore: bool = _setting(
        "switch",
        True,
        "Whether files that `.gitignore` names are left out (in a git working copy).",
        "respect-gitignore = false",
    )
    max_file_size: int = _setting(
        "bytes",
        5_000_000,
        "Files with more bytes are not analysed, and are reported as such.",
        "max-file-size = 1_000_000",
    )
    sinks: Mapping[str, str] = _setting(
        "sinks",
        {},
        "Dangerous functions of the project, by qualified name (`package.module.Class.function`, or its end): a kind "
        "and the positions that matter. `0` is the first argument, `0|name` the same by number or name, `1+` every one "
        "from there on, `self` what a method is called on.",
        'sinks = { "acme.shell.run_line" = "shell 0", "Warehouse.raw" = "sql 0|statement" }',
    )
    sanitizers: Mapping[str, tuple[str, ...]] = _setting(
        "kinds by name",
        {},
        "Functions of the project that make a value safe, or raise where it is not, and for which kinds of position: "
        "`command`, `path`, `url`, `sql`, … or `all`.",
        'sanitizers = { "acme.paths.inside_root" = ["path"] }',
    )
    sources: tuple[str, ...] = _setting(
        "names",
        (),
        "Functions of the project whose result is chosen by whoever speaks to the model, as arguments of tools are.",
        'sources = ["acme.inbox.next_message"]',
    )
    drift_sensitivity: str = _setting(
        "sensitivity",
        "moderate",
        "How differences from what `mcp-lsp approve` recorded are judged: `strict` (everything but formatting), "
        "`moderate` (what a client or a model would notice) or `loose` (only what lets a server do more).",
        'drift-sensitivity = "strict"',
    )
    command: tuple[str, ...] = _setting(
        "names",
        (),
        "The words of the command that starts the server, for `mcp-lsp scan` and `call`; it runs in the folder of the "
        "settings file. It is shown, and started only where you agree.",
        'command = ["python", "-m", "shop.server"]',
    )
    scan_on_save: bool = _setting(
        "switch",
        False,
        "Whether the editor scans the running server after each save. It is asked first what may be started, and "
        "nothing is in a workspace that is not trusted.",
        "scan-on-save = true",
    )
    custom_rules: tuple[str, ...] = _setting(
        "patterns",
        (),
        "Files of YARA rules (`.yar`, `.yara`) or Sigma rules (`.yml`, `.yaml`), or folders of them, that "
        "descriptions, prompts and instructions are judged by (MCP298). Needs the extra `yara` or `sigma`; see "
        "`docs/custom-rules.md`.",
        'custom-rules = ["rules/"]',
    )
    semgrep: tuple[str, ...] = _setting(
        "patterns",
        (),
        "Files of Semgrep rules, or folders of them, that `mcp-lsp scan` runs over the source as well (MCP530), where "
        "the program `semgrep` is installed. Only files are taken, no names of its registry; see `docs/scan.md`.",
        'semgrep = ["rules/"]',
    )
    plugins: tuple[str, ...] = _setting(
        "plugins",
        (),
        "Packages whose rules are run as well, by the name they offer them as (entry points `mcp_lsp.rules`). They "
        "have to be installed where mcp-lsp is; see `docs/custom-rules.md`.",
        'plugins = ["acme"]',
    )
    root: str = ""  # the folder patterns are relative to, absolute
    source: str = ""  # the file, as shown in messages
    over: tuple[Selection, ...] = ()  # what the command line adds, in order
    custom: Matcher | None = None  # the rules that `custom_rules` names, read
    asked: Matcher | None = None  # what a language model said (`mcp-lsp opinions`)

    def with_selection(self, selection: Selection) -> Settings:
        return replace(self, over=(*self.over, selection)) if any(selection) else self

    def rules_for(self, document_uri: str, rules: Sequence[Rule]) -> Sequence[Rule]:
        """Those of ``rules`` that are to judge a document."""
        path = uri.to_path(document_uri)
        ignored: tuple[str, ...] = ()
        if self._per_file and path is not None:
            relative = _relative(path, self.root)
            ignored = tuple(s for patterns, names in self._per_file if patterns.matches(relative) for s in names)
        return self._without(tuple(rules), ignored)

    def _without(self, rules: tuple[Rule, ...], ignored: tuple[str, ...]) -> tuple[Rule, ...]:
        kept = self._choices.get((rules, ignored))
        if kept is None:
            if self.custom is not None:
                from mcp_lsp_analyzers.metadata.custom import judging
            if self.asked is not None:
                from mcp_lsp_analyzers.metadata.asked import answering

            kept = tuple(
                judging(rule, self.custom) if self.custom is not None and "custom" in rule.tags
                else answering(rule, self.asked) if self.asked is not None and "asked" in rule.tags
                else rule
                for rule in rules
                if rule.id in self._enabled and not any(selectors.strength(s, rule) for s in ignored)
            )  # fmt: skip
            self._choices[rules, ignored] = kept
        return kept

    def severities(self) -> Mapping[str, Severity]:
        """Severities that differ from a rule's own, by rule id; the most exact selector decides."""
        return self._severities

    @functools.cached_property
    def taught(self) -> Taught | None:
        """What the settings say about functions of the project."""
        if not (self.sinks or self.sanitizers or self.sources):
            return None
        from mcp_lsp_analyzers import taught

        return taught.taught(self.sinks, self.sanitizers, self.sources)

    @functools.cached_property
    def _choices(self) -> dict[tuple[tuple[Rule, ...], tuple[str, ...]], tuple[Rule, ...]]:
        return {}  # a thousand files of a project have few different answers

    @functools.cached_property
    def _enabled(self) -> frozenset[str]:
        rooms = {*registry.ROOMS, *(name.replace("-", "_") for name in self.plugins)}
        rules = [rule for rule in registry.rules() if rule.room in rooms]
        asked = [rule.id for rule in rules if self.profile and not set(self.profile).isdisjoint(rule.profiles)]
        enabled = selectors.chosen(rules, (*self.select, *self.extend_select, *asked), self.ignore)
        for select, extend, ignore in self.over:
            before = frozenset() if select is not None else enabled
            enabled = selectors.chosen(rules, (*(select or ()), *extend), ignore, before)
        return enabled

    @functools.cached_property
    def _severities(self) -> dict[str, Severity]:
        found = {}
        for rule in registry.rules() if self.severity else ():
            strength, value = max((selectors.strength(s, rule), v) for s, v in self.severity.items())
            if strength:
                found[rule.id] = Severity(value)
        return found

    @functools.cached_property
    def _per_file(self) -> list[tuple[Patterns, tuple[str, ...]]]:
        return [(Patterns([pattern]), names) for pattern, names in self.per_file_ignores.items()]

    @functools.cached_property
    def excluded(self) -> Patterns:
        """Patterns of ``exclude`` and ``extend-exclude``, relative to ``root``."""
        return Patterns((*self.exclude, *self.extend_exclude))


def names() -> dict[str, Any]:
    """Every setting's dataclass field, by the name under which it is written."""
    return {f.name.replace("_", "-"): f for f in fields(Settings) if "kind" in f.metadata}


def default(setting: Any) -> Any:
    """The default of a field of `names`."""
    return setting.default if setting.default is not MISSING else setting.default_factory()


def from_text(text: str, file: str, root: str) -> Settings | None:
    """The settings in a ``pyproject.toml`` or ``mcp-lsp.toml``; ``None`` where a ``pyproject.toml`` has none.

    ``file`` is the path as messages show it, ``root`` the absolute folder it stands in. Raises `SettingsError`.
    """
    try:
        data = toml.loads(text)
    except ValueError as error:
        raise SettingsError(f"{file}: not valid TOML: {error}") from None
    table: object = data
    where = ""
    if os.path.basename(file) == "pyproject.toml":
        tool = data.get("tool")
        table = tool.get("mcp-lsp") if isinstance(tool, dict) else None
        where = "[tool.mcp-lsp]"
        if table is None:
            return None
    return from_table(table, file, root, where)


def from_table(table: object, source: str, root: str = "", where: str = "") -> Settings:
    """Settings from a table as TOML or JSON gives it. Raises `SettingsError`, which lists everything that is wrong."""
    prefix = f"{source}: {where}".rstrip()
    if not isinstance(table, Mapping):
        raise SettingsError(f"{prefix}: expected a table of settings, not {shown(table)}")
    known = names()
    problems: list[str] = []
    values: dict[str, Any] = {}
    for key, value in sorted(table.items(), key=lambda item: item[0] != _FIRST):
        if key not in known:
            problems.append(f'{prefix} has no setting "{key}"{selectors.nearest(str(key), known)}')
            continue
        setting = known[key]
        found: list[Problem] = []
        values[setting.name] = CHECKS[setting.metadata["kind"]](value, found)
        for at, text in found:
            inside = f".{_key(at)}" if at else ""
            problems.append(f"{prefix} {key}{inside}: {text.replace('EXAMPLE', setting.metadata['example'])}")
    if problems:
        raise SettingsError("\n".join(problems))
    return Settings(**values, root=root, source=source)


_FIRST = "plugins"
"""The setting that is read before the others: they may name rules that it brings."""


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else f'"{name}"'


def _relative(path: str, root: str) -> str:
    path = path.replace(os.sep, "/")
    root = root.replace(os.sep, "/").rstrip("/")
    return path[len(root) + 1 :] if path.startswith(root + "/") else path.lstrip("/")
