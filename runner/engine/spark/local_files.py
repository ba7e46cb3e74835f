"""Parquet files of this machine, written by DuckDB so that Spark reads their values."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from runner.engine.duckdb.failure import read_failure
from runner.engine.statement import statement
from runner.errors import ExecutionError

READER = "duckdb"
"""The engine whose statements these are."""


def copy_files(paths: Sequence[Path], path: Path) -> None:
    """Write the rows of Parquet files, which either engine wrote, to one that Spark reads.

    Raises ExecutionError where a file cannot be read.
    """
    rows = statement(READER, "relation.files", paths=[str(file) for file in paths])
    select = statement(READER, "relation.rows", relation=rows)
    try:
        with duckdb.connect() as connection:
            described = connection.execute(statement(READER, "relation.describe", select=select))
            types = {name: kind for name, kind, *_ in described.fetchall()}
            values = {"select": select, "types": types, "path": path}
            connection.execute(statement(READER, "plain_file", **values))
    except duckdb.Error as error:
        raise ExecutionError(f"{paths[0]}: {read_failure(error).message}") from error
