"""The events of one profile, newest first, with their nested items."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from runner.engine.warehouse import Warehouse
from runner.inspect.personal import masked
from runner.inspect.personal_values import ID, EventValue


@dataclass(frozen=True)
class TimelineEvent:
    """One event of a profile."""

    type: str
    event_id: str
    # UTC.
    occurred_at: datetime
    # Properties that have a value.
    properties: Mapping[str, Any]
    # Nested list -> its items, each with the properties that have a value.
    nested: Mapping[str, tuple[Mapping[str, Any], ...]]
    # Goal, file, line and build that last reported it, one per goal.
    sources: tuple[tuple[str, str, int, str], ...]


def timeline_of(warehouse: Warehouse, profile_id: str) -> tuple[TimelineEvent, ...]:
    """Return the events of a profile, the newest first."""
    if not warehouse.has("main", "timeline"):
        return ()
    rows = warehouse.perform("events.of_profile", profile_id=profile_id)
    return tuple(_event(*row) for row in rows)


def masked_event(
    event: TimelineEvent,
    personal: Collection[EventValue],
    texts: Collection[str],
    is_all: bool = False,
) -> TimelineEvent:
    """Return an event with its personal data as its shape.

    That are the values of the properties `personal`, and what repeats a text of the profile; with
    `is_all`, everything.
    """

    def shown(values: Mapping[str, Any], nested: str = "") -> dict[str, Any]:
        return {
            name: masked(value)
            if is_all or (event.type, nested, name) in personal or str(value) in texts
            else value
            for name, value in values.items()
        }

    return replace(
        event,
        event_id=shown({ID: event.event_id})[ID],
        properties=shown(event.properties),
        nested={
            name: tuple(shown(item, name) for item in items) for name, items in event.nested.items()
        },
    )


def _event(
    event_type: str, event_id: str, occurred_at: datetime, details: str, sources: list[Any] | None
) -> TimelineEvent:
    values = json.loads(details, parse_float=Decimal)
    shown = {name: value for name, value in values.items() if name != "event_id"}
    return TimelineEvent(
        event_type,
        event_id,
        occurred_at,
        {name: value for name, value in _present(shown).items() if not isinstance(value, list)},
        {
            name: tuple(_present(item, "position") for item in items)
            for name, items in shown.items()
            if isinstance(items, list) and items
        },
        tuple(
            (source["goal"], source["file"] or "", int(source["line"]), source["build_id"] or "")
            for source in sources or ()
        ),
    )


def _present(values: Mapping[str, Any], *hidden: str) -> dict[str, Any]:
    return {
        name: value.normalize() + 0 if isinstance(value, Decimal) else value
        for name, value in values.items()
        if value is not None and name not in hidden
    }
