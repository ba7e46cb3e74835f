"""Events made of the rows of an import goal, inside its transaction (E1, E2)."""

from collections.abc import Mapping

from runner.build.result import EventBook
from runner.compile.event_models import event_step, item_step
from runner.compile.event_plan import EventPlan
from runner.compile.import_models import ImportModels
from runner.compile.import_plan import ImportPlan
from runner.compile.sql_text import quoted_name, quoted_text
from runner.definitions.event_type import EventType, event_table
from runner.execute.duckdb.warehouse import Warehouse

NOTES = ('"last file"', '"last origin"')
"""Columns of new events that tell where they came from, and are in no table of events."""


def apply_events(
    warehouse: Warehouse, plan: ImportPlan, models: ImportModels
) -> tuple[EventBook, ...]:
    """Make the events that the rows of a batch tell of, and write those that are other now.

    Raises ExecutionError at the line of the definition that the engine refused.
    """
    return tuple(_apply(warehouse, plan, event, models) for event in plan.events)


def _apply(
    warehouse: Warehouse, plan: ImportPlan, event: EventPlan, models: ImportModels
) -> EventBook:
    warehouse.run(models[event_step(event, "event_rows")])
    fresh, changed = (models[event_step(event, step)] for step in ("new_events", "changed_events"))
    warehouse.run(fresh)
    items = {nested.name: models[item_step(event, nested.name)] for nested in event.lists}
    for model in items.values():
        warehouse.run(model)
    warehouse.run(changed)
    warehouse.run(models[event_step(event, "event_rejects")])
    repeated = sum(
        warehouse.run(models[event_step(event, f"repeated_items.{nested.name}")])
        for nested in event.lists
        if nested.identifier is not None
    )
    created, updated, unchanged, left_out = map(
        int, warehouse.read(models[event_step(event, "event_counts")])[0]
    )
    warehouse.perform(
        "remember_events",
        goal=quoted_text(plan.name),
        type=quoted_text(event.type),
        fresh=fresh.relation,
        changed=changed.relation,
    )
    if warehouse.count(changed.relation):
        warehouse.replace(event.table, fresh.relation, changed.relation, "event_id", NOTES)
        for nested in event.lists:
            relation = items[nested.name].relation
            warehouse.replace(nested.table, relation, changed.relation, "event_id")
        for table in {*event.tables} - {nested.table for nested in event.lists}:
            warehouse.perform("move_items", relation=table, fresh=fresh.relation)
    return EventBook(event.type, created, updated, unchanged, left_out, repeated)


def take_back_events(warehouse: Warehouse, goal: str, event_types: Mapping[str, EventType]) -> None:
    """Remove the events that a goal alone told of; its files tell of them again (P5)."""
    for (name,) in warehouse.perform("events_of_goal", goal=quoted_text(goal)):
        declared = event_types.get(str(name))
        for nested in ("", *declared.nested) if declared else ():
            warehouse.perform(
                "take_back_events",
                relation=f"main.{quoted_name(event_table(str(name), nested))}",
                goal=quoted_text(goal),
                type=quoted_text(name),
            )
