"""What a project's settings say about its own functions: which are dangerous, which make safe, which give choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .record import dataclass
from .sinks import KINDS, Api, read

GROUPS: Mapping[str, tuple[str, ...]] = {
    "all": tuple(KINDS),
    "command": ("shell", "program", "argv"),
    "path": ("path-read", "path-write"),
    **{kind: (kind,) for kind in KINDS},
}
"""What a sanitizer may be good for."""

RESOLVED = ("process", "vector", "varargs", "words", "remote", "options", "file")
"""Kinds of sinks that are resolved to one of `KINDS` by what the call is given."""


@dataclass(frozen=True)
class Taught:
    """Qualified names (``package.module.Class.function``, or the end of one) with what is known of them."""

    sinks: tuple[tuple[str, tuple[Api, ...]], ...] = ()
    sanitizers: tuple[tuple[str, frozenset[str]], ...] = ()
    sources: tuple[str, ...] = ()


def taught(sinks: Mapping[str, str], sanitizers: Mapping[str, Sequence[str]], sources: Sequence[str]) -> Taught | None:
    """``None`` where nothing is. Raises ``ValueError`` with words for what is wrong (see `sink`, `sanitizer`)."""
    if not (sinks or sanitizers or sources):
        return None
    return Taught(
        tuple((name, sink(spec)) for name, spec in sinks.items()),
        tuple((name, sanitizer(kinds)) for name, kinds in sanitizers.items()),
        tuple(sources),
    )


def sink(spec: str) -> tuple[Api, ...]:
    """``shell 0`` or ``path-write 0|target``: a kind and the dangerous positions, as in the table of `sinks`."""
    kind, _, positions = spec.strip().partition(" ")
    if kind not in KINDS and kind not in RESOLVED:
        raise ValueError(f'there is no kind "{kind}"; there are {", ".join((*KINDS, *RESOLVED))}')
    if not positions.strip():
        raise ValueError(f'"{spec}" names no position: "{kind} 0" is the first argument, "{kind} |name" a keyword')
    try:
        return read(f"x {spec}")["x"]
    except (KeyError, ValueError):
        raise ValueError(f'"{positions}" is no position: 0, 1+, 0|name, |name, self or 0.property') from None


def sanitizer(kinds: Sequence[str]) -> frozenset[str]:
    """The kinds of dangerous position that are safe afterwards."""
    unknown = [kind for kind in kinds if kind not in GROUPS]
    if unknown:
        raise ValueError(f'there is no kind "{unknown[0]}"; there are {", ".join(GROUPS)}')
    return frozenset(kind for name in kinds for kind in GROUPS[name])
