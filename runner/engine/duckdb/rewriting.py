"""A warehouse file written anew, so that nothing of what was deleted is left in its blocks."""

from pathlib import Path

from runner.engine.duckdb.warehouse import Warehouse


def rewrite(path: Path, fresh: Path, memory_limit: str | None = None) -> None:
    """Copy the tables and views of a warehouse to a new file; what was deleted stays behind.

    Raises ExecutionError where one of them cannot be read or written.
    """
    with Warehouse.open(fresh, memory_limit=memory_limit) as warehouse:
        warehouse.copy_from(path)
