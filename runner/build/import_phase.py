"""The import goals of a build, one after the other; each fails alone (B2)."""

from dataclasses import replace

from runner.build.arrival import Arrival, Batch, staged_copies
from runner.build.import_goal import ImportTask, import_goal, unchanged_goal
from runner.build.large_change import Brake, brake_of
from runner.build.result import NodeResult, failed, with_warnings
from runner.build.state import Build, GoalNode
from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.events import Event
from runner.execute.duckdb.warehouse import Warehouse


def import_goals(build: Build, warehouse: Warehouse) -> None:
    """Import what arrived for the selected goals."""
    if build.options.full_refresh:
        _replay(build, warehouse)
    goals = [node for node in build.goals(ImportGoal) if node.name in build.arrivals]
    if goals:
        build.listener(Event("phase", "import", "applying rows to profiles"))
    for node in goals:
        if build.is_stopped():
            return
        arrival = build.arrivals[node.name]
        replayed = build.replayed.get(node.name)
        if arrival.batch is None:
            known = len(build.ledger.main_files(node.name))
            build.tell(replayed or unchanged_goal(node.name, node.goal.kind, arrival, known))
            continue
        build.start(node.name, node.goal.kind, _why(build, node, arrival))
        task = _task(build, node, arrival.batch, arrival.is_redefined)
        task = replace(task, brake=_brake(build, node))
        result = with_warnings(_attempt(build, warehouse, task), arrival.warnings)
        if arrival.missing:
            # What came is applied and told; that something did not come ends the build in error.
            codes = [result.exit_code, *(error.exit_code for _, error in arrival.missing)]
            result = replace(result, exit_code=max(codes))
        build.tell(replayed.plus(result) if replayed else result)


def _why(build: Build, node: GoalNode[ImportGoal], arrival: Arrival) -> str:
    """Return why what was imported before is imported again; empty where it is not."""
    if not arrival.is_redefined:
        return ""
    before = build.ledger.kept_definition(node.name)
    return f"again: {', '.join(build.workspace.changes(node.goal, before))}"


def _task(build: Build, node: GoalNode[ImportGoal], batch: Batch, is_redefined: bool) -> ImportTask:
    definition = build.workspace.definition(node.goal)
    return ImportTask(node.connection.connection, node.goal, batch, definition, is_redefined)


def _brake(build: Build, node: GoalNode[ImportGoal]) -> Brake | None:
    """Return how much a goal may change; its first import may change everything."""
    if build.options.allow_large_change or build.ledger.fingerprint(node.name) is None:
        return None
    return brake_of(build.workspace, node.name, node.goal)


def _attempt(build: Build, warehouse: Warehouse, task: ImportTask) -> NodeResult:
    """Import a goal; when it fails it alone is rolled back."""
    try:
        return import_goal(warehouse, build.workspace, task)
    except RunnerError as error:
        return failed(task.name, task.goal.kind, error)


def _replay(build: Build, warehouse: Warehouse) -> None:
    """Import what earlier builds imported, build by build, from the staged copies (P6)."""
    for build_id in build.ledger.builds():
        for node in build.goals(ImportGoal):
            batch = _earlier_batch(build, node, build_id)
            if not batch.files[node.goal.main]:
                continue
            build.start(node.name, node.goal.kind, f"replaying build {build_id}")
            result = _attempt(build, warehouse, _task(build, node, batch, False))
            if result.is_failure:
                build.tell(result)
                build.arrivals.pop(node.name, None)
            else:
                earlier = build.replayed.get(node.name)
                result = replace(result, warnings=())  # What drifted then was told then.
                build.replayed[node.name] = earlier.plus(result) if earlier else result


def _earlier_batch(build: Build, node: GoalNode[ImportGoal], build_id: str) -> Batch:
    files = build.ledger.of_build(build_id, node.name)
    copies = {
        source: tuple(
            staged_copies(
                build.staging, [file for file in files if file.source == source], build.warnings
            )
        )
        for source in node.goal.files
    }
    return Batch(build_id, copies)
