"""Lines of files, and those set aside, read here by DuckDB and written as Parquet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from runner.engine.duckdb.failure import execution_error, read_failure
from runner.engine.statement import statement
from runner.errors import ExecutionError
from runner.model import Model
from runner.sql.quoting import Sql

HASH = "UHUGEINT"
"""Type of hashes."""
READER = "duckdb"
"""The engine whose statements these are."""


def read_lines(model: Model, path: Path) -> None:
    """Write the lines that a model reads, numbered in its order, to a Parquet file.

    Raises ExecutionError at the line of the definition that is wrong.
    """
    sql = statement(READER, "relation.describe", select=Sql(model.sql))
    try:
        with duckdb.connect() as connection:
            connection.execute(statement(READER, "session.start"))
            types = {name: kind for name, kind, *_ in connection.execute(sql).fetchall()}
            values = {"select": Sql(model.sql), "has_hash": types.get("line_hash") == HASH}
            sql = statement(READER, "lines_file", path=path, **values)
            connection.execute(sql)
    except duckdb.Error as error:
        raise execution_error(error, model, sql) from error


def read_rejected_lines(path: Path, values: Mapping[str, Any]) -> None:
    """Write the lines of a file of rejects, as rows of `runner.rejects`, to a Parquet file.

    Raises ExecutionError where the file cannot be read.
    """
    lines = statement(READER, "rejects.lines_of", **values)
    try:
        with duckdb.connect() as connection:
            connection.execute(statement(READER, "session.start"))
            connection.execute(statement(READER, "parquet", select=Sql(lines), path=path))
    except duckdb.Error as error:
        raise ExecutionError(f"rejects.lines_of: {read_failure(error).message}") from error
