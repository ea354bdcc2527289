"""Which files are looked at, and what is said of the others."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from mcp_lsp.project.configuration import Configuration
from mcp_lsp.project.files import Unreadable, find, read
from mcp_lsp.settings import Settings, SettingsError, from_table
from mcp_lsp.syntax import PLAIN, language_of


def tree(root: Path, *files: str) -> Path:
    for name in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir(exist_ok=True)
        else:
            path.write_text("x = 1\n")
    return root


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)


class Said:
    def __init__(self, root: Path, *paths: str, settings: Settings | None = None) -> None:
        found = find(paths or (".",), Configuration(settings), str(root))

        def short(path: str) -> str:
            return os.path.relpath(path, root).replace(os.sep, "/")

        self.files = [short(f.path) for f in found.files if language_of(f.path) not in PLAIN]
        self.papers = [short(f.path) for f in found.files if language_of(f.path) in PLAIN]
        self.skipped = {short(s.path): s.reason for s in found.skipped}
        self.excluded = {short(s.path): s.reason for s in found.excluded}
        self.missing = {short(s.path): s.reason for s in found.missing}


def test_source_files_are_found_by_name_and_in_order(tmp_path: Path) -> None:
    tree(tmp_path, "b/z.py", "a.py", "B.ts", "b/a.mjs", "x.md", "b/c/x.tsx", "types.d.ts", "data.json", "c.d.mts")
    assert Said(tmp_path).files == ["B.ts", "a.py", "b/a.mjs", "b/z.py", "b/c/x.tsx"]


def test_every_file_once_in_the_order_of_the_paths(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "b/c.py")
    assert Said(tmp_path, "b", ".", "b/c.py", "./a.py").files == ["b/c.py", "a.py"]


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to("nowhere")
    tree(tmp_path, "a.py")
    said = Said(tmp_path, "nothing.py", "a.py/x.py", "dangling", "bad\0name")
    assert said.missing == {
        "nothing.py": "no such file or folder",
        "a.py/x.py": "no such file or folder",
        "dangling": "a symbolic link to nothing",
        "bad\0name": "no path: it holds a null character",
    }


def test_a_named_file_of_no_language_is_said(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "# x")
    assert Said(tmp_path, "README.md").skipped == {"README.md": "not Python, TypeScript or JavaScript"}


def test_usual_folders_are_left_out_unless_they_are_named(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "node_modules/x/i.js", ".venv/lib/x.py", "__pycache__/x.py", ".git/hooks/x.py")
    said = Said(tmp_path)
    assert said.files == ["a.py"]
    assert said.excluded == {"node_modules": "excluded by default", ".venv": "excluded by default"}
    assert Said(tmp_path, "node_modules").files == ["node_modules/x/i.js"]
    assert Said(tmp_path, "node_modules/x").files == ["node_modules/x/i.js"]
    assert Said(tmp_path, ".venv/lib/x.py").files == [".venv/lib/x.py"]


def test_settings_exclude_what_they_name(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "gen/b.py", "src/gen/c.py", "src/d_pb2.py", "node_modules/e.js")
    table = {"extend-exclude": ["/gen", "*_pb2.py"]}
    said = Said(tmp_path, settings=from_table(table, "mcp-lsp.toml", str(tmp_path)))
    assert said.files == ["a.py", "src/gen/c.py"]
    assert said.excluded["gen"] == "excluded by settings"
    assert said.excluded["src/d_pb2.py"] == "excluded by settings"
    only = Said(tmp_path, settings=from_table({"exclude": []}, "mcp-lsp.toml", str(tmp_path)))
    assert "node_modules/e.js" in only.files


def test_gitignore_counts_in_a_working_copy_only(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "dist/b.py", "sub/c.py", "sub/keep.py", "sub/deep/c.py")
    write(tmp_path, ".gitignore", "dist/\nc.py\n")
    write(tmp_path, "sub/.gitignore", "*.py\n!keep.py\n")
    assert len(Said(tmp_path).files) == 5
    (tmp_path / ".git").mkdir()
    said = Said(tmp_path)
    assert said.files == ["a.py", "sub/keep.py"]
    assert said.excluded["dist"] == "named by .gitignore"
    assert Said(tmp_path, "sub").files == ["sub/keep.py"]
    assert Said(tmp_path, "dist").files == ["dist/b.py"]
    assert Said(tmp_path, "sub/c.py").files == ["sub/c.py"]
    off = from_table({"respect-gitignore": False}, "mcp-lsp.toml", str(tmp_path))
    assert len(Said(tmp_path, settings=off).files) == 5


def test_ignore_rules_of_a_repository_end_at_the_next_one(tmp_path: Path) -> None:
    tree(tmp_path, ".git/", "mod/.git/", "mod/a.py", "a.py")
    write(tmp_path, ".gitignore", "a.py\n")
    assert Said(tmp_path).files == ["mod/a.py"]


def test_a_working_copys_own_excludes_count(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "b.py")
    write(tmp_path, ".git/info/exclude", "b.py\n")
    assert Said(tmp_path).files == ["a.py"]


def test_a_build_beside_its_sources_is_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "package.json", "src/index.ts", "src/tools/run.ts", "dist/index.js", "dist/tools/run.js")
    said = Said(tmp_path)
    assert said.files == ["src/index.ts", "src/tools/run.ts"]
    assert said.excluded == {"dist": "built from sources beside it"}
    assert len(Said(tmp_path, "dist").files) == 2


def test_a_build_without_its_sources_is_what_runs(tmp_path: Path) -> None:
    tree(tmp_path, "package.json", "dist/index.js", "dist/tools/run.js", "src/wasm.ts")
    assert Said(tmp_path).files == ["dist/index.js", "dist/tools/run.js", "src/wasm.ts"]


def test_a_build_beside_sources_without_a_src_folder(tmp_path: Path) -> None:
    tree(tmp_path, "package.json", "index.ts", "dist/index.js", "dist/index.d.ts")
    assert Said(tmp_path).files == ["index.ts"]


def test_what_was_built_beside_its_own_source_is_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "src/index.ts", "src/index.js", "src/page.tsx", "src/page.js", "src/own.js", "src/typed.d.ts")
    tree(tmp_path, "src/typed.js", "src/run.mts", "src/run.mjs", "src/run.js")
    said = Said(tmp_path)
    assert said.files == ["src/index.ts", "src/own.js", "src/page.tsx", "src/run.js", "src/run.mts", "src/typed.js"]
    assert set(said.excluded) == {"src/index.js", "src/page.js", "src/run.mjs"}
    assert Said(tmp_path, "src/index.js").files == ["src/index.js"]


def test_a_folder_that_is_only_called_build_is_looked_at(tmp_path: Path) -> None:
    tree(tmp_path, "pyproject.toml", "build/server.py", "lib/x.py")
    assert Said(tmp_path).files == ["build/server.py", "lib/x.py"]
    tree(tmp_path, "build/lib/server.py")
    assert Said(tmp_path).files == ["lib/x.py"]


def test_links_are_followed_only_to_files(tmp_path: Path) -> None:
    root = tree(tmp_path / "root", "real/a.py")
    tree(tmp_path, "outside/b.py")
    (root / "inside").symlink_to("real")
    (root / "up").symlink_to("..")
    (root / "out").symlink_to("../outside")
    (root / "b.py").symlink_to("../outside/b.py")
    (root / "again.py").symlink_to("real/a.py")
    (root / "dead.py").symlink_to("nowhere.py")
    (root / "loop.py").symlink_to("loop.py")
    (root / "loop").symlink_to("loop")
    (root / "self").symlink_to(".")
    said = Said(root)
    assert said.files == ["b.py", "real/a.py"]
    assert said.skipped == {
        "dead.py": "a symbolic link to nothing",
        "loop.py": "a symbolic link that leads back to itself",
        "loop": "a symbolic link that leads back to itself",
        "up": "a symbolic link out of the folder, not followed",
        "out": "a symbolic link out of the folder, not followed",
    }
    assert said.excluded.keys() == {"inside", "self"}
    assert Said(root, "inside").files == ["inside/a.py"]
    assert Said(root, "loop").missing == {"loop": "a symbolic link that leads back to itself"}


def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert Said(tmp_path).skipped == {"pipe.py": "not a regular file"}
    assert Said(tmp_path, "pipe.py").missing == {"pipe.py": "not a regular file"}
    with pytest.raises(Unreadable, match="not a regular file"):
        read(str(tmp_path / "pipe.py"), 100)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_said(tmp_path: Path) -> None:
    tree(tmp_path, "secret/a.py")
    (tmp_path / "secret").chmod(0)
    try:
        assert Said(tmp_path).skipped == {"secret": "cannot be read: Permission denied"}
    finally:
        (tmp_path / "secret").chmod(0o700)


def test_a_tree_deeper_than_the_stack(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=descriptor)
        below = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = below
    os.close(descriptor)
    tree(tmp_path, "a.py")
    try:
        assert Said(tmp_path).files == ["a.py"]
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)  # too deep for shutil.rmtree as well


def test_names_that_are_no_text(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/bad-\xff.py", "wb") as file:
        file.write(b"x = 1\n")
    assert Said(tmp_path).files == [os.fsdecode(b"bad-\xff.py")]


# ---------------------------------------------------------------- what a file's bytes are


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x7fELF\0\0\0", "a binary file"),
        (b"x = '\xff'\n", "not UTF-8: byte 0xff (byte 5)"),
        (b"# coding: no-such\n", "unknown encoding no-such (byte 0)"),
        (b"x" * 101, "larger than 100 bytes (101); the setting max-file-size raises the limit"),
    ],
)
def test_bytes_that_are_no_source(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.py").write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read(str(tmp_path / "a.py"), 100)
    assert str(caught.value) == reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_bytes_that_are(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.py").write_bytes("x = 'ä'\r\n".encode(encoding))
    assert read(str(tmp_path / "a.py"), 100)[1] == "x = 'ä'\r\n"


# ---------------------------------------------------------------- which settings apply


def test_the_nearest_settings_apply(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "sub/b.py", "sub/deep/c.py", "other/d.py")
    write(tmp_path, "pyproject.toml", "[tool.mcp-lsp]\nmax-file-size = 1")
    write(tmp_path, "sub/pyproject.toml", "[tool.mcp-lsp]\nmax-file-size = 2")
    write(tmp_path, "sub/mcp-lsp.toml", "max-file-size = 3")
    write(tmp_path, "sub/deep/pyproject.toml", "[project]\nname = 'x'")
    write(tmp_path, "other/pyproject.toml", "not toml")
    configuration = Configuration()
    found = find(["."], configuration, str(tmp_path))
    sizes = {os.path.basename(f.path): f.settings.max_file_size for f in found.files if f.path.endswith(".py")}
    assert sizes == {
        "a.py": 1,
        "b.py": 3,
        "c.py": 3,
        "d.py": 1,
    }
    assert [os.path.relpath(path, tmp_path) for path, _ in configuration.unread] == ["other/pyproject.toml"]


def test_broken_settings_of_ours_are_an_error(tmp_path: Path) -> None:
    tree(tmp_path, "sub/b.py")
    write(tmp_path, "sub/pyproject.toml", "[tool.mcp-lsp\nselect = 1")
    with pytest.raises(SettingsError, match="not valid TOML"):
        find(["."], Configuration(), str(tmp_path))


def test_manifests_prompts_and_configurations_are_looked_at_too(tmp_path: Path) -> None:
    looked_at = (
        ".cursor/mcp.json", ".github/workflows/ci.yml", ".mcp.json", "Dockerfile", "dev/requirements-dev.txt",
        "package-lock.json", "package.json", "pyproject.toml", "skills/notes/SKILL.md", "src/review_prompt.md", "uv.lock",
    )  # fmt: skip
    others = ("README.md", "ci.yml", "notes.txt", "Cargo.lock", "node_modules/a/package.json")
    for name in (*looked_at, *others):
        write(tmp_path, name, "")
    assert sorted(Said(tmp_path).papers) == sorted(looked_at)
