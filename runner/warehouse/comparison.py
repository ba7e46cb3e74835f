"""What differs between a warehouse and the one before it: profiles, groups, members of segments."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runner.definitions.event_type import event_table
from runner.definitions.group_type import GROUP_COLUMNS, group_table
from runner.definitions.profile_property import RESERVED
from runner.engine.store import PUBLISHED, Store
from runner.engine.warehouse import Warehouse

EXAMPLES = 3
"""Rows of which a change of a column names the values."""
EVENT_ID = "event_id"
OF_ALL = ("earlier_count", "later_count", "created", "changed", "cleared")
OF_COLUMN = ("filled", "replaced", "cleared", "examples")


@dataclass(frozen=True)
class Example:
    """A value of one row that changed, as text."""

    # Of the profile or group.
    id: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ColumnChanges:
    """The rows that were there before and differ in one column."""

    name: str
    # Rows that had no value in it.
    filled: int
    # Rows with another value than before.
    replaced: int
    # Rows that have no value any more.
    cleared: int
    # The first of them by their ids.
    examples: tuple[Example, ...]

    @property
    def changed(self) -> int:
        """Return the number of rows that differ."""
        return self.filled + self.replaced + self.cleared


@dataclass(frozen=True)
class TableChanges:
    """What became of the profiles, or of the groups of a type."""

    # Empty for profiles.
    group_type: str
    earlier_count: int
    later_count: int
    created: int
    # Rows of before that differ in a value, and those of them that lost one.
    changed: int
    cleared: int
    # Rows that became part of another.
    merged: int
    # Rows that are gone otherwise.
    removed: int
    # Columns in which a row differs.
    columns: tuple[ColumnChanges, ...]

    @classmethod
    def none(cls, group_type: str, count: int) -> "TableChanges":
        """Return that none of so many rows differ."""
        return cls(group_type, count, count, 0, 0, 0, 0, 0, ())

    @property
    def prefix(self) -> str:
        """Return what stands before a property where those of all tables are named."""
        return f"{self.group_type}:" if self.group_type else ""

    @property
    def is_changed(self) -> bool:
        """Return whether anything differs."""
        return bool(self.created or self.changed or self.merged or self.removed)


@dataclass(frozen=True)
class SegmentChanges:
    """The members of a segment who came and went."""

    name: str
    earlier_count: int
    later_count: int
    entering: int
    leaving: int


@dataclass(frozen=True)
class EventChanges:
    """What became of the events of a type."""

    type: str
    earlier_count: int
    later_count: int
    created: int
    # Events of before that differ in a value, or are of another profile.
    changed: int
    removed: int

    @property
    def is_changed(self) -> bool:
        """Return whether anything differs."""
        return bool(self.created or self.changed or self.removed)


@dataclass(frozen=True)
class WarehouseChanges:
    """What differs between two warehouses."""

    profiles: TableChanges
    groups: tuple[TableChanges, ...]
    # Of the types that were asked for.
    events: tuple[EventChanges, ...]
    segments: tuple[SegmentChanges, ...]


@dataclass(frozen=True)
class _Column:
    name: str
    is_earlier: bool
    is_later: bool
    is_retyped: bool


Types = Mapping[bool, Mapping[str, Mapping[str, str]]]
"""Whether it is the earlier warehouse -> table -> column -> type."""


def compare(
    warehouse: Warehouse,
    earlier: Store,
    group_types: Iterable[str],
    event_types: Iterable[str],
    with_rows: bool = True,
) -> WarehouseChanges:
    """Return what differs between an open warehouse and the one that was there before it.

    Without `with_rows` nothing wrote to profiles and groups: those whose columns are as they were
    are not compared. Examples hold values as they are: personal data. Raises ExecutionError where
    the earlier warehouse cannot be read.
    """
    with earlier.attached(warehouse, PUBLISHED):
        types: dict[bool, dict[str, dict[str, str]]] = {True: {}, False: {}}
        for is_earlier, table, column, data_type in warehouse.perform("comparison.columns"):
            types[is_earlier].setdefault(table, {})[column] = data_type
        return WarehouseChanges(
            _table(warehouse, "", types, with_rows),
            tuple(_table(warehouse, name, types, with_rows) for name in group_types),
            tuple(_events(warehouse, event_type, types) for event_type in event_types),
            tuple(SegmentChanges(*row) for row in warehouse.perform("comparison.segments")),
        )


def _table(warehouse: Warehouse, group_type: str, types: Types, with_rows: bool) -> TableChanges:
    name = group_table(group_type) if group_type else "profiles"
    if not with_rows and types[True].get(name) == types[False][name]:
        return TableChanges.none(group_type, warehouse.count(f"main.{name}"))
    key, *own = GROUP_COLUMNS if group_type else RESERVED
    is_earlier = name in types[True]
    columns = _columns(name, types, (key, *own))
    table = {"name": name, "key": key}
    (row,) = warehouse.perform(
        "comparison.table", **table, columns=columns, is_earlier=is_earlier, most=EXAMPLES
    )
    merged = int(warehouse.value("comparison.merged", **table)) if is_earlier else 0
    *values, gone = row
    found = _changes(columns, values[len(OF_ALL) :])
    return TableChanges(
        group_type,
        **dict(zip(OF_ALL, values, strict=False)),
        merged=merged,
        removed=gone - merged,
        columns=tuple(changes for changes in found if changes.changed),
    )


def _events(warehouse: Warehouse, event_type: str, types: Types) -> EventChanges:
    name = event_table(event_type, "")
    (row,) = warehouse.perform(
        "comparison.table",
        name=name,
        key=EVENT_ID,
        columns=_columns(name, types, (EVENT_ID,)),
        is_earlier=name in types[True],
    )
    earlier_count, later_count, created, changed, _, removed = row
    return EventChanges(event_type, earlier_count, later_count, created, changed, removed)


def _columns(name: str, types: Types, left_out: Collection[str]) -> list[_Column]:
    after = types[False][name]
    before = types[True].get(name, after)
    return [
        _Column(
            column,
            column in before,
            column in after,
            before.get(column) != after.get(column) and column in before and column in after,
        )
        for column in dict.fromkeys((*after, *before))
        if column not in left_out
    ]


def _changes(columns: Iterable[_Column], values: Sequence[Any]) -> Iterator[ColumnChanges]:
    for number, column in enumerate(columns):
        start = number * len(OF_COLUMN)
        filled, replaced, cleared, examples = values[start : start + len(OF_COLUMN)]
        found = tuple(Example(**example) for example in examples or ())
        yield ColumnChanges(column.name, filled, replaced, cleared, found)
