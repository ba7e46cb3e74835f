"""The files as an importer sees them: lines of named values, and lines that do not fit."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """A line of a file; its number counts from 1, the header included."""

    file: str
    number: int
    # Trimmed; without empty ones.
    values: Mapping[str, str]

    def get(self, column: str) -> str | None:
        """Return the value of a column, None if it is empty."""
        return self.values.get(column)


@dataclass(frozen=True)
class File:
    """A file: the lines that fit, and the numbers of those that do not, or that are blank."""

    name: str
    lines: tuple[Line, ...]
    rejected: tuple[int, ...]
    blank: tuple[int, ...]


def read(folder: Path, name: str, separator: str = ",") -> File:
    """Read one file; no value of these files has a line end in it."""
    numbered = enumerate((folder / name).read_text(encoding="utf-8-sig").splitlines(), start=1)
    header = next(csv.reader([next(numbered)[1]], delimiter=separator))
    lines, rejected, blank = [], [], []
    for number, text in numbered:
        fields = next(csv.reader([text], delimiter=separator), [])
        if not fields:
            blank.append(number)
        elif len(fields) != len(header):
            rejected.append(number)
        else:
            lines.append(Line(name, number, dict(_filled(header, fields))))
    return File(name, tuple(lines), tuple(rejected), tuple(blank))


def _filled(header: list[str], fields: list[str]) -> Iterator[tuple[str, str]]:
    for column, value in zip(header, fields, strict=True):
        if value.strip():
            yield column, value.strip()


def by_key(file: File, column: str) -> dict[str, Line]:
    """Return the lines of a file by the value of a column that is unique."""
    found = {line.values[column]: line for line in file.lines if column in line.values}
    if len(found) != len(file.lines):
        raise ValueError(f"{file.name}: `{column}` is empty, or one value stands in two lines")
    return found
