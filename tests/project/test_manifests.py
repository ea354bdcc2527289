"""Which SDK major a project resolves to, from its manifests alone."""

from __future__ import annotations

import pytest

from mcp_lsp.read.manifests import Dependencies, Version, dependencies, is_manifest, npm_major, python_major, script


def python(files: dict[str, str], name: str = "mcp") -> Version | None:
    return dependencies(files).python.get(name)


def npm(files: dict[str, str], name: str = "@modelcontextprotocol/sdk") -> Version | None:
    return dependencies(files).npm.get(name)


@pytest.mark.parametrize(
    ("text", "major"),
    [
        (">=1.2,<2", 1),
        (">=1.2.0,<2.0.0", 1),
        (">=1.9,<2.0.0a0", 1),
        ("==1.30.0", 1),
        ("==1.*", 1),
        ("~=1.2", 1),
        ("~=2.0.1", 2),
        ("^1.2", 1),
        ("<2", 1),
        ("<=1.30", 1),
        (">1,<2", 1),
        (">=1.6", None),
        (">=1.6,!=1.7", None),
        (">=1,<3", None),
        (">=1,<2.1", None),
        ("", None),
        ("*", None),
        ("@ git+https://github.com/modelcontextprotocol/python-sdk@v1.2.3", None),
        ("v1.2", 1),
    ],
)
def test_a_python_range_names_a_major_only_where_it_admits_one(text: str, major: int | None) -> None:
    assert python_major(text) == major


def test_a_lower_bound_that_reaches_the_newest_major_is_enough() -> None:
    assert python({"pyproject.toml": '[project]\ndependencies = ["mcp>=2.0"]'}) == Version(2, ">=2.0", "pyproject.toml")
    assert python({"pyproject.toml": '[project]\ndependencies = ["mcp>=1.0"]'}) == Version(
        None, ">=1.0", "pyproject.toml"
    )


@pytest.mark.parametrize(
    ("text", "major"),
    [
        ("^1.2.0", 1),
        ("~1.2.0", 1),
        ("1.x", 1),
        ("1", 1),
        ("1.2.3", 1),
        (">=1.0.0 <2.0.0", 1),
        (">=1.0.0 <2.0.0-0", 1),
        ("1.0.0 - 1.9.9", 1),
        ("^1.0.0 || ^1.5.0", 1),
        ("^3.25.0 || ^4.0.0", None),
        ("^0.5.0", 0),
        ("npm:@modelcontextprotocol/sdk@^1.2.0", 1),
        ("workspace:^1.2.0", 1),
        ("workspace:*", None),
        ("*", None),
        ("latest", None),
        ("file:../sdk", None),
        ("catalog:", None),
        ("github:modelcontextprotocol/typescript-sdk#v1.2.0", None),
        ("https://example.com/sdk-1.2.0.tgz", None),
        (">=1.2.0", None),
    ],
)
def test_an_npm_range_names_a_major_only_where_it_admits_one(text: str, major: int | None) -> None:
    assert npm_major(text) == major


def test_a_lock_file_goes_before_the_installed_package_and_that_before_the_range() -> None:
    manifest = {"pyproject.toml": '[project]\ndependencies = ["mcp>=1.6"]'}
    installed = {".venv/lib/python3.12/site-packages/mcp-2.3.0.dist-info": ""}
    lock = {"uv.lock": '[[package]]\nname = "mcp"\nversion = "1.30.0"\n'}
    assert python(manifest) == Version(None, ">=1.6", "pyproject.toml")
    assert python(manifest | installed) == Version(2, "2.3.0", "installed")
    assert python(manifest | installed | lock) == Version(1, "1.30.0", "uv.lock")


def test_a_lock_that_the_nearest_range_excludes_speaks_of_another_package_of_the_repository() -> None:
    files = {
        "pyproject.toml": '[project]\ndependencies = ["mcp>=1.6,<2"]',
        "../uv.lock": '[[package]]\nname = "mcp"\nversion = "2.3.0"\n',
    }
    assert python(files) == Version(1, ">=1.6,<2", "pyproject.toml")


def test_a_lock_with_two_majors_and_no_range_leaves_the_major_open() -> None:
    lock = '[[package]]\nname = "mcp"\nversion = "1.30.0"\n\n[[package]]\nname = "mcp"\nversion = "2.3.0"\n'
    assert python({"uv.lock": lock}) == Version(None, "1.30.0", "uv.lock")
    range_ = {"pyproject.toml": '[project]\ndependencies = ["mcp~=2.0"]'}
    assert python(range_ | {"uv.lock": lock}) == Version(2, "2.3.0", "uv.lock")


def test_an_earlier_manifest_goes_before_a_later_one() -> None:
    near = {"pyproject.toml": '[project]\ndependencies = ["mcp<2"]'}
    far = {"../pyproject.toml": '[project]\ndependencies = ["mcp~=2.0"]'}
    assert python(near | far) == Version(1, "<2", "pyproject.toml")
    assert python(far | near) == Version(2, "~=2.0", "pyproject.toml")


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        (
            "pyproject.toml",
            "[project.optional-dependencies]\nx = [\"MCP[cli] >=1.2,<2 ; python_version>'3.9'\"]",
            ">=1.2,<2",
        ),
        ("pyproject.toml", '[dependency-groups]\ndev = [{include-group = "x"}, "mcp==1.2"]', "==1.2"),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3.10"\nmcp = {version = "^1.2", extras = ["cli"]}',
            "^1.2",
        ),
        ("pyproject.toml", '[tool.poetry.group.dev.dependencies]\nmcp = "1.2.3"', "1.2.3"),
        ("requirements.txt", "# tools\n-r other.txt\nhttpx\nmcp[cli]==1.6.0 --hash=sha256:abc  # pinned\n", "==1.6.0"),
        ("requirements-dev.txt", "mcp \\\n  ~=1.2\n", "~=1.2"),
        ("dev_requirements.in", "mcp<2", "<2"),
        ("Pipfile", '[packages]\nmcp = "~=1.2"', "~=1.2"),
        ("Pipfile.lock", '{"default": {"mcp": {"version": "==1.2.3"}}}', "1.2.3"),
        ("poetry.lock", '[[package]]\r\nname = "mcp"\r\nversion = "1.9.4"\r\n', "1.9.4"),
        ("pylock.toml", '[[packages]]\nname = "mcp"\nversion = "1.9.4"\n', "1.9.4"),
        ("setup.cfg", "[options]\ninstall_requires =\n    httpx\n    mcp>=1,<2\n\n[options.x]\nmcp>=2\n", ">=1,<2"),
        ("setup.py", "setup(install_requires=['httpx[http2]', 'mcp>=1,<2'])", ">=1,<2"),
        ("METADATA", "Name: x\nRequires-Dist: httpx\nRequires-Dist: mcp<2,>=1\n\nRequires-Dist: mcp>=2\n", "<2,>=1"),
    ],
)
def test_every_python_manifest_is_read(name: str, text: str, version: str) -> None:
    assert python({name: text}) == Version(1, version, name)


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        ("package.json", '{"dependencies": {"@modelcontextprotocol/sdk": "^1.2.0"}}', "^1.2.0"),
        ("package.json", '{"peerDependencies": {"@modelcontextprotocol/sdk": "1.x"}, "dependencies": null}', "1.x"),
        ("package-lock.json", '{"packages": {"": {}, "node_modules/@modelcontextprotocol/sdk": {"version": "1.2.3"}}}', "1.2.3"),
        ("package-lock.json", '{"dependencies": {"@modelcontextprotocol/sdk": {"version": "1.2.3"}}}', "1.2.3"),
        ("yarn.lock", '"@modelcontextprotocol/sdk@^1.0.0", "@modelcontextprotocol/sdk@^1.1":\n  version "1.2.3"\n', "1.2.3"),
        ("yarn.lock", '"@modelcontextprotocol/sdk@npm:^1.0.0":\n  version: 1.2.3\n', "1.2.3"),
        ("pnpm-lock.yaml", "packages:\n\n  '@modelcontextprotocol/sdk@1.2.3':\n    resolution: {}\n", "1.2.3"),
        ("pnpm-lock.yaml", "packages:\n\n  /@modelcontextprotocol/sdk@1.2.3(zod@3.1.0):\n    resolution: {}\n", "1.2.3"),
        ("pnpm-lock.yaml", "packages:\n\n  /@modelcontextprotocol/sdk/1.2.3:\n    resolution: {}\n", "1.2.3"),
        ("bun.lock", '{"packages": {"@modelcontextprotocol/sdk": ["@modelcontextprotocol/sdk@1.2.3", "", {}],}}', "1.2.3"),
        ("deno.json", '{"imports": {"sdk": "npm:@modelcontextprotocol/sdk@^1.2.0"}}', "^1.2.0"),
    ],
)  # fmt: skip
def test_every_npm_manifest_is_read(name: str, text: str, version: str) -> None:
    assert npm({name: text}) == Version(1, version, name)


def test_an_installed_npm_package_is_known_by_its_own_manifest() -> None:
    path = "node_modules/@modelcontextprotocol/sdk/package.json"
    assert npm({path: '{"name": "x", "version": "1.32.2", "dependencies": {"zod": "^3"}}'}) == Version(
        1, "1.32.2", "installed"
    )


def test_python_names_are_normalised() -> None:
    assert python({"requirements.txt": "Mcp_Server.Fetch==1.0"}, "mcp-server-fetch") == Version(
        1, "==1.0", "requirements.txt"
    )


@pytest.mark.parametrize("name", ["pyproject.toml", "package.json", "package-lock.json", "Pipfile.lock", "deno.json"])
@pytest.mark.parametrize(
    "text", ["", "{", "[", "null", "[]", '"x"', "{}", '{"dependencies": []}', "project = 3", "\x00"]
)
def test_a_broken_manifest_says_nothing(name: str, text: str) -> None:
    assert dependencies({name: text}) == Dependencies()


def test_a_script_carries_its_own_dependencies() -> None:
    text = '#!/usr/bin/env python\n# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n#   "mcp>=1,<2",\n# ]\n# ///\nimport mcp\n'
    assert script(text).python == {"mcp": Version(1, ">=1,<2", "script")}
    assert script("# /// script\n# dependencies = [\n# ///\n") == Dependencies()
    assert script("import mcp\n") == Dependencies()


@pytest.mark.parametrize(
    ("files", "mcp"),
    [
        ({"package.json": '{"name": "@notes/mcp-server", "dependencies": {"hono": "4"}}'}, True),
        ({"package.json": '{"name": "notes", "mcpName": "io.example/notes"}'}, True),
        ({"package.json": '{"name": "notes", "dependencies": {"hono": "4"}}'}, False),
        ({"package.json": '{"name": "notes", "keywords": ["notes", "model-context-protocol"]}'}, True),
        ({"package.json": '{"name": "notes", "keywords": "mcp"}'}, False),
        ({"pyproject.toml": '[project]\nname = "notes-mcp"\n'}, True),
        ({"pyproject.toml": '[project]\nname = "notes"\ndependencies = ["flask"]\n'}, False),
        ({"pyproject.toml": '[project]\nname = "notes"\ndependencies = ["mcp>=1"]\n'}, True),
    ],
)
def test_a_project_has_to_do_with_mcp_by_what_it_needs_or_is_called(files: dict[str, str], mcp: bool) -> None:
    assert dependencies(files).mcp == mcp


def test_one_word_over_another() -> None:
    near = Dependencies({"mcp": Version(1, "<2", "script")}, {})
    far = Dependencies({"mcp": Version(2, "2.0", "uv.lock"), "httpx": Version(0, "0.28", "uv.lock")}, {})
    assert near.over(far).python == {"mcp": near.python["mcp"], "httpx": far.python["httpx"]}


def test_which_file_names_are_manifests() -> None:
    assert all(map(is_manifest, ["pyproject.toml", "package.json", "requirements.txt", "requirements-dev.txt"]))
    assert not any(map(is_manifest, ["server.py", "tsconfig.json", "notes.txt"]))


@pytest.mark.parametrize("name", ["setup.py", "setup.cfg", "yarn.lock", "pnpm-lock.yaml", "uv.lock", "bun.lock"])
def test_an_endless_manifest_is_read_in_linear_steps(name: str) -> None:
    text = "install_requires = [" + "[x" * 20_000 + " \n \t" * 20_000 + '\n"a@' * 20_000 + '\nname = "a' * 20_000
    assert dependencies({name: text}).python.keys() <= {"mcp", "x"}
