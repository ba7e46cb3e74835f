"""Data exchange: the people that each connection brought and sent, over all time, each once.

Whom a connection imported stands in the row ledger already, so no import pays for it; only what
the ledger forgets is kept beside it. Whom it exported is kept beside the warehouse.
"""

from dataclasses import dataclass
from pathlib import Path

from runner.compile.export_models import RELATIONS, ExportModels
from runner.engine.duckdb.statement import statement
from runner.engine.duckdb.warehouse import Warehouse
from runner.publish.exchanged import MOST_PARTS, Exchanged
from runner.sql.quoting import quoted_name, quoted_text
from runner.warehouse.imported_profiles import imported_select
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
        select = imported_select(warehouse.relations())
        imported: dict[str, int] = dict(warehouse.perform("count_imported", select=select))
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
    return int(warehouse.perform("count_exchanged", paths=_paths(parts))[0][0])


def note_exported(warehouse: Warehouse, models: ExportModels, memory: Exchanged) -> None:
    """Write whom an export sends and no export of the connection sent before, before it is sent."""
    if models.goal.of_groups:
        return
    path = memory.next_part(models.goal.name)
    parts = memory.parts()
    if len(parts) > MOST_PARTS:
        warehouse.perform("merge_exchanged", paths=_paths(parts), path=quoted_text(str(path)))
        memory.put_together(path, parts)
        parts = memory.parts()
    known = f"read_parquet({_paths(parts)})" if parts else f"({statement('nobody')})"
    told = {
        "key": quoted_name(models.sheet.key),
        "known": known,
        "path": quoted_text(str(path)),
    }
    if models.files is None:
        rows = warehouse.put(models.rows, "new_exchanged", **told)
    else:
        rows = warehouse.perform("new_exchanged", select=f"from {RELATIONS['exported']}", **told)
    if not rows[0][0]:
        path.unlink()


def _paths(parts: list[Path]) -> str:
    return f"[{', '.join(quoted_text(str(path)) for path in parts)}]"
