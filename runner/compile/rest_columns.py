"""The columns that `map_rest` takes, each as a text property."""

import re
from collections.abc import Iterable, Sequence

from runner.compile.column_names import cut_name
from runner.compile.expression import FileColumn
from runner.definitions.group_type import GROUP_COLUMNS
from runner.definitions.profile_property import RESERVED
from runner.errors import shape

LONGEST_REST = 255
"""Characters that the name of a column may have of which `map_rest` makes a property."""


def rest_names(
    columns: Sequence[FileColumn], prefix: str, properties: Iterable[str]
) -> dict[FileColumn, str]:
    """Return a name for each column that no property has; columns of tables know no case."""
    taken = {name.lower() for name in (*RESERVED, *GROUP_COLUMNS, *properties)}
    numbers: dict[str, int] = {}
    names = {}
    for source, column in columns:
        name = f"{prefix}{property_name(column)}"
        if name.lower() in taken:
            name = long = f"{prefix}{source}_{property_name(column)}"
            while name.lower() in taken:
                numbers[long] = numbers.get(long, 1) + 1
                name = f"{long}_{numbers[long]}"
        taken.add(name.lower())
        names[(source, column)] = name
    return names


def rest_fault(columns: Sequence[FileColumn], most: int) -> str:
    """Return why `map_rest` makes no properties of columns; empty where it does."""
    for source, column in columns:
        if len(column) > LONGEST_REST:
            return (
                f"a column of `{source}` has a name of {len(column):,} characters, more than"
                f" {LONGEST_REST}: {cut_name(shape(column))}; is the header broken?"
            )
    if len(columns) <= most:
        return ""
    source = columns[-1][0]
    return (
        f"{len(columns):,} columns would become properties, the last ones of `{source}`, and"
        f" `max_columns` allows {most:,}; if the header is right, raise it"
    )


def property_name(column: str) -> str:
    """Return the name of a text property for a column of any spelling."""
    name = re.sub(r"\W+", "_", column.strip()).strip("_").lower()
    return name if name and not name[0].isdigit() else f"column_{name}"
