"""How a server is started or reached by what its entry for the MCP registry says (``server.json``, schema of
2025-12-11): a package of PyPI or npm, an image, or an address. What has to be given and is not is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .way import Way

_RUNNERS = {"pypi": "uvx", "npm": "npx", "oci": "docker", "nuget": "dnx"}
_YES = {"npx": ("-y",), "dnx": (), "docker": ("run", "-i", "--rm")}


def ways(entry: Any, folder: str, said: str) -> Iterator[Way]:
    """The ways an entry names, packages first. ``entry``: the whole file as a value; what is none names none."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return
    for package in _objects(entry.get("packages")):
        found = _package(package, folder, said)
        if found is not None:
            yield found
    for remote in _objects(entry.get("remotes")):
        url = remote.get("url")
        wanted = [*_open(url), *(name for name, value in _values(remote.get("headers")) if value is None)]
        if isinstance(url, str) and not _open(url):
            yield Way((), url, folder, f"a remote in {said}{_wants(wanted)}")


def _package(package: dict[str, Any], folder: str, said: str) -> Way | None:
    kind = str(package.get("registryType") or package.get("registry_type") or "")
    name, version = package.get("identifier"), package.get("version")
    if kind not in _RUNNERS or not isinstance(name, str):
        return None
    hint = package.get("runtimeHint") or package.get("runtime_hint")
    runner = hint if isinstance(hint, str) and hint else _RUNNERS[kind]
    wanted: list[str] = []
    before = list(_arguments(package.get("runtimeArguments") or package.get("runtime_arguments"), wanted))
    after = list(_arguments(package.get("packageArguments") or package.get("package_arguments"), wanted))
    given = list(_values(package.get("environmentVariables") or package.get("environment_variables")))
    environment = tuple((each, value) for each, value in given if value is not None)
    wanted += [each for each, value in given if value is None]
    first = [word for word in _YES.get(runner, ()) if word not in before]
    if kind == "oci":
        first += [word for each, _ in environment for word in ("-e", each)]
    what = _of(kind, name, version if isinstance(version, str) else "")
    command = (runner, *first, *before, *([what] if what not in before else []), *after)
    transport = package.get("transport")
    url = transport.get("url") if isinstance(transport, dict) and transport.get("type") != "stdio" else None
    reached = url if isinstance(url, str) and not _open(url) else ""
    return Way(command, reached, folder, f"the {kind} package in {said}{_wants(wanted)}", environment)


def _of(kind: str, name: str, version: str) -> str:
    if not version:
        return name
    if kind == "oci":
        return name if ":" in name.rpartition("/")[2] or "@" in name else f"{name}:{version}"
    return f"{name}=={version}" if kind == "pypi" else f"{name}@{version}"


def _arguments(listed: Any, wanted: list[str]) -> Iterator[str]:
    """The words of a list of arguments, as far as the entry knows them."""
    for each in _objects(listed):
        value = _value(each)
        name = each.get("name") if each.get("type") == "named" else None
        if value is None or _open(value):
            if each.get("isRequired") or each.get("is_required") or value is not None:
                wanted.append(str(name or each.get("valueHint") or each.get("value_hint") or value or "an argument"))
        elif isinstance(name, str):
            yield from (name, value) if value else (name,)
        else:
            yield value


def _values(listed: Any) -> Iterator[tuple[str, str | None]]:
    """Variables and headers with what they are, ``None`` for what has to be given; what may be left out is."""
    for each in _objects(listed):
        name, value = each.get("name"), _value(each)
        if isinstance(name, str) and value is not None and not _open(value):
            yield name, value
        elif isinstance(name, str) and (each.get("isRequired") or each.get("is_required") or value is not None):
            yield name, None


def _value(each: dict[str, Any]) -> str | None:
    for key in ("value", "default"):
        if isinstance(each.get(key), (str, int)) and not isinstance(each.get(key), bool):
            return str(each[key])
    if each.get("type") == "named" and each.get("isRequired") and "value" not in each and not each.get("valueHint"):
        return ""  # a switch
    return None


def _open(text: Any) -> list[str]:
    """The variables in a text that somebody has to fill in."""
    return re.findall(r"\{(\w+)\}", text) if isinstance(text, str) else []


def _wants(names: list[str]) -> str:
    return f" (it wants {', '.join(names)})" if names else ""


def _objects(listed: Any) -> list[dict[str, Any]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
