"""Queries on the published warehouse: read-only, also while a build runs.

They can neither read nor write anything else (B8).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runner.compile.source_lines import Source
from runner.engine.warehouse import Warehouse
from runner.errors import Location
from runner.file_mode import FILE_MODE
from runner.model import Model
from runner.models.locked_warehouse import lockable_warehouse
from runner.models.source_tables import SourceTables
from runner.sql.quoting import Sql
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
    with _locked(workspace, sources) as warehouse:
        columns, rows = warehouse.select(model, limit)
        return Answer(tuple(columns), tuple(rows))


def read_only(workspace: Workspace, text: str, sources: tuple[Source, ...]) -> Answer:
    """Run SQL that was rendered already, in the same locked engine, and return its rows.

    Raises ExecutionError where it is wrong, or would change something.
    """
    with _locked(workspace, sources) as warehouse:
        columns, rows = warehouse.select(_model(text), None)
        return Answer(tuple(columns), tuple(rows))


@contextmanager
def _locked(
    workspace: Workspace, sources: tuple[Source, ...], files: Sequence[Path] = ()
) -> Iterator[Warehouse]:
    """Open the published warehouse for SQL that may use these files and no others (B8)."""
    with lockable_warehouse(workspace, bool(sources)) as warehouse:
        SourceTables(warehouse, workspace).provide(sources)
        warehouse.lock(files)
        yield warehouse


def _query(workspace: Workspace, sql: str) -> tuple[Model, tuple[Source, ...]]:
    text, sources = workspace.compiled_query(sql)
    return _model(text), sources


def _model(text: str) -> Model:
    locations = tuple(Location("query", number) for number in range(1, text.count("\n") + 2))
    return Model("query", text, Sql(""), "read", "", locations)


def save_parquet(workspace: Workspace, sql: str, path: Path) -> int:
    """Write the rows of a query to a Parquet file; returns how many there are."""
    model, sources = _query(workspace, sql)
    target = path.resolve()
    # The engine writes under the second name, and renames the file when it is complete.
    files = (target, target.with_name(f"tmp_{target.name}"))
    with _locked(workspace, sources, files) as warehouse:
        rows = warehouse.write_parquet(model, target)
    FILE_MODE.share(target)
    return rows
