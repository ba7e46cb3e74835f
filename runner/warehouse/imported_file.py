"""One import of one file, as the ledger keeps it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from runner.remote import RemoteFile

FileKey = tuple[str, str, str]
"""A content of a file in a goal: goal, path, hash."""


@dataclass(frozen=True)
class ImportedFile:
    """One import of one file by a goal."""

    file_id: int
    goal: str
    source: str
    path: str
    size: int
    modified_at: datetime
    sha256: str
    fingerprint: str
    build_id: str
    is_main: bool
    # Whether every line of it was set aside (R12).
    is_set_aside: bool = False
    # Whether it was imported again for rows that found no profile before (P10).
    is_retried: bool = False

    @property
    def key(self) -> FileKey:
        """Return what identifies a content of a file in a goal."""
        return (self.goal, self.path, self.sha256)

    @property
    def remote_file(self) -> RemoteFile:
        """Return the file as the server listed it then."""
        name = PurePosixPath(self.path).name
        return RemoteFile(self.path, name, self.size, self.modified_at)

    def is_unchanged(self, file: RemoteFile) -> bool:
        """Return whether size and time of a file on the server prove that it was imported."""
        is_equal = (file.size, file.modified_at) == (self.size, self.modified_at)
        return is_equal and file.is_comparable
