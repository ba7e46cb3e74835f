"""A file on a server, and what the next build does with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from runner.definitions.import_goal import ImportGoal
from runner.imports.file_choice import OVERTAKEN, REDEFINED, FileChoice
from runner.remote import RemoteFile
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger

FileState = Literal[
    # Of an import: not imported yet; changed since its import; imported again.
    "new",
    "changed",
    "again",
    # Imported; renamed after its import (F6); ignored (F2).
    "imported",
    "done",
    "ignored",
    # Not complete yet (F4): left for a later build.
    "waiting",
    # Of an export: a file of that name is replaced; others stay.
    "replaced",
    "kept",
]
TO_IMPORT = ("new", "changed", "again")
"""States of a main file that the next build imports."""


@dataclass(frozen=True)
class FileScan:
    """A file as the server lists it, with its state."""

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


def file_scans(
    goal: ImportGoal, name: str, source: str, choice: FileChoice, ledger: Ledger
) -> tuple[FileScan, ...]:
    """Return the files of one source of a goal, `name` in full, with their states."""
    matched = choice.found.matched[source]
    if source == goal.main:
        scans = _main_files(source, choice)
    else:
        before = {file.path: file for file in ledger.chained_files(name).get(source, [])}
        scans = [_chained_file(file, before.get(file.path)) for file in matched.files]
    listed = {scan.path for scan in scans}
    scans += [seen(file, "waiting", why) for file, why in matched.waiting]
    for file, why in matched.ignored:
        if why != "done":
            scans.append(seen(file, "ignored", why))
        elif file.path.removesuffix(".done") not in listed:
            scans.append(seen(file, "done"))
    return tuple(scans)


def _main_files(source: str, choice: FileChoice) -> list[FileScan]:
    """Return the main files, first those that are imported again from their staged copies."""
    files = choice.found.matched[source].files
    here = {file.path for file in files}
    batch = choice.batch.files[source] if choice.batch else ()
    reason = f"{REDEFINED if choice.is_redefined else OVERTAKEN}, from its staged copy"
    gone = [seen(file, "again", reason) for file, _ in batch if file.path not in here]
    return gone + [_main_file(file, choice.reasons[file.path]) for file in files]


def _main_file(file: RemoteFile, reason: str) -> FileScan:
    if reason in ("new", "changed"):
        return seen(file, "new" if reason == "new" else "changed")
    if reason == "unchanged":
        return seen(file, "imported")
    if reason == "undone":
        return seen(file, "ignored", "undone")
    return seen(file, "again", reason)


def _chained_file(file: RemoteFile, before: ImportedFile | None) -> FileScan:
    if before is None:
        return seen(file, "new")
    return seen(file, "imported" if before.is_unchanged(file) else "changed")
