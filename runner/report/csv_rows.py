"""Rows as CSV (RFC 4180): comma, double quotes, CRLF, a header."""

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from runner.report.cell import cell_text

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


def _field(value: object) -> str:
    if value is None:
        return ""
    text = cell_text(value)
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text
