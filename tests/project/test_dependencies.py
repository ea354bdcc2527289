"""Which manifests speak for a source file."""

from __future__ import annotations

from pathlib import Path

from mcp_lsp.project.dependencies import Projects


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def mcp(root: Path, folder: str = ".", checked: str | None = None) -> str | None:
    projects = Projects(str(root / checked) if checked is not None else "")
    found = projects.dependencies(str((root / folder).resolve())).python.get("mcp")
    return found and f"{found.major} {found.text} {found.evidence}"


def sdk(root: Path, folder: str = ".") -> str | None:
    found = Projects(str(root)).dependencies(str((root / folder).resolve())).npm.get("@modelcontextprotocol/sdk")
    return found and f"{found.major} {found.text} {found.evidence}"


def test_the_nearest_manifest_upward(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "requirements.txt": "mcp~=2.0\n",
            "a/pyproject.toml": '[project]\ndependencies = ["mcp<2"]',
            "a/src/x.py": "",
            "b/x.py": "",
        },
    )
    assert mcp(tmp_path, "a/src", checked="") == "1 <2 pyproject.toml"
    assert mcp(tmp_path, "b", checked="") == "2 ~=2.0 requirements.txt"


def test_the_lock_file_of_the_repository(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".git/HEAD": "",
            "uv.lock": '[[package]]\nname = "mcp"\nversion = "1.30.0"\n',
            "packages/a/pyproject.toml": '[project]\ndependencies = ["mcp>=1.6"]',
            "packages/a/src/x.py": "",
        },
    )
    assert mcp(tmp_path, "packages/a/src") == "1 1.30.0 uv.lock"


def test_an_unpacked_wheel_says_what_it_requires(tmp_path: Path) -> None:
    write(tmp_path, {"x-1.0.dist-info/METADATA": "Name: x\nRequires-Dist: mcp<2\n", "x/server.py": ""})
    assert mcp(tmp_path, "x", checked="") == "1 <2 METADATA"


def test_of_several_installed_packages_none_speaks_for_the_source(tmp_path: Path) -> None:
    write(tmp_path, {f"{name}-1.0.dist-info/METADATA": "Requires-Dist: mcp<2\n" for name in "xy"})
    assert mcp(tmp_path, checked="") is None


def test_what_stands_above_the_checked_folder_does_not_count(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": "mcp==2.0\n", "a/requirements.txt": "httpx\n", "a/x.py": ""})
    assert mcp(tmp_path, "a", checked="a") is None


def test_unless_there_is_nothing_within(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": "mcp==2.0\n", "src/x.py": ""})
    assert mcp(tmp_path, "src", checked="src") == "2 ==2.0 requirements.txt"
    assert mcp(tmp_path, "src") == "2 ==2.0 requirements.txt"


def test_nothing_above_the_working_copy_counts(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": "mcp==2.0\n", "repo/.git/HEAD": "", "repo/x.py": ""})
    assert mcp(tmp_path, "repo") is None


def test_the_installed_environment(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": '[project]\ndependencies = ["mcp"]',
            ".venv/lib/python3.12/site-packages/mcp-2.3.0.dist-info/METADATA": "",
            ".venv/lib/python3.12/site-packages/mcp_types-2.3.0.dist-info/METADATA": "",
            "package.json": '{"dependencies": {"@modelcontextprotocol/sdk": "*"}}',
            "node_modules/@modelcontextprotocol/sdk/package.json": '{"version": "1.32.2"}',
        },
    )
    assert mcp(tmp_path) == "2 2.3.0 installed"
    assert sdk(tmp_path) == "1 1.32.2 installed"


def test_a_windows_environment(tmp_path: Path) -> None:
    write(tmp_path, {"venv/Lib/site-packages/mcp-1.9.4.dist-info/METADATA": ""})
    assert mcp(tmp_path) == "1 1.9.4 installed"


def test_folders_of_one_project_share_one_answer(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": "mcp==2.0\n", "a/x.py": "", "b/x.py": ""})
    projects = Projects(str(tmp_path))
    assert projects.dependencies(str(tmp_path / "a")) is projects.dependencies(str(tmp_path / "b"))


def test_manifests_that_cannot_be_read_say_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"requirements.txt": "mcp==2.0\n"})
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "package.json").mkdir()
    (tmp_path / "uv.lock").symlink_to("uv.lock")
    assert mcp(tmp_path) == "2 ==2.0 requirements.txt"
