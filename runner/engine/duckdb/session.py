"""A connection to a warehouse file: opened, and given statements and models to run."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb
from duckdb.func import ARROW, SPECIAL

from runner.engine.duckdb.failure import execution_error, read_failure
from runner.engine.duckdb.instance import ENGINE, Settings, opened, opened_alone
from runner.engine.project_function import ProjectFunction
from runner.engine.protocol import Row
from runner.engine.statement import statement
from runner.errors import ExecutionError
from runner.model import Model
from runner.sql.quoting import Sql, quoted_name, unquoted_name

if TYPE_CHECKING:
    from runner.engine.duckdb.python_function import PythonFunction

COMPRESSED_FROM = 10_000
"""Rows of the largest table from which what is written is compressed."""
UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}

TELEPHONE_NUMBER = "telephone_number"
"""Function of SQL that models call; see the module of this name."""

SWITCHES = re.compile(r"(?:enable|disable)_(?:logging|profiling)", re.IGNORECASE)
"""Functions that change settings. DuckDB 1.5 calls them in a locked engine too, and is aborted by
the files that it may not write then."""

READS = re.compile(
    r"(?:\s|--[^\n]*\n)*(?:select|with|from|set|create\s+or\s+replace\s+temp)\b[^;]*\Z"
)
"""Statements of runner that change no table that stays, each alone."""

Register = Callable[[duckdb.DuckDBPyConnection], object]
"""Makes a function of SQL known to a connection."""


class DuckDBSession:
    """An open DuckDB file. Not for use by several threads at once."""

    def __init__(
        self, path: Path, settings: Settings, *, read_only: bool, is_lockable: bool
    ) -> None:
        self._path = path
        self._settings = settings
        self._is_read_only = read_only
        self._is_lockable = is_lockable
        self._open()
        # Functions of the project, by their names in SQL.
        self.functions: dict[str, PythonFunction] = {}
        # What makes each function that the engine knows, and the connection that made it.
        self._made: dict[str, tuple[Register, duckdb.DuckDBPyConnection]] = {}
        self._variables: dict[str, str | int | None] = {}
        self._is_locked = False
        # Functions known when the transaction began; none: it has not begun.
        self._known: frozenset[str] | None = None
        # What a transaction that is still to begin puts into which table first.
        self._waiting: tuple[str, Callable[[], None]] | None = None
        # Whether statements of a project, or settings, may have changed the engine for others.
        self._is_changed = False

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        is_lockable: bool = False,
        threads: int | None = None,
        memory_limit: str | None = None,
    ) -> Self:
        """Open a warehouse, for writing in a form that DuckDB 1.5 and 2.0 both read.

        To read it, `lock` may follow only where it `is_lockable`. Raises ExecutionError where the
        file is no warehouse or another process writes to it.
        """
        settings = Settings(threads, memory_limit)
        return cls(path, settings, read_only=read_only, is_lockable=is_lockable)

    def _open(self) -> None:
        try:
            self._instance, self.connection = (
                opened_alone(self._path, self._settings)
                if self._is_read_only and self._is_lockable
                else opened(self._path, self._settings, read_only=self._is_read_only)
            )
        except duckdb.Error as error:
            raise ExecutionError(
                f"cannot open the warehouse {self._path.name}: {read_failure(error).message}",
                hint="`runner build --full-refresh` rebuilds it from the staged files",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self._is_changed or self._is_lockable or self._is_locked or self._made:
            for name in list(self._made):
                self._remove_function(name)
            self._instance.end()
        else:
            self._instance.keep(self.connection)

    def recover(self) -> bool:
        """Open the file again where the engine gave up on it; return whether it had.

        After a fatal error it refuses every statement. What was committed is there; temporary
        tables are gone. Raises ExecutionError where the file cannot be opened.
        """
        try:
            self.connection.execute("select 1").fetchall()
        except duckdb.Error:
            for _, connection in self._made.values():
                connection.close()
            self._instance.end()
            self.functions.clear()
            self._made.clear()
            self._open()
            self._is_locked = self._is_changed = False
            for name, value in self._variables.items():
                self.perform("session.variable", name=name, value=value)
            return True
        return False

    def spill_to(self, folder: Path) -> None:
        """Put what does not fit into the memory into a folder, which is made when needed."""
        self.perform("session.spill_to", folder=folder)

    def lock(self, files: Sequence[Path] = ()) -> None:
        """Let statements read and write these files and the warehouse, and nothing else (B8).

        Nothing lifts this again but to open the warehouse anew.
        """
        assert self._is_lockable or not self._is_read_only
        self.perform("session.lock", files=[str(file) for file in files])
        self._is_locked = True

    def settle(self) -> None:
        """Write what was committed into the file itself, so that nothing is beside it.

        Closing does so too, but does not report a full disk. Raises ExecutionError.
        """
        ((most_rows,),) = self.perform("catalog.most_rows")
        self.perform("session.checkpoint", is_small=most_rows < COMPRESSED_FROM)

    @contextmanager
    def transaction(
        self, table: str = "", fill: Callable[[], None] | None = None
    ) -> Iterator[None]:
        """Keep all that is done inside, or, when it raises, none of it (B2).

        With `fill`, which puts rows into `table`, it begins with the first statement that changes
        a table, or names that one. DuckDB 1.5 scans with one thread, and takes for empty, what was
        made since a transaction began. Raises ExecutionError where it cannot be kept, such as on a
        full disk.
        """
        if fill is None:
            self._begin()
        else:
            self._waiting = table, fill
        try:
            yield
            if self._waiting is not None:
                self._begin()
        except BaseException:
            self._roll_back()
            raise
        self._known = None
        try:
            self.connection.commit()
        except duckdb.Error as error:
            raise ExecutionError(f"commit: {read_failure(error).message}") from error

    def _begin(self) -> None:
        """Begin a transaction, and do what waits for it."""
        waiting, self._waiting = self._waiting, None
        self._known = frozenset(self._made)
        self.connection.begin()
        if waiting is not None:
            _, fill = waiting
            fill()

    def _roll_back(self) -> None:
        known, self._known, self._waiting = self._known, None, None
        if known is not None:
            # After a full disk the engine may refuse this as well; the copy is thrown away then.
            with suppress(duckdb.Error):
                self.connection.rollback()
                self._restore_functions(self._made.keys() - known)

    def _executed(self, sql: str) -> duckdb.DuckDBPyConnection:
        """Run SQL, in a transaction where it is time to begin one; raises duckdb.Error."""
        if self._waiting is not None and (self._waiting[0] in sql or not READS.match(sql)):
            self._begin()
        return self.connection.execute(sql)

    @property
    def memory(self) -> float:
        """Return how many bytes the engine may take."""
        number, unit = str(self.perform("session.memory")[0][0]).split()
        return float(number) * UNITS[unit]

    def set_variable(self, name: str, value: str | int | None) -> None:
        """Give models a value that they read by `getvariable`."""
        self._variables[name] = value
        self.perform("session.variable", name=name, value=value)

    def statement(self, name: str, /, **values: Any) -> Sql:
        """Return a statement of runner as SQL, its values quoted: see the module `statement`."""
        return statement(ENGINE, name, **values)

    def perform(self, name: str, /, **values: Any) -> list[Row]:
        """Run a statement of runner itself and return its rows: see `statement`.

        Raises ExecutionError, which is then a defect of runner or of the warehouse file.
        """
        return self._performed(name, statement(ENGINE, name, **values))

    def _performed(self, name: str, sql: str) -> list[Row]:
        try:
            return self._executed(sql).fetchall()
        except duckdb.Error as error:
            raise ExecutionError(f"{name}: {read_failure(error).message}") from error

    def put(self, model: Model, name: str, /, **values: Any) -> list[Row]:
        """Run a statement around a model, or around a `select` that holds it.

        Its errors point into the model.
        """
        return self._rows(model, statement(ENGINE, name, **{"select": Sql(model.sql), **values}))

    def read(self, model: Model) -> list[Row]:
        """Run a model and return its rows."""
        return self._rows(model, model.sql)

    def run_hook(self, hook: Model) -> None:
        """Run a statement of the project that may change the engine itself."""
        self._is_changed = True
        self.read(hook)

    def select(self, model: Model, limit: int | None = None) -> tuple[list[str], list[Row]]:
        """Return the columns and the first rows of a model."""
        self._prepare(model, model.sql)
        try:
            result = self._executed(model.sql)
            columns = [str(column[0]) for column in result.description or ()]
            rows = result.fetchall() if limit is None else result.fetchmany(limit)
        except duckdb.Error as error:
            raise self._error(error, model, model.sql) from error
        return columns, rows

    def _rows(self, model: Model, sql: str) -> list[Row]:
        self._prepare(model, sql)
        try:
            return self._executed(sql).fetchall()
        except duckdb.Error as error:
            raise self._error(error, model, sql) from error

    def _prepare(self, model: Model, sql: str) -> None:
        """Refuse what a locked engine cannot bear, and make known what the SQL calls."""
        switch = SWITCHES.search(model.sql)
        self._is_changed = self._is_changed or switch is not None
        if switch is not None and self._is_locked:
            raise ExecutionError(
                f"found `{switch[0]}`: a query changes no settings",
                model.location_at(switch.start()),
            )
        self._add_telephone_numbers(sql)

    def _add_telephone_numbers(self, sql: str) -> None:
        """Make `telephone_number` known where SQL calls it: the library loads in 0.5 s.

        Raises ExecutionError where the library is not installed.
        """
        if TELEPHONE_NUMBER not in sql.lower() or TELEPHONE_NUMBER in self._made:
            return
        try:
            from runner.engine.telephone_number import telephone_number  # noqa: PLC0415

            self._make_function(
                TELEPHONE_NUMBER,
                lambda connection: connection.create_function(
                    TELEPHONE_NUMBER,
                    telephone_number,
                    ["varchar", "varchar"],
                    "varchar",
                    null_handling=SPECIAL,
                ),
            )
        except (ImportError, duckdb.InvalidInputException) as error:
            raise ExecutionError(
                f"{TELEPHONE_NUMBER} needs the libraries phonenumbers and numpy",
                hint="pip install --upgrade runner installs them",
            ) from error

    def _make_function(self, name: str, register: Register) -> None:
        register(self.connection)
        self._made[name] = register, self.connection

    def _restore_functions(self, names: Iterable[str]) -> None:
        """Make functions again that a rollback removed.

        The connection that made them refuses the name from then on: another one makes them.
        """
        for name in names:
            register, _ = self._made[name]
            connection = self.connection.cursor()
            register(connection)
            self._made[name] = register, connection

    def _remove_function(self, name: str) -> None:
        _, connection = self._made.pop(name)
        connection.remove_function(name)
        if connection is not self.connection:
            connection.close()

    def _error(self, error: duckdb.Error, model: Model, sql: str) -> ExecutionError:
        """Return what went wrong, in the words of the project's function where it was that."""
        for function in self.functions.values():
            if function.failure is not None:
                failure, function.failure = function.failure, None
                return failure
        return execution_error(error, model, sql)

    def add_function(self, function: ProjectFunction) -> None:
        """Make a Python function of the project known; raises ExecutionError without pyarrow."""
        try:
            from runner.engine.duckdb.python_function import PythonFunction  # noqa: PLC0415
        except ImportError as error:
            needed = "it needs pyarrow: pip install 'runner[python]'"
            raise function.failed(needed, None) from error
        plain = unquoted_name(function.name)
        if plain in self.functions:
            self._remove_function(plain)
        called = PythonFunction(function)
        fields = ", ".join(f"{quoted_name(made)} varchar" for made in function.makes)
        self._make_function(
            plain,
            lambda connection: connection.create_function(
                plain,
                called,
                ["varchar"] * len(function.given),
                f"struct({fields})",
                type=ARROW,
                null_handling=SPECIAL,
                side_effects=True,
            ),
        )
        self.functions[plain] = called
