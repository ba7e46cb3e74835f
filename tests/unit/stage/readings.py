"""Bytes read as a staged file, and a remote place made of a dictionary."""

import csv
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from runner.definitions.format import Format
from runner.errors import RemoteError
from runner.remote import RemoteFile
from runner.stage.blob import Blob
from runner.stage.prepare import prepare
from runner.stage.readable_file import ReadableFile

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def remote_file(path: str, size: int = 0, modified_at: datetime = NOON) -> RemoteFile:
    return RemoteFile(path, path.rpartition("/")[2], size, modified_at)


def blob_of(data: bytes, directory: Path) -> Blob:
    sha256 = hashlib.sha256(data).hexdigest()
    path = directory / sha256
    path.write_bytes(data)
    return Blob(sha256, len(data), path)


def staged(
    data: bytes, directory: Path, *, by_records: bool = False, **dialect: Any
) -> ReadableFile:
    file = remote_file("out/people.csv", len(data))
    return prepare(blob_of(data, directory), file, Format(**dialect), by_records=by_records)


@dataclass(frozen=True)
class Reading:
    """What the record reader made of some bytes."""

    staged: ReadableFile
    # (physical line, values)
    rows: list[tuple[int, list[str]]]
    # (line, column_number, column_name, reason, raw)
    rejects: list[list[str]]
    # Of each of them, bytes before the bad one.
    offsets: list[int | None]
    # What can be mended and sent again.
    rejects_as_sent: bytes

    @property
    def values(self) -> list[list[str]]:
        return [values for _, values in self.rows]


def read_records(data: bytes, **dialect: Any) -> Reading:
    with TemporaryDirectory() as directory:
        file = staged(data, Path(directory), by_records=True, **dialect)
        rows = [(int(line), values) for line, *values in _csv(file.local_path)]
        told = _csv(file.rejects)[1:] if file.rejects else []
        rejects_as_sent = file.rejects_as_sent.read_bytes() if file.rejects_as_sent else b""
    offsets = [int(line[5]) if line[5] else None for line in told]
    return Reading(file, rows, [line[:5] for line in told], offsets, rejects_as_sent)


def _csv(path: Path) -> list[list[str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


@dataclass
class FakeRemote:
    """A remote place of files in memory; what the tests need of the protocol."""

    files: dict[str, bytes]
    fetched: list[str] = field(default_factory=list)
    # Where they were written while they came.
    targets: list[Path] = field(default_factory=list)
    # Called after a file was fetched.
    afterwards: Callable[[str], None] = lambda path: None
    # Bytes that are sent, and taken back, before the transfer begins again.
    breaks_after: int = 0
    modified_at: datetime = NOON
    # Files that are not opened.
    closed: tuple[str, ...] = ()

    def listed(self) -> list[RemoteFile]:
        return [remote_file(path, len(data), self.modified_at) for path, data in self.files.items()]

    def stat(self, path: str) -> RemoteFile | None:
        found = [file for file in self.listed() if file.path == path]
        return found[0] if found else None

    def batches(self, files: Iterable[RemoteFile]) -> Iterable[tuple[RemoteFile, ...]]:
        return ((file,) for file in files)

    def fetch(self, path: str, target: BinaryIO, on_bytes: Callable[[int], None]) -> None:
        self.fetched.append(path)
        self.targets.append(Path(target.name))
        if path not in self.files or path in self.closed:
            raise RemoteError(f"{path}: cannot be opened")
        data = self.files[path]
        if self.breaks_after:
            target.write(data[: self.breaks_after])
            on_bytes(self.breaks_after)
            on_bytes(-self.breaks_after)
            target.seek(0)
            target.truncate()
        target.write(data)
        on_bytes(len(data))
        self.afterwards(path)
