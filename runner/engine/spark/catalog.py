"""Statements that no server runs: the map of a version answers them, or files of this machine."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from runner.engine.protocol import Row
from runner.engine.spark.change import ENGINE
from runner.engine.spark.line_reader import read_rejected_lines
from runner.engine.spark.table_writer import write_external
from runner.engine.spark.tables import OpenTables
from runner.engine.spark.version import Table
from runner.engine.statement import statement
from runner.sql.quoting import quoted_relation

REJECTED = "rejected_lines"
"""A temporary table of the lines that a build adds to `runner.rejects`."""
PUBLIC = ("main", "segments")
PERSONS = ("customer", "customer_id")
"""Columns with ids of persons that are not the profile of the row."""
ID_NAMES = ("profile_id", "event_profile_id", "told_profile_id", "alias_id", *PERSONS)
IDS = frozenset((name, "string") for name in ID_NAMES)
ID_LISTS = frozenset((("profiles", "array<string>"),))
"""Columns that hold ids of profiles, and their types."""


def relations(tables: OpenTables) -> list[Row]:
    """Return the tables and views, and what they are."""
    found: list[Row] = []
    for version, kind in ((tables.version, "BASE TABLE"), (tables.temporary, "LOCAL TEMPORARY")):
        found += [(_quoted(name), kind) for name in version.tables]
        found += [(_quoted(name), "VIEW") for name in version.views]
    return found


def columns(tables: OpenTables) -> list[Row]:
    """Return the columns of the tables of `main` and `runner`, with type and comment."""
    return [
        (name, column.name, column.type, column.comment)
        for name, table in tables.version.tables.items()
        if name.startswith(("main.", "runner."))
        for column in table.columns
    ]


def public_columns(tables: OpenTables) -> list[Row]:
    """Return the columns of public tables, views and segments."""
    return [
        (name.removeprefix("main."), column.name)
        for name in sorted({*tables.version.tables, *tables.version.views})
        if name.partition(".")[0] in PUBLIC
        for column in tables.columns(name)
    ]


def compared_columns(tables: OpenTables) -> list[Row]:
    """Return the columns of the tables of data, of the earlier version and of this one."""
    return [
        (version is tables.earlier, name.removeprefix("main."), column.name, column.type)
        for version in (tables.earlier, tables.version)
        for name, table in sorted(version.tables.items())
        if name.startswith("main.")
        for column in table.columns
    ]


def profile_columns(tables: OpenTables) -> list[Row]:
    """Return the tables with their columns, and those with ids of profiles, which are texts."""
    return [
        (
            _quoted(name),
            [column.name for column in table.columns],
            [column.name for column in table.columns if (column.name, column.type) in IDS],
            [column.name for column in table.columns if (column.name, column.type) in ID_LISTS],
        )
        for name, table in sorted(tables.version.tables.items())
    ]


def properties(tables: OpenTables) -> list[Row]:
    """Return the columns of profiles."""
    profiles = tables.version.tables.get("main.profiles", Table(()))
    return [(column.name,) for column in profiles.columns]


def is_made_by(tables: OpenTables, made_by: str) -> list[Row]:
    """Return whether these statements made the tables."""
    table = tables.version.tables.get("runner.format")
    return [(table is not None and table.comment.endswith(made_by),)]


def add_rejected_lines(tables: OpenTables, **values: Any) -> list[Row]:
    """Add the lines of a file of rejects, which only this machine reads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rejects.parquet"
        read_rejected_lines(path, values)
        tables.take(REJECTED, path)
    added = tables.add("runner.rejects", tables.rows(REJECTED))
    tables.drop(REJECTED)
    return [(added,)]


def write_external_file(tables: OpenTables, **values: Any) -> list[Row]:
    """Write the rows of a model to a file of this machine."""
    frame = tables.frame(statement(ENGINE, "relation.rows", relation=values["relation"]))
    write_external(frame, values["path"], values["format"], values["options"])
    return []


ANSWERS: dict[str, Callable[..., list[Row]]] = {
    "catalog.relations": relations,
    "catalog.columns": columns,
    "catalog.public_columns": public_columns,
    "catalog.profile_columns": profile_columns,
    "catalog.properties": properties,
    "catalog.is_made_by": is_made_by,
    "comparison.columns": compared_columns,
    "external": write_external_file,
    "rejects.add_lines": add_rejected_lines,
}
"""Statements that are answered here."""


def _quoted(name: str) -> str:
    schema, dot, table = name.partition(".")
    if dot and schema in ("main", "runner", "segments"):
        return quoted_relation(schema, table)
    return name
