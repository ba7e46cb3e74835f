"""The events of an import goal made ready for their SQL: each column and expression resolved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from runner.compile.expression import Expression
from runner.compile.mapped_value import MappedValue
from runner.definitions.check_events import product_list
from runner.definitions.event_import import EventImport, EventValue
from runner.definitions.event_type import EventProperty, EventType, event_table
from runner.definitions.format import Format
from runner.definitions.import_goal import ImportGoal
from runner.definitions.profile_property import Property
from runner.errors import Location
from runner.sql.quoting import Sql, literal, quoted_name, quoted_relation

Resolve = Callable[[str, Location], Expression]
"""Finds the columns of an expression of the YAML."""
FormatOf = Callable[[Expression], Format]
"""Returns the format of the file that an expression reads."""


@dataclass(frozen=True)
class EventColumn:
    """A column of a table of events, and where its value comes from."""

    name: str
    item: MappedValue

    @property
    def column(self) -> str:
        """Return the quoted name of the column."""
        return quoted_name(self.name)


@dataclass(frozen=True)
class ListPlan:
    """A nested list that the goal fills."""

    name: str
    table: Sql
    # The columns that it fills, that of the identifier included.
    columns: tuple[EventColumn, ...]
    identifier: EventColumn | None
    # The sources that its values come from: an item is a combination of their lines (R3).
    sources: tuple[str, ...]
    # Columns of which at least one has a value where there is an item: those that come from
    # other files than the event itself, where there are such.
    presence: tuple[EventColumn, ...]


@dataclass(frozen=True)
class EventPlan:
    """One event mapping of a goal."""

    number: int
    type: str
    table: Sql
    id: EventColumn | None
    at: EventColumn
    columns: tuple[EventColumn, ...]
    lists: tuple[ListPlan, ...]
    # Chained sources of the id and the time: without a line of any of them there is no event.
    # Empty where they read the main file.
    held_by: tuple[str, ...]
    # The source whose lines hold the time; the main one where several do.
    at_source: str
    # The nested list that feeds `products`.
    store: ListPlan | None
    # Tables of all nested lists of the type.
    tables: tuple[Sql, ...]
    declared: EventImport
    # The condition that rows must meet, and the quoted column of the rows that tells it.
    when: Expression | None
    held: Sql

    @property
    def items(self) -> tuple[MappedValue, ...]:
        """Return the values that are read of each row, each once."""
        columns = [self.at, *([self.id] if self.id else []), *self.columns]
        columns += [column for nested in self.lists for column in nested.columns]
        return tuple({column.item.name: column.item for column in columns}.values())

    @property
    def content(self) -> tuple[MappedValue, ...]:
        """Return the values by which events without an id differ, ordered by property."""
        ordered = sorted(self.columns, key=lambda column: column.name)
        apart = {self.at.item.name, *([self.id.item.name] if self.id else [])}
        return tuple(column.item for column in ordered if column.item.name not in apart)


class EventResolver:
    """Resolves the events of a goal."""

    def __init__(
        self,
        goal: ImportGoal,
        event_types: Mapping[str, EventType],
        resolve: Resolve,
        resolve_condition: Resolve,
        format_of: FormatOf,
        mark: str,
    ) -> None:
        self.goal = goal
        self.event_types = event_types
        self.resolve = resolve
        self.resolve_condition = resolve_condition
        self.format_of = format_of
        self.mark = mark

    def plans(self) -> tuple[EventPlan, ...]:
        """Return the events of the goal, numbered from 1."""
        seen: dict[str, int] = {}
        plans = []
        for number, event in enumerate(self.goal.mapped_events, 1):
            seen[event.type] = seen.get(event.type, 0) + 1
            prefix = event.type if seen[event.type] == 1 else f"{event.type} {seen[event.type]}"
            plans.append(self._plan(number, event, prefix))
        return tuple(plans)

    def _plan(self, number: int, event: EventImport, prefix: str) -> EventPlan:
        declared = self.event_types[event.type]
        at = self._text_column(event, prefix, "at", "datetime")
        own_id = self._text_column(event, prefix, "id", "text") if event.id is not None else None
        columns = [
            self._column(f"{prefix}.{name}", name, declared.properties[name], value)
            for name, value in event.properties.items()
        ]
        for name, column in ((declared.id_property, own_id), (declared.time_property, at)):
            if name and column and name not in event.properties:
                columns.append(EventColumn(name, column.item))
        own = {source for one in (at, own_id) if one for source in one.item.value.sources}
        lists = tuple(self._list(event, prefix, name, own) for name in event.nested)
        store = product_list(event, declared) if event.product_store else None
        return EventPlan(
            number=number,
            type=event.type,
            table=quoted_relation("main", event_table(event.type)),
            id=own_id,
            at=at,
            columns=tuple(columns),
            lists=lists,
            held_by=self._held_by(at, own_id),
            at_source=_only(at.item.value.sources) or self.goal.main,
            store=next((nested for nested in lists if nested.name == store), None),
            tables=tuple(_table(event.type, name) for name in declared.nested),
            declared=event,
            when=self._condition(event),
            held=quoted_name(f"{self.mark}when_{number}"),
        )

    def _condition(self, event: EventImport) -> Expression | None:
        if event.when is None:
            return None
        return self.resolve_condition(event.when, event.location("when"))

    def _held_by(self, *columns: EventColumn | None) -> tuple[str, ...]:
        sources = {source for column in columns if column for source in column.item.value.sources}
        return () if self.goal.main in sources else tuple(sorted(sources))

    def _list(self, event: EventImport, prefix: str, name: str, own: set[str]) -> ListPlan:
        declared = self.event_types[event.type].nested[name]
        columns = tuple(
            self._column(f"{prefix}.{name}.{key}", key, declared.properties[key], value)
            for key, value in event.nested[name].items()
        )
        sources = {source for column in columns for source in column.item.value.sources}
        apart = (sources - own) or sources
        return ListPlan(
            name=name,
            table=_table(event.type, name),
            columns=columns,
            identifier=next((one for one in columns if one.name == declared.identifier), None),
            sources=tuple(sorted(sources)) or (self.goal.main,),
            presence=tuple(column for column in columns if column.item.value.sources & apart),
        )

    def _text_column(self, event: EventImport, prefix: str, key: str, kind: str) -> EventColumn:
        value = self.resolve(getattr(event, key), event.location(key))
        return self._event_column(f"{prefix}.{key}", key, Property(type=kind), value)

    def _column(
        self, label: str, name: str, declared: EventProperty, mapped: EventValue
    ) -> EventColumn:
        if mapped.source is None:
            value = Expression(literal(mapped.value), mapped.location("value"))
        else:
            value = self.resolve(mapped.source, mapped.location("from"))
        typed = Property(type=declared.type, pii=declared.pii)
        return self._event_column(label, name, typed, value)

    def _event_column(
        self, label: str, name: str, typed: Property, value: Expression
    ) -> EventColumn:
        item = MappedValue(label, typed, value, self.format_of(value), "event", mark=self.mark)
        return EventColumn(name, item)


def _only(sources: frozenset[str]) -> str | None:
    return next(iter(sources)) if len(sources) == 1 else None


def _table(event_type: str, nested: str) -> Sql:
    return quoted_relation("main", event_table(event_type, nested))


def item_lines(events: tuple[EventPlan, ...]) -> tuple[str, ...]:
    """Return the sources whose whole lines identify items that have no identifier (E1)."""
    lists = [nested for event in events for nested in event.lists if nested.identifier is None]
    return tuple(sorted({source for nested in lists for source in nested.sources}))
