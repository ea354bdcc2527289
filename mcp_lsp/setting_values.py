"""What the value of each setting may be, and what is wrong with one that may not.

Checks take the value as TOML or JSON gives it, note problems, and give what `mcp_lsp.settings` keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mcp_lsp_analyzers import registry
from mcp_lsp_analyzers.record import NamedTuple
from mcp_lsp_analyzers.rule import Severity

from . import selectors


class Problem(NamedTuple):
    key: str
    text: str


def _strings(value: object, problems: list[Problem], what: str, key: str = "") -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
        problems.append(Problem(key, f"expected a list of {what}, as in EXAMPLE, not {shown(value)}"))
        return ()
    return tuple(value)


def _selectors(value: object, problems: list[Problem], key: str = "") -> tuple[str, ...]:
    found = _strings(value, problems, "rules", key)
    problems += [Problem(key, unknown) for s in found if (unknown := unknown_selector(s))]
    return found


def unknown_selector(selector: str) -> str:
    """What is wrong with a selector, or nothing."""
    if selectors.known(selector):
        return ""
    return f'"{selector}" is no rule, beginning of an id, or room{selectors.suggestion(selector)}'


def _patterns(value: object, problems: list[Problem]) -> tuple[str, ...]:
    return _strings(value, problems, "patterns")


def _selectors_by_pattern(value: object, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        problems.append(Problem("", f"expected a table, as in EXAMPLE, not {shown(value)}"))
        return {}
    return {str(pattern): _selectors(listed, problems, str(pattern)) for pattern, listed in value.items()}


def _severity_by_selector(value: object, problems: list[Problem]) -> dict[str, str]:
    if not isinstance(value, Mapping):
        problems.append(Problem("", f"expected a table, as in EXAMPLE, not {shown(value)}"))
        return {}
    allowed = [severity.value for severity in Severity]
    for selector, severity in value.items():
        if unknown := unknown_selector(str(selector)):
            problems.append(Problem("", unknown))
        if severity not in allowed:
            near = selectors.nearest(str(severity), allowed)
            text = f"expected error, warning, information or hint, not {shown(severity)}{near}"
            problems.append(Problem(str(selector), text))
    return dict(value)


def _bytes(value: object, problems: list[Problem]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        problems.append(Problem("", f"expected a number of bytes, as in EXAMPLE, not {shown(value)}"))
        return 1
    return value


def _switch(value: object, problems: list[Problem]) -> bool:
    if not isinstance(value, bool):
        problems.append(Problem("", f"expected true or false, not {shown(value)}"))
    return bool(value)


def _sinks(value: object, problems: list[Problem]) -> dict[str, str]:
    from mcp_lsp_analyzers import taught  # with the tables of sinks, which most projects' settings need not load

    if not isinstance(value, Mapping):
        problems.append(Problem("", f"expected a table, as in EXAMPLE, not {shown(value)}"))
        return {}
    for name, spec in value.items():
        try:
            taught.sink(spec if isinstance(spec, str) else "")
        except ValueError as error:
            problems.append(Problem(str(name), str(error)))
    return dict(value)


def _kinds_by_name(value: object, problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    from mcp_lsp_analyzers import taught

    if not isinstance(value, Mapping):
        problems.append(Problem("", f"expected a table, as in EXAMPLE, not {shown(value)}"))
        return {}
    found = {}
    for name, listed in value.items():
        found[str(name)] = _strings([listed] if isinstance(listed, str) else listed, problems, "kinds", str(name))
        try:
            taught.sanitizer(found[str(name)])
        except ValueError as error:
            problems.append(Problem(str(name), str(error)))
    return found


def _names(value: object, problems: list[Problem]) -> tuple[str, ...]:
    return _strings(value, problems, "names")


PROFILES = ("anthropic-directory", "openai", "vscode", "gemini")


def _profiles(value: object, problems: list[Problem]) -> tuple[str, ...]:
    found = _strings(value, problems, "profiles")
    for name in found:
        if name not in PROFILES:
            near = selectors.nearest(name, PROFILES)
            problems.append(Problem("", f"expected {', '.join(PROFILES)}, not {shown(name)}{near}"))
    return found


def _plugins(value: object, problems: list[Problem]) -> tuple[str, ...]:
    found = _strings(value, problems, "names")
    for name in found:
        try:
            registry.plug_in(name)
        except ValueError as error:
            problems.append(Problem("", str(error)))
    return found


SENSITIVITIES = ("strict", "moderate", "loose")


def _sensitivity(value: object, problems: list[Problem]) -> str:
    if value not in SENSITIVITIES:
        problems.append(Problem("", f"expected strict, moderate or loose, not {shown(value)}"))
        return "moderate"
    return str(value)


CHECKS: dict[str, Callable[[object, list[Problem]], object]] = {
    "selectors": _selectors,
    "profiles": _profiles,
    "plugins": _plugins,
    "patterns": _patterns,
    "selectors by pattern": _selectors_by_pattern,
    "severity by selector": _severity_by_selector,
    "bytes": _bytes,
    "switch": _switch,
    "sinks": _sinks,
    "kinds by name": _kinds_by_name,
    "names": _names,
    "sensitivity": _sensitivity,
}


def shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:60]}"'
    return repr(value)[:60]
