"""Main files whose import was undone, and what becomes of them: kept out, or imported again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from runner.engine.warehouse import Warehouse
from runner.remote import RemoteFile
from runner.warehouse.imported_file import ImportedFile


@dataclass(frozen=True)
class UndoneFiles:
    """Main files that were imported once, and are not in the warehouse any more."""

    # By `runner undo`, each with the build that did it: not imported unless the content changes.
    kept_out: tuple[ImportedFile, ...] = ()
    # By `runner rollback`, or let in again by `runner redo`: the next build imports them, from
    # their staged copies where they are gone from the server.
    returning: tuple[ImportedFile, ...] = ()

    @property
    def all(self) -> tuple[ImportedFile, ...]:
        """Return the files of both kinds."""
        return (*self.returning, *self.kept_out)

    def keeps_out(self, goal: str, file: RemoteFile, sha256: str = "") -> bool:
        """Return whether a file on the server is kept out, by its size and time or its content."""
        return any(
            undone.goal == goal
            and undone.path == file.path
            and (undone.is_unchanged(file) or undone.sha256 == sha256)
            for undone in self.kept_out
        )


def read_undone(warehouse: Warehouse, relations: Collection[str] | None = None) -> UndoneFiles:
    """Return the undone files that a warehouse lists; none where an older runner made it.

    `relations` as `has` takes them.
    """
    relations = warehouse.relations() if relations is None else relations
    has_undone = warehouse.has("runner", "undone", relations)
    undone = warehouse.perform("ledger.undone") if has_undone else ()
    has_returning = warehouse.has("runner", "returning", relations)
    returning = read_returning(warehouse) if has_returning else ()
    return UndoneFiles(kept_out=_files(undone), returning=returning)


def read_returning(warehouse: Warehouse) -> tuple[ImportedFile, ...]:
    """Return the files that the next build imports again."""
    return _files(warehouse.perform("ledger.returning"))


def write_undone(warehouse: Warehouse, undone: UndoneFiles) -> None:
    """Write undone files into a warehouse; they replace those that it lists."""
    kept_out = [{**_values(file), "build_id": file.build_id} for file in undone.kept_out]
    warehouse.delete("runner.undone")
    warehouse.insert("runner.undone", kept_out)
    warehouse.delete("runner.returning")
    warehouse.insert("runner.returning", [_values(file) for file in undone.returning])


def remove_returning(warehouse: Warehouse, goal: str) -> None:
    """Remove the returning files of a goal: it has imported them again."""
    warehouse.delete("runner.returning", goal=goal)


def _files(rows: Iterable[tuple[Any, ...]]) -> tuple[ImportedFile, ...]:
    """Return files from rows of goal, source, path, size, time, hash and, if any, build."""
    return tuple(
        ImportedFile(0, goal, source, path, size, time.replace(tzinfo=UTC), sha256, "", build, True)
        for goal, source, path, size, time, sha256, build in ((*row, "")[:7] for row in rows)
    )


def _values(file: ImportedFile) -> dict[str, str | int]:
    return {
        "goal": file.goal,
        "source": file.source,
        "path": file.path,
        "size": file.size,
        "modified_at": f"{file.modified_at:%Y-%m-%d %H:%M:%S}",
        "sha256": file.sha256,
    }
