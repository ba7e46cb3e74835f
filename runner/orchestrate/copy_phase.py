"""The copy of the warehouse that a build works on (B1, B5)."""

from collections.abc import Iterator
from contextlib import contextmanager

from runner.engine.snapshot import carry_snapshots
from runner.engine.store import PUBLISHED, Draft
from runner.engine.warehouse import Warehouse
from runner.erasure.suppression import load_suppressed
from runner.orchestrate.running_build import Build
from runner.warehouse.imported_profiles import carry_imported
from runner.warehouse.ledger import store_build
from runner.warehouse.tables import shape_tables
from runner.warehouse.undone_files import write_undone


@contextmanager
def warehouse_copy(build: Build) -> Iterator[Draft]:
    """Give a copy of the published warehouse, an empty one for a full refresh; remove it after."""
    copy = build.store.begin(None if build.options.full_refresh else PUBLISHED)
    try:
        yield copy
    finally:
        build.store.discard(copy)


@contextmanager
def open_copy(build: Build, copy: Draft) -> Iterator[Warehouse]:
    """Open the copy, with the tables that the project declares."""
    workspace = build.workspace
    with build.store.edit(copy) as warehouse:
        shape_tables(warehouse, workspace)
        load_suppressed(warehouse, workspace)
        if not build.options.full_refresh:
            write_undone(warehouse, build.ledger.undone)
        else:
            found = build.starting_point
            carry_imported(warehouse, build.store, found.relations)
            snapshots = [item.model for item in build.compiled.models.values() if item.is_snapshot]
            held = [model.relation for model in snapshots if model.relation in found.tables]
            carry_snapshots(warehouse, build.store, held)
        yield warehouse


def complete_copy(build: Build, warehouse: Warehouse) -> None:
    """Write into the copy which build made it, count its profiles, and let the engine settle."""
    store_build(warehouse, build.build_id)
    build.profiles = warehouse.count("main.profiles")
    warehouse.settle()
