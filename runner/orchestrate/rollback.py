"""`runner rollback`: an earlier warehouse takes the place of the published one (B5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import UsageError, choices
from runner.orchestrate.undo import remember_undone
from runner.sql.quoting import literal
from runner.warehouse.ledger import ImportedFile, Ledger, read_ledger
from runner.warehouse.lock import locked
from runner.warehouse.publication import discard, kept_builds, publish, start_copy
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class RolledBack:
    """What a rollback did."""

    # The build whose warehouse is published now, and the one that was before.
    build_id: str
    replaced: str
    # Imports that are undone: the next build does them again.
    undone: tuple[ImportedFile, ...]


def kept_warehouses(workspace: Workspace) -> list[str]:
    """Return the ids of the builds whose warehouses are kept, newest first."""
    return list(reversed(list(kept_builds(workspace.kept))))


def roll_back(workspace: Workspace, build_id: str | None, wait: bool = False) -> RolledBack:
    """Publish the warehouse of an earlier build; the newest one that is kept, where none is named.

    The warehouse that was published is kept in its turn, so that one can go back to it. Files
    that were imported since then are imported again by the next build, also those that are gone
    from the server. Raises UsageError where no such warehouse is kept, LockedError where a
    build runs.
    """
    with locked(workspace.warehouse, "runner rollback", wait):
        kept = kept_builds(workspace.kept)
        name = build_id or next(reversed(kept), None)
        if name is None or name not in kept:
            raise UsageError(
                f"no warehouse of the build '{name}' is kept. Kept: {choices(kept) or 'none'}"
                if name
                else "no earlier warehouse is kept",
                hint="`keep_builds` of the target says how many are",
            )
        ledger = read_ledger(workspace.warehouse)
        copy = start_copy(workspace.warehouse, kept[name])
        try:
            then = read_ledger(kept[name])
            undone = _undone(ledger, then)
            with Warehouse.open(copy) as warehouse:
                _remember(warehouse, undone)
                remember_undone(warehouse, _marks(ledger, then))
            replaced = _published_build(workspace.warehouse)
            publish(copy, workspace.warehouse, workspace.kept, replaced, len(kept) + 1)
            kept[name].unlink()
        finally:
            discard(copy)
    return RolledBack(name, replaced, tuple(undone))


def _undone(now: Ledger, then: Ledger) -> list[ImportedFile]:
    """Return the main files that were imported since, each as it was last."""
    known = {file.key for file in (*then.files, *then.undone)}
    found = {
        (file.goal, file.path): file
        for file in (*now.files, *now.returning)
        if file.is_main and file.key not in known
    }
    return list(found.values())


def _marks(now: Ledger, then: Ledger) -> list[ImportedFile]:
    """Return which files stay taken out: those that the earlier warehouse does not hold."""
    held = {file.key for file in then.files}
    marks = {file.key: file for file in (*then.undone, *now.undone) if file.key not in held}
    return list(marks.values())


def _remember(warehouse: Warehouse, undone: Sequence[ImportedFile]) -> None:
    warehouse.prepare({})
    warehouse.perform("forget_returning", condition="true")
    for file in undone:
        values = {
            "goal": file.goal,
            "source": file.source,
            "path": file.path,
            "size": file.size,
            "modified_at": f"{file.modified_at:%Y-%m-%d %H:%M:%S}",
            "sha256": file.sha256,
        }
        parts = {key: literal(value) for key, value in values.items()}
        warehouse.perform("add_returning", **parts)


def _published_build(path: Path) -> str:
    with Warehouse.open(path, read_only=True) as warehouse:
        return str(warehouse.perform("published_build")[0][0])
