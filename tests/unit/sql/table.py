"""Rows written as a text table: a line of column names, then a line per row.

Cells stand between `|`. An empty cell is no value, `''` is empty text, `p1` is the id of profile 1,
and `1:2` in a column of origins is line 2 of file 1. The engine casts each cell to the type of its
column.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from runner.compile.input_file import LINES_PER_FILE

PROFILE = re.compile(r"\bp([0-9]+)\b")
UUID_TEXT = re.compile(r"00000000-0000-0000-0000-0000000000([0-9]{2})")

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Table:
    """Columns, and rows of texts."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @classmethod
    def read(cls, text: str) -> "Table":
        """Read a table; raises ValueError where a row has more or fewer cells than columns."""
        lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
        columns, *rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
        for row in rows:
            if len(row) != len(columns):
                raise ValueError(f"{len(row)} cells where there are {len(columns)} columns: {row}")
        return cls(columns, tuple(tuple(map(_value, row)) for row in rows))

    def __str__(self) -> str:
        """Return the table as it is written."""
        cells = [[{None: "", "": "''"}.get(cell, cell) for cell in row] for row in self.rows]
        return "\n".join(" | ".join(line) for line in [list(self.columns), *cells])


def _value(cell: str) -> str | None:
    if cell == "''":
        return ""
    return cell or None


def stored(column: str, kind: str, cell: str | None) -> str | None:
    """Return a cell as the engine casts it to the type of its column."""
    if cell and "UUID" in kind:
        return PROFILE.sub(lambda found: profile_id(int(found[1])), cell)
    if cell and "origin" in column and ":" in cell:
        file_id, line = map(int, cell.split(":"))
        return str(file_id * LINES_PER_FILE + line)
    return cell


def shown(column: str, cell: str | None) -> str | None:
    """Return what the engine gives as it is written in tables."""
    if cell and "origin" in column and cell.isdigit() and int(cell) >= LINES_PER_FILE:
        return f"{int(cell) // LINES_PER_FILE}:{int(cell) % LINES_PER_FILE}"
    return cell and UUID_TEXT.sub(lambda found: f"p{int(found[1])}", cell)


def profile_id(number: int) -> str:
    """Return the id that a table writes as `p` and a number."""
    return str(UUID(f"00000000-0000-0000-0000-{number:012d}"))
