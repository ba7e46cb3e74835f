"""Files that this process writes of rows which a cluster made."""

import tempfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from runner.engine.duckdb.failure import read_failure
from runner.engine.statement import statement
from runner.errors import ExecutionError
from runner.sql.quoting import Sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

WRITER = "duckdb"
"""The engine whose statements these are."""
BATCH = 10_000
"""Rows that are held at a time."""


def write_csv(frame: "DataFrame", path: Path) -> int:
    """Write rows to a file of CSV by DuckDB; returns how many there are."""
    with duckdb.connect() as connection:
        connection.register("made", frame.toArrow())
        select = statement(WRITER, "relation.rows", relation=Sql("made"))
        written = connection.execute(statement(WRITER, "rows", select=select, path=path)).fetchall()
    return int(written[0][0])


def write_parquet(frame: "DataFrame", path: Path) -> int:
    """Write rows to a file of Parquet, as they come; returns how many there are."""
    from pyarrow import RecordBatch  # noqa: PLC0415 - comes with the client of Spark
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415

    schema = frame.limit(0).toArrow().schema
    count = 0
    with ParquetWriter(path, schema) as writer:
        for batch in _batches(frame):
            rows = [row.asDict(recursive=True) for row in batch]
            writer.write_batch(RecordBatch.from_pylist(rows, schema))
            count += len(batch)
    return count


def write_external(
    frame: "DataFrame", path: Path, file_format: str, options: Mapping[str, object]
) -> None:
    """Write rows to a file of a format that DuckDB knows, as they come.

    Raises ExecutionError at its options.
    """
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        rows = Path(folder) / "rows.parquet"
        write_parquet(frame, rows)
        relation = statement(WRITER, "relation.files", paths=[str(rows)])
        values = {"path": path, "format": file_format, "options": options}
        try:
            connection.execute(statement(WRITER, "session.start"))
            connection.execute(statement(WRITER, "external", relation=relation, **values))
        except duckdb.Error as error:
            raise ExecutionError(f"external: {read_failure(error).message}") from error


def write_lines(frame: "DataFrame", header: str | None, path: Path) -> int:
    """Write a file of the texts in the one column of rows, in their order, as they come.

    Returns how many there are, the header not counted.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if header is not None:
            file.write(f"{header}\n")
        for batch in _batches(frame):
            file.writelines(f"{line}\n" for (line,) in batch)
            count += len(batch)
    return count


def _batches(frame: "DataFrame") -> Iterator[list[Any]]:
    rows = frame.toLocalIterator()
    while batch := list(islice(rows, BATCH)):
        yield batch
