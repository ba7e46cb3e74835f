"""Queries on the published warehouse: read-only, also while a build runs."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.compile.source_lines import Source
from runner.errors import Location
from runner.model import Model
from runner.models.source_tables import SourceTables
from runner.sql.quoting import Sql
from runner.stage.staging_lock import shared_staging
from runner.warehouse.publication import open_published
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class Answer:
    """Columns and rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def ask(workspace: Workspace, sql: str, limit: int | None = None) -> Answer:
    """Run SQL that reads, and return its rows; `ref()`, `source()` and `var()` work in it.

    Raises DefinitionError or ExecutionError where the SQL is wrong.
    """
    model, sources = _query(workspace, sql)
    with _staged(workspace, sources), open_published(workspace) as warehouse:
        SourceTables(warehouse, workspace).provide(sources)
        columns, rows = warehouse.select(model, limit)
        return Answer(tuple(columns), tuple(rows))


def _staged(workspace: Workspace, sources: tuple[Source, ...]) -> AbstractContextManager[Any]:
    """Keep staged files as they are while they are read; a query without any waits for nobody."""
    return shared_staging(workspace.staging) if sources else nullcontext()


def _query(workspace: Workspace, sql: str) -> tuple[Model, tuple[Source, ...]]:
    text, sources = workspace.compiled_query(sql)
    locations = tuple(Location("query", number) for number in range(1, text.count("\n") + 2))
    return Model("query", text, Sql(""), "read", "", locations), sources


def save_parquet(workspace: Workspace, sql: str, path: Path) -> int:
    """Write the rows of a query to a Parquet file; returns how many there are."""
    model, sources = _query(workspace, sql)
    with _staged(workspace, sources), open_published(workspace) as warehouse:
        SourceTables(warehouse, workspace).provide(sources)
        return warehouse.write_parquet(model, path.resolve())
