"""Profiles, or groups, that turned out to be one: merged, or listed as conflicts (P2)."""

from collections.abc import Mapping

from runner.compile.import_plan import ImportPlan
from runner.definitions.event_type import EventType, event_table
from runner.engine.warehouse import Warehouse
from runner.pipeline.pipeline import Pipeline
from runner.sql.quoting import Sql, quoted_relation

LEDGERS = (
    Sql("runner.identifiers"),
    Sql("runner.sums"),
    Sql("runner.additions"),
    Sql("runner.latest"),
    Sql("runner.retractions"),
    Sql("runner.consent"),
    Sql("runner.refusals"),
    Sql("runner.joint_consent"),
    Sql("runner.imported"),
)
"""Tables whose rows get the id of the surviving profile when theirs is merged away."""


def merge_profiles(
    plan: ImportPlan,
    steps: Pipeline,
    event_types: Mapping[str, EventType],
    build_id: str,
    step: str = "merges",
    with_rows: bool = True,
) -> int:
    """Merge the profiles that the rows of a batch join, each set into its oldest (P2).

    `step` is the model that finds them. Returns how many became part of another. With
    `with_rows` the rows of the batch, which were read already, are moved to the survivors.
    """
    warehouse = steps.warehouse
    steps.run_now(step)
    merged, count = steps.relation(step), steps.count(step)
    if count:
        steps.run_now("merged_values")
        _merge(warehouse, plan, steps.relation("merged_values"), merged, build_id)
        _move(warehouse, plan, merged, event_types)
        if with_rows:
            _move_rows(warehouse, plan, steps.joined, merged)
    return count


def _move_rows(warehouse: Warehouse, plan: ImportPlan, rows: Sql, merged: Sql) -> None:
    """Give the rows of the batch that were imported before to the survivors."""
    if plan.events:
        warehouse.perform("aliases.keep_event_profiles", rows=rows, merged=merged)
    _move_ids(warehouse, rows, merged, "known_profile_id")


def _merge(warehouse: Warehouse, plan: ImportPlan, values: Sql, merged: Sql, build_id: str) -> None:
    """Write the survivors; the ids of the others become aliases."""
    entity = plan.entity
    warehouse.upsert(entity.table, values, entity.id)
    warehouse.perform("aliases.delete_merged", relation=entity.table, key=entity.id, merged=merged)
    _move_ids(warehouse, Sql("runner.aliases"), merged)
    warehouse.perform(
        "aliases.add",
        merged=merged,
        relation=entity.table.replace('"', ""),
        goal=plan.name,
        build_id=build_id,
    )


def _move_ids(warehouse: Warehouse, relation: Sql, merged: Sql, column: str = "profile_id") -> None:
    warehouse.perform("aliases.move", relation=relation, column=column, merged=merged)


def _move(
    warehouse: Warehouse, plan: ImportPlan, merged: Sql, event_types: Mapping[str, EventType]
) -> None:
    """Move all that is stored of the others to the id of the survivor."""
    tables = [*LEDGERS]
    if not plan.entity.prefix:
        tables += [
            quoted_relation("main", event_table(name, nested))
            for name, declared in event_types.items()
            for nested in ("", *declared.nested)
        ]
    for table in tables:
        _move_ids(warehouse, table, merged)
    warehouse.perform("aliases.move_ledger", merged=merged)


def delete_ambiguous(plan: ImportPlan, steps: Pipeline, build_id: str) -> None:
    """Delete the rows that lead to several profiles (`runner conflicts`): they are found again.

    Of those of the files in this batch, and of those that were stored before.
    """
    warehouse = steps.warehouse
    if warehouse.exists("runner.conflicts", goal=plan.name):
        rows = steps.relation("rows")
        warehouse.perform("conflicts.delete", goal=plan.name, rows=rows, build_id=build_id)
