"""Which SDK version a project resolves to, because the same line means different things under each major.

Pure: it gets the texts of lock files, manifests and the names of installed packages, and opens nothing.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Union

from mcp_lsp_analyzers.pattern import pattern
from mcp_lsp_analyzers.record import NamedTuple, dataclass, field

from .. import toml
from .owning import Own, own
from .ranges import admits, npm_major, python_major


class Version(NamedTuple):
    """``text``: an exact version, or the requirement as written without the package's name (">=1.6"). ``major`` is
    ``None`` where several majors may be installed. ``evidence``: the name of the file that says so."""

    major: int | None
    text: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Packages by name. Python names are normalised (PEP 503: lower case, ``-``), npm names are as published.

    ``open``: the requirement of a Python package, as a manifest has it, whose every requirement admits the newest major
    of that package; a lock file may still say which one is installed here. ``asked``: what a manifest asks for, by
    "python:NAME" or "npm:NAME", whatever a lock file says. ``own``: what the project calls itself.
    """

    python: dict[str, Version] = field(default_factory=dict)
    npm: dict[str, Version] = field(default_factory=dict)
    open: dict[str, Version] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    own: tuple[Own, ...] = ()

    @property
    def mcp(self) -> bool:
        """Whether any of them has to do with MCP, or the project itself by what it is called or found under: the
        protocol can be spoken without an SDK."""
        if any(own.mcp for own in self.own):
            return True
        return any("mcp" in name or name.startswith("@modelcontextprotocol/") for name in (*self.python, *self.npm))

    def exactly(self, package: str) -> tuple[int, int] | None:
        """Major and minor version of a Python package, where no other can be meant."""
        found = self.python.get(package)
        version = re.fullmatch(r"(?:===?)?\s*(\d+)\.(\d+)[\w.+-]*", found.text.strip()) if found is not None else None
        return None if version is None else (int(version[1]), int(version[2]))

    def over(self, others: Dependencies) -> Dependencies:
        """Both; where both know a package, this one's word counts."""
        left = {name: version for name, version in others.open.items() if name not in self.python}
        return Dependencies({**others.python, **self.python}, {**others.npm, **self.npm}, {**left, **self.open})


NEWEST = {"mcp": 2, "fastmcp": 4, "@modelcontextprotocol/sdk": 1, "@modelcontextprotocol/server": 2}
"""Newest majors in November 2026: a lower bound that reaches them leaves no older major to resolve to."""

NOTHING = Dependencies()

_Major = Callable[[str, Union[int, None]], Union[int, None]]


class _Said(NamedTuple):
    """One file's word on one package. ``exact``: from a lock file or an installed package."""

    name: str
    text: str
    exact: bool


def dependencies(files: Mapping[str, str]) -> Dependencies:
    """What the given manifests resolve to. Never raises; a file that cannot be read says nothing.

    Keys are paths, nearest to the source first: an earlier file's word on a package goes before a later one's. An
    installed Python package is known by the name of its folder alone (``.venv/…/mcp-1.30.0.dist-info``, empty text),
    an installed npm package by its ``node_modules/…/package.json``.

    Lock files go before what is installed, and both before a manifest's range, unless the range excludes them: then
    they speak of another package of the same repository.
    """
    python: dict[str, list[tuple[int, _Said, str]]] = {}
    npm: dict[str, list[tuple[int, _Said, str]]] = {}
    for path, text in files.items():
        parts = path.replace("\\", "/").split("/")
        reader = _reader(parts)
        if reader is None:
            continue
        rank, into, read, evidence = reader
        for word in _said(read, path, text):
            (python if into == "python" else npm).setdefault(word.name, []).append((rank, word, evidence))
    return Dependencies(
        {name: _resolve(name, words, python_major) for name, words in python.items()},
        {name: _resolve(name, words, npm_major) for name, words in npm.items()},
        _open(python),
        {
            f"{kind}:{name}": asked[0]
            for kind, packages in (("python", python), ("npm", npm))
            for name, words in packages.items()
            if (asked := [word.text for _, word, _ in words if not word.exact])
        },
        tuple(own(files)),
    )


def _open(python: Mapping[str, list[tuple[int, _Said, str]]]) -> dict[str, Version]:
    """The requirements that let the newest major in. A file of constraints that shuts it out speaks for all."""
    found: dict[str, Version] = {}
    for name in NEWEST:
        ranges = [(word, evidence) for _, word, evidence in python.get(name, ()) if not word.exact]
        if ranges and all(admits(word.text, NEWEST[name]) for word, _ in ranges):
            word, evidence = ranges[0]
            found[name] = Version(None, word.text, evidence)
    return found


@functools.lru_cache(maxsize=64)  # the packages of one repository share a lock file of megabytes
def _said(read: Callable[[str, str], Iterable[_Said]], path: str, text: str) -> tuple[_Said, ...]:
    try:
        return tuple(read(path, text))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return ()


def script(text: str) -> Dependencies:
    """What a Python script declares in its own ``# /// script`` block (PEP 723)."""
    if "# /// script" not in text:
        return NOTHING
    block = re.search(r"(?m)^# /// script[ \t]*\r?$\n((?:^#(?:| .*)\r?$\n)+?)^# ///[ \t]*\r?$", text)
    if block is None:
        return NOTHING
    body = "\n".join(line[2:] for line in block[1].replace("\r", "").split("\n"))
    try:
        said = [word for line in toml.loads(body).get("dependencies", ()) for word in _requirement(line)]
    except (ValueError, TypeError, AttributeError):
        return NOTHING
    words = {word.name: [(2, word, "script")] for word in said}
    return Dependencies({name: _resolve(name, each, python_major) for name, each in words.items()}, {}, _open(words))


def is_manifest(name: str) -> bool:
    """Whether a file of this name, standing beside or above the source, has something to say."""
    return name in MANIFESTS or bool(_REQUIREMENTS.fullmatch(name))


def normal(name: str) -> str:
    """A Python package name in its normal form."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _resolve(name: str, words: list[tuple[int, _Said, str]], major_of: _Major) -> Version:
    newest = NEWEST.get(name)
    ranges = [(word, evidence) for _, word, evidence in words if not word.exact]
    wanted = next((m for word, _ in ranges if (m := major_of(word.text, newest)) is not None), None)
    for rank in (0, 1):
        exact = [(word, evidence) for r, word, evidence in words if r == rank and word.exact]
        fitting = [(w, e) for w, e in exact if wanted is None or _first(w.text) == wanted]
        if fitting:
            # A lock file of a workspace may hold several majors: then only a range could tell which one is meant.
            several = len({_first(word.text) for word, _ in fitting}) > 1
            word, evidence = fitting[0]
            return Version(None if several else _first(word.text), word.text, evidence)
    for word, evidence in ranges:
        if (major := major_of(word.text, newest)) is not None:
            return Version(major, word.text, evidence)
    word, evidence = ranges[0] if ranges else words[0][1:]
    return Version(None, word.text, evidence)


def _first(version: str) -> int | None:
    found = re.match(r"v?(?:\d+!)?(\d+)", version)
    return int(found[1]) if found else None


# ---------------------------------------------------------------- files

_REQUIREMENT = pattern(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*\(?([^;#)]*)")
_REQUIREMENTS = pattern(r"(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\.(?:txt|in)")
_DIST_INFO = pattern(r"([A-Za-z0-9_.]+)-([^-/]+)\.(?:dist-info|egg-info)")


def _requirement(line: object) -> Iterator[_Said]:
    if not isinstance(line, str):
        return
    found = _REQUIREMENT.match(line)
    if found:
        yield _Said(normal(found[1]), found[2].strip(), False)


def _metadata(path: str, text: str) -> Iterator[_Said]:
    """What a built package says of itself (core metadata), up to its description."""
    for line in text.replace("\r", "").partition("\n\n")[0].split("\n"):
        if line.startswith("Requires-Dist:"):
            yield from _requirement(line[14:].strip())


def _requirements(path: str, text: str) -> Iterator[_Said]:
    for line in text.replace("\\\r\n", " ").replace("\\\n", " ").split("\n"):
        line = line.strip()
        if line and line[0].isalnum():
            yield from _requirement(re.split(r"\s--", line)[0])


def _pyproject(path: str, text: str) -> Iterator[_Said]:
    data: dict[str, Any] = toml.loads(text)
    project = data.get("project", {})
    tool = data.get("tool", {})
    groups = [
        project.get("dependencies", []),
        *project.get("optional-dependencies", {}).values(),
        *data.get("dependency-groups", {}).values(),
        tool.get("uv", {}).get("dev-dependencies", []),
        *tool.get("pdm", {}).get("dev-dependencies", {}).values(),
    ]
    for group in groups:
        for line in group:
            yield from _requirement(line)
    poetry = tool.get("poetry", {})
    tables = [poetry.get("dependencies", {}), poetry.get("dev-dependencies", {})]
    tables += [group.get("dependencies", {}) for group in poetry.get("group", {}).values()]
    for table in tables:
        yield from _table(table)


def _table(table: Mapping[str, object]) -> Iterator[_Said]:
    """Poetry's and Pipenv's way: a bare version is exact."""
    for name, wanted in table.items():
        if isinstance(wanted, Mapping):
            wanted = wanted.get("version", "*")
        if isinstance(wanted, str):
            yield _Said(normal(name), wanted, False)


def _pipfile(path: str, text: str) -> Iterator[_Said]:
    data = toml.loads(text)
    yield from _table(data.get("packages", {}))
    yield from _table(data.get("dev-packages", {}))


def _pipfile_lock(path: str, text: str) -> Iterator[_Said]:
    data = json.loads(text)
    for group in ("default", "develop"):
        for name, entry in data.get(group, {}).items():
            if isinstance(entry, Mapping) and isinstance(entry.get("version"), str):
                yield _Said(normal(name), entry["version"].lstrip("="), True)


def _toml_lock(path: str, text: str) -> Iterator[_Said]:
    # These files are written by programs, always in this order. A TOML parser takes 100 ms for a large one.
    for found in re.finditer(r'(?m)^name = "([^"]+)"\r?\nversion = "([^"]+)"', text):
        yield _Said(normal(found[1]), found[2], True)


def _setup_cfg(path: str, text: str) -> Iterator[_Said]:
    found = re.search(r"(?m)^install_requires\s*=(.*\n(?:[ \t].*(?:\n|\Z)|\n)*)", text)
    if found:
        for line in found[1].split("\n"):
            yield from _requirement(line)


def _setup_py(path: str, text: str) -> Iterator[_Said]:
    found = re.search(r"install_requires\s*=\s*\[((?:[^\[\]]|\[[^\[\]]*\])*)\]", text)
    if found:
        for line in re.findall(r"""["']([^"'\n]+)["']""", found[1]):
            yield from _requirement(line)


def _package_json(path: str, text: str) -> Iterator[_Said]:
    data = json.loads(text)
    _, installed, name = path.replace("\\", "/").rpartition("node_modules/")
    if installed:
        if isinstance(data.get("version"), str):
            yield _Said(name.removesuffix("/package.json"), data["version"], True)
        return
    for group in ("dependencies", "peerDependencies", "devDependencies", "optionalDependencies"):
        for name, wanted in (data.get(group) or {}).items():
            if isinstance(wanted, str):
                yield _Said(name, wanted, False)


def _deno(path: str, text: str) -> Iterator[_Said]:
    for found in re.finditer(r'"(?:npm|jsr):/?((?:@[^@/"]+/)?[^@/"]+)@([^"/]+)', text):
        yield _Said(found[1], found[2], False)


def _package_lock(path: str, text: str) -> Iterator[_Said]:
    data = json.loads(text)
    for key, entry in (data.get("packages") or {}).items():
        _, inside, name = key.rpartition("node_modules/")
        if inside and isinstance(entry.get("version"), str):
            yield _Said(name, entry["version"], True)
    for name, entry in (data.get("dependencies") or {}).items():  # lockfileVersion 1
        if isinstance(entry, Mapping) and isinstance(entry.get("version"), str):
            yield _Said(name, entry["version"], True)


def _lines_of(pattern: str) -> Callable[[str, str], Iterator[_Said]]:
    compiled = re.compile(pattern)

    def read(path: str, text: str) -> Iterator[_Said]:
        for found in compiled.finditer(text):
            yield _Said(found[1], found[2], True)

    return read


_yarn_lock = _lines_of(r'(?m)^"?((?:@[^@/\s"]+/)?[^@\s",]+)@[^\n]*:\r?\n\s+version:? "?([^"\s]+)')
_pnpm_lock = _lines_of(r"(?m)^  '?/?((?:@[^@/\s']+/)?[^@/\s']+)[@/](\d[^'(:\s]*)")
_bun_lock = _lines_of(r'\["((?:@[^@/"]+/)?[^@/"]+)@(\d[^"]*)"')

_Reader = tuple[int, str, Callable[[str, str], Iterable[_Said]]]

MANIFESTS: dict[str, _Reader] = {
    "uv.lock": (0, "python", _toml_lock),
    "poetry.lock": (0, "python", _toml_lock),
    "pdm.lock": (0, "python", _toml_lock),
    "pylock.toml": (0, "python", _toml_lock),
    "Pipfile.lock": (0, "python", _pipfile_lock),
    "pyproject.toml": (2, "python", _pyproject),
    "Pipfile": (2, "python", _pipfile),
    "setup.cfg": (2, "python", _setup_cfg),
    "setup.py": (2, "python", _setup_py),
    "METADATA": (2, "python", _metadata),
    "package-lock.json": (0, "npm", _package_lock),
    "npm-shrinkwrap.json": (0, "npm", _package_lock),
    "yarn.lock": (0, "npm", _yarn_lock),
    "pnpm-lock.yaml": (0, "npm", _pnpm_lock),
    "bun.lock": (0, "npm", _bun_lock),
    "package.json": (2, "npm", _package_json),
    "deno.json": (2, "npm", _deno),
    "deno.jsonc": (2, "npm", _deno),
}


def _reader(parts: list[str]) -> tuple[int, str, Callable[[str, str], Iterable[_Said]], str] | None:
    name = parts[-1]
    installed = _DIST_INFO.fullmatch(name)
    if installed:
        return 1, "python", lambda path, text: (_Said(normal(installed[1]), installed[2], True),), "installed"
    if name == "package.json" and "node_modules" in parts:
        return 1, "npm", _package_json, "installed"
    if name in MANIFESTS:
        return *MANIFESTS[name], name
    if _REQUIREMENTS.fullmatch(name):
        return 2, "python", _requirements, name
    return None
