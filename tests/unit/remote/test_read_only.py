"""A place that is only read answers as if it had been written to, and nothing of it changes."""

import io
from pathlib import Path

import pytest

from runner.errors import RemoteError
from runner.remote import ReadOnlyRemote, RemoteSettings, open_remote, seeded_copy

LOCAL = "local"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    (folder / "out").mkdir(parents=True)
    (folder / "out/a.csv").write_text("id\n1\n")
    return folder


@pytest.fixture
def remote(root: Path) -> ReadOnlyRemote:
    return ReadOnlyRemote(open_remote(RemoteSettings("shop", LOCAL, path=str(root))))


def names(remote: ReadOnlyRemote, folder: str = "out") -> list[str]:
    return [file.name for file in remote.list(folder).files]


def test_files_would_be_sent_renamed_and_removed(
    remote: ReadOnlyRemote, root: Path, tmp_path: Path
) -> None:
    local = tmp_path / "vip.csv"
    local.write_text("ID\n12\n")
    sent: list[int] = []
    remote.make_directory("in")
    remote.send(local, "out/vip.csv.part", sent.append)
    assert sent == [6]
    remote.rename("out/vip.csv.part", "out/vip.csv")
    remote.rename("out/a.csv", "out/a.csv.done")
    assert names(remote) == ["a.csv.done", "vip.csv"]
    found = remote.stat("out/vip.csv")
    assert found is not None
    assert (found.name, found.size) == ("vip.csv", 6)
    assert remote.stat("out/a.csv") is None
    remote.remove("out/vip.csv")
    assert names(remote) == ["a.csv.done"]
    assert [path.name for path in root.rglob("*")] == ["out", "a.csv"]


def test_what_is_there_is_read(remote: ReadOnlyRemote) -> None:
    target = io.BytesIO()
    remote.fetch("out/a.csv", target, lambda _: None)
    assert target.getvalue() == b"id\n1\n"
    assert remote.is_directory("out")
    (file,) = remote.list("out").files
    assert list(remote.batches([file])) == [(file,)]
    assert remote.fetch_batch([file]) == {}


def test_file_that_is_not_there_cannot_be_renamed(remote: ReadOnlyRemote) -> None:
    with pytest.raises(RemoteError, match="there is no such file"):
        remote.rename("out/none.csv", "out/other.csv")


def test_folder_with_a_seed_is_copied_before_it_is_filled(root: Path, tmp_path: Path) -> None:
    (tmp_path / "seed").mkdir()
    (tmp_path / "seed/b.csv").write_text("id\n2\n")
    settings = RemoteSettings(
        "shop", LOCAL, path=str(root), options={"seed": str(tmp_path / "seed")}
    )
    copied = seeded_copy(settings, tmp_path / "copy")
    with open_remote(copied) as remote:
        assert [file.name for file in remote.list("").files] == ["b.csv"]
        assert [file.name for file in remote.list("out").files] == ["a.csv"]
    assert not (root / "b.csv").exists()
