"""The engine that a target names."""

from pathlib import Path

from runner.engine.duckdb.store import DuckDBStore
from runner.engine.store import Store

WAREHOUSE_SUFFIXES = (".duckdb",)
"""How the names of files end that hold warehouses."""


def warehouse_store(
    warehouse: Path,
    kept: Path,
    threads: int | None = None,
    memory_limit: str | None = None,
) -> Store:
    """Return the store of a warehouse, with its earlier versions in the folder `kept`."""
    return DuckDBStore(warehouse, kept, threads, memory_limit)
