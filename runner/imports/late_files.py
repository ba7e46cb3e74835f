"""Main files that come after younger ones were imported (P8)."""

from collections.abc import Iterable, Mapping, Sequence

from runner.definitions.file_source import FileSource
from runner.engine.warehouse import Warehouse
from runner.stage.fetched_file import FetchedFile
from runner.stage.matched_files import file_order
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.undone_files import read_returning


def in_order(source: FileSource, files: Iterable[FetchedFile]) -> list[FetchedFile]:
    """Return files in the order in which they are applied (F3)."""
    order = file_order(source)
    return sorted(files, key=lambda fetched: order(fetched.file))


def overtaken(
    source: FileSource, files: Sequence[FetchedFile], imported: Mapping[str, ImportedFile]
) -> list[ImportedFile]:
    """Return the imported files that must be read again with files that are about to be imported.

    Where one of `files` comes before an imported file, these are all that are not among them:
    the first value of a profile may be in any of them, and the last one too. Else there are none.
    """
    coming = {fetched.file.path for fetched in files}
    left = [file for path, file in imported.items() if path not in coming]
    if not files or not left:
        return []
    order = file_order(source)
    first = min(order(fetched.file) for fetched in files)
    return left if any(order(file.remote_file) > first for file in left) else []


def replaced(files: Iterable[FetchedFile], imported: Mapping[str, ImportedFile]) -> bool:
    """Return whether other content was imported from the path of one of `files` (F9)."""
    return any(
        file.path in imported and imported[file.path].sha256 != blob.sha256 for file, blob in files
    )


def has_late_files(warehouse: Warehouse, goal: str, files: Sequence[FetchedFile]) -> bool:
    """Return whether a batch holds all main files of a goal, and a new one before a known one.

    A returning file counts as new: it has rows that were not applied. `files` are its main files,
    in order; the ledger does not have them yet.
    """
    known = {
        (str(path), str(sha256))
        for path, sha256 in warehouse.perform("ledger.main_files", goal=goal)
    }
    if {path for path, _ in known} - {fetched.file.path for fetched in files}:
        return False
    returning = {
        (file.path, file.sha256) for file in read_returning(warehouse) if file.goal == goal
    }
    is_known = [(file.path, blob.sha256) in known - returning for file, blob in files]
    return is_known != sorted(is_known, reverse=True)
