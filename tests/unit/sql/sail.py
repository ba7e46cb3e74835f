"""Queries on a Spark Connect server, of Sail in this process or SPARK_REMOTE's, over rows of DuckDB."""

import re
import warnings
from functools import cache
from typing import Any

import duckdb

from runner.engine.spark.cluster_function import FUNCTIONS
from runner.engine.spark.column_type import spark_type
from runner.engine.spark.sql_text import quoted, spark_sql
from runner.engine.spark.star import written_out
from tests.unit.sql.engine import REMOTE

SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
}
SERVERS: list[Any] = []


@cache
def session() -> Any:
    """Return a session of Spark, whose server is started once for all tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyspark.sql import SparkSession  # noqa: PLC0415

        made = SparkSession.builder.remote(REMOTE or _started()).getOrCreate()
        for name, value in SETTINGS.items():
            made.conf.set(name, value)
        for name, function in FUNCTIONS.items():
            made.udf.register(name, function(), "string")
    return made


def _started() -> str:
    from pysail.spark import SparkConnectServer  # noqa: PLC0415

    # A server that nothing refers to stops.
    SERVERS.append(SparkConnectServer())
    SERVERS[0].start(background=True)
    _, port = SERVERS[0].listening_address
    return f"sc://localhost:{port}"


class Views:
    """Relations of DuckDB that queries of Spark read."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._made: dict[str, str] = {}

    def make(self, name: str, query: str, *, is_numbered: bool = False) -> None:
        """Let queries read the rows of a query of DuckDB by a name."""
        view = f"view_{len(self._made)}_{id(self)}"
        described = self._connection.execute(f"describe {query}").fetchall()
        columns = ", ".join(_column(row[0], row[1]) for row in described)
        rows = self._connection.execute(f"select {columns} from ({query})").to_arrow_table()
        if is_numbered:
            import pyarrow  # noqa: PLC0415

            numbers = pyarrow.array(range(rows.num_rows), pyarrow.int64())
            rows = rows.append_column("_row_id", numbers)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if rows.num_rows:
                frame = session().createDataFrame(rows)
            else:
                names = ", ".join(_nothing(row[0], row[1]) for row in described)
                numbered = ", cast(null as bigint) as _row_id" if is_numbered else ""
                frame = session().sql(f"select {names}{numbered} where false")
            frame.createOrReplaceTempView(view)
        self._made[name] = view

    def find(self, name: str) -> str | None:
        """Return the view of a relation."""
        return self._made.get(name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query of Spark."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [tuple(map(plain, row)) for row in session().sql(self.sql(sql)).collect()]

    def sql(self, sql: str) -> str:
        """Return a query as Spark reads it."""
        return spark_sql(written_out(sql, self._columns), self.find)

    def _columns(self, sql: str) -> list[str]:
        found: list[str] = session().sql(spark_sql(sql, self.find)).columns
        return found


def _nothing(name: str, kind: str) -> str:
    """Return a column of no rows as Spark holds it."""
    return f"cast(null as {spark_type(kind)}) as {quoted(name)}"


def _column(name: str, kind: str) -> str:
    """Return a column of DuckDB as Spark holds it."""
    quoted = '"' + name.replace('"', '""') + '"'
    value = quoted
    if kind == "UHUGEINT":
        value = f"unhex(lpad(hex({quoted}), 32, '0'))"
    else:
        fitted = re.sub(r"\bUUID\b", "VARCHAR", kind)
        fitted = re.sub(r"\bHUGEINT\b", "DECIMAL(38, 0)", fitted)
        fitted = re.sub(r"\bU(?=(?:BIG|SMALL|TINY)?INT)", "", fitted)
        fitted = re.sub(r"TIMESTAMP WITH TIME ZONE", "TIMESTAMP", fitted)
        fitted = re.sub(r"^\"?NULL\"?$", "VARCHAR", fitted)
        if fitted != kind:
            value = f"cast({quoted} as {fitted})"
    return f"{value} as {quoted}"


def plain(value: Any) -> Any:
    """Return a value as DuckDB gives it."""
    if hasattr(value, "asDict"):
        return {name: plain(item) for name, item in value.asDict().items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return bytes(value) if isinstance(value, bytearray) else value
