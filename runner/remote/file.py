"""Files as a remote place lists them."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Listing:
    """The files of one directory, ordered by name; directories are left out."""

    files: tuple[RemoteFile, ...] = ()
    # Entries that are not taken (F1): the name with odd characters escaped, and the reason.
    refused: tuple[tuple[str, str], ...] = ()


def server_time(seconds: float) -> datetime:
    """Return the moment that lies `seconds` after 1970, aware, without fractions."""
    return datetime.fromtimestamp(int(seconds // 1), UTC)
