"""Which file an import means, in the layouts that real servers have."""

from __future__ import annotations

import pytest

from mcp_lsp.project.imports import Aliases, Paths

PYTHON = Paths.of(
    [
        "src/pkg/__init__.py", "src/pkg/server.py", "src/pkg/tools/__init__.py", "src/pkg/tools/files.py",
        "src/pkg/utils.py", "tests/utils.py", "tests/test_server.py", "main.py", "helpers.py",
        "packages/a/src/a/core.py", "packages/b/src/b/core.py", "packages/b/src/b/app.py", "core.py",
        "packages/b/src/b/__init__.py", "packages/a/src/a/__init__.py", "src/pkg/deps.py", "src/pkg/deps/__init__.py",
        "src/pkg/deps/services.py",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("importer", "module", "name", "file"),
    [
        ("src/pkg/server.py", ".tools.files", "read", "src/pkg/tools/files.py"),
        ("src/pkg/server.py", ".tools", "files", "src/pkg/tools/files.py"),
        ("src/pkg/server.py", ".tools", "other", "src/pkg/tools/__init__.py"),
        ("src/pkg/server.py", ".", "utils", "src/pkg/utils.py"),
        ("src/pkg/tools/files.py", "..utils", "run", "src/pkg/utils.py"),
        ("src/pkg/tools/files.py", "pkg.utils", "run", "src/pkg/utils.py"),
        ("tests/test_server.py", "pkg.server", None, "src/pkg/server.py"),
        ("tests/test_server.py", "utils", None, "tests/utils.py"),
        ("main.py", "helpers", "x", "helpers.py"),
        ("main.py", "utils", None, None),  # tests/ is not above main.py: another program's module
        ("packages/b/src/b/app.py", "b.core", "x", "packages/b/src/b/core.py"),
        ("packages/b/src/b/app.py", "core", "x", "core.py"),
        ("packages/a/src/a/core.py", "app", None, None),
        ("main.py", "subprocess", None, None),
        ("main.py", "..server", None, None),
        ("src/pkg/server.py", "pkg.deps", "Service", "src/pkg/deps/__init__.py"),  # a package comes before a module
        ("src/pkg/server.py", ".deps", "Service", "src/pkg/deps/__init__.py"),
    ],
)
def test_python(importer: str, module: str, name: str | None, file: str | None) -> None:
    assert PYTHON.python(importer, module, name) == file


TYPESCRIPT = Paths(
    frozenset(
        [
            "src/index.ts", "src/utils/run.ts", "src/utils/index.ts", "src/view.tsx", "dist/run.js", "src/data.mts",
            "packages/core/src/index.ts",
        ]
    ).__contains__,
    aliases=(Aliases("", (("@/*", ("src/*",)), ("#run", ("src/utils/run.ts",)))), Aliases("", (), "src")),
    packages={"@acme/core": ("packages/core/dist/index.js", "packages/core/src/index.ts")},
)  # fmt: skip


@pytest.mark.parametrize(
    ("importer", "module", "file"),
    [
        ("src/index.ts", "./utils/run.js", "src/utils/run.ts"),
        ("src/index.ts", "./utils/run", "src/utils/run.ts"),
        ("src/index.ts", "./utils", "src/utils/index.ts"),
        ("src/index.ts", "./utils/", "src/utils/index.ts"),
        ("src/index.ts", "./view.js", "src/view.tsx"),
        ("src/index.ts", "./data.mjs", "src/data.mts"),
        ("src/utils/run.ts", "../index.js", "src/index.ts"),
        ("src/utils/run.ts", "..", "src/index.ts"),
        ("src/index.ts", "@/utils/run", "src/utils/run.ts"),
        ("src/index.ts", "#run", "src/utils/run.ts"),
        ("src/index.ts", "utils/run", "src/utils/run.ts"),
        ("src/index.ts", "@acme/core", "packages/core/src/index.ts"),
        ("src/index.ts", "zod", None),
        ("src/index.ts", "../../../etc/passwd", None),
    ],
)
def test_typescript(importer: str, module: str, file: str | None) -> None:
    assert TYPESCRIPT.typescript(importer, module) == file
