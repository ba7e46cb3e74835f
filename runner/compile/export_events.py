"""The models of the events that an export goal sends: a file per type and per nested list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from runner.compile.export_columns import ExportColumn, unlike_names
from runner.definitions.event_export import Period
from runner.definitions.event_type import EventProperty, EventType, event_table
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.profile_property import Property
from runner.errors import Location
from runner.sql.quoting import quoted_name

OWN_COLUMNS = ("key", "at", "id", "position")
"""Columns by which the rows of events are ordered; they are not part of the file."""
MONTHS = {"month": 1, "year": 12}
EARLIEST = 1000 * 12
"""The month that no period reaches behind, in months."""


@dataclass(frozen=True)
class EventFile:
    """What a file of events holds: a table and its columns."""

    # The type, or the type and the nested list: `order_product`.
    name: str
    table: str
    # Of a nested list: the table of its events.
    parent: str
    headers: tuple[str, ...]
    columns: tuple[ExportColumn, ...]
    # Names of OWN_COLUMNS in the rows, unlike those of the columns.
    own_names: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return the column of the rows that holds the profile."""
        return self.own_names[0]

    @property
    def texts(self) -> list[str]:
        """Return the quoted columns that the file holds."""
        return [quoted_name(column.name) for column in self.columns]


def event_files(goal: ExportProfiles, types: Mapping[str, EventType]) -> Iterator[EventFile]:
    """Give the files of events that a goal sends, in the order of the types' names."""
    events = goal.events
    if events is None:
        return
    location = events.location("types")
    wanted = sorted(types) if events.types == "all" else sorted(set(events.types))
    for name in wanted:
        declared = types[name]
        head = (("profile_id", "text"), ("event_id", "text"), ("occurred_at", "datetime"))
        yield _file(name, event_table(name), "", head, declared.properties, location)
        for nested, listed in declared.nested.items():
            table = event_table(name, nested)
            head = (("profile_id", "text"), ("event_id", "text"), ("position", "integer"))
            full = f"{name}_{nested}"
            yield _file(full, table, event_table(name), head, listed.properties, location)


def _file(
    name: str,
    table: str,
    parent: str,
    head: tuple[tuple[str, str], ...],
    properties: Mapping[str, EventProperty],
    location: Location,
) -> EventFile:
    fields = [(column, column, kind) for column, kind in head]
    fields += [(key, item.title or key, item.type) for key, item in properties.items()]
    headers = [header for _, header, _ in fields]
    names = unlike_names([*headers, *OWN_COLUMNS])
    columns = tuple(
        _column(column, name, kind, location)
        for (column, _, kind), name in zip(fields, names, strict=False)
    )
    return EventFile(name, table, parent, tuple(headers), columns, tuple(names[len(headers) :]))


def _column(column: str, name: str, kind: str, location: Location) -> ExportColumn:
    if column == "profile_id":
        return ExportColumn(name, "profile_id", location)
    return ExportColumn(
        name, "property", location, Property(type=kind), f"events.{quoted_name(column)}"
    )


def bounds(period: Period, moment: datetime, timezone: str) -> tuple[str, str]:
    """Return from when, and before when, events count: UTC timestamps; empty for no bound."""
    zone = ZoneInfo(timezone)
    if period.back is not None:
        first = _before(moment.astimezone(zone).date(), *period.back)
        return _midnight(first, zone), ""
    since = _midnight(period.since, zone) if period.since else ""
    until = _midnight(period.until + timedelta(days=1), zone) if period.until else ""
    return since, until


def _before(day: date, count: int, unit: str) -> date:
    if unit not in MONTHS:
        return day - timedelta(days=count * (7 if unit == "week" else 1))
    months = max(day.year * 12 + day.month - 1 - count * MONTHS[unit], EARLIEST)
    for last in range(day.day, 27, -1):
        try:
            return date(months // 12, months % 12 + 1, last)
        except ValueError:
            continue
    return date(months // 12, months % 12 + 1, day.day)


def _midnight(day: date, zone: ZoneInfo) -> str:
    moment = datetime.combine(day, time(), zone).astimezone(UTC)
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def event_context(
    file: EventFile, context: Mapping[str, Any], since: str, until: str
) -> dict[str, Any]:
    """Return what the template of a file of events takes; `context` is that of the goal."""
    return {
        **context,
        "table": file.table,
        "parent": file.parent,
        "columns": file.columns,
        "since": since,
        "until": until,
        **dict(zip(OWN_COLUMNS, file.own_names, strict=True)),
    }
