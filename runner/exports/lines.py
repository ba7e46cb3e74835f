"""The lines of an export in a temporary table: exported, added, changed, removed (X4)."""

from dataclasses import replace

from runner.compile.export_models import RELATIONS, FilesModels
from runner.engine.duckdb.warehouse import Warehouse
from runner.exports.sent_lines import open_sent_lines
from runner.model import Model
from runner.publish.sent import Sent


def write_lines(warehouse: Warehouse, models: FilesModels, sent: Sent) -> dict[str, int]:
    """Write all lines of an export to a temporary table; returns their number by change.

    Lines that are not compared with an earlier export have the change ''.
    """
    _stage(warehouse, models.exported, "exported")
    if models.state is not None:
        open_sent_lines(warehouse, models, sent)
    if models.removed is not None:
        _stage(warehouse, models.removed, "removed")
    _stage(warehouse, models.lines, "lines")
    return {str(change or ""): int(count) for change, count in warehouse.read(models.line_counts)}


def _stage(warehouse: Warehouse, model: Model, name: str) -> None:
    warehouse.create(replace(model, relation=RELATIONS[name]), is_temporary=True)
