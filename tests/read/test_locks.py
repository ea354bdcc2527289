"""What lock files hold: every package that is fetched, in each version, at its version."""

from __future__ import annotations

import pytest

from mcp_lsp import syntax
from mcp_lsp.check import Analysis
from mcp_lsp.read.manifests import dependencies
from mcp_lsp_analyzers.supply import Locked

UV = """version = 1

[[package]]
name = "own"
version = "0.1.0"
source = { editable = "." }
dependencies = [
    { name = "mcp" },
]

[[package]]
name = "mcp"
version = "1.9.0"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://files.example/mcp-1.9.0.tar.gz", hash = "sha256:00", size = 1 }

[[package]]
name = "Some_Thing"
version = "2.0"
source = { git = "https://example.com/thing?rev=1#00" }
"""
POETRY = """[[package]]
name = "mcp"
version = "1.9.0"
description = "x"
optional = false

[package.dependencies]
anyio = ">=4.5"

[[package]]
name = "anyio"
version = "4.9.0"
"""
PIPFILE = """{
    "_meta": {"sources": [{"name": "pypi", "url": "https://index.example/simple"}]},
    "default": {
        "mcp": {
            "hashes": [
                "sha256:00"
            ],
            "index": "pypi",
            "version": "==1.9.0"
        }
    },
    "develop": {}
}
"""
NPM = """{
  "name": "own",
  "version": "1.0.0",
  "lockfileVersion": 3,
  "packages": {
    "": {
      "name": "own",
      "version": "1.0.0",
      "dependencies": { "zod": "^3.0.0" }
    },
    "node_modules/zod": {
      "version": "3.25.0",
      "resolved": "https://registry.example/zod/-/zod-3.25.0.tgz",
      "integrity": "sha512-0"
    },
    "node_modules/a/node_modules/@x/y": {
      "version": "1.2.3",
      "resolved": "https://registry.example/@x/y/-/y-1.2.3.tgz"
    },
    "packages/part": {
      "version": "1.0.0"
    }
  }
}
"""
NPM_1 = """{
  "name": "own",
  "version": "1.0.0",
  "lockfileVersion": 1,
  "dependencies": {
    "zod": {
      "version": "3.25.0",
      "resolved": "https://registry.example/zod/-/zod-3.25.0.tgz"
    }
  }
}
"""
YARN = """# yarn lockfile v1


"@x/y@^1.0.0", "@x/y@^1.2.0":
  version "1.2.3"
  resolved "https://registry.example/@x/y/-/y-1.2.3.tgz#00"

zod@^3.0.0:
  version "3.25.0"
  resolved "https://registry.example/zod/-/zod-3.25.0.tgz#00"
"""
BERRY = """__metadata:
  version: 8

"zod@npm:^3.0.0":
  version: 3.25.0
  resolution: "zod@npm:3.25.0"

"own@workspace:.":
  version: 0.0.0-use.local
  resolution: "own@workspace:."
"""
PNPM = """lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      zod:
        specifier: ^3.0.0
        version: 3.25.0

packages:

  '@x/y@1.2.3':
    resolution: {integrity: sha512-0}

  zod@3.25.0:
    resolution: {integrity: sha512-0}

snapshots:

  '@x/y@1.2.3(zod@3.25.0)':
    dependencies:
      zod: 3.25.0

  zod@3.25.0: {}
"""
BUN = """{
  "lockfileVersion": 1,
  "packages": {
    "@x/y": ["@x/y@1.2.3", "", {}, "sha512-0"],

    "zod": ["zod@3.25.0", "https://registry.example/zod/-/zod-3.25.0.tgz", {}, "sha512-0"],
  }
}
"""


def locked(file: str, text: str, **manifests: str) -> list[str]:
    uri = f"file:///project/{file}"
    files = {"/project/" + name.replace("_", "."): content for name, content in manifests.items()}
    analysis = Analysis(
        syntax.Document(uri, text, syntax.language_of(uri)), dependencies({**files, f"/project/{file}": text})
    )
    assert not analysis.failures
    assert analysis.reading is not None
    found = []
    for each in analysis.reading.subjects:
        assert isinstance(each, Locked)
        span = each.place.span
        assert span is not None
        assert text[span.start : span.end] == each.version
        if each.source is not None:
            place = each.source.place.span
            assert place is not None
            assert text[place.start : place.end] == each.source.value
        found.append(
            f"{each.ecosystem} {each.name} {each.version}" + ("" if each.asked is None else f" asked {each.asked}")
        )
    return found


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("uv.lock", UV, ["python mcp 1.9.0", "python some-thing 2.0"]),
        ("uv.lock", UV.replace("\n", "\r\n"), ["python mcp 1.9.0", "python some-thing 2.0"]),
        ("poetry.lock", POETRY, ["python mcp 1.9.0", "python anyio 4.9.0"]),
        ("pylock.toml", POETRY, ["python mcp 1.9.0", "python anyio 4.9.0"]),
        ("Pipfile.lock", PIPFILE, ["python mcp 1.9.0"]),
        ("package-lock.json", NPM, ["npm zod 3.25.0", "npm @x/y 1.2.3"]),
        ("npm-shrinkwrap.json", NPM_1, ["npm zod 3.25.0"]),
        ("yarn.lock", YARN, ["npm @x/y 1.2.3", "npm zod 3.25.0"]),
        ("yarn.lock", BERRY, ["npm zod 3.25.0"]),
        ("pnpm-lock.yaml", PNPM, ["npm @x/y 1.2.3", "npm zod 3.25.0"]),
        ("bun.lock", BUN, ["npm @x/y 1.2.3", "npm zod 3.25.0"]),
        ("uv.lock", "", []),
        ("package-lock.json", "{", []),
    ],
)  # fmt: skip
def test_every_lock_file(file: str, text: str, expected: list[str]) -> None:
    assert locked(file, text) == expected


def test_what_a_manifest_asks_for_is_known() -> None:
    assert locked("uv.lock", UV, pyproject_toml='[project]\ndependencies = ["mcp>=1.9,<2"]\n') == [
        "python mcp 1.9.0 asked >=1.9,<2",
        "python some-thing 2.0",
    ]
