"""What an import gave before, retracted: sums, list values, events, rows (P5)."""

from collections.abc import Mapping

from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.definitions.event_type import EventType
from runner.engine.warehouse import Warehouse
from runner.imports.event_writing import retract_goal_events
from runner.warehouse.imported_profiles import keep_imported

OF_GOALS = (
    "runner.rows",
    "runner.sums",
    "runner.additions",
    "runner.latest",
    "runner.retractions",
    "runner.keys",
    "runner.events",
    "runner.consent",
    "runner.event_lineage",
    "runner.product_feed",
    "runner.conflicts",
    "runner.left_out_rows",
    "runner.pending_rows",
)
"""Tables with what a goal gave, row by row."""

COMPARED = ("runner.rows", "runner.keys", "runner.sums", "runner.additions")
"""Those of them with which an import compares what its rows give."""

SUM_STEPS = (
    "changed_lines",
    "summed_lines",
    "superseded_sums",
    "new_sums",
    "summed_profiles",
    "earlier_totals",
)
"""Models of the sums of a goal, in the order in which they run before the sums are stored."""


def has_given(warehouse: Warehouse, goal: str) -> bool:
    """Tell whether anything is stored with which an import of a goal is compared."""
    return any(warehouse.exists(table, goal=goal) for table in COMPARED)


def change_sums(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> int:
    """Store what lines give to sums now, without what they gave before and give no more (R9).

    `earlier_totals` and `sum_totals` then hold the exact sums before and after it. Returns how
    many amounts are rejected, as their sum would overflow (R11).
    """
    for step in SUM_STEPS:
        if step in models:
            warehouse.run(models[step])
    if "superseded_sums" in models and warehouse.count(models["superseded_sums"].relation):
        held = ("goal", "sources", "line_hash", "anchor_hash", "profile_id")
        warehouse.delete_matching("runner.sums", models["superseded_sums"].relation, held)
    new_sums = models["new_sums" if "new_sums" in models else "summed_lines"].relation
    if warehouse.count(new_sums):
        warehouse.add_rows("runner.sums", new_sums)
    warehouse.run(models["sum_totals"])
    return _reject_overflow(warehouse, plan, models)


def _reject_overflow(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> int:
    totals, overflowing = models["sum_totals"], models["overflowing_sums"]
    if not any(
        warehouse.count(totals.relation, **{f"is_over_{item.name}": True})
        for item in plan.assignments
        if item.line
    ):
        return 0
    warehouse.run(overflowing)
    rejected = warehouse.run(models["overflow_rejects"])
    warehouse.perform("ledger.leave_out_amounts", overflowing=overflowing.relation)
    warehouse.run(totals)
    return rejected


def add_values(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    """Store what the rows add to lists, without what lines added and add no more (P5).

    `retracted_additions` then has the profiles that lose a value: no line, of any goal, adds it.
    """
    for item in plan.adds:
        warehouse.run(models[f"added_values.{item.name}"])
    if plan.tracks_lines:
        superseded = models["superseded_additions"]
        warehouse.run(superseded)
        if warehouse.count(superseded.relation):
            added = ("goal", "property", "profile_id", "row_hash")
            warehouse.delete_matching("runner.additions", superseded.relation, added)
    warehouse.run(models["new_additions"])
    if plan.tracks_lines:
        warehouse.run(models["retracted_additions"])


def _remove_values(warehouse: Warehouse, plan: ImportPlan, models: ImportModels) -> None:
    retracted = models["retracted_additions"]
    warehouse.run(retracted)
    warehouse.upsert(plan.entity.table, retracted.relation, plan.entity.id)


def retract_goal(
    warehouse: Warehouse,
    plan: ImportPlan,
    models: ImportModels,
    event_types: Mapping[str, EventType],
) -> None:
    """Retract what an earlier definition of the goal summed and added, and forget its rows (P5).

    The events that come from it alone are removed too.
    """
    retract_goal_events(warehouse, plan.name, event_types)
    if warehouse.exists("runner.sums", goal=plan.name):
        retracted = models["retracted_sums"]
        warehouse.run(retracted)
        warehouse.upsert(plan.entity.table, retracted.relation, plan.entity.id)
    added = "earlier_additions" in models and warehouse.exists("runner.additions", goal=plan.name)
    if added:
        warehouse.run(models["earlier_additions"])
    if plan.entity.noun == "profile":
        keep_imported(warehouse, plan.name)
    for table in OF_GOALS:
        # What it said of consent says when it was first said (C1): `consent_periods` replaces it.
        if table != "runner.consent" or not plan.consents:
            warehouse.delete(table, goal=plan.name)
    if added:
        _remove_values(warehouse, plan, models)
