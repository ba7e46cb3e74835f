"""The store of a warehouse, of the engine that a target names.

What an engine needs is loaded when a command asks for its store.
"""

from dataclasses import dataclass, field
from pathlib import Path

from runner.engine.store import POINTER, Store

WAREHOUSE_SUFFIXES = (".duckdb",)
"""How the names of files end that hold warehouses."""


CARRIED_FROM, CARRIED_TO = "duckdb", "spark"
"""The engine that a warehouse is migrated from, and the one to which."""


def warehouse_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders below one that are warehouses."""
    return tuple(path.parent for path in folder.rglob(POINTER))


@dataclass(frozen=True)
class EngineSettings:
    """What a target says of its engine, filled in."""

    engine: str
    # Of DuckDB; None: what it finds on the machine.
    threads: int | None = None
    memory_limit: str | None = None
    # Of Spark: where Spark Connect listens, and its token.
    remote: str = ""
    token: str = field(default="", repr=False)


def engine_store(settings: EngineSettings, warehouse: str, kept: Path) -> Store:
    """Return the store of a warehouse of an engine; `kept` as `warehouse_store` takes it.

    Raises UsageError where the engine cannot have a warehouse there.
    """
    if settings.engine == "spark":
        return cluster_store(warehouse, settings.remote, settings.token)
    return warehouse_store(Path(warehouse), kept, settings.threads, settings.memory_limit)


def warehouse_store(
    warehouse: Path,
    kept: Path,
    threads: int | None = None,
    memory_limit: str | None = None,
) -> Store:
    """Return the store of a warehouse, with its earlier versions in the folder `kept`."""
    from runner.engine.duckdb.store import DuckDBStore  # noqa: PLC0415

    return DuckDBStore(warehouse, kept, threads, memory_limit)


def cluster_store(warehouse: str, remote: str, token: str) -> Store:
    """Return the store of a warehouse of Spark at a path or URL; `remote` is Spark Connect's.

    Raises UsageError where a warehouse cannot be there.
    """
    from runner.engine.spark.cluster_store import ClusterStore  # noqa: PLC0415
    from runner.engine.spark.store import copy_at, storage_at  # noqa: PLC0415

    root, copy = copy_at(warehouse)
    return ClusterStore(storage_at(root), remote, token, copy=copy)
