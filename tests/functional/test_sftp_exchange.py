"""Files come from and go to a real SFTP server whole, whatever the line does."""

import hashlib
import io
import os
import stat
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runner.errors import RemoteError, TransientRemoteError
from runner.remote import Remote, RemoteSettings, open_remote
from tests.servers.proxy import cutting_proxy
from tests.servers.sshd import Sshd, sshd

pytestmark = pytest.mark.any_engine

MODIFIED = 1_700_000_000


def put(path: Path, content: bytes = b"id\n1\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (MODIFIED, MODIFIED))
    return path


def fetched(remote: Remote, path: str) -> bytes:
    target = io.BytesIO()
    remote.fetch(path, target, lambda _: None)
    return target.getvalue()


def through(proxy_port: int, server: Sshd, **changes: object) -> RemoteSettings:
    return server.settings(port=proxy_port, **changes)


def test_files_are_listed_with_size_and_time(sftp_server: Sshd) -> None:
    put(sftp_server.root / "out/b.csv", b"12345")
    put(sftp_server.root / "out/a.csv")
    (sftp_server.root / "out/folder.csv").mkdir()
    with open_remote(sftp_server.settings()) as remote:
        listing = remote.list("out")
    assert [file.path for file in listing.files] == ["out/a.csv", "out/b.csv"]
    assert [file.name for file in listing.files] == ["a.csv", "b.csv"]
    assert listing.files[1].size == 5
    assert listing.files[1].modified_at == datetime.fromtimestamp(MODIFIED, UTC)
    assert listing.refused == ()


def test_root_directory_of_the_connection_is_where_paths_begin(sftp_server: Sshd) -> None:
    put(sftp_server.root / "drop/out/a.csv")
    with open_remote(sftp_server.settings(path="drop")) as remote:
        assert [file.path for file in remote.list("/out").files] == ["out/a.csv"]
        assert fetched(remote, "/out/a.csv") == b"id\n1\n"
    with open_remote(sftp_server.settings(path=f"{sftp_server.root}/drop")) as remote:
        assert [file.path for file in remote.list("out").files] == ["out/a.csv"]


def test_absolute_path_is_the_servers_own_where_there_is_no_root(sftp_server: Sshd) -> None:
    put(sftp_server.root / "out/a.csv")
    with open_remote(sftp_server.settings()) as remote:
        (file,) = remote.list(f"{sftp_server.root}/out").files
        assert file.path == f"{sftp_server.root}/out/a.csv"
        assert fetched(remote, file.path) == b"id\n1\n"


def test_directory_that_is_missing_is_named(sftp_server: Sshd) -> None:
    with (
        open_remote(sftp_server.settings()) as remote,
        pytest.raises(RemoteError, match=r"cannot list 'nowhere' .*: no such file or directory"),
    ):
        remote.list("nowhere")


def test_stat_returns_one_file_and_nothing_where_there_is_none(sftp_server: Sshd) -> None:
    put(sftp_server.root / "out/a.csv", b"12345")
    with open_remote(sftp_server.settings()) as remote:
        found = remote.stat("out/a.csv")
        assert found is not None
        assert (found.path, found.name, found.size) == ("out/a.csv", "a.csv", 5)
        assert found == remote.list("out").files[0]
        assert remote.stat("out/b.csv") is None
        assert remote.stat("out") is None


def test_large_file_comes_whole_and_is_counted(sftp_server: Sshd) -> None:
    content = os.urandom(50_000_000)
    put(sftp_server.root / "large.csv", content)
    counted: list[int] = []
    target = io.BytesIO(b"before")
    target.seek(0, io.SEEK_END)
    with open_remote(sftp_server.settings()) as remote:
        remote.fetch("large.csv", target, counted.append)
    assert target.getvalue() == b"before" + content
    assert sum(counted) == len(content)


@pytest.mark.parametrize("size", [0, 1, 32 * 1024, 128 * 1024, 128 * 1024 + 1, 3_000_000])
def test_every_size_comes_and_goes_whole(sftp_server: Sshd, size: int, tmp_path: Path) -> None:
    content = os.urandom(size)
    source = put(tmp_path / "source", content)
    with open_remote(sftp_server.settings()) as remote:
        remote.send(source, "sent.csv", lambda _: None)
        assert (sftp_server.root / "sent.csv").read_bytes() == content
        assert fetched(remote, "sent.csv") == content


def test_file_is_sent_and_renamed_over_the_old_one(sftp_server: Sshd, tmp_path: Path) -> None:
    put(sftp_server.root / "in/vip.csv", b"old")
    content = os.urandom(20_000_000)
    source = put(tmp_path / "source", content)
    counted: list[int] = []
    with open_remote(sftp_server.settings()) as remote:
        remote.send(source, "in/vip.csv.tmp", counted.append)
        assert (sftp_server.root / "in/vip.csv").read_bytes() == b"old"
        remote.rename("in/vip.csv.tmp", "in/vip.csv")
    assert sum(counted) == len(content)
    assert (sftp_server.root / "in/vip.csv").read_bytes() == content
    assert [entry.name for entry in (sftp_server.root / "in").iterdir()] == ["vip.csv"]


def test_rename_replaces_without_posix_rename(sftp_directory: Path) -> None:
    with sshd(sftp_directory, sftp_flags="-P posix-rename") as server:
        put(server.root / "in/vip.csv", b"old")
        put(server.root / "in/vip.csv.tmp", b"new")
        with open_remote(server.settings()) as remote:
            remote.rename("in/vip.csv.tmp", "in/vip.csv")
        assert (server.root / "in/vip.csv").read_bytes() == b"new"
        assert [entry.name for entry in (server.root / "in").iterdir()] == ["vip.csv"]


def test_renaming_what_is_missing_leaves_the_target(sftp_server: Sshd) -> None:
    put(sftp_server.root / "vip.csv", b"old")
    with (
        open_remote(sftp_server.settings()) as remote,
        pytest.raises(RemoteError, match=r"cannot rename 'none.csv' to 'vip.csv'"),
    ):
        remote.rename("none.csv", "vip.csv")
    assert (sftp_server.root / "vip.csv").read_bytes() == b"old"


def test_directories_are_made_and_files_removed(sftp_server: Sshd) -> None:
    with open_remote(sftp_server.settings()) as remote:
        remote.make_directory("in/segments/vip")
        remote.make_directory("in/segments/vip")
        assert (sftp_server.root / "in/segments/vip").is_dir()
        put(sftp_server.root / "in/old.csv")
        remote.remove("in/old.csv")
        assert not (sftp_server.root / "in/old.csv").exists()
        with pytest.raises(RemoteError, match=r"cannot remove 'in/old.csv' .*: no such file"):
            remote.remove("in/old.csv")


def test_connection_cut_in_mid_file_is_tried_again(sftp_server: Sshd) -> None:
    content = os.urandom(20_000_000)
    put(sftp_server.root / "orders.csv", content)
    counted: list[int] = []
    target = io.BytesIO()
    with (
        cutting_proxy(sftp_server.host, sftp_server.port, after=7_000_000) as proxy,
        open_remote(through(proxy.port, sftp_server)) as remote,
    ):
        remote.fetch("orders.csv", target, counted.append)
        assert proxy.connections == 2
    assert hashlib.sha256(target.getvalue()).digest() == hashlib.sha256(content).digest()
    assert min(counted) < 0, "the bytes of the broken transfer are taken back"
    assert sum(counted) == len(content)


def test_file_that_shrinks_between_two_attempts_leaves_no_rest(sftp_server: Sshd) -> None:
    path = put(sftp_server.root / "orders.csv", os.urandom(20_000_000))

    def shrink(length: int) -> None:
        if length < 0:
            put(path, b"short")

    target = io.BytesIO()
    with (
        cutting_proxy(sftp_server.host, sftp_server.port, after=7_000_000) as proxy,
        open_remote(through(proxy.port, sftp_server)) as remote,
    ):
        remote.fetch("orders.csv", target, shrink)
    assert target.getvalue() == b"short"


def test_connection_that_is_always_cut_is_given_up(sftp_server: Sshd) -> None:
    put(sftp_server.root / "orders.csv", os.urandom(20_000_000))
    with (
        cutting_proxy(sftp_server.host, sftp_server.port, after=1_000_000, times=99) as proxy,
        open_remote(through(proxy.port, sftp_server, retries=2)) as remote,
    ):
        with pytest.raises(TransientRemoteError, match=r"cannot fetch 'orders.csv' .*3 times"):
            fetched(remote, "orders.csv")
        assert proxy.connections == 3


def test_connection_cut_while_sending_is_tried_again(sftp_server: Sshd, tmp_path: Path) -> None:
    content = os.urandom(30_000_000)
    source = put(tmp_path / "source", content)
    # The server's answers are short: this is past the log-in and within the transfer.
    with (
        cutting_proxy(sftp_server.host, sftp_server.port, after=5_000) as proxy,
        open_remote(through(proxy.port, sftp_server)) as remote,
    ):
        remote.send(source, "sent.csv", lambda _: None)
        assert proxy.connections == 2
    assert (sftp_server.root / "sent.csv").read_bytes() == content


def test_server_that_was_restarted_is_connected_to_again(sftp_server: Sshd) -> None:
    put(sftp_server.root / "a.csv")
    with open_remote(sftp_server.settings()) as remote:
        assert len(remote.list("").files) == 1
        sftp_server.restart()
        assert len(remote.list("").files) == 1
        sftp_server.restart()
        remote.rename("a.csv", "a.csv.done")
        sftp_server.restart()
        remote.remove("a.csv.done")
    assert list(sftp_server.root.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["with space.csv", "quote's.csv", 'double".csv', "café ☕.csv", "*?[a].csv", "-r.csv"]
)
def test_odd_names_are_taken_as_they_are(sftp_server: Sshd, name: str) -> None:
    put(sftp_server.root / "out" / name)
    with open_remote(sftp_server.settings()) as remote:
        (file,) = remote.list("out").files
        assert file.name == name
        assert fetched(remote, file.path) == b"id\n1\n"
        remote.rename(file.path, f"{file.path}.done")
        assert remote.stat(f"out/{name}.done") is not None


def test_names_that_are_not_plain_are_refused_f1(sftp_server: Sshd) -> None:
    put(sftp_server.root / "fine.csv")
    put(sftp_server.root / "two\nlines.csv")
    put(sftp_server.root / "escape\x1b[2J.csv")
    Path(os.fsdecode(bytes(sftp_server.root) + b"/caf\xe9.csv")).write_bytes(b"x")
    with open_remote(sftp_server.settings()) as remote:
        listing = remote.list(".")
    assert [file.name for file in listing.files] == ["fine.csv"]
    assert dict(listing.refused) == {
        r"'two\nlines.csv'": "the name has control characters",
        r"'escape\x1b[2J.csv'": "the name has control characters",
        r"'caf\xe9.csv'": "the name is not valid UTF-8",
    }


@pytest.mark.parametrize("path", ["../x.csv", "out/../../x.csv", "/../x.csv"])
def test_path_that_climbs_out_is_refused_f1(sftp_server: Sshd, path: str) -> None:
    put(sftp_server.root / "x.csv")
    (sftp_server.root / "drop").mkdir()
    with open_remote(sftp_server.settings(path="drop")) as remote:
        for call in (remote.stat, remote.list, remote.remove, remote.make_directory):
            with pytest.raises(RemoteError, match=r"climbs out of the root"):
                call(path)
        with pytest.raises(RemoteError, match=r"climbs out of the root"):
            remote.fetch(path, io.BytesIO(), lambda _: None)
        with pytest.raises(RemoteError, match=r"climbs out of the root"):
            remote.rename("x.csv", path)
        with pytest.raises(RemoteError, match=r"climbs out of the root"):
            remote.send(sftp_server.root / "x.csv", path, lambda _: None)


def test_links_that_leave_the_root_are_refused_f1(sftp_server: Sshd) -> None:
    drop = sftp_server.root / "drop"
    put(drop / "real.csv", b"12345")
    put(sftp_server.root / "secret.csv")
    (drop / "inner.csv").symlink_to("real.csv")
    (drop / "outer.csv").symlink_to("../secret.csv")
    (drop / "absolute.csv").symlink_to("/etc/passwd")
    (drop / "broken.csv").symlink_to("nothing.csv")
    (drop / "folder.csv").symlink_to(".")
    with open_remote(sftp_server.settings(path="drop")) as remote:
        listing = remote.list("")
        assert [(file.name, file.size) for file in listing.files] == [
            ("inner.csv", 5),
            ("real.csv", 5),
        ]
        assert dict(listing.refused) == {
            "'outer.csv'": "the link leads out of the root directory",
            "'absolute.csv'": "the link leads out of the root directory",
            "'broken.csv'": "the link leads to nothing",
        }
        with pytest.raises(RemoteError, match=r"'outer.csv' .* leads out of the root"):
            remote.stat("outer.csv")


def test_what_is_no_file_is_refused(sftp_server: Sshd) -> None:
    os.mkfifo(sftp_server.root / "pipe.csv")
    assert stat.S_ISFIFO((sftp_server.root / "pipe.csv").stat().st_mode)
    with open_remote(sftp_server.settings()) as remote:
        assert remote.list("").refused == (("'pipe.csv'", "it is not a regular file"),)


def test_file_without_permission_fails_alone_and_at_once(sftp_account: Sshd) -> None:
    put(sftp_account.root / "open.csv")
    put(sftp_account.root / "closed.csv").chmod(0)
    # A retry would wait for a minute.
    with open_remote(sftp_account.settings(backoff=60)) as remote:
        assert len(remote.list("").files) == 2
        with pytest.raises(RemoteError, match=r"cannot fetch 'closed.csv' .*: permission denied"):
            fetched(remote, "closed.csv")
        assert fetched(remote, "open.csv") == b"id\n1\n"


def test_thousand_small_files_come_over_several_connections(sftp_server: Sshd) -> None:
    for number in range(1000):
        put(sftp_server.root / f"out/{number}.csv", b"%d\n" % number * 500)
    with (
        open_remote(sftp_server.settings(max_connections=4)) as remote,
        ThreadPoolExecutor(8) as threads,
    ):
        files = remote.list("out").files
        contents = list(threads.map(lambda file: fetched(remote, file.path), files))
    assert 2 <= sftp_server.log_ins() <= 4
    assert len(files) == 1000
    for file, content in zip(files, contents, strict=True):
        assert content == (sftp_server.root / file.path).read_bytes()


def test_closed_connection_says_so(sftp_server: Sshd) -> None:
    remote = open_remote(sftp_server.settings())
    remote.close()
    remote.close()
    with pytest.raises(RemoteError, match=r"connection 'webshop': the connection is closed"):
        remote.list("")


def test_no_thread_is_left_behind(sftp_server: Sshd) -> None:
    before = threading.active_count()
    with open_remote(sftp_server.settings()) as remote:
        remote.list("")
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= before


def test_full_disk_here_is_not_called_a_broken_connection(sftp_server: Sshd) -> None:
    put(sftp_server.root / "a.csv", os.urandom(1_000_000))

    class FullDisk(io.BytesIO):
        def write(self, block: object) -> int:
            raise OSError(28, "No space left on device")

    with open_remote(sftp_server.settings(backoff=60)) as remote:
        with pytest.raises(RemoteError, match=r"cannot keep .* 'a.csv': No space left"):
            remote.fetch("a.csv", FullDisk(), lambda _: None)
        assert fetched(remote, "a.csv") == (sftp_server.root / "a.csv").read_bytes()


def test_source_that_cannot_be_read_is_named(sftp_server: Sshd, tmp_path: Path) -> None:
    with (
        open_remote(sftp_server.settings()) as remote,
        pytest.raises(RemoteError, match=r"cannot read .*missing: No such file"),
    ):
        remote.send(tmp_path / "missing", "a.csv", lambda _: None)
    assert list(sftp_server.root.iterdir()) == []


def test_server_that_sends_a_byte_now_and_then_is_given_up(
    sftp_server: Sshd, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B9."""
    monkeypatch.setattr("runner.remote.sftp_client.LEAST_RATE", 1_000_000)
    put(sftp_server.root / "orders.csv", os.urandom(300_000))
    with cutting_proxy(sftp_server.host, sftp_server.port, slow_after=40_000) as proxy:
        # A packet of 32 KiB takes 1.3 s, and the rest of an answer of 128 KiB three times as long.
        settings = through(proxy.port, sftp_server, retries=0, timeout=2)
        slow = pytest.raises(RemoteError, match="it sends less than 1000000 bytes a second")
        with open_remote(settings) as remote, slow:
            remote.fetch("orders.csv", io.BytesIO(), lambda _: None)


def test_transfer_that_takes_too_long_is_given_up(sftp_server: Sshd) -> None:
    """B9."""
    put(sftp_server.root / "orders.csv")
    late = pytest.raises(RemoteError, match=r"it is not done after 0 s\n.*`transfer_timeout`")
    with open_remote(sftp_server.settings(transfer_timeout=0)) as remote, late:
        remote.fetch("orders.csv", io.BytesIO(), lambda _: None)
