"""Files of Parquet and CSV that this process writes of rows which a cluster made."""

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from runner.engine.statement import statement
from runner.sql.quoting import Sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

WRITER = "duckdb"
"""The engine whose statements these are."""


def write_table(frame: "DataFrame", path: Path, form: str) -> int:
    """Write rows to a file by DuckDB, `rows` as CSV or `parquet`; returns how many there are."""
    with duckdb.connect() as connection:
        connection.register("made", frame.toArrow())
        select = statement(WRITER, "relation.rows", relation=Sql("made"))
        written = connection.execute(statement(WRITER, form, select=select, path=path)).fetchall()
    return int(written[0][0])
