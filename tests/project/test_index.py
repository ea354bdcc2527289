"""Imports that are followed into the files of a folder, and notice when those change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mcp_lsp import read, syntax
from mcp_lsp.project.index import Index
from mcp_lsp.uri import from_path as uri_of
from mcp_lsp.uri import to_path as path_of
from mcp_lsp_analyzers.scope import Found, Scope

FILES = {
    "src/pkg/__init__.py": "from .impl import run\nfrom .star import *\n",
    "src/pkg/impl.py": "def run(command): ...\n\ndef other(): ...\n",
    "src/pkg/star.py": "LIMIT = 3\n",
    "src/pkg/server.py": (
        "from . import impl\nfrom .impl import run as go\nfrom pkg import run, LIMIT\nimport pkg.impl as i\n"
    ),
    "tsconfig.json": '{ // comment\n "compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["./web/*"],}} }',
    "package.json": '{"workspaces": ["packages/*"]}',
    "packages/core/package.json": '{"name": "@acme/core", "main": "dist/index.js"}',
    "packages/core/src/index.ts": 'export * from "./deep.js";\nexport { hidden as shown } from "./deep.js";\n',
    "packages/core/src/deep.ts": "export function deep(x: string) {}\nfunction hidden() {}\nexport { hidden };\n",
    "web/run.ts": "export const run = (c: string) => c;\nexport default function main() {}\n",
    "web/old.js": "function legacy(x) {}\nmodule.exports = { legacy };\n",
    "web/server.ts": (
        'import { run } from "@/run";\nimport main from "./run.js";\nimport * as all from "./run";\n'
        'import { deep, shown } from "@acme/core";\n'
    ),
}


@pytest.fixture
def index(tmp_path: Path) -> Index:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Index(str(tmp_path))


def followed(index: Index, file: str, local: str, member: str | None = None) -> str | None:
    """ "file:name" of what ``local`` (or its ``member``) in ``file`` stands for."""
    uri = uri_of(f"{index.root}/{file}")
    module = index.current(uri)
    assert module is not None
    scope = Scope(module, index)
    binding = scope.find(local)
    assert binding is not None
    assert binding.imported is not None
    found = scope.follow(binding.imported, member)
    return None if found is None else shown(index, found)


def shown(index: Index, found: Found) -> str:
    path = str(path_of(found.module.uri))[len(index.root) + 1 :]
    return f"{path}:{found.binding.name}" if found.binding else path


@pytest.mark.parametrize(
    ("file", "local", "member", "target"),
    [
        ("src/pkg/server.py", "impl", None, "src/pkg/impl.py"),
        ("src/pkg/server.py", "impl", "other", "src/pkg/impl.py:other"),
        ("src/pkg/server.py", "go", None, "src/pkg/impl.py:run"),
        ("src/pkg/server.py", "run", None, "src/pkg/impl.py:run"),
        ("src/pkg/server.py", "LIMIT", None, "src/pkg/star.py:LIMIT"),
        ("src/pkg/server.py", "i", "run", "src/pkg/impl.py:run"),
        ("web/server.ts", "run", None, "web/run.ts:run"),
        ("web/server.ts", "all", "run", "web/run.ts:run"),
        ("web/server.ts", "deep", None, "packages/core/src/deep.ts:deep"),
        ("web/server.ts", "shown", None, "packages/core/src/deep.ts:hidden"),
    ],
)
def test_following(index: Index, file: str, local: str, member: str | None, target: str) -> None:
    assert followed(index, file, local, member) == target


def test_only_what_is_asked_for_is_read(index: Index) -> None:
    followed(index, "src/pkg/server.py", "go")
    assert index.loaded == 2


def test_what_was_followed_holds_until_the_other_file_changes(index: Index) -> None:
    uri = uri_of(f"{index.root}/src/pkg/server.py")
    other = uri_of(f"{index.root}/src/pkg/impl.py")
    module = index.current(uri)
    assert module is not None
    scope = Scope(module, index)
    binding = scope.find("go")
    assert binding is not None
    assert binding.imported is not None
    scope.follow(binding.imported)
    assert scope.seen.holds(module)
    text = FILES["src/pkg/impl.py"].replace("run(command)", "run(command, shell)")
    document = syntax.Document(other, text, "python")
    index.opened(document, read.module(syntax.parse(document)))
    assert not scope.seen.holds(module)


def test_files_that_change_on_disk_are_read_again(index: Index) -> None:
    assert followed(index, "src/pkg/server.py", "go") == "src/pkg/impl.py:run"
    assert not index.refresh()
    path = Path(index.root, "src/pkg/impl.py")
    path.write_text("def walk(): ...\n")
    assert index.refresh()
    assert followed(index, "src/pkg/server.py", "go") is None


def test_nothing_outside_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside.py").write_text("def run(): ...\n")
    (tmp_path / "inside" / "server.py").write_text("from ..outside import run\n")
    assert followed(Index(str(tmp_path / "inside")), "server.py", "run") is None


def test_a_folder_is_listed_once_until_the_next_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.py", "b.py", "c.txt"):
        (tmp_path / name).write_text("x = 1\n")
    index, asked = Index(str(tmp_path)), uri_of(str(tmp_path / "a.py"))
    listed: list[str] = []
    names = os.listdir

    def listing(folder: str) -> list[str]:
        listed.append(folder)
        return names(folder)

    monkeypatch.setattr(os, "listdir", listing)

    def beside() -> list[str]:
        return [module.uri.rpartition("/")[2] for module in index.beside(asked)]

    assert beside() == beside() == ["b.py"]
    assert len(listed) == 1
    (tmp_path / "d.py").write_text("y = 1\n")
    assert index.refresh()
    assert beside() == ["b.py", "d.py"]


@pytest.mark.parametrize(
    ("configurations", "importer", "module", "led"),
    [
        (
            {
                "tsconfig.base.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@acme/util": ["libs/util/a.ts"]}}}',
                "apps/api/tsconfig.json": '{"extends": "../../tsconfig.base.json"}',
            },
            "apps/api/src/main.ts",
            "@acme/util",
            "libs/util/a.ts",
        ),
        (
            {
                "tsconfig.base.json": '{"compilerOptions": {"paths": {"@acme/*": ["./libs/*/a.ts"]}}}',
                "apps/api/tsconfig.json": '{"extends": ["./strict.json", "../../tsconfig.base"]}',
                "apps/api/strict.json": '{"compilerOptions": {"strict": true}}',
            },
            "apps/api/src/main.ts",
            "@acme/util",
            "libs/util/a.ts",
        ),
        (
            {
                "config/base.json": '{"compilerOptions": {"paths": {"~/*": ["../libs/*"]}}}',
                "tsconfig.json": '{"extends": "./config/base.json"}',
            },
            "src/main.ts",
            "~/util/a",
            "libs/util/a.ts",
        ),
        (
            {
                "base.json": '{"compilerOptions": {"baseUrl": "./nowhere", "paths": {"#x": ["util/a.ts"]}}}',
                "tsconfig.json": '{"extends": "./base.json", "compilerOptions": {"baseUrl": "libs"}}',
            },
            "src/main.ts",
            "#x",
            "libs/util/a.ts",
        ),
        (
            {"tsconfig.json": '{"extends": "./tsconfig.json", "compilerOptions": {"paths": 5}}'},
            "src/main.ts",
            "@x",
            None,
        ),
    ],
)
def test_names_that_a_configuration_inherits(
    configurations: dict[str, str], importer: str, module: str, led: str | None, tmp_path: Path
) -> None:
    for name, text in {**configurations, importer: "", "libs/util/a.ts": ""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert Index(str(tmp_path)).locate(uri_of(f"{tmp_path}/{importer}"), module, None) == led
