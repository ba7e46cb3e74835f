"""Main files whose import was undone, and what becomes of them: kept out, or imported again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from runner.engine.duckdb.warehouse import Warehouse
from runner.remote import RemoteFile
from runner.sql.quoting import literal, quoted_text
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
        """Tell whether a file on the server is kept out, by its size and time or its content."""
        return any(
            undone.goal == goal
            and undone.path == file.path
            and (undone.is_unchanged(file) or undone.sha256 == sha256)
            for undone in self.kept_out
        )


def read_undone(warehouse: Warehouse) -> UndoneFiles:
    """Return the undone files that a warehouse lists; none where an older runner made it."""
    relations = warehouse.relations()
    return UndoneFiles(
        kept_out=_files(warehouse.perform("undone")) if 'runner."undone"' in relations else (),
        returning=_files(warehouse.perform("returning"))
        if 'runner."returning"' in relations
        else (),
    )


def write_undone(warehouse: Warehouse, undone: UndoneFiles) -> None:
    """Write undone files into a warehouse; they replace those that it lists."""
    warehouse.perform("forget_undone")
    for file in undone.kept_out:
        warehouse.perform("add_undone", **_values(file), build_id=literal(file.build_id))
    warehouse.perform("forget_returning", condition="true")
    for file in undone.returning:
        warehouse.perform("add_returning", **_values(file))


def remove_returning(warehouse: Warehouse, goal: str) -> None:
    """Remove the returning files of a goal: it has imported them again."""
    warehouse.perform("forget_returning", condition=f"goal = {quoted_text(goal)}")


def _files(rows: Iterable[tuple[Any, ...]]) -> tuple[ImportedFile, ...]:
    """Return files from rows of goal, source, path, size, time, hash and, if any, build."""
    return tuple(
        ImportedFile(0, goal, source, path, size, time.replace(tzinfo=UTC), sha256, "", build, True)
        for goal, source, path, size, time, sha256, build in ((*row, "")[:7] for row in rows)
    )


def _values(file: ImportedFile) -> dict[str, str]:
    values = {
        "goal": file.goal,
        "source": file.source,
        "path": file.path,
        "size": file.size,
        "modified_at": f"{file.modified_at:%Y-%m-%d %H:%M:%S}",
        "sha256": file.sha256,
    }
    return {key: literal(value) for key, value in values.items()}
