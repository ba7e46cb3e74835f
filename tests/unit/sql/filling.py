"""Rows of a text table put into a relation of the engine."""

from collections.abc import Callable
from typing import Any

from runner.sql.quoting import quoted_name
from tests.unit.sql.table import Table, stored

DEFAULTS = {
    "VARCHAR": "''",
    "BOOLEAN": "false",
    "TIMESTAMP": "timestamp '2024-01-01'",
    "UUID": "'00000000-0000-0000-0000-000000000000'",
}
"""What a column that may not be null holds where a test does not say; other types hold 0."""


def fill(execute: Callable[..., Any], relation: str, table: Table) -> None:
    """Insert the rows of a table; columns that it lacks are null, or hold a default."""
    described = execute(f"describe {relation}").fetchall()
    types = {row[0]: row[1] for row in described}
    lacking = [column for column in table.columns if column not in types]
    assert not lacking, f"{relation} has no columns {lacking}: {list(types)}"
    values = {column: f"cast(? as {types[column]})" for column in table.columns}
    for column, kind, is_nullable, *_ in described:
        if is_nullable == "NO" and column not in values:
            values[column] = _default(kind)
    names = ", ".join(map(quoted_name, values))
    for row in table.rows:
        cells = [
            stored(column, types[column], cell)
            for column, cell in zip(table.columns, row, strict=True)
        ]
        execute(f"insert into {relation} ({names}) select {', '.join(values.values())}", cells)


def _default(kind: str) -> str:
    return f"cast({DEFAULTS.get(kind, '[]' if kind.endswith('[]') else '0')} as {kind})"
