"""Events made of the rows of an import goal, inside its transaction (E1, E2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from runner.compile.event_models import event_step, item_step
from runner.compile.event_plan import EventPlan, ListPlan
from runner.compile.import_plan import ImportPlan
from runner.definitions.event_type import EventType, event_table
from runner.engine.warehouse import Warehouse
from runner.model import Model
from runner.pipeline.pipeline import Pipeline
from runner.reconciliation import EventCounts
from runner.sql.quoting import Sql, quoted_name, quoted_relation

NOTES = ("batch.last_file", "batch.last_origin")
"""Columns of new events that say where they come from; no table of events has them."""

LINEAGE = ("goal", "type", "event_id", "nested", "item", "key_hash")
"""What a row of `runner.event_lineage` is found by."""


def apply_events(plan: ImportPlan, steps: Pipeline) -> tuple[EventCounts, ...]:
    """Make the events of the rows of a batch, and write those that changed.

    Raises ExecutionError at the line of the definition that the engine refused.
    """
    removed = retract_events(plan, steps) if plan.tracks_lines and plan.events else {}
    counts = [_apply(plan, event, steps) for event in plan.events]
    # Several kinds of event may be of one type: what was removed of it is counted once.
    return tuple(replace(count, removed=removed.pop(count.type, 0)) for count in counts)


def retract_events(plan: ImportPlan, steps: Pipeline) -> dict[str, int]:
    """Remove the events and items that came only from lines that were corrected or removed.

    Returns how many events of each type are gone.
    """
    warehouse = steps.warehouse
    steps.run_now("batch_lineage", "superseded_lineage", "new_lineage")
    superseded = steps.relation("superseded_lineage")
    retracted = steps.relation("retracted_lineage")
    if not warehouse.count(superseded):
        return {}
    warehouse.delete_matching("runner.event_lineage", superseded, LINEAGE)
    warehouse.perform("events.disown", goal=plan.name, superseded=superseded)
    steps.run_now("retracted_lineage")
    removed = {}
    for event in plan.events:
        removed[event.type] = warehouse.count(retracted, type=event.type, nested="")
        for table in (event.table, *event.tables) if removed[event.type] else ():
            values = {"retracted": retracted, "type": event.type}
            warehouse.perform("events.delete_retracted", relation=table, **values)
        for nested in event.lists:
            if nested.identifier is not None:
                kept = steps[event_step(event, f"remaining_items.{nested.name}")]
                _remove_items(warehouse, nested, kept, retracted, event.type)
    return removed


def _remove_items(
    warehouse: Warehouse, nested: ListPlan, kept: Model, retracted: Sql, event_type: str
) -> None:
    """Write the lists of events without the items that were removed."""
    warehouse.run(kept)
    losing = quoted_name(f"{kept.name}.losing")
    warehouse.create_temporary(
        losing, "events.losing", retracted=retracted, type=event_type, nested=nested.name
    )
    if warehouse.count(losing):
        warehouse.replace(nested.table, kept.relation, losing, "event_id")


def _apply(plan: ImportPlan, event: EventPlan, steps: Pipeline) -> EventCounts:
    warehouse = steps.warehouse
    new, changing = (event_step(event, step) for step in ("new_events", "changed_events"))
    items = {nested.name: item_step(event, nested.name) for nested in event.lists}
    steps.run_now(new, *items.values(), changing, event_step(event, "event_rejects"))
    repeated = sum(
        steps.run(event_step(event, f"repeated_items.{nested.name}"))
        for nested in event.lists
        if nested.identifier is not None
    )
    created, updated, unchanged, left_out = map(
        int, steps.read(event_step(event, "event_counts"))[0]
    )
    fresh, changed = steps.relation(new), steps.relation(changing)
    warehouse.perform(
        "events.note",
        goal=plan.name,
        type=event.type,
        fresh=fresh,
        changed=changed,
    )
    if warehouse.count(changed):
        warehouse.replace(event.table, fresh, changed, "event_id", NOTES)
        for nested in event.lists:
            relation = steps.relation(items[nested.name])
            warehouse.replace(nested.table, relation, changed, "event_id")
        for table in {*event.tables} - {nested.table for nested in event.lists}:
            warehouse.perform("events.move_items", relation=table, fresh=fresh)
    return EventCounts(event.type, created, updated, unchanged, left_out, repeated)


def tracked_counts(
    plan: ImportPlan,
    steps: Pipeline,
    counts: Sequence[EventCounts],
) -> tuple[EventCounts, ...]:
    """Return the counts of a batch without the events of people who may not be tracked."""
    return tuple(
        _tracked(event, steps, count) for event, count in zip(plan.events, counts, strict=True)
    )


def _tracked(event: EventPlan, steps: Pipeline, counts: EventCounts) -> EventCounts:
    created, updated, unchanged = steps.warehouse.perform(
        "events.count_untracked",
        relation=event.table,
        fresh=steps.relation(event_step(event, "new_events")),
        changed=steps.relation(event_step(event, "changed_events")),
    )[0]
    return replace(
        counts,
        created=counts.created - created,
        updated=counts.updated - updated,
        unchanged=counts.unchanged - unchanged,
        untracked=created + updated + unchanged,
    )


def retract_goal_events(
    warehouse: Warehouse, goal: str, event_types: Mapping[str, EventType]
) -> None:
    """Remove the events that come from this goal alone; its files give them again (P5)."""
    for (name,) in warehouse.perform("events.types", goal=goal):
        declared = event_types.get(str(name))
        for nested in ("", *declared.nested) if declared else ():
            warehouse.perform(
                "events.retract",
                relation=quoted_relation("main", event_table(str(name), nested)),
                goal=goal,
                type=name,
            )
