"""An open DuckDB file, with all verbs of a warehouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.engine.duckdb.session import DuckDBSession
from runner.engine.protocol import Row
from runner.engine.warehouse import Warehouse
from runner.model import Model


class DuckDBWarehouse(DuckDBSession, Warehouse):
    """An open DuckDB file."""

    def run_wide(self, model: Model) -> int:
        """Run a model of many columns that share no expressions.

        To look for such expressions takes the engine time that grows with the square of them.
        """
        with self._wide():
            return self.run(model)

    def select_wide(self, model: Model) -> tuple[list[str], list[Row]]:
        """Return the columns and the rows of a model such as `run_wide` runs."""
        with self._wide():
            return self.select(model)

    @contextmanager
    def _wide(self) -> Iterator[None]:
        self.perform("session.disable_optimizers", names="common_subexpressions")
        try:
            yield
        finally:
            self.perform("session.disable_optimizers", names="")

    def copy_from(self, path: Path) -> None:
        """Copy all tables and views of another file into this empty one."""
        name = self.value("session.current_database")
        self.perform("session.copy_database", path=path, database=name)
