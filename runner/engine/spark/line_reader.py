"""Lines of files, read by DuckDB in this process and written as Parquet for the cluster."""

from pathlib import Path

import duckdb

from runner.engine.duckdb.failure import execution_error
from runner.engine.statement import statement
from runner.model import Model
from runner.sql.quoting import Sql

READER = "duckdb"
"""The engine whose statements these are."""


def read_lines(model: Model, path: Path) -> None:
    """Write the lines that a model reads, numbered in its order, to a Parquet file.

    Raises ExecutionError at the line of the definition that is wrong.
    """
    sql = statement(READER, "lines_file", select=Sql(model.sql), path=path)
    try:
        with duckdb.connect() as connection:
            connection.execute(statement(READER, "session.start"))
            connection.execute(sql)
    except duckdb.Error as error:
        raise execution_error(error, model, sql) from error
