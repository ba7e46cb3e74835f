"""A version of a warehouse, open in a session of Spark, with all verbs of a warehouse."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from runner.engine.protocol import Row
from runner.engine.spark import catalog
from runner.engine.spark.change import ENGINE, changed_relation, deleted, updated
from runner.engine.spark.column_type import spark_type
from runner.engine.spark.failure import execution_error, failure_message
from runner.engine.spark.line_reader import read_lines
from runner.engine.spark.local_files import copy_files
from runner.engine.spark.query_lock import check_query
from runner.engine.spark.session import is_gone, spark_errors
from runner.engine.spark.sql_text import relation_name
from runner.engine.spark.statement_form import form_of, statements_of
from runner.engine.spark.table_writer import write_csv, write_lines, write_parquet
from runner.engine.spark.tables import ROW_ID, OpenTables, columns_of
from runner.engine.spark.tokens import split_at, text_of, tokens_of
from runner.engine.spark.version import Column, Table, Version, View
from runner.engine.statement import statement
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.model import Model
from runner.sql.quoting import Sql, quoted_name, unquoted_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

HASH_BYTES = 16
"""Length of a hash, which DuckDB has as a number."""
Made = TypeVar("Made")
VARIABLES = "session_variables"
"""View of the values that models read by name."""
MEMORY = float(2**50)
"""Bytes: what does not fit into the memory of a cluster goes to its disks."""


class SparkWarehouse(Warehouse):
    """A version of a warehouse, open in a session of Spark.

    `keep` is called with what it holds when that is to stay; None where it is only read.
    """

    def __init__(
        self,
        tables: OpenTables,
        keep: Callable[[Version], None] | None,
    ) -> None:
        self.tables = tables
        self._keep = keep
        self._is_locked = False
        self._variables: dict[str, str | None] = {}
        # How many times files of this machine were put there.
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Keep what was made, and end the session."""
        self.settle()
        self.tables.remove_scratch()
        self.tables.connection.close()

    def settle(self) -> None:
        """Let the draft hold what was made."""
        if self._keep is not None:
            self._keep(self.tables.version)

    def lock(self, files: Sequence[Path] = ()) -> None:  # noqa: ARG002 - queries read no files here
        """Let statements read the warehouse, and nothing else (B8)."""
        self._is_locked = True

    def recover(self) -> bool:
        """Begin a new session where the server has ended this one; temporary tables are gone."""
        try:
            self.tables.connection.frame("select 1").collect()
        except spark_errors() as error:
            if not is_gone(error):
                raise ExecutionError(f"recover: {failure_message(error)}") from error
            self.tables.connection.reopen()
            self.tables.forget_bound()
            if self._variables:
                self._give_variables()
            self._is_locked = False
            return True
        return False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is done inside; when it raises, the map before it (B2)."""
        before = self.tables.version, self.tables.temporary
        try:
            yield
        except BaseException:
            self.tables.version, self.tables.temporary = before
            raise

    @property
    def memory(self) -> float:
        """Return how many bytes the engine may take."""
        return MEMORY

    def read_lines(self, model: Model) -> None:
        """Read the lines of files here, by DuckDB, into a table that the cluster reads."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "lines.parquet"
            read_lines(model, path)
            self.tables.take(unquoted_name(model.relation), path)

    def write_rows(self, model: Model, path: Path, limit: int | None = None) -> int:
        """Write the first rows of a model to a CSV file with a header."""

        def written() -> int:
            frame = self.tables.frame(model.sql).drop(ROW_ID)
            return write_csv(frame if limit is None else frame.limit(limit), path)

        return self._of_model(model, written)

    def write_parquet(self, model: Model, path: Path, select: Sql | None = None) -> int:
        """Write the rows of a model, or of SQL around it, to Parquet."""
        sql = select or model.sql
        return self._of_model(
            model, lambda: write_parquet(self.tables.frame(sql).drop(ROW_ID), path)
        )

    def save_parquet(self, path: Path, name: str, /, **values: Any) -> int:
        """Write the rows of a query of runner to a Parquet file."""
        try:
            return write_parquet(self.tables.frame(self.statement(name, **values)), path)
        except spark_errors() as error:
            raise ExecutionError(f"{name}: {failure_message(error)}") from error

    def write_csv(self, model: Model, line: str, order: str, header: str | None, path: Path) -> int:
        """Write a file of text lines, which the cluster makes and sorts, as they come."""
        select = self.statement(
            "sorted_lines", select=Sql(model.sql), line=Sql(line), order=Sql(order)
        )
        return self._of_model(model, lambda: write_lines(self.tables.frame(select), header, path))

    def file_rows(self, *paths: Path) -> Sql:
        """Put Parquet files of this machine where the cluster reads them, as a temporary table."""
        name = f"file_rows_{self._files}"
        self._files += 1
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rows.parquet"
            copy_files(paths, path)
            self.tables.take(name, path)
        return quoted_name(name)

    def run_in_slices(self, model: Model, slices: int) -> None:  # noqa: ARG002
        """Run a model into its temporary table at once: a cluster has the memory."""
        self.create(model, is_temporary=True)

    def set_variable(self, name: str, value: str | int | None) -> None:
        """Give models a value, in a relation whose rows are no part of any SQL."""
        self._variables[name] = None if value is None else str(value)
        self._give_variables()

    def _give_variables(self) -> None:
        rows = [{"name": name, "value": value} for name, value in self._variables.items()]
        self.tables.given(VARIABLES, rows)

    def insert(self, relation: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows of plain values, which are no part of any SQL: a server shows and stores it."""
        if rows:
            self.tables.add(relation_name(tokens_of(relation)), self.tables.frame_of(rows))

    def add_function(
        self,
        name: str,  # noqa: ARG002
        call: Callable[[Any], Any],  # noqa: ARG002
        given: tuple[str, ...],  # noqa: ARG002
        makes: tuple[str, ...],  # noqa: ARG002
        failed: Callable[[str, BaseException | None], ExecutionError],
    ) -> None:
        """Refuse: Python steps do not run on a cluster yet."""
        raise failed("`python` steps do not run with `engine: spark` yet", None)

    def replace(
        self, relation: str, fresh: str, changed: str, key: str, left_out: tuple[str, ...] = ()
    ) -> None:
        """Put the rows of `fresh` into a table, instead of those with the same key."""
        given = self.tables.columns(relation_name(tokens_of(fresh)))
        columns = [column.name for column in given if column.name not in left_out]
        relations = {"relation": Sql(relation), "fresh": Sql(fresh), "changed": Sql(changed)}
        self.perform("replace", **relations, key=key, columns=columns)

    def statement(self, name: str, /, **values: Any) -> Sql:
        """Return a statement of runner as SQL, its values quoted."""
        return statement(ENGINE, name, **values)

    def perform(self, name: str, /, **values: Any) -> list[Row]:
        """Run a statement of runner and return its rows; raises ExecutionError."""
        try:
            if name in catalog.ANSWERS:
                return catalog.ANSWERS[name](self.tables, **values)
            return self._performed(self.statement(name, **values))
        except spark_errors() as error:
            raise ExecutionError(f"{name}: {failure_message(error)}") from error

    def put(self, model: Model, name: str, /, **values: Any) -> list[Row]:
        """Run a statement around a model; its errors point into the model."""
        return self._of_model(
            model,
            lambda: self._performed(self.statement(name, **{"select": Sql(model.sql), **values})),
        )

    def read(self, model: Model) -> list[Row]:
        """Run a model and return its rows."""
        return self.select(model)[1]

    def select(self, model: Model, limit: int | None = None) -> tuple[list[str], list[Row]]:
        """Return the columns and the first rows of a model."""

        def selected() -> tuple[list[str], list[Row]]:
            frame = self.tables.frame(model.sql).drop(ROW_ID)
            return list(frame.columns), rows_of(frame if limit is None else frame.limit(limit))

        return self._of_model(model, selected)

    def frame(self, sql: str) -> "DataFrame":
        """Return the rows of a query, which are made when they are asked for."""
        return self.tables.frame(sql)

    def _of_model(self, model: Model, run: Callable[[], Made]) -> Made:
        if self._is_locked:
            check_query(model)
        try:
            return run()
        except spark_errors() as error:
            raise execution_error(error, model, self.tables.sent) from error

    def _performed(self, sql: str) -> list[Row]:
        rows: list[Row] = []
        for text in statements_of(sql):
            form, parts = form_of(text)
            run: Callable[..., list[Row]] = getattr(self, f"_{form}")
            rows = run(text) if form == "query" else run(**parts)
        return rows

    def _query(self, sql: str) -> list[Row]:
        return rows_of(self.tables.frame(sql))

    def _described(self, select: str) -> list[Row]:
        found = columns_of(self.tables.frame(select).drop(ROW_ID))
        return [(column.name, column.type) for column in found]

    def _schema(self) -> list[Row]:
        """A map needs no schemas."""
        return []

    def _created(
        self, temporary: str, kind: str, unless: str, relation: str, select: str, columns: str
    ) -> list[Row]:
        name, is_temporary = relation_name(tokens_of(relation)), bool(temporary)
        if unless and self.tables.key(name):
            return []
        if columns:
            declared = tuple(map(_column, split_at(tokens_of(columns), ",")))
            self.tables.keep(name, Table(declared), is_temporary=is_temporary)
            return []
        if kind.lower() == "table":
            return [(self.tables.put(name, self.tables.frame(select), is_temporary=is_temporary),)]
        self.tables.frame(select).schema  # noqa: B018 - an error in it is one of this statement
        self.tables.keep(name, View(select.strip()), is_temporary=is_temporary)
        return []

    def _inserted(self, relation: str, by_name: str, columns: str, select: str) -> list[Row]:
        name = relation_name(tokens_of(relation))
        if columns:
            values = {"select": Sql(select), "columns": Sql(columns)}
            select = self.statement("change.named_rows", **values)
        frame = self.tables.frame(select)
        if not (by_name or columns):
            held = [column.name for column in self.tables.columns(name)]
            frame = frame.toDF(*held[: len(frame.columns)])
        return [(self.tables.add(name, frame),)]

    def _deleted(self, rest: str) -> list[Row]:
        relation, select = deleted(tokens_of(rest))
        return self._rewritten(relation, select)

    def _updated(self, rest: str) -> list[Row]:
        relation = changed_relation(tokens_of(rest))
        columns = self.tables.columns(relation_name(tokens_of(relation)))
        relation, select = updated(tokens_of(rest), [column.name for column in columns])
        return self._rewritten(relation, select)

    def _rewritten(self, relation: str, select: str) -> list[Row]:
        name = relation_name(tokens_of(relation))
        if self.tables.table(name).folders:
            self.tables.rewrite(name, self.tables.frame(select))
        return []

    def _emptied(self, relation: str) -> list[Row]:
        name = relation_name(tokens_of(relation))
        self._change(name, replace(self.tables.table(name), folders=()))
        return []

    def _dropped(self, kind: str, relation: str) -> list[Row]:  # noqa: ARG002
        self.tables.drop(relation_name(tokens_of(relation)))
        return []

    def _column_added(self, relation: str, unless: str, column: str, type: str) -> list[Row]:
        name, added = relation_name(tokens_of(relation)), unquoted_name(column)
        table = self.tables.table(name)
        known = {item.name.lower() for item in table.columns}
        if not (unless and added.lower() in known):
            self._change(name, table.with_column(Column(added, spark_type(type))))
        return []

    def _column_dropped(self, relation: str, column: str) -> list[Row]:
        name, gone = relation_name(tokens_of(relation)), unquoted_name(column).lower()
        table = self.tables.table(name)
        left = tuple(item for item in table.columns if item.name.lower() != gone)
        self._change(name, replace(table, columns=left))
        return []

    def _column_changed(self, relation: str, column: str, type: str, value: str) -> list[Row]:
        name, changed = relation_name(tokens_of(relation)), unquoted_name(column).lower()
        fresh = spark_type(type)
        table = self.tables.table(name)
        held = next(item for item in table.columns if item.name.lower() == changed)
        if held.type == fresh:
            return []
        written = held.name
        cast = {"column": written, "type": Sql(fresh)}
        select = self.statement(
            "change.retyped_rows",
            relation=Sql(relation),
            columns=[item.name for item in table.columns],
            changed=written,
            value=Sql(value) if value else self.statement("change.cast_column", **cast),
        )
        frame = self.tables.frame(select)
        columns = tuple(
            replace(item, type=fresh) if item.name.lower() == changed else item
            for item in table.columns
        )
        self._change(name, Table(columns, (), table.comment))
        self.tables.rewrite(name, frame)
        return []

    def _commented(self, kind: str, relation: str, comment: str) -> list[Row]:
        note = "" if comment == "null" else unquoted_text(comment)
        if kind.lower() != "column":
            name = relation_name(tokens_of(relation))
            key = self.tables.key(name) or name
            self._change(key, replace(self.tables.relations()[key], comment=note))
            return []
        *path, column = (token.plain for token in tokens_of(relation) if token.kind == "name")
        name = ".".join(path)
        found = self.tables.relations()[self.tables.key(name) or name]
        if isinstance(found, Table):
            columns = tuple(
                replace(item, comment=note) if item.name == column else item
                for item in found.columns
            )
            self._change(name, replace(found, columns=columns))
        return []

    def _change(self, name: str, item: Table | View) -> None:
        key = self.tables.key(name) or name
        is_temporary = key in self.tables.temporary.tables or key in self.tables.temporary.views
        self.tables.keep(key, item, is_temporary=is_temporary)


def unquoted_text(literal: str) -> str:
    """Return the text of a literal of the standard."""
    return literal.strip()[1:-1].replace("''", "'")


def rows_of(frame: "DataFrame") -> list[Row]:
    """Return rows as tuples of plain values."""
    return [tuple(map(_plain, row)) for row in frame.collect()]


def _plain(value: Any) -> Any:
    """Return a value with records as dicts and hashes as numbers, as DuckDB does."""
    if hasattr(value, "asDict"):
        return {name: _plain(item) for name, item in value.asDict().items()}
    if isinstance(value, bytearray | bytes) and len(value) == HASH_BYTES:
        return int.from_bytes(value, "big")
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _column(part: list[Any]) -> Column:
    text = text_of(part)
    name = next(token for token in part if token.kind == "name")
    return Column(name.plain, spark_type(text[len(name.text) :]))
