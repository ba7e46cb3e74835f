"""The lines of a goal's files, read by the engine and proved by our own count (R1, R2).

Imports, previews, scans, erasures and `source()` all read lines here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.imports.goal_files import GoalFiles
from runner.model import Model


@dataclass(frozen=True)
class LineModels:
    """What reads the lines of one file source."""

    lines: Model
    # Whether a line that was read may be the header once more; None where it is not checked.
    repeated_headers: Model | None = None


class Reading(Protocol):
    """SQL compiled for the files as they are read now."""

    @property
    def line_models(self) -> Mapping[str, LineModels]:
        """File source -> what reads its lines."""


AnyReading = TypeVar("AnyReading", bound=Reading)


@dataclass(frozen=True)
class SourceReading:
    """The reading of single sources, outside of an import."""

    line_models: Mapping[str, LineModels]


@dataclass(frozen=True)
class ImportReading:
    """The reading of all sources of a goal, with the models that take it from there."""

    plan: ImportPlan
    models: ImportModels

    @property
    def line_models(self) -> Mapping[str, LineModels]:
        """File source -> what reads its lines."""
        return {
            source.name: LineModels(
                self.models[f"lines.{source.name}"],
                self.models[f"repeated_headers.{source.name}"],
            )
            for source in self.plan.sources
        }


def read_lines(
    warehouse: Warehouse, files: GoalFiles, compiled: Callable[[], AnyReading]
) -> AnyReading:
    """Read the lines of sources and prove that none is missing; return the reading that is proved.

    An import gets its SQL from `goal_compilation`, where `import_models` renders
    `sql/import/read/lines.sql` for each source; the models after it are those of `import_steps`.

    Where the engine refuses a file, reads another number of records than we counted, or takes
    what may be a header in the middle of a file for data, the source is read again by the record
    reader: `compiled` then gives the SQL once more. Raises ExecutionError where that is no proof
    either, StageError as GoalFiles does, and what `compiled` raises.
    """
    while True:
        reading = compiled()
        if all(
            _is_read(warehouse, files, source, models)
            for source, models in reading.line_models.items()
        ):
            return reading


def _is_read(warehouse: Warehouse, files: GoalFiles, source: str, models: LineModels) -> bool:
    """Read the lines of a source; false where it fell back to the record reader."""
    try:
        if _is_proved(warehouse, models, files.record_count(source)):
            return True
    except ExecutionError:
        if files.fall_back(source):
            return False
        raise
    if files.fall_back(source):
        return False
    raise ExecutionError(
        f"{files.goal.name}: not all lines of `{source}` could be read",
        files.goal.location("files", source, of_key=True),
    )


def _is_proved(warehouse: Warehouse, models: LineModels, expected: int) -> bool:
    warehouse.read_lines(models.lines)
    if warehouse.count(models.lines.relation) != expected:
        return False
    headers = models.repeated_headers
    return headers is None or not warehouse.read(headers)[0][0]
