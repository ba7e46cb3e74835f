"""Personal data in answers: its shape is shown instead of the value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runner.compile.expression import Expression, FileColumn
from runner.compile.identity_key import IdentityKey
from runner.compile.import_plan import ImportPlan
from runner.compile.mapped_value import MappedValue
from runner.compile.rest_columns import property_name
from runner.definitions.profile_property import Property
from runner.errors import shape
from runner.sql.quoting import quoted_name


@dataclass(frozen=True)
class Personal:
    """What is personal data in a goal: columns that feed a property with `pii`.

    And columns that are joined to one of them: they have the same values.
    """

    columns: frozenset[tuple[str, str]] = frozenset()
    # Columns made by `set`, by quoted name.
    made: frozenset[str] = frozenset()
    # Names of properties with `pii`: a column of that name counts too.
    names: frozenset[str] = frozenset()
    # Everything that is shown is masked, or nothing is.
    is_all: bool = False
    is_none: bool = False

    def of_column(self, source: str, column: str, text: str | None) -> str | None:
        """Return the text of a file's column as it may be shown."""
        is_personal = (source, column) in self.columns or property_name(column) in self.names
        return self._shown(is_personal, text)

    def of_made(self, column: str, text: str | None) -> str | None:
        """Return the text of a column made by `set` as it may be shown."""
        return self._shown(column in self.made, text)

    def of_value(self, item: MappedValue, text: str | None) -> str | None:
        """Return the text of a property as it may be shown."""
        return self._shown(self.has_value(item.declared, item.value), text)

    def has_value(self, declared: Property, value: Expression) -> bool:
        """Return whether a property is personal as it is read from an expression."""
        return declared.pii or bool(value.columns & self.columns)

    def of_key(self, key: IdentityKey, text: str | None) -> str | None:
        """Return an identifier's value as it may be shown."""
        is_personal = any(self.has_value(part.declared, part.value) for part in key.parts)
        return self._shown(is_personal, text)

    def of_line(self, text: str | None) -> str | None:
        """Return a whole line as it may be shown."""
        return self._shown(bool(self.columns or self.names), text)

    def _shown(self, is_personal: bool, text: str | None) -> str | None:
        if text is None or self.is_none or not (is_personal or self.is_all):
            return text
        return shape(text)


def masked(value: Any) -> Any:
    """Return the shape of a value of any type, of a list item by item; None stays None."""
    if isinstance(value, list | tuple):
        return [masked(item) for item in value]
    return None if value is None else shape(str(value))


def personal(plan: ImportPlan | None, properties: Mapping[str, Property], show: bool) -> Personal:
    """Return what is personal in a goal; with `show` nothing is masked.

    Without a plan, because the goal has a mistake, everything counts as personal.
    """
    names = frozenset(name for name, declared in properties.items() if declared.pii)
    if plan is None or show:
        return Personal(names=names, is_all=not show, is_none=show)
    values = [item.value for item in plan.values if item.declared.pii]
    values += [part.value for key in plan.identity_keys for part in key.parts if part.declared.pii]
    columns = _joined(plan, {column for value in values for column in value.columns}, names)
    mapped = {value.sql for value in values}
    made = frozenset(
        name
        for step in plan.steps
        for name, expression, _ in step.sets
        if expression.columns & columns
        or name in mapped
        or name in {quoted_name(known) for known in names}
    )
    return Personal(columns, made, names)


def _joined(
    plan: ImportPlan, columns: set[FileColumn], names: frozenset[str]
) -> frozenset[FileColumn]:
    """Return the columns, and those that some link compares with one of them."""
    found = set(columns)
    links = [key.other.columns | key.own.columns for one in plan.chained for key in one.keys]
    found |= {column for link in links for column in link if property_name(column[1]) in names}
    while fresh := {column for link in links if link & found for column in link} - found:
        found |= fresh
    return frozenset(found)
