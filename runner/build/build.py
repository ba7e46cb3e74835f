"""A build from lock to swap: the phases of DESIGN.md B1, in order."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from runner.build.arrival import Arrival, Arriving, Batch, staged_copies
from runner.build.artifacts import write_manifest, write_run_results
from runner.build.export_run import run_export
from runner.build.import_goal import (
    ImportTask,
    failed,
    import_goal,
    known_properties,
    shape_profiles,
    unchanged_goal,
    with_warnings,
    write_compiled,
)
from runner.build.ledger import Ledger, read_ledger
from runner.build.lock import locked
from runner.build.model_run import run_model, run_test
from runner.build.place import place_name, remote_settings
from runner.build.publication import building_path, discard, publish, start_copy
from runner.build.record import record_result
from runner.build.result import BuildResult, NodeResult
from runner.build.workspace import Workspace
from runner.compile.export_models import export_models
from runner.compile.graph import Graph, Node, build_graph
from runner.compile.project_models import CompiledProject
from runner.compile.select import select_nodes
from runner.compile.sql_text import quoted_text
from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportProfiles
from runner.errors import RemoteError, RunnerError, UsageError
from runner.events import Event, Listener, ignore
from runner.execute.duckdb.warehouse import Warehouse
from runner.history.history import History
from runner.history.records import BuildRecord
from runner.publish.done import mark_done
from runner.remote import Remote, open_remote
from runner.stage.staging import Staging


@dataclass(frozen=True)
class BuildOptions:
    """What a user may ask of a build."""

    select: Sequence[str] = ()
    exclude: Sequence[str] = ()
    full_refresh: bool = False
    threads: int | None = None
    wait: bool = False
    fail_fast: bool = False
    # Whether data tests run; `runner run` leaves them out.
    with_tests: bool = True
    command: str = "runner build"


@dataclass
class Build:
    """A build under way."""

    workspace: Workspace
    options: BuildOptions
    listener: Listener
    build_id: str
    started_at: datetime
    nodes: list[Node] = field(default_factory=list)
    results: dict[str, NodeResult] = field(default_factory=dict)
    remotes: dict[str, Remote | RunnerError] = field(default_factory=dict)
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    # Goal -> what replaying its earlier imports gave, in a full refresh.
    replayed: dict[str, NodeResult] = field(default_factory=dict)

    @property
    def staging(self) -> Staging:
        """Return the staging folder."""
        return Staging(self.workspace.staging)

    def goals(self, kind: type) -> list[tuple[Connection, ImportProfiles | ExportProfiles]]:
        """Return the selected goals of a kind, in the order in which they are declared."""
        selected = {node.name for node in self.nodes}
        return [
            (connection, goal)
            for connection in self.workspace.project.connections
            for goal in connection.goals
            if isinstance(goal, kind) and f"{connection.connection}.{goal.name}" in selected
        ]

    def tell(self, result: NodeResult) -> None:
        """Keep a node's result and tell it."""
        self.results[result.name] = result
        self.listener(
            Event(
                "finished",
                result.name,
                result.message,
                done=len(self.results),
                total=len(self.nodes),
                status=result.status,
                fields={"result": result},
            )
        )

    def is_stopped(self) -> bool:
        """Tell whether the build ends at its first failure, and had one."""
        return self.options.fail_fast and any(node.is_failure for node in self.results.values())


def run_build(
    workspace: Workspace, options: BuildOptions, listener: Listener = ignore
) -> BuildResult:
    """Build a project: import, model, test, publish, export.

    Raises LockedError, UsageError or DefinitionError before anything is touched; what fails
    later is in the result.
    """
    started_at = datetime.now(UTC)
    clock = time.monotonic()
    build = Build(workspace, options, listener, _build_id(started_at), started_at)
    with locked(workspace.warehouse, options.command, options.wait), ExitStack() as opened:
        existing, build.ledger = _published(workspace)
        compiled = workspace.compiled(frozenset() if options.full_refresh else existing)
        graph = build_graph(workspace.project, compiled)
        nodes = select_nodes(graph, options.select, options.exclude)
        build.nodes = [node for node in nodes if options.with_tests or node.kind != "test"]
        _check_refresh(build, graph)
        write_compiled(workspace.generated, [item.model for item in compiled.models.values()])
        write_compiled(workspace.generated, [test.model for test in compiled.tests])
        write_manifest(workspace, graph, compiled)
        history = opened.enter_context(History(workspace.history))
        history.begin(
            BuildRecord(build.build_id, workspace.target_name, options.command, started_at)
        )
        _stage(build, opened)
        profiles, is_published = _apply(build, compiled, graph)
        if is_published:
            _export(build, graph, opened)
            _mark_done(build)
        result = BuildResult(
            build_id=build.build_id,
            target=workspace.target_name,
            started_at=started_at,
            seconds=time.monotonic() - clock,
            nodes=tuple(build.results.values()),
            published=is_published,
            profiles=profiles,
            warnings=tuple(build.warnings),
        )
        write_run_results(workspace, result)
        record_result(history, result)
        return result


def _check_refresh(build: Build, graph: Graph) -> None:
    """A full refresh begins with an empty warehouse, so that every import must be in it."""
    selected = {node.name for node in build.nodes}
    left_out = [
        node.name
        for node in graph.nodes.values()
        if node.kind == "import_profiles" and node.enabled and node.name not in selected
    ]
    if build.options.full_refresh and left_out:
        raise UsageError(
            f"a full refresh makes the warehouse anew, and {', '.join(left_out)} would be lost",
            hint="leave out --select and --exclude",
        )


def _build_id(started_at: datetime) -> str:
    return f"{started_at:%Y%m%dT%H%M%S%f}"[:-3] + "Z"


def _published(workspace: Workspace) -> tuple[frozenset[str], Ledger]:
    """Return the relations of the published warehouse, and its ledger."""
    path = workspace.warehouse
    if not path.exists():
        return frozenset(), Ledger()
    with Warehouse.open(path, read_only=True) as warehouse:
        existing = frozenset(warehouse.relations())
    return existing, read_ledger(path)


def _open(build: Build, connection: Connection, opened: ExitStack) -> Remote:
    """Return the open remote of a connection; its failure is met by each of its goals."""
    name = connection.connection
    if name not in build.remotes:
        try:
            remote = open_remote(remote_settings(build.workspace, connection))
            build.remotes[name] = opened.enter_context(remote)
        except RunnerError as error:
            build.remotes[name] = error
    found = build.remotes[name]
    if isinstance(found, RunnerError):
        raise found
    return found


def _stage(build: Build, opened: ExitStack) -> None:
    """Find and bring the files of all import goals."""
    goals = build.goals(ImportProfiles)
    if goals:
        build.listener(Event("phase", "stage", "finding and fetching files"))
    for connection, goal in goals:
        assert isinstance(goal, ImportProfiles)
        name = f"{connection.connection}.{goal.name}"
        try:
            settings = remote_settings(build.workspace, connection)
            remote = _open(build, connection, opened)
            before = build.ledger.fingerprint(name)
            is_redefined = before not in (None, build.workspace.fingerprint(goal))
            arriving = Arriving(
                goal, name, build.staging, place_name(settings), remote, build.ledger, build.listener
            )
            build.arrivals[name] = arriving.arrive(
                build.build_id,
                is_redefined and not build.options.full_refresh,
                settings.max_connections,
            )
        except RunnerError as error:
            code = 4 if isinstance(error, RemoteError) else error.exit_code
            build.tell(failed(name, "import_profiles", error, code))
        if build.is_stopped():
            return


def _apply(build: Build, compiled: CompiledProject, graph: Graph) -> tuple[int, bool]:
    """Run goals, models and tests on a copy of the warehouse and publish it.

    Returns the number of profiles, and whether the copy was published.
    """
    workspace, options = build.workspace, build.options
    copy = start_copy(workspace.warehouse, options.full_refresh)
    try:
        with Warehouse.open(
            copy,
            threads=options.threads or workspace.target.threads,
            memory_limit=workspace.target.memory_limit,
        ) as warehouse:
            shape_profiles(warehouse, workspace, workspace.project.properties)
            previous = _previous_build(warehouse)
            if options.full_refresh:
                _replay(build, warehouse)
            _import(build, warehouse)
            _model(build, warehouse, compiled, graph)
            warehouse.perform("remember_build", build_id=quoted_text(build.build_id))
            profiles = warehouse.count("main.profiles")
        if any(result.status == "fail" for result in build.results.values()):
            return profiles, False
        kept = workspace.generated / "kept" / workspace.target_name
        publish(copy, workspace.warehouse, kept, previous, workspace.target.keep_builds)
        return profiles, True
    finally:
        discard(building_path(workspace.warehouse))


def _previous_build(warehouse: Warehouse) -> str | None:
    if not warehouse.perform("has_build")[0][0]:
        return None
    return str(warehouse.perform("published_build")[0][0])


def _import(build: Build, warehouse: Warehouse) -> None:
    goals = [item for item in build.goals(ImportProfiles) if _name(item) in build.arrivals]
    if goals:
        build.listener(Event("phase", "import", "applying rows to profiles"))
    for connection, goal in goals:
        assert isinstance(goal, ImportProfiles)
        name = f"{connection.connection}.{goal.name}"
        arrival = build.arrivals[name]
        if build.is_stopped():
            return
        replayed = build.replayed.get(name)
        if arrival.batch is None:
            build.tell(replayed or unchanged_goal(name, arrival))
            continue
        build.listener(Event("started", name))
        task = ImportTask(
            connection.connection,
            goal,
            arrival.batch,
            build.workspace.fingerprint(goal),
            arrival.is_redefined,
        )
        result = with_warnings(_attempt(build, warehouse, task), arrival.warnings)
        build.tell(replayed.plus(result) if replayed else result)


def _name(item: tuple[Connection, ImportProfiles | ExportProfiles]) -> str:
    return f"{item[0].connection}.{item[1].name}"


def _attempt(build: Build, warehouse: Warehouse, task: ImportTask) -> NodeResult:
    """Import a goal; when it fails it alone is rolled back (B2)."""
    try:
        return import_goal(warehouse, build.workspace, task)
    except RunnerError as error:
        return failed(task.name, "import_profiles", error)


def _replay(build: Build, warehouse: Warehouse) -> None:
    """Import what earlier builds imported, build by build, from the staged copies (P6)."""
    goals = build.goals(ImportProfiles)
    for build_id in build.ledger.builds():
        for connection, goal in goals:
            assert isinstance(goal, ImportProfiles)
            name = f"{connection.connection}.{goal.name}"
            files = build.ledger.of_build(build_id, name)
            copies = {
                source: tuple(
                    staged_copies(
                        build.staging,
                        [file for file in files if file.source == source],
                        build.warnings,
                    )
                )
                for source in goal.files
            }
            if not copies[goal.main]:
                continue
            build.listener(Event("started", name, f"replaying build {build_id}"))
            fingerprint = build.workspace.fingerprint(goal)
            batch = Batch(build_id, copies)
            task = ImportTask(connection.connection, goal, batch, fingerprint, False)
            result = _attempt(build, warehouse, task)
            if result.is_failure:
                build.tell(result)
                build.arrivals.pop(name, None)
            else:
                earlier = build.replayed.get(name)
                build.replayed[name] = earlier.plus(result) if earlier else result


def _model(
    build: Build, warehouse: Warehouse, compiled: CompiledProject, graph: Graph
) -> None:
    """Run models, segments and tests, each after what it depends on."""
    nodes = [node for node in build.nodes if node.kind in ("model", "segment", "test")]
    if nodes:
        build.listener(Event("phase", "model", "running models, segments and tests"))
    tests = {test.model.name: test for test in compiled.tests}
    for node in nodes:
        if build.is_stopped():
            return
        broken = _broken_parent(build, node, graph)
        if broken:
            build.tell(
                NodeResult(node.name, node.kind, "skipped", message=f"{broken} did not succeed")
            )
            continue
        build.listener(Event("started", node.name))
        if node.kind == "test":
            build.tell(run_test(warehouse, tests[node.name]))
        else:
            build.tell(run_model(warehouse, compiled.models[node.name]))


def _broken_parent(build: Build, node: Node, graph: Graph) -> str | None:
    """Return a model above a node that failed or was skipped; a failed import stops nothing."""
    for parent in node.depends_on:
        result = build.results.get(parent)
        above = graph.nodes.get(parent)
        if result and above and above.kind != "import_profiles":
            if result.is_failure or result.status == "skipped":
                return parent
    return None


def _export(build: Build, graph: Graph, opened: ExitStack) -> None:
    """Write and send the files of the export goals, from the published warehouse."""
    goals = build.goals(ExportProfiles)
    if not goals or build.is_stopped():
        return
    build.listener(Event("phase", "export", "writing and sending files"))
    with Warehouse.open(
        build.workspace.warehouse,
        read_only=True,
        threads=build.options.threads or build.workspace.target.threads,
        memory_limit=build.workspace.target.memory_limit,
    ) as warehouse:
        properties = known_properties(warehouse, build.workspace)
        for connection, goal in goals:
            assert isinstance(goal, ExportProfiles)
            name = f"{connection.connection}.{goal.name}"
            broken = _broken_parent(build, graph.nodes[name], graph)
            if broken:
                message = f"{broken} did not succeed"
                build.tell(NodeResult(name, "export_profiles", "skipped", message=message))
                continue
            build.listener(Event("started", name))
            try:
                remote = _open(build, connection, opened)
                models = export_models(
                    connection.connection,
                    goal,
                    build.workspace.project,
                    properties,
                    build.workspace.library,
                )
                write_compiled(build.workspace.generated, [models.rows, models.counts])
                build.tell(
                    run_export(
                        warehouse,
                        models,
                        remote,
                        build.workspace.generated / "exports",
                        build.build_id,
                        build.started_at,
                        build.listener,
                    )
                )
            except RunnerError as error:
                code = 4 if isinstance(error, RemoteError) else error.exit_code
                build.tell(failed(name, "export_profiles", error, code))


def _mark_done(build: Build) -> None:
    """Rename the main files whose import is published (F6), also those of earlier builds."""
    for connection, goal in build.goals(ImportProfiles):
        assert isinstance(goal, ImportProfiles)
        name = f"{connection.connection}.{goal.name}"
        result, arrival = build.results.get(name), build.arrivals.get(name)
        remote = build.remotes.get(connection.connection)
        if not goal.done_suffix or not result or result.is_failure or arrival is None:
            continue
        assert remote is not None and not isinstance(remote, RunnerError)
        batch = arrival.batch.files[goal.main] if arrival.batch else ()
        imported = {file.path for file, _ in batch}
        try:
            for file in arrival.found.matched[goal.main].files:
                if arrival.reasons[file.path] == "unchanged" or file.path in imported:
                    mark_done(remote, file.path, file)
        except RunnerError as error:
            build.tell(replace(with_warnings(result, (str(error),))))
