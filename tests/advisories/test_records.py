"""Which versions a record of the OSV database is about, and which is the next without."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mcp_lsp import advisories
from mcp_lsp.advisories import BadAdvisories
from mcp_lsp.advisories.versions import admits, exact, key


def record(
    *events: dict[str, str], ecosystem: str = "PyPI", versions: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    kind = "SEMVER" if ecosystem == "npm" else "ECOSYSTEM"
    affected: dict[str, Any] = {
        "package": {"ecosystem": ecosystem, "name": "Some.Thing" if ecosystem == "PyPI" else "@a/b"}
    }
    if events:
        affected["ranges"] = [{"type": "GIT", "events": [{"introduced": "0"}]}, {"type": kind, "events": list(events)}]
    if versions:
        affected["versions"] = list(versions)
    return {"id": "GHSA-1", "aliases": ["CVE-1"], "summary": "Bad.", "affected": [affected], **more}


def known(
    version: str, *records: dict[str, Any], package: str = "python:some-thing", trim: bool = False
) -> list[tuple[str, str]]:
    """The vulnerabilities of a version, each with the next version without."""
    kept = [advisories.trimmed(each, frozenset({package})) for each in records] if trim else records
    database = advisories.load(json.dumps(kept))
    ecosystem, _, name = package.partition(":")
    return [(each.id, fixed) for each, fixed in database.known(ecosystem, name, version)]


TWICE = ({"introduced": "1.0"}, {"fixed": "1.5"}, {"introduced": "2.0"}, {"fixed": "2.1.0"})


@pytest.mark.parametrize("trim", [False, True])
@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("0.9", []), ("1.0", [("CVE-1", "1.5")]), ("1.4.9", [("CVE-1", "1.5")]), ("1.5", []), ("1.10", []),
        ("2.0", [("CVE-1", "2.1.0")]), ("2.1", []), ("1.5rc1", [("CVE-1", "1.5")]), ("1!1.2", []), ("no version", []),
    ],
)  # fmt: skip
def test_ranges(version: str, found: list[tuple[str, str]], trim: bool) -> None:
    assert known(version, record(*TWICE), trim=trim) == found


@pytest.mark.parametrize(
    ("version", "found"),
    [
        ("1.24.0", []),
        ("1.23.9", [("CVE-1", "1.24.0")]),
        ("1.24.0-beta.1", [("CVE-1", "1.24.0")]),
        ("1.9.0", [("CVE-1", "1.24.0")]),
    ],
)
def test_npm_versions_are_compared_by_number(version: str, found: list[tuple[str, str]]) -> None:
    assert (
        known(version, record({"introduced": "0"}, {"fixed": "1.24.0"}, ecosystem="npm"), package="npm:@a/b") == found
    )


def test_a_last_affected_version_has_it_and_no_fix_is_known() -> None:
    last = record({"introduced": "0"}, {"last_affected": "1.2"})
    assert (known("1.2", last), known("1.2.1", last)) == ([("CVE-1", "")], [])


@pytest.mark.parametrize("trim", [False, True])
def test_versions_that_are_listed(trim: bool) -> None:
    assert known("1.1", record(versions=("1.0", "1.1")), trim=trim) == [("CVE-1", "")]
    assert known("1.2", record(versions=("1.0", "1.1")), trim=trim) == []


def test_a_record_that_was_withdrawn_says_nothing() -> None:
    assert known("1.1", record(*TWICE, withdrawn="2030-01-01T00:00:00Z")) == []


def test_the_worst_comes_first() -> None:
    low = record(*TWICE, id="GHSA-2", aliases=[], database_specific={"severity": "LOW"})
    bad = record(*TWICE, id="MAL-2030-1", aliases=[])
    assert [id for id, _ in known("1.1", low, record(*TWICE), bad)] == ["MAL-2030-1", "GHSA-2", "CVE-1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "no OSV records"),
        ("{}", "no OSV records"),
        ('{"format": 2, "asked": []}', "of format 2"),
    ],
)
def test_what_is_no_database(text: str, said: str) -> None:
    with pytest.raises(BadAdvisories, match=said):
        advisories.load(text)


def test_npm_versions_in_order() -> None:
    ordered = [
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
        "1.0.1",
        "1.10.0",
        "v2",
    ]
    mixed = [*ordered[1::2], *ordered[::2]]
    assert sorted(mixed, key=lambda each: key("npm", each)) == ordered


@pytest.mark.parametrize(
    ("ecosystem", "requirement", "version", "expected"),
    [
        ("python", ">=1.9,<2", "1.9.0", True), ("python", ">=1.10", "1.9.0", False), ("python", "^1.9", "1.8", False),
        ("npm", "^1.9.0", "1.9.0", True), ("npm", "^1.10.0", "1.9.0", False), ("npm", "1.x || 2.x", "0.1.0", True),
        ("npm", "latest", "1.0.0", True),
    ],
)  # fmt: skip
def test_what_a_requirement_lets_in(ecosystem: str, requirement: str, version: str, expected: bool) -> None:
    assert admits(ecosystem, requirement, version) is expected


@pytest.mark.parametrize(
    ("ecosystem", "requirement", "expected"),
    [
        ("python", "==1.9.0", "1.9.0"), ("python", "==1.9.*", ""), ("python", ">=1.9", ""), ("npm", "1.9.0", "1.9.0"),
        ("npm", "=1.9.0", "1.9.0"), ("npm", "^1.9.0", ""), ("npm", "1.9", ""),
    ],
)  # fmt: skip
def test_the_one_version_that_is_asked_for(ecosystem: str, requirement: str, expected: str) -> None:
    assert exact(ecosystem, requirement) == expected
