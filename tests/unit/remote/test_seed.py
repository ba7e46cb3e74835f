"""Sample files are put into a local folder once."""

import os
from pathlib import Path

import pytest

from runner.remote.seed import plant

TIME = 1_700_000_000


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    folder = tmp_path / "landing"
    (folder / "out").mkdir(parents=True)
    write(folder / "out/a.csv", "one")
    write(folder / "b.csv", "two")
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "drop"


def write(path: Path, content: str, time: int = TIME) -> None:
    path.write_text(content)
    os.utime(path, (time, time))


def files(root: Path) -> dict[str, str]:
    paths = [path for path in root.rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_text() for path in paths}


def test_files_are_copied_with_their_times(seed: Path, root: Path) -> None:
    assert plant(seed, root) == ("b.csv", "out/a.csv")
    assert files(root) == {"out/a.csv": "one", "b.csv": "two"}
    assert (root / "out/a.csv").stat().st_mtime == TIME


def test_second_time_copies_nothing(seed: Path, root: Path) -> None:
    plant(seed, root)
    assert plant(seed, root) == ()


def test_file_that_is_done_is_not_copied_again(seed: Path, root: Path) -> None:
    plant(seed, root)
    (root / "b.csv").rename(root / "b.csv.done")
    assert plant(seed, root) == ()
    assert files(root) == {"out/a.csv": "one", "b.csv.done": "two"}


@pytest.mark.parametrize(("content", "time"), [("changed", TIME), ("two", TIME + 1)])
def test_changed_file_replaces_what_is_there(
    seed: Path, root: Path, content: str, time: int
) -> None:
    plant(seed, root)
    write(seed / "b.csv", content, time)
    assert plant(seed, root) == ("b.csv",)
    assert files(root)["b.csv"] == content
    (root / "b.csv").rename(root / "b.csv.done")
    write(seed / "b.csv", "third", TIME + 2)
    assert plant(seed, root) == ("b.csv",)
    assert files(root) == {"out/a.csv": "one", "b.csv": "third", "b.csv.done": content}


def test_other_files_of_the_folder_are_left(seed: Path, root: Path) -> None:
    root.mkdir()
    write(root / "mine.csv", "mine")
    plant(seed, root)
    assert files(root)["mine.csv"] == "mine"


def test_links_of_the_seed_are_not_followed(seed: Path, root: Path) -> None:
    (seed / "link.csv").symlink_to("/etc/passwd")
    plant(seed, root)
    assert not (root / "link.csv").exists()


def test_broken_copy_leaves_nothing_behind(
    seed: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        plant(seed, root)
    assert files(root) == {}


def test_seed_that_is_missing_is_reported(root: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder"):
        plant(tmp_path / "none", root)
