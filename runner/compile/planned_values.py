"""The values that an import goal reads of its lines: which, when, and how often."""

from collections.abc import Iterable
from dataclasses import replace

from runner.compile.entity import Entity
from runner.compile.event_plan import EventPlan
from runner.compile.identity_key import IdentityKey
from runner.compile.mapped_value import MappedValue
from runner.compile.planned_source import PlannedSource
from runner.definitions.import_goal import ImportGoal
from runner.definitions.import_products import ImportProducts
from runner.sql.quoting import Sql, quoted_name

AGAIN = "again_"
"""What the names of values begin with that are read again."""


class PlannedValues:
    """The part of an import plan that tells which values are read of which rows (R8)."""

    goal: ImportGoal
    entity: Entity
    sources: tuple[PlannedSource, ...]
    assignments: tuple[MappedValue, ...]
    events: tuple[EventPlan, ...]
    orders: tuple[MappedValue, ...]
    consents: tuple[MappedValue, ...]
    finders: tuple[MappedValue, ...]
    mark: str

    @property
    def main(self) -> PlannedSource:
        """Return the main file source."""
        return self.sources[0]

    @property
    def chained(self) -> tuple[PlannedSource, ...]:
        """Return the file sources that are joined to it."""
        return self.sources[1:]

    def row_of(self, source: str) -> Sql:
        """Return the quoted column of the rows with the line of a chained source."""
        return quoted_name(f"{self.mark}row_of_{source}")

    @property
    def adds(self) -> tuple[MappedValue, ...]:
        """Return the values that are added to lists."""
        return tuple(item for item in self.assignments if item.strategy == "add")

    def order_of(self, item: MappedValue) -> MappedValue | None:
        """Return what the rows that set a property are ordered by; None for their own order."""
        return next((order for order in self.orders if order.name == order_name(item.name)), None)

    @property
    def event_values(self) -> tuple[MappedValue, ...]:
        """Return the values of events that are read of each row."""
        return tuple(item for event in self.events for item in event.items)

    @property
    def values(self) -> tuple[MappedValue, ...]:
        """Return all values that are read of each row: of profiles, of events, of consent.

        What rows are ordered by is among them where it is not one of the others.
        """
        typed = [item for item in (*self.assignments, *self.event_values) if item.is_typed]
        known = {item.value.sql for item in typed}
        orders = [item for item in self.orders if item.value.sql not in known]
        return (*self.assignments, *self.finders, *orders, *self.event_values, *self.consents)

    @property
    def applied_values(self) -> tuple[MappedValue, ...]:
        """Return the values that are read of rows that are applied to profiles."""
        return (*self.assignments, *self.orders)

    @property
    def places(self) -> tuple[tuple[MappedValue, str], ...]:
        """Return all values, each with the CTE in which templates have the rows that hold it."""
        places = {
            item.name: f"event_{event.number}" for event in self.events for item in event.items
        }
        places |= {item.name: "stated" for item in self.consents}
        found_by = (item for item in self.identifying_values if item.is_identifier)
        places |= {item.name: "kept" for item in (*found_by, *self.finders)}
        return tuple((item, places.get(item.name, "applied")) for item in self.values)

    @property
    def ordered_values(self) -> tuple[MappedValue, ...]:
        """Return the values with `latest_by`, and what they are ordered by."""
        ordered = tuple(item for item in self.assignments if self.order_of(item))
        return (*ordered, *self.orders)

    @property
    def folded_values(self) -> tuple[MappedValue, ...]:
        """Return the values of which a profile keeps one, or that are removed from it (P4)."""
        return tuple(item for item in self.assignments if item.strategy not in ("sum", "add"))

    @property
    def early_values(self) -> tuple[MappedValue, ...]:
        """Return the values that are read where rows are joined.

        Those by which a row may be left out: what identifies persons (C2), and consent (C1). Of
        products all.
        """
        if isinstance(self.goal, ImportProducts):
            return self.applied_values
        return (*self.identifying_values, *self.finders, *self.consents)

    @property
    def identifying_values(self) -> tuple[MappedValue, ...]:
        """Return the values that may identify a person; of a group also what is personal of it."""
        is_group = self.entity.noun == "group"
        return tuple(
            item
            for item in self.assignments
            if not item.declared.multi and (item.is_identifier or (is_group and item.declared.pii))
        )

    @property
    def repeated_values(self) -> tuple[MappedValue, ...]:
        """Return those of them that a row imported before may write again (P4).

        They have columns of their own: where rows are joined, values of known rows are not read.
        """
        return tuple(
            replace(item, mark=f"{item.mark}{AGAIN}")
            for item in self.identifying_values
            if item.strategy != "set_if_empty"
        )

    @property
    def late_values(self) -> tuple[MappedValue, ...]:
        """Return the values that are read of rows that are applied."""
        early = self.identifying_values
        return tuple(item for item in self.applied_values if item not in early)

    @property
    def row_values(self) -> tuple[MappedValue, ...]:
        """Return those of them that depend on the main line, or on no line at all."""
        return tuple(item for item in self.late_values if item not in self._line_values)

    @property
    def _line_values(self) -> tuple[MappedValue, ...]:
        main = self.main.name
        return tuple(
            item
            for item in self.late_values
            if item.value.sources and main not in item.value.sources
        )

    def of_rows(self, items: Iterable[MappedValue]) -> tuple[MappedValue, ...]:
        """Return those of some values that are read of each row, not once per chained line."""
        return tuple(item for item in items if item not in self._line_values)

    @property
    def value_sets(self) -> tuple[tuple[str, ...], ...]:
        """Return the sets of chained sources whose lines give values, which are read once (R8)."""
        sets = (tuple(sorted(item.value.sources)) for item in self._line_values)
        return tuple(dict.fromkeys(sets))

    def values_of_set(self, number: int) -> tuple[MappedValue, ...]:
        """Return the values of one of the `value_sets`, counted from 1."""
        sources = set(self.value_sets[number - 1])
        return tuple(item for item in self._line_values if item.value.sources == sources)

    def value_sets_of(self, items: Iterable[MappedValue]) -> tuple[int, ...]:
        """Return the numbers of the `value_sets` that give some values, counted from 1."""
        given = {tuple(sorted(item.value.sources)) for item in items if item in self._line_values}
        return tuple(
            number for number, sources in enumerate(self.value_sets, 1) if sources in given
        )

    def sources_of(self, items: Iterable[MappedValue]) -> tuple[str, ...]:
        """Return the file sources that some values depend on, in their order."""
        used = {source for item in items for source in item.value.sources}
        return tuple(source.name for source in self.sources if source.name in used)

    def line_id(self, source: str) -> Sql:
        """Return the quoted column of the rows with the line of a source."""
        return Sql("main_row") if source == self.main.name else self.row_of(source)

    def identifier_texts(
        self, items: Iterable[MappedValue], keys: Iterable[IdentityKey]
    ) -> tuple[Sql, ...]:
        """Return the quoted columns of texts by which profiles are found."""
        found = (
            key.text_of(part) for key in keys for part in key.parts if part.declared.type == "text"
        )
        mapped = (item.text for item in items if item.is_identifier_text)
        return tuple(dict.fromkeys((*found, *mapped)))

    @property
    def short_years(self) -> tuple[MappedValue, ...]:
        """Return the dates and times whose years have two digits."""
        return tuple(item for item in self.values if item.has_short_years)

    @property
    def reads_known(self) -> bool:
        """Tell whether values are read of rows imported before, too: of events, of consent."""
        return bool(self.events or self.consents)

    @property
    def read_sources(self) -> list[str]:
        """Return the sources of which columns are read."""
        return [source.name for source in self.sources if source.used or source.location]


def order_name(name: str) -> str:
    """Return the name of what rows that set a property are ordered by."""
    return f"{name} latest_by"
