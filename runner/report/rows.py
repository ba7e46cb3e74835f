"""Rows of a query as CSV (RFC 4180) and as JSON (RFC 8259)."""

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from runner.report.cell import cell_text
from runner.report.json_value import as_json

QUOTED = re.compile(r'[",\r\n]|^\s|\s$|^$')
"""A text that needs quotes: to be read back, spaces and emptiness included."""

END = "\r\n"


def write_csv(stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a header and the rows; returns the number of rows.

    A null is an empty field, an empty text is `""`. `stream` must not translate line ends.
    """
    stream.write(",".join(_field(column) for column in columns) + END)
    count = 0
    for row in rows:
        stream.write(",".join(_field(value) for value in row) + END)
        count += 1
    return count


def write_json(stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write the rows as a list of objects, one a line; returns the number of rows.

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


def _field(value: object) -> str:
    if value is None:
        return ""
    text = cell_text(value)
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def _unique(columns: Sequence[str]) -> list[str]:
    names: list[str] = []
    for column in columns:
        name, number = column, 0
        while name in names or (number and name in columns):
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names
