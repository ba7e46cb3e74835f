"""Data exchange: the people that each connection brought and sent, over all time, each once.

Whom a connection imported stands in the row ledger already, so no import pays for it; only what
the ledger forgets is kept beside it. Whom it exported is kept beside the warehouse.
"""

from dataclasses import dataclass

from runner.compile.export_models import RELATIONS, ExportModels
from runner.engine.duckdb.statement import statement
from runner.engine.duckdb.warehouse import Warehouse
from runner.publish.exchanged import MOST_PARTS, Exchanged
from runner.sql.quoting import Sql
from runner.warehouse.imported_profiles import count_imported
from runner.warehouse.published import open_published
from runner.workspace.workspace import Workspace


@dataclass(frozen=True)
class Exchange:
    """The unique profiles that went through one connection."""

    connection: str
    imported: int
    exported: int


def exchanged(workspace: Workspace) -> tuple[Exchange, ...]:
    """Count for each connection, those that are no longer declared included, by name.

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
            Exchange(name, imported.get(name, 0), _exported(warehouse, Exchanged.of(sent, name)))
            for name in sorted(names)
        )


def _exported(warehouse: Warehouse, memory: Exchanged) -> int:
    parts = memory.parts()
    if not parts:
        return 0
    return int(warehouse.value("exchange.count_exported", paths=parts))


def note_exported(warehouse: Warehouse, models: ExportModels, memory: Exchanged) -> None:
    """Write whom an export sends and no export of the connection sent before, before it is sent."""
    if models.goal.of_groups:
        return
    path = memory.next_part(models.goal.name)
    parts = memory.parts()
    if len(parts) > MOST_PARTS:
        warehouse.save_parquet(path, "exchange.exported", paths=parts)
        memory.put_together(path, parts)
        parts = memory.parts()
    new = {"key": models.sheet.key, "paths": parts}
    if models.files is None:
        select = statement("exchange.new_exported", select=Sql(models.rows.sql), **new)
        rows = warehouse.write_parquet(models.rows, path, select)
    else:
        select = statement("relation.rows", relation=RELATIONS["exported"])
        rows = warehouse.save_parquet(path, "exchange.new_exported", select=select, **new)
    if not rows:
        path.unlink()
