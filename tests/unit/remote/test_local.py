"""A local folder behaves like any other remote place."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runner.errors import RemoteError
from runner.remote import Remote, RemoteSettings, open_remote

TIME = 1_700_000_000.75


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    (folder / "out").mkdir(parents=True)
    (folder / "out/a.csv").write_bytes(b"id\n1\n")
    os.utime(folder / "out/a.csv", (TIME, TIME))
    return folder


@pytest.fixture
def remote(root: Path) -> Remote:
    return open_remote(RemoteSettings(name="webshop", kind="local", path=str(root)))


def fetched(remote: Remote, path: str) -> bytes:
    target = io.BytesIO()
    remote.fetch(path, target, lambda _: None)
    return target.getvalue()


def test_files_are_listed_with_size_and_whole_seconds(remote: Remote, root: Path) -> None:
    (root / "out/folder").mkdir()
    (file,) = remote.list("/out/").files
    assert (file.path, file.name, file.size) == ("out/a.csv", "a.csv", 5)
    assert file.modified_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert remote.stat("out/a.csv") == file
    assert remote.stat("out/b.csv") is None
    assert remote.stat("out") is None


def test_odd_names_and_links_out_are_refused_f1(remote: Remote, root: Path) -> None:
    (root / "out/two\nlines.csv").write_bytes(b"x")
    Path(os.fsdecode(bytes(root) + b"/out/caf\xe9.csv")).write_bytes(b"x")
    (root / "secret.csv").write_bytes(b"x")
    (root / "out/inner.csv").symlink_to("../secret.csv")
    (root / "out/outer.csv").symlink_to("/etc/passwd")
    (root / "out/broken.csv").symlink_to("nothing.csv")
    (root / "out/folder.csv").symlink_to("../out")
    os.mkfifo(root / "out/pipe.csv")
    listing = remote.list("out")
    assert [file.name for file in listing.files] == ["a.csv", "inner.csv"]
    assert dict(listing.refused) == {
        r"'two\nlines.csv'": "the name has control characters",
        r"'caf\xe9.csv'": "the name is not valid UTF-8",
        "'outer.csv'": "the link leads out of the root directory",
        "'broken.csv'": "the link leads to nothing",
        "'pipe.csv'": "it is not a regular file",
    }
    for name, reason in (
        ("outer.csv", "leads out of the root"),
        ("pipe.csv", "no regular|not a r"),
    ):
        with pytest.raises(RemoteError, match=rf"'out/{name}' .*(?:{reason})") as caught:
            remote.stat(f"out/{name}")
        # Another try would not help: no exit code 4.
        assert caught.value.exit_code == 1


def test_paths_that_climb_out_are_refused_f1(remote: Remote) -> None:
    for call in (remote.list, remote.stat, remote.remove, remote.make_directory):
        with pytest.raises(RemoteError, match="climbs out of the root"):
            call("../x")


def test_file_is_fetched_to_where_the_target_stands(remote: Remote) -> None:
    counted: list[int] = []
    target = io.BytesIO(b"before")
    target.seek(0, io.SEEK_END)
    remote.fetch("out/a.csv", target, counted.append)
    assert target.getvalue() == b"beforeid\n1\n"
    assert counted == [5]


def test_file_is_sent_renamed_over_another_and_removed(
    remote: Remote, root: Path, tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"new" * 1_000_000)
    counted: list[int] = []
    remote.make_directory("in/segments")
    remote.make_directory("in/segments")
    remote.send(source, "in/segments/vip.csv.tmp", counted.append)
    assert sum(counted) == 3_000_000
    (root / "in/segments/vip.csv").write_bytes(b"old")
    remote.rename("in/segments/vip.csv.tmp", "in/segments/vip.csv")
    assert fetched(remote, "in/segments/vip.csv") == b"new" * 1_000_000
    remote.remove("in/segments/vip.csv")
    assert list((root / "in/segments").iterdir()) == []


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda remote: remote.list("none"), "cannot list 'none' in .*: No such file"),
        (lambda remote: fetched(remote, "none"), "cannot fetch 'none' in .*: No such file"),
        (lambda remote: remote.remove("none"), "cannot remove 'none' in .*: No such file"),
        (lambda remote: remote.rename("none", "x"), "cannot rename 'none' to 'x' in .*: No such"),
        (
            lambda remote: remote.send(Path("none"), "x", lambda _: None),
            "cannot send 'x' in .*: No such file",
        ),
        (lambda remote: remote.make_directory("out/a.csv/x"), "cannot make the directory"),
    ],
)
def test_failures_name_connection_path_and_reason(remote: Remote, call, told: str) -> None:
    with pytest.raises(RemoteError, match=f"^connection 'webshop': {told}"):
        call(remote)


def test_folder_that_is_missing_is_reported(tmp_path: Path) -> None:
    settings = RemoteSettings(name="webshop", kind="local", path=str(tmp_path / "none"))
    with pytest.raises(RemoteError, match=r"the folder .*none does not exist"):
        open_remote(settings)
    with pytest.raises(RemoteError, match="needs a `path`"):
        open_remote(RemoteSettings(name="webshop", kind="local"))


def test_seed_is_planted_when_the_folder_is_opened(tmp_path: Path) -> None:
    (tmp_path / "landing/out").mkdir(parents=True)
    (tmp_path / "landing/out/a.csv").write_bytes(b"1")
    settings = RemoteSettings(
        name="webshop",
        kind="local",
        path=str(tmp_path / "drop"),
        options={"seed": str(tmp_path / "landing")},
    )
    with open_remote(settings) as remote:
        assert [file.path for file in remote.list("out").files] == ["out/a.csv"]


def test_seed_that_is_missing_is_reported(tmp_path: Path) -> None:
    settings = RemoteSettings(
        name="webshop", kind="local", path=str(tmp_path), options={"seed": str(tmp_path / "none")}
    )
    with pytest.raises(
        RemoteError, match=r"cannot put the files of .*none into .*: no such folder"
    ):
        open_remote(settings)


def test_only_regular_files_are_read_and_only_as_long_as_they_are(
    remote: Remote, root: Path
) -> None:
    """B9: nothing that is read for ever."""
    assert (
        fetched(open_remote(RemoteSettings(name="a", kind="local", path="/proc")), "version") == b""
    )
    (root / "out/a.csv").unlink()
    os.mkfifo(root / "out/a.csv")
    with pytest.raises(RemoteError, match="not a regular file"):
        fetched(remote, "out/a.csv")
