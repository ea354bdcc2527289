"""OSV's interface asked about versions of packages (google.github.io/osv.dev): which vulnerabilities are known of them.

What is sent is the name, the ecosystem and the version of each package, to one address the user agreed to. An answer
that is missing, cut off or of another form is a failure, never "nothing known".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from mcp_lsp_analyzers.record import NamedTuple

from . import asking
from .asking import CouldNotAsk
from .consent import Consent

URL = "https://api.osv.dev"
_TOGETHER = 500
"""Packages in one question; the interface takes 1,000."""
_PAGES = 50
_LARGEST = 32_000_000
"""Bytes of an answer: the interface's own limit."""
_PATIENCE = 30.0
"""Seconds for one answer."""
_NAMES = {"python": "PyPI", "npm": "npm"}


class Package(NamedTuple):
    """``ecosystem``: "python" or "npm"."""

    ecosystem: str
    name: str
    version: str


def ask(
    packages: Sequence[Package], consent: Consent, url: str = URL, told: Callable[[int, int], None] | None = None
) -> list[dict[str, Any]]:
    """The records of all vulnerabilities known of some versions. ``told``: how many of how many records are there.
    Raises `CouldNotAsk` and `NotAgreed`."""
    consent.to_reach(url)
    opened = asking.client(_PATIENCE, url)
    import httpx

    try:
        with opened as client:
            ids = _ids(client, list(packages))
            records = []
            for i, each in enumerate(ids):
                records.append(_record(client, each))
                if told is not None:
                    told(i + 1, len(ids))
            return records
    except httpx.HTTPError as error:
        raise CouldNotAsk(f"{url} could not be reached: {error or type(error).__name__}") from None


def _ids(client: Any, packages: list[Package]) -> list[str]:
    found: dict[str, None] = {}
    waiting = [(each, "") for each in packages]
    for _ in range(_PAGES * (1 + len(packages) // _TOGETHER)):
        if not waiting:
            return list(found)
        now, waiting = waiting[:_TOGETHER], waiting[_TOGETHER:]
        answer = _answer(client, "POST", "/v1/querybatch", {"queries": [_query(each, page) for each, page in now]})
        results = answer.get("results")
        if not isinstance(results, list) or len(results) != len(now):
            raise CouldNotAsk(f"{client.base_url} did not answer for all packages")
        for (each, _), result in zip(now, results, strict=True):
            found.update(dict.fromkeys(_listed(client, result)))
            if result and isinstance(result.get("next_page_token"), str) and result["next_page_token"]:
                waiting.append((each, result["next_page_token"]))
    raise CouldNotAsk(f"{client.base_url} has more to say than anybody could know")


def _query(package: Package, page: str) -> dict[str, Any]:
    query: dict[str, Any] = {
        "package": {"name": package.name, "ecosystem": _NAMES[package.ecosystem]},
        "version": package.version,
    }
    return {**query, "page_token": page} if page else query


def _listed(client: Any, result: object) -> Iterator[str]:
    if not isinstance(result, dict):
        raise CouldNotAsk(f"{client.base_url} answered in a form that is not OSV's")
    for each in result.get("vulns") or ():
        if not isinstance(each, dict) or not isinstance(each.get("id"), str):
            raise CouldNotAsk(f"{client.base_url} answered in a form that is not OSV's")
        yield each["id"]


def _record(client: Any, id: str) -> dict[str, Any]:
    if not id.replace("-", "").replace(":", "").replace("_", "").replace(".", "").isalnum():
        raise CouldNotAsk(f"{client.base_url} named a vulnerability {id[:40]!r}")
    record = _answer(client, "GET", f"/v1/vulns/{id}", None)
    if record.get("id") != id:
        raise CouldNotAsk(f"{client.base_url} answered about another vulnerability than {id}")
    return record


def _answer(client: Any, method: str, path: str, body: object) -> dict[str, Any]:
    import json

    with client.stream(method, path, json=body) as response:
        if response.status_code != 200:
            raise CouldNotAsk(f"{client.base_url} answered {response.status_code} to {method} {path}")
        data = asking.body(response, _LARGEST, str(client.base_url), f" to {method} {path}")
    try:
        answer = json.loads(data)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise CouldNotAsk(f"{client.base_url} answered in a form that is not OSV's")
    return answer


def keys(packages: Iterable[Package]) -> list[str]:
    """How what was asked is written down: "python:mcp@1.9.0"."""
    return sorted({f"{each.ecosystem}:{each.name}@{each.version}" for each in packages})
