"""Rows that found no profile are tried again in the build that makes their profile (P10)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from runner.definitions.import_goal import ImportGoal
from runner.definitions.import_products import ImportProducts
from runner.engine.warehouse import Warehouse
from runner.imports.batch import ImportBatch
from runner.imports.late_files import in_order, overtaken
from runner.imports.staged_copies import staged_copies
from runner.model import Model
from runner.orchestrate.running_build import Build
from runner.sql.quoting import Sql
from runner.stage.fetched_file import FetchedFile
from runner.warehouse.imported_file import ImportedFile
from runner.warehouse.ledger import Ledger, ledger_in
from runner.workspace.declared_goal import DeclaredGoal

Goal = DeclaredGoal[ImportGoal]
TEMPLATE = "import/identity/found_files.sql"


def retry_rows(
    build: Build,
    warehouse: Warehouse,
    build_id: str,
    goals: Iterable[Goal],
    run: Callable[[Goal, ImportBatch], None],
) -> None:
    """Import files again whose rows find the profiles that were created since, until none do.

    `run` imports a batch, as the build `build_id`. What it applies may name identifiers by which
    other rows find their profile.
    """
    finding = [node for node in goals if _finds(node.goal)]
    tried: dict[str, dict[str, int]] = {}
    is_done = False
    while not is_done:
        is_done = True
        for node in finding:
            found = _found_files(build, warehouse, node.name)
            if not found or tried.get(node.name) == found or build.is_stopped():
                continue
            tried[node.name] = found
            batch = _batch(build, warehouse, node, build_id, found)
            if batch is not None:
                run(node, batch)
                is_done = False


def with_found_rows(
    build: Build, warehouse: Warehouse, node: Goal, batch: ImportBatch
) -> ImportBatch:
    """Add to a batch the files of earlier imports with rows that find their profile now."""
    found = _found_files(build, warehouse, node.name) if _finds(node.goal) else {}
    if not found:
        return batch
    ledger, main = ledger_in(warehouse), node.goal.main
    coming = {file.path for file, _ in batch.files[main]}
    earlier = _earlier_files(build, ledger, node, found)
    earlier = [fetched for fetched in earlier if fetched.file.path not in coming]
    files = in_order(node.goal.files[main], [*batch.files[main], *earlier])
    return replace(
        batch,
        files={**batch.files, main: tuple(files)},
        retried=frozenset(fetched.file.path for fetched in earlier),
    )


def _finds(goal: ImportGoal) -> bool:
    """Tell whether a goal finds profiles, or groups, and creates none."""
    return not (goal.identify.create_profiles or isinstance(goal, ImportProducts))


def _found_files(build: Build, warehouse: Warehouse, goal: str) -> dict[str, int]:
    """Return the files of a goal with rows that find a profile now, and how many these are."""
    if not warehouse.exists("runner.pending_rows", goal=goal, outcome="unmatched"):
        return {}
    sql, locations = build.workspace.library.render(TEMPLATE, {"goal": goal})
    model = Model(f"{goal}.found_files", sql, Sql(""), "read", TEMPLATE, locations)
    return {str(path): int(rows) for path, rows in warehouse.read(model)}


def _batch(
    build: Build, warehouse: Warehouse, node: Goal, build_id: str, paths: Collection[str]
) -> ImportBatch | None:
    """Return the files again with the chained files of the last import.

    None where no copy of them is left.
    """
    ledger, main = ledger_in(warehouse), node.goal.main
    files = _earlier_files(build, ledger, node, paths)
    before = ledger.chained_files(node.name)
    chained = {
        name: tuple(_copies(build, node, before.get(name, [])))
        for name in node.goal.files
        if name != main
    }
    is_whole = all(len(copies) == len(before.get(name, [])) for name, copies in chained.items())
    if not (files and is_whole):
        return None
    again = frozenset(fetched.file.path for fetched in files)
    return ImportBatch(build_id, {main: tuple(files), **chained}, retried=again)


def _earlier_files(
    build: Build, ledger: Ledger, node: Goal, paths: Collection[str]
) -> list[FetchedFile]:
    """Return the copies of main files, and of those that come after them (P8), in their order."""
    source, imported = node.goal.files[node.goal.main], ledger.main_files(node.name)
    found = _copies(build, node, [imported[path] for path in paths if path in imported])
    later = _copies(build, node, overtaken(source, found, imported))
    return in_order(source, [*found, *later])


def _copies(build: Build, node: Goal, files: Iterable[ImportedFile]) -> list[FetchedFile]:
    warnings: list[str] = []
    copies = staged_copies(build.staging, files, warnings)
    for warning in warnings:
        if f"{node.name}: {warning}" not in build.warnings:
            build.warn(f"{node.name}: {warning}")
    return copies
