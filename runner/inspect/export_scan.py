"""The directory of an export goal: which files are in it, and which one the next build replaces."""

from dataclasses import dataclass
from datetime import UTC, datetime

from runner.compile.file_name import NamedFor, file_name
from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.errors import RemoteError
from runner.inspect.file_scan import FileScan, seen
from runner.remote import Remote
from runner.remote.path import is_missing


@dataclass(frozen=True)
class ExportScan:
    """The files that are in the directory of an export goal already."""

    name: str
    directory: str
    # What the next build sends, as the name is written in the goal.
    file_name: str
    # Whether the directory is there; the first export makes it.
    is_there: bool
    files: tuple[FileScan, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def scan_export(
    name: str, connection: Connection, goal: ExportProfiles, remote: Remote
) -> ExportScan:
    """List the directory of an export goal. Raises RemoteError."""
    sent = file_name(goal, NamedFor(connection.connection, datetime.now(UTC), "BUILD"))
    try:
        listing = remote.list(goal.directory)
    except RemoteError as error:
        if not is_missing(error.message):
            raise
        return ExportScan(name, goal.directory, goal.file_name, False)
    files = tuple(seen(file, "replaced" if file.name == sent else "kept") for file in listing.files)
    return ExportScan(name, goal.directory, goal.file_name, True, files, listing.refused)
