"""The members of the segment of an export goal: exported, or left out and why (X1, C1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from runner.compile.export_models import ExportModels
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError

REASONS = ("never_asked", "refused")
"""Why a member without consent is left out."""


@dataclass(frozen=True)
class MemberCounts:
    """The members of the segment of an export, counted."""

    members: int
    exported: int
    # Reason -> members that are left out without consent.
    no_consent: Mapping[str, int]
    # Of each of the models' `lists`: members with a value that holds the separator.
    split: tuple[int, ...]

    @property
    def without_value(self) -> int:
        """Return the members that have no value in any exported property."""
        return self.members - self.exported - sum(self.no_consent.values())


def count_members(warehouse: Warehouse, models: ExportModels) -> MemberCounts:
    """Count the members of an export.

    Raises ExecutionError where its segment was never built or an expression is wrong.
    """
    _check_segment(warehouse, models)
    members, exported, *counts = (int(count) for count in warehouse.read(models.counts)[0])
    reasons = REASONS if models.objectives else ()
    no_consent = dict(zip(reasons, counts, strict=False))
    split = tuple(counts[len(reasons) :])
    return MemberCounts(
        members, exported, {reason: rows for reason, rows in no_consent.items() if rows}, split
    )


def _check_segment(warehouse: Warehouse, models: ExportModels) -> None:
    """Raise ExecutionError where the warehouse has no segment of this name."""
    segment = models.goal.segment
    if segment and not warehouse.has("segments", segment):
        raise ExecutionError(
            f"the segment '{segment}' is not in the warehouse: no build has made it yet",
            models.goal.location("segment"),
            hint=f"`runner build --select +{models.name}` builds it, and exports it then",
        )
