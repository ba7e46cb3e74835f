"""The first phase: the project is compiled, and the nodes of the build are chosen."""

import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from runner.compile.compiled_project import CompiledProject
from runner.compile.graph import Graph, Node, build_graph
from runner.compile.selection import asks_for, or_default, select_nodes
from runner.definitions.broken_connection import BrokenConnection
from runner.definitions.project_warnings import project_warnings
from runner.errors import DefinitionError, UsageError
from runner.events import Event, Listener
from runner.history.history import History
from runner.imports.goal_compilation import write_compiled
from runner.orchestrate.artifacts import write_manifest
from runner.orchestrate.build_id import next_build_id
from runner.orchestrate.history_phase import record_start
from runner.orchestrate.options import BuildOptions
from runner.orchestrate.released_files import released_files
from runner.orchestrate.running_build import Build
from runner.result import CONNECTION
from runner.stage.staging_lock import shared_staging
from runner.state.last_results import with_last_results
from runner.state.node_state import node_states, with_states
from runner.state.recovery import StartingPoint, starting_point
from runner.workspace.kept_definitions import keep_definitions
from runner.workspace.open_remotes import OpenRemotes
from runner.workspace.workspace import Workspace


def start_build(
    workspace: Workspace, options: BuildOptions, listener: Listener, opened: ExitStack
) -> Build:
    """Return a build that may begin; `opened` closes what it holds open.

    Raises UsageError or DefinitionError where the command line or the project is wrong.
    """
    started_at, clock = datetime.now(UTC), time.monotonic()
    _check_whole(workspace, options)
    plan = _planned(workspace, options)
    options, found = plan.options, plan.starting_point
    build = Build(
        workspace=workspace,
        options=options,
        listener=listener,
        build_id=next_build_id(started_at, _earlier_ids(workspace, found)),
        started_at=started_at,
        clock=clock,
        graph=plan.graph,
        compiled=plan.compiled,
        starting_point=found,
        staging_use=opened.enter_context(shared_staging(workspace.staging, options.should_stop)),
        remotes=opened.enter_context(OpenRemotes(workspace)),
        nodes=plan.nodes,
        broken=_chosen_broken(workspace, options),
        ledger=found.ledger,
    )
    _check_refresh(build)
    _report_start(build)
    _write_compiled(build)
    if found.warning:
        build.warn(found.warning)
    record_start(build)
    keep_definitions(workspace)
    for broken in build.broken:
        build.record_failure(broken.name, CONNECTION, DefinitionError(broken.faults))
    if options.full_refresh:
        undone = [file for file in build.ledger.files if file.key in options.undo]
        build.ledger = build.ledger.without(undone, build.build_id)
    elif found.has_pending_rows:
        build.ledger = build.ledger.with_returning(released_files(workspace, build.ledger))
    return build


@dataclass(frozen=True)
class _Plan:
    """What a build starts from, and what it runs."""

    options: BuildOptions
    starting_point: StartingPoint
    compiled: CompiledProject
    graph: Graph
    nodes: list[Node]

    @property
    def remakes_models(self) -> bool:
        """Tell whether a full refresh is one of models alone: no import is selected."""
        is_import = [node.kind.startswith("import_") for node in self.nodes]
        is_chosen = self.options.select or self.options.exclude or self.options.connections
        return bool(self.options.full_refresh and is_chosen and not any(is_import))


def _planned(workspace: Workspace, options: BuildOptions) -> _Plan:
    found = starting_point(workspace, options.full_refresh)
    plan = _plan_from(workspace, options, found, options.full_refresh)
    if not plan.remakes_models:
        return plan
    # The warehouse stays: the tables of the selected models are made again.
    names = [node.name for node in plan.nodes if node.name in plan.compiled.models]
    remade = {plan.compiled.models[name].model.relation for name in names}
    command = f"{options.command} --select {' '.join(names)}"
    options = replace(options, full_refresh=False, command=command)
    found = starting_point(workspace, full_refresh=False)
    kept = replace(found, tables=found.tables - remade)
    return replace(_plan_from(workspace, options, kept, False), starting_point=found)


def _plan_from(
    workspace: Workspace, options: BuildOptions, found: StartingPoint, is_empty: bool
) -> _Plan:
    compiled = workspace.compiled(frozenset() if is_empty else found.tables)
    graph = build_graph(workspace.project, compiled)
    if options.uses_default and not options.full_refresh:
        options = replace(options, select=or_default(graph, options.select, options.exclude))
    asked = (*options.select, *options.exclude)
    if asks_for(graph, "state", asked):
        graph = with_states(graph, node_states(workspace, compiled, found.ledger))
    if asks_for(graph, "result", asked):
        graph = with_last_results(workspace, graph, options.state)
    return _Plan(options, found, compiled, graph, _chosen_nodes(workspace, options, graph))


def _earlier_ids(workspace: Workspace, found: StartingPoint) -> list[str]:
    """Return ids of builds, the greatest among them: of any target, as far as they are known."""
    with History(workspace.history) as history:
        return [history.greatest_id(), found.build_id, *workspace.store.versions()]


def _chosen_nodes(workspace: Workspace, options: BuildOptions, graph: Graph) -> list[Node]:
    broken = {item.name for item in _chosen_broken(workspace, options)}
    names = {
        name if name in broken else workspace.project.connection(name).connection
        for name in options.connections
    }
    return [
        node
        for node in select_nodes(graph, options.select, options.exclude)
        if (not names or not node.connection or node.connection in names)
        and (options.with_tests or node.kind not in ("test", "unit_test"))
    ]


def _chosen_broken(workspace: Workspace, options: BuildOptions) -> tuple[BrokenConnection, ...]:
    names = options.connections
    return tuple(item for item in workspace.project.broken if not names or item.name in names)


def _check_whole(workspace: Workspace, options: BuildOptions) -> None:
    """A full refresh makes the warehouse of all connections: it leaves none of them."""
    faults = [fault for item in workspace.project.broken for fault in item.faults]
    if options.full_refresh and faults:
        raise DefinitionError(faults)


def _check_refresh(build: Build) -> None:
    """A full refresh begins with an empty warehouse: all imports and stored models are in it."""
    selected = {node.name for node in build.nodes}
    left_out = [
        node.name
        for node in build.graph.nodes.values()
        if node.name not in selected and _is_stored(build, node)
    ]
    if build.options.full_refresh and left_out:
        raise UsageError(
            f"a full refresh rebuilds the warehouse, and {', '.join(left_out)} would be lost",
            hint=(
                "leave out --select, --exclude and --connection,"
                " or select models alone: the rest of the warehouse stays then"
            ),
        )


def _is_stored(build: Build, node: Node) -> bool:
    if node.name in build.compiled.models:
        relation = build.compiled.models[node.name].model.relation
        return relation in build.starting_point.relations
    return node.kind.startswith("import_") and node.enabled


def _report_start(build: Build) -> None:
    project = build.workspace.project
    broken = {item.name for item in build.broken}
    for name in build.options.connections:
        if name in broken:
            continue
        connection = project.connection(name)
        if not connection.enabled:
            build.warn(
                f"connection '{connection.connection}' has `enabled: false`: none of its goals runs"
            )
    build.listener(Event("note", "build", fields={"build_id": build.build_id}))
    for message in build.workspace.library.logged:
        build.listener(Event("note", "template", message))
    for fault in project_warnings(project):
        build.warn(fault.message, str(fault.location))


def _write_compiled(build: Build) -> None:
    """Write the SQL of the project's models, and the manifest."""
    workspace, compiled = build.workspace, build.compiled
    write_compiled(workspace.generated, [item.model for item in compiled.models.values()])
    write_compiled(workspace.generated, compiled.test_models)
    write_manifest(workspace, compiled, build.build_id)
