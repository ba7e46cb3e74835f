"""Files as a remote place lists them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

LARGEST = 2**50
"""Bytes: a server that lists a larger file is wrong."""

NOTHING_THERE = (
    "a bucket has no folders: check the path, and the connection's `path`;"
    " if it is right, nothing was sent there yet"
)
"""What to do where a bucket has nothing at a path."""


@dataclass(frozen=True)
class RemoteFile:
    """A file on a remote place; neither its content nor its name is trusted beyond F1."""

    # As every method of a `Remote` takes it: relative to the root, such as `out/orders_1.csv`.
    path: str
    # The last part of the path.
    name: str
    # Bytes.
    size: int
    # Aware, in UTC, in whole seconds: SFTP has no fractions.
    modified_at: datetime
    # Whether equal size and time mean equal content. Not where the server lacks one of them, then
    # 0 bytes or 1970, or where a source asks for the content to be compared (F5).
    is_comparable: bool = field(default=True, compare=False)

    @property
    def has_size(self) -> bool:
        """Whether the size is known."""
        return self.is_comparable or self.size > 0


@dataclass(frozen=True)
class Listing:
    """The files of one directory, ordered by name; directories are left out."""

    files: tuple[RemoteFile, ...] = ()
    # Entries that are not taken (F1): the name with odd characters escaped, and the reason.
    refused: tuple[tuple[str, str], ...] = ()
    # Of a bucket, in which a directory is there as long as files are in it: that nothing is.
    missing: str = ""


def listed_file(path: str, size: object, modified_at: datetime | float | None) -> RemoteFile | str:
    """Return a file as a server lists it, or why it is refused (B9): what a server says may be odd.

    It may lack its size or its time, as None. `modified_at` is a moment in UTC, or seconds since
    1970.
    """
    try:
        size_listed = None if size is None else int(size)  # type: ignore[call-overload]
        if isinstance(modified_at, int | float):
            modified_at = server_time(modified_at)
    except (ValueError, TypeError, OverflowError, OSError):
        return "its size or its time is not one"
    if size_listed is not None and not 0 <= size_listed <= LARGEST:
        return f"its size of {size_listed} bytes is not possible"
    is_comparable = size_listed is not None and modified_at is not None
    name = path.rpartition("/")[2]
    return RemoteFile(path, name, size_listed or 0, modified_at or server_time(0), is_comparable)


def server_time(seconds: float) -> datetime:
    """Return the moment that lies `seconds` after 1970, aware, without fractions."""
    return datetime.fromtimestamp(int(seconds // 1), UTC)
