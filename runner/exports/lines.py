"""The lines of an export in a temporary table: exported, added, changed, removed (X4)."""

from dataclasses import dataclass, field

from runner.compile.export_models import FilesModels
from runner.engine.warehouse import Warehouse
from runner.exports.sent_lines import count_unnamed, open_sent_lines, stage
from runner.publish.sent import Sent


@dataclass(frozen=True)
class LineCounts:
    """The lines of an export, counted."""

    # Change -> lines; the change of lines that are not compared with an earlier export is ''.
    by_change: dict[str, int] = field(default_factory=dict)
    # Lines that were sent before and are in no removed file, since their key is not recorded.
    unnamed: int = 0


def write_lines(warehouse: Warehouse, models: FilesModels, sent: Sent) -> LineCounts:
    """Write all lines of an export to a temporary table; returns how many there are."""
    stage(warehouse, models.exported, "exported")
    unnamed = 0
    if models.state is not None:
        open_sent_lines(warehouse, models, sent)
    if models.removed is not None:
        stage(warehouse, models.removed, "removed")
        unnamed = count_unnamed(warehouse, models)
    stage(warehouse, models.lines, "lines")
    counts = warehouse.read(models.line_counts)
    return LineCounts({str(change or ""): int(count) for change, count in counts}, unnamed)
