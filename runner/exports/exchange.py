"""Data exchange: the profiles that each connection imported and exported, each counted once.

The row ledger knows which profiles a connection imported, so no import pays for the count. Which
profiles it exported is stored beside the warehouse.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from runner.compile.export_models import RELATIONS, ExportModels
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.sql.quoting import Sql
from runner.warehouse.imported_profiles import count_imported
from runner.warehouse.publication import open_published
from runner.workspace.workspace import Workspace

MOST_FILES = 64
"""Files of exported profiles above which those of a connection are merged into one."""


@dataclass(frozen=True)
class ExportedProfiles:
    """The profiles that one connection exported on one target, below `target/sent/`.

    Parquet files with a column `profile_id`, each with the profiles of one export that no export
    before it sent. They are kept apart from the warehouse: neither a full refresh nor a rollback
    takes back what a partner has.
    """

    folder: Path

    @classmethod
    def of(cls, sent: Path, connection: str) -> "ExportedProfiles":
        """Return the profiles of a connection; `sent` is the folder of what a target sent."""
        return cls(sent / "exchanged" / connection)

    def files(self) -> list[Path]:
        """Return the files, oldest first; none before the first export."""
        return sorted(self.folder.glob("*.parquet"))

    def next_file(self, goal: str) -> Path:
        """Return where the profiles of an export are written while it is not sent yet."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ExecutionError(f"cannot write {self.folder}: {error.strerror}") from error
        return self.folder / f"{goal}.next"

    def keep(self, goal: str, build_id: str) -> None:
        """Add the profiles of an export that is sent; nothing where all were sent before."""
        written = self.next_file(goal)
        if written.exists():
            _put(written, self.folder / f"{build_id}.{goal}.parquet")

    def replace(self, files: Sequence[Path], merged: Path) -> None:
        """Replace files by the one that holds all their profiles."""
        _put(merged, files[-1])
        for file in files[:-1]:
            file.unlink(missing_ok=True)


def _put(written: Path, path: Path) -> None:
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.replace(path)


@dataclass(frozen=True)
class Exchange:
    """The unique profiles that went through one connection."""

    connection: str
    imported: int
    exported: int


def count_exchange(workspace: Workspace) -> tuple[Exchange, ...]:
    """Count for each connection, by name, also for those that are no longer declared.

    Raises UsageError where nothing is published yet.
    """
    sent = workspace.sent
    with open_published(workspace) as warehouse:
        imported = count_imported(warehouse)
        names = {
            *(connection.connection for connection in workspace.project.connections),
            *imported,
            *(folder.name for folder in (sent / "exchanged").glob("*")),
        }
        return tuple(
            Exchange(name, imported.get(name, 0), _count_exported(warehouse, sent, name))
            for name in sorted(names)
        )


def _count_exported(warehouse: Warehouse, sent: Path, connection: str) -> int:
    files = ExportedProfiles.of(sent, connection).files()
    if not files:
        return 0
    return int(warehouse.value("exchange.count_exported", rows=warehouse.file_rows(*files)))


def write_exported(warehouse: Warehouse, models: ExportModels, exported: ExportedProfiles) -> None:
    """Write the profiles that no export of the connection sent before, before they are sent."""
    if models.goal.of_groups:
        return
    path = exported.next_file(models.goal.name)
    files = exported.files()
    if len(files) > MOST_FILES:
        held = warehouse.file_rows(*files)
        warehouse.save_parquet(path, "exchange.exported", rows=held)
        exported.replace(files, path)
        files = exported.files()
    known = warehouse.file_rows(*files) if files else None
    new = {"key": models.sheet.key, "rows": known}
    if models.files is None:
        select = warehouse.statement("exchange.new_exported", select=Sql(models.rows.sql), **new)
        rows = warehouse.write_parquet(models.rows, path, select)
    else:
        select = warehouse.statement("relation.rows", relation=RELATIONS["exported"])
        rows = warehouse.save_parquet(path, "exchange.new_exported", select=select, **new)
    if not rows:
        path.unlink()
