"""What can be done with a remote place, of whatever kind."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from runner.remote.file import Listing, RemoteFile

# Called with the number of bytes moved since the last call. When a broken transfer begins
# again, it is called with the negative of what was counted so far.
OnBytes = Callable[[int], None]


class Remote(Protocol):
    """An open remote place.

    Paths are relative to the root; a leading slash means the root too, and only where an SFTP
    connection has no root it is the server's own. A path that climbs out (`../x`) is refused.

    Safe to use from several threads; up to `max_connections` operations run at once, more
    wait. Every failure is a `RemoteError` that names the connection, the path and what to do,
    or a `TransientRemoteError` after the retries that the settings ask for.
    """

    def list(self, directory: str) -> Listing:
        """Return the files of a directory, and the entries that F1 refuses."""
        ...

    def stat(self, path: str) -> RemoteFile | None:
        """Return a file as the server describes it; None when no file has that path."""
        ...

    def is_directory(self, path: str) -> bool:
        """Whether a path is a directory; in a bucket none is."""
        ...

    def fetch(self, path: str, target: BinaryIO, on_bytes: OnBytes) -> None:
        """Write a file to `target`, from its position on.

        `target` is seekable: when a transfer breaks it is set back to where it began,
        truncated there, and written again. What was written has the size that the server gave.
        """
        ...

    def batches(self, files: Iterable[RemoteFile]) -> Iterable[tuple[RemoteFile, ...]]:
        """Give files in their order, grouped where `fetch_batch` fetches them faster together."""
        ...

    def fetch_batch(self, files: Sequence[RemoteFile], /) -> dict[RemoteFile, bytes]:
        """Return the content of those that came complete and are still as `files` has them.

        Nothing is said of the others: `fetch` and `stat` find out what is wrong with them.
        """
        ...

    def send(self, source: Path, path: str, on_bytes: OnBytes) -> None:
        """Write a local file to `path`, replacing what is there, and check the size (X2)."""
        ...

    def rename(self, old: str, new: str) -> None:
        """Give a file another name; a file that has the new name already is replaced (X2)."""
        ...

    def remove(self, path: str) -> None:
        """Remove a file."""
        ...

    def make_directory(self, path: str) -> None:
        """Create a directory and those above it, as far as they are missing."""
        ...

    def close(self) -> None:
        """End all connections; what follows fails. Closing again does nothing."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
