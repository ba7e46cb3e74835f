"""Rows as JSON: a list of objects, one a line."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from runner.report.json_value import as_json


def write_json(stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write the rows as a list of objects; returns the number of rows.

    Values are written as `as_json` does. A column whose name was used before gets `_1`, `_2`.
    """
    names = _unique(columns)
    count = 0
    stream.write("[")
    for row in rows:
        stream.write(",\n " if count else "\n ")
        stream.write(as_json(dict(zip(names, row, strict=True))))
        count += 1
    stream.write("\n]\n" if count else "]\n")
    return count


def _unique(columns: Sequence[str]) -> list[str]:
    names: list[str] = []
    for column in columns:
        name, number = column, 0
        while name in names or (number and name in columns):
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names
