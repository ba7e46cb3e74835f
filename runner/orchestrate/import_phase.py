"""The import goals of a build, one after the other; each fails alone (B2)."""

from dataclasses import replace

from runner.definitions.import_goal import ImportGoal
from runner.engine.duckdb.warehouse import Warehouse
from runner.events import Event
from runner.imports.file_choice import FileChoice
from runner.imports.import_result import unchanged_goal
from runner.orchestrate.import_attempt import attempt, import_task
from runner.orchestrate.replay import replay
from runner.orchestrate.running_build import Build, GoalNode
from runner.result import with_warnings
from runner.state.node_state import import_state
from runner.warehouse.change_limit import ChangeLimit, change_limit_of


def import_goals(build: Build, warehouse: Warehouse) -> None:
    """Import what arrived for the selected goals."""
    if build.options.full_refresh:
        replay(build, warehouse)
    if build.options.undo:
        for result in build.replayed.values():
            build.tell(result)
        return
    goals = [node for node in build.goals(ImportGoal) if node.name in build.choices]
    if goals:
        build.listener(Event("phase", "import", "applying rows to profiles"))
    for node in goals:
        if build.is_stopped():
            return
        choice = build.choices[node.name]
        replayed = build.replayed.get(node.name)
        if choice.batch is None:
            known = len(build.ledger.main_files(node.name))
            build.tell(replayed or unchanged_goal(node.name, node.goal, choice, known))
            continue
        build.start(node.name, node.goal.kind, _why(build, node, choice))
        task = import_task(build, node, choice.batch, choice.is_redefined)
        task = replace(task, limit=_change_limit(build, node))
        result = with_warnings(attempt(build, warehouse, task), choice.warnings)
        if choice.missing:
            # What came is applied and told; that something did not come ends the build in error.
            codes = [result.exit_code, *(error.exit_code for _, error in choice.missing)]
            result = replace(result, exit_code=max(codes))
        build.tell(replayed.plus(result) if replayed else result)


def _why(build: Build, node: GoalNode[ImportGoal], choice: FileChoice) -> str:
    """Return why what was imported before is imported again; empty where it is not."""
    if not choice.is_redefined:
        return ""
    state = import_state(build.workspace, build.ledger, node.name, node.goal)
    return f"again: {', '.join(state.changes)}"


def _change_limit(build: Build, node: GoalNode[ImportGoal]) -> ChangeLimit | None:
    """Return how much a goal may change; its first import may change everything."""
    if build.options.allow_large_change or build.ledger.fingerprint(node.name) is None:
        return None
    return change_limit_of(build.workspace, node.name, node.goal)
