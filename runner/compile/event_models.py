"""The SQL models that make events of an import goal's rows, in the order in which they run."""

from collections.abc import Callable, Mapping
from typing import Any

from runner.compile.event_plan import EventPlan
from runner.compile.step import Step
from runner.sql.quoting import Sql, quoted_name

Make = Callable[[str, str, Sql, str, Mapping[str, Any]], Step]
"""Renders a step: its name, template, relation, what becomes of its rows, and variables."""

STEPS: tuple[tuple[str, str], ...] = (
    ("event_rows", "temporary"),
    ("new_events", "temporary"),
    ("changed_events", "temporary"),
    ("event_rejects", "append"),
    ("event_counts", "read"),
)
"""Every template of `sql/events/` that runs once per kind of event."""


LINEAGE_STEPS: tuple[tuple[str, str], ...] = (
    ("batch_lineage", "temporary"),
    ("superseded_lineage", "temporary"),
    ("new_lineage", "append"),
    ("retracted_lineage", "temporary"),
)
"""Those that run once for all events of a goal, where its lines are tracked."""


def event_step(event: EventPlan, step: str) -> str:
    """Return the name of a model of one kind of event, such as `event_1.new_events`."""
    return f"event_{event.number}.{step}"


def item_step(event: EventPlan, nested: str) -> str:
    """Return the name of the model of a nested list."""
    return event_step(event, f"new_items.{nested}")


def event_models(
    goal: str, events: tuple[EventPlan, ...], context: Mapping[str, Any], make: Make
) -> dict[str, Step]:
    """Render the models of each event type that a goal maps."""
    models = _lineage_models(goal, events, context, make) if context["plan"].tracks_lines else {}
    for event in events:
        relations = {
            step: quoted_name(f"{goal}.{event_step(event, step)}") for step, _ in STEPS
        } | {"event_rejects": Sql("runner.rejects")}
        items = {
            nested.name: quoted_name(f"{goal}.{item_step(event, nested.name)}")
            for nested in event.lists
        }
        variables = {
            **context,
            "event": event,
            "rows": relations["event_rows"],
            "new_events": relations["new_events"],
            "changed_events": relations["changed_events"],
            "new_items": items,
        }
        for step, kind in STEPS:
            name = event_step(event, step)
            template = f"events/{step}.sql"
            models[name] = make(name, template, relations[step], kind, variables)
        for nested in event.lists:
            name = item_step(event, nested.name)
            own = {**variables, "nested": nested}
            template = "events/new_items.sql"
            models[name] = make(name, template, items[nested.name], "temporary", own)
            if nested.identifier is not None:
                name = event_step(event, f"repeated_items.{nested.name}")
                template = "events/repeated_items.sql"
                models[name] = make(name, template, Sql("runner.rejects"), "append", own)
    return models


def _lineage_models(
    goal: str, events: tuple[EventPlan, ...], context: Mapping[str, Any], make: Make
) -> dict[str, Step]:
    """Render what finds the events and items that no line gives any more."""
    relations = {step: quoted_name(f"{goal}.{step}") for step, _ in LINEAGE_STEPS}
    relations["new_lineage"] = Sql("runner.event_lineage")
    variables = {**context, **relations}
    models = {
        step: make(step, f"events/{step}.sql", relations[step], kind, variables)
        for step, kind in LINEAGE_STEPS
        if events
    }
    for event in events:
        for nested in event.lists:
            if nested.identifier is not None:
                name = event_step(event, f"remaining_items.{nested.name}")
                own = {**variables, "event": event, "nested": nested}
                relation = quoted_name(f"{goal}.{name}")
                models[name] = make(name, "events/remaining_items.sql", relation, "temporary", own)
    return models
