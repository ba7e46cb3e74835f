"""What an import counted, and whether it adds up (R7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.reconciliation import EventCounts, LinkCounts


@dataclass(frozen=True)
class ImportCounts:
    """What the models of an import counted."""

    joined: int
    outcomes: Mapping[str, int]
    links: tuple[LinkCounts, ...]
    profiles_created: int
    profiles_updated: int
    profiles_unchanged: int
    rejected_values: int
    events: tuple[EventCounts, ...] = ()
    # Profiles that became part of another (P2).
    profiles_merged: int = 0
    warnings: tuple[str, ...] = ()
    # Reason -> rows that were not applied, without consent (C1).
    no_consent: Mapping[str, int] = field(default_factory=dict)


def link_counts(warehouse: Warehouse, models: ImportModels) -> tuple[LinkCounts, ...]:
    """Return how the lines of each file source took part in the joined rows (R3)."""
    return tuple(
        LinkCounts(str(source), int(lines), int(used), int(missing))
        for source, lines, used, missing, _ in warehouse.read(models["source_counts"])
    )


def check_counts(plan: ImportPlan, counts: ImportCounts) -> None:
    """Check that every joined row has an outcome, and every main line is in a row (R7).

    Raises ExecutionError with both figures where they differ.
    """
    with_outcome = sum(counts.outcomes.values())
    if with_outcome != counts.joined:
        raise ExecutionError(
            f"{plan.name}: the rows do not reconcile: {counts.joined} joined rows,"
            f" {with_outcome} with an outcome ({dict(counts.outcomes)})",
            plan.goal.location("name"),
        )
    main = counts.links[0]
    if main.used != main.lines:
        raise ExecutionError(
            f"{plan.name}: the rows do not reconcile: {main.lines} lines of `{main.source}`,"
            f" {main.used} of them in a joined row",
            plan.goal.location("name"),
        )
