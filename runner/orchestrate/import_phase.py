"""The import goals of a build, one after the other; each fails alone (B2)."""

from dataclasses import replace

from runner.definitions.import_goal import ImportGoal
from runner.engine.warehouse import Warehouse
from runner.errors import RunnerError
from runner.events import Event
from runner.imports.batch import ImportBatch
from runner.imports.file_choice import FileChoice
from runner.imports.goal_import import import_goal
from runner.imports.import_result import unchanged_goal
from runner.imports.import_task import ImportTask
from runner.imports.renamed_files import store_renames
from runner.imports.usable_files import NothingUsable, left_summary
from runner.orchestrate.retried_rows import retry_rows, with_found_rows
from runner.orchestrate.running_build import Build
from runner.result import NodeResult, failed, with_warnings
from runner.state.goal_definition import goal_definition
from runner.state.node_state import import_state
from runner.warehouse.change_limit import ChangeLimit, change_limit_of
from runner.warehouse.imported_profiles import prune_imported
from runner.warehouse.tables import link_groups
from runner.workspace.declared_goal import DeclaredGoal


def import_goals(build: Build, warehouse: Warehouse) -> None:
    """Import the new files of the selected goals; then link profiles to their groups.

    An undo imports nothing new: what was replayed is the result.
    """
    if build.options.undo:
        for result in build.replayed.values():
            build.record(result)
    else:
        _import_new_files(build, warehouse)
        _retry_rows(build, warehouse)
    if build.options.full_refresh or any(a.is_redefined for a in build.choices.values()):
        prune_imported(warehouse)
    link_groups(warehouse, build.workspace)


def import_task(
    build: Build, node: DeclaredGoal[ImportGoal], batch: ImportBatch, is_redefined: bool
) -> ImportTask:
    """Return what is to be imported: a goal as it is defined now, and files."""
    definition = goal_definition(build.workspace, node.goal)
    return ImportTask(node.connection.connection, node.goal, batch, definition, is_redefined)


def try_import(
    build: Build, warehouse: Warehouse, task: ImportTask, replayed: NodeResult | None = None
) -> NodeResult:
    """Import a goal; `import_goal` rolls it back, and here its error becomes a result.

    What was `replayed` of it stays where none of its new files can be used (F10).
    """
    try:
        result = import_goal(warehouse, build.workspace, task)
    except NothingUsable as error:
        if replayed is None:
            return failed(task.name, task.goal.kind, error)
        kept = with_warnings(replayed, (str(error),))
        return replace(kept, exit_code=error.exit_code, left=error.files)
    except RunnerError as error:
        warehouse.recover()
        result = failed(task.name, task.goal.kind, error)
    return replayed.plus(result) if replayed else result


def _import_new_files(build: Build, warehouse: Warehouse) -> None:
    goals = [node for node in build.goals(ImportGoal) if node.name in build.choices]
    if goals:
        build.listener(Event("phase", "import", "applying rows to profiles"))
    for node in goals:
        if build.is_stopped():
            return
        choice = build.choices[node.name]
        store_renames(warehouse, choice.renamed)
        replayed = build.replayed.get(node.name)
        if choice.batch is None:
            known = len(build.ledger.main_files(node.name))
            unchanged = unchanged_goal(node.name, node.goal, choice, known)
            build.record(with_warnings(replayed, choice.warnings) if replayed else unchanged)
            continue
        build.report_start(node.name, node.goal.kind, _why(build, node, choice))
        batch = choice.batch
        if not choice.is_redefined:
            batch = with_found_rows(build, warehouse, node, batch)
        task = import_task(build, node, batch, choice.is_redefined)
        task = replace(task, limit=_change_limit(build, node), may_leave=_may_leave(build, task))
        build.record(_with_missing(try_import(build, warehouse, task, replayed), choice))


def _retry_rows(build: Build, warehouse: Warehouse) -> None:
    """Import files again with rows that find the profiles that this build created."""

    def run(node: DeclaredGoal[ImportGoal], batch: ImportBatch) -> None:
        build.report_start(node.name, node.goal.kind, "again: profiles of its rows were created")
        task = import_task(build, node, batch, False)
        task = replace(task, limit=_change_limit(build, node))
        build.record(try_import(build, warehouse, task, build.results.get(node.name)))

    goals = [
        node
        for node in build.goals(ImportGoal)
        if node.name not in build.results or not build.results[node.name].is_failure
    ]
    retry_rows(build, warehouse, build.build_id, goals, run)


def _with_missing(result: NodeResult, choice: FileChoice) -> NodeResult:
    """Add the warnings of a choice; a missing file ends the build with the code of its error.

    What came is applied all the same.
    """
    codes = [result.exit_code, *(error.exit_code for _, error in choice.missing)]
    codes.append(int(bool(choice.overdue)))
    paths = [file.path for file, _ in choice.missing]
    missing = "" if result.is_failure else left_summary(paths)
    overdue = () if result.is_failure else choice.overdue
    message = "; ".join(filter(None, (missing, *overdue, result.message)))
    result = replace(result, exit_code=max(codes), message=message, left=(*paths, *result.left))
    return with_warnings(result, choice.warnings)


def _may_leave(build: Build, task: ImportTask) -> frozenset[str]:
    """Return which main files may be left where they cannot be read (F10).

    A goal that changed retracts what it gave: a file that it imported before is needed again.
    """
    imported = build.ledger.main_files(task.name) if task.is_redefined else {}
    main = task.batch.files[task.goal.main]
    return frozenset(file.path for file, _ in main if file.path not in imported)


def _why(build: Build, node: DeclaredGoal[ImportGoal], choice: FileChoice) -> str:
    """Return why what was imported before is imported again; empty where it is not."""
    if not choice.is_redefined:
        return ""
    state = import_state(build.workspace, build.ledger, node.name, node.goal)
    return f"again: {', '.join(state.changes)}"


def _change_limit(build: Build, node: DeclaredGoal[ImportGoal]) -> ChangeLimit | None:
    """Return how much a goal may change; its first import may change everything."""
    if build.options.allow_large_change or build.ledger.fingerprint(node.name) is None:
        return None
    return change_limit_of(build.workspace, node.name, node.goal)
