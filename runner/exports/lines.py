"""The lines of an export in a temporary table: exported, added, changed, removed (X4)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from runner.compile.export_models import RELATIONS, FilesModels
from runner.engine.duckdb.warehouse import Warehouse
from runner.model import Model
from runner.publish.sent import Sent


def write_lines(warehouse: Warehouse, models: FilesModels, sent: Sent) -> dict[str, int]:
    """Write all lines of an export to a temporary table; returns their number by change.

    Lines that are not compared with an earlier export have the change ''.
    """
    _stage(warehouse, models.exported, "exported")
    if models.state is not None:
        known = sent.rows if sent.rows.exists() else None
        warehouse.create_temporary(RELATIONS["sent"], "exports.sent", is_view=True, path=known)
    if models.removed is not None:
        _stage(warehouse, models.removed, "removed")
        if sent.erased.exists():
            _name_erased(warehouse, models.removed, models.key, sent.erased)
    _stage(warehouse, models.lines, "lines")
    return {str(change or ""): int(count) for change, count in warehouse.read(models.line_counts)}


def _stage(warehouse: Warehouse, model: Model, name: str) -> None:
    warehouse.create(replace(model, relation=RELATIONS[name]), is_temporary=True)


def _name_erased(warehouse: Warehouse, removed: Model, key: str, path: Path) -> None:
    """Fill the removed lines of erased persons with what was kept to name them (C2)."""
    known = set(warehouse.columns_of("exports.erased", path=path))
    names = [name for name in warehouse.columns(removed) if name in known - {key}]
    if names:
        relation = RELATIONS["removed"]
        values: dict[str, Any] = {"removed": relation, "key": key, "columns": names, "path": path}
        warehouse.create_temporary(relation, "exports.with_erased", **values)
