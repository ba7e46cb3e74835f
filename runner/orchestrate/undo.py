"""`runner undo` takes the rows of an imported file out of the warehouse; `runner redo` lets it in.

An undo is a full refresh without the file; a redo only lists the file for the next build.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from runner.engine.schema import prepare
from runner.warehouse.imported_file import FileKey, ImportedFile
from runner.warehouse.ledger import read_ledger
from runner.warehouse.lock import locked
from runner.warehouse.named_files import files_to_redo, files_to_undo
from runner.warehouse.undone_files import UndoneFiles, write_undone
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class Undo:
    """What an undo takes out, and what it replays for it."""

    # The last import of each file, by each goal that imported it.
    files: tuple[ImportedFile, ...]
    # Imports of main files that are replayed without them.
    replayed: int

    @property
    def keys(self) -> tuple[FileKey, ...]:
        """Return the keys of the files in the ledger."""
        return tuple(file.key for file in self.files)


def plan_undo(workspace: Workspace, names: Sequence[str], goal: str | None = None) -> Undo:
    """Return what would be undone: the last content of each file, in all goals that imported it.

    Raises UsageError with the nearest spelling where a name fits no imported file, or several.
    """
    ledger = read_ledger(workspace.store)
    files = {
        file.key: file
        for name in names
        for file in _last_contents(files_to_undo(ledger, name, goal))
    }
    left = ledger.without(tuple(files.values()))
    goals = dict.fromkeys(file.goal for file in left.files)
    replayed = [file for goal in goals for file in left.since_change(goal) if file.is_main]
    return Undo(tuple(files.values()), len(replayed))


def redo(
    workspace: Workspace, names: Sequence[str], goal: str | None, wait: bool
) -> tuple[ImportedFile, ...]:
    """Let the next build import undone files again: from the server, or their staged copies.

    Raises UsageError where a name fits no file that is undone, LockedError where a build runs.
    """
    with locked(workspace.local_state, "runner redo", wait):
        ledger = read_ledger(workspace.store)
        found = {file.key: file for name in names for file in files_to_redo(ledger, name, goal)}
        undone = UndoneFiles(
            kept_out=tuple(file for file in ledger.undone.kept_out if file.key not in found),
            returning=(*ledger.undone.returning, *found.values()),
        )
        store = workspace.store
        copy = store.begin()
        try:
            with store.edit(copy) as warehouse:
                prepare(warehouse)
                write_undone(warehouse, undone)
            store.publish(copy, keep=workspace.target.keep_builds)
        finally:
            store.discard(copy)
    return tuple(found.values())


def _last_contents(files: Iterable[ImportedFile]) -> list[ImportedFile]:
    """Return the last import of each path by each goal."""
    last: dict[tuple[str, str], ImportedFile] = {}
    for file in files:
        last[file.goal, file.path] = file
    return list(last.values())
