"""A file on the server, and what a build makes of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from runner.remote import RemoteFile

FileState = Literal[
    # Of an import: not imported yet; other than what was imported; imported before, and again.
    "new",
    "changed",
    "again",
    # Imported, renamed after its import (F6), left alone (F2).
    "imported",
    "done",
    "ignored",
    # Not whole yet (F4): left for a later build.
    "waiting",
    # Of an export: a file of that name is replaced; others stay.
    "replaced",
    "kept",
]
TO_IMPORT = ("new", "changed", "again")
"""States of a main file that the next build imports."""


@dataclass(frozen=True)
class FileScan:
    """A file as the server tells it."""

    path: str
    # Bytes.
    size: int
    modified_at: datetime
    state: FileState
    # Why it is imported again, or ignored.
    reason: str = ""


def seen(file: RemoteFile, state: FileState, reason: str = "") -> FileScan:
    """Return a remote file with its state."""
    return FileScan(file.path, file.size, file.modified_at, state, reason)
