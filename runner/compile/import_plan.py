"""An import goal made ready for its SQL: each column found, each expression resolved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from runner.compile.entity import Entity
from runner.compile.event_plan import EventPlan
from runner.compile.expression import joined_name
from runner.compile.identity_key import IdentityKey, KeyPart
from runner.compile.mapped_value import MappedValue
from runner.compile.planned_source import PlannedSource
from runner.compile.planned_step import PlannedStep, PythonCall
from runner.compile.planned_values import AGAIN, PlannedValues
from runner.definitions.decisions import Decision, Value, merged_values
from runner.definitions.import_goal import ImportGoal
from runner.definitions.import_products import PRODUCT_ID
from runner.definitions.objective import Objective
from runner.definitions.profile_property import Property
from runner.sql.quoting import Sql, quoted_name

PREFIXES = (
    AGAIN,
    "key_",
    "line_",
    "missing_of_",
    "rejected_",
    "row_of_",
    "text_",
    "value_",
    "when_",
)
"""What the names of the columns begin with that runner makes for parts of a goal."""


def unlike_mark(names: Iterable[str]) -> str:
    """Return the shortest run of `_` that keeps the columns of runner unlike a goal's own."""
    taken = tuple(name.lower() for name in names)
    mark = ""
    while any(name.startswith(tuple(mark + prefix for prefix in PREFIXES)) for name in taken):
        mark += "_"
    return mark


@dataclass(frozen=True)
class ImportPlan(PlannedValues):
    """All that the templates of an import need to know."""

    connection: str
    goal: ImportGoal
    # What its rows go to, with the properties that are declared.
    entity: Entity
    sources: tuple[PlannedSource, ...]
    steps: tuple[PlannedStep, ...]
    identity_keys: tuple[IdentityKey, ...]
    assignments: tuple[MappedValue, ...]
    # Quoted columns that identify a line of the main file at the partner; may be none.
    line_key: tuple[str, ...]
    # Sources whose lines make the row's hash (R5).
    hashed: tuple[str, ...]
    # Sets of sources whose lines are counted once each by `sum` (R3).
    lines: tuple[tuple[str, ...], ...]
    # Text properties that `map_rest` declares.
    new_properties: Mapping[str, Property]
    # Events that its rows become.
    events: tuple[EventPlan, ...] = ()
    # Sources whose lines identify the items of a nested list (E1, R3).
    item_lines: tuple[str, ...] = ()
    # What rows are ordered by that `set` a property by `latest_by` (P8).
    orders: tuple[MappedValue, ...] = ()
    # What profiles are found by that fills no property, and may be no value (R6).
    finders: tuple[MappedValue, ...] = ()
    # Manual decisions on the identifiers by which it finds profiles.
    decisions: tuple[Decision, ...] = ()
    # What it processes profiles for, and what its rows state of consent (C1).
    objectives: tuple[Objective, ...] = ()
    consents: tuple[MappedValue, ...] = ()
    # What the names of the columns that runner adds to the rows begin with: nothing, or as many
    # `_` as keep them unlike the columns of the goal.
    mark: str = ""

    def missing_of(self, source: str) -> Sql:
        """Return the quoted column with the hash of a key that found no line of a source."""
        return quoted_name(f"{self.mark}missing_of_{source}")

    def line_of(self, source: str) -> Sql:
        """Return the quoted column with the hash of a source's line."""
        return quoted_name(f"{self.mark}line_of_{source}")

    @property
    def occurrence(self) -> str:
        """Return the column with which of the equal lines of its file a main line is (R10)."""
        return f"{self.mark}line_occurrence"

    @property
    def locations(self) -> tuple[str, ...]:
        """Return the quoted columns of the rows with where the lines are, of those it uses."""
        return tuple(
            joined_name((source.name, column))
            for source in self.sources
            for column in source.location
        )

    @property
    def has_located_key(self) -> bool:
        """Tell whether main lines are known by where they are, and not by their content alone."""
        return any(column in self.line_key for column in self.locations)

    def line(self, number: int) -> str:
        """Return the column with the hash of a set of `lines`, counted from 1."""
        return f"{self.mark}line_{number}"

    def summed(self, number: int) -> tuple[MappedValue, ...]:
        """Return the values that are summed of a set of `lines`, in the order of `amounts`."""
        return tuple(item for item in self.assignments if item.line == number)

    def amount_of(self, item: MappedValue) -> int:
        """Return which of `amounts` a summed value is, counted from 1."""
        return self.summed(item.line).index(item) + 1

    @property
    def name(self) -> str:
        """Return the goal's full name, `connection.goal`."""
        return f"{self.connection}.{self.goal.name}"

    @property
    def calls(self) -> tuple[PythonCall, ...]:
        """Return the functions of the project that its steps call."""
        return tuple(step.call for step in self.steps if step.call is not None)

    @property
    def is_merging(self) -> bool:
        """Tell whether profiles that turn out to be one are made one (P2 `merge`)."""
        return self.goal.identify.on_conflict == "merge"

    @property
    def may_keep_apart(self) -> bool:
        """Tell whether a refusal may keep profiles apart that would be merged (C1)."""
        return self.is_merging and bool(self.objectives)

    @property
    def ignored_parts(self) -> tuple[tuple[IdentityKey, KeyPart], ...]:
        """Return the parts of keys that may have a value which identifies no one (P2)."""
        return tuple(
            (key, part) for key in self.identity_keys for part in key.parts if part.may_be_ignored
        )

    @property
    def may_withhold(self) -> bool:
        """Tell whether rows without consent could change whom other rows are linked to (C1).

        Where several profiles of one customer stay apart, and where values are counted.
        """
        is_first = self.goal.identify.on_conflict == "first" and len(self.identity_keys) > 1
        return bool(self.objectives) and (is_first or self.is_guarded)

    @property
    def has_ambiguous(self) -> bool:
        """Tell whether rows may be applied to none of several profiles (P2 `reject`)."""
        is_rejecting = self.goal.identify.on_conflict == "reject"
        return is_rejecting or bool(self.separated or self.limited_keys)

    @property
    def limited_keys(self) -> tuple[IdentityKey, ...]:
        """Return the identifiers of which a profile holds so many values at most (P9).

        With a single identifier each row has one value, and no two are ever linked.
        """
        if len(self.identity_keys) == 1:
            return ()
        return tuple(key for key in self.identity_keys if key.limit)

    @property
    def separated(self) -> tuple[Decision, ...]:
        """Return the pairs of values that never belong to one customer."""
        return tuple(item for item in self.decisions if item.decision == "separate")

    @property
    def decided(self) -> tuple[tuple[Value, ...], ...]:
        """Return the values that belong to one customer by decision, for each customer."""
        return merged_values(self.decisions)

    @property
    def is_guarded(self) -> bool:
        """Tell whether an identifier is one that only so many customers may share (P2)."""
        return any(key.max_matches for key in self.identity_keys)

    @property
    def tracks_lines(self) -> bool:
        """Tell whether what a main line gives is stored by the line, so that it can be retracted.

        Where other lines replace it by `key`, where it may vanish from its file (F9), or where a
        chained file decides what it gives and to whom.
        """
        return self.is_giving and bool(
            self.line_key or self.is_full or self._deciding_sources - {self.main.name}
        )

    @property
    def settles_rows(self) -> bool:
        """Tell whether rows imported before are left out where their profile stays as it is."""
        return not (self.reads_known or self.objectives)

    @property
    def is_giving(self) -> bool:
        """Tell whether lines give what can be retracted: sums, values of lists, events."""
        return bool(self.lines or self.adds or self.events)

    @property
    def is_full(self) -> bool:
        """Tell whether main lines that are gone from their file retract what they gave (F9)."""
        return self.goal.is_full(self.main.name)

    @property
    def full(self) -> tuple[str, ...]:
        """Return the sources of which a version of a file is the whole truth (F9)."""
        return tuple(name for name in self.goal.files if self.goal.is_full(name))

    @property
    def picked(self) -> tuple[str, ...]:
        """Return the sources of which the latest file alone is read: all are versions of one."""
        return tuple(name for name, file in self.goal.files.items() if file.pick == "latest")

    @property
    def _deciding_sources(self) -> set[str]:
        """Return the file sources that decide what a main line gives, and to which profile."""
        given = [item for item in self.assignments if item.strategy in ("sum", "add")]
        values = [item.value for item in (*given, *self.event_values)]
        values += [part.value for key in self.identity_keys for part in key.parts]
        values += [part for step in self.steps for part in (step.keep, step.drop) if part]
        values += [event.when for event in self.events if event.when]
        required = {source.name for source in self.chained if source.required}
        return required.union(*(value.sources for value in values))

    @property
    def shared_lines(self) -> tuple[tuple[str, ...], ...]:
        """Return the sets of `lines` of which several main lines may be joined to one."""
        return tuple(sources for sources in self.lines if self.main.name not in sources)

    @property
    def consent_sources(self) -> frozenset[str]:
        """Return the file sources that statements of consent come from."""
        return frozenset(
            source for item in self.consents for source in item.value.sources or {self.main.name}
        )

    @property
    def kept_lines(self) -> tuple[str, ...]:
        """Return the sources of which the rows keep the hash of each line."""
        return tuple(sorted({*self.item_lines, *self.consent_sources}))

    @property
    def properties(self) -> dict[str, Property]:
        """Return all properties of what it fills, those that `map_rest` declares included."""
        return {**self.entity.properties, **self.new_properties}

    @property
    def product_id(self) -> MappedValue:
        """Return the id of a product, where the goal is a feed of products."""
        return next(item for item in self.assignments if item.name == PRODUCT_ID)

    @property
    def details(self) -> tuple[MappedValue, ...]:
        """Return the details of a product, where the goal is a feed of products."""
        return tuple(item for item in self.assignments if item.name != PRODUCT_ID)
