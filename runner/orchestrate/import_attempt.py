"""One goal tried: imported, or, where it fails, rolled back alone (B2)."""

from runner.definitions.import_goal import ImportGoal
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RunnerError
from runner.imports.batch import ImportBatch
from runner.imports.import_goal import import_goal
from runner.imports.import_task import ImportTask
from runner.orchestrate.running_build import Build, GoalNode
from runner.result import NodeResult, failed
from runner.state.goal_definition import goal_definition


def import_task(
    build: Build, node: GoalNode[ImportGoal], batch: ImportBatch, is_redefined: bool
) -> ImportTask:
    """Return what is imported: a goal as it is defined now, and files."""
    definition = goal_definition(build.workspace, node.goal)
    return ImportTask(node.connection.connection, node.goal, batch, definition, is_redefined)


def attempt(build: Build, warehouse: Warehouse, task: ImportTask) -> NodeResult:
    """Import a goal; when it fails it alone is rolled back."""
    try:
        return import_goal(warehouse, build.workspace, task)
    except RunnerError as error:
        return failed(task.name, task.goal.kind, error)
