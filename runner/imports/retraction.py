"""What an import gave before, retracted: sums, list values, events, rows (P5)."""

from collections.abc import Mapping

from runner.compile.import_plan import ImportPlan
from runner.definitions.event_type import EventType
from runner.engine.warehouse import Warehouse
from runner.imports.event_writing import retract_goal_events
from runner.pipeline.pipeline import Pipeline
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


def has_given(warehouse: Warehouse, goal: str) -> bool:
    """Tell whether anything is stored with which an import of a goal is compared."""
    return any(warehouse.exists(table, goal=goal) for table in COMPARED)


def reject_overflow(steps: Pipeline, plan: ImportPlan) -> int:
    """Leave out the amounts whose sum would overflow (R11); returns how many are rejected."""
    if not plan.lines:
        return 0
    steps.run("sum_totals")
    names = [f"is_over_{item.name}" for item in plan.assignments if item.line]
    if not any(steps.count("sum_totals", **{name: True}) for name in names):
        return 0
    steps.run_now("overflowing_sums", "overflow_rejects")
    overflowing = steps.relation("overflowing_sums")
    steps.warehouse.perform("ledger.leave_out_amounts", overflowing=overflowing)
    steps.run_now("sum_totals")
    return steps.counts["overflow_rejects"]


def retract_goal(plan: ImportPlan, steps: Pipeline, event_types: Mapping[str, EventType]) -> None:
    """Retract what an earlier definition of the goal summed and added, and forget its rows (P5).

    The events that come from it alone are removed too.
    """
    warehouse, entity = steps.warehouse, plan.entity
    retract_goal_events(warehouse, plan.name, event_types)
    if warehouse.exists("runner.sums", goal=plan.name):
        steps.run_now("retracted_sums")
        warehouse.upsert(entity.table, steps.relation("retracted_sums"), entity.id)
    added = "earlier_additions" in steps and warehouse.exists("runner.additions", goal=plan.name)
    if added:
        steps.run_now("earlier_additions")
    if entity.noun == "profile":
        keep_imported(warehouse, plan.name)
    for table in OF_GOALS:
        # What it said of consent says when it was first said (C1): `consent_periods` replaces it.
        if table != "runner.consent" or not plan.consents:
            warehouse.delete(table, goal=plan.name)
    if added:
        steps.run_now("retracted_additions")
        warehouse.upsert(entity.table, steps.relation("retracted_additions"), entity.id)
