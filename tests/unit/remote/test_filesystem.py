"""Places behind fsspec behave like any other remote place."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import _registry, known_implementations

from runner.errors import RemoteError, TransientRemoteError
from runner.remote import Remote, RemoteSettings, open_remote
from runner.remote.file import Listing
from runner.remote.probe import probe

CONTENT = b"id\n1\n"


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    """fsspec's files in memory, empty before and after."""
    filesystem = MemoryFileSystem()
    filesystem.store.clear()
    filesystem.pseudo_dirs[:] = [""]
    yield filesystem
    filesystem.store.clear()
    filesystem.pseudo_dirs[:] = [""]


@pytest.fixture
def remote(memory: MemoryFileSystem) -> Remote:
    memory.pipe_file("/drop/out/a.csv", CONTENT)
    memory.makedirs("/drop/out/folder")
    return open_remote(settings())


class Odd(MemoryFileSystem):
    """What the tests of odd filesystems put in the place of one method."""

    protocol = "odd"
    cachable = False


@pytest.fixture
def odd(memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> type[Odd]:
    monkeypatch.setitem(_registry, "odd", Odd)
    memory.pipe_file("/drop/a.csv", CONTENT)
    return Odd


def settings(kind: str = "memory", **changes: Any) -> RemoteSettings:
    given: dict[str, Any] = {"name": "webshop", "kind": kind, "path": "/drop", "backoff": 0.001}
    return RemoteSettings(**(given | changes))


def fetched(remote: Remote, path: str) -> bytes:
    target = io.BytesIO()
    remote.fetch(path, target, lambda _: None)
    return target.getvalue()


def test_files_are_listed_with_size_and_time(remote: Remote) -> None:
    (file,) = remote.list("/out").files
    assert (file.path, file.name, file.size) == ("out/a.csv", "a.csv", 5)
    assert file.modified_at.tzinfo is UTC
    assert file.modified_at.microsecond == 0
    assert abs(datetime.now(UTC) - file.modified_at) < timedelta(minutes=1)
    assert remote.stat("out/a.csv") == file
    assert remote.stat("out/b.csv") is None
    assert remote.stat("out") is None


def test_file_is_fetched_to_where_the_target_stands(remote: Remote) -> None:
    target = io.BytesIO(b"before")
    target.seek(0, io.SEEK_END)
    counted: list[int] = []
    remote.fetch("out/a.csv", target, counted.append)
    assert target.getvalue() == b"before" + CONTENT
    assert counted == [5]


def test_file_is_sent_renamed_over_another_and_removed(remote: Remote, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"new" * 3_000_000)
    counted: list[int] = []
    remote.make_directory("in")
    remote.make_directory("in")
    remote.send(source, "in/vip.csv.tmp", counted.append)
    remote.send(source, "in/vip.csv", lambda _: None)
    assert sum(counted) == 9_000_000
    remote.rename("in/vip.csv.tmp", "in/vip.csv")
    assert [file.name for file in remote.list("in").files] == ["vip.csv"]
    assert fetched(remote, "in/vip.csv") == b"new" * 3_000_000
    remote.remove("in/vip.csv")
    assert remote.list("in").files == ()


def test_names_that_are_not_plain_are_refused_f1(remote: Remote, memory: MemoryFileSystem) -> None:
    memory.pipe_file("/drop/out/two\nlines.csv", b"x")
    listing = remote.list("out")
    assert [file.name for file in listing.files] == ["a.csv"]
    assert listing.refused == ((r"'two\nlines.csv'", "the name has control characters"),)


def test_entry_outside_the_directory_is_refused_f1(
    odd: type[Odd], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [
        {"name": name, "size": 1, "type": "file", "created": datetime.now(UTC)}
        for name in ("/drop/out/deep/a.csv", "/etc/passwd", "/drop/out", "/drop/out/a.csv")
    ]
    monkeypatch.setattr(odd, "ls", lambda *_, **__: entries)
    listing = open_remote(settings("odd")).list("out")
    assert [file.name for file in listing.files] == ["a.csv"]
    assert {reason for _, reason in listing.refused} == {
        "the name leads outside the listed directory"
    }
    assert len(listing.refused) == 2


def test_paths_that_climb_out_are_refused_f1(remote: Remote) -> None:
    for call in (remote.list, remote.stat, remote.remove, remote.make_directory):
        with pytest.raises(RemoteError, match="climbs out of the root"):
            call("../x")


@pytest.mark.parametrize(
    "told",
    [
        {"mtime": 1_700_000_000.9},
        {"LastModified": datetime(2023, 11, 14, 22, 13, 20, 5, tzinfo=UTC)},
        {"last_modified": datetime(2023, 11, 15, 0, 13, 20, tzinfo=timezone(timedelta(hours=2)))},
        {"updated": "2023-11-14T22:13:20.123Z", "created": "2020-01-01T00:00:00Z"},
        {"modify": "20231114221320"},
        {"created": datetime(2023, 11, 14, 22, 13, 20)},  # noqa: DTZ001
    ],
)
def test_time_is_read_under_every_usual_name(
    odd: type[Odd], monkeypatch: pytest.MonkeyPatch, told: dict[str, Any]
) -> None:
    entry = {"name": "/drop/a.csv", "size": 5, "type": "file", **told}
    monkeypatch.setattr(odd, "info", lambda *_, **__: entry)
    found = open_remote(settings("odd")).stat("a.csv")
    assert found is not None
    assert found.modified_at == datetime.fromtimestamp(1_700_000_000, UTC)


def test_file_without_a_time_is_compared_by_content(
    odd: type[Odd], monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {"name": "/drop/a.csv", "size": 5, "type": "file", "created": "no time", "mtime": None}
    monkeypatch.setattr(odd, "ls", lambda *_, **__: [entry])
    (file,) = open_remote(settings("odd")).list("").files
    assert (file.size, file.modified_at.year, file.is_comparable) == (5, 1970, False)


def test_broken_transfer_begins_again(odd: type[Odd], monkeypatch: pytest.MonkeyPatch) -> None:
    attempts: list[int] = []
    whole = odd._open

    def broken(self: Odd, *arguments: Any, **options: Any) -> Any:
        attempts.append(1)
        if len(attempts) < 3:
            return io.BytesIO(CONTENT[:2])
        return whole(self, *arguments, **options)

    monkeypatch.setattr(odd, "_open", broken)
    counted: list[int] = []
    target = io.BytesIO()
    open_remote(settings("odd")).fetch("a.csv", target, counted.append)
    assert target.getvalue() == CONTENT
    assert counted == [2, -2, 2, -2, 5]


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (
            ConnectionResetError("reset"),
            TransientRemoteError,
            "ConnectionResetError: reset .*4 tim",
        ),
        (TimeoutError("late"), TransientRemoteError, "TimeoutError: late"),
        (PermissionError(13, "x"), RemoteError, "permission denied"),
        (FileNotFoundError(2, "x"), RemoteError, "no such file or directory"),
        (ValueError("odd\n\x1b[2J"), RemoteError, r"ValueError: odd  \[2J"),
    ],
)
def test_whatever_a_filesystem_raises_becomes_a_remote_error(
    odd: type[Odd],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    kind: type[RemoteError],
    told: str,
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(odd, "ls", fail)
    pattern = f"^connection 'webshop': cannot list '.' on odd: {told}"
    with pytest.raises(kind, match=pattern) as caught:
        open_remote(settings("odd")).list("")
    assert type(caught.value) is kind


def test_place_that_does_not_exist_is_an_error_and_an_empty_bucket_is_not(
    memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RemoteError, match="cannot list 'none' on memory: no such file"):
        open_remote(settings()).list("none")
    monkeypatch.setitem(_registry, "s3", Odd)
    with pytest.raises(RemoteError, match="cannot list 'none' on s3: there is no bucket 'drop'"):
        open_remote(settings("s3")).list("none")
    memory.makedirs("/drop")
    assert open_remote(settings("s3")).list("none") == Listing()
    memory.pipe_file("/drop/out/a.csv", CONTENT)
    remote = open_remote(settings("s3"))
    missing = remote.list("otu").missing
    assert missing.endswith("'otu' on s3: no such file or directory. Did you mean 'out'?")
    missing = remote.list("out/jnauary").missing
    assert missing.endswith("no such file or directory.")
    memory.pipe_file("/drop/out/january/a.csv", CONTENT)
    missing = remote.list("out/jnauary").missing
    assert missing.endswith("Did you mean 'january'?")
    found = probe(settings("s3"), [("", False), ("otu", False), ("out", False)])
    assert [step.status for step in found.steps] == ["ok", "ok", "failed", "ok"]


def test_what_was_listed_before_is_listed_again(
    odd: type[Odd], memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: dict[str, Any] = {}
    really = odd.ls

    def remembered(self: Odd, path: str, detail: bool = True) -> Any:
        return listed.setdefault(path, really(self, path, detail))

    monkeypatch.setattr(odd, "ls", remembered)
    monkeypatch.setattr(odd, "invalidate_cache", lambda *_: listed.clear())
    remote = open_remote(settings("odd"))
    assert len(remote.list("").files) == 1
    memory.pipe_file("/drop/b.csv", CONTENT)
    assert len(remote.list("").files) == 2


def test_settings_are_passed_on(odd: type[Odd], monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def remember(self: Odd, **options: Any) -> None:
        given.update(options)
        MemoryFileSystem.__init__(self)

    monkeypatch.setattr(odd, "__init__", remember)
    open_remote(
        settings("odd", host="acme", username="me", password="pw", options={"endpoint": "x"})
    )
    assert given == {"host": "acme", "username": "me", "password": "pw", "endpoint": "x"}
    given.clear()
    open_remote(settings("odd", port=2121))
    assert given == {"port": 2121}


def test_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, package in (("s3", "s3fs"), ("gs", "gcsfs"), ("az", "adlfs")):
        monkeypatch.setitem(
            known_implementations,
            kind,
            {"class": f"{package}_not_here.Filesystem", "err": f"Install {package}"},
        )
        with pytest.raises(RemoteError, match=f"need a package .*\n  pip install {package}"):
            open_remote(settings(kind))
    with pytest.raises(RemoteError, match=r"\n  .*smbprotocol.*pip install"):
        open_remote(settings("smb", host="acme"))


def test_kind_that_does_not_exist_is_reported_with_the_nearest() -> None:
    with pytest.raises(RemoteError, match=r"'sfpt' is no type of connection\. Did you mean 'sftp'"):
        open_remote(settings("sfpt"))
