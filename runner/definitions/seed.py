"""Seeds: CSV files of the project that are tables, as in dbt (`seeds/*.csv`)."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from runner.definitions.sql_file import SqlFile
from runner.errors import Fault, Location

FOLDER = "seeds"
MOST_ROWS = 5_000
"""Rows of a seed; more are better imported by a goal."""
TYPES = (
    ("bigint", re.compile(r"-?(0|[1-9][0-9]{0,17})")),
    ("double", re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")),
    ("boolean", re.compile(r"true|false", re.IGNORECASE)),
    ("date", re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    ("timestamp", re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2})?")),
)
"""Types of columns whose type is not stated, and how all their values are written then."""


def read_seeds(
    root: Path, types: Mapping[str, Mapping[str, str]], faults: list[Fault]
) -> Iterator[SqlFile]:
    """Read the seeds of a project as the templates of models that have their rows.

    `types` are the stated types of columns: seed -> column -> type. A mistake is added to `faults`.
    """
    for path in sorted((root / FOLDER).glob("**/*.csv")):
        name = path.relative_to(root).as_posix()
        try:
            reader = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True)
            lines, before = [], 0
            for line in reader:
                lines += [(before + 1, line)] if line else []
                before = reader.line_num
        except (UnicodeDecodeError, csv.Error) as error:
            faults.append(Fault(Location(name), f"this is no CSV of UTF-8 with commas: {error}"))
            continue
        yield SqlFile(name, _template(name, lines, types.get(path.stem, {}), faults))


def _template(
    name: str,
    lines: Sequence[tuple[int, Sequence[str]]],
    stated: Mapping[str, str],
    faults: list[Fault],
) -> str:
    at, rows = [line for line, _ in lines], [row for _, row in lines[1:]]
    header = lines[0][1] if lines else []
    columns = [column.strip() for column in header]
    if not columns or not all(columns) or len({it.lower() for it in columns}) < len(columns):
        faults.append(
            Fault(Location(name), "the first line of a seed names its columns, each once")
        )
        columns, rows = ["value"], []
    for line, row in zip(at[1:], rows, strict=False):
        if len(row) != len(columns):
            message = f"found {len(row)} fields; the header has {len(columns)}"
            faults.append(Fault(Location(name, line), message))
            rows = []
            break
    if len(rows) > MOST_ROWS:
        message = f"a seed has at most {MOST_ROWS:,} rows: import this file by a goal"
        faults.append(Fault(Location(name), message))
        rows = []
    values = [[field or None for field in row] for row in rows]
    types = [
        stated.get(column) or _type([row[place] for row in values])
        for place, column in enumerate(columns)
    ]
    return f"{{{{ seed_rows({json.dumps(columns)}, {json.dumps(types)}, {_rows(values)}) }}}}"


def _rows(values: Sequence[Sequence[str | None]]) -> str:
    """Return rows as Jinja writes lists; an absent value is `none`."""
    rows = (
        ", ".join("none" if text is None else json.dumps(text) for text in row) for row in values
    )
    return f"[{', '.join(f'[{row}]' for row in rows)}]"


def _type(values: Sequence[str | None]) -> str:
    """Return the type by which all values of a column can be read."""
    present = [text for text in values if text is not None]
    for kind, form in TYPES if present else ():
        if all(form.fullmatch(text) for text in present):
            return kind
    return "varchar"
