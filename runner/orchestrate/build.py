"""A build from lock to swap: the phases of DESIGN.md B1, in order."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from runner.compile.compiled_project import CompiledProject
from runner.compile.graph import Graph, build_graph
from runner.compile.selection import asks_for_state, select_nodes
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project_warnings import project_warnings
from runner.engine.duckdb.warehouse import Warehouse
from runner.erasure.suppression import load_suppressed
from runner.errors import RunnerError, UsageError, full_error
from runner.events import Event, Listener, ignore
from runner.history.history import History
from runner.history.progress import ProgressRecorder
from runner.history.records import BuildRecord
from runner.imports.goal_compilation import write_compiled
from runner.orchestrate.artifacts import write_manifest, write_run_results
from runner.orchestrate.done_phase import mark_imported
from runner.orchestrate.export_phase import export_goals
from runner.orchestrate.import_phase import import_goals
from runner.orchestrate.model_phase import run_models
from runner.orchestrate.notification import notify, notify_broken
from runner.orchestrate.options import BuildOptions
from runner.orchestrate.record import try_record
from runner.orchestrate.replay import check_replay
from runner.orchestrate.running_build import Build
from runner.orchestrate.stage_phase import stage
from runner.orchestrate.staging_expiry import care_for_staging
from runner.result import BuildResult, NodeResult
from runner.state.node_state import node_states, with_states
from runner.state.recovery import Published, published
from runner.warehouse.imported_profiles import carry_imported, prune_imported
from runner.warehouse.ledger import store_build
from runner.warehouse.lock import locked
from runner.warehouse.publication import building_path, discard, publish, start_copy
from runner.warehouse.tables import link_groups, shape_tables
from runner.warehouse.undone_files import UndoneFiles, write_undone
from runner.workspace.open_remotes import OpenRemotes
from runner.workspace.workspace import Workspace


def run_build(
    workspace: Workspace, options: BuildOptions, listener: Listener = ignore
) -> BuildResult:
    """Build a project: import, model, test, publish, export.

    Raises LockedError, UsageError or DefinitionError before anything is touched, FullError at any
    moment; what else fails later is in the result.
    """
    lock = locked(
        workspace.warehouse,
        options.command,
        options.wait,
        options.should_stop,
        lambda message: listener(Event("note", "lock", message)),
    )
    with _full_disk_told(), lock as dead:
        if dead:
            message = f"taken over from {dead}, which ended before its build did"
            listener(Event("note", "lock", message))
        try:
            with _full_disk_told():
                return _locked_build(workspace, options, listener)
        except RunnerError as error:
            for warning in notify_broken(workspace, options.connections, error):
                listener(Event("warning", "notify", warning))
            raise


@contextmanager
def _full_disk_told() -> Iterator[None]:
    """Let a file that cannot be written end a build as its other errors do: logged, and told."""
    try:
        yield
    except OSError as error:
        raise full_error(error) from error


def _locked_build(workspace: Workspace, options: BuildOptions, listener: Listener) -> BuildResult:
    started_at = datetime.now(UTC)
    clock = time.monotonic()
    with ExitStack() as opened:
        found = published(workspace, options.full_refresh)
        compiled = workspace.compiled(frozenset() if options.full_refresh else found.relations)
        remotes = opened.enter_context(OpenRemotes(workspace))
        graph = build_graph(workspace.project, compiled)
        if asks_for_state(options.select, options.exclude):
            graph = with_states(graph, node_states(workspace, compiled, found.ledger))
        build = _begin(workspace, options, listener, compiled, graph, started_at, remotes)
        build.ledger = found.ledger
        if found.warning:
            build.warn(found.warning)
        history = opened.enter_context(History(workspace.history))
        history.begin(
            BuildRecord(build.build_id, workspace.target_name, options.command, started_at)
        )
        progress = ProgressRecorder(build.listener, workspace.history, build.build_id)
        build.listener = progress
        opened.callback(progress.close)
        if options.full_refresh:
            undone = [file for file in build.ledger.files if file.key in options.undo]
            build.ledger = build.ledger.without(undone, build.build_id)
            check_replay(build)
        if not options.undo:
            stage(build)
        profiles, is_published = _apply(build, compiled, found)
        if is_published and not options.undo:
            export_goals(build)
            mark_imported(build)
            care_for_staging(build)
        is_cut_short = build.is_cut_short(with_exports=True)
        build.skip_rest()
        progress.close()
        result = BuildResult(
            build_id=build.build_id,
            target=workspace.target_name,
            started_at=started_at,
            seconds=time.monotonic() - clock,
            nodes=tuple(build.results.values()),
            published=is_published,
            profiles=profiles,
            warnings=tuple(build.warnings),
            stopped=is_cut_short,
        )
        write_run_results(workspace, result)
        unkept = try_record(history, result)
        if unkept:
            listener(Event("warning", "history", unkept))
            result = replace(result, warnings=(*result.warnings, unkept))
        unsent = notify(workspace, result)
        for warning in unsent:
            listener(Event("warning", "notify", warning))
        return replace(result, warnings=(*result.warnings, *unsent))


def _begin(
    workspace: Workspace,
    options: BuildOptions,
    listener: Listener,
    compiled: CompiledProject,
    graph: Graph,
    started_at: datetime,
    remotes: OpenRemotes,
) -> Build:
    """Choose the nodes of a build and write what they were compiled to."""
    selected = select_nodes(graph, options.select, options.exclude)
    names = [workspace.project.connection(name).connection for name in options.connections]
    build = Build(
        workspace=workspace,
        options=options,
        listener=listener,
        build_id=f"{started_at:%Y%m%dT%H%M%S%f}"[:-3] + "Z",
        started_at=started_at,
        graph=graph,
        remotes=remotes,
        nodes=[
            node
            for node in selected
            if (not names or not node.connection or node.connection in names)
            and (options.with_tests or node.kind not in ("test", "unit_test"))
        ],
    )
    _check_refresh(build)
    for name in names:
        if not workspace.project.connection(name).enabled:
            build.warn(f"connection '{name}' has `enabled: false`: none of its goals runs")
    listener(Event("note", "build", fields={"build_id": build.build_id}))
    for fault in project_warnings(workspace.project):
        listener(Event("warning", str(fault.location), fault.message))
    write_compiled(workspace.generated, [item.model for item in compiled.models.values()])
    write_compiled(workspace.generated, compiled.test_models)
    write_manifest(workspace, graph, compiled)
    return build


def _check_refresh(build: Build) -> None:
    """A full refresh begins with an empty warehouse, so that every import must be in it."""
    selected = {node.name for node in build.nodes}
    left_out = [
        node.name
        for node in build.graph.nodes.values()
        if node.kind.startswith("import_") and node.enabled and node.name not in selected
    ]
    if build.options.full_refresh and left_out:
        raise UsageError(
            f"a full refresh makes the warehouse anew, and {', '.join(left_out)} would be lost",
            hint="leave out --select, --exclude and --connection",
        )


def _apply(build: Build, compiled: CompiledProject, found: Published) -> tuple[int, bool]:
    """Run goals, models and tests on a copy of the warehouse, and publish it.

    `found` is the published one. Returns the number of profiles, and whether the copy was
    published: a failing test of severity `error` keeps it from that (B2).
    """
    workspace, options = build.workspace, build.options
    original = None if options.full_refresh else workspace.warehouse
    copy = start_copy(workspace.warehouse, original)
    try:
        with Warehouse.open(
            copy,
            threads=options.threads or workspace.target.threads,
            memory_limit=workspace.target.memory_limit,
        ) as warehouse:
            shape_tables(warehouse, workspace)
            load_suppressed(warehouse, workspace)
            if options.full_refresh:
                carry_imported(warehouse, workspace.warehouse, found.relations)
            import_goals(build, warehouse)
            if options.full_refresh or any(a.is_redefined for a in build.choices.values()):
                prune_imported(warehouse)
            _tell_undone(build, warehouse)
            link_groups(warehouse, workspace)
            run_models(build, warehouse, compiled)
            store_build(warehouse, build.build_id)
            profiles = warehouse.count("main.profiles")
            warehouse.settle()
        lacking = dict.fromkeys((*build.lost, *_lacking(build)))
        if lacking:
            build.warn(f"nothing is published: what {', '.join(lacking)} gave would be lost")
            return profiles, False
        if any(result.status == "fail" for result in build.results.values()):
            return profiles, False
        if build.is_cut_short():
            build.warn("told to stop: nothing is published, the next build does it all again")
            return profiles, False
        keep = workspace.target.keep_builds
        publish(copy, workspace.warehouse, workspace.kept, found.build_id, keep)
        return profiles, True
    finally:
        discard(building_path(workspace.warehouse))


def _lacking(build: Build) -> list[str]:
    """Return the goals whose earlier imports a full refresh did not bring back."""
    if not build.options.full_refresh:
        return []
    return [
        node.name
        for node in build.goals(ImportGoal)
        if build.ledger.main_files(node.name)
        and (node.name not in build.results or build.results[node.name].is_failure)
    ]


def _tell_undone(build: Build, warehouse: Warehouse) -> None:
    """Carry the marks of undone files into a warehouse that is made anew, and tell the new ones."""
    if not build.options.full_refresh:
        return
    kept_out = build.ledger.undone.kept_out
    write_undone(warehouse, UndoneFiles(kept_out=kept_out))
    for file in kept_out:
        if file.key in build.options.undo:
            name = f"{file.goal} {file.path}"
            build.tell(NodeResult(name, "undo", "success", message=file.sha256))
