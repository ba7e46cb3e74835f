"""Exports are written and sent, from the published warehouse."""

from runner.compile.export_models import export_models
from runner.definitions.export_goal import ExportProfiles
from runner.engine.warehouse import Warehouse
from runner.errors import FullError, RunnerError, disk_error
from runner.events import Event
from runner.exports.run import ExportRun, run_export
from runner.imports.goal_compilation import write_compiled
from runner.orchestrate.running_build import Build
from runner.orchestrate.upstream import skip_export
from runner.publish.sent import Sent
from runner.result import NodeResult
from runner.state.export_definition import export_definition
from runner.warehouse.change_limit import change_limit_of
from runner.warehouse.tables import known_properties
from runner.workspace.declared_goal import DeclaredGoal
from runner.workspace.pgp_keys import encryption


def export_goals(build: Build) -> None:
    """Write and send the files of the selected export goals, where the build is published.

    Those below a failure are skipped (X6).
    """
    goals = build.goals(ExportProfiles)
    if build.options.undo or build.is_stopped():
        return
    ready = [
        node for node in goals if not skip_export(build, node.goal, build.graph.nodes[node.name])
    ]
    if not ready:
        return
    build.listener(Event("phase", "export", "writing and sending files"))
    with build.store.open() as warehouse:
        for node in ready:
            if build.is_stopped():
                return
            build.report_start(node.name, node.goal.kind)
            try:
                build.record(_export(build, warehouse, node))
            except RunnerError as error:
                warehouse.recover()
                build.record_failure(node.name, node.goal.kind, error)
            except OSError as error:
                failure = disk_error(error)
                if isinstance(failure, FullError):
                    raise failure from error
                build.record_failure(node.name, node.goal.kind, failure)


def _export(
    build: Build,
    warehouse: Warehouse,
    node: DeclaredGoal[ExportProfiles],
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
    run = ExportRun(
        warehouse=warehouse,
        models=models,
        remote=build.remotes.open(node.connection)[0],
        # Builds of several targets may run at once.
        folder=workspace.generated / "exports" / workspace.target_name,
        build_id=build.build_id,
        started_at=build.started_at,
        sent=sent,
        listener=build.listener,
        keys=encryption(workspace, node.goal),
        limit=change_limit_of(workspace, node.name, node.goal),
        allow_large_change=build.options.allow_large_change,
        replace_files=build.options.replace_files,
    )
    result = run_export(run)
    sent.keep_definition(definition.stored())
    return result
