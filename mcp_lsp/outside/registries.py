"""What package registries say of the versions a project uses: withdrawn, deprecated, how old, from where, what runs
when they are installed. Python: the simple API (PEP 503, 691, 700, 740, 792), as every index has it; npm: the package's
document. What is sent are names. An answer that is missing or of another form is a failure, never "nothing known"."""

from __future__ import annotations

import ast
import hashlib
import html.parser
import io
import json
import re
import tarfile
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urljoin

from mcp_lsp.advisories.versions import key
from mcp_lsp_analyzers.record import NamedTuple

from . import asking
from .advisories import Package
from .asking import CouldNotAsk
from .consent import Consent

Facts = dict[str, Any]
"""Of one version, as it is written down; see `mcp_lsp.advisories.releases`."""

_LARGEST = 64_000_000
"""Bytes of an answer. The largest document of a package on npm has 50 MB."""
_PATIENCE = 30.0
_MOST = 5_000
"""Packages that are asked about."""
_SIMPLE = "application/vnd.pypi.simple.v1+json"
_HOOKS = ("preinstall", "install", "postinstall")
_LONGEST = 300
"""Characters of a reason or a script that are kept."""
_WHEEL = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)-.*\.whl")
_SDIST = re.compile(r"(?P<name>.+)-(?P<version>[^-]+)\.(?:tar\.gz|zip|tgz|tar\.bz2)")


class Archive(NamedTuple):
    """The source of a version that has no wheel: installing it runs its ``setup.py`` or its build."""

    package: Package
    url: str
    sha256: str


class Answers(NamedTuple):
    """``facts`` by "ecosystem:name@version"; ``archives``: what else could be read, with another agreement."""

    facts: dict[str, Facts]
    archives: tuple[Archive, ...]


def ask(
    packages: Sequence[Package],
    consent: Consent,
    addresses: dict[str, str],
    told: Callable[[int, int], None] | None = None,
) -> Answers:
    """What is known of some versions. ``addresses``: of the registry of each ecosystem; packages of others are left
    out. Raises `CouldNotAsk` and `NotAgreed`."""
    for url in addresses.values():
        consent.to_reach(url)
    by_name: dict[tuple[str, str], list[str]] = {}
    for each in packages:
        if each.ecosystem in addresses:
            by_name.setdefault((each.ecosystem, each.name), []).append(each.version)
    if len(by_name) > _MOST:
        raise CouldNotAsk(f"{len(by_name):,} packages are more than {_MOST:,}")
    facts: dict[str, Facts] = {}
    archives: list[Archive] = []
    with asking.client(_PATIENCE) as client:
        for i, ((ecosystem, name), versions) in enumerate(sorted(by_name.items())):
            releases = (_python if ecosystem == "python" else _npm)(client, addresses[ecosystem], name)
            for version in versions:
                package = Package(ecosystem, name, version)
                facts[f"{ecosystem}:{name}@{version}"] = _facts(package, releases)
                archive = _archive(package, releases)
                archives += [archive] if archive is not None else []
            if told is not None:
                told(i + 1, len(by_name))
    return Answers(facts, tuple(archives))


class _Release(NamedTuple):
    """``withdrawn``, ``deprecated``: the reason, "" where none is given, ``None`` where it is not. ``published``: as
    ISO 8601. ``attested``: whether it has provenance, ``None`` where the registry does not say."""

    version: str
    published: str
    withdrawn: str | None = None
    deprecated: str | None = None
    attested: bool | None = None
    scripts: tuple[tuple[str, str], ...] = ()
    wheel: bool = True
    source: tuple[str, str] | None = None  # address, SHA-256


class _Project(NamedTuple):
    """``status``: PEP 792's, with its reason. ``None`` as a project: the registry has none of this name."""

    releases: tuple[_Release, ...]
    status: str = ""
    reason: str = ""


# ---------------------------------------------------------------- asking


def _get(client: Any, url: str, accept: str) -> tuple[int, str, bytes]:
    """Status, type and body. Raises `CouldNotAsk`."""
    import httpx

    try:
        with client.stream("GET", url, headers={"Accept": accept}) as response:
            data = asking.body(response, _LARGEST, shown(url))
            kind = str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
            return response.status_code, kind, data
    except httpx.HTTPError as error:
        raise CouldNotAsk(f"{shown(url)} could not be reached: {error or type(error).__name__}") from None


def _found(url: str, status: int) -> bool:
    """Whether there is such a package. Raises `CouldNotAsk` for every other answer that is none."""
    if status in (404, 410):
        return False
    if status != 200:
        raise CouldNotAsk(f"{shown(url)} answered {status}")
    return True


def _object(url: str, data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise CouldNotAsk(f"{shown(url)} answered in a form that is no registry's")
    return found


# ---------------------------------------------------------------- Python


def _python(client: Any, index: str, name: str) -> _Project | None:
    url = f"{index.rstrip('/')}/{re.sub(r'[-_.]+', '-', name).lower()}/"
    status, kind, data = _get(client, url, f"{_SIMPLE}, text/html;q=0.2")
    if not _found(url, status):
        return None
    if kind == "text/html" or data.lstrip()[:1] == b"<":
        page = _Page(url)
        page.feed(data.decode("utf-8", "replace"))
        files, status_word, reason = page.files, page.status, ""
    else:
        whole = _object(url, data)
        given = whole.get("files")
        if not isinstance(given, list):
            raise CouldNotAsk(f"{shown(url)} answered in a form that is no index's")
        files = [{**each, "url": urljoin(url, str(each.get("url")))} for each in given if isinstance(each, dict)]
        said = whole.get("project-status")
        status_word = str(said.get("status") or "") if isinstance(said, dict) else ""
        reason = _short(said.get("reason")) if isinstance(said, dict) else ""
    return _Project(tuple(_of_files(files)), status_word if status_word != "active" else "", reason)


def _of_files(files: list[dict[str, Any]]) -> Iterator[_Release]:
    by_version: dict[Any, list[tuple[str, bool, dict[str, Any]]]] = {}
    for each in files:
        filename = str(each.get("filename"))
        match = _WHEEL.fullmatch(filename) or _SDIST.fullmatch(filename)
        if match is not None and (at := key("python", match["version"])) is not None:
            by_version.setdefault(at, []).append((match["version"], filename.endswith(".whl"), each))
    for listed in by_version.values():
        yanked = [each.get("yanked") for _, _, each in listed]
        withdrawn = None
        if all(yanked):
            withdrawn = _short(next((each for each in yanked if isinstance(each, str)), ""))
        said = [each.get("provenance") for _, _, each in listed if "provenance" in each]
        source = next((each for _, wheel, each in listed if not wheel), None)
        hashes = source.get("hashes") if source is not None else None
        digest = str(hashes.get("sha256") or "") if isinstance(hashes, dict) else ""
        yield _Release(
            listed[0][0],
            min((str(each["upload-time"]) for _, _, each in listed if each.get("upload-time")), default=""),
            withdrawn,
            attested=any(said) if said else None,
            wheel=any(wheel for _, wheel, _ in listed),
            source=(str(source.get("url")), digest) if source is not None else None,
        )


class _Page(html.parser.HTMLParser):
    """The same of an index that answers with a page (PEP 503): a link for each file, with attributes."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.files: list[dict[str, Any]] = []
        self.status = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") == "pypi:project-status":
            self.status = given.get("content") or ""
        if tag == "a" and given.get("href"):
            address, _, fragment = urljoin(self.url, given["href"] or "").partition("#")
            found: dict[str, Any] = {"url": address, "filename": unquote(address.rpartition("/")[2])}
            if fragment.startswith("sha256="):
                found["hashes"] = {"sha256": fragment.removeprefix("sha256=")}
            if "data-yanked" in given:
                found["yanked"] = given["data-yanked"] or True
            if given.get("data-upload-time"):
                found["upload-time"] = given["data-upload-time"]
            if given.get("data-provenance"):
                found["provenance"] = given["data-provenance"]
            self.files.append(found)


# ---------------------------------------------------------------- npm


def _npm(client: Any, registry: str, name: str) -> _Project | None:
    url = f"{registry.rstrip('/')}/{name.replace('/', '%2f')}"
    status, _, data = _get(client, url, "application/json")
    if not _found(url, status):
        return None
    whole = _object(url, data)
    versions, time = whole.get("versions"), whole.get("time")
    if not isinstance(versions, dict):
        if isinstance(time, dict) and isinstance(time.get("unpublished"), dict):
            return None
        raise CouldNotAsk(f"{shown(url)} answered in a form that is no registry's")
    times = time if isinstance(time, dict) else {}
    return _Project(tuple(_of_versions(versions, times)))


def _of_versions(versions: dict[str, Any], times: dict[str, Any]) -> Iterator[_Release]:
    for version, each in versions.items():
        if not isinstance(each, dict):
            continue
        scripts, dist, deprecated = each.get("scripts"), each.get("dist"), each.get("deprecated")
        listed = scripts.items() if isinstance(scripts, dict) else ()
        yield _Release(
            version,
            str(times.get(version) or ""),
            deprecated=_short(deprecated) if deprecated else None,
            attested=bool(dist.get("attestations")) if isinstance(dist, dict) else None,
            scripts=tuple((hook, _short(text)) for hook, text in listed if hook in _HOOKS and isinstance(text, str)),
        )


# ---------------------------------------------------------------- what of it is written down


def _facts(package: Package, project: _Project | None) -> Facts:
    if project is None:
        return {"missing": "package"}
    own = _own(package, project)
    if own is None:
        return {"missing": "version"}
    found: Facts = {}
    ordered = sorted(
        (each for each in project.releases if key(package.ecosystem, each.version) is not None),
        key=lambda each: key(package.ecosystem, each.version),
    )
    dates = [each.published[:10] for each in ordered if each.published]
    sound = [e for e in ordered if e.withdrawn is None and e.deprecated is None and not _early(package, e.version)]
    before = ordered[: ordered.index(own)]
    for name, value in (
        ("published", own.published),
        ("last", max(dates, default="")),
        ("status", project.status),
        ("reason", project.reason),
        ("scripts", dict(own.scripts)),
        ("attested", own.attested),
    ):
        if value not in ("", {}, None):
            found[name] = value
    if own.withdrawn is not None:
        found["withdrawn"] = own.withdrawn
    if own.deprecated is not None:
        found["deprecated"] = own.deprecated
        found["all_deprecated"] = not sound
    if not own.wheel:
        found["source_only"] = True
    if own.attested is False and (attested := [each.version for each in before if each.attested]):
        found["attested_before"] = attested[-1]
    if better := _better(package, sound, own):
        found["better"] = better
    if earlier := [each for each in before if each in sound and each.published]:
        found["earlier"] = [[each.version, each.published[:10]] for each in earlier[-5:]]
    return found


def _own(package: Package, project: _Project) -> _Release | None:
    at = key(package.ecosystem, package.version)
    return next((each for each in project.releases if key(package.ecosystem, each.version) == at), None)


def _early(package: Package, version: str) -> bool:
    """Whether a version is one before a release."""
    at = key(package.ecosystem, version)
    return bool(at.is_prerelease) if package.ecosystem == "python" else not at[1]


def _better(package: Package, sound: list[_Release], own: _Release) -> str:
    """The next version that nobody took back: the nearest later one, else the last one before."""
    at = key(package.ecosystem, own.version)
    later = [each.version for each in sound if key(package.ecosystem, each.version) > at]
    before = [each.version for each in sound if key(package.ecosystem, each.version) < at]
    return later[0] if later else before[-1] if before else ""


def _archive(package: Package, project: _Project | None) -> Archive | None:
    own = _own(package, project) if project is not None else None
    if own is None or own.wheel or own.source is None or package.ecosystem != "python":
        return None
    return Archive(package, *own.source)


def shown(url: str) -> str:
    """An address as it may be shown: without who is named in it."""
    return re.sub(r"(?<=://)[^/@\s]+@", "", url)


def _short(text: object) -> str:
    return " ".join(str(text).split())[:_LONGEST] if isinstance(text, str) else ""


# ---------------------------------------------------------------- the source of a version


def calls_on_install(archive: Archive, consent: Consent) -> list[str]:
    """What the ``setup.py`` in an archive calls that starts programs, reaches the network or runs text, by reading it;
    nothing of it is run or unpacked. Raises `CouldNotAsk` and `NotAgreed`."""
    consent.to_reach(archive.url)
    with asking.client(_PATIENCE) as client:
        status, _, data = _get(client, archive.url, "*/*")
    if status != 200:
        raise CouldNotAsk(f"{shown(archive.url)} answered {status}")
    if archive.sha256 and hashlib.sha256(data).hexdigest() != archive.sha256:
        raise CouldNotAsk(f"{shown(archive.url)} is not what its index says: the digest differs")
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for member in tar:
                if member.isfile() and re.fullmatch(r"[^/]+/setup\.py", member.name) and member.size < 1_000_000:
                    file = tar.extractfile(member)
                    return sorted(set(_calls(file.read() if file is not None else b"")))
    except (tarfile.TarError, EOFError, OSError) as error:
        raise CouldNotAsk(f"{shown(archive.url)} cannot be read: {error}") from None
    return []


_ACTS = re.compile(
    r"subprocess\.\w+|os\.(?:system|popen|exec\w+|spawn\w+)|urllib\.request\.\w+|requests\.\w+|httpx\.\w+|"
    r"socket\.(?:socket|create_connection)|(?:exec|eval|compile|__import__)|urlopen|urlretrieve|ctypes\.\w+"
)


def _calls(source: bytes) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(
                (a.asname or a.name.split(".")[0], a.name if a.asname else a.name.split(".")[0]) for a in node.names
            )
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update((a.asname or a.name, f"{node.module}.{a.name}") for a in node.names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func) if isinstance(node.func, (ast.Name, ast.Attribute)) else ""
            first, dot, rest = called.partition(".")
            whole = names.get(first, first) + dot + rest
            if _ACTS.fullmatch(whole):
                yield whole
