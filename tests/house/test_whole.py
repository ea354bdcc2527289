"""Files are written whole or not at all, and stay what they were set up to be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mcp_lsp import whole

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


def test_a_new_file_has_the_mode_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "as usual").write_text("")
    whole.write(str(tmp_path / "new"), b"now")
    assert (tmp_path / "new").read_bytes() == b"now"
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == stat.S_IMODE((tmp_path / "as usual").stat().st_mode)
    assert sorted(os.listdir(tmp_path)) == ["as usual", "new"]


@pytest.mark.parametrize("step", ["replace", "chmod"])
def test_what_stood_there_stands_where_something_goes_wrong(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "kept"
    file.write_text("before")
    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left"):
        whole.write(str(file), b"now")
    assert file.read_text() == "before"
    assert os.listdir(tmp_path) == ["kept"]


@POSIX
def test_whoever_reads_meanwhile_reads_all_of_it(tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("before")
    with open(file) as opened:
        whole.write(str(file), b"now")
        assert (opened.read(), file.read_text()) == ("before", "now")


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o755, 0o640])
def test_the_mode_stays(mode: int, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("before")
    file.chmod(mode)
    whole.write(str(file), b"now")
    assert stat.S_IMODE(file.stat().st_mode) == mode


@POSIX
def test_links_lead_where_they_led(tmp_path: Path) -> None:
    file, link, further = tmp_path / "far" / "kept", tmp_path / "link", tmp_path / "further"
    file.parent.mkdir()
    file.write_text("before")
    link.symlink_to(Path("far") / "kept")
    further.symlink_to(link)
    whole.write(str(further), b"now")
    assert file.read_bytes() == b"now"
    assert link.is_symlink()
    assert further.is_symlink()
    nowhere = tmp_path / "nowhere"
    nowhere.symlink_to(tmp_path / "not yet")
    whole.write(str(nowhere), b"now")
    assert (tmp_path / "not yet").read_bytes() == b"now"
    assert nowhere.is_symlink()


@POSIX
def test_a_file_with_two_names_keeps_both(tmp_path: Path) -> None:
    file, other = tmp_path / "kept", tmp_path / "other"
    file.write_text("before")
    os.link(file, other)
    whole.write(str(file), b"now")
    assert other.read_bytes() == b"now"


@POSIX
def test_what_is_no_file_is_written_into(tmp_path: Path) -> None:
    whole.write(os.devnull, b"now")
    assert not stat.S_ISREG(os.stat(os.devnull).st_mode)


@POSIX
def test_a_file_in_a_folder_that_takes_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = os.open

    def open(path: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return made(path, flags, mode)

    file = tmp_path / "kept"
    file.write_text("before")
    monkeypatch.setattr(os, "open", open)
    whole.write(str(file), b"now")
    with pytest.raises(PermissionError):
        whole.write(str(tmp_path / "new"), b"now")
    monkeypatch.undo()
    assert file.read_bytes() == b"now"


@POSIX
def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = os.open

    def open(path: str, flags: int, mode: int = 0o777) -> int:
        if path == str(file):
            raise PermissionError(13, "Permission denied")
        return made(path, flags, mode)

    file = tmp_path / "kept"
    file.write_text("before")
    monkeypatch.setattr(os, "open", open)
    with pytest.raises(PermissionError):
        whole.write(str(file), b"now")
    monkeypatch.undo()
    assert file.read_text() == "before"


def test_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        whole.write(str(tmp_path / "no" / "folder" / "file"), b"now")
