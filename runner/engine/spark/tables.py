"""The tables and views of an open version: bound to views of a session, read, and written."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from runner.engine.spark.failure import Sent
from runner.engine.spark.session import SparkConnection
from runner.engine.spark.sql_text import quoted, spark_sql
from runner.engine.spark.star import written_out
from runner.engine.spark.step_call import step_call
from runner.engine.spark.storage import Storage
from runner.engine.spark.version import Column, Table, Version, View
from runner.errors import ExecutionError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from runner.engine.spark.sent_function import SentFunction

SCRATCH = "scratch"
"""Folder of the rows of temporary tables, below the warehouse."""
DEFAULT_SCHEMA = "main."
ROW_ID = "_row_id"
"""Column of each temporary table: a number of its own for each row, by which models find it."""


class OpenTables:
    """What statements of one session see, and where what they make goes."""

    def __init__(
        self, connection: SparkConnection, storage: Storage, version: Version, token: str
    ) -> None:
        self.connection = connection
        self.storage = storage
        self.version = version
        # Temporary tables and views, which only this session sees.
        self.temporary = Version()
        # Relations of another version that is open beside this one.
        self.earlier = Version()
        self._token = token
        # Functions of the project, by their names in SQL.
        self.functions: dict[str, SentFunction] = {}
        self._answers = 0
        # The query that the server was sent last.
        self.sent = Sent()
        self._written = 0
        self._scratch: list[str] = []
        # View of the session -> the table that it was made of.
        self._bound: dict[str, Table | View] = {}

    def key(self, name: str) -> str | None:
        """Return the name under which a relation is known; None where there is none."""
        held = self.relations()
        for candidate in (name, DEFAULT_SCHEMA + name):
            if candidate in held:
                return candidate
        folded = {known.lower(): known for known in held}
        return folded.get(name.lower()) or folded.get((DEFAULT_SCHEMA + name).lower())

    def relations(self) -> dict[str, Table | View]:
        """Return all tables and views by name; a temporary one hides another of its name."""
        found: dict[str, Table | View] = {}
        for prefix, version in (
            ("earlier.", self.earlier),
            ("", self.version),
            ("", self.temporary),
        ):
            for held in (version.tables, version.views):
                found |= {prefix + name: item for name, item in held.items()}
        return found

    def table(self, name: str) -> Table:
        """Return a table; raises ExecutionError where there is no such, or it is a view."""
        found = self.relations().get(self.key(name) or "")
        if not isinstance(found, Table):
            raise ExecutionError(f"there is no table {name}")
        return found

    def columns(self, name: str) -> tuple[Column, ...]:
        """Return the columns of a table or view."""
        key = self.key(name)
        found = self.relations()[key] if key else None
        if isinstance(found, View):
            return columns_of(self.frame(found.sql))
        return self.table(name).columns

    def frame(self, sql: str) -> "DataFrame":
        """Return the rows of a query, its relations bound."""
        for function in self.functions.values():
            sql = self._called(sql, function)
        self.sent = Sent(sql, self.sql(sql))
        return self.connection.frame(self.sent.text)

    def _called(self, sql: str, function: "SentFunction") -> str:
        """Return a query that reads the answers of a function, which are made of rows."""
        from runner.engine.spark.sent_function import answered  # noqa: PLC0415 - of an extra

        view = f"answers_{self._answers}"
        call = step_call(sql, function.name, view)
        if call is None:
            return sql
        self._answers += 1
        answered(self.frame(call.rows), function).createOrReplaceTempView(view)
        return call.rest

    def rows(self, name: str) -> "DataFrame":
        """Return the rows of a table."""
        return self._rows(self.table(name))

    def sql(self, sql: str) -> str:
        """Return a query as Spark reads it; the relations in it are bound to views."""
        return spark_sql(written_out(sql, self._columns), self.find)

    def _columns(self, sql: str) -> list[str]:
        return list(self.connection.frame(spark_sql(sql, self.find)).columns)

    def find(self, name: str) -> str | None:
        """Return the view of the session for a relation; None where there is no such relation."""
        key = self.key(name)
        if key is None:
            return None
        found = self.relations()[key]
        view = view_name(key)
        # The server reads the tables that a view names as they are when it is made.
        if isinstance(found, View) or self._bound.get(view) != found:
            frame = self._rows(found) if isinstance(found, Table) else self.frame(found.sql)
            frame.createOrReplaceTempView(view)
            self._bound[view] = found
        return view

    def frame_of(self, rows: Sequence[Mapping[str, Any]]) -> "DataFrame":
        """Return plain values as rows of the server."""
        from pyarrow import Table as ArrowTable  # noqa: PLC0415 - comes with the client of Spark

        return self.connection.session.createDataFrame(ArrowTable.from_pylist(list(rows)))

    def given(self, view: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Let statements read plain values under the name of a view."""
        self.frame_of(rows).createOrReplaceTempView(view)

    def remove_scratch(self) -> None:
        """Remove the rows of temporary tables, which end with the session."""
        for folder in self._scratch:
            self.storage.remove_folder(folder)
        self._scratch.clear()

    def forget_bound(self) -> None:
        """Forget the views of a session that ended, and its temporary relations."""
        self._bound.clear()
        self.temporary = Version()

    def _rows(self, table: Table) -> "DataFrame":
        session = self.connection.session
        if not table.folders:
            listed = ", ".join(f"cast(null as {c.type}) as {quoted(c.name)}" for c in table.columns)
            return session.sql(f"select {listed} where false")
        schema = ", ".join(f"{quoted(column.name)} {column.type}" for column in table.columns)
        paths = [f"{self.storage.root}/{folder}" for folder in table.folders]
        return session.read.schema(schema).parquet(*paths)

    def put(self, name: str, frame: "DataFrame", *, is_temporary: bool = False) -> int:
        """Write rows, each computed once, as a table in place of one of the name; counts them."""
        frame = _numbered(_storable(frame)) if is_temporary else _storable(frame).drop(ROW_ID)
        made = Table(columns_of(frame))
        key = self._new_key(name, is_temporary)
        written, rows = self._write(frame, SCRATCH if is_temporary else key, made)
        known = self.relations().get(key)
        if isinstance(known, Table):
            comments = {column.name: column.comment for column in known.columns}
            columns = (replace(c, comment=comments.get(c.name, "")) for c in written.columns)
            written = replace(written, columns=tuple(columns), comment=known.comment)
        self.keep(name, written, is_temporary=is_temporary)
        return rows

    def take(self, name: str, path: Path) -> None:
        """Put a Parquet file of this machine where the cluster reads it, as a temporary table."""
        self._written += 1
        folder = f"{SCRATCH}/{self._token}-{self._written}"
        self._scratch.append(folder)
        self.storage.write(f"{folder}/lines.parquet", path.read_bytes())
        frame = self.connection.session.read.parquet(f"{self.storage.root}/{folder}")
        self.keep(name, Table(columns_of(frame), (folder,)), is_temporary=True)

    def add(self, name: str, frame: "DataFrame") -> int:
        """Write rows as another folder of a table, by the names of columns; counts them."""
        key, table = self.key(name), self.table(name)
        assert key is not None
        is_temporary = key in self.temporary.tables
        if is_temporary and any(column.name == ROW_ID for column in table.columns):
            frame = _numbered(frame, self._next_row_id(table))
        written, rows = self._write(_fitted(frame, table), SCRATCH if is_temporary else key, table)
        self.keep(key, written, is_temporary=is_temporary)
        return rows

    def _next_row_id(self, table: Table) -> int:
        from pyspark.sql import functions  # noqa: PLC0415

        ((last,),) = self._rows(table).agg(functions.max(ROW_ID)).collect()
        return 0 if last is None else int(last) + 1

    def rewrite(self, name: str, frame: "DataFrame") -> int:
        """Write the rows that a table has from now on, with the columns that it has."""
        key, table = self.key(name), self.table(name)
        assert key is not None
        empty = replace(table, folders=())
        is_temporary = key in self.temporary.tables
        written, rows = self._write(_fitted(frame, table), SCRATCH if is_temporary else key, empty)
        self.keep(key, written, is_temporary=is_temporary)
        return rows

    def keep(self, name: str, item: Table | View, *, is_temporary: bool = False) -> None:
        """Let a table or view be what a name stands for."""
        key = self._new_key(name, is_temporary)
        held = self.temporary if is_temporary else self.version
        with_item = (
            held.with_table(key, item) if isinstance(item, Table) else held.with_view(key, item)
        )
        if is_temporary:
            self.temporary = with_item
        else:
            self.version = with_item

    def drop(self, name: str) -> None:
        """Drop a table or view, where it is there."""
        key = self.key(name)
        if key is None:
            return
        if key in self.temporary.tables or key in self.temporary.views:
            self.temporary = self.temporary.without(key)
        else:
            self.version = self.version.without(key)

    def _new_key(self, name: str, is_temporary: bool) -> str:
        if is_temporary:
            return name
        known = self.key(name)
        if known is not None and known not in self.relations().keys() - self._stored():
            return known
        schema = name.partition(".")[0]
        return name if schema in ("main", "runner", "segments") else DEFAULT_SCHEMA + name

    def _stored(self) -> set[str]:
        return {*self.version.tables, *self.version.views}

    def _write(self, frame: "DataFrame", place: str, table: Table) -> tuple[Table, int]:
        """Write rows to a new folder; returns the table with it, and how many there are.

        Some servers write no file where there is no row.
        """
        self._written += 1
        folder = f"{quote(place, safe='')}/{self._token}-{self._written}"
        if place == SCRATCH:
            self._scratch.append(folder)
        frame.write.parquet(f"{self.storage.root}/{folder}")
        if not any(name.endswith(".parquet") for name in self.storage.files(folder)):
            return table, 0
        rows = self._rows(replace(table, folders=(folder,))).count()
        return (table.with_folder(folder) if rows else table), int(rows)


def view_name(relation: str) -> str:
    """Return the name of the view that stands for a relation: without dots, which Spark splits."""
    return f"{re.sub(r'[^a-z0-9]+', '_', relation.lower())}_{zlib.crc32(relation.encode()):08x}"


def columns_of(frame: Any) -> tuple[Column, ...]:
    """Return the columns of rows."""
    return tuple(
        Column(field.name, _stored_type(field.dataType.simpleString()))
        for field in frame.schema.fields
    )


def _stored_type(spark_type: str) -> str:
    return re.sub(r"\bvoid\b", "string", spark_type)


def _storable(frame: "DataFrame") -> "DataFrame":
    """Return rows without columns of no type, which files cannot hold."""
    from pyspark.sql import functions  # noqa: PLC0415

    if not any("void" in field.dataType.simpleString() for field in frame.schema.fields):
        return frame
    return frame.select(
        *(functions.col(quoted(c.name)).cast(c.type).alias(c.name) for c in columns_of(frame))
    )


def _numbered(frame: "DataFrame", first: int = 0) -> "DataFrame":
    from pyspark.sql import functions  # noqa: PLC0415

    return frame.withColumn(ROW_ID, functions.monotonically_increasing_id() + functions.lit(first))


def _fitted(frame: "DataFrame", table: Table) -> "DataFrame":
    """Return rows with the columns of a table, by name, and with its types."""
    from pyspark.sql import functions  # noqa: PLC0415

    given = {field.name.lower(): field.name for field in frame.schema.fields}
    unknown = given.keys() - {ROW_ID} - {column.name.lower() for column in table.columns}
    if unknown:
        raise ExecutionError(f"the table has no column {', '.join(sorted(unknown))}")
    return frame.select(
        *(
            (
                functions.col(quoted(given[c.name.lower()]))
                if c.name.lower() in given
                else functions.lit(None)
            )
            .cast(c.type)
            .alias(c.name)
            for c in table.columns
        )
    )
