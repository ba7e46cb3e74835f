"""A file is sent under a temporary name, and its size is compared (X2)."""

from pathlib import Path

import pytest

from runner.errors import RemoteError
from runner.publish.upload import part_path, remote_path, send_part
from runner.remote import OnBytes, RemoteSettings
from runner.remote.local import LocalRemote


class RecordingRemote(LocalRemote):
    """A folder that notes what is asked of it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(RemoteSettings("shop", "local", path=str(folder)))
        self.asked: list[str] = []
        self.removal_fails = False
        self.keeps = True

    def send(self, source: Path, path: str, on_bytes: OnBytes) -> None:
        self.asked.append(f"send {path}")
        super().send(source, path, on_bytes)
        if not self.keeps:
            super().remove(path)

    def rename(self, old: str, new: str) -> None:
        self.asked.append(f"rename {old} {new}")
        super().rename(old, new)

    def remove(self, path: str) -> None:
        self.asked.append(f"remove {path}")
        if self.removal_fails:
            raise RemoteError("the server is gone")
        super().remove(path)


@pytest.fixture
def remote(tmp_path: Path) -> RecordingRemote:
    (tmp_path / "drop").mkdir()
    return RecordingRemote(tmp_path / "drop")


@pytest.fixture
def local(tmp_path: Path) -> Path:
    path = tmp_path / "vip.csv"
    path.write_bytes(b"ID\n1\n")
    return path


def test_it_is_sent_beside_its_place(remote: RecordingRemote, local: Path, tmp_path: Path) -> None:
    told: list[int] = []
    part = part_path(remote_path("/in/segments/", "vip.csv"), "b1")
    send_part(remote, local, part, told.append)
    assert remote.asked == ["send in/segments/vip.csv.b1.part"]
    assert (tmp_path / "drop/in/segments/vip.csv.b1.part").read_bytes() == local.read_bytes()
    assert sum(told) == 5


def test_the_root_takes_files_too(remote: RecordingRemote, local: Path) -> None:
    assert remote_path("", "vip.csv") == "vip.csv"
    send_part(remote, local, "vip.csv.b1.part", lambda _: None)


def test_a_file_that_the_server_did_not_keep_is_told(remote: RecordingRemote, local: Path) -> None:
    remote.keeps = False
    with pytest.raises(RemoteError, match="sent with 5 bytes, and the server has nothing"):
        send_part(remote, local, "vip.csv.b1.part", lambda _: None)
    assert not any(asked.startswith("rename") for asked in remote.asked)


def test_the_first_failure_is_told_when_tidying_fails_too(
    remote: RecordingRemote, local: Path
) -> None:
    remote.keeps = False
    remote.removal_fails = True
    with pytest.raises(RemoteError, match="the server has nothing"):
        send_part(remote, local, "vip.csv.b1.part", lambda _: None)
    assert remote.asked[-1] == "remove vip.csv.b1.part"


def test_an_interrupted_build_takes_its_part_back(
    remote: RecordingRemote, local: Path, tmp_path: Path
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_part(remote, local, "vip.csv.b1.part", interrupt)
    assert list((tmp_path / "drop").iterdir()) == []
