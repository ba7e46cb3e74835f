"""Servers that are not OpenSSH's: files come and go whole all the same."""

import io
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from runner.errors import RemoteError, TransientRemoteError
from runner.publish.upload import send_part
from runner.remote import Remote, RemoteFile, open_remote
from runner.remote.file import server_time
from runner.remote.small_files import batches
from runner.stage.download import DownloadBatch
from runner.stage.staging import Staging
from tests.servers.odd_sftp import odd_sftp

pytestmark = pytest.mark.any_engine

CONTENT = os.urandom(1_000_000)
HALF = 32 * 1024
SIZES = {"empty": 0, "moment": 900}


def fetched(remote: Remote, path: str) -> bytes:
    target = io.BytesIO()
    remote.fetch(path, target, lambda _: None)
    return target.getvalue()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.csv"
    path.write_bytes(CONTENT)
    return path


def test_names_that_lead_elsewhere_are_refused_f1(sftp_directory: Path) -> None:
    file, folder = stat.S_IFREG | 0o644, stat.S_IFDIR | 0o755
    names = ("../up.csv", "/etc/passwd", "a/b.csv", "..", "", "nul\0.csv")
    extra = (*((name, file) for name in (*names, "..")), (".", folder), ("fine.csv", file))
    with (
        odd_sftp(sftp_directory, extra_entries=extra) as odd,
        open_remote(odd.settings()) as remote,
    ):
        listing = remote.list("")
    assert [file.name for file in listing.files] == ["fine.csv"]
    assert dict(listing.refused) == {
        "'../up.csv'": "the name leads outside the listed directory",
        "'/etc/passwd'": "the name leads outside the listed directory",
        "'a/b.csv'": "the name leads outside the listed directory",
        "'..'": "the name is not that of a file",
        "''": "the name is not that of a file",
        r"'nul\x00.csv'": "the name has control characters",
    }


@pytest.mark.parametrize("most_read", [1000, 20_000, 32 * 1024, 100_000])
def test_short_answers_are_completed(sftp_directory: Path, most_read: int) -> None:
    with (
        odd_sftp(sftp_directory, most_read=most_read) as odd,
        open_remote(odd.settings()) as remote,
    ):
        (odd.root / "a.csv").write_bytes(CONTENT)
        assert fetched(remote, "a.csv") == CONTENT


@pytest.mark.parametrize("most_read", [1000, 1 << 30])
def test_batch_holds_what_came_whole_and_is_as_it_was_listed_f4(
    sftp_directory: Path, most_read: int
) -> None:
    with (
        odd_sftp(sftp_directory, most_read=most_read, closed=("closed.csv",)) as odd,
        open_remote(odd.settings()) as remote,
    ):
        names = "closed empty grown late link moment plain replaced shrunk"
        for name in names.split():
            (odd.root / f"{name}.csv").write_bytes(CONTENT[: SIZES.get(name, 5000)])
        files = {file.name.removesuffix(".csv"): file for file in remote.list("").files}
        (odd.root / "link.csv").rename(odd.root / "aside")
        (odd.root / "link.csv").symlink_to("aside")
        (odd.root / "grown.csv").write_bytes(CONTENT[:5001])
        (odd.root / "shrunk.csv").write_bytes(CONTENT[:4999])

        def meanwhile(_: Path) -> None:
            (odd.root / "late.csv").unlink()
            (odd.root / "replaced.csv").write_bytes(CONTENT[1:5001])
            os.utime(odd.root / "replaced.csv", (1, 1))

        moment = odd.root / "moment.csv"
        before = moment.stat().st_mtime
        moment.write_bytes(CONTENT[:901])

        def watch(_: str, path: Path) -> None:
            if path.name == "plain.csv":
                moment.write_bytes(CONTENT[:900])
                os.utime(moment, (before, before))

        odd.meanwhile, odd.watch = meanwhile, watch
        (batch,) = remote.batches(files.values())
        contents = remote.fetch_batch(batch)
    assert contents == {files["empty"]: b"", files["plain"]: CONTENT[:5000]}


def test_batch_that_is_cut_comes_file_by_file(sftp_directory: Path, tmp_path: Path) -> None:
    with (
        odd_sftp(sftp_directory, files_cut=1) as odd,
        open_remote(odd.settings()) as remote,
    ):
        for number in range(100):
            (odd.root / f"{number}.csv").write_bytes(CONTENT[:number])
        staging = Staging(tmp_path / "staging")
        downloads = DownloadBatch(staging, "shop", remote, remote.list("").files).fetch()
    assert odd.files_cut == 0
    assert downloads.failures == ()
    for file, blob in downloads.files:
        assert blob.path.read_bytes() == CONTENT[: int(file.name.removesuffix(".csv"))]
    assert len(downloads.files) == 100


def test_large_files_are_in_no_batch() -> None:
    sizes = [5, 10, HALF, HALF, 200_000, 5, *[20] * 40]
    files = [RemoteFile(f"{n}", f"{n}", size, server_time(0)) for n, size in enumerate(sizes)]
    groups = list(batches(files))
    assert [file for group in groups for file in group] == files
    assert [len(group) for group in groups] == [4, 1, 32, 9]
    many = [RemoteFile(f"{n}", f"{n}", HALF, server_time(0)) for n in range(64)]
    assert [len(group) for group in batches(many)] == [32, 32]


def test_server_that_takes_only_small_requests_gets_them(
    sftp_directory: Path, source: Path
) -> None:
    with (
        odd_sftp(sftp_directory, most_taken=32 * 1024) as odd,
        open_remote(odd.settings()) as remote,
    ):
        remote.send(source, "a.csv", lambda _: None)
        assert (odd.root / "a.csv").read_bytes() == CONTENT
        assert max(odd.taken) > 32 * 1024
        odd.taken.clear()
        assert fetched(remote, "a.csv") == CONTENT
        assert max(odd.taken) == 32 * 1024


def test_file_that_ends_before_its_size_is_no_success(sftp_directory: Path) -> None:
    with (
        odd_sftp(sftp_directory, claims_more=5) as odd,
        open_remote(odd.settings(retries=1)) as remote,
    ):
        (odd.root / "a.csv").write_bytes(CONTENT)
        with pytest.raises(
            TransientRemoteError, match=r"'a.csv' ends after 1000000 of its 1000005"
        ):
            fetched(remote, "a.csv")


def test_file_that_the_server_keeps_in_part_is_no_success(
    sftp_directory: Path, source: Path
) -> None:
    with (
        odd_sftp(sftp_directory, most_kept=900_000) as odd,
        open_remote(odd.settings(retries=0)) as remote,
        pytest.raises(TransientRemoteError, match=r"cannot send 'a.csv' .* kept \d+ of 1000000"),
    ):
        remote.send(source, "a.csv", lambda _: None)


# One request; several, of which the last is smaller; several of the same size.
@pytest.mark.parametrize("size", [900, 1_000_000, 8 * 128 * 1024])
@pytest.mark.parametrize("fails", ["last write", "close"])
def test_file_of_which_the_end_is_refused_is_not_sent_x2(
    sftp_directory: Path, tmp_path: Path, size: int, fails: str
) -> None:
    oddities = {"most_written": size - 1} if fails == "last write" else {"fails_to_close": True}
    local = tmp_path / "vip.csv"
    local.write_bytes(os.urandom(size))
    with (
        odd_sftp(sftp_directory, words=b"disk full", **oddities) as odd,
        open_remote(odd.settings()) as remote,
    ):
        (odd.root / "vip.csv").write_bytes(b"old")
        with pytest.raises(RemoteError, match=r"cannot send 'vip.csv.b1.part' .* disk full"):
            send_part(remote, local, "vip.csv.b1.part", lambda _: None)
        assert {path.name: path.read_bytes() for path in odd.root.iterdir()} == {"vip.csv": b"old"}
        odd.most_written, odd.fails_to_close = size, False
        send_part(remote, local, "vip.csv.b1.part", lambda _: None)
        assert (odd.root / "vip.csv.b1.part").read_bytes() == local.read_bytes()


def test_file_without_a_size_is_read_to_its_end(sftp_directory: Path) -> None:
    content = bytes(range(256)) * 4000
    oddities = {"tells_size": False, "most_read": 70_000}
    with odd_sftp(sftp_directory, **oddities) as odd, open_remote(odd.settings()) as remote:
        (odd.root / "a.csv").write_bytes(content)
        (file,) = remote.list("").files
        assert (file.size, file.is_comparable) == (0, False)
        assert fetched(remote, "a.csv") == content


def test_size_that_no_file_has_is_refused_b9(sftp_directory: Path) -> None:
    with (
        odd_sftp(sftp_directory, claims_more=2**63) as odd,
        open_remote(odd.settings()) as remote,
    ):
        (odd.root / "a.csv").write_bytes(b"x")
        (refused,) = remote.list("").refused
        assert refused == ("'a.csv'", f"its size of {2**63 + 1} bytes is not possible")


def test_rename_replaces_where_the_server_has_no_such_thing(sftp_directory: Path) -> None:
    with odd_sftp(sftp_directory) as odd, open_remote(odd.settings()) as remote:
        (odd.root / "vip.csv").write_bytes(b"old")
        (odd.root / "vip.csv.tmp").write_bytes(b"new")
        remote.rename("vip.csv.tmp", "vip.csv")
        assert {path.name: path.read_bytes() for path in odd.root.iterdir()} == {"vip.csv": b"new"}


def test_rename_that_is_refused_leaves_the_old_file_x2(sftp_directory: Path) -> None:
    with odd_sftp(sftp_directory, stuck="vip.csv.tmp") as odd:
        (odd.root / "vip.csv").write_bytes(b"old")
        (odd.root / "vip.csv.tmp").write_bytes(b"new")
        with (
            open_remote(odd.settings()) as remote,
            pytest.raises(RemoteError, match=r"cannot rename 'vip.csv.tmp' to 'vip.csv'"),
        ):
            remote.rename("vip.csv.tmp", "vip.csv")
        assert (odd.root / "vip.csv").read_bytes() == b"old"
        assert (odd.root / "vip.csv.tmp").read_bytes() == b"new"


def test_what_was_done_before_the_connection_broke_is_done(sftp_directory: Path) -> None:
    with odd_sftp(sftp_directory) as odd, open_remote(odd.settings()) as remote:
        (odd.root / "a.csv").write_bytes(b"x")
        odd.answers_cut = 1
        remote.rename("a.csv", "a.csv.done")
        assert [path.name for path in odd.root.iterdir()] == ["a.csv.done"]
        odd.answers_cut = 1
        remote.remove("a.csv.done")
        assert odd.answers_cut == 0
        assert list(odd.root.iterdir()) == []
        with pytest.raises(RemoteError, match=r"cannot rename 'a.csv' .*: no such file"):
            remote.rename("a.csv", "a.csv.done")


def test_link_is_followed_here_where_the_server_leaves_it(sftp_directory: Path) -> None:
    with odd_sftp(sftp_directory) as odd:
        drop = odd.root / "drop"
        drop.mkdir()
        (drop / "real.csv").write_bytes(b"12345")
        (drop / "inner.csv").symlink_to("real.csv")
        (drop / "outer.csv").symlink_to("../outside.csv")
        (odd.root / "outside.csv").write_bytes(b"x")
        with open_remote(odd.settings(path="drop")) as remote:
            listing = remote.list("")
    assert [file.name for file in listing.files] == ["inner.csv", "real.csv"]
    assert listing.refused == (("'outer.csv'", "the link leads out of the root directory"),)


def test_words_of_a_server_are_shown_without_their_control_characters(
    sftp_directory: Path, source: Path
) -> None:
    words = b"Zugriff verweigert f\xfcr \x1b[31macme"
    with (
        odd_sftp(sftp_directory, most_taken=0, words=words) as odd,
        open_remote(odd.settings()) as remote,
        pytest.raises(RemoteError) as caught,
    ):
        remote.send(source, "a.csv", lambda _: None)
    assert "the server says: Zugriff verweigert f\ufffdr  [31macme" in str(caught.value)


def test_server_that_allows_one_connection_gets_one(sftp_directory: Path) -> None:
    with (
        odd_sftp(sftp_directory, most_sessions=1) as odd,
        open_remote(odd.settings(max_connections=4)) as remote,
        ThreadPoolExecutor(4) as threads,
    ):
        for number in range(20):
            (odd.root / f"{number}.csv").write_bytes(b"x" * number)
        contents = threads.map(lambda number: fetched(remote, f"{number}.csv"), range(20))
        assert list(contents) == [b"x" * number for number in range(20)]
