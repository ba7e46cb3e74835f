"""An imported file is renamed once it is published (F6)."""

from dataclasses import replace
from pathlib import Path

import pytest

from runner.orchestrate.done_phase import mark_done
from runner.remote import Remote, RemoteFile, RemoteSettings, open_remote


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.csv").write_text("id\n1\n")
    return open_remote(RemoteSettings(name="shop", kind="local", path=str(tmp_path)))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "out").iterdir())


def test_an_imported_file_is_renamed_f6(remote: Remote, tmp_path: Path) -> None:
    assert mark_done(remote, "out/a.csv")
    assert names(tmp_path) == ["a.csv.done"]


def test_a_file_that_is_renamed_already_is_fine(remote: Remote, tmp_path: Path) -> None:
    mark_done(remote, "out/a.csv")
    assert mark_done(remote, "out/a.csv")
    assert names(tmp_path) == ["a.csv.done"]


def test_a_file_that_is_gone_is_left_alone(remote: Remote, tmp_path: Path) -> None:
    assert not mark_done(remote, "out/b.csv")
    assert names(tmp_path) == ["a.csv"]


def test_a_file_that_changed_since_is_left_alone(remote: Remote, tmp_path: Path) -> None:
    imported = remote.stat("out/a.csv")
    assert isinstance(imported, RemoteFile)
    assert not mark_done(remote, "out/a.csv", replace(imported, size=4))
    assert names(tmp_path) == ["a.csv"]
    assert mark_done(remote, "out/a.csv", imported)


def test_files_of_one_name_are_all_kept_x7(remote: Remote, tmp_path: Path) -> None:
    for text in ("id\n1\n", "id\n2\n", "id\n3\n"):
        (tmp_path / "out/a.csv").write_text(text)
        assert mark_done(remote, "out/a.csv")
    assert names(tmp_path) == ["a.csv.1.done", "a.csv.2.done", "a.csv.done"]
    assert [path.read_text()[3] for path in sorted((tmp_path / "out").iterdir())] == ["2", "3", "1"]
