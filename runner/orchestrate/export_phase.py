"""The last phases: exports sent, imported files marked as done (B1, F6)."""

from runner.compile.export_models import export_models
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.engine.duckdb.warehouse import Warehouse
from runner.errors import RunnerError
from runner.events import Event
from runner.exports.export_run import run_export
from runner.imports.goal_compilation import write_compiled
from runner.orchestrate.running_build import Build, GoalNode
from runner.publish.done import mark_done
from runner.publish.sent import Sent
from runner.result import NodeResult, with_warnings
from runner.state.export_definition import export_definition
from runner.warehouse.change_limit import brake_of
from runner.warehouse.tables import known_properties
from runner.workspace.pgp_keys import encryption


def export_goals(build: Build) -> None:
    """Write and send the files of the selected export goals, from the published warehouse."""
    goals = build.goals(ExportProfiles)
    if not goals or build.is_stopped():
        return
    build.listener(Event("phase", "export", "writing and sending files"))
    workspace = build.workspace
    with Warehouse.open(
        workspace.warehouse,
        read_only=True,
        threads=build.options.threads or workspace.target.threads,
        memory_limit=workspace.target.memory_limit,
    ) as warehouse:
        for node in goals:
            if build.is_stopped():
                return
            broken = build.broken_parent(build.graph.nodes[node.name])
            if broken:
                message = f"{broken} did not succeed"
                build.tell(NodeResult(node.name, node.goal.kind, "skipped", message=message))
                continue
            build.start(node.name, node.goal.kind)
            try:
                build.tell(_export(build, warehouse, node))
            except RunnerError as error:
                build.tell_failure(node.name, node.goal.kind, error)


def _export(
    build: Build,
    warehouse: Warehouse,
    node: GoalNode[ExportProfiles],
) -> NodeResult:
    workspace = build.workspace
    properties = known_properties(warehouse, workspace, node.goal.of_groups)
    models = export_models(
        node.connection.connection,
        node.goal,
        workspace.project,
        properties,
        workspace.library,
        build.started_at,
    )
    definition = export_definition(
        node.connection.connection, node.goal, workspace.project, workspace.library
    )
    write_compiled(workspace.generated, models.models)
    sent = Sent(workspace.sent, models.name)
    result = run_export(
        warehouse,
        models,
        build.remotes.open(node.connection)[0],
        workspace.generated / "exports",
        build.build_id,
        build.started_at,
        sent,
        build.listener,
        encryption(workspace, node.goal),
        brake_of(workspace, node.name, node.goal),
        build.options.allow_large_change,
    )
    sent.keep_definition(definition.stored())
    return result


def mark_imported(build: Build) -> None:
    """Rename the main files whose import is published (F6), also those of earlier builds."""
    for node in build.goals(ImportGoal):
        result, choice = build.results.get(node.name), build.choices.get(node.name)
        if not node.goal.done_suffix or not result or choice is None:
            continue
        if result.status not in ("success", "unchanged"):
            continue
        batch = choice.batch.files[node.goal.main] if choice.batch else ()
        imported = {file for file, _ in batch}
        found = choice.found
        files = found.matched[node.goal.main].files
        left = {
            found.archives.get(file, file)
            for file in files
            if choice.reasons[file.path] != "unchanged" and file not in imported
        }
        try:
            for file in dict.fromkeys(found.archives.get(file, file) for file in files):
                if file not in left:
                    mark_done(build.remotes.open(node.connection)[0], file.path, file)
        except RunnerError as error:
            warning = f"not marked as done, the next build will: {error.message}"
            build.results[node.name] = with_warnings(result, (warning,))
