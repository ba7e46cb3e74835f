"""A remote place that is only read, and answers as if it had been written to."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from runner.errors import RemoteError
from runner.remote.connection import OnBytes, Remote
from runner.remote.file import Listing, RemoteFile, server_time


class ReadOnlyRemote:
    """A remote place of which nothing changes; see `Remote` for what each method does.

    What would be sent, renamed or removed is remembered: the place lists it as if it were so. The
    content of a file that was not really sent cannot be fetched.
    """

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        # Path -> the file that would be there; None where it would be gone.
        self._changed: dict[str, RemoteFile | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all connections."""
        self._remote.close()

    def list(self, directory: str) -> Listing:
        """Return the files that a directory would have."""
        listing = self._remote.list(directory)
        folder = directory.strip("/")
        files = {file.path: file for file in listing.files}
        for path, file in self._changed.items():
            if file is None:
                files.pop(path, None)
            elif path.rpartition("/")[0].strip("/") == folder:
                files[path] = file
        return replace(listing, files=tuple(sorted(files.values(), key=lambda file: file.name)))

    def stat(self, path: str) -> RemoteFile | None:
        """Return a file as it would be."""
        return self._changed[path] if path in self._changed else self._remote.stat(path)

    def is_directory(self, path: str) -> bool:
        """Whether a path is a directory."""
        return self._remote.is_directory(path)

    def fetch(self, path: str, target: BinaryIO, on_bytes: OnBytes) -> None:
        """Write a file to `target`."""
        self._remote.fetch(path, target, on_bytes)

    def batches(self, files: Iterable[RemoteFile]) -> Iterable[tuple[RemoteFile, ...]]:
        """Give files in their order, grouped where they are fetched faster together."""
        return self._remote.batches(files)

    def fetch_batch(self, files: Sequence[RemoteFile], /) -> dict[RemoteFile, bytes]:
        """Return the content of those that came complete."""
        return self._remote.fetch_batch(files)

    def send(self, source: Path, path: str, on_bytes: OnBytes) -> None:
        """Remember that a file would be sent."""
        size = source.stat().st_size
        on_bytes(size)
        now = server_time(datetime.now(UTC).timestamp())
        self._changed[path] = RemoteFile(path, path.rpartition("/")[2], size, now)

    def rename(self, old: str, new: str) -> None:
        """Remember that a file would have another name."""
        file = self.stat(old)
        if file is None:
            raise RemoteError(f"'{old}' cannot be renamed: there is no such file")
        self._changed[old] = None
        self._changed[new] = replace(file, path=new, name=new.rpartition("/")[2])

    def remove(self, path: str) -> None:
        """Remember that a file would be gone."""
        self._changed[path] = None

    def make_directory(self, path: str) -> None:
        """Do nothing: what would be sent needs no directory."""
