import errno
import hashlib
import os
import stat
import time
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from runner.errors import RemoteError, StageError
from runner.stage.download import DownloadBatch, StillChanging
from runner.stage.hashing_writer import HashingWriter
from runner.stage.staging import Staging
from tests.unit.stage.readings import FakeRemote

PEOPLE = b"id,name\n1,An\n"


@pytest.fixture
def staging(tmp_path):
    return Staging(tmp_path / "staging")


def fetch(staging, remote, file, server="shop"):
    """Return the content of one file; raise what it fails with."""
    downloads = DownloadBatch(staging, server, remote, [file]).fetch()
    for _, error in downloads.failures:
        raise error
    return downloads.files[0].blob


def left_over(staging):
    return list(staging.directory.rglob("*.part"))


def test_f4_content_is_kept_under_its_hash_with_its_lines(staging):
    remote = FakeRemote({"out/a.csv": PEOPLE})
    blob = fetch(staging, remote, remote.listed()[0])
    sha256 = hashlib.sha256(PEOPLE).hexdigest()
    assert blob.path == staging.directory / sha256[:2] / sha256
    assert (blob.sha256, blob.size, blob.path.read_bytes()) == (sha256, len(PEOPLE), PEOPLE)
    assert blob.line_count().lines == 2
    assert not left_over(staging)


def test_staged_files_are_readable_by_their_owner_alone(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    path = fetch(staging, remote, remote.listed()[0]).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(staging.directory.stat().st_mode) == 0o700


def test_f5_unchanged_file_is_downloaded_once_also_by_a_later_build(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    first = fetch(staging, remote, remote.listed()[0])
    later = Staging(staging.directory)
    assert fetch(later, remote, remote.listed()[0]) == first
    assert later.known("shop", remote.listed()[0]) == first
    assert remote.fetched == ["a.csv"]


@pytest.mark.parametrize("change", ["server", "size", "time", "path"])
def test_f5_file_listed_with_anything_changed_is_downloaded_again(staging, change):
    remote = FakeRemote({"a.csv": PEOPLE})
    fetch(staging, remote, remote.listed()[0])
    if change == "size":
        remote.files["a.csv"] += b"2,Bo\n"
    if change == "time":
        remote.modified_at += timedelta(seconds=1)
    if change == "path":
        remote.files = {"b.csv": PEOPLE}
    fetch(staging, remote, remote.listed()[0], "other" if change == "server" else "shop")
    assert len(remote.fetched) == 2


def test_known_file_whose_content_was_cleaned_away_is_downloaded_again(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    fetch(staging, remote, remote.listed()[0]).path.unlink()
    assert fetch(staging, remote, remote.listed()[0]).path.read_bytes() == PEOPLE
    assert len(remote.fetched) == 2


def test_known_file_whose_content_was_cut_short_is_downloaded_again(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    fetch(staging, remote, remote.listed()[0]).path.write_bytes(b"id")
    assert fetch(staging, remote, remote.listed()[0]).path.read_bytes() == PEOPLE


def test_f5_staged_content_is_found_by_hash_when_the_file_is_gone(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    blob = fetch(staging, remote, remote.listed()[0])
    assert Staging(staging.directory).find(blob.sha256) == blob
    assert staging.find("0" * 64) is None


def test_f4_broken_transfer_that_begins_again_is_hashed_from_the_start(staging):
    remote = FakeRemote({"a.csv": PEOPLE}, breaks_after=5)
    blob = fetch(staging, remote, remote.listed()[0])
    assert blob.sha256 == hashlib.sha256(PEOPLE).hexdigest()
    assert blob.path.read_bytes() == PEOPLE
    assert blob.line_count().lines == 2


@pytest.mark.parametrize("change", ["size", "time", "gone"])
def test_f4_file_that_changes_while_it_comes_is_left_for_the_next_build(staging, change):
    def afterwards(path):
        if change == "size":
            remote.files[path] += b"2,Bo\n"
        if change == "time":
            remote.modified_at += timedelta(seconds=1)
        if change == "gone":
            del remote.files[path]

    remote = FakeRemote({"a.csv": PEOPLE}, afterwards=afterwards)
    listed = remote.listed()[0]
    with pytest.raises(StillChanging, match=r"a\.csv: .*(changed while|is gone)"):
        fetch(staging, remote, listed)
    assert staging.known("shop", listed) is None
    assert not left_over(staging)


def test_f4_file_that_changed_since_it_was_listed_is_left_for_the_next_build(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    listed = remote.listed()[0]
    remote.files["a.csv"] += b"2,Bo\n"
    with pytest.raises(StillChanging, match=r"13 bytes of .* 18 bytes received"):
        fetch(staging, remote, listed)


def test_f4_file_that_went_away_since_it_was_listed_is_no_fault(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    listed = remote.listed()[0]
    del remote.files["a.csv"]
    with pytest.raises(StillChanging, match=r"a\.csv: is gone from the server"):
        fetch(staging, remote, listed)


def test_f4_file_that_was_another_for_a_moment_is_left_for_the_next_build(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    listed = remote.listed()[0]
    remote.files["a.csv"] = PEOPLE + b"2,"
    remote.afterwards = lambda path: remote.files.update({path: PEOPLE})
    with pytest.raises(StillChanging, match="15 bytes received"):
        fetch(staging, remote, listed)


def test_index_line_cut_short_by_a_kill_is_passed_over(staging):
    remote = FakeRemote({"a.csv": PEOPLE, "b.csv": b"x\n"})
    for file in remote.listed():
        fetch(staging, remote, file)
    index = staging.directory / "arrivals.jsonl"
    index.write_bytes(index.read_bytes()[:-20])
    again = Staging(staging.directory)
    for _ in range(2):
        for file in remote.listed():
            fetch(again, remote, file)
        again = Staging(staging.directory)
    assert remote.fetched == ["a.csv", "b.csv", "b.csv"]


def test_one_failing_file_does_not_stop_the_others(staging):
    remote = FakeRemote({f"{name}.csv": name.encode() for name in "abcdef"})
    files = remote.listed()
    remote.closed = ("c.csv",)
    downloads = DownloadBatch(staging, "shop", remote, files, connections=3).fetch()
    assert [file.path for file, _ in downloads.files] == [f"{name}.csv" for name in "abdef"]
    assert [blob.path.read_bytes() for _, blob in downloads.files] == [b"a", b"b", b"d", b"e", b"f"]
    ((failed, error),) = downloads.failures
    assert failed.path == "c.csv"
    assert isinstance(error, RemoteError)


def test_progress_is_reported_in_bytes_of_each_file(staging):
    events = []
    remote = FakeRemote({"out/a.csv": PEOPLE})
    DownloadBatch(staging, "shop", remote, remote.listed(), listener=events.append).fetch()
    assert [(event.kind, event.name, event.done, event.total, event.unit) for event in events] == [
        ("progress", "out/a.csv", len(PEOPLE), len(PEOPLE), "bytes")
    ]


def test_interrupt_ends_all_downloads(staging):
    def interrupt(path):
        # The others have time to hear of it.
        time.sleep(0.02)
        raise KeyboardInterrupt

    remote = FakeRemote({f"{n}.csv": PEOPLE for n in range(50)}, afterwards=interrupt)
    with pytest.raises(KeyboardInterrupt):
        DownloadBatch(staging, "shop", remote, remote.listed(), connections=2).fetch()
    assert len(remote.fetched) < 50
    assert not left_over(staging)


def test_interrupt_ends_a_download_that_is_under_way(staging):
    ended = []
    is_under_way = Event()

    class SlowRemote(FakeRemote):
        def fetch(self, path, target, on_bytes):
            if path == "b.csv":
                is_under_way.wait(10)
                raise KeyboardInterrupt
            is_under_way.set()
            try:
                for _ in range(1000):
                    on_bytes(1)
                    time.sleep(0.01)
            except StageError as error:
                ended.append(error.message)
                raise

    remote = SlowRemote({"a.csv": PEOPLE, "b.csv": PEOPLE})
    files = sorted(remote.listed(), key=lambda file: file.path, reverse=True)
    with pytest.raises(KeyboardInterrupt):
        DownloadBatch(staging, "shop", remote, files, connections=2).fetch()
    assert ended == ["a.csv: the download was stopped"]


def test_directory_that_cannot_be_written_is_reported(tmp_path):
    (tmp_path / "staging").write_bytes(b"")
    remote = FakeRemote({"a.csv": PEOPLE})
    with pytest.raises(StageError, match=r"a\.csv: cannot write to .*staging"):
        fetch(Staging(tmp_path / "staging"), remote, remote.listed()[0])


def test_full_disk_here_is_reported_and_leaves_no_part(staging, monkeypatch):
    def full(file, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    remote = FakeRemote({"a.csv": PEOPLE})
    with monkeypatch.context() as patched:
        patched.setattr(HashingWriter, "write", full)
        with pytest.raises(StageError, match=r"a\.csv: cannot write to .*: No space left"):
            fetch(staging, remote, remote.listed()[0])
    assert not left_over(staging)
    assert staging.known("shop", remote.listed()[0]) is None
    assert fetch(staging, remote, remote.listed()[0]).path.read_bytes() == PEOPLE


def test_same_content_of_two_files_is_kept_once(staging):
    remote = FakeRemote({"a.csv": PEOPLE, "b.csv": PEOPLE})
    downloads = DownloadBatch(staging, "shop", remote, remote.listed()).fetch()
    assert len({blob.path for _, blob in downloads.files}) == 1
    assert remote.fetched in (["a.csv", "b.csv"], ["b.csv", "a.csv"])


@pytest.mark.parametrize("folder", [".", "ab"])
def test_files_that_a_killed_build_left_unfinished_are_swept_after_a_day(staging, folder):
    (staging.directory / folder).mkdir(parents=True)
    old, new = staging.directory / folder / "old.part", staging.directory / "new.part"
    old.touch()
    new.touch()
    before = time.time() - 25 * 3600
    os.utime(old, (before, before))
    DownloadBatch(staging, "shop", FakeRemote({}), []).fetch()
    assert left_over(staging) == [new]


def test_part_that_another_build_finishes_meanwhile_is_no_fault(staging, monkeypatch):
    gone = staging.directory / "ab" / "finished.part"
    gone.parent.mkdir(parents=True)
    monkeypatch.setattr(Path, "rglob", lambda folder, pattern: iter([gone]))
    assert not DownloadBatch(staging, "shop", FakeRemote({}), []).fetch().files


def test_name_with_a_slash_cannot_leave_the_directory(staging):
    remote = FakeRemote({"a.csv": PEOPLE})
    listed = remote.listed()[0]
    odd = type(listed)(listed.path, "../../../x", listed.size, listed.modified_at)
    fetch(staging, remote, odd)
    assert remote.targets[0].resolve().is_relative_to(staging.directory.resolve())
