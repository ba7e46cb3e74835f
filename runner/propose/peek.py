"""The first records of a file, under the format that is found or under a stated one."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from runner.definitions.declaration import read_declaration
from runner.definitions.document import Section, read_variables
from runner.definitions.format import Format
from runner.errors import DefinitionError, Fault, Location, shape
from runner.propose.encoding import find_encoding
from runner.propose.layout import find_layout
from runner.propose.read_file import plain_file
from runner.stage.dialect import Dialect, dialect_of
from runner.stage.record_reader import LineOutcomes, read_records


@dataclass(frozen=True)
class Peek:
    """The first records of a file."""

    name: str
    dialect: Dialect
    # Whether the format was stated, not found.
    is_stated: bool
    outcomes: LineOutcomes
    # Number of the line, then the fields.
    rows: tuple[tuple[str, ...], ...]
    rejects: tuple[tuple[str, str], ...]


def peek(path: Path, stated: str | None, rows: int, show_pii: bool) -> Peek:
    """Return the first records of a local file, and of the lines that are set aside.

    `stated` is a format as YAML; what it does not state is as in a goal. Values are shown as their
    shape, unless `show_pii`. Raises DefinitionError for a wrong format, StageError for a file
    that cannot be read.
    """
    with plain_file(path) as (plain, folder):
        dialect = _dialect(plain, path.name, stated)
        clean, rejects = folder / "clean.csv", folder / "rejects.csv"
        outcomes = read_records(plain, dialect, path.name, clean, rejects, folder / "again")
        with _lines(clean) as lines:
            found = [
                (number, *(text if show_pii else shape(text) for text in fields))
                for number, *fields in islice(lines, rows)
            ]
        aside: list[tuple[str, str]] = []
        if rejects.exists():
            with _lines(rejects) as lines:
                aside = [(line[0], line[3]) for line in islice(lines, 1, rows + 1)]
    return Peek(path.name, dialect, stated is not None, outcomes, tuple(found), tuple(aside))


def _dialect(plain: Path, name: str, stated: str | None) -> Dialect:
    if stated is None:
        return find_layout(plain, find_encoding(plain).name, name).dialect
    location, faults = Location("--format"), list[Fault]()
    section = Section(location)
    section.update(read_variables(stated, "--format"))
    form = read_declaration(Format, section, faults)
    if form is None or faults:
        raise DefinitionError(faults)
    return dialect_of(form)


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield csv.reader(file)
