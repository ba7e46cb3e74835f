"""A version of a warehouse, open in a session of Spark, with all verbs of a warehouse."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from runner.engine.project_function import ProjectFunction
from runner.engine.protocol import Row
from runner.engine.spark import catalog
from runner.engine.spark.call_failure import call_error
from runner.engine.spark.change import ENGINE
from runner.engine.spark.failure import execution_error, failure_message
from runner.engine.spark.line_reader import read_lines
from runner.engine.spark.local_files import copy_files
from runner.engine.spark.query_lock import check_query
from runner.engine.spark.session import is_gone, spark_errors
from runner.engine.spark.sql_text import relation_name
from runner.engine.spark.statement_runner import StatementRunner, rows_of
from runner.engine.spark.table_writer import write_csv, write_lines, write_parquet
from runner.engine.spark.tables import ROW_ID, OpenTables
from runner.engine.spark.tokens import tokens_of
from runner.engine.spark.version import Version
from runner.engine.statement import statement
from runner.engine.warehouse import Warehouse
from runner.errors import ExecutionError
from runner.model import Model
from runner.sql.quoting import Sql, quoted_name, unquoted_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

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
        self._statements = StatementRunner(tables)
        self._keep = keep
        self._functions: dict[str, ProjectFunction] = {}
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
    def transaction(
        self,
        table: str = "",  # noqa: ARG002
        fill: Callable[[], None] | None = None,
    ) -> Iterator[None]:
        """Keep all that is done inside; when it raises, the map before it (B2)."""
        before = self.tables.version, self.tables.temporary
        try:
            if fill is not None:
                fill()
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

    def add_function(self, function: ProjectFunction) -> None:
        """Make a Python function of the project known, which the cluster calls."""
        from runner.engine.spark.sent_function import sent_function  # noqa: PLC0415 - of an extra

        sent = sent_function(function)
        self._functions[sent.name] = function
        self.tables.functions[sent.name] = sent

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
            return self._statements.run(self.statement(name, **values))
        except spark_errors() as error:
            failed = ExecutionError(f"{name}: {failure_message(error)}")
            raise call_error(error, self._functions) or failed from error

    def put(self, model: Model, name: str, /, **values: Any) -> list[Row]:
        """Run a statement around a model; its errors point into the model."""
        return self._of_model(
            model,
            lambda: self._statements.run(
                self.statement(name, **{"select": Sql(model.sql), **values})
            ),
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
            failed = execution_error(error, model, self.tables.sent)
            raise call_error(error, self._functions) or failed from error
