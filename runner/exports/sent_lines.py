"""The lines that an export sent last, each with the key of today (X5)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from runner.compile.export_models import RELATIONS, FilesModels
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.model import Model
from runner.publish.sent import Sent
from runner.sql.quoting import Sql


def stage(warehouse: Warehouse, model: Model, name: str) -> None:
    """Put the rows of a model of an export into its temporary table of that name."""
    warehouse.create(replace(model, relation=RELATIONS[name]), is_temporary=True)


def open_sent_lines(
    warehouse: Warehouse, models: FilesModels, sent: Sent, *, is_staged: bool = True
) -> None:
    """Make the relation of the lines that were sent; it is empty before the first export.

    Lines of which another key is recorded, since the goal had other columns or an older runner
    sent them, get the key of today where it is known what they held. That takes the exported
    lines, which are staged here where they are not.
    """
    open_recorded_lines(warehouse, sent)
    if models.rekeyed is not None and _is_rekeyed(warehouse, models):
        if not is_staged:
            stage(warehouse, models.exported, "exported")
        stage(warehouse, models.rekeyed, "rekeyed")
        source = RELATIONS["rekeyed"]
    else:
        source = RELATIONS["recorded"]
    warehouse.create_temporary(RELATIONS["sent"], "relation.rows", is_view=True, relation=source)


def open_recorded_lines(warehouse: Warehouse, sent: Sent) -> None:
    """Make the relation of what is recorded, by this runner or by one that recorded no keys."""
    name = "exports.recorded"
    values: dict[str, Any] = {}
    if sent.rows.exists():
        values["rows"], columns = _recorded(warehouse, sent.rows)
        if "partner_key" not in columns:
            name = "exports.recorded_before"
            if sent.erased_before.exists():
                values["erased"], (key, *named) = _recorded(warehouse, sent.erased_before)
                values |= {"key": key, "columns": named}
    warehouse.create_temporary(RELATIONS["recorded"], name, is_view=True, **values)


def count_unnamed(warehouse: Warehouse, models: FilesModels) -> int:
    """Return how many lines that were sent cannot be removed: their key is not recorded."""
    values = {"sent": RELATIONS["sent"], "key_names": list(models.key_names)}
    exported = {"exported": RELATIONS["exported"], "partner_key": models.partner_key}
    return int(warehouse.value("exports.count_unnamed", **values, **exported))


def _recorded(warehouse: Warehouse, path: Path) -> tuple[Sql, list[str]]:
    """Return what gives the rows of a file, and its columns."""
    try:
        rows = warehouse.file_rows(path)
        return rows, warehouse.columns_of("relation.rows", relation=rows)
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
