"""`runner rollback`: an earlier warehouse replaces the published one (B5)."""

from dataclasses import dataclass

from runner.engine.schema import prepare
from runner.engine.store import Store
from runner.errors import UsageError, choices
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger, published_build, read_ledger
from runner.warehouse.lock import locked
from runner.warehouse.undone_files import UndoneFiles, write_undone
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class RolledBack:
    """What a rollback did."""

    # The build whose warehouse is published now, and the one that was before.
    build_id: str
    replaced: str
    # Imports that are undone: the next build does them again.
    returning: tuple[ImportedFile, ...]


def kept_warehouses(workspace: Workspace) -> list[str]:
    """Return the ids of the builds whose warehouses are kept, newest first."""
    return list(reversed(workspace.store.versions()))


def roll_back(workspace: Workspace, build_id: str | None, wait: bool = False) -> RolledBack:
    """Publish the warehouse of an earlier build; the newest one that is kept, where none is named.

    The published warehouse is kept too, so that one can return to it. The next build imports
    the files again that were imported since, also those that are gone from the server. Raises
    UsageError where no such warehouse is kept, LockedError where a build runs.
    """
    with locked(workspace.local_state, "runner rollback", wait):
        store = workspace.store
        kept = store.versions()
        name = build_id or next(reversed(kept), None)
        if name is None or name not in kept:
            raise UsageError(
                f"no warehouse of the build '{name}' is kept. Kept: {choices(kept) or 'none'}"
                if name
                else "no earlier warehouse is kept",
                hint="`keep_builds` of the target says how many are",
            )
        undone = _undone_files(read_ledger(store), read_ledger(store, name))
        copy = store.begin(name)
        try:
            with store.edit(copy) as warehouse:
                prepare(warehouse)
                write_undone(warehouse, undone)
            replaced = _published_build(store)
            store.publish(copy, previous_build=replaced, keep=len(kept) + 1)
            store.remove(name)
        finally:
            store.discard(copy)
    return RolledBack(name, replaced, undone.returning)


def _undone_files(now: Ledger, then: Ledger) -> UndoneFiles:
    """Return what is undone in the earlier warehouse `then`: `now` is the published one.

    Main files imported since come again, each as it was last. Files stay kept out where the
    earlier warehouse does not hold them.
    """
    known = {file.key for file in (*then.files, *then.undone.kept_out)}
    returning = {
        (file.goal, file.path): file
        for file in (*now.files, *now.undone.returning)
        if file.is_main and file.key not in known
    }
    held = {file.key for file in then.files}
    kept_out = {
        file.key: file
        for file in (*then.undone.kept_out, *now.undone.kept_out)
        if file.key not in held
    }
    return UndoneFiles(kept_out=tuple(kept_out.values()), returning=tuple(returning.values()))


def _published_build(store: Store) -> str:
    with store.open() as warehouse:
        return published_build(warehouse)
