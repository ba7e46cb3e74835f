"""The copy of the warehouse that a build works on (B1, B5)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.engine.duckdb.warehouse import Warehouse
from runner.erasure.suppression import load_suppressed
from runner.orchestrate.running_build import Build
from runner.warehouse.imported_profiles import carry_imported
from runner.warehouse.ledger import store_build
from runner.warehouse.publication import discard, start_copy
from runner.warehouse.tables import shape_tables
from runner.warehouse.undone_files import write_undone


@contextmanager
def warehouse_copy(build: Build) -> Iterator[Path]:
    """Give a copy of the published warehouse, an empty one for a full refresh; remove it after."""
    published = build.workspace.warehouse
    copy = start_copy(published, None if build.options.full_refresh else published)
    try:
        yield copy
    finally:
        discard(copy)


@contextmanager
def open_copy(build: Build, copy: Path) -> Iterator[Warehouse]:
    """Open the copy, with the tables that the project declares."""
    workspace = build.workspace
    with build.open_warehouse(copy) as warehouse:
        shape_tables(warehouse, workspace)
        load_suppressed(warehouse, workspace)
        if not build.options.full_refresh:
            write_undone(warehouse, build.ledger.undone)
        else:
            carry_imported(warehouse, workspace.warehouse, build.starting_point.relations)
        yield warehouse


def complete_copy(build: Build, warehouse: Warehouse) -> None:
    """Write into the copy which build made it, count its profiles, and let the engine settle."""
    store_build(warehouse, build.build_id)
    build.profiles = warehouse.count("main.profiles")
    warehouse.settle()
