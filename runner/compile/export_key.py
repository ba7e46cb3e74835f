"""The columns by which a partner knows people (X5), and those that name them when removed."""

from collections.abc import Sequence

from runner.compile.export_columns import ExportColumn
from runner.definitions.export_goal import ExportProfiles

VALUES = ("property", "expression")
"""Kinds of columns that hold a value of the profile."""


def key_columns(goal: ExportProfiles, columns: Sequence[ExportColumn]) -> tuple[ExportColumn, ...]:
    """Return the key of a goal: declared, else the id, else the exported identifiers.

    A goal that exports none of them, and lists who is removed, has all values of a profile as
    its key: the file says nothing else of a person. Empty where a profile is its own key.
    """
    pairs = list(zip(goal.columns, columns, strict=True))
    if goal.key:
        by_header = {declared.header: column for declared, column in pairs}
        return tuple(by_header[header] for header in goal.key)
    own = [column for declared, column in pairs if not declared.group]
    by_kind = (
        [column for column in own if column.kind == "profile_id"],
        [column for column in own if column.kind == "property" and column.declared.identifier],
        [column for column in own if column.kind == "expression" and _names_person(column)],
        [column for column in own if column.kind in VALUES] if goal.lists_removed else [],
    )
    return tuple(next(filter(None, by_kind), []))


def naming_columns(
    key: Sequence[ExportColumn], columns: Sequence[ExportColumn]
) -> tuple[ExportColumn, ...]:
    """Return the columns that a removed line fills: the key, the id, and the identifiers."""
    return tuple(
        column
        for column in columns
        if column in key or column.kind == "profile_id" or _is_identifier(column)
    )


def _is_identifier(column: ExportColumn) -> bool:
    return column.kind == "property" and column.declared.identifier


def _names_person(column: ExportColumn) -> bool:
    return column.declared.identifier and column.declared.type == "text"
