"""The lines that an export sent last, each with the key of today (X5)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from runner.compile.export_models import RELATIONS, FilesModels
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.publish.sent import Sent


def open_sent_lines(warehouse: Warehouse, models: FilesModels, sent: Sent) -> None:
    """Make the relation of the lines that were sent; it is empty before the first export.

    Lines of which another key is recorded get the key of today from the profile as it is now:
    the goal had other columns, or an older runner sent them.
    """
    open_recorded_lines(warehouse, sent)
    if models.rekeyed is not None and _is_rekeyed(warehouse, models):
        rekeyed = replace(models.rekeyed, relation=RELATIONS["rekeyed"])
        warehouse.create(rekeyed, is_temporary=True)
        source = RELATIONS["rekeyed"]
    else:
        source = RELATIONS["recorded"]
    warehouse.create_temporary(RELATIONS["sent"], "relation.rows", is_view=True, relation=source)


def open_recorded_lines(warehouse: Warehouse, sent: Sent) -> None:
    """Make the relation of what is recorded, by this runner or by one that recorded no keys."""
    path = sent.rows if sent.rows.exists() else None
    name = "exports.recorded"
    values: dict[str, Any] = {"path": path}
    if path is not None and "partner_key" not in _columns(warehouse, path):
        name = "exports.recorded_before"
        if sent.erased_before.exists():
            key, *columns = _columns(warehouse, sent.erased_before)
            values |= {"erased": sent.erased_before, "key": key, "columns": columns}
    warehouse.create_temporary(RELATIONS["recorded"], name, is_view=True, **values)


def _columns(warehouse: Warehouse, path: Path) -> list[str]:
    try:
        return warehouse.columns_of("exports.file_rows", path=path)
    except ExecutionError as error:
        raise ExecutionError(
            f"{path}: the record of what was sent cannot be read",
            hint="move it away: the next export then sends every member as added",
        ) from error


def _is_rekeyed(warehouse: Warehouse, models: FilesModels) -> bool:
    return bool(
        warehouse.value(
            "exports.is_rekeyed",
            recorded=RELATIONS["recorded"],
            key_names=list(models.key_names),
            lists_removed=models.removed is not None,
        )
    )
