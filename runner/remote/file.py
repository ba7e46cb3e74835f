"""Files as a remote place lists them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime


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


def listed_file(path: str, size: int | None, modified_at: datetime | None) -> RemoteFile:
    """Return a file as a server lists it, which may lack its size or its time."""
    is_comparable = size is not None and modified_at is not None
    name = path.rpartition("/")[2]
    return RemoteFile(path, name, size or 0, modified_at or server_time(0), is_comparable)


def server_time(seconds: float) -> datetime:
    """Return the moment that lies `seconds` after 1970, aware, without fractions."""
    return datetime.fromtimestamp(int(seconds // 1), UTC)
