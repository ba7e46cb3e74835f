"""A warehouse file: opened, shaped, and written to by models."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb
from duckdb.func import ARROW, SPECIAL

from runner.engine.duckdb.failure import execution_error, read_failure
from runner.engine.duckdb.statement import statement
from runner.errors import ExecutionError
from runner.model import Model
from runner.sql.quoting import quoted_name, quoted_text, unquoted_name

if TYPE_CHECKING:
    from runner.engine.duckdb.python_function import PythonFunction

STORAGE = "v1.0.0"
FORMAT = 2
"""Form of the tables of the schema `runner`; a higher one is not understood."""
MIGRATIONS = {2: "to_format_2"}
"""Format -> statement that renames what the format before it called otherwise."""
REWRITE_FROM = 0.3
"""Share of a table from which rewriting it is faster than changing rows in place."""

UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}

Row = tuple[Any, ...]
PresentColumns = Mapping[str, Mapping[str, tuple[str, str]]]
"""Table -> column -> its type, and its comment as a SQL text."""


class Warehouse:
    """One DuckDB file. Not for use by several threads at once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        # Functions of the project, by their names in SQL.
        self.functions: dict[str, PythonFunction] = {}

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        threads: int | None = None,
        memory_limit: str | None = None,
    ) -> Self:
        """Open a warehouse, for writing in a form that DuckDB 1.5 and 2.0 both read.

        Raises ExecutionError where the file is no warehouse or another process writes to it.
        """
        config: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        if not read_only:
            config["storage_compatibility_version"] = STORAGE
        try:
            connection = duckdb.connect(str(path), read_only=read_only, config=config)
        except duckdb.Error as error:
            raise ExecutionError(
                f"cannot open the warehouse {path.name}: {read_failure(error).message}",
                hint="`runner build --full-refresh` makes it anew from the staged files",
            ) from error
        warehouse = cls(connection)
        connection.execute("set errors_as_json = true")
        connection.execute("set timezone = 'UTC'")
        if threads is not None:
            warehouse.perform("threads", threads=str(threads))
        if memory_limit is not None:
            warehouse.perform("memory_limit", memory_limit=quoted_text(memory_limit))
        return warehouse

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        for name in self.functions:
            self.connection.remove_function(name)
        self.connection.close()

    def settle(self) -> None:
        """Write what was committed into the file itself, so that nothing is beside it.

        Closing does so too, but tells nobody when the disk is full. Raises ExecutionError.
        """
        self.perform("checkpoint")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is done inside, or, when it raises, none of it (B2).

        Raises ExecutionError where it cannot be kept, such as on a full disk.
        """
        self.connection.begin()
        try:
            yield
        except BaseException:
            # After a full disk the engine may refuse this as well; the copy is thrown away then.
            with suppress(duckdb.Error):
                self.connection.rollback()
            raise
        try:
            self.connection.commit()
        except duckdb.Error as error:
            raise ExecutionError(f"commit: {read_failure(error).message}") from error

    def perform(self, name: str, **parts: str) -> list[Row]:
        """Run a statement of runner itself and return its rows.

        Raises ExecutionError, which is then a defect of runner or of the warehouse file.
        """
        sql = statement(name, **parts)
        try:
            return self.connection.execute(sql).fetchall()
        except duckdb.Error as error:
            raise ExecutionError(f"{name}: {read_failure(error).message}") from error

    def run(self, model: Model) -> int:
        """Run a model and put its rows where it says; returns how many were added.

        Raises ExecutionError at the line of the definition that is wrong.
        """
        names = {"view": "temporary_view", "temporary": "temporary", "append": "append"}
        rows = self.put(model, names[model.materialization], relation=model.relation)
        return int(rows[0][0]) if rows else 0

    def run_in_slices(self, model: Model, slices: int) -> None:
        """Run a model into its temporary table, a share of its keys at a time.

        What it aggregates then needs that share of the memory.
        """
        for number in range(slices):
            self.perform("slice", slices=str(slices), slice=str(number))
            self.put(model, "append" if number else "temporary", relation=model.relation)
        self.perform("slice", slices="null", slice="null")

    @property
    def memory(self) -> float:
        """Return how many bytes the engine may take."""
        number, unit = str(self.perform("memory")[0][0]).split()
        return float(number) * UNITS[unit]

    def read(self, model: Model) -> list[Row]:
        """Run a model and return its rows."""
        return self.rows(model, model.sql)

    def add_function(
        self,
        name: str,
        call: Callable[[Any], Any],
        given: tuple[str, ...],
        makes: tuple[str, ...],
        failed: Callable[[str, BaseException | None], ExecutionError],
    ) -> None:
        """Make a Python function known under a quoted name: see PythonFunction.

        Raises ExecutionError, made by `failed`, where pyarrow is not installed.
        """
        try:
            from runner.engine.duckdb.python_function import PythonFunction  # noqa: PLC0415
        except ImportError as error:
            raise failed("it needs pyarrow: pip install 'runner[python]'", None) from error
        plain = unquoted_name(name)
        if plain in self.functions:
            self.connection.remove_function(plain)
        function = PythonFunction(call, given, makes, failed)
        fields = ", ".join(f"{quoted_name(made)} varchar" for made in makes)
        self.connection.create_function(
            plain,
            function,
            ["varchar"] * len(given),
            f"struct({fields})",
            type=ARROW,
            null_handling=SPECIAL,
            side_effects=True,
        )
        self.functions[plain] = function

    def _error(self, error: duckdb.Error, model: Model, sql: str) -> ExecutionError:
        """Return what went wrong, in the words of the project's function where it was that."""
        for function in self.functions.values():
            if function.failure is not None:
                failure, function.failure = function.failure, None
                return failure
        return execution_error(error, model, sql)

    def put(self, model: Model, name: str, **parts: str) -> list[Row]:
        """Run a statement around a model; its errors point into the model."""
        return self.rows(model, statement(name, select=model.sql, **parts))

    def rows(self, model: Model, sql: str) -> list[Row]:
        """Run SQL that holds a model; its errors point into the model."""
        try:
            return self.connection.execute(sql).fetchall()
        except duckdb.Error as error:
            raise self._error(error, model, sql) from error

    def count(self, relation: str) -> int:
        """Return the number of rows of a relation."""
        return int(self.perform("count", relation=relation)[0][0])

    def write_csv(self, model: Model, line: str, order: str, header: str | None, path: Path) -> int:
        """Write a file of text lines, UTF-8; returns their number, the header not counted.

        `line` and `order` are SQL over a row of the model. Sorting lines takes a fifth of what
        sorting rows of many columns does.
        """
        parts = {
            "line": line,
            "order": order,
            "header": quoted_name(header or "line"),
            "has_header": "false" if header is None else "true",
            "path": quoted_text(str(path)),
        }
        return int(self.put(model, "copy_csv", **parts)[0][0])

    def write_parquet(self, model: Model, path: Path) -> None:
        """Write the rows of a model to a Parquet file."""
        self.put(model, "copy_parquet", path=quoted_text(str(path)))

    def first_containing(self, model: Model, key: str, column: str, value: str) -> Any | None:
        """Return the least key of a model's rows whose text in `column` contains a value.

        All three are SQL; the answer is None where no row does.
        """
        parts = {"key": key, "column": column, "value": value}
        return self.put(model, "first_containing", **parts)[0][0]

    def upsert(self, relation: str, changed: str, key: str) -> None:
        """Replace the rows of a table that `changed` has anew, and add the others.

        A small share is changed in place; a large one by writing the table again. An insert of no
        rows is left out: DuckDB 1.5 then shows nothing of a large one that follows in the same
        transaction, until the file is opened again.
        """
        count = self.count(changed)
        if not count:
            return
        name = "upsert_large" if self._is_rewritten(relation, count) else "upsert_small"
        self.perform(name, relation=relation, changed=changed, key=key)

    def replace(
        self, relation: str, fresh: str, changed: str, key: str, left_out: tuple[str, ...] = ()
    ) -> None:
        """Put the rows of `fresh` into a table, in the place of those with the same key.

        Only keys that are in `changed` count; columns of `fresh` that are no columns of the
        table are named in `left_out`, quoted.
        """
        is_rewritten = self._is_rewritten(relation, self.count(changed))
        name = "replace_large" if is_rewritten else "replace_small"
        exclude = f"exclude ({', '.join(left_out)})" if left_out else ""
        self.perform(
            name, relation=relation, fresh=fresh, changed=changed, key=key, left_out=exclude
        )

    def _is_rewritten(self, relation: str, changed: int) -> bool:
        """Tell whether so many changed rows make it faster to write a table again."""
        held = self.count(relation)
        return held > 0 and changed / held >= REWRITE_FROM

    def present_columns(self) -> PresentColumns:
        """Return the columns of all tables, as `shape` takes them."""
        present: dict[str, dict[str, tuple[str, str]]] = {}
        for table, name, data_type, comment in self.perform("table_columns"):
            present.setdefault(table, {})[str(name)] = (str(data_type), quoted_text(str(comment)))
        return present

    def shape(
        self,
        relation: str,
        columns: Mapping[str, tuple[str, str]],
        all_present: PresentColumns | None = None,
    ) -> None:
        """Give a table the columns that are declared.

        `columns` holds name -> (SQL type, comment as SQL text). A column whose type changed
        keeps the values that can be read as the new type. Who shapes many tables reads what is
        there once: `all_present`.
        """
        all_present = self.present_columns() if all_present is None else all_present
        present = all_present.get(relation.replace('"', ""), {})
        for name, (sql_type, comment) in columns.items():
            parts = {"relation": relation, "column": quoted_name(name), "type": sql_type}
            known_type, known_comment = present.get(name, ("", ""))
            if known_comment != comment:
                self.perform("add_column", **parts, comment=comment)
            if known_type and _plain(known_type) != _plain(sql_type):
                self.perform("change_column", **parts)

    def copy_from(self, path: Path) -> None:
        """Copy all tables and views of another warehouse into this empty one."""
        name = str(self.perform("current_database")[0][0])
        self.perform("copy_database", path=quoted_text(str(path)), database=quoted_name(name))

    def select(self, model: Model, limit: int | None = None) -> tuple[list[str], list[Row]]:
        """Return the columns and the first rows of a model."""
        try:
            result = self.connection.execute(model.sql)
            columns = [str(column[0]) for column in result.description or ()]
            rows = result.fetchall() if limit is None else result.fetchmany(limit)
        except duckdb.Error as error:
            raise self._error(error, model, model.sql) from error
        return columns, rows

    def count_rows(self, model: Model) -> int:
        """Return how many rows a model gives."""
        return int(self.put(model, "count_rows")[0][0])

    def columns(self, model: Model) -> list[str]:
        """Return the names of the columns that a model gives."""
        return [str(row[0]) for row in self.put(model, "describe")]

    def relations(self) -> dict[str, str]:
        """Return the tables and views: `schema."name"` -> `BASE TABLE` or `VIEW`."""
        return dict(self.perform("relations"))

    def check_format(self) -> int:
        """Return the format of the tables; 0 where none is stored.

        Raises ExecutionError where a newer runner made the warehouse.
        """
        if not self.perform("has_format")[0][0]:
            return 0
        version = int(self.perform("format")[0][0])
        if version > FORMAT:
            raise ExecutionError(
                "a newer runner made the warehouse: its tables have"
                f" format {version}, and this one knows {FORMAT}: update runner"
            )
        return version

    def migrate(self) -> None:
        """Rename what an older runner called otherwise; raises as `check_format` does."""
        version = self.check_format()
        if not version and 'runner."rows"' not in self.relations():
            return
        for number in range(version + 1, FORMAT + 1):
            if number in MIGRATIONS:
                self.perform(MIGRATIONS[number])

    def prepare(self, columns: Mapping[str, tuple[str, str]]) -> None:
        """Make the tables, and give `profiles` a column for each property: see `shape`.

        Those of an older runner get what they lack; those that the same statements made are
        left as they are. Raises ExecutionError where a newer one made them.
        """
        self.migrate()
        made_by = _digest(statement("warehouse", format=str(FORMAT), made_by=""))
        if not self.perform("is_made_by", made_by=quoted_text(made_by))[0][0]:
            self.perform("warehouse", format=str(FORMAT), made_by=made_by)
        self.shape("main.profiles", columns)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _plain(sql_type: str) -> str:
    return sql_type.replace(" ", "").lower()
